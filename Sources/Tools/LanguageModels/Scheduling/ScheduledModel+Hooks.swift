extension ScheduledModel {
  /// What was sent, counted.
  package struct Traffic: Sendable, Equatable {
    /// Tries that were sent, retries and fall-backs included.
    package var sent = 0
    /// Tries after a failure.
    package var retries = 0

    package init(sent: Int = 0, retries: Int = 0) {
      self.sent = sent
      self.retries = retries
    }
  }

  /// What the owner of the run is told, and asked.
  package struct Hooks: Sendable {
    /// Told, in one line without line end, of each wait before another try.
    package var onWait: @Sendable (String) -> Void = { _ in }
    /// Writes down how much may be spent, before it is. Throws when that cannot be done; the run stops then.
    package var onGrant: @Sendable (CallBudget.Amount) async throws -> Void = { _ in }
    /// What tokens of a model cost, in dollars.
    package var price: @Sendable (_ model: String, _ promptTokens: Int, _ completionTokens: Int) -> Double = {
      _, _, _ in
      0
    }
    /// Told of each sending, before it goes out, and of what it came to.
    package var audit: (any CallAudit)?

    package init() {}
  }
}
