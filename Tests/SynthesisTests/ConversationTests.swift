import Conversation
import LanguageModels
import PersonaRecords
import Testing

/// What each side sees, and when a conversation is over.
@Suite struct ConversationTests {
  private static let asker = Persona(text: "A diver who fears sharks", origin: .init(kind: .imported))
  private static let other = Persona(text: "A baker with a secret recipe", origin: .init(kind: .imported))

  private static func stage(turns: Int = 3, told: String = "") throws -> Conversation {
    var settings = Conversation.Settings(model: "m")
    settings.turns = turns
    settings.assistantPrompt = told
    let prompt = try PromptTemplate(
      "--- system ---\nHidden rules.\n--- user ---\n{{persona}}\n{{conversation}}\n{{topic}}\nGo on.",
      knowing: Conversation.promptVariables)
    return Conversation(settings: settings, userPrompt: prompt, playerPrompt: prompt) { text, _ throws(Problem) in
      text.contains("BAD") ? (reason: "no-markup", detail: text) : nil
    }
  }

  private static func reply(_ text: String, finish: String = "stop") -> ModelReply {
    ModelReply(text: text, finishReason: finish, usage: .init(promptTokens: 1, completionTokens: 1), model: "m")
  }

  /// Plays the replies one by one; returns all that was asked and what came of it.
  private static func play(
    _ stage: Conversation, _ opening: Conversation.Opening, _ replies: [String]
  ) throws -> (asked: [ModelRequest], end: Conversation.Step) {
    var asked: [ModelRequest] = []
    var said: [ModelReply] = []
    while true {
      let step = try stage.proceed(opening, replies: said)
      guard case .asks(let request) = step, said.count < replies.count else { return (asked, step) }
      asked.append(request)
      said.append(reply(replies[said.count]))
    }
  }

  private static let withAssistant = Conversation.Opening(
    persona: asker, message: "How deep may I dive alone?", partner: nil)
  private static let withOther = Conversation.Opening(persona: asker, message: "", partner: other, topic: "bread")

  /// The plan asks as often as the longest conversation, and each time about as much.
  @Test(arguments: [1, 2, 4]) func aRehearsalAsksWhatALongConversationAsks(turns: Int) throws {
    for (opening, calls) in [(Self.withAssistant, turns * 2 - 1), (Self.withOther, turns * 2)] {
      let stage = try Self.stage(turns: turns)
      // As long as the fillers, and each of other words.
      let said = (0..<calls).map { number in
        let isPersona = opening.partner != nil || number.isMultiple(of: 2) == false
        let text = (0..<20).map { "w\(number)x\($0)" }.joined(separator: " ")
        let marker = !isPersona ? "" : opening.partner == nil ? "User message: " : "Reply: "
        return marker + text + String(repeating: ".", count: 200 - text.utf8.count)
      }
      let (asked, end) = try Self.play(stage, opening, said)
      guard case .ended(let transcript) = end else {
        Issue.record("\(end)")
        continue
      }
      #expect(transcript.ending == .turns)
      let planned = stage.rehearsal(opening, messageTokens: 50)
      #expect(planned.count == calls && asked.count == calls)
      #expect(planned.first == asked.first)
      #expect(planned.map(\.estimatedPromptTokens) == asked.map(\.estimatedPromptTokens))
      #expect(planned.map(\.sampling) == asked.map(\.sampling))
    }
  }

  @Test func theAssistantNeverSeesThePersona() throws {
    let (asked, end) = try Self.play(
      try Self.stage(told: "Be brief."), Self.withAssistant,
      [
        "Not at all, says my rule.", "User message: And with a friend?", "Thirty metres.", "User message: Why that?",
        "Air.",
      ])
    #expect(asked.count == 5)
    for place in [0, 2, 4] {
      let text = asked[place].messages.map(\.content).joined(separator: "\n")
      #expect(!text.contains("sharks") && !text.contains("Hidden rules"))
      #expect(asked[place].messages.first?.content == "Be brief.")
      #expect(
        asked[place].messages.map(\.role).dropFirst().enumerated().allSatisfy {
          $1 == ($0 % 2 == 0 ? .user : .assistant)
        })
    }
    #expect(asked[1].messages.last?.content.contains("sharks") == true)
    #expect(
      asked[1].messages.last?.content.contains(
        "<conversation>\nUser: How deep may I dive alone?\nAssistant: Not at all") == true)
    guard case .ended(let transcript) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(transcript.ending == .turns)
    #expect(transcript.messages.map(\.role) == [.user, .assistant, .user, .assistant, .user, .assistant])
    #expect(Set(asked.compactMap(\.sampling.seed)).count == 5, "each turn has a seed of its own")
  }

  @Test func twoPersonasSeeOnlyWhatIsSaid() throws {
    let (asked, end) = try Self.play(
      try Self.stage(turns: 2), Self.withOther,
      ["Reply: Morning.", "Reply: Rolls are still warm.", "Reply: Two of them, please.", "Reply: There you are."])
    for (place, request) in asked.enumerated() {
      let text = request.messages.map(\.content).joined(separator: "\n")
      #expect(text.contains("sharks") == (place % 2 == 0) && text.contains("secret recipe") == (place % 2 == 1))
      #expect(text.contains("bread"))
    }
    #expect(asked[3].messages.last?.content.contains("Them: Morning.\nYou: Rolls are still warm.\nThem: Two") == true)
    guard case .ended(let transcript) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(transcript.messages.count == 4)
  }

  @Test(arguments: [
    (["Not alone.", "User message: Thanks, that is all I needed. Bye!"], Conversation.Ending.goodbye, 2),
    (["Not alone.", "User message: How deep may I dive alone?"], .loop, 2),
    (["Not alone.", "User message: Why?", "Not alone."], .loop, 2),
    (["Not alone.", "User message: Why?", "Air.", "I would say why."], .badMessage, 4),
    (["Not alone.", "User message: Why?", "BAD"], .badMessage, 2),
    (["Not alone.", "User message:"], .badMessage, 2),
    (["Take care of your air. Bye.", "User message: I do?", "Yes.", "User message: And now?", "Go."], .turns, 6),
  ])
  func itEndsInTime(replies: [String], ending: Conversation.Ending, count: Int) throws {
    let (_, end) = try Self.play(try Self.stage(), Self.withAssistant, replies)
    guard case .ended(let transcript) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(transcript.ending == ending && transcript.messages.count == count, "\(transcript)")
    #expect(transcript.messages.last?.role == .assistant)
  }

  @Test func peopleKeepTheirFarewell() throws {
    let (_, end) = try Self.play(
      try Self.stage(), Self.withOther, ["Reply: Morning.", "Reply: I have to go, see you soon."])
    guard case .ended(let transcript) = end else {
      Issue.record("\(end)")
      return
    }
    #expect(transcript.ending == .goodbye && transcript.messages.count == 2)
  }

  @Test func whatBeginsBadIsRejectedByName() throws {
    for (text, reason) in [("BAD", "no-markup"), (" ", "empty"), ("How deep may I dive alone?", "loop")] {
      let (_, end) = try Self.play(try Self.stage(), Self.withAssistant, [text])
      guard case .rejected(reason, _, text) = end else {
        Issue.record("\(end)")
        return
      }
    }
    let cut = try Self.stage().proceed(Self.withAssistant, replies: [Self.reply("It is", finish: "length")])
    guard case .rejected("cut-by-length", _, _) = cut else {
      Issue.record("\(cut)")
      return
    }
    let (_, end) = try Self.play(try Self.stage(), Self.withOther, ["Morning without a marker."])
    guard case .rejected("marker-missing", _, _) = end else {
      Issue.record("\(end)")
      return
    }
  }
}
