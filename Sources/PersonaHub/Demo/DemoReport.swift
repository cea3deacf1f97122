import Corpus
import FlowReport
import Foundation
import HubStore
import Languages
import PersonaRecords
import SemanticDedup
import ShardFiles

/// Gathers what the demo's page shows. Everything is held in memory: the demo's hub is small by design.
struct DemoReport {
  let demo: Demo
  let steps: [FlowStep: Outcome]
  let syntheses: [Outcome]

  private static let exampleCount = 10

  func content() throws -> FlowReport.Content {
    let hub = try Hub.open(at: demo.hubPath)
    var kept: [Persona] = []
    try hub.forEachPersona { persona, _ in kept.append(persona) }
    var dropped: [DroppedPersona] = []
    let droppedRows = hub.droppedPersonas()
    while let row = try droppedRows.next() { dropped.append(row) }
    let everyone = Dictionary(
      (kept + dropped.map(\.persona)).map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })

    let derived = figure(.derive, "added")
    let drops = drops(of: dropped, everyone: everyone)
    let setAside: [Rejection] = try records(labelled: "failed records and calls", of: steps[.derive])
    var content = FlowReport.Content(
      title: "From texts to personas to data",
      counts: FlowReport.Counts(
        documentsRead: figure(.derive, "records"), personasDerived: derived,
        personasAfterExpansion: derived + figure(.expand, "added"), droppedByFilter: figure(.filter, "dropped"),
        duplicates: figure(.dedup, "dropped") + figure(.semanticDedup, "dropped"), keptInHub: kept.count,
        instances: syntheses.reduce(0) { $0 + $1.summary.count("accepted") }),
      rounds: [FlowReport.Round(iteration: 0, newPersonas: derived)] + rounds(), drops: drops,
      rejectedInstances: try rejectedInstances(), model: "builtin")
    (content.languages, content.scripts, content.lengths) = distributions(of: kept)
    content.examples = try examples(everyone: everyone)
    content.setAside = setAside.prefix(12).map { .init(file: $0.file, row: $0.row, reason: $0.detail) }
    content.setAsideTotal = setAside.count
    content.settings = [
      .init("seed", String(demo.seed)), .init("rounds of expansion", String(PaperSettings.expansionIterations)),
      .init("surface similarity threshold", String(PaperSettings.surfaceThreshold)),
      .init(
        "cosine above which meanings are the same",
        steps[.semanticDedup] == nil
          ? "not compared: the sentence model is not installed" : "\(SemanticDeduplication.Settings().threshold)"),
      .init("personas asked per recipe", String(Demo.instancesPerRecipe)),
    ]
    return content
  }

  private func figure(_ step: FlowStep, _ key: String) -> Int { steps[step]?.summary.count(key) ?? 0 }

  private func rounds() -> [FlowReport.Round] {
    let perRound = steps[.expand]?.summary.breakdowns.first { $0.key == "perRound" }?.tally ?? Tally()
    return perRound.names.enumerated().map { place, name in
      FlowReport.Round(iteration: place + 1, newPersonas: perRound[name])
    }
  }

  // MARK: What left

  private func drops(of dropped: [DroppedPersona], everyone: [String: Persona]) -> [FlowReport.Drop] {
    var explanations = Dictionary(uniqueKeysWithValues: Filtering.rules.map { ($0.name, $0.summary) })
    explanations[SemanticDedup.reason] =
      "Nearly the same meaning as a persona that stays, by the cosine of their vectors."
    var tally = Tally()
    var examples: [String: DroppedPersona] = [:]
    for row in dropped {
      tally[row.verdict.reason] += 1
      if examples[row.verdict.reason] == nil { examples[row.verdict.reason] = row }
    }
    return tally.ranked.map { reason, count in
      let example = examples[reason]
      let isDuplicate = example.map { !$0.verdict.representative.isEmpty } ?? false
      return FlowReport.Drop(
        kind: isDuplicate ? .duplicate : .filter, reason: reason,
        explanation: explanations[reason] ?? "Nearly the same words as a persona that stays.", count: count,
        example: example.map { row in
          .init(
            text: row.persona.text, representative: everyone[row.verdict.representative]?.text ?? "",
            similarity: row.verdict.similarity)
        })
    }
  }

  private func rejectedInstances() throws -> [FlowReport.Drop] {
    var tally = Tally()
    var examples: [String: String] = [:]
    for synthesis in syntheses {
      for rejection in try records(labelled: "rejected, with reasons", of: synthesis) {
        tally[rejection.reason] += 1
        if examples[rejection.reason] == nil { examples[rejection.reason] = rejection.text }
      }
    }
    return tally.ranked.map { reason, count in
      FlowReport.Drop(kind: .check, reason: reason, count: count, example: examples[reason].map { .init(text: $0) })
    }
  }

  /// The rows of a file that a step named under this label; none when it made no such file.
  private func records(labelled label: String, of outcome: Outcome?) throws -> [Rejection] {
    guard let path = outcome?.summary.files.first(where: { $0.label == label })?.path else { return [] }
    return try rows(of: path)
  }

  private func rows<Record: JSONLineRecord>(of path: String) throws -> [Record] {
    let reader = try JSONLinesReader(path: path)
    var rows: [Record] = []
    while let event = try reader.next() {
      if case .row(let row) = event { rows.append(try Record(json: row.value)) }
    }
    return rows
  }

  // MARK: What is in the hub

  private func distributions(
    of personas: [Persona]
  ) -> ([FlowReport.Tally], [FlowReport.Tally], [FlowReport.LengthTally]) {
    var languages = Tally()
    var scripts = Tally()
    var lengths: [Int: Int] = [:]
    for persona in personas {
      languages[LanguageGuess.language(of: persona.text)] += 1
      scripts["\(LanguageGuess.script(of: persona.text))".capitalized] += 1
      lengths[persona.text.count, default: 0] += 1
    }
    func shown(_ tally: Tally) -> [FlowReport.Tally] { tally.ranked.map { .init(name: $0.name, count: $0.count) } }
    return (
      shown(languages), shown(scripts),
      lengths.sorted { $0.key < $1.key }.map { .init(length: $0.key, count: $0.value) }
    )
  }

  // MARK: Ways through the whole flow

  /// One example per text, chosen so that languages, recipes and rounds vary.
  private func examples(everyone: [String: Persona]) throws -> [FlowReport.Example] {
    let texts = try documents()
    var candidates: [(example: FlowReport.Example, document: String)] = []
    for recipe in Demo.recipes {
      let instances: [SynthesizedInstance] = try rows(of: "\(demo.folder)/\(recipe).jsonl")
      for instance in instances {
        guard let example = example(of: instance, everyone: everyone, texts: texts) else { continue }
        candidates.append(example)
      }
    }
    var chosen: [FlowReport.Example] = []
    var documents = Set<String>()
    var seen = Tally()
    while chosen.count < Self.exampleCount {
      // The one whose language, recipe and round are the least shown so far; the first of equals.
      let best = candidates.indices.filter { !documents.contains(candidates[$0].document) }.min { one, other in
        familiarity(candidates[one].example, seen) < familiarity(candidates[other].example, seen)
      }
      guard let best else { break }
      let (example, document) = candidates[best]
      chosen.append(example)
      documents.insert(document)
      for trait in traits(of: example) { seen[trait] += 1 }
    }
    return chosen
  }

  private func traits(of example: FlowReport.Example) -> [String] {
    ["language \(example.language)", "recipe \(example.instances[0].recipe)", "round \(example.relations.count)"]
  }

  private func familiarity(_ example: FlowReport.Example, _ seen: Tally) -> Int {
    traits(of: example).reduce(0) { $0 + seen[$1] * seen[$1] }
  }

  private func example(
    of instance: SynthesizedInstance, everyone: [String: Persona], texts: [String: Document]
  ) -> (FlowReport.Example, String)? {
    guard var person = everyone[instance.personaID.description] else { return nil }
    var relations: [FlowReport.Relation] = []
    while person.origin.kind == .relation {
      relations.append(.init(name: person.origin.relation, persona: person.text))
      guard let parent = everyone[person.origin.parent] else { return nil }
      person = parent
    }
    let place = "\(person.origin.document)\u{0}\(person.origin.passage)"
    guard let document = texts[place] else { return nil }
    let example = FlowReport.Example(
      text: document.text, file: document.source.file, row: document.source.row, language: document.language,
      verb: person.origin.verb, persona: person.text, relations: relations.reversed(),
      instances: [.init(recipe: instance.recipe, text: instance.text, iteration: relations.count)])
    return (example, document.id)
  }

  /// The demo's passages by id and number.
  private func documents() throws -> [String: Document] {
    let folder = try ShippedFiles.folder().appending(path: Demo.corpusLabel).path
    var settings = Derivation.Settings(corpus: [folder])
    settings.labels = [Demo.corpusLabel]
    let derivation = Derivation(
      settings: settings, context: FlowContext(hubPath: demo.hubPath, model: ModelSettings(name: "builtin", url: nil)))
    let reader = CorpusReader(inputs: derivation.inputs, settings: derivation.corpusSettings)
    var documents: [String: Document] = [:]
    while let event = try reader.next() {
      if case .document(let document) = event { documents["\(document.id)\u{0}\(document.passage)"] = document }
    }
    return documents
  }
}

extension Summary {
  /// The whole number under this key; 0 when there is none.
  func count(_ key: String) -> Int { figures.first { $0.key == key }?.value.intValue ?? 0 }
}
