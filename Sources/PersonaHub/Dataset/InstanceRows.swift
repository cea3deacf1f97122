import PersonaRecords
import ShardFiles

/// The instances of several files, in order; a line that is none comes with its reason.
struct InstanceRows {
  enum Row {
    case instance(SynthesizedInstance, file: String, number: Int)
    case unreadable(Rejection)
  }

  /// Keys that an instance has to have to be told from other JSON.
  private static let wanted = ["id", "recipe", "personaID", "persona", "messages", "text"]

  private var paths: ArraySlice<String>
  private var reader: JSONLinesReader?

  init(paths: [String]) { self.paths = paths[...] }

  /// - Throws: `Problem` when a file is not there; one that breaks off is an unreadable row at its end.
  mutating func next() throws(Problem) -> Row? {
    while true {
      guard let reader else {
        guard let path = paths.popFirst() else { return nil }
        self.reader = try JSONLinesReader(path: path)
        continue
      }
      let event: JSONLinesReader.Event?
      do throws(Problem) {
        event = try reader.next()
      } catch {
        self.reader = nil
        return .unreadable(Rejection(problem: error, file: reader.name))
      }
      switch event {
      case nil: self.reader = nil
      case .rejected(let problem): return .unreadable(Rejection(problem: problem, file: reader.name))
      case .row(let row):
        do throws(Problem) {
          try Self.check(row.value)
          return .instance(try SynthesizedInstance(json: row.value), file: reader.name, number: row.number)
        } catch {
          var rejection = Rejection(problem: error.at(file: reader.name, line: row.number), file: reader.name)
          rejection.text = String(decoding: row.bytes, as: UTF8.self)
          return .unreadable(rejection)
        }
      }
    }
  }

  private static func check(_ value: JSONValue) throws(Problem) {
    guard let members = value.objectValue else {
      throw Problem("a row should be an object and is \(value.kindName)", consequence: .rejectRow)
    }
    let missing = wanted.filter { value[$0] == nil }
    guard missing.isEmpty else {
      throw Problem(
        "this is no instance: \(missing.joined(separator: ", ")) missing "
          + "(this row has: \(members.map(\.key).joined(separator: ", ").cut()))", consequence: .rejectRow)
    }
    guard value["messages"]?.arrayValue != nil else {
      throw Problem("field \"messages\" should be an array", consequence: .rejectRow)
    }
  }
}
