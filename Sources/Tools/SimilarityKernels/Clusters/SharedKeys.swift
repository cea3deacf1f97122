/// Tells keys that only one row has, by far the most: nobody can be found under them, so they are neither stored nor sought.
///
/// Two bits for each of many cells: a key was in the cell, and another one after it. A key that shares its cell with
/// another by chance is taken for a shared one, which costs a look-up and nothing else; no shared key is ever missed.
/// Memory: 4 bytes for each key.
struct SharedKeys: ~Copyable {
  /// 32 cells in each.
  private let words: LargeTable<UInt64>
  private let wordCount: UInt64

  /// - Parameter keyCount: keys that are going to come.
  init(keyCount: Int) {
    words = LargeTable(count: Self.wordCount(keyCount: keyCount))
    wordCount = UInt64(words.count)
  }

  private static func wordCount(keyCount: Int) -> Int { max(keyCount / 2, 1 << 10) }

  static func byteCount(keyCount: Int) -> Int { wordCount(keyCount: keyCount) * 8 }

  /// The word that holds a key's cell: the high half of the key tells it, the low bits the cell.
  @inline(__always)
  private func word(of key: UInt64) -> Int { Int(truncatingIfNeeded: ((key >> 32) &* wordCount) >> 32) }

  /// Takes in the keys of a row, or of several.
  func add(_ keys: KeyList) {
    let span = keys.buffer.span
    for place in 0..<keys.count {
      let key = span[place]
      let word = word(of: key)
      let once: UInt64 = 1 << (key & 31)
      let known = words[word]
      words[word] = known | once | (known & once) << 32
    }
  }

  /// 1 when a second row may have the key, else 0.
  @inline(__always)
  func isShared(_ key: UInt64) -> UInt64 { words[word(of: key)] >> (32 + (key & 31)) & 1 }
}
