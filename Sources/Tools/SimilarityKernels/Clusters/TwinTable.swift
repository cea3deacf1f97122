/// Finds rows with the same words, by the sum of their hashes.
///
/// Rows are known by their places in the order. Memory: 12 to 24 bytes for each row.
struct TwinTable: ~Copyable {
  /// 32 bits of the sum << 32 | the place plus 1; 0 is an empty slot.
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
  private func home(of sum: UInt64) -> Int { Int(truncatingIfNeeded: sum >> 32) & mask }

  /// The place that was entered first where each sum belongs, or 0; so that the processor fetches these rows for many sums
  /// together.
  func firstGuesses(_ sums: KeyList, into places: inout [Int]) {
    places.removeAll(keepingCapacity: true)
    let span = sums.buffer.span
    for number in 0..<sums.count {
      let sum = span[number]
      let value = slots[home(of: sum)]
      places.append(
        value != 0 && value >> 32 == sum & 0xFFFF_FFFF ? Int(truncatingIfNeeded: value & 0xFFFF_FFFF) - 1 : 0)
    }
  }

  /// The first place with the sum that is said to be the same, or nil, and then the place is entered.
  @inline(__always)
  func find(_ sum: UInt64, orEnter place: Int, where isSame: (_ place: Int) -> Bool) -> Int? {
    var slot = home(of: sum)
    while true {
      let value = slots[slot]
      if value == 0 {
        slots[slot] = sum << 32 | UInt64(truncatingIfNeeded: place + 1)
        return nil
      }
      if value >> 32 == sum & 0xFFFF_FFFF {
        let known = Int(truncatingIfNeeded: value & 0xFFFF_FFFF) - 1
        if isSame(known) { return known }
      }
      slot = (slot + 1) & mask
    }
  }

  /// Has the processor fetch where some sums belong.
  /// - Returns: a number without meaning, which keeps the loads from being left out.
  func fetch(_ sums: KeyList) -> UInt64 {
    let span = sums.buffer.span
    var touched: UInt64 = 0
    for number in 0..<sums.count { touched ^= slots[home(of: span[number])] }
    return touched
  }

  /// Appends the places entered under a sum, and perhaps others.
  @inline(__always)
  func forEach(_ sum: UInt64, into places: inout [Int]) {
    var slot = home(of: sum)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == sum & 0xFFFF_FFFF {
        places.append(Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1)
      }
      slot = (slot + 1) & mask
    }
  }
}
