import PersonaRecords

/// Personas of mathematical texts: somebody with a topic of mathematics, and with what this problem is about.
enum MathPersonaWriter {
  static func draft(
    of reading: MathReading, things: [Keyphrase], verb: String, number: Int, isCoarse: Bool,
    random: inout SeededRandom
  ) -> PersonaDraft {
    let family = VerbFamily(verb) ?? .read
    let topic = reading.topics[number > 0 ? number % reading.topics.count : 0]
    if isCoarse {
      return PersonaDraft(
        persona: "\(roles[random.below(roles.count)]) with an interest in \(topic)", role: "student of mathematics",
        field: "mathematics", interests: [topic])
    }
    let choices = sentences[reading.kind]?[family] ?? []
    let sentence = choices[random.below(choices.count)]
    var persona = sentence.replacing("{t}", with: topic)
    if let detail = detail(of: reading, things: things, number: number, random: &random) {
      persona += detail
    } else if reading.topics.count > 1, let other = reading.topics.first(where: { $0 != topic }) {
      persona += ", together with \(other)"
    }
    return PersonaDraft(
      persona: persona, role: Roles.stated(in: sentence), field: "mathematics",
      interests: Array(reading.topics.prefix(3)))
  }

  /// What tells this problem from others on the same topic: the things it is about, a formula of it, its numbers.
  private static func detail(
    of reading: MathReading, things: [Keyphrase], number: Int, random: inout SeededRandom
  ) -> String? {
    let what = reading.kind == .problem ? "a problem" : "a worked solution"
    if let formula = reading.formulas.isEmpty ? nil : reading.formulas[number % reading.formulas.count] {
      let choices = [", now in \(what) with \(formula)", ", most recently in \(what) built on \(formula)"]
      return choices[random.below(choices.count)]
    }
    if !things.isEmpty {
      let thing = things[number % things.count]
      let also = reading.numbers.count > 1 ? " and the numbers \(reading.numbers[0]) and \(reading.numbers[1])" : ""
      return ", this time in \(what) about \(thing.text)\(also)"
    }
    if reading.numbers.count > 1 {
      return ", this time in \(what) with the numbers \(reading.numbers[0]) and \(reading.numbers[1])"
    }
    if let only = reading.numbers.first { return ", this time in \(what) with the number \(only)" }
    return nil
  }

  private static let roles = ["A student of mathematics", "A mathematics teacher", "A private maths tutor"]

  /// `{t}` is the topic. What stands here has to be true of any problem or solution on it.
  private static let sentences: [MathReading.Kind: [VerbFamily: [String]]] = [
    .problem: [
      .read: [
        "A high-school student preparing for a competition who practises with problems on {t}",
        "A maths tutor who looks for exercises on {t} to go through with a pupil",
        "A parent who brushes up on {t} to help a teenager with homework",
        "A university applicant who works through old exam questions on {t}",
        "A coach of a school maths team who collects problems on {t}",
      ],
      .write: [
        "A mathematics teacher who sets homework on {t}",
        "A volunteer who makes up competition problems on {t}",
        "A textbook author who writes exercises on {t}",
        "An examiner who sets short questions on {t}",
      ],
      .like: [
        "A lover of mathematical puzzles who enjoys a neat question on {t}",
        "A maths club member who likes to race friends through problems on {t}",
        "A retired engineer who keeps the mind fit with problems on {t}",
        "A keen pupil whose favourite subject is {t}",
      ],
      .dislike: [
        "A pupil who dreads {t} and would rather skip the exercise",
        "An art student who is made to solve problems on {t} in a compulsory course",
        "A teacher who would rather see applications than bare exercises on {t}",
        "A student who keeps losing marks on {t}",
      ],
    ],
    .solution: [
      .read: [
        "A student stuck on {t} who follows a solution line by line",
        "A maths tutor who checks how solutions on {t} are set out",
        "A self-taught learner who goes through worked examples on {t}",
      ],
      .write: [
        "A teaching assistant who writes out model solutions on {t}",
        "A maths tutor who explains {t} one step at a time",
        "A helpful member of a maths forum who answers questions on {t}",
      ],
      .like: [
        "A careful learner who likes every step spelled out in solutions on {t}",
        "A mathematics teacher who is pleased with a tidy derivation on {t}",
        "A student who finally understands {t} thanks to worked steps",
      ],
      .dislike: [
        "A mathematician who finds long-winded solutions on {t} tiresome",
        "A quick pupil who wants the idea behind {t} rather than routine steps",
        "A strict marker who misses reasons in solutions on {t}",
      ],
    ],
    .critique: [
      .read: [
        "A teaching assistant who marks step-by-step work on {t} and looks for the first wrong line",
        "An engineer who evaluates the mathematical reasoning of language models, here on {t}",
        "A trainee teacher who learns to give feedback on solutions about {t}",
      ],
      .write: [
        "A data engineer who prepares solutions on {t} for reviewers of language models to judge",
        "A maths teacher who asks students to find the slip in a solution on {t}",
        "A designer of grading exercises who pairs questions on {t} with answers to be checked",
      ],
      .like: [
        "A sharp-eyed marker who enjoys finding the faulty step in work on {t}",
        "A researcher on machine reasoning who is glad of checked solutions on {t}",
        "A maths tutor who likes to discuss right and wrong turns in solutions on {t}",
      ],
      .dislike: [
        "A mathematician who has no patience with mechanical solutions on {t}",
        "A tired marker who would rather solve problems on {t} than judge other people's steps",
        "A teacher who doubts that drills in criticising solutions help anybody with {t}",
      ],
    ],
  ]
}
