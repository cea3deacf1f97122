import NIOCore
import NIOPosix

/// Runs tasks on an event loop, so that a call's own task and its connection share one thread.
///
/// A reply then wakes no other thread, and the next request none either: against a server that answers at once those two
/// changes of thread cost a fifth of a call.
final class LoopExecutor: TaskExecutor {
  /// One for each event loop of the program.
  static let all: [LoopExecutor] = MultiThreadedEventLoopGroup.singleton.makeIterator().map(LoopExecutor.init)

  private let loop: any EventLoop

  private init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // Safe: the job is run once, here, and `all` keeps this executor for as long as the program runs.
    loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
