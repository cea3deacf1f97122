import Foundation
import PersonaRecords
import ShardFiles

/// The forms in which corpora come.
package enum CorpusFormat: String, Sendable, CaseIterable {
  case jsonLines, json, csv, tsv, semicolons, warc, parquet, html, markdown, plainText

  /// Knows a format by the first unpacked bytes; the name decides only where they could be several.
  /// - Parameters:
  ///   - start: the first bytes, at least a few thousand where there are so many.
  ///   - name: the file's name.
  ///   - textKeys: the keys that would make a first line with separators a header.
  init(start: ArraySlice<UInt8>, name: String, textKeys: [String]) {
    if start.starts(with: "PAR1".utf8) {
      self = .parquet
      return
    }
    var text = start
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    text = text.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    if text.starts(with: "WARC/".utf8) {
      self = .warc
    } else if let json = Self.json(text) {
      self = json
    } else if let named = Self.byName(name, text) {
      self = named
    } else if Self.startsAsHTML(text) {
      self = .html
    } else if let table = Self.table(text, textKeys: textKeys) {
      self = table
    } else if text.starts(with: "---\n".utf8) || text.starts(with: "---\r\n".utf8) {
      self = .markdown
    } else {
      self = .plainText
    }
  }

  private static func json(_ text: ArraySlice<UInt8>) -> CorpusFormat? {
    guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    let next = text.dropFirst().first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    if first == UInt8(ascii: "[") {
      return next == UInt8(ascii: "{") || next == UInt8(ascii: "\"") || next == UInt8(ascii: "]") ? .json : nil
    }
    guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return nil }
    // Rows stand on one line each. An object that goes on over the line end is one that was printed for people.
    guard let end = text.firstIndex(of: 0x0A) else { return .jsonLines }
    let line = text[..<end].last == 0x0D ? text[..<(end - 1)] : text[..<end]
    switch line.last(where: { $0 != 0x20 && $0 != 0x09 }) {
    case UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: "["): return .json
    default: return .jsonLines
    }
  }

  /// What the name says, without the endings that tell of packing.
  private static func byName(_ name: String, _ text: ArraySlice<UInt8>) -> CorpusFormat? {
    var name = name.lowercased()
    for ending in [".gz", ".zst", ".zstd"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    switch name.split(separator: ".").last {
    case "jsonl", "ndjson", "json": return .jsonLines
    case "csv": return commonestSeparator(text) == UInt8(ascii: ";") ? .semicolons : .csv
    case "tsv", "tab": return .tsv
    case "md", "markdown": return .markdown
    case "htm", "html", "xhtml": return .html
    default: return nil
    }
  }

  private static func commonestSeparator(_ text: ArraySlice<UInt8>) -> UInt8 {
    let line = text.prefix { $0 != 0x0A }
    let counts = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].map { separator in
      (separator, line.count { $0 == separator })
    }
    return counts.max { $0.1 < $1.1 }?.0 ?? UInt8(ascii: ",")
  }

  /// A first line that holds a text key between separators is a header.
  private static func table(_ text: ArraySlice<UInt8>, textKeys: [String]) -> CorpusFormat? {
    let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count < 4096 else { return nil }
    let forms: [(UInt8, CorpusFormat)] = [(UInt8(ascii: ","), .csv), (0x09, .tsv), (UInt8(ascii: ";"), .semicolons)]
    for (separator, form) in forms {
      let names = line.split(separator: separator).map { String(decoding: $0, as: UTF8.self) }
      guard names.count > 1 else { continue }
      if names.contains(where: { textKeys.contains($0.trimmingCharacters(in: CharacterSet(charactersIn: " \""))) }) {
        return form
      }
    }
    return nil
  }

  private static func startsAsHTML(_ text: ArraySlice<UInt8>) -> Bool {
    let start = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }
}
