/// The keys of the exact join: pairs at or above the threshold always share one.
///
/// Two sets of sizes m and n reach the threshold only if they differ in at most d words (`allowedDifference`). Words are
/// dealt to k > d parts by their hash. Each word in which the sets differ spoils one part, so at least k − d parts are
/// equal in both, empty ones among them; a key for every choice of k − d parts therefore finds the pair.
/// A row does not know its partner: it has the keys of every d that sizes occurring in the data ask for.
/// docs/dedup.md has the proof and what the keys cost.
struct PartKeys: RowKeys {
  /// `levels[size]`: the numbers of differences to be ready for; empty for sizes that do not occur.
  let levels: [[Int]]
  private let sizeCounts: [Int]

  init(_ sets: WordSets, threshold: JaccardThreshold) {
    var sizeCounts: [Int] = [0]
    for row in 0..<sets.count {
      let size = sets.size(of: row)
      if size >= sizeCounts.count { sizeCounts += [Int](repeating: 0, count: size + 1 - sizeCounts.count) }
      sizeCounts[size] += 1
    }
    self.sizeCounts = sizeCounts
    let sizes = sizeCounts.indices.filter { $0 > 0 && sizeCounts[$0] > 0 }
    var levels = [Set<Int>](repeating: [], count: sizeCounts.count)
    for (place, size) in sizes.enumerated() {
      let largest = threshold.largestPartner(of: size)
      for partner in sizes[place...] {
        if partner > largest { break }
        // No difference: the sets are equal, and equal sets fall together before keys are made.
        guard let difference = threshold.allowedDifference(size, partner), difference > 0 else { continue }
        levels[size].insert(Self.level(of: difference))
        levels[partner].insert(Self.level(of: difference))
      }
    }
    self.levels = levels.map { $0.sorted() }
  }

  /// The number of differences rounded up to one of few: every d up to 8, then steps of an eighth, so that long sets,
  /// whose partners have many sizes, are ready for a handful of levels.
  static func level(of difference: Int) -> Int {
    guard difference > 8 else { return difference }
    let step = 1 << (Int.bitWidth - 1 - difference.leadingZeroBitCount - 3)
    return (difference + step - 1) / step * step
  }

  /// Parts for a level: one more than the differences for long sets, where parts are rich in words; for few differences
  /// one part more, so that a key holds two parts and is worth more.
  static func parts(level: Int) -> Int { level <= 4 ? level + 2 : level + 1 }

  static func keyCount(level: Int) -> Int { level <= 4 ? (level + 1) * (level + 2) / 2 : level + 1 }

  func countLimit(_ sets: WordSets) -> Int {
    zip(sizeCounts, levels).reduce(0) { total, size in
      total + size.0 * size.1.reduce(0) { $0 + Self.keyCount(level: $1) }
    }
  }

  func append(row: Int, of sets: WordSets, to keys: inout [UInt64], _ scratch: inout KeyScratch) {
    for level in levels[sets.size(of: row)] {
      let parts = Self.parts(level: level)
      scratch.sums.removeAll(keepingCapacity: true)
      for _ in 0..<parts { scratch.sums.append(0) }
      for place in sets.range(of: row) {
        let bits = WordHash.spread(sets.numbers[place])
        scratch.sums[Int(truncatingIfNeeded: (bits >> 32) &* UInt64(parts) >> 32)] &+= bits
      }
      let salt = WordHash.mix(UInt64(level) << 32)
      if parts == level + 1 {
        for part in 0..<parts { keys.append(WordHash.mix(scratch.sums[part] ^ salt &+ UInt64(part))) }
      } else {
        for first in 0..<parts - 1 {
          for second in first + 1..<parts {
            let choice = UInt64(first * parts + second)
            keys.append(WordHash.mix(scratch.sums[first] &+ scratch.sums[second] ^ salt &+ choice))
          }
        }
      }
    }
  }
}
