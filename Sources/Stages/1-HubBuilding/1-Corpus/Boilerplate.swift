/// Knows the lines that stand on every page and say nothing of it.
struct Boilerplate {
  /// Phrases in lower case; a line of up to `maximumLineBytes` that holds one is boilerplate.
  ///
  /// Chosen so that a sentence about cookies, copyright or newsletters in a running text does not hold one: each is what
  /// a page says to its visitor.
  static let phrases = [
    "all rights reserved", "todos los derechos reservados", "tous droits réservés", "alle rechte vorbehalten",
    "tutti i diritti riservati", "todos os direitos reservados", "все права защищены", "wszelkie prawa zastrzeżone",
    "版权所有", "保留所有权利", "無断転載を禁じ", "accept cookies", "accept all cookies", "cookie policy",
    "cookie settings", "cookie preferences", "this site uses cookies", "this website uses cookies", "we use cookies",
    "our use of cookies", "utiliza cookies", "utilise des cookies", "verwendet cookies", "utilizza i cookie",
    "використовує файли cookie", "использует файлы cookie", "skip to content", "skip to main content",
    "skip to navigation", "jump to navigation", "share on facebook", "share on twitter", "tweet this", "share this:",
    "click to share on", "email this blogthis", "subscribe to our newsletter", "sign up for our newsletter",
    "enable javascript", "please enable cookies", "powered by wordpress", "proudly powered by", "powered by vbulletin",
    "leave a reply cancel", "your email address will not be published", "required fields are marked",
    "terms of service | privacy", "privacy policy | terms", "terms of use | privacy", "notify me of follow-up comments",
    "this site is protected by recaptcha", "back to top", "you must be logged in to", "log in or sign up",
    "view this post on instagram", "continue reading →", "filed under:", "posted in uncategorized",
  ]
  static let maximumLineBytes = 240

  /// For every hash of four bytes, the phrases that begin with them; most lines meet no such four bytes.
  private let starts: [[UInt8]]
  private let patterns: [[UInt8]]

  static let shared = Boilerplate()

  private init() {
    patterns = Self.phrases.map { Array($0.utf8) }
    var starts = [[UInt8]](repeating: [], count: 4096)
    for (number, pattern) in patterns.enumerated() {
      let word = pattern.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      starts[Self.hash(word)].append(UInt8(number))
    }
    self.starts = starts
  }

  private static func hash(_ word: UInt32) -> Int { Int((word &* 0x9E37_79B1) >> 20) }

  /// Whether a line, trimmed, says nothing of its page.
  func matches(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count >= 4, line.count <= Self.maximumLineBytes else { return false }
    if isCopyright(line) { return true }
    var word: UInt32 = 0
    for place in line.indices {
      let byte = line[place]
      word = word >> 8 | UInt32(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) << 24
      guard place >= line.startIndex + 3 else { continue }
      for number in starts[Self.hash(word)] where Self.begins(line[(place - 3)...], with: patterns[Int(number)]) {
        return true
      }
    }
    return false
  }

  private static func begins(_ line: ArraySlice<UInt8>, with pattern: [UInt8]) -> Bool {
    line.count >= pattern.count
      && zip(line, pattern).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
  }

  /// `© 2019 Somebody` and `Copyright 2019 …`, when that is about all the line says.
  private func isCopyright(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count < 100, let first = line.first, first == 0xC2 || first | 0x20 == UInt8(ascii: "c") || first == 0x28
    else { return false }
    return Self.copyrights.contains { Self.begins(line, with: $0) }
  }

  private static let copyrights = ["©", "copyright ©", "copyright (c)", "(c) 20", "copyright 20"].map { Array($0.utf8) }

  /// Whether a line could be one entry of a menu: up to three words and 24 letters of any script, no sentence.
  ///
  /// Numbers speak against it (a list of ingredients is no menu), but for those that stick to the first letter, as in
  /// tables of contents that lost their layout (`3.1History`).
  func isMenuEntry(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 72 else { return false }
    let line = line.drop { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    guard let first = line.first, first >= 0x80 || (0x61...0x7A).contains(first | 0x20) else { return false }
    guard line.count(where: { $0 & 0xC0 != 0x80 }) <= 24 else { return false }
    var spaces = 0
    var before: UInt8 = 0
    for byte in line {
      defer { before = byte }
      switch byte {
      // The marks of sentences beyond ASCII: general punctuation, CJK's, and the full-width forms.
      case 0x80...0xBF:
        if (before == 0xE2 && byte <= 0x81) || (before == 0xE3 && byte == 0x80) || (before == 0xEF && byte >= 0xBC) {
          return false
        }
      case 0xC0...0xFF: continue
      case 0x20: spaces += 1
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "&"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "'"):
        continue
      default: return false
      }
    }
    return spaces <= 2
  }
}
