import PersonaRecords

/// A score from 1 to 5 for an output, by what can be measured on its surface; the reason says so.
enum Judgement: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { ["judge", "judgement"].contains(request.schemaName) }

  static func answer(_ request: Request) -> String {
    let output = request.block("output")
    let words = TextScan(output).tokens
    let low = request.schema?["properties"]?["score"]?["minimum"]?.intValue ?? 1
    let high = max(low, request.schema?["properties"]?["score"]?["maximum"]?.intValue ?? 5)
    let persona = Set(
      TextScan(request.block("persona")).tokens.filter {
        $0.classes.isDisjoint(with: [.function, .determiner, .preposition])
      }
      .map(\.stem))
    let shared = Set(words.map(\.stem)).intersection(persona).count
    let sentences = output.split { ".!?。！？\n".contains($0) }.map { String($0).trimmingWhitespace() }.filter {
      $0.count > 8
    }
    let repeated = sentences.count - Set(sentences).count
    let variety = Double(Set(words.map(\.hash)).count) / Double(max(1, words.count))
    var points = 3
    var notes: [String] = []
    switch words.count {
    case ..<8:
      points -= 2
      notes.append("it has only \(words.count) words")
    case 8..<25: notes.append("it is short, with \(words.count) words")
    case 25..<400:
      points += 1
      notes.append("its length of \(words.count) words is reasonable")
    default: notes.append("it is long, with \(words.count) words")
    }
    if shared > 0 { points += 1 }
    notes.append(
      shared == 0
        ? "no content word of the description stands in it" : "\(shared) content words of the description stand in it")
    if repeated > 0 {
      points -= 1 + min(repeated, 2)
      notes.append("\(repeated) of its sentences are repeats")
    }
    if words.count > 60, variety < 0.35 {
      points -= 1
      notes.append("few of its words are different")
    }
    let score = low + (min(max(points, 1), 5) - 1) * (high - low) / 4
    var line = JSONLine()
    line.object { line in
      line.member("score", score)
      line.member("reason", "Judged by its surface alone: " + notes.joined(separator: "; ") + ".")
    }
    return line.text
  }
}
