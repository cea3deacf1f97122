package import PersonaRecords

/// A batch as its provider shows it.
package struct BatchStatus: Sendable, Equatable {
  /// What the provider's word for its state means here.
  package enum Stage: Sendable, Equatable {
    /// It goes on at the provider.
    case working
    /// It is over, and what was answered can be fetched: completed, expired, cancelled.
    case over
    /// It was refused as a whole, and nothing of it was answered.
    case refused
  }

  package var id: String
  /// The provider's own word, for example `in_progress`.
  package var status: String
  package var outputFileID: String?
  package var errorFileID: String?
  package var total = 0
  package var completed = 0
  package var failed = 0
  /// Why it was refused, and the provider's codes for it.
  package var reason = ""
  package var codes: [String] = []
  /// What `BatchClient.create` wrote into it.
  package var mark = ""

  package init(id: String, status: String, outputFileID: String? = nil, errorFileID: String? = nil) {
    self.id = id
    self.status = status
    self.outputFileID = outputFileID
    self.errorFileID = errorFileID
  }

  /// - Returns: nil for JSON that is no batch.
  package init?(_ json: JSONValue) {
    guard let id = json["id"]?.stringValue, !id.isEmpty, let status = json["status"]?.stringValue else { return nil }
    self.init(
      id: id, status: status, outputFileID: json["output_file_id"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 },
      errorFileID: json["error_file_id"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 })
    let counts = json["request_counts"]
    total = counts?["total"]?.intValue ?? 0
    completed = counts?["completed"]?.intValue ?? 0
    failed = counts?["failed"]?.intValue ?? 0
    let errors = json["errors"]?["data"]?.arrayValue ?? []
    codes = errors.compactMap { $0["code"]?.stringValue }
    reason = errors.compactMap { $0["message"]?.stringValue }.joined(separator: " ").cut()
    mark = json["metadata"]?[Self.markName]?.stringValue ?? ""
  }

  /// The key in a batch's metadata under which its mark stands.
  package static let markName = "persona_hub"

  package var stage: Stage {
    switch status {
    case "completed", "expired", "cancelled": .over
    case "failed": .refused
    // Words that no provider has used yet mean that it is not over.
    default: .working
    }
  }

  /// The account has too many tokens in waiting batches: the same batch may be taken later.
  package var isAboutWaitingBatches: Bool { codes.contains { $0.contains("token_limit") || $0.contains("rate_limit") } }
}
