import Embeddings
import FloatLanes
import Foundation
import PersonaRecords
import TestSupport
import Testing

/// The encoder beside its definition, on a model of a few kilobytes.
@Suite struct EncoderTests {
  private static func loaded(_ model: SmallModel) throws -> EmbeddingModel {
    let folder = try TemporaryFolder()
    try model.write(to: folder)
    return try EmbeddingModel(folder: folder.path)
  }

  private static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    let words = ["a", "b", "c", "old", "bakers", "cafés", "!", "京", "zzz", "[SEP]", "😀"]
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...25, using: &random)).map { _ in words.randomElement(using: &random) ?? "a" }
        .joined(separator: " ")
    }
  }

  private static func distance(_ made: ArraySlice<Float>, _ exact: [Double]) -> Double {
    made.count == exact.count ? zip(made, exact).map { abs(Double($0) - $1) }.max() ?? 0 : .infinity
  }

  @Test(arguments: [1, 2, 3]) func vectorsAreThoseOfTheDefinition(seed: UInt64) throws {
    let small = SmallModel(seed: seed)
    let model = try Self.loaded(small)
    let texts = Self.texts(40, seed: seed)
    let vectors = model.vectors(of: texts, threads: 2)
    #expect(model.dimensions == 32)
    for (row, text) in texts.enumerated() {
      let exact = small.vector(model.tokens(of: text))
      #expect(Self.distance(vectors[row * 32..<(row + 1) * 32], exact) < 1e-5, "\(text)")
    }
  }

  @Test func theFirstTokenIsTakenWhereTheModelSaysSo() throws {
    let small = SmallModel()
    let folder = try TemporaryFolder()
    try small.write(to: folder)
    try folder.write(
      #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#, to: "1_Pooling/config.json")
    let model = try EmbeddingModel(folder: folder.path)
    let exact = small.vector(model.tokens(of: "old baker"), firstTokenOnly: true)
    #expect(Self.distance(model.vectors(of: ["old baker"])[...], exact) < 1e-5)
  }

  @Test func halfPrecisionWeightsAreRead() throws {
    // 0.5, 1, -2 and the like are the same in all three kinds.
    var small = SmallModel()
    for (name, tensor) in small.tensors { small.tensors[name]?.values = tensor.values.map { ($0 * 4).rounded() / 4 } }
    let model = try Self.loaded(small)
    for (kind, narrow) in [
      ("F16", { UInt16(truncatingIfNeeded: Self.half($0)) }), ("BF16", { UInt16($0.bitPattern >> 16) }),
    ] as [(String, (Float) -> UInt16)] {
      let folder = try TemporaryFolder()
      try small.write(to: folder)
      try folder.write(small.safetensors(kind: kind, narrow), to: "model.safetensors")
      #expect(try EmbeddingModel(folder: folder.path).vectors(of: ["old b"]) == model.vectors(of: ["old b"]))
    }
  }

  /// The bits in half precision of a number that has few digits.
  private static func half(_ value: Float) -> UInt32 {
    if value == 0 { return 0 }
    let bits = value.bitPattern
    return bits >> 16 & 0x8000 | ((bits >> 23 & 0xFF) - 112) << 10 | bits >> 13 & 0x3FF
  }

  @Test func aVectorIsTheSameInAnyCompany() throws {
    let model = try Self.loaded(SmallModel())
    let texts = Self.texts(300, seed: 4)
    let together = model.vectors(of: texts, threads: 1)
    #expect(model.vectors(of: texts, threads: 2) == together)
    #expect(model.vectors(of: texts, threads: 7) == together)
    for row in [0, 1, 77, 299] {
      #expect(model.vectors(of: [texts[row]]) == Array(together[row * 32..<(row + 1) * 32]))
    }
    #expect(Array(model.vectors(of: texts.reversed()).suffix(32)) == Array(together.prefix(32)))
    // The code of other processors.
    float_lanes_set_widest(8)
    defer { float_lanes_set_widest(16) }
    #expect(model.vectors(of: texts, threads: 1) == together)
  }

  @Test func embedIsTheSameAsTasks() async throws {
    let model = try Self.loaded(SmallModel())
    let texts = Self.texts(50, seed: 5)
    #expect(try await model.embed(texts) == model.vectors(of: texts, threads: 1))
    #expect(try await model.embed([]) == [])
    let cancelled = Task {
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
      return try await model.embed(texts)
    }
    await #expect(throws: CancellationError.self) { try await cancelled.value }
  }

  @Test func anyTextHasAVectorOfLengthOne() throws {
    let model = try Self.loaded(SmallModel())
    let texts = [
      "", "\0", " \n\t", "😀🎉", String(repeating: "old ", count: 100_000), String(repeating: "x", count: 100_000),
    ]
    let vectors = model.vectors(of: texts)
    for row in texts.indices {
      let squares = vectors[row * 32..<(row + 1) * 32].map { Double($0) * Double($0) }.reduce(0, +)
      #expect(abs(squares - 1) < 1e-5)
    }
    #expect(model.vectors(of: []) == [])
    #expect(model.tokens(of: texts[4]).count == 40)
  }

  @Test func theFingerprintIsThatOfTheContents() throws {
    let one = try Self.loaded(SmallModel(seed: 1))
    #expect(one.identity.fingerprint.count == 64)
    #expect(try Self.loaded(SmallModel(seed: 1)).identity.fingerprint == one.identity.fingerprint)
    #expect(try Self.loaded(SmallModel(seed: 2)).identity.fingerprint != one.identity.fingerprint)
    var other = SmallModel(seed: 1)
    other.words[7] = "d"
    #expect(try Self.loaded(other).identity.fingerprint != one.identity.fingerprint)
  }
}
