import PersonaRecords

/// Writes the body of one request for vectors.
enum EmbeddingsBody {
  /// - Parameters:
  ///   - model: the name this server knows the model by.
  ///   - asNumbers: asks for decimal numbers; else for base64, a third of the bytes and exact.
  static func write(_ input: EmbeddingInput, model: String, asNumbers: Bool) -> [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.member("model", model)
      line.key("input")
      line.array { line in for text in input.texts { line.value(text) } }
      line.member("encoding_format", asNumbers ? "float" : "base64")
      if let dimensions = input.dimensions { line.member("dimensions", dimensions) }
    }
    return line.bytes
  }
}
