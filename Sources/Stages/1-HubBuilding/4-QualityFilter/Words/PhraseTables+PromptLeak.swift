extension PhraseTables {
  static let promptLeak = """
    ~ likely to read this
    ~ likely to write this
    ~ likely to like this
    ~ likely to dislike this
    ~ likely to read the text
    ~ likely to write the text
    ~ likely to like the text
    ~ likely to dislike the text
    ~ likely to have written
    ~ likely to enjoy this
    ~ likely to share this
    ~ likely to cite this
    ~ would read this text
    ~ would like this text
    ~ would dislike this text
    ~ would write this text
    ~ who reads this text
    ~ who wrote this text
    ~ who dislikes this text
    ~ who likes this text
    ~ interested in this text
    ~ interested in reading this
    ~ reader of this text
    ~ reader of this passage
    ~ reader of this article
    ~ author of this text
    ~ writer of this text
    ~ as specifically as possible
    ~ as specific as possible
    ~ be as specific
    ~ in close relationship with
    ~ in a close relationship with the
    ~ has a close relationship with the given
    ~ close relationship with the person
    ~ close relationship with this person
    ~ who is in close relationship
    ~ the given persona
    ~ the input persona
    ~ the original persona
    ~ the above persona
    ~ the persona above
    ~ the provided persona
    ~ the described persona
    ~ the persona described
    ~ the described person
    ~ the person described
    ~ the given person
    ~ the given text
    ~ the provided text
    ~ the above text
    ~ the text above
    ~ the following text
    ~ the input text
    ~ the text provided
    ~ mentioned in the text
    ~ described in the text
    ~ discussed in the text
    ~ in the given text
    ~ in the text provided
    ~ mentioned in the passage
    ~ described in the passage
    ~ mentioned in the article
    ~ described in the article
    ~ discussed in the article
    ~ outlined in the text
    ~ mentioned above
    ~ described above
    ~ text-to-persona
    ~ persona-to-persona
    ~ respond only with
    ~ reply with json
    ~ respond with json
    ~ in json format
    ~ sentences that stand alone
    ~ give no personal names
    ~ ties them to this subject
    ~ people who are rarely written about
    ~ reply only with
    ~ answer only with
    ~ in one or two sentences
    ~ in 1-2 sentences
    ~ output format
    ^ instruction:
    ^ ### instruction
    ^ system:
    ^ user:
    ^ assistant:
    ^ human:
    ^ output:
    ^ answer:
    ^ response:
    ^ input:
    ^ question:
    ~ ### response
    ^ who is likely
    ~ 可能会阅读这
    ~ 可能会读这
    ~ 可能阅读这
    ~ 可能喜欢这段
    ~ 可能会喜欢这段
    ~ 可能会写这
    ~ 不喜欢这段文
    ~ 喜欢这段文
    ~ 阅读这段文
    ~ 写下这段文
    ~ 尽可能具体
    ~ 盡可能具體
    ~ 给定的人物
    ~ 给定人物
    ~ 该人物描述
    ~ 上述人物
    ~ 上述文本
    ~ 给定的文本
    ~ 给定文本
    ~ 该文本
    ~ 文中提到
    ~ 文中提及
    ~ 文本中提到
    ~ 与该人物关系密切
    ~ このテキストを読
    ~ このテキストを書
    ~ この文章を読
    ~ できるだけ具体的に
    ~ 与えられた人物
    ~ 与えられたテキスト
    ~ 이 텍스트를 읽
    ~ 이 글을 읽을
    ~ 가능한 한 구체적으로
    ~ 주어진 인물
    ~ 주어진 텍스트
    ~ so spezifisch wie möglich
    ~ so konkret wie möglich
    ~ diesen text lesen
    ~ dieser text gefallen
    ~ der gegebenen person
    ~ die beschriebene person
    ~ im text erwähn*
    ~ im text beschrieben*
    ~ ce texte
    ~ aussi précisément que possible
    ~ le plus précisément possible
    ~ mentionné dans le texte
    ~ mentionnée dans le texte
    ~ la personne décrite
    ~ este texto
    ~ lo más específico posible
    ~ lo más específica posible
    ~ mencionado en el texto
    ~ mencionada en el texto
    ~ la persona descrita
    ~ o mais específico possível
    ~ mencionado no texto
    ~ questo testo
    ~ il più specifico possibile
    ~ menzionato nel testo
    ~ этот текст
    ~ этого текста
    ~ как можно конкретнее
    ~ как можно подробнее
    ~ ten tekst
    ~ tego tekstu
    ~ jak najdokładniej
    ~ bu metni
    ~ mümkün olduğunca spesifik
    ~ هذا النص
    ~ إن أمكن بالتحديد
    ~ यह पाठ
    ~ इस पाठ
    ~ ข้อความนี้
    ~ văn bản này
    ~ maandishi haya
    ~ αυτό το κείμενο
    ~ הטקסט הזה
    """
}
