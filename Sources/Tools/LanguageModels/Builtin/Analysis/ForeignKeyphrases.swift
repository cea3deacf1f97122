import Languages
import PersonaRecords

/// Keyphrases of texts that are not in English.
///
/// Where words are spaced: n-grams of up to three words that lie between function words, weighed as in YAKE by
/// frequency and by how early they stand. Chinese, Japanese and Thai: n-grams of characters within runs of one script.
enum ForeignKeyphrases {
  /// Up to `limit` phrases as they stand in the text, best first.
  static func phrases(of text: String, language: String, script: Script, limit: Int = 4) -> [String] {
    script.isWrittenWithoutSpaces
      ? unspaced(text, script: script, limit: limit) : spaced(text, language: language, limit: limit)
  }

  /// The first line, where it looks like a title: short, with an end of its own, and text below it.
  static func title(of text: String) -> String? {
    let lines = text.split(maxSplits: 8, omittingEmptySubsequences: true, whereSeparator: { $0.isNewline })
    guard lines.count > 1, let first = lines.first else { return nil }
    var title = String(first).collapsingWhitespace()
    let letters = title.unicodeScalars.filter { $0.properties.isAlphabetic }.count
    // "Artículo 8": a place in a series.
    let words = title.split(separator: " ").count { word in !word.contains { $0.isNumber } }
    let isSeries = words < 2 && title.contains { $0.isNumber }
    guard !isSeries, title.unicodeScalars.count <= 90, letters >= 6, letters * 10 >= title.unicodeScalars.count * 7
    else {
      return nil
    }
    while let last = title.last, ".:;,?! ".contains(last) { title.removeLast() }
    // A question is none, and what has quotation marks cannot stand between ours.
    guard !title.contains(where: { "<>\"«»“”„{}[]|¿=".contains($0) }), !first.contains("?") else { return nil }
    if title == title.uppercased(), title != title.lowercased() {
      title = title.prefix(1) + title.dropFirst().lowercased()
    }
    return title
  }

  private struct Candidate {
    var text: String
    var words: [String]
    var count = 0.0
    var first: Int
    var wordCount: Int
    /// Whether an article stands before it somewhere: then it is a noun phrase.
    var hasArticle = false

    /// Frequent, early, of two or three words.
    var score: Double {
      let length = wordCount == 1 ? 0.8 : wordCount == 2 ? 2.4 : 2.2
      return count * length * (1 + 2 / Double(2 + first))
    }
  }

  private static func spaced(_ text: String, language: String, limit: Int) -> [String] {
    let scan = TextScan(text)
    let stops = stopWords[language] ?? []
    let determiners = articles[language] ?? []
    var candidates: [Candidate] = []
    var places: [String: Int] = [:]
    let words = scan.tokens.map { scan.text(of: $0) }
    let folded = words.map { $0.lowercased() }
    let seen = Set(words)
    func isContent(_ place: Int) -> Bool {
      let token = scan.tokens[place]
      return !token.isNumber && !stops.contains(folded[place]) && folded[place].unicodeScalars.count > 2
        && !folded[place].contains("'") && folded[place].utf8.count < 60
    }
    for start in scan.tokens.indices where isContent(start) {
      for count in 1...3 where start + count <= scan.tokens.count {
        let range = start..<(start + count)
        if count > 1, scan.tokens[range.upperBound - 1].breakBefore || !isContent(range.upperBound - 1) { break }
        if count == 1, folded[start].unicodeScalars.count < 5 { continue }
        let phrase = folded[range].joined(separator: " ")
        let hasArticle = start > 0 && !scan.tokens[start].breakBefore && determiners.contains(folded[start - 1])
        if let place = places[phrase] {
          candidates[place].count += 1
          if hasArticle { candidates[place].hasArticle = true }
        } else {
          places[phrase] = candidates.count
          let shouts = scan.tokens[range].allSatisfy { $0.isAllCapitals }
          let starts = scan.tokens[start].startsSentence && seen.contains(folded[start])
          let shown = words[range].joined(separator: " ")
          candidates.append(
            Candidate(
              text: shouts ? shown.lowercased() : starts ? lowerFirst(shown) : shown, words: Array(folded[range]),
              count: 1, first: Int(scan.tokens[start].sentence), wordCount: count, hasArticle: hasArticle))
        }
      }
    }
    // In languages with articles, what never has one is a verb as often as a name, and two words in a row are a noun
    // and its verb as often as its adjective: "hausse de la fiscalité" is surely one thing.
    if let links = links[language] {
      linked(links, determiners, scan, words, folded, isContent, into: &candidates)
      let sure = candidates.filter { $0.hasArticle && ($0.wordCount == 1 || $0.count > 1) }
      if sure.count >= 2 { return best(sure, limit: limit) }
    }
    // Without articles an ending tells a noun, and of two words that stand together twice neither is a verb by chance.
    if let endings = nounEndings[language] {
      let sure = candidates.filter { candidate in
        let isNoun = candidate.words.allSatisfy { word in endings.contains { word.hasSuffix($0) } }
        return isNoun && candidate.wordCount < 3 || candidate.count > 2 && candidate.wordCount == 2
      }
      if sure.count >= 2 { return best(sure, limit: limit) }
    }
    let nominal = candidates.filter { $0.hasArticle }
    return best(nominal.count >= 3 ? nominal : candidates, limit: limit)
  }

  /// Adds what a preposition joins: "langue du forum", "punto de vista".
  private static func linked(
    _ links: Set<String>, _ determiners: Set<String>, _ scan: TextScan, _ words: [String], _ folded: [String],
    _ isContent: (Int) -> Bool, into candidates: inout [Candidate]
  ) {
    var places: [String: Int] = [:]
    for start in scan.tokens.indices.dropFirst() where isContent(start) && determiners.contains(folded[start - 1]) {
      guard !scan.tokens[start].breakBefore else { continue }
      var end = start + 1
      guard end < scan.tokens.count, links.contains(folded[end]), !scan.tokens[end].breakBefore else { continue }
      end += 1
      if end < scan.tokens.count, determiners.contains(folded[end]), !scan.tokens[end].breakBefore { end += 1 }
      guard end < scan.tokens.count, isContent(end), !scan.tokens[end].breakBefore, !numbers.contains(folded[end])
      else {
        continue
      }
      let phrase = folded[start...end].joined(separator: " ")
      if let place = places[phrase] {
        candidates[place].count += 1
        continue
      }
      places[phrase] = candidates.count
      let shown = words[start...end].joined(separator: " ")
      candidates.append(
        Candidate(
          text: shown, words: [folded[start], folded[end]], count: 2, first: Int(scan.tokens[start].sentence),
          wordCount: 3, hasArticle: true))
    }
  }

  /// How abstract nouns end, in the cases that keep them apart from verbs.
  private static let nounEndings: [String: [String]] = [
    "pl": [
      "ość", "ości", "anie", "ania", "enie", "enia", "acja", "acji", "acje", "cja", "cji", "stwo", "stwa", "izm",
      "izmu", "yka",
      "yki", "ika", "iki", "tor", "tora", "metr", "metru", "ment", "logia", "logii", "ów", "awa", "awy",
    ],
    "ru": [
      "ость", "ости", "ание", "ания", "ение", "ения", "ция", "ции", "ций", "ство", "ства", "изм", "изма", "ика", "ики",
      "тель", "теля", "тор", "логия", "логии", "ов",
    ],
    "uk": [
      "ість", "ості", "ання", "ення", "ція", "ції", "цій", "ство", "ства", "изм", "ізм", "ика", "іка", "ики", "тель",
      "тор", "логія", "логії", "ів",
    ],
  ]

  private static let numbers: Set<String> = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "dos", "tres", "cuatro", "cinco", "seis",
    "siete", "ocho", "nueve", "diez", "due", "tre", "quattro", "cinque", "dois", "duas", "três", "quatro", "autre",
    "autres", "otro", "otros", "otras", "altri", "altre", "outros", "outras", "même", "mismo", "stesso", "mesmo",
    "nouvelle", "nouveau", "nueva", "nuevo", "nuova", "nuovo", "nova", "novo", "plus", "plusieurs", "gran", "grand",
    "grande", "petit", "première", "premier", "primera", "primer", "prima", "primo", "primeira", "primeiro",
  ]

  /// Prepositions that make one noun phrase of two.
  private static let links: [String: Set<String>] = [
    "fr": ["de", "du", "des"], "es": ["de", "del"], "it": ["di", "del", "della", "dei", "delle", "dello"],
    "pt": ["de", "do", "da", "dos", "das"],
  ]

  /// Articles, also melted into prepositions.
  private static let articles: [String: Set<String>] = [
    "fr": ["le", "la", "les", "un", "une", "des", "du", "au", "aux", "cette", "ce", "ces", "sa", "son", "ses"],
    "es": ["el", "la", "los", "las", "un", "una", "del", "este", "esta", "su", "sus", "mi"],
    "it": [
      "il", "lo", "la", "i", "gli", "le", "un", "una", "uno", "del", "della", "dei", "delle", "al", "alla", "nel",
    ],
    "pt": ["o", "a", "os", "as", "um", "uma", "do", "da", "dos", "das", "no", "na"],
    "de": ["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einer", "einem", "eines", "im", "zum"],
    "nl": ["de", "het", "een"], "sv": ["en", "ett", "den", "det"],
  ]

  private static func best(_ candidates: [Candidate], limit: Int) -> [String] {
    // What is said twice is a term more often than what is said once.
    let repeated = candidates.filter { $0.count >= ($0.wordCount == 1 ? 3 : 2) }
    let candidates = repeated.count < 2 ? candidates : repeated
    let order = candidates.indices.sorted {
      (candidates[$0].score, $1) > (candidates[$1].score, $0)
    }
    var chosen: [Candidate] = []
    for place in order {
      let candidate = candidates[place]
      if chosen.contains(where: { other in candidate.words.contains { other.words.contains($0) } }) { continue }
      chosen.append(candidate)
      if chosen.count == limit { break }
    }
    return chosen.map { $0.text }
  }

  private static func lowerFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  private static func unspaced(_ text: String, script: Script, limit: Int) -> [String] {
    var runs: [[Unicode.Scalar]] = []
    var run: [Unicode.Scalar] = []
    var kind = Script.other
    for scalar in text.unicodeScalars.prefix(3_000) {
      var next = Script(of: scalar)
      // Hiragana is grammar; a run of it says nothing. The long-vowel mark belongs to katakana.
      if next == .kana, scalar.value < 0x30A0 { next = .other }
      if script == .han, breakers.contains(scalar) { next = .other }
      if next != kind, !run.isEmpty {
        runs.append(run)
        run = []
      }
      if next == .han || next == .kana || next == script { run.append(scalar) }
      kind = next
    }
    if !run.isEmpty { runs.append(run) }
    var candidates: [Candidate] = []
    var places: [String: Int] = [:]
    for (number, run) in runs.enumerated() {
      let isChinese = script == .han
      let lengths = isChinese ? 2...min(4, max(2, run.count)) : run.count...run.count
      for length in lengths where run.count >= 2 && length <= run.count && run.count <= 24 {
        for start in 0...(run.count - length) {
          let phrase = String(String.UnicodeScalarView(run[start..<(start + length)]))
          if let place = places[phrase] {
            candidates[place].count += 1
          } else {
            places[phrase] = candidates.count
            let whole = length == run.count
            candidates.append(
              Candidate(
                text: phrase, words: [phrase], count: whole ? 1.2 : 0.4, first: number / 8,
                wordCount: length == 4 ? 2 : length > 1 ? 2 : 1))
          }
        }
      }
    }
    for place in candidates.indices {
      // Longer n-grams of equal frequency hold the shorter ones.
      candidates[place].count *= Double(min(candidates[place].text.unicodeScalars.count, 4)).squareRoot()
    }
    let order = candidates.indices.sorted { (candidates[$0].score, $1) > (candidates[$1].score, $0) }
    var chosen: [String] = []
    for place in order {
      let phrase = candidates[place].text
      if chosen.contains(where: { $0.contains(phrase) || phrase.contains($0) || sharesTwo($0, phrase) }) { continue }
      chosen.append(phrase)
      if chosen.count == limit { break }
    }
    return chosen
  }

  private static func sharesTwo(_ one: String, _ other: String) -> Bool {
    let scalars = Array(other.unicodeScalars)
    guard scalars.count >= 2 else { return false }
    for start in 0..<(scalars.count - 1) {
      if one.contains(String(String.UnicodeScalarView(scalars[start...(start + 1)]))) { return true }
    }
    return false
  }

  /// Chinese characters that are mostly grammar: no term goes across them.
  private static let breakers = Set(
    "的了是在和与及或不也就都而被把对從从到为為以之其这這那我你他她它们們有个個一上下中大会會要可能将將等着过過还還很最更但并且因所如又让讓给給吗呢吧啊时時后後前里裡于於此该該每各与與".unicodeScalars)

  static let stopWords: [String: Set<String>] = {
    var words: [String: Set<String>] = [:]
    for line in ForeignTable.endings.split(separator: "\n") {
      let language = String(line.prefix { $0 != "\t" })
      words[language] = Set(LanguageGuess.functionWords(of: language)).union(ForeignTable.weakWords)
    }
    return words
  }()
}
