import Embeddings
import Foundation
import PersonaRecords

// What measure.py asks for. A file of texts has one JSON string per line; answers go to stdout, one JSON object.
//
//   embedding-benchmark tokens  MODEL TEXTS OUT            ids of each text, one JSON array per line
//   embedding-benchmark vectors MODEL TEXTS OUT THREADS    vectors as 32-bit floats, row-major
//   embedding-benchmark time    MODEL TEXTS ROUNDS         CPU seconds of one thread, the best of the rounds

/// Seconds of processor time that this process has used, threads and system calls included.
func processorSeconds() -> Double {
  Double(clock()) / Double(CLOCKS_PER_SEC)
}

func texts(_ path: String) throws -> [String] {
  try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).map { line in
    guard let text = try JSONValue(utf8: [UInt8](line)).stringValue else {
      throw Problem("each line must be one JSON string", at: .init(file: path))
    }
    return text
  }
}

func best(of rounds: Int, _ body: () -> Void) -> Double {
  (0..<rounds).map { _ in
    let before = processorSeconds()
    body()
    return processorSeconds() - before
  }.min() ?? 0
}

func main(_ arguments: [String]) throws {
  guard arguments.count >= 4 else {
    throw Problem(
      "three arguments or more are needed", advice: "run measure.py, which says what is measured",
      consequence: .wrongUsage)
  }
  let beforeLoading = processorSeconds()
  let model = try EmbeddingModel(folder: arguments[2])
  let loading = processorSeconds() - beforeLoading
  let texts = try texts(arguments[3])
  switch arguments[1] {
  case "tokens":
    var lines = ""
    for text in texts { lines += "[\(model.tokens(of: text).map(String.init).joined(separator: ","))]\n" }
    try lines.write(toFile: arguments[4], atomically: true, encoding: .utf8)
  case "vectors":
    let before = processorSeconds()
    let vectors = model.vectors(of: texts, threads: Int(arguments[5]) ?? 1)
    print("{\"loading\": \(loading), \"seconds\": \(processorSeconds() - before)}")
    try unsafe vectors.withUnsafeBytes { unsafe Data($0) }.write(to: URL(fileURLWithPath: arguments[4]))
  case "time":
    let rounds = Int(arguments[4]) ?? 3
    var tokenCount = 0
    let tokenising = best(of: rounds) {
      tokenCount = 0
      for text in texts { tokenCount += model.tokens(of: text).count }
    }
    let embedding = best(of: rounds) { _ = model.vectors(of: texts, threads: 1) }
    print(
      "{\"texts\": \(texts.count), \"tokens\": \(tokenCount), \"loading\": \(loading), "
        + "\"tokenising\": \(tokenising), \"embedding\": \(embedding)}")
  default:
    throw Problem("tokens, vectors or time, not \(arguments[1])", consequence: .wrongUsage)
  }
}

do {
  try main(CommandLine.arguments)
} catch {
  FileHandle.standardError.write(Data("embedding-benchmark: \(error)\n".utf8))
  exit(1)
}
