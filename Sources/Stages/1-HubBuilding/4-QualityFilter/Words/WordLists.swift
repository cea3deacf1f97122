/// The word lists of the rules, in folded form. Names and roles of persons stand in files of their own.
enum WordLists {
  static let all: [(kind: WordKinds, words: String)] = [
    (.person, persons), (.person, personsElsewhere), (.thing, things), (.thing, places), (.noTrade, noTrades),
    (.givenName, givenNames), (.publicRole, publicRoles), (.textNoun, textNouns), (.reportVerb, reportVerbs),
    (.interrogative, interrogatives), (.determiner, determiners), (.phraseEnd, phraseEnds), (.person, plainPersons),
    (.personPronoun, personPronouns), (.finiteVerb, finiteVerbs), (.street, streets),
    (.streetBefore, streetsBefore), (.contact, contacts), (.placeholder, placeholders), (.english, englishWords),
    (.honorific, honorifics), (.admirer, admirers),
  ]

  static let textNouns = """
    text passage article paper document study story book post report essay abstract paragraph chapter excerpt
    content page website blog section review paper's novel poem letter email author researchers thread
    """

  static let reportVerbs = """
    is was describes discusses explains explores provides presents talks appears seems contains argues highlights
    focuses covers offers deals reports shows states mentions tells examines introduces outlines emphasizes suggests
    details summarizes analyzes analyses looks gives lists compares proposes addresses claims notes
    """

  static let interrogatives = """
    what why how who whom whose which when where is are was were do does did can could would should will shall may have
    has am qué quién quiénes cómo cuándo dónde cuál cuáles por puede puedes es hay que quoi qui quand où comment
    pourquoi quel quelle quels quelles est combien was wer wie wo wann warum wieso weshalb welche welcher welches ist
    sind kann können hat o como quando onde quem quais qual por che chi come cosa perché dove quale quanto что кто как
    почему где когда зачем какой какая какие сколько можно co kto jak dlaczego gdzie kiedy czy jaki jaka ne nasıl neden
    kim nerede niçin hangi ماذا من كيف لماذا أين متى هل ما क्या कौन कैसे क्यों कब कहाँ τι ποιος πώς γιατί πού πότε
    מה מי איך למה איפה מתי mikä kuka miten miksi missä milloin wat wie hoe waarom waar apa siapa bagaimana mengapa
    """

  static let determiners = """
    a an the this that these those some any each every another his her their its my our your
    """

  /// Words at which the noun phrase at the start of an English description is over.
  static let phraseEnds = """
    of in on at for with from by to about over under between among into through during without against within near
    like as who who's whom whose which that is are was were be been being has have had does do did can could will would
    should must may might but nor so because while when where if than then whether per via despite towards toward
    based located situated used made designed known called named featuring containing including showing describing
    explaining discussing providing offering a an the
    """

  /// Words by which only people are spoken of.
  static let personPronouns = """
    who whose whom who's someone somebody anyone anybody everyone everybody one i i'm i've i'd i'll me my mine myself he she him
    his her hers himself herself themselves they their them themself you your we our us
    """

  static let finiteVerbs = """
    is are was were isn't aren't wasn't weren't affects converts describes contains consists provides allows
    increases decreases shows requires includes occurs explains discusses enables reduces improves involves means
    represents produces depends refers became becomes must cannot remains helps makes boils freezes rose fell grew
    """

  static let streets = """
    street st road rd avenue ave lane ln drive dr boulevard blvd court ct square sq terrace crescent close row parkway
    pkwy way place mews gardens grove highway hwy straat laan
    """

  static let streetsBefore = """
    rue avenue boulevard chemin impasse quai allée calle avenida paseo plaza carrer rua travessa praça via viale piazza
    corso vicolo ul ulica aleja улица ул проспект переулок вулиця вул οδός שדרות רחוב شارع
    """

  static let contacts = """
    phone telephone tel call mobile cell whatsapp fax telefon téléphone teléfono telefone telefono телефон тел мобильный
    handy móvil celular portable numer ssn passport iban reisepass pasaporte passeport account card паспорт هاتف फ़ोन
    फोन simu τηλέφωνο טלפון puhelin
    """

  static let placeholders = """
    name names firstname lastname surname age city country town topic role person persona company employer field hobby
    job occupation profession specific location relation relationship text description subject industry language
    adjective noun verb skill interest interests insert your gender nationality university school event product brand
    x y z nombre profesión ciudad beruf stadt métier ville nom имя профессия город
    """

  static let englishWords = """
    the and this these it are were with which from their
    """

  static let honorifics = """
    mr mrs ms miss dr prof professor sir herr frau monsieur madame señor señora signor signora
    """

  static let admirers = """
    fan fans admirer follower supporter biographer devotee impersonator historian scholar enthusiast biography life works
    music films about
    """
}
