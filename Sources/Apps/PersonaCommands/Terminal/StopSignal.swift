import Dispatch
import Foundation

/// Waits for Ctrl-C or SIGTERM: the way to end a command that serves until it is told to stop.
enum StopSignal {
  /// - Parameter limit: returns after this time even without a signal.
  static func wait(atMost limit: Duration? = nil) async {
    let signals = AsyncStream<Void> { continuation in
      for number in [SIGINT, SIGTERM] {
        // The default action must be off, or the process ends before the source sees the signal.
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        // The handler holds its own source until the process ends; a second signal finds the stream finished.
        source.setEventHandler { [source] in
          continuation.finish()
          _ = source
        }
        source.resume()
      }
    }
    await withTaskGroup { group in
      group.addTask { for await _ in signals {} }
      // Cancelled when a signal comes first; then there is nothing left to wait for.
      if let limit { group.addTask { try? await Task.sleep(for: limit) } }
      await group.next()
      group.cancelAll()
    }
  }
}
