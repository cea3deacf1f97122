import Synchronization

/// Says that no further work should begin; set by whoever handles Ctrl-C, read before each row is admitted.
///
/// Once set it stays set.
public final class StopSignal: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isSet: Bool { flag.load(ordering: .acquiring) }

  public func set() { flag.store(true, ordering: .releasing) }
}
