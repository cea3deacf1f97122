import PersonaRecords

/// The title at the head of a text.
extension QuotationReader {
  /// The title at the head of the text, whole: a line of its own, or capitals that run up to a bracket.
  func title() -> Range<Int>? {
    titleLine().flatMap { $0.count <= Quotation.titleLimit ? $0 : nil }
  }

  func titleLine() -> Range<Int>? {
    let tokens = scan.tokens
    guard firstOwn < tokens.count, !hasSpeakers else { return nil }
    // "Q: What are variants of genes called?"
    let isAsked =
      firstOwn + 1 < tokens.count && tokens[firstOwn].end - tokens[firstOwn].start == 1
      && scan.bytes[Int(tokens[firstOwn].end)] == 0x3A
    var firstOwn = isAsked ? firstOwn + 1 : firstOwn
    let isInLine = isAsked
    // "6 Monetary Information": without its number.
    if tokens[firstOwn].isNumber, firstOwn + 1 < tokens.count, tokens[firstOwn + 1].isCapitalised,
      tokens[firstOwn + 1].start - tokens[firstOwn].end < 3, Int(tokens[firstOwn].start) == 0,
      scan.bytes[0] <= 0x39
    {
      firstOwn += 1
    }
    let isCounted = firstOwn == 1 && !isAsked && Int(tokens[0].start) == 0 && tokens[0].isNumber
    let first = tokens[firstOwn]
    guard first.isCapitalised || first.isNumber, !first.isAllCapitals || tokens.count > firstOwn + 1 else { return nil }
    let start = Int(first.start)
    // "= Battle of the Nile =": a heading between signs.
    let isSigned = start == 2 && scan.bytes.starts(with: "= ".utf8)
    if start > 0, scan.bytes[start - 1] != 0x0A, !isInLine, !isCounted, !isSigned,
      start > 1 || scan.bytes[0] != 0x27 && scan.bytes[0] != 0x22
    {
      // Behind a label on the same line it is a title as well; in the middle of a line it is not.
      guard firstOwn > 0, tokens[firstOwn - 1].isFrame, scan.bytes[start - 1] == 0x20, start > 1,
        scan.bytes[start - 2] == 0x3A || scan.bytes[start - 2] == 0x0A
      else { return nil }
    }
    var end = firstOwn
    while end < tokens.count, end - firstOwn < Quotation.longestTitle {
      if end > firstOwn, tokens[end].isFrame {
        // "Ultraconserved Elements in the Human Genome Gill Bejerano, et al."
        let range = firstOwn..<end
        return range.count >= 3 && readGap(end - 1) == .none && isTitle(range) ? range : nil
      }
      let at = Int(tokens[end].end)
      switch readGap(end) {
      case .none:
        // "Clustering query refinements by user intent We address the problem": a title that runs into its text.
        let range = firstOwn..<(end + 1)
        if range.count >= 3, end + 1 < tokens.count, tokens[end + 1].isCapitalised, runsIn(end + 1), isTitle(range) {
          return range
        }
      case .dash: break
      case .lineEnd:
        let range = firstOwn..<(end + 1)
        // "Pervasive Document Editing / and Managing System": small letters go on with it.
        if end + 1 < tokens.count, isOpenEnded(end) || !tokens[end + 1].isCapitalised && !tokens[end + 1].isNumber,
          Int(tokens[end + 1].start) - at < 3
        {
          break
        }
        guard isTitle(range), endsTitle(end) else { return nil }
        return range
      case .stop:
        // A question or a call stands on a line of its own as well.
        let next = at + 1 < scan.bytes.count ? scan.bytes[at + 1] : 0x0A
        let range = firstOwn..<(end + 1)
        return scan.bytes[at] != 0x2E && next == 0x0A && isTitle(range) ? range : nil
      case .colon:
        // What stands before the colon is a title by itself; of a short line all of it is.
        let range = firstOwn..<(end + 1)
        if lineCount(from: firstOwn) <= Quotation.titleLimit { break }
        guard range.count >= 4, isLineOfTitle(from: end), isTitle(range) else { break }
        return range
      case .comma, .semicolon: break
      case .wall, .lost:
        let range = firstOwn..<(end + 1)
        if isSigned, at + 1 < scan.bytes.count, scan.bytes[at + 1] == 0x3D, isTitle(range) { return range }
        // "Locust Swarm (AP) AP - Residents": behind the agency the text begins.
        let isBracket =
          at + 1 < scan.bytes.count && scan.bytes[at] == 0x20 && scan.bytes[at + 1] == 0x28
          && PlainSearch.first(Array(" - ".utf8), in: Array(scan.bytes[at...].prefix(45))) != nil
        guard isBracket else { return nil }
        // "Record Trade Gap NEW YORK (Reuters)": the place stands before the agency.
        var last = range.upperBound
        while last > firstOwn + 3, tokens[last - 1].isAllCapitals, tokens[last - 1].end - tokens[last - 1].start > 2 {
          last -= 1
        }
        return last - firstOwn >= 4 && isTitle(firstOwn..<last) ? firstOwn..<last : nil
      }
      end += 1
    }
    return nil
  }

  /// Two or three words are a title only where the text below takes one of them up.
  func isBorneOut(_ title: Range<Int>) -> Bool {
    let isList = title.count < 5 && title.dropLast().contains { readGap($0) == .comma }
    return title.count > 3 && !isList
      || title.contains { place in
        isContent(place)
          && scan.tokens[title.upperBound...].contains { $0.stem == scan.tokens[place].stem && !$0.isFrame }
      }
  }

  /// How many words the line has that begins with a token.
  private func lineCount(from place: Int) -> Int {
    var end = Int(scan.tokens[place].end)
    while end < scan.bytes.count, scan.bytes[end] != 0x0A { end += 1 }
    return scan.tokens[place...].prefix { Int($0.start) < end }.count
  }

  /// Whether the line that holds this token is short enough to be a title as a whole.
  func isLineOfTitle(from place: Int) -> Bool {
    var end = Int(scan.tokens[place].end)
    while end < scan.bytes.count, scan.bytes[end] != 0x0A { end += 1 }
    var start = Int(scan.tokens[place].start)
    while start > 0, scan.bytes[start - 1] != 0x0A { start -= 1 }
    return end - start < 120 && end < scan.bytes.count
  }

  func isTitle(_ range: Range<Int>) -> Bool {
    // "Safety issues" may stand over anything.
    let isPlain = range.allSatisfy { isContent($0) && scan.tokens[$0].classes.isDisjoint(with: [.generic, .modifier]) }
    guard range.count >= 3 || range.count == 2 && isPlain, range.count <= Quotation.longestTitle,
      isFit(range)
    else { return false }
    let last = scan.readings[range.upperBound - 1].tag
    if [.determiner, .preposition, .conjunction, .to, .be, .modal].contains(last) { return false }
    if scan.tokens[range.upperBound - 1].classes.contains(.preposition) { return false }
    // "December 4, 1986", "Volume 12": a place in a series.
    return range.count(where: { scan.tokens[$0].isNumber }) * 3 <= range.count
      && range.count(where: { isContent($0) }) >= 2
  }

  /// "A Study of Poisson Models for": the title goes on in the next line.
  func isOpenEnded(_ place: Int) -> Bool {
    let token = scan.tokens[place]
    return !token.classes.isDisjoint(with: [.function, .determiner, .preposition])
      || [.determiner, .preposition, .conjunction, .to].contains(scan.readings[place].tag)
  }

  /// A word with a capital that no name begins with, behind one without.
  func runsIn(_ place: Int) -> Bool {
    let (before, token) = (scan.tokens[place - 1], scan.tokens[place])
    guard !token.isAllCapitals, token.hash != Self.i, token.isCapitalised, !token.breakBefore else { return false }
    if before.isCapitalised, !Self.subordinators.contains(token.hash) { return false }
    return !token.classes.contains(.properName)
      && (!token.classes.isDisjoint(with: [.function, .determiner, .preposition])
        || [.determiner, .pronoun, .preposition, .conjunction].contains(scan.readings[place].tag))
  }

  /// Whether the line behind a title's line is no second line of it.
  func endsTitle(_ place: Int) -> Bool {
    var start = Int(scan.tokens[place].end)
    while start < scan.bytes.count, scan.bytes[start] != 0x0A { start += 1 }
    start += 1
    guard start < scan.bytes.count, place + 1 < scan.tokens.count else { return false }
    if scan.bytes[start] == 0x0A { return true }
    var end = start
    while end < scan.bytes.count, scan.bytes[end] != 0x0A { end += 1 }
    let line = scan.tokens[(place + 1)...].prefix { Int($0.start) < end }
    // A full line of a text, or a heading in one word.
    if end - start >= 60 || line.count < 3 && line.allSatisfy({ $0.isAllCapitals }) { return true }
    // Authors: a given name, or capitals with a comma or a figure between them.
    let isNamed = line.prefix(4).contains { $0.classes.contains(.givenName) && $0.isCapitalised }
    let isListed = scan.bytes[start..<end].contains { $0 == 0x2C || $0 == 0x2A || $0 >= 0x31 && $0 <= 0x39 }
    let capitals = line.count { $0.isCapitalised || $0.end - $0.start < 4 }
    if isNamed || isListed && capitals == line.count { return true }
    // Two or three words that no table has.
    return line.count < 5 && capitals == line.count
      && line.indices.count(where: { !scan.readings[$0].isKnown && scan.tokens[$0].classes.isEmpty }) >= 2
  }
}
