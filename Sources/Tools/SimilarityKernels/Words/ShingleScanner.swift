/// Cuts texts into shingles, one text at a time, into buffers that are used again for the next text.
///
/// Texts in ASCII, by far the most, take a path of their own over bytes that gives the same answer.
package struct ShingleScanner {
  package let shingling: Shingling

  /// Shingles of the text scanned last, repeats included.
  package private(set) var count = 0
  /// The UTF-8 bytes of the shingles: first byte lowest, each shingle followed by one to eight zero bytes so that the
  /// next one starts with a chunk. No shingle holds a zero byte, so equal chunks up to the first zero are equal texts.
  private(set) var chunks: [UInt64] = []
  private var chunkCount = 0
  /// Where the chunks of each shingle start.
  private(set) var starts: [Int] = []
  /// Places of the shingles of more than one chunk: the only ones whose hashes can be equal by accident.
  private(set) var longPlaces: [Int] = []
  private(set) var longCount = 0
  /// The first `count` are the hashes of the shingles.
  private(set) var hashBuffer: [UInt64] = []

  private let table = ScalarTable.shared
  private var scalars = FoldedScalars()
  /// `ASCIIKind` of each byte; 0 from 128 on.
  private let kinds: [UInt8]
  private let seed: WordHash.Seed

  /// - Parameters:
  ///   - seed: shingles of eight bytes or more have other hashes under another seed; 0 is the one that others may know.
  ///   - hashBits: so many bits of them count; fewer than 64 make collisions, for tests.
  package init(_ shingling: Shingling = .words(1), seed: UInt64 = 0, hashBits: Int = 64) {
    switch shingling {
    case .words(let length), .characters(let length): precondition(length > 0, "a shingle holds at least one element")
    }
    self.shingling = shingling
    self.seed = WordHash.Seed(seed, hashBits: hashBits)
    self.kinds = (0..<256).map { $0 < 128 ? ASCIIKind.of(ScalarTable.shared[$0].wordBreak) : 0 }
  }

  /// One hash for each shingle, in the order of the text, repeats included.
  package var hashes: ArraySlice<UInt64> { hashBuffer[..<count] }

  func hash(at place: Int) -> UInt64 { hashBuffer[place] }

  /// One shingle of the text scanned last.
  package func text(at place: Int) -> String {
    let end = place + 1 < count ? starts[place + 1] : chunkCount
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
    reserve(bytes: bytes.count)
    if bytes.isASCII {
      (count, chunkCount, longCount) = Self.scanASCII(
        bytes, kinds, seed, &chunks, &starts, &hashBuffer, &longPlaces)
    } else {
      scanUnicode(bytes)
    }
    if shingling != .words(1) { regroup() }
  }

  /// Empties the buffers and makes room for the shingles of a text: one of L ≥ 1 bytes takes L / 8 + 1 ≤ L chunks.
  private mutating func reserve(bytes: Int) {
    count = 0
    chunkCount = 0
    longCount = 0
    let room = bytes + 8
    if chunks.count < room {
      chunks = [UInt64](repeating: 0, count: room)
      starts = [Int](repeating: 0, count: room)
      hashBuffer = [UInt64](repeating: 0, count: room)
      longPlaces = [Int](repeating: 0, count: room)
    }
  }

  /// Writes the words of a text in ASCII into buffers with enough room; gives their number and that of their chunks.
  private static func scanASCII(
    _ bytes: Span<UInt8>, _ kinds: [UInt8], _ seed: WordHash.Seed, _ chunkBuffer: inout [UInt64],
    _ startBuffer: inout [Int], _ hashBuffer: inout [UInt64], _ longBuffer: inout [Int]
  ) -> (count: Int, chunkCount: Int, longCount: Int) {
    let length = bytes.count
    let kinds = kinds.span
    var chunks = chunkBuffer.mutableSpan
    var starts = startBuffer.mutableSpan
    var hashes = hashBuffer.mutableSpan
    var longPlaces = longBuffer.mutableSpan
    var chunkCount = 0
    var count = 0
    var longCount = 0
    var place = 0
    while place < length {
      guard kinds[Int(bytes[place])] & ASCIIKind.inWord != 0 else {
        place += 1
        continue
      }
      // Letters, digits and low lines, eight at a time, until something else comes.
      let first = chunkCount
      var hash = seed.start
      var end = place
      var bearsMeaning = false
      while true {
        let eight = ASCIIEight(bytes.eight(from: end))
        bearsMeaning = bearsMeaning || eight.bearsMeaning
        chunks[chunkCount] = eight.lowercase
        hash = WordHash.step(hash, eight.lowercase)
        chunkCount += 1
        end += eight.length
        if eight.length < 8 { break }
      }
      let next = end < length ? kinds[Int(bytes[end])] : 0
      if next != 0 {
        // A mark that joins letters or digits, as in don't and 3.14: byte by byte, for it is rare.
        (end, bearsMeaning) = wordEnd(from: place, in: bytes, kinds)
        chunkCount = first
        hash = seed.start
        for from in stride(from: place, through: end, by: 8) {
          let chunk = bytes.eight(from: from).lowercased(count: end - from)
          chunks[chunkCount] = chunk
          hash = WordHash.step(hash, chunk)
          chunkCount += 1
        }
      }
      place = end
      if bearsMeaning {
        starts[count] = first
        let isLong = chunkCount - first > 1
        hashes[count] = isLong ? WordHash.long(hash, seed) : WordHash.short(chunks[first])
        longPlaces[longCount] = count
        longCount += isLong ? 1 : 0
        count += 1
      } else {
        chunkCount = first
      }
    }
    return (count, chunkCount, longCount)
  }

  /// The end of the word that starts at a place, by the rules, and whether it holds a letter or a digit.
  private static func wordEnd(
    from start: Int, in bytes: Span<UInt8>, _ kinds: Span<UInt8>
  ) -> (end: Int, bearsMeaning: Bool) {
    var last = kinds[Int(bytes[start])]
    var seen = last
    var place = start + 1
    while place < bytes.count {
      let next = kinds[Int(bytes[place])]
      if next & ASCIIKind.inWord != 0 {
        last = next
        place += 1
      } else {
        guard next != 0, place + 1 < bytes.count else { break }
        let after = kinds[Int(bytes[place + 1])]
        let joinsLetters = last & after & ASCIIKind.letter != 0 && next & ASCIIKind.betweenLetters != 0
        let joinsNumbers = last & after & ASCIIKind.digit != 0 && next & ASCIIKind.betweenDigits != 0
        guard joinsLetters || joinsNumbers else { break }
        last = after
        place += 2
      }
      seen |= last
    }
    return (place, seen & (ASCIIKind.letter | ASCIIKind.digit) != 0)
  }

  private mutating func scanUnicode(_ bytes: borrowing Span<UInt8>) {
    scalars.read(bytes, table)
    // Normalisation may have made the text longer: U+FDFA, the worst, becomes 18 letters.
    reserve(bytes: 4 * scalars.count)
    var start = 0
    let breaks = WordBreaks(scalars.properties, count: scalars.count)
    while let end = breaks.end(after: start) {
      var bearsMeaning = false
      for place in start..<end where scalars.properties[place].bearsMeaning { bearsMeaning = true }
      if bearsMeaning {
        var word = ChunkWriter(at: chunkCount, seed)
        for place in start..<end where !scalars.properties[place].isIgnorable {
          word.append(scalar: scalars.points[place], to: &chunks)
        }
        self.end(word)
      }
      start = end
    }
  }

  /// Ends a shingle; one of ignorable characters only (a Hangul filler is a letter and invisible) is none.
  private mutating func end(_ word: ChunkWriter) {
    var word = word
    guard !word.isEmpty else { return }
    starts[count] = word.start
    hashBuffer[count] = word.finish(&chunks)
    chunkCount = word.end
    if word.isLong {
      longPlaces[longCount] = count
      longCount += 1
    }
    count += 1
  }

  /// Puts shingles of several words or of characters in the place of the words.
  private mutating func regroup() {
    guard count > 0 else { return }
    let words = (0..<count).map { text(at: $0) }
    var shingles: [String] = []
    switch shingling {
    case .words(let length):
      for first in 0...max(0, words.count - length) {
        shingles.append(words[first..<min(words.count, first + length)].joined(separator: " "))
      }
    case .characters(let length):
      let joined = Array(words.joined(separator: " ").unicodeScalars)
      for first in 0...max(0, joined.count - length) {
        var shingle = String.UnicodeScalarView()
        shingle.append(contentsOf: joined[first..<min(joined.count, first + length)])
        shingles.append(String(shingle))
      }
    }
    reserve(bytes: shingles.reduce(0) { $0 + $1.utf8.count + 8 })
    for shingle in shingles {
      var writer = ChunkWriter(at: chunkCount, seed)
      for byte in shingle.utf8 { writer.append(byte, to: &chunks) }
      end(writer)
    }
  }
}

/// One shingle on its way into the chunks: bytes gathered eight at a time, and hashed as they leave.
private struct ChunkWriter {
  let start: Int
  /// Where the next chunk goes.
  private(set) var end: Int
  private var chunk: UInt64 = 0
  private var shift: UInt64 = 0
  private let seed: WordHash.Seed
  private var hash: UInt64

  init(at start: Int, _ seed: WordHash.Seed) {
    self.start = start
    self.end = start
    self.seed = seed
    hash = seed.start
  }

  var isLong: Bool { end - start > 1 }

  var isEmpty: Bool { shift == 0 && start == end }

  mutating func append(_ byte: UInt8, to chunks: inout [UInt64]) {
    chunk |= UInt64(byte) << shift
    shift += 8
    if shift == 64 { flush(&chunks) }
  }

  /// Appends a code point in UTF-8.
  mutating func append(scalar point: UInt32, to chunks: inout [UInt64]) {
    func low(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: point >> shift & 0x3F) }
    switch point {
    case ..<0x80: append(UInt8(point), to: &chunks)
    case ..<0x800:
      append(0xC0 | UInt8(point >> 6), to: &chunks)
      append(low(0), to: &chunks)
    case ..<0x1_0000:
      append(0xE0 | UInt8(point >> 12), to: &chunks)
      append(low(6), to: &chunks)
      append(low(0), to: &chunks)
    default:
      append(0xF0 | UInt8(truncatingIfNeeded: point >> 18), to: &chunks)
      append(low(12), to: &chunks)
      append(low(6), to: &chunks)
      append(low(0), to: &chunks)
    }
  }

  private mutating func flush(_ chunks: inout [UInt64]) {
    chunks[end] = chunk
    end += 1
    hash = WordHash.step(hash, chunk)
    chunk = 0
    shift = 0
  }

  /// Writes the last chunk, which holds at least one zero byte, and gives the hash.
  mutating func finish(_ chunks: inout [UInt64]) -> UInt64 {
    flush(&chunks)
    return isLong ? WordHash.long(hash, seed) : WordHash.short(chunks[start])
  }
}
