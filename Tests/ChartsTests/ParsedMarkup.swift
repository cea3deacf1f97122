import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Elements of a piece of markup as Foundation's XML parser sees them; nil where it is not well-formed.
final class ParsedMarkup: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
  }

  private(set) var elements: [Element] = []
  private(set) var text = ""

  init?(_ markup: String) {
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func all(_ name: String, class kind: String = "") -> [Element] {
    elements.filter { element in
      element.name == name
        && (kind.isEmpty || (element.attributes["class"] ?? "").split(separator: " ").contains(Substring(kind)))
    }
  }

  /// An attribute of every such element as a number, with `%` left off.
  func numbers(_ attribute: String, of name: String, class kind: String) -> [Double] {
    all(name, class: kind).compactMap { element in
      element.attributes[attribute].flatMap { Double($0.filter { $0 != "%" }) }
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
    attributes attributeDict: [String: String]
  ) {
    elements.append(Element(name: elementName, attributes: attributeDict))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
