import PersonaRecords
import ShardFiles
import SimilarityKernels

/// The second walk over the input: kept lines are copied, the others go where they belong.
struct OutputPass {
  var rows: TextRows
  var reader: SurfaceDecisions.Reader
  /// Numbers of the lines that are no rows, ascending, and how many of them came.
  let lines: [Int]
  private var linesPassed = 0
  let kept: ShardWriter?
  let dropped: ShardWriter?
  let unreadable: ShardWriter?
  let input: String
  var names: RowNames
  private(set) var counts = FileDedup.Counts()
  private var spelling: DroppedLines
  /// Stretches of the window that are kept lines and not yet copied: those that follow each other are copied together.
  private var runs: [Range<Int>] = []

  init(
    rows: TextRows, reader: SurfaceDecisions.Reader, lines: [Int], kept: ShardWriter?, dropped: ShardWriter?,
    unreadable: ShardWriter?, input: String, names: RowNames
  ) {
    self.rows = rows
    self.reader = reader
    self.lines = lines
    self.kept = kept
    self.dropped = dropped
    self.unreadable = unreadable
    self.input = input
    self.names = names
    spelling = DroppedLines(input: input)
  }

  var changed: Problem {
    Problem("the file changed while it was read", at: .init(file: input), advice: "run the command again")
  }

  /// Takes the next lines.
  /// - Returns: false at the end.
  mutating func step(_ onLine: (ArraySlice<UInt8>) throws -> Void) throws -> Bool {
    rows.nextBatch()
    guard rows.batch.count > 0 else {
      guard let row = try rows.nextLine() else { return false }
      try take(row, onLine)
      return true
    }
    for number in 0..<rows.batch.count {
      guard kept != nil, rows.batch.isUnderstood(number), !isUnreadable(rows.batch.firstNumber + number) else {
        try copyRuns()
        if let row = rows.row(number) { try take(row, onLine) }
        continue
      }
      guard let decision = try reader.nextDecision() else { throw changed }
      let row = counts.read
      counts.read += 1
      if names.isWanted(row) {
        names.add(row: row, line: rows.batch.firstNumber + number, id: rows.idOfBatch(number))
      }
      let whole = rows.batch.whole(number)
      guard let representative = decision.representative else {
        counts.kept += 1
        if let last = runs.last, last.upperBound == whole.lowerBound {
          runs[runs.count - 1] = last.lowerBound..<whole.upperBound
        } else {
          runs.append(whole)
        }
        continue
      }
      count(decision)
      guard let dropped else { continue }
      let name = rows.idOfBatch(number).map(DroppedLines.Name.id) ?? .line(rows.batch.firstNumber + number)
      let other = names.name(of: representative)
      rows.withBatchWindow { window in
        spelling.spell(
          name, decision, representative: other, row: window.extracting(whole.lowerBound..<whole.upperBound - 1))
      }
      try dropped.append(whole: spelling.bytes.span, count: 1)
    }
    try copyRuns()
    return true
  }

  private func isUnreadable(_ line: Int) -> Bool { linesPassed < lines.count && lines[linesPassed] == line }

  /// Copies the stretches of kept lines that were gathered.
  private mutating func copyRuns() throws(Problem) {
    guard !runs.isEmpty, let kept else { return }
    var gathered = runs
    runs = []
    var problem: Problem?
    rows.withBatchWindow { window in
      do throws(Problem) {
        for run in gathered { try kept.append(whole: window.extracting(run), count: 1) }
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    gathered.removeAll(keepingCapacity: true)
    runs = gathered
  }

  private mutating func count(_ decision: DuplicateDecision) {
    if decision.intersection == decision.union { counts.sameWords += 1 } else { counts.nearCopies += 1 }
  }

  /// Takes one line by itself.
  private mutating func take(_ row: TextRows.Row, _ onLine: (ArraySlice<UInt8>) throws -> Void) throws {
    if let problem = rows.problem(with: row, lines, &linesPassed) {
      counts.unreadable += 1
      try unreadable?.append(Rejection(problem, file: input))
      return
    }
    guard case .text(let line) = row, let decision = try reader.nextDecision() else { throw changed }
    if names.isWanted(counts.read) { names.add(row: counts.read, line: line.number, id: rows.id(of: line)) }
    counts.read += 1
    guard let representative = decision.representative else {
      counts.kept += 1
      if let kept { try kept.append(line: line.bytes) } else { try onLine(line.bytes) }
      return
    }
    count(decision)
    guard let dropped else { return }
    let name = rows.id(of: line).map(DroppedLines.Name.id) ?? .line(line.number)
    spelling.spell(name, decision, representative: names.name(of: representative), row: line.bytes.span)
    try dropped.append(whole: spelling.bytes.span, count: 1)
  }
}

extension TextRows {
  /// Why a line is no row, for the lines of which that is known; nil for rows.
  /// - Parameters:
  ///   - lines: numbers of lines that are no rows, ascending.
  ///   - passed: how many of them came before.
  mutating func problem(with row: Row, _ lines: [Int], _ passed: inout Int) -> Problem? {
    switch row {
    case .unreadable(let problem): return problem
    case .text(let line):
      guard passed < lines.count && lines[passed] == line.number else { return nil }
      passed += 1
      return scan(line) ?? Problem("this line is no row", at: .init(line: line.number))
    }
  }

  /// The row's own `id`, the second of the keys, if it has one, as it stands in a JSON string.
  mutating func id(of line: LineReader.Line) -> ArraySlice<UInt8>? {
    guard scan(line) == nil, let id = string(1, in: line) else { return nil }
    return DroppedLines.inside(id)[...]
  }

  /// The same for a line of the batch that is a row.
  mutating func idOfBatch(_ number: Int) -> ArraySlice<UInt8>? {
    understand(number)
    guard let place = batch.text(number) else {
      if batch.isUnderstood(number) { return nil }
      guard case .text(let line)? = row(number) else { return nil }
      return id(of: line)
    }
    // Safe: copied before the closure ends.
    return withBatchWindow { window in unsafe window.extracting(place).withUnsafeBufferPointer { unsafe Array($0)[...] }
    }
  }
}
