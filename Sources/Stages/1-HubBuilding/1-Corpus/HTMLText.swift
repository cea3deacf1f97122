/// Turns a page into lines of text: scripts, hidden parts and furniture dropped, block elements as line breaks.
struct HTMLText {
  /// Never text for readers.
  private static let silent: Set<String> = [
    "script", "style", "template", "svg", "math", "iframe", "object", "canvas", "video", "audio", "noscript", "head",
    "select", "datalist", "textarea", "button", "noframes", "noembed", "map",
  ]
  /// What stands around the text of a page.
  private static let furniture: Set<String> = ["nav", "header", "footer", "aside", "dialog", "menu"]
  private static let furnitureRoles: Set<String> = [
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu", "menubar",
  ]
  /// Words in `class` and `id` that tell of furniture, as whole words between white space.
  private static let furnitureClasses: Set<String> = [
    "breadcrumb", "breadcrumbs", "cookie-banner", "cookie-notice", "cookie-consent", "footer", "menu", "nav", "navbar",
    "navigation", "navbox", "sidebar", "share", "share-buttons", "sharing", "social", "social-share", "site-footer",
    "site-header", "skip-link", "mw-editsection", "mw-jump-link", "reference", "references", "toc", "catlinks",
    "printfooter", "noprint", "related-posts", "comment-form", "comment-respond", "post-navigation", "pagination",
    "screen-reader-text", "sr-only", "visually-hidden", "vector-toc", "mw-portlet", "pagetop", "newsletter",
  ]
  /// Elements that never have a closing tag.
  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ]
  /// Elements whose closing tag may be left out: the next of the same name ends them.
  private static let selfClosing: Set<String> = ["p", "li", "dt", "dd", "tr", "td", "th", "option"]
  private static let paragraphs: Set<String> = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "article", "section",
    "figure", "hr", "main", "details", "fieldset", "address",
  ]
  private static let lines: Set<String> = [
    "div", "li", "dt", "dd", "tr", "br", "caption", "figcaption", "summary", "header", "footer", "nav", "aside", "form",
    "center", "legend", "title", "body", "html", "tbody", "thead",
  ]

  private struct Line {
    var text: [UInt8] = []
    var linkBytes = 0
    var startsParagraph = false
  }

  private let html: [UInt8]
  private let dropsFurniture: Bool
  private var finished: [Line] = []
  private var line = Line()
  private var linkDepth = 0
  private var preDepth = 0
  private var articleDepth = 0

  init(_ html: [UInt8], dropsFurniture: Bool) {
    self.html = html
    self.dropsFurniture = dropsFurniture
  }

  /// The readable text, lines ended by LF, paragraphs by an empty line.
  func text() -> String {
    var walk = self
    return walk.run()
  }

  private mutating func run() -> String {
    var tokens = HTMLTokens(html)
    while let token = tokens.next() {
      switch token {
      case .text(let bytes): append(bytes)
      case .open(let tag):
        if HTMLTokens.rawElements.contains(tag.name) {
          tokens.skipRawElement(tag.name)
        } else if isDropped(tag) {
          if !Self.void.contains(tag.name) { Self.skipElement(tag.name, &tokens) }
          if Self.paragraphs.contains(tag.name) || Self.lines.contains(tag.name) { breakLine(paragraph: false) }
        } else {
          open(tag.name)
        }
      case .close(let name): close(name)
      }
    }
    breakLine(paragraph: false)
    return joined()
  }

  /// Passes over everything up to the closing tag of an element, nested ones of the same name included.
  private static func skipElement(_ name: String, _ tokens: inout HTMLTokens) {
    var depth = 1
    while depth > 0, let token = tokens.next() {
      switch token {
      case .text: continue
      case .open(let tag):
        if HTMLTokens.rawElements.contains(tag.name) {
          tokens.skipRawElement(tag.name)
        } else if tag.name == name && !selfClosing.contains(name) {
          depth += 1
        } else if name == "head" && tag.name == "body" {
          return
        }
      case .close(let closed):
        if closed == name { depth -= 1 }
        // What holds an unclosed part ends it as well.
        if closed == "body" || closed == "html" { return }
      }
    }
  }

  private func isDropped(_ tag: HTMLTag) -> Bool {
    if Self.silent.contains(tag.name) { return true }
    if tag.name == "body" || tag.name == "html" || tag.name == "main" { return false }
    if !tag.attributes.isEmpty && Self.isHidden(tag) { return true }
    guard dropsFurniture else { return false }
    if Self.furniture.contains(tag.name) {
      // The header of an article holds its title.
      return !(tag.name == "header" && articleDepth > 0)
    }
    guard !tag.attributes.isEmpty, tag.name != "article" else { return false }
    if let role = tag.attribute("role"), Self.furnitureRoles.contains(role) { return true }
    for key in ["class", "id"] {
      guard let words = tag.attribute(key) else { continue }
      if words.split(whereSeparator: \.isWhitespace).contains(where: { Self.furnitureClasses.contains(String($0)) }) {
        return true
      }
    }
    return false
  }

  private static func isHidden(_ tag: HTMLTag) -> Bool {
    if let hidden = tag.attribute("hidden"), hidden != "false" { return true }
    if tag.attribute("aria-hidden") == "true" { return true }
    guard let style = tag.attribute("style") else { return false }
    let plain = style.filter { !$0.isWhitespace }
    return plain.contains("display:none") || plain.contains("visibility:hidden")
  }

  private mutating func open(_ name: String) {
    switch name {
    case "a": linkDepth += 1
    case "pre": preDepth += 1
    case "article", "main": articleDepth += 1
    case "td", "th": append([0x20])
    default: break
    }
    if Self.paragraphs.contains(name) {
      breakLine(paragraph: true)
    } else if Self.lines.contains(name) {
      breakLine(paragraph: false)
    }
  }

  private mutating func close(_ name: String) {
    switch name {
    case "a": linkDepth = max(0, linkDepth - 1)
    case "pre": preDepth = max(0, preDepth - 1)
    case "article", "main": articleDepth = max(0, articleDepth - 1)
    default: break
    }
    if Self.paragraphs.contains(name) {
      // A link that was never closed must not make the rest of the page look like a menu.
      linkDepth = 0
      breakLine(paragraph: true)
    } else if Self.lines.contains(name) {
      breakLine(paragraph: false)
    }
  }

  private mutating func breakLine(paragraph: Bool) {
    while let last = line.text.last, last == 0x20 { line.text.removeLast() }
    if line.text.isEmpty {
      line.startsParagraph = line.startsParagraph || paragraph
      line.linkBytes = 0
      return
    }
    finished.append(line)
    line = Line()
    line.startsParagraph = paragraph
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    var place = bytes.startIndex
    let before = line.text.count
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == UInt8(ascii: "&"), let found = HTMLEntities.reference(in: bytes, at: place) {
        place += found.length
        appendScalar(found.scalar)
        continue
      }
      if byte > 0x20 {
        // A word at a time; an `&` that begins no reference is text.
        let end = bytes[(place + 1)...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: "&") } ?? bytes.endIndex
        line.text.append(contentsOf: bytes[place..<end])
        place = end
        continue
      }
      place += 1
      if preDepth > 0 && byte == 0x0A {
        if linkDepth > 0 { line.linkBytes += max(0, line.text.count - before) }
        breakLine(paragraph: false)
      } else if let last = line.text.last, last != 0x20 {
        line.text.append(0x20)
      }
    }
    if linkDepth > 0 && line.text.count > before { line.linkBytes += line.text.count - before }
  }

  private mutating func appendScalar(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0...0x20, 0xA0: if let last = line.text.last, last != 0x20 { line.text.append(0x20) }
    case 0xAD, 0x200B, 0xFEFF: break
    default: line.text.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
    }
  }

  /// Lists of links (three lines or more that are mostly link) are menus, and are left out with the furniture.
  private func joined() -> String {
    var isLink = finished.map { $0.linkBytes * 5 >= $0.text.count * 3 && $0.text.count < 200 }
    var start = 0
    while start < isLink.count {
      guard isLink[start] else {
        start += 1
        continue
      }
      let end = isLink[start...].firstIndex(of: false) ?? isLink.count
      if end - start < 3 { for place in start..<end { isLink[place] = false } }
      start = end
    }
    var result: [UInt8] = []
    for (place, line) in finished.enumerated() where !(dropsFurniture && isLink[place]) {
      if !result.isEmpty { result += line.startsParagraph ? [0x0A, 0x0A] : [0x0A] }
      result += line.text
    }
    return String(decoding: result, as: UTF8.self)
  }
}
