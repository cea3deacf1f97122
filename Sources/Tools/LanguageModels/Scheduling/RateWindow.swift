/// A limit per minute that holds in every minute, not only on average: an event in, an answer out, without clock.
///
/// The window fills by `rate` per second up to `capacity`. A bucket gives at most `capacity + 60 × rate` in any sixty
/// seconds, so with `rate = (limit − capacity) / 60` no minute, wherever it begins, sees more than `limit`.
package struct RateWindow: Sendable {
  package let limit: Double
  private let capacity: Double
  private let rate: Double
  private var level: Double
  private var lastFill: Duration = .zero

  /// - Parameter perMinute: at least 1.
  package init(perMinute: Int) {
    limit = Double(max(1, perMinute))
    // A twentieth at once keeps short bursts fast and costs a twentieth of the rate; never less than one request.
    capacity = max(1, limit / 20)
    rate = max(limit - capacity, limit / 60) / 60
    level = capacity
  }

  /// When `amount` may be taken: now, or a later moment. More than the window holds at once is taken from a full one.
  package mutating func moment(for amount: Double, now: Duration) -> Duration {
    fill(now)
    let missing = min(amount, capacity) - level
    guard missing > 1e-9 else { return now }
    return now + .nanoseconds(Int64((missing / rate * 1e9).rounded(.up)) + 1)
  }

  /// Takes; the level may fall below zero, and later calls wait for it.
  package mutating func take(_ amount: Double, now: Duration) {
    fill(now)
    level -= amount
  }

  /// Gives back what a call turned out not to need, or takes what it needed beyond its estimate.
  package mutating func correct(by amount: Double) { level = min(capacity, level + amount) }

  private mutating func fill(_ now: Duration) {
    guard now > lastFill else { return }
    level = min(capacity, level + (now - lastFill) / .seconds(1) * rate)
    lastFill = now
  }
}
