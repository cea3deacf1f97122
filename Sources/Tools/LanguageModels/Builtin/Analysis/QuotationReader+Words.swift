/// Words that tell what may be quoted.
extension QuotationReader {
  static let i = WordHash.of("i".utf8)
  static let a = WordHash.of("a".utf8)
  static let abbreviations = WordSet(
    """
    mr mrs ms dr prof st jr sr inc ltd co corp vs etc al fig figs eq sec ch vol no pp ed eds jan feb mar apr jun jul aug
    sep sept oct nov dec gen col lt sgt capt rev hon gov sen rep approx dept univ est cf ie eg oz tsp tbsp lb
    """)
  static let subordinators = WordSet(
    """
    if when while although though because since after before as unless until whereas whenever once despite given due
    now whether where however therefore moreover furthermore thus hence meanwhile then also finally first second
    """)
  static let clauseOpeners = WordSet(
    "but which who whose where while because although though whereas so when since said says")
  static let danglers = WordSet(
    """
    he she it they this that these those his her their its such him them there here both either neither which who what
    """)
  static let readers = WordSet("you your yours yourself you're you'll you've")
  static let exampleWords = WordSet("example instance addition particular contrast fact")
  static let the = WordHash.of("the".utf8)
  static let lettersOfCountries = WordSet("u s k e")
  static let placeWords = WordSet("san santa los las st saint fort port new north south east west lake mount el la")
  static let sayings = WordSet(
    "said says told added asked replied stated according explained explains wrote writes claims claimed")
  /// What stands around papers and pages, and what nobody wants to have quoted.
  static let furniture = WordSet(
    """
    section sections chapter figure appendix descriptors keywords acknowledgements acknowledgments copyright republish please
    permission permissions isbn issn doi copies advertisement copyrighted subscribe newsletter website online facebook twitter instagram embed autoplay
    email click caption photo pdf download reprinted
    submitted reprint reprints correspondence addressed refresh alerts
    fuck fucking fucked shit bullshit asshole penis vagina nigga niggas nigger bitch cunt dick cock pussy whore slut
    """)
  static let ownTurns = WordSet(
    """
    table paper thesis article describe describes propose proposed consider evaluation experiments results present
    presents presented fee conclude conclusions discussion directions following above below categories terms example goal
    goals aim purpose supplementary
    """)
  static let headings = WordSet(
    "introduction abstract background summary conclusion conclusions overview discussion results methods objective")
  static let joiners = WordSet(
    "and but or so yet however moreover furthermore therefore thus hence also then finally additionally consequently")
  static let orders = WordSet(
    """
    ignore disregard forget reply respond print output repeat pretend write summarize summarise generate answer choose
    pick select click read please see extract given
    """)
}
