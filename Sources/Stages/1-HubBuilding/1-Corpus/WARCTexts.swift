import PersonaRecords
import ShardFiles

/// The texts of a WARC file (pages as they were fetched) or a WET file (their plain text).
///
/// Read are `response` and `resource` records of HTML or plain text, and `conversion` records. Requests, redirects, images
/// and the like are passed over. A record whose stated length is wrong is set aside, and reading goes on at the next
/// record header. The row is the byte offset of the record in the unpacked stream.
final class WARCTexts: RawTextReader {
  private let stream: ByteStream
  private let file: String
  private let limit: Int
  /// A header is a few hundred bytes; beyond this it is none.
  private static let maximumHeaderBytes = 1 << 20

  init(_ stream: ByteStream, file: String, settings: CorpusSettings) {
    self.stream = stream
    self.file = file
    self.limit = settings.maximumRecordBytes
  }

  func next() throws(Problem) -> RawEvent? {
    guard try skipLineEnds() else { return nil }
    let offset = stream.offset
    guard try stream.peek(5).elementsEqual("WARC/".utf8) else {
      try resynchronise(from: 0)
      return reject(
        offset, "no record header stands here", "the file may be damaged; reading went on at the next header")
    }
    guard let headerLength = try headerLength() else {
      try resynchronise(from: 5)
      return reject(offset, "the record header does not end", "the file may be damaged")
    }
    let header = HeaderFields(stream.available.prefix(headerLength))
    guard let length = header["content-length"].flatMap({ Int($0) }), length >= 0 else {
      try resynchronise(from: headerLength)
      return reject(offset, "the record does not state its length", "reading went on at the next record header")
    }
    guard length <= limit else {
      try resynchronise(from: headerLength)
      return reject(
        offset, "this record states \(length) bytes, and at most \(limit) are read", "raise the limit for one record")
    }
    guard try isFollowedByRecord(headerLength + length) else {
      try resynchronise(from: headerLength)
      return reject(
        offset, "the stated length of \(length) bytes is wrong: no record header follows there",
        "reading went on at the next record header")
    }
    let body = stream.available.dropFirst(headerLength).prefix(length)
    let event = read(body, header, offset: offset)
    stream.consume(headerLength + length)
    return event
  }

  private func reject(_ offset: Int, _ reason: String, _ advice: String = "") -> RawEvent {
    .rejected(CorpusRejection(file: file, byteOffset: offset, reason: reason, advice: advice))
  }

  /// Passes over the line ends between records; false at the end of the file.
  private func skipLineEnds() throws(Problem) -> Bool {
    while true {
      stream.consume(stream.available.prefix { $0 == 0x0D || $0 == 0x0A }.count)
      if stream.availableCount > 0 { return true }
      guard try stream.fill() else { return false }
    }
  }

  /// Length of the header with the empty line that ends it.
  private func headerLength() throws(Problem) -> Int? {
    var place = 0
    while place < Self.maximumHeaderBytes {
      guard let end = stream.position(of: 0x0A, from: place) else {
        guard try stream.fill() else { return nil }
        continue
      }
      let line = stream.available.dropFirst(place).prefix(end - place)
      if line.isEmpty || line.elementsEqual([0x0D]) { return end + 1 }
      place = end + 1
    }
    return nil
  }

  /// Whether the file ends `length` bytes on, or line ends and the next record header follow there.
  private func isFollowedByRecord(_ length: Int) throws(Problem) -> Bool {
    let bytes = try stream.peek(length + 16)
    guard bytes.count >= length else { return false }
    let rest = bytes.dropFirst(length)
    let next = rest.drop { $0 == 0x0D || $0 == 0x0A }
    return next.isEmpty || (next.starts(with: "WARC/".utf8) && next.startIndex > rest.startIndex)
  }

  /// Passes over everything up to the next line that begins a record.
  private func resynchronise(from start: Int) throws(Problem) {
    let mark = Array("\nWARC/1.".utf8)
    stream.consume(min(start, stream.availableCount))
    while true {
      let bytes = stream.available
      if let place = ByteSearch.first(mark, in: bytes) {
        stream.consume(place + 1 - bytes.startIndex)
        return
      }
      // The mark may be cut in two by the window's edge.
      stream.consume(max(0, stream.availableCount - mark.count + 1))
      guard try stream.fill() else {
        stream.consume(stream.availableCount)
        return
      }
    }
  }

  private func read(_ body: ArraySlice<UInt8>, _ header: HeaderFields, offset: Int) -> RawEvent {
    let isTruncated = header["warc-truncated"] != nil
    switch header["warc-type"]?.lowercased() {
    case "response":
      guard let message = HTTPResponse(body) else { return .other }
      // Error pages and redirects are written by servers, not by people.
      guard message.status == 200, message.isText else { return .other }
      switch message.unpackedBody(file: file, isTruncated: isTruncated) {
      case .failure(let refusal): return reject(offset, refusal.reason)
      case .success(let page):
        return text(page, type: message.contentType, isTruncated: isTruncated, offset: offset)
      }
    case "resource", "conversion":
      // Crawlers keep their own log as a resource under this scheme.
      if header["warc-target-uri"]?.drop(while: { $0 == "<" }).hasPrefix("metadata:") == true { return .other }
      let type = ContentType(header["content-type"] ?? "")
      guard type.isHTML || type.isPlain else { return .other }
      return text(body, type: type, isTruncated: isTruncated, offset: offset)
    default: return .other
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>, type: ContentType, isTruncated: Bool, offset: Int) -> RawEvent {
    switch WebPage.text(of: bytes, statedCharset: type.charset, isHTML: type.isHTML, isTruncated: isTruncated) {
    case .success(let text): .text(RawText(text: text, row: offset))
    case .failure(let refusal): reject(offset, refusal.reason)
    }
  }
}

/// Why a page could not be turned into text.
struct Refusal: Error, Equatable {
  let reason: String
}
