import Checks
import DatasetReport
import Foundation
import JSONSchemas
public import PersonaRecords
import ShardFiles
import SimilarityKernels
import SurfaceDedup

/// The report of a data set, ours or anybody's: what is in it, what repeats, what is broken. Source: `docs/datasets.md`.
///
/// The file is read twice: once to count, and once for the texts that the page shows. Rows are named by their lines.
public struct DatasetReporting: Sendable {
  public struct Settings: Sendable {
    public var input: String
    /// Where the page goes; nil for none.
    public var output: String?
    /// Key of the text in each row; nil takes the first of `knownKeys` that the first row has.
    public var key: String?
    /// Key of the persona, for adherence; nil takes the first of `knownPersonaKeys` that a row has.
    public var personaKey: String?
    /// A JSON Schema that texts should fit: its file.
    public var schema: String?
    /// Texts should be tool interfaces as the paper asks for them.
    public var expectsTools = false
    /// Jaccard similarity of word sets from which on a row is a near-copy; nil compares nothing.
    public var nearThreshold: String? = "0.9"
    public var measuresAdherence = false
    /// Rows that adherence is measured on, at most.
    public var adherenceSample = 2_000
    /// The sentence model's folder; nil for the installed one.
    public var modelFolder: String?
    public var seed: UInt64 = 0
    /// Bytes that the comparison of rows may use.
    public var memory = 2 << 30

    public init(input: String) { self.input = input }
  }

  /// What a report says, and how the reading went.
  public struct Findings: Sendable {
    /// The page.
    public let html: String
    /// The same as one JSON object.
    public let json: String
    /// The figures for the terminal.
    public let outcome: Outcome
  }

  public static let knownKeys = [
    "text", "synthesized text", "messages", "conversations", "output", "instruction", "persona",
  ]
  public static let knownPersonaKeys = ["persona", "input persona"]
  /// Near-copies that the JSON lists.
  static let listedCopies = 1_000

  let settings: Settings
  private let threshold: JaccardThreshold?
  private let schema: JSONSchema?

  /// - Throws: `Problem` when a setting cannot be meant so, or the schema is not understood.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    if settings.input == "-" {
      throw Problem(
        "report reads its file twice, so it cannot read standard input", advice: "write it to a file first",
        consequence: .wrongUsage)
    }
    threshold = try settings.nearThreshold.map { text throws(Problem) in try JaccardThreshold(text) }
    guard let path = settings.schema else {
      schema = settings.expectsTools ? .toolInterface : nil
      return
    }
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      throw Problem(
        "this file cannot be read", at: .init(file: path), advice: "name a JSON Schema", consequence: .wrongUsage)
    }
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(utf8: Array(bytes))
    } catch {
      throw Problem(
        "this file is not valid JSON: \(error)", at: .init(file: path), advice: "mend it", consequence: .wrongUsage)
    }
    do {
      schema = try JSONSchema(value)
    } catch {
      throw Problem(
        error.all.map(\.description).joined(separator: "; "), at: .init(file: path),
        advice: error.all.map(\.advice).joined(separator: "; "), consequence: .wrongUsage)
    }
  }

  /// Reads the file and writes the page, whole or not at all.
  /// - Throws: `Problem` when the file cannot be read, or there is no sentence model and adherence is wanted; `Stopped`.
  public func run(
    onProgress: @escaping @Sendable (FlowProgress) -> Void = { _ in }, isStopping: @escaping @Sendable () -> Bool
  ) async throws -> Findings {
    // What cannot be written is said before the work, not after it.
    let page = try settings.output.map { path throws(Problem) in try ShardWriter(path: path, takesHash: false) }
    let watch: @Sendable (String, Int) throws -> Void = { step, done in
      if isStopping() { throw Stopped() }
      onProgress(FlowProgress(step: step, done: done))
    }
    var survey = try survey(watch)
    let measures = survey.measures
    var content = DatasetReport.Content(
      title: (settings.input as NSString).lastPathComponent, key: survey.key, measures: measures)
    content.unreadable = survey.unreadable
    content.schemaName = settings.schema.map { ($0 as NSString).lastPathComponent } ?? "the tool interface"
    content.nearCopies = try nearCopies(&survey, watch)
    var wanted = measures.phrases.wantedRows.union(measures.json.failures.top(40, least: 1).map(\.entry.first))
    for copy in content.nearCopies?.shown(DatasetReport.shownCopies) ?? [] { wanted.formUnion([copy.row, copy.of]) }
    let texts = try texts(of: wanted, key: survey.key, watch)
    content.phrases = measures.phrases.phrases(50, texts: texts)
    content.texts = texts
    if settings.measuresAdherence {
      (content.adherence, content.adherenceNote) = try await adherence(survey.sample.pairs, watch)
    }
    let report = DatasetReport(content)
    let html = report.html()
    if let page {
      try page.append(line: html.utf8.dropLast())
      _ = try page.commit()
    }
    return Findings(html: html, json: report.json(), outcome: outcome(content))
  }

  // MARK: The first reading

  /// What the first reading finds.
  private struct Survey {
    var key: String
    var measures: DatasetMeasures
    var unreadable = Tally()
    var dedup: SurfaceDedup?
    /// Line of each row with a text.
    var lines: [UInt32] = []
    /// Whether each row fits the schema; empty without one.
    var fits: [Bool] = []
    var sample: PairSample
  }

  private func survey(_ watch: (String, Int) throws -> Void) throws -> Survey {
    var survey = Survey(
      key: settings.key ?? "", measures: DatasetMeasures(schema: schema),
      sample: PairSample(limit: settings.measuresAdherence ? settings.adherenceSample : 0, seed: settings.seed))
    survey.dedup = newDedup(seed: 0)
    // The recipes' own check, so that a report and a run mean the same by a refusal.
    let refusals = try OutputChecker(checks: [Check(name: OutputCheck.noRefusal.rawValue)])
    try read(key: settings.key) { row in
      switch row {
      case .unreadable(let reason, _): survey.unreadable[reason] += 1
      case .text(let raw, let key, let line, let value):
        if survey.measures.rows.isMultiple(of: 1024) { try watch("report", survey.measures.rows) }
        survey.key = key
        let reading = JSONReading(raw)
        let isRefusal = try refusals.firstFailure(of: CheckedOutput(reading.text, persona: "")) != nil
        let fits = survey.measures.take(reading, row: line, isRefusal: isRefusal)
        survey.lines.append(UInt32(clamping: line))
        if schema != nil { survey.fits.append(fits) }
        try survey.dedup?.add(reading.text)
        if let persona = persona(in: value, textKey: key) {
          survey.sample.take(.init(line: line, persona: persona, text: reading.text))
        }
      }
    }
    return survey
  }

  private func persona(in value: JSONValue, textKey: String) -> String? {
    let keys = settings.personaKey.map { [$0] } ?? Self.knownPersonaKeys
    return keys.lazy.filter { $0 != textKey }.compactMap { value[$0]?.stringValue }.first { !$0.isEmpty }
  }

  // MARK: Copies

  private var work: WorkFolder { WorkFolder(path: "\(settings.output ?? settings.input).report-work", stamp: "") }

  private func newDedup(seed: UInt64) -> SurfaceDedup? {
    threshold.map {
      SurfaceDedup(.init(threshold: $0, method: .exact), seed: seed, memory: settings.memory, work: work)
    }
  }

  private func nearCopies(
    _ survey: inout Survey, _ watch: (String, Int) throws -> Void
  ) throws -> DatasetReport.NearCopies? {
    guard var dedup = survey.dedup else { return nil }
    survey.dedup = nil
    defer { work.remove() }
    var seed: UInt64 = 0
    while try dedup.findCollision() {
      // Two words with one hash: once in billions of words. Another seed, and from the start.
      seed += 1
      guard var again = newDedup(seed: seed) else { return nil }
      try read(key: survey.key) { row in
        if case .text(let raw, _, _, _) = row { try again.add(JSONReading(raw).text) }
      }
      dedup = again
    }
    let decisions = try dedup.finish { try watch("report: comparing", Int($0 * 100)) }
    var reader = decisions.reader()
    var copies = DatasetReport.NearCopies(threshold: settings.nearThreshold ?? "")
    var row = 0
    while let decision = try reader.nextDecision() {
      defer { row += 1 }
      guard let representative = decision.representative, row < survey.lines.count else { continue }
      copies.count += 1
      if survey.fits.indices.contains(row), survey.fits[row] { copies.fitting += 1 }
      if copies.first.count < Self.listedCopies {
        copies.first.append(
          .init(row: Int(survey.lines[row]), of: Int(survey.lines[representative]), similarity: decision.jaccard))
      }
    }
    return copies
  }

  // MARK: Reading

  enum Row {
    case text(String, key: String, line: Int, value: JSONValue)
    case unreadable(reason: String, line: Int)
  }

  /// Hands out every line; a torn file is an unreadable line at its end.
  /// - Parameter key: nil takes the first known key of the first row that has one.
  private func read(key: String?, _ body: (Row) throws -> Void) throws {
    let reader = try JSONLinesReader(path: settings.input)
    var key = key
    while true {
      let event: JSONLinesReader.Event?
      do throws(Problem) {
        event = try reader.next()
      } catch {
        return try body(.unreadable(reason: error.what, line: 0))
      }
      switch event {
      case nil: return
      case .rejected(let problem):
        try body(.unreadable(reason: Self.withoutPlaces(problem.what), line: problem.place.line ?? 0))
      case .row(let row):
        if key == nil { key = Self.knownKeys.first { Self.text(of: row.value[$0]) != nil } }
        guard let key, let text = Self.text(of: row.value[key]) else {
          try body(.unreadable(reason: "no text at \(key.map { "\"\($0)\"" } ?? "any known key")", line: row.number))
          continue
        }
        try body(.text(text, key: key, line: row.number, value: row.value))
      }
    }
  }

  /// A text; of a conversation, what the assistant says, or all of it where no assistant speaks. nil for anything else.
  private static func text(of value: JSONValue?) -> String? {
    if let text = value?.stringValue { return text }
    guard let messages = value?.arrayValue, !messages.isEmpty else { return nil }
    var all: [String] = []
    var answers: [String] = []
    for message in messages {
      guard let role = (message["role"] ?? message["from"])?.stringValue,
        let content = (message["content"] ?? message["value"])?.stringValue
      else { return nil }
      all.append(content)
      if role == "assistant" || role == "gpt" { answers.append(content) }
    }
    return (answers.isEmpty ? all : answers).joined(separator: "\n\n")
  }

  /// A message without its numbers, so that equal ones are counted together.
  private static func withoutPlaces(_ message: String) -> String {
    message.components(separatedBy: " at byte ").first.map { $0.filter { !$0.isNumber } } ?? message
  }

  private func texts(
    of lines: Set<Int>, key: String, _ watch: (String, Int) throws -> Void
  ) throws -> [Int: String] {
    var texts: [Int: String] = [:]
    guard let last = lines.max() else { return texts }
    let reader = try JSONLinesReader(path: settings.input)
    var read = 0
    while texts.count < lines.count, let event = try reader.nextLine() {
      guard case .line(let line) = event else { continue }
      if line.number > last { break }
      read += 1
      if read.isMultiple(of: 4096) { try watch("report: looking up", read) }
      guard lines.contains(line.number), let text = Self.text(of: (try? JSONValue(utf8: line.bytes))?[key]) else {
        continue
      }
      texts[line.number] = JSONReading(text).text
    }
    return texts
  }

  // MARK: What it comes to

  private func outcome(_ content: DatasetReport.Content) -> Outcome {
    let measures = content.measures
    var summary = Summary(title: "report")
    summary.add("key", "key of the text", content.key)
    summary.add("rows", "rows with a text", measures.rows)
    summary.add("unreadable", "lines that could not be read", content.unreadable.total)
    summary.add("empty", "empty", measures.empty)
    summary.add("exactRepeats", "exact repeats", measures.repeats)
    if let copies = content.nearCopies { summary.add("nearCopies", "near-copies at \(copies.threshold)", copies.count) }
    summary.add("refusals", "open like a refusal", measures.refusals)
    if measures.json.begun > 0 { summary.add("validJSON", "valid JSON", measures.json.valid) }
    if measures.schema != nil {
      summary.add("keysMatch", "exactly the keys of \(content.schemaName)", measures.json.keysMatch)
      summary.add("fitting", "fit \(content.schemaName) in full", measures.json.fitting)
      var reasons = Tally()
      for (reason, entry) in measures.json.failures.top(20, least: 1) { reasons[reason] = entry.count }
      summary.add("failures", "the others, by reason", reasons)
    }
    if let adherence = content.adherence {
      summary.add("adherence", "share nearer to its own persona", (adherence.share * 1e4).rounded() / 1e4)
    }
    if !content.adherenceNote.isEmpty { summary.notes.append(content.adherenceNote) }
    if let output = settings.output { summary.add(file: output, "page for the browser") }
    if let copies = content.nearCopies, copies.count > 0 {
      summary.next = [
        "persona-hub dedup \(settings.input) --key '\(content.key)' --threshold \(copies.threshold) -o distinct.jsonl"
      ]
    }
    return Outcome(
      summary: summary,
      failures: FailureCount(failed: content.unreadable.total, total: measures.rows + content.unreadable.total))
  }
}
