import Synchronization

/// How many requests of a pass's batches are answered, as their providers say.
final class BatchTally: Sendable {
  private struct State {
    var done: [Int: Int] = [:]
    var total = 0
  }

  private let state = Mutex(State())

  func begin(_ record: BatchRecord) { state.withLock { $0.total += record.requests } }

  func look(_ record: BatchRecord) -> (done: Int, total: Int) {
    state.withLock { state in
      state.done[record.number] = record.phase == .over ? record.requests : record.completed
      return (state.done.values.reduce(0, +), state.total)
    }
  }
}
