import PersonaRecords
import ShardFiles

/// The ids of a hub's rows in their order: in memory as long as they are few, else in a file. 16 bytes each.
struct RowIDs {
  private let path: String
  private let limit: Int
  private var ids: [PersonaID] = []
  private var writer: NumberFileWriter?
  private var reader: NumberFileReader?
  private var written = 0
  private var room: [UInt64] = []

  /// - Parameters:
  ///   - path: of the file that is made if it has to be, and removed by `remove()`.
  ///   - byteCount: bytes of ids that may stay in memory.
  init(path: String, byteCount: Int) {
    self.path = path
    limit = max(1024, byteCount / 16)
  }

  mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    writer = nil
    reader = nil
    written = 0
  }

  func remove() { WorkFiles.remove(path) }

  /// Adds the id of the next row.
  /// - Throws: `Problem` when the file cannot be written.
  mutating func append(_ id: PersonaID) throws(Problem) {
    ids.append(id)
    if ids.count == limit { try spill() }
  }

  private mutating func spill() throws(Problem) {
    let file: NumberFileWriter
    if let writer { file = writer } else { file = try NumberFileWriter(path: path) }
    writer = file
    var numbers: [UInt64] = []
    numbers.reserveCapacity(ids.count * 2)
    for id in ids { numbers += [id.high, id.low] }
    try file.append(numbers.span)
    written += ids.count
    ids.removeAll(keepingCapacity: true)
  }

  /// The id of a row, once all are in.
  /// - Throws: `Problem` when the file cannot be read.
  mutating func id(of row: Int) throws(Problem) -> PersonaID {
    if let writer {
      try writer.commit()
      self.writer = nil
      reader = try NumberFileReader(path: path)
    }
    guard row < written, let reader else { return ids[row - written] }
    try reader.read(2, at: row * 16, into: &room, zero: 0)
    return PersonaID(high: room[0], low: room[1])
  }
}
