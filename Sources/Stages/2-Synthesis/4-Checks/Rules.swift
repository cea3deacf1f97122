import Foundation
import PersonaRecords
import SimilarityKernels

/// Scripts that write a sentence in few characters.
enum DenseScript {
  static func prevails(in text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var dense = 0
    var letters = 0
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      letters += 1
      switch scalar.value {
      case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: dense += 1
      default: break
      }
    }
    return dense * 2 > letters
  }
}

/// Signs that a problem brings its own solution along.
enum SolutionLeak {
  private static let headings = [
    "solution", "answer", "the answer is", "final answer", "step 1", "explanation", "hint", "proof",
    "lösung", "antwort", "réponse", "solution détaillée", "solución", "respuesta", "soluzione", "risposta", "resposta",
    "solução", "решение", "ответ", "rozwiązanie", "odpowiedź", "çözüm", "cevap", "الحل", "الجواب", "हल", "उत्तर",
    "解答", "答案", "解：", "答：", "解:", "答:", "풀이", "정답", "คำตอบ",
  ]

  /// The headings as bytes, by their first one: a line is compared with one or two of them.
  private static let byFirstByte: [UInt8: [[UInt8]]] = Dictionary(
    grouping: headings.map { Array($0.utf8) }, by: { $0.first ?? 0 })

  /// The heading or phrase found; nil when there is none.
  ///
  /// A heading counts at the start of a line only, and when a colon, full stop or line end follows: "the solution is 40%
  /// acid" is part of many honest problems.
  static func find(in text: String) -> String? {
    if PlainSearch.first(Array("\\boxed".utf8), in: Array(text.utf8)) != nil { return "\\boxed" }
    let lower = Array(text.lowercased().utf8)
    if let heading = bold(in: lower) { return heading }
    for line in lower.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let plain = line.drop { $0 == 0x20 || $0 == 0x09 || marks.contains($0) }.withoutBullet
      for heading in byFirstByte[plain.first ?? 0] ?? [] where plain.starts(with: heading) {
        if isWhole(heading, before: plain.dropFirst(heading.count)) { return String(decoding: line, as: UTF8.self) }
      }
    }
    return nil
  }

  private static let marks = Array("*#_->".utf8)

  /// A heading in bold, anywhere.
  private static func bold(in lower: [UInt8]) -> String? {
    let star = UInt8(ascii: "*")
    for place in lower.indices.dropLast(2) where lower[place] == star && lower[place + 1] == star {
      let rest = lower[(place + 2)...]
      for heading in byFirstByte[rest.first ?? 0] ?? [] where rest.starts(with: heading) {
        return String(decoding: heading, as: UTF8.self)
      }
    }
    return nil
  }

  /// Whether what follows a heading makes it one.
  private static func isWhole(_ heading: [UInt8], before follows: ArraySlice<UInt8>) -> Bool {
    let colon = Array("：".utf8)
    if heading == Array("the answer is".utf8) || heading.last == UInt8(ascii: ":") || heading.suffix(3) == colon[...] {
      return true
    }
    let rest = follows.drop { $0 == 0x20 || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }
    return rest.isEmpty || rest.first == UInt8(ascii: ":") || rest.starts(with: colon)
      || (rest.first == UInt8(ascii: ".") && rest.count == 1)
  }
}

extension ArraySlice<UInt8> {
  /// Without a bullet and the space behind it.
  fileprivate var withoutBullet: ArraySlice<UInt8> {
    starts(with: "•".utf8) ? dropFirst(3).drop { $0 == 0x20 || $0 == UInt8(ascii: "*") } : self
  }
}

/// How many things a problem asks for.
enum QuestionCount {
  /// The larger of the runs of question marks and the labelled parts: (a) (b) (c), or 1. 2. 3. at line starts.
  /// - Parameter countsParts: false for texts whose numbered lines are no questions, such as the clues of a puzzle.
  static func of(_ text: String, countsParts: Bool = true) -> Int {
    var marks = 0
    var isMark = false
    for scalar in text.unicodeScalars {
      let isThis = scalar == "?" || scalar == "？" || scalar == "؟"
      if isThis, !isMark { marks += 1 }
      isMark = isThis
    }
    guard countsParts else { return marks }
    var labels = 0
    for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\u{2028}" }) {
      let head = line.drop { $0.properties.isWhitespace || $0 == "*" || $0 == "(" || $0 == "-" || $0 == "•" }.prefix(2)
      guard let first = head.first, let second = head.dropFirst().first, second == ")" || second == "." else {
        continue
      }
      let letter = Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(labels, 25)))
      if first == letter || Character(first).wholeNumberValue == labels + 1 { labels += 1 }
    }
    return max(marks, labels)
  }
}

/// An output that opens by naming the persona's role.
enum Introduction {
  private static let openings = [
    "as a ", "as an ", "as the ", "i am a ", "i am an ", "i'm a ", "i'm an ", "being a ", "en tant que ", "als ein ",
    "als eine ", "como un ", "como una ", "come un ", "como um ", "como uma ", "как ", "作为一", "身为一", "我是一名", "我是一位",
  ]

  static func opens(_ text: String) -> Bool {
    let start = text.drop { $0.isWhitespace || "\"“*".contains($0) }.prefix(24).lowercased()
    return openings.contains { start.hasPrefix($0) }
  }
}

/// How much of one text stands in another word for word.
enum SharedRun {
  /// Words of the longest run that both share, divided by the words of `text`; 0 for short texts: "a Scottish energy
  /// policy researcher" may well stand in a problem about her.
  static func share(of text: String, in other: String) -> Double {
    let wanted = Array(orderedWordHashes(of: text))
    guard wanted.count >= 8 else { return 0 }
    var longest = 0
    // One row of the longest-common-substring table; O(text × other) on some tens of words by some hundreds.
    var row = [Int](repeating: 0, count: wanted.count + 1)
    for word in orderedWordHashes(of: other) {
      var diagonal = 0
      for column in 1...wanted.count {
        let above = row[column]
        row[column] = wanted[column - 1] == word ? diagonal + 1 : 0
        diagonal = above
        longest = max(longest, row[column])
      }
    }
    return Double(longest) / Double(wanted.count)
  }
}

/// A model that declines.
enum Refusal {
  private static let openings = [
    "i can't", "i cannot", "i can’t", "as an ai", "as a language model", "i'm unable", "i am unable", "i won't",
    "unfortunately, i can",
  ]
  /// Words that open refusals and honest apologies alike: what follows tells them apart.
  private static let apologies = [
    "i'm sorry", "i’m sorry", "i am sorry", "sorry,", "sorry ", "es tut mir leid", "je suis désolé", "lo siento",
    "mi dispiace", "desculpe", "к сожалению", "извините", "抱歉", "对不起", "很抱歉", "申し訳", "죄송",
  ]
  private static let denials = [
    "can't", "cannot", "can’t", "can not", "unable", "not able", "won't", "not comfortable", "kann ich nicht",
    "ich kann", "ne peux pas", "no puedo", "non posso", "não posso", "не могу", "无法", "不能", "没法", "できません", "할 수 없",
  ]

  static func opens(_ text: String) -> Bool {
    let start = text.drop { $0.isWhitespace }.prefix(160).lowercased()
    if openings.contains(where: { start.hasPrefix($0) }) { return true }
    return apologies.contains { start.hasPrefix($0) } && denials.contains { start.contains($0) }
  }
}

/// Our own prompt in the output.
struct PromptLeak {
  private static let tags = [
    "<persona>", "</persona>", "<text>", "</text>", "<examples>", "</examples>", "<example>", "</example>",
  ]
  private static let rules = [
    "do not repeat the description", "begin with the words", "ask at most two questions",
    "write in the language of the description", "write nothing before them",
  ]
  /// So many words in a row are no chance.
  private static let runLength = 12

  private let runs: Set<UInt64>

  /// - Parameter instructions: the prompt's own words.
  init(instructions: String) {
    runs = Set(Self.runs(in: instructions))
  }

  func find(in text: String) -> String? {
    let lower = Array(text.lowercased().utf8)
    if let trace = (Self.tags + Self.rules).first(where: { PlainSearch.first(Array($0.utf8), in: lower) != nil }) {
      return trace
    }
    guard !runs.isEmpty, Self.runs(in: text).contains(where: { runs.contains($0) }) else { return nil }
    return "\(Self.runLength) words in a row from the prompt"
  }

  /// A hash of every run of words.
  private static func runs(in text: String) -> [UInt64] {
    let words = Array(orderedWordHashes(of: text))
    guard words.count >= runLength else { return [] }
    return (0...(words.count - runLength)).map { start in
      words[start..<(start + runLength)].reduce(0) { StableHash.mix($0 ^ $1) }
    }
  }
}
