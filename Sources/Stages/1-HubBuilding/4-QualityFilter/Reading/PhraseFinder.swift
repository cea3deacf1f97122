/// Finds all phrases of `PhraseTables` in one pass over a text (Aho–Corasick on bytes).
///
/// Source: Aho, Corasick, "Efficient string matching", 1975. A table of next states is filled for every pair of state
/// and byte class, so that a byte costs one look-up; about 2 MB for some 400 phrases.
final class PhraseFinder: Sendable {
  /// Where in a text a phrase may stand to count.
  enum Anchor: Character {
    case textStart = "^"
    case sentenceStart = "."
    case anywhere = "~"
  }

  struct Phrase {
    let rule: Rule
    let anchor: Anchor
    let byteCount: Int
    /// The word may go on where the phrase ends.
    let isPrefix: Bool
    /// Written without spaces (first byte of a scalar of three bytes or more): no word boundary is asked for.
    let beginsUnspaced: Bool
    let endsUnspaced: Bool
  }

  struct Hit {
    let phrase: Int
    /// Behind the last byte, in the folded text.
    let end: Int
  }

  static let shared = PhraseFinder(PhraseTables.all)

  let phrases: [Phrase]
  private let classOfByte: [UInt8]
  private let classCount: Int
  private let nextState: [UInt16]
  /// The phrase that ends in a state, or -1.
  private let phraseOfState: [Int32]
  /// The longest proper suffix state in which a phrase ends, or 0.
  private let shorterMatch: [UInt16]

  /// - Parameter tables: one table per rule; each line is an anchor, a space, and the phrase in folded form, with `*`
  ///   behind it when the word may go on.
  init(_ tables: [(rule: Rule, lines: String)]) {
    var phrases: [Phrase] = []
    var spellings: [[UInt8]] = []
    for table in tables {
      for line in table.lines.split(separator: "\n") {
        guard let first = line.first, let anchor = Anchor(rawValue: first) else {
          preconditionFailure("a phrase begins with one of ^ . ~: \(line)")
        }
        var spelling = Array(line.dropFirst(2).utf8)
        let isPrefix = spelling.last == UInt8(ascii: "*")
        if isPrefix { spelling.removeLast() }
        let lastLead = spelling.last { $0 & 0xC0 != 0x80 } ?? 0
        phrases.append(
          Phrase(
            rule: table.rule, anchor: anchor, byteCount: spelling.count, isPrefix: isPrefix,
            beginsUnspaced: (spelling.first ?? 0) >= 0xE0, endsUnspaced: lastLead >= 0xE0))
        spellings.append(spelling)
      }
    }
    self.phrases = phrases

    var classOfByte = [UInt8](repeating: 0, count: 256)
    var classCount = 1
    for byte in spellings.joined() where classOfByte[Int(byte)] == 0 {
      classOfByte[Int(byte)] = UInt8(classCount)
      classCount += 1
    }
    let stateLimit = spellings.reduce(1) { $0 + $1.count }
    precondition(stateLimit < Int(UInt16.max), "more phrases than 16-bit states can tell apart")
    var next = [UInt16](repeating: 0, count: stateLimit * classCount)
    var phraseOfState = [Int32](repeating: -1, count: stateLimit)
    var stateCount = 1
    for (phrase, spelling) in spellings.enumerated() {
      var state = 0
      for byte in spelling {
        let slot = state * classCount + Int(classOfByte[Int(byte)])
        if next[slot] == 0 {
          next[slot] = UInt16(stateCount)
          stateCount += 1
        }
        state = Int(next[slot])
      }
      precondition(phraseOfState[state] < 0, "a phrase stands in two places")
      phraseOfState[state] = Int32(phrase)
    }

    // Breadth first: the fall-back state of a state is always filled before it is needed.
    var fallback = [UInt16](repeating: 0, count: stateCount)
    var shorter = [UInt16](repeating: 0, count: stateCount)
    var queue: [Int] = (0..<classCount).map { Int(next[$0]) }.filter { $0 != 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      let back = Int(fallback[state])
      shorter[state] = phraseOfState[back] >= 0 ? UInt16(back) : shorter[back]
      for byteClass in 0..<classCount {
        let slot = state * classCount + byteClass
        let viaBack = next[back * classCount + byteClass]
        if next[slot] == 0 {
          next[slot] = viaBack
        } else {
          fallback[Int(next[slot])] = viaBack
          queue.append(Int(next[slot]))
        }
      }
    }
    self.classOfByte = classOfByte
    self.classCount = classCount
    self.nextState = Array(next.prefix(stateCount * classCount))
    self.phraseOfState = Array(phraseOfState.prefix(stateCount))
    self.shorterMatch = shorter
  }

  /// Every occurrence of every phrase in folded text, whatever stands around it.
  func hits(in folded: [UInt8]) -> [Hit] {
    var hits: [Hit] = []
    var state = 0
    for position in folded.indices {
      state = Int(nextState[state * classCount + Int(classOfByte[Int(folded[position])])])
      guard phraseOfState[state] >= 0 || shorterMatch[state] != 0 else { continue }
      var match = phraseOfState[state] >= 0 ? state : Int(shorterMatch[state])
      while match != 0 {
        hits.append(Hit(phrase: Int(phraseOfState[match]), end: position + 1))
        match = Int(shorterMatch[match])
      }
    }
    return hits
  }
}
