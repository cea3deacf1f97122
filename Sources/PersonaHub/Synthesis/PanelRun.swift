import LanguageModels
import Panel
import PersonaRecords
import Recipes
import RunLedger
import ShardFiles

/// A panel of personas answers a question; the answers are counted. Source: arXiv 2406.20094, Section 5.
public struct PanelRun: Sendable {
  public struct Settings: Sendable {
    /// A file: plain text, or YAML with question, choices and scale.
    public var question: String
    /// Members of the panel.
    public var size = 100
    /// Field whose values share the panel evenly.
    public var stratifyBy: String?
    /// Where the answers go, one instance per member.
    public var output: String
    /// Where the report goes, as Markdown.
    public var report: String

    public init(question: String, output: String, report: String) {
      self.question = question
      self.output = output
      self.report = report
    }
  }

  private let settings: Settings
  private let context: FlowContext

  public init(settings: Settings, context: FlowContext) {
    self.settings = settings
    self.context = context
  }

  private struct Member: Sendable {
    let persona: Persona
    let stratum: String
  }

  /// Asks every member, writes the answers in the order of the sample, and the report.
  /// - Throws: `Problem`; neither is left then.
  public func run() async throws -> Outcome {
    let question = try PanelQuestion(reading: try SmallFiles.text(settings.question), file: settings.question)
    let recipe = try recipe(question)
    let members = try members()
    return try await ModelDoor.withDoor(context) { door in
      let work = try RecipeWork(recipe, mode: .zeroShot, model: door.model.name, context: context)
      return try await door.withRun(description(recipe, question, model: door.model.name)) { run in
        let isInterrupted = try await ask(run, members, work)
        let result = PanelResult(
          question: question, answers: isInterrupted ? [] : try answers(run, members),
          stratifiedBy: settings.stratifyBy ?? "")
        if !isInterrupted {
          try ShardCopy.copy(run.folder.recordsPath, to: settings.output)
          let writer = try ShardWriter(path: settings.report)
          try writer.append(line: Array(PanelReport(result, model: door.model.name).text.utf8))
          _ = try writer.commit()
        }
        return (isInterrupted, { summary(run, result) })
      }
    }
  }

  /// What the panel takes, and what its first member is asked; nothing is asked or written.
  public func plan() throws -> Outcome {
    let question = try PanelQuestion(reading: try SmallFiles.text(settings.question), file: settings.question)
    let recipe = try recipe(question)
    let work = try RecipeWork(recipe, mode: .zeroShot, model: context.model.name, context: context)
    var plan = CallPlan()
    let members = try members()
    for member in members {
      plan.add(try work.request(for: work.assignment(of: member.persona, number: 0)), expected: 120)
    }
    var summary = Summary(title: "panel, dry run")
    summary.add("members", "members of the panel", members.count)
    plan.describe(in: &summary, model: context.model)
    for entry in description(recipe, question, model: context.model.name).settings where !entry.value.isEmpty {
      summary.add(entry.name, entry.name, entry.value)
    }
    summary.add("prompt", "first prompt", plan.firstPrompt)
    return Outcome(summary: summary)
  }

  private func recipe(_ question: PanelQuestion) throws(Problem) -> Recipe {
    let source = try ShippedFiles.text("panel.yaml").replacing("json: SCHEMA", with: "json: \(question.schema.line)")
    let recipe = try RecipeShelf.recipe(reading: source, file: "panel.yaml")
    return try recipe.setting([(name: "question", text: question.shown)], blocks: [])
  }

  private func members() throws -> [Member] {
    var sample = HubSample.Settings(count: settings.size)
    sample.seed = context.seed
    sample.stratifyBy = settings.stratifyBy
    var quiet = context
    quiet.onProgress = { _ in }
    var members: [Member] = []
    _ = try HubSample(settings: sample).run(quiet) { line in
      let row = try JSONValue(utf8: line)
      let persona = try Persona(json: row)
      let stratum = settings.stratifyBy.map { HubSample.text(of: $0, in: row, persona: persona.text) } ?? ""
      members.append(Member(persona: persona, stratum: stratum))
    }
    guard !members.isEmpty else {
      throw Problem(
        "the hub is empty", at: .init(file: context.hubPath), advice: "fill it with persona-hub derive or hub import")
    }
    return members
  }

  private func ask(_ run: FlowRun, _ members: [Member], _ work: RecipeWork) async throws -> Bool {
    func reader() -> () -> RunItem<Assignment>? {
      var waiting = members.makeIterator()
      return {
        waiting.next().map {
          .question(work.assignment(of: $0.persona, number: 0), identity: $0.persona.id.low)
        }
      }
    }
    return try await run.ask(
      next: reader(), again: { reader() }, request: { (assignment: Assignment) in try work.request(for: assignment) },
      proceed: { assignment, calls in try work.proceed(assignment, calls) },
      describe: { FlowProgress(step: "panel", done: $0.emitted, total: members.count) })
  }

  private func answers(_ run: FlowRun, _ members: [Member]) throws -> [PanelResult.Answer] {
    let strata = Dictionary(members.map { ($0.persona.id, $0.stratum) }) { first, _ in first }
    var answers: [PanelResult.Answer] = []
    guard run.progress.records > 0 else { return [] }
    let reader = try JSONLinesReader(path: run.folder.recordsPath)
    while let event = try reader.next() {
      guard case .row(let row) = event else { continue }
      let instance = try SynthesizedInstance(json: row.value)
      let fields = JSONValue.object(instance.fields)
      let reasons = fields["reasons"]?.stringValue.flatMap { try? JSONValue(text: $0) }
      answers.append(
        .init(
          persona: instance.persona, stratum: strata[instance.personaID] ?? "",
          text: fields["answer"]?.stringValue ?? instance.text, choice: fields["choice"]?.stringValue ?? "",
          rating: fields["rating"]?.intValue, reasons: reasons?.arrayValue?.compactMap(\.stringValue) ?? []))
    }
    return answers
  }

  private func description(_ recipe: Recipe, _ question: PanelQuestion, model: String) -> RunDescription {
    RunDescription(
      command: "panel", version: Version.current, identity: [.init("output", context.place(of: settings.output))],
      settings: [
        .init("question", String(HexDigits.sha256(of: question.shown.utf8).prefix(16))),
        .init("size", String(settings.size)),
        .init("stratifyBy", settings.stratifyBy ?? ""), .init("model", model),
        .init("sampling", context.model.described),
        .init("seed", String(context.seed)),
      ], prompts: [.init("panel", recipe.hash)])
  }

  private func summary(_ run: FlowRun, _ result: PanelResult) -> Summary {
    let progress = run.progress
    var summary = Summary(title: "panel")
    summary.add("asked", "members asked", progress.emitted)
    summary.add("accepted", "answers", progress.records)
    summary.add("rejected", "rejected, by check", progress.rejected)
    summary.add("failed", "calls failed", progress.failed.total)
    var choices = Tally()
    for share in result.choices() { choices[share.name] = share.count }
    summary.add("choices", "choices", choices)
    if let ratings = result.ratings {
      summary.add("meanRating", "mean rating", (ratings.mean * 100).rounded() / 100)
      summary.add("meanRatingMargin", "  give or take (95%)", (ratings.margin * 100).rounded() / 100)
    }
    var reasons = Tally()
    for group in result.reasons.prefix(8) { reasons[group.share.name] = group.share.count }
    summary.add("reasons", "reasons", reasons)
    run.describe(in: &summary)
    summary.notes.append(
      "no person was asked: this shows what the model connects with the personas, no opinion of people")
    if progress.isComplete {
      summary.add(file: settings.report, "report")
      summary.add(file: settings.output, "answers")
    }
    if progress.rejected.total > 0 { summary.add(file: run.folder.rejectedPath, "rejected, with reasons") }
    return summary
  }
}
