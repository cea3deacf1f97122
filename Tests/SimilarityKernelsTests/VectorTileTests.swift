import PersonaRecords
import Testing
import VectorLanes

@Suite struct VectorTileTests {
  /// Products of every number of queries that a tile may be short of, against sums in double precision; and the same bits
  /// for a query whatever stands beside it.
  @Test(arguments: [1, 2, 31, 32, 64, 100, 384]) func tilesAreTheProducts(dimension: Int) {
    let width = Int(VECTOR_LANES_PANEL)
    var random = SeededRandom(seed: UInt64(dimension))
    let panel = (0..<dimension * width).map { _ in TestVectors.gaussian(&random) }
    let all = (0..<19 * dimension).map { _ in TestVectors.gaussian(&random) }
    var alone: [Float] = []
    for query in 0..<19 {
      alone += products(Array(all[query * dimension..<(query + 1) * dimension]), 1, dimension, panel)
    }
    for count in 1...19 {
      let queries = Array(all[..<(count * dimension)])
      let found = products(queries, count, dimension, panel)
      #expect(found == Array(alone[..<(count * width)]), "\(count) queries")
      for query in 0..<count {
        for column in 0..<width {
          let exact = (0..<dimension).reduce(0) { sum, place in
            sum + Double(queries[query * dimension + place]) * Double(panel[place * width + column])
          }
          #expect(abs(Double(found[query * width + column]) - exact) < 1e-5 * Double(dimension + 10))
        }
      }
      for limit in [-1e9, 0, 3, 1e9] as [Float] {
        var expected: Set<[Int]> = []
        for query in 0..<count {
          for column in 0..<width where found[query * width + column] > limit { expected.insert([query, column]) }
        }
        let hits = above(queries, count, dimension, panel, limit)
        #expect(Set(hits) == expected && hits.count == expected.count)
        for query in 0..<count {
          let columns = hits.filter { $0[0] == query }.map { $0[1] }
          #expect(columns == columns.sorted())
        }
      }
    }
  }

  private func products(_ queries: [Float], _ count: Int, _ dimension: Int, _ panel: [Float]) -> [Float] {
    var products = [Float](repeating: 0, count: count * Int(VECTOR_LANES_PANEL))
    // Safe: the arrays have the sizes that are passed on.
    unsafe vector_lanes_products(queries, count, dimension, panel, &products, Int(VECTOR_LANES_PANEL))
    return products
  }

  private func above(
    _ queries: [Float], _ count: Int, _ dimension: Int, _ panel: [Float], _ limit: Float
  ) -> [[Int]] {
    var hits = [vector_lanes_hit](
      repeating: vector_lanes_hit(query: 0, column: 0), count: count * Int(VECTOR_LANES_PANEL))
    // Safe: there is room for all pairs.
    let found = unsafe vector_lanes_above(queries, count, dimension, panel, limit, &hits)
    return hits[..<found].map { [Int($0.query), Int($0.column)] }
  }
}
