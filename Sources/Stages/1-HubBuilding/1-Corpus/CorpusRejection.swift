package import PersonaRecords

/// A record (or a whole file) that could not be read, with place and reason.
package struct CorpusRejection: JSONLineRecord, Equatable {
  package var file: String
  /// Line or record, counted from 1; 0 when the whole file is meant or the place is known as an offset only.
  package var row: Int
  /// Byte in the unpacked file; 0 when the place is known as a row.
  package var byteOffset: Int
  package var reason: String
  package var advice: String

  package init(file: String, row: Int = 0, byteOffset: Int = 0, reason: String, advice: String = "") {
    self.file = file
    self.row = row
    self.byteOffset = byteOffset
    self.reason = reason
    self.advice = advice
  }

  /// What a problem says; the place it does not know is taken from the arguments.
  package init(_ problem: Problem, file: String, row: Int = 0, byteOffset: Int = 0) {
    self.init(
      file: file, row: problem.place.line ?? row, byteOffset: byteOffset,
      reason: problem.cause.isEmpty ? problem.what : "\(problem.what) (\(problem.cause))", advice: problem.advice)
  }

  /// The same for people.
  package var problem: Problem {
    let offset = row == 0 && byteOffset > 0 ? " (at byte \(byteOffset))" : ""
    return Problem(
      reason + offset, at: .init(file: file, line: row > 0 ? row : nil), advice: advice, consequence: .rejectRow)
  }

  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("file", file)
      line.member("row", row)
      line.member("byteOffset", byteOffset)
      line.member("reason", reason)
      line.member("advice", advice)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    self.init(
      file: try json.string("file"), row: try json.int("row"), byteOffset: try json.int("byteOffset"),
      reason: try json.string("reason"), advice: try json.string("advice"))
  }
}
