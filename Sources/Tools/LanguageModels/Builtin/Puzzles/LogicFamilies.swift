import PersonaRecords

/// Logic puzzles with exactly one solution, told in the persona's world.
enum LogicFamilies {
  typealias Puzzle = (text: String, answer: String)
  typealias Family = @Sendable (inout PersonaWorld, inout SeededRandom) -> Puzzle

  static let all: [Family] = [queue, week, mixed, tellers, culprit, labels, queue, week, mixed]

  private static func names(_ count: Int, _ random: inout SeededRandom) -> [String] {
    Weaver.drawn(count, of: FirstNames.all, &random)
  }

  private static let queueWords = ClueWords(
    before: [
      "{a} was done [earlier|sooner] than {b}.", "{b} finished [later than|some time after] {a}.",
      "{a} came before {b}.",
    ],
    justBefore: ["{b} came directly after {a}.", "as soon as {a} was done, it was {b}'s turn."],
    adjacent: ["{a} and {b} came one directly after the other, in some order.", "nobody came between {a} and {b}."],
    notAdjacent: [
      "{a} and {b} were not [next to each other in the order|direct neighbours in the order].",
      "at least one other person came between {a} and {b}.",
    ],
    between: ["exactly {gap} other {personpeople} came between {a} and {b}."],
    notAt: ["{a} was not {spot}.", "somebody other than {a} was {spot}."],
    atAnEnd: ["{a} was either the first or the last."],
    spots: ["first", "second", "third", "fourth", "fifth"])

  /// Who came when.
  private static func queue(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let count = 4 + random.below(2)
    let names = names(count, &random)
    let puzzle = OrderPuzzle(count: count, groups: 1, &random) { queueWords.tells($0) }
    world.weaver["all"] = ClueWords.list(names)
    world.weaver["count"] = ClueWords.numbers[count]
    let opening = world.weaver.one(
      of: [
        "{count} people, {all}, took turns at {k} in the {place}, one after the other; the {role} wrote down the order.",
        "for a test on {k}, the {role} called {all} in one by one, and no two came at the same time.",
        "{all} each delivered {item} to the {place} this morning, one after the other, [for the project on|for the work on] {k}.",
        "on {day1}, {all} queued at the {place} to ask the {role} about {k}, and were served one by one.",
      ], &random)
    let spot = random.below(count)
    let clues = queueWords.sentences(puzzle.clues, names: names, &random).map {
      $0.replacing("{personpeople}", with: $0.contains(" one other") ? "person" : "people")
    }
    let who = names[puzzle.thing(at: spot)]
    let order = (0..<count).map { names[puzzle.thing(at: $0)] }
    if random.below(2) == 0 {
      return (told(opening, clues, "Who was \(queueWords.spots[spot])?"), who)
    }
    return (
      told(opening, clues, "In which order did the \(ClueWords.numbers[count]) people come?"),
      order.joined(separator: ", ")
    )
  }

  /// Which task on which day.
  private static func week(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let tasks = Weaver.drawn(5, of: self.tasks, &random).map { world.weaver.fill($0, &random) }
    let words = ClueWords(
      before: [
        "{a} [has to come|comes] on an earlier day than {b}.", "{b} is [planned|set] for a later day than {a}.",
      ],
      justBefore: ["{b} takes place on the day right after {a}.", "the day after {a} is the day of {b}."],
      adjacent: ["{a} and {b} fall on two days in a row, in some order."],
      notAdjacent: ["there is at least one day between {a} and {b}."],
      between: ["exactly {gap} day{s} lie{ss} between {a} and {b}."],
      notAt: ["{a} cannot be on {spot}.", "{spot} is not possible for {a}."],
      atAnEnd: ["{a} is either the first or the last task of the week."],
      spots: Array(PersonaWorld.days.prefix(5)))
    let puzzle = OrderPuzzle(count: 5, groups: 1, &random) { words.tells($0) }
    world.weaver["all"] = ClueWords.list(tasks)
    let opening = world.weaver.one(
      of: [
        "the {role} plans one task for each day from Monday to Friday: {all}.",
        "from Monday to Friday the team at the {place} deals with exactly one matter a day, all to do with {k}: {all}.",
        "a week of work on {k} is to be planned at the {place}. One task is done per day, Monday to Friday: {all}.",
        "five tasks stand on the {role}'s list for the five days from Monday to Friday, one for each day: {all}.",
      ], &random)
    let clues = words.sentences(puzzle.clues, names: tasks, &random).map {
      $0.replacing("{ss}", with: $0.contains("one day") ? "s" : "")
    }
    let task = random.below(5)
    let day = PersonaWorld.days[puzzle.solution[task]]
    if random.below(2) == 0 { return (told(opening, clues, "On which day is \(tasks[task])?"), day) }
    return (
      told(opening, clues, "Which task falls on \(day)?"), tasks[task]
    )
  }

  private static let tasks = [
    "the inspection of the {place}", "the talk on {k}", "the delivery of {item}", "the count of the {other}",
    "the meeting about {c1}", "the training of the {helper}", "the report on {c2}", "the repair of the {container}",
    "the visit of the auditor", "the interview about {k}", "the trial run", "the clean-up of the {place}",
  ]

  /// People, what they brought, and when.
  private static func mixed(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let count = 3 + random.below(2)
    let names = names(count, &random)
    let goods = Weaver.drawn(count, of: Self.goods, &random).map { world.weaver.fill($0, &random) }
    let days = Array(PersonaWorld.days.prefix(count))
    let words = ClueWords(
      before: ["{a} came on an earlier day than {b}."],
      justBefore: ["{b} came the day after {a}."], adjacent: [], notAdjacent: [], between: [],
      notAt: ["{a} did not come on {spot}."], atAnEnd: [],
      notSame: ["{a} was not {b}."], spots: days)
    let subjects = names + goods.map { "the person with \($0)" }
    // Told outright, who brought what would be no puzzle.
    let puzzle = OrderPuzzle(count: count, groups: 2, &random) { clue in
      if case .same = clue { return false }
      return words.tells(clue)
    }
    world.weaver["all"] = ClueWords.list(names)
    world.weaver["goods"] = ClueWords.list(goods)
    world.weaver["days"] = ClueWords.list(days)
    let opening = world.weaver.one(
      of: [
        "{all} visited the {place} on {days}, one person a day. Each brought something different for the {role}: {goods}.",
        "on {days} the {role} had one visitor a day: {all}, in some order. They brought {goods}, one thing each.",
        "to help with {k}, {all} came to the {place}, each on another of the days {days}, and each with one of these: {goods}.",
      ], &random)
    let clues = words.sentences(puzzle.clues, names: subjects, &random)
    let spot = random.below(count)
    let person = puzzle.thing(at: spot)
    let thing = puzzle.thing(at: spot, group: 1)
    if random.below(2) == 0 {
      return (
        told(opening, clues, "Who came on \(days[spot]), and with what?"), "\(names[person]) with \(goods[thing])"
      )
    }
    return (told(opening, clues, "Who brought \(goods[thing]), and on which day?"), "\(names[person]) on \(days[spot])")
  }

  private static let goods = [
    "a map", "a toolbox", "a camera", "a ledger", "a thermos flask", "a spare key", "a box of {item}",
    "a bundle of {other}",
    "a sketch", "an old photograph", "a measuring tape", "a letter about {k}",
  ]

  /// The opening, the clues as numbered lines or as running text, and the question.
  static func told(_ opening: String, _ clues: [String], _ question: String) -> String {
    let isList = clues.count > 3
    let body =
      isList
      ? "\n" + clues.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n") + "\n"
      : " " + clues.joined(separator: " ") + " "
    return opening.capitalised + " This much is known:" + body + question
  }
}
