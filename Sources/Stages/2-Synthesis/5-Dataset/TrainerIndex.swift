package import PersonaRecords

/// The entries of `dataset_info.json`, the file by which LLaMA-Factory finds data sets and learns their keys.
package enum TrainerIndex {
  package static let fileName = "dataset_info.json"

  /// The entry of one file; nil for formats that it cannot name.
  /// - Parameter file: the file's name beside `dataset_info.json`.
  package static func entry(of format: DatasetFormat, file: String, extent: ExampleWriting.Extent) -> JSONValue? {
    func texts(_ pairs: KeyValuePairs<String, String>) -> JSONValue {
      .object(pairs.map { .init($0.key, .string($0.value)) })
    }
    var members: [JSONValue.Member] = [.init("file_name", .string(file))]
    switch format {
    case .messages, .openai, .parquet:
      members.append(.init("formatting", .string("sharegpt")))
      members.append(.init("columns", texts(["messages": "messages"])))
      members.append(
        .init(
          "tags",
          texts([
            "role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
            "system_tag": "system",
          ])))
    case .sharegpt:
      members.append(.init("formatting", .string("sharegpt")))
      members.append(.init("columns", texts(["messages": "conversations"])))
      members.append(
        .init(
          "tags",
          texts([
            "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
            "system_tag": "system",
          ])))
    case .alpaca:
      members.append(.init("formatting", .string("alpaca")))
      var columns: [JSONValue.Member] = [
        .init("prompt", .string("instruction")), .init("query", .string("input")), .init("response", .string("output")),
      ]
      if extent.hasSystem { columns.append(.init("system", .string("system"))) }
      if extent.hasHistory { columns.append(.init("history", .string("history"))) }
      members.append(.init("columns", .object(columns)))
    case .text:
      members.append(.init("formatting", .string("alpaca")))
      members.append(.init("columns", texts(["prompt": "text"])))
    case .personahub: return nil
    }
    return .object(members)
  }

  /// The file's new text: what stood in it, with the entries added or put in the place of their namesakes.
  /// - Parameter existing: the file's bytes; nil without one.
  /// - Throws: `Problem` when it is no JSON object: somebody's work, which is not overwritten.
  package static func merged(
    _ entries: [(name: String, entry: JSONValue)], into existing: [UInt8]?
  ) throws(Problem) -> String {
    var members: [JSONValue.Member] = []
    if let existing, !existing.allSatisfy({ $0 <= 0x20 }) {
      let value: JSONValue
      do throws(JSONSyntaxError) {
        value = try JSONValue(utf8: existing)
      } catch {
        throw Problem(
          "this file is not valid JSON: \(error)", advice: "mend or move it; the new entries are added to what it says")
      }
      guard let object = value.objectValue else {
        throw Problem(
          "this file should hold an object and holds \(value.kindName)",
          advice: "mend or move it; the new entries are added to what it says")
      }
      members = object
    }
    for (name, entry) in entries {
      if let place = members.firstIndex(where: { $0.key == name }) {
        members[place] = .init(name, entry)
      } else {
        members.append(.init(name, entry))
      }
    }
    return JSONValue.object(members).indented() + "\n"
  }
}

extension JSONValue {
  /// The value over several lines, for files that people edit.
  package func indented(_ depth: Int = 0) -> String {
    let inner = String(repeating: "  ", count: depth + 1)
    let outer = String(repeating: "  ", count: depth)
    switch self {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { "\(inner)\(JSONValue.string($0.key).line): \($0.value.indented(depth + 1))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    case .array(let elements) where !elements.isEmpty:
      return "[\n" + elements.map { inner + $0.indented(depth + 1) }.joined(separator: ",\n") + "\n\(outer)]"
    default: return line
    }
  }
}
