import Dataset
import Foundation
public import PersonaRecords
import ShardFiles

/// Turns instances into the files that trainers read, with a card that tells what they are. Source: `docs/datasets.md`.
///
/// Row by row, in the order of the input and in memory that does not grow with it; the same input and settings give the same
/// bytes. All files are made beside their place and moved when they are whole.
public struct DatasetExport: Sendable {
  public struct Settings: Sendable {
    /// Files of instances, as `synthesize` writes them.
    public var inputs: [String]
    /// The file to write; with a split, the folder.
    public var output: String
    /// One of `formats`.
    public var format: String
    /// One of `pairs`; nil takes what is there.
    public var pair: String?
    public var outputField: String?
    /// nil keeps the system message where it belongs to the pair.
    public var keepsSystem: Bool?
    /// Shares of train, validation and test; empty for one file.
    public var split: [Double] = []
    public var seed: UInt64 = 0
    /// Writes `README.md`, the data set card.
    public var writesCard = false
    public var license = "other"
    /// The hub whose runs tell how their rows were sampled.
    public var hubPath = "./hub"
    /// Recipes of the user's that rows were made with: they tell what they state of sampling.
    public var recipes: [String] = []
    /// Writes `dataset_info.json`, or adds to it.
    public var writesTrainerIndex = true
    /// What stands at `description` in the format `personahub`; nil takes the recipe's name.
    public var description: String?

    public init(inputs: [String], output: String, format: String) {
      self.inputs = inputs
      self.output = output
      self.format = format
    }
  }

  /// A format or a pair, for `--help` and docs.
  public struct Choice: Sendable {
    public let name: String
    public let summary: String
  }

  public static var formats: [Choice] {
    DatasetFormat.allCases.map { Choice(name: $0.rawValue, summary: $0.summary) }
  }

  public static var pairs: [Choice] { TrainingPair.allCases.map { Choice(name: $0.rawValue, summary: $0.summary) } }

  let settings: Settings
  let format: DatasetFormat
  let reading: ExampleReading
  let split: DatasetSplit
  let place: ExportPlace

  /// - Throws: `Problem` when a setting cannot be meant so.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    guard let format = DatasetFormat(rawValue: settings.format) else {
      throw Problem(
        "there is no format \"\(settings.format.cut(to: 40))\"",
        advice: "use one of: \(DatasetFormat.allCases.map(\.rawValue).joined(separator: ", "))",
        consequence: .wrongUsage)
    }
    var pair: TrainingPair?
    if let name = settings.pair {
      pair = TrainingPair(rawValue: name)
      guard pair != nil else {
        throw Problem(
          "there is no pair \"\(name.cut(to: 40))\"",
          advice: "use one of: \(TrainingPair.allCases.map(\.rawValue).joined(separator: ", "))",
          consequence: .wrongUsage)
      }
      guard format.hasMessages else {
        throw Problem(
          "\(format.rawValue) rows hold the text alone, and no pair", advice: "leave out --pair",
          consequence: .wrongUsage)
      }
      guard pair != .conversation || settings.outputField == nil else {
        throw Problem(
          "a conversation brings its answers along", advice: "leave out --output-field, or --pair conversation",
          consequence: .wrongUsage)
      }
    }
    self.format = format
    reading = ExampleReading(
      format: format, pair: pair, outputField: settings.outputField, keepsSystem: settings.keepsSystem)
    split = try DatasetSplit(shares: settings.split.isEmpty ? [1] : settings.split, seed: settings.seed)
    place = try ExportPlace(settings: settings, format: format, split: split)
  }

  /// What a pass over the input counts.
  struct Totals {
    var read = 0
    var unreadable = 0
    var counts: DatasetCounts
    var extent = ExampleWriting.Extent()
  }

  /// Writes the data set.
  /// - Throws: `Problem` when a file cannot be read or written, or not one row could be exported; `Stopped`. Nothing of the
  ///   data set is there then but what was there before; the rows that were set aside are, where they are the reason.
  public func run(
    onProgress: @escaping @Sendable (FlowProgress) -> Void = { _ in }, isStopping: @escaping @Sendable () -> Bool
  ) throws -> Outcome {
    try place.check()
    let sources = try SamplingSources(recipes: settings.recipes, hub: settings.hubPath, inputs: settings.inputs)
    let staging = try StagingFolder(beside: place.output)
    let rejected = try ShardWriter(path: place.rejectedPath)
    let writers = try place.parts.map { try ShardWriter(path: staging.file($0.rowsName)) }
    var extent = ExampleWriting.Extent()
    if format == .alpaca {
      // Whether rows have a history, and a system message, has to be the same for all: known before the first is written.
      try pass("export: looking", onProgress, isStopping) { _, example in
        extent.take(example)
      } refused: { _ in
      }
    }
    let writing = ExampleWriting(format: format, description: settings.description, extent: extent)
    var totals = Totals(counts: DatasetCounts(parts: split.parts.count), extent: extent)
    totals.read = try pass("export", onProgress, isStopping) { instance, example in
      let part = split.part(of: instance.personaID)
      try writers[part].append(line: writing.line(example))
      totals.counts.take(example, pair: format.hasMessages ? reading.pair(of: instance) : nil, part: part)
    } refused: { rejection in
      totals.counts.rejected[rejection.reason] += 1
      try rejected.append(rejection)
    }
    if totals.counts.rejected.total > 0 {
      _ = try rejected.commit()
    } else {
      rejected.abandon()
      // An earlier export's would be taken for this one's.
      try? FileManager.default.removeItem(atPath: place.rejectedPath)
    }
    try checkThatSomethingIsThere(totals)
    var files: [ExportPlace.Part] = []
    for (part, writer) in writers.enumerated() {
      // An empty file is one that no loader can tell the columns of.
      guard totals.counts.rowsOfParts[part] > 0 else {
        writer.abandon()
        continue
      }
      _ = try writer.commit()
      files.append(place.parts[part])
    }
    if format == .parquet { try ParquetFiles.make(files, in: staging) }
    let sampling = sources.uses(of: totals.counts)
    try finish(files, totals, sampling, staging)
    return outcome(files, totals, sampling)
  }

  /// Reads all rows, and hands each out as an example or with the reason why it is none.
  /// - Returns: rows read.
  @discardableResult
  private func pass(
    _ step: String, _ onProgress: (FlowProgress) -> Void, _ isStopping: () -> Bool,
    _ body: (SynthesizedInstance, TrainingExample) throws -> Void, refused: (Rejection) throws -> Void
  ) throws -> Int {
    var rows = InstanceRows(paths: settings.inputs)
    var read = 0
    while let row = try rows.next() {
      if read.isMultiple(of: 1024) {
        if isStopping() { throw Stopped() }
        onProgress(FlowProgress(step: step, done: read))
      }
      read += 1
      switch row {
      case .unreadable(let rejection): try refused(rejection)
      case .instance(let instance, let file, let number):
        let example: TrainingExample
        do throws(ExportRefusal) {
          example = try reading.example(of: instance)
        } catch {
          try refused(
            Rejection(
              id: instance.id, reason: error.reason, detail: error.detail, file: file, row: number, text: instance.text)
          )
          continue
        }
        try body(instance, example)
      }
    }
    return read
  }

  private func checkThatSomethingIsThere(_ totals: Totals) throws(Problem) {
    guard totals.counts.rows == 0 else { return }
    let input = settings.inputs.count == 1 ? settings.inputs[0] : "\(settings.inputs.count) files"
    guard totals.read > 0 else {
      throw Problem(
        "there are no rows to export", at: .init(file: input), advice: "make some with persona-hub synthesize")
    }
    let reasons = totals.counts.rejected.ranked.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    throw Problem(
      "none of the \(totals.read) rows can be exported as \(format.rawValue): \(reasons)", at: .init(file: input),
      advice: "see \(place.rejectedPath), and docs/datasets.md on --pair and --output-field")
  }

  /// Writes what goes with the rows, and moves all to its place.
  private func finish(
    _ files: [ExportPlace.Part], _ totals: Totals, _ sampling: [DatasetCard.SamplingUse], _ staging: StagingFolder
  ) throws {
    var moves = files.map { (name: $0.name, target: $0.path) }
    if settings.writesTrainerIndex {
      let entries = files.compactMap { part in
        TrainerIndex.entry(of: format, file: part.name, extent: totals.extent).map { (name: part.entryName, entry: $0) }
      }
      if !entries.isEmpty {
        let existing = try? Data(contentsOf: URL(filePath: place.trainerIndexPath))
        let text: String
        do throws(Problem) {
          text = try TrainerIndex.merged(entries, into: existing.map { Array($0) })
        } catch {
          throw error.at(file: place.trainerIndexPath)
        }
        try write(text, to: staging.file(TrainerIndex.fileName))
        moves.append((TrainerIndex.fileName, place.trainerIndexPath))
      }
    }
    if settings.writesCard {
      let card = DatasetCard(
        title: place.title, format: format,
        files: files.map { .init(split: $0.split, name: $0.name, rows: totals.counts.rowsOfParts[$0.number]) },
        counts: totals.counts, sampling: sampling, license: settings.license, settings: described)
      try write(card.markdown(), to: staging.file(ExportPlace.cardName))
      moves.append((ExportPlace.cardName, place.cardPath))
    }
    if place.isNewFolder { return try staging.becomeFolder() }
    for part in place.parts where !files.contains(where: { $0.number == part.number }) {
      // Rows that stood there before are in other parts now.
      try? FileManager.default.removeItem(atPath: part.path)
    }
    try staging.move(moves)
  }

  private func write(_ text: String, to path: String) throws(Problem) {
    let writer = try ShardWriter(path: path, takesHash: false)
    try writer.append(line: text.utf8.dropLast(text.hasSuffix("\n") ? 1 : 0))
    _ = try writer.commit()
  }

  /// The settings as the card tells them: names of files, not where they lay.
  private var described: [(name: String, value: String)] {
    var described = [
      (name: "input", value: settings.inputs.map { ($0 as NSString).lastPathComponent }.joined(separator: ", ")),
      (name: "format", value: format.rawValue),
    ]
    if format.hasMessages { described.append(("pair", settings.pair ?? "by what is in the row")) }
    if let field = settings.outputField { described.append(("output field", field)) }
    if let keeps = settings.keepsSystem { described.append(("system messages", keeps ? "keep" : "drop")) }
    if !settings.split.isEmpty {
      described.append(("split", split.parts.map { "\($0.name) \($0.share)" }.joined(separator: ", ") + ", by persona"))
      described.append(("seed of the split", String(settings.seed)))
    }
    return described
  }

  private func outcome(
    _ files: [ExportPlace.Part], _ totals: Totals, _ sampling: [DatasetCard.SamplingUse]
  ) -> Outcome {
    let counts = totals.counts
    var summary = Summary(title: "export \(format.rawValue)")
    summary.add("read", "rows read", totals.read)
    summary.add("written", "rows written", counts.rows)
    if !settings.split.isEmpty {
      var parts = Tally()
      for (part, rows) in zip(split.parts, counts.rowsOfParts) { parts[part.name] = rows }
      summary.add("parts", "rows of each part", parts)
    }
    if format.hasMessages { summary.add("pairs", "rows, by pair", counts.pairs) }
    summary.add("rejected", "rows set aside", counts.rejected.total)
    summary.add("reasons", "set aside, by reason", counts.rejected)
    summary.add(detail: "sampling", .array(sampling.map(\.json)))
    for part in files { summary.add(file: part.path, "\(counts.rowsOfParts[part.number]) rows, \(part.split)") }
    if settings.writesTrainerIndex, format != .personahub {
      summary.add(file: place.trainerIndexPath, "index for LLaMA-Factory")
    }
    if settings.writesCard { summary.add(file: place.cardPath, "data set card") }
    if counts.rejected.total > 0 { summary.add(file: place.rejectedPath, "set aside, with reasons") }
    for (part, rows) in zip(split.parts, counts.rowsOfParts) where rows == 0 && part.share > 0 {
      summary.notes.append("no persona fell into \(part.name), so it has no file")
    }
    return Outcome(summary: summary, failures: FailureCount(failed: counts.rejected.total, total: totals.read))
  }
}
