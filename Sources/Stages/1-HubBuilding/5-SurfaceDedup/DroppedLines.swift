import PersonaRecords
import SimilarityKernels

/// Spells dropped rows with their verdicts, `{"verdict":…,"row":…}`: the bytes of `Verdict` as a record, put together from
/// pieces, for there may be millions of them.
struct DroppedLines {
  /// The line that was spelled last, with its end.
  private(set) var bytes: [UInt8] = []
  private let input: String
  /// The input's name as it stands in a JSON string.
  private let quotedInput: [UInt8]
  /// By common words << 32 | words of either: reason, similarity and all between.
  private var similarities: [UInt64: [UInt8]] = [:]

  init(input: String) {
    self.input = input
    quotedInput = Self.inside(input)
  }

  /// What stands between the quotes of a text in JSON.
  static func inside(_ text: String) -> [UInt8] {
    var line = JSONLine()
    line.value(text)
    return Array(line.bytes.dropFirst().dropLast())
  }

  /// A row's name as it stands in a JSON string: its own id, else `FILE:LINE`.
  enum Name {
    case id(ArraySlice<UInt8>)
    case line(Int)
  }

  /// Spells one line.
  /// - Parameters:
  ///   - row: the row as it stands in the input, without its end.
  mutating func spell(_ name: Name, _ decision: DuplicateDecision, representative: Name, row: Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    append("{\"verdict\":{\"id\":\"")
    append(name)
    append("\",\"stage\":\"surface-dedup\",\"keep\":false,\"reason\":\"")
    append(decision.intersection == decision.union ? "same-words" : "near-copy")
    append("\",\"representative\":\"")
    append(representative)
    append("\",\"similarity\":")
    let pair = UInt64(decision.intersection) << 32 | UInt64(decision.union)
    if similarities[pair] == nil {
      var line = JSONLine()
      line.value(decision.jaccard)
      similarities[pair] = line.bytes
    }
    bytes += similarities[pair] ?? []
    append("},\"row\":")
    // Safe: the span's own bytes, for the length of the call.
    unsafe row.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    append("}\n")
  }

  private mutating func append(_ text: StaticString) {
    // Safe: a static string's own bytes.
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ name: Name) {
    switch name {
    case .id(let id): bytes += id
    case .line(let number):
      bytes += quotedInput
      bytes.append(UInt8(ascii: ":"))
      var digits = number
      let start = bytes.count
      repeat {
        bytes.append(UInt8(ascii: "0") + UInt8(digits % 10))
        digits /= 10
      } while digits > 0
      bytes[start...].reverse()
    }
  }
}
