import PersonaRecords

/// Problems about records, times and texts.
extension CodeFamilies {
  static let encode: Family = { world, random in
    let (function, _) = names("shorten_log_of", world)
    let letters = ["A", "B", "C", "D"]
    let tests = (0..<4).map { _ -> [(String, Int)] in
      var last = -1
      return (0..<(1 + random.below(4))).map { _ in
        var letter = random.below(4)
        if letter == last { letter = (letter + 1) % 4 }
        last = letter
        return (letters[letter], 1 + random.below(5))
      }
    }
    return Program(
      task:
        "In the log each of the \(world.setting.item) is one letter. Write `\(function)(log)`, which shortens runs of the same letter to the letter and its count: \"AAB\" becomes \"A2B1\".",
      solution: """
        def \(function)(log):
            parts = []
            start = 0
            for place in range(1, len(log) + 1):
                if place == len(log) or log[place] != log[start]:
                    parts.append(log[start] + str(place - start))
                    start = place
            return "".join(parts)
        """,
      tests: tests.map { runs in
        let log = runs.map { String(repeating: $0.0, count: $0.1) }.joined()
        return "assert \(function)(\"\(log)\") == \"\(runs.map { "\($0.0)\($0.1)" }.joined())\""
      } + ["assert \(function)(\"\") == \"\""])
  }

  static let windows: Family = { world, random in
    let (function, _) = names("best_days_of", world)
    let width = 2 + random.below(3)
    let tests = (0..<4).map { _ in numbers(width + random.below(5), 0...25, &random) }
    return Program(
      task:
        "Write `\(function)(counts)`, which returns the largest number of \(world.setting.item) on any \(ClueWords.numbers[width]) days in a row, or 0 if there are fewer than \(ClueWords.numbers[width]) days.",
      solution: """
        def \(function)(counts):
            if len(counts) < \(width):
                return 0
            return max(sum(counts[day:day + \(width)]) for day in range(len(counts) - \(width - 1)))
        """,
      tests: tests.map { counts in
        let best = (0...(counts.count - width)).map { counts[$0..<($0 + width)].reduce(0, +) }.max() ?? 0
        return "assert \(function)(\(literal(counts))) == \(best)"
      } + ["assert \(function)([1]) == 0"])
  }

  static let ranks: Family = { world, random in
    let (function, _) = names("top_names_for", world)
    let people = Weaver.drawn(5, of: FirstNames.all, &random)
    let count = 2 + random.below(2)
    let tests = (0..<3).map { _ -> [(String, Int)] in
      Weaver.drawn(3 + random.below(3), of: people, &random).map { ($0, 1 + random.below(9)) }
    }
    return Program(
      task:
        "Write `\(function)(scores)`, which takes a dictionary from names to the number of \(world.setting.item) and returns the \(ClueWords.numbers[count]) names with the highest numbers, best first; equal numbers are ordered by name.",
      solution:
        "def \(function)(scores):\n    ordered = sorted(scores, key=lambda name: (-scores[name], name))\n    return ordered[:\(count)]",
      tests: tests.map { scores in
        let best = scores.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(count).map(\.0)
        let dictionary = scores.map { "\(literal($0.0)): \($0.1)" }.joined(separator: ", ")
        return "assert \(function)({\(dictionary)}) == \(literal(Array(best)))"
      })
  }

  static let change: Family = { world, random in
    let (function, _) = names("coins_for", world)
    let coins = [[1, 5, 10, 25], [1, 2, 5, 10, 20, 50], [1, 3, 4], [1, 7, 10]][random.below(4)]
    let tests = (0..<5).map { _ in 1 + random.below(80) }
    return Program(
      task:
        "The till at the \(world.setting.place) has coins of \(ClueWords.list(coins.map { "\($0)" })). Write `\(function)(amount)`, which returns the smallest number of coins that add up to the price of the \(world.setting.item).",
      solution: """
        def \(function)(amount):
            fewest = [0] + [None] * amount
            for total in range(1, amount + 1):
                fewest[total] = 1 + min(fewest[total - coin] for coin in \(literal(coins)) if coin <= total)
            return fewest[amount]
        """,
      tests: tests.map { amount in
        var fewest = [0]
        for total in 1...amount {
          fewest.append(1 + (coins.filter { $0 <= total }.map { fewest[total - $0] }.min() ?? 0))
        }
        return "assert \(function)(\(amount)) == \(fewest[amount])"
      })
  }

  static let overlap: Family = { world, random in
    let (function, _) = names("clashes_of", world)
    let tests = (0..<4).map { _ -> [(Int, Int)] in
      (0..<(2 + random.below(4))).map { _ in
        let start = 8 + random.below(9)
        return (start, start + 1 + random.below(3))
      }
    }
    return Program(
      task:
        "Bookings of the \(world.setting.place) are pairs (start, end) of full hours. Write `\(function)(bookings)`, which returns how many pairs of bookings overlap; one may begin when another ends.",
      solution: """
        def \(function)(bookings):
            count = 0
            for place, (start, end) in enumerate(bookings):
                for other_start, other_end in bookings[place + 1:]:
                    if start < other_end and other_start < end:
                        count += 1
            return count
        """,
      tests: tests.map { bookings in
        var count = 0
        for a in bookings.indices {
          for b in bookings.indices where a < b && bookings[a].0 < bookings[b].1 && bookings[b].0 < bookings[a].1 {
            count += 1
          }
        }
        return "assert \(function)([\(bookings.map { "(\($0.0), \($0.1))" }.joined(separator: ", "))]) == \(count)"
      })
  }

  static let parse: Family = { world, random in
    let (function, _) = names("read_line_of", world)
    let goods = [world.setting.item, world.setting.other]
    let tests = (0..<3).map { _ -> [(String, Int)] in
      (0..<(1 + random.below(2))).map { (goods[$0], 1 + random.below(50)) }
    }
    return Program(
      task:
        "Notes look like \"\(goods[0])=4; \(goods[1])=7\". Write `\(function)(line)`, which returns a dictionary from the names to whole numbers and ignores blanks round the signs.",
      solution: """
        def \(function)(line):
            counts = {}
            for part in line.split(";"):
                if part.strip():
                    name, number = part.split("=")
                    counts[name.strip()] = int(number)
            return counts
        """,
      tests: tests.map { entries in
        let line = entries.map { "\($0.0) = \($0.1)" }.joined(separator: ";")
        return
          "assert \(function)(\(literal(line))) == {\(entries.map { "\(literal($0.0)): \($0.1)" }.joined(separator: ", "))}"
      } + ["assert \(function)(\"\") == {}"])
  }

  static let balance: Family = { world, random in
    let (function, _) = names("first_shortage_of", world)
    let tests = (0..<5).map { _ in (5 + random.below(25), numbers(3 + random.below(4), 1...12, &random)) }
    return Program(
      task:
        "Write `\(function)(stock, orders)`: orders of \(world.setting.item) are served one after the other. It returns the position, counted from 0, of the first order that the remaining stock cannot serve in full, or -1 if all can be served.",
      solution: """
        def \(function)(stock, orders):
            for place, amount in enumerate(orders):
                if amount > stock:
                    return place
                stock -= amount
            return -1
        """,
      tests: tests.map { stock, orders in
        var left = stock
        var answer = -1
        for (place, amount) in orders.enumerated() {
          if amount > left {
            answer = place
            break
          }
          left -= amount
        }
        return "assert \(function)(\(stock), \(literal(orders))) == \(answer)"
      })
  }

  static let schedule: Family = { world, random in
    let (function, _) = names("end_of_shift_for", world)
    let tests = (0..<5).map { _ in (6 * 60 + random.below(720), 5 + random.below(300)) }
    func clock(_ minutes: Int) -> String {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    }
    return Program(
      task:
        "Write `\(function)(start, minutes)`, which takes a time such as \"09:05\" and the minutes that the \(world.setting.item) take, and returns the time at the end in the same form; midnight may be passed.",
      solution: """
        def \(function)(start, minutes):
            hours, rest = start.split(":")
            total = (int(hours) * 60 + int(rest) + minutes) % 1440
            return f"{total // 60:02d}:{total % 60:02d}"
        """,
      tests: tests.map { start, minutes in
        "assert \(function)(\"\(clock(start))\", \(minutes)) == \"\(clock(start + minutes))\""
      })
  }

  static let most: Family = { world, random in
    let (function, _) = names("busiest_hour_for", world)
    let tests = (0..<4).map { _ in numbers(3 + random.below(5), 8...14, &random) }
    return Program(
      task:
        "Write `\(function)(hours)`, which takes the hours at which \(world.setting.item) came in and returns the hour that occurs most often, the earliest of several; for no hours it returns -1.",
      solution: """
        def \(function)(hours):
            best = -1
            for hour in sorted(set(hours)):
                if best == -1 or hours.count(hour) > hours.count(best):
                    best = hour
            return best
        """,
      tests: tests.map { hours in
        var best = -1
        for hour in Set(hours).sorted() {
          let count = hours.count(where: { $0 == hour })
          if best == -1 || count > hours.count(where: { $0 == best }) { best = hour }
        }
        return "assert \(function)(\(literal(hours))) == \(best)"
      } + ["assert \(function)([]) == -1"])
  }
}
