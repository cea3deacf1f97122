import FloatLanes
import Foundation
import PersonaRecords
import Testing

/// The loops in C beside their definitions in double precision, and beside themselves at other widths.
@Suite struct TransformerLanesTests {
  private static func floats(_ count: Int, _ random: inout SeededRandom, _ range: ClosedRange<Float> = -3...3)
    -> [Float]
  {
    (0..<count).map { _ in Float.random(in: range, using: &random) }
  }

  /// What one call makes with the widest vectors and with those of AVX2.
  private static func onBoth(_ body: () -> [Float]) -> (sixteen: [Float], eight: [Float]) {
    defer { float_lanes_set_widest(16) }
    let sixteen = body()
    float_lanes_set_widest(8)
    return (sixteen, body())
  }

  private static func distance(_ one: [Float], _ other: [Double]) -> Double {
    zip(one, other).map { abs(Double($0) - $1) }.max() ?? 0
  }

  @Test func geluIsThatOfTheErrorFunction() {
    let values =
      (-96_000..<96_000).map { Float($0) / 8000 } + [-1e30, -100, 100, 1e30] + [Float](repeating: 0, count: 12)
    let (made, eight) = Self.onBoth {
      var out = [Float](repeating: 0, count: values.count)
      unsafe out.withUnsafeMutableBufferPointer { out in
        if let base = out.baseAddress { unsafe float_lanes_gelu_row(values, values.count, base) }
      }
      return out
    }
    #expect(made == eight)
    var worst = 0.0
    for (x, y) in zip(values, made) where x != 0 {
      // x/2 times the error of erf is the error of gelu.
      let exact = Double(x) / 2 * (1 + erf(Double(x) / 2.0.squareRoot()))
      worst = max(worst, abs(Double(y) - exact) / abs(Double(x) / 2))
    }
    #expect(worst < 1e-6, "error of erf \(worst)")
  }

  @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 100, 256])
  func softmaxIsThatOfTheDefinition(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    let stride = (count + 31) / 32 * 32
    let scores = Self.floats(stride * 3, &random, -40...40)
    let (made, eight) = Self.onBoth {
      var rows = scores
      unsafe float_lanes_softmax(&rows, stride, 3, count, 0.25)
      return (0..<3).flatMap { row in rows[row * stride..<row * stride + count] }
    }
    #expect(made == eight)
    let exact = (0..<3).flatMap { row in
      let shares = scores[row * stride..<row * stride + count].map { exp(Double($0) * 0.25) }
      let total = shares.reduce(0, +)
      return shares.map { $0 / total }
    }
    #expect(Self.distance(made, exact) < 1e-6)
  }

  @Test func layerNormIsThatOfTheDefinition() {
    var random = SeededRandom(seed: 1)
    for width in [16, 48, 384] {
      let rows = Self.floats(width * 5, &random)
      let added = Self.floats(width * 5, &random)
      let scale = Self.floats(width, &random)
      let shift = Self.floats(width, &random)
      for adds in [true, false] {
        let (made, eight) = Self.onBoth {
          var out = rows
          if adds {
            unsafe float_lanes_layer_norm(&out, added, 5, width, scale, shift, 1e-12)
          } else {
            unsafe float_lanes_layer_norm(&out, nil, 5, width, scale, shift, 1e-12)
          }
          return out
        }
        #expect(made == eight)
        let exact = (0..<5).flatMap { row in
          let values = (row * width..<(row + 1) * width).map { Double(rows[$0]) + (adds ? Double(added[$0]) : 0) }
          let mean = values.reduce(0, +) / Double(width)
          let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(width)
          return values.indices.map {
            (values[$0] - mean) / (variance + 1e-12).squareRoot() * Double(scale[$0]) + Double(shift[$0])
          }
        }
        #expect(Self.distance(made, exact) < 2e-5)
      }
    }
  }

  @Test func aRowOfOneValueStaysFinite() {
    var rows = [Float](repeating: 7, count: 32)
    let ones = [Float](repeating: 1, count: 32)
    unsafe float_lanes_layer_norm(&rows, nil, 1, 32, ones, ones, 1e-12)
    #expect(rows.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [1, 2, 7, 20, 33, 64, 200], [(2, 8), (12, 32), (1, 40), (3, 64)])
  func attentionIsThatOfTheDefinition(count: Int, heads: (count: Int, width: Int)) {
    var random = SeededRandom(seed: UInt64(count * 1000 + heads.width))
    let width = heads.count * heads.width
    let rows = Self.floats(count * 3 * width, &random, -1...1)
    let (made, eight) = Self.onBoth {
      var scratch = [Float](repeating: .nan, count: float_lanes_attention_size(count, heads.width))
      var out = [Float](repeating: .nan, count: count * width)
      unsafe rows.withUnsafeBufferPointer { rows in
        guard let first = rows.baseAddress else { return }
        unsafe float_lanes_attention(
          first, first + width, first + 2 * width, 3 * width, count, heads.count, heads.width, &scratch, &out, width)
      }
      return out
    }
    #expect(made == eight)
    var exact = [Double](repeating: 0, count: count * width)
    for head in 0..<heads.count {
      func value(_ token: Int, _ part: Int, _ column: Int) -> Double {
        Double(rows[token * 3 * width + part * width + head * heads.width + column])
      }
      for query in 0..<count {
        let shares = (0..<count).map { key in
          exp(
            (0..<heads.width).map { value(query, 0, $0) * value(key, 1, $0) }.reduce(0, +)
              / Double(heads.width).squareRoot())
        }
        let total = shares.reduce(0, +)
        for column in 0..<heads.width {
          exact[query * width + head * heads.width + column] =
            (0..<count).map { shares[$0] * value($0, 2, column) }.reduce(0, +) / total
        }
      }
    }
    #expect(Self.distance(made, exact) < 1e-5)
  }

  @Test func theMeanHasLengthOne() {
    var random = SeededRandom(seed: 9)
    let rows = Self.floats(48 * 7, &random)
    let (made, eight) = Self.onBoth {
      var mean = [Float](repeating: 0, count: 48)
      unsafe float_lanes_unit_mean(rows, 7, 48, &mean)
      return mean
    }
    #expect(made == eight)
    let sums = (0..<48).map { column in (0..<7).map { Double(rows[$0 * 48 + column]) }.reduce(0, +) }
    let length = sums.map { $0 * $0 }.reduce(0, +).squareRoot()
    #expect(Self.distance(made, sums.map { $0 / length }) < 1e-6)
    // Nothing to bring to length 1: nought stays nought, and is no NaN.
    var nought = [Float](repeating: 1, count: 16)
    unsafe float_lanes_unit_mean([Float](repeating: 0, count: 32), 2, 16, &nought)
    #expect(nought.allSatisfy { $0 == 0 })
  }
}
