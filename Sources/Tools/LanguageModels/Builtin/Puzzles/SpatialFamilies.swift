import PersonaRecords

/// Spatial puzzles with exactly one solution: rows, floors, tables, grids, walks, cubes, maps, folds, gears.
enum SpatialFamilies {
  static let all: [LogicFamilies.Family] = [
    shelf, floors, table, grid, walk, rolling, painted, map, fold, gears, shelf, floors, table, walk, map,
  ]

  private static let things = [
    "the lamp", "the clock", "the globe", "the kettle", "the radio", "the vase", "the toolbox", "the camera",
    "the scales",
    "the lantern", "the first-aid kit", "the ledger", "the box of {item}", "the stack of {other}", "the spare keys",
  ]

  private static func shelf(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let things = Weaver.drawn(5, of: self.things, &random).map { world.weaver.fill($0, &random) }
    let words = ClueWords(
      before: ["{a} [is|stands] [somewhere|] to the left of {b}.", "{b} is further right than {a}."],
      justBefore: ["{a} stands directly to the left of {b}.", "the right-hand neighbour of {a} is {b}."],
      adjacent: ["{a} and {b} stand side by side."], notAdjacent: ["{a} and {b} do not stand side by side."],
      between: ["exactly {gap} thing{s} stand{ss} between {a} and {b}."],
      notAt: ["{a} does not stand in the {spot} place from the left."],
      atAnEnd: ["{a} stands at one end of the shelf."],
      spots: ["first", "second", "third", "fourth", "fifth"])
    let puzzle = OrderPuzzle(count: 5, groups: 1, &random) { words.tells($0) }
    world.weaver["all"] = ClueWords.list(things)
    let opening = world.weaver.one(
      of: [
        "five things stand in a row on a shelf in the {place}: {all}. The {role} looks at them from the front.",
        "seen from the door of the {place}, five things stand side by side on one shelf: {all}.",
        "while working on {k}, {aRole} lines up five things on a shelf, and looks at them from the front: {all}.",
      ], &random)
    let clues = words.sentences(puzzle.clues, names: things, &random).map {
      $0.replacing("{ss}", with: $0.contains("one thing") ? "s" : "").replacing("  ", with: " ")
    }
    let spot = random.below(5)
    return (
      LogicFamilies.told(opening, clues, "Which thing stands in the \(words.spots[spot]) place from the left?"),
      things[puzzle.thing(at: spot)]
    )
  }

  private static func floors(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let names = Weaver.drawn(5, of: FirstNames.all, &random)
    let words = ClueWords(
      before: ["{a} works on a lower floor than {b}.", "{b}'s floor is above {a}'s."],
      justBefore: ["{b} works on the floor directly above {a}.", "one flight of stairs leads from {a} up to {b}."],
      adjacent: ["{a} and {b} work on neighbouring floors."],
      notAdjacent: ["{a} and {b} do not work on neighbouring floors."],
      between: ["exactly {gap} floor{s} lie{ss} between {a} and {b}."], notAt: ["{a} does not work on floor {spot}."],
      atAnEnd: ["{a} works either on the lowest floor or on the highest."], spots: ["1", "2", "3", "4", "5"])
    let puzzle = OrderPuzzle(count: 5, groups: 1, &random) { words.tells($0) }
    world.weaver["all"] = ClueWords.list(names)
    let opening = world.weaver.one(
      of: [
        "the building of the {place} has five floors, numbered 1 to 5 from the bottom up. On each floor one person deals with {k}: {all}, in some order.",
        "{aRole} delivers {item} to five people who work on the five floors of a tower, one person per floor: {all}. Floor 1 is at the bottom.",
        "{all} have their rooms in a building with floors 1 (lowest) to 5 (highest), one person on each. The {role} needs to find them for {k}.",
      ], &random)
    let clues = words.sentences(puzzle.clues, names: names, &random).map {
      $0.replacing("{ss}", with: $0.contains("one floor") ? "s" : "")
    }
    let spot = random.below(5)
    return (LogicFamilies.told(opening, clues, "Who works on floor \(spot + 1)?"), names[puzzle.thing(at: spot)])
  }

  /// Six people round a table; the first sits in seat 0, and the others are told by left, right and opposite.
  private static func table(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let names = Weaver.drawn(6, of: FirstNames.all, &random)
    let all = OrderPuzzle.permutations(5).map { [0] + $0.map { $0 + 1 } }
    let seat = all[random.below(all.count)]
    var pool: [(text: String, holds: ([Int]) -> Bool)] = []
    for a in 0..<6 {
      for b in 0..<6 where a != b {
        pool.append(
          ("\(names[b]) is the next person on \(names[a])'s left.", { ($0[a] + 1) % 6 == $0[b] }))
        guard a < b else { continue }
        pool.append(("\(names[a]) sits directly opposite \(names[b]).", { ($0[a] + 3) % 6 == $0[b] }))
        pool.append(
          (
            "\(names[a]) and \(names[b]) do not sit next to each other.",
            { abs($0[a] - $0[b]) % 6 != 1 && abs($0[a] - $0[b]) != 5 }
          ))
        pool.append(
          ("\(names[a]) and \(names[b]) are neighbours.", { abs($0[a] - $0[b]) == 1 || abs($0[a] - $0[b]) == 5 }))
      }
    }
    let clues = enough(Weaver.drawn(pool.count, of: pool.filter { $0.holds(seat) }, &random), among: all)
    world.weaver["all"] = ClueWords.list(names)
    let opening = world.weaver.one(
      of: [
        "{all} sit evenly spaced round a circular table in the {place}, all facing the centre, and talk about {k}.",
        "for a round of talks on {k}, the {role} seats {all} at a round table with six chairs, everybody facing the middle.",
      ], &random)
    let asked = random.below(6)
    let opposite = names[(0..<6).first { seat[$0] == (seat[asked] + 3) % 6 } ?? 0]
    let right = names[(0..<6).first { (seat[$0] + 1) % 6 == seat[asked] } ?? 0]
    if random.below(2) == 0 {
      return (LogicFamilies.told(opening, clues, "Who sits opposite \(names[asked])?"), opposite)
    }
    return (LogicFamilies.told(opening, clues, "Who is the next person on \(names[asked])'s right?"), right)
  }

  /// Six things in two rows of three.
  private static func grid(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let things = Weaver.drawn(6, of: self.things, &random).map { world.weaver.fill($0, &random) }
    let all = OrderPuzzle.permutations(6)
    let cell = all[random.below(all.count)]
    var pool: [(text: String, holds: ([Int]) -> Bool)] = []
    for a in 0..<6 {
      pool.append(("\(things[a].capitalised) is in the top row.", { $0[a] < 3 }))
      pool.append(("\(things[a].capitalised) is in the bottom row.", { $0[a] >= 3 }))
      pool.append(("\(things[a].capitalised) is in the middle column.", { $0[a] % 3 == 1 }))
      for b in 0..<6 where a != b {
        pool.append(("\(things[a].capitalised) is directly above \(things[b]).", { $0[a] + 3 == $0[b] }))
        pool.append(
          (
            "\(things[a].capitalised) is directly to the left of \(things[b]), in the same row.",
            { $0[a] + 1 == $0[b] && $0[a] / 3 == $0[b] / 3 }
          ))
        pool.append(
          ("\(things[a].capitalised) is in a column further left than \(things[b]).", { $0[a] % 3 < $0[b] % 3 }))
        guard a < b else { continue }
        pool.append(("\(things[a].capitalised) and \(things[b]) are in the same row.", { $0[a] / 3 == $0[b] / 3 }))
      }
    }
    let clues = enough(Weaver.drawn(pool.count, of: pool.filter { $0.holds(cell) }, &random), among: all)
    world.weaver["all"] = ClueWords.list(things)
    let opening = world.weaver.one(
      of: [
        "a cabinet in the {place} has two rows of three compartments each. In every compartment is one thing: {all}.",
        "for {k}, the {role} uses a case with six compartments, two rows of three, seen from the front. Each holds one thing: {all}.",
      ], &random)
    let asked = random.below(6)
    let place = ["top left", "top middle", "top right", "bottom left", "bottom middle", "bottom right"][asked]
    return (
      LogicFamilies.told(opening, clues, "What is in the \(place) compartment?"),
      things[(0..<6).first { cell[$0] == asked } ?? 0]
    )
  }

  /// True statements until one arrangement is left; those that are not needed are dropped.
  static func enough(_ pool: [(text: String, holds: ([Int]) -> Bool)], among all: [[Int]]) -> [String] {
    var chosen: [(text: String, holds: ([Int]) -> Bool)] = []
    var left = all
    for clue in pool where left.count > 1 {
      let rest = left.filter(clue.holds)
      if rest.count < left.count {
        chosen.append(clue)
        left = rest
      }
    }
    var place = 0
    while place < chosen.count {
      var fewer = chosen
      fewer.remove(at: place)
      if all.count(where: { seat in fewer.allSatisfy { $0.holds(seat) } }) == 1 { chosen = fewer } else { place += 1 }
    }
    return chosen.map(\.text)
  }
}
