import PersonaRecords

/// Remembers the last passages, to leave out what stands there again and again.
///
/// 128 bits of hash stand for a passage; two different ones of a window of 10,000 fall together once in 10^30.
struct RepeatWindow {
  private struct Mark: Hashable {
    let high: UInt64
    let low: UInt64
  }

  private let size: Int
  private var ring: [Mark] = []
  private var next = 0
  /// Asked only whether it holds a mark; its order is never seen.
  private var marks: Set<Mark> = []

  init(size: Int) {
    self.size = size
  }

  /// Whether the passage is not among the last `size` ones; it is afterwards.
  mutating func isNew(_ passage: String) -> Bool {
    guard size > 0 else { return true }
    let mark = Self.mark(passage)
    guard marks.insert(mark).inserted else { return false }
    if ring.count < size {
      ring.append(mark)
    } else {
      marks.remove(ring[next])
      ring[next] = mark
      next = (next + 1) % size
    }
    return true
  }

  private static func mark(_ passage: String) -> Mark {
    var passage = passage
    return passage.withUTF8 { buffer in
      // Safe: the buffer lives through the closure.
      unsafe Mark(high: StableHash.of(buffer), low: StableHash.of(buffer, seed: 1))
    }
  }
}
