package import LanguageModels
package import PersonaRecords

/// One batch of a run as its ledger keeps it: what was sent, how far it is, and what it cost.
package struct BatchRecord: Sendable, Equatable {
  /// How far a batch is. Each is written down before what leads to the next one is begun.
  package enum Phase: String, Sendable, CaseIterable {
    /// Its file is written.
    case gathered
    /// The file may be at the provider.
    case uploading
    case uploaded
    /// The batch may have been begun.
    case creating
    /// The provider works on it, and it will cost what it costs.
    case created
    /// It is over at the provider, and its replies are to be fetched.
    case over
    /// Its replies are in the reply store.
    case done
    /// It came to nothing.
    case failed
  }

  package var number: Int
  package var phase = Phase.gathered
  /// Finds the batch and its file again at the provider.
  package var mark: String
  package var requests: Int
  package var byteCount: Int
  /// SHA-256 of the file.
  package var sha256: String
  /// The address it is sent to.
  package var endpoint: String
  /// How structured output is asked for in it.
  package var output = StructuredOutput.schema
  /// What it may cost at most; set aside until it is done.
  package var worst: CallBudget.Amount
  /// What a token costs in it, as a share of its price in a call.
  package var priceFactor: Double
  package var fileID: String?
  package var batchID: String?
  /// The provider's word for its state.
  package var status = ""
  package var completed = 0
  package var outputFileID: String?
  package var errorFileID: String?
  /// Requests with a reply, once it is done.
  package var answered = 0
  package var usage = TokenUsage()
  package var spent = CallBudget.Amount()
  /// Whether the provider refused the way structured output was asked for.
  package var rejectsFormat = false
  /// Why it failed.
  package var reason = ""

  package init(
    number: Int, mark: String, requests: Int, byteCount: Int, sha256: String, endpoint: String,
    worst: CallBudget.Amount, priceFactor: Double
  ) {
    self.number = number
    self.mark = mark
    self.requests = requests
    self.byteCount = byteCount
    self.sha256 = sha256
    self.endpoint = endpoint
    self.worst = worst
    self.priceFactor = priceFactor
  }

  package var isUnderWay: Bool { phase != .done && phase != .failed }
  /// Whether the provider may have begun it.
  package var mayBePaid: Bool { [.creating, .created, .over].contains(phase) }

  /// Dollars less than the same tokens would have cost in calls.
  package var savedDollars: Double { priceFactor > 0 ? spent.dollars / priceFactor - spent.dollars : 0 }
}

extension BatchRecord: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("number", number)
      line.member("phase", phase.rawValue)
      line.member("mark", mark)
      line.member("requests", requests)
      line.member("bytes", byteCount)
      line.member("sha256", sha256)
      line.member("endpoint", endpoint)
      line.member("output", output.name)
      line.member("worstDollars", worst.dollars)
      line.member("worstTokens", worst.tokens)
      line.member("priceFactor", priceFactor)
      for (name, id) in [
        ("fileID", fileID), ("batchID", batchID), ("outputFileID", outputFileID), ("errorFileID", errorFileID),
      ] {
        if let id { line.member(name, id) }
      }
      line.member("status", status)
      line.member("completed", completed)
      line.member("answered", answered)
      line.member("promptTokens", usage.promptTokens)
      line.member("completionTokens", usage.completionTokens)
      line.member("spentDollars", spent.dollars)
      line.member("spentTokens", spent.tokens)
      line.member("rejectsFormat", rejectsFormat)
      line.member("reason", reason)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    guard let phase = Phase(rawValue: try json.string("phase")) else {
      throw Problem("a batch is in a phase that this version does not know")
    }
    self.init(
      number: try json.int("number"), mark: try json.string("mark"), requests: try json.int("requests"),
      byteCount: try json.int("bytes"), sha256: try json.string("sha256"), endpoint: try json.string("endpoint"),
      worst: CallBudget.Amount(dollars: try json.double("worstDollars"), tokens: try json.int("worstTokens")),
      priceFactor: try json.double("priceFactor"))
    self.phase = phase
    output = StructuredOutput(name: try json.string("output")) ?? .schema
    fileID = json["fileID"]?.stringValue
    batchID = json["batchID"]?.stringValue
    outputFileID = json["outputFileID"]?.stringValue
    errorFileID = json["errorFileID"]?.stringValue
    status = try json.string("status")
    completed = try json.int("completed")
    answered = try json.int("answered")
    usage = TokenUsage(
      promptTokens: try json.int("promptTokens"), completionTokens: try json.int("completionTokens"))
    spent = CallBudget.Amount(dollars: try json.double("spentDollars"), tokens: try json.int("spentTokens"))
    rejectsFormat = json["rejectsFormat"]?.boolValue ?? false
    reason = try json.string("reason")
  }
}

extension LedgerDatabase {
  /// The batches of this run, the earliest first.
  /// - Throws: `Problem` for one that cannot be read.
  package func batchRecords() async throws -> [BatchRecord] {
    try await batches().map { number, state in
      do {
        return try BatchRecord(json: try JSONValue(text: state))
      } catch {
        throw Problem(
          "batch \(number) cannot be read in the run's ledger", at: .init(file: path),
          advice: "use the version of the program that wrote it, or begin a new run with --new", cause: "\(error)".cut()
        )
      }
    }
  }

  func setBatch(_ record: BatchRecord) async throws {
    try await setBatch(record.number, String(decoding: record.jsonLine, as: UTF8.self))
  }
}
