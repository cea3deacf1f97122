package import LanguageModels
package import PersonaRecords

/// What became of one call.
package enum Answer: Sendable {
  case reply(ModelReply)
  /// The call never succeeded, or the server refused this request.
  case failed(Problem)
}

/// One call about an item, and what became of it.
package struct Exchange: Sendable {
  package let request: ModelRequest
  package let answer: Answer
  private let knownKey: ReplyKey?

  /// - Parameter key: the request's, where it is known: to hash a request costs more than all else about it.
  package init(_ request: ModelRequest, _ answer: Answer, key: ReplyKey? = nil) {
    self.request = request
    self.answer = answer
    knownKey = key
  }

  package var key: ReplyKey { knownKey ?? request.key }
}

/// How an item goes on after a call.
package enum NextStep: Sendable {
  /// A further call about the same item, which feeds on those before.
  case asks(ModelRequest)
  case settled(Settlement)
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
  /// Tokens of the replies, whoever paid for them and when.
  package var usage = TokenUsage()
  /// How many replies there were.
  package var replies = 0
  /// How many of them came from the store.
  package var replayed = 0

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
      line.member("replies", replies)
      line.member("replayed", replayed)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    lines = Array(try json.string("lines").utf8)
    recordCount = try json.int("records")
    if let value = json["rejection"] { rejection = try Rejection(json: value) }
    if let value = json["failure"] { failure = try Rejection(json: value) }
    usage = TokenUsage(
      promptTokens: try json.int("promptTokens"), completionTokens: try json.int("completionTokens"))
    replies = try json.int("replies")
    replayed = try json.int("replayed")
  }
}
