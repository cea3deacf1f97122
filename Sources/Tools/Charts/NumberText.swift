/// Numbers as people read them and as SVG wants them; no locale, so the same everywhere.
package enum NumberText {
  /// `1234567` as `1 234 567`, grouped by narrow no-break spaces, so that a number never breaks over two lines.
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = number < 0 ? "−" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { result += "\u{202F}" }
      result.append(digit)
    }
    return result
  }

  /// Whole numbers grouped, others with up to two decimals; beyond 10^15 in powers of ten.
  package static func plain(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    guard number.magnitude < 1e15 else { return powerOfTen(number) }
    if number == number.rounded() { return grouped(Int(number)) }
    return decimal(number, places: 2)
  }

  /// Short, for axes: `800`, `1 200`, `12.5 k`, `3 M`, `2 G`.
  package static func compact(_ number: Double) -> String {
    guard number.isFinite, number.magnitude >= 10_000, number.magnitude < 1e15 else { return plain(number) }
    for (size, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M")] where number.magnitude >= size {
      return "\(decimal(number / size, places: 2))\u{202F}\(unit)"
    }
    return "\(decimal(number / 1e3, places: 2))\u{202F}k"
  }

  /// A share of a whole as a percentage; a share that would print as `0%` although there is something prints as `<0.1%`.
  package static func percent(_ part: Double, of whole: Double) -> String {
    guard whole > 0, part.isFinite, whole.isFinite else { return "–" }
    let share = part / whole * 100
    if share > 0, share < 0.1 { return "<0.1%" }
    return decimal(share, places: share < 10 ? 1 : 0) + "%"
  }

  /// At most `places` decimals, without zeros at the end; what is not a number is 0, for a picture must stay valid.
  package static func decimal(_ number: Double, places: Int) -> String {
    guard number.isFinite else { return "0" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    guard number.magnitude * Double(scale) < 9e15 else { return powerOfTen(number) }
    let scaled = Int((number.magnitude * Double(scale)).rounded())
    var fraction = String(scaled % scale)
    fraction = String(repeating: "0", count: places - min(places, fraction.count)) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let sign = number < 0 && scaled != 0 ? "-" : ""
    return sign + String(scaled / scale) + (fraction.isEmpty || places == 0 ? "" : ".\(fraction)")
  }

  private static func powerOfTen(_ number: Double) -> String {
    var mantissa = number.magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return "\(number < 0 ? "−" : "")\(decimal(mantissa, places: 2))e\(exponent)"
  }
}
