import RunLedger

/// How requests are sent in batches, as the user says it.
public struct BatchOptions: Sendable, Equatable {
  /// What the batches do not answer counts as failed, instead of being asked in calls.
  public var isOnly = false
  /// Requests in one batch, and bytes of its file: OpenAI's limits.
  public var requests = 50_000
  public var byteCount = 200_000_000
  /// Batches at the provider at the same time.
  public var atOnce = 4
  /// Between two looks at a batch; nil grows from 2 s to a minute.
  public var interval: Duration?
  /// What a token costs in a batch, as a share of its price in a call.
  public var priceFactor = 0.5

  public init() {}

  /// - Parameter begins: whether new batches may be begun.
  func settings(begins: Bool) -> BatchSettings {
    var settings = BatchSettings()
    settings.limits = BatchLimits(requests: requests, byteCount: byteCount)
    settings.atOnce = atOnce
    settings.interval = interval
    settings.priceFactor = priceFactor
    settings.begins = begins
    return settings
  }
}
