import LanguageModels
import PersonaRecords

/// What a simulation keeps over all processes of a run, and where broken promises are noted.
final class World {
  let weather: Weather
  let workload: Workload
  let timeline = Timeline()
  let disk: SimulatedDisk
  var random: SeededRandom
  var encounters = Encounters()
  private(set) var violations: [String] = []

  /// The budget as it is set now.
  var budget: CallBudget.Amount?
  var isDollarLimited: Bool { weather.dollarShare != nil }
  var isTokenLimited: Bool { weather.tokenShare != nil }
  /// What the server charged.
  private(set) var charged = CallBudget.Amount()

  /// Prompts whose reply is on the disk.
  private var acknowledged: Set<Int> = []
  /// Prompts in flight, and those whose reply came and is not on the disk.
  private var pending: Set<Int> = []
  /// How often each prompt may be sent so far, and was.
  private var allowed: [Int]
  private var sends: [Int]
  private(set) var mayFail: Set<Int> = []

  init(seed: UInt64) {
    let weather = Weather(seed: seed)
    self.weather = weather
    workload = Workload(weather, seed: seed)
    disk = SimulatedDisk(fullWrites: weather.fullWrites)
    random = SeededRandom(seed: seed, purpose: "world")
    allowed = Array(repeating: 1, count: workload.prompts.count)
    sends = Array(repeating: 0, count: workload.prompts.count)
    if isDollarLimited || isTokenLimited {
      let cost = workload.cost
      budget = CallBudget.Amount(
        dollars: cost.dollars * (weather.dollarShare ?? 0),
        tokens: Int(Double(cost.tokens) * (weather.tokenShare ?? 0)))
    }
    disk.onFull = { [unowned self] in encounters[.diskFull] += 1 }
  }

  /// Notes a broken promise.
  func check(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds, violations.count < 5 { violations.append("at \(timeline.now): \(promise())") }
  }

  /// Something comes after a wait for a disk or for another task.
  func hop(_ event: @escaping () -> Void) {
    timeline.after(weather.hop * random.unit(), event)
  }

  // MARK: What calls may do

  func sent(_ prompt: Int) {
    encounters[.sent] += 1
    sends[prompt] += 1
    pending.insert(prompt)
    check(!acknowledged.contains(prompt), "prompt \(prompt) is asked again, and its reply is on the disk")
    check(sends[prompt] <= allowed[prompt], "prompt \(prompt) is sent \(sends[prompt]) times, once too often")
  }

  /// A call that came to nothing, or whose reply was lost, may be sent once more.
  func allowAnother(_ prompt: Int) {
    allowed[prompt] += 1
    pending.remove(prompt)
  }

  /// A process came to its own end: nothing is under way.
  func checkQuiet() { check(pending.isEmpty, "\(pending.count) calls are under way at the end") }

  func raiseBudget() {
    guard let budget else { return }
    let cost = workload.cost
    self.budget = CallBudget.Amount(
      dollars: budget.dollars + cost.dollars / 4 + 0.001, tokens: budget.tokens + cost.tokens / 4 + 1000)
  }

  func acknowledge(_ prompt: Int) {
    acknowledged.insert(prompt)
    pending.remove(prompt)
  }

  /// The process is gone, and with it what was in flight and what waited for its commit.
  func lost() {
    check(
      pending.count <= weather.outstanding,
      "a kill costs \(pending.count) calls, and \(weather.outstanding) items were taken in")
    for prompt in pending.sorted() { allowAnother(prompt) }
  }

  func gaveUp(_ prompt: Int) {
    encounters[.givenUp] += 1
    mayFail.insert(prompt)
  }

  func charge(_ prompt: Int) {
    charged = charged + workload.prompts[prompt].cost
    guard let budget else { return }
    if isDollarLimited {
      check(charged.dollars <= budget.dollars + 1e-9, "\(charged.dollars) dollars are spent of \(budget.dollars)")
    }
    if isTokenLimited { check(charged.tokens <= budget.tokens, "\(charged.tokens) tokens of \(budget.tokens)") }
  }
}
