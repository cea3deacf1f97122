import Embeddings
import Foundation
import PersonaRecords
import Testing

private let installedFolder = try? ModelFolder.locate(ownProgram: #filePath)

/// all-MiniLM-L6-v2 as `make` installs it, beside what sentence-transformers 6.2 made of the same texts.
@Suite(.enabled(if: installedFolder != nil, "the embedding model is not installed: run make setup"))
struct InstalledModelTests {
  private static func model() throws -> EmbeddingModel { try EmbeddingModel(try #require(installedFolder)) }

  private static let known: [(text: String, ids: [Int32], front: [Float])] = [
    (
      "A retired lighthouse keeper who restores brass clocks.",
      [101, 1037, 3394, 10171, 10684, 2040, 9239, 2015, 8782, 20940, 1012, 102],
      [-0.083875, 0.060985, 0.028596, 0.050365, -0.068733, 0.036468]
    ),
    (
      "Ein Bäcker aus Köln, der über Sauerteig schreibt",
      [
        101, 16417, 2067, 2121, 17151, 28306, 1010, 4315, 19169, 7842, 13094, 2618, 8004, 8040, 28362, 12322, 2102, 102,
      ], [-0.007094, 0.078261, -0.01099, 0.0435, -0.012745, 0.182731]
    ),
    (
      "住在京都的茶道老师", [101, 100, 100, 1755, 1961, 1916, 100, 1957, 100, 100, 102],
      [0.09699, 0.116564, 0.051353, -0.027281, 0.042986, 0.014645]
    ),
    ("", [101, 102], [-0.118838, 0.048299, -0.002548, -0.011011, 0.051951, 0.010292]),
    ("\0", [101, 102], [-0.118838, 0.048299, -0.002548, -0.011011, 0.051951, 0.010292]),
    ("🎉🎉", [101, 100, 102], [-0.041596, -0.024682, 0.077893, -0.006149, 0.017001, 0.001262]),
    (
      "naïve CAFÉ [SEP] x", [101, 15743, 7668, 102, 1060, 102],
      [-0.03141, -0.04274, -0.021308, -0.016561, 0.03218, 0.014482]
    ),
    (
      "Ğİıß ﬁn Ⅷ", [101, 21025, 11722, 19310, 1984, 2078, 100, 102],
      [-0.025982, 0.040235, 0.049055, 0.033821, -0.043326, 0.00781]
    ),
    (
      String(repeating: "word ", count: 100_000), [101] + [Int32](repeating: 2773, count: 254) + [102],
      [-0.008124, -0.095586, -0.038673, 0.049662, -0.043794, 0.02372]
    ),
  ]

  @Test func idsAndVectorsAreThoseOfTheReference() throws {
    let model = try Self.model()
    let vectors = model.vectors(of: Self.known.map(\.text))
    for (row, known) in Self.known.enumerated() {
      #expect(model.tokens(of: known.text) == known.ids)
      let made = vectors[row * model.dimensions..<row * model.dimensions + known.front.count]
      #expect(zip(made, known.front).allSatisfy { abs($0 - $1) < 2e-6 }, "\(known.text.cut(to: 40)): \(made)")
    }
  }

  @Test func itIsWhatItSays() throws {
    let model = try Self.model()
    #expect(model.dimensions == 384 && model.tokenLimit == 256)
    #expect(model.identity == model.identity && model.identity.fingerprint.count == 64)
  }

  @Test func sameMeaningLiesNearer() throws {
    let vectors = try Self.model().vectors(of: [
      "a nurse who cares for children", "a paediatric nurse at a hospital", "a mechanic who repairs old tractors",
    ])
    func cosine(_ one: Int, _ other: Int) -> Float {
      zip(vectors[one * 384..<(one + 1) * 384], vectors[other * 384..<(other + 1) * 384]).map(*).reduce(0, +)
    }
    #expect(cosine(0, 1) > 0.6 && cosine(0, 2) < 0.4)
  }
}
