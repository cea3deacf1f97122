import PersonaRecords
import ShardFiles
import SimilarityKernels

/// The word sets of all rows in the total order, on the disk: files of up to 131,072 rows, packed by `RowCodec`.
///
/// A file holds three numbers (rows, bytes of packed rows, numbers of rows), where each group of 16 rows starts, the packed
/// rows, and, when the order is not that of the input, the number of each row in the input.
struct RowSegments {
  /// What is known of a segment without opening it.
  struct Segment {
    var rows: Range<Int>
    var wordCount: Int
    /// How many rows have so many words, by number of words.
    var sizes: [Int: Int]
  }

  static let largestRowCount = 1 << 17
  /// A segment of long rows ends early.
  static let largestByteCount = 32 << 20
  static let groupSize = 16

  let folder: String
  private(set) var segments: [Segment] = []
  private(set) var codec = RowCodec()
  /// The rows carry numbers of their own.
  let isReordered: Bool

  init(folder: String, isReordered: Bool = false) {
    self.folder = folder
    self.isReordered = isReordered
  }

  var rowCount: Int { segments.last?.rows.upperBound ?? 0 }

  func path(_ segment: Int) -> String {
    let digits = String(segment)
    return
      "\(folder)/\(isReordered ? "ordered" : "rows")-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits)"
  }

  /// Writes some rows as the next segment.
  /// - Parameters:
  ///   - numbers: the rows' places in the input; looked at only when rows are reordered.
  /// - Returns: bytes written.
  @discardableResult
  mutating func append(_ sets: WordSets, _ range: Range<Int>, numbers: [UInt32] = []) throws(Problem) -> Int {
    if segments.isEmpty && codec.dictionary.isEmpty {
      for row in range { for word in sets.words[sets.range(of: row)] { codec.learn(word) } }
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * 64)
    var starts: [Int] = []
    var sizes: [Int: Int] = [:]
    var wordCount = 0
    for row in range {
      if (row - range.lowerBound).isMultiple(of: Self.groupSize) { starts.append(bytes.count) }
      let words = sets.range(of: row)
      sizes[words.count, default: 0] += 1
      wordCount += words.count
      codec.encode(sets.words[words], to: &bytes)
    }
    let writer = try NumberFileWriter(path: path(segments.count))
    try writer.append([range.count, bytes.count, isReordered ? range.count : 0].span)
    try writer.append(starts.span)
    try writer.append(bytes.span)
    if isReordered { try writer.append(numbers.span) }
    try writer.commit()
    let first = rowCount
    segments.append(Segment(rows: first..<first + range.count, wordCount: wordCount, sizes: sizes))
    return writer.byteCount
  }

  /// Takes over segments that an earlier run wrote.
  mutating func restore(_ known: [Segment], dictionary: [UInt64]) {
    segments = known
    codec = RowCodec(dictionary: dictionary)
  }

  /// Appends the rows of a segment to some sets.
  func load(_ segment: Int, into sets: inout WordSets) throws(Problem) {
    let file = try OpenSegment(path(segment), isReordered)
    var row: [UInt64] = []
    var bytes: [UInt8] = []
    try file.reader.read(file.byteCount, at: file.bytesStart, into: &bytes, zero: 0)
    var place = 0
    for _ in 0..<file.rows {
      guard let count = codec.decode(bytes, at: &place, into: &row) else { throw Self.torn(file.reader.path) }
      sets.appendDistinct(row.span.extracting(first: count))
    }
  }

  /// The numbers of a segment's rows in the input.
  func numbers(_ segment: Int) throws(Problem) -> [UInt32] {
    guard isReordered else { return segments[segment].rows.map { UInt32($0) } }
    let file = try OpenSegment(path(segment), isReordered)
    var numbers: [UInt32] = []
    try file.reader.read(file.rows, at: file.bytesStart + file.byteCount, into: &numbers, zero: 0)
    return numbers
  }

  static func torn(_ path: String) -> Problem {
    Problem(
      "this file of work in progress is damaged", at: .init(file: path),
      advice: "delete its folder and run the same command again")
  }

  /// A segment's file.
  fileprivate struct OpenSegment {
    let reader: NumberFileReader
    let rows: Int
    let byteCount: Int
    let starts: [Int]
    let bytesStart: Int

    init(_ path: String, _ isReordered: Bool) throws(Problem) {
      reader = try NumberFileReader(path: path)
      var header: [Int] = []
      try reader.read(3, at: 0, into: &header, zero: 0)
      rows = header[0]
      byteCount = header[1]
      guard rows >= 0, byteCount >= 0, reader.byteCount >= 24 + byteCount else { throw RowSegments.torn(path) }
      let groups = (rows + RowSegments.groupSize - 1) / RowSegments.groupSize
      var starts: [Int] = []
      try reader.read(groups, at: 24, into: &starts, zero: 0)
      self.starts = starts
      bytesStart = 24 + groups * 8
    }
  }

  /// Fetches single rows, cheapest in ascending order: a group of 16 is read once for all of its rows, or a whole segment.
  struct Fetcher {
    /// So many rows wanted of a segment make it worth while to read all of it at once.
    static let denseCount = 512

    private let rows: RowSegments
    private let readsWholeSegments: Bool
    private var segment = -1
    private var file: OpenSegment?
    private var group = -1
    /// Packed rows, of the group or of the segment.
    private var bytes: [UInt8] = []
    /// The next row of the group and where it starts in `bytes`.
    private var next = 0
    private var place = 0
    private var groupStart = 0
    private var last = (segment: -1, number: -1, count: 0)
    /// The words of the row fetched last are at the front.
    private(set) var words: [UInt64] = []

    init(_ rows: RowSegments, readsWholeSegments: Bool = false) {
      self.rows = rows
      self.readsWholeSegments = readsWholeSegments
    }

    /// - Returns: how many words the row at a place of the order has.
    mutating func fetch(_ wanted: Int) throws(Problem) -> Int {
      if segment < 0 || !rows.segments[segment].rows.contains(wanted) {
        segment = rows.segments.partitioningIndex { $0.rows.upperBound > wanted }
        let opened = try OpenSegment(rows.path(segment), rows.isReordered)
        if readsWholeSegments { try opened.reader.read(opened.byteCount, at: opened.bytesStart, into: &bytes, zero: 0) }
        file = opened
        group = -1
      }
      guard let file else { throw RowSegments.torn(rows.path(segment)) }
      let number = wanted - rows.segments[segment].rows.lowerBound
      // The row that was fetched last is asked for again by the next row that could be its near-copy.
      if number == last.number && segment == last.segment { return last.count }
      if number / RowSegments.groupSize != group {
        group = number / RowSegments.groupSize
        let start = file.starts[group]
        groupStart = readsWholeSegments ? start : 0
        if !readsWholeSegments {
          let end = group + 1 < file.starts.count ? file.starts[group + 1] : file.byteCount
          try file.reader.read(end - start, at: file.bytesStart + start, into: &bytes, zero: 0)
        }
        next = group * RowSegments.groupSize
        place = groupStart
      } else if number < next {
        next = group * RowSegments.groupSize
        place = groupStart
      }
      var count = 0
      while next <= number {
        guard let found = rows.codec.decode(bytes, at: &place, into: &words) else {
          throw RowSegments.torn(file.reader.path)
        }
        count = found
        next += 1
      }
      last = (segment, number, count)
      return count
    }
  }
}

extension Array {
  /// The first index whose element belongs to the second part, of an array in two parts.
  func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
