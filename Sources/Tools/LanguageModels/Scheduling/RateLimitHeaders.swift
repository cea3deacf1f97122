/// What a server says of its own limits with each reply: `x-ratelimit-remaining-requests`, `-reset-requests`, and the
/// same for tokens.
package struct ServerLimits: Sendable, Equatable {
  package var remainingRequests: Int?
  package var requestsReset: Duration?
  package var remainingTokens: Int?
  package var tokensReset: Duration?

  package init(
    remainingRequests: Int? = nil, requestsReset: Duration? = nil, remainingTokens: Int? = nil,
    tokensReset: Duration? = nil
  ) {
    self.remainingRequests = remainingRequests
    self.requestsReset = requestsReset
    self.remainingTokens = remainingTokens
    self.tokensReset = tokensReset
  }

  /// Reads `6m0s`, `1.5s`, `20ms`, `1h2m`, or bare seconds; nil for anything else.
  package static func duration(_ text: String) -> Duration? {
    if let seconds = Double(text) {
      return seconds.isFinite && seconds >= 0 ? .milliseconds(Int64(min(seconds, 1e9) * 1000)) : nil
    }
    var total = Duration.zero
    var rest = text[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let value = Double(number), value.isFinite, value < 1e9 else { return nil }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let milliseconds: Double
      switch unit {
      case "ms": milliseconds = 1
      case "s": milliseconds = 1000
      case "m": milliseconds = 60_000
      case "h": milliseconds = 3_600_000
      case "d": milliseconds = 86_400_000
      default: return nil
      }
      total += .milliseconds(Int64(value * milliseconds))
    }
    return text.isEmpty ? nil : total
  }
}
