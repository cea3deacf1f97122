import MinHashLanes

/// How rows get keys for up to `differences` differing words: words dealt to parts, a key for each choice of parts.
///
/// Each word in which two sets differ spoils one of the k parts, so with d differences at least k − d parts are equal in
/// both, empty ones among them. A key for every choice of k − d parts therefore finds the pair. More parts mean more
/// keys, and keys that fewer rows share by chance.
package struct PartScheme: Sendable, Equatable {
  /// d.
  package let differences: Int
  /// k > d.
  package let parts: Int
  /// Keys per row: "parts choose differences".
  package let keyCount: Int
  /// Tells the keys of this scheme from those of others.
  private let salt: UInt64

  init(differences: Int, parts: Int) {
    self.differences = differences
    self.parts = parts
    var count = 1
    for step in 1...min(differences, parts - differences) {
      // Exact at every step: the product of `step` neighbouring numbers is a multiple of the first `step` ones.
      count = count * (parts - step + 1) / step
    }
    keyCount = count
    salt = WordHash.mix(UInt64(truncatingIfNeeded: differences) << 32 | UInt64(truncatingIfNeeded: parts))
  }

  /// More keys than this per row are never worth their memory.
  private static let keyLimit = 64

  /// The schemes to choose from: k from d + 1 on, in growing steps, as far as the keys are not too many. The first one is
  /// always there: d + 1 keys, however many that is.
  package static func options(differences: Int) -> [PartScheme] {
    var options = [PartScheme(differences: differences, parts: differences + 1)]
    for extra in [2, 3, 4, 6, 9, 14, 22, 31] {
      let scheme = PartScheme(differences: differences, parts: differences + extra)
      if scheme.keyCount > keyLimit { break }
      options.append(scheme)
    }
    return options
  }

  /// The scheme as the loop in C wants it; nil when it has too many parts for that.
  private var worked: part_scheme? {
    guard parts <= Int(part_limit) else { return nil }
    let chosen = min(differences, parts - differences)
    return part_scheme(
      parts: UInt32(parts), chosen: UInt32(chosen), key_count: UInt32(keyCount),
      is_complement: chosen == differences ? 1 : 0, salt: salt)
  }

  /// Writes the keys of a set of words to the front of `scratch.keys`.
  package func makeKeys(of words: Span<UInt64>, _ range: Range<Int>, _ scratch: inout KeyScratch) {
    guard var scheme = worked else {
      reference(words, range, &scratch)
      return
    }
    if scratch.keys.count < keyCount { scratch.keys = [UInt64](repeating: 0, count: keyCount * 2) }
    let row = words.extracting(range)
    unsafe row.withUnsafeBufferPointer { row in
      unsafe scratch.keys.withUnsafeMutableBufferPointer { keys in
        guard let first = row.baseAddress, let keys = keys.baseAddress else { return }
        // Safe: `row.count` words, and room for `keyCount` keys, as was just made sure.
        unsafe part_keys_make(first, row.count, &scheme, keys)
      }
    }
  }

  /// The same, as the definition reads: what tests compare `makeKeys` with, and what makes keys of very many parts.
  package func reference(_ words: Span<UInt64>, _ range: Range<Int>, _ scratch: inout KeyScratch) {
    if scratch.sums.count < parts { scratch.sums = [UInt64](repeating: 0, count: parts * 2) }
    if scratch.keys.count < keyCount { scratch.keys = [UInt64](repeating: 0, count: keyCount * 2) }
    let total = deal(words, range, &scratch.sums)
    let salt = salt
    // A choice of k − d parts is told by its parts, or by the d others, whichever are fewer.
    let chosen = min(differences, parts - differences)
    let isComplement = chosen == differences
    addUp(chosen, &scratch)
    var keys = scratch.keys.mutableSpan
    for place in 0..<keyCount {
      let bits = isComplement ? total &- keys[place] : keys[place]
      keys[place] = WordHash.mix(bits ^ (salt &+ UInt64(truncatingIfNeeded: place)))
    }
  }

  /// Writes the sum of each choice of so many parts into `scratch.keys`.
  private func addUp(_ chosen: Int, _ scratch: inout KeyScratch) {
    let sums = scratch.sums
    var choice = scratch.choice
    var keys = scratch.keys.mutableSpan
    var place = 0
    switch chosen {
    case 1:
      for part in 0..<parts { keys[part] = sums[part] }
    case 2:
      for first in 0..<parts - 1 {
        for second in first + 1..<parts {
          keys[place] = sums[first] &+ sums[second]
          place += 1
        }
      }
    default:
      choice.removeAll(keepingCapacity: true)
      for part in 0..<chosen { choice.append(part) }
      repeat {
        keys[place] = choice.reduce(0) { $0 &+ sums[$1] }
        place += 1
      } while advance(&choice)
    }
    scratch.choice = choice
  }

  /// Adds up the bits of the words of each part; gives the sum over all parts.
  private func deal(_ words: Span<UInt64>, _ range: Range<Int>, _ sums: inout [UInt64]) -> UInt64 {
    var sums = sums.mutableSpan
    for part in 0..<parts { sums[part] = 0 }
    var total: UInt64 = 0
    for place in range {
      let bits = words[place]
      // The high half of the bits times the number of parts, over 2^32: every part is equally likely.
      sums[Int(truncatingIfNeeded: ((bits >> 32) &* UInt64(truncatingIfNeeded: parts)) >> 32)] &+= bits
      total &+= bits
    }
    return total
  }

  /// The next choice of as many parts, in the order of the alphabet; false after the last one.
  private func advance(_ choice: inout [Int]) -> Bool {
    var place = choice.count - 1
    while place >= 0 && choice[place] == parts - choice.count + place { place -= 1 }
    guard place >= 0 else { return false }
    choice[place] += 1
    for later in place + 1..<max(place + 1, choice.count) { choice[later] = choice[later - 1] + 1 }
    return true
  }
}
