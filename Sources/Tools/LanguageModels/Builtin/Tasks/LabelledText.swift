import PersonaRecords

/// A short text for a classifier: `Text: …` that shows the label asked for without naming it.
enum LabelledText: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.asks(for: "Text:") && request.setting("Label") != nil
  }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "label")
    let label = (request.setting("Label") ?? "").lowercased().filter { $0.isLetter || $0 == " " || $0 == "-" }
      .trimmingWhitespace()
    if world.isChinese { return "Text: " + ChineseWriter.labelled(world, label: label, &random) }
    world.weaver["d"] = request.setting("Domain").map { $0.lowercased() } ?? world.reading.domain.field
    let kind = LabelTable.kind(of: label)
    var text = ""
    // The label's own word would give it away; another draw is nearly always free of it.
    for _ in 0..<12 {
      text = draft(kind, world, &random)
      if label.isEmpty || !text.lowercased().contains(label) { return "Text: " + text }
    }
    return "Text: " + text.replacing(label, with: "matter")
  }

  private static func draft(_ kind: String, _ world: PersonaWorld, _ random: inout SeededRandom) -> String {
    let rows = LabelTable.rows[kind] ?? LabelTable.rows["neutral"] ?? []
    var sentences = [world.weaver.one(of: rows, &random)]
    let tails = LabelTable.tails[kind] ?? LabelTable.tails["neutral"] ?? []
    sentences += world.weaver.some(1 + random.below(2), of: tails, &random)
    return sentences.map(\.capitalised).joined(separator: " ")
  }
}

/// Sentences by the kind of text that a label asks for.
enum LabelTable {
  /// The kind that is nearest to a label.
  static func kind(of label: String) -> String {
    for (word, kind) in words where label.contains(word) { return kind }
    return "neutral"
  }

  private static let words: [(String, String)] = [
    ("complain", "complaint"), ("negative", "complaint"), ("dissatisf", "complaint"), ("angry", "complaint"),
    ("critic", "complaint"), ("praise", "praise"), ("positive", "praise"), ("satisf", "praise"),
    ("compliment", "praise"),
    ("question", "question"), ("inquiry", "question"), ("enquiry", "question"), ("request", "request"),
    ("order", "request"),
    ("booking", "request"), ("report", "report"), ("bug", "report"), ("incident", "report"), ("technical", "report"),
    ("suggest", "suggestion"), ("feature", "suggestion"), ("idea", "suggestion"), ("thank", "thanks"),
    ("gratitude", "thanks"), ("apolog", "apology"), ("warning", "warning"), ("urgent", "warning"), ("refund", "refund"),
    ("billing", "refund"), ("cancel", "refund"), ("sarcas", "sarcasm"), ("iron", "sarcasm"), ("joke", "sarcasm"),
    ("spam", "advert"), ("advert", "advert"), ("promo", "advert"), ("opinion", "opinion"), ("personal", "opinion"),
  ]

  static let rows: [String: [String]] = [
    "complaint": [
      "for the third time since {month} nobody at your {place} could tell me anything about {k}.",
      "I waited {m} minutes on {day1}, and in the end the {item} were the wrong ones.",
      "what you call {d} has cost me {n} days, and I still cannot get on with {k}.",
      "{n} of the {container} arrived damaged, and your people told me to be patient.",
      "your new rules make {k} harder for everybody, and nobody asked us.",
      "I have written {n} times about {j} and have not had a single answer.",
      "it is hard to believe how little care you take with {k} [these days|since {month}].",
      "I was promised that {k} would be dealt with by {day1}; it is {day2} now, and nothing has happened.",
    ],
    "praise": [
      "I had hardly any hope for {k}, and then your team at the {place} solved it in {m} minutes.",
      "the way {name1} explained {k} to us was the best I have come across in {n} years.",
      "everything about {d} went smoothly on {day1}, from the first call to the last {item}.",
      "what a difference: since {month} {k} {is} a pleasure, and that is your doing.",
      "the {helper} were kind, quick and well prepared, even when {j} came up.",
      "I tell everybody at the {place} how good you are with {k}.",
      "your guide to {k} is clear, honest and short, which is rare in {d}.",
    ],
    "question": [
      "can you tell me whether {k} {is} covered when {j} play{js} a part?",
      "which papers do I need at the {place} if I want to ask about {k} on {day1}?",
      "how long does it usually take until {item} are ready, and who decides about {k}?",
      "does the change to {d} from {month} also apply to {k}?",
      "what would happen to {k} if {n} of the {helper} were away for a week?",
      "is there a simple way to find out how {k} and {j} are connected?",
      "where can I see who is responsible for {k}, and when may I call?",
    ],
    "request": [
      "please send {n} {container} of {item} to the {place} before {day1}.",
      "could you move my appointment about {k} from {day1} to {day2}?",
      "I would like to have a copy of everything you hold on {k}, by post if possible.",
      "kindly put me on the list for the course on {k} in {month}.",
      "we need somebody at the {place} for {m} minutes on {day1} to look at {k}.",
      "please change the contact for {d} to {name1}, who looks after {k} from now on.",
    ],
    "report": [
      "on {day1} at about {n} o'clock {m} {item} went missing at the {place}; {name1} noticed it first.",
      "since the update in {month} the page on {k} stays blank after the second click.",
      "the count for {month}: {m} {item} checked, {n} rejected, no accidents.",
      "during the work on {k} the {container} tipped over; nobody was hurt, and the area is closed off.",
      "we looked at {k} for {n} weeks; the figures for {j} are {m} percent above those of last year.",
      "at the {place} the alarm went off {n} times on {day1}, each time while we were busy with {k}.",
    ],
    "suggestion": [
      "it might help to show the hours for {k} on the door of the {place}.",
      "why not let the {helper} try {k} for {n} weeks before anything is decided?",
      "a short list of {n} steps would make {d} easier for beginners in {k}.",
      "you could put the {item} beside the entrance, so that {k} {is} not held up.",
      "how about one evening in {month} on which {name1} answers everything about {k}?",
    ],
    "thanks": [
      "{name1} stayed {m} minutes longer on {day1} to help me with {k}, and I have not forgotten it.",
      "without your help {k} would have been too much for me this {month}.",
      "I am grateful to all the {helper} who carried the {item} and said not a word about it.",
      "you took the time for {k} when nobody else did, and that means a great deal to us.",
    ],
    "apology": [
      "I am sorry that I left the {item} at the {place} on {day1} and kept you all waiting.",
      "the mistake with {k} was mine, and I should have told you before {day1}.",
      "please forgive the tone of my letter about {k}; I had not slept, and you deserved better.",
      "we regret that {n} of the {container} reached you late, and will bear the costs.",
    ],
    "warning": [
      "do not use the {item} from {month}: {n} of them have failed at the {place}.",
      "stay away from the back door of the {place} until {day1}, the ceiling is coming down.",
      "somebody is calling the {helper} and asking for passwords on account of {k}; hang up at once.",
      "if nothing is done about {k} by {day1}, the whole {place} will have to close.",
    ],
    "refund": [
      "you took ${m}0 from my account for {k}, although I had withdrawn on {day1}.",
      "the {item} went back to you {n} weeks ago, and the money has not arrived.",
      "I no longer wish to take part in the course on {k} and would like my fee of ${m} back.",
      "the invoice of {month} lists {n} {container} that were never delivered to the {place}.",
    ],
    "sarcasm": [
      "oh wonderful, another form about {k}, just what the {place} was missing.",
      "only {n} hours on the phone for {k}; I had packed food for twice as long.",
      "what a clever idea to move {k} to {day1}, when nobody is there.",
      "how thoughtful of you to explain {k} to {aRole}, we know so little about it.",
      "lovely: {n} meetings on {k}, and the only result is a meeting on {j}.",
      "I always wanted to spend {m} minutes in a queue for {item}, thank you for making it come true.",
      "of course the {item} are late, it would have been a shame to be on time for {k} just once.",
    ],
    "advert": [
      "only until {day1}: learn all about {k} in {n} easy lessons and pay just ${m}!",
      "congratulations, you have been chosen for {n} free {item}; click now and tell {n} friends!",
      "tired of {j}? Our method makes {k} child's play, or you get double your money back!",
    ],
    "opinion": [
      "to my mind {k} matter{s} more than all the talk about {j}.",
      "I have never understood why {d} makes such a fuss about {k}.",
      "in my experience {k} work{s} best when left to the {helper}.",
      "people who complain about {k} have seldom tried it for {n} weeks.",
    ],
    "neutral": [
      "the {place} will be open from {n} to 6 on {day1}, and {k} {is} on the agenda.",
      "{name1} takes over {k} from {name2} in {month}; the {item} stay where they are.",
      "there are {m} {item} in the {container}, and {n} of them belong to {name1}.",
      "{d} and {k} were discussed for {m} minutes, followed by {j}.",
    ],
  ]

  static let tails: [String: [String]] = [
    "complaint": [
      "I expect an answer by {day2}.", "this is not what I pay for.", "my colleagues at the {place} say the same.",
      "please do not send me another form letter.", "I will look for somebody else if this goes on.",
      "the part about {j} was even worse.",
    ],
    "praise": [
      "keep it up!", "I will gladly come back in {month}.", "{name2} in particular deserves a mention.",
      "even {j} turned out well.", "five stars from me.",
    ],
    "question": [
      "I could not find anything about it on your page.", "a short answer would be enough.", "it concerns {n} {item}.",
      "I ask because of {j}.",
    ],
    "request": [
      "many thanks in advance.", "you can reach me at the {place} until {n} o'clock.", "it is for {k}.",
      "if that is not possible, {day2} would do as well.",
    ],
    "report": [
      "{name2} has been told.", "photographs are attached.", "we will look at it again on {day2}.",
      "work on {k} goes on as planned.",
    ],
    "neutral": [
      "{name2} has the key.", "nothing else has changed.", "the next date is {day2}.", "it concerns {k}.",
    ],
    "suggestion": [
      "it would cost next to nothing.", "other places in {d} do it already.", "I would be glad to help on {day2}.",
    ],
    "thanks": ["thank you, from all of us.", "cake is waiting at the {place} on {day2}.", "that was kind."],
    "apology": ["it will not happen again.", "I will make up for it on {day2}.", "tell me what I can do."],
    "warning": ["pass this on to everybody.", "call {name2} if in doubt.", "this is meant seriously."],
    "refund": ["my bank details have not changed.", "please settle this by {day2}.", "the receipt is attached."],
    "sarcasm": [
      "really, well done.", "I can hardly wait for {day2}.", "who needs {k} anyway?",
      "{name1} deserves a medal for it.",
      "next we could lose the key to the {place}.", "{j} must be next on the list.", "I shall frame the letter.",
      "{n} out of {n}, as always.",
    ],
    "advert": ["no risk, no small print!", "places are running out!", "everybody in {d} is talking about it!"],
    "opinion": [
      "others may see it differently.", "that is how it looks from the {place}.", "I have said so since {month}.",
    ],
  ]
}
