import PersonaRecords
import ShardFiles

/// The texts of a parquet file, read by DuckDB's program as a child process.
final class ParquetTexts: RawTextReader {
  private let rows: JSONLinesTexts

  /// - Throws: `Problem` when DuckDB is not there, cannot read the file, or no column holds the text.
  init(path: String, file: String, settings: CorpusSettings) throws(Problem) {
    let program = try DuckDBProgram.locate()
    let table = "read_parquet(\(DuckDBProgram.literal(path)))"
    let columns = try Self.columns(of: table, file: file, program: program)
    guard
      let (text, expression) = settings.textKeys.lazy.compactMap({ key in
        columns.first { $0.name == key }?.textExpression.map { (key, $0) }
      }).first
    else {
      let keys = settings.textKeys.map { "\"\($0)\"" }.joined(separator: ", ")
      let seen = columns.map { $0.isText ? $0.name : "\($0.name) (\($0.type.cut(to: 40)))" }.joined(separator: ", ")
      throw Problem(
        "no column of text is called \(keys); the columns are: \(seen.cut(to: 400))", at: .init(file: file),
        advice: "name the column that holds the text with --text-key")
    }
    var selected = ["\(expression) AS text"]
    if columns.contains(where: { $0.name == "id" }) && text != "id" { selected.append("CAST(id AS VARCHAR) AS id") }
    for name in ["language", "lang"] where columns.contains(where: { $0.name == name && $0.isText }) && text != name {
      selected.append("\(name) AS \(name)")
    }
    let stream = try program.jsonLines("SELECT \(selected.joined(separator: ", ")) FROM \(table)", name: file)
    rows = JSONLinesTexts(stream, file: file, settings: settings, textKeys: ["text"])
  }

  func next() throws(Problem) -> RawEvent? { try rows.next() }

  private struct Column {
    let name: String
    let type: String
    var isText: Bool { type == "VARCHAR" }

    /// What gives the column's text in SQL: texts as they are, lists of texts and of chat messages joined; nil for others.
    var textExpression: String? {
      let column = DuckDBProgram.identifier(name)
      if isText { return column }
      if type == "VARCHAR[]" { return "array_to_string(\(column), E'\\n\\n')" }
      let isMessages = type.hasPrefix("STRUCT(") && type.hasSuffix(")[]")
      guard isMessages, type.replacing("\"", with: "").contains("content VARCHAR") else { return nil }
      return "array_to_string([message.content for message in \(column)], E'\\n\\n')"
    }
  }

  private static func columns(of table: String, file: String, program: DuckDBProgram) throws(Problem) -> [Column] {
    let stream = try program.jsonLines("FROM (DESCRIBE SELECT * FROM \(table))", name: file)
    let reader = JSONLinesReader(LineReader(stream), name: file)
    var columns: [Column] = []
    while let event = try reader.next() {
      if case .row(let row) = event {
        columns.append(Column(name: try row.value.string("column_name"), type: try row.value.string("column_type")))
      }
    }
    return columns
  }
}
