/// The keys of a row for MinHash: one for each band of its signature.
struct BandKeys: RowKeys {
  let hasher: MinHasher
  let banding: Banding
  let keyCount: Int

  init(hasher: MinHasher, banding: Banding, rowCount: Int) {
    self.hasher = hasher
    self.banding = banding
    keyCount = rowCount * banding.bands
  }

  func append(
    row: Int, of sets: WordSets, stored: inout KeyList, sought: inout KeyList, _ scratch: inout KeyScratch
  ) {
    // The stable hashes, not the numbers: signatures must not depend on which rows came before.
    scratch.elements.removeAll(keepingCapacity: true)
    for place in sets.range(of: row) { scratch.elements.append(sets.vocabulary.hashes[Int(sets.numbers[place])]) }
    if scratch.signature.count != hasher.length {
      scratch.signature = [UInt32](repeating: 0, count: hasher.length)
    }
    let elements = scratch.elements
    var slots = scratch.signature.mutableSpan
    hasher.sign(elements.span, into: &slots)
    scratch.keys.removeAll(keepingCapacity: true)
    for band in 0..<banding.bands {
      var key = UInt64(band)
      for slot in band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand {
        key = WordHash.mix(key ^ UInt64(scratch.signature[slot]) << 8)
      }
      scratch.keys.append(key)
    }
    stored.append(scratch.keys, count: banding.bands)
    sought.append(scratch.keys, count: banding.bands)
  }
}
