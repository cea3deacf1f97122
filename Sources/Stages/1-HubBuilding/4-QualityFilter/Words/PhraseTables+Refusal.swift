extension PhraseTables {
  static let refusal = """
    . i'm sorry, but
    ^ i'm sorry
    ^ i am sorry
    ^ sorry, i
    ^ sorry, but i
    ^ i apologize
    ^ i apologise
    ^ my apologies
    ^ unfortunately, i can't
    ^ unfortunately, i cannot
    ^ unfortunately, i am
    ^ unfortunately, the text
    ^ unfortunately, there is
    . i can't help with
    . i cannot help with
    . i can't assist
    . i cannot assist
    . i can't provide
    . i cannot provide
    . i can't generate
    . i cannot generate
    . i can't create
    . i cannot create
    . i can't fulfill
    . i cannot fulfill
    . i can't comply
    . i cannot comply
    . i can't describe
    . i cannot describe
    . i can't identify
    . i cannot identify
    . i can't determine
    . i cannot determine
    . i can't write
    . i cannot write
    . i can't do that
    . i cannot do that
    . i can't answer
    . i cannot answer
    . i can't infer
    . i cannot infer
    ^ i can't
    ^ i cannot
    ^ i am unable to
    ^ i'm unable to
    ^ i'm not able to
    ^ i am not able to
    ^ i won't be able to
    . i must decline
    . i have to decline
    . i don't have enough information
    . i do not have enough information
    . i don't have personal
    . i do not have personal
    ~ it is not possible to determine
    ~ it's not possible to determine
    ~ it is not possible to infer
    ~ not possible to infer a persona
    ~ no persona can be
    ~ no specific persona can
    ~ unable to generate a persona
    ~ unable to determine a persona
    ^ insufficient information
    ^ not enough information
    ^ no information provided
    . the text does not provide
    . the text does not contain enough
    . the provided text does not
    ~ violates my guidelines
    ~ against my guidelines
    ~ goes against my programming
    ~ as an ai language model
    ~ as an ai model
    . as an ai,
    . as an ai i
    . as an ai assistant,
    . as an ai assistant i
    . as an artificial intelligence,
    . as a language model
    . as a large language model
    . i'm an ai
    . i am an ai language model
    . i am an ai model
    . i am an ai assistant
    . i am an ai and
    . i am a large language model
    . i'm a large language model
    . i am a language model
    . i'm just an ai
    """

  /// The same in other languages. Apologies count only where a text begins with them.
  static let refusalElsewhere = """
    ^ 抱歉
    ^ 很抱歉
    ^ 非常抱歉
    ^ 对不起
    ^ 對不起
    ^ 我无法
    ^ 我無法
    ^ 我不能
    . 作为一个ai
    . 作为一名ai
    . 作为ai
    . 作為ai
    . 作為一個ai
    . 作为一个人工智能
    . 作为人工智能
    . 作为一个语言模型
    ~ ai语言模型，我
    ~ 无法提供相关
    ~ 无法回答
    ~ 無法提供
    ^ 申し訳ありません
    ^ 申し訳ございません
    ^ すみません
    ^ aiとして
    ^ ai言語モデルとして
    ~ お手伝いできません
    ~ 生成することはできません
    ^ 죄송합니다
    ^ 죄송하지만
    ~ 도와드릴 수 없
    ~ ai 언어 모델로서
    ^ es tut mir leid
    ^ tut mir leid
    ^ ich kann leider
    ^ ich kann keine
    ^ ich kann diese anfrage
    ^ ich kann das nicht
    ^ leider kann ich
    . als ki-sprachmodell
    . als ki kann ich
    . als sprachmodell
    . als künstliche intelligenz
    ^ je suis désolé
    ^ désolé
    ^ désolée
    ^ je ne peux pas
    ^ malheureusement, je ne
    . en tant qu'ia
    . en tant qu'intelligence artificielle
    . en tant que modèle de langage
    ^ lo siento
    ^ lamento
    ^ no puedo
    . como modelo de lenguaje
    . como inteligencia artificial
    . como ia
    ^ desculpe
    ^ sinto muito
    ^ não posso
    . como um modelo de linguagem
    . como modelo de linguagem
    ^ mi dispiace
    ^ non posso
    . come modello linguistico
    . in quanto modello linguistico
    ^ извините
    ^ простите
    ^ к сожалению, я
    ^ я не могу
    . как языковая модель
    . как ии
    ^ вибачте
    ^ на жаль, я
    ^ я не можу
    ^ przepraszam
    ^ przykro mi
    ^ niestety nie mogę
    ^ nie mogę
    ^ üzgünüm
    ^ özür dilerim
    ^ maalesef
    ^ آسف
    ^ عذرا
    ^ عذرًا
    ^ أعتذر
    ^ لا أستطيع
    ^ لا يمكنني
    ^ क्षमा करें
    ^ माफ़ कीजिए
    ^ मुझे खेद है
    ^ ขออภัย
    ^ ขอโทษ
    ^ xin lỗi
    ^ tôi không thể
    ^ samahani
    ^ pole, siwezi
    ^ λυπάμαι
    ^ συγγνώμη
    ^ δεν μπορώ
    ^ סליחה
    ^ מצטער
    ^ אני לא יכול
    ^ valitettavasti en
    ^ het spijt me
    ^ sorry, ik
    ^ maaf, saya
    """
}
