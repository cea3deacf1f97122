/// Writes elements of HTML or SVG that are always closed and always escaped.
///
/// The result is well-formed XML as well as HTML, so that a plain XML parser can check it:
/// ```swift
/// var page = Markup()
/// page.element("p", ["class": "note"]) { page in page.text("5 < 6") }
/// page.xml  // <p class="note">5 &lt; 6</p>
/// ```
package struct Markup: Sendable {
  /// Attributes in the order in which they are written.
  package typealias Attributes = KeyValuePairs<String, String>

  /// What was written so far.
  package private(set) var xml = ""

  package init() {}

  /// An element with content. It gets a closing tag even when empty: HTML does not know `<div/>`.
  package mutating func element(
    _ name: String, _ attributes: Attributes = [:], content: (inout Markup) -> Void
  ) {
    open(name, attributes)
    xml += ">"
    content(&self)
    xml += "</\(name)>"
  }

  /// An element that holds only text.
  package mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// An element that never has content: HTML's void elements (`meta`, `br`) and SVG's shapes.
  package mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
    open(name, attributes)
    xml += "/>"
  }

  /// Text of any origin, escaped.
  package mutating func text(_ text: String) { xml += text.escapedForMarkup() }

  /// Markup of our own making, as it is. Never for text that came from elsewhere.
  package mutating func raw(_ markup: String) { xml += markup }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    xml += "<\(name)"
    for (key, value) in attributes {
      xml += " \(key)=\"\(value.escapedForMarkup())\""
    }
  }
}

extension String {
  /// The text as character data or as an attribute's value, in XML and in HTML.
  ///
  /// What XML has no way to write is made visible instead of lost: control characters become their pictures
  /// (NUL becomes `␀`), carriage returns become line feeds, and noncharacters become U+FFFD.
  package func escapedForMarkup() -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x26: result.append(contentsOf: "&amp;".unicodeScalars)
      case 0x3C: result.append(contentsOf: "&lt;".unicodeScalars)
      case 0x3E: result.append(contentsOf: "&gt;".unicodeScalars)
      case 0x22: result.append(contentsOf: "&quot;".unicodeScalars)
      case 0x27: result.append(contentsOf: "&#39;".unicodeScalars)
      case 0x09, 0x0A: result.append(scalar)
      case 0x0D: result.append("\n")
      case 0x00..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case 0x80..<0xA0, 0xFDD0...0xFDEF: result.append("\u{FFFD}")
      // The last two code points of every plane are noncharacters.
      case let value where value & 0xFFFE == 0xFFFE: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
