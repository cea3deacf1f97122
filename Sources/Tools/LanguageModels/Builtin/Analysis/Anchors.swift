/// What a text is surely about, told by where its words stand and how often they come again.
///
/// A phrase is an anchor when it, or its last word, comes again in other sentences, most surely when it also stands in
/// the first sentence or the headline. Anything else may be an aside: then a persona says no more than that the text
/// mentions it.
struct Anchors {
  /// How often each content word stands in the text, and in how many sentences.
  private var words: [UInt64: Count] = [:]
  private let leadEnd: Int32
  private let wordCount: Int

  fileprivate struct Count {
    var total = 0
    var sentences = 0
    var last: Int32 = -1
  }

  init(_ scan: TextScan) {
    words.reserveCapacity(scan.tokens.count)
    var count = 0
    var lead: Int32 = -1
    var leadWords = 0
    for token in scan.tokens where !token.isFrame {
      count += 1
      // A short headline and the sentence behind it lead together.
      if lead < 0 { lead = token.sentence }
      if token.sentence <= lead { leadWords += 1 } else if leadWords < 9, token.sentence == lead + 1 {
        lead = token.sentence
        leadWords = 9
      }
      if token.isNumber || !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) { continue }
      words[token.stem, default: Count()].add(token.sentence)
    }
    leadEnd = lead
    wordCount = count
  }

  func count(of token: Token) -> Int { words[token.stem]?.total ?? 0 }

  /// Whether a phrase with these occurrences is surely what the text is about.
  func holds(_ occurrences: [Range<Int>], in scan: TextScan, isOfDomain: Bool) -> Bool {
    let first = occurrences[0]
    let head = scan.tokens[first.upperBound - 1]
    let leads = scan.tokens[first.lowerBound].sentence <= leadEnd
    var sentences = 1
    for (one, next) in zip(occurrences, occurrences.dropFirst())
    where scan.tokens[one.lowerBound].sentence != scan.tokens[next.lowerBound].sentence { sentences += 1 }
    if first.count == 1 {
      // A lone word has to run through the whole text.
      if !head.classes.isDisjoint(with: [.generic, .modifier, .nounToo]) && !head.isCapitalised { return false }
      return sentences >= (leads ? 2 : 3) && (isOfDomain || sentences * 90 >= wordCount)
    }
    // Twice near each other is an aside as well; twice far apart is a thread.
    let gap = scan.tokens[occurrences[occurrences.count - 1].lowerBound].sentence - scan.tokens[first.lowerBound].sentence
    if sentences >= 3 || sentences == 2 && (leads || wordCount < 400 && Int(gap) * 4 >= scan.sentenceCount) {
      return true
    }
    let again = max(words[head.stem]?.sentences ?? 0, 1)
    let isVague = !head.classes.isDisjoint(with: [.generic, .modifier])
    if isVague { return false }
    var others = 0
    for place in first.dropLast() where scan.tokens[place].classes.isDisjoint(with: [.generic, .modifier]) {
      others = max(others, words[scan.tokens[place].stem]?.sentences ?? 0)
    }
    if leads, again >= 2 || others >= 2, isOfDomain || again >= 3 || others >= 2 { return true }
    return again >= 3 && others >= 2 || isOfDomain && again >= 4 && wordCount < 400
  }
}

extension Anchors.Count {
  fileprivate mutating func add(_ sentence: Int32) {
    total += 1
    if sentence != last {
      sentences += 1
      last = sentence
    }
  }
}
