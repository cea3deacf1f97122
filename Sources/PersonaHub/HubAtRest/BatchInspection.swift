import LanguageModels
import PersonaRecords
import RunLedger

/// A batch of a run at rest.
public struct BatchOverview: Sendable {
  public let number: Int
  /// `gathered`, `uploading`, `uploaded`, `creating`, `created`, `over`, `done` or `failed`.
  public let phase: String
  public let requests: Int
  /// Requests that got a reply; of a batch under way those that the provider counted last.
  public let answered: Int
  /// The provider's name and word for it; `""` before it is begun.
  public let batchID: String
  public let status: String
  public let spentDollars: Double
  /// Why it failed.
  public let reason: String

  init(_ record: BatchRecord) {
    number = record.number
    phase = record.phase.rawValue
    requests = record.requests
    answered = record.phase == .done ? record.answered : record.completed
    batchID = record.batchID ?? ""
    status = record.status
    spentDollars = record.spent.dollars
    reason = record.reason
  }

  func write(to line: inout JSONLine) {
    line.object { line in
      line.member("number", number)
      line.member("phase", phase)
      line.member("requests", requests)
      line.member("answered", answered)
      line.member("batchID", batchID)
      line.member("status", status)
      line.member("spentUSD", spentDollars)
      line.member("reason", reason)
    }
  }
}
