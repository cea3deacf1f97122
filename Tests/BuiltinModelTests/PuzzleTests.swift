import BuiltinModel
import PersonaRecords
import Testing

/// Puzzles are read back from their text and solved by trying everything.
struct PuzzleTests {
  private static let logic = (UInt64(0)..<600).map { seed in
    BuiltinModel.logicPuzzle(persona: RecipePersonas.all[Int(seed) % 200], seed: seed)
  }
  private static let spatial = (UInt64(0)..<600).map { seed in
    BuiltinModel.spatialPuzzle(persona: RecipePersonas.all[Int(seed) % 200], seed: seed)
  }

  @Test func everyPuzzleAsksAtTheEndAndHasAnAnswer() {
    for puzzle in Self.logic + Self.spatial {
      #expect(puzzle.text.hasSuffix("?") && !puzzle.answer.isEmpty)
      #expect(!puzzle.text.contains("{") && !puzzle.text.contains("["), "\(puzzle.text)")
    }
  }

  private static func permutations(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0...shorter.count).map { Array(shorter[..<$0]) + [count - 1] + Array(shorter[$0...]) }
    }
  }

  /// The sentence without its number, its first word in small letters.
  private static func clues(of text: String) -> [Substring] {
    guard let start = text.firstRange(of: "This much is known:") else { return [] }
    return text[start.upperBound...].split(separator: "\n").flatMap { line in
      line.split(separator: ".").map { $0.drop { $0 == " " } }.filter {
        !$0.allSatisfy(\.isNumber) && !$0.hasSuffix("?")
      }
    }
  }

  @Test func floorsHaveOneSolution() throws {
    let puzzles = Self.spatial.filter { $0.text.contains("Who works on floor") }
    try #require(puzzles.count > 20)
    for puzzle in puzzles {
      let clues = Self.clues(of: puzzle.text)
      let names = Array(
        Set(
          puzzle.text.split { !$0.isLetter }.map { String($0) }.filter { word in
            word.first?.isUppercase ?? false
              && clues.contains { clue in clue.split { !$0.isLetter }.contains { $0 == word } }
          }
        ).subtracting(["Exactly", "One", "This", "Who", "Floor", "On", "Each"])
      ).sorted()
      // A name that no clue mentions is told by the others.
      var all = names
      if all.count == 4 { all.append(puzzle.answer) }
      guard Set(all).count == 5 else { continue }
      let fitting = Self.permutations(5).filter { floor in
        clues.allSatisfy { Self.holds($0, floor: Dictionary(uniqueKeysWithValues: zip(all, floor))) }
      }
      let asked = try #require(Int(String(puzzle.text.suffix(2).prefix(1)))) - 1
      #expect(fitting.count == 1, "\(fitting.count): \(puzzle.text)")
      if let only = fitting.first { #expect(all[only.firstIndex(of: asked) ?? 0] == puzzle.answer, "\(puzzle.text)") }
    }
  }

  private static func holds(_ clue: Substring, floor: [String: Int]) -> Bool {
    let named = clue.split { !$0.isLetter }.map { String($0) }.compactMap { floor[$0] }
    guard let a = named.first else { return true }
    let b = named.last ?? a
    if clue.contains("directly above") { return a == b + 1 }
    if clue.contains("One flight of stairs") { return a + 1 == b }
    if clue.contains("lower floor than") { return a < b }
    if clue.contains("floor is above") { return a > b }
    if clue.contains("do not work on neighbouring") { return abs(a - b) != 1 }
    if clue.contains("work on neighbouring") { return abs(a - b) == 1 }
    if clue.contains("between") {
      let gap = ["one": 1, "two": 2, "three": 3].first { clue.contains("Exactly \($0.key)") }?.value ?? 0
      return abs(a - b) == gap + 1
    }
    if clue.contains("does not work on floor"), let last = clue.last { return "\(a + 1)" != "\(last)" }
    if clue.contains("either on the lowest") { return a == 0 || a == 4 }
    Issue.record("unknown clue: \(clue)")
    return false
  }

  @Test func exactlyOneSuspectFitsTheStatements() throws {
    let puzzles = Self.logic.filter { $0.text.hasSuffix("Who was it?") }
    try #require(puzzles.count > 20)
    for puzzle in puzzles {
      let said = puzzle.text.split(separator: "\n").filter { $0.contains(": “") }
      let names = said.map { String($0.prefix { $0 != ":" }) }
      let wanted = ["one": 1, "two": 2, "three": 3].first { puzzle.text.contains("xactly \($0.key) of the four") }?
        .value
      let fitting = names.filter { suspect in
        said.count(where: { line in
          let speaker = line.prefix { $0 != ":" }
          if line.contains("It was not me") { return speaker != suspect }
          let isNamed = line.drop { $0 != "“" }.split { !$0.isLetter }.contains { $0 == suspect }
          return line.contains("It was not") ? !isNamed : isNamed
        }) == wanted
      }
      #expect(fitting == [puzzle.answer], "\(fitting) \(puzzle)")
    }
  }

  @Test func truthTellersAreTheOnlyOnesThatFit() throws {
    let puzzles = Self.logic.filter { $0.text.hasSuffix("Who tells the truth, and who lies?") }
    try #require(puzzles.count > 20)
    for puzzle in puzzles {
      let said = puzzle.text.split(separator: "\n").filter { $0.contains(": “") }
      let names = said.map { String($0.prefix { $0 != ":" }) }
      let fitting = (0..<(1 << names.count)).filter { bits in
        let honest = { (name: Int) in bits >> name & 1 == 1 }
        return names.indices.allSatisfy { speaker in
          let words = said[speaker].drop { $0 != "“" }
          let named = words.split { !$0.isLetter }.compactMap { word in names.firstIndex(of: String(word)) }
          let truth: Bool
          if words.contains("always lies") {
            truth = !honest(named[0])
          } else if words.contains("always tells") {
            truth = honest(named[0])
          } else if words.contains("At least one of") {
            truth = !honest(named[0]) || !honest(named[1])
          } else if words.contains("of different kinds") {
            truth = honest(named[0]) != honest(speaker)
          } else if words.contains("and I are") {
            truth = honest(named[0]) == honest(speaker)
          } else if words.contains("of the same kind") {
            truth = honest(named[0]) == honest(named[1])
          } else {
            let wanted =
              ["one": 1, "two": 2, "three": 3].first { words.contains("xactly \($0.key) of us") }?.value ?? -1
            truth = names.indices.count(where: { honest($0) }) == wanted
          }
          return truth == honest(speaker)
        }
      }
      let solved = fitting.map { bits in
        names.indices.filter { bits >> $0 & 1 == 1 }.map { names[$0] }.joined(separator: ", ")
      }
      #expect(solved == [String(puzzle.answer.dropFirst("truthful: ".count))], "\(solved) \(puzzle)")
    }
  }

  @Test func walksEndWhereTheirStepsLead() throws {
    let puzzles = Self.spatial.filter { $0.text.contains(" walks ") && $0.text.contains("measured from the start") }
    try #require(puzzles.count > 10)
    let compass = ["north", "east", "south", "west"]
    for puzzle in puzzles {
      let words = puzzle.text.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
      var facing = try #require(words.compactMap { compass.firstIndex(of: $0) }.first)
      var (x, y) = (0, 0)
      for (place, word) in words.enumerated() {
        if word == "turns" {
          facing = (facing + ["right": 1, "round": 2, "left": 3][words[place + 1], default: 0]) % 4
        }
        let length = word == "walks" ? Int(words[place + 1]) : word == "another" ? Int(words[place + 1]) : nil
        guard let length else { continue }
        x += [0, length, 0, -length][facing]
        y += [length, 0, -length, 0][facing]
      }
      let along = y == 0 ? [] : ["\(abs(y)) m \(y > 0 ? "north" : "south")"]
      let across = x == 0 ? [] : ["\(abs(x)) m \(x > 0 ? "east" : "west")"]
      #expect((along + across).joined(separator: " and ") == puzzle.answer, "\(puzzle)")
    }
  }

  @Test func paintedCubesAreCountedOneByOne() throws {
    let puzzles = Self.spatial.filter { $0.text.contains("small cubes have") }
    try #require(puzzles.count > 5)
    for puzzle in puzzles {
      let sizes = puzzle.text.split { !$0.isNumber }.compactMap { Int($0) }.suffix(3).map { $0 }
      let wanted = puzzle.text.contains("no painted face") ? 0 : puzzle.text.contains("exactly one") ? 1 : 2
      var count = 0
      for x in 0..<sizes[0] {
        for y in 0..<sizes[1] {
          for z in 0..<sizes[2] {
            let faces = [x == 0, x == sizes[0] - 1, y == 0, y == sizes[1] - 1, z == 0, z == sizes[2] - 1].count { $0 }
            if faces == wanted { count += 1 }
          }
        }
      }
      #expect("\(count)" == puzzle.answer, "\(puzzle)")
    }
  }
}
