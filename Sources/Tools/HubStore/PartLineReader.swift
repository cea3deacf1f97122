import PersonaRecords
import ShardFiles

/// Reads the lines of a hub's files one after the other, and sees to it that none is missing.
final class PartLineReader {
  private let hub: Hub
  private var remaining: ArraySlice<HubManifest.Part>
  private var lines: LineReader?
  /// The file that is read at present.
  private(set) var part: HubManifest.Part?
  /// Number of the line handed out last, counted from 1.
  private(set) var row = 0

  init(_ hub: Hub, _ parts: [HubManifest.Part]) {
    self.hub = hub
    self.remaining = parts[...]
  }

  /// The next line; nil behind the last. It shares the reader's memory: use it before the next call, or copy it.
  /// - Throws: `Problem` when a file is missing, damaged, or has another number of rows than the manifest says.
  func next() throws(Problem) -> ArraySlice<UInt8>? {
    while true {
      guard let part, let lines else {
        guard let next = remaining.popFirst() else { return nil }
        row = 0
        do throws(Problem) {
          self.lines = try LineReader(path: hub.path(of: next))
        } catch {
          throw hub.explain(error, reading: next)
        }
        self.part = next
        continue
      }
      switch try lines.next() {
      case .line(let line):
        row = line.number
        return line.bytes
      case .oversize(let line): throw line.problem(file: hub.path(of: part))
      case nil:
        guard row == part.rows else {
          throw damaged("this file has \(row) rows, and hub.json says \(part.rows)")
        }
        self.lines = nil
        self.part = nil
      }
    }
  }

  /// A problem with the line handed out last.
  func damaged(_ what: String, cause: String = "") -> Problem {
    Problem(
      what, at: .init(file: part.map { hub.path(of: $0) }, line: row > 0 ? row : nil),
      advice: "the file was changed after the hub wrote it: restore it from a copy; hub verify lists all damage",
      cause: cause)
  }

  /// Reads a record off the line handed out last.
  func record<Row: HubRow>(_ type: Row.Type, from line: ArraySlice<UInt8>) throws(Problem) -> Row {
    do {
      return try Row(written: JSONValue(utf8: line))
    } catch let problem as Problem {
      throw damaged("this row cannot be read", cause: problem.what)
    } catch {
      throw damaged("this row is not JSON", cause: "\(error)")
    }
  }
}
