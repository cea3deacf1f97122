import PersonaRecords

/// What a recipe of somebody else asks for, as far as its form can be read off the instruction: a marker, sections, a
/// block of code, or a few sentences.
enum FreeText: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.schemaName.isEmpty && request.persona != nil }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "free text")
    let sections = sections(of: request.instruction)
    if !sections.isEmpty {
      return sections.map { "\($0): \(sentences(world, 1 + random.below(2), &random))" }.joined(separator: "\n")
    }
    var text = ""
    if let marker = marker(in: request.instruction) { text = marker + " " }
    if let language = CodeSample.language(in: request.instruction) {
      return text + CodeSample.block(language, world, &random)
    }
    return text + sentences(world, 2 + random.below(3), &random)
  }

  static func sentences(_ world: PersonaWorld, _ count: Int, _ random: inout SeededRandom) -> String {
    world.weaver.some(count, of: WorldTable.sentences, &random).map(\.capitalised).joined(separator: " ")
  }

  /// "X:" of `Begin with the words "X:"`.
  static func marker(in instruction: String) -> String? {
    for start in ["egin with the words \"", "tart with the words \"", "egin with the word \"", "egin with \""] {
      guard let place = instruction.firstRange(of: start) else { continue }
      let words = instruction[place.upperBound...].prefix { $0 != "\"" && $0 != "\n" }
      if !words.isEmpty, words.count <= 60 { return String(words) }
    }
    return nil
  }

  /// The names before colons on the lines behind "Write these sections".
  static func sections(of instruction: String) -> [String] {
    guard let start = instruction.firstRange(of: "Write these sections") else { return quoted(in: instruction) }
    var names: [String] = []
    for line in instruction[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst() {
      let plain = line.drop { " -*•`".contains($0) }
      if plain.isEmpty {
        if names.isEmpty { continue } else { break }
      }
      guard let colon = plain.firstIndex(of: ":") else { break }
      let name = plain[..<colon]
      guard !name.isEmpty, name.count <= 40, name.first?.isUppercase ?? false else { break }
      names.append(String(name))
    }
    return names
  }

  /// Two or more different names in quotation marks with a colon, such as "Title:" and "Text:".
  private static func quoted(in instruction: String) -> [String] {
    var names: [String] = []
    for piece in instruction.split(separator: "\"") where piece.hasSuffix(":") && piece.count <= 41 {
      let name = String(piece.dropLast())
      let isName =
        name.first?.isUppercase ?? false && name.allSatisfy { $0.isLetter || $0.isNumber || " -".contains($0) }
      if isName, !names.contains(name) { names.append(name) }
    }
    return names.count >= 2 ? names : []
  }
}

/// A small harmless program in the language asked for.
enum CodeSample {
  /// The language of "a fenced code block in X" or of a fence "```x"; nil where no code is asked for.
  static func language(in instruction: String) -> String? {
    let lower = instruction.lowercased()
    guard lower.contains("```") || lower.contains("code block") || lower.contains("block of code") else { return nil }
    for name in [
      "python", "javascript", "typescript", "swift", "sql", "bash", "json", "yaml", "html", "ruby", "rust", "java",
    ]
    where lower.contains("```" + name) || lower.contains(name + " block") || lower.contains(name + " code")
      || lower.contains("block in " + name) || lower.contains("code in " + name)
    { return name }
    return "text"
  }

  static func block(_ language: String, _ world: PersonaWorld, _ random: inout SeededRandom) -> String {
    let name = world.setting.item.snakeCase
    let numbers = (0..<5).map { _ in "\(3 + random.below(60))" }.joined(separator: ", ")
    let note = "counts of \(world.setting.item) at the \(world.setting.place), for \(world.topic)".filter { $0 != "\n" }
    let body: String
    switch language {
    case "python": body = "# \(note)\n\(name) = [\(numbers)]\nprint(sum(\(name)), max(\(name)))"
    case "javascript", "typescript":
      body = "// \(note)\nconst \(name) = [\(numbers)];\nconsole.log(\(name).reduce((sum, x) => sum + x, 0));"
    case "swift": body = "// \(note)\nlet \(name) = [\(numbers)]\nprint(\(name).reduce(0, +), \(name).max() ?? 0)"
    case "sql": body = "-- \(note)\nSELECT day, SUM(amount) AS total\nFROM \(name)\nGROUP BY day\nORDER BY total DESC;"
    case "bash":
      body = "# \(note)\nfor count in \(numbers.replacing(",", with: "")); do echo \"$count\"; done | sort -n | tail -1"
    case "json": body = "{\"\(name)\": [\(numbers)]}"
    case "yaml": body = "# \(note)\n\(name): [\(numbers)]"
    case "html": body = "<table><tr><th>\(world.setting.item)</th></tr></table>"
    case "ruby": body = "# \(note)\n\(name) = [\(numbers)]\nputs \(name).sum, \(name).max"
    case "rust":
      body =
        "// \(note)\nfn main() {\n    let \(name) = [\(numbers)];\n    println!(\"{}\", \(name).iter().sum::<i32>());\n}"
    case "java":
      body =
        "// \(note)\nclass Main {\n    public static void main(String[] arguments) {\n        int[] \(name) = {\(numbers)};\n"
        + "        System.out.println(\(name).length);\n    }\n}"
    default: body = note
    }
    return "```\(language)\n\(body)\n```"
  }
}
