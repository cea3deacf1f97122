import Foundation
import SimilarityKernels

/// Scripts that write a sentence in few characters.
enum DenseScript {
  static func prevails(in text: String) -> Bool {
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

  /// The heading or phrase found; nil when there is none.
  ///
  /// A heading counts at the start of a line only, and when a colon, full stop or line end follows: "the solution is 40%
  /// acid" is part of many honest problems.
  static func find(in text: String) -> String? {
    if text.contains("\\boxed") { return "\\boxed" }
    let lower = text.lowercased()
    if let heading = headings.first(where: { lower.contains("**\($0)") }) { return heading }
    for line in text.split(whereSeparator: \.isNewline) {
      let plain = line.drop { $0.isWhitespace || "*#_->•".contains($0) }.lowercased()
      for heading in headings where plain.hasPrefix(heading) {
        if heading == "the answer is" || heading.hasSuffix(":") || heading.hasSuffix("：") { return String(line) }
        let rest = plain.dropFirst(heading.count).drop { "*_ ".contains($0) }
        if rest.isEmpty || rest.first == ":" || rest.first == "：" || (rest.first == "." && rest.count == 1) {
          return String(line)
        }
      }
    }
    return nil
  }
}

/// How many things a problem asks for.
enum QuestionCount {
  /// The larger of the runs of question marks and the labelled parts: (a) (b) (c), or 1. 2. 3. at line starts.
  static func of(_ text: String) -> Int {
    let marks = text.split { $0 != "?" && $0 != "？" && $0 != "؟" }.count
    var labels = 0
    for line in text.split(whereSeparator: \.isNewline) {
      let head = line.drop { $0.isWhitespace || "*(-•".contains($0) }.prefix(2)
      guard let first = head.first, let second = head.dropFirst().first, ").".contains(second) else { continue }
      let expected = labels
      if first == Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(min(expected, 25))))
        || first.wholeNumberValue == expected + 1
      {
        labels += 1
      }
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

/// How much of the persona stands in the output word for word.
enum PersonaCopy {
  /// Words of the longest run that persona and output share, divided by the words of the persona; 0 for short personas
  /// (under five words a shared run says nothing).
  static func longestSharedRun(persona: String, output: String) -> Double {
    let wanted = words(of: persona)
    guard wanted.count >= 5 else { return 0 }
    let spoken = words(of: output)
    var longest = 0
    // One row of the longest-common-substring table; O(persona × output) on some tens of words by some hundreds.
    var row = [Int](repeating: 0, count: wanted.count + 1)
    for word in spoken {
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
    "i can't", "i cannot", "i can’t", "i'm sorry", "i’m sorry", "i am sorry", "sorry,", "as an ai",
    "as a language model",
    "i'm unable", "i am unable", "i won't", "unfortunately, i can", "es tut mir leid", "je suis désolé", "lo siento",
    "mi dispiace", "desculpe", "к сожалению, я", "извините", "抱歉", "对不起", "很抱歉", "申し訳", "죄송",
  ]

  static func opens(_ text: String) -> Bool {
    let start = text.drop { $0.isWhitespace }.prefix(60).lowercased()
    return openings.contains { start.hasPrefix($0) }
  }
}

/// Our own prompt in the output.
enum PromptLeak {
  private static let traces = [
    "<persona>", "</persona>", "<text>", "</text>", "do not repeat the description", "begin with the words",
    "ask at most two questions", "write in the language of the description", "write nothing before them",
  ]

  static func find(in text: String) -> String? {
    let lower = text.lowercased()
    return traces.first { lower.contains($0) }
  }
}
