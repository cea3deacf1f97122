/// One passage of a text, with the place it came from.
///
/// The passages of one text share its `id` and are numbered from 0.
public struct Document: JSONLineRecord, Equatable {
  /// Where a text stands in the corpus.
  public struct Source: Sendable, Equatable {
    /// The file as the user named it, or its path inside the folder that was named; never an absolute path of our making.
    public var file: String
    /// Row (line, record) counted from 1; in WARC and WET files the byte offset of the record in the unpacked stream.
    public var row: Int

    public init(file: String, row: Int) {
      self.file = file
      self.row = row
    }
  }

  /// The input's own id, else `FILE:ROW`.
  public var id: String
  public var text: String
  public var source: Source
  public var passage: Int
  /// ISO 639 code as the input states it or as guessed from the text; `""` when unknown.
  public var language: String

  public init(id: String, text: String, source: Source, passage: Int = 0, language: String = "") {
    self.id = id
    self.text = text
    self.source = source
    self.passage = passage
    self.language = language
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id)
      line.member("text", text)
      line.key("source")
      line.object { line in
        line.member("file", source.file)
        line.member("row", source.row)
      }
      line.member("passage", passage)
      line.member("language", language)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    let source = json["source"] ?? .object([])
    self.init(
      id: try json.string("id"), text: try json.string("text"),
      source: Source(file: try source.string("file"), row: try source.int("row")),
      passage: try json.int("passage"), language: try json.string("language"))
  }
}
