import PersonaRecords
import ShardFiles
import SimilarityKernels

/// Distinct words that did not fit into memory: files of them, each in groups by hash, and the search for two that share a
/// hash, one group of all files at a time.
struct WordFiles {
  private let folder: String
  private var count = 0
  private static let headerByteCount = (CollisionCheck.groupCount + 1) * 8

  init(folder: String) { self.folder = folder }

  private func path(_ number: Int) -> String { "\(folder)/words-\(number)" }

  /// Writes everything that a check remembers, which it forgets.
  mutating func take(from check: inout CollisionCheck) throws(Problem) {
    let (entries, bounds) = check.takeTexts()
    let writer = try NumberFileWriter(path: path(count))
    try writer.append(bounds.span)
    try writer.append(entries.span)
    try writer.commit()
    count += 1
  }

  /// Whether two different words have one hash; the files are gone afterwards.
  func hasCollision() throws(Problem) -> Bool {
    var readers: [NumberFileReader] = []
    var bounds: [[Int]] = []
    for number in 0..<count {
      let reader = try NumberFileReader(path: path(number))
      var starts: [Int] = []
      try reader.read(CollisionCheck.groupCount + 1, at: 0, into: &starts, zero: 0)
      readers.append(reader)
      bounds.append(starts)
    }
    var entries: [UInt64] = []
    var found = false
    for group in 0..<CollisionCheck.groupCount where !found {
      var check = CollisionCheck()
      for (number, reader) in readers.enumerated() {
        let stretch = bounds[number][group]..<bounds[number][group + 1]
        try reader.read(
          stretch.count, at: Self.headerByteCount + stretch.lowerBound * 8, into: &entries, zero: 0)
        check.check(entries, count: stretch.count)
      }
      found = check.hasCollision
    }
    for number in 0..<count { WorkFiles.remove(path(number)) }
    return found
  }
}
