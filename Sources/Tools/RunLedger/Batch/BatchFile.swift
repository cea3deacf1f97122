import LanguageModels
import PersonaRecords
import ShardFiles

/// The file of requests of one batch, within its provider's limits; written beside and renamed.
struct BatchFile {
  private let writer: ShardWriter
  let limits: BatchLimits
  private(set) var keys: Set<ReplyKey> = []
  private(set) var byteCount = 0
  private(set) var worst = CallBudget.Amount()

  init(path: String, limits: BatchLimits) throws(Problem) {
    writer = try ShardWriter(path: path, packsWithZstd: false)
    self.limits = limits
  }

  /// Whether a line of so many bytes fits in.
  func takes(byteCount count: Int) -> Bool {
    keys.count < limits.requests && byteCount + count + 1 <= limits.byteCount
  }

  mutating func append(_ line: [UInt8], key: ReplyKey, worst cost: CallBudget.Amount) throws(Problem) {
    try writer.append(line: line)
    keys.insert(key)
    byteCount += line.count + 1
    worst = worst + cost
  }

  /// Gives the file its name.
  /// - Returns: its SHA-256.
  func commit() throws(Problem) -> String { try writer.commit().sha256 }

  func abandon() { writer.abandon() }

  /// The requests of a batch file, each with about how many tokens it asks; nil where the file is not what was written.
  static func requests(at path: String, of record: BatchRecord) -> [ReplyKey: Int]? {
    var requests: [ReplyKey: Int] = [:]
    var byteCount = 0
    do {
      let reader = try JSONLinesReader(path: path)
      while let event = try reader.nextLine() {
        guard case .line(let line) = event, let key = BatchLine.key(ofRequest: line.bytes) else { return nil }
        requests[key] = BatchLine.promptTokens(ofRequest: line.bytes)
        byteCount += line.bytes.count + 1
      }
    } catch {
      return nil
    }
    return requests.count == record.requests && byteCount == record.byteCount ? requests : nil
  }
}

/// What one batch may hold.
package struct BatchLimits: Sendable, Equatable {
  package var requests: Int
  package var byteCount: Int

  /// OpenAI's limits unless told.
  package init(requests: Int = 50_000, byteCount: Int = 200_000_000) {
    self.requests = max(1, requests)
    self.byteCount = byteCount
  }
}
