/// The keys of a row for MinHash: one for each band of its signature.
package struct BandKeys: RowKeys {
  let hasher: MinHasher
  let banding: Banding

  package init(hasher: MinHasher, banding: Banding) {
    self.hasher = hasher
    self.banding = banding
  }

  package func storedKeyCount(ofSize size: Int) -> Int { banding.bands }

  package func soughtKeyCount(ofSize size: Int) -> Int { banding.bands }

  package func append(
    _ row: Range<Int>, of words: Span<UInt64>, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    if scratch.signature.count != hasher.length {
      scratch.signature = [UInt32](repeating: 0, count: hasher.length)
      scratch.keys = [UInt64](repeating: 0, count: banding.bands)
    }
    sign(words.extracting(row), &scratch.signature)
    for band in 0..<banding.bands {
      // A fold for each value, and one mix that spreads what it left.
      var key = UInt64(truncatingIfNeeded: band)
      for slot in band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand {
        key = WordHash.step(key, UInt64(scratch.signature[slot]) | 1 << 40)
      }
      scratch.keys[band] = WordHash.mix(key)
    }
    stored.append(scratch.keys, count: banding.bands)
    sought.append(scratch.keys, count: banding.bands)
  }

  private func sign(_ words: Span<UInt64>, _ signature: inout [UInt32]) {
    var slots = signature.mutableSpan
    hasher.sign(words, into: &slots)
  }
}
