import PersonaRecords
import RunLedger

/// The records of a run without near-copies of earlier ones: the surface dedup over their texts.
final class DistinctOutputs {
  private let threshold: String?
  private let folder: RunFolder
  private let context: FlowContext
  /// Records that stay.
  private(set) var kept = 0
  private(set) var isDone = false
  private var copies = 0

  init(threshold: String?, folder: RunFolder, context: FlowContext) {
    self.threshold = threshold
    self.folder = folder
    self.context = context
  }

  /// Where the records that stay are.
  var path: String { threshold == nil ? folder.recordsPath : "\(folder.path)/distinct.jsonl" }
  /// Where the others are, with their verdicts.
  var copiesPath: String? { copies > 0 ? "\(path).dropped.jsonl" : nil }

  /// Looks through all records there are.
  func find(_ progress: RunProgress) async throws {
    isDone = true
    kept = progress.records
    guard let threshold else { return }
    let dedup = try Deduplication(settings: .init(threshold: threshold))
    var job = Deduplication.FileJob(input: folder.recordsPath)
    job.key = "text"
    job.output = path
    var quiet = context
    quiet.onProgress = { _ in }
    let outcome = try dedup.run(job, quiet)
    func figure(_ key: String) -> Int {
      outcome.summary.figures.first { $0.key == key }?.value.intValue ?? 0
    }
    copies = figure("dropped")
    kept = progress.records - copies
  }
}
