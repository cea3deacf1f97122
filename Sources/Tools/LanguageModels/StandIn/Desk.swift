import PersonaRecords
import Synchronization

/// Decides what each request gets: routes, key, limits, faults, answers. Knows no socket; the time comes with each request.
package final class Desk: Sendable {
  struct State: Sendable {
    var calls = 0
    /// How often each body was asked; kept only where something is drawn from it.
    var asked: [UInt64: Int] = [:]
    var limits: RateLimits
    var shelf: BatchShelf
  }

  let settings: StandInSettings
  let log: CallLog?
  let state: Mutex<State>
  /// Whether a chat completion can be answered without a look at the request.
  let answersUnread: Bool
  /// Whether a fault or a delay depends on how often a body was asked.
  let drawsFromAskings: Bool
  /// Chat completions and vectors asked for so far, with those that are answered unread; lines of batches are not among them.
  let chatCalls = Atomic<Int>(0)
  /// Long work ends early once this is set.
  let isStopping = Atomic<Bool>(false)
  /// Runs work that nobody waits for on a thread of its own.
  let background: @Sendable (@escaping @Sendable () -> Void) -> Void

  package init(
    settings: StandInSettings, log: CallLog? = nil,
    background: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
  ) {
    self.settings = settings
    self.log = log
    self.background = background
    let limits = RateLimits(
      requestsPerMinute: settings.requestsPerMinute, tokensPerMinute: settings.tokensPerMinute)
    state = Mutex(State(limits: limits, shelf: BatchShelf(seed: settings.seed)))
    drawsFromAskings = !settings.faults.isEmpty || settings.delay.lowerBound < settings.delay.upperBound
    answersUnread =
      settings.cannedReply != nil && !drawsFromAskings && limits.isUnlimited && settings.key == nil && log == nil
  }

  func stop() { isStopping.store(true, ordering: .relaxed) }

  package func delivery(for call: IncomingCall, at now: Moment) -> Delivery {
    do throws(Refusal) {
      guard !call.isTooLarge else {
        throw Refusal(status: 413, message: "The body is longer than \(settings.maximumBodyBytes) bytes")
      }
      let route = try Route.of(method: call.method, path: call.path)
      if route != .health { try checkKey(call) }
      switch route {
      case .health: return Delivery(health)
      case .models: return Delivery(models)
      case .chat: return chat(call, at: now)
      case .embeddings: return embeddings(call, at: now)
      default: return batchDelivery(call, route, at: now)
      }
    } catch {
      if error.status == 401 { note(call, outcome: "wrong-key", status: 401) }
      return Delivery(error.answer)
    }
  }

  private func checkKey(_ call: IncomingCall) throws(Refusal) {
    guard let key = settings.key, call.authorization != "Bearer \(key)" else { return }
    // Never with the key that was sent: servers that repeat it spread it into logs.
    throw Refusal(status: 401, message: "Incorrect API key provided.", code: "invalid_api_key")
  }

  /// That the server is up, and how much it was asked: so that a measurement can check what it measured.
  private var health: HTTPAnswer {
    .json { line in
      line.member("status", "ok")
      line.member("calls", chatCalls.load(ordering: .relaxed))
    }
  }

  private var models: HTTPAnswer {
    .json { line in
      line.member("object", "list")
      line.key("data")
      line.array { line in
        for name in settings.modelNames {
          line.object { line in
            line.member("id", name)
            line.member("object", "model")
            line.member("created", 0)
            line.member("owned_by", "persona-hub")
          }
        }
      }
    }
  }

  // MARK: Chat completions

  private func chat(_ call: IncomingCall, at now: Moment) -> Delivery {
    chatCalls.add(1, ordering: .relaxed)
    let hash = StableHash.of(call.body)
    do throws(Refusal) {
      // A canned text answers anything; only limits on tokens need to know what was asked.
      let request =
        settings.cannedReply != nil && settings.tokensPerMinute == nil ? nil : try ChatCall(body: call.body)
      let headers = try admit(
        tokens: request.map { TokenCount.of($0.messages) + ($0.maxTokens ?? 0) } ?? 0, at: now.uptime)
      let asked = countAsking(hash, isNeeded: drawsFromAskings || log != nil)
      let fault = settings.faults.draw(seed: settings.seed, hash: hash, asked: asked)
      var delivery = delivery(of: request, fault: fault, id: "chatcmpl-\(CallLog.hexadecimal(hash))-\(asked)", at: now)
      delivery.answer = delivery.answer.adding(headers)
      delivery.delay = settings.delay(hash: hash, asked: asked)
      note(call, hash: hash, asked: asked, outcome: fault?.rawValue ?? "answered", status: delivery.sentStatus)
      return delivery
    } catch {
      let outcome = error.status == 429 ? "rate-limit" : "bad-request"
      note(call, hash: hash, outcome: outcome, status: error.status)
      return Delivery(error.answer)
    }
  }

  private func delivery(of request: ChatCall?, fault: Fault?, id: String, at now: Moment) -> Delivery {
    // Work that nobody will see is not done.
    if let fault, !fault.strikesAfterTheWork || fault == .reset || fault == .stall {
      return FaultyDelivery.of(HTTPAnswer(200, []), fault: fault, settings: settings)
    }
    let call = request ?? ChatCall.any
    let completion = Completion(
      to: call, id: id, createdAt: now.unixSeconds, seed: settings.seed, canned: settings.cannedReply, fault: fault)
    if settings.tokensPerMinute != nil, call.maxTokens == nil {
      state.withLock { $0.limits.charge(tokens: completion.completionTokens) }
    }
    return FaultyDelivery.of(completion.answer, fault: fault, settings: settings)
  }

  /// Lets a request in and gives the headers that say what is left, or throws 429.
  func admit(tokens: Int, at now: Duration) throws(Refusal) -> [(String, String)] {
    guard settings.requestsPerMinute != nil || settings.tokensPerMinute != nil else { return [] }
    let (decision, headers) = state.withLock { ($0.limits.admit(tokens: tokens, at: now), $0.limits.headers) }
    switch decision {
    case .admitted: return headers
    case .wait(let duration, let kind):
      throw Refusal.rateLimit(kind, wait: duration, headers: headers)
    case .neverFits:
      throw Refusal.rateLimit("tokens", wait: nil, headers: headers)
    }
  }

  // MARK: Bookkeeping

  /// How often this body was asked before, counted where anything depends on it.
  func countAsking(_ hash: UInt64, isNeeded: Bool) -> Int {
    guard isNeeded else { return 0 }
    return state.withLock { state in
      let asked = state.asked[hash, default: 0]
      state.asked[hash] = asked + 1
      return asked
    }
  }

  func note(_ call: IncomingCall, hash: UInt64? = nil, asked: Int = 0, outcome: String, status: Int) {
    note(route: call.path, hash: hash ?? StableHash.of(call.body), asked: asked, outcome: outcome, status: status)
  }

  func note(route: String, hash: UInt64, asked: Int, outcome: String, status: Int) {
    guard let log else { return }
    let number = state.withLock { state in
      state.calls += 1
      return state.calls
    }
    log.append(
      CallLog.Entry(number: number, route: route, hash: hash, asked: asked, outcome: outcome, status: status))
  }
}

extension ChatCall {
  /// Stands for a request that was not read: its answer counts the tokens of a kilobyte.
  static let any = ChatCall(model: "stand-in", prompt: String(repeating: "-", count: 1000))

  private init(model: String, prompt: String) {
    self.model = model
    messages = [Message(role: "user", content: prompt)]
  }
}

extension Delivery {
  /// The status that reaches the client; 0 where none does.
  var sentStatus: Int { manner == .reset || manner == .stall ? 0 : answer.status }
}
