import PersonaCommands

@main
struct PersonaHubMain {
  static func main() async {
    await PersonaHubCommand.runAndExit()
  }
}
