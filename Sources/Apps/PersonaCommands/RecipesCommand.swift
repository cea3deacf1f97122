import ArgumentParser
import PersonaHub
import PersonaRecords

struct RecipesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "What can be asked of personas.",
    discussion: "Example: persona-hub recipes list",
    subcommands: [List.self, Show.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The recipes that come with the program, a line each.",
      discussion: "Example: persona-hub recipes list --json")

    @Flag(help: "One JSON object per recipe.")
    var json = false

    func run() async throws {
      for entry in try RecipeShelf.entries() {
        guard json else {
          Talk.data("\(entry.name)\t\(entry.summary)\t\(entry.modes.joined(separator: ","))")
          continue
        }
        var line = JSONLine()
        line.object { line in
          line.member("name", entry.name)
          line.member("description", entry.summary)
          line.member("modes", .array(entry.modes.map { .string($0) }))
          line.member("checks", .array(entry.checks.map { .string($0) }))
        }
        Talk.data(line.text)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a recipe's file, to read or to copy.",
      discussion: "Example: persona-hub recipes show math > my-math.yaml")

    @Argument(help: "A recipe by name, or the path of a file, which is checked.")
    var name: String

    func run() async throws {
      Talk.data(Array(try RecipeShelf.entry(name).source.utf8))
    }
  }
}

struct PromptsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompts",
    abstract: "What is asked of models while a hub is built.",
    discussion: "Example: persona-hub prompts show derive",
    subcommands: [List.self, Show.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The prompts that come with the program.", discussion: "Example: persona-hub prompts list")

    func run() async throws {
      for name in try ShippedPrompt.names() { Talk.data(name) }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a prompt's file, to read or to copy.",
      discussion: "Example: persona-hub prompts show derive > my-derive.md")

    @Argument(help: "derive, derive-structured or expand.")
    var name: String

    func run() async throws {
      Talk.data(Array(try ShippedPrompt.shipped(name).utf8))
    }
  }
}
