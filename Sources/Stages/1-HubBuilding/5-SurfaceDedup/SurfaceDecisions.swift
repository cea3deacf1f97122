package import PersonaRecords
import ShardFiles
package import SimilarityKernels

/// What becomes of each row, in input order: in memory, or on the disk, where the blocks left their drops.
package struct SurfaceDecisions: Sendable {
  private enum Place: Sendable {
    case memory([DuplicateDecision])
    /// `drops` files of so many blocks; in input order each covers the rows up to an end.
    case disk(folder: String, ends: [Int], isReordered: Bool)
  }

  /// Rows decided on.
  package let count: Int
  private let place: Place

  init(_ decisions: [DuplicateDecision]) {
    count = decisions.count
    place = .memory(decisions)
  }

  init(folder: String, blockEnds: [Int], isReordered: Bool) {
    count = blockEnds.last ?? 0
    place = .disk(folder: folder, ends: blockEnds, isReordered: isReordered)
  }

  /// Rows whose decisions are in memory at once when they lie on the disk: 48 MB.
  private static let windowSize = 1 << 22

  /// Hands out the decisions one after the other.
  package struct Reader {
    private let decisions: SurfaceDecisions
    private var window: [DuplicateDecision] = []
    private var start = 0
    private var next = 0

    fileprivate init(_ decisions: SurfaceDecisions) {
      self.decisions = decisions
      if case .memory(let all) = decisions.place { window = all }
    }

    /// The decision on the next row; nil after the last one.
    /// - Throws: `Problem` when a file of work in progress cannot be read.
    @inline(__always)
    package mutating func nextDecision() throws(Problem) -> DuplicateDecision? {
      if next - start >= window.count {
        guard next < decisions.count else { return nil }
        start = next
        window = try decisions.load(next..<min(next + SurfaceDecisions.windowSize, decisions.count))
      }
      next += 1
      return window[next - 1 - start]
    }
  }

  package func reader() -> Reader { Reader(self) }

  /// All of them at once: for collections that fit into memory.
  package func all() throws(Problem) -> [DuplicateDecision] { try load(0..<count) }

  private func load(_ rows: Range<Int>) throws(Problem) -> [DuplicateDecision] {
    switch place {
    case .memory(let all): return Array(all[rows])
    case .disk(let folder, let ends, let isReordered):
      var decisions = [DuplicateDecision](repeating: .kept, count: rows.count)
      var drops: [SurfaceDrop] = []
      for (block, end) in ends.enumerated() {
        let first = block == 0 ? 0 : ends[block - 1]
        if !isReordered && (end <= rows.lowerBound || first >= rows.upperBound) { continue }
        let file = try NumberFileReader(path: WorkNames.drops(block, in: folder))
        let total = file.byteCount / MemoryLayout<SurfaceDrop>.stride
        for from in stride(from: 0, to: total, by: 1 << 16) {
          let count = min(1 << 16, total - from)
          try file.read(count, at: from * MemoryLayout<SurfaceDrop>.stride, into: &drops, zero: .none)
          for drop in drops[..<count] where rows.contains(Int(drop.row)) {
            decisions[Int(drop.row) - rows.lowerBound] = drop.decision
          }
        }
      }
      return decisions
    }
  }
}

/// One drop, as a block leaves it on the disk: numbers of rows in the input.
struct SurfaceDrop: BitwiseCopyable {
  var row: UInt32
  var decision: DuplicateDecision

  static var none: SurfaceDrop { SurfaceDrop(row: 0, decision: .kept) }
}

/// Names in the folder of a spilling run.
enum WorkNames {
  static func drops(_ block: Int, in folder: String) -> String { "\(folder)/drops-\(block)" }
  static func keys(_ block: Int, in folder: String) -> String { "\(folder)/keys-\(block)" }
}
