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
    let kept = try outputs.kept.map { path throws(Problem) in try ShardWriter(path: path, takesHash: false) }
    let dropped = try outputs.dropped.map { path throws(Problem) in try ShardWriter(path: path, takesHash: false) }
    let unreadable = try outputs.unreadable.map { path throws(Problem) in try ShardWriter(path: path, takesHash: false)
    }
    var names = try RowNames(input: input, decisions, withDropped: outputs.clusters != nil)
    // In another order than that of the input, a row may be dropped for one that comes after it.
    let isReordered = settings.prefer != .inputOrder || preferredField != nil
    if isReordered && outputs.dropped != nil { try findNames(&names, lines) }
    var rows = try TextRows(path: input, keys: [key, "id"])
    var reader = decisions.reader()
    var linesPassed = 0
    while let row = try rows.nextLine() {
      if let problem = rows.problem(with: row, lines, &linesPassed) {
        counts.unreadable += 1
        try unreadable?.append(Rejection(problem, file: input))
        continue
      }
      guard case .text(let line) = row, let decision = try reader.nextDecision() else { throw changed }
      if names.isWanted(counts.read) { names.add(row: counts.read, line: line.number, id: rows.id(of: line)) }
      counts.read += 1
      if counts.read.isMultiple(of: 8192) {
        try onProgress(Progress(phase: .write, rows: counts.read, share: rows.share))
      }
      guard let representative = decision.representative else {
        counts.kept += 1
        if let kept { try kept.append(line: line.bytes) } else { try onLine(line.bytes) }
        continue
      }
      if decision.intersection == decision.union { counts.sameWords += 1 } else { counts.nearCopies += 1 }
      guard let dropped else { continue }
      var record = JSONLine()
      SurfaceDedup.verdict(
        id: rows.id(of: line) ?? "\(input):\(line.number)", decision, representative: names.name(of: representative)
      ).write(to: &record)
      try dropped.append(
        line: Array("{\"verdict\":".utf8) + record.bytes + Array(",\"row\":".utf8) + line.bytes + [0x7D])
    }
    guard try reader.nextDecision() == nil else { throw changed }
    if counts.unreadable > 0 { _ = try unreadable?.commit() } else { unreadable?.abandon() }
    _ = try dropped?.commit()
    if let path = outputs.clusters { try writeClusters(decisions, names, to: path) }
    _ = try kept?.commit()
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
        line.member("representative", names.name(of: Int(representative)))
        line.member("size", end - start + 1)
        line.key("copies")
        line.array { line in
          for member in members[start..<end] {
            line.object { line in
              line.member("id", names.name(of: Int(member.row)))
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

  private var changed: Problem {
    Problem("the file changed while it was read", at: .init(file: input), advice: "run the command again")
  }
}

extension TextRows {
  /// Why a line is no row, for the lines of which that is known; nil for rows.
  /// - Parameters:
  ///   - lines: numbers of lines that are no rows, ascending.
  ///   - passed: how many of them came before.
  fileprivate mutating func problem(with row: Row, _ lines: [Int], _ passed: inout Int) -> Problem? {
    switch row {
    case .unreadable(let problem): return problem
    case .text(let line):
      guard passed < lines.count && lines[passed] == line.number else { return nil }
      passed += 1
      return scan(line) ?? Problem("this line is no row", at: .init(line: line.number))
    }
  }

  /// The row's own `id`, the second of the keys, if it has one.
  fileprivate mutating func id(of line: LineReader.Line) -> String? {
    scan(line) == nil ? string(1, in: line) : nil
  }
}

extension Rejection {
  fileprivate init(_ problem: Problem, file: String) {
    self.init(
      id: "\(problem.place.file ?? file):\(problem.place.line ?? 0)", reason: "unreadable", detail: problem.what,
      file: problem.place.file ?? file, row: problem.place.line ?? 0)
  }
}
