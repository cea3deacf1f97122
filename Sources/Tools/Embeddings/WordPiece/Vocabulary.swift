import PersonaRecords

/// The pieces a tokenizer knows, found by their bytes: those that begin a word, and those that go on (`##ing`).
struct Vocabulary: Sendable {
  /// How many entries there are, special tokens and all; ids are `0..<count`.
  let count: Int
  /// Bytes of the longest piece, `##` not counted.
  let longest: Int
  let unknown: Int32
  let start: Int32
  let end: Int32
  /// The tokens that may stand in a text as themselves, such as `[SEP]`.
  let special: [(text: [UInt8], id: Int32)]

  private let bytes: [UInt8]
  private let starts: [UInt32]
  // Open addressing: the upper half of the hash, one bit for the kind, and the id plus one; 0 is free.
  private let slots: [UInt64]
  private let mask: Int

  static let beginningSeed: UInt64 = 0xCBF2_9CE4_8422_2325
  static let continuingSeed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// - Parameters:
  ///   - entries: the entry of id 0, 1, …, as they stand in `vocab.txt`.
  ///   - file: where they stand, for messages.
  /// - Throws: `Problem` when a token is missing that every text needs.
  init(_ entries: [[UInt8]], file: String) throws(Problem) {
    count = entries.count
    var bytes: [UInt8] = []
    var starts: [UInt32] = [0]
    var longest = 0
    var capacity = 1024
    while capacity < entries.count * 2 { capacity *= 2 }
    mask = capacity - 1
    var slots = [UInt64](repeating: 0, count: capacity)
    var named: [[UInt8]: Int32] = [:]
    for (id, entry) in entries.enumerated() {
      let continues = entry.count > 2 && entry[0] == UInt8(ascii: "#") && entry[1] == UInt8(ascii: "#")
      let piece = continues ? entry[2...] : entry[...]
      bytes += piece
      starts.append(UInt32(bytes.count))
      longest = max(longest, piece.count)
      if entry.first == UInt8(ascii: "["), entry.last == UInt8(ascii: "]") { named[entry] = Int32(id) }
      guard !piece.isEmpty else { continue }
      var hash = continues ? Self.continuingSeed : Self.beginningSeed
      for byte in piece { hash = Self.extend(hash, byte) }
      var slot = Self.place(hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Self.tag(hash, continues) | UInt64(id + 1)
    }
    self.bytes = bytes
    self.starts = starts
    self.longest = longest
    self.slots = slots
    func find(_ token: String) throws(Problem) -> Int32 {
      guard let id = named[Array(token.utf8)] else {
        throw Problem(
          "the vocabulary has no \(token)", at: .init(file: file),
          advice: "name a folder whose vocabulary is that of a BERT model: one entry per line, [CLS], [SEP] and [UNK] "
            + "among them")
      }
      return id
    }
    unknown = try find("[UNK]")
    start = try find("[CLS]")
    end = try find("[SEP]")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { token in
      named[Array(token.utf8)].map { (Array(token.utf8), $0) }
    }
  }

  /// The hash of a piece with one byte more.
  @inline(__always) static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  // The low bits of this hash know only the low bits of the bytes; the high ones know all.
  @inline(__always) private static func place(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 29) >> 3)
  }
  @inline(__always) private static func tag(_ hash: UInt64, _ continues: Bool) -> UInt64 {
    (hash &* 0x9E37_79B9_7F4A_7C15) & ~0xFFFF_FFFF | (continues ? kindBit : 0)
  }
  private static let kindBit: UInt64 = 0x8000_0000
  private static let idBits: UInt64 = 0x7FFF_FFFF

  /// The id of the piece `word[range]`, whose hash is known, or nil.
  @inline(__always)
  func id(_ word: [UInt8], _ range: Range<Int>, hash: UInt64, continues: Bool) -> Int32? {
    var slot = Self.place(hash) & mask
    let tag = Self.tag(hash, continues)
    while slots[slot] != 0 {
      if slots[slot] & ~Self.idBits == tag {
        let id = Int(slots[slot] & Self.idBits) - 1
        if equal(word, range, id) { return Int32(id) }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always) private func equal(_ word: [UInt8], _ range: Range<Int>, _ id: Int) -> Bool {
    let start = Int(starts[id])
    guard Int(starts[id + 1]) - start == range.count else { return false }
    for place in 0..<range.count where bytes[start + place] != word[range.lowerBound + place] { return false }
    return true
  }
}
