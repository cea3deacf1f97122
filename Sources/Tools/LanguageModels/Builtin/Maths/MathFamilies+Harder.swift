import PersonaRecords

extension MathFamilies {
  /// Arrangements, number theory, sequences.
  static let counting: [Family] = [
    { s, r in
      let all = number(&r, 6...12)
      let taken = number(&r, 2...4)
      return (
        "From \(all) \(s.helper) at the \(s.place), the \(s.role) picks a team of \(taken). In how many ways can the team be chosen?",
        "\(choose(all, taken))"
      )
    },
    { s, r in
      let one = number(&r, 3...7)
      let two = number(&r, 3...7)
      return (
        "A working party needs 2 people from \(one) experienced and 2 people from \(two) new \(s.helper). In how many ways can the "
          + "\(s.role) put it together?", "\(choose(one, 2) * choose(two, 2))"
      )
    },
    { s, r in
      let first = number(&r, 4...12)
      let step = number(&r, 2...7)
      let count = number(&r, 8...20)
      return (
        "The \(s.role) stacks \(s.container) in rows: \(first) in the first row, and in each further row \(step) more than in the one "
          + "before. How many \(s.container) stand in \(count) rows together?",
        "\(count * (2 * first + (count - 1) * step) / 2)"
      )
    },
    { s, r in
      let one = [6, 8, 9, 10, 12][r.below(5)]
      let two = [14, 15, 16, 18, 20][r.below(5)]
      return (
        "In the \(s.place), deliveries of \(s.item) come every \(one) days and deliveries of \(s.other) every \(two) days. Today both came. "
          + "In how many days will both come on the same day again?", "\(one * two / greatestDivisor(one, two))"
      )
    },
    { s, r in
      let divisor = number(&r, 6...18)
      let x = [4, 5, 7][r.below(3)]
      let y = [9, 11, 13][r.below(3)]
      return (
        "The \(s.role) wants to share out \(divisor * x) \(s.item) and \(divisor * y) \(s.other) into as many identical \(s.container) as "
          + "possible, with nothing left over. How many \(s.container) are needed, and how many \(s.item) go into each?",
        "\(divisor) and \(x)"
      )
    },
    { s, r in
      let start = number(&r, 2...9) * 5
      let times = number(&r, 4...7)
      return (
        "The number of \(s.item) wanted at the \(s.place) doubles every month and is \(start) in the first month. In which month does it "
          + "first exceed \(start << (times - 1))?", "\(times + 1)"
      )
    },
    { s, r in
      let base = number(&r, 3...9)
      let power = number(&r, 20...99)
      var digit = 1
      for _ in 0..<power { digit = digit * base % 10 }
      return (
        "A label code for \(s.item) is the last digit of \(base) raised to the power \(power). Which digit is it?",
        "\(digit)"
      )
    },
    { s, r in
      let modulusOne = [3, 4, 5][r.below(3)]
      let modulusTwo = [7, 11, 13][r.below(3)]
      let restOne = number(&r, 1...(modulusOne - 1))
      let restTwo = number(&r, 1...(modulusTwo - 1))
      var value = restTwo
      while value % modulusOne != restOne { value += modulusTwo }
      return (
        "When the \(s.role) packs the \(s.item) by \(modulusOne), \(restOne) remain; packed by \(modulusTwo), \(restTwo) remain. "
          + "What is the smallest possible number of \(s.item)?", "\(value)"
      )
    },
    { s, r in
      let digits = number(&r, 5...8)
      return (
        "Every one of the \(s.container) in the \(s.place) gets a code of three different digits chosen from 1 to \(digits). "
          + "How many codes are there?", "\(digits * (digits - 1) * (digits - 2))"
      )
    },
    { s, r in
      let days = number(&r, 10...360)
      let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
      let start = r.below(7)
      return (
        "The \(s.role) counts the \(s.item) on a \(names[start]) and agrees to count them again exactly \(days) days later. "
          + "On which day of the week is that?", names[(start + days) % 7]
      )
    },
  ]

  /// Probability and expectation.
  static let chance: [Family] = [
    { s, r in
      let good = number(&r, 5...12)
      let bad = number(&r, 2...5)
      let all = good + bad
      return (
        "One of the \(s.container) in the \(s.place) holds \(good) sound and \(bad) faulty \(s.item). Two are taken out at random without "
          + "putting the first one back. What is the probability that both are sound?",
        fraction(good * (good - 1), all * (all - 1))
      )
    },
    { s, r in
      let win = number(&r, 5...20)
      let percent = [20, 25, 40, 50, 60][r.below(5)]
      // Less than would eat up the gain.
      let lose = number(&r, 1...min(4, (win * percent - 1) / (100 - percent)))
      return (
        "The \(s.role) estimates that an order of \(s.item) earns $\(win * 20) with probability \(percent)% and otherwise loses $\(lose * 20). "
          + "What is the expected gain in dollars?", fraction((win * percent - lose * (100 - percent)) * 20, 100)
      )
    },
    { s, r in
      let sides = [4, 6, 8, 10][r.below(4)]
      return (
        "To decide who carries the \(s.container), two \(s.helper) each roll a fair die with \(sides) faces numbered from 1. "
          + "What is the probability that they roll different numbers?", fraction(sides - 1, sides)
      )
    },
    { s, r in
      let one = number(&r, 2...8) * 10
      let two = number(&r, 2...8) * 10
      return (
        "A check of \(s.item) finds a fault with probability \(one)%; a second check, independent of the first, finds it with probability "
          + "\(two)%. What is the probability, in percent, that at least one of the two checks finds the fault?",
        fraction(10_000 - (100 - one) * (100 - two), 100)
      )
    },
    { s, r in
      let faulty = number(&r, 1...4)
      let trueRate = [80, 90][r.below(2)]
      let falseRate = [5, 10][r.below(2)]
      let sick = faulty * 50
      let well = 1_000 - sick
      return (
        "Of 1000 \(s.item), \(sick) have a hidden fault. A test flags \(trueRate)% of those with the fault and \(falseRate)% of those without. "
          + "One flagged item is chosen at random. What is the probability that it has the fault?",
        fraction(sick * trueRate, sick * trueRate + well * falseRate)
      )
    },
    { s, r in
      let count = number(&r, 3...6)
      return (
        "The \(s.role) tosses a fair coin \(count) times, once for each of the \(s.container), to choose between two shelves. "
          + "What is the probability that the first shelf is chosen exactly twice?",
        fraction(choose(count, 2), 1 << count)
      )
    },
  ]

  /// Equations, optimisation, scheduling.
  static let advanced: [Family] = [
    { s, r in
      let one = number(&r, 6...40)
      let two = number(&r, 6...40)
      let priceOne = number(&r, 2...5)
      let priceTwo = priceOne + number(&r, 1...6)
      return (
        "On one day the \(s.place) hands out \(one + two) \(s.item) and \(s.other) for $\(one * priceOne + two * priceTwo). One of the "
          + "\(s.item) costs $\(priceOne), one of the \(s.other) $\(priceTwo). How many of each were handed out?",
        "\(one) \(s.item) and \(two) \(s.other)"
      )
    },
    { s, r in
      let young = number(&r, 16...30)
      let gap = number(&r, 8...30)
      let years = number(&r, 2...8)
      return (
        "The \(s.role) is \(gap) years older than the youngest of the \(s.helper). In \(years) years their ages will add up to "
          + "\(2 * (young + years) + gap). How old is the \(s.role) now?", "\(young + gap)"
      )
    },
    { s, r in
      let best = number(&r, 10...30)
      let slope = number(&r, 1...3)
      let top = 2 * best
      return (
        "At a price of x dollars, the \(s.place) sells \(slope * top) − \(slope == 1 ? "" : "\(slope)")x sets of \(s.item) a week, for x up to "
          + "\(top). Which price brings the largest weekly income, and how large is that income?",
        "$\(best) and $\(slope * best * best)"
      )
    },
    { s, r in
      let fill = [2, 3, 4][r.below(3)]
      let drain = fill * [2, 3][r.below(2)]
      return (
        "A water tank at the \(s.place) is filled by one pipe in \(fill) hours and emptied by another in \(drain) hours. Both are open, and "
          + "the tank is empty at first. After how many hours is it full?", fraction(fill * drain, drain - fill)
      )
    },
    { s, r in
      let kilos = number(&r, 2...8) * 10
      let strong = [50, 60, 80][r.below(3)]
      let wanted = [20, 30, 40][r.below(3)]
      return (
        "The \(s.role) has \(kilos) kg of a mixture of which \(strong)% is the active part and dilutes it with pure filler until the active "
          + "part is \(wanted)%. How many kilograms of filler are added?", fraction(kilos * (strong - wanted), wanted)
      )
    },
    { s, r in
      let early = number(&r, 2...5)
      let speed = number(&r, 6...12) * 5
      let faster = speed + number(&r, 2...6) * 5
      return (
        "A van with \(s.item) leaves the \(s.place) at \(speed) km/h. Exactly \(early) hours later the \(s.role) follows on the same road at "
          + "\(faster) km/h. After how many hours of driving does the \(s.role) catch up with the van?",
        fraction(speed * early, faster - speed)
      )
    },
    { s, r in
      let jobs = (0..<4).map { _ in number(&r, 2...9) }
      let sorted = jobs.sorted()
      var wait = 0
      var sum = 0
      for job in sorted {
        wait += job
        sum += wait
      }
      return (
        "Four jobs with \(s.item) take \(jobs[0]), \(jobs[1]), \(jobs[2]) and \(jobs[3]) hours, and the \(s.role) can do one at a time. "
          + "They are ordered so that the sum of the four finishing times, counted from the start, is as small as possible. "
          + "How large is that sum in hours?", "\(sum)"
      )
    },
    { s, r in
      let rounds = number(&r, 4...7)
      return (
        "News about \(s.item) spreads: in the first round the \(s.role) tells 3 people, and in each further round everyone who heard it in "
          + "the round before tells 3 people who have not heard it yet. How many people besides the \(s.role) know it after \(rounds) rounds?",
        "\(sumOfPowers(3, rounds))"
      )
    },
    { s, r in
      let x = number(&r, 2...9)
      let y = number(&r, 2...9)
      return (
        "Three \(s.container) of \(s.item) and two \(s.container) of \(s.other) weigh \(3 * x + 2 * y) kg; two of the first kind and five of "
          + "the second weigh \(2 * x + 5 * y) kg. How many kilograms does one of each kind weigh together?", "\(x + y)"
      )
    },
    { s, r in
      let a = number(&r, 20...60)
      let b = number(&r, 20...60)
      let both = number(&r, 5...15)
      let none = number(&r, 3...20)
      return (
        "Among the people asked by the \(s.role), \(a) use \(s.item), \(b) use \(s.other), \(both) use both, and \(none) use neither. "
          + "How many people were asked?", "\(a + b - both + none)"
      )
    },
    { s, r in
      let rate = [5, 10, 20][r.below(3)]
      let capital = number(&r, 2...12) * 1_000
      return (
        "The \(s.role) puts $\(capital) aside for new \(s.item) at \(rate)% interest a year, compounded once a year, and leaves it for two "
          + "years. How many dollars of interest have been earned then?",
        fraction(capital * (200 * rate + rate * rate), 10_000)
      )
    },
    { s, r in
      let n = number(&r, 6...15)
      return (
        "At a meeting about \(s.item), each of the \(n) \(s.helper) shakes hands once with every other. How many handshakes are there, and "
          + "how many would there be with one more person?", "\(n * (n - 1) / 2) and \(n * (n + 1) / 2)"
      )
    },
  ]

  private static func sumOfPowers(_ base: Int, _ rounds: Int) -> Int {
    var sum = 0
    var power = 1
    for _ in 0..<rounds {
      power *= base
      sum += power
    }
    return sum
  }
}
