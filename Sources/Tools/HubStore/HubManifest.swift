package import PersonaRecords

/// What is in a hub and how it was made: the content of `hub.json`, and the only word on which files count.
///
/// Rows stand in the order of `segments`, and within each in the order of its lines. File numbers only ever grow, so
/// names sorted by alphabet give the same order, and a name never stands for two contents.
package struct HubManifest: Sendable, Equatable {
  /// The format this program writes, and the newest it reads.
  package static let currentFormatVersion = 1

  /// One file of rows that never changes once it is named here.
  package struct Part: Sendable, Equatable {
    /// What its rows are.
    package enum Kind: String, Sendable, CaseIterable {
      /// Personas of the hub.
      case segment = "personas"
      /// Rows that left the hub, each with the verdict that dropped it.
      case dropped
      /// Further origins of personas that arose more than once.
      case lineage
    }

    package let kind: Kind
    /// Below the hub's folder, with `/`; for example `personas/000000.jsonl.zst`.
    package let path: String
    package let rows: Int
    /// Size of the compressed file.
    package let byteCount: Int
    /// Of the compressed file, 64 lower-case hex digits.
    package let sha256: String
  }

  package var segments: [Part] = []
  package var dropped: [Part] = []
  package var lineage: [Part] = []
  /// Number of the next segment file; numbers of segments that a drop replaced are not used again.
  package var nextSegment = 0
  package var history: [HubOperation] = []

  package init() {}

  /// Personas in the hub.
  package var rowCount: Int { segments.reduce(0) { $0 + $1.rows } }
  /// Rows that were dropped, all stages together.
  package var droppedRowCount: Int { dropped.reduce(0) { $0 + $1.rows } }
  /// Further origins of personas that arose more than once.
  package var lineageRowCount: Int { lineage.reduce(0) { $0 + $1.rows } }
  /// All files, compressed.
  package var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }
  /// Every file the hub consists of beside `hub.json`: segments, dropped, lineage.
  package var parts: [Part] { segments + dropped + lineage }

  /// Whether an entry with this name and these settings stands in the history.
  func hasEntered(_ operation: HubOperation) -> Bool { history.contains { $0.isSameCommand(as: operation) } }
}

extension HubManifest {
  /// The bytes of `hub.json`: JSON with one file or operation on each line, so that people and `diff` can read it.
  var fileBytes: [UInt8] {
    func list(_ name: String, _ records: [some JSONLineRecord]) -> String {
      let lines = records.map { String(decoding: $0.jsonLine, as: UTF8.self) }
      return "\"\(name)\":[" + (lines.isEmpty ? "]" : "\n" + lines.joined(separator: ",\n") + "]")
    }
    let members = [
      "\"formatVersion\":\(Self.currentFormatVersion)", "\"nextSegment\":\(nextSegment)", list("segments", segments),
      list("dropped", dropped), list("lineage", lineage), list("history", history),
    ]
    return Array("{\(members.joined(separator: ",\n"))}\n".utf8)
  }

  /// Reads the bytes of `hub.json`.
  /// - Throws: `Problem` when they are not JSON, of a newer format, or name a file that no hub would make.
  init(fileBytes: [UInt8]) throws(Problem) {
    let advice = "restore hub.json from a copy; the segments beside it are untouched"
    let json: JSONValue
    do throws(JSONSyntaxError) {
      json = try JSONValue(utf8: fileBytes)
    } catch {
      throw Problem("this is not the manifest of a hub", advice: advice, cause: error.description)
    }
    guard let version = json["formatVersion"]?.intValue else {
      throw Problem("field \"formatVersion\" is missing, so this is not the manifest of a hub", advice: advice)
    }
    guard version <= Self.currentFormatVersion else {
      throw Problem(
        "this hub has format version \(version), and this program reads versions up to \(Self.currentFormatVersion)",
        advice: "use a newer persona-hub; nothing was changed")
    }
    do throws(Problem) {
      nextSegment = try json.int("nextSegment")
      for part in json["segments"]?.arrayValue ?? [] { segments.append(try Part(json: part)) }
      for part in json["dropped"]?.arrayValue ?? [] { dropped.append(try Part(json: part)) }
      for part in json["lineage"]?.arrayValue ?? [] { lineage.append(try Part(json: part)) }
      for operation in json["history"]?.arrayValue ?? [] { history.append(try HubOperation(json: operation)) }
    } catch {
      throw Problem("this manifest of a hub is damaged", advice: advice, cause: error.what)
    }
  }
}

extension HubManifest.Part: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("path", path)
      line.member("rows", rows)
      line.member("bytes", byteCount)
      line.member("sha256", sha256)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    let path = try json.string("path")
    // A name of another shape could lead out of the hub's folder, and old segments are deleted by name.
    guard let name = HubFileName(path: path) else {
      throw Problem("\"\(path.cut())\" is not the name of a file of a hub")
    }
    self.init(
      kind: name.kind, path: path, rows: try json.int("rows"), byteCount: try json.int("bytes"),
      sha256: try json.string("sha256"))
  }

  /// For a dropped file, the stage that dropped its rows, for example `quality-filter`; else `""`.
  package var stage: String { HubFileName(path: path)?.stage ?? "" }
}
