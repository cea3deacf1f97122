/// Which tags English words may have: `WordTagTable`, read once and asked by hash.
///
/// Regular forms that the table lacks are made from their lemma, words with a hyphen go by their last part, and all
/// others by their ending.
struct TagLexicon: Sendable {
  static let shared = TagLexicon()

  private let words: HashTable<TagEntry>
  private let endings: HashTable<TagEntry>
  private static let tagOfLetter: [WordTag?] = {
    var tags = [WordTag?](repeating: nil, count: 128)
    for (place, letter) in WordTag.letters.enumerated() { tags[Int(letter)] = WordTag(rawValue: UInt8(place)) }
    return tags
  }()

  private init() {
    var words = HashTable<TagEntry>(capacity: 45_000, empty: TagEntry())
    var entry = TagEntry()
    Self.forEachField(of: WordTagTable.words) { field, hash, isFirst in
      if isFirst { entry = Self.entry(field) } else { words.insert(entry, for: hash) }
    }
    self.words = words
    var endings = HashTable<TagEntry>(capacity: 500, empty: TagEntry())
    var ending = WordHash.start
    Self.forEachField(of: WordTagTable.endings) { field, hash, isFirst in
      if isFirst { ending = hash } else { endings.insert(Self.entry(field), for: ending) }
    }
    self.endings = endings
  }

  /// What is known of a word, by the table or by the rules for its forms; empty for an unknown word.
  ///
  /// - Parameters:
  ///   - word: its bytes, letters in lower case.
  ///   - hash: `WordHash` of the same bytes.
  func known(_ word: ArraySlice<UInt8>, hash: UInt64) -> TagEntry {
    let entry = words[hash]
    return entry.isEmpty ? derived(word) : entry
  }

  /// What an unknown word may be, by its last part or its ending; never empty.
  func guess(_ word: ArraySlice<UInt8>) -> TagEntry {
    var entry = TagEntry()
    if let hyphen = word.lastIndex(of: 0x2D), hyphen + 1 < word.endIndex {
      let part = word[(hyphen + 1)...]
      if Self.ends(part, "ed") || Self.ends(part, "ing") {
        entry.append(.adjective, level: 0)
        entry.append(.participle, level: 4)
        entry.append(.noun, level: 4)
      } else if known(part, hash: WordHash.of(part)).level(of: .plural) != nil {
        entry.append(.plural, level: 0)
        entry.append(.adjective, level: 2)
        entry.append(.name, level: 4)
      } else {
        entry.append(.adjective, level: 1)
        entry.append(.noun, level: 1)
        entry.append(.name, level: 3)
      }
      return entry
    }
    for count in stride(from: 4, to: 0, by: -1) where word.count > count + 1 {
      let found = endings[WordHash.of(word.suffix(count))]
      if !found.isEmpty { return found }
    }
    entry.append(.noun, level: 1)
    entry.append(.name, level: 2)
    entry.append(.adjective, level: 3)
    entry.append(.plural, level: 3)
    return entry
  }

  private static func ends(_ word: ArraySlice<UInt8>, _ ending: String) -> Bool {
    word.suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }

  private func derived(_ word: ArraySlice<UInt8>) -> TagEntry {
    func lemma(_ dropped: Int, _ added: UInt8? = nil) -> TagEntry {
      let base = WordHash.of(word.dropLast(dropped))
      return words[added.map { WordHash.add($0, to: base) } ?? base]
    }
    let count = word.count
    guard count > 3 else { return TagEntry() }
    let bytes = Array(word.suffix(5))
    func isDoubled(_ ending: Int) -> Bool {
      bytes.count > ending + 1 && bytes[bytes.count - ending - 1] == bytes[bytes.count - ending - 2]
    }
    if word.last == 0x73, bytes[bytes.count - 2] != 0x73 {
      for base in [
        Self.ends(word, "ies") && count > 4 ? lemma(3, 0x79) : TagEntry(),
        Self.ends(word, "es") ? lemma(2) : TagEntry(), lemma(1),
      ] where !base.isEmpty {
        return Self.plural(of: base)
      }
    } else if Self.ends(word, "ed"), count > 4 {
      for base in [
        lemma(1), lemma(2), count > 5 && isDoubled(2) ? lemma(3) : TagEntry(),
        Self.ends(word, "ied") ? lemma(3, 0x79) : TagEntry(),
      ] where base.level(of: .verb) != nil {
        var entry = TagEntry()
        entry.append(.participle, level: 1)
        entry.append(.past, level: 2)
        entry.append(.adjective, level: 3)
        return entry
      }
    } else if Self.ends(word, "ing"), count > 5 {
      for base in [lemma(3), lemma(3, 0x65), isDoubled(3) ? lemma(4) : TagEntry()]
      where base.level(of: .verb) != nil {
        var entry = TagEntry()
        entry.append(.gerund, level: 1)
        entry.append(.noun, level: 2)
        entry.append(.adjective, level: 3)
        return entry
      }
    }
    return TagEntry()
  }

  private static func plural(of lemma: TagEntry) -> TagEntry {
    var entry = TagEntry()
    entry.kind = lemma.kind
    entry.commonness = lemma.commonness
    var third: Int?
    lemma.visit { tag, level in
      switch tag {
      case .noun: entry.append(.plural, level: level)
      case .verb, .present: third = min(third ?? 7, level)
      case .name: entry.append(.name, level: level)
      default: break
      }
    }
    if let third { entry.append(.thirdPerson, level: third) }
    return entry
  }

  /// "N0V3/c1": tags with levels, then kind and commonness of a noun.
  private static func entry(_ field: [UInt8]) -> TagEntry {
    var entry = TagEntry()
    var place = 0
    while place + 1 < field.count, field[place] != 0x2F {
      if let tag = tagOfLetter[Int(field[place] & 0x7F)] { entry.append(tag, level: Int(field[place + 1]) - 0x30) }
      place += 2
    }
    for byte in field[place...].dropFirst() {
      switch byte {
      case 0x70: entry.kind = .person
      case 0x74: entry.kind = .amount
      case 0x61: entry.kind = .abstract
      case 0x63: entry.kind = .thing
      default: entry.commonness = byte &- 0x30
      }
    }
    return entry
  }

  /// Fields are parted by spaces, and those of one entry from the next by `;` or a line's end.
  private static func forEachField(of table: String, _ body: ([UInt8], UInt64, Bool) -> Void) {
    var field: [UInt8] = []
    var hash = WordHash.start
    var isFirst = true
    for byte in table.utf8 {
      if byte != 0x20, byte != 0x3B, byte != 0x0A {
        // Words are only hashed; their bytes are wanted of the first field of an entry, and of endings' tags.
        if field.count < 12 { field.append(byte) }
        hash = WordHash.add(byte, to: hash)
        continue
      }
      if !field.isEmpty { body(field, hash, isFirst) }
      field.removeAll(keepingCapacity: true)
      hash = WordHash.start
      isFirst = byte != 0x20
    }
    if !field.isEmpty { body(field, hash, isFirst) }
  }
}
