import Corpus
import HubStore
import LanguageModels
import PersonaRecords
import RunLedger
import TextToPersona

/// Text-to-Persona over a corpus, into a hub: the first step of the flow.
public struct Derivation: Sendable {
  public struct Settings: Sendable {
    /// Files, folders, globs, or `-`, as the user named them.
    public var corpus: [String]
    /// What files are called in records instead of the path as typed: one per input, or none.
    public var labels: [String] = []
    public var textKey: String?
    public var minimumCharacters = 50
    public var passageCharacters = 2000
    /// Passages taken from one text at most; 0 for all.
    public var maximumPassages = 4
    public var languages: [String] = []
    public var maximumRecordBytes = 64 << 20
    public var verbs = PaperSettings.verbs
    public var asksEveryVerb = false
    /// `fine` or `coarse`.
    public var granularity = "fine"
    public var personasPerText = 1
    /// `plain` or `structured`.
    public var format = "plain"
    /// A prompt file in the shipped one's place.
    public var promptFile: String?

    public init(corpus: [String]) { self.corpus = corpus }
  }

  let settings: Settings
  let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  /// Reads the corpus, asks the model, and adds what is new to the hub.
  ///
  /// The hub changes once, at the end: an interruption or a crash leaves it as it was, and replies that were paid for are
  /// in the reply store, so that the same command goes on from there.
  /// - Throws: `Problem`; the hub is unchanged then.
  public func run() async throws -> Outcome {
    try await ModelDoor.withDoor(context) { door in try await run(door) }
  }

  private func run(_ door: ModelDoor) async throws -> Outcome {
    do {
      return try await run(door, .goOn)
    } catch let problem as InputChanged {
      // A corpus that changed after its run was complete is a new input, and what is known of it is replayed.
      guard problem.wasComplete else { throw problem.problem }
      return try await run(door, .anew)
    }
  }

  private func run(_ door: ModelDoor, _ beginning: Run.Beginning) async throws -> Outcome {
    let (stage, prompt) = try stage(model: door.model.name)
    let hub = try Hub.openOrCreate(at: context.hubPath)
    let run = try await door.begin(
      description(model: door.model.name, prompt: prompt), beginning == .goOn ? .goOnOrBeside : beginning)
    let wasComplete = run.progress.isComplete
    let reader = CorpusReader(inputs: inputs, settings: corpusSettings)
    var work = DerivationWork(reader: reader, stage: stage)
    do {
      let isInterrupted = try await ask(run, &work)
      if isInterrupted {
        let outcome = Outcome(
          summary: summary(work, run, added: nil), failures: work.failures(run.progress), isInterrupted: true)
        try await run.close()
        return outcome
      }
      let counts = try add(run, work, to: hub)
      try await run.complete()
      return Outcome(summary: summary(work, run, added: counts), failures: work.failures(run.progress))
    } catch {
      try? await run.close()
      if let problem = error as? Problem, run.run.isInputChanged {
        throw InputChanged(problem: problem, wasComplete: wasComplete)
      }
      throw error
    }
  }

  /// Adds the run's personas to the hub: all of them or none, and those it has already only once.
  private func add(_ run: FlowRun, _ work: DerivationWork, to hub: Hub) throws -> HubAppend.Counts {
    let append = try hub.beginAppend()
    do {
      try run.forEachPersona { _ = try append.add($0) }
      var operation = HubOperation(FlowStep.derive.rawValue)
      for (name, value) in described(model: run.door.model.name) { operation.add(setting: name, value) }
      operation.add(count: "records", work.reader.counts.records)
      operation.add(count: "passages", work.passages)
      operation.add(count: "personas", run.progress.records)
      try append.commit(operation)
      return append.counts
    } catch {
      append.abandon()
      throw error
    }
  }

  private func ask(_ run: FlowRun, _ work: inout DerivationWork) async throws -> Bool {
    let stage = work.stage
    let reader = work.reader
    if context.model.batches != nil, settings.corpus.contains("-") {
      throw Problem(
        "--batch reads the corpus twice, and standard input can be read once",
        advice: "write it to a file first, and name that", consequence: .wrongUsage)
    }
    var state = work
    defer { work = state }
    return try await run.ask(
      next: { try state.next() },
      again: {
        var copy = DerivationWork(reader: CorpusReader(inputs: inputs, settings: corpusSettings), stage: stage)
        return { try copy.next() }
      },
      request: { (question: TextToPersona.Question) in stage.request(for: question) },
      settle: { question, _, answer in Self.settle(question, answer, stage) },
      describe: { progress in
        FlowProgress(step: FlowStep.derive.rawValue, done: progress.emitted, fraction: reader.counts.fractionRead)
      })
  }

  private static func settle(
    _ question: TextToPersona.Question, _ answer: Answer, _ stage: TextToPersona
  ) -> Settlement {
    let document = question.document
    func rejection(_ reason: String, _ detail: String, _ text: String = "") -> Rejection {
      Rejection(
        id: document.id, reason: reason, detail: detail, file: document.source.file, row: document.source.row,
        text: text)
    }
    switch answer {
    case .failed(let problem): return .failed(rejection("call", problem.description))
    case .reply(let reply):
      switch stage.read(reply, to: question) {
      case .rejected(let reason, let detail): return .rejected(rejection(reason, detail, reply.text))
      case .personas(let found):
        var settlement = Settlement()
        for persona in found { settlement.add(persona) }
        return settlement
      }
    }
  }

  private func description(model: String, prompt: ShippedPrompt) -> RunDescription {
    RunDescription(
      command: FlowStep.derive.rawValue, version: Version.current,
      identity: [.init("corpus", (settings.labels.isEmpty ? settings.corpus : settings.labels).joined(separator: " "))],
      settings: described(model: model).filter { $0.0 != "corpus" }.map { .init($0.0, $0.1) },
      prompts: [.init(prompt.name, prompt.template.sha256)])
  }

  func stage(model: String) throws(Problem) -> (TextToPersona, ShippedPrompt) {
    guard let granularity = TextToPersona.Granularity(rawValue: settings.granularity) else {
      throw Problem("granularity is fine or coarse, not \(settings.granularity)", consequence: .wrongUsage)
    }
    guard let format = TextToPersona.Format(rawValue: settings.format) else {
      throw Problem("format is plain or structured, not \(settings.format)", consequence: .wrongUsage)
    }
    var stageSettings = TextToPersona.Settings(model: model)
    stageSettings.verbs = settings.verbs
    stageSettings.asksEveryVerb = settings.asksEveryVerb
    stageSettings.granularity = granularity
    stageSettings.personasPerText = settings.personasPerText
    stageSettings.format = format
    stageSettings.seed = context.seed
    stageSettings.sampling = context.model.sampling
    let prompt = try ShippedPrompt.read(
      format == .plain ? "derive" : "derive-structured", replacedBy: settings.promptFile,
      variables: TextToPersona.promptVariables)
    return (TextToPersona(settings: stageSettings, prompt: prompt.template), prompt)
  }

  var inputs: [CorpusInput] {
    settings.corpus.enumerated().map { place, path in
      CorpusInput(path, label: place < settings.labels.count ? settings.labels[place] : nil)
    }
  }

  var corpusSettings: CorpusSettings {
    var corpus = CorpusSettings()
    corpus.textKey = settings.textKey ?? ""
    corpus.minimumCharacters = settings.minimumCharacters
    corpus.passageCharacters = settings.passageCharacters
    corpus.maximumPassages = settings.maximumPassages
    corpus.languages = settings.languages
    corpus.maximumRecordBytes = settings.maximumRecordBytes
    return corpus
  }

  /// All that decides the result, in a fixed order.
  func described(model: String) -> [(String, String)] {
    [
      ("corpus", (settings.labels.isEmpty ? settings.corpus : settings.labels).joined(separator: " ")),
      ("textKey", settings.textKey ?? ""), ("minimumCharacters", String(settings.minimumCharacters)),
      ("passageCharacters", String(settings.passageCharacters)), ("maximumPassages", String(settings.maximumPassages)),
      ("languages", settings.languages.joined(separator: ",")), ("verbs", settings.verbs.joined(separator: ",")),
      ("everyVerb", String(settings.asksEveryVerb)), ("granularity", settings.granularity),
      ("perText", String(settings.personasPerText)), ("format", settings.format), ("model", model),
      ("sampling", context.model.described), ("seed", String(context.seed)),
    ]
  }

  private func summary(_ work: DerivationWork, _ run: FlowRun, added: HubAppend.Counts?) -> Summary {
    let progress = run.progress
    var summary = Summary(title: FlowStep.derive.rawValue)
    summary.add("records", "records read", work.reader.counts.records)
    summary.add("passages", "passages asked about", work.passages)
    summary.add("personas", "personas written", progress.records)
    if let added {
      summary.add("added", "new in the hub", added.added)
      summary.add("repeated", "repeats of known personas", added.repeated)
      summary.add("droppedBefore", "dropped before", added.droppedBefore)
    }
    summary.add("skipped", "passages left out, by reason", work.skipped)
    summary.add("rejected", "replies rejected, by reason", progress.rejected)
    summary.add("failed", "failed, by reason", progress.failed)
    run.describe(in: &summary)
    if added != nil {
      summary.add(file: run.folder.recordsPath, "personas, in input order")
      if progress.rejected.total > 0 { summary.add(file: run.folder.rejectedPath, "rejected replies") }
      if progress.failed.total > 0 { summary.add(file: run.folder.failedPath, "failed records and calls") }
      summary.next = ["persona-hub expand --hub \(context.hubPath)", "persona-hub hub stats --hub \(context.hubPath)"]
    }
    return summary
  }
}

/// The input is not the one a run began with.
private struct InputChanged: Error {
  let problem: Problem
  let wasComplete: Bool
}

/// The corpus as a run's input: questions in the order of the texts, and the records that cannot be read among them.
private struct DerivationWork {
  let reader: CorpusReader
  let stage: TextToPersona
  var passages = 0
  private var waiting: [TextToPersona.Question] = []

  init(reader: CorpusReader, stage: TextToPersona) {
    self.reader = reader
    self.stage = stage
  }

  mutating func next() throws -> RunItem<TextToPersona.Question>? {
    while waiting.isEmpty {
      switch try reader.next() {
      case nil: return nil
      case .rejected(let unreadable):
        let rejection = Self.rejection(unreadable)
        return .settled(.failed(rejection), identity: StableHash.of("\(rejection.id)\u{0}\(rejection.detail)".utf8))
      case .document(let document):
        passages += 1
        waiting = stage.questions(about: document).reversed()
      }
    }
    return waiting.popLast().map { .question($0, identity: $0.identity) }
  }

  /// A record that could not be read.
  private static func rejection(_ unreadable: CorpusRejection) -> Rejection {
    let place = unreadable.row > 0 ? unreadable.row : unreadable.byteOffset
    return Rejection(
      id: "\(unreadable.file):\(place)", reason: "unreadable",
      detail: unreadable.reason + (unreadable.advice.isEmpty ? "" : "; fix: \(unreadable.advice)"),
      file: unreadable.file, row: place)
  }

  func failures(_ progress: RunProgress) -> FailureCount {
    let failed = progress.failed.total
    return FailureCount(failed: failed, total: max(reader.counts.records, progress.emitted))
  }

  var skipped: Tally {
    let counts = reader.counts
    var tally = Tally()
    let reasons = [
      ("too-short", counts.tooShort), ("wrong-language", counts.wrongLanguage), ("boilerplate", counts.boilerplate),
      ("repeated", counts.repeated), ("no-text", counts.otherRecords),
    ]
    for (reason, count) in reasons where count > 0 { tally[reason] = count }
    return tally
  }
}

extension CorpusCounts {
  /// Share of the input's bytes that are read; nil when its size is not known.
  var fractionRead: Double? { bytesTotal > 0 ? min(1, Double(bytesRead) / Double(bytesTotal)) : nil }
}
