import PersonaRecords
import ShardFiles

/// The one text of a plain text, Markdown or HTML file.
final class PlainTexts: RawTextReader {
  private let stream: ByteStream
  private let file: String
  private let format: CorpusFormat
  private let limit: Int
  private var isFinished = false
  private var tear: Problem?

  init(_ stream: ByteStream, file: String, format: CorpusFormat, settings: CorpusSettings) {
    self.stream = stream
    self.file = file
    self.format = format
    self.limit = settings.maximumRecordBytes
  }

  func next() throws(Problem) -> RawEvent? {
    if let tear {
      self.tear = nil
      throw tear
    }
    if isFinished { return nil }
    isFinished = true
    do throws(Problem) {
      while try stream.fill() {
        guard stream.availableCount <= limit else {
          return .rejected(
            CorpusRejection(
              file: file, reason: "this text is over the limit of \(limit) bytes for one record",
              advice: "split the file, write it as JSON lines, or raise the limit"))
        }
      }
    } catch {
      tear = error
    }
    var bytes = stream.available
    if tear != nil { bytes = bytes.dropLast(TextEncoding.incompleteTail(bytes)) }
    if bytes.isEmpty {
      if let tear { throw tear }
      return nil
    }
    if format == .html {
      switch WebPage.text(of: bytes, statedCharset: "", isHTML: true, isTruncated: tear != nil) {
      case .success(let text): return .text(RawText(text: text, row: 1))
      case .failure(let refusal): return .rejected(CorpusRejection(file: file, row: 1, reason: refusal.reason))
      }
    }
    return decode(bytes)
  }

  private func decode(_ bytes: ArraySlice<UInt8>) -> RawEvent {
    let text: String
    if let sixteen = TextEncoding.utf16(bytes) {
      guard let decoded = TextEncoding.string(sixteen.rest, sixteen.charset) else {
        return .rejected(
          CorpusRejection(file: file, reason: "invalid UTF-16 in this text", advice: "write the file as UTF-8"))
      }
      text = decoded
    } else {
      let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
      if let place = rest.firstIndex(of: 0) {
        let offset = place - bytes.startIndex
        return .rejected(
          CorpusRejection(
            file: file, byteOffset: offset, reason: "NUL bytes in this text: it is no text, or damaged",
            advice: "leave the file out, or write it anew"))
      }
      guard let valid = String(validating: rest, as: UTF8.self) else {
        return .rejected(
          CorpusRejection(
            file: file, byteOffset: TextEncoding.firstInvalidByte(in: bytes), reason: "invalid UTF-8 in this text",
            advice: "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"))
      }
      text = valid
    }
    return .text(RawText(text: format == .markdown ? Self.withoutFrontMatter(text) : text, row: 1))
  }

  /// Drops the block of settings between `---` lines (or `+++` lines) at the top of a Markdown file.
  static func withoutFrontMatter(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let first = lines.first, first == "---" || first == "+++" else { return text }
    // A rule at the top of a text without front matter looks the same: settings are short.
    for (place, line) in lines.enumerated().dropFirst().prefix(200) where line == first || line == "..." {
      return lines[(place + 1)...].joined(separator: "\n")
    }
    return text
  }
}
