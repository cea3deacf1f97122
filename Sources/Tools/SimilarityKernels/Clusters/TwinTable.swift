/// Finds rows with the same words, by the key of the whole set.
///
/// Memory: 12 to 24 bytes for each row.
struct TwinTable: ~Copyable {
  /// 32 bits of the key << 32 | the row plus 1; 0 is an empty slot.
  private let slots: LargeTable<UInt64>
  private let mask: Int

  /// - Parameter rowCount: the most rows that are going to come.
  init(rowCount: Int) {
    let size = Self.slotCount(rowCount: rowCount)
    slots = LargeTable(count: size)
    mask = size - 1
  }

  private static func slotCount(rowCount: Int) -> Int {
    var size = 16
    while size < rowCount + rowCount / 2 { size *= 2 }
    return size
  }

  static func byteCount(rowCount: Int) -> Int { slotCount(rowCount: rowCount) * 8 }

  @inline(__always)
  private func home(of key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 32) & mask }

  /// The row that was entered first where each key belongs, or the last row of all; so that the processor fetches these
  /// places for many keys together.
  func firstGuesses(_ keys: KeyList, into rows: inout [Int]) {
    rows.removeAll(keepingCapacity: true)
    let span = keys.buffer.span
    for place in 0..<keys.count {
      let key = span[place]
      let value = slots[home(of: key)]
      rows.append(value != 0 && value >> 32 == key & 0xFFFF_FFFF ? Int(truncatingIfNeeded: value & 0xFFFF_FFFF) - 1 : 0)
    }
  }

  /// The first row with the key that is said to be the same, or nil, and then the row is entered.
  @inline(__always)
  func find(_ key: UInt64, orEnter row: Int, where isSame: (_ row: Int) -> Bool) -> Int? {
    var slot = home(of: key)
    while true {
      let value = slots[slot]
      if value == 0 {
        slots[slot] = key << 32 | UInt64(truncatingIfNeeded: row + 1)
        return nil
      }
      if value >> 32 == key & 0xFFFF_FFFF {
        let known = Int(truncatingIfNeeded: value & 0xFFFF_FFFF) - 1
        if isSame(known) { return known }
      }
      slot = (slot + 1) & mask
    }
  }
}
