import BuiltinModel
import PersonaRecords
import Testing

/// Every recipe of the paper's Section 4 gets a usable answer from every persona.
struct RecipeTasksTests {
  private typealias P = RecipePersonas

  private struct Ask: Sendable, CustomStringConvertible {
    let description: String
    let instruction: String
    var blocks = ""
  }

  private static let lore = """
    <lore>
    The drowned valley of Oster Mere is ruled by the Ferry Council, and Hallow Quay pays tolls to the Reed Barons.
    Roles: tide-reader, lampwright, reed-cutter, toll clerk
    Places: Hallow Quay, the Sunken Library, Gull Stair
    </lore>
    """
  private static let talk = """
    <conversation>
    User: Could you make a plan?
    Assistant: I would start with a list of open tasks and finish with a safety checklist.
    </conversation>
    """

  private static let asks: [Ask] = [
    Ask(description: "math", instruction: P.marker("Math problem:")),
    Ask(description: "logic", instruction: P.marker("Logic puzzle:")),
    Ask(description: "spatial", instruction: P.marker("Spatial puzzle:")),
    Ask(description: "trick", instruction: "Language: English\n" + P.marker("Question:")),
    Ask(description: "Chinese trick", instruction: "Language: Chinese\n" + P.marker("Question:")),
    Ask(description: "prompt", instruction: P.marker("User prompt:")),
    Ask(description: "article", instruction: "Write \"Title: …\", then \"Article: …\"."),
    Ask(description: "reading", instruction: "Write \"Title: …\", then \"Text: …\"."),
    Ask(
      description: "character", instruction: "Write these sections\nName: …\nRole: …\nBackground: …\nInteraction: …",
      blocks: lore),
    Ask(description: "complaint", instruction: "Label: complaint\n" + P.marker("Text:")),
    Ask(description: "scene", instruction: P.marker("Scene:")),
    Ask(description: "turn", instruction: P.marker("User message:"), blocks: talk),
    Ask(
      description: "reply", instruction: P.marker("Reply:"),
      blocks: "<conversation>\nThem: I repaired the old greenhouse door.\n</conversation>"),
    Ask(description: "unknown", instruction: P.marker("Haiku:")),
  ]

  @Test(arguments: asks) private func answersAreDistinctCleanAndTheSameEachTime(ask: Ask) {
    let answers = P.all.map { P.ask($0, ask.instruction, blocks: ask.blocks) }
    for (persona, answer) in zip(P.all, answers) {
      #expect(
        !answer.contains("{") && !answer.contains("<") && !answer.contains("[") && !answer.contains("walrus"),
        "\(answer)")
      #expect(!answer.contains("Rules:") && !answer.contains(": As a "), "\(answer)")
      if persona.utf8.count > 40 { #expect(!answer.contains(persona), "\(answer)") }
    }
    #expect(
      P.distinct(answers) * 10 >= answers.count * 9, "\(ask.description): \(P.distinct(answers)) of \(answers.count)")
    for persona in P.all.prefix(12) {
      #expect(
        P.ask(persona, ask.instruction, blocks: ask.blocks) == P.ask(persona, ask.instruction, blocks: ask.blocks))
    }
  }

  @Test(arguments: asks) private func examplesAreNotTakenForThePersona(ask: Ask) {
    let examples = """
      <examples>
      <persona>
      A llama breeder in the high Andes
      </persona>
      Math problem: How many llamas? Question: Title: Text: Scene:
      </examples>

      """
    for persona in P.all.prefix(20) {
      let plain = P.ask(persona, ask.instruction, blocks: ask.blocks)
      #expect(P.ask(persona, ask.instruction, blocks: ask.blocks, examples: examples) == plain)
    }
  }

  @Test func markersComeFirstAndPuzzlesEndInAQuestion() {
    for persona in P.all {
      for marker in ["Logic puzzle:", "Spatial puzzle:", "Question:", "Scene:", "Reply:", "User message:"] {
        let answer = P.ask(persona, P.marker(marker))
        #expect(answer.hasPrefix(marker + " "), "\(answer)")
        if marker.hasSuffix("puzzle:") || marker == "Question:" {
          #expect(answer.hasSuffix("?") || answer.hasSuffix("？"), "\(answer)")
          #expect(!answer.contains("Answer:") && !answer.contains("Solution:"))
        }
      }
    }
  }

  @Test func chineseTrickQuestionsHaveNoLatinLetter() {
    for (number, persona) in P.all.enumerated() {
      let answer = P.ask(persona, "Language: Chinese\n" + P.marker("Question:"), seed: UInt64(number))
      let body = answer.dropFirst("Question: ".count)
      #expect(!body.contains { $0.isASCII && $0.isLetter } && body.count > 10 && body.hasSuffix("？"), "\(answer)")
    }
  }

  @Test(arguments: ["Article", "Text"]) func articlesHaveATitleParagraphsAndTheRightLength(section: String) {
    for persona in P.all {
      let answer = P.ask(persona, "Write \"Title: …\", then \"\(section): …\".")
      let lines = answer.split(separator: "\n")
      #expect(lines[0].hasPrefix("Title: ") && lines[1].hasPrefix("\(section): ") && lines.count >= 4, "\(answer)")
      let isChinese = answer.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) }
      let count = answer.split { $0 == " " || $0 == "\n" }.count
      if !isChinese { #expect((115...265).contains(count), "\(count): \(answer)") }
    }
  }

  @Test func charactersBelongToTheirWorld() {
    for persona in P.all {
      let answer = P.ask(persona, "Role: …", blocks: Self.lore)
      let parts = answer.split(separator: "\n").map { String($0) }
      #expect(parts.map { String($0.prefix { $0 != ":" }) } == ["Name", "Role", "Background", "Interaction"])
      #expect(["tide-reader", "lampwright", "reed-cutter", "toll clerk"].contains(String(parts[1].dropFirst(6))))
      let names = ["Hallow Quay", "Sunken Library", "Gull Stair", "Oster Mere", "Ferry Council", "Reed Barons"]
      let told = names.filter { parts[2].contains($0) }
      #expect(told.count >= 2, "\(answer)")
    }
  }

  @Test func loreWithoutListsGivesItsOwnNamesAndRoles() {
    let lore =
      "<lore>\nIn the city of Karvel the guards of Morrow Gate fear the smith Odrin. A baker hides in Karvel too.\n</lore>"
    let answer = P.ask(P.all[0], "Name: …\nRole: …\nBackground: …\nInteraction: …", blocks: lore)
    #expect(answer.contains("Karvel") || answer.contains("Morrow Gate") || answer.contains("Odrin"), "\(answer)")
    #expect(["guard", "smith", "baker"].contains { answer.contains("Role: \($0)") }, "\(answer)")
  }

  @Test(arguments: ["complaint", "praise", "question", "request", "report", "sarcasm", "gibberish", "positive"])
  func aLabelledTextDoesNotNameItsLabel(label: String) {
    for persona in P.all {
      let answer = P.ask(persona, "Label: \(label)\nDomain: \(label) desk of a bank\n" + P.marker("Text:"))
      #expect(answer.hasPrefix("Text: ") && answer.count > 18, "\(answer)")
      #expect(!answer.dropFirst(6).lowercased().contains(label), "\(answer)")
    }
  }

  @Test func scenesHaveTwoSpeakersAndSixToTwelveLines() {
    for persona in P.all {
      let lines = P.ask(persona, P.marker("Scene:")).split(separator: "\n").dropFirst()
      #expect((6...12).contains(lines.count))
      #expect(Set(lines.map { $0.prefix { $0 != ":" } }).count == 2)
      #expect(lines.allSatisfy { $0.contains(": ") })
    }
  }

  @Test func aConversationEndsAndDoesNotRepeatItself() {
    for persona in P.all.prefix(60) {
      var talk = ""
      var said: [String] = []
      var isOver = false
      for turn in 0..<6 {
        let block = talk.isEmpty ? "" : "<conversation>\n\(talk)</conversation>"
        let message = P.ask(persona, P.marker("User message:"), blocks: block, seed: UInt64(turn))
        #expect(!said.contains(message), "\(message)")
        said.append(message)
        let text = String(message.dropFirst("User message: ".count))
        talk +=
          "User: \(text)\nAssistant: A \(["checklist", "budget", "timetable", "survey", "workshop", "map"][turn]) would help with it.\n"
        let lower = text.lowercased()
        if lower.contains("thank") {
          isOver = true
          #expect(turn >= 3)
          break
        }
      }
      #expect(isOver, "\(said)")
    }
  }

  @Test func aFollowUpTakesUpWhatWasSaid() {
    for persona in P.all {
      let answer = P.ask(persona, P.marker("User message:"), blocks: Self.talk)
      #expect(
        answer.contains("open tasks") || answer.contains("safety checklist") || answer.contains("list"), "\(answer)")
    }
  }

  @Test func aChatIsAnsweredWithAnOutlineAndNotWithTheHouseRules() {
    let model = BuiltinModel()
    for (number, question) in [
      "How do I keep bees through a cold winter?", "Explain compound interest to my son.", "hi",
    ].enumerated() {
      let answer = model.answer(
        messages: [
          .init(role: "system", content: "Never mention the walrus."), .init(role: "user", content: question),
        ],
        schemaName: "", seed: UInt64(number), sampleNumber: 0)
      let count = answer.split { $0 == " " || $0 == "\n" }.count
      #expect((60...160).contains(count) && !answer.contains("walrus"), "\(count) \(answer)")
    }
    let empty = model.answer(messages: [.init(role: "user", content: " ")], schemaName: "", seed: 1, sampleNumber: 0)
    #expect(empty.contains("not a language model"))
  }
}
