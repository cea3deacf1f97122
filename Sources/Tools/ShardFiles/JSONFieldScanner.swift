package import PersonaRecords

/// What stands at one key of a JSON object.
package enum JSONField: Sendable, Equatable {
  case absent
  case string(String)
  /// A number as it is spelled: ids are often numbers.
  case number(String)
  /// Something else, in the words of `JSONValue.kindName`.
  case other(kindName: String)

  package var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }
}

/// Takes a few top-level keys out of a line of JSON without building the rest of it.
///
/// Accepts and refuses exactly the lines that `JSONValue(utf8:)` does and finds the same values (the last of a repeated
/// key); tests compare the two. Where a line is refused, the reference says why and at which byte.
package struct JSONFieldScanner: Sendable {
  private let keys: [[UInt8]]

  /// - Parameter keys: the keys wanted, all different.
  package init(keys: [String]) {
    self.keys = keys.map { Array($0.utf8) }
  }

  /// What stands at each of the keys, in their order; nil when the line holds JSON that is no object.
  /// - Throws: `JSONSyntaxError` of the reference parser.
  /// - Complexity: O(length of the line); allocates only the strings asked for.
  package func fields(in line: ArraySlice<UInt8>) throws(JSONSyntaxError) -> [JSONField]? {
    let outcome = unsafe line.withUnsafeBytes { bytes in
      var scan = unsafe ObjectScan(bytes: bytes)
      return scan.run(keys: keys)
    }
    switch outcome {
    case .fields(let fields): return fields
    case .noObject:
      _ = try JSONValue(utf8: line)
      return nil
    case .broken:
      // The reference parser finds the reason; should it find none, its answer is the one that counts.
      let value = try JSONValue(utf8: line)
      guard case .object = value else { return nil }
      return keys.map { JSONField(value[String(decoding: $0, as: UTF8.self)]) }
    }
  }
}

/// What stands at one key of a line, as a place in the line: nothing is copied out of it.
package enum JSONPlace: Sendable, Equatable {
  case absent
  /// Between the quotes, counted from the line's first byte. With escapes the bytes are not yet the text.
  case string(Range<Int>, hasEscapes: Bool)
  case number(Range<Int>)
  /// An object, an array, a truth value or null.
  case other
}

extension JSONFieldScanner {
  /// As `fields(in:)`, without making a string: for loops that have a microsecond for a row.
  ///
  /// - Parameter places: one for each key, overwritten.
  /// - Returns: false when the line holds JSON that is no object.
  /// - Throws: `JSONSyntaxError` of the reference parser.
  package func places(in line: ArraySlice<UInt8>, into places: inout [JSONPlace]) throws(JSONSyntaxError) -> Bool {
    if places.count != keys.count { places = [JSONPlace](repeating: .absent, count: keys.count) }
    for number in places.indices { places[number] = .absent }
    let outcome = unsafe line.withUnsafeBytes { bytes in
      var scan = unsafe ObjectScan(bytes: bytes)
      return scan.findPlaces(keys: keys, into: &places)
    }
    switch outcome {
    case true?: return true
    case false?, nil:
      // The reference parser has the last word on a line that is refused.
      let value = try JSONValue(utf8: line)
      guard case .object = value, outcome == nil else { return false }
      throw JSONSyntaxError(byteOffset: 0, reason: "this line is not understood")
    }
  }

  /// Calls `body` with the text at a place that `places(in:into:)` found, in UTF-8.
  /// - Parameter room: a buffer used again for texts with escapes.
  package func withText(
    _ range: Range<Int>, hasEscapes: Bool, in line: ArraySlice<UInt8>, room: inout [UInt8],
    _ body: (Span<UInt8>) -> Void
  ) {
    let start = line.startIndex + range.lowerBound
    guard hasEscapes else {
      body(line[start..<start + range.count].span)
      return
    }
    if room.count < range.count { room = [UInt8](repeating: 0, count: range.count * 2) }
    let count = unsafe line.withUnsafeBytes { bytes in
      unsafe room.withUnsafeMutableBytes { room in
        // Safe: the range lies inside the line, and no escape grows.
        unsafe JSONEscapes.unescape(UnsafeRawBufferPointer(rebasing: bytes[range]), into: room) ?? 0
      }
    }
    body(room.span.extracting(first: count))
  }
}

extension JSONField {
  /// The same as the fast path finds, from the whole value.
  package init(_ value: JSONValue?) {
    switch value {
    case nil: self = .absent
    case .string(let text): self = .string(text)
    case .number(let spelling): self = .number(spelling)
    case .some(let other): self = .other(kindName: other.kindName)
    }
  }
}
