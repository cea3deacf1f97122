import PersonaRecords

/// The words of a text that say best what it is about: its title, or a sentence of its own.
///
/// Where no phrase is surely the topic, a persona quotes the text. What is quoted is whole: a title, a sentence, or, of
/// a sentence that is too long, the main clause up to the mark that ends it. It stands on one line or goes over the ends
/// of wrapped ones, has nobody's name in it, and no sign that is not plain text. Of several the one is taken that has
/// most of the words that the text is made of.
struct Quotation {
  static let wordLimit = 26
  /// Beyond this a persona would be more quotation than person.
  static let byteLimit = 170
  /// Where no shorter sentence will do.
  static let lenientWordLimit = 36
  static let lenientByteLimit = 230
  static let titleLimit = 14
  /// What is longer is no title.
  static let longestTitle = 24

  /// As it stands in the text; an ellipsis where a sentence goes on behind its main clause.
  let text: String
  let isTitle: Bool
  /// How much of what the text is made of stands in it; below 3 it says little.
  let score: Double

  /// How many sentences of a text are kept, and by how much the last of them may say less than the first.
  static let keptCount = 4
  static let margin = 1.5

  /// - Parameters:
  ///   - scan: a scan with readings.
  ///   - domainWords: the text's words that belong to a domain, by stem.
  ///   - genre: of the text: in a review "it" is the thing that it judges.
  ///   - needsTitle: whether only a title is wanted, since the text has a topic.
  /// - Returns: the title alone, or the best sentences, best first; empty where nothing can be quoted.
  static func all(
    of scan: TextScan, domainWords: Set<UInt64>, genre: Genre, needsTitle: Bool = false
  ) -> [Quotation] {
    let reader = QuotationReader(scan, domainWords: domainWords, genre: genre)
    if let title = reader.title(), reader.score(of: title) > 1, reader.isBorneOut(title) {
      return [Quotation(text: reader.text(of: title), isTitle: true, score: reader.score(of: title) + 3)]
    }
    if needsTitle { return [] }
    var found: [Quotation] = []
    for isLenient in [false, true] where found.isEmpty {
      reader.forEachSentence(isLenient: isLenient) { sentence in
        let length = Double(sentence.range.count)
        let score =
          reader.score(of: sentence.range) - (sentence.isCut ? 3 : 0)
          - (length > 16 ? (length - 16) * 0.4 : length < 6 ? 1.5 : 0)
        found.append(Quotation(text: sentence.text, isTitle: false, score: score))
      }
    }
    // Of two that say as much the earlier one comes first: the sort has to be stable.
    let order = found.indices.sorted { (found[$0].score, $1) > (found[$1].score, $0) }
    guard let best = order.first else { return [] }
    return order.prefix(keptCount).filter { found[$0].score >= found[best].score - margin }.map { found[$0] }
  }

  /// As a text is described by it: "headed “…”", "with the words “…”".
  func woven(random: inout SeededRandom) -> String {
    let turns =
      isTitle
      ? ["headed", "with the title", "under the heading"]
      : text.hasSuffix("…")
        ? ["with the words", "that says"]
        : text.hasSuffix("?")
          ? ["with the question", "that asks"] : ["with the words", "with the sentence", "that says"]
    return "\(turns[random.below(turns.count)]) “\(text)”"
  }
}
