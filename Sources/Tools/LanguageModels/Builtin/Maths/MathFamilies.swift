import PersonaRecords

/// Kinds of math problems. Numbers are chosen so that the answer comes out whole, or as a fraction in lowest terms.
enum MathFamilies {
  typealias Problem = (text: String, answer: String)
  typealias Family = @Sendable (MathSetting, inout SeededRandom) -> Problem

  static let all: [Family] = everyday + shapes + counting + chance + advanced

  static func number(_ random: inout SeededRandom, _ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.below(range.count)
  }

  static func greatestDivisor(_ one: Int, _ other: Int) -> Int {
    var (larger, smaller) = (one, other)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }

  /// A quotient in lowest terms: "3/7", or "4" when it is whole.
  static func fraction(_ top: Int, _ bottom: Int) -> String {
    let divisor = greatestDivisor(abs(top), bottom)
    return bottom == divisor ? "\(top / divisor)" : "\(top / divisor)/\(bottom / divisor)"
  }

  static func choose(_ count: Int, _ taken: Int) -> Int {
    var result = 1
    for step in 0..<taken { result = result * (count - step) / (step + 1) }
    return result
  }

  /// A clock time from minutes after midnight.
  static func clock(_ minutes: Int) -> String {
    let rest = minutes % 60
    return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Ratio, percentage, rates, money, time.
  static let everyday: [Family] = [
    { s, r in
      let (a, b) = [(2, 3), (3, 4), (3, 5), (4, 7), (5, 8), (2, 7)][r.below(6)]
      let unit = number(&r, 6...24)
      return (
        "In the \(s.place), the \(s.role) keeps \(s.item) and \(s.other) in the ratio \(a):\(b). There are \((a + b) * unit) of them "
          + "altogether. How many \(s.item) are there?", "\(a * unit)"
      )
    },
    { s, r in
      let percent = number(&r, 2...9) * 5
      let total = number(&r, 4...25) * 100
      return (
        "Of the \(total) \(s.item) that the \(s.role) checks in the \(s.place), \(percent)% do not meet the standard. "
          + "How many \(s.item) do meet it?", "\(total * (100 - percent) / 100)"
      )
    },
    { s, r in
      let per = number(&r, 6...18)
      let full = number(&r, 12...40)
      let rest = number(&r, 1...(per - 1))
      return (
        "The \(s.role) has \(per * full + rest) \(s.item) to pack into \(s.container) that hold \(per) each. "
          + "How many full \(s.container) are there, and how many \(s.item) are left over?", "\(full) and \(rest)"
      )
    },
    { s, r in
      let helpers = number(&r, 3...8)
      let hours = number(&r, 2...6)
      let each = number(&r, 4...15)
      let more = number(&r, 1...4)
      return (
        "In the \(s.place), \(helpers) \(s.helper) prepare \(helpers * hours * each) \(s.item) in \(hours) hours, all at the same steady "
          + "pace. How many \(s.item) do \(helpers + more) \(s.helper) prepare in \(hours + 1) hours at that pace?",
        "\((helpers + more) * (hours + 1) * each)"
      )
    },
    { s, r in
      let base = number(&r, 4...20) * 20
      let off = [10, 15, 20, 25, 30][r.below(5)]
      let count = number(&r, 3...12)
      return (
        "A set of \(s.item) costs $\(base). The \(s.role) buys \(count) sets and gets \(off)% off the whole order. "
          + "How many dollars does the order cost?", "\(base * count * (100 - off) / 100)"
      )
    },
    { s, r in
      let first = [3, 4, 6, 10, 12][r.below(5)]
      let second = first == 3 ? 6 : first == 4 ? 12 : first == 6 ? 12 : first == 10 ? 15 : 24
      return (
        "Working alone, the \(s.role) sorts all the \(s.item) in the \(s.place) in \(second) hours, and an experienced colleague needs "
          + "\(first) hours. If both work together at these rates, how many hours does the job take?",
        fraction(first * second, first + second)
      )
    },
    { s, r in
      let speed = number(&r, 8...18) * 5
      let hours = number(&r, 2...5)
      let half = r.below(2)
      return (
        "The \(s.role) takes \(s.container) of \(s.item) to a place \(speed * hours + half * speed / 5 * 2) km from the \(s.place), "
          + "driving at a constant \(speed) km/h. How many minutes does the drive take?",
        "\((speed * hours + half * speed / 5 * 2) * 60 / speed)"
      )
    },
    { s, r in
      let start = 7 * 60 + 5 * number(&r, 0...24)
      let each = number(&r, 3...11)
      let count = number(&r, 12...36)
      let pause = number(&r, 3...9) * 5
      return (
        "The \(s.role) starts at \(clock(start)) and spends exactly \(each) minutes on each of \(count) \(s.item), with one break of "
          + "\(pause) minutes. At what time (24-hour clock) is the work finished?", clock(start + each * count + pause)
      )
    },
    { s, r in
      let days = [5, 6, 7, 8][r.below(4)]
      let mean = number(&r, 20...60)
      let last = number(&r, mean - 9...mean + 15)
      return (
        "Over \(days) days, the \(s.role) uses an average of \(mean) \(s.item) a day. On the first \(days - 1) days together the number is "
          + "\(mean * days - last). How many \(s.item) are used on the last day?", "\(last)"
      )
    },
    { s, r in
      let litres = number(&r, 3...15)
      let bottle = [125, 200, 250, 500][r.below(4)]
      return (
        "A canister in the \(s.place) holds \(litres) litres of cleaning fluid. The \(s.role) fills it into bottles of \(bottle) millilitres. "
          + "How many bottles can be filled?", "\(litres * 1000 / bottle)"
      )
    },
    { s, r in
      let unit = number(&r, 4...9)
      let cheaper = number(&r, 1...(unit - 2))
      let meet = number(&r, 10...40)
      let delivery = number(&r, 1...6) * 5
      return (
        "Supplier A charges $\(delivery + (unit - cheaper) * meet) for delivery and $\(cheaper) per kilogram of material for \(s.item); "
          + "supplier B charges $\(delivery) for delivery and $\(unit) per kilogram. For how many kilograms does the \(s.role) pay the same "
          + "to both?", "\(meet)"
      )
    },
    { s, r in
      let price = number(&r, 4...30) * 50
      let up = [10, 20, 25, 50][r.below(4)]
      return (
        "The price of a stock of \(s.item) is $\(price * 2). It first rises by \(up)% and then falls by \(up)% of the new price. "
          + "How many dollars below the first price is the last one?", "\(fraction(price * 2 * up * up, 10_000))"
      )
    },
  ]

  /// Lengths, areas, volumes.
  static let shapes: [Family] = [
    { s, r in
      let width = number(&r, 4...15)
      let length = width + number(&r, 2...12)
      return (
        "The floor of the \(s.place) is a rectangle with a perimeter of \(2 * (width + length)) m, and it is \(length - width) m longer than "
          + "it is wide. What is its area in square metres?", "\(width * length)"
      )
    },
    { s, r in
      let (a, b, c) = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29)][r.below(5)]
      let k = number(&r, 1...4)
      return (
        "A straight ramp for rolling \(s.container) of \(s.item) is \(c * k) m long and covers \(b * k) m along the ground. "
          + "How many metres does it rise?", "\(a * k)"
      )
    },
    { s, r in
      let side = number(&r, 2...5)
      let x = number(&r, 3...8)
      let y = number(&r, 3...8)
      let z = number(&r, 2...6)
      return (
        "The \(s.role) stores \(s.item) in cubic boxes with edges of \(side * 10) cm. How many such boxes fit into a cupboard that is "
          + "\(side * x * 10) cm wide, \(side * y * 10) cm deep and \(side * z * 10) cm high?", "\(x * y * z)"
      )
    },
    { s, r in
      let width = number(&r, 6...20)
      let length = number(&r, 8...30)
      let path = number(&r, 1...3)
      return (
        "Around a rectangular yard of \(length) m by \(width) m beside the \(s.place), a path \(path) m wide is laid on all four sides, "
          + "outside the yard and with square corners. What is the area of the path in square metres?",
        "\((length + 2 * path) * (width + 2 * path) - length * width)"
      )
    },
    { s, r in
      let radius = number(&r, 2...9)
      let height = number(&r, 3...12)
      return (
        "A cylindrical tank at the \(s.place) has a radius of \(radius) dm and a height of \(height) dm. Express its volume in litres as a "
          + "multiple of π.", "\(radius * radius * height)π"
      )
    },
    { s, r in
      let scale = [500, 1_000, 2_000, 5_000][r.below(4)]
      let length = number(&r, 3...18)
      return (
        "On the plan that the \(s.role) uses, drawn at 1:\(scale), the way from the gate to the \(s.place) is \(length) cm long. "
          + "How many metres is it in reality?", "\(length * scale / 100)"
      )
    },
    { s, r in
      let fence = number(&r, 8...25) * 4
      return (
        "The \(s.role) has \(fence) m of rope to mark off a rectangular space for \(s.item) along a straight wall; the wall side needs no "
          + "rope. What is the largest area, in square metres, that can be marked off?", "\(fence * fence / 8)"
      )
    },
    { s, r in
      let n = number(&r, 5...12)
      return (
        "A sign for the \(s.place) has the shape of a regular polygon with \(n) sides. How many diagonals does the polygon have?",
        "\(n * (n - 3) / 2)"
      )
    },
  ]
}
