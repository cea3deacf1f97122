/// The simulated clock with what is still to happen, earliest first; events of the same moment keep their order.
final class Timeline {
  private struct Entry {
    let moment: Duration
    let number: Int
    let event: () -> Void

    static func < (one: Entry, other: Entry) -> Bool { (one.moment, one.number) < (other.moment, other.number) }
  }

  private(set) var now: Duration = .zero
  /// Events that have happened.
  private(set) var count = 0
  /// A binary heap: no entry is earlier than the one at half its place.
  private var heap: [Entry] = []
  private var lastNumber = 0

  func after(_ delay: Duration, _ event: @escaping () -> Void) {
    lastNumber += 1
    heap.append(Entry(moment: now + max(.zero, delay), number: lastNumber, event: event))
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Lets the next thing happen; false when nothing is left.
  func step() -> Bool {
    guard let first = heap.first else { return false }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    now = first.moment
    count += 1
    first.event()
    return true
  }

  /// Nothing of what was to happen will: the process is gone.
  func clear() { heap = [] }

  /// Time passes in which nothing happens.
  func pass(_ time: Duration) { now += time }

  private func sink() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
