/// The forms of English verbs, by rule.
enum VerbForms {
  /// Base, third person, past and -ing form; a final consonant after one short vowel doubles.
  static func all(of base: String) -> [String] {
    let bytes = Array(base.utf8)
    guard bytes.count > 1, let last = bytes.last else { return [base] }
    let before = bytes[bytes.count - 2]
    let stem = String(base.dropLast())
    let vowels = Array("aeiou".utf8)
    if last == UInt8(ascii: "e") {
      return [base, base + "s", base + "d", stem + "ing"]
    }
    if last == UInt8(ascii: "y"), !vowels.contains(before) {
      return [base, stem + "ies", stem + "ied", base + "ing"]
    }
    let hisses = base.hasSuffix("s") || base.hasSuffix("sh") || base.hasSuffix("ch") || base.hasSuffix("x")
    let third = hisses || last == UInt8(ascii: "o") ? base + "es" : base + "s"
    var forms = [base, third, base + "ed", base + "ing"]
    let doubles =
      bytes.count >= 3 && vowels.contains(before) && !vowels.contains(bytes[bytes.count - 3])
      && !vowels.contains(last) && !"wxyh".utf8.contains(last)
    if doubles {
      let letter = String(decoding: [last], as: UTF8.self)
      forms += [base + letter + "ed", base + letter + "ing"]
    }
    return forms
  }

  /// Past forms and participles that no rule makes.
  static let irregular = """
    arose arisen ate eaten beaten became begun began bound bought broke broken brought built burnt came caught chose
    chosen clung cost crept did done dealt drank drunk drawn drew driven drove fed fell fallen felt fled flew flown fought
    forgot forgotten forgave gave given gone went got gotten grew grown heard held hid hidden hung kept knew known laid
    lain led lent lost made meant met mistook overcame paid proven ran rang risen rode ridden rose said sang sat saw seen
    sent shaken shone shot showed shown shrank slept slid sold sought spent spoke spoken spun stole stolen stood stuck
    struck stung sung sunk swam swore sworn swung taken took taught thought threw thrown told tore torn understood
    undergone underwent woke woken won wore worn wrote written withdrew withdrawn says does goes gets lets sits
    found lost met won hit bet bore borne bred bent blew blown crept dug fed fell felt flung forbade forgave froze frozen
    gave ground grew hurt knelt leapt lit meant paid rang rid sank shrunk slew slain slung smelt spat sped spelt split
    sprang stank strode stricken strove swept swollen tread trod upheld wept withheld wove woven wound wrung drank
    dying lying tying being having getting putting setting letting making taking saying seeing going coming
    """
}
