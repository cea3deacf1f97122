import ArgumentParser
import PersonaHub

struct HubSQLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "SQL over the hub, answered by DuckDB.",
    discussion: """
      Tables: personas (id, persona, origin, iteration, model) and dropped (verdict, persona). Needs DuckDB's program; \
      see: persona-hub doctor.

      Example: persona-hub hub sql "SELECT iteration, count(*) AS n FROM personas GROUP BY ALL ORDER BY ALL" --hub hub
      """)

  @Argument(help: "The query.")
  var query: String

  @Option(help: "How the answer is laid out: \(HubSQL.layouts.joined(separator: ", ")).")
  var layout: String?

  @OptionGroup var hub: HubOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try HubSQL.run(query, hubPath: hub.hub, layout: layout ?? (output.json ? "jsonLines" : HubSQL.layouts[0]))
  }
}
