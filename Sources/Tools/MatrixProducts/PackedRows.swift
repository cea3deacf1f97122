import FloatLanes

/// The rows of a matrix, laid down so that other rows can be multiplied by them fast.
///
/// Element (r, c) of a product is the inner product of left row r and packed row c, added up in the order of the places
/// with one accumulator and one rounding per step. So it depends on these two rows alone: not on how many rows are
/// multiplied together, nor on threads, nor on the processor (x86 without fused multiply-add excepted, where the last
/// bits differ). Nothing here starts a thread; callers cut their rows as they like.
@safe package final class PackedRows: Sendable {
  /// How many rows are packed: columns of the product.
  package let count: Int
  /// Floats per row.
  package let dimension: Int
  // Safe to share: written by `init` only, freed by `deinit` only.
  private nonisolated(unsafe) let panels: UnsafeMutablePointer<Float>

  /// Packs `count` rows of `dimension` floats, row-major. Takes `count` (rounded up to 32) × `dimension` × 4 bytes.
  ///
  /// - Precondition: `rows.count == count * dimension`.
  package init(_ rows: Span<Float>, count: Int, dimension: Int) {
    precondition(count >= 0 && dimension >= 0 && rows.count == count * dimension, "the rows have another shape")
    self.count = count
    self.dimension = dimension
    let size = float_lanes_packed_size(count, dimension)
    // A vector of 64 bytes that begins at a multiple of 64 never lies across two lines of the cache.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1) * 4, alignment: 64)
    let panels = unsafe memory.bindMemory(to: Float.self, capacity: max(size, 1))
    unsafe self.panels = panels
    unsafe rows.withUnsafeBufferPointer { rows in
      guard size > 0, let first = rows.baseAddress else { return }
      // Safe: the shape was checked above, and `size` floats are what packing writes.
      unsafe float_lanes_pack(first, dimension, count, dimension, panels)
    }
  }

  deinit { unsafe UnsafeMutableRawPointer(panels).deallocate() }

  /// What is done to an element once its sum is complete.
  package enum Finish: Sendable {
    case asIs
    /// x/2 (1 + erf(x/√2)), with erf to 5·10⁻⁷.
    case gelu
  }

  /// Multiplies `left`, row-major `rowCount` × `dimension`, by the packed rows.
  ///
  /// Both buffers may be longer; what stands behind the rows is neither read nor written.
  /// - Parameters:
  ///   - bias: `count` floats to begin the sums of the columns with; none for zero.
  ///   - products: row-major `rowCount` × `count`, overwritten.
  /// - Precondition: shapes as said.
  package func multiply(
    _ left: Span<Float>, rowCount: Int, bias: Span<Float>? = nil, finish: Finish = .asIs,
    into products: inout MutableSpan<Float>
  ) {
    precondition(rowCount >= 0 && left.count >= rowCount * dimension, "the left rows have another shape")
    precondition(products.count >= rowCount * count, "the products have another shape")
    if let bias { precondition(bias.count == count, "one bias per packed row") }
    let last = finish == .gelu ? float_lanes_gelu : float_lanes_as_is
    unsafe products.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      unsafe left.withUnsafeBufferPointer { left in
        // No places at all: the sums are the bias. The address is then not read.
        let first = unsafe left.baseAddress ?? UnsafePointer(out)
        // Safe: all shapes were checked above; the packed rows live as long as this object.
        if let bias {
          unsafe bias.withUnsafeBufferPointer { bias in
            unsafe float_lanes_products(
              first, dimension, rowCount, panels, count, dimension, bias.baseAddress, last, out, count)
          }
        } else {
          unsafe float_lanes_products(first, dimension, rowCount, panels, count, dimension, nil, last, out, count)
        }
      }
    }
  }

  /// As `multiply`, into an array of its own.
  package func products(_ left: Span<Float>, rowCount: Int) -> [Float] {
    var products = [Float](repeating: 0, count: rowCount * count)
    var span = products.mutableSpan
    multiply(left, rowCount: rowCount, into: &span)
    return products
  }
}

/// The inner product of two rows in one fixed order of addition, which is not that of `PackedRows`: it is made for one
/// pair. Equal rows give an equal result wherever they lie, whatever the processor (fused multiply-add assumed).
///
/// - Precondition: equal counts.
package func innerProduct(_ one: Span<Float>, _ other: Span<Float>) -> Float {
  precondition(one.count == other.count, "rows of one length")
  return unsafe one.withUnsafeBufferPointer { one in
    unsafe other.withUnsafeBufferPointer { other in
      guard let a = one.baseAddress, let b = other.baseAddress else { return 0 }
      // Safe: both have `one.count` floats.
      return unsafe float_lanes_dot(a, b, one.count)
    }
  }
}
