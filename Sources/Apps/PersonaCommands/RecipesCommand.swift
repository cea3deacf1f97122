import ArgumentParser
import PersonaHub
import PersonaRecords

struct RecipesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes",
    abstract: "What can be asked of personas.",
    discussion: "Example: persona-hub recipes list",
    subcommands: [List.self, Show.self, Check.self, New.self, Schema.self])

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
          line.member("variables", .array(entry.variables.map { .string($0) }))
          line.member("steps", entry.steps)
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

extension RecipesCommand {
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what is wrong with a recipe, or shows what it would ask.",
      discussion: """
        Reads the recipe and names its mistakes, each with line and column, in the order of the file. Where there is none, \
        it renders the prompt of each mode for a sample persona, with the tokens it takes.

        Example: persona-hub recipes check math
        """)

    @Argument(help: "A recipe by name, or the path of a file.")
    var name: String

    @Option(help: "The persona that the prompts are rendered for.")
    var persona = RecipeRendering.samplePersona

    @Option(help: ArgumentHelp("A variable that is set instead of drawn.", valueName: "name=value"))
    var set: [String] = []

    @Flag(help: "One JSON object per mode, or per mistake.")
    var json = false

    func run() async throws {
      let renderings: [RecipeRendering]
      do {
        renderings = try RecipeRendering.all(of: name, persona: persona, values: set)
      } catch {
        throw refused(error.all)
      }
      for rendering in renderings {
        if json {
          Talk.data(rendering.json)
        } else {
          Talk.data("=== \(rendering.mode), about \(rendering.promptTokens) tokens\n\(rendering.prompt)\n")
        }
      }
      Talk.say("\(name): no mistakes")
    }

    /// Says what is wrong: as data where JSON is asked for, else to people.
    private func refused(_ problems: [Problem]) -> ExitCode {
      for problem in problems {
        if json { Talk.data(problem.json) } else { Talk.say("persona-hub: \(problem)") }
      }
      if json || problems.count > 1 { Talk.say("\(name): \(problems.count) mistake\(problems.count == 1 ? "" : "s")") }
      return ExitCode(ExitCodes.code(of: problems[0].consequence))
    }
  }

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Begins a recipe of your own: a file to change.",
      discussion: "Example: persona-hub recipes new haiku > haiku.yaml")

    @Argument(help: "The recipe's name: letters, digits and hyphens.")
    var name: String

    func validate() throws {
      guard !name.isEmpty, name.allSatisfy({ ($0.isASCII && ($0.isLetter || $0.isNumber)) || $0 == "-" }) else {
        throw ValidationError("a name may hold letters, digits and hyphens")
      }
    }

    func run() async throws { Talk.data(Array(try RecipeShelf.beginning(named: name).utf8)) }
  }

  struct Schema: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The JSON Schema of recipe files, for editors that complete and check YAML.",
      discussion: "Example: persona-hub recipes schema > recipe.schema.json")

    func run() async throws { Talk.data(Array(try RecipeShelf.editorSchema().utf8)) }
  }
}

struct PromptsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompts",
    abstract: "What is asked of models while a hub is built, and in conversations.",
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

    @Argument(help: "derive, derive-structured, expand, converse-user or converse-persona.")
    var name: String

    func run() async throws {
      Talk.data(Array(try ShippedPrompt.shipped(name).utf8))
    }
  }
}
