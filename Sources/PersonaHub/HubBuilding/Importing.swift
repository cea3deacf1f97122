import HubStore
import PersonaRecords
import ShardFiles

/// Brings personas from JSON lines files into a hub.
public struct Importing: Sendable {
  public var files: [String]
  /// Key of the description in each row.
  public var personaField: String
  /// Near-copies of what the hub has, or of each other, leave again once all is in; nil lets them stay.
  public var deduplication: Deduplication.Settings?

  public init(files: [String], personaField: String = "persona", deduplication: Deduplication.Settings? = nil) {
    self.files = files
    self.personaField = personaField
    self.deduplication = deduplication
  }

  /// Adds what is new; rows that are no personas are set aside with their reason.
  ///
  /// A row of our own shape (with `id` and `origin`) keeps origin, iteration and model; any other is a persona with the
  /// origin `import` and its file and row.
  /// - Throws: `Problem`; the hub is unchanged then.
  public func run(_ context: FlowContext) throws -> Outcome {
    let dedup = try deduplication.map { settings throws(Problem) in try Deduplication(settings: settings) }
    let hub = try Hub.openOrCreate(at: context.hubPath)
    let known = hub.manifest.rowCount
    let settings = [("files", files.joined(separator: " ")), ("personaField", personaField)]
    let run = try RunDirectory(hub: context.hubPath, command: "import", settings: settings, prompts: [])
    let append = try hub.beginAppend()
    var read = 0
    var failed = Tally()
    do {
      for file in files {
        let reader = try JSONLinesReader(path: file)
        while let row = try nextRow(reader, file, run, &failed) {
          if (read + failed.total).isMultiple(of: 4096) {
            if context.isStopping() { throw Stopped() }
            context.onProgress(FlowProgress(step: "import", done: read, rejected: failed.total))
          }
          if let problem = try refusal(of: row, file: file, by: append) {
            failed["not-a-persona"] += 1
            try run.failed.append(Rejection(problem: problem.at(file: file, line: row.number), file: file))
          } else {
            read += 1
          }
        }
      }
      try run.commit()
      var operation = HubOperation("import")
      for (name, value) in settings { operation.add(setting: name, value) }
      operation.add(count: "rows", read)
      try append.commit(operation)
    } catch {
      append.abandon()
      run.abandon()
      throw error
    }
    var summary = Summary(title: "import")
    summary.add("rows", "personas read", read)
    summary.add("added", "new in the hub", append.counts.added)
    if let dedup, append.counts.added > 0 {
      summary.add("nearCopies", "of these dropped as near-copies", try dedup.dropNewCopies(context, after: known))
    }
    summary.add("repeated", "repeats of known personas", append.counts.repeated)
    summary.add("droppedBefore", "dropped before", append.counts.droppedBefore)
    summary.add("failed", "rows set aside, by reason", failed)
    if failed.total > 0 { summary.add(file: "\(run.path)/failed.jsonl", "rows set aside") }
    summary.next = ["persona-hub filter --hub \(context.hubPath)"]
    return Outcome(summary: summary, failures: FailureCount(failed: failed.total, total: read + failed.total))
  }

  /// Adds the persona of a row; why the row is none, else nil.
  private func refusal(of row: JSONLinesReader.Row, file: String, by append: HubAppend) throws(Problem) -> Problem? {
    do {
      var persona = try persona(from: row, file: file)
      // Part of another hub, without the person this one is related to: what is known here is the file.
      if persona.origin.kind == .relation, !(PersonaID(persona.origin.parent).map(append.contains) ?? false) {
        persona.origin = Persona.Origin(kind: .imported, file: file, row: row.number)
      }
      try append.add(persona)
      return nil
    } catch {
      guard error.consequence == .rejectRow else { throw error }
      return error
    }
  }

  /// The next row; what cannot be read is set aside here.
  private func nextRow(
    _ reader: JSONLinesReader, _ file: String, _ run: RunDirectory, _ failed: inout Tally
  ) throws -> JSONLinesReader.Row? {
    while true {
      let event: JSONLinesReader.Event?
      do {
        event = try reader.next()
      } catch {
        // A torn file ends here; what was readable has been handed out.
        failed["unreadable"] += 1
        try run.failed.append(Rejection(problem: error, file: file))
        return nil
      }
      switch event {
      case nil: return nil
      case .row(let row)?: return row
      case .rejected(let problem)?:
        failed["unreadable"] += 1
        try run.failed.append(Rejection(problem: problem, file: file))
      }
    }
  }

  private func persona(from row: JSONLinesReader.Row, file: String) throws(Problem) -> Persona {
    let value = row.value
    if personaField == "persona", value["origin"] != nil, value["id"] != nil { return try Persona(json: value) }
    guard case .object(let members) = value else {
      throw Problem("a row should be an object and is \(value.kindName)", consequence: .rejectRow)
    }
    guard let text = value[personaField]?.stringValue else {
      throw Problem(
        "field \"\(personaField)\" is missing or no text (this row has: \(members.map(\.key).joined(separator: ", ").cut()))",
        advice: "add the field, or name yours with --persona-field", consequence: .rejectRow)
    }
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw Problem("field \"\(personaField)\" is empty", consequence: .rejectRow)
    }
    return Persona(
      text: text, origin: Persona.Origin(kind: .imported, file: file, row: row.number),
      model: value["model"]?.stringValue ?? "")
  }
}
