import MatrixProducts
import PersonaRecords

/// What a layer norm multiplies by and adds.
struct NormWeights: Sendable {
  let scale: [Float]
  let shift: [Float]
}

/// A linear step: rows of the weight packed, and one bias for each.
struct LinearWeights: Sendable {
  let rows: PackedRows
  let bias: [Float]
}

/// One layer of the encoder.
struct LayerWeights: Sendable {
  /// Queries, keys and values in one product: `3 × hidden` columns.
  let attention: LinearWeights
  let attentionOutput: LinearWeights
  let attentionNorm: NormWeights
  let intermediate: LinearWeights
  let output: LinearWeights
  let outputNorm: NormWeights
}

/// All weights of a BERT encoder, ready for products. The table of words stays in the mapped file.
struct EncoderWeights: Sendable {
  let file: TensorFile
  let words: TensorFile.Tensor
  /// Position and type of each place, added: `positions` × `hidden`.
  let places: [Float]
  let embeddingNorm: NormWeights
  let layers: [LayerWeights]

  /// - Throws: `Problem` that names file and tensor when one is missing or of another shape than `config.json` says.
  init(_ file: TensorFile, shape: EncoderShape) throws(Problem) {
    self.file = file
    // Some files carry the encoder inside a larger model.
    let front = ["", "bert."].first { file.contains("\($0)embeddings.word_embeddings.weight") } ?? ""
    func floats(_ name: String, _ sizes: [Int]) throws(Problem) -> [Float] {
      file.floats(try file.tensor(front + name, shape: sizes))
    }
    func norm(_ name: String) throws(Problem) -> NormWeights {
      NormWeights(
        scale: try floats("\(name).LayerNorm.weight", [shape.hidden]),
        shift: try floats("\(name).LayerNorm.bias", [shape.hidden]))
    }
    func linear(_ names: [String], from: Int, to: Int) throws(Problem) -> LinearWeights {
      var rows: [Float] = []
      var bias: [Float] = []
      for name in names {
        rows += try floats("\(name).weight", [to, from])
        bias += try floats("\(name).bias", [to])
      }
      return LinearWeights(
        rows: PackedRows(rows.span, count: to * names.count, dimension: from), bias: bias)
    }
    words = try file.tensor(
      "\(front)embeddings.word_embeddings.weight", shape: [shape.vocabulary, shape.hidden])
    var places = try floats("embeddings.position_embeddings.weight", [shape.positions, shape.hidden])
    let types = try floats("embeddings.token_type_embeddings.weight", [shape.types, shape.hidden])
    // One text at a time has one type only, the first.
    for place in places.indices { places[place] += types[place % shape.hidden] }
    self.places = places
    embeddingNorm = try norm("embeddings")
    var layers: [LayerWeights] = []
    for layer in 0..<shape.layers {
      let name = "encoder.layer.\(layer)"
      layers.append(
        LayerWeights(
          attention: try linear(
            ["query", "key", "value"].map { "\(name).attention.self.\($0)" }, from: shape.hidden, to: shape.hidden),
          attentionOutput: try linear(["\(name).attention.output.dense"], from: shape.hidden, to: shape.hidden),
          attentionNorm: try norm("\(name).attention.output"),
          intermediate: try linear(["\(name).intermediate.dense"], from: shape.hidden, to: shape.intermediate),
          output: try linear(["\(name).output.dense"], from: shape.intermediate, to: shape.hidden),
          outputNorm: try norm("\(name).output")))
    }
    self.layers = layers
  }
}
