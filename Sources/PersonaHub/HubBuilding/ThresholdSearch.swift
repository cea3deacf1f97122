/// The dial turned by a target: the highest threshold, in hundredths, that still holds.
enum ThresholdSearch {
  /// - Parameters:
  ///   - low: is known to hold.
  ///   - high: stands for no dedup at all, and does not.
  ///   - holds: true up to some threshold, and false from there on.
  static func highest(from low: Int, below high: Int, where holds: (Int) throws -> Bool) rethrows -> Int {
    var low = low
    var high = high
    while high - low > 1 {
      let middle = (low + high) / 2
      if try holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
