import ArgumentParser
import PersonaHub
import PersonaRecords

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "What is installed, what is missing, and how to get it.",
    discussion: "Example: persona-hub doctor")

  @Flag(help: "One JSON object per line.")
  var json = false

  func run() async throws {
    let diagnosis = Diagnosis()
    for finding in diagnosis.findings {
      guard json else {
        Talk.data("\(finding.isFine ? "ok     " : "missing")  \(finding.name): \(finding.detail)")
        continue
      }
      var line = JSONLine()
      line.object { line in
        line.member("name", finding.name)
        line.member("ok", finding.isFine)
        line.member("needed", finding.isNeeded)
        line.member("detail", finding.detail)
      }
      Talk.data(line.text)
    }
    if !diagnosis.isWorking { throw ExitCode(ExitCodes.failed) }
  }
}
