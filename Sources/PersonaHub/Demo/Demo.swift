import Embeddings
import FlowReport
import Foundation
import HubStore
import PersonaRecords
import ShardFiles

/// The whole flow on the texts that come with the program: a hub, two small data sets, and a page that shows the way.
public struct Demo: Sendable {
  /// Folder that the demo makes.
  public var folder: String
  public var seed: UInt64
  public var concurrency: Int

  /// Personas asked per recipe.
  static let instancesPerRecipe = 120
  static let recipes = ["math", "instruction"]
  static let corpusLabel = "demo-corpus"

  public init(folder: String, seed: UInt64 = 0, concurrency: Int = 16) {
    self.folder = folder
    self.seed = seed
    self.concurrency = concurrency
  }

  public var hubPath: String { "\(folder)/hub" }
  public var reportPath: String { "\(folder)/report.html" }

  /// Makes hub, data sets and report anew; what an earlier demo left in the folder is replaced.
  ///
  /// - Parameter onStep: told how each step ended, in order.
  /// - Throws: `Problem`, among others when the folder holds a hub that is not the demo's.
  public func run(
    onProgress: @escaping @Sendable (FlowProgress) -> Void, isStopping: @escaping @Sendable () -> Bool,
    onStep: (Outcome) -> Void
  ) async throws -> Outcome {
    try clearEarlierDemo()
    var model = ModelSettings(name: "builtin", url: nil)
    model.concurrency = concurrency
    let context = FlowContext(
      hubPath: hubPath, model: model, seed: seed, onProgress: onProgress, isStopping: isStopping)
    var derivation = Derivation.Settings(corpus: [try ShippedFiles.folder().appending(path: Self.corpusLabel).path])
    derivation.labels = [Self.corpusLabel]

    var steps: [FlowStep: Outcome] = [:]
    var build = HubBuild(derivation: derivation)
    let missing = missingModel()
    if missing == nil { build.semanticDeduplication = SemanticDeduplication.Settings() }
    var outcome = try await build.run(context) { step, outcome in
      steps[step] = outcome
      onStep(outcome)
    }
    var syntheses: [Outcome] = []
    for recipe in Self.recipes where !outcome.isInterrupted {
      let settings = Synthesis.Settings(
        recipe: RecipeChoice(recipe), count: Self.instancesPerRecipe, output: "\(folder)/\(recipe).jsonl")
      outcome = try await Synthesis(settings: settings, context: context).run()
      syntheses.append(outcome)
      onStep(outcome)
    }
    if outcome.isInterrupted { return outcome }
    let content = try DemoReport(demo: self, steps: steps, syntheses: syntheses).content()
    let page = try ShardWriter(path: reportPath)
    try page.append(line: Array(FlowReport(content).html().utf8))
    _ = try page.commit()
    var summary = summary(content, steps, syntheses)
    if let missing { summary.notes.append("meanings were not compared: \(missing.what); \(missing.advice)") }
    return Outcome(summary: summary)
  }

  /// Why meanings cannot be compared; nil when they can.
  private func missingModel() -> Problem? {
    do throws(Problem) {
      _ = try ModelFolder.locate()
      return nil
    } catch {
      return error
    }
  }

  private func summary(_ content: FlowReport.Content, _ steps: [FlowStep: Outcome], _ syntheses: [Outcome]) -> Summary {
    var summary = Summary(title: "demo")
    let counts = content.counts
    summary.add("records", "records read", counts.documentsRead)
    summary.add("derived", "personas from texts", counts.personasDerived)
    summary.add("expanded", "personas after six rounds", counts.personasAfterExpansion)
    summary.add("droppedByFilter", "dropped by the filter", counts.droppedByFilter)
    summary.add("duplicates", "near-copies dropped", steps[.dedup]?.summary.count("dropped") ?? 0)
    if let semantic = steps[.semanticDedup]?.summary {
      summary.add("sameMeaning", "of the same meaning, dropped", semantic.count("dropped"))
    }
    summary.add("kept", "kept in the hub", counts.keptInHub)
    summary.add("instances", "instances accepted", counts.instances)
    var rounds = Tally()
    for round in content.rounds where round.iteration > 0 { rounds["round \(round.iteration)"] = round.newPersonas }
    summary.add("perRound", "new per round", rounds)
    var reasons = Tally()
    for drop in content.drops + content.rejectedInstances { reasons[drop.reason] += drop.count }
    summary.add("reasons", "rejected and dropped, by reason", reasons)
    var broken = Tally()
    if content.setAsideTotal > 0 { broken["broken on purpose, set aside"] = content.setAsideTotal }
    summary.add("setAside", "bad input", broken)
    summary.add(file: reportPath, "report, for a browser")
    summary.add(file: hubPath, "hub")
    for recipe in Self.recipes { summary.add(file: "\(folder)/\(recipe).jsonl", "data set: \(recipe)") }
    summary.notes.append("builtin made all this without a network: it is a text analyser, not a language model")
    summary.next = [
      "persona-hub hub search --semantic \"life at sea\" --hub \(hubPath)",
      "persona-hub derive your-texts/ --hub my-hub",
    ]
    return summary
  }

  /// Removes what an earlier demo left, and nothing else.
  private func clearEarlierDemo() throws {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the demo's folder cannot be made", at: .init(file: folder), advice: "name another with --out DIR",
        cause: error.localizedDescription)
    }
    guard files.fileExists(atPath: hubPath) else { return }
    if files.fileExists(atPath: "\(hubPath)/hub.json") {
      let first = try Hub.open(at: hubPath).manifest.history.first
      let isOurs = first.map { $0.settings.contains { $0.name == "corpus" && $0.value == Self.corpusLabel } } ?? true
      guard isOurs else {
        throw Problem(
          "this folder holds a hub that the demo did not make", at: .init(file: hubPath),
          advice: "name another folder with --out DIR")
      }
    }
    try files.removeItem(atPath: hubPath)
  }
}
