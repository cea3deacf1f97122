import PersonaRecords

/// What a clue says of the places of two things, or of one thing and a place. Things are numbered through all groups:
/// thing `t` is number `t % count` of group `t / count`.
package enum PuzzleClue: Equatable, Sendable {
  case before(Int, Int)
  case justBefore(Int, Int)
  case adjacent(Int, Int)
  case notAdjacent(Int, Int)
  /// Exactly this many places lie between them.
  case between(Int, Int, Int)
  case notAt(Int, Int)
  case atAnEnd(Int)
  /// Things of two groups that share a place, or do not.
  case same(Int, Int)
  case notSame(Int, Int)

  package func holds(_ place: [Int]) -> Bool {
    switch self {
    case .before(let a, let b): place[a] < place[b]
    case .justBefore(let a, let b): place[a] + 1 == place[b]
    case .adjacent(let a, let b): abs(place[a] - place[b]) == 1
    case .notAdjacent(let a, let b): abs(place[a] - place[b]) > 1
    case .between(let a, let b, let gap): abs(place[a] - place[b]) == gap + 1
    case .notAt(let a, let spot): place[a] != spot
    case .atAnEnd(let a): place[a] == 0 || place[a] == place.max()
    case .same(let a, let b): place[a] == place[b]
    case .notSame(let a, let b): place[a] != place[b]
    }
  }
}

/// A puzzle in which one or two groups of things each stand in a row, and the clues leave one arrangement.
package struct OrderPuzzle: Sendable {
  package let count: Int
  package let groups: Int
  package private(set) var clues: [PuzzleClue]
  /// The place of each thing, from 0.
  package let solution: [Int]

  /// Draws an arrangement, then true clues until no other fits, then drops every clue that is not needed.
  ///
  /// - Parameters:
  ///   - given: clues that are told in any case; the arrangement satisfies them.
  ///   - allows: which kinds of clue the story can tell.
  init(
    count: Int, groups: Int, given: [PuzzleClue] = [], _ random: inout SeededRandom, allows: (PuzzleClue) -> Bool
  ) {
    let all = Self.arrangements(count: count, groups: groups).filter { place in given.allSatisfy { $0.holds(place) } }
    let solution = all[random.below(all.count)]
    self.count = count
    self.groups = groups
    self.solution = solution
    let pool = Self.clues(count: count, groups: groups).filter { $0.holds(solution) && allows($0) }
    let shuffled = Weaver.drawn(pool.count, of: pool, &random)
    var chosen: [PuzzleClue] = []
    var left = all
    for clue in shuffled where left.count > 1 {
      let rest = left.filter { clue.holds($0) }
      if rest.count < left.count {
        chosen.append(clue)
        left = rest
      }
    }
    for clue in chosen {
      let fewer = chosen.filter { $0 != clue }
      if all.count(where: { place in fewer.allSatisfy { $0.holds(place) } }) == 1 { chosen = fewer }
    }
    clues = chosen
  }

  /// Every way to place the things of all groups.
  static func arrangements(count: Int, groups: Int) -> [[Int]] {
    let single = permutations(count)
    var all: [[Int]] = [[]]
    for _ in 0..<groups { all = all.flatMap { start in single.map { start + $0 } } }
    return all
  }

  static func permutations(_ count: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    for value in 0..<count {
      all = all.flatMap { start in
        (0...start.count).map { spot in
          var longer = start
          longer.insert(value, at: spot)
          return longer
        }
      }
    }
    return all
  }

  private static func clues(count: Int, groups: Int) -> [PuzzleClue] {
    var clues: [PuzzleClue] = []
    for a in 0..<(count * groups) {
      clues.append(.atAnEnd(a))
      for spot in 0..<count { clues.append(.notAt(a, spot)) }
      for b in 0..<(count * groups) where a != b {
        let isSameGroup = a / count == b / count
        clues.append(.before(a, b))
        clues.append(.justBefore(a, b))
        guard a < b else { continue }
        if isSameGroup {
          clues.append(.adjacent(a, b))
          clues.append(.notAdjacent(a, b))
          for gap in 1..<max(2, count - 1) { clues.append(.between(a, b, gap)) }
        } else {
          clues.append(.same(a, b))
          clues.append(.notSame(a, b))
        }
      }
    }
    return clues
  }

  /// The thing of a group that stands at a place.
  func thing(at spot: Int, group: Int = 0) -> Int {
    (0..<count).first { solution[group * count + $0] == spot } ?? 0
  }
}
