/// Phone, card and identity numbers among the digits of a text.
enum PrivateNumbers {
  /// Digits with separators between them: how many there are, and how they are grouped.
  struct Run {
    var start: Int
    var end: Int
    var digits: [UInt8] = []
    var groups: [Int] = []
    var hasPlus = false
    var hasHyphen = false
  }

  static func hasPrivateNumber(_ reading: PersonaReading) -> Bool {
    guard reading.counts.digits >= 6 else { return false }
    var position = 0
    while let run = nextRun(reading.folded, from: position) {
      if isPhone(run) || isCard(run) || isIdentityNumber(run, reading) || isAnnounced(run, reading) { return true }
      position = run.end
    }
    return false
  }

  private static func nextRun(_ bytes: [UInt8], from: Int) -> Run? {
    guard var position = bytes[from...].firstIndex(where: \.isASCIIDigit) else { return nil }
    var run = Run(start: position, end: position)
    if position > 0 { run.hasPlus = bytes[position - 1] == UInt8(ascii: "+") }
    var inGroup = 0
    while position < bytes.count {
      if bytes[position].isASCIIDigit {
        run.digits.append(bytes[position] - 0x30)
        inGroup += 1
        position += 1
        run.end = position
        continue
      }
      if inGroup > 0 { run.groups.append(inGroup) }
      inGroup = 0
      // Up to two separators, as in "(030) 123", and then a digit again.
      var next = position
      while next < bytes.count, next - position < 2, isSeparator(bytes[next]) { next += 1 }
      guard next > position, next < bytes.count, bytes[next].isASCIIDigit else { break }
      if bytes[position..<next].contains(UInt8(ascii: "-")) { run.hasHyphen = true }
      position = next
    }
    if inGroup > 0 { run.groups.append(inGroup) }
    return run
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// International, North American, with a leading 0, or a Chinese mobile number. Dates, years and ISBNs are none.
  private static func isPhone(_ run: Run) -> Bool {
    let count = run.digits.count
    if run.hasPlus { return (8...15).contains(count) }
    if run.groups == [3, 3, 4] || run.groups == [1, 3, 3, 4] { return true }
    if run.digits[0] == 0 { return (9...13).contains(count) }
    return count == 11 && run.groups.count == 1 && run.digits[0] == 1 && run.digits[1] >= 3
  }

  /// 14 to 19 digits in groups of four or in one, with the check digit of payment cards (Luhn).
  private static func isCard(_ run: Run) -> Bool {
    guard (14...19).contains(run.digits.count) else { return false }
    guard run.groups.count == 1 || run.groups.dropLast().allSatisfy({ $0 == 4 }) || run.groups == [4, 6, 5] else {
      return false
    }
    var sum = 0
    for (place, digit) in run.digits.reversed().enumerated() {
      let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// United States social security numbers, Chinese identity numbers, international bank account numbers.
  private static func isIdentityNumber(_ run: Run, _ reading: PersonaReading) -> Bool {
    if run.groups == [3, 2, 4] && run.hasHyphen { return true }
    let isAlone = !reading.byte(run.start - 1).isASCIILetter
    if run.groups.count == 1, isAlone,
      run.digits.count == 18 || (run.digits.count == 17 && reading.byte(run.end) == 0x78)
    {
      return run.digits[0] >= 1 && run.digits[0] <= 8
    }
    // DE89 3704 0044 …: two letters right before the digits, and no letter before these.
    let isAccount =
      reading.byte(run.start - 1).isASCIILetter && reading.byte(run.start - 2).isASCIILetter
      && !reading.byte(run.start - 3).isLetterPart
    return isAccount && run.digits.count >= 14
  }

  /// Six digits or more shortly behind "phone", "call", 电话 …; a year or an amount is shorter or has commas.
  private static func isAnnounced(_ run: Run, _ reading: PersonaReading) -> Bool {
    guard run.digits.count >= 6 else { return false }
    let announcing = reading.words.contains { word in
      word.kinds.contains(.contact) && word.range.upperBound <= run.start && run.start - word.range.upperBound <= 16
    }
    if announcing { return true }
    let before = Array(reading.folded[max(0, run.start - 24)..<run.start])
    return calls.contains { Bytes.contains($0, in: before) }
  }

  private static let calls = ["电话", "電話", "手机", "手機", "身份证", "银行卡", "전화", "โทร"].map { Array($0.utf8) }
}
