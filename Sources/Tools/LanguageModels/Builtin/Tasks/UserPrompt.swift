import PersonaRecords

/// What a persona might ask an assistant: `User prompt: …`.
enum UserPrompt: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.isEmpty && request.instruction.contains("User prompt:")
  }

  static func answer(_ request: Request) -> String {
    let persona = (request.persona ?? request.instruction).collapsingWhitespace()
    var random = SeededRandom(
      seed: WordHash.of(
        text: Array(persona.utf8), seed: request.seed ^ UInt64(truncatingIfNeeded: request.sampleNumber) << 32),
      purpose: "prompt")
    let reading = PersonaReading(persona)
    let setting = MathSetting(persona: persona, reading: reading, random: &random)
    return "User prompt: " + body(reading, setting, &random)
  }

  /// What the person of a world asks first, without a marker.
  static func body(_ world: PersonaWorld, seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    return body(world.reading, world.setting, &random)
  }

  private static func body(
    _ reading: PersonaReading, _ setting: MathSetting, _ random: inout SeededRandom
  ) -> String {
    let sentence = sentences[random.below(sentences.count)]
    let detail = details[random.below(details.count)]
    return (sentence + " " + detail).replacing("{k}", with: reading.topic).replacing(
      "{f}", with: reading.domain.field
    )
    .replacing("{place}", with: setting.place).replacing("{item}", with: setting.item)
    .replacing("{helper}", with: setting.helper).replacing("{n}", with: "\(3 + random.below(6))")
    .replacing("{m}", with: "\(10 * (2 + random.below(9)))")
  }

  private static let sentences = [
    "Draft a one-page briefing on {k} that I can hand out at our next meeting at the {place}, with {n} key points and a short list of open questions.",
    "I have {m} minutes to explain {k} to a group of newcomers. Suggest an outline with a hook, {n} main ideas, and one hands-on exercise.",
    "Compare the {n} most common ways to deal with {k}: cost, time needed, typical mistakes, and when each is the better choice.",
    "Write a friendly but firm email to a supplier of {item} whose last delivery held up our work on {k} by {n} days.",
    "Our team of {n} {helper} keeps running into the same trouble with {k}. Help me set up a checklist that we can go through before we start.",
    "Summarise what has changed in {f} over the last {n} years, and tell me what it means for somebody whose main concern is {k}.",
    "Make a week-by-week plan for the next {n} weeks so that I can get better at {k} with about {m} minutes a day.",
    "What should I ask an expert on {k} when we meet? Give me {n} questions that go beyond the basics, and say why each one matters.",
    "Put together a small budget for a project on {k} at the {place}; we have ${m}00 and need to pay for {item} and two days of training.",
    "Explain the main arguments for and against {k} as fairly as you can, each with one concrete example from {f}.",
    "I want to keep a simple log of {k}. Design a table with at most {n} columns, describe what goes into each, and fill in two example rows.",
    "Rewrite my notes on {k} as a short article for a local newsletter: about {m}0 words, no jargon, and a title that makes people curious.",
    "Give me {n} realistic scenarios in which {k} goes wrong, and for each a calm first reaction and a longer-term fix.",
    "Which data should I collect at the {place} to find out whether our approach to {k} works, and how would you present it on one chart?",
    "Translate the technical side of {k} into plain language for the families of our {helper}, in {n} short paragraphs.",
    "Help me prepare a talk about {k}: a story to begin with, {n} facts worth remembering, and an answer to the most likely objection.",
    "Recommend a reading list on {k} for somebody who already knows the basics of {f}: {n} books or papers, one sentence on each.",
    "Write a dialogue in which two {helper} disagree about {k}, each with good reasons, and let them find a compromise at the end.",
    "Invent a quiz of {n} questions about {k} with four choices each, rising in difficulty, and put the solutions at the end.",
    "Someone told me that {k} is overrated. Which evidence from {f} speaks for this view, and which against it?",
  ]

  private static let details = [
    "Keep it practical.", "Please avoid buzzwords.", "Mention the sources you rely on.",
    "Point out anything you are unsure about.",
    "I would rather have a short answer that is right than a long one.", "Use metric units.",
    "Add one warning sign to look out for.",
    "Assume that we have no special equipment.", "End with the single most important step for tomorrow.",
    "Make it suitable for reading on a phone.", "Leave room for my own examples.",
    "Say which points need a professional's advice.",
  ]
}
