import Foundation
import PersonaRecords
import ShardFiles

/// Makes parquet files of rows, through DuckDB's program.
enum ParquetFiles {
  /// Stated, so that a type never depends on the rows.
  private static let columns = [
    ("id", "VARCHAR"), ("recipe", "VARCHAR"), ("personaID", "VARCHAR"), ("persona", "VARCHAR"),
    ("messages", "STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]"),
  ]

  /// Turns each part's rows into its file, and removes the rows.
  /// - Throws: `Problem` when DuckDB is not there, or cannot.
  static func make(_ parts: [ExportPlace.Part], in staging: StagingFolder) throws(Problem) {
    let program = try DuckDBProgram.locate()
    let types = columns.map { "\(DuckDBProgram.literal($0.0)): \(DuckDBProgram.literal($0.1))" }
      .joined(separator: ", ")
    for part in parts {
      let rows = staging.file(part.rowsName)
      let file = staging.file(part.name)
      // One thread: the order of row groups, and so the bytes, must not depend on which core was first.
      try program.run(
        "SET threads = 1; COPY (SELECT * FROM read_json([\(DuckDBProgram.literal(rows))], "
          + "format = 'newline_delimited', columns = {\(types)}, maximum_object_size = 134217728)) "
          + "TO \(DuckDBProgram.literal(file)) (FORMAT parquet, COMPRESSION zstd)")
      try StagingFolder.sync(file)
      try? FileManager.default.removeItem(atPath: rows)
    }
  }
}
