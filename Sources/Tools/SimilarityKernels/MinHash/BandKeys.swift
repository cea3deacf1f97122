import Foundation

/// The keys of a row for MinHash: one for each band of its signature.
///
/// Two rows at or above the threshold have sizes whose ratio is at or above it too. So every key carries the size class of
/// its owner, and a row seeks the classes that partners can have, two to five of them: rows that share a band by chance,
/// which short texts often do, mostly never meet. No pair that MinHash would find is lost.
package struct BandKeys: RowKeys {
  let hasher: MinHasher
  let banding: Banding
  private let threshold: JaccardThreshold
  /// Natural logarithm of the ratio of two neighbouring size classes: the root of 1 / threshold.
  private let step: Double

  package init(hasher: MinHasher, banding: Banding, threshold: JaccardThreshold) {
    self.hasher = hasher
    self.banding = banding
    self.threshold = threshold
    step = max(log(Double(threshold.denominator) / Double(threshold.numerator)) / 2, 0.001)
  }

  /// Grows with the size.
  private func sizeClass(_ size: Int) -> Int { Int(log(Double(size)) / step) }

  private func partnerClasses(ofSize size: Int) -> ClosedRange<Int> {
    let smallest = (size * threshold.numerator + threshold.denominator - 1) / threshold.denominator
    return sizeClass(max(smallest, 1))...sizeClass(max(threshold.largestPartner(of: size), 1))
  }

  private static func salt(ownedBy sizeClass: Int) -> UInt64 { WordHash.mix(UInt64(truncatingIfNeeded: sizeClass)) }

  package func storedKeyCount(ofSize size: Int) -> Int { size == 0 ? 0 : banding.bands }

  package func soughtKeyCount(ofSize size: Int) -> Int {
    size == 0 ? 0 : banding.bands * partnerClasses(ofSize: size).count
  }

  /// The kind is the size itself.
  package func kinds(ofSize size: Int) -> Range<Int> { size..<size + 1 }

  package func makeKeys(
    _ kind: Int, _ row: Range<Int>, of words: Span<UInt64>, _ scratch: inout KeyScratch
  ) -> Int {
    if scratch.signature.count != hasher.length { scratch.signature = [UInt32](repeating: 0, count: hasher.length) }
    if scratch.keys.count < banding.bands { scratch.keys = [UInt64](repeating: 0, count: banding.bands) }
    sign(words.extracting(row), &scratch.signature)
    for band in 0..<banding.bands {
      // A fold for each value, and one mix that spreads what it left.
      var key = UInt64(truncatingIfNeeded: band)
      for slot in band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand {
        key = WordHash.step(key, UInt64(scratch.signature[slot]) | 1 << 40)
      }
      scratch.keys[band] = WordHash.mix(key)
    }
    return banding.bands
  }

  package func keyCount(_ kind: Int) -> Int { banding.bands }

  package func addSalts(_ kind: Int, to salts: inout KeyList) -> UInt64 {
    for partner in partnerClasses(ofSize: kind) { salts.append(Self.salt(ownedBy: partner)) }
    return Self.salt(ownedBy: sizeClass(kind))
  }

  private func sign(_ words: Span<UInt64>, _ signature: inout [UInt32]) {
    var slots = signature.mutableSpan
    hasher.sign(words, into: &slots)
  }
}
