import ArgumentParser
import PersonaHub
import PersonaRecords

/// Which recipe is used, and what is changed about it.
struct RecipeOptions: ParsableArguments {
  @Option(help: "A recipe by name (see: persona-hub recipes list), or the path of your own YAML file.")
  var recipe: String

  @Option(help: "How persona and examples stand in the prompt: zero-shot, few-shot or persona-enhanced-few-shot.")
  var mode = "zero-shot"

  @Option(
    help: ArgumentHelp(
      "A variable of the recipe that is set instead of drawn; may be given several times.", valueName: "name=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("A long text of the recipe, from a file of yours.", valueName: "name=file"))
  var setFile: [String] = []

  @Option(
    help: ArgumentHelp(
      "The background of a game's world: a file, or tidewright-isles or orchard-of-clocks.", valueName: "file"))
  var lore: String?

  @Option(
    help: ArgumentHelp("Examples in the recipe's place: a JSON lines, CSV or TSV file.", valueName: "file"))
  var demonstrations: String?

  @Option(
    help: ArgumentHelp("Key of the example's text in that file. [default: the first usual one]", valueName: "key"))
  var demonstrationKey: String?

  @Option(help: ArgumentHelp("Examples in one prompt. [default: the recipe's, mostly 2]", valueName: "n"))
  var shots: Int?

  @Option(help: ArgumentHelp("Examples that are drawn from a longer file, at most.", valueName: "n"))
  var pool = 64

  @Flag(help: "Have the model derive the persona of each example that has none, once.")
  var inferPersonas = false

  @Option(help: ArgumentHelp("A recipe that judges what passed, such as judge.", valueName: "recipe"))
  var judge: String?

  @Option(help: ArgumentHelp("Score that the judge must give at least. [default: the judge's]", valueName: "score"))
  var leastScore: Double?

  func validate() throws {
    for text in set + setFile where !text.dropFirst().contains("=") {
      throw ValidationError("\"\(text.cut(to: 40))\" should be a name, = and a value")
    }
    if let shots, !(1...50).contains(shots) { throw ValidationError("--shots goes from 1 to 50") }
    guard pool >= 1 else { throw ValidationError("--pool should be at least 1") }
    if demonstrationKey != nil, demonstrations == nil {
      throw ValidationError("--demonstration-key says how --demonstrations is read, and that is not given")
    }
    if leastScore != nil, judge == nil { throw ValidationError("--least-score needs --judge") }
  }

  var choice: RecipeChoice {
    var choice = RecipeChoice(recipe)
    choice.mode = mode
    choice.values = set.map { Self.pair($0) }
    choice.files = (setFile.map { Self.pair($0) } + (lore.map { [("lore", $0)] } ?? [])).map {
      (name: $0.0, path: $0.1)
    }
    choice.demonstrations = demonstrations
    choice.demonstrationKey = demonstrationKey
    choice.shots = shots
    choice.pool = pool
    choice.infersPersonas = inferPersonas
    choice.judge = judge
    choice.leastScore = leastScore
    return choice
  }

  private static func pair(_ text: String) -> (name: String, text: String) {
    let place = text.firstIndex(of: "=") ?? text.endIndex
    return (String(text[..<place]), String(text[place...].dropFirst()))
  }
}
