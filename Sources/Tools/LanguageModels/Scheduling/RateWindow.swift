/// A limit per minute that holds in every minute, not only on average: an event in, an answer out, without clock.
///
/// Two rules hold together. A window fills by `rate` per second up to `capacity` and begins empty: with
/// `capacity + 60 × rate = limit + 1` no minute, wherever it begins, sees more than `limit` requests, even when a process
/// is killed and another goes on at once. And what was taken in the last sixty seconds is added up, in quarters of a
/// second: the first rule alone would let calls that are larger than the window, or that turn out smaller than they
/// could have been, crowd into one minute.
package struct RateWindow: Sendable {
  package let limit: Int
  private let capacity: Double
  private let rate: Double
  private var level = 0.0
  private var lastFill: Duration = .zero
  /// Sums of the last minute by quarter of a second, the newest at `newest % slotCount`.
  private var slots = [Int](repeating: 0, count: slotCount)
  private var newest = 0
  private var lastMinute = 0

  /// A minute of quarters, and the one that has begun.
  private static let slotCount = 241
  private static let slotTime = Duration.milliseconds(250)

  /// - Parameter perMinute: at least 1.
  package init(perMinute: Int) {
    limit = max(1, perMinute)
    // A twentieth at once keeps short bursts fast and costs a twentieth of the rate; never less than one request.
    capacity = max(1, Double(limit) / 20)
    rate = (Double(limit) + 1 - capacity) / 60
  }

  /// When `amount` may be taken: now, or a later moment. More than the window holds at once is taken from a full one,
  /// more than a minute holds when a minute has passed in silence.
  package mutating func moment(for amount: Int, now: Duration) -> Duration {
    fill(now)
    var moment = now
    let missing = min(Double(amount), capacity) - level
    if missing > 1e-9 { moment += .nanoseconds(Int64((missing / rate * 1e9).rounded(.up)) + 1) }
    var excess = lastMinute - max(0, limit - amount)
    var slot = newest - Self.slotCount + 1
    while excess > 0, slot <= newest {
      let taken = slots[place(slot)]
      excess -= taken
      if taken > 0 { moment = max(moment, Self.slotTime * (slot + Self.slotCount)) }
      slot += 1
    }
    return moment
  }

  /// Takes; the level may fall below zero, and later calls wait for it.
  package mutating func take(_ amount: Int, now: Duration) {
    fill(now)
    level -= Double(amount)
    slots[place(newest)] += amount
    lastMinute += amount
  }

  /// Gives back what a call turned out not to need, or takes what it needed beyond its estimate.
  /// - Parameter moment: when it was taken.
  package mutating func correct(by amount: Int, takenAt moment: Duration) {
    level = min(capacity, level + Double(amount))
    let slot = Int(moment / Self.slotTime)
    guard slot > newest - Self.slotCount else { return }
    let change = min(amount, slots[place(slot)])
    slots[place(slot)] -= change
    lastMinute -= change
  }

  private func place(_ slot: Int) -> Int { (slot + Self.slotCount) % Self.slotCount }

  private mutating func fill(_ now: Duration) {
    guard now > lastFill else { return }
    level = min(capacity, level + (now - lastFill) / .seconds(1) * rate)
    lastFill = now
    let current = Int(now / Self.slotTime)
    while newest < current, lastMinute > 0 {
      newest += 1
      lastMinute -= slots[place(newest)]
      slots[place(newest)] = 0
    }
    newest = max(newest, current)
  }
}
