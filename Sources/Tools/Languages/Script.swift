/// A writing system, as far as telling languages apart needs it.
package enum Script: Int, Sendable, CaseIterable {
  case latin, greek, cyrillic, armenian, hebrew, arabic, syriac, thaana, nko, devanagari, bengali, gurmukhi, gujarati
  case oriya, tamil, telugu, kannada, malayalam, sinhala, thai, lao, tibetan, myanmar, georgian, hangul, ethiopic
  case cherokee, aboriginal, khmer, mongolian, tifinagh, kana, han, vai, yi, olChiki, balinese, javanese, other

  /// The script of one scalar; `.other` for digits, punctuation, symbols and everything that is no letter.
  package init(of scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x80 {
      let folded = value | 0x20
      self = folded >= 0x61 && folded <= 0x7A ? .latin : .other
      return
    }
    self = .other
    var low = 0
    var high = Self.ranges.count
    while low < high {
      let middle = (low + high) / 2
      let range = Self.ranges[middle]
      if value < range.first {
        high = middle
      } else if value > range.last {
        low = middle + 1
      } else {
        self = range.script
        return
      }
    }
  }

  /// Whether words of this script stand without spaces between them.
  package var isWrittenWithoutSpaces: Bool {
    switch self {
    case .han, .kana, .thai, .lao, .khmer, .myanmar, .tibetan, .yi: true
    default: false
    }
  }

  private struct Range {
    let first: UInt32
    let last: UInt32
    let script: Script

    init(_ first: UInt32, _ last: UInt32, _ script: Script) {
      self.first = first
      self.last = last
      self.script = script
    }
  }

  /// Blocks of the Unicode standard, ascending, for binary search.
  private static let ranges: [Range] = [
    Range(0xAA, 0xAA, .latin), Range(0xBA, 0xBA, .latin), Range(0xC0, 0xD6, .latin), Range(0xD8, 0xF6, .latin),
    Range(0xF8, 0x2AF, .latin), Range(0x370, 0x3FF, .greek), Range(0x400, 0x52F, .cyrillic),
    Range(0x530, 0x58F, .armenian), Range(0x5D0, 0x5F2, .hebrew), Range(0x620, 0x64A, .arabic),
    Range(0x66E, 0x6D3, .arabic), Range(0x6D5, 0x6D5, .arabic), Range(0x6EE, 0x6EF, .arabic),
    Range(0x6FA, 0x6FC, .arabic), Range(0x710, 0x74F, .syriac), Range(0x750, 0x77F, .arabic),
    Range(0x780, 0x7BF, .thaana), Range(0x7CA, 0x7F5, .nko), Range(0x8A0, 0x8FF, .arabic),
    Range(0x900, 0x963, .devanagari), Range(0x971, 0x97F, .devanagari), Range(0x980, 0x9E3, .bengali),
    Range(0x9F0, 0x9FF, .bengali), Range(0xA00, 0xA65, .gurmukhi), Range(0xA70, 0xA7F, .gurmukhi),
    Range(0xA80, 0xAE5, .gujarati), Range(0xB00, 0xB65, .oriya), Range(0xB71, 0xB7F, .oriya),
    Range(0xB80, 0xBE5, .tamil), Range(0xC00, 0xC65, .telugu), Range(0xC80, 0xCE5, .kannada),
    Range(0xD00, 0xD65, .malayalam), Range(0xD80, 0xDE5, .sinhala), Range(0xE01, 0xE4E, .thai),
    Range(0xE80, 0xECE, .lao), Range(0xEDC, 0xEDF, .lao), Range(0xF00, 0xFFF, .tibetan),
    Range(0x1000, 0x109F, .myanmar), Range(0x10A0, 0x10FF, .georgian), Range(0x1100, 0x11FF, .hangul),
    Range(0x1200, 0x139F, .ethiopic), Range(0x13A0, 0x13FF, .cherokee), Range(0x1400, 0x167F, .aboriginal),
    Range(0x1780, 0x17DD, .khmer), Range(0x1820, 0x18AF, .mongolian), Range(0x18B0, 0x18FF, .aboriginal),
    Range(0x1B00, 0x1B7F, .balinese), Range(0x1C50, 0x1C7F, .olChiki), Range(0x1C80, 0x1C8F, .cyrillic),
    Range(0x1C90, 0x1CBF, .georgian), Range(0x1D00, 0x1DBF, .latin), Range(0x1E00, 0x1EFF, .latin),
    Range(0x1F00, 0x1FFF, .greek), Range(0x2C60, 0x2C7F, .latin), Range(0x2D00, 0x2D2F, .georgian),
    Range(0x2D30, 0x2D7F, .tifinagh), Range(0x2D80, 0x2DDF, .ethiopic), Range(0x2DE0, 0x2DFF, .cyrillic),
    Range(0x3005, 0x3007, .han), Range(0x3041, 0x30FF, .kana), Range(0x3130, 0x318F, .hangul),
    Range(0x31F0, 0x31FF, .kana), Range(0x3400, 0x4DBF, .han), Range(0x4E00, 0x9FFF, .han),
    Range(0xA000, 0xA4CF, .yi), Range(0xA500, 0xA63F, .vai), Range(0xA640, 0xA69F, .cyrillic),
    Range(0xA720, 0xA7FF, .latin), Range(0xA960, 0xA97F, .hangul), Range(0xA980, 0xA9DF, .javanese),
    Range(0xAB30, 0xAB6F, .latin), Range(0xAB70, 0xABBF, .cherokee), Range(0xAC00, 0xD7FF, .hangul),
    Range(0xF900, 0xFAFF, .han), Range(0xFB00, 0xFB06, .latin), Range(0xFB1D, 0xFB4F, .hebrew),
    Range(0xFB50, 0xFDFF, .arabic), Range(0xFE70, 0xFEFC, .arabic), Range(0xFF21, 0xFF3A, .latin),
    Range(0xFF41, 0xFF5A, .latin), Range(0xFF66, 0xFF9F, .kana), Range(0x20000, 0x3FFFF, .han),
  ]
}
