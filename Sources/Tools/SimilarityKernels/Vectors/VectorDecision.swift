/// What happens to one row of vectors: it is kept, or dropped because a kept row before it points the same way. 8 bytes.
package struct VectorDecision: Sendable, Equatable, BitwiseCopyable {
  /// The representative plus 1; 0 when the row is kept.
  private var link: UInt32
  /// Cosine of the row and its representative as `VectorRows.cosine` has it; 0 for kept rows.
  package let cosine: Float

  /// - Precondition: numbers below 2^32 - 1.
  package init(representative: Int, cosine: Float) {
    link = UInt32(representative + 1)
    self.cosine = cosine
  }

  private init() {
    link = 0
    cosine = 0
  }

  package static let kept = VectorDecision()

  /// The kept row that this one repeats; nil when this row is kept.
  package var representative: Int? { link == 0 ? nil : Int(link) - 1 }

  @inline(__always)
  package var isKept: Bool { link == 0 }

  /// The one whose representative stands first in the order.
  func orEarlier(_ other: VectorDecision) -> VectorDecision {
    if other.isKept { return self }
    return isKept || other.link < link ? other : self
  }
}
