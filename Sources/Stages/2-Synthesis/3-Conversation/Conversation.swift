package import LanguageModels
package import PersonaRecords

/// Plays a conversation: a persona as the user of an assistant, or two personas with each other.
///
/// A player's prompt is hidden: the other side sees what was said and nothing else. After each reply the whole conversation
/// is worked out again from the replies so far, so it depends on nothing but them. Source: arXiv 2406.20094, Section 4.3.
package struct Conversation: Sendable {
  package struct Settings: Sendable {
    /// Messages of the side that begins, at most.
    package var turns = 3
    package var model: String
    package var sampling = Sampling()
    package var seed: UInt64 = 0
    /// What the assistant is told before the conversation; `""` for nothing.
    package var assistantPrompt = ""

    package init(model: String) { self.model = model }
  }

  /// Who talks with whom, and how it begins.
  package struct Opening: Sendable {
    /// Of the persona that begins.
    package let persona: Persona
    /// The first message; `""` has the persona begin.
    package let message: String
    /// The other player; nil for an assistant.
    package let partner: Persona?
    /// What the players are to talk about; `""` leaves it to them.
    package let topic: String

    package init(persona: Persona, message: String, partner: Persona?, topic: String = "") {
      self.persona = persona
      self.message = message
      self.partner = partner
      self.topic = topic
    }
  }

  /// Why a conversation is over.
  package enum Ending: String, Sendable {
    case turns
    /// The persona took leave.
    case goodbye
    /// Somebody said again what was said before; that message is left out.
    case loop
    /// A message failed a check, or a reply could not be read; that message is left out.
    case badMessage = "bad-message"
  }

  package struct Transcript: Sendable {
    /// User and assistant in turn, beginning with the user. Of two personas the first is the user.
    package let messages: [Message]
    package let ending: Ending
  }

  package enum Step: Sendable {
    case asks(ModelRequest)
    case ended(Transcript)
    /// Nothing of use came of it: the first exchange was bad already.
    case rejected(reason: String, detail: String, text: String)
  }

  /// What is wrong with one message, by the name of the check; nil when nothing is.
  package typealias MessageCheck =
    @Sendable (_ text: String, _ speaker: Message.Role) throws(Problem) -> (
      reason: String, detail: String
    )?

  private let settings: Settings
  private let userPrompt: PromptTemplate
  private let playerPrompt: PromptTemplate
  private let check: MessageCheck

  /// The variables of the prompts; `persona` and `conversation` arrive between tags.
  package static let promptVariables: Set<String> = ["persona", "conversation", "topic"]
  /// What a player's reply begins with.
  private static let userMarker = "User message:"
  private static let playerMarker = "Reply:"

  /// - Parameters:
  ///   - userPrompt: for the persona that talks with an assistant; its reply begins with `User message:`.
  ///   - playerPrompt: for a persona that talks with another; its reply begins with `Reply:`.
  package init(
    settings: Settings, userPrompt: PromptTemplate, playerPrompt: PromptTemplate, check: @escaping MessageCheck
  ) {
    self.settings = settings
    self.userPrompt = userPrompt
    self.playerPrompt = playerPrompt
    self.check = check
  }

  /// How the conversation goes on after these replies.
  package func proceed(_ opening: Opening, replies: [ModelReply]) throws(Problem) -> Step {
    var messages: [Message] = []
    if !opening.message.isEmpty { messages.append(Message(role: .user, content: opening.message)) }
    for reply in replies {
      let speaker = Self.speaker(after: messages)
      func bad(_ reason: String, _ detail: String) -> Step {
        end(messages, opening, .badMessage) ?? .rejected(reason: reason, detail: detail, text: reply.text)
      }
      if let reason = reply.rejectionReason { return bad(reason, "the model stopped with \"\(reply.finishReason)\"") }
      guard let text = Self.message(in: reply.text, of: speaker, opening) else {
        return bad("marker-missing", "a player's message does not begin as asked")
      }
      guard !text.isEmpty else { return bad("empty", "nothing but white space") }
      if TalkEnds.isRepeat(text, of: messages) {
        return end(messages, opening, .loop) ?? .rejected(reason: "loop", detail: "it repeats itself", text: reply.text)
      }
      if let mistake = try check(text, speaker) { return bad(mistake.reason, mistake.detail) }
      if speaker == .user || opening.partner != nil, TalkEnds.isGoodbye(text), !messages.isEmpty {
        // An assistant's last word stays the last; two people part with the farewell.
        if opening.partner != nil { messages.append(Message(role: speaker, content: text)) }
        return end(messages, opening, .goodbye)
          ?? .rejected(reason: "goodbye", detail: "it ends before it began", text: reply.text)
      }
      messages.append(Message(role: speaker, content: text))
    }
    let pairs = messages.count { $0.role == .assistant }
    if pairs >= settings.turns { return .ended(Transcript(messages: messages, ending: .turns)) }
    return .asks(request(messages, opening, number: replies.count))
  }

  /// The conversation so far, if it is one: at least a message and its answer, and an assistant's at the end.
  private func end(_ messages: [Message], _ opening: Opening, _ ending: Ending) -> Step? {
    var whole = messages
    if opening.partner == nil, whole.last?.role == .user { whole.removeLast() }
    guard whole.count >= 2 else { return nil }
    return .ended(Transcript(messages: whole, ending: ending))
  }

  private static func speaker(after messages: [Message]) -> Message.Role {
    messages.last?.role == .user ? .assistant : .user
  }

  private static func message(in reply: String, of speaker: Message.Role, _ opening: Opening) -> String? {
    if speaker == .assistant, opening.partner == nil { return reply.trimmingWhitespace() }
    let marker = opening.partner == nil ? userMarker : playerMarker
    let start = reply.drop { $0.isWhitespace || "*#_>\"“`".contains($0) }
    guard start.prefix(marker.count).lowercased() == marker.lowercased() else { return nil }
    return String(start.dropFirst(marker.count).drop { "*_\"”`".contains($0) }).trimmingWhitespace()
  }

  private func request(_ messages: [Message], _ opening: Opening, number: Int) -> ModelRequest {
    let speaker = Self.speaker(after: messages)
    var sampling = settings.sampling
    let partner = opening.partner.map { "\($0.id)" } ?? ""
    let place = "converse\u{0}\(opening.persona.id)\u{0}\(partner)\u{0}\(number)"
    // 31 bits: every server takes such a seed.
    sampling.seed = settings.sampling.seed ?? StableHash.of(place.utf8, seed: settings.seed) >> 33
    return ModelRequest(model: settings.model, messages: prompt(messages, opening, speaker), sampling: sampling)
  }

  private func prompt(_ messages: [Message], _ opening: Opening, _ speaker: Message.Role) -> [Message] {
    let names: [Message.Role: String]
    let template: PromptTemplate
    let persona: Persona
    if let partner = opening.partner {
      names = speaker == .user ? [.user: "You", .assistant: "Them"] : [.user: "Them", .assistant: "You"]
      template = playerPrompt
      persona = speaker == .user ? opening.persona : partner
    } else {
      guard speaker == .user else {
        let told = settings.assistantPrompt
        return (told.isEmpty ? [] : [Message(role: .system, content: told)]) + messages
      }
      names = [.user: "User", .assistant: "Assistant"]
      template = userPrompt
      persona = opening.persona
    }
    let lines = messages.map { "\(names[$0.role] ?? ""): \($0.content)" }.joined(separator: "\n")
    return template.messages([
      "persona": .text(fenced(persona.text, tag: "persona")),
      "conversation": .text(lines.isEmpty ? "" : fenced(lines, tag: "conversation")),
      "topic": .text(opening.topic),
    ])
  }
}

extension Conversation {
  /// What a conversation asks that goes on to its last turn, with fillers in the place of replies: to know what it takes.
  /// - Parameter messageTokens: the length of a filler, about.
  package func rehearsal(_ opening: Opening, messageTokens: Int) -> [ModelRequest] {
    let filler = String(repeating: "x", count: messageTokens * 4)
    var messages = opening.message.isEmpty ? [] : [Message(role: .user, content: opening.message)]
    var requests: [ModelRequest] = []
    while messages.count(where: { $0.role == .assistant }) < settings.turns {
      requests.append(request(messages, opening, number: requests.count))
      messages.append(Message(role: Self.speaker(after: messages), content: filler))
    }
    return requests
  }
}
