package import PersonaRecords
package import SimilarityKernels
package import TextLanes

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
/// Memory per row at 0.9, for texts of a dozen words: about 130 bytes while rows are added (`WordSets`), and 50 bytes more
/// while decisions are made (`CandidateIndex`; 700 at 0.8, for there are more keys). Texts are not kept.
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
    /// Bits of the hashes of words that count; fewer than 64 make collisions, for tests.
    package var hashBits = 64

    /// - Parameter method: nil is exact from threshold 0.85 up, where it is fastest, and MinHash below.
    package init(
      threshold: JaccardThreshold, method: Method? = nil, prefer: Preference = .inputOrder,
      shingling: Shingling = .words(PaperSettings.shingleLength), signatureLength: Int = PaperSettings.signatureLength
    ) {
      self.threshold = threshold
      self.method = method ?? Self.method(at: threshold)
      self.prefer = prefer
      self.shingling = shingling
      self.signatureLength = signatureLength
    }

    /// The method that is taken when none is asked for.
    package static func method(at threshold: JaccardThreshold) -> Method {
      threshold.numerator * 100 >= threshold.denominator * 85 ? .exact : .minhash
    }

    /// The bands that `.minhash` uses; `missRate(at:)` says what it misses.
    package var banding: Banding { Banding(signatureLength: signatureLength, threshold: threshold) }

    var bandKeys: BandKeys {
      BandKeys(hasher: MinHasher(length: signatureLength), banding: banding, threshold: threshold)
    }
  }

  package let settings: Settings
  /// Told what the join is going to take, before it begins.
  package var onForecast: (@Sendable (JoinForecast) -> Void)?
  /// Under which words are hashed; another one when two words had one hash.
  private let seed: UInt64
  /// Bytes that may be used, all together; nil for as many as it takes.
  let memory: Int?
  let work: WorkFolder?
  private var scanner: ShingleScanner
  private var cutter: ASCIIRows
  private var check = CollisionCheck()
  private(set) var rows = RankedRows()
  /// Where rows go that do not fit into memory.
  private(set) var segments: RowSegments?
  private var wordFiles: WordFiles?
  private var rankRuns: RankRuns?
  private var folder: String?
  /// So many rows are expected that they go to the disk segment by segment from the start.
  private var goesToDisk = false
  /// Empty, with memory for the rows of a segment: what is written takes turns with what is read.
  private var spare = WordSets()

  /// - Parameters:
  ///   - seed: 0, or one more than that of rows of which `hasCollision` was true.
  ///   - memory: bytes to stay below; with it goes a folder to spill to. nil for as many bytes as it takes.
  package init(_ settings: Settings, seed: UInt64 = 0, memory: Int? = nil, work: WorkFolder? = nil) {
    precondition(memory == nil || work != nil, "what does not fit into memory needs a place")
    self.settings = settings
    self.seed = seed
    self.memory = memory
    self.work = work
    let hashBits = settings.hashBits + Int(seed) * 8
    scanner = ShingleScanner(settings.shingling, seed: seed, hashBits: hashBits)
    cutter = ASCIIRows(seed: seed, hashBits: hashBits)
  }

  /// Rows added.
  package var count: Int { (segments?.rowCount ?? 0) + rows.sets.count }

  /// Distinct words of all rows added, each row's counted for itself.
  package var wordCount: Int { (segments?.segments.reduce(0) { $0 + $1.wordCount } ?? 0) + rows.sets.words.count }

  /// True when rows were written to the disk.
  package var isSpilled: Bool { segments != nil }

  /// Whether two different words had one hash: all rows have to be added again, to a dedup with the next seed. Asked once, when
  /// all rows are in.
  /// - Throws: `Problem` when words on the disk cannot be read.
  package mutating func findCollision() throws(Problem) -> Bool {
    if check.hasCollision { return true }
    guard var files = wordFiles else { return false }
    try files.take(from: &check)
    wordFiles = nil
    return try files.hasCollision()
  }

  /// Makes room for rows that are going to come, or sends them to the disk as they come where they are too many by far.
  package mutating func expect(rows rowCount: Int, words: Int) {
    let bytes = words * 8 + rowCount * 24
    if memory.map({ bytes < $0 * 2 / 5 }) ?? true { rows.reserve(rows: rowCount, words: words) }
    goesToDisk = memory.map { bytes > $0 / 2 } ?? false
  }

  /// Adds a row of a collection that is deduplicated already: it is kept, and comes before all others.
  /// - Precondition: no row was added with `add` before.
  package mutating func addKept(_ text: String) throws(Problem) {
    precondition(rows.keptCount == count, "rows to keep come before rows to judge")
    try add(text)
    rows.keptCount = count
  }

  /// Adds the next row.
  package mutating func add(_ text: String, rank: UInt64? = nil) throws(Problem) {
    var text = text
    var problem: Problem?
    text.withUTF8 { bytes in
      // Safe: the bytes outlive the closure's use of them, and are only read.
      let span = unsafe Span(_unsafeElements: bytes)
      do throws(Problem) { try add(utf8: span, rank: rank) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  /// Adds the next row, a text in UTF-8.
  /// - Parameter rank: the row's place among others when the preference is a field: `rank(number:)`.
  /// - Throws: `Problem` when rows have to go to the disk and cannot.
  package mutating func add(utf8 bytes: Span<UInt8>, rank: UInt64? = nil) throws(Problem) {
    scanner.scan(utf8: bytes)
    check.check(scanner)
    rows.append(scanner, rank: rank ?? Self.rank(settings.prefer, text: bytes))
    if segments != nil || rows.sets.count & 255 == 0 { try spillIfNeeded() }
  }

  /// Adds rows of a batch of lines, up to the first one that has to be added by itself.
  /// - Parameters:
  ///   - window: the bytes that the lines count from, and `text_lanes_slack` more.
  /// - Returns: how many rows were added; none when rows need ranks, or shingles are not single words.
  /// - Throws: as `add(utf8:)`.
  package mutating func add(_ window: Span<UInt8>, _ lines: Span<text_row>) throws(Problem) -> Int {
    guard settings.prefer == .inputOrder, settings.shingling == .words(1) else { return 0 }
    let count = cutter.cut(window, lines)
    check.check(cutter)
    rows.append(cutter, count: count)
    try spillIfNeeded()
    return count
  }

  /// Words kept in memory while rows are added: two fifths of what there is, because an array that grows stands there twice.
  private mutating func spillIfNeeded() throws(Problem) {
    guard let memory, let work else { return }
    if check.byteCount > max(128 << 10, memory / 16) {
      let folder = try makeFolder(work)
      var files = wordFiles ?? WordFiles(folder: folder)
      try files.take(from: &check)
      wordFiles = files
    }
    if segments == nil && !goesToDisk {
      let perRow = rows.ranks.isEmpty ? 24 : 36
      guard rows.sets.words.count * 8 + rows.sets.count * perRow > memory * 2 / 5 else { return }
      try spill(work)
    } else if isSegment(rows.sets.count, words: rows.sets.words.count) {
      try spill(work)
    }
  }

  /// True when so many rows are as many as a segment holds: blocks are made of whole segments, so little memory wants small
  /// ones.
  func isSegment(_ rowCount: Int, words: Int) -> Bool {
    rowCount >= RowSegments.largestRowCount
      || words * 8 + rowCount * 24 >= min(RowSegments.largestByteCount, max(32 << 10, (memory ?? .max) / 32))
  }

  /// Writes the rows in memory to the disk, in whole segments.
  /// - Parameter withRest: what is left for less than a segment is written too.
  mutating func spill(_ work: WorkFolder, withRest: Bool = false) throws(Problem) {
    var segments: RowSegments
    if let known = self.segments { segments = known } else { segments = RowSegments(folder: try makeFolder(work)) }
    var sets = rows.exchangeSets(spare)
    spare = WordSets()
    var start = 0
    while start < sets.count {
      var end = start
      var words = 0
      while end < sets.count && !isSegment(end - start, words: words) {
        words += sets.size(of: end)
        end += 1
      }
      if end == sets.count && !withRest && !isSegment(end - start, words: words) { break }
      try segments.append(sets, start..<end)
      start = end
    }
    for row in start..<sets.count { rows.appendDistinct(sets.words[sets.range(of: row)]) }
    // What once held many segments is given back, and so is all when no more rows come.
    if !withRest && sets.words.capacity * 8 <= 2 * RowSegments.largestByteCount {
      sets.removeAll()
      spare = sets
    }
    self.segments = segments
    if let memory, rows.ranks.count * 16 > max(64 << 10, memory / 16) || (withRest && rankRuns != nil) {
      let folder = try makeFolder(work)
      var runs = rankRuns ?? RankRuns(folder: folder)
      try rows.spillRanks(to: &runs)
      rankRuns = runs
    }
  }

  /// The folder for work in progress, made when the first file needs it.
  private mutating func makeFolder(_ work: WorkFolder) throws(Problem) -> String {
    if let folder { return folder }
    let made = try work.make()
    folder = made
    return made
  }

  /// Calls `body` with all rows in their order, when that is not the order in which they were added.
  func forEachRowInOrder(_ body: (_ row: Int) throws -> Void) throws {
    if let rankRuns {
      try rankRuns.forEachRow(body)
    } else {
      for row in rows.order() { try body(Int(row)) }
    }
  }

  /// True when rows stand in another order than that in which they were added.
  var isRanked: Bool { rankRuns != nil || !rows.ranks.isEmpty }
}
