package import PersonaRecords
import Yams

/// What a panel is asked: a text, and the structured part of the answer.
///
/// A file is plain text, or YAML:
/// ```
/// question: Should the city close its inner ring to cars?
/// choices: [yes, no, unsure]
/// scale: [1, 5]
/// ```
package struct PanelQuestion: Sendable, Equatable {
  package let text: String
  /// Empty where the question has none.
  package let choices: [String]
  /// Lowest and highest rating; nil where none is asked for.
  package let scale: ClosedRange<Int>?

  /// - Throws: `Problem` with the line of what does not fit.
  package init(reading source: String, file: String) throws(Problem) {
    func problem(_ what: String, _ node: Node?, _ advice: String) -> Problem {
      Problem(
        what, at: .init(file: file, line: node?.mark?.line, column: node?.mark?.column), advice: advice,
        consequence: .wrongUsage)
    }
    let plain = source.trimmingWhitespace()
    guard !plain.isEmpty else { throw problem("the question is empty", nil, "write it into the file") }
    // A text with a colon is no reason to read it as YAML: only one that begins with our key is.
    guard plain.hasPrefix("question:"), let mapping = (try? Yams.compose(yaml: source))?.mapping else {
      text = plain
      choices = []
      scale = nil
      return
    }
    for (key, _) in mapping where !["question", "choices", "scale"].contains(key.string ?? "") {
      throw problem("unknown key \"\((key.string ?? "?").cut(to: 40))\"", key, "the keys are: question, choices, scale")
    }
    text = (mapping["question"]?.string ?? "").trimmingWhitespace()
    guard !text.isEmpty else {
      throw problem("the question is empty", mapping["question"], "write it behind question:")
    }
    choices = (mapping["choices"]?.sequence ?? []).compactMap { $0.string?.collapsingWhitespace() }
    if let node = mapping["choices"] {
      guard choices.count >= 2, Set(choices).count == choices.count, !choices.contains("") else {
        throw problem("choices should be a list of two or more different ones", node, "write for example [yes, no]")
      }
    }
    if let node = mapping["scale"] {
      let ends = (node.sequence ?? []).compactMap { $0.string.flatMap { Int($0) } }
      guard ends.count == 2, ends[0] < ends[1], ends[1] - ends[0] <= 100 else {
        throw problem("a scale is two whole numbers, the lower first", node, "write for example scale: [1, 5]")
      }
      scale = ends[0]...ends[1]
    } else {
      scale = nil
    }
  }

  /// The JSON schema of an answer.
  package var schema: JSONValue {
    func object(_ members: [(String, JSONValue)]) -> JSONValue { .object(members.map { .init($0.0, $0.1) }) }
    func number(_ value: Int) -> JSONValue { .number(String(value)) }
    var properties: [(String, JSONValue)] = [("answer", object([("type", .string("string"))]))]
    if !choices.isEmpty {
      properties.append(
        ("choice", object([("type", .string("string")), ("enum", .array(choices.map { .string($0) }))])))
    }
    if let scale {
      properties.append(
        (
          "rating",
          object([
            ("type", .string("integer")), ("minimum", number(scale.lowerBound)), ("maximum", number(scale.upperBound)),
          ])
        ))
    }
    let phrase = object([("type", .string("string")), ("maxLength", number(160))])
    properties.append(
      (
        "reasons",
        object([
          ("type", .string("array")), ("items", phrase), ("minItems", number(1)), ("maxItems", number(3)),
        ])
      ))
    return object([
      ("type", .string("object")), ("properties", object(properties)),
      ("required", .array(properties.map { .string($0.0) })), ("additionalProperties", .bool(false)),
    ])
  }

  /// As a panel member sees it.
  package var shown: String {
    var lines = [text]
    if !choices.isEmpty { lines.append("Choices: \(choices.joined(separator: " | "))") }
    if let scale { lines.append("Scale: whole numbers from \(scale.lowerBound) to \(scale.upperBound)") }
    return lines.joined(separator: "\n")
  }
}
