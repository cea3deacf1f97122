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

  /// Puts 0 in the place of the keys that one row alone has.
  /// - Returns: how many keys are left.
  func keepShared(_ shared: SharedKeys) -> Int {
    var left = 0
    for place in 0..<count {
      let key = shared.kept(keys[place])
      keys[place] = key
      left += key == 0 ? 0 : 1
    }
    return left
  }
}
