import HubStore
public import PersonaRecords
import SimilarityKernels
import SurfaceDedup

/// Takes near-copies by surface form out of a hub, or out of any JSON lines file.
/// Source: arXiv 2406.20094, Section 2.3.
public struct Deduplication: Sendable {
  public struct Settings: Sendable {
    /// Jaccard similarity of word sets from which on two texts are copies, as typed: decimals are taken exactly.
    public var threshold: String
    /// nil chooses by the threshold.
    public var method: String?
    /// `input-order`, `longest`, `shortest`, or the key of a number in a file: the largest stays.
    public var prefer = "input-order"
    /// Words per shingle.
    public var wordsPerShingle = PaperSettings.shingleLength
    /// Characters per shingle; nil for shingles of words.
    public var charactersPerShingle: Int?
    /// Bytes to stay below; what does not fit goes to the disk.
    public var memory = 2 << 30
    /// Told before long work what it is going to take.
    public var onNote: @Sendable (String) -> Void = { _ in }

    public init(threshold: String = "0.9") { self.threshold = threshold }
  }

  let stageSettings: SurfaceDedup.Settings
  let settings: Settings
  /// The key of a number that orders the rows of a file.
  let preferredField: String?

  /// The least memory that is taken for an answer: below it the smallest piece of work does not fit.
  public static let leastMemory = 128 << 20

  /// - Throws: `Problem` when a setting makes no sense.
  public init(settings: Settings) throws(Problem) {
    self.settings = settings
    var method: SurfaceDedup.Method?
    if let name = settings.method {
      method = SurfaceDedup.Method(rawValue: name)
      guard method != nil else { throw Self.wrong("method", name, SurfaceDedup.Method.allCases.map(\.rawValue)) }
    }
    let prefer = SurfaceDedup.Preference(rawValue: settings.prefer)
    preferredField = prefer == nil ? settings.prefer : nil
    guard settings.wordsPerShingle > 0, (settings.charactersPerShingle ?? 1) > 0 else {
      throw Problem("a shingle holds at least one word or character", consequence: .wrongUsage)
    }
    guard settings.memory >= Self.leastMemory else {
      throw Problem(
        "--memory is too small to work with: \(settings.memory >> 20) MB",
        advice: "give at least \(Self.leastMemory >> 20)MB", consequence: .wrongUsage)
    }
    stageSettings = SurfaceDedup.Settings(
      threshold: try JaccardThreshold(settings.threshold), method: method, prefer: prefer ?? .inputOrder,
      shingling: settings.charactersPerShingle.map { .characters($0) } ?? .words(settings.wordsPerShingle))
  }

  /// What the stage may use: the program itself takes some.
  var usableMemory: Int { settings.memory - settings.memory / 16 - (32 << 20) }

  /// Dedups a hub; what goes is kept in `dropped/` with its representative and the similarity.
  ///
  /// - Parameter keptCount: so many personas at the front are deduplicated already: they stay, and only those after them are
  ///   judged. In input order the result is that of one run over all.
  /// - Throws: `Problem`, `Stopped`; the hub is unchanged then.
  public func run(_ context: FlowContext, keptCount: Int = 0) throws -> Outcome {
    guard preferredField == nil else {
      throw Self.wrong("preference", settings.prefer, SurfaceDedup.Preference.allCases.map(\.rawValue))
    }
    let hub = try Hub.open(at: context.hubPath)
    let work = WorkFolder(
      path: "\(context.hubPath)/dedup-work",
      stamp: (hub.manifest.segments.map(\.sha256) + described.map(\.1) + ["\(keptCount)"]).joined(separator: "|"))
    var ids = RowIDs(path: "\(context.hubPath)/dedup-ids", byteCount: settings.memory / 16)
    defer { ids.remove() }
    let decisions = try decisions(hub, keptCount, work, context, &ids)
    var operation = HubOperation(FlowStep.dedup.rawValue)
    for (name, value) in described { operation.add(setting: name, value) }
    var reader = decisions.reader()
    let counts = try hub.drop(stage: SurfaceDedup.stage, operation: operation) { _, row in
      guard let decision = try reader.nextDecision() else {
        throw Problem("the hub changed while it was read", at: .init(file: context.hubPath), advice: "run this again")
      }
      let id = try ids.id(of: row).description
      let representative = try decision.representative.map { other throws(Problem) in try ids.id(of: other).description
      }
      return SurfaceDedup.verdict(id: id, decision, representative: representative ?? id)
    }
    work.remove()
    var summary = Summary(title: FlowStep.dedup.rawValue)
    summary.add("read", "personas read", counts.rows)
    summary.add("kept", "kept", counts.kept)
    summary.add("dropped", "near-copies dropped", counts.dropped)
    summary.add("reasons", "dropped, by reason", Tally(counts.reasons))
    for (name, value) in described { summary.add(name, name, value) }
    summary.next = ["persona-hub synthesize --recipe math --count 100 -o math.jsonl --hub \(context.hubPath)"]
    return Outcome(summary: summary)
  }

  /// Dedups what came into a hub after its first `known` personas, against these and among itself.
  /// - Returns: how many were dropped.
  func dropNewCopies(_ context: FlowContext, after known: Int) throws -> Int {
    let outcome = try run(context, keptCount: known)
    let dropped = outcome.summary.figures.first { $0.key == "dropped" }
    return dropped?.value.intValue ?? 0
  }

  /// Dedups what a round of expansion brought, and all after it. A round that was done before, by a run that was cut off
  /// behind it, is treated the same way; where nothing repeats, nothing changes.
  /// - Returns: how many were dropped.
  func dropCopies(ofRound round: Int, in hub: Hub, _ context: FlowContext) throws -> Int {
    var first = hub.manifest.rowCount
    try hub.forEachPersona { persona, row in
      if persona.iteration >= round && row < first { first = row }
    }
    return first < hub.manifest.rowCount ? try dropNewCopies(context, after: first) : 0
  }

  private func decisions(
    _ hub: Hub, _ keptCount: Int, _ work: WorkFolder, _ context: FlowContext, _ ids: inout RowIDs
  ) throws -> SurfaceDecisions {
    let total = hub.manifest.rowCount
    let step = FlowStep.dedup.rawValue
    func comparing(_ share: Double) throws {
      if context.isStopping() { throw Stopped() }
      context.onProgress(
        FlowProgress(step: "\(step): comparing", done: Int(share * Double(total)), total: total, fraction: share))
    }
    if let resumed = try SurfaceDedup.resume(stageSettings, memory: usableMemory, work: work, checkpoint: comparing) {
      try hub.forEachPersona { persona, _ in try ids.append(persona.id) }
      return resumed.decisions
    }
    var seed: UInt64 = 0
    while true {
      var dedup = SurfaceDedup(stageSettings, seed: seed, memory: usableMemory, work: work)
      dedup.onForecast = note
      ids.removeAll()
      try hub.forEachPersona { persona, row in
        if row.isMultiple(of: 4096) {
          if context.isStopping() { throw Stopped() }
          context.onProgress(FlowProgress(step: "\(step): reading", done: row, total: total))
        }
        try ids.append(persona.id)
        if row < keptCount { try dedup.addKept(persona.text) } else { try dedup.add(persona.text) }
      }
      if !(try dedup.findCollision()) { return try dedup.finish(checkpoint: comparing) }
      seed += 1
    }
  }

  /// Says what an exact join below the threshold of its default is going to cost, and any that grows with the square of the
  /// rows before it takes seconds.
  @Sendable func note(_ forecast: JoinForecast) {
    let isOwnWish =
      stageSettings.method == .exact && SurfaceDedup.Settings.method(at: stageSettings.threshold) != .exact
    let isLong = forecast.isQuadratic && forecast.seconds >= 2
    guard isOwnWish || isLong else { return }
    let candidates = forecast.candidates < 9e18 ? "\(Int(forecast.candidates))" : "very many"
    var note =
      "\(stageSettings.method.rawValue) at \(stageSettings.threshold): about \(forecast.keys) keys and \(candidates) "
      + "candidates, some \(Int(min(forecast.seconds.rounded(.up), 1e15))) s"
    if forecast.isQuadratic { note += ", growing with the square of the rows: many rows share most of their words" }
    if isOwnWish {
      note += "; --method minhash misses \(Self.percent(missRate)) of the copies at the threshold and may be faster"
    }
    settings.onNote(note)
  }

  /// The share of pairs exactly at the threshold that MinHash misses.
  var missRate: Double {
    let threshold = stageSettings.threshold
    return stageSettings.banding.missRate(at: Double(threshold.numerator) / Double(threshold.denominator))
  }

  static func percent(_ share: Double) -> String { "\(Double(Int((share * 10_000).rounded())) / 100)%" }

  var described: [(String, String)] {
    var settings = [
      ("threshold", settings.threshold), ("method", stageSettings.method.rawValue), ("prefer", settings.prefer),
    ]
    if stageSettings.method == .minhash {
      let banding = stageSettings.banding
      settings.append(("bands", "\(banding.bands) of \(banding.rowsPerBand) values"))
      settings.append(("missedAtThreshold", Self.percent(missRate)))
    }
    switch stageSettings.shingling {
    case .words(let length): if length != 1 { settings.append(("ngram", "\(length) words")) }
    case .characters(let length): settings.append(("ngram", "\(length) characters"))
    }
    return settings
  }

  static func wrong(_ what: String, _ name: String, _ known: [String]) -> Problem {
    Problem(
      "there is no \(what) \"\(name.cut(to: 40))\"", advice: "use one of: \(known.joined(separator: ", "))",
      consequence: .wrongUsage)
  }
}
