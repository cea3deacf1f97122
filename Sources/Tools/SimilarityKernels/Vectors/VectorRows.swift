import VectorLanes

/// Unit vectors in memory: row-major, `count` × `dimension`, each row of length 1, numbers in single or half precision.
///
/// The memory is never written while rows of it exist; it may be a file mapped into memory, so rows larger than the memory
/// work, at the speed of the disk. Cosines are products of the vectors as they are stored.
@safe package struct VectorRows: @unchecked Sendable {
  // Sendable: the bytes behind `base` are never written, and `owner`, which keeps them alive, is not looked into.

  /// How one number is stored, named as NumPy does.
  package enum Element: String, Sendable, CaseIterable {
    case float16 = "<f2"
    case float32 = "<f4"

    package var byteCount: Int { self == .float16 ? 2 : 4 }
  }

  package let count: Int
  package let dimension: Int
  package let element: Element
  private let base: UnsafeRawPointer
  private let owner: AnyObject

  /// Rows that stand in somebody else's memory.
  /// - Parameters:
  ///   - base: `count` × `dimension` numbers, aligned to the size of one, that do not change.
  ///   - owner: keeps them alive.
  @unsafe package init(base: UnsafeRawPointer, count: Int, dimension: Int, element: Element, owner: AnyObject) {
    precondition(dimension > 0 && count >= 0, "a dimension of at least 1")
    unsafe self.base = base
    self.count = count
    self.dimension = dimension
    self.element = element
    self.owner = owner
  }

  /// A copy of numbers, rounded to half precision where that is wanted.
  /// - Precondition: whole rows.
  package init(_ numbers: [Float], dimension: Int, element: Element = .float32) {
    precondition(dimension > 0 && numbers.count % dimension == 0, "whole rows")
    let copy = VectorBytes(count: max(numbers.count * element.byteCount, 1))
    unsafe numbers.withUnsafeBufferPointer { numbers in
      guard let first = numbers.baseAddress else { return }
      // Safe: the copy has room for as many numbers of this size.
      switch element {
      case .float16:
        unsafe vector_lanes_narrow(first, copy.base.assumingMemoryBound(to: UInt16.self), numbers.count)
      case .float32: unsafe copy.base.copyMemory(from: first, byteCount: numbers.count * 4)
      }
    }
    unsafe self.init(
      base: UnsafeRawPointer(copy.base), count: numbers.count / dimension, dimension: dimension, element: element,
      owner: copy)
  }

  private func address(of row: Int) -> UnsafeRawPointer {
    precondition(row >= 0 && row < count, "a row")
    // Safe: checked above.
    return unsafe base + row * dimension * element.byteCount
  }

  /// The cosine of two rows: their product in the one fixed order of additions (`FixedProduct`).
  package func cosine(_ one: Int, _ other: Int) -> Float {
    let one = unsafe address(of: one)
    let other = unsafe address(of: other)
    // Safe: both addresses are those of rows.
    switch element {
    case .float16:
      return unsafe vector_lanes_dot_halves(
        one.assumingMemoryBound(to: UInt16.self), other.assumingMemoryBound(to: UInt16.self), dimension)
    case .float32:
      return unsafe vector_lanes_dot(
        one.assumingMemoryBound(to: Float.self), other.assumingMemoryBound(to: Float.self), dimension)
    }
  }

  /// The cosine of a vector and a row, in the same order of additions.
  /// - Precondition: `dimension` numbers.
  package func cosine(_ vector: Span<Float>, row: Int) -> Float {
    precondition(vector.count == dimension, "vectors of one dimension")
    let other = unsafe address(of: row)
    // Safe: the vector and the row both have `dimension` numbers.
    return unsafe vector.withUnsafeBufferPointer { vector in
      guard let vector = vector.baseAddress else { return 0 }
      switch element {
      case .float16:
        return unsafe vector_lanes_dot_half(vector, other.assumingMemoryBound(to: UInt16.self), dimension)
      case .float32: return unsafe vector_lanes_dot(vector, other.assumingMemoryBound(to: Float.self), dimension)
      }
    }
  }

  /// Writes consecutive rows in single precision.
  /// - Parameter numbers: room for `rows.count` × `dimension`.
  @unsafe func widen(_ rows: Range<Int>, into numbers: UnsafeMutablePointer<Float>) {
    guard !rows.isEmpty else { return }
    precondition(rows.upperBound <= count, "rows")
    let first = unsafe address(of: rows.lowerBound)
    let total = rows.count * dimension
    switch element {
    case .float16: unsafe vector_lanes_widen(first.assumingMemoryBound(to: UInt16.self), numbers, total)
    case .float32: unsafe numbers.update(from: first.assumingMemoryBound(to: Float.self), count: total)
    }
  }

  /// One row in single precision.
  package func vector(_ row: Int) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: dimension) { buffer, filled in
      // Safe: room for one row.
      if let first = buffer.baseAddress { unsafe widen(row..<row + 1, into: first) }
      filled = dimension
    }
  }
}

/// Bytes that live as long as this object, aligned to 64.
@safe final class VectorBytes {
  let base: UnsafeMutableRawPointer

  init(count: Int) { unsafe base = .allocate(byteCount: count, alignment: 64) }

  deinit { unsafe base.deallocate() }
}

/// The one product that decides about similarity: additions in a fixed order, so the same two vectors give the same number
/// on every processor, with any number of threads, in any batch.
///
/// Number k of the vectors goes to lane k modulo 32; every product is rounded to single precision and then added to its
/// lane, k ascending. In the end lane l gets lane l + 16 added, then l + 8, l + 4, l + 2 and l + 1.
package enum FixedProduct {
  /// - Precondition: vectors of one dimension.
  package static func of(_ one: Span<Float>, _ other: Span<Float>) -> Float {
    precondition(one.count == other.count, "vectors of one dimension")
    // Safe: both have the same number of elements, and outlive the call.
    return unsafe one.withUnsafeBufferPointer { first in
      unsafe other.withUnsafeBufferPointer { second in
        guard let from = first.baseAddress, let to = second.baseAddress else { return 0 }
        return unsafe vector_lanes_dot(from, to, first.count)
      }
    }
  }

  /// The definition, number by number: what tests compare the fast ones with.
  package static func reference(_ one: [Float], _ other: [Float]) -> Float {
    var lanes = [Float](repeating: 0, count: 32)
    for place in one.indices {
      let product = one[place] * other[place]
      lanes[place % 32] += product
    }
    var half = 16
    while half > 0 {
      for lane in 0..<half { lanes[lane] += lanes[lane + half] }
      half /= 2
    }
    return lanes[0]
  }
}

/// Half precision, for files of vectors.
package enum HalfPrecision {
  /// Bits of the nearest half, ties to even; what is too large becomes infinite.
  package static func narrow(_ numbers: [Float]) -> [UInt16] {
    unsafe [UInt16](unsafeUninitializedCapacity: numbers.count) { buffer, filled in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        // Safe: as many halves as numbers.
        guard let from = numbers.baseAddress, let to = buffer.baseAddress else { return }
        unsafe vector_lanes_narrow(from, to, numbers.count)
      }
      filled = numbers.count
    }
  }

  /// The numbers that halves stand for; those with all bits of the exponent set are not numbers, and not asked for.
  package static func widen(_ halves: [UInt16]) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: halves.count) { buffer, filled in
      unsafe halves.withUnsafeBufferPointer { halves in
        // Safe: as many numbers as halves.
        guard let from = halves.baseAddress, let to = buffer.baseAddress else { return }
        unsafe vector_lanes_widen(from, to, halves.count)
      }
      filled = halves.count
    }
  }
}
