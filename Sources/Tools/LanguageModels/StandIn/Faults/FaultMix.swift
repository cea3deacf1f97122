package import PersonaRecords

/// How often each fault strikes, and the draw that decides.
package struct FaultMix: Sendable, Equatable {
  private var shares: [(fault: Fault, share: Double)] = []

  package init() {}

  /// Reads `429=0.05,reset=0.01`: names of faults and the probability of each; together at most 1.
  /// - Throws: `Problem` (wrong usage) that lists the names.
  package init(_ text: String) throws(Problem) {
    for part in text.split(separator: ",") where !part.allSatisfy(\.isWhitespace) {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      guard pair.count == 2, let fault = Fault(rawValue: pair[0]) else {
        throw Problem(
          "\"\(String(part).cut(to: 30))\" names no fault",
          advice: "write NAME=PROBABILITY, with one of \(Fault.allCases.map(\.rawValue).joined(separator: ", "))",
          consequence: .wrongUsage)
      }
      guard let share = Double(pair[1]), (0...1).contains(share) else {
        throw Problem(
          "the probability of \(fault.rawValue) should go from 0 to 1 and is \"\(pair[1].cut(to: 20))\"",
          consequence: .wrongUsage)
      }
      guard !shares.contains(where: { $0.fault == fault }) else {
        throw Problem("the fault \(fault.rawValue) is named twice", consequence: .wrongUsage)
      }
      if share > 0 { shares.append((fault, share)) }
    }
    let sum = shares.reduce(0) { $0 + $1.share }
    guard sum <= 1 + 1e-9 else {
      throw Problem("the probabilities of all faults together are \(sum), more than 1", consequence: .wrongUsage)
    }
  }

  package static func == (one: FaultMix, other: FaultMix) -> Bool {
    one.shares.elementsEqual(other.shares) { $0 == $1 }
  }

  package var isEmpty: Bool { shares.isEmpty }
  package var faults: [Fault] { shares.map(\.fault) }

  /// The fault that strikes, or none.
  ///
  /// Drawn from what is asked and how often it was asked before, never from the order of arrival: the same calls meet the
  /// same faults however they are interleaved.
  package func draw(seed: UInt64, hash: UInt64, asked: Int) -> Fault? {
    guard !shares.isEmpty else { return nil }
    var random = SeededRandom(seed: StableHash.mix(seed ^ hash) &+ UInt64(asked), purpose: "fault")
    var place = random.unit()
    for (fault, share) in shares {
      if place < share { return fault }
      place -= share
    }
    return nil
  }
}
