import PersonaRecords
import ShardFiles
import SimilarityKernels

/// What a spilling run has finished, kept in its folder: rows that are read, and how they fall into blocks.
///
/// Written once all rows are on the disk, and again when they are cut into blocks; a block is finished when its `drops` file
/// has its name.
struct WorkState {
  /// Names the input and the settings; another stamp is another run.
  var stamp: String
  var keptCount: Int
  var isReordered: Bool
  var segments: [RowSegments.Segment]
  /// Segments of each block; none as long as that is not decided.
  var blocks: [Range<Int>]
  var dictionary: [UInt64]
  /// What the one who added the rows wants to know again, for example how many lines could not be read.
  var notes: [Int]

  private static let version = 2

  func save(to folder: String) throws(Problem) {
    let words = try NumberFileWriter(path: "\(folder)/dictionary")
    try words.append(dictionary.span)
    try words.commit()
    var line = JSONLine()
    line.object { line in
      line.member("version", Self.version)
      line.member("stamp", stamp)
      line.member("keptCount", keptCount)
      line.member("isReordered", isReordered)
      line.key("notes")
      line.array { line in for note in notes { line.value(note) } }
      line.key("segments")
      line.array { line in
        for segment in segments {
          line.array { line in
            line.value(segment.rows.count)
            line.value(segment.wordCount)
            for (size, count) in segment.sizes.sorted(by: { $0.key < $1.key }) {
              line.value(size)
              line.value(count)
            }
          }
        }
      }
      line.key("blocks")
      line.array { line in for block in blocks { line.value(block.upperBound) } }
    }
    let writer = try ShardWriter(path: "\(folder)/state.json", takesHash: false)
    try writer.append(line: line.bytes)
    _ = try writer.commit()
  }
}

extension WorkState {
  /// The state of an unfinished run with this stamp; nil when there is none, or none that can be read.
  init?(folder: String, stamp: String) {
    guard let reader = try? JSONLinesReader(path: "\(folder)/state.json"),
      case .row(let row)? = try? reader.next(),
      row.value["version"]?.intValue == Self.version, row.value["stamp"]?.stringValue == stamp,
      let keptCount = row.value["keptCount"]?.intValue, let isReordered = row.value["isReordered"]?.boolValue,
      let notes = row.value["notes"]?.arrayValue, let segments = row.value["segments"]?.arrayValue,
      let blocks = row.value["blocks"]?.arrayValue,
      let words = try? NumberFileReader(path: "\(folder)/dictionary")
    else { return nil }
    self.stamp = stamp
    self.keptCount = keptCount
    self.isReordered = isReordered
    self.notes = notes.compactMap(\.intValue)
    self.segments = []
    var first = 0
    for segment in segments {
      let numbers = (segment.arrayValue ?? []).compactMap(\.intValue)
      guard numbers.count >= 2 else { return nil }
      var sizes: [Int: Int] = [:]
      for place in stride(from: 2, to: numbers.count - 1, by: 2) { sizes[numbers[place]] = numbers[place + 1] }
      self.segments.append(
        RowSegments.Segment(rows: first..<first + numbers[0], wordCount: numbers[1], sizes: sizes))
      first += numbers[0]
    }
    self.blocks = []
    for end in blocks.compactMap(\.intValue) {
      self.blocks.append((self.blocks.last?.upperBound ?? 0)..<end)
    }
    dictionary = []
    guard (try? words.read(words.byteCount / 8, at: 0, into: &dictionary, zero: 0)) != nil else { return nil }
  }
}
