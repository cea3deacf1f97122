package import PersonaRecords

/// Why an instance is no row of a format.
package struct ExportRefusal: Error, Sendable, Equatable {
  /// Short and countable, for example `no-answer`.
  package let reason: String
  package let detail: String

  init(_ reason: String, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}

/// One instance as something to train on: a conversation, and what it was made from.
package struct TrainingExample: Sendable, Equatable {
  package let instance: SynthesizedInstance
  /// A system message at most, then user and assistant in turns, beginning with the user. Empty for formats without messages.
  package var messages: [Message]
  /// The text alone, for formats without messages; with the output field, if one is named, after a blank line.
  package var text: String

  /// The message that sets the scene; `""` without one.
  var system: String { messages.first.flatMap { $0.role == .system ? $0.content : nil } ?? "" }

  /// The messages without the system's.
  var turns: ArraySlice<Message> { messages.drop { $0.role == .system } }
}

/// Decides what of an instance becomes the training example.
package struct ExampleReading: Sendable {
  package var format: DatasetFormat
  /// nil takes what is there: turns, else the output field if one is named, else what was asked.
  package var pair: TrainingPair?
  /// The field that holds the answer.
  package var outputField: String?
  /// nil keeps the system message where it belongs to the pair.
  package var keepsSystem: Bool?

  /// The field with a conversation's turns.
  static let turnsField = "turns"

  package init(
    format: DatasetFormat, pair: TrainingPair? = nil, outputField: String? = nil, keepsSystem: Bool? = nil
  ) {
    self.format = format
    self.pair = pair
    self.outputField = outputField
    self.keepsSystem = keepsSystem
  }

  /// The pair of one instance.
  package func pair(of instance: SynthesizedInstance) -> TrainingPair {
    pair ?? (instance.field(Self.turnsField) != nil ? .conversation : outputField != nil ? .promptOnly : .asked)
  }

  /// The instance as an example of the format.
  package func example(of instance: SynthesizedInstance) throws(ExportRefusal) -> TrainingExample {
    guard format.hasMessages else {
      guard !instance.text.isBlank else { throw ExportRefusal("empty-text", "the text is empty") }
      var text = instance.text
      if outputField != nil { text += "\n\n" + (try answer(of: instance)) }
      return TrainingExample(instance: instance, messages: [], text: text)
    }
    let pair = pair(of: instance)
    var messages = try messages(pair, of: instance)
    if keepsSystem ?? pair.keepsSystem, let system = instance.messages.first(where: { $0.role == .system }) {
      messages.insert(system, at: 0)
    }
    let example = TrainingExample(instance: instance, messages: messages, text: instance.text)
    if format.needsAnswer, messages.last?.role != .assistant {
      throw ExportRefusal(
        "no-answer", "the last message is not the assistant's, and \(format.rawValue) rows end with an answer")
    }
    return example
  }

  private func messages(_ pair: TrainingPair, of instance: SynthesizedInstance) throws(ExportRefusal) -> [Message] {
    if pair == .conversation { return try turns(of: instance) }
    let text = instance.text
    guard !text.isBlank else { throw ExportRefusal("empty-text", "the text is empty") }
    switch pair {
    case .promptOnly:
      let prompt = Message(role: .user, content: text)
      return outputField == nil ? [prompt] : [prompt, Message(role: .assistant, content: try answer(of: instance))]
    default:
      let asked = instance.messages.filter { $0.role != .system }
      guard !asked.isEmpty else { throw ExportRefusal("nothing-asked", "the row has no messages that were asked") }
      let answer = outputField == nil ? text : try answer(of: instance)
      return try Self.alternating(asked + [Message(role: .assistant, content: answer)])
    }
  }

  private func answer(of instance: SynthesizedInstance) throws(ExportRefusal) -> String {
    let name = outputField ?? ""
    guard let value = instance.field(name) else {
      throw ExportRefusal("output-missing", "there is no field \"\(name.cut(to: 40))\"")
    }
    let text: String
    switch value {
    case .string(let string): text = string
    case .number, .bool: text = value.line
    default:
      throw ExportRefusal("output-missing", "field \"\(name.cut(to: 40))\" should be a text and is \(value.kindName)")
    }
    guard !text.isBlank else { throw ExportRefusal("output-missing", "field \"\(name.cut(to: 40))\" is empty") }
    return text
  }

  /// The conversation in the field `turns`, a JSON text or the array itself.
  private func turns(of instance: SynthesizedInstance) throws(ExportRefusal) -> [Message] {
    guard let field = instance.field(Self.turnsField) else {
      throw ExportRefusal("no-turns", "there is no field \"\(Self.turnsField)\"")
    }
    var value = field
    if let text = field.stringValue {
      do throws(JSONSyntaxError) {
        value = try JSONValue(utf8: Array(text.utf8))
      } catch {
        throw ExportRefusal("turns-broken", "\"\(Self.turnsField)\" is not JSON: \(error)")
      }
    }
    guard let elements = value.arrayValue, !elements.isEmpty else {
      throw ExportRefusal("turns-broken", "\"\(Self.turnsField)\" should be an array of messages")
    }
    var messages: [Message] = []
    for element in elements {
      guard let role = element["role"]?.stringValue.flatMap(Message.Role.init),
        let content = element["content"]?.stringValue
      else { throw ExportRefusal("turns-broken", "message \(messages.count + 1) has no role and content") }
      messages.append(Message(role: role, content: content))
    }
    return try Self.alternating(messages)
  }

  /// The messages, if they are user and assistant in turns from the user on, and none is empty.
  private static func alternating(_ messages: [Message]) throws(ExportRefusal) -> [Message] {
    for (place, message) in messages.enumerated() {
      let wanted: Message.Role = place.isMultiple(of: 2) ? .user : .assistant
      guard message.role == wanted else {
        throw ExportRefusal(
          "turns-broken", "message \(place + 1) is the \(message.role.rawValue)'s, and the \(wanted.rawValue)'s turn")
      }
      guard !message.content.isBlank else { throw ExportRefusal("turns-broken", "message \(place + 1) is empty") }
    }
    return messages
  }
}

extension SynthesizedInstance {
  /// The value of a field; nil without one.
  func field(_ name: String) -> JSONValue? { fields.last { $0.key == name }?.value }
}

extension String {
  var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace } }
}
