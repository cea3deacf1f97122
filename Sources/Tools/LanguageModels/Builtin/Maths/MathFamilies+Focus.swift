import PersonaRecords

/// Families that only a recipe's focus or difficulty chooses; the plain problem draws from `all`, which stays as it is.
extension MathFamilies {
  /// Prices, interest, budgets.
  static let money: [Family] = [
    { s, r in
      let fixed = number(&r, 10...60) * 10
      let margin = number(&r, 3...12)
      return (
        "The \(s.role) pays $\(fixed * margin) a month for the \(s.place), whatever is sold. Each set of \(s.item) costs $\(margin) less than "
          + "it sells for. How many sets must be sold in a month to cover the rent exactly?", "\(fixed)"
      )
    },
    { s, r in
      let principal = number(&r, 4...40) * 100
      let rate = number(&r, 2...9)
      let years = number(&r, 2...8)
      return (
        "The \(s.role) borrows $\(principal) for new \(s.item) at \(rate)% simple interest a year and pays everything back after \(years) "
          + "years. How many dollars are paid back?", "\(principal + principal * rate * years / 100)"
      )
    },
    { s, r in
      let price = number(&r, 6...40) * 10
      let off = [10, 20, 25, 30][r.below(4)]
      let tax = [5, 10, 20][r.below(3)]
      return (
        "A set of \(s.item) is listed at $\(price). The \(s.role) gets \(off)% off the list price, and then \(tax)% tax is added to what is "
          + "left. How many dollars are paid?", fraction(price * (100 - off) * (100 + tax), 10_000)
      )
    },
    { s, r in
      let weekly = number(&r, 3...12) * 5
      let start = number(&r, 2...10) * 20
      let weeks = number(&r, 6...20)
      return (
        "The \(s.helper) save for \(s.item) that cost $\(start + weekly * weeks). They have $\(start) and put $\(weekly) aside every week. "
          + "After how many weeks do they have enough?", "\(weeks)"
      )
    },
    { s, r in
      let one = number(&r, 2...6)
      let two = one + number(&r, 1...5)
      let unit = number(&r, 20...90) * 10
      return (
        "Two partners put \(one) and \(two) equal shares into a business with \(s.item). The profit of $\(unit * (one + two)) is divided in the "
          + "ratio of the shares. How many dollars does the partner with more shares receive?", "\(unit * two)"
      )
    },
    { s, r in
      let cost = number(&r, 5...30) * 4
      let up = [25, 50, 75][r.below(3)]
      return (
        "The \(s.role) buys a set of \(s.item) and adds \(up)% to what was paid; the selling price is $\(cost * (100 + up) / 100 * 25). "
          + "How many dollars did the set cost to buy?", fraction(cost * (100 + up) / 100 * 2_500, 100 + up)
      )
    },
  ]

  static let harderMoney: [Family] = [
    { s, r in
      let base = number(&r, 1...9) * 1_000
      let rate = [10, 20][r.below(2)]
      return (
        "The \(s.role) puts $\(base) into a fund for \(s.item) at the start of each of three years, at \(rate)% interest a year, compounded "
          + "yearly. How many dollars are in the fund at the end of the third year?",
        fraction(
          base
            * ((100 + rate) * 10_000 + (100 + rate) * (100 + rate) * 100 + (100 + rate) * (100 + rate) * (100 + rate)),
          1_000_000)
      )
    },
    { s, r in
      let payment = number(&r, 2...12) * 121
      return (
        "An investment in \(s.item) pays $\(payment) after one year and again after two years. At 10% interest a year, how many dollars is it "
          + "worth today?", fraction(payment * 210, 121)
      )
    },
    { s, r in
      let yearly = number(&r, 3...30) * 10
      let rate = [2, 4, 5, 8, 10][r.below(5)]
      return (
        "A foundation is to pay $\(yearly) for \(s.item) at the end of every year, forever, from the interest alone at \(rate)% a year. "
          + "How many dollars of capital does it need?", fraction(yearly * 100, rate)
      )
    },
    { s, r in
      let start = number(&r, 2...20) * 1_000
      let loss = [10, 20, 50][r.below(3)]
      let keep = 100 - loss
      return (
        "A machine for \(s.item) costs $\(start) and loses \(loss)% of its remaining value each year. How many dollars does it lose during "
          + "the third year?", fraction(start * keep * keep * loss, 1_000_000)
      )
    },
  ]

  static let harderShapes: [Family] = [
    { s, r in
      let (a, b, c) = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25)][r.below(4)]
      let k = number(&r, 1...4)
      return (
        "A triangular bed beside the \(s.place) has sides of \(a * k) m, \(b * k) m and \(c * k) m. What is the radius, in metres, of the "
          + "largest circle that fits inside it?", fraction((a + b - c) * k, 2)
      )
    },
    { s, r in
      let top = number(&r, 3...9)
      let bottom = top + number(&r, 2...8)
      let height = number(&r, 4...12)
      return (
        "A wall panel in the \(s.place) is a trapezoid with parallel sides of \(top) m and \(bottom) m that are \(height) m apart. The \(s.role) "
          + "divides it by a line halfway between the parallel sides. How many times as large as the smaller part is the larger part?",
        fraction(top + 3 * bottom, 3 * top + bottom)
      )
    },
    { s, r in
      let edge = number(&r, 2...9)
      return (
        "The \(s.role) packs \(s.item) into a cube with an edge of \(edge * 10) cm. What is the square of the length, in centimetres, of the "
          + "longest straight rod that fits into the cube?", "\(300 * edge * edge)"
      )
    },
    { s, r in
      let (d, half, leg) = [(3, 4, 5), (5, 12, 13), (6, 8, 10), (9, 12, 15)][r.below(4)]
      let k = number(&r, 1...3)
      return (
        "A round table in the \(s.place) has a radius of \(leg * k) dm. A straight cut through it runs at a distance of \(d * k) dm from the "
          + "centre. How many decimetres long is the cut?", "\(2 * half * k)"
      )
    },
    { s, r in
      let ratio = number(&r, 2...5)
      let area = number(&r, 3...20)
      return (
        "Two plans of the \(s.place) are similar figures; lengths on the larger one are \(ratio) times those on the smaller one, whose area is "
          + "\(area) square decimetres. What is the area of the larger plan in square decimetres?",
        "\(area * ratio * ratio)"
      )
    },
  ]

  static let harderChance: [Family] = [
    { s, r in
      let n = number(&r, 4...9)
      return (
        "The \(s.role) puts \(n) letters about \(s.item) at random into \(n) addressed envelopes, one each. What is the expected number of "
          + "letters in the right envelope, and what is the probability that exactly \(n - 1) are in the right one?",
        "1 and 0"
      )
    },
    { s, r in
      let p = number(&r, 2...9)
      return (
        "Each of the \(s.item) is faulty with probability 1/\(p), independently. The \(s.role) tests one after the other until the first faulty "
          + "one turns up. What is the expected number of tests, and what is the probability that exactly two tests are needed?",
        "\(p) and \(fraction(p - 1, p * p))"
      )
    },
    { s, r in
      let a = number(&r, 2...5)
      let b = number(&r, 2...5)
      return (
        "Two of the \(s.helper) draw in turns from a cupboard with \(a + b) \(s.container), of which \(a) hold \(s.item); nothing is put back. "
          + "What is the probability that the last one drawn holds \(s.item)?", fraction(a, a + b)
      )
    },
    { s, r in
      let n = number(&r, 3...7)
      return (
        "Every one of \(n) \(s.helper) chooses one of \(n) \(s.container) at random and independently. What is the probability that the "
          + "\(s.role) finds exactly one of the \(s.container) left over?",
        fraction(choose(n, 2) * factorial(n), power(n, n))
      )
    },
  ]

  /// Number theory and counting as in contests.
  static let contest: [Family] = [
    { s, r in
      let n = number(&r, 20...60)
      var count = 0
      var prime = 5
      while prime <= n {
        count += n / prime
        prime *= 5
      }
      return (
        "The \(s.role) multiplies all whole numbers from 1 to \(n), one for each of the \(s.container). With how many zeros does the product end?",
        "\(count)"
      )
    },
    { s, r in
      let a = number(&r, 3...7)
      var b = number(&r, 4...11)
      while greatestDivisor(a, b) != 1 { b += 1 }
      return (
        "\(s.item.prefix(1).uppercased() + s.item.dropFirst()) are sold in \(s.container) of \(a) and of \(b) only. What is the largest number of "
          + "\(s.item) that cannot be bought exactly?", "\(a * b - a - b)"
      )
    },
    { s, r in
      let n = number(&r, 4...12)
      return (
        "In how many ways can the \(s.role) write \(n) as an ordered sum of ones and twos, one summand for each trip with \(s.item)?",
        "\(fibonacci(n))"
      )
    },
    { s, r in
      let (p, q) = [(2, 3), (2, 5), (3, 5), (2, 7)][r.below(4)]
      let x = number(&r, 2...5)
      let y = number(&r, 1...4)
      return (
        "The number of \(s.item) in the \(s.place) is \(p) to the power of \(x) times \(q) to the power of \(y). In how many ways can the \(s.role) "
          + "lay them out in complete rows of equal length, if the number of rows may be any whole number?",
        "\((x + 1) * (y + 1))"
      )
    },
    { s, r in
      let n = number(&r, 5...15)
      return (
        "At a meeting of \(2 * n) \(s.helper), some pairs have worked on \(s.item) together before, but no three people have all worked with one "
          + "another. What is the largest possible number of such pairs?", "\(n * n)"
      )
    },
    { s, r in
      let n = number(&r, 6...30)
      return (
        "Numbers from 1 to \(2 * n) stand on \(2 * n) \(s.container). How many of them must the \(s.role) take, at the least, to be sure that two "
          + "of the numbers taken differ by exactly \(n)?", "\(n + 1)"
      )
    },
  ]

  /// Means, medians and changes of them.
  static let averages: [Family] = [
    { s, r in
      let count = number(&r, 4...9)
      let mean = number(&r, 15...60)
      let rise = number(&r, 1...5)
      return (
        "The \(s.role) has counted the \(s.item) on \(count) days, with a mean of \(mean) a day. The next count raises the mean by \(rise). "
          + "How large is the next count?", "\(mean + rise * (count + 1))"
      )
    },
    { s, r in
      let values = (0..<5).map { _ in number(&r, 10...90) }
      return (
        "On five days the \(s.place) used \(values.map { "\($0)" }.joined(separator: ", ")) \(s.item). What is the median of these numbers?",
        "\(values.sorted()[2])"
      )
    },
    { s, r in
      let a = number(&r, 3...9)
      let b = number(&r, 3...9)
      let x = number(&r, 10...40)
      let y = number(&r, 10...40)
      return (
        "One team of \(a) \(s.helper) packs \(x) \(s.item) each on average, another of \(b) packs \(y) each. What is the mean for all of them "
          + "together?", fraction(a * x + b * y, a + b)
      )
    },
    { s, r in
      let middle = number(&r, 10...50)
      let step = number(&r, 1...6)
      return (
        "Three counts of \(s.item) are \(middle - step), \(middle) and \(middle + step). What is the variance of the three numbers, taken as the "
          + "mean of the squared distances from their mean?", fraction(2 * step * step, 3)
      )
    },
  ]

  /// Limits, largest values, areas under curves.
  static let analysis: [Family] = [
    { s, r in
      let a = number(&r, 2...9)
      let b = number(&r, 2...9)
      return (
        "The number of \(s.item) used per hour at the \(s.place), t hours after opening, is \(3 * a)t² + \(2 * b)t. How many are used in the "
          + "first \(2) hours, taken as the integral of the rate?", "\(8 * a + 4 * b)"
      )
    },
    { s, r in
      let k = number(&r, 2...12)
      return (
        "A closed box for \(s.item) has a square base and a volume of \(k * k * k) cubic decimetres. What is the smallest possible surface of the "
          + "box in square decimetres?", "\(6 * k * k)"
      )
    },
    { s, r in
      let a = number(&r, 2...9)
      let b = number(&r, 1...5)
      return (
        "The \(s.role) models the cost of storing \(s.item) as C(x) = \(a * a * b)/x + \(b)x for x > 0. For which x is the cost smallest, and how "
          + "large is it then?", "\(a) and \(2 * a * b)"
      )
    },
    { s, r in
      let first = number(&r, 2...20) * 6
      let part = [2, 3][r.below(2)]
      return (
        "In the first week \(first) \(s.item) are repaired at the \(s.place), and in every further week 1/\(part) as many as in the week before. "
          + "To which number does the total tend if this went on forever?", fraction(first * part, part - 1)
      )
    },
    { s, r in
      let a = number(&r, 1...6)
      let b = number(&r, 1...6)
      let d = number(&r, 2...7)
      return (
        "The \(s.role) describes two stocks, \(s.item) and \(s.other), by the matrix with rows (\(a + d), \(a)) and (\(b), \(b + d)), which gives "
          + "next month's stocks from this month's. What is the larger of its two eigenvalues?", "\(a + b + d)"
      )
    },
  ]

  private static func factorial(_ n: Int) -> Int { (1...max(1, n)).reduce(1, *) }
  private static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
  private static func fibonacci(_ n: Int) -> Int {
    var (one, two) = (1, 1)
    for _ in 0..<n { (one, two) = (two, one + two) }
    return one
  }
}
