import Dispatch
import Foundation
import Synchronization

/// Turns Ctrl-C into a request to stop: the first finishes what is in flight, the second stops now.
final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)
  private let advice: String

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// - Parameter advice: how to go on, printed at the first and the second signal.
  init(advice: String) {
    self.advice = advice
    for number in [SIGINT, SIGTERM] {
      // The default action must be off, or the process ends before the source sees the signal.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      // The handler holds its own source: both live until the process ends, as the signal's meaning does.
      source.setEventHandler { [self, source] in
        received()
        _ = source
      }
      source.resume()
    }
  }

  private func received() {
    if requested.exchange(true, ordering: .relaxed) {
      Talk.say("\nstopped at once. \(advice)")
      exit(ExitCodes.interrupted)
    }
    Talk.say("\nfinishing what is in flight; Ctrl-C again stops at once. \(advice)")
  }
}
