import PersonaRecords

/// Writes a short LaTeX formula in plain characters: `\frac{a}{b} \le x^{2}` becomes `a/b ≤ x^2`.
enum FormulaWriter {
  static let shortest = 5
  static let longest = 30

  /// nil for what is too long or too short to stand in a sentence, or has a command that is not known here.
  static func plain(_ formula: ArraySlice<UInt8>) -> String? {
    guard formula.count <= 140 else { return nil }
    var rest = formula
    guard var text = group(&rest, depth: 0), rest.isEmpty else { return nil }
    text = text.collapsingWhitespace().replacing(" ^", with: "^").replacing("( ", with: "(").replacing(" )", with: ")")
      .replacing(" ,", with: ",")
    while let last = text.last, ".,;: ".contains(last) { text.removeLast() }
    let count = text.unicodeScalars.count
    guard count >= shortest, count <= longest, isBalanced(text) else { return nil }
    // Something is done or said in it: a lone letter or a row of digits tells nothing.
    guard text.unicodeScalars.contains(where: { "=+·×/^√≤≥≡(|⌊⌈!".unicodeScalars.contains($0) }) else { return nil }
    // A point, as in (3,7), is said by its numbers.
    if text.hasPrefix("("), text.contains(","), !text.contains("=") { return nil }
    return text
  }

  private static func group(_ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
    guard depth < 6 else { return nil }
    var text = ""
    while let byte = rest.first {
      switch byte {
      case 0x7D: return depth > 0 ? text : nil
      case 0x7B:
        rest.removeFirst()
        guard let inner = closed(&rest, depth: depth) else { return nil }
        text += inner
      case 0x5E, 0x5F:
        rest.removeFirst()
        guard let inner = argument(&rest, depth: depth) else { return nil }
        if inner == "°" || byte == 0x5E && inner == "'" {
          text += inner
        } else {
          text += (byte == 0x5E ? "^" : "_") + bracketed(inner)
        }
      case 0x5C:
        rest.removeFirst()
        guard let written = command(&rest, depth: depth) else { return nil }
        text += written
      case 0x7E, 0x0A:
        rest.removeFirst()
        text += " "
      case 0x3C, 0x3E, 0x26, 0x22, 0x23, 0x24, 0x25, 0x60: return nil
      case 0x20...0x7E:
        rest.removeFirst()
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: return nil
      }
    }
    return depth == 0 ? text : nil
  }

  private static func closed(_ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
    guard let inner = group(&rest, depth: depth + 1), rest.first == 0x7D else { return nil }
    rest.removeFirst()
    return inner
  }

  /// What stands in braces, or one character or command.
  private static func argument(_ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
    while rest.first == 0x20 { rest.removeFirst() }
    guard let byte = rest.first else { return nil }
    rest.removeFirst()
    switch byte {
    case 0x7B: return closed(&rest, depth: depth)
    case 0x5C: return command(&rest, depth: depth)
    case 0x21...0x7E: return String(Unicode.Scalar(byte))
    default: return nil
    }
  }

  private static func command(_ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
    let letters = rest.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    guard !letters.isEmpty else {
      guard let byte = rest.first else { return nil }
      rest.removeFirst()
      switch byte {
      case 0x2C, 0x3B, 0x3A, 0x20: return " "
      case 0x21: return ""
      case 0x25: return "%"
      case 0x7B, 0x7D: return byte == 0x7B ? "{" : "}"
      case 0x24: return "$"
      default: return nil
      }
    }
    rest = rest.dropFirst(letters.count)
    let name = String(decoding: letters, as: UTF8.self)
    switch name {
    case "frac", "dfrac", "tfrac":
      guard let top = argument(&rest, depth: depth), let bottom = argument(&rest, depth: depth) else { return nil }
      return bracketed(top) + "/" + bracketed(bottom)
    case "sqrt":
      if rest.first == 0x5B { return nil }
      guard let inner = argument(&rest, depth: depth) else { return nil }
      return "√" + bracketed(inner)
    case "binom", "dbinom", "tbinom":
      guard let top = argument(&rest, depth: depth), let bottom = argument(&rest, depth: depth) else { return nil }
      return "C(\(top), \(bottom))"
    case "pmod":
      guard let inner = argument(&rest, depth: depth) else { return nil }
      return " (mod \(inner))"
    case "text", "mathrm", "mathbf", "textbf", "mathit", "operatorname", "overline", "vec", "boxed", "mbox", "mathbb":
      return argument(&rest, depth: depth)
    default: return signs[name]
    }
  }

  private static func bracketed(_ inner: String) -> String {
    inner.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      ? inner : "(\(inner))"
  }

  private static func isBalanced(_ text: String) -> Bool {
    var open: [Character] = []
    for character in text {
      switch character {
      case "(", "[", "{": open.append(character)
      case ")": if open.popLast() != "(" { return false }
      case "]": if open.popLast() != "[" { return false }
      case "}": if open.popLast() != "{" { return false }
      default: break
      }
    }
    return open.isEmpty
  }

  private static let signs: [String: String] = [
    "left": "", "right": "", "displaystyle": "", "quad": " ", "qquad": " ", "cdot": "·", "times": "×", "div": "÷",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "pm": "±", "equiv": "≡", "pi": "π",
    "theta": "θ", "alpha": "α", "beta": "β", "gamma": "γ", "phi": "φ", "omega": "ω", "lambda": "λ", "rho": "ρ",
    "ldots": "…", "dots": "…", "cdots": "…", "infty": "∞", "circ": "°", "sin": "sin ", "cos": "cos ", "tan": "tan ",
    "cot": "cot ", "sec": "sec ", "csc": "csc ", "log": "log ", "ln": "ln ", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "triangle": "△", "angle": "∠", "arcsin": "arcsin ", "arccos": "arccos ",
    "arctan": "arctan ", "cup": "∪", "cap": "∩", "gcd": "gcd", "star": "⋆", "mid": "|", "to": "→", "max": "max ",
    "min": "min ", "prime": "'", "parallel": "∥", "in": "∈", "big": "", "Big": "", "bigl": "", "bigr": "",
  ]
}
