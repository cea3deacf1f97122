import PersonaRecords
import ShardFiles

/// The order of more rows than fit into memory: runs of ranks on the disk, each sorted, and the merge of all.
struct RankRuns {
  /// A row and what orders it; of equal ranks the row that was added first comes first.
  struct Entry: BitwiseCopyable, Comparable {
    var rank: UInt64
    var row: UInt64

    static func < (one: Entry, other: Entry) -> Bool {
      one.rank == other.rank ? one.row < other.row : one.rank < other.rank
    }
  }

  private let folder: String
  private var counts: [Int] = []
  /// Entries of a run that the merge holds at once.
  private static let pieceSize = 4096

  init(folder: String) { self.folder = folder }

  var isEmpty: Bool { counts.isEmpty }

  private func path(_ run: Int) -> String { "\(folder)/ranks-\(run)" }

  /// Writes the ranks of some rows as the next run.
  mutating func append(_ ranks: [UInt64], firstRow: Int) throws(Problem) {
    var entries = ranks.enumerated().map { Entry(rank: $1, row: UInt64(firstRow + $0)) }
    entries.sort()
    let writer = try NumberFileWriter(path: path(counts.count))
    try writer.append(entries.span)
    try writer.commit()
    counts.append(entries.count)
  }

  /// Calls `body` with each row in the order of the ranks; the runs are gone afterwards.
  func forEachRow(_ body: (_ row: Int) throws -> Void) throws {
    var cursors = try counts.indices.map { run throws(Problem) in try Cursor(path(run), count: counts[run]) }
    while true {
      // Few runs, each of millions of rows: looking at the heads of all costs less than fetching the row that follows.
      var first: Int?
      for (number, cursor) in cursors.enumerated() {
        guard let head = cursor.head else { continue }
        if let known = first, let least = cursors[known].head, least < head { continue }
        first = number
      }
      guard let first, let head = cursors[first].head else { break }
      try body(Int(head.row))
      try cursors[first].advance()
    }
    for run in counts.indices { WorkFiles.remove(path(run)) }
  }

  private struct Cursor {
    private let reader: NumberFileReader
    private let count: Int
    private var piece: [Entry] = []
    private var taken = 0

    init(_ path: String, count: Int) throws(Problem) {
      reader = try NumberFileReader(path: path)
      self.count = count
      try load()
    }

    var head: Entry? { taken < count ? piece[taken % RankRuns.pieceSize] : nil }

    mutating func advance() throws(Problem) {
      taken += 1
      if taken % RankRuns.pieceSize == 0 { try load() }
    }

    private mutating func load() throws(Problem) {
      let wanted = min(RankRuns.pieceSize, count - taken)
      guard wanted > 0 else { return }
      try reader.read(
        wanted, at: taken * MemoryLayout<Entry>.stride, into: &piece, zero: Entry(rank: 0, row: 0))
    }
  }
}
