import PersonaRecords

/// Who a persona is, as a phrase to speak of them: "A certified strength and conditioning specialist who …" gives
/// "certified strength and conditioning specialist".
enum RoleReading {
  static func role(of persona: String) -> String? {
    let all = words(of: persona)
    guard all.count > 1 else { return nil }
    var first = 0
    var last: Int?
    for place in 0..<min(all.count, 9) {
      let word = all[place]
      let plain = word.text.lowercased()
      if place > first, last != nil, !continues(word) { break }
      if stops.contains(plain) || plain.hasSuffix("'s") || plain.hasSuffix("’s") { break }
      if isPerson(plain) { last = place }
      if word.endsClause {
        if last != nil { break }
        first = place + 1
      }
    }
    guard let last, last >= first else { return nil }
    let role = all[first...last].map(\.text).joined(separator: " ")
    let letters = role.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || " -'’.".unicodeScalars.contains($0) }
    guard letters, role.utf8.count <= 60 else { return nil }
    if ["lover", "fan", "member", "enthusiast", "person", "individual"].contains(role.lowercased()) { return nil }
    return lowered(role, persona: persona)
  }

  private struct Word {
    let text: String
    let endsClause: Bool
  }

  private static func words(of persona: String) -> [Word] {
    var text = PersonaReading.withoutCircumstances(persona)[...]
    for start in ["I am ", "I'm ", "This is ", "Someone who is ", "You are "] where text.hasPrefix(start) {
      text = text.dropFirst(start.count)
    }
    var words: [Word] = []
    for part in text.split(separator: " ").prefix(14) {
      let ends = part.last.map { ",.;:".contains($0) } ?? false
      words.append(Word(text: String(ends ? part.dropLast() : part), endsClause: ends))
    }
    if let head = words.first, ["a", "an", "the"].contains(head.text.lowercased()) { words.removeFirst() }
    return words
  }

  private static func isPerson(_ word: String) -> Bool {
    let part = word.split(separator: "-").last.map { String($0) } ?? word
    let entry = TagLexicon.shared.known(Array(part.utf8)[...], hash: WordHash.of(part.utf8))
    if entry.kind == .person { return (entry.level(of: .noun) ?? entry.level(of: .plural) ?? 7) <= 3 }
    return people.contains(part)
  }

  /// Whether a word behind a person still belongs to who it is: "nurse practitioner", "student athlete".
  private static func continues(_ word: Word) -> Bool { isPerson(word.text.lowercased()) }

  /// "Retired nurse" of a persona without an article is "retired nurse"; names keep their capitals.
  private static func lowered(_ role: String, persona: String) -> String {
    guard persona.hasPrefix(role), let first = role.split(separator: " ").first.map({ String($0) }) else { return role }
    let plain = first.lowercased()
    let entry = TagLexicon.shared.known(Array(plain.utf8)[...], hash: WordHash.of(plain.utf8))
    let isName = entry.isEmpty || entry.level(of: .name) != nil || first.dropFirst().contains { $0.isUppercase }
    return isName ? role : plain + role.dropFirst(first.count)
  }

  private static let stops: Set<String> = [
    "who", "that", "with", "in", "on", "for", "from", "at", "whose", "is", "to", "near", "by", "without", "about",
    "has",
    "named", "which", "or", "as", "was", "having", "are", "when", "where", "after", "but", "because",
  ]

  private static let people: Set<String> = [
    "fan", "buff", "geek", "nerd", "gamer", "blogger", "vlogger", "influencer", "podcaster", "coder", "freelancer",
    "mom",
    "dad", "alumnus", "alumna", "local", "expat", "millennial", "entrepreneur", "hobbyist", "professional",
    "coordinator",
    "freshman", "sophomore", "undergraduate", "teen", "mum", "family", "couple", "startup", "youtuber", "streamer",
    "superfan", "newbie", "webmaster", "spokeswoman", "spokesperson", "chairperson", "realtor", "paralegal",
    "homemaker",
    "retiree", "caregiver", "practitioner", "developer", "reviewer", "organizer", "organiser", "enthusiast", "major",
    "children", "parents", "teachers", "students",
  ]
}
