import PersonaRecords

/// The sizes of one BERT model, and how its vectors are made of tokens.
struct EncoderShape: Sendable, Equatable {
  /// Which part of the last layer is the text's vector.
  enum Pooling: String, Sendable {
    case mean
    case firstToken
  }

  var vocabulary: Int
  var hidden: Int
  var layers: Int
  var heads: Int
  var intermediate: Int
  var positions: Int
  var types: Int
  var epsilon: Float
  var pooling: Pooling
  /// Most tokens of one text.
  var tokenLimit: Int

  var headWidth: Int { hidden / heads }

  /// Reads `config.json` and its neighbours.
  ///
  /// - Throws: `Problem` that names file and field when one is missing, out of range, or asks for what is not built here.
  init(_ folder: ModelFolder) throws(Problem) {
    let file = folder.file("config.json")
    guard let config = try folder.json("config.json") else {
      throw Problem(
        "this folder holds no model: config.json is not in it", at: .init(file: folder.path),
        advice: "name a folder with config.json, model.safetensors and vocab.txt of a BERT-type model")
    }
    func refuse(_ what: String, _ field: String) -> Problem {
      Problem(
        what, at: .init(file: file, field: field),
        advice: "name a BERT-type model (model_type bert, such as all-MiniLM-L6-v2), or use an endpoint for this one")
    }
    func size(_ field: String, at most: Int = 1 << 20) throws(Problem) -> Int {
      guard let value = config[field]?.intValue, (1...most).contains(value) else {
        throw refuse("this must be a whole number from 1 to \(most)", field)
      }
      return value
    }
    func only(_ field: String, _ wanted: String) throws(Problem) {
      guard let value = config[field] else { return }
      guard value.stringValue == wanted else { throw refuse("only \"\(wanted)\" is known here", field) }
    }
    guard config["model_type"] != nil else { throw refuse("this field is missing", "model_type") }
    try only("model_type", "bert")
    try only("hidden_act", "gelu")
    try only("position_embedding_type", "absolute")
    vocabulary = try size("vocab_size", at: 1 << 24)
    hidden = try size("hidden_size", at: 1 << 14)
    layers = try size("num_hidden_layers", at: 1000)
    heads = try size("num_attention_heads", at: 1 << 14)
    intermediate = try size("intermediate_size", at: 1 << 17)
    positions = try size("max_position_embeddings")
    types = config["type_vocab_size"] == nil ? 2 : try size("type_vocab_size")
    guard hidden % heads == 0 else {
      throw refuse("\(heads) heads do not divide the hidden size \(hidden)", "hidden_size")
    }
    guard hidden % 16 == 0 else { throw refuse("the hidden size must be a multiple of 16", "hidden_size") }
    let small = config["layer_norm_eps"]?.doubleValue ?? 1e-12
    guard small > 0, small < 1 else { throw refuse("this must lie between 0 and 1", "layer_norm_eps") }
    epsilon = Float(small)
    pooling = try Self.pooling(folder)
    let asked = try folder.json("sentence_bert_config.json")?["max_seq_length"]?.intValue ?? positions
    guard asked >= 3 else {
      throw Problem(
        "a text needs room for at least 3 tokens",
        at: .init(file: folder.file("sentence_bert_config.json"), field: "max_seq_length"),
        advice: "set it to what the model was trained with, for example 256")
    }
    tokenLimit = min(asked, positions)
    guard positions >= 3 else { throw refuse("a text needs room for at least 3 tokens", "max_position_embeddings") }
    try Self.checkNormalizer(folder)
  }

  private static func pooling(_ folder: ModelFolder) throws(Problem) -> Pooling {
    guard let config = try folder.json("1_Pooling/config.json") else { return .mean }
    func isOn(_ mode: String) -> Bool { config["pooling_mode_\(mode)"]?.boolValue ?? false }
    let others = ["max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"].filter(isOn)
    switch (isOn("mean_tokens"), isOn("cls_token"), others.isEmpty) {
    case (true, false, true): return .mean
    case (false, true, true): return .firstToken
    default:
      throw Problem(
        "this model makes its vectors in a way that is not built here; the mean of all tokens and the first token are",
        at: .init(file: folder.file("1_Pooling/config.json")), advice: "name another model, or use an endpoint for it")
    }
  }

  /// Refuses vocabularies that keep capitals or accents: cutting their texts in lower case would give other vectors.
  private static func checkNormalizer(_ folder: ModelFolder) throws(Problem) {
    var normalizer: (file: String, lower: Bool?, strips: Bool?, chinese: Bool?)?
    if let made = try folder.json("tokenizer.json")?["normalizer"], made.objectValue != nil {
      guard made["type"]?.stringValue == "BertNormalizer" else {
        throw Problem(
          "this tokenizer normalises texts in another way than BERT's",
          at: .init(file: folder.file("tokenizer.json"), field: "normalizer"),
          advice: "name a BERT-type model, or use an endpoint for this one")
      }
      normalizer = (
        "tokenizer.json", made["lowercase"]?.boolValue, made["strip_accents"]?.boolValue,
        made["handle_chinese_chars"]?.boolValue
      )
    } else if let made = try folder.json("tokenizer_config.json") {
      normalizer = (
        "tokenizer_config.json", made["do_lower_case"]?.boolValue, made["strip_accents"]?.boolValue,
        made["tokenize_chinese_chars"]?.boolValue
      )
    }
    guard let normalizer, normalizer.lower == false || normalizer.strips == false || normalizer.chinese == false else {
      return
    }
    throw Problem(
      "this vocabulary keeps capitals, accents or runs of Chinese characters, which is not built here",
      at: .init(file: folder.file(normalizer.file)), advice: "name an uncased model, or use an endpoint for this one")
  }
}
