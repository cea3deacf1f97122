extension PhraseTables {
  static let assistantTalk = """
    ^ sure,
    ^ sure!
    ^ sure.
    ^ sure thing
    ^ sure:
    ^ certainly,
    ^ certainly!
    ^ certainly.
    ^ of course!
    ^ of course,
    ^ of course.
    ^ absolutely!
    ^ absolutely,
    ^ okay,
    ^ ok,
    ^ alright,
    ^ great!
    ^ great question
    ^ happy to help
    ^ i'd be happy to
    ^ i would be happy to
    ^ i'll create
    ^ i'll generate
    ^ i will create
    ^ i will generate
    ^ i have created
    ^ i've created
    ^ i have generated
    ^ i've generated
    ^ thank you for
    ^ thanks for
    . here is a
    . here is an
    . here is the
    . here is one
    . here is your
    . here's a
    . here's an
    . here's the
    . here's one
    . here's your
    . here are
    ^ based on the text
    ^ based on the given
    ^ based on the provided
    ^ based on the passage
    ^ based on the article
    ^ based on the information
    ^ based on this
    ^ based on your
    ^ after reading the text
    ^ after analyzing
    ^ let's
    ^ note:
    ~ let me know if
    ~ let me know what
    ~ let me know whether
    ~ let me know how
    . let me know
    ~ hope this helps
    ~ feel free to ask
    ~ feel free to adjust
    ~ feel free to modify
    ~ feel free to reach out
    . feel free to
    . would you like me to
    . do you want me to
    . is there anything else
    . please let me
    . please provide
    . please share
    . please note that
    . you're welcome
    ~ if you need any more
    ~ if you need further
    ~ if you'd like me to
    ~ if you have any other
    ~ if you have any questions
    ~ i can help you with that
    ~ the persona you requested
    ~ the persona you asked for
    ^ 好的，
    ^ 好的！
    ^ 好的。
    ^ 当然，
    ^ 当然！
    ^ 當然
    ^ 当然可以
    ^ 没问题
    ^ 以下是
    ^ 这是一个
    ^ 根据文本
    ^ 根据您
    ^ 根据提供
    ^ 根据上述
    ^ 根據
    ^ はい、
    ^ もちろん
    ^ 以下は
    ^ 以下に
    ^ 承知
    ^ かしこまりました
    ^ 네,
    ^ 물론
    ^ 다음은
    ^ 알겠습니다
    ^ natürlich!
    ^ natürlich,
    ^ gerne!
    ^ gerne,
    ^ gern!
    ^ klar!
    ^ klar,
    ^ hier ist
    ^ hier sind
    ^ basierend auf
    ^ bien sûr
    ^ d'accord,
    ^ avec plaisir
    ^ voici
    ^ ¡claro
    ^ claro,
    ^ claro!
    ^ claro que
    ^ por supuesto
    ^ aquí está
    ^ aquí tienes
    ^ aquí hay
    ^ con gusto
    ^ com certeza
    ^ aqui está
    ^ aqui estão
    ^ certo!
    ^ certo,
    ^ certamente
    ^ ecco
    ^ конечно
    ^ вот описание
    ^ вот персон*
    ^ вот пример*
    ^ вот несколько
    ^ хорошо,
    ^ звичайно
    ^ ось опис
    ^ oczywiście
    ^ oto
    ^ tabii
    ^ elbette
    ^ işte
    ^ بالتأكيد
    ^ بالطبع
    ^ إليك
    ^ ज़रूर
    ^ निश्चित रूप से
    ^ यहाँ
    ^ แน่นอน
    ^ นี่คือ
    ^ ได้เลย
    ^ chắc chắn
    ^ dưới đây là
    ^ đây là
    ^ hakika
    ^ hapa kuna
    ^ βεβαίως
    ^ φυσικά
    ^ ορίστε
    ^ בטח
    ^ בהחלט
    ^ הנה
    ^ natuurlijk
    ^ tentu
    ^ totta kai
    ~ falls sie weitere
    ~ lass mich wissen
    ~ n'hésitez pas
    ~ dites-moi si
    ~ espero que esto
    ~ avísame si
    ~ espero que isso
    ~ fammi sapere
    ~ дайте знать
    ~ 希望这对你有
    ~ 希望对您有
    ~ 如果您需要
    ~ 如需
    ~ お役に立て
    """
}
