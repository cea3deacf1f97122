import Foundation

/// How a signature is cut into bands: two rows are candidates when all values of one band are equal in both.
///
/// A pair of similarity s becomes a candidate with probability 1 − (1 − s^r)^b, with b bands of r values.
/// Long bands make few false candidates, many bands miss few pairs.
package struct Banding: Sendable, Equatable {
  package let bands: Int
  package let rowsPerBand: Int

  package init(bands: Int, rowsPerBand: Int) {
    precondition(bands > 0 && rowsPerBand > 0, "at least one band of one value")
    self.bands = bands
    self.rowsPerBand = rowsPerBand
  }

  /// The longest bands that miss at most `missRate` of the pairs exactly at the threshold; of pairs above it, fewer.
  ///
  /// | threshold | bands × rows of 128 values | missed at the threshold |
  /// |---|---|---|
  /// | 0.5 | 42 × 3 | 0.37% |
  /// | 0.7 | 32 × 4 | 0.02% |
  /// | 0.8 | 21 × 6 | 0.17% |
  /// | 0.9 | 14 × 9 | 0.10% |
  /// | 0.95 | 8 × 16 | 0.97%, with `missRate` 0.01 |
  package init(signatureLength: Int, threshold: JaccardThreshold, missRate: Double = 0.005) {
    let similarity = Double(threshold.numerator) / Double(threshold.denominator)
    var best = Banding(bands: signatureLength, rowsPerBand: 1)
    for rows in 1...signatureLength {
      let banding = Banding(bands: signatureLength / rows, rowsPerBand: rows)
      if banding.missRate(at: similarity) <= missRate { best = banding }
    }
    self = best
  }

  /// The probability that a pair of this similarity shares no band.
  package func missRate(at similarity: Double) -> Double {
    pow(1 - pow(similarity, Double(rowsPerBand)), Double(bands))
  }
}
