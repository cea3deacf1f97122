import LanguageModels
import PersonaRecords
import Synchronization
import TestSupport
import Testing

@Suite struct WindowTests {
  private struct Failed: Error, Equatable {
    let row: Int
  }

  /// Counts what is under way, and the most at any time.
  private final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0, begun: 0))
    var most: Int { state.withLock { $0.most } }
    var begun: Int { state.withLock { $0.begun } }

    func begin() {
      state.withLock { state in
        state.begun += 1
        state.now += 1
        state.most = max(state.most, state.now)
      }
    }

    func end() { state.withLock { $0.now -= 1 } }
  }

  @Test(arguments: [1, 2, 3, 7, 64]) func resultsComeInTheOrderOfTheRows(width: Int) async throws {
    let gauge = Gauge()
    var results: [Int] = []
    let end = try await withWindow(of: width, over: 0..<300) { row in
      gauge.begin()
      for _ in 0..<StableHash.mix(UInt64(row)) % 7 { await Task.yield() }
      gauge.end()
      return row * 2
    } inOrder: {
      results.append($0)
    }
    #expect(end == .finished)
    #expect(results == (0..<300).map { $0 * 2 })
    #expect(gauge.most <= width)
  }

  @Test func anAsynchronousSequenceIsReadAlike() async throws {
    let rows = AsyncStream { continuation in
      for row in 0..<20 { continuation.yield(row) }
      continuation.finish()
    }
    var results: [Int] = []
    _ = try await withWindow(of: 4, over: rows, body: { $0 }, inOrder: { results.append($0) })
    #expect(results == Array(0..<20))
  }

  @Test func noRowsAreNoWork() async throws {
    let end = try await withWindow(of: 4, over: [Int](), body: { $0 }, inOrder: { _ in Issue.record("a result") })
    #expect(end == .finished)
  }

  @Test func oneSlowRowHoldsTheReaderBackOnlyWhenTheBufferIsFull() async throws {
    let gate = Gate()
    let gauge = Gauge()
    let running = Task {
      var results: [Int] = []
      _ = try await withWindow(of: 2, over: 0..<100, buffer: 5) { row in
        gauge.begin()
        if row == 0 { await gate.wait() }
        gauge.end()
        return row
      } inOrder: {
        results.append($0)
      }
      return results
    }
    // Row 0 and six others fill the window of two with room for five more; the eighth has to wait.
    #expect(await eventually { gauge.begun == 7 })
    for _ in 0..<1000 { await Task.yield() }
    #expect(gauge.begun == 7)
    gate.open()
    #expect(try await running.value == Array(0..<100))
  }

  @Test func aStopSignalLetsWhatIsInFlightFinish() async throws {
    let stop = StopSignal()
    var results: [Int] = []
    let end = try await withWindow(of: 3, over: 0..<1000, stop: stop) { row in
      if row == 10 { stop.set() }
      return row
    } inOrder: {
      results.append($0)
    }
    #expect(end == .stopped)
    #expect(results == Array(0..<results.count))
    #expect((11...30).contains(results.count))
  }

  @Test func aSignalSetBeforehandReadsNothing() async throws {
    let stop = StopSignal()
    stop.set()
    let end = try await withWindow(
      of: 3, over: 0..<10, stop: stop, body: { $0 }, inOrder: { _ in Issue.record("a result") })
    #expect(end == .stopped)
  }

  @Test func cancellationLetsWhatIsInFlightFinishUndisturbed() async throws {
    let gate = Gate()
    let gauge = Gauge()
    let running = Task {
      var results: [Bool] = []
      let end = try await withWindow(of: 3, over: 0..<1000) { _ in
        gauge.begin()
        await gate.wait()
        return Task.isCancelled
      } inOrder: {
        results.append($0)
      }
      return (end, results)
    }
    #expect(await eventually { gauge.begun == 3 })
    running.cancel()
    gate.open()
    let (end, results) = try await running.value
    #expect(end == .stopped)
    #expect(results == [false, false, false])
  }

  @Test func anErrorStopsTheReadingAfterTheResultsBeforeIt() async throws {
    let gauge = Gauge()
    var results: [Int] = []
    await #expect(throws: Failed(row: 20)) {
      _ = try await withWindow(of: 4, over: 0..<1000) { row in
        gauge.begin()
        if row == 20 || row == 22 { throw Failed(row: row) }
        return row
      } inOrder: {
        results.append($0)
      }
    }
    #expect(results == Array(0..<20))
    #expect(gauge.begun < 60)
  }

  @Test func anErrorOfTheConsumerOrTheReaderEndsTheWindow() async throws {
    await #expect(throws: Failed(row: 5)) {
      _ = try await withWindow(of: 4, over: 0..<1000, body: { $0 }, inOrder: { if $0 == 5 { throw Failed(row: 5) } })
    }
    var row = 0
    await #expect(throws: Failed(row: 7)) {
      _ = try await withWindow(
        of: 4,
        next: {
          row += 1
          if row == 7 { throw Failed(row: 7) }
          return row
        }, body: { $0 }, inOrder: { (_: Int) in })
    }
  }

  @Test func aModelThatOnlyComputesUsesSeveralTasksAtATime() async throws {
    let gauge = Gauge()
    let both = Gate()
    _ = try await withWindow(of: 2, over: 0..<2) { _ in
      gauge.begin()
      // Comes to an end only when both rows are under way at the same time.
      if gauge.begun == 2 { both.open() }
      await both.wait()
    } inOrder: { _ in
    }
    #expect(gauge.begun == 2)
  }
}
