import Crypto
import Dispatch
import Foundation
public import PersonaRecords
import Synchronization

/// A sentence model in this process: texts in, vectors of length 1 out.
///
/// BERT's encoder with the mean of all tokens (or the first), brought to length 1, as sentence-transformers does it;
/// all-MiniLM-L6-v2 unless another folder is named. A text's vector depends on the text alone: not on the texts beside
/// it, on threads, nor on the processor (x86 without fused multiply-add excepted, where the last bits differ).
/// Source: arXiv 1810.04805 (BERT), arXiv 1908.10084 (sentence vectors).
public struct EmbeddingModel: Sendable {
  public let name: String
  public let dimensions: Int
  /// Texts are cut after so many tokens, two of which are the marks of beginning and end.
  public let tokenLimit: Int

  private let shape: EncoderShape
  private let weights: EncoderWeights
  private let tokenizer: WordPieceTokenizer
  private let fingerprints: Fingerprints

  /// Loads the model of a folder; see `locate()` for the one that `make` installs.
  ///
  /// Takes about 42 MB of memory for all-MiniLM-L6-v2, and maps its 91 MB of weights.
  /// - Parameters:
  ///   - folder: with `config.json`, `model.safetensors`, and `vocab.txt` or `tokenizer.json`.
  ///   - name: what the model is called; the folder's own name unless given.
  /// - Throws: `Problem` with file and tensor or field when one is missing, cut short, of another shape than
  ///   `config.json` says, or of a kind that is not built here.
  public init(folder: String, name: String? = nil) throws(Problem) {
    try self.init(ModelFolder(path: folder, name: name))
  }

  /// The model of `folder`, else of `PERSONA_HUB_EMBEDDING_MODEL`, else the one that `make` installs.
  /// - Throws: `Problem` that says how to get it, and as `init` does.
  public static func locate(_ folder: String? = nil) throws(Problem) -> EmbeddingModel {
    try EmbeddingModel(try ModelFolder.locate(folder))
  }

  package init(_ folder: ModelFolder) throws(Problem) {
    let shape = try EncoderShape(folder)
    let (entries, file) = try folder.vocabulary()
    guard entries.count == shape.vocabulary else {
      throw Problem(
        "the vocabulary has \(entries.count) entries, and config.json asks for \(shape.vocabulary)",
        at: .init(file: file), advice: "config.json, the vocabulary and model.safetensors must be of one download")
    }
    let tensors = try TensorFile(path: folder.file("model.safetensors"))
    weights = try EncoderWeights(tensors, shape: shape)
    tokenizer = WordPieceTokenizer(vocabulary: try Vocabulary(entries, file: file), limit: shape.tokenLimit)
    fingerprints = Fingerprints(tensors: tensors, entries: entries, shape: shape)
    self.shape = shape
    name = folder.name
    dimensions = shape.hidden
    tokenLimit = shape.tokenLimit
  }

  /// What tells vectors of this model from those of any other, whatever folder it lies in.
  public struct Identity: Sendable, Equatable {
    public let name: String
    public let dimensions: Int
    /// SHA-256 over weights, vocabulary and settings, as 64 hex digits.
    public let fingerprint: String
  }

  /// Name, dimensions and fingerprint. The first call reads all weights: about a tenth of a second.
  public var identity: Identity {
    Identity(name: name, dimensions: dimensions, fingerprint: fingerprints.value())
  }

  /// The ids of a text's tokens, from `[CLS]` to `[SEP]`.
  public func tokens(of text: String) -> [Int32] { tokenizer.tokens(of: text) }

  /// The vectors of the texts, in their order: row-major, `texts.count` × `dimensions`, each row of length 1.
  ///
  /// Any text has one, the empty text too. Runs on the calling thread and `threads - 1` more, and blocks until all is
  /// done; tasks use `embed`. Memory: the result, and about 8 MB per thread.
  /// - Parameter threads: as many as there are cores unless given.
  public func vectors(of texts: [String], threads: Int? = nil) -> [Float] {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let work = EmbeddingWork(texts: texts, dimensions: dimensions, workers: max(1, threads))
    if work.workers == 1 {
      run(work)
    } else {
      DispatchQueue.concurrentPerform(iterations: work.workers) { _ in run(work) }
    }
    return work.finished()
  }

  /// As `vectors(of:threads:)`, as tasks on all cores.
  /// - Throws: `CancellationError` when the task was cancelled.
  public func embed(_ texts: [String]) async throws -> [Float] {
    let work = EmbeddingWork(
      texts: texts, dimensions: dimensions, workers: ProcessInfo.processInfo.activeProcessorCount)
    await withTaskGroup { group in
      for _ in 0..<work.workers {
        group.addTask { run(work) { Task.isCancelled } }
      }
    }
    try Task.checkCancellation()
    return work.finished()
  }

  /// Takes blocks of texts until none are left.
  private func run(_ work: EmbeddingWork, isStopped: () -> Bool = { false }) {
    var encoder = Encoder(shape: shape, weights: weights)
    var pass = WordPiecePass(vocabulary: tokenizer.vocabulary, limit: tokenizer.limit)
    while let block = work.next(), !isStopped() {
      var vectors: [Float] = []
      vectors.reserveCapacity(block.count * dimensions)
      var ids: [Int32] = []
      var lengths: [Int] = []
      var last: [Int32] = []
      for text in block {
        last.removeAll(keepingCapacity: true)
        pass.append(work.texts[text], to: &last)
        if ids.count + last.count > Encoder.batchTokens {
          encoder.encode(ids, lengths: lengths, appendTo: &vectors)
          ids.removeAll(keepingCapacity: true)
          lengths.removeAll(keepingCapacity: true)
        }
        ids += last
        lengths.append(last.count)
      }
      encoder.encode(ids, lengths: lengths, appendTo: &vectors)
      work.store(vectors, block)
    }
  }
}

/// The fingerprint of one model, made when first asked for.
private final class Fingerprints: Sendable {
  private let tensors: TensorFile
  private let entries: [[UInt8]]
  private let shape: EncoderShape
  private let made = Mutex<String?>(nil)

  init(tensors: TensorFile, entries: [[UInt8]], shape: EncoderShape) {
    self.tensors = tensors
    self.entries = entries
    self.shape = shape
  }

  func value() -> String {
    made.withLock { made in
      if let made { return made }
      var hash = SHA256()
      // What the vectors depend on beside the weights.
      hash.update(data: Data("\(shape.heads) \(shape.epsilon) \(shape.pooling) \(shape.tokenLimit)\n".utf8))
      for entry in entries {
        hash.update(data: entry)
        hash.update(data: [UInt8(ascii: "\n")])
      }
      tensors.withBytes { hash.update(data: $0) }
      let text = HexDigits.of(hash.finalize())
      made = text
      return text
    }
  }
}
