package import PersonaRecords
import ShardFiles

/// The rows of a small CSV or TSV file with a header, each as an object of texts.
package enum TableRows {
  /// - Parameters:
  ///   - separator: `,` or a tab.
  ///   - limit: rows that are read at most; a table with more is refused.
  /// - Throws: `Problem` with the line of a row that has another number of fields than the header, or is no UTF-8.
  package static func read(path: String, separator: UInt8, limit: Int = 1_000_000) throws(Problem) -> [JSONValue] {
    let records = SeparatedRecords(try ByteStream(path: path), separator: separator, maximumBytes: 1 << 20)
    var names: [String] = []
    var rows: [JSONValue] = []
    while let event = try records.next() {
      guard case .record(let record) = event else {
        throw Problem(
          "a record does not end: its quote is not closed", at: .init(file: path), advice: "close the quote")
      }
      let at = Problem.Place(file: path, line: record.line)
      var fields: [String] = []
      for field in record.fields {
        guard let text = String(validating: field, as: UTF8.self) else {
          throw Problem("invalid UTF-8", at: at, advice: "convert the file to UTF-8, for example with iconv")
        }
        fields.append(text)
      }
      if names.isEmpty {
        names = fields.map { $0.collapsingWhitespace() }
        continue
      }
      guard fields.count == names.count else {
        throw Problem(
          "this row has \(fields.count) fields, and the header has \(names.count)", at: at,
          advice: "quote fields that hold the separator")
      }
      guard rows.count < limit else {
        throw Problem("the table has more than \(limit) rows", at: at, advice: "use a part of it")
      }
      rows.append(.object(zip(names, fields).map { .init($0, .string($1)) }))
    }
    return rows
  }
}
