import PersonaRecords
import SimilarityKernels

/// The names of rows that others are dropped for, or that are asked for by name: their own `id`, else `FILE:LINE`.
///
/// Memory: 1 bit for each row of the input, and for each row named 8 bytes and its id.
struct RowNames {
  private let input: String
  private var wanted: [UInt64]
  /// Wanted rows before each group of 64.
  private var ranks: [UInt32] = []
  /// By rank of the row: the place of its id in `ids`, or the complement of its line.
  private var places: [Int] = []
  private var ids: [UInt8] = []

  /// - Parameters:
  ///   - withRepresentatives: names of rows that others are dropped for are wanted; without them no names are.
  ///   - withDropped: names of dropped rows are wanted too.
  init(
    input: String, _ decisions: SurfaceDecisions, withRepresentatives: Bool, withDropped: Bool
  ) throws(Problem) {
    self.input = input
    wanted = [UInt64](repeating: 0, count: decisions.count / 64 + 1)
    guard withRepresentatives else { return }
    var reader = decisions.reader()
    var row = 0
    while let decision = try reader.nextDecision() {
      if let representative = decision.representative {
        wanted[representative / 64] |= 1 << UInt64(representative % 64)
        if withDropped { wanted[row / 64] |= 1 << UInt64(row % 64) }
      }
      row += 1
    }
    var count: UInt32 = 0
    ranks.reserveCapacity(wanted.count)
    for word in wanted {
      ranks.append(count)
      count += UInt32(word.nonzeroBitCount)
    }
    places = [Int](repeating: 0, count: Int(count))
  }

  func isWanted(_ row: Int) -> Bool { wanted[row / 64] >> UInt64(row % 64) & 1 != 0 }

  private func rank(of row: Int) -> Int {
    Int(ranks[row / 64]) + (wanted[row / 64] & ((1 << UInt64(row % 64)) - 1)).nonzeroBitCount
  }

  /// - Parameter id: as it stands in a JSON string.
  /// - Precondition: the row is wanted.
  mutating func add(row: Int, line: Int, id: ArraySlice<UInt8>?) {
    guard let id else {
      places[rank(of: row)] = ~line
      return
    }
    places[rank(of: row)] = ids.count
    ids += id
    // No byte of UTF-8 is 0xFF.
    ids.append(0xFF)
  }

  /// - Precondition: the row is wanted and was added.
  func name(of row: Int) -> DroppedLines.Name {
    let place = places[rank(of: row)]
    guard place >= 0 else { return .line(~place) }
    var end = place
    while ids[end] != 0xFF { end += 1 }
    return .id(ids[place..<end])
  }

  /// The name as a text.
  /// - Precondition: the row is wanted and was added.
  func text(of row: Int) -> String {
    switch name(of: row) {
    case .line(let line): return "\(input):\(line)"
    case .id(let id):
      let quoted = [UInt8(ascii: "\"")] + id + [UInt8(ascii: "\"")]
      return (try? JSONValue(utf8: quoted[...]))?.stringValue ?? String(decoding: id, as: UTF8.self)
    }
  }
}
