import Foundation
public import PersonaRecords
import RunLedger
import ShardFiles

/// A run at rest: what it was made with, how far it is, and what went wrong in it.
public struct RunOverview: Sendable {
  public let name: String
  public let path: String
  public let command: String
  public let isComplete: Bool
  /// Items that came to their end.
  public let items: Int
  public let records: Int
  public let rejected: Tally
  public let failed: Tally
  public let usage: TokenUsage
  public let spentDollars: Double
  public let spentTokens: Int
  /// Settings that decide the result, by name.
  public let settings: [(name: String, value: String)]
  /// Batches sent to the provider, the earliest first.
  public let batches: [BatchOverview]
  /// Why calls and records failed, the most frequent first; read when asked for.
  public internal(set) var causes: [(cause: String, count: Int, example: String)] = []

  /// The runs of a hub, by name.
  /// - Throws: `Problem` for a ledger that cannot be read.
  public static func all(inHub hub: String) async throws -> [RunOverview] {
    var overviews: [RunOverview] = []
    for folder in RunFolder.all(in: "\(hub)/runs") { overviews.append(try await RunOverview(folder)) }
    return overviews
  }

  /// One run with the causes of its failures.
  /// - Throws: `Problem` when there is no such run, or its files cannot be read.
  public static func named(_ name: String, inHub hub: String) async throws -> RunOverview {
    let folder = try found(name, hub)
    var overview = try await RunOverview(folder)
    overview.causes = try causes(in: folder)
    return overview
  }

  /// How to call the command that made a run again.
  /// - Throws: `Problem` when there is no such run, or it was made without a command line.
  public static func command(of name: String, inHub hub: String) async throws -> (folder: String, arguments: [String]) {
    let place = try found(name, hub)
    guard FileManager.default.fileExists(atPath: place.ledgerPath) else { throw notResumable(place) }
    let ledger = try await LedgerDatabase(path: place.ledgerPath)
    let line = try await ledger.command()
    try ledger.close()
    guard let json = try? JSONValue(text: line), let folder = json["folder"]?.stringValue,
      let arguments = json["arguments"]?.arrayValue?.compactMap(\.stringValue), !arguments.isEmpty
    else { throw notResumable(place) }
    return (folder, arguments)
  }

  private static func notResumable(_ folder: RunFolder) -> Problem {
    Problem(
      "\(folder.name) was not made by a command that can go on", at: .init(file: folder.path),
      advice: "type the command again; it goes on where it stopped", consequence: .wrongUsage)
  }

  private static func found(_ name: String, _ hub: String) throws(Problem) -> RunFolder {
    let all = RunFolder.all(in: "\(hub)/runs")
    if let exact = all.first(where: { $0.name == name }) { return exact }
    // Of several with this beginning, the one that was worked on last.
    let similar = name.isEmpty ? [] : all.filter { $0.name.hasPrefix(name) }
    if let last = similar.max(by: { lastChange($0) < lastChange($1) }) { return last }
    throw Problem(
      "there is no run \"\(name.cut(to: 60))\"", at: .init(file: "\(hub)/runs"),
      advice: "see their names with: persona-hub runs list --hub \(hub)",
      consequence: .wrongUsage)
  }

  private static func lastChange(_ folder: RunFolder) -> Date {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.ledgerPath)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }

  private init(_ folder: RunFolder) async throws {
    let description = try folder.description()
    var progress = RunProgress()
    var batches: [BatchOverview] = []
    if FileManager.default.fileExists(atPath: folder.ledgerPath) {
      let ledger = try await LedgerDatabase(path: folder.ledgerPath)
      progress = try await ledger.progress() ?? progress
      batches = try await ledger.batchRecords().map(BatchOverview.init)
      try ledger.close()
    } else {
      // Steps without model calls are done at once, or not at all.
      progress.isComplete = FileManager.default.fileExists(atPath: folder.recordsPath)
    }
    name = folder.name
    path = folder.path
    command = description.command
    self.batches = batches
    isComplete = progress.isComplete
    items = progress.emitted
    records = progress.records
    rejected = progress.rejected
    failed = progress.failed
    usage = progress.usage
    spentDollars = progress.spentDollars
    spentTokens = progress.spentTokens
    settings = (description.identity + description.settings).map { ($0.name, $0.value) }
  }

  /// Groups failures by what happened: digits aside, the words of the first line.
  private static func causes(in folder: RunFolder) throws -> [(cause: String, count: Int, example: String)] {
    guard FileManager.default.fileExists(atPath: folder.failedPath) else { return [] }
    var groups: [String: (count: Int, example: String)] = [:]
    let reader = try JSONLinesReader(path: folder.failedPath)
    while let event = try reader.next() {
      guard case .row(let row) = event, let rejection = try? Rejection(json: row.value) else { continue }
      let first = rejection.detail.split(separator: "\n").first.map(String.init) ?? rejection.reason
      let cause = first.replacing(/\d+/, with: "N").cut()
      groups[cause, default: (0, rejection.id)].count += 1
    }
    return groups.map { ($0.key, $0.value.count, $0.value.example) }.sorted {
      ($1.count, $0.cause) < ($0.count, $1.cause)
    }
  }
}

extension RunOverview {
  /// The run as one JSON object; stable keys.
  public var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("name", name)
      line.member("path", path)
      line.member("command", command)
      line.member("complete", isComplete)
      line.member("items", items)
      line.member("records", records)
      for (name, tally) in [("rejected", rejected), ("failed", failed)] {
        line.key(name)
        line.object { line in for (name, count) in tally.ranked { line.member(name, count) } }
      }
      line.member("promptTokens", usage.promptTokens)
      line.member("completionTokens", usage.completionTokens)
      line.member("spentUSD", spentDollars)
      line.member("spentTokens", spentTokens)
      line.key("settings")
      line.object { line in for (name, value) in settings { line.member(name, value) } }
      line.key("batches")
      line.array { line in for batch in batches { batch.write(to: &line) } }
      line.key("causes")
      line.array { line in
        for cause in causes {
          line.object { line in
            line.member("cause", cause.cause)
            line.member("count", cause.count)
            line.member("example", cause.example)
          }
        }
      }
    }
    return line.text
  }
}
