import LanguageModels
import PersonaRecords
import Testing

@Suite struct CallBudgetTests {
  private typealias Amount = CallBudget.Amount

  @Test func withoutALimitEverythingIsAllowed() {
    let budget = CallBudget()
    #expect(budget.answer(for: Amount(dollars: 1e9, tokens: 1 << 40)) == .yes)
    #expect(!budget.isLimited)
  }

  @Test func spendingIsGrantedBeforeItIsDone() {
    var budget = CallBudget(dollarLimit: 5)
    let call = Amount(dollars: 0.01, tokens: 100)
    guard case .afterGrant(let ceiling) = budget.answer(for: call) else {
      Issue.record("asked for no grant")
      return
    }
    // A fiftieth of the limit at a time.
    #expect(abs(ceiling.dollars - 0.1) < 1e-9)
    budget.grant(ceiling)
    for _ in 0..<10 {
      #expect(budget.answer(for: call) == .yes)
      budget.reserve(call)
    }
    guard case .afterGrant(let next) = budget.answer(for: call) else {
      Issue.record("went beyond what was granted")
      return
    }
    #expect(next.dollars > ceiling.dollars)
  }

  @Test func aGrantCoversACallThatIsLargerThanAStep() {
    let budget = CallBudget(tokenLimit: 1000)
    #expect(budget.answer(for: Amount(tokens: 700)) == .afterGrant(Amount(tokens: 700)))
    #expect(CallBudget(tokenLimit: 1000).answer(for: Amount(tokens: 1)) == .afterGrant(Amount(tokens: 20)))
  }

  @Test func notNowWhileACallInFlightMayTurnOutCheaperAndNeverAfterwards() {
    var budget = CallBudget(tokenLimit: 100)
    budget.grant(Amount(tokens: 100))
    let call = Amount(tokens: 60)
    #expect(budget.answer(for: call) == .yes)
    budget.reserve(call)
    #expect(budget.answer(for: call) == .notNow)
    budget.settle(reserved: call, spent: Amount(tokens: 10))
    #expect(budget.answer(for: call) == .yes)
    budget.reserve(call)
    budget.settle(reserved: call, spent: call)
    #expect(budget.answer(for: call) == .never)
    #expect(budget.answer(for: Amount(tokens: 30)) == .yes)
  }

  @Test func whatWasSpentBeforeCounts() {
    var budget = CallBudget(dollarLimit: 1)
    budget.countAsSpent(Amount(dollars: 0.95, tokens: 10))
    #expect(budget.answer(for: Amount(dollars: 0.06, tokens: 1)) == .never)
    guard case .afterGrant(let ceiling) = budget.answer(for: Amount(dollars: 0.05, tokens: 1)) else {
      Issue.record("did not ask")
      return
    }
    #expect(abs(ceiling.dollars - 1) < 1e-9)
  }

  @Test func aGrantOfOneLedgerIsNoneOfTheNext() {
    // One command, two runs: what the first ledger allows is not written down in the second.
    var budget = CallBudget(tokenLimit: 1000)
    budget.grant(Amount(tokens: 500))
    budget.countAsSpent(Amount(tokens: 100))
    #expect(budget.answer(for: Amount(tokens: 50)) == .afterGrant(Amount(tokens: 150)))
  }

  @Test func reservedAndSpentTogetherNeverExceedTheLimit() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      let limit = Amount(dollars: random.unit() * 3, tokens: 1 + random.below(100_000))
      var budget = CallBudget(
        dollarLimit: random.below(4) == 0 ? nil : limit.dollars, tokenLimit: random.below(4) == 0 ? nil : limit.tokens)
      var running: [Amount] = []
      var written = Amount()
      for _ in 0..<500 {
        if random.below(2) == 0, let one = running.indices.randomElement(using: &random) {
          let worst = running.remove(at: one)
          let share = random.unit()
          budget.settle(
            reserved: worst,
            spent: Amount(dollars: worst.dollars * share, tokens: Int(Double(worst.tokens) * share)))
        }
        let worst = Amount(dollars: random.unit() * 0.05, tokens: 64 + random.below(2000))
        switch budget.answer(for: worst) {
        case .yes:
          budget.reserve(worst)
          running.append(worst)
        case .afterGrant(let ceiling):
          budget.grant(ceiling)
          written = ceiling
        case .notNow: #expect(!running.isEmpty)
        case .never: #expect(running.isEmpty)
        }
        let most = budget.spent + budget.reserved
        if let dollars = budget.dollarLimit {
          #expect(most.dollars <= dollars + 1e-6 && most.dollars <= written.dollars + 1e-6, "seed \(seed)")
        }
        if let tokens = budget.tokenLimit {
          #expect(most.tokens <= tokens && most.tokens <= written.tokens, "seed \(seed)")
        }
      }
    }
  }
}
