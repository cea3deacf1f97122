import PersonaRecords

/// Writes examples as the lines of a format; all lines of one data set have the same keys with the same types.
package struct ExampleWriting: Sendable {
  package let format: DatasetFormat
  /// What stands at `description` in the format `personahub`; nil takes the recipe's name.
  package var description: String?
  /// Whether alpaca rows have `system` and `history`: some row of the data set needs them, so all have them.
  package var extent: Extent

  /// What a data set's rows need beyond one question and one answer.
  package struct Extent: Sendable, Equatable {
    package var hasSystem = false
    package var hasHistory = false

    package init() {}

    /// Adds what one more example needs.
    package mutating func take(_ example: TrainingExample) {
      if !example.system.isEmpty { hasSystem = true }
      if example.turns.count > 2 { hasHistory = true }
    }
  }

  package init(format: DatasetFormat, description: String? = nil, extent: Extent = Extent()) {
    self.format = format
    self.description = description
    self.extent = extent
  }

  /// One line, without its end.
  package func line(_ example: TrainingExample) -> [UInt8] {
    var line = JSONLine()
    line.object { line in
      switch format {
      case .messages, .openai: Self.messages(example.messages, in: &line)
      case .parquet:
        line.member("id", example.instance.id)
        line.member("recipe", example.instance.recipe)
        line.member("personaID", example.instance.personaID.description)
        line.member("persona", example.instance.persona)
        Self.messages(example.messages, in: &line)
      case .alpaca: alpaca(example, in: &line)
      case .sharegpt:
        line.key("conversations")
        line.array { line in
          for message in example.messages {
            line.object { line in
              line.member("from", Self.speaker(message.role))
              line.member("value", message.content)
            }
          }
        }
      case .text: line.member("text", example.text)
      case .personahub:
        line.member("input persona", example.instance.persona)
        line.member("synthesized text", example.text)
        line.member("description", description ?? example.instance.recipe)
      }
    }
    return line.bytes
  }

  private static func messages(_ messages: [Message], in line: inout JSONLine) {
    line.key("messages")
    line.value(messages)
  }

  private func alpaca(_ example: TrainingExample, in line: inout JSONLine) {
    let turns = Array(example.turns)
    line.member("instruction", turns.dropLast().last?.content ?? "")
    line.member("input", "")
    line.member("output", turns.last?.content ?? "")
    if extent.hasSystem { line.member("system", example.system) }
    guard extent.hasHistory else { return }
    line.key("history")
    line.array { line in
      for start in stride(from: 0, to: turns.count - 2, by: 2) {
        line.array { line in
          line.value(turns[start].content)
          line.value(turns[start + 1].content)
        }
      }
    }
  }

  private static func speaker(_ role: Message.Role) -> String {
    switch role {
    case .system: "system"
    case .user: "human"
    case .assistant: "gpt"
    }
  }
}
