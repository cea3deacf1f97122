/// Round numbers along an axis from 0 (or `start`) to at least the largest value.
///
/// | largest | wanted | ticks |
/// |---|---|---|
/// | 7 | 4 | 0 2 4 6 8 |
/// | 240 | 4 | 0 100 200 300 |
/// | 0.7 | 4 | 0 0.2 0.4 0.6 0.8 |
package struct AxisTicks: Sendable, Equatable {
  package let step: Double
  package let values: [Double]

  /// The last tick, which is where the axis ends.
  package var end: Double { values.last ?? step }

  /// - Parameters:
  ///   - largest: what is not a number, or not above 0, gives an axis of one step.
  ///   - wanted: about how many steps.
  ///   - wholeNumbers: no tick between two whole numbers, as for counts.
  package init(from start: Double = 0, upTo largest: Double, about wanted: Int = 4, wholeNumbers: Bool = false) {
    let span = (largest - start).isFinite ? max(largest - start, 0) : 0
    step = Self.roundStep(span / Double(max(wanted, 1)), wholeNumbers: wholeNumbers)
    // A hair less than the quotient, so that 0.6 / 0.2 = 3.0000000000000004 does not ask for a fourth step.
    let count = max(1, Int((span / step - 1e-9).rounded(.up)))
    let step = step
    values = (0...count).map { start + Double($0) * step }
  }

  /// The smallest of 1, 2, 5 × a power of ten that is at least `rough`.
  package static func roundStep(_ rough: Double, wholeNumbers: Bool = false) -> Double {
    guard rough.isFinite, rough > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough, power > 1e-300 { power /= 10 }
    let factor = [1.0, 2, 5].first { $0 * power >= rough * (1 - 1e-9) } ?? 10
    return wholeNumbers ? max(1, factor * power) : factor * power
  }
}
