import Foundation
package import PersonaRecords

/// What a reply that should list personas turned out to hold.
package enum ReadReply: Sendable, Equatable {
  case personas([Persona])
  /// The reason is short and countable: `cut-by-length`, `content-filter`, `refusal`, `not-json`, `empty`.
  case rejected(reason: String, detail: String)

  /// Reads the elements of a list out of a reply: `{"personas": […]}`, a bare array, or a numbered list in prose.
  ///
  /// - Parameters:
  ///   - key: of the list in the object.
  ///   - limit: elements beyond it are passed over: a model that writes ten times what was asked is not rewarded.
  ///   - read: the persona in one element; nil passes the element over.
  package static func list(
    in reply: ModelReply, key: String, limit: Int, read: (JSONValue) -> Persona?
  ) -> ReadReply {
    if let reason = reply.rejectionReason {
      return .rejected(reason: reason, detail: "the model stopped with \"\(reply.finishReason)\"")
    }
    let elements: [JSONValue]
    if let value = TolerantJSON.read(reply.text).value {
      guard let list = value[key]?.arrayValue ?? value.arrayValue ?? anyList(in: value) ?? single(value) else {
        return .rejected(reason: "wrong-shape", detail: "no list \"\(key)\" in the JSON")
      }
      elements = list
    } else {
      elements = listedLines(of: reply.text).map { .string($0) }
      if elements.isEmpty { return .rejected(reason: "not-json", detail: "neither JSON nor a list") }
    }
    let personas = elements.lazy.compactMap(read).prefix(limit)
    guard !personas.isEmpty else { return .rejected(reason: "empty", detail: "no element holds a persona") }
    return .personas(Array(personas))
  }

  /// A description on one line without the quotation marks or list marks a model put around it; nil when nothing is left.
  package static func tidied(_ text: String) -> String? {
    var line = text.collapsingWhitespace()
    for (open, close) in [("\"", "\""), ("“", "”"), ("«", "»"), ("「", "」")]
    where line.count > 2 && line.hasPrefix(open) && line.hasSuffix(close) && !line.dropFirst().dropLast().contains(open)
    {
      line = String(line.dropFirst().dropLast())
    }
    return line.isEmpty ? nil : line
  }

  /// The one list of an object that gave it another name.
  private static func anyList(in value: JSONValue) -> [JSONValue]? {
    let lists = value.objectValue?.compactMap(\.value.arrayValue) ?? []
    return lists.count == 1 ? lists[0] : nil
  }

  /// One element without a list around it.
  private static func single(_ value: JSONValue) -> [JSONValue]? {
    value["persona"] != nil || value["role"] != nil ? [value] : nil
  }

  /// The items of a list in prose: lines that start with `1.`, `2)`, `-`, `*` or `•`.
  private static func listedLines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let trimmed = line.drop { $0.isWhitespace }
      let afterDigits = trimmed.drop { $0.isWholeNumber }
      if afterDigits.startIndex != trimmed.startIndex, let mark = afterDigits.first, ".)".contains(mark) {
        return String(afterDigits.dropFirst()).trimmingCharacters(in: .whitespaces)
      }
      if let mark = trimmed.first, "-*•".contains(mark), trimmed.dropFirst().first?.isWhitespace == true {
        return String(trimmed.dropFirst()).trimmingCharacters(in: .whitespaces)
      }
      return nil
    }
  }
}

extension ModelReply {
  /// Why the reply is no answer whatever it says, by the name it is counted under; nil when it may be one.
  package var rejectionReason: String? {
    switch finishReason {
    case "length": "cut-by-length"
    case "content_filter": "content-filter"
    case "refusal": "refusal"
    default: text.isEmpty ? "empty" : nil
    }
  }
}

extension ReplyFormat {
  /// A schema for one list of objects: `{"KEY": [{"a": "…", "b": ["…"]}]}`.
  /// - Parameters:
  ///   - elementKeys: keys whose values are texts.
  ///   - listKeys: keys whose values are lists of texts.
  package static func list(
    name: String, key: String, elementKeys: [String], listKeys: [String] = []
  ) -> ReplyFormat {
    func object(_ members: [(String, JSONValue)]) -> JSONValue {
      .object([
        .init("type", .string("object")),
        .init("properties", .object(members.map { JSONValue.Member($0.0, $0.1) })),
        .init("required", .array(members.map { .string($0.0) })),
        .init("additionalProperties", .bool(false)),
      ])
    }
    func array(of items: JSONValue) -> JSONValue {
      .object([.init("type", .string("array")), .init("items", items)])
    }
    let text = JSONValue.object([.init("type", .string("string"))])
    let element = object(elementKeys.map { ($0, text) } + listKeys.map { ($0, array(of: text)) })
    return ReplyFormat(name: name, schema: object([(key, array(of: element))]))
  }
}
