/// Cuts texts into shingles, one text at a time, into buffers that are used again for the next text.
///
/// Texts in ASCII, by far the most, take a path of their own over bytes that gives the same answer.
package struct ShingleScanner {
  package let shingling: Shingling

  /// One hash for each shingle, in the order of the text, repeats included.
  package private(set) var hashes: [UInt64] = []
  /// Where the chunks of each shingle start.
  private(set) var starts: [Int] = []
  /// The UTF-8 bytes of the shingles: first byte lowest, each shingle followed by one to eight zero bytes so that the
  /// next one starts with a chunk. No shingle holds a zero byte, so equal chunks up to the first zero are equal texts.
  private(set) var chunks: [UInt64] = []

  private let table = ScalarTable.shared
  /// `ASCIIKind` of each byte below 128.
  private let kinds: [UInt8]

  package init(_ shingling: Shingling = .words(1)) {
    switch shingling {
    case .words(let length), .characters(let length): precondition(length > 0, "a shingle holds at least one element")
    }
    self.shingling = shingling
    self.kinds = (0..<128).map { ASCIIKind.of(ScalarTable.shared[$0].wordBreak) }
  }

  /// Shingles of the text scanned last, repeats included.
  package var count: Int { hashes.count }

  /// One shingle of the text scanned last.
  package func text(at place: Int) -> String {
    let end = place + 1 < count ? starts[place + 1] : chunks.count
    let bytes = chunks[starts[place]..<end].flatMap { chunk in
      (0..<8).map { UInt8(truncatingIfNeeded: chunk >> ($0 * 8)) }
    }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  package mutating func scan(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      // Safe: the bytes outlive the closure's use of them, and are only read.
      unsafe scan(utf8: Span(_unsafeElements: bytes))
    }
  }

  /// Replaces the shingles by those of another text. Broken UTF-8 reads as U+FFFD, which is no word.
  package mutating func scan(utf8 bytes: Span<UInt8>) {
    hashes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    chunks.removeAll(keepingCapacity: true)
    if bytes.isASCII {
      scanASCII(bytes)
    } else {
      scanUnicode(bytes)
    }
    if shingling != .words(1) { regroup() }
  }

  private mutating func scanASCII(_ bytes: borrowing Span<UInt8>) {
    let count = bytes.count
    let kinds = self.kinds
    var place = 0
    while place < count {
      var kind = kinds[Int(bytes[place])]
      guard kind & ASCIIKind.inWord != 0 else {
        place += 1
        continue
      }
      var word = ChunkWriter(at: chunks.count)
      var seen: UInt8 = 0
      while true {
        seen |= kind
        // Letters differ from their other case in this bit alone.
        word.append(kind & ASCIIKind.letter != 0 ? bytes[place] | 0x20 : bytes[place], to: &chunks)
        place += 1
        guard place < count else { break }
        let next = kinds[Int(bytes[place])]
        if next & ASCIIKind.inWord == 0 {
          guard next != 0, place + 1 < count else { break }
          let after = kinds[Int(bytes[place + 1])]
          let joinsLetters = kind & after & ASCIIKind.letter != 0 && next & ASCIIKind.betweenLetters != 0
          let joinsNumbers = kind & after & ASCIIKind.digit != 0 && next & ASCIIKind.betweenDigits != 0
          guard joinsLetters || joinsNumbers else { break }
        }
        kind = next
      }
      if seen & (ASCIIKind.letter | ASCIIKind.digit) != 0 {
        end(word)
      } else {
        chunks.removeSubrange(word.start...)
      }
    }
  }

  private mutating func scanUnicode(_ bytes: borrowing Span<UInt8>) {
    // Safe: the bytes are copied into the string before the closure ends.
    let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    let scalars = foldedScalars(of: text, table: table)
    let properties = scalars.map { table[$0] }
    var start = 0
    for end in WordBreaks.ends(in: properties) {
      if properties[start..<end].contains(where: \.bearsMeaning) {
        var word = ChunkWriter(at: chunks.count)
        for place in start..<end where !properties[place].isIgnorable {
          guard let scalar = Unicode.Scalar(scalars[place]) else { continue }
          for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { word.append(byte, to: &chunks) }
        }
        self.end(word)
      }
      start = end
    }
  }

  /// Ends a shingle; one of ignorable characters only (a Hangul filler is a letter and invisible) is none.
  private mutating func end(_ word: consuming ChunkWriter) {
    let start = word.start
    guard !word.isEmpty else { return }
    hashes.append(word.finish(&chunks))
    starts.append(start)
  }

  /// Puts shingles of several words or of characters in the place of the words.
  private mutating func regroup() {
    guard count > 0 else { return }
    let words = (0..<count).map { text(at: $0) }
    hashes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    chunks.removeAll(keepingCapacity: true)
    switch shingling {
    case .words(let length):
      for first in 0...max(0, words.count - length) {
        add(words[first..<min(words.count, first + length)].joined(separator: " ").utf8)
      }
    case .characters(let length):
      let joined = Array(words.joined(separator: " ").unicodeScalars)
      for first in 0...max(0, joined.count - length) {
        add(
          joined[first..<min(joined.count, first + length)].flatMap {
            UTF8.encode($0) ?? UTF8.encodedReplacementCharacter
          })
      }
    }
  }

  private mutating func add(_ bytes: some Sequence<UInt8>) {
    var shingle = ChunkWriter(at: chunks.count)
    for byte in bytes { shingle.append(byte, to: &chunks) }
    end(shingle)
  }
}

/// The Word_Break classes that occur in ASCII, one bit each, so that the rules become bit tests.
private enum ASCIIKind {
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  static let connector: UInt8 = 4
  static let inWord: UInt8 = 7
  private static let midLetter: UInt8 = 8
  private static let midNumber: UInt8 = 16
  private static let midBoth: UInt8 = 32
  static let betweenLetters = midLetter | midBoth
  static let betweenDigits = midNumber | midBoth

  static func of(_ wordBreak: WordBreakClass) -> UInt8 {
    switch wordBreak {
    case .letter: letter
    case .numeric: digit
    case .connector: connector
    case .midLetter: midLetter
    case .midNumber: midNumber
    case .midNumberLetter, .singleQuote: midBoth
    default: 0
    }
  }
}

/// One shingle on its way into the chunks: bytes gathered eight at a time, and hashed as they leave.
private struct ChunkWriter {
  let start: Int
  private var chunk: UInt64 = 0
  private var shift: UInt64 = 0
  private var hash: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(at start: Int) {
    self.start = start
  }

  var isEmpty: Bool { shift == 0 && hash == 0x9E37_79B9_7F4A_7C15 }

  @inline(__always)
  mutating func append(_ byte: UInt8, to chunks: inout [UInt64]) {
    chunk |= UInt64(byte) << shift
    shift += 8
    if shift == 64 { flush(&chunks) }
  }

  private mutating func flush(_ chunks: inout [UInt64]) {
    chunks.append(chunk)
    hash = WordHash.step(hash, chunk)
    chunk = 0
    shift = 0
  }

  /// Writes the last chunk, which holds at least one zero byte, and gives the hash.
  mutating func finish(_ chunks: inout [UInt64]) -> UInt64 {
    flush(&chunks)
    return WordHash.finish(hash)
  }
}

/// The hash of shingles: fixed for all machines and versions, and local to this module so that it is inlined.
enum WordHash {
  /// Takes in eight bytes: the two halves of a full product, folded.
  @inline(__always)
  static func step(_ hash: UInt64, _ chunk: UInt64) -> UInt64 {
    let product = (hash ^ chunk).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low ^ chunk
  }

  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt64 {
    var word = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    word = (word ^ word >> 29) &* 0xE703_7ED1_A0B4_28DB
    return word ^ word >> 32
  }

  /// 64 random-looking bits for a word's number; different numbers have different bits (SplitMix64's bijection).
  @inline(__always)
  static func spread(_ number: UInt32) -> UInt64 { mix(UInt64(number) &+ 0x9E37_79B9_7F4A_7C15) }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var word = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

extension Span<UInt8> {
  /// True when no byte is 128 or more.
  var isASCII: Bool {
    // Safe: read within `count` only, below.
    let bytes = unsafe self.bytes
    var seen: UInt64 = 0
    var place = 0
    while place + 8 <= count {
      // Safe: place + 8 <= count.
      seen |= unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      place += 8
    }
    while place < count {
      seen |= UInt64(self[place])
      place += 1
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }
}
