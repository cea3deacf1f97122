/// The fields of a form as browsers and client libraries upload it (RFC 7578).
package struct MultipartForm: Sendable {
  package struct Field: Sendable, Equatable {
    package let name: String
    /// `""` for a field that is no file.
    package let fileName: String
    package let bytes: [UInt8]
  }

  package let fields: [Field]

  /// - Returns: nil where the body is not a form with this content type's boundary.
  package init?(body: [UInt8], contentType: String) {
    guard let boundary = Self.boundary(in: contentType) else { return nil }
    let mark = Array("--\(boundary)".utf8)
    var fields: [Field] = []
    guard var place = Self.find(mark, in: body, from: 0) else { return nil }
    while true {
      place += mark.count
      // Two dashes behind a boundary end the form.
      if body[place...].starts(with: [0x2D, 0x2D]) { break }
      guard body[place...].starts(with: [0x0D, 0x0A]),
        let next = Self.find([0x0D, 0x0A] + mark, in: body, from: place)
      else { return nil }
      if let field = Self.field(body[(place + 2)..<max(next, place + 2)]) { fields.append(field) }
      place = next + 2
    }
    self.fields = fields
  }

  package subscript(name: String) -> Field? { fields.first { $0.name == name } }

  private static func boundary(in contentType: String) -> String? {
    guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
    return parameter("boundary", in: contentType)
  }

  private static func field(_ bytes: ArraySlice<UInt8>) -> Field? {
    let part = Array(bytes)
    guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], in: part, from: 0) else { return nil }
    for line in String(decoding: part[..<end], as: UTF8.self).split(separator: "\r\n") {
      guard line.lowercased().hasPrefix("content-disposition:") else { continue }
      guard let name = parameter("name", in: String(line)) else { return nil }
      return Field(
        name: name, fileName: parameter("filename", in: String(line)) ?? "", bytes: Array(part[(end + 4)...]))
    }
    return nil
  }

  /// The value of `; name=value`, with or without quotes.
  private static func parameter(_ name: String, in header: String) -> String? {
    for piece in header.split(separator: ";").dropFirst() {
      let halves = piece.split(separator: "=", maxSplits: 1)
      guard halves.count == 2, halves[0].trimmingPrefix(while: \.isWhitespace).lowercased() == name else { continue }
      var value = halves[1][...]
      while value.last?.isWhitespace == true { value.removeLast() }
      if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
      return value.isEmpty ? nil : String(value)
    }
    return nil
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, bytes.count >= needle.count else { return nil }
    var place = start
    let last = bytes.count - needle.count
    while place <= last {
      if bytes[place] == first, bytes[place..<(place + needle.count)].elementsEqual(needle) { return place }
      place += 1
    }
    return nil
  }
}
