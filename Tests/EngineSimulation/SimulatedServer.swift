import LanguageModels
import PersonaRecords

/// The endpoints of a simulated run: what each sending comes to, and what it costs.
final class SimulatedServer {
  enum Outcome {
    case reply(ModelReply)
    case ending(CallScheduler.Ending)
  }

  struct Answer {
    var latency: Duration
    var outcome: Outcome
    var told: ServerLimits?
    /// As the client sees it: the connection broke, or the body could not be read.
    var mayHaveCost = false
  }

  private struct Sending {
    let moment: Duration
    let tokens: Int
    /// Which process sent it.
    let life: Int
  }

  private struct State {
    var sendings: [Sending] = []
    /// First of these that lies within the last minute.
    var firstRecent = 0
    var isRepaired = false
  }

  private unowned let world: World
  private var states: [State]
  private var random: SeededRandom

  init(_ world: World, seed: UInt64) {
    self.world = world
    states = Array(repeating: State(), count: world.weather.endpoints.count)
    random = SeededRandom(seed: seed, purpose: "server")
  }

  /// Somebody put the key right.
  func repairKeys() { for place in states.indices { states[place].isRepaired = true } }

  /// A request comes in.
  func answer(_ prompt: Int, at place: Int, isStrict: Bool, life: Int) -> Answer {
    world.sent(prompt)
    let (answer, isCharged) = judge(prompt, at: place, isStrict: isStrict)
    if isCharged { world.charge(prompt) }
    let tokens = isCharged ? world.workload.prompts[prompt].cost.tokens : 0
    states[place].sendings.append(Sending(moment: world.timeline.now, tokens: tokens, life: life))
    return answer
  }

  private func judge(_ prompt: Int, at place: Int, isStrict: Bool) -> (Answer, isCharged: Bool) {
    let endpoint = world.weather.endpoints[place]
    let chances = world.weather.chances
    let now = world.timeline.now
    let quick = Duration.milliseconds(1 + random.below(100))
    func ends(_ kind: Encounters.Kind, _ ending: CallScheduler.Ending, after latency: Duration? = nil) -> Answer {
      world.encounters[kind] += 1
      return Answer(latency: latency ?? quick, outcome: .ending(ending))
    }

    if endpoint.outages.contains(where: { $0.contains(now) }) || random.unit() < chances.unreachable {
      let pause: Duration? = random.below(5) == 0 ? .seconds(random.below(20)) : nil
      return (
        ends(.unreachable, .unreachable(pause: pause), after: .milliseconds(random.below(10_000))), false
      )
    }
    if let moment = endpoint.refusesFrom, now >= moment, !states[place].isRepaired {
      return (ends(.refusedKeys, .refused), false)
    }
    let left = leftOfHiddenLimit(place)
    if left <= 0 {
      return (ends(.hiddenLimit, .throttled(pause: random.below(2) == 0 ? .seconds(1 + random.below(60)) : nil)), false)
    }
    if endpoint.storms.contains(where: { $0.contains(now) }) || random.unit() < chances.throttled {
      guard random.below(3) == 0 else { return (ends(.throttled, .throttled(pause: nil)), false) }
      // Now and then longer than anybody waits.
      let seconds = random.below(60) == 0 ? 3600 : random.below(30)
      return (ends(.throttledWithPause, .throttled(pause: .seconds(seconds))), false)
    }
    if isStrict, !endpoint.takesStrictFormat { return (ends(.reshaped, .reshaped), false) }
    if world.workload.prompts[prompt].isBad { return (ends(.badRequests, .rejected), false) }
    if random.unit() < chances.fault {
      return (ends(.serverFaults, .faulty(pause: random.below(4) == 0 ? .seconds(random.below(9)) : nil)), false)
    }
    if random.unit() < chances.broken {
      var answer = ends(.brokenConnections, .faulty(pause: nil), after: latency())
      answer.mayHaveCost = true
      return (answer, random.below(2) == 0)
    }
    if random.unit() < chances.stall {
      var answer = ends(.stalls, .faulty(pause: nil), after: .seconds(60))
      answer.mayHaveCost = true
      return (answer, random.below(2) == 0)
    }
    world.encounters[.replies] += 1
    var answer = Answer(latency: latency(), outcome: .reply(world.workload.prompts[prompt].reply))
    if endpoint.saysWhatIsLeft, left < .max {
      if left == 1 { world.encounters[.toldLimits] += 1 }
      answer.told = ServerLimits(
        remainingRequests: left - 1, requestsReset: .milliseconds(random.below(20_000)), remainingTokens: 1000)
    }
    return (answer, true)
  }

  private func latency() -> Duration {
    if random.unit() < world.weather.chances.slow { return .seconds(60) }
    return world.weather.latency * (0.3 + random.unit() * random.unit() * 4)
  }

  private func leftOfHiddenLimit(_ place: Int) -> Int {
    guard let limit = world.weather.endpoints[place].hiddenLimit else { return .max }
    let start = world.timeline.now - .seconds(60)
    while states[place].firstRecent < states[place].sendings.count,
      states[place].sendings[states[place].firstRecent].moment <= start
    {
      states[place].firstRecent += 1
    }
    return limit - (states[place].sendings.count - states[place].firstRecent)
  }

  // MARK: Afterwards

  /// Looks whether any sixty seconds saw more than the limits that the client was told to keep.
  func checkLimits() {
    for (place, state) in states.enumerated() {
      let settings = world.weather.endpoints[place].settings
      if let limit = settings.requestsPerMinute {
        let most = Self.busiestMinute(state.sendings) { _ in 1 }
        world.check(most <= limit, "endpoint \(place) got \(most) requests in a minute, and its limit is \(limit)")
      }
      if let limit = settings.tokensPerMinute {
        for sendings in Dictionary(grouping: state.sendings, by: \.life).sorted(by: { $0.key < $1.key }) {
          let most = Self.busiestMinute(sendings.value) { $0.tokens }
          world.check(most <= limit, "endpoint \(place) got \(most) tokens in a minute, and its limit is \(limit)")
        }
      }
    }
  }

  private static func busiestMinute(_ sendings: [Sending], _ amount: (Sending) -> Int) -> Int {
    var busiest = 0
    var sum = 0
    var first = 0
    for sending in sendings {
      sum += amount(sending)
      while sendings[first].moment <= sending.moment - .seconds(60) {
        sum -= amount(sendings[first])
        first += 1
      }
      busiest = max(busiest, sum)
    }
    return busiest
  }
}
