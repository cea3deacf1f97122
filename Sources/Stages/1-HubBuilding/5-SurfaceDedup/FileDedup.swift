import PersonaRecords
import ShardFiles
package import SimilarityKernels

/// Surface dedup of a JSON lines file: kept lines are copied byte for byte, the others go beside them with their verdicts.
///
/// The file is read twice: once for the words, with a scanner that looks at nothing but the keys it needs, and once for its
/// lines. Four files can come out, each written beside and renamed when all are whole, the kept lines last: dropped rows
/// (`{"verdict":…,"row":…}`), clusters, lines that could not be read, and the kept lines.
package struct FileDedup: Sendable {
  package struct Outputs: Sendable {
    /// nil hands the kept lines to `onLine`.
    package var kept: String?
    package var dropped: String?
    package var unreadable: String?
    package var clusters: String?

    package init(kept: String?, dropped: String? = nil, unreadable: String? = nil, clusters: String? = nil) {
      self.kept = kept
      self.dropped = dropped
      self.unreadable = unreadable
      self.clusters = clusters
    }
  }

  /// How far the work is.
  package struct Progress: Sendable {
    package enum Phase: String, Sendable {
      case read = "reading"
      case join = "comparing"
      case write = "writing"
    }
    package var phase: Phase
    /// Rows read or written so far.
    package var rows: Int
    /// Share of this phase that is done; nil when it cannot be known.
    package var share: Double?
  }

  package struct Counts: Sendable, Equatable {
    package var read = 0
    package var kept = 0
    package var unreadable = 0
    package var sameWords = 0
    package var nearCopies = 0
    /// True when the rows did not fit into memory.
    package var isSpilled = false
    /// True when an earlier run had read the rows already.
    package var isResumed = false
  }

  package let input: String
  /// Key of the text in each row.
  package let key: String
  /// Key of a number; of several copies the one with the largest stays.
  package let preferredField: String?
  package private(set) var settings: SurfaceDedup.Settings
  /// Bytes to stay below; nil for as many as it takes.
  package let memory: Int?
  /// Told what the join is going to take, before it begins.
  package var onForecast: (@Sendable (JoinForecast) -> Void)?
  let onProgress: @Sendable (Progress) throws -> Void

  /// - Parameter onProgress: what it throws ends the work; no output is left then.
  package init(
    input: String, key: String = "persona", preferredField: String? = nil, settings: SurfaceDedup.Settings,
    memory: Int?, onProgress: @escaping @Sendable (Progress) throws -> Void = { _ in }
  ) {
    self.input = input
    self.key = key
    self.preferredField = preferredField
    self.settings = settings
    self.memory = memory
    self.onProgress = onProgress
  }

  /// Reads, compares and writes.
  /// - Parameters:
  ///   - workPath: the folder for work in progress, made only if the rows do not fit into memory.
  ///   - onLine: gets the kept lines when there is no file for them.
  /// - Throws: `Problem` before any work when the disk has no room; later ones leave no output, and the same command goes
  ///   on from the blocks that were finished.
  package func run(
    to outputs: Outputs, workPath: String, onLine: (ArraySlice<UInt8>) throws -> Void = { _ in }
  ) throws -> Counts {
    // What cannot be written is said before the work, not after it.
    for path in [outputs.kept, outputs.dropped, outputs.unreadable, outputs.clusters] {
      if let path { try ShardWriter(path: path, takesHash: false).abandon() }
    }
    let work = WorkFolder(path: workPath, stamp: stamp)
    var counts = Counts()
    let (decisions, unreadable) = try decide(work, &counts)
    try write(decisions, unreadable: unreadable, outputs, &counts, onLine: onLine)
    if counts.isSpilled { work.remove() }
    return counts
  }

  /// What becomes of each readable row.
  package func decide(_ work: WorkFolder) throws -> SurfaceDecisions.Reader {
    var counts = Counts()
    return try decide(work, &counts).decisions.reader()
  }

  /// The decisions, and the lines that are JSON lines but no rows, ascending: the second pass does not look into lines again.
  private func decide(
    _ work: WorkFolder, _ counts: inout Counts
  ) throws -> (decisions: SurfaceDecisions, unreadable: [Int]) {
    if let memory,
      let resumed = try SurfaceDedup.resume(
        settings, memory: memory, work: work, checkpoint: { try report(.join, 0, $0) })
    {
      counts.isSpilled = true
      counts.isResumed = true
      return (resumed.decisions, resumed.notes)
    }
    var seed: UInt64 = 0
    while true {
      var dedup = SurfaceDedup(settings, seed: seed, memory: memory, work: memory == nil ? nil : work)
      dedup.onForecast = onForecast
      let unreadable = try read(into: &dedup, work)
      if try dedup.findCollision() {
        // Two words with one hash: once in billions of words. Another seed, and from the start.
        seed += 1
        continue
      }
      try report(.join, 0, 0)
      let decisions = try dedup.finish(notes: unreadable) { try report(.join, 0, $0) }
      counts.isSpilled = dedup.isSpilled
      return (decisions, unreadable)
    }
  }

  /// How many rows stay under each of several settings that differ in threshold and method only. The file is read once, if
  /// its rows fit into memory.
  package func keptCounts(
    _ all: [SurfaceDedup.Settings], _ work: WorkFolder
  ) throws -> (rows: Int, kept: [Int]) {
    var seed: UInt64 = 0
    while true {
      var dedup = SurfaceDedup(settings, seed: seed, memory: memory, work: memory == nil ? nil : work)
      _ = try read(into: &dedup, work)
      if try dedup.findCollision() {
        seed += 1
        continue
      }
      var kept: [Int] = []
      for (number, settings) in all.enumerated() {
        try report(.join, 0, Double(number) / Double(all.count))
        if let decisions = dedup.decisionsIfTheyFit(settings) {
          kept.append(decisions.count { $0.isKept })
          continue
        }
        var single = self
        single.settings = settings
        var reader = try single.decide(WorkFolder(path: work.path, stamp: settings.threshold.description))
        var count = 0
        while let decision = try reader.nextDecision() { count += decision.isKept ? 1 : 0 }
        kept.append(count)
      }
      return (dedup.count, kept)
    }
  }

  private func report(_ phase: Progress.Phase, _ rows: Int, _ share: Double?) throws {
    try onProgress(Progress(phase: phase, rows: rows, share: share))
  }

  /// Names the input as it is now, and every setting that the decisions depend on.
  private var stamp: String {
    let file = WorkFiles.stamp(of: input)
    return [
      input, file.map { "\($0.byteCount)/\($0.changed)" } ?? "", key, preferredField ?? "",
      settings.threshold.description,
      settings.method.rawValue, settings.prefer.rawValue, "\(settings.shingling)", "\(settings.signatureLength)",
      "\(memory ?? 0)",
    ].joined(separator: "|")
  }

  /// Adds all rows of the input.
  /// - Returns: numbers of the lines that are JSON lines but no rows, ascending.
  private func read(into dedup: inout SurfaceDedup, _ work: WorkFolder) throws -> [Int] {
    var unreadable: [Int] = []
    var rows = try TextRows(path: input, keys: preferredField.map { [key, $0] } ?? [key])
    var nextReport = 0
    while true {
      rows.nextBatch()
      var number = 0
      while number < rows.batch.count {
        if preferredField == nil {
          number += try rows.add(from: number, to: &dedup)
          if number == rows.batch.count { break }
          if let text = rows.batch.text(number) {
            try rows.add(text, to: &dedup)
            number += 1
            continue
          }
        }
        if let row = rows.row(number) { try add(row, of: &rows, to: &dedup, &unreadable) }
        number += 1
      }
      if rows.batch.count == 0 {
        guard let row = try rows.nextLine() else { break }
        try add(row, of: &rows, to: &dedup, &unreadable)
      }
      if dedup.count >= nextReport {
        try report(.read, dedup.count, rows.share)
        if nextReport > 0, nextReport < 2 * Self.reportStep, let share = rows.share, share > 0 {
          try foresee(&dedup, share, work)
        }
        nextReport = dedup.count + Self.reportStep
      }
    }
    try report(.read, dedup.count, 1)
    return unreadable
  }

  /// Rows after which progress is told.
  static let reportStep = 8192

  private func add(
    _ row: TextRows.Row, of rows: inout TextRows, to dedup: inout SurfaceDedup, _ unreadable: inout [Int]
  ) throws(Problem) {
    guard case .text(let line) = row else { return }
    if rows.scan(line) != nil {
      unreadable.append(line.number)
      return
    }
    let rank = preferredField.map { _ in SurfaceDedup.rank(number: rows.number(1, in: line)) }
    var problem: Problem?
    rows.withText(of: line) { text in
      do throws(Problem) { try dedup.add(utf8: text, rank: rank) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  /// From the first rows: how many there are going to be, and whether the disk has room for them if they are too many.
  private func foresee(_ dedup: inout SurfaceDedup, _ share: Double, _ work: WorkFolder) throws(Problem) {
    let rows = Int(Double(dedup.count) / share)
    let words = Int(Double(dedup.wordCount) / share)
    // Room that is not used is never touched, while arrays that turn out too small are copied whole.
    dedup.expect(rows: rows + rows / 16, words: words + words / 16)
    guard let memory, words * 8 + rows * 24 > memory * 2 / 5 else { return }
    // Packed words, five keys of 16 bytes for each row, decisions; and the output, which is no longer than the input.
    let output = WorkFiles.stamp(of: input)?.byteCount ?? 0
    try work.checkRoom(for: words * 4 + rows * (5 * 16 + 16) + output)
  }
}

extension TextRows {
  /// Adds rows of the batch from one on, as many as go together.
  fileprivate func add(from number: Int, to dedup: inout SurfaceDedup) throws(Problem) -> Int {
    let outcome = withBatchWindow { window in
      Result { () throws(Problem) in
        try dedup.add(window, batch.lines.span.extracting(number..<batch.count))
      }
    }
    return try outcome.get()
  }

  /// Adds a row whose text is known.
  fileprivate func add(_ text: Range<Int>, to dedup: inout SurfaceDedup) throws(Problem) {
    let outcome = withBatchWindow { window in
      Result { () throws(Problem) in try dedup.add(utf8: window.extracting(text)) }
    }
    try outcome.get()
  }
}
