package import PersonaRecords

/// Durations as people type them and as rate limit headers spell them: `50ms`, `1.5s`, `6m0s`, `2h`.
package enum DurationText {
  /// - Throws: `Problem` (wrong usage) for anything else; a number needs its unit, and 0 does not.
  package static func read(_ text: String) throws(Problem) -> Duration {
    if let duration = value(of: text) { return duration }
    throw Problem(
      "\"\(text.cut(to: 20))\" is no length of time", advice: "write it with a unit, such as 50ms, 1.5s or 2m",
      consequence: .wrongUsage)
  }

  /// One duration, or two with `..` between them for a range.
  package static func readRange(_ text: String) throws(Problem) -> ClosedRange<Duration> {
    guard let dots = text.firstRange(of: "..") else {
      let duration = try read(text)
      return duration...duration
    }
    let start = try read(String(text[..<dots.lowerBound]))
    let end = try read(String(text[dots.upperBound...]))
    guard start <= end else {
      throw Problem(
        "\"\(text.cut(to: 40))\" ends before it starts", advice: "write the shorter time first, such as 20ms..200ms",
        consequence: .wrongUsage)
    }
    return start...end
  }

  private static let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1)]

  private static func value(of text: String) -> Duration? {
    if text == "0" { return .zero }
    var rest = text[...]
    var seconds = 0.0
    repeat {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      seconds += number * unit.seconds
      rest = rest.dropFirst(unit.name.count)
    } while !rest.isEmpty
    // Longer than any run, and still far from where a duration overflows.
    return seconds <= 1e9 ? .microseconds(Int64((seconds * 1e6).rounded())) : nil
  }

  /// `20ms`, `1.25s`, `6m0s`: the spelling of `x-ratelimit-reset-…`.
  package static func spelled(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.wholeMilliseconds)
    if milliseconds < 1000 { return "\(milliseconds)ms" }
    let minutes = milliseconds / 60_000
    let seconds = milliseconds % 60_000
    let fraction = seconds % 1000
    var text = "\(seconds / 1000)"
    if fraction > 0 {
      var digits = String(1000 + fraction).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    let hours = minutes / 60
    if hours > 0 { return "\(hours)h\(minutes % 60)m\(text)s" }
    return minutes > 0 ? "\(minutes)m\(text)s" : "\(text)s"
  }
}

extension Duration {
  /// Rounded down.
  var wholeMicroseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }

  /// Rounded up: who is told to wait so long does not come back too early.
  var wholeMilliseconds: Int { (wholeMicroseconds + 999) / 1000 }

  /// Rounded up, for the header that knows no fractions.
  var wholeSeconds: Int { (wholeMicroseconds + 999_999) / 1_000_000 }
}
