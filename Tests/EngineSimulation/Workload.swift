import LanguageModels
import PersonaRecords
import RunLedger

/// The items of a simulated run, and what an undisturbed run would write.
///
/// What a model answers follows from the prompt alone, so every order of events has the same right output.
struct Workload {
  struct Item {
    let number: Int
    /// Nil for one that needs no call.
    let prompt: Int?
    var identity: UInt64 { StableHash.mix(UInt64(number)) }
  }

  struct Prompt {
    let reply: ModelReply
    /// What the server charges, and what it could charge at most.
    let cost: CallBudget.Amount
    let worst: CallBudget.Amount
    /// The server rejects it.
    let isBad: Bool
  }

  let items: [Item]
  let prompts: [Prompt]

  init(_ weather: Weather, seed: UInt64) {
    var random = SeededRandom(seed: seed, purpose: "workload")
    var items: [Item] = []
    var prompts: [Prompt] = []
    for number in 0..<weather.itemCount {
      if random.below(20) == 0 {
        items.append(Item(number: number, prompt: nil))
        continue
      }
      if !prompts.isEmpty, random.unit() < weather.duplicateShare {
        // Near its equal most of the time, when that one may still be under way.
        items.append(Item(number: number, prompt: max(0, prompts.count - 1 - random.below(20))))
        continue
      }
      items.append(Item(number: number, prompt: prompts.count))
      prompts.append(Self.prompt(prompts.count, isBad: random.unit() < weather.badShare, &random))
    }
    self.items = items
    self.prompts = prompts
  }

  private static func prompt(_ number: Int, isBad: Bool, _ random: inout SeededRandom) -> Prompt {
    let usage = ModelReply.Usage(promptTokens: 20 + random.below(200), completionTokens: 1 + random.below(400))
    let worst = CallBudget.Amount(
      dollars: price(usage.promptTokens + 100, usage.completionTokens + 100),
      tokens: usage.promptTokens + usage.completionTokens + 200)
    let text = "answer \(number) " + String(repeating: "x", count: random.below(80))
    return Prompt(
      reply: ModelReply(text: text, usage: usage, model: "simulated"),
      cost: CallBudget.Amount(
        dollars: price(usage.promptTokens, usage.completionTokens),
        tokens: usage.promptTokens + usage.completionTokens),
      worst: worst, isBad: isBad)
  }

  private static func price(_ promptTokens: Int, _ completionTokens: Int) -> Double {
    Double(promptTokens) * 1.5e-7 + Double(completionTokens) * 6e-7
  }

  static func key(_ prompt: Int) -> ReplyKey { ReplyKey(high: 7, low: UInt64(prompt)) }

  /// What all calls would cost without faults.
  var cost: CallBudget.Amount { prompts.reduce(CallBudget.Amount()) { $0 + $1.cost } }

  // MARK: What items come to

  static func unasked(_ number: Int) -> Settlement {
    .rejected(Rejection(id: String(number), reason: "unreadable", row: number + 1))
  }

  static func settle(_ number: Int, _ reply: ModelReply) -> Settlement {
    if number % 9 == 4 { return .rejected(Rejection(id: String(number), reason: "nine", text: reply.text)) }
    var settlement = Settlement()
    settlement.add(Rejection(id: String(number), reason: reply.text))
    return settlement
  }

  static func failed(_ number: Int, _ reason: String) -> Settlement {
    .failed(Rejection(id: String(number), reason: reason))
  }

  // MARK: The output

  /// Looks at the three files of a run that is complete.
  /// - Parameters:
  ///   - mayFail: prompts whose calls were given up at some time.
  ///   - recordLimit: with so many records the output ends, however long the input is.
  /// - Returns: what is wrong; nil when every item stands in one of the files once, in order, as it should.
  func fault(in files: [[UInt8]], mayFail: Set<Int>, recordLimit: Int?) -> String? {
    var records = 0
    var rests = files.map { $0[...] }
    func take(_ place: Int, _ line: [UInt8]) -> Bool {
      guard rests[place].starts(with: line) else { return false }
      rests[place] = rests[place].dropFirst(line.count)
      return true
    }
    for item in items where recordLimit.map({ records < $0 }) ?? true {
      let right: Settlement
      if let prompt = item.prompt {
        right =
          prompts[prompt].isBad
          ? Self.failed(item.number, "rejected") : Self.settle(item.number, prompts[prompt].reply)
        let isGivenUp = mayFail.contains(prompt) && take(2, Self.lines(Self.failed(item.number, "exhausted"))[2])
        if isGivenUp { continue }
      } else {
        right = Self.unasked(item.number)
      }
      records += right.recordCount
      for (place, line) in Self.lines(right).enumerated() where !line.isEmpty {
        guard take(place, line) else { return "item \(item.number) is not where it should be in file \(place)" }
      }
    }
    for (place, rest) in rests.enumerated() where !rest.isEmpty {
      return "file \(place) has \(rest.count) bytes too many"
    }
    return nil
  }

  /// A settlement's lines by file, as a run writes them.
  static func lines(_ settlement: Settlement) -> [[UInt8]] {
    let end = [UInt8(ascii: "\n")]
    return [
      settlement.lines, settlement.rejection.map { $0.jsonLine + end } ?? [],
      settlement.failure.map { $0.jsonLine + end } ?? [],
    ]
  }
}
