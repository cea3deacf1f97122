import PersonaRecords

/// How the clues of one story read: what comes before what, and where the ends are.
struct ClueWords {
  /// Templates with `{a}` and `{b}`.
  let before: [String]
  let justBefore: [String]
  let adjacent: [String]
  let notAdjacent: [String]
  /// With `{gap}` ("one", "two", "three") and `{s}` behind its noun.
  let between: [String]
  /// With `{spot}`.
  let notAt: [String]
  let atAnEnd: [String]
  var same: [String] = []
  var notSame: [String] = []
  /// Names of the places: "first", "Monday", "the ground floor".
  let spots: [String]

  static let numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"]

  /// The clue as a sentence, for things by their names.
  func sentence(_ clue: PuzzleClue, names: [String], _ random: inout SeededRandom) -> String {
    var weaver = Weaver()
    func fill(_ templates: [String], _ a: Int, _ b: Int? = nil) -> String {
      weaver["a"] = names[a]
      if let b { weaver["b"] = names[b] }
      return weaver.one(of: templates, &random).capitalised
    }
    switch clue {
    case .before(let a, let b): return fill(before, a, b)
    case .justBefore(let a, let b): return fill(justBefore, a, b)
    case .adjacent(let a, let b): return random.below(2) == 0 ? fill(adjacent, a, b) : fill(adjacent, b, a)
    case .notAdjacent(let a, let b): return random.below(2) == 0 ? fill(notAdjacent, a, b) : fill(notAdjacent, b, a)
    case .between(let a, let b, let gap):
      weaver["gap"] = Self.numbers[gap]
      weaver["s"] = gap == 1 ? "" : "s"
      weaver["isare"] = gap == 1 ? "is" : "are"
      return fill(between, a, b)
    case .notAt(let a, let spot):
      weaver["spot"] = spots[spot]
      return fill(notAt, a)
    case .atAnEnd(let a): return fill(atAnEnd, a)
    case .same(let a, let b): return fill(same, a, b)
    case .notSame(let a, let b): return fill(notSame, a, b)
    }
  }

  func sentences(_ clues: [PuzzleClue], names: [String], _ random: inout SeededRandom) -> [String] {
    clues.map { sentence($0, names: names, &random) }
  }

  /// Which kinds can be told.
  func tells(_ clue: PuzzleClue) -> Bool {
    switch clue {
    case .before: !before.isEmpty
    case .justBefore: !justBefore.isEmpty
    case .adjacent: !adjacent.isEmpty
    case .notAdjacent: !notAdjacent.isEmpty
    case .between: !between.isEmpty
    case .notAt: !notAt.isEmpty
    case .atAnEnd: !atAnEnd.isEmpty
    case .same: !same.isEmpty
    case .notSame: !notSame.isEmpty
    }
  }

  /// "Ada, Bela and Carmen".
  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
