import FloatLanes
import MatrixProducts

/// BERT's encoder over several texts at once, laid end to end: no place is filled up, and none is computed in vain.
///
/// The linear steps are one product over all tokens; attention goes text by text and head by head. Each number depends on
/// its own text alone, so a text's vector has the same bits in any company.
struct Encoder {
  /// Texts are put together up to so many tokens: enough for the products, and few enough for the cache.
  static let batchTokens = 512

  private let shape: EncoderShape
  private let weights: EncoderWeights
  // Buffers for `capacity` tokens, kept between batches.
  private var capacity = 0
  private var hidden: [Float] = []
  private var attention: [Float] = []
  private var context: [Float] = []
  private var change: [Float] = []
  private var wide: [Float] = []
  private var scratch: [Float] = []

  init(shape: EncoderShape, weights: EncoderWeights) {
    self.shape = shape
    self.weights = weights
  }

  /// The vectors of several texts, each of length 1, behind one another in their order.
  ///
  /// - Parameters:
  ///   - ids: the tokens of all texts; each id below the size of the vocabulary.
  ///   - lengths: how many of them each text has, at least one and at most `shape.positions`.
  ///   - vectors: `lengths.count` × `shape.hidden` are appended.
  mutating func encode(_ ids: [Int32], lengths: [Int], appendTo vectors: inout [Float]) {
    guard !lengths.isEmpty else { return }
    reserve(ids.count, longest: lengths.max() ?? 0)
    embed(ids, lengths)
    for layer in weights.layers {
      multiply(hidden, ids.count, by: layer.attention, into: &attention)
      attend(lengths)
      multiply(context, ids.count, by: layer.attentionOutput, into: &change)
      normalise(ids.count, adding: true, layer.attentionNorm)
      multiply(hidden, ids.count, by: layer.intermediate, finish: .gelu, into: &wide)
      multiply(wide, ids.count, by: layer.output, into: &change)
      normalise(ids.count, adding: true, layer.outputNorm)
    }
    pool(lengths, appendTo: &vectors)
  }

  private mutating func reserve(_ count: Int, longest: Int) {
    if count > capacity {
      capacity = max(count, Self.batchTokens)
      func fresh(_ width: Int) -> [Float] { [Float](repeating: 0, count: capacity * width) }
      hidden = fresh(shape.hidden)
      attention = fresh(3 * shape.hidden)
      context = fresh(shape.hidden)
      change = fresh(shape.hidden)
      wide = fresh(shape.intermediate)
    }
    let needed = float_lanes_attention_size(longest, shape.headWidth)
    if scratch.count < needed { scratch = [Float](repeating: 0, count: needed) }
  }

  /// Word, place and type of each token, added and normalised.
  private mutating func embed(_ ids: [Int32], _ lengths: [Int]) {
    let width = shape.hidden
    let weights = weights
    var token = 0
    var rows = hidden.mutableSpan
    for length in lengths {
      for place in 0..<length {
        let word = Int(ids[token])
        weights.file.read(weights.words, word * width..<(word + 1) * width, into: &rows, at: token * width)
        for column in 0..<width { rows[token * width + column] += weights.places[place * width + column] }
        token += 1
      }
    }
    normalise(token, adding: false, weights.embeddingNorm)
  }

  private func multiply(
    _ left: [Float], _ count: Int, by linear: LinearWeights, finish: PackedRows.Finish = .asIs, into out: inout [Float]
  ) {
    var span = out.mutableSpan
    linear.rows.multiply(left.span, rowCount: count, bias: linear.bias.span, finish: finish, into: &span)
  }

  private mutating func attend(_ lengths: [Int]) {
    let width = shape.hidden
    // Safe: the rows of a text are `length` within the `capacity` rows of the buffers, which `reserve` made; the scratch
    // is large enough for the longest text.
    unsafe attention.withUnsafeBufferPointer { rows in
      unsafe context.withUnsafeMutableBufferPointer { out in
        unsafe scratch.withUnsafeMutableBufferPointer { scratch in
          guard let rows = rows.baseAddress, let out = out.baseAddress, let scratch = scratch.baseAddress else {
            return
          }
          var token = 0
          for length in lengths {
            let first = unsafe rows + token * 3 * width
            unsafe float_lanes_attention(
              first, first + width, first + 2 * width, 3 * width, length, shape.heads, shape.headWidth, scratch,
              out + token * width, width)
            token += length
          }
        }
      }
    }
  }

  private mutating func normalise(_ count: Int, adding: Bool, _ norm: NormWeights) {
    // Safe: `count` rows are within both buffers, and the weights have one number per column.
    unsafe hidden.withUnsafeMutableBufferPointer { rows in
      unsafe change.withUnsafeBufferPointer { change in
        unsafe norm.scale.withUnsafeBufferPointer { scale in
          unsafe norm.shift.withUnsafeBufferPointer { shift in
            guard let rows = rows.baseAddress, let scale = scale.baseAddress, let shift = shift.baseAddress else {
              return
            }
            unsafe float_lanes_layer_norm(
              rows, adding ? change.baseAddress : nil, count, shape.hidden, scale, shift, shape.epsilon)
          }
        }
      }
    }
  }

  private func pool(_ lengths: [Int], appendTo vectors: inout [Float]) {
    let width = shape.hidden
    let before = vectors.count
    vectors.append(contentsOf: repeatElement(0, count: lengths.count * width))
    // Safe: the rows of a text are within the buffer, and its vector within the part that was appended.
    unsafe hidden.withUnsafeBufferPointer { rows in
      unsafe vectors.withUnsafeMutableBufferPointer { vectors in
        guard let rows = rows.baseAddress, let vectors = vectors.baseAddress else { return }
        var token = 0
        for (text, length) in lengths.enumerated() {
          unsafe float_lanes_unit_mean(
            rows + token * width, shape.pooling == .mean ? length : 1, width, vectors + before + text * width)
          token += length
        }
      }
    }
  }
}
