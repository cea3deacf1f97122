import Foundation

/// What becomes of one Unicode scalar before words are cut into pieces, as BERT's reference tokenizer has it.
///
/// In this order: control and format characters, NUL and U+FFFD are dropped and white space becomes a space; Chinese
/// characters stand alone; canonical decomposition; non-spacing marks are dropped; lower case; punctuation stands alone.
/// The reference knows the categories of Unicode 8 and the decompositions of Unicode 9: what came later is a letter to
/// it, and so it is here. Seven scalars whose category changed since are named below. Checked against the reference for
/// every scalar of Unicode, one by one (`Benchmarks/embeddings/measure.py --scalars`).
struct ScalarForms: Sendable {
  /// What one scalar is to the cutter of words.
  enum Form: Equatable {
    /// Dropped before normalisation: nothing was there.
    case nothing
    case space
    /// Part of a word, as this scalar.
    case letter(UInt32)
    /// A word of its own, as this scalar.
    case alone(UInt32)
    /// Needs `parts`: several scalars, or a mark whose order matters.
    case parts
  }

  /// One scalar of a decomposition. Marks (`combiningClass` not 0) are put in canonical order among themselves.
  struct Part {
    let scalar: Unicode.Scalar
    let combiningClass: UInt8
    /// A non-spacing mark: dropped, after it has taken part in the order.
    let isStripped: Bool
  }

  static let shared = ScalarForms()

  // The two ranges that hold nearly all letters are looked up; Chinese and Hangul are known by rule.
  private static let low: Range<UInt32> = 0..<0x3400
  private static let high: Range<UInt32> = 0xF900..<0x1_0000
  private let lowCodes: [UInt32]
  private let highCodes: [UInt32]

  private init() {
    let code: (UInt32) -> UInt32 = { Unicode.Scalar($0).map { Self.code(Self.derive($0)) } ?? 0 }
    lowCodes = Self.low.map(code)
    highCodes = Self.high.map(code)
  }

  func form(_ value: UInt32) -> Form {
    if value < Self.low.upperBound { return Self.form(code: lowCodes[Int(value)]) }
    if (0x4E00...0x9FFF).contains(value) { return .alone(value) }
    if value >= Self.high.lowerBound, value < Self.high.upperBound {
      return Self.form(code: highCodes[Int(value - Self.high.lowerBound)])
    }
    return Unicode.Scalar(value).map(Self.derive) ?? .nothing
  }

  private static func code(_ form: Form) -> UInt32 {
    switch form {
    case .nothing: 0
    case .space: 1 << 24
    case .letter(let scalar): 2 << 24 | scalar
    case .alone(let scalar): 3 << 24 | scalar
    case .parts: 4 << 24
    }
  }

  private static func form(code: UInt32) -> Form {
    let scalar = code & 0xFF_FFFF
    switch code >> 24 {
    case 0: return .nothing
    case 1: return .space
    case 2: return .letter(scalar)
    case 3: return .alone(scalar)
    default: return .parts
    }
  }

  // MARK: - The rules

  private static func derive(_ scalar: Unicode.Scalar) -> Form {
    let value = scalar.value
    if isDropped(scalar) { return .nothing }
    if scalar.properties.isWhitespace { return .space }
    let parts = parts(scalar)
    guard parts.count == 1, let only = parts.first, only.combiningClass == 0, !only.isStripped else { return .parts }
    let lower = Array(only.scalar.properties.lowercaseMapping.unicodeScalars)
    guard lower.count == 1, let letter = lower.first else { return .parts }
    return isChinese(value) || isPunctuation(letter) ? .alone(letter.value) : .letter(letter.value)
  }

  /// The canonical decomposition, whose scalars are not yet in lower case.
  static func parts(_ scalar: Unicode.Scalar) -> [Part] {
    guard isOf(9, scalar) else { return [Part(scalar: scalar, combiningClass: 0, isStripped: false)] }
    return String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.map { part in
      Part(
        scalar: part, combiningClass: isOf(9, part) ? part.properties.canonicalCombiningClass.rawValue : 0,
        isStripped: isStripped(part))
    }
  }

  /// Chinese characters in the sense of the reference: Japanese kana and Hangul are none.
  static func isChinese(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    case 0...127: return false
    // Punctuation until Unicode 11 and 12.
    case 0x166D, 0x111C9: return true
    default: break
    }
    guard isOf(8, scalar) else { return false }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r": return false
    case "\0", "\u{FFFD}": return true
    default: break
    }
    guard isOf(8, scalar) else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse: return true
    default: return false
    }
  }

  private static func isStripped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Non-spacing marks until Unicode 13 and 10.
    case 0x1734, 0x1171E: return true
    // Non-spacing marks since Unicode 9 and later.
    case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
    default: return isOf(8, scalar) && scalar.properties.generalCategory == .nonspacingMark
    }
  }

  /// Whether the scalar was there in that version of Unicode. Unassigned scalars count as old: they have no category.
  private static func isOf(_ version: Int, _ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.age.map { $0.major <= version } ?? true
  }
}
