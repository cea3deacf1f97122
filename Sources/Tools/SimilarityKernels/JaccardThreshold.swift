package import PersonaRecords

/// The share of common words from which on two texts count as the same, as an exact fraction.
///
/// A threshold is read from its decimal spelling and never becomes a floating-point number: 0.9 has none, and a pair of
/// exactly 9/10 must count as a duplicate.
package struct JaccardThreshold: Sendable, Equatable, CustomStringConvertible {
  /// In lowest terms, 0 < numerator ≤ denominator ≤ 10^9.
  package let numerator: Int
  package let denominator: Int

  /// Reads "0.9", "0.85", "1" or "1.0".
  /// - Throws: `Problem` for anything that is no decimal number above 0 and up to 1 with at most nine decimals.
  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    let digits = String(parts.first ?? "") + decimals
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), decimals.utf8.count <= 9,
      let value = Int(digits)
    else {
      throw Problem(
        "the threshold \"\(text.cut())\" is not a decimal number", advice: "write it like 0.9, with at most 9 decimals",
        consequence: .wrongUsage)
    }
    var scale = 1
    for _ in decimals.utf8 { scale *= 10 }
    guard value > 0, value <= scale else {
      throw Problem(
        "the threshold \(text) is not above 0 and at most 1",
        advice: "it is the share of common words from which on two texts count as the same: 0.9 is usual",
        consequence: .wrongUsage)
    }
    self.init(numerator: value, denominator: scale)
  }

  /// - Precondition: 0 < numerator ≤ denominator ≤ 10^9.
  package init(numerator: Int, denominator: Int) {
    precondition(
      0 < numerator && numerator <= denominator && denominator <= 1_000_000_000, "a fraction above 0, up to 1")
    var (common, rest) = (denominator, numerator)
    while rest != 0 { (common, rest) = (rest, common % rest) }
    self.numerator = numerator / common
    self.denominator = denominator / common
  }

  package var description: String {
    var text = String(Double(numerator) / Double(denominator))
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }

  /// True when intersection / union ≥ threshold.
  package func isReached(intersection: Int, union: Int) -> Bool {
    intersection * denominator >= numerator * union
  }

  /// The fewest common elements with which sets of these sizes reach the threshold.
  ///
  /// From i / (m + n − i) ≥ p/q: i ≥ p(m + n) / (p + q), rounded up. It may be more than the smaller size; then no two
  /// sets of these sizes reach the threshold.
  package func neededIntersection(_ oneSize: Int, _ otherSize: Int) -> Int {
    let (p, q) = (numerator, denominator)
    return (p * (oneSize + otherSize) + p + q - 1) / (p + q)
  }

  /// The most elements in which sets of these sizes may differ, |A△B|, and still reach the threshold; nil when none do.
  package func allowedDifference(_ oneSize: Int, _ otherSize: Int) -> Int? {
    let needed = neededIntersection(oneSize, otherSize)
    return needed <= min(oneSize, otherSize) ? oneSize + otherSize - 2 * needed : nil
  }

  /// The most elements in which a set of this size may differ from any other and still reach the threshold.
  package func largestDifference(of size: Int) -> Int {
    (size + largestPartner(of: size)) * (denominator - numerator) / (denominator + numerator)
  }

  /// The largest size that a set may have next to one of this size.
  package func largestPartner(of size: Int) -> Int { size * denominator / numerator }
}
