package import LanguageModels
package import PersonaRecords

/// What became of one call.
package enum Answer: Sendable {
  case reply(ModelReply)
  /// The call never succeeded, or the server refused this request.
  case failed(Problem)
}

/// What one item of a run comes to: the lines it adds to the run's files, and what is counted.
package struct Settlement: Sendable, Equatable {
  /// Whole lines for `records.jsonl`, each with its end.
  package var lines: [UInt8] = []
  package var recordCount = 0
  /// For `rejected.jsonl`, counted under its reason.
  package var rejection: Rejection?
  /// For `failed.jsonl`, counted under its reason.
  package var failure: Rejection?
  /// Tokens of the reply, whoever paid for it and when.
  package var usage = TokenUsage()
  /// Whether there was a reply.
  package var isReplied = false
  /// Whether the reply came from the store.
  package var isReplayed = false

  package init() {}

  package static func rejected(_ rejection: Rejection) -> Settlement {
    var settlement = Settlement()
    settlement.rejection = rejection
    return settlement
  }

  package static func failed(_ failure: Rejection) -> Settlement {
    var settlement = Settlement()
    settlement.failure = failure
    return settlement
  }

  package mutating func add(_ record: some JSONLineRecord) {
    lines.append(contentsOf: record.jsonLine)
    lines.append(UInt8(ascii: "\n"))
    recordCount += 1
  }
}

extension Settlement: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("lines", String(decoding: lines, as: UTF8.self))
      line.member("records", recordCount)
      if let rejection {
        line.key("rejection")
        rejection.write(to: &line)
      }
      if let failure {
        line.key("failure")
        failure.write(to: &line)
      }
      line.member("promptTokens", usage.promptTokens)
      line.member("completionTokens", usage.completionTokens)
      line.member("replied", isReplied)
      line.member("replayed", isReplayed)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    lines = Array(try json.string("lines").utf8)
    recordCount = try json.int("records")
    if let value = json["rejection"] { rejection = try Rejection(json: value) }
    if let value = json["failure"] { failure = try Rejection(json: value) }
    usage = TokenUsage(
      promptTokens: try json.int("promptTokens"), completionTokens: try json.int("completionTokens"))
    isReplied = json["replied"]?.boolValue ?? false
    isReplayed = json["replayed"]?.boolValue ?? false
  }
}
