package import PersonaRecords
package import SimilarityKernels

extension SurfaceDedup {
  /// The decision on a row as a record.
  /// - Parameter representative: the id of the row it repeats; looked at only when it does.
  package static func verdict(
    id: String, _ decision: DuplicateDecision, representative: @autoclosure () -> String
  ) -> Verdict {
    guard !decision.isKept else { return Verdict(id: id, stage: stage, keep: true) }
    return Verdict(
      id: id, stage: stage, keep: false,
      reason: decision.intersection == decision.union ? "same-words" : "near-copy", representative: representative(),
      similarity: decision.jaccard)
  }

  /// The first in the order of ranks stays.
  package static func rank(_ preference: Preference, text: Span<UInt8>) -> UInt64? {
    guard preference != .inputOrder else { return nil }
    var length: UInt64 = 0
    for place in 0..<text.count where text[place] & 0xC0 != 0x80 { length += 1 }
    return preference == .longest ? .max - length : length
  }

  /// The larger number stays; rows without one come last.
  package static func rank(number: Double?) -> UInt64 {
    guard let number, !number.isNaN else { return .max }
    // The bits of floating-point numbers grow with them, once those of negative ones are turned over.
    let bits = number.bitPattern
    let ascending = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return ~ascending
  }
}
