package import PersonaRecords

/// Which part of a data set a row goes to: by its persona alone.
///
/// All rows of one persona go to one part, so that no persona that was trained on is met again in the test; and the part
/// depends on nothing but the persona's id, the shares and the seed, so that rows stay where they are when a data set grows.
package struct DatasetSplit: Sendable, Equatable {
  package struct Part: Sendable, Equatable {
    /// `train`, `validation` or `test`.
    package let name: String
    package let share: Double
  }

  package let parts: [Part]
  package let seed: UInt64
  /// Part `n` takes hashes below `ends[n]`, and the last one all others.
  private let ends: [UInt64]

  /// - Parameter shares: one (all is train), two (train, test) or three (train, validation, test), which add up to 1.
  /// - Throws: `Problem` when they do not.
  package init(shares: [Double], seed: UInt64) throws(Problem) {
    let names: [Int: [String]] = [1: ["train"], 2: ["train", "test"], 3: ["train", "validation", "test"]]
    guard let names = names[shares.count], shares.allSatisfy({ $0 >= 0 && $0 <= 1 }),
      abs(shares.reduce(0, +) - 1) < 1e-9
    else {
      throw Problem(
        "the shares of a split should be two or three numbers that add up to 1",
        advice: "for example --split 0.9,0.05,0.05 for train, validation and test", consequence: .wrongUsage)
    }
    parts = zip(names, shares).map { Part(name: $0, share: $1) }
    self.seed = seed
    var sum = 0.0
    ends = shares.dropLast().map { share in
      sum += share
      // 2^64 itself is one too many.
      return sum >= 1 ? .max : UInt64(sum * 0x1p64)
    }
  }

  /// The number of the part that a persona's rows go to.
  package func part(of persona: PersonaID) -> Int {
    let hash = StableHash.of("split \(persona)".utf8, seed: seed)
    return ends.firstIndex { hash < $0 } ?? ends.count
  }
}
