package import PersonaRecords
package import SimilarityKernels

/// Surface dedup: rows whose words are nearly the same leave, all but one of each cluster.
///
/// Rows are added in input order and numbered from 0; the decisions come out once all are in:
///
/// ```swift
/// var dedup = SurfaceDedup(SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9")))
/// for text in hubTexts { dedup.addKept(text) }   // a hub that is deduplicated already; none for a first run
/// for text in newTexts { dedup.add(text) }
/// let decisions = dedup.decisions()              // one per row, in input order
/// let verdict = dedup.verdict(row: 7, decisions[7]) { row in ids[row] }
/// ```
///
/// In input order, a hub and new rows give the same survivors as one run over all rows.
/// Source: arXiv 2406.20094, Section 2.3. The paper does not say which row of a cluster it keeps; here it is the first in
/// the order of `prefer`, and a dropped row always has a kept row at or above the threshold.
///
/// Memory per row at 0.9, for texts of a dozen words: about 110 bytes while rows are added (`WordSets`), and 150 bytes more
/// while decisions are made (`CandidateIndex`; 1,000 at 0.8, for there are more keys). Texts are not kept.
package struct SurfaceDedup {
  /// The name of this step in verdicts.
  package static let stage = "surface-dedup"

  package enum Method: String, Sendable, CaseIterable {
    /// The paper's: candidates by MinHash; misses a stated share of the near-copies.
    case minhash
    /// All near-copies.
    case exact
  }

  /// Which row of a cluster comes first; among equals, the one read first.
  package enum Preference: String, Sendable, CaseIterable {
    case inputOrder = "input-order"
    case longest, shortest
  }

  package struct Settings: Sendable {
    package var threshold: JaccardThreshold
    package var method: Method
    package var prefer: Preference
    package var shingling: Shingling
    /// Values per MinHash signature, a multiple of 8.
    package var signatureLength: Int

    /// - Parameter method: nil is exact from threshold 0.85 up, where it is fastest, and MinHash below.
    package init(
      threshold: JaccardThreshold, method: Method? = nil, prefer: Preference = .inputOrder,
      shingling: Shingling = .words(PaperSettings.shingleLength), signatureLength: Int = PaperSettings.signatureLength
    ) {
      self.threshold = threshold
      self.method = method ?? (threshold.numerator * 100 >= threshold.denominator * 85 ? .exact : .minhash)
      self.prefer = prefer
      self.shingling = shingling
      self.signatureLength = signatureLength
    }
  }

  package let settings: Settings
  private var sets = WordSets()
  private var scanner: ShingleScanner
  private var check = CollisionCheck()
  /// Code points of each text; empty unless the preference asks for them.
  private var lengths: [Int] = []
  private var keptCount = 0

  package init(_ settings: Settings) {
    self.settings = settings
    scanner = ShingleScanner(settings.shingling)
  }

  /// Rows added.
  package var count: Int { sets.count }

  /// Adds a row of a collection that is deduplicated already: it is kept, and comes before all others.
  /// - Precondition: no row was added with `add` before.
  package mutating func addKept(_ text: String) {
    precondition(keptCount == count, "rows to keep come before rows to judge")
    add(text)
    keptCount = count
  }

  /// Adds the next row.
  package mutating func add(_ text: String) {
    scanner.scan(text)
    sets.append(scanner)
    check.check(scanner)
    if settings.prefer != .inputOrder { lengths.append(text.unicodeScalars.count) }
  }

  /// Adds the next row, a text in UTF-8.
  package mutating func add(utf8 bytes: Span<UInt8>) {
    scanner.scan(utf8: bytes)
    sets.append(scanner)
    check.check(scanner)
    if settings.prefer != .inputOrder {
      var length = 0
      for place in 0..<bytes.count where bytes[place] & 0xC0 != 0x80 { length += 1 }
      lengths.append(length)
    }
  }

  /// The bands that `.minhash` uses; `missRate(at:)` says what it misses.
  package var banding: Banding {
    Banding(signatureLength: settings.signatureLength, threshold: settings.threshold)
  }

  /// What `.exact` is going to cost for the rows added, whatever the method is: for plans and warnings.
  ///
  /// One key or one candidate takes 20 to 100 nanoseconds; 20 to 50 bytes go to each key.
  package func forecast() -> JoinForecast {
    SurvivorSearch.forecast(sets, threshold: settings.threshold)
  }

  /// What becomes of each row, in input order.
  package func decisions() -> [DuplicateDecision] {
    let order = rowsInOrder()
    switch settings.method {
    case .exact:
      return SurvivorSearch.exact(sets, threshold: settings.threshold, order: order, keptCount: keptCount)
    case .minhash:
      return SurvivorSearch.minHash(
        sets, threshold: settings.threshold, order: order, keptCount: keptCount,
        hasher: MinHasher(length: settings.signatureLength), banding: banding)
    }
  }

  /// The decision on a row as a record; `id` names rows.
  package func verdict(row: Int, _ decision: DuplicateDecision, id: (Int) -> String) -> Verdict {
    guard let representative = decision.representative else {
      return Verdict(id: id(row), stage: Self.stage, keep: true)
    }
    return Verdict(
      id: id(row), stage: Self.stage, keep: false,
      reason: decision.intersection == decision.union ? "same-words" : "near-copy", representative: id(representative),
      similarity: decision.jaccard)
  }

  /// Empty for input order.
  private func rowsInOrder() -> [UInt32] {
    let judged = (keptCount..<count).map { UInt32($0) }
    let kept = (0..<keptCount).map { UInt32($0) }
    switch settings.prefer {
    case .inputOrder: return []
    case .longest: return kept + judged.sorted { (lengths[Int($1)], $0) < (lengths[Int($0)], $1) }
    case .shortest: return kept + judged.sorted { (lengths[Int($0)], $0) < (lengths[Int($1)], $1) }
    }
  }
}
