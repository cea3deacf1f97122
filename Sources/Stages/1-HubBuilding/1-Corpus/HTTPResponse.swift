import PersonaRecords
import ShardFiles

/// `Name: value` lines; names in any case.
struct HeaderFields {
  private var values: [String: String] = [:]

  init(_ bytes: some Collection<UInt8>) {
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: line[line.index(after: colon)...], as: UTF8.self).collapsingWhitespace()
      // Servers that repeat a field mean the first.
      if values[name] == nil { values[name] = value }
    }
  }

  subscript(name: String) -> String? { values[name] }
}

/// A media type and its character set.
struct ContentType: Equatable {
  let type: String
  let charset: String

  init(_ field: String) {
    let parts = field.lowercased().split(separator: ";").map { String($0).collapsingWhitespace() }
    type = parts.first ?? ""
    let stated = parts.first { $0.hasPrefix("charset=") }?.dropFirst("charset=".count) ?? ""
    charset = stated.filter { $0 != "\"" && $0 != "'" }
  }

  var isHTML: Bool { type == "text/html" || type == "application/xhtml+xml" }
  var isPlain: Bool { type == "text/plain" }
}

/// An HTTP response as a WARC record holds it.
struct HTTPResponse {
  let status: Int
  let fields: HeaderFields
  let contentType: ContentType
  private let body: ArraySlice<UInt8>

  /// nil when the bytes do not begin as a response does.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.starts(with: "HTTP/".utf8) else { return nil }
    let lineEnd = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    let words = bytes[..<lineEnd].split(separator: 0x20)
    guard words.count > 1, let status = Int(String(decoding: words[1], as: UTF8.self).collapsingWhitespace()) else {
      return nil
    }
    self.status = status
    var headerEnd = bytes.endIndex
    for mark in [Array("\r\n\r\n".utf8), Array("\n\n".utf8)] {
      if let place = ByteSearch.first(mark, in: bytes) { headerEnd = min(headerEnd, place + mark.count) }
    }
    fields = HeaderFields(bytes[min(lineEnd, headerEnd)..<headerEnd])
    contentType = ContentType(fields["content-type"] ?? "")
    body = bytes[headerEnd...]
  }

  /// Whether this is a page for readers; a body without a type counts when it begins as HTML.
  var isText: Bool {
    if contentType.isHTML || contentType.isPlain { return true }
    return contentType.type.isEmpty && body.prefix(256).contains(UInt8(ascii: "<"))
  }

  /// The body without its transfer and content encodings.
  ///
  /// Crawlers often store the body unpacked and leave the fields that speak of packing: what the bytes are decides.
  func unpackedBody(file: String, isTruncated: Bool) -> Result<ArraySlice<UInt8>, Refusal> {
    var bytes = body
    if fields["transfer-encoding"]?.lowercased().contains("chunked") == true, let joined = Self.joiningChunks(bytes) {
      bytes = joined[...]
    }
    switch fields["content-encoding"]?.lowercased() {
    case "gzip", "x-gzip", "deflate", "zstd": return Self.unpack(bytes, isTruncated: isTruncated)
    case "br", "compress":
      // Both have no mark of their own; text that is not packed at all is told by being text.
      if String(validating: bytes.dropLast(TextEncoding.incompleteTail(bytes)), as: UTF8.self) != nil {
        return .success(bytes)
      }
      return .failure(
        Refusal(reason: "the page is packed with \(fields["content-encoding"] ?? ""), which is not read here"))
    default: return .success(bytes)
    }
  }

  private static func unpack(_ bytes: ArraySlice<UInt8>, isTruncated: Bool) -> Result<ArraySlice<UInt8>, Refusal> {
    let isZlib =
      bytes.count > 2 && bytes[bytes.startIndex] & 0x0F == 8
      && {
        (UInt16(bytes[bytes.startIndex]) << 8 | UInt16(bytes[bytes.startIndex + 1])) % 31 == 0
      }()
    var unpacked: [UInt8] = []
    do throws(Problem) {
      let source = MemorySource(bytes)
      let stream =
        isZlib
        ? try ByteStream(try GzipSource(source, name: "page"), name: "page") : try ByteStream(source, name: "page")
      if !isZlib && stream.packing == .plain { return .success(bytes) }
      while try stream.fill() {
        unpacked += stream.available
        stream.consume(stream.availableCount)
        // A small body can unpack to anything: 64 MB is more text than a page has.
        if unpacked.count > 64 << 20 { return .failure(Refusal(reason: "the page unpacks to more than 64 MB")) }
      }
    } catch {
      if unpacked.isEmpty || !isTruncated { return .failure(Refusal(reason: "the page's body: \(error.what)")) }
    }
    return .success(unpacked[...])
  }

  /// The body without its chunk sizes; nil when it does not begin with one. A torn end gives what there is.
  private static func joiningChunks(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = bytes
    while true {
      guard let lineEnd = rest.firstIndex(of: 0x0A) else { return result.isEmpty ? nil : result }
      let digits = rest[..<lineEnd].prefix { $0 != UInt8(ascii: ";") && $0 != 0x0D && $0 != 0x20 }
      guard digits.count <= 8, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
        return result.isEmpty ? nil : result
      }
      if size == 0 { return result }
      rest = rest[(lineEnd + 1)...]
      result += rest.prefix(size)
      rest = rest.dropFirst(size)
      rest = rest.drop { $0 == 0x0D }
      rest = rest.first == 0x0A ? rest.dropFirst() : rest
      if rest.isEmpty { return result }
    }
  }
}
