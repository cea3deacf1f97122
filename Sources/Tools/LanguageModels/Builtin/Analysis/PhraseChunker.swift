/// Finds the stretches of an English text that look like noun phrases.
///
/// There is no grammar behind it: word classes, endings and neighbours. A chunk breaks at punctuation, function words
/// and verbs; verbs that are also nouns count as verbs after a pronoun, a modal or "to"; participles stay only where an
/// adjective could stand. Then generic words are trimmed from the edges.
enum PhraseChunker {
  static let longest = 4

  /// Token ranges of one to four words, in text order.
  static func chunks(of scan: TextScan) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    let tokens = scan.tokens
    var start = 0
    while start < tokens.count {
      guard isInside(start, in: scan, continuing: false) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tokens.count, !tokens[end].breakBefore, isInside(end, in: scan, continuing: true),
        !isSeam(tokens[end - 1], tokens[end])
      {
        end += 1
      }
      add(start..<end, of: scan, to: &chunks)
      start = end
    }
    return chunks
  }

  /// From a small letter to a capital: "striker Joe", or a title that runs into its text.
  private static func isSeam(_ one: Token, _ next: Token) -> Bool {
    if next.isInHeadline, next.isCapitalised, next.classes.contains(.givenName) { return true }
    return !one.isCapitalised && next.isCapitalised && !next.isAllCapitals && !next.isInHeadline
  }

  static func standsBeforeNouns(_ token: Token) -> Bool { pluralsBeforeNouns.contains(token.hash) }

  private static func isInside(_ place: Int, in scan: TextScan, continuing: Bool) -> Bool {
    let token = scan.tokens[place]
    if token.isFrame || token.isNumber || token.end - token.start < 2 || token.end - token.start > 24 { return false }
    if !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) {
      return !continuing && token.isCapitalised && !token.startsSentence && Self.firstOfNames.contains(token.hash)
    }
    if scan.hasContraction(token) || scan.hasFootnoteMark(token) { return false }
    // "Part of a cross-country...": the text breaks off here.
    if place + 1 == scan.tokens.count || scan.tokens[place + 1].isFrame, scan.breaksOff(behind: token) { return false }
    if token.isCapitalised && !token.startsSentence && !token.isAllCapitals && !token.isInHeadline {
      return true
    }
    guard isNominal(place, in: scan) else { return false }
    let previous = place > 0 && !token.breakBefore ? scan.tokens[place - 1] : nil
    // "companies face", "parents fear": the base form after a plural is the verb.
    // "Painters tap", "queries match": what follows a plural is its verb, but for the few plurals that stand before nouns.
    if let previous, previous.stem != previous.hash, !previous.isNumber, !pluralsBeforeNouns.contains(previous.hash),
      !previous.isCapitalised || previous.startsSentence,
      previous.classes.isDisjoint(with: [.verb, .function])
        || previous.classes.contains(.nounToo)
    {
      return false
    }
    if let previous, previous.classes.contains(.beforeVerb), !previous.isCapitalised || previous.startsSentence {
      // "to" before a plural or a capital is a preposition more often than not.
      return false
    }
    if scan.ends(token, "ly"), !token.classes.contains(.nounToo), !lyNouns.contains(token.hash) { return false }
    if scan.ends(token, "ed"), token.end - token.start > 4 {
      // An adjective after a determiner, a preposition or an adjective; a verb after a noun or a pronoun.
      guard let previous else { return !token.startsSentence }
      return !previous.classes.isDisjoint(with: [.determiner, .preposition, .modifier])
        || scan.bytes[Int(token.start)..<Int(token.end)].contains(0x2D)
    }
    if scan.ends(token, "ing"), !token.classes.contains(.nounToo), token.end - token.start > 5 {
      let next = place + 1 < scan.tokens.count && !scan.tokens[place + 1].breakBefore ? scan.tokens[place + 1] : nil
      if let next, next.classes.contains(.determiner) { return false }
      guard let previous else { return false }
      return continuing || previous.classes.contains(.determiner)
    }
    return true
  }

  /// Whether the tagger takes a word for a noun or for what stands before one.
  private static func isNominal(_ place: Int, in scan: TextScan) -> Bool {
    let token = scan.tokens[place]
    switch scan.readings[place].tag {
    case .noun, .plural, .name:
      // A verb of our own list is a noun only behind an article, an adjective or another noun.
      guard token.classes.contains(.verb) else { return true }
      guard place > 0, !token.breakBefore else { return false }
      let before = scan.readings[place - 1].tag
      return before == .determiner || before == .adjective || before == .noun
    case .adjective, .participle: return !token.classes.contains(.verb)
    case .gerund:
      // "The principal teaching grades 1 to 4": behind a noun it is what is done.
      return !token.classes.contains(.verb) && (place == 0 || token.breakBefore || !scan.readings[place - 1].tag.isNoun)
    default: return false
    }
  }

  private static func add(_ range: Range<Int>, of scan: TextScan, to chunks: inout [Range<Int>]) {
    let tokens = scan.tokens
    let range = PhraseEnds.trimmed(range, in: scan)
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isWeakStart(tokens[start]) { start += 1 }
    while start < end,
      isWeakEnd(tokens[end - 1], scan) || !scan.readings[end - 1].tag.isNoun && !isInnerName(tokens[end - 1])
    {
      end -= 1
    }
    // "the four brand paradoxes GM had": a name in capitals after small letters begins something new.
    if end - start > 1, tokens[end - 1].isAllCapitals, !tokens[end - 2].isCapitalised { end -= 1 }
    guard start < end else { return }
    if isPersonName(start..<end, in: scan) { return }
    if end - start == 1 {
      let token = tokens[start]
      if token.classes.contains(.generic) || token.end - token.start < 4 && !token.isAllCapitals { return }
      if token.classes.contains(.givenName), token.isCapitalised || !scan.hasCapitals { return }
      // A word with a capital at a sentence's start may be a name; nothing in the text tells.
      if token.startsSentence || scan.opensSpeech(token), token.isCapitalised, !token.isAllCapitals { return }
      if PhraseEnds.isPast(token) { return }
      // Where nothing has a capital, an unknown word without an article may be a name.
      let hasArticle = start > 0 && !token.breakBefore && tokens[start - 1].classes.contains(.determiner)
      if !scan.hasCapitals, !hasArticle, token.stem == token.hash, token.classes.isEmpty,
        !DomainTable.shared.knows(token.stem)
      {
        return
      }
      // A participle is too weak alone.
      if scan.ends(token, "ed") || scan.ends(token, "er") && token.classes.contains(.modifier) { return }
    }
    // All generic: "end result".
    if (start..<end).allSatisfy({ !tokens[$0].classes.isDisjoint(with: [.generic, .modifier, .verb]) }) { return }
    // Of a longer run the last words are the thing, the first ones only say of which kind; a name is not cut in two.
    if end - start > longest {
      start = end - longest
      while start < end - 1, tokens[start].isCapitalised, tokens[start - 1].isCapitalised { start += 1 }
      if tokens[start].isCapitalised, tokens[start - 1].isCapitalised { return }
    }
    chunks.append(start..<end)
  }

  private static func isInnerName(_ token: Token) -> Bool {
    token.isCapitalised && !token.startsSentence && !token.isInHeadline
  }

  private static func isWeakStart(_ token: Token) -> Bool {
    if token.isCapitalised && !token.startsSentence && !token.isAllCapitals && !token.isInHeadline
      && !token.classes.contains(.honorific)
    {
      return false
    }
    return !token.classes.isDisjoint(with: [.modifier, .generic, .verb])
  }

  private static func isWeakEnd(_ token: Token, _ scan: TextScan) -> Bool {
    if !token.classes.isDisjoint(with: [.modifier, .verb]) { return true }
    // "California Gov." announces a name.
    if token.classes.contains(.honorific), token.isCapitalised, token.end - token.start <= 3 { return true }
    if token.classes.contains(.generic) {
      return !(token.isCapitalised && !token.startsSentence) && weakLast.contains(token.hash)
    }
    // "A medieval English": of a nation, and what comes is cut off.
    if token.classes.contains(.properName), nations.contains(token.hash) { return true }
    if token.isCapitalised && !token.startsSentence && !token.isInHeadline { return false }
    return isAdjective(token, scan)
  }

  /// Adjectives by their ending, short of the nouns that share it.
  static func isAdjective(_ token: Token, _ scan: TextScan) -> Bool {
    if plainAdjectives.contains(token.hash) { return true }
    if token.classes.contains(.nounToo) || adjectiveLookingNouns.contains(token.hash) { return false }
    for ending in adjectiveEndings where scan.ends(token, ending) { return true }
    if scan.ends(token, "al") || scan.ends(token, "ic") || scan.ends(token, "ive") || scan.ends(token, "ant")
      || scan.ends(token, "ent") && scan.ends(token, "rent")
    {
      return token.end - token.start > 5
    }
    return scan.ends(token, "ed") && token.end - token.start > 4
      || scan.ends(token, "ese") && token.end - token.start > 5
  }

  /// Whether the words look like the name of a person: a title or a given name, then capitals.
  static func isPersonName(_ range: Range<Int>, in scan: TextScan) -> Bool {
    let tokens = scan.tokens
    if range.contains(where: { nameParticles.contains(tokens[$0].hash) }), tokens[range.lowerBound].isCapitalised {
      return true
    }
    if range.lowerBound > 0 {
      let previous = tokens[range.lowerBound - 1]
      let gap = tokens[range.lowerBound].start - previous.end
      if previous.classes.contains(.honorific), gap <= 2, tokens[range.lowerBound].isCapitalised { return true }
    }
    for place in range {
      let token = tokens[place]
      let named =
        token.classes.contains(.givenName) && (token.isCapitalised || range.count == 2 || place > range.lowerBound)
      if named, range.count <= 3 { return true }
      // "Director Lee"; in a text without capitals "director lee" as well.
      if token.classes.contains(.honorific), place + 1 < range.upperBound,
        !tokens[place + 1].isAllCapitals || token.isAllCapitals,
        tokens[place + 1].isCapitalised
          || !scan.hasCapitals && tokens[place + 1].classes.isEmpty
            && !DomainTable.shared.knows(tokens[place + 1].stem)
      {
        return true
      }
    }
    return false
  }

  private static func set(_ words: String) -> WordSet { WordSet(words) }

  private static let adjectiveEndings: [StaticString] = [
    "ous", "ful", "less", "able", "ible", "ish", "ical", "ary", "ory", "esque",
  ]

  /// Function words elsewhere that begin names of places: "Los Angeles".
  private static let firstOfNames = WordSet("los la las le el de san")

  private static let pluralsBeforeNouns = set(
    """
    sales sports systems goods arms news physics mathematics economics politics species series business analysis
    operations communications games women men customs savings jobs awards materials logistics electronics graphics
    statistics genetics linguistics athletics ethics dynamics mechanics robotics semantics robotics works parks parts
    accounts rights human drugs weapons services congress access process stress gas bus virus corpus status campus
    basis thesis crisis genesis chaos cosmos lens bonus census focus glass class mass press less address success
    progress loss boss cross grass dress pass windows parkinsons alzheimers diabetes rabies herpes aids
    """)

  private static let nations = set(
    """
    american british french german italian spanish portuguese dutch belgian swiss austrian swedish norwegian danish
    finnish irish scottish welsh polish czech hungarian romanian bulgarian greek turkish russian ukrainian chinese
    japanese korean vietnamese thai indonesian indian pakistani iranian iraqi israeli arab egyptian african canadian
    mexican brazilian australian european asian
    """)
  private static let nameParticles = set("von van bin ibn zu ten ter vom")

  private static let lyNouns = set(
    "family families supply anomaly assembly butterfly fly italy jelly reply ally bully july monopoly lily belly rally")

  /// Generic nouns that make no phrase's end: "the data mining case".
  private static let weakLast = set(
    """
    thing things way ways lot lots time times day days week weeks month months year years hour hours minute minutes
    moment part parts number numbers amount case cases example examples kind kinds type types sort place side end start
    beginning fact facts reason reasons result results bit pair rest half date morning afternoon evening night weekend
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december spokesman spokesperson spokeswoman use user users et fig figs doesn don didn isn wasn ll ve
    re inch inches cup cups tablespoon tablespoons teaspoon teaspoons tbsp tsp oz ounce ounces lb lbs pound pounds gram
    grams kg ml pinch unk nbsp amp quot inc ltd llc thanks comment comments today mins min sec secs hrs mile miles acre
    acres percent dollars cents bucks anymore site guy guys name names copyright majority course order total
    """)

  /// Adjectives that no ending gives away.
  private static let plainAdjectives = set(
    """
    plain creepy scary dirty dusty foggy sunny rainy snowy windy cloudy stormy muddy greasy oily sticky slimy tasty salty
    spicy juicy crispy crunchy chewy creamy fluffy fuzzy furry hairy bony skinny chubby lanky husky sleepy lazy hungry
    thirsty needy greedy nasty naughty sassy classy flashy trendy glossy shiny sparkly tricky sketchy shaky risky lucky
    handy speedy  sturdy bulky heavy lengthy hefty hasty wordy witty gritty gory bloody messy tidy clumsy grumpy
    moody gloomy cheery merry jolly silly goofy corny crappy shitty lousy phony shoddy sloppy bumpy lumpy rocky sandy
    grassy leafy woody smoky steamy milky watery rusty dull blunt sharp crude rude cruel brutal gentle mild tender
    humble noble proud brave bold shy timid calm tense stiff rigid loose firm steep flat smooth rough coarse faint vivid
    pale dim dense sparse scarce ample mere  prime vast remote distant adjacent nearby close rural urban 
    mature ripe raw fresh frozen stale rotten vague exact precise accurate concise brief swift prompt abrupt sudden
    gradual  stable secure insecure robust fragile delicate elegant graceful modest decent honest sincere loyal
    genuine authentic fake false sane insane mad crazy wild tame  fierce keen eager reluctant afraid aware unaware
    awake asleep alike alone ashamed alert  absurd acute adverse aloof ancient anxious apt arid astute august austere
     awkward bald bare blank bland bleak blind blond blonde broad bohemian candid casual chaotic chronic civil
    coherent   corrupt covert crucial curious cynical damp deaf deep dire discreet distinct diverse
    divine  drastic drunk due dumb eerie elderly  eternal  explicit extreme exotic fair faithful
     feeble fertile fit foreign formal former foul frank frequent frugal futile generic genial giddy glad grand grave
    grim gross harsh hollow holy hostile hot  cool warm huge idle ill immense implicit inert inner outer innate
    intact intense  intimate just lame late latent lean lengthy lesser lethal likely unlikely limp lone lonely
    lively costly friendly lovely ugly elderly orderly cowardly ghostly heavenly leisurely lowly manly motherly sickly
    unruly worldly mellow mere  mutual naive naked narrow neat nervous neutral nimble normal novel numb obscene
    obscure odd opaque  opposite ornate overt passive  pathetic perverse pious placid plump polite posh prone
    profound proper pure quaint queer quick quiet random rapid rare rash  real remote rich ripe sacred sad scant
      separate serene severe shallow sheer short shrewd sick similar simple sincere slack sleek slender slim
    slow sly small smart smug snug sober soft solar lunar solemn solid sore sour  splendid stark stern stout
    strange strict strong stubborn stupid sturdy subtle superb supreme sweet tall taut thick thin thorough tight tiny
    tired tough trivial upper lower  upright urgent useful utter vacant valid vain vulgar weak weary weird whole
    wide wise worthy wrong younger older newer brighter darker lighter stronger weaker richer poorer deeper wider
    stricter safer cleaner louder quieter newest oldest biggest longest shortest busiest deadliest nearest
    """)

  private static let adjectiveLookingNouns = set(
    """
    music clinic topic traffic fabric logic epidemic pandemic comic plastic ceramic antibiotic republic mechanic panic
    magic picnic arctic metric statistic graphic academic critic basic arithmetic heuristic characteristic rhetoric
    mosaic relic attic cubic garlic tunic ethic lyric rubric skeptic diabetic catholic pacific atlantic olympic domestic
    signal material hospital festival capital proposal animal journal approval arrival mineral metal goal meal coral
    terminal professional official trial retrieval survival removal potential manual individual rival crystal medal
    pedal cereal canal cathedral interval principal tutorial memorial criminal funeral ritual renewal withdrawal
    integral neural arsenal mural federal serial disposal chemical pharmaceutical musical hormonal referral betrayal
    carnival scandal denial burial editorial aerial general portal minimal appraisal deal seal steal polynomial
    differential denominational vegetable variable table cable timetable collectible perspective archive executive
    detective motive native initiative narrative alternative representative objective drive relative incentive adjective
    derivative locomotive cooperative collective preservative olive dive hive five live additive captive fugitive
    secretary library dictionary salary military diary boundary summary documentary anniversary commentary glossary
    january february obituary sanctuary missionary revolutionary judiciary dignitary estuary canary primary secondary
    memory theory history category factory territory inventory laboratory directory trajectory victory observatory
    accessory repository story glory ivory dormitory conservatory advisory participant plant restaurant assistant
    consultant infant elephant merchant tenant immigrant migrant applicant defendant giant grant variant quadrant
    pollutant accountant servant transplant inhabitant descendant parent current torrent rent deterrent bus virus
    genus status campus census focus consensus bonus chorus corpus stimulus nucleus radius apparatus cactus surplus virus
    hummus asparagus citrus octopus cancerous fish dish finish polish english spanish irish british danish swedish
    turkish parish radish relish publish wish mouthful handful spoonful wireless seed breed feed speed need weed
    chinese japanese cheese portuguese bed shed hundred embed greed creed deed reed feed exceed steed screed
    lean roman human woman orphan ocean captain vegetarian librarian
    """)
}

extension TextScan {
  /// Whether the word is two in one: "don't", "I'm", "they've".
  func hasContraction(_ token: Token) -> Bool {
    guard token.end - token.start > 2 else { return false }
    for place in max(Int(token.start), Int(token.end) - 3)..<Int(token.end) where bytes[place] == 0x27 { return true }
    return false
  }

  /// Whether a word stands right behind a colon, a quotation mark or a bracket: "Lena: Whoa".
  func opensSpeech(_ token: Token) -> Bool {
    var place = Int(token.start) - 1
    while place >= 0, bytes[place] == 0x20 { place -= 1 }
    return place >= 0 && [0x3A, 0x22, 0x28, 0x5B, 0x2A].contains(bytes[place])
  }

  /// Whether a digit sticks to a word in small letters: "lab1" is a footnote's mark, "H2O" is none.
  func hasFootnoteMark(_ token: Token) -> Bool {
    guard token.end - token.start > 1, !token.isAllCapitals else { return false }
    let last = bytes[Int(token.end) - 1]
    let before = bytes[Int(token.end) - 2]
    return last >= 0x30 && last <= 0x39 && before >= 0x61 && before <= 0x7A
  }

  /// Whether three full stops follow a word.
  func breaksOff(behind token: Token) -> Bool {
    var place = Int(token.end)
    while place < bytes.count, bytes[place] == 0x20 { place += 1 }
    let rest = bytes[place...].prefix(3)
    // A single ellipsis character was made a dash.
    return rest.elementsEqual([0x2E, 0x2E, 0x2E]) || rest.elementsEqual([0x2D, 0x20])
  }

  /// Whether a word ends so, letters folded to lower case.
  func ends(_ token: Token, _ ending: StaticString) -> Bool {
    let count = ending.utf8CodeUnitCount
    guard Int(token.end - token.start) > count else { return false }
    let start = Int(token.end) - count
    // Safe: a static string's UTF-8 code units live for ever, and `count` is their number.
    let wanted = unsafe UnsafeBufferPointer(start: ending.utf8Start, count: count)
    for place in 0..<count where unsafe wanted[place] != (bytes[start + place] | 0x20) && wanted[place] != 0x27 {
      return false
    }
    return unsafe !wanted.contains(0x27) || bytes[start..<Int(token.end)].contains(0x27)
  }
}
