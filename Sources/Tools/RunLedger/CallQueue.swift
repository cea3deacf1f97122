import Synchronization

/// Between the run's own task, which reads items and writes results, and the tasks that make the calls.
final class CallQueue<Call: Sendable>: Sendable {
  typealias Entry = (number: Int, result: Result<Settlement, any Error>)

  private struct State {
    var line: CallLine<Call>
    var entries: [Entry] = []
    var waiter: CheckedContinuation<Void, Never>?
    var isWaitingForRoom = false

    mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
      defer { waiter = nil }
      return waiter
    }
  }

  private let state: Mutex<State>

  init(_ line: CallLine<Call>) { state = Mutex(State(line: line)) }

  /// Calls in line, or made, whose results were not taken yet.
  var expected: Int { state.withLock { $0.line.expected } }
  var hasResults: Bool { state.withLock { !$0.entries.isEmpty } }
  /// Whether there are calls that nobody has made.
  var hasUnmade: Bool { state.withLock { $0.line.hasUnmade } }
  /// Further calls that may be put in line.
  var room: Int { state.withLock { $0.line.room } }

  /// Puts calls at the end of the line.
  /// - Returns: how many callers are to be started for them.
  func append(_ calls: [Call]) -> Int {
    state.withLock { $0.line.append(calls) }
  }

  /// The next call of a caller; nil: there is none, and the caller is gone.
  /// - Returns: whether it was the last one, too.
  func next() -> (call: Call?, isLast: Bool) {
    let (call, isLast, waiter) = state.withLock { state in
      let call = state.line.next()
      return (
        call, state.line.callers == 0, state.isWaitingForRoom && state.line.isShort ? state.takeWaiter() : nil
      )
    }
    waiter?.resume()
    return (call, isLast)
  }

  /// What a call came to. After one that failed for the whole run no further call begins.
  func put(_ number: Int, _ result: Result<Settlement, any Error>) {
    let waiter = state.withLock { state in
      state.entries.append((number, result))
      if case .failure = result { state.line.close() }
      return state.takeWaiter()
    }
    waiter?.resume()
  }

  /// A call that was taken is left, for the run is to stop.
  func abandon() {
    let waiter = state.withLock { state in
      state.line.abandon()
      return state.takeWaiter()
    }
    waiter?.resume()
  }

  /// No further call begins; what is in flight goes on.
  func close() {
    let waiter = state.withLock { state in
      state.line.close()
      return state.takeWaiter()
    }
    waiter?.resume()
  }

  /// All results there are; waits for the first.
  /// - Parameter orRoom: returns without any, too, when the line grows short. (And when it is closed: then all is different.)
  func take(orRoom: Bool) async -> [Entry] {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isThere = state.withLock { state in
        if !state.entries.isEmpty || state.line.expected == 0 || (orRoom && state.line.isShort) { return true }
        state.isWaitingForRoom = orRoom
        state.waiter = continuation
        return false
      }
      if isThere { continuation.resume() }
    }
    return state.withLock { state in
      let entries = state.entries
      state.entries = []
      state.line.took(entries.count)
      return entries
    }
  }
}
