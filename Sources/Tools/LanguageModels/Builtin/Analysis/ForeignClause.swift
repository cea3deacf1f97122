import Languages
import PersonaRecords

extension ForeignKeyphrases {
  /// The words from a sentence's beginning to its first mark that hold most of what the text is made of, as they stand.
  ///
  /// Without a table of word classes no run of words is surely one phrase; between two marks nothing is cut wrongly.
  /// - Returns: nil in languages without spaces, and where no such run of three to ten words stands.
  static func clause(of text: String, language: String, script: Script) -> String? {
    guard !script.isWrittenWithoutSpaces else { return nil }
    let scan = TextScan(text)
    let stops = stopWords[language] ?? []
    let folded = scan.tokens.map { scan.text(of: $0).lowercased() }
    var counts: [String: Int] = [:]
    for word in folded where !stops.contains(word) && word.unicodeScalars.count > 3 { counts[word, default: 0] += 1 }
    var best: (score: Double, range: Range<Int>)?
    for start in scan.tokens.indices where scan.tokens[start].startsSentence {
      guard let (end, isWhole) = end(of: start, in: scan), end - start >= 3 else { continue }
      let words = Set(folded[start..<end].filter { counts[$0] != nil })
      // "Lorsqu'il sera opérationnel": up to a comma, and behind a function word, it may be no main clause.
      let opensPlainly = !stops.contains(folded[start]) && !folded[start].contains("'")
      guard words.count >= 2, isWhole || opensPlainly && end - start >= 4, !stops.contains(folded[end - 1]),
        !holdsName(start..<end, in: scan)
      else { continue }
      // The first sentences say best what follows.
      let score = words.reduce(0) { $0 + Double(min(counts[$1] ?? 0, 4)) } + (isWhole ? 1.5 : 0) + (start < 30 ? 1 : 0)
      if score > best?.score ?? 0 { best = (score, start..<end) }
    }
    guard let range = best?.range else { return nil }
    let bytes = scan.bytes[Int(scan.tokens[range.lowerBound].start)..<Int(scan.tokens[range.upperBound - 1].end)]
    let clause = String(decoding: bytes, as: UTF8.self).collapsingWhitespace()
    return clause.unicodeScalars.count <= 90 ? clause : nil
  }

  /// Where the words that begin with a token come to a mark, and whether the sentence ends there.
  private static func end(of start: Int, in scan: TextScan) -> (end: Int, isWhole: Bool)? {
    var place = start
    while place < scan.tokens.count, place - start < 10 {
      let token = scan.tokens[place]
      if token.isFrame || token.isNumber && token.end - token.start > 1 { return nil }
      let next = place + 1 < scan.tokens.count ? Int(scan.tokens[place + 1].start) : scan.bytes.count
      for at in Int(token.end)..<next {
        switch scan.bytes[at] {
        case 0x20: continue
        case 0x0A:
          if place + 1 < scan.tokens.count, !scan.tokens[place + 1].startsSentence { continue }
          return place + 1 < scan.tokens.count ? (place + 1, true) : nil
        case 0x2E, 0x21, 0x3F: return (place + 1, true)
        case 0x2C, 0x3B, 0x3A: return (place + 1, false)
        default: return nil
        }
      }
      place += 1
    }
    return nil
  }

  private static func holdsName(_ range: Range<Int>, in scan: TextScan) -> Bool {
    range.contains { scan.tokens[$0].isCapitalised && scan.tokens[$0].classes.contains(.givenName) }
  }
}
