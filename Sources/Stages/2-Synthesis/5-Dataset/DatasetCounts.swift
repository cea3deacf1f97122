import Languages
package import PersonaRecords

/// What a data set's card says of its rows, counted as they go by.
///
/// Memory does not grow with the rows: tallies are of recipes, models and languages, and personas are told apart up to
/// `personaLimit`.
package struct DatasetCounts: Sendable, Equatable {
  /// Beyond this the card says "more than".
  static let personaLimit = 1_000_000

  /// A recipe as it was when it made rows.
  package struct RecipeUse: Sendable, Hashable {
    package let name: String
    package let hash: String
    package let mode: String
  }

  package struct RecipeCount: Sendable, Equatable {
    package let recipe: RecipeUse
    package var rows = 0
  }

  /// Rows of each part of the split.
  package private(set) var rowsOfParts: [Int]
  /// In the order in which they first came.
  package private(set) var recipes: [RecipeCount] = []
  package private(set) var models = Tally()
  package private(set) var finishReasons = Tally()
  /// ISO 639 codes; `""` where the language is not clear.
  package private(set) var languages = Tally()
  package private(set) var pairs = Tally()
  package private(set) var usage = TokenUsage()
  package private(set) var costInDollars = 0.0
  /// Characters of the texts.
  package private(set) var characters = 0
  package private(set) var shortest = Int.max
  package private(set) var longest = 0
  package private(set) var systemMessages = 0
  package private(set) var messages = 0
  package var rejected = Tally()
  private var recipePlaces: [RecipeUse: Int] = [:]
  private var personas: Set<PersonaID> = []

  package init(parts: Int) { rowsOfParts = [Int](repeating: 0, count: parts) }

  package var rows: Int { rowsOfParts.reduce(0, +) }

  /// Distinct personas, as far as they were told apart.
  package var personaCount: Int { personas.count }
  package var hasMorePersonas: Bool { personas.count >= Self.personaLimit }

  /// Counts one row.
  package mutating func take(_ example: TrainingExample, pair: TrainingPair?, part: Int) {
    let instance = example.instance
    rowsOfParts[part] += 1
    let use = RecipeUse(name: instance.recipe, hash: instance.recipeHash, mode: instance.mode)
    if let place = recipePlaces[use] {
      recipes[place].rows += 1
    } else {
      recipePlaces[use] = recipes.count
      recipes.append(RecipeCount(recipe: use, rows: 1))
    }
    models[instance.model] += 1
    finishReasons[instance.finishReason] += 1
    languages[LanguageGuess.language(of: instance.text)] += 1
    if let pair { pairs[pair.rawValue] += 1 }
    usage = usage + instance.usage
    costInDollars += instance.costInDollars
    let count = instance.text.count
    characters += count
    shortest = min(shortest, count)
    longest = max(longest, count)
    messages += example.messages.count
    if !example.system.isEmpty { systemMessages += 1 }
    if personas.count < Self.personaLimit { personas.insert(instance.personaID) }
  }
}
