extension PhraseTables {
  /// What is said of a text, not of a person.
  static let aboutText = """
    ^ title:
    ^ summary:
    ^ abstract:
    ^ topic:
    ^ table of contents
    ^ introduction to
    ^ an introduction to
    ^ a guide to
    ^ a brief history of
    ^ how to
    ^ there is
    ^ there are
    ^ there was
    ^ it is important
    ^ it is a
    ^ it is the
    ^ it was
    ^ in this article
    ^ in this paper
    ^ in this text
    ^ in this study
    ^ in this chapter
    ^ according to
    ^ click here
    ^ 本文
    ^ 这篇
    ^ 這篇
    ^ 这段文字
    ^ 文章
    ^ 该文
    ^ 摘要
    ^ 标题
    ^ この記事
    ^ この文章
    ^ このテキスト
    ^ 本稿
    ^ 本論文
    ^ 이 글은
    ^ 이 기사는
    ^ 이 텍스트는
    ^ 본 논문
    ^ der text
    ^ dieser text
    ^ der artikel
    ^ dieser artikel
    ^ das buch
    ^ le texte
    ^ l'article
    ^ cet article
    ^ le livre
    ^ el texto
    ^ este artículo
    ^ el artículo
    ^ el libro
    ^ o texto
    ^ este artigo
    ^ o artigo
    ^ il testo
    ^ l'articolo
    ^ questo articolo
    ^ il libro
    ^ в статье
    ^ в тексте
    ^ текст
    ^ статья
    ^ эта статья
    ^ в этой статье
    ^ стаття
    ^ у статті
    ^ tekst opisuje
    ^ artykuł
    ^ ten artykuł
    ^ bu makale
    ^ bu yazı
    ^ bu kitap
    ^ النص
    ^ المقال
    ^ هذه المقالة
    ^ यह लेख
    ^ บทความนี้
    ^ bài viết
    ^ makala
    ^ το κείμενο
    ^ το άρθρο
    ^ המאמר
    ^ הטקסט
    ^ de tekst
    ^ het artikel
    ^ artikkeli
    ^ teksti
    """
}
