import Dispatch
import Synchronization

/// A loop whose rounds run on several threads, each taking the next round when it has finished one.
///
/// Rounds write to places of their own, or to the scratch of their thread, so the result does not depend on who ran them.
package struct ParallelLoop: Sendable {
  package let threads: Int

  /// - Parameter threads: at least 1.
  package init(threads: Int) {
    precondition(threads > 0, "at least one thread")
    self.threads = threads
  }

  /// Runs all rounds and returns when the last has ended.
  /// - Parameters:
  ///   - makeScratch: called once for each thread.
  ///   - round: called once for each of `0..<count`, on several threads at once; must not touch what another round writes.
  func run<Scratch: AnyObject>(
    _ count: Int, scratch makeScratch: () -> Scratch, _ round: (Int, Scratch) -> Void
  ) {
    let used = min(threads, count)
    guard used > 1 else {
      guard count > 0 else { return }
      let scratch = makeScratch()
      for number in 0..<count { round(number, scratch) }
      return
    }
    withoutActuallyEscaping(makeScratch) { makeScratch in
      withoutActuallyEscaping(round) { round in
        let work = Work(makeScratch: makeScratch, round: round)
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: used) { _ in
          let scratch = work.makeScratch()
          while true {
            let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard number < count else { return }
            work.round(number, scratch)
          }
        }
      }
    }
  }

  /// The two closures, shared by all threads for as long as the loop lasts.
  private struct Work<Scratch: AnyObject>: @unchecked Sendable {
    // Sendable: rounds write to places of their own, which is asked of the caller above; what they read nobody writes
    // while the loop lasts, for the caller waits for its end.
    let makeScratch: () -> Scratch
    let round: (Int, Scratch) -> Void
  }

  /// The same with a result for each round, in the order of the rounds.
  func map<Scratch: AnyObject, Result>(
    _ count: Int, scratch makeScratch: () -> Scratch, _ round: (Int, Scratch) -> Result
  ) -> [Result] {
    unsafe [Result](unsafeUninitializedCapacity: count) { results, filled in
      // Safe: every place is initialised by its own round, and all rounds have ended when `run` returns. Where there is a
      // round there is room, and so an address.
      run(count, scratch: makeScratch) { number, scratch in
        unsafe (results.baseAddress! + number).initialize(to: round(number, scratch))
      }
      filled = count
    }
  }

  /// For rounds that need no scratch.
  func run(_ count: Int, _ round: (Int) -> Void) {
    run(count, scratch: NoScratch.init) { number, _ in round(number) }
  }

  private final class NoScratch {}
}
