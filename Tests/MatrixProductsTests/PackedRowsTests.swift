import FloatLanes
import MatrixProducts
import PersonaRecords
import Testing

@Suite struct PackedRowsTests {
  /// Floats in -1...1, from a seed.
  private static func floats(_ count: Int, _ random: inout SeededRandom) -> [Float] {
    (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
  }

  // Shapes around every edge: tiles of 6 and 14 rows, panels of 32 columns, blocks of 384 places, groups of 8 panels.
  @Test(arguments: [0, 1, 2, 5, 6, 7, 13, 14, 15, 29, 64], [1, 15, 31, 32, 33, 64, 100, 300])
  func productsEqualTheDefinitionBitForBit(rowCount: Int, count: Int) {
    for dimension in [1, 2, 16, 33, 383, 384, 385, 800] {
      var random = SeededRandom(seed: UInt64(rowCount * 1_000_000 + count * 1000 + dimension))
      let left = Self.floats(rowCount * dimension, &random)
      let right = Self.floats(count * dimension, &random)
      let made = PackedRows(right.span, count: count, dimension: dimension).products(left.span, rowCount: rowCount)
      var wrong = 0
      for row in 0..<rowCount {
        for column in 0..<count {
          var sum: Float = 0
          for k in 0..<dimension { sum.addProduct(left[row * dimension + k], right[column * dimension + k]) }
          if made[row * count + column] != sum { wrong += 1 }
        }
      }
      #expect(wrong == 0, "\(rowCount) x \(dimension) by \(count)")
    }
  }

  @Test func aRowIsTheSameInAnyCompany() {
    var random = SeededRandom(seed: 5)
    let dimension = 384
    let left = Self.floats(100 * dimension, &random)
    let packed = PackedRows(Self.floats(70 * dimension, &random).span, count: 70, dimension: dimension)
    let together = packed.products(left.span, rowCount: 100)
    for start in [0, 1, 7, 50, 99] {
      for rowCount in [1, 3, 14, 17] where start + rowCount <= 100 {
        let part = Array(left[start * dimension..<(start + rowCount) * dimension])
        #expect(packed.products(part.span, rowCount: rowCount) == Array(together[start * 70..<(start + rowCount) * 70]))
      }
    }
  }

  @Test func everyProcessorWithFusedStepsMakesTheSameBits() {
    defer { float_lanes_set_widest(16) }
    for (rowCount, count, dimension) in [(1, 1, 1), (13, 33, 385), (40, 100, 384), (29, 70, 50)] {
      var random = SeededRandom(seed: UInt64(dimension))
      let left = Self.floats(rowCount * dimension, &random)
      let packed = PackedRows(Self.floats(count * dimension, &random).span, count: count, dimension: dimension)
      let widest = packed.products(left.span, rowCount: rowCount)
      let widestInner = innerProduct(left.span, left.span)
      float_lanes_set_widest(8)
      #expect(packed.products(left.span, rowCount: rowCount) == widest)
      #expect(innerProduct(left.span, left.span) == widestInner)
      // Without fused steps only nearly so.
      float_lanes_set_widest(4)
      let narrow = packed.products(left.span, rowCount: rowCount)
      #expect(zip(narrow, widest).allSatisfy { abs($0 - $1) < 1e-4 })
      #expect(abs(innerProduct(left.span, left.span) - widestInner) < 1e-3)
      float_lanes_set_widest(16)
    }
  }

  @Test func biasBeginsTheSums() {
    var random = SeededRandom(seed: 6)
    let bias = Self.floats(40, &random)
    let packed = PackedRows(Self.floats(40 * 9, &random).span, count: 40, dimension: 9)
    var made = [Float](repeating: .nan, count: 80)
    var span = made.mutableSpan
    packed.multiply([Float](repeating: 0, count: 18).span, rowCount: 2, bias: bias.span, into: &span)
    #expect(made == bias + bias)
  }

  @Test func noPlacesAndNoRowsAreFine() {
    let nothing = PackedRows([Float]().span, count: 3, dimension: 0)
    #expect(nothing.products([Float]().span, rowCount: 2) == [0, 0, 0, 0, 0, 0])
    #expect(PackedRows([Float]().span, count: 0, dimension: 8).products([Float]().span, rowCount: 0) == [])
  }

  @Test func theInnerProductIsTheSumWithinRounding() {
    for count in [0, 1, 3, 16, 63, 64, 65, 384, 1000] {
      var random = SeededRandom(seed: UInt64(count))
      let a = Self.floats(count, &random)
      let b = Self.floats(count, &random)
      let exact = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      #expect(abs(Double(innerProduct(a.span, b.span)) - exact) < 1e-5)
      // Where the rows lie does not matter: the same at an odd offset.
      let shifted = [0] + a
      #expect(innerProduct(shifted.span.extracting(1..<count + 1), b.span) == innerProduct(a.span, b.span))
    }
  }
}
