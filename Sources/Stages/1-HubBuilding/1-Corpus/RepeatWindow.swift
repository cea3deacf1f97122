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

  /// Eight bytes at a time into two chains with different multipliers; the length tells a padded end from a real one.
  private static func mark(_ passage: String) -> Mark {
    var passage = passage
    return passage.withUTF8 { buffer in
      let bytes = UnsafeRawBufferPointer(buffer)
      var high = StableHash.mix(UInt64(bytes.count))
      var low = StableHash.mix(high)
      var place = 0
      while place < bytes.count {
        var word: UInt64 = 0
        if place + 8 <= bytes.count {
          // Safe: place + 8 ≤ count.
          word = UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        } else {
          // Safe: tail < count.
          for tail in place..<bytes.count { word = unsafe word << 8 | UInt64(bytes[tail]) }
        }
        high = mixed(high ^ word, 0x9E37_79B9_7F4A_7C15)
        low = mixed(low ^ word, 0xC2B2_AE3D_27D4_EB4F)
        place += 8
      }
      return Mark(high: StableHash.mix(high), low: StableHash.mix(low))
    }
  }

  /// A bijection, so that no two chains fall together before the last word.
  private static func mixed(_ word: UInt64, _ multiplier: UInt64) -> UInt64 {
    let product = word &* multiplier
    return product ^ (product >> 32)
  }
}
