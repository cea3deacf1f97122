import Synchronization

/// The texts of one call, cut into blocks that workers take one after the other, and the vectors they bring back.
///
/// Which worker takes which block changes nothing: a vector depends on its text alone.
final class EmbeddingWork: Sendable {
  let texts: [String]
  let workers: Int

  private let dimensions: Int
  private let blockLength: Int
  private let nextText = Mutex(0)
  private let vectors: Mutex<[Float]>

  // Enough short texts for several full batches, and few enough that all workers end at about the same time.
  private static let longestBlock = 128

  init(texts: [String], dimensions: Int, workers: Int) {
    self.texts = texts
    self.dimensions = dimensions
    blockLength = min(Self.longestBlock, max(1, texts.count / (workers * 4)))
    self.workers = min(workers, max(1, texts.count))
    vectors = Mutex([Float](repeating: 0, count: texts.count * dimensions))
  }

  /// The next block that nobody has taken.
  func next() -> Range<Int>? {
    nextText.withLock { next in
      guard next < texts.count else { return nil }
      let start = next
      next = min(texts.count, next + blockLength)
      return start..<next
    }
  }

  /// Puts the vectors of one block into their place.
  func store(_ block: [Float], _ texts: Range<Int>) {
    vectors.withLock { vectors in
      vectors.replaceSubrange(texts.lowerBound * dimensions..<texts.upperBound * dimensions, with: block)
    }
  }

  /// All vectors; the object is of no use after.
  func finished() -> [Float] {
    vectors.withLock { vectors in
      let all = vectors
      vectors = []
      return all
    }
  }
}
