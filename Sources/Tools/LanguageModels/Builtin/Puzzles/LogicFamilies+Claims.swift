import PersonaRecords

/// Puzzles about who tells the truth.
extension LogicFamilies {
  /// A claim about who is truthful, as words and as a test on one assignment.
  private struct Claim {
    let text: String
    let holds: @Sendable ([Bool]) -> Bool
  }

  private static func claims(of speaker: Int, names: [String]) -> [Claim] {
    var claims: [Claim] = []
    let count = names.count
    for other in 0..<count where other != speaker {
      claims.append(Claim(text: "\(names[other]) always lies") { !$0[other] })
      claims.append(Claim(text: "\(names[other]) always tells the truth") { $0[other] })
      claims.append(Claim(text: "\(names[other]) and I are of the same kind") { $0[other] == $0[speaker] })
      claims.append(Claim(text: "\(names[other]) and I are of different kinds") { $0[other] != $0[speaker] })
      for third in 0..<count where third != speaker && third > other {
        claims.append(
          Claim(text: "at least one of \(names[other]) and \(names[third]) lies") { !$0[other] || !$0[third] })
        claims.append(
          Claim(text: "\(names[other]) and \(names[third]) are of the same kind") { $0[other] == $0[third] })
      }
    }
    for number in 1..<count {
      let people = number == 1 ? "one of us tells" : "\(ClueWords.numbers[number]) of us tell"
      claims.append(Claim(text: "exactly \(people) the truth") { $0.count(where: { $0 }) == number })
    }
    return claims
  }

  static func tellers(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let count = 3 + random.below(2)
    let names = Weaver.drawn(count, of: FirstNames.all, &random)
    var said: [Claim] = []
    var truth: [Bool] = []
    // Most draws leave one assignment within a few tries; the number of tries is bounded by the fallback below.
    for _ in 0..<200 {
      said = (0..<count).map { speaker in
        let claims = claims(of: speaker, names: names)
        return claims[random.below(claims.count)]
      }
      let fitting = (0..<(1 << count)).map { bits in (0..<count).map { bits >> $0 & 1 == 1 } }.filter { kinds in
        (0..<count).allSatisfy { said[$0].holds(kinds) == kinds[$0] }
      }
      if fitting.count == 1, fitting[0].contains(true) {
        truth = fitting[0]
        break
      }
    }
    guard !truth.isEmpty else { return culprit(&world, &random) }
    world.weaver["all"] = ClueWords.list(names)
    let opening = world.weaver.one(
      of: [
        "at the {place} each of {all} either always tells the truth or always lies. Asked about {k}, they say to the {role}:",
        "{aRole} has to find out whom to believe about {k}. Each of {all} is either always truthful or always lying, and they say:",
        "{all} work at the {place}. Some of them always tell the truth, the others always lie. When {k} came up, they said:",
      ], &random)
    let lines = (0..<count).map { "\(names[$0]): “\(said[$0].text.capitalised).”" }
    let honest = (0..<count).filter { truth[$0] }.map { names[$0] }
    return (
      opening.capitalised + "\n" + lines.joined(separator: "\n") + "\nWho tells the truth, and who lies?",
      "truthful: " + honest.joined(separator: ", ")
    )
  }

  /// One person did it, and it is known how many of the statements are true.
  static func culprit(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let count = 4
    let names = Weaver.drawn(count, of: FirstNames.all, &random)
    var texts: [String] = []
    var guilty = 0
    var trueCount = 0
    for _ in 0..<500 {
      texts = []
      var named: [Set<Int>] = []
      for speaker in 0..<count {
        let others = (0..<count).filter { $0 != speaker }
        let one = others[random.below(others.count)]
        let two = others[random.below(others.count)]
        switch random.below(4) {
        case 0: (texts, named) = (texts + ["It was not me"], named + [Set(others)])
        case 1: (texts, named) = (texts + ["It was \(names[one])"], named + [[one]])
        case 2 where one != two:
          (texts, named) = (texts + ["It was \(names[one]) or \(names[two])"], named + [[one, two]])
        default: (texts, named) = (texts + ["It was not \(names[one])"], named + [Set(0..<count).subtracting([one])])
        }
      }
      let hits = (0..<count).map { suspect in named.count(where: { $0.contains(suspect) }) }
      trueCount = 1 + random.below(3)
      let fitting = (0..<count).filter { hits[$0] == trueCount }
      if fitting.count == 1, Set(texts).count == count {
        guilty = fitting[0]
        break
      }
    }
    world.weaver["all"] = ClueWords.list(names)
    world.weaver["count"] =
      trueCount == 1 ? "one of the four statements is" : "\(ClueWords.numbers[trueCount]) of the four statements are"
    let opening = world.weaver.one(
      of: [
        "one of {all} has [moved|taken|mislaid] the {item} that the {role} needs for {k}. Exactly {count} true:",
        "somebody left the {place} unlocked on {day1}: {all} were there, and it was one of them. Exactly {count} true:",
        "a note about {k} was changed without a signature, by one of {all}. The {role} knows that exactly {count} true:",
        "one of {all} promised {n} {container} of {item} twice. Exactly {count} true:",
      ], &random)
    let lines = (0..<count).map { "\(names[$0]): “\(texts[$0]).”" }
    return (opening.capitalised + "\n" + lines.joined(separator: "\n") + "\nWho was it?", names[guilty])
  }

  /// Every label is wrong.
  static func labels(_ world: inout PersonaWorld, _ random: inout SeededRandom) -> Puzzle {
    let goods = Weaver.drawn(
      4, of: [world.setting.item, world.setting.other, "maps", "candles", "ropes", "keys", "gloves", "batteries"],
      &random)
    let given = (0..<4).map { PuzzleClue.notAt($0, $0) }
    let words = ClueWords(
      before: [], justBefore: [], adjacent: [], notAdjacent: [], between: [],
      notAt: ["the {a} are not in the one labelled “{spot}”.", "in the one labelled “{spot}” there are no {a}."],
      atAnEnd: [],
      spots: goods)
    let puzzle = OrderPuzzle(count: 4, groups: 1, given: given, &random) { words.tells($0) && !given.contains($0) }
    world.weaver["all"] = ClueWords.list(goods.map { "“\($0)”" })
    let opening = world.weaver.one(
      of: [
        "in the {place} stand four closed {container}, labelled {all}. Each holds one of these four kinds of things, and every label is wrong.",
        "before work on {k} can start, the {role} finds four {container} with the labels {all}. Each kind is in one of them, and not one label is right.",
      ], &random)
    let clues = words.sentences(puzzle.clues, names: goods, &random)
    let asked = random.below(4)
    return (
      told(opening, clues, "Under which label are the \(goods[asked])?"), goods[puzzle.solution[asked]]
    )
  }
}
