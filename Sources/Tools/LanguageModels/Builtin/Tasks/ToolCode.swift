import PersonaRecords

/// Code that implements the interface it is given: one Python function that checks its arguments and asks a client.
enum ToolCode: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.isEmpty && request.blocks["interface"] != nil
  }

  static func answer(_ request: Request) -> String {
    let interface = ToolSignature(request.block("interface"))
    var random = SeededRandom(
      seed: WordHash.of(
        text: Array((request.block("interface") + request.block("persona")).utf8),
        seed: request.seed ^ UInt64(truncatingIfNeeded: request.sampleNumber) << 32), purpose: "tool code")
    return "```python\n\(PythonTool(interface: interface).source(&random))\n```"
  }
}

/// An interface as it was handed over: by our own tool task or by a model, whose spelling of the parts differs.
struct ToolSignature {
  struct Argument {
    let name: String
    /// "string", "integer", "number", "boolean", "array", "object"; `""` where it is not told.
    let type: String
    let text: String
    let isRequired: Bool
  }

  let function: String
  let summary: String
  let arguments: [Argument]
  let resultType: String
  let resultText: String
  let depend: [String]

  init(_ text: String) {
    let start = text.firstIndex(of: "{")
    let end = text.lastIndex(of: "}")
    var json = JSONValue.null
    if let start, let end, start < end { json = (try? JSONValue(text: String(text[start...end]))) ?? .null }
    // What is no JSON may still name its function.
    let spelled = text.firstRange(of: "\"function_name\"").map { text[$0.upperBound...].drop { !$0.isLetter } }
    let name = (json["function_name"]?.stringValue ?? spelled.map { String($0) } ?? json["name"]?.stringValue ?? "")
      .prefix { $0 != "(" && $0 != "\"" && $0 != "\n" }
    function = Self.identifier(String(name), spare: "run_tool")
    summary = Self.line(json["description"]?.stringValue ?? "Looks up what was asked for.")
    arguments = Self.arguments(json["input_args"] ?? .null)
    let result = json["return"] ?? .null
    resultType = Self.plainType(result["type"]?.stringValue ?? result.stringValue ?? "object")
    resultText = Self.line(
      result["description"]?.stringValue ?? result.stringValue ?? "what the client found")
    let needs = json["depend"]?.arrayValue?.compactMap(\.stringValue) ?? [json["depend"]?.stringValue ?? ""]
    depend = needs.map { Self.line($0) }.filter { !$0.isEmpty }
  }

  private static func arguments(_ value: JSONValue) -> [Argument] {
    var found: [Argument] = []
    func add(_ name: String, _ value: JSONValue) {
      let plain = identifier(name, spare: "value")
      guard plain != "client", !found.contains(where: { $0.name == plain }) else { return }
      found.append(
        Argument(
          name: plain, type: plainType(value["type"]?.stringValue ?? value.stringValue ?? ""),
          text: line(value["description"]?.stringValue ?? value.stringValue ?? plain.replacing("_", with: " ")),
          isRequired: value["required"]?.boolValue ?? true))
    }
    switch value {
    case .object(let members): for member in members { add(member.key, member.value) }
    case .array(let elements):
      for (place, element) in elements.enumerated() {
        if let name = element["name"]?.stringValue ?? element.stringValue {
          add(name, element)
        } else if let only = element.objectValue, only.count == 1 {
          add(only[0].key, only[0].value)
        } else {
          add("value_\(place + 1)", element)
        }
      }
    case .string(let text):
      for part in text.split(separator: ",") { add(String(part.prefix { $0 != ":" && $0 != "=" }), .null) }
    default: break
    }
    return found
  }

  private static func plainType(_ type: String) -> String {
    // "A boolean indicating …" tells the type among its first words.
    for word in type.lowercased().split(whereSeparator: { !$0.isLetter }).prefix(4) {
      if let plain = plainWord(word) { return plain }
    }
    return ""
  }

  private static func plainWord(_ word: Substring) -> String? {
    for (start, plain) in [
      ("str", "string"), ("text", "string"), ("int", "integer"), ("num", "number"), ("float", "number"),
      ("double", "number"), ("bool", "boolean"), ("list", "array"), ("arr", "array"), ("tuple", "array"),
      ("dict", "object"), ("obj", "object"), ("json", "object"), ("map", "object"),
    ] where word.hasPrefix(start) { return plain }
    return nil
  }

  /// One line that a docstring may hold.
  private static func line(_ text: String) -> String {
    text.collapsingWhitespace().replacing("\\", with: "/").replacing("\"\"\"", with: "'''").replacing(
      "```", with: "'''")
  }

  static func identifier(_ name: String, spare: String) -> String {
    var plain = ""
    for byte in name.trimmingWhitespace().utf8 {
      let isLetter = (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F
      let isDigit = (0x30...0x39).contains(byte)
      if isLetter || isDigit && !plain.isEmpty {
        plain.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !plain.isEmpty, plain.last != "_" {
        plain += "_"
      }
    }
    while plain.last == "_" { plain.removeLast() }
    if plain.isEmpty || plain.allSatisfy({ $0 == "_" }) { return spare }
    return keywords.contains(plain) ? plain + "_" : plain
  }

  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
    "pass", "raise", "return", "try", "while", "with", "yield",
  ]
}
