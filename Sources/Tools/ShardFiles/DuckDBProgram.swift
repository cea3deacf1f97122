import Foundation
package import PersonaRecords

/// DuckDB's command-line program, which reads parquet and answers SQL for us as a child process.
package struct DuckDBProgram: Sendable {
  /// How `show` lays out its answer.
  package enum Layout: String, Sendable, CaseIterable {
    case table, csv, jsonLines

    fileprivate var flag: String {
      switch self {
      case .table: "-box"
      case .csv: "-csv"
      case .jsonLines: "-jsonlines"
      }
    }
  }

  package static let environmentVariable = "PERSONA_HUB_DUCKDB"

  /// The program's file.
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// Looks for the program: where `PERSONA_HUB_DUCKDB` says, then as `duckdb` on the PATH, then as `.tools/bin/duckdb` in
  /// the folders above our own program, where `make setup` puts it.
  ///
  /// - Parameters:
  ///   - environment: the variables of the process unless given.
  ///   - ownProgram: our own file unless given.
  /// - Throws: `Problem` that says how to get it.
  package static func locate(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    ownProgram: String? = Bundle.main.executablePath
  ) throws(Problem) -> DuckDBProgram {
    let files = FileManager.default
    if let named = environment[environmentVariable], !named.isEmpty {
      guard files.isExecutableFile(atPath: named) else {
        throw Problem(
          "\(environmentVariable) names this file, and it is no program", at: .init(file: named),
          advice: "let it name DuckDB's command-line program, or unset it")
      }
      return DuckDBProgram(path: named)
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let candidate = "\(folder)/duckdb"
      if files.isExecutableFile(atPath: candidate) { return DuckDBProgram(path: candidate) }
    }
    if let ownProgram {
      var folder = URL(fileURLWithPath: ownProgram).resolvingSymlinksInPath().deletingLastPathComponent()
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent(".tools/bin/duckdb").path
        if files.isExecutableFile(atPath: candidate) { return DuckDBProgram(path: candidate) }
        folder = folder.deletingLastPathComponent()
      }
    }
    throw Problem(
      "DuckDB's command-line program is needed for parquet and SQL, and was not found",
      advice: "run make setup, or pip install duckdb-cli, or let \(environmentVariable) name the program")
  }

  /// The answer to one query as a stream of JSON lines, while the program still computes; constant memory here.
  ///
  /// The program ends with the stream: dropping the stream early ends it too.
  /// - Parameter name: what the rows are, for messages, for example the parquet file.
  package func jsonLines(_ query: String, name: String) throws(Problem) -> ByteStream {
    // Into a pipe, never into a file: DuckDB would cut a file that is its standard output.
    let sql = "COPY (\(Self.withoutSemicolon(query))) TO '/dev/stdout' (FORMAT json)"
    return try ByteStream(
      try ChildProcess(path: path, arguments: Self.flags + ["-c", sql], name: "DuckDB", file: name), name: name)
  }

  /// Runs statements for their effect, for example `COPY … TO 'file.parquet'`.
  package func run(_ sql: String) throws(Problem) {
    let child = try ChildProcess(path: path, arguments: Self.flags + ["-c", sql], name: "DuckDB")
    let stream = try ByteStream(child, name: "DuckDB")
    while try stream.fill() { stream.consume(stream.availableCount) }
  }

  /// Runs statements and lets the program write its answer to our standard output.
  package func show(_ sql: String, layout: Layout) throws(Problem) {
    let arguments = Self.flags + [layout.flag, "-c", sql]
    try ChildProcess(path: path, arguments: arguments, name: "DuckDB", passesOutputThrough: true).wait()
  }

  /// A name of a column or table, quoted for SQL.
  package static func identifier(_ name: String) -> String { quoted(name, with: "\"") }

  /// A string, quoted for SQL.
  package static func literal(_ text: String) -> String { quoted(text, with: "'") }

  /// Nobody's start-up file, no colours, stop at the first error.
  private static let flags = ["-init", "/dev/null", "-batch", "-bail"]

  private static func quoted(_ text: String, with quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    result.append(quote)
    // Scalars, not characters: a quote with a combining mark on it is another character, and still ends an SQL string.
    // A NUL would end the argument; no name or path contains one.
    for scalar in text.unicodeScalars where scalar != "\0" {
      result.append(scalar)
      if scalar == quote { result.append(quote) }
    }
    result.append(quote)
    return String(result)
  }

  private static func withoutSemicolon(_ query: String) -> String {
    var query = Substring(query)
    while let last = query.last, last == ";" || last.isWhitespace { query.removeLast() }
    return String(query)
  }
}
