/// What a text is cut into before two texts are compared.
///
/// The paper takes single words and does not say what a word is. Here: the segments of UAX #29 (version as in
/// `UnicodeTables`) of the text after NFKC and case folding, as far as they hold a letter, a number or an emoji;
/// punctuation and other symbols are dropped, and so are invisible characters inside words (soft hyphens, direction
/// marks). In scripts written without spaces (Chinese, Japanese outside Katakana, Thai, Lao, Khmer, Burmese …) UAX #29
/// breaks between any two characters, so there a word is one character with its marks.
/// Source: arXiv 2406.20094, Section 2.3.
package enum Shingling: Sendable, Equatable {
  /// Runs of so many words; a text with fewer words is one shingle.
  case words(Int)
  /// Runs of so many code points of the words joined by single spaces; a shorter text is one shingle.
  case characters(Int)
}

/// The words of a text in their order, repeats included: normalised, case-folded, without punctuation.
package func words(of text: String) -> [String] {
  var scanner = wordScanner
  scanner.scan(text)
  return (0..<scanner.count).map { scanner.text(at: $0) }
}

/// 64-bit hashes of the distinct words of a text, ascending; the same on every machine and in every run.
///
/// Equal hashes are almost always, but not always, equal words: see `CollisionCheck`.
package func wordHashes(of text: String) -> [UInt64] {
  var scanner = wordScanner
  scanner.scan(text)
  var distinct: [UInt64] = []
  for hash in scanner.hashes.sorted() where hash != distinct.last { distinct.append(hash) }
  return distinct
}

/// A hash for each word of a text, in order, repeats included: equal words have equal hashes, others almost never.
package func orderedWordHashes(of text: String) -> ArraySlice<UInt64> {
  var scanner = wordScanner
  scanner.scan(text)
  return scanner.hashes
}

/// Copied for each text, so that its tables are made once.
private let wordScanner = ShingleScanner()
