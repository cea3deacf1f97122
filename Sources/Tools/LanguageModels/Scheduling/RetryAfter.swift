/// Reads how long a server asks to wait.
///
/// `Retry-After` holds seconds or an HTTP date (RFC 9110, Sections 10.2.3 and 5.6.7). A date is taken relative to the
/// reply's own `Date`, so that a clock that is wrong here does no harm.
package enum RetryAfter {
  /// - Parameters:
  ///   - milliseconds: the value of `retry-after-ms`, which some servers send beside it; it is the more exact one.
  ///   - date: the reply's `Date` header.
  ///   - now: seconds since 1970, used where the reply carries no date.
  /// - Returns: nil where neither header says anything readable; a moment in the past is zero.
  package static func read(_ text: String?, milliseconds: String? = nil, date: String?, now: Int) -> Duration? {
    if let milliseconds = milliseconds.flatMap(Double.init), milliseconds.isFinite, milliseconds >= 0 {
      return .milliseconds(Int(min(milliseconds, 1e12)))
    }
    guard let text = text?.split(separator: " ").joined(separator: " "), !text.isEmpty else { return nil }
    if let seconds = Double(text) {
      guard seconds.isFinite, seconds >= 0 else { return nil }
      return .milliseconds(Int(min(seconds, 1e9) * 1000))
    }
    guard let moment = secondsSince1970(text) else { return nil }
    let base = date.flatMap(secondsSince1970) ?? now
    return .seconds(max(0, moment - base))
  }

  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`.
  package static func secondsSince1970(_ text: String) -> Int? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, let day = Int(parts[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let clock = parts[4].split(separator: ":").map { Int($0) ?? -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2]) else {
      return nil
    }
    return days(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Days since 1970-01-01, counted in years that begin in March, so that a leap day is the last of its year.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
