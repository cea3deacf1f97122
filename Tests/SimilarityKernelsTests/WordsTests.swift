import PersonaRecords
import SimilarityKernels
import Testing

@Suite struct WordsTests {
  @Test(arguments: [
    ("A nurse, who (rarely) sleeps!", ["a", "nurse", "who", "rarely", "sleeps"]),
    ("Don't pay 3.14 or 1,000 for a_b", ["don't", "pay", "3.14", "or", "1,000", "for", "a_b"]),
    ("well-known  e.g. U.S. 5pm x2", ["well", "known", "e.g", "u.s", "5pm", "x2"]),
    ("'quoted' 3. .5 a:b 'tis rock 'n' roll", ["quoted", "3", "5", "a:b", "tis", "rock", "n", "roll"]),
    ("_ __ _a_ , . ; -", ["_a_"]),
    ("", []),
    ("  \r\n\t ", []),
    ("a\u{0}b \u{0}", ["a", "b"]),
  ])
  func asciiTextsFallIntoWords(text: String, expected: [String]) {
    #expect(words(of: text) == expected)
  }

  @Test(arguments: [
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("İstanbul", ["i\u{307}stanbul"]),
    ("ΟΔΟΣ οδός ΣΊΣΥΦΟΣ", ["οδοσ", "οδόσ", "σίσυφοσ"]),
    ("ǆ Ǆ ǅ", ["dž", "dž", "dž"]),
    ("ﬁlm ＦＵＬＬ ｶﾞ １２", ["film", "full", "ガ", "12"]),
    ("H\u{331} \u{1E96}", ["\u{1E96}", "\u{1E96}"]),
    ("cafe\u{301} CAFÉ", ["café", "café"]),
    ("ᏣᎳᎩ ꮳꮃꭹ", ["ᏣᎳᎩ", "ᏣᎳᎩ"]),
  ])
  func caseAndCompatibilityFormsFallTogether(text: String, expected: [String]) {
    #expect(words(of: text).map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
  }

  @Test(arguments: [
    ("一位护士，喜欢猫。", ["一", "位", "护", "士", "喜", "欢", "猫"]),
    ("ひらがなとカタカナ", ["ひ", "ら", "が", "な", "と", "カタカナ"]),
    ("ครูไทย", ["ค", "รู", "ไ", "ท", "ย"]),
    ("Учитель из Томска", ["учитель", "из", "томска"]),
    ("한국의 교사", ["한국의", "교사"]),
    ("معلّم في المدرسة", ["معلّم", "في", "المدرسة"]),
    ("ב־צה\"ל", ["ב", "צה\"ל"]),
    ("l’été don’t", ["l’été", "don’t"]),
  ])
  func otherScriptsHaveWords(text: String, expected: [String]) {
    #expect(words(of: text) == expected)
  }

  @Test func emojiAreWordsAndOtherSymbolsAreNot() {
    #expect(words(of: "👩‍🚀 ❤️ 🇩🇪🇫🇷 + = § ™ €5") == ["👩🚀", "❤", "🇩🇪", "🇫🇷", "tm", "5"])
  }

  @Test func invisibleCharactersInWordsDoNotCount() {
    #expect(words(of: "co\u{AD}operate \u{200F}abc\u{200E} x\u{200B}y") == ["cooperate", "abc", "x", "y"])
    #expect(words(of: "\u{3164} \u{FFA0} \u{200D}").isEmpty)
  }

  @Test func combiningMarksStayWithTheirLetter() {
    #expect(words(of: "a\u{302}\u{5A8} \u{301}b").count == 2)
    #expect(words(of: "\u{301} \u{302}").isEmpty)
  }

  @Test func theASCIIPathGivesWhatTheRulesGive() {
    for seed in 0..<3_000 as Range<UInt64> {
      var random = SeededRandom(seed: seed, purpose: "ascii")
      // Few different characters, so that the rules meet: letters, digits, what stands between them, anything.
      let alphabet = seed % 2 == 0 ? Array("aB1:,;.'_\" -".utf8) : Array(0..<128)
      let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
      let text = String(decoding: bytes, as: UTF8.self)
      // The letter at the end takes the whole text off the ASCII path, and is cut off again.
      let general = words(of: text + " ж").dropLast()
      #expect(words(of: text) == Array(general), "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func hashesAreSortedDistinctAndTellWordsApart() {
    let hashes = wordHashes(of: "the cat and THE dog and the Bird")
    #expect(hashes.count == 5)
    #expect(hashes == hashes.sorted())
    #expect(hashes == wordHashes(of: "bird dog and cat the"))
    #expect(wordHashes(of: "…").isEmpty)
  }

  @Test func hashesNeverChange() {
    #expect(wordHashes(of: "nurse") == [WordsTests.hashOfNurse])
    #expect(wordHashes(of: "Учитель").count == 1)
  }
  private static let hashOfNurse: UInt64 = 16_298_759_052_241_893_003

  @Test func longWordsKeepAllTheirBytes() {
    for length in 1...40 {
      let word = String(repeating: "a", count: length - 1) + "z"
      #expect(words(of: "\(word) \(word)b") == [word, word + "b"])
    }
  }

  @Test func wordShinglesAreRunsOfWords() {
    var scanner = ShingleScanner(.words(2))
    scanner.scan("One two, three!")
    #expect((0..<scanner.count).map { scanner.text(at: $0) } == ["one two", "two three"])
    scanner.scan("Alone")
    #expect((0..<scanner.count).map { scanner.text(at: $0) } == ["alone"])
    scanner.scan("?")
    #expect(scanner.count == 0)
  }

  @Test func characterShinglesRunOverTheWords() {
    var scanner = ShingleScanner(.characters(3))
    scanner.scan("Ab,  çd")
    #expect((0..<scanner.count).map { scanner.text(at: $0) } == ["ab ", "b ç", " çd"])
    scanner.scan("é")
    #expect((0..<scanner.count).map { scanner.text(at: $0) } == ["é"])
  }

  @Test func onlyLongWordsCanCollideAndTheCheckSeesIt() {
    var random = SeededRandom(seed: 1, purpose: "collisions")
    func text(_ count: Int, bytes: Int) -> String {
      (0..<count).map { _ in String((0..<bytes).map { _ in Character(Unicode.Scalar(97 + UInt8(random.below(26)))) }) }
        .joined(separator: " ")
    }
    // With 8 bits for long words, 200 of them collide for certain; short ones never do.
    var scanner = ShingleScanner(hashBits: 8)
    var check = CollisionCheck()
    scanner.scan(text(2_000, bytes: 7))
    check.check(scanner)
    #expect(!check.hasCollision)
    #expect(Set(scanner.hashes).count == Set(scannedWords(scanner)).count)
    scanner.scan(text(300, bytes: 12))
    check.check(scanner)
    #expect(check.hasCollision)
  }

  @Test func equalWordsAreNoCollision() {
    var scanner = ShingleScanner()
    var check = CollisionCheck()
    for round in 0..<3 {
      for number in 0..<5_000 {
        scanner.scan("incomprehensibly-\(number) longword\(number) a word of sixteen letters\(round)")
        check.check(scanner)
      }
    }
    #expect(!check.hasCollision)
    // incomprehensibly, 5,000 longwords (those with four digits and fewer are all of eight bytes and more), letters0 to 2.
    #expect(check.count == 5_004)
  }

  @Test func wordsThatWerePutAsideCollideAsIfTheyWereStillThere() {
    var scanner = ShingleScanner(hashBits: 40)
    var check = CollisionCheck()
    scanner.scan((0..<30).map { "somelongword\($0)" }.joined(separator: " "))
    check.check(scanner)
    let wholeTime = check.hasCollision
    let (entries, bounds) = check.takeTexts()
    #expect(check.count == 0 && bounds.count == CollisionCheck.groupCount + 1 && bounds.last == entries.count)
    var later = CollisionCheck()
    later.check(entries, count: entries.count)
    #expect(later.hasCollision == wholeTime && later.count == 30)
    var again = CollisionCheck()
    for group in 0..<CollisionCheck.groupCount {
      let part = Array(entries[bounds[group]..<bounds[group + 1]])
      again.check(part, count: part.count)
    }
    #expect(again.count == 30)
  }

  private func scannedWords(_ scanner: borrowing ShingleScanner) -> [String] {
    (0..<scanner.count).map { scanner.text(at: $0) }
  }
}
