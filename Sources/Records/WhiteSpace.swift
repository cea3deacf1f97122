extension StringProtocol {
  /// The text without the white space at its ends. (Foundation's own way goes through UTF-16, at ten times the cost.)
  public func trimmingWhitespace() -> String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(String.UnicodeScalarView(start[...last]))
  }
}
