import PersonaRecords

/// How strongly a server can be held to a JSON schema; each next one asks less of it.
package enum StructuredOutput: Int, Sendable, CaseIterable {
  /// `response_format` with the schema.
  case schema
  /// `response_format: json_object` with the schema in it, as some local servers have it, and the schema in words.
  case objectWithSchema
  /// `response_format: json_object`, and the schema in words.
  case object
  /// The schema in words alone.
  case words

  package var weaker: StructuredOutput? { StructuredOutput(rawValue: rawValue + 1) }

  /// For what is kept on disk: the numbers change when a way is added.
  package var name: String { "\(self)" }

  package init?(name: String) {
    guard let way = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = way
  }
}

/// Writes the body of one chat completions request.
enum ChatCompletionBody {
  /// - Parameter model: the name this server knows the model by.
  static func write(_ request: ModelRequest, model: String, as output: StructuredOutput) -> [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.member("model", model)
      line.key("messages")
      line.value(messages(of: request, as: output))
      let sampling = request.sampling
      if let temperature = sampling.temperature { line.member("temperature", temperature) }
      if let topP = sampling.topP { line.member("top_p", topP) }
      // Always bounded, so that a reply costs what it can cost at most; some models know the limit by another name.
      if !sampling.extra.contains(where: { $0.key == "max_completion_tokens" }) {
        line.member("max_tokens", sampling.maxTokens ?? Sampling.usualMaxTokens)
      }
      if !sampling.stop.isEmpty {
        line.key("stop")
        line.array { line in for stop in sampling.stop { line.value(stop) } }
      }
      if let seed = sampling.seed { line.member("seed", Self.seed(seed, sampleNumber: request.sampleNumber)) }
      if let format = request.format { write(format, as: output, to: &line) }
      for member in sampling.extra { line.member(member.key, member.value) }
    }
    return line.bytes
  }

  /// The seed as sent: a server answers the same seed with the same text, so each further sample has one of its own.
  /// At most 31 bits, since some servers read no more.
  static func seed(_ seed: UInt64, sampleNumber: Int) -> Int {
    let own = sampleNumber == 0 ? seed : StableHash.mix(seed &+ StableHash.mix(UInt64(bitPattern: Int64(sampleNumber))))
    return Int(own & 0x7FFF_FFFF)
  }

  private static func messages(of request: ModelRequest, as output: StructuredOutput) -> [Message] {
    guard let format = request.format, output != .schema, var last = request.messages.last else {
      return request.messages
    }
    // The word JSON must stand in the prompt: servers refuse `json_object` without it.
    last.content += """


      Answer with one JSON object that follows this JSON schema, and with nothing else:
      \(format.schema.line)
      """
    return request.messages.dropLast() + [last]
  }

  private static func write(_ format: ReplyFormat, as output: StructuredOutput, to line: inout JSONLine) {
    switch output {
    case .schema:
      line.key("response_format")
      line.object { line in
        line.member("type", "json_schema")
        line.key("json_schema")
        line.object { line in
          line.member("name", format.name)
          line.member("strict", isStrict(format.schema))
          line.member("schema", format.schema)
        }
      }
    case .objectWithSchema:
      line.key("response_format")
      line.object { line in
        line.member("type", "json_object")
        line.member("schema", format.schema)
      }
    case .object:
      line.key("response_format")
      line.object { line in line.member("type", "json_object") }
    case .words: break
    }
  }

  /// Whether a schema is of the kind that servers take as strict: every object closed, and all its keys required.
  static func isStrict(_ schema: JSONValue) -> Bool {
    switch schema {
    case .array(let elements): return elements.allSatisfy(isStrict)
    case .object(let members):
      if let properties = schema["properties"]?.objectValue {
        let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        guard schema["additionalProperties"] == .bool(false), properties.allSatisfy({ required.contains($0.key) })
        else {
          return false
        }
        guard properties.allSatisfy({ isStrict($0.value) }) else { return false }
      }
      // The names below `properties` are the user's own, not keywords, and were looked at above.
      return members.allSatisfy { $0.key == "properties" || isStrict($0.value) }
    default: return true
    }
  }
}
