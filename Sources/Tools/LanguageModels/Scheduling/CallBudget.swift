/// Keeps a run within its money and its tokens while calls are in flight: what they could still cost is set aside
/// before they are sent.
///
/// It survives a crash by asking first: a ceiling is granted (written down, by whoever owns the ledger) before spending
/// comes near it, so after a crash the ceiling says what was spent at most. A ceiling is raised in steps of a fiftieth of
/// the limit, so it costs some fifty writes, and a crash at most that share.
package struct CallBudget: Sendable {
  /// Dollars and tokens together: what a call may cost, or what was spent.
  package struct Amount: Sendable, Equatable {
    package var dollars: Double
    package var tokens: Int

    package init(dollars: Double = 0, tokens: Int = 0) {
      self.dollars = dollars
      self.tokens = tokens
    }

    package static func + (one: Amount, other: Amount) -> Amount {
      Amount(dollars: one.dollars + other.dollars, tokens: one.tokens + other.tokens)
    }
    package static func - (one: Amount, other: Amount) -> Amount {
      Amount(dollars: one.dollars - other.dollars, tokens: one.tokens - other.tokens)
    }
  }

  package enum Answer: Sendable, Equatable {
    case yes
    /// Yes, once this ceiling is written down.
    case afterGrant(Amount)
    /// Not before a call in flight turns out cheaper than it could have been.
    case notNow
    /// Not within this budget.
    case never
  }

  package let dollarLimit: Double?
  package let tokenLimit: Int?
  /// What calls that came to their end have cost, earlier runs of the same ledger included.
  package private(set) var spent: Amount
  package private(set) var reserved = Amount()
  /// What the ledger allows; meaningless without a limit.
  package private(set) var granted: Amount

  package init(dollarLimit: Double? = nil, tokenLimit: Int? = nil, spent: Amount = Amount()) {
    self.dollarLimit = dollarLimit
    self.tokenLimit = tokenLimit
    self.spent = spent
    self.granted = spent
  }

  package var isLimited: Bool { dollarLimit != nil || tokenLimit != nil }

  package func answer(for cost: Amount) -> Answer {
    guard isLimited else { return .yes }
    let needed = spent + reserved + cost
    guard fits(needed, in: Amount(dollars: dollarLimit ?? 0, tokens: tokenLimit ?? 0)) else {
      return reserved == Amount() ? .never : .notNow
    }
    if fits(needed, in: granted) { return .yes }
    var ceiling = granted
    if let dollarLimit { ceiling.dollars = min(dollarLimit, max(needed.dollars, granted.dollars + dollarLimit / 50)) }
    if let tokenLimit { ceiling.tokens = min(tokenLimit, max(needed.tokens, granted.tokens + tokenLimit / 50)) }
    return .afterGrant(ceiling)
  }

  /// Whether this could be spent beside what is reserved.
  package func holds(_ cost: Amount) -> Bool {
    switch answer(for: cost) {
    case .yes, .afterGrant: true
    case .notNow, .never: false
    }
  }

  /// Counts what a ledger says was spent before. What was granted so far stands in another ledger, or in none: the next
  /// call asks anew.
  package mutating func countAsSpent(_ amount: Amount) {
    spent = spent + amount
    granted = spent
  }

  package mutating func grant(_ ceiling: Amount) { granted = ceiling }

  package mutating func reserve(_ cost: Amount) { reserved = reserved + cost }

  /// A call came to its end: what was set aside for it is free again, and what it cost is spent.
  package mutating func settle(reserved cost: Amount, spent actual: Amount) {
    reserved = reserved - cost
    // Sums of decimal fractions leave crumbs; nothing in flight means nothing set aside.
    if reserved.tokens <= 0 { reserved = Amount() }
    spent = spent + actual
  }

  private func fits(_ amount: Amount, in limit: Amount) -> Bool {
    // A billionth of slack, for sums of decimal fractions; no price is that small.
    (dollarLimit == nil || amount.dollars <= limit.dollars + 1e-9)
      && (tokenLimit == nil || amount.tokens <= limit.tokens)
  }
}
