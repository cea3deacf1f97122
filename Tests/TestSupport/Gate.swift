import Synchronization

/// A door that tasks wait at until a test opens it: puts events in an order without sleeping.
package final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// Returns once the gate is open; does not look at cancellation.
  package func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  package func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

/// Gives other tasks the processor until the condition holds; false if it never came to hold within many turns.
package func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
  for turn in 0..<200_000 {
    if await condition() { return true }
    await Task.yield()
    // Work on other threads (sockets, SQLite) needs real time: give it a little, and only when turns alone do not help.
    if turn > 1000 { try? await Task.sleep(for: .microseconds(50)) }
  }
  return await condition()
}
