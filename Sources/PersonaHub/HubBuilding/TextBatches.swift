import LanguageModels
import PersonaRecords

/// Texts whose vectors are asked for in one request.
struct TextBatch: Sendable {
  /// Row of the first text.
  let first: Int
  /// What the rows are called in messages.
  var ids: [String] = []
  var texts: [String] = []

  /// The same whenever the texts are read again.
  var identity: UInt64 {
    texts.reduce(UInt64(first)) { StableHash.of($1.utf8, seed: $0) }
  }

  /// The batch in a run's files: the row's own name, or rows counted from 1.
  var name: String { ids.count == 1 ? ids[0] : "\(first + 1)-\(first + ids.count)" }

  func request(model: String, dimensions: Int?) -> ModelRequest {
    ModelRequest(
      model: model, embeddings: EmbeddingInput(texts: texts.map(Self.sendable), dimensions: dimensions))
  }

  /// Servers refuse an empty text; a space says as little.
  static func sendable(_ text: String) -> String { text.isEmpty ? " " : text }
}

/// A text with the name of its row.
struct NamedText {
  let id: String
  let text: String
}

/// Cuts a sequence of texts into batches.
///
/// A batch ends at its limits, and behind texts that their own words choose (one in 64). So where a row is put in or
/// taken out, the batches fall into step again a little later, and what was asked of the others is asked in the same words:
/// their replies are in the reply store.
struct TextBatches {
  /// Text-embeddings-inference takes 32 unless told otherwise, and other servers more.
  static let textLimit = 32
  /// About 8,000 tokens of English. A longer text goes alone.
  static let byteLimit = 32 << 10
  private static let cutShare: UInt64 = 64

  /// Row of the next text to be handed out.
  private(set) var row: Int
  private let read: () throws -> NamedText?
  private var waiting: NamedText?

  /// - Parameters:
  ///   - first: so many texts are passed over.
  ///   - read: the next text; nil behind the last.
  init(from first: Int, read: @escaping () throws -> NamedText?) throws {
    row = 0
    self.read = read
    while row < first, try read() != nil { row += 1 }
  }

  mutating func next() throws -> TextBatch? {
    var batch = TextBatch(first: row)
    var byteCount = 0
    while let named = try waiting ?? read() {
      byteCount += named.text.utf8.count
      guard batch.texts.isEmpty || byteCount <= Self.byteLimit else {
        waiting = named
        break
      }
      waiting = nil
      batch.ids.append(named.id)
      batch.texts.append(named.text)
      row += 1
      if batch.texts.count == Self.textLimit { break }
      if StableHash.of(named.text.utf8).isMultiple(of: Self.cutShare) { break }
    }
    return batch.texts.isEmpty ? nil : batch
  }

  /// The texts of these rows, each alone.
  /// - Parameter ranges: in rising order, apart from each other.
  static func singles(
    of ranges: [Range<Int>], read: @escaping () throws -> NamedText?
  ) -> () throws -> TextBatch? {
    var row = 0
    var place = 0
    return {
      while place < ranges.count, let named = try read() {
        defer { row += 1 }
        if row >= ranges[place].upperBound { place += 1 }
        guard place < ranges.count, ranges[place].contains(row) else { continue }
        return TextBatch(first: row, ids: [named.id], texts: [named.text])
      }
      return nil
    }
  }
}
