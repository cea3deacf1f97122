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
      starts[Self.hash(pattern[0], pattern[1], pattern[2], pattern[3])].append(UInt8(number))
    }
    self.starts = starts
  }

  private static func hash(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Int {
    let word = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16 | UInt32(d) << 24
    return Int((word &* 0x9E37_79B1) >> 20)
  }

  /// Whether a line, trimmed, says nothing of its page.
  func matches(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count >= 4, line.count <= Self.maximumLineBytes else { return false }
    var letters = [UInt8](repeating: 0, count: line.count)
    for (place, byte) in line.enumerated() {
      letters[place] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
    if isCopyright(letters) { return true }
    for place in 0...(letters.count - 4) {
      let slot = Self.hash(letters[place], letters[place + 1], letters[place + 2], letters[place + 3])
      for number in starts[slot] where letters[place...].starts(with: patterns[Int(number)]) { return true }
    }
    return false
  }

  /// `© 2019 Somebody` and `Copyright 2019 …`, when that is about all the line says.
  private func isCopyright(_ letters: [UInt8]) -> Bool {
    guard letters.count < 100 else { return false }
    return letters.starts(with: "©".utf8) || letters.starts(with: "copyright ©".utf8)
      || letters.starts(with: "copyright (c)".utf8) || letters.starts(with: "(c) 20".utf8)
      || letters.starts(with: "copyright 20".utf8)
  }

  /// Whether a line could be one entry of a menu: up to three words and 24 letters, no sentence, no number.
  func isMenuEntry(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 24, let first = line.first, (0x61...0x7A).contains(first | 0x20) else { return false }
    var spaces = 0
    for byte in line {
      switch byte {
      case 0x20: spaces += 1
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "&"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "'"):
        continue
      default: return false
      }
    }
    return spaces <= 2
  }
}
