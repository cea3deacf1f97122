import Foundation
import PersonaRecords
import TestSupport

/// A BERT model of a few kilobytes with weights from a seed, as the files of a folder, and its vectors by definition.
struct SmallModel {
  static let words = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "old", "baker", "##s", "##er", "bak", "cafe", "!", ".",
    "[",
    "]", "京", "##a", "sep",
  ]

  var hidden = 32
  var heads = 4
  var layers = 2
  var intermediate = 48
  var positions = 40
  var words = SmallModel.words
  /// Tensors by name, row-major, with their shape.
  var tensors: [String: (shape: [Int], values: [Float])] = [:]
  var config: [String: JSONValue] = [:]

  init(seed: UInt64 = 1) {
    var random = SeededRandom(seed: seed)
    func add(_ name: String, _ shape: [Int], around: Float = 0, _ spread: Float = 0.4) {
      let values = (0..<shape.reduce(1, *)).map { _ in around + Float.random(in: -spread...spread, using: &random) }
      tensors[name] = (shape, values)
    }
    func linear(_ name: String, from: Int, to: Int) {
      add("\(name).weight", [to, from])
      add("\(name).bias", [to])
    }
    func norm(_ name: String) {
      add("\(name).LayerNorm.weight", [hidden], around: 1)
      add("\(name).LayerNorm.bias", [hidden])
    }
    add("embeddings.word_embeddings.weight", [words.count, hidden])
    add("embeddings.position_embeddings.weight", [positions, hidden])
    add("embeddings.token_type_embeddings.weight", [2, hidden])
    norm("embeddings")
    for layer in 0..<layers {
      let name = "encoder.layer.\(layer)"
      for part in ["query", "key", "value"] { linear("\(name).attention.self.\(part)", from: hidden, to: hidden) }
      linear("\(name).attention.output.dense", from: hidden, to: hidden)
      norm("\(name).attention.output")
      linear("\(name).intermediate.dense", from: hidden, to: intermediate)
      linear("\(name).output.dense", from: intermediate, to: hidden)
      norm("\(name).output")
    }
    config = [
      "model_type": .string("bert"), "hidden_act": .string("gelu"), "vocab_size": Self.number(words.count),
      "hidden_size": Self.number(hidden), "num_hidden_layers": Self.number(layers),
      "num_attention_heads": Self.number(heads), "intermediate_size": Self.number(intermediate),
      "max_position_embeddings": Self.number(positions), "type_vocab_size": Self.number(2),
    ]
  }

  static func number(_ value: Int) -> JSONValue { .number(String(value)) }

  /// The bytes of a safetensors file with these tensors.
  ///
  /// - Parameter narrow: what makes two bytes of a number, where `kind` is not F32.
  func safetensors(kind: String = "F32", _ narrow: ((Float) -> UInt16)? = nil) -> [UInt8] {
    var data: [UInt8] = []
    var header = JSONLine()
    header.object { header in
      for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
        let start = data.count
        for value in tensor.values {
          if let narrow {
            data += Self.bytes(narrow(value))
          } else {
            data += Self.bytes(value.bitPattern)
          }
        }
        header.key(name)
        header.object { header in
          header.member("dtype", kind)
          header.key("shape")
          header.array { header in
            for size in tensor.shape { header.value(size) }
          }
          header.key("data_offsets")
          header.array { header in
            header.value(start)
            header.value(data.count)
          }
        }
      }
    }
    return Self.bytes(UInt64(header.bytes.count)) + header.bytes + data
  }

  /// The bytes of a number, the lowest first.
  static func bytes<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// Writes all files of the model.
  func write(to folder: TemporaryFolder) throws {
    var line = JSONLine()
    line.object { line in
      for (key, value) in config.sorted(by: { $0.key < $1.key }) { line.member(key, value) }
    }
    try folder.write(line.text, to: "config.json")
    try folder.write(words.map { $0 + "\n" }.joined(), to: "vocab.txt")
    try folder.write(safetensors(), to: "model.safetensors")
  }

  // MARK: - The definition, in double precision

  private func row(_ name: String, _ index: Int = 0) -> [Double] {
    guard let (shape, values) = tensors[name], let width = shape.last else { return [] }
    return values[index * width..<(index + 1) * width].map(Double.init)
  }

  private func applied(_ name: String, _ input: [Double]) -> [Double] {
    let bias = row("\(name).bias")
    return bias.indices.map { zip(row("\(name).weight", $0), input).map(*).reduce(bias[$0], +) }
  }

  private func normed(_ name: String, _ input: [Double]) -> [Double] {
    let mean = input.reduce(0, +) / Double(hidden)
    let variance = input.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(hidden)
    let (scale, shift) = (row("\(name).LayerNorm.weight"), row("\(name).LayerNorm.bias"))
    return input.indices.map { (input[$0] - mean) / (variance + 1e-12).squareRoot() * scale[$0] + shift[$0] }
  }

  private static func sum(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map(+) }

  /// The vector of a text whose tokens these are.
  func vector(_ ids: [Int32], firstTokenOnly: Bool = false) -> [Double] {
    let type = row("embeddings.token_type_embeddings.weight")
    var tokens = ids.enumerated().map { place, id in
      normed(
        "embeddings",
        Self.sum(
          Self.sum(row("embeddings.word_embeddings.weight", Int(id)), type),
          row("embeddings.position_embeddings.weight", place)))
    }
    let width = hidden / heads
    for layer in 0..<layers {
      let name = "encoder.layer.\(layer)"
      let parts = ["query", "key", "value"].map { part in
        tokens.map { applied("\(name).attention.self.\(part)", $0) }
      }
      tokens = tokens.indices.map { token in
        var context = [Double](repeating: 0, count: hidden)
        for head in 0..<heads {
          let columns = head * width..<(head + 1) * width
          let shares = tokens.indices.map { other in
            exp(columns.map { parts[0][token][$0] * parts[1][other][$0] }.reduce(0, +) / Double(width).squareRoot())
          }
          let total = shares.reduce(0, +)
          for column in columns {
            context[column] = tokens.indices.map { shares[$0] * parts[2][$0][column] }.reduce(0, +) / total
          }
        }
        let attended = normed(
          "\(name).attention.output",
          Self.sum(tokens[token], applied("\(name).attention.output.dense", context)))
        let wide = applied("\(name).intermediate.dense", attended).map { $0 / 2 * (1 + erf($0 / 2.0.squareRoot())) }
        return normed("\(name).output", Self.sum(attended, applied("\(name).output.dense", wide)))
      }
    }
    let kept = firstTokenOnly ? Array(tokens.prefix(1)) : tokens
    let mean = kept.dropFirst().reduce(kept[0], Self.sum)
    let length = mean.map { $0 * $0 }.reduce(0, +).squareRoot()
    return mean.map { $0 / length }
  }
}
