/// How requests are sent in batches.
package struct BatchSettings: Sendable {
  package var limits = BatchLimits()
  /// Batches under way at the same time.
  package var atOnce = 4
  /// Between two looks at a batch; nil grows from 2 s to a minute.
  package var interval: Duration?
  /// What a token costs in a batch, as a share of its price in a call.
  package var priceFactor = 0.5
  /// Whether further batches may be begun; else those that were begun are fetched.
  package var begins = true

  package init() {}

  /// | looks so far | 0 | 1 | 2 | 4 | 6 | 9 |
  /// |---|---|---|---|---|---|---|
  /// | seconds to the next | 2 | 3 | 4.5 | 10 | 23 | 60 |
  func interval(afterLooks looks: Int) -> Duration {
    if let interval { return interval }
    var time = Duration.seconds(2)
    for _ in 0..<min(looks, 20) where time < .seconds(60) { time = time * 3 / 2 }
    return min(time, .seconds(60))
  }
}
