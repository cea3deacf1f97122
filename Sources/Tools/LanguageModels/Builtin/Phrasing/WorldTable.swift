/// Sentences and short phrases from a persona's world, for requests whose form is all that is known.
enum WorldTable {
  static let sentences = [
    "at the {place}, {k} [decide{s}|settle{s}] more than most people [think|would guess].",
    "there is [always|usually] somebody among the {helper} who asks about {k} on {day1}.",
    "{n} {container} of {item} were waiting, and {k} had to wait as well.",
    "the work on {k} began in {month} and has not been easy since.",
    "[a good week|a calm week] leaves {m} minutes for {k}; a bad one leaves none.",
    "what matters most about {k} is that nothing depends on one person.",
    "between {k} and {j} there is less of a difference than one would think.",
    "the {helper} [trust|believe] what they can see, so {k} is written on the wall of the {place}.",
    "nobody at the {place} would call {k} simple, and nobody would want to do without it.",
    "since {month}, {j} {jhas} taken up the time that was meant for {k}.",
    "a [short|plain] list of {n} points on {k} hangs beside the {item}.",
    "the question of {j} comes up each {day1}, and each time it ends with {k}.",
    "some see {k} as a burden, others as the best part of [the week|their work].",
    "in {f}, people talk about {k} more often than they practise.",
    "it takes about {m} minutes to explain {k} and a year to get everything right.",
    "the {item} are counted twice, because {k} leave{s} no room for guessing.",
    "{name1} looks after {k}, {name2} after {j}, and both keep the same notebook.",
    "on {day2} the {place} is quiet, which is the best time for {k}.",
    "one mistake with {k} cost {n} days, and it has not been made again.",
    "whoever understands {k} looks at {j} with other eyes.",
    "the plan for {k} fits on one page, and that is on purpose.",
    "newcomers learn about {c1} first and about {k} later.",
    "without {c2} there would be little to say about {k}.",
    "an hour spent on {c1} saves {n} hours of trouble with {k}.",
  ]

  /// Templates for a value by the name of the property that holds it.
  static func values(of name: String) -> [String] {
    let lower = name.lowercased()
    for (part, templates) in named where lower.contains(part) { return templates }
    return sentences
  }

  private static let named: [(String, [String])] = [
    (
      "title", ["{K} at the {place}", "{K} and {j}", "A {day1} with {k}", "What to know about {k}", "{n} notes on {k}"]
    ),
    ("first_name", ["{name1}"]),
    ("name", ["{name1}", "{name2}", "{name3}", "{name4}"]),
    ("role", ["{role}"]), ("occupation", ["{role}"]), ("job", ["{role}"]),
    ("topic", ["{k}", "{j}", "{c1}"]), ("subject", ["{k}", "{j}", "{c1}"]),
    ("interest", ["{k}", "{j}", "{c1}", "{c2}"]),
    ("hobby", ["{k}", "{j}", "{c1}"]), ("tag", ["{k}", "{j}", "{c1}", "{c2}", "{f}"]),
    ("keyword", ["{k}", "{j}", "{c1}", "{c2}", "{f}"]), ("place", ["the {place}"]), ("location", ["the {place}"]),
    ("field", ["{f}"]), ("domain", ["{f}"]), ("category", ["{f}"]),
    (
      "question",
      [
        "What would change at the {place} if {k} [took half the time|were left to the {helper}]?",
        "How do you deal with {k} when {j} get{js} in the way?", "Who decides about {k} on {day1}?",
        "Which {n} points about {k} should everybody at the {place} know?",
      ]
    ),
    (
      "goal",
      [
        "spend {m} minutes a day on {k} until {month}", "bring {k} and {j} together at the {place}",
        "teach {n} of the {helper} about {k}",
      ]
    ),
    (
      "reason",
      ["{c1} comes first", "{k} depend{s} on it", "experience with {j}", "it saves time for {k}", "worries about {c2}"]
    ),
    ("day", ["{day1}", "{day2}"]), ("date", ["2026-03-1{n}"]), ("month", ["{month}"]),
    ("email", ["post@example.org"]), ("url", ["https://example.org/"]),
  ]
}
