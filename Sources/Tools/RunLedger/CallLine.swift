/// Decides which caller makes which call: calls that were read ahead wait in line, so many callers take them from there,
/// and whoever reads is told when the line grows short. Events in, answers out, without task or lock.
///
/// A caller takes its next call as soon as its last one is answered, while that answer is still on its way to the disk; so
/// the server is never left waiting for us.
package struct CallLine<Call> {
  /// Calls at the same time.
  package let width: Int
  /// Calls that are read ahead at most: enough for a look into the store to serve many.
  package let ahead: Int
  /// Items taken in and not settled at most.
  package let outstanding: Int
  private var calls: [Call] = []
  private var first = 0
  /// Callers that are started and not gone.
  package private(set) var callers = 0
  package private(set) var isClosed = false
  /// Calls in line, or made, whose results were not taken yet.
  package private(set) var expected = 0
  private var unmade = 0

  /// - Parameters:
  ///   - width: calls at the same time.
  ///   - outstanding: unless told, calls in flight, those read ahead, and two groups of replies on their way to the disk,
  ///     one being written and one gathering behind it.
  package init(width: Int, ahead: Int? = nil, outstanding: Int? = nil) {
    self.width = max(1, width)
    self.ahead = max(1, ahead ?? min(max(width, 16), 256))
    self.outstanding = max(1, outstanding ?? self.width + self.ahead + 2 * GroupCommit.Limits.mostReplies)
  }

  private var waitingCount: Int { calls.count - first }
  /// Whether there are calls that nobody has made.
  package var hasUnmade: Bool { waitingCount + unmade > 0 }
  /// Further calls that may be put in line.
  package var room: Int { isClosed ? 0 : max(0, ahead - waitingCount) }
  /// Whether it is time to read on.
  package var isShort: Bool { !isClosed && waitingCount <= ahead / 2 }

  /// Puts calls at the end of the line.
  /// - Returns: how many callers are to be started for them.
  package mutating func append(_ more: [Call]) -> Int {
    if isClosed {
      unmade += more.count
      return 0
    }
    calls.append(contentsOf: more)
    expected += more.count
    let starting = max(0, min(waitingCount, width - callers))
    callers += starting
    return starting
  }

  /// A caller is free.
  /// - Returns: its next call; nil: there is none, and the caller is gone.
  package mutating func next() -> Call? {
    guard first < calls.count else {
      callers -= 1
      return nil
    }
    let call = calls[first]
    first += 1
    if first == calls.count || first >= 256 {
      calls.removeFirst(first)
      first = 0
    }
    return call
  }

  /// So many results were taken.
  package mutating func took(_ count: Int) { expected -= count }

  /// A call that was taken is not made to its end: its item stays open, as those that are left in line.
  package mutating func abandon() {
    expected -= 1
    unmade += 1
  }

  /// No further call begins: those in line are not made.
  package mutating func close() {
    isClosed = true
    expected -= waitingCount
    unmade += waitingCount
    calls = []
    first = 0
  }
}

extension CallLine: Sendable where Call: Sendable {}
