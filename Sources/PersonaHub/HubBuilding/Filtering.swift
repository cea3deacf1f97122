import HubStore
import Languages
public import PersonaRecords
import QualityFilter
import ShardFiles

/// Takes descriptions of poor quality out of a hub, or out of any JSON lines file.
///
/// The paper filters last; here the filter runs before the dedup, so that a row that will go is never the one another
/// was dropped for. Source: arXiv 2406.20094, Section 2.3.
public struct Filtering: Sendable {
  public struct Settings: Sendable {
    /// Names of rules that are switched off.
    public var without: [String] = []
    /// ISO 639 codes to keep; empty for all.
    public var languages: [String] = []
    public var minimumCharacters: Int?
    public var maximumCharacters: Int?

    public init() {}
  }

  /// One rule, for `--help` and docs.
  public struct RuleDescription: Sendable {
    public let name: String
    public let summary: String
  }

  /// All rules, in the order in which they are asked.
  public static var rules: [RuleDescription] {
    Rule.allCases.map { RuleDescription(name: $0.rawValue, summary: $0.summary) }
  }

  private let settings: Settings
  private let filter: QualityFilter

  /// - Throws: `Problem` when a rule is named that is not there.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    var filterSettings = QualityFilter.Settings()
    for name in settings.without {
      guard let rule = Rule(rawValue: name) else {
        throw Problem(
          "there is no rule \"\(name.cut(to: 40))\"",
          advice: "the rules are: \(Rule.allCases.map(\.rawValue).joined(separator: ", "))", consequence: .wrongUsage)
      }
      filterSettings.without.insert(rule)
    }
    filterSettings.languages = settings.languages
    if let minimum = settings.minimumCharacters { filterSettings.minimumCharacters = minimum }
    if let maximum = settings.maximumCharacters { filterSettings.maximumCharacters = maximum }
    filter = QualityFilter(settings: filterSettings)
  }

  /// Filters a hub; what goes is kept in `dropped/` with its reason.
  public func run(_ context: FlowContext) throws -> Outcome {
    let hub = try Hub.open(at: context.hubPath)
    var operation = HubOperation(FlowStep.filter.rawValue)
    for (name, value) in described { operation.add(setting: name, value) }
    let total = hub.manifest.rowCount
    let counts = try hub.drop(stage: QualityFilter.stage, operation: operation) { persona, row in
      if row.isMultiple(of: 4096) {
        if context.isStopping() { throw Stopped() }
        context.onProgress(FlowProgress(step: FlowStep.filter.rawValue, done: row, total: total))
      }
      return filter.firstBrokenRule(in: persona.text).map { rule in
        Verdict(id: persona.id.description, stage: QualityFilter.stage, keep: false, reason: rule.rawValue)
      }
    }
    var summary = Summary(title: FlowStep.filter.rawValue)
    summary.add("read", "personas read", counts.rows)
    summary.add("kept", "kept", counts.kept)
    summary.add("dropped", "dropped", counts.dropped)
    summary.add("reasons", "dropped, by rule", Tally(counts.reasons))
    summary.next = ["persona-hub dedup --hub \(context.hubPath)"]
    return Outcome(summary: summary)
  }

  /// Filters a JSON lines file; kept lines are copied byte for byte.
  public func run(_ files: LineFilePass, isStopping: () -> Bool = { false }) throws -> Outcome {
    let totals = try files.run(step: FlowStep.filter.rawValue, isStopping: isStopping) { row in
      guard let rule = filter.firstBrokenRule(in: row.text) else { return nil }
      return Verdict(id: row.id, stage: QualityFilter.stage, keep: false, reason: rule.rawValue)
    }
    return Outcome(summary: files.summary(FlowStep.filter.rawValue, totals), failures: totals.failures)
  }

  private var described: [(String, String)] {
    [
      ("without", settings.without.sorted().joined(separator: ",")),
      ("languages", settings.languages.joined(separator: ",")),
      ("minimumCharacters", settings.minimumCharacters.map(String.init) ?? ""),
      ("maximumCharacters", settings.maximumCharacters.map(String.init) ?? ""),
    ]
  }
}

/// Thrown to leave a pass that was asked to stop; the one who started the pass turns it into exit code 130.
public struct Stopped: Error {
  public init() {}
}

extension Tally {
  init(_ counts: [HubOperation.Count]) {
    self.init()
    for count in counts { self[count.name] = count.count }
  }
}
