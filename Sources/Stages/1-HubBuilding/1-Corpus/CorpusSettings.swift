import PersonaRecords

/// What is taken from a corpus, and how it is cut.
///
/// Lengths are counted in Unicode scalars, which is what people call characters in all but decomposed text.
package struct CorpusSettings: Sendable, Equatable {
  /// Keys (columns) that hold the text where the user names none, in the order in which they are tried.
  package static let usualTextKeys = ["text", "raw_content", "content"]

  /// The key (column) of the text; empty tries `usualTextKeys`.
  package var textKey = ""
  /// ISO 639 codes to keep; empty keeps all.
  package var languages: [String] = []
  /// Texts and passages below this are left out.
  package var minimumCharacters = 50
  /// The longest passage.
  package var passageCharacters = 2000
  /// Passages taken from the start of one text; 0 takes all.
  package var maximumPassages = 4
  /// A record (line, page, file of plain text) over this is set aside.
  package var maximumRecordBytes = 64 << 20
  /// How many passages back a repeat is noticed.
  package var repeatWindow = 10_000

  package init() {}

  /// The keys to try for the text.
  var textKeys: [String] { textKey.isEmpty ? Self.usualTextKeys : [textKey] }

  /// - Throws: `Problem` when a number makes no sense.
  func validate() throws(Problem) {
    let checks: [(Bool, String)] = [
      (minimumCharacters >= 0, "the shortest passage cannot be below 0 characters"),
      (passageCharacters >= 1, "the longest passage must have at least 1 character"),
      (passageCharacters >= minimumCharacters, "the longest passage is shorter than the shortest"),
      (maximumPassages >= 0, "the number of passages per text cannot be below 0"),
      (maximumRecordBytes >= 1024, "the limit for one record must be at least 1024 bytes"),
      (repeatWindow >= 0, "the window for repeats cannot be below 0"),
    ]
    for (holds, sentence) in checks where !holds {
      throw Problem(sentence, advice: "change the setting", consequence: .wrongUsage)
    }
  }
}
