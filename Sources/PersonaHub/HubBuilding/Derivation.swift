import Corpus
import HubStore
import LanguageModels
import PersonaRecords
import ShardFiles
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
    let (stage, prompt) = try stage(model: door.model.name)
    let hub = try Hub.openOrCreate(at: context.hubPath)
    let run = try RunDirectory(
      hub: context.hubPath, command: FlowStep.derive.rawValue, settings: described(model: door.model.name),
      prompts: [(prompt.name, prompt.template.sha256)])
    let append = try hub.beginAppend()
    var work = DerivationWork(stage: stage, run: run, append: append)
    do {
      let reader = CorpusReader(inputs: inputs, settings: corpusSettings)
      let isInterrupted = try await ask(door: door, reader: reader, work: &work)
      work.readCounts = reader.counts
      if isInterrupted {
        append.abandon()
        run.abandon()
        return Outcome(summary: summary(work, door, run, added: nil), failures: work.failures, isInterrupted: true)
      }
      try run.commit()
      var operation = HubOperation(FlowStep.derive.rawValue)
      for (name, value) in described(model: door.model.name) { operation.add(setting: name, value) }
      operation.add(count: "records", work.readCounts.records)
      operation.add(count: "passages", work.passages)
      operation.add(count: "personas", work.personas)
      try append.commit(operation)
      return Outcome(summary: summary(work, door, run, added: append.counts), failures: work.failures)
    } catch {
      append.abandon()
      run.abandon()
      throw error
    }
  }

  private func ask(door: ModelDoor, reader: CorpusReader, work: inout DerivationWork) async throws -> Bool {
    var waiting: [TextToPersona.Question] = []
    let stage = work.stage
    let context = context
    var state = work
    defer { work = state }
    return try await door.ask(
      isStopping: context.isStopping,
      next: {
        while waiting.isEmpty {
          switch try reader.next() {
          case nil: return nil
          case .rejected(let rejection): try state.setAside(rejection)
          case .document(let document):
            state.passages += 1
            waiting = stage.questions(about: document).reversed()
          }
        }
        return waiting.popLast()
      },
      request: { (question: TextToPersona.Question) in question.request },
      deliver: { question, answer in
        try state.take(answer, to: question)
        if state.answered.isMultiple(of: 64) {
          context.onProgress(
            FlowProgress(
              step: FlowStep.derive.rawValue, done: state.answered, fraction: reader.counts.fractionRead,
              rejected: state.rejected.total + state.failed.total, tokens: door.tokens,
              costInDollars: door.costInDollars))
        }
      })
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

  private func summary(
    _ work: DerivationWork, _ door: ModelDoor, _ run: RunDirectory, added: HubAppend.Counts?
  ) -> Summary {
    var summary = Summary(title: FlowStep.derive.rawValue)
    summary.add("records", "records read", work.readCounts.records)
    summary.add("passages", "passages asked about", work.passages)
    summary.add("personas", "personas written", work.personas)
    if let added {
      summary.add("added", "new in the hub", added.added)
      summary.add("repeated", "repeats of known personas", added.repeated)
      summary.add("droppedBefore", "dropped before", added.droppedBefore)
    }
    summary.add("skipped", "passages left out, by reason", work.skipped)
    summary.add("rejected", "replies rejected, by reason", work.rejected)
    summary.add("failed", "failed, by reason", work.failed)
    door.describe(in: &summary)
    if added != nil {
      summary.add(file: "\(run.path)/records.jsonl", "personas, in input order")
      if work.rejected.total > 0 { summary.add(file: "\(run.path)/rejected.jsonl", "rejected replies") }
      if work.failed.total > 0 { summary.add(file: "\(run.path)/failed.jsonl", "failed records and calls") }
      summary.next = ["persona-hub expand --hub \(context.hubPath)", "persona-hub hub stats --hub \(context.hubPath)"]
    }
    return summary
  }
}

/// What a derivation has done so far; changed by one task only, in input order.
private struct DerivationWork {
  let stage: TextToPersona
  let run: RunDirectory
  let append: HubAppend
  var passages = 0
  var answered = 0
  var personas = 0
  var rejected = Tally()
  var failed = Tally()
  var readCounts = CorpusCounts()

  var failures: FailureCount {
    FailureCount(failed: failed.total, total: max(readCounts.records, failed.total + answered))
  }

  var skipped: Tally {
    var tally = Tally()
    let reasons = [
      ("too-short", readCounts.tooShort), ("wrong-language", readCounts.wrongLanguage),
      ("boilerplate", readCounts.boilerplate), ("repeated", readCounts.repeated), ("no-text", readCounts.otherRecords),
    ]
    for (reason, count) in reasons where count > 0 { tally[reason] = count }
    return tally
  }

  init(stage: TextToPersona, run: RunDirectory, append: HubAppend) {
    self.stage = stage
    self.run = run
    self.append = append
  }

  /// A record that could not be read.
  mutating func setAside(_ unreadable: CorpusRejection) throws(Problem) {
    failed["unreadable"] += 1
    let place = unreadable.row > 0 ? unreadable.row : unreadable.byteOffset
    try run.failed.append(
      Rejection(
        id: "\(unreadable.file):\(place)", reason: "unreadable",
        detail: unreadable.reason + (unreadable.advice.isEmpty ? "" : "; fix: \(unreadable.advice)"),
        file: unreadable.file, row: place))
  }

  mutating func take(_ answer: ModelDoor.Answer, to question: TextToPersona.Question) throws {
    answered += 1
    let document = question.document
    switch answer {
    case .failed(let problem):
      failed["call"] += 1
      try run.failed.append(
        Rejection(
          id: document.id, reason: "call", detail: problem.description, file: document.source.file,
          row: document.source.row))
    case .reply(let reply):
      switch stage.read(reply, to: question) {
      case .rejected(let reason, let detail):
        rejected[reason] += 1
        try run.rejected.append(
          Rejection(
            id: document.id, reason: reason, detail: detail, file: document.source.file, row: document.source.row,
            text: reply.text))
      case .personas(let found):
        for persona in found {
          personas += 1
          try run.records.append(persona)
          _ = try append.add(persona)
        }
      }
    }
  }
}

extension CorpusCounts {
  /// Share of the input's bytes that are read; nil when its size is not known.
  var fractionRead: Double? { bytesTotal > 0 ? min(1, Double(bytesRead) / Double(bytesTotal)) : nil }
}
