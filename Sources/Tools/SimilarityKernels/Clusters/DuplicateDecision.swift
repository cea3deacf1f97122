/// What happens to one row: it is kept, or dropped because it repeats a kept row. 12 bytes.
package struct DuplicateDecision: Sendable, Equatable, BitwiseCopyable {
  /// The representative plus 1; 0 when the row is kept.
  private var link: UInt32
  private var common: UInt32
  private var both: UInt32

  /// - Precondition: numbers below 2^32 - 1.
  package init(representative: Int?, intersection: Int = 0, union: Int = 0) {
    link = representative.map { UInt32($0 + 1) } ?? 0
    common = UInt32(intersection)
    both = UInt32(union)
  }

  package static let kept = DuplicateDecision(representative: nil)

  /// The kept row that this one repeats; nil when this row is kept.
  package var representative: Int? {
    get { link == 0 ? nil : Int(link) - 1 }
    set { link = newValue.map { UInt32($0 + 1) } ?? 0 }
  }

  /// Words common to both; 0 for kept rows.
  package var intersection: Int { Int(common) }

  /// Words of either; 0 for kept rows.
  package var union: Int { Int(both) }

  @inline(__always)
  package var isKept: Bool { link == 0 }

  /// Exact Jaccard similarity to the representative; 0 for kept rows.
  package var jaccard: Double { both == 0 ? 0 : Double(common) / Double(both) }
}
