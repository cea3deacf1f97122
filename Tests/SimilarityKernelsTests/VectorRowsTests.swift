import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct VectorRowsTests {
  @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 100, 384, 1000])
  func theFastProductIsTheFixedOneBitByBit(dimension: Int) {
    var random = SeededRandom(seed: UInt64(dimension))
    for _ in 0..<20 {
      let one = (0..<dimension).map { _ in TestVectors.gaussian(&random) }
      let other = (0..<dimension).map { _ in TestVectors.gaussian(&random) }
      #expect(FixedProduct.of(one.span, other.span) == FixedProduct.reference(one, other))
      let floats = VectorRows(one + other, dimension: dimension)
      #expect(floats.cosine(0, 1) == FixedProduct.reference(one, other))
      #expect(floats.cosine(one.span, row: 1) == FixedProduct.reference(one, other))
      let halves = VectorRows(one + other, dimension: dimension, element: .float16)
      let rounded = FixedProduct.reference(halves.vector(0), halves.vector(1))
      #expect(halves.cosine(0, 1) == rounded)
      #expect(halves.cosine(halves.vector(0).span, row: 1) == rounded)
      #expect(halves.cosine(1, 0) == rounded)
    }
  }

  @Test func everyHalfIsReadAndWrittenExactly() {
    // All halves but those that are infinite or no numbers.
    let halves = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 }
    let numbers = HalfPrecision.widen(halves)
    for (half, number) in zip(halves, numbers) {
      let fraction = Double(half & 0x3FF)
      let exponent = Int(half >> 10 & 0x1F)
      let size = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Self.power(exponent - 25)
      #expect(Double(number) == (half & 0x8000 == 0 ? size : -size), "half \(half)")
    }
    #expect(HalfPrecision.narrow(numbers) == halves)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  @Test func numbersAreRoundedToTheNearestHalfTiesToEven() {
    var random = SeededRandom(seed: 7)
    let halves = (0...UInt16(0x7BFF)).map { HalfPrecision.widen([$0])[0] }
    for place in stride(from: 0, to: halves.count - 1, by: 13) {
      let low = halves[place]
      let high = halves[place + 1]
      let middle = Float((Double(low) + Double(high)) / 2)
      let even = place % 2 == 0 ? UInt16(place) : UInt16(place + 1)
      #expect(HalfPrecision.narrow([middle]) == [even])
      #expect(HalfPrecision.narrow([middle.nextDown, middle.nextUp]) == [UInt16(place), UInt16(place + 1)])
      let between = low + (high - low) * Float(random.unit()) * 0.49
      #expect(HalfPrecision.narrow([between, -between]) == [UInt16(place), UInt16(place) | 0x8000])
    }
    #expect(HalfPrecision.narrow([65_519, 65_520, 1e30, .infinity]) == [0x7BFF, 0x7C00, 0x7C00, 0x7C00])
    #expect(HalfPrecision.narrow([.nan])[0] & 0x7FFF > 0x7C00)
  }

  @Test(arguments: [VectorRows.Element.float16, .float32])
  func theNearestRowsAreThoseOfSortingAll(element: VectorRows.Element) {
    let rows = TestVectors.rows(TestVectors.clustered(900, dimension: 40, seed: 3), element)
    let loop = ParallelLoop(threads: 2)
    var random = SeededRandom(seed: 5)
    for wanted in [1, 7, 100, 900, 2000] {
      let query = rows.vector(random.below(rows.count))
      let sorted = (0..<rows.count)
        .map { NearRow(row: $0, cosine: FixedProduct.reference(query, rows.vector($0))) }
        .sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
      #expect(rows.nearest(to: query, count: wanted, loop) == Array(sorted.prefix(wanted)))
    }
    #expect(rows.nearest(to: rows.vector(0), count: 0, loop).isEmpty)
    #expect(!rows.nearest(toRow: 4, count: 10, loop).contains { $0.row == 4 })
  }

  @Test func equalRowsAreFoundInTheirOrderWithAnyNumberOfThreads() {
    let one = TestVectors.unit((0..<33).map { Float($0) + 1 })
    let rows = TestVectors.rows(Array(repeating: one, count: 20_000))
    for threads in 1...3 {
      let found = rows.nearest(to: one, count: 5, ParallelLoop(threads: threads))
      #expect(found.map(\.row) == [0, 1, 2, 3, 4])
    }
  }
}
