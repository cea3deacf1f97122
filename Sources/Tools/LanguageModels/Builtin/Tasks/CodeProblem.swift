import PersonaRecords

/// A small programming problem with a Python solution and tests that fail for a wrong one.
enum CodeProblem: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Problem:", "Solution:", "Tests:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "code problem")
    let family = CodeFamilies.all[random.below(CodeFamilies.all.count)]
    let program = family(&world, &random)
    let opening = world.weaver.one(of: openings, &random).capitalised
    let ending = world.weaver.one(of: endings, &random).capitalised
    return """
      Problem: \(opening) \(program.task) \(ending)
      Solution:
      ```python
      \(program.solution)
      ```
      Tests:
      ```python
      \(program.tests.joined(separator: "\n"))
      ```
      """
  }

  private static let openings = [
    "{aRole} wants to stop counting by hand, since {k} leaves no time for it.",
    "at the {place}, work on {k} produces a list each day.",
    "the {helper} at the {place} keep their records of {k} in plain lists.", "for {k}, {aRole} needs a small program.",
    "{name1} takes over the records of {k} from {name2} and wants a script for one step.",
    "every {day1} the {role} goes through the same numbers about {k}.",
    "a notebook about {k} is being moved into a program.",
    "the {role} and {n} {helper} share one table on {k}.",
  ]
  private static let endings = [
    "the list may be empty.", "do not change the list that is passed in.", "use nothing but the standard library.",
    "it should also work for {m} thousand entries.", "one function is enough; no input or output is needed.",
    "an empty list is allowed.",
  ]
}

/// Kinds of programming problems; expected values are computed here, so the tests are right by construction.
enum CodeFamilies {
  struct Program {
    let task: String
    let solution: String
    let tests: [String]
  }

  typealias Family = @Sendable (inout PersonaWorld, inout SeededRandom) -> Program

  static let all: [Family] = [
    total, running, longest, groups, missing, pairs, capacity, median, merge, encode, windows, ranks, change, overlap,
    parse,
    balance, schedule, most,
  ]

  static func numbers(_ count: Int, _ range: ClosedRange<Int>, _ random: inout SeededRandom) -> [Int] {
    (0..<count).map { _ in range.lowerBound + random.below(range.count) }
  }

  static func literal(_ list: [Int]) -> String { "[" + list.map { "\($0)" }.joined(separator: ", ") + "]" }
  static func literal(_ text: String) -> String { "\"" + text.filter { $0 != "\"" && $0 != "\\" } + "\"" }
  static func literal(_ list: [String]) -> String { "[" + list.map { literal($0) }.joined(separator: ", ") + "]" }

  /// A name for a function and one for its list, from the world's things.
  static func names(_ verb: String, _ world: PersonaWorld) -> (function: String, list: String) {
    let item = world.setting.item.snakeCase
    return ("\(verb)_\(item.isEmpty ? "entries" : item)", item.isEmpty ? "entries" : item)
  }

  private static let total: Family = { world, random in
    let (function, list) = names("total", world)
    let limit = 5 + random.below(20)
    let tests = (0..<4).map { _ in numbers(3 + random.below(4), 1...40, &random) } + [[]]
    return Program(
      task:
        "Write `\(function)(\(list))`, which adds up all amounts of \(world.setting.item) that are at least \(limit); smaller amounts are left out.",
      solution: "def \(function)(\(list)):\n    return sum(amount for amount in \(list) if amount >= \(limit))",
      tests: tests.map { "assert \(function)(\(literal($0))) == \($0.filter { $0 >= limit }.reduce(0, +))" })
  }

  private static let running: Family = { world, random in
    let (function, list) = names("running_total_of", world)
    let tests = (0..<4).map { _ in numbers(2 + random.below(5), -9...30, &random) } + [[]]
    return Program(
      task:
        "Write `\(function)(changes)`, which takes the daily changes of the stock of \(world.setting.item) and returns the list of stocks after each day, starting from 0.",
      solution:
        "def \(function)(changes):\n    stock = 0\n    stocks = []\n    for change in changes:\n        stock += change\n        stocks.append(stock)\n    return stocks",
      tests: tests.map { changes in
        var sum = 0
        let stocks = changes.map { change in
          sum += change
          return sum
        }
        return "assert \(function)(\(literal(changes))) == \(literal(stocks))"
      })
  }

  private static let longest: Family = { world, random in
    let (function, _) = names("longest_rise_of", world)
    let tests = (0..<5).map { _ in numbers(4 + random.below(5), 1...12, &random) } + [[]]
    return Program(
      task:
        "Write `\(function)(counts)`, which returns the length of the longest run of consecutive days on which the count of \(world.setting.item) is higher than on the day before; a single day counts as a run of 1.",
      solution: """
        def \(function)(counts):
            best = current = 0
            previous = None
            for count in counts:
                current = current + 1 if previous is not None and count > previous else 1
                best = max(best, current)
                previous = count
            return best
        """,
      tests: tests.map { counts in
        var (best, current) = (0, 0)
        for (place, count) in counts.enumerated() {
          current = place > 0 && count > counts[place - 1] ? current + 1 : 1
          best = max(best, current)
        }
        return "assert \(function)(\(literal(counts))) == \(best)"
      })
  }

  private static let groups: Family = { world, random in
    let (function, _) = names("count_by_place_of", world)
    let places = Weaver.drawn(3, of: ["north", "south", "east", "west", "cellar", "attic", "yard", "hall"], &random)
    let tests = (0..<4).map { _ in (0..<(2 + random.below(4))).map { _ in places[random.below(3)] } }
    return Program(
      task:
        "Write `\(function)(places)`, which takes a list of the places where \(world.setting.item) were found and returns a dictionary from each place to the number of times it occurs.",
      solution:
        "def \(function)(places):\n    counts = {}\n    for place in places:\n        counts[place] = counts.get(place, 0) + 1\n    return counts",
      tests: tests.map { list in
        let counts = places.compactMap { place in
          let count = list.count(where: { $0 == place })
          return count > 0 ? "\(literal(place)): \(count)" : nil
        }
        return "assert \(function)(\(literal(list))) == {\(counts.joined(separator: ", "))}"
      } + ["assert \(function)([]) == {}"])
  }

  private static let missing: Family = { world, random in
    let (function, _) = names("missing_numbers_of", world)
    let tests = (0..<4).map { _ in
      Array(Set(numbers(4 + random.below(3), 1...9, &random))).sorted()
    }
    return Program(
      task:
        "The \(world.setting.container) are numbered without gaps. Write `\(function)(seen)`, which takes the numbers that were seen, in any order, and returns in rising order those between the smallest and the largest that are missing.",
      solution:
        "def \(function)(seen):\n    if not seen:\n        return []\n    present = set(seen)\n    return [number for number in range(min(seen), max(seen) + 1) if number not in present]",
      tests: tests.map { seen in
        let gaps = ((seen.first ?? 0)...(seen.last ?? 0)).filter { !seen.contains($0) }
        return "assert \(function)(\(literal(Array(seen.reversed())))) == \(literal(gaps))"
      } + ["assert \(function)([]) == []"])
  }

  private static let pairs: Family = { world, random in
    let (function, _) = names("pairs_of", world)
    let tests = (0..<4).map { _ in (numbers(4 + random.below(3), 1...12, &random), 8 + random.below(10)) }
    return Program(
      task:
        "Two \(world.setting.container) may travel together if their weights add up to exactly the limit. Write `\(function)(weights, limit)`, which returns how many pairs of different positions fulfil this.",
      solution: """
        def \(function)(weights, limit):
            count = 0
            seen = {}
            for weight in weights:
                count += seen.get(limit - weight, 0)
                seen[weight] = seen.get(weight, 0) + 1
            return count
        """,
      tests: tests.map { weights, limit in
        var count = 0
        for a in weights.indices {
          for b in weights.indices where a < b && weights[a] + weights[b] == limit { count += 1 }
        }
        return "assert \(function)(\(literal(weights)), \(limit)) == \(count)"
      })
  }

  private static let capacity: Family = { world, random in
    let (function, _) = names("boxes_for", world)
    let tests = (0..<5).map { _ in (random.below(90), 3 + random.below(12)) }
    return Program(
      task:
        "Write `\(function)(amount, size)`, which returns how many \(world.setting.container) are needed for the given amount of \(world.setting.item) if each holds at most `size` of them. No amount needs no \(world.setting.container).",
      solution: "def \(function)(amount, size):\n    return (amount + size - 1) // size",
      tests: tests.map { amount, size in "assert \(function)(\(amount), \(size)) == \((amount + size - 1) / size)" })
  }

  private static let median: Family = { world, random in
    let (function, _) = names("median_of", world)
    let tests = (0..<4).map { _ in numbers(1 + random.below(6), 1...60, &random) }
    return Program(
      task:
        "Write `\(function)(values)`, which returns the median of the daily counts of \(world.setting.item): the middle one in order of size, or the mean of the two middle ones. For an empty list it returns 0.",
      solution: """
        def \(function)(values):
            ordered = sorted(values)
            if not ordered:
                return 0
            middle = len(ordered) // 2
            if len(ordered) % 2 == 1:
                return ordered[middle]
            return (ordered[middle - 1] + ordered[middle]) / 2
        """,
      tests: tests.map { values in
        let ordered = values.sorted()
        let middle = ordered.count / 2
        let sum = ordered.count % 2 == 1 ? 2 * ordered[middle] : ordered[middle - 1] + ordered[middle]
        return "assert \(function)(\(literal(values))) == \(sum / 2)\(sum % 2 == 1 ? ".5" : "")"
      } + ["assert \(function)([]) == 0"])
  }

  private static let merge: Family = { world, random in
    let (function, _) = names("merge_lists_of", world)
    let tests = (0..<4).map { _ in
      (numbers(1 + random.below(4), 1...30, &random).sorted(), numbers(1 + random.below(4), 1...30, &random).sorted())
    }
    return Program(
      task:
        "Two of the \(world.setting.helper) each keep a sorted list of numbers of \(world.setting.item). Write `\(function)(one, other)`, which merges them into one sorted list; numbers that occur twice stay twice.",
      solution: """
        def \(function)(one, other):
            merged = []
            i = j = 0
            while i < len(one) or j < len(other):
                if j == len(other) or i < len(one) and one[i] <= other[j]:
                    merged.append(one[i])
                    i += 1
                else:
                    merged.append(other[j])
                    j += 1
            return merged
        """,
      tests: tests.map { one, other in
        "assert \(function)(\(literal(one)), \(literal(other))) == \(literal((one + other).sorted()))"
      } + ["assert \(function)([], []) == []"])
  }
}
