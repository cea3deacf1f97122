import PersonaRecords

/// What the analyser knows of a mathematical problem or of a worked solution.
///
/// Formulas are most of such texts, and the words between them too few for keyphrases: the topic comes from the words and
/// LaTeX commands of `MathTopics`, and what makes this problem this one from its shortest telling formula, its things or
/// its numbers.
struct MathReading {
  enum Kind: String, Sendable {
    /// Asks for something.
    case problem
    /// Goes step by step, and says what it does.
    case solution
    /// A solution handed over for criticism.
    case critique
  }

  let kind: Kind
  /// Best first; at least one.
  let topics: [String]
  /// Formulas in plain characters, in the order of the text.
  let formulas: [String]
  /// Numbers of two or more digits, as they stand.
  let numbers: [String]

  /// nil when the text is no mathematics, or a paper that has some.
  ///
  /// - Parameters:
  ///   - isFramed: whether something around the text says what it is; a story with numbers is then no problem.
  ///   - language: as guessed. Between formulas there are so few words that variables ("a", "y") pass for another one:
  ///     English words of the trade outweigh it.
  init?(_ text: String, isFramed: @autoclosure () -> Bool, language: String) {
    guard MathScan.mayBeMath(text) else { return nil }
    let scan = MathScan(text)
    guard let kind = scan.kind, language == "en" || (scan.isFormal || language.isEmpty) && scan.isEnglish,
      scan.isFormal || kind != .problem || !isFramed(),
      let topics = scan.topics(isSure: scan.isFormal)
    else { return nil }
    self.kind = kind
    self.topics = topics
    formulas = scan.formulas
    numbers = scan.numbers
  }
}

extension MathReading {
  /// Whether a phrase names a thing that a problem is about: pencils, not an equation.
  static func isThing(_ phrase: Keyphrase) -> Bool {
    // A lone word in the singular is an adjective or a verb as often as a thing.
    guard phrase.wordCount > 1 || phrase.isPlural else { return false }
    return phrase.bare.split(separator: " ").allSatisfy { word in
      let hash = WordHash.of(word.lowercased().utf8)
      let stem = word.hasSuffix("s") ? WordHash.of(word.dropLast().lowercased().utf8) : hash
      return MathTopics.pointers[hash].isEmpty && MathTopics.pointers[stem].isEmpty && !talk.contains(hash)
        && !talk.contains(stem)
    }
  }

  private static let talk = WordSet(
    """
    answer step solution trace feedback error reasoning task question model user expression formula term definition
    relationship identity denominator side original result simplify compute find variable constant digit total answer
    random randomly parentheses brackets dot dots size label asy figure diagram picture
    greater less fewest many length width inch unit letter point distinct positive negative real calculation calculations
    """)
}

/// A mathematical text cut into words, commands and formulas.
private struct MathScan {
  /// Topic and kind show long before.
  static let byteLimit = 3_000

  private var hashes: [UInt64] = []
  private var stems: [UInt64] = []
  /// Words of two or more letters that are no commands.
  private var wordCount = 0
  private var commandCount = 0
  private var numberCount = 0
  private var questionMarks = 0
  private var equals = 0
  private var powers = 0
  /// Stretches between dollars or brackets that are formulas.
  private var spanCount = 0
  private let bytes: [UInt8]
  private(set) var numbers: [String] = []
  private(set) var formulas: [String] = []

  init(_ text: String) {
    bytes = Self.withoutDrawings(Array(text.utf8.prefix(Self.byteLimit)))
    hashes.reserveCapacity(bytes.count / 5)
    stems.reserveCapacity(bytes.count / 5)
    read()
    findFormulas()
  }

  /// Formulas rather than words alone.
  var isFormal: Bool { spanCount >= 2 || commandCount >= 2 || spanCount == 1 && commandCount + powers + equals > 0 }

  var isEnglish: Bool { (has(Self.english) + has(Self.orders)) * 7 >= wordCount }

  /// The source of a drawing (`[asy] … [/asy]`) is no part of a problem's words.
  private static func withoutDrawings(_ bytes: [UInt8]) -> [UInt8] {
    guard let start = PlainSearch.first(Array("[asy]".utf8), in: bytes) else { return bytes }
    let close = Array("[/asy]".utf8)
    let end = PlainSearch.first(close, in: bytes, from: start).map { $0 + close.count } ?? bytes.count
    return Array(bytes[..<start] + bytes[end...])
  }

  /// Whether a look at the bytes leaves it open: most long texts have neither signs nor many digits.
  static func mayBeMath(_ text: String) -> Bool {
    guard text.utf8.count > 900 else { return true }
    var signs = 0
    var digits = 0
    for byte in text.utf8.prefix(byteLimit) {
      if byte == 0x5C || byte == 0x24 || byte == 0x3D || byte == 0x5E { signs += 1 }
      if byte >= 0x30 && byte <= 0x39 { digits += 1 }
    }
    return signs >= 4 || digits >= 24
  }

  private mutating func read() {
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x5C || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A {
        let start = place
        place += 1
        while place < bytes.count, Self.isLetter(bytes[place]) || bytes[place] == 0x2D && byte != 0x5C { place += 1 }
        take(start..<place, isCommand: byte == 0x5C)
        continue
      }
      if byte >= 0x30, byte <= 0x39 {
        let start = place
        while place < bytes.count, bytes[place] >= 0x30 && bytes[place] <= 0x39 { place += 1 }
        numberCount += 1
        if place - start >= 2, place - start <= 6, numbers.count < 8 {
          let number = String(decoding: bytes[start..<place], as: UTF8.self)
          if !numbers.contains(number) { numbers.append(number) }
        }
        continue
      }
      switch byte {
      case 0x3F: questionMarks += 1
      case 0x5E: powers += 1
      case 0x3D: equals += 1
      default: break
      }
      place += 1
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private mutating func take(_ range: Range<Int>, isCommand: Bool) {
    guard range.count > 1 else { return }
    // Hashed byte by byte: an array per word took half of the time.
    var hash = WordHash.start
    var beforeLast = hash
    var last: UInt8 = 0
    var previous: UInt8 = 0
    for place in range {
      let byte = bytes[place] >= 0x41 && bytes[place] <= 0x5A ? bytes[place] | 0x20 : bytes[place]
      beforeLast = hash
      hash = WordHash.add(byte, to: hash)
      previous = last
      last = byte
    }
    hashes.append(hash)
    if isCommand {
      if Self.commands.contains(hash) { commandCount += 1 }
      stems.append(hash)
      return
    }
    wordCount += 1
    if Self.numberWords.contains(hash) { numberCount += 1 }
    let isPlural = range.count > 3 && last == 0x73 && previous != 0x73
    stems.append(isPlural ? beforeLast : hash)
  }

  private func has(_ words: WordSet) -> Int { hashes.reduce(0) { $0 + (words.contains($1) ? 1 : 0) } }

  var kind: MathReading.Kind? {
    // A paper's commands.
    if hashes.contains(where: { Self.paper.contains($0) }) { return nil }
    let steps = has(Self.working)
    let density = Double(commandCount + spanCount + powers + equals + numberCount) / Double(max(wordCount, 1))
    if isCritique, density > 0.05 { return .critique }
    let asks = has(Self.orders) + questionMarks
    if isFormal {
      if density > 0.25, steps >= 3, wordCount > 25 { return .solution }
      if density > 0.1, asks > 0, wordCount < 200 { return .problem }
      if density > 0.4 { return .solution }
    }
    // A calculation in plain characters, line by line.
    if equals >= 4, density > 0.5, steps >= 2 { return .solution }
    // A story with numbers, or a few words on figures and chances, and one question or order.
    guard wordCount < 100, asks > 0, questionMarks <= 2, endsAsking, asksForAmount else { return nil }
    return numberCount >= 2 || wordCount < 30 ? .problem : nil
  }

  /// A question, its answer and a solution handed over to be judged.
  private var isCritique: Bool {
    func says(_ word: String) -> Bool { hashes.contains(WordHash.of(word.utf8)) }
    return says("solution")
      && (says("critique") && (says("errors") || says("feedback") || says("reasoning"))
        || says("question") && says("answer") && (says("trace") || says("student") || says("model")))
  }

  /// A question, or an order, in the last part.
  private var endsAsking: Bool {
    bytes.suffix(120).contains(0x3F) || hashes.suffix(20).contains { Self.orders.contains($0) }
      || hashes.first.map { Self.orders.contains($0) } ?? false
  }

  private var asksForAmount: Bool {
    zip(hashes, hashes.dropFirst()).contains { Self.amounts[WordHash.pair($0, $1)] }
  }

  /// The topics that most speaks for; nil where nothing does.
  func topics(isSure: Bool) -> [String]? {
    var scores = [Float](repeating: 0, count: MathTopics.topics.count)
    var seen: [UInt64: Int] = [:]
    var clear: Float = 0
    func count(_ hash: UInt64, _ place: Int) {
      let pointers = MathTopics.pointers[hash]
      guard !pointers.isEmpty else { return }
      let times = seen[hash, default: 0] + 1
      seen[hash] = times
      let gain: Float = (times == 1 ? 1 : times < 4 ? 0.3 : 0) * (place < 40 ? 1.4 : 1)
      for pointer in pointers {
        scores[Int(pointer.topic)] += pointer.weight * gain
        if pointer.weight >= 1 { clear += pointer.weight * gain }
      }
    }
    for place in hashes.indices {
      count(hashes[place], place)
      if stems[place] != hashes[place] { count(stems[place], place) }
      guard place > 0 else { continue }
      count(WordHash.pair(hashes[place - 1], hashes[place]), place)
      if stems[place] != hashes[place] { count(WordHash.pair(hashes[place - 1], stems[place]), place) }
    }
    // A story is one of mathematics only where its words are, or its numbers.
    if !isSure, clear < 2 {
      return numberCount >= 2 && asksForAmount || isCritique ? ["everyday quantities"] : nil
    }
    let order = scores.indices.filter { scores[$0] > 0 }.sorted { (scores[$0], $1) > (scores[$1], $0) }
    guard let best = order.first else { return isSure ? ["algebra with unknowns"] : nil }
    let near = order.filter { scores[$0] * 2 >= scores[best] }.prefix(3)
    return near.map { MathTopics.topics[$0].phrase }
  }

  /// Between two prices stand words; in a formula hardly any but commands.
  private static func isFormula(_ span: ArraySlice<UInt8>) -> Bool {
    guard !span.isEmpty, span.count < 400 else { return false }
    var words = 0
    var run = 0
    var isCommand = false
    for byte in span {
      if isLetter(byte) {
        run += 1
      } else {
        if run >= 3, !isCommand { words += 1 }
        run = 0
        isCommand = byte == 0x5C
        if byte == 0x3B { return false }
      }
    }
    if run >= 3, !isCommand { words += 1 }
    return words <= span.count / 40 && !(span.first == 0x20 && span.last == 0x20 && span.count > 30)
  }

  private static func worth(_ formula: String) -> Int {
    min(formula.unicodeScalars.count, 14) + (formula.contains("=") || formula.contains("≡") ? 6 : 0)
  }

  /// The formulas between dollars or brackets that can be shown without LaTeX.
  private mutating func findFormulas() {
    var place = 0
    while place < bytes.count, spanCount < 24 {
      var open = 0
      var close: [UInt8] = []
      if bytes[place] == 0x24 {
        let isDouble = place + 1 < bytes.count && bytes[place + 1] == 0x24
        open = isDouble ? 2 : 1
        close = isDouble ? [0x24, 0x24] : [0x24]
      } else if bytes[place] == 0x5C, place + 1 < bytes.count {
        if place > 0, bytes[place - 1] == 0x5C {
          place += 1
          continue
        }
        if bytes[place + 1] == 0x24 {
          // A price.
          place += 2
          continue
        }
        if bytes[place + 1] == 0x5B { (open, close) = (2, [0x5C, 0x5D]) }
        if bytes[place + 1] == 0x28 { (open, close) = (2, [0x5C, 0x29]) }
      }
      guard open > 0 else {
        place += 1
        continue
      }
      guard let end = PlainSearch.first(close, in: bytes, from: place + open) else { break }
      let span = bytes[(place + open)..<end]
      guard Self.isFormula(span) else {
        place += open
        continue
      }
      spanCount += 1
      if formulas.count < 6, let formula = FormulaWriter.plain(span), !formulas.contains(formula) {
        formulas.append(formula)
      }
      place = end + close.count
    }
    // An equation of some length tells a problem from others better than "n ≥ 1".
    let order = formulas.indices.sorted { (Self.worth(formulas[$0]), $1) > (Self.worth(formulas[$1]), $0) }
    formulas = order.map { formulas[$0] }
  }

  private static let english = WordSet(
    "the of and is are what find let that if for be with at this to has how which value compute simplify such")
  private static let paper = WordSet(
    "\\section \\cite \\citep \\citet \\label \\ref \\subsection \\documentclass \\usepackage abstract arxiv")
  private static let commands = WordSet(
    """
    \\frac \\dfrac \\tfrac \\sqrt \\sum \\int \\prod \\lim \\sin \\cos \\tan \\log \\ln \\pi \\theta \\alpha \\beta \\le \\leq
    \\ge \\geq \\cdot \\times \\div \\left \\right \\begin \\end \\pmod \\equiv \\binom \\boxed \\text \\mathbf \\overline \\angle
    \\triangle \\circ \\infty \\pm \\neq \\ldots \\dots \\cdots \\lfloor \\lceil \\star \\operatorname \\vec \\mathbb \\quad
    """)
  private static let numberWords = WordSet(
    """
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty hundred thousand twice half dozen
    third quarter
    """)
  private static let orders = WordSet(
    """
    find compute determine evaluate simplify express solve calculate prove factor convert let suppose given expand
    enter
    """)
  private static let working = WordSet(
    """
    step therefore thus hence simplify simplifying substitute substituting substitution \\boxed equation gives get have
    since solving factoring expanding so calculate dividing multiplying adding subtracting rewrite both
    """)
  private static let amounts: HashTable<Bool> = {
    let turns = """
      how many/how much/the probability/what fraction/what percent/what percentage/the sum/the value/the number/the area
      the length/the greatest/the least/the smallest/the largest/the average/the perimeter/the volume/the ratio/how far
      how long/how old/the total/the measure/the degree/the remainder/the product/the difference/the distance/the minimum
      the maximum/what value/what number/what integer/the mean/the median/the radius/the fewest/the height/your answer
      is equal/the cost/the price/the largest/two integers/what's the/least possible/largest possible/shortest distance/ordered pair/ordered pairs/of ways/how tall/how fast/how large
      """
    var pairs: [UInt64: Bool] = [:]
    for turn in turns.split(whereSeparator: { $0 == "/" || $0 == "\n" }) {
      let words = turn.split(separator: " ")
      pairs[WordHash.pair(WordHash.of(words[0].utf8), WordHash.of(words[1].utf8))] = true
    }
    return HashTable(pairs, empty: false)
  }()
}
