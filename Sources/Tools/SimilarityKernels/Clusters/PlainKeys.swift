/// The plain keys of all rows, row behind row, made once and read once more.
///
/// Memory: 8 bytes for each key.
struct PlainKeys: ~Copyable {
  private let keys: LargeTable<UInt64>
  private(set) var count = 0

  /// - Parameter capacity: the most keys that are going to come.
  init(capacity: Int) { keys = LargeTable(count: capacity) }

  static func byteCount(keyCount: Int) -> Int { keyCount * 8 }

  subscript(place: Int) -> UInt64 {
    @inline(__always) get { keys[place] }
  }

  mutating func append(_ list: KeyList) {
    let span = list.buffer.span
    for place in 0..<list.count { keys[count + place] = span[place] }
    count += list.count
  }

  /// Puts 0 in the place of the keys that one row alone has. A shared one that is 0 becomes 1, in all rows alike.
  ///
  /// Without a branch: nobody can guess which keys are shared, and a wrong guess would end the waiting for many places of
  /// memory at once.
  /// - Returns: how many keys are left.
  func keepShared(_ shared: SharedKeys) -> Int {
    var left = 0
    for place in 0..<count {
      let key = keys[place]
      let isShared = shared.isShared(key)
      keys[place] = (key | (key == 0 ? 1 : 0)) & (0 &- isShared)
      left += Int(truncatingIfNeeded: isShared)
    }
    return left
  }
}
