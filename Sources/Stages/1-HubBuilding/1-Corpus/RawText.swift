import PersonaRecords

/// One text as a file holds it, before it is cut.
struct RawText: Equatable {
  /// The input's own id; `""` when it has none.
  var id = ""
  var text: String
  /// As `Document.Source.row`.
  var row: Int
  /// As the input states it; `""` when it does not.
  var language = ""
}

enum RawEvent: Equatable {
  case text(RawText)
  case rejected(CorpusRejection)
  /// A record that is whole and holds no text for readers: an image, a redirect, a request.
  case other
}

/// Reads the texts of one file in one format, from front to back.
protocol RawTextReader: AnyObject {
  /// The next text; nil at the end.
  /// - Throws: `Problem` when the rest of the file cannot be read; the reader is at its end afterwards.
  func next() throws(Problem) -> RawEvent?
}
