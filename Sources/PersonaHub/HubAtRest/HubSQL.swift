import HubStore
public import PersonaRecords
import ShardFiles

/// SQL over a hub's segments, answered by DuckDB's command-line program. Source of the columns: `docs/hub.md`.
public enum HubSQL {
  /// The tables a query may name.
  public static let tables = ["personas", "dropped"]

  /// How the answer is laid out.
  public static var layouts: [String] { DuckDBProgram.Layout.allCases.map(\.rawValue) }

  /// Runs one query; DuckDB writes its answer to our stdout.
  /// - Throws: `Problem` when DuckDB is not there or refuses the query.
  public static func run(_ query: String, hubPath: String, layout: String) throws(Problem) {
    guard let layout = DuckDBProgram.Layout(rawValue: layout) else {
      throw Problem(
        "there is no layout \"\(layout.cut(to: 40))\"", advice: "use one of: \(layouts.joined(separator: ", "))",
        consequence: .wrongUsage)
    }
    let hub = try Hub.open(at: hubPath)
    let program = try DuckDBProgram.locate()
    let manifest = hub.manifest
    try program.show(
      view("personas", of: manifest.segments.map { hub.path(of: $0) }, columns: personaColumns)
        + view("dropped", of: manifest.dropped.map { hub.path(of: $0) }, columns: droppedColumns) + query,
      layout: layout)
  }

  // Columns are stated, so that a hub without rows answers too and a type never depends on the first rows.
  private static let originType =
    "STRUCT(kind VARCHAR, document VARCHAR, passage BIGINT, verb VARCHAR, parent VARCHAR, relation VARCHAR, file VARCHAR, "
    + "\"row\" BIGINT)"
  private static let personaColumns = [
    ("id", "VARCHAR"), ("persona", "VARCHAR"), ("origin", originType), ("iteration", "BIGINT"), ("model", "VARCHAR"),
  ]
  private static let droppedColumns = [
    (
      "verdict",
      "STRUCT(id VARCHAR, stage VARCHAR, keep BOOLEAN, reason VARCHAR, representative VARCHAR, similarity DOUBLE)"
    ),
    (
      "persona",
      "STRUCT(id VARCHAR, persona VARCHAR, origin \(originType), iteration BIGINT, model VARCHAR)"
    ),
  ]

  private static func view(_ name: String, of paths: [String], columns: [(String, String)]) -> String {
    guard !paths.isEmpty else {
      let empty = columns.map { "NULL::\($0.1) AS \($0.0)" }.joined(separator: ", ")
      return "CREATE VIEW \(name) AS SELECT \(empty) WHERE false;\n"
    }
    let files = paths.map(DuckDBProgram.literal).joined(separator: ", ")
    let types = columns.map { "\($0.0): \(DuckDBProgram.literal($0.1))" }.joined(separator: ", ")
    return "CREATE VIEW \(name) AS SELECT * FROM read_json([\(files)], format = 'newline_delimited', "
      + "columns = {\(types)}, maximum_object_size = 134217728);\n"
  }
}
