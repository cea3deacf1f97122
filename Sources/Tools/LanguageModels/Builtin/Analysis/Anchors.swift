/// What a text is surely about, told by where its words stand and how often they come again.
///
/// A phrase is an anchor when it, or its last word, comes again in other sentences, most surely when it also stands in
/// the first sentence or the headline. Anything else may be an aside: then a persona says no more than that the text
/// mentions it.
struct Anchors {
  /// How often each content word stands in the text, and in how many sentences.
  private var words: [Count]
  private var leadEnd: Int32
  private var wordCount: Int

  private struct Count {
    var stem: UInt64 = 0
    var total: Int32 = 0
    var sentences: Int32 = 0
    var last: Int32 = -1
  }

  init(_ scan: TextScan) {
    // Open addressing, at most half full: this runs for every text, and a dictionary is a tenth of its time.
    var size = 64
    while size < scan.tokens.count * 2 { size *= 2 }
    words = [Count](repeating: Count(), count: size)
    leadEnd = 0
    wordCount = 0
    var count = 0
    var lead: Int32 = -1
    var leadWords = 0
    for token in scan.tokens where !token.isFrame {
      count += 1
      // A short headline and the sentence behind it lead together.
      if lead < 0 { lead = token.sentence }
      if token.sentence <= lead {
        leadWords += 1
      } else if leadWords < 9, token.sentence == lead + 1 {
        lead = token.sentence
        leadWords = 9
      }
      if token.isNumber || !token.classes.isDisjoint(with: [.function, .determiner, .preposition]) { continue }
      let slot = slot(of: token.stem)
      words[slot].stem = token.stem
      words[slot].total += 1
      if words[slot].last != token.sentence {
        words[slot].sentences += 1
        words[slot].last = token.sentence
      }
    }
    leadEnd = lead
    wordCount = count
  }

  private func slot(of stem: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: WordHash.spread(stem)) & (words.count - 1)
    while words[slot].stem != 0, words[slot].stem != stem { slot = (slot + 1) & (words.count - 1) }
    return slot
  }

  func count(of token: Token) -> Int { Int(words[slot(of: token.stem)].total) }

  private func sentenceCount(with token: Token) -> Int { Int(words[slot(of: token.stem)].sentences) }

  /// Whether a phrase both leads the text and comes again, or runs all through it.
  func isTopic(_ occurrences: [Range<Int>], in scan: TextScan) -> Bool {
    let first = occurrences[0]
    let head = scan.tokens[first.upperBound - 1]
    let leads = scan.tokens[first.lowerBound].sentence <= leadEnd
    var sentences = 1
    for (one, next) in zip(occurrences, occurrences.dropFirst())
    where scan.tokens[one.lowerBound].sentence != scan.tokens[next.lowerBound].sentence { sentences += 1 }
    return leads && (sentences >= 2 || sentenceCount(with: head) >= 3) || sentences >= 4
  }

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
    let gap =
      scan.tokens[occurrences[occurrences.count - 1].lowerBound].sentence
      - scan.tokens[first.lowerBound].sentence
    let isFarApart = wordCount < 400 && Int(gap) * 4 >= scan.sentenceCount
    if sentences >= 3 || sentences == 2 && (leads || isFarApart && (isOfDomain || wordCount < 150)) {
      return true
    }
    let again = max(sentenceCount(with: head), 1)
    let isVague = !head.classes.isDisjoint(with: [.generic, .modifier])
    if isVague { return false }
    var others = 0
    for place in first.dropLast() where scan.tokens[place].classes.isDisjoint(with: [.generic, .modifier]) {
      others = max(others, sentenceCount(with: scan.tokens[place]))
    }
    if leads, again >= 2 || others >= 2, isOfDomain || again >= 3 || others >= 2 { return true }
    return again >= 3 && others >= 2 || isOfDomain && again >= 4 && wordCount < 400
  }
}
