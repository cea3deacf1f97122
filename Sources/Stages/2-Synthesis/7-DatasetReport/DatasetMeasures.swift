package import JSONSchemas
import Languages
package import PersonaRecords
import SimilarityKernels

/// What is counted of a data set's texts as they go by, in any order of rows that the caller numbers.
///
/// Memory: tallies, two bounded tables of runs and openings, and 16 bytes for each different text.
package struct DatasetMeasures: Sendable {
  /// What was found of JSON in the texts.
  package struct JSONCounts: Sendable {
    /// Texts that begin like an object or an array, a fence and a second encoding aside.
    package var begun = 0
    /// Those that are valid JSON.
    package var valid = 0
    package var encodedTwice = 0
    package var fenced = 0
    /// Those whose outermost keys are as the schema says.
    package var keysMatch = 0
    /// Those that fit the schema.
    package var fitting = 0
    package var failures = FrequentCounter<String>(limit: 10_000)
    /// One case for each reason, by the reason.
    package var details: [String: String] = [:]
  }

  /// Words of an opening.
  package static let openingLength = 4

  package private(set) var rows = 0
  package private(set) var empty = 0
  package private(set) var refusals = 0
  package private(set) var firstRefusals: [Int] = []
  package private(set) var repeats = 0
  /// The first rows that repeat an earlier one.
  package private(set) var firstRepeats: [Int] = []
  package private(set) var languages = Tally()
  package private(set) var characters: [Int: Int] = [:]
  package private(set) var words: [Int: Int] = [:]
  package private(set) var openings = FrequentCounter<String>(limit: 1_000_000)
  package private(set) var phrases = RepeatedPhrases()
  package private(set) var json = JSONCounts()
  package let schema: JSONSchema?
  private var known: Set<PersonaID> = []

  package init(schema: JSONSchema? = nil) { self.schema = schema }

  /// Counts one row.
  /// - Parameters:
  ///   - row: its number.
  ///   - isRefusal: whether the text opens like a refusal, as the checks of recipes see it.
  /// - Returns: whether the text fits the schema; false without one.
  @discardableResult
  package mutating func take(_ reading: JSONReading, row: Int, isRefusal: Bool) -> Bool {
    rows += 1
    let text = reading.text
    let fits = take(json: reading, row: row)
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      empty += 1
      return fits
    }
    if isRefusal {
      refusals += 1
      if firstRefusals.count < 10 { firstRefusals.append(row) }
    }
    if !known.insert(PersonaID(describing: text)).inserted {
      repeats += 1
      if firstRepeats.count < 10 { firstRepeats.append(row) }
    }
    languages[LanguageGuess.language(of: text)] += 1
    characters[text.count, default: 0] += 1
    let hashes = orderedWordHashes(of: text)
    words[hashes.count, default: 0] += 1
    phrases.take(hashes, row: row)
    let opening = SimilarityKernels.words(of: String(String.UnicodeScalarView(text.unicodeScalars.prefix(200))))
      .prefix(Self.openingLength)
    if opening.count == Self.openingLength { openings.count(opening.joined(separator: " "), at: row) }
    return fits
  }

  private mutating func take(json reading: JSONReading, row: Int) -> Bool {
    if reading.isEncodedTwice { json.encodedTwice += 1 }
    if reading.isFenced { json.fenced += 1 }
    switch reading.value {
    case nil:
      if schema != nil { fail("not JSON", row, "begins with \"\(reading.text.cut(to: 40))\"") }
      return false
    case .failure(let error):
      json.begun += 1
      fail("not valid JSON: \(error.reason)", row, "\(error)")
      return false
    case .success(let value):
      json.begun += 1
      json.valid += 1
      guard let schema else { return false }
      guard let failure = schema.fault(in: value) else {
        json.keysMatch += 1
        json.fitting += 1
        return true
      }
      if !failure.isAboutKeys, value.objectValue != nil { json.keysMatch += 1 }
      fail(failure.reason, row, "")
      return false
    }
  }

  private mutating func fail(_ reason: String, _ row: Int, _ detail: String) {
    json.failures.count(reason, at: row)
    if json.details.count < 1_000, json.details[reason] == nil { json.details[reason] = detail }
  }
}

/// Where the middle and the ends of counted values lie.
package struct Spread: Sendable, Equatable {
  package let smallest: Int
  package let low: Int
  package let median: Int
  package let high: Int
  package let largest: Int
  package let mean: Double

  /// Of values with how often each came; nil without any.
  package init?(_ counts: [Int: Int]) {
    let sorted = counts.sorted { $0.key < $1.key }
    let total = sorted.reduce(0) { $0 + $1.value }
    guard let first = sorted.first, let last = sorted.last, total > 0 else { return nil }
    func quantile(_ share: Double) -> Int {
      var seen = 0
      for (value, count) in sorted {
        seen += count
        if Double(seen) >= share * Double(total) { return value }
      }
      return last.key
    }
    smallest = first.key
    low = quantile(0.25)
    median = quantile(0.5)
    high = quantile(0.75)
    largest = last.key
    mean = sorted.reduce(0.0) { $0 + Double($1.key) * Double($1.value) } / Double(total)
  }
}
