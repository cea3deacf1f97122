/// Which keyphrases may stand for the topic of a text of a genre, and in which order.
enum TopicChoice {
  static func ordered(_ phrases: [Keyphrase], for genre: Genre) -> [Keyphrase] {
    let medium = media[genre] ?? anyMedium
    var phrases = phrases.filter { phrase in
      // What the text itself says that it is about.
      if phrase.score >= 50 { return true }
      // "Call", "hope": without an article a verb as often as a noun.
      let isBareVerb =
        phrase.wordCount == 1 && !phrase.isProper && !phrase.isPlural && phrase.text == phrase.bare
        && Lexicon.shared.classes(of: WordHash.of(phrase.bare.lowercased().utf8)).contains(.nounToo)
      if isBareVerb { return false }
      // Where a paper appeared and who paid for it is not what it is about.
      if genre == .research, phrase.bare.split(separator: " ").contains(where: { institutions.contains($0) }) {
        return false
      }
      // "The movie" tells nothing of a film review, "the customer" nothing of a shop's.
      return !phrase.bare.split(separator: " ").allSatisfy { word in
        let lower = word.lowercased()
        let hash = WordHash.of(lower.utf8)
        // "A realistic tool": an adjective that no field claims adds nothing.
        let isPale = paleEndings.contains { lower.hasSuffix($0) } && !DomainTable.shared.knows(hash)
        return medium.contains(hash) || anyMedium.contains(hash) || pale.contains(hash) || isPale
          || !Lexicon.shared.classes(of: hash).isDisjoint(with: [.generic, .modifier])
      }
    }
    if genre == .plot, let first = phrases.first, first.isProper, first.wordCount == 1,
      let thing = phrases.dropFirst().firstIndex(where: { !$0.isProper })
    {
      // Whoever is in it, a plot is told by its things.
      phrases.insert(phrases.remove(at: thing), at: 0)
    }
    // A lone common word first, and a phrase nearly as good behind it: the phrase says more.
    if let first = phrases.first, first.wordCount == 1, !first.isProper, first.score < 50,
      let better = phrases.dropFirst().firstIndex(where: {
        $0.wordCount > 1 && first.score - $0.score < (genre == .research ? 99 : 3.5)
      })
    {
      phrases.insert(phrases.remove(at: better), at: 0)
    }
    // Of two lone words the second gives way to a phrase as well.
    if phrases.count > 2, phrases[0].wordCount == 1, phrases[1].wordCount == 1,
      let better = phrases.dropFirst(2).firstIndex(where: { $0.wordCount > 1 })
    {
      phrases.insert(phrases.remove(at: better), at: 1)
    }
    return phrases
  }

  private static let film = WordSet(
    """
    film films movie movies plot plots audience audiences actor actors actress actresses cast director directors scene
    scenes character characters story stories ending acting script screenplay screen viewer viewers sequel hollywood
    picture pictures cinema theater role roles performance performances dialogue flick trailer sequence sequences star
    stars review critic critics camera the a dvd moment opening original fan fans
    """)
  private static let goods = WordSet(
    """
    product products item items amazon customer customers seller purchase money review reviews author authors reader
    readers book books dvd cd vendor feedback company price shipping quality author fan fans
    """)
  private static let venues = WordSet(
    "place places staff customer customers service food location restaurant store review reviews manager hotel table")
  private static let papers = WordSet(
    """
    thesis theses chapters dissertation algorithm algorithms authors paper papers results method methods model models problem problems approach system
    systems user users data performance predictions training processes resources experiments analysis parameters values
    participants respondents approval ethical questionnaire questionnaires interviews heuristic tool tools consumer consumers disciplines effect effects literature review chapter introduction background discussion conclusion appendix numerical strategy strategies applications functions settings behavior researchers study studies work policies services
    """)
  private static let apps = WordSet("app apps phone phones android update feature features device developer version")
  private static let paleEndings = ["istic", "ical", "ous", "able", "ible", "ive", "ary", "ful", "less"]
  private static let anyMedium = WordSet(
    """
    the a an company president team career article articles text story book author idea readers audience page pages
    gene genes album song songs upper lower transaction textbook media playback guides enough fact scene scenes movie film traffic operation operations document documents disasters migrant server wait character characters location child children parent couple moment word words family town window life country city moment episode approach channels behavior issue support future past history subject comparison office battle trip class show system
    """)
  private static let institutions: Set<Substring> = Set(
    """
    conference Conference symposium Symposium workshop Workshop proceedings Proceedings university University Department
    Laboratory Foundation foundation Consortium consortium grant Grant award Award Journal journal Press press Institute
    Fellowship fellowship gift donation assistance acknowledgement acknowledgements thanks interests support
    School Centre Center Avenue Society Association Science Committee
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }))
  /// Adjectives that make no topic of such a word: "a global company".
  private static let pale = WordSet(
    "global local national international public private whole modern young daily several american british online social"
  )
  private static let media: [Genre: WordSet] = [
    .filmReview: film, .plot: film, .productReview: goods, .placeReview: venues, .research: papers, .patent: papers,
    .code: WordSet("code var function functions class variable value name string div span"), .appReview: apps,
    .review: goods,
  ]
}
