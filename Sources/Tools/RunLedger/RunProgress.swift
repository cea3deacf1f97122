package import PersonaRecords

/// How far a run is: the one row of its ledger that counts.
package struct RunProgress: Sendable, Equatable {
  /// Items whose lines stand in the files, from the first on.
  package var emitted = 0
  /// Fingerprint of these items in their order; tells whether the input is still the same when the run goes on.
  package var digest: UInt64 = 0
  /// How far `records.jsonl`, `rejected.jsonl` and `failed.jsonl` are valid, in bytes.
  package var lengths = [0, 0, 0]
  package var records = 0
  package var replies = 0
  /// Replies among these that were in the store already.
  package var replayed = 0
  package var usage = TokenUsage()
  package var rejected = Tally()
  package var failed = Tally()
  /// What this run's calls have cost, all its processes together.
  package var spentDollars = 0.0
  package var spentTokens = 0
  package var isComplete = false

  package init() {}

  /// The fingerprint with one more item.
  package static func digest(_ digest: UInt64, adding identity: UInt64) -> UInt64 {
    StableHash.mix(digest &* 31 &+ identity &+ 1)
  }

  mutating func take(_ settlement: Settlement, identity: UInt64) {
    emitted += 1
    digest = Self.digest(digest, adding: identity)
    records += settlement.recordCount
    replies += settlement.replies
    replayed += settlement.replayed
    usage = usage + settlement.usage
    if let rejection = settlement.rejection { rejected[rejection.reason] += 1 }
    if let failure = settlement.failure { failed[failure.reason] += 1 }
  }
}

extension RunProgress: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("emitted", emitted)
      line.member("digest", String(digest, radix: 16))
      line.key("lengths")
      line.array { line in for length in lengths { line.value(length) } }
      line.member("records", records)
      line.member("replies", replies)
      line.member("replayed", replayed)
      line.member("promptTokens", usage.promptTokens)
      line.member("completionTokens", usage.completionTokens)
      for (name, tally) in [("rejected", rejected), ("failed", failed)] {
        line.key(name)
        line.object { line in for name in tally.names { line.member(name, tally[name]) } }
      }
      line.member("spentDollars", spentDollars)
      line.member("spentTokens", spentTokens)
      line.member("complete", isComplete)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    emitted = try json.int("emitted")
    digest = UInt64(try json.string("digest"), radix: 16) ?? 0
    lengths = (json["lengths"]?.arrayValue ?? []).compactMap(\.intValue)
    guard lengths.count == 3 else { throw Problem("three lengths should stand in a run's progress") }
    records = try json.int("records")
    replies = try json.int("replies")
    replayed = try json.int("replayed")
    usage = TokenUsage(
      promptTokens: try json.int("promptTokens"), completionTokens: try json.int("completionTokens"))
    for member in json["rejected"]?.objectValue ?? [] { rejected[member.key] = member.value.intValue ?? 0 }
    for member in json["failed"]?.objectValue ?? [] { failed[member.key] = member.value.intValue ?? 0 }
    spentDollars = json["spentDollars"]?.doubleValue ?? 0
    spentTokens = json["spentTokens"]?.intValue ?? 0
    isComplete = json["complete"]?.boolValue ?? false
  }
}
