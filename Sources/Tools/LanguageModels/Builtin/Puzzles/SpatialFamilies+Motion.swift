import PersonaRecords

/// Walks, rolling cubes, maps, folds and gears: the answer follows step by step.
extension SpatialFamilies {
  private static let directions = ["north", "east", "south", "west"]
  private static let steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]

  static func walk(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let name = Weaver.drawn(1, of: FirstNames.all, &random)[0]
    var facing = random.below(4)
    let start = facing
    var (x, y) = (0, 0)
    var told: [String] = []
    for leg in 0..<(4 + random.below(2)) {
      if leg > 0 {
        let turn = [1, 3, 1, 3, 2][random.below(5)]
        facing = (facing + turn) % 4
        told.append(["", "turns right", "turns round", "turns left"][turn])
      }
      let length = (2 + random.below(8)) * 10
      x += steps[facing].0 * length
      y += steps[facing].1 * length
      told.append("walks \(length) metres")
    }
    if x == 0, y == 0 {
      y += steps[facing].1 * 30
      x += steps[facing].0 * 30
      told.append("goes on for another 30 metres in the same direction")
    }
    world.weaver["name"] = name
    world.weaver["facing"] = directions[start]
    let opening = world.weaver.one(
      of: [
        "{name} carries {item} for the {role} and leaves the {place} facing {facing}.",
        "on the way to a meeting about {k}, {name} steps out of the {place} and faces {facing}.",
        "{name}, one of the {helper}, starts at the door of the {place}, looking {facing}.",
      ], &random)
    let path = "\(name) " + told.dropLast().joined(separator: ", ") + " and \(told.last ?? "stops")."
    let across = x == 0 ? [] : ["\(abs(x)) m \(x > 0 ? "east" : "west")"]
    let along = y == 0 ? [] : ["\(abs(y)) m \(y > 0 ? "north" : "south")"]
    if random.below(3) == 0 {
      return (
        "\(opening.capitalised) \(path) In which direction is \(name) facing at the end, and how far east or west of the start?",
        "\(directions[facing]), \(across.first ?? "0 m")"
      )
    }
    return (
      "\(opening.capitalised) \(path) Where is \(name) then, measured from the start: how many metres to the north or south, and how many to the east or west?",
      (along + across).joined(separator: " and ")
    )
  }

  static func rolling(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    // top, bottom, north, south, east, west
    let colours = Weaver.drawn(6, of: ["red", "blue", "green", "white", "black", "yellow", "orange", "grey"], &random)
    var cube = colours
    var moves: [Int] = []
    while moves.count < 4 + random.below(2) {
      let move = random.below(4)
      // There and back again would be no puzzle.
      if let last = moves.last, (last + 2) % 4 == move { continue }
      moves.append(move)
      let (t, b, n, s, e, w) = (cube[0], cube[1], cube[2], cube[3], cube[4], cube[5])
      switch move {
      case 0: cube = [s, n, t, b, e, w]
      case 1: cube = [w, e, n, s, t, b]
      case 2: cube = [n, s, b, t, e, w]
      default: cube = [e, w, n, s, b, t]
      }
    }
    let opening = world.weaver.one(
      of: [
        "on the floor of the {place} lies a large cube that the {role} uses to explain {k}.",
        "the {helper} roll a wooden cube across the floor of the {place}.",
        "a packing cube for {item} stands in the {place}.",
      ], &random)
    let faces =
      "Its top is \(colours[0]), its bottom \(colours[1]); the side to the north is \(colours[2]), to the south \(colours[3]), "
      + "to the east \(colours[4]) and to the west \(colours[5])."
    let path = ClueWords.list(moves.map { "once to the \(directions[$0])" })
    let asked = random.below(2)
    return (
      "\(opening.capitalised) \(faces) It is tipped over its bottom edges, without sliding: \(path). Which colour is \(asked == 0 ? "on top" : "on the side that faces north") now?",
      asked == 0 ? cube[0] : cube[2]
    )
  }

  static func painted(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let (a, b, c) = (3 + random.below(4), 3 + random.below(4), 3 + random.below(5))
    let (p, q, r) = (a - 2, b - 2, c - 2)
    let counts = [p * q * r, 2 * (p * q + q * r + p * r), 4 * (p + q + r), 8]
    let faces = random.below(3)
    let opening = world.weaver.one(
      of: [
        "the {role} glues small cubes of equal size into a solid block for a model about {k}: \(a) wide, \(b) deep and \(c) high.",
        "in the {place} stands a solid block made of small equal cubes, \(a) wide, \(b) deep and \(c) high, built by the {helper}.",
        "to show {k}, {aRole} builds a solid block from equal cubes: \(a) in width, \(b) in depth, \(c) in height.",
      ], &random)
    let asked =
      faces == 0 ? "no painted face at all" : "exactly \(ClueWords.numbers[faces]) painted face\(faces == 1 ? "" : "s")"
    return (
      "\(opening.capitalised) All six outer sides of the block are painted, and then it is taken apart. How many of the small cubes have \(asked)?",
      "\(counts[faces])"
    )
  }

  static func map(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let sites = Weaver.drawn(
      5,
      of: [
        "the {place}", "the old mill", "the station", "the bridge", "the market", "the school", "the well",
        "the chapel",
        "the depot", "the harbour office", "the water tower", "the post office", "the playground", "the pump house",
      ], &random
    ).map { world.weaver.fill($0, &random) }
    var spots = [(0, 0)]
    var bases = [-1]
    var told: [String] = []
    for site in 1..<5 {
      let base = random.below(site)
      var (x, y) = spots[base]
      let direction = random.below(4)
      var length = 1 + random.below(6)
      x += steps[direction].0 * length
      y += steps[direction].1 * length
      while spots.contains(where: { $0 == (x, y) }) {
        x += steps[direction].0
        y += steps[direction].1
        length += 1
      }
      spots.append((x, y))
      bases.append(base)
      let unit = length == 1 ? "kilometre" : "kilometres"
      told.append("\(sites[site].capitalised) is \(length) \(unit) \(directions[direction]) of \(sites[base]).")
    }
    var pairs: [(Int, Int)] = []
    for from in 0..<5 {
      // What one clue says outright is not asked.
      for to in 0..<5 where from != to && bases[from] != to && bases[to] != from { pairs.append((from, to)) }
    }
    let (from, to) = pairs[random.below(pairs.count)]
    let (x, y) = (spots[to].0 - spots[from].0, spots[to].1 - spots[from].1)
    let opening = world.weaver.one(
      of: [
        "the {role} draws a map of the area to plan {k}.", "for the delivery of {item}, {aRole} makes a rough map.",
        "{name1} describes to the {role} where everything is.",
        "before the {helper} set out, they study the map for {k}.",
      ], &random)
    let clues = Weaver.drawn(told.count, of: told, &random)
    let across = x == 0 ? [] : ["\(abs(x)) km \(x > 0 ? "east" : "west")"]
    let along = y == 0 ? [] : ["\(abs(y)) km \(y > 0 ? "north" : "south")"]
    return (
      LogicFamilies.told(
        opening, clues,
        "How far to the north or south, and how far to the east or west, is \(sites[to]) from \(sites[from])?"),
      (along + across).joined(separator: " and ")
    )
  }

  static func fold(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let folds = 2 + random.below(3)
    let holes = 1 + random.below(4)
    let word = holes == 1 ? "one hole" : "\(ClueWords.numbers[holes]) separate holes"
    let opening = world.weaver.one(
      of: [
        "the {role} takes a square sheet with notes on {k}",
        "for a sign at the {place}, one of the {helper} takes a square sheet of paper",
        "{name1} takes a square wrapping sheet for {item}", "to explain {k}, {aRole} takes a square sheet of paper",
      ], &random)
    let half = Weaver.drawn(
      1, of: ["each time exactly in half", "each time so that one half covers the other"], &random)[0]
    if random.below(2) == 0 {
      return (
        "\(opening.capitalised), folds it \(ClueWords.numbers[folds]) times, \(half), and punches \(word) through all layers, away from every fold and edge. How many holes does the sheet have when it is unfolded?",
        "\(holes << folds)"
      )
    }
    return (
      "\(opening.capitalised), folds it \(ClueWords.numbers[folds]) times, \(half), and unfolds it again. The sheet measured \(16 * holes) cm by \(16 * holes) cm. Into how many parts of equal area do the creases divide it, and what is the area of one of them in square centimetres?",
      "\(1 << folds) and \(256 * holes * holes >> folds)"
    )
  }

  static func gears(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> LogicFamilies.Puzzle {
    let count = 4 + random.below(6)
    let teeth = [12, 24, 36, 48][random.below(4)]
    let last = [12, 24][random.below(2)]
    let turns = (1 + random.below(5)) * 2
    let isClockwise = random.below(2) == 0
    let opening = world.weaver.one(
      of: [
        "a machine in the {place} has \(count) gear wheels in a row, each meshing only with its neighbours.",
        "the {role} mends a device that is used for {k}: \(count) gear wheels stand in a row, each turning the next one.",
        "behind a cover at the {place} sit \(count) gear wheels in one line, each engaged with the next.",
      ], &random)
    let same = count % 2 == 1
    return (
      "\(opening.capitalised) The first has \(teeth) teeth and the last has \(last). The first is turned \(isClockwise ? "clockwise" : "anticlockwise"), \(turns) full turns. In which direction does the last one turn, and how many full turns does it make?",
      "\(same == isClockwise ? "clockwise" : "anticlockwise"), \(turns * teeth / last)"
    )
  }
}
