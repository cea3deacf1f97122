import PersonaRecords
import ShardFiles
import SimilarityKernels

extension FileDedup {
  /// Copies the kept lines and writes what became of the others.
  /// - Parameter lines: those that are no rows, ascending.
  func write(
    _ decisions: SurfaceDecisions, unreadable lines: [Int], _ outputs: Outputs, _ counts: inout Counts,
    onLine: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var pass = OutputPass(
      rows: try TextRows(path: input, keys: [key, "id"], lineKey: "id"), reader: decisions.reader(), lines: lines,
      kept: try outputs.kept.map(Self.writer), dropped: try outputs.dropped.map(Self.writer),
      unreadable: try outputs.unreadable.map(Self.writer), input: input,
      names: try RowNames(
        input: input, decisions, withRepresentatives: outputs.dropped != nil || outputs.clusters != nil,
        withDropped: outputs.clusters != nil))
    // In another order than that of the input, a row may be dropped for one that comes after it.
    let isReordered = settings.prefer != .inputOrder || preferredField != nil
    if isReordered && outputs.dropped != nil { try findNames(&pass.names, lines) }
    var nextReport = Self.reportStep
    while try pass.step(onLine) {
      if pass.counts.read >= nextReport {
        nextReport = pass.counts.read + Self.reportStep
        try onProgress(Progress(phase: .write, rows: pass.counts.read, share: pass.rows.share))
      }
    }
    let isWhole = try pass.reader.nextDecision() == nil
    guard isWhole else { throw pass.changed }
    counts.add(pass.counts)
    if counts.unreadable > 0 { _ = try pass.unreadable?.commit() } else { pass.unreadable?.abandon() }
    _ = try pass.dropped?.commit()
    if let path = outputs.clusters { try writeClusters(decisions, pass.names, to: path) }
    _ = try pass.kept?.commit()
  }

  private static func writer(_ path: String) throws(Problem) -> ShardWriter {
    try ShardWriter(path: path, takesHash: false, passesCache: true)
  }

  private func findNames(_ names: inout RowNames, _ lines: [Int]) throws {
    var rows = try TextRows(path: input, keys: [key, "id"])
    var number = 0
    var linesPassed = 0
    while let row = try rows.nextLine() {
      guard rows.problem(with: row, lines, &linesPassed) == nil, case .text(let line) = row else { continue }
      if names.isWanted(number) { names.add(row: number, line: line.number, id: rows.id(of: line)) }
      number += 1
    }
  }

  /// One line for each row that others were dropped for: `{"representative":…,"size":…,"copies":[{"id":…,"similarity":…}]}`,
  /// in the order of the representatives; size counts the representative too.
  private func writeClusters(_ decisions: SurfaceDecisions, _ names: RowNames, to path: String) throws {
    var members: [(representative: UInt32, row: UInt32, similarity: Double)] = []
    var reader = decisions.reader()
    var row: UInt32 = 0
    while let decision = try reader.nextDecision() {
      if let representative = decision.representative {
        members.append((UInt32(representative), row, decision.jaccard))
      }
      row += 1
    }
    members.sort { ($0.representative, $0.row) < ($1.representative, $1.row) }
    let writer = try ShardWriter(path: path, takesHash: false)
    var start = 0
    while start < members.count {
      let representative = members[start].representative
      var end = start
      while end < members.count && members[end].representative == representative { end += 1 }
      var line = JSONLine()
      line.object { line in
        line.member("representative", names.text(of: Int(representative)))
        line.member("size", end - start + 1)
        line.key("copies")
        line.array { line in
          for member in members[start..<end] {
            line.object { line in
              line.member("id", names.text(of: Int(member.row)))
              line.member("similarity", member.similarity)
            }
          }
        }
      }
      try writer.append(line: line.bytes)
      start = end
    }
    _ = try writer.commit()
  }
}

extension FileDedup.Counts {
  fileprivate mutating func add(_ other: FileDedup.Counts) {
    read += other.read
    kept += other.kept
    unreadable += other.unreadable
    sameWords += other.sameWords
    nearCopies += other.nearCopies
  }
}

extension Rejection {
  init(_ problem: Problem, file: String) {
    self.init(
      id: "\(problem.place.file ?? file):\(problem.place.line ?? 0)", reason: "unreadable", detail: problem.what,
      file: problem.place.file ?? file, row: problem.place.line ?? 0)
  }
}
