/// One message of a conversation with a model, or of a training example.
public struct Message: Sendable, Hashable {
  public enum Role: String, Sendable {
    case system, user, assistant
  }

  public var role: Role
  public var content: String

  public init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}

extension JSONLine {
  /// A list of messages, each an object of `role` and `content`.
  public mutating func value(_ messages: [Message]) {
    array { line in
      for message in messages {
        line.object { line in
          line.member("role", message.role.rawValue)
          line.member("content", message.content)
        }
      }
    }
  }
}

/// What one model call used, as the server counted it, or estimated where it does not say.
public struct TokenUsage: Sendable, Hashable {
  public var promptTokens: Int
  public var completionTokens: Int

  public init(promptTokens: Int = 0, completionTokens: Int = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }

  public static func + (one: TokenUsage, other: TokenUsage) -> TokenUsage {
    TokenUsage(
      promptTokens: one.promptTokens + other.promptTokens,
      completionTokens: one.completionTokens + other.completionTokens)
  }
}

/// One problem, instruction or text that a recipe made with a persona, with all it takes to audit it.
public struct SynthesizedInstance: JSONLineRecord, Equatable {
  /// Content-derived: from the request, the recipe and the persona.
  public var id: String
  public var recipe: String
  /// SHA-256 of the recipe file, 64 hex digits.
  public var recipeHash: String
  public var mode: String
  public var personaID: PersonaID
  public var persona: String
  /// What was asked.
  public var messages: [Message]
  /// What was made: the reply without marker and reasoning.
  public var text: String
  public var reasoning: String
  /// Further values the recipe drew or read; of one shape within one recipe.
  public var fields: [JSONValue.Member]
  public var model: String
  public var finishReason: String
  public var usage: TokenUsage
  public var costInDollars: Double

  public init(
    id: String, recipe: String, recipeHash: String, mode: String, personaID: PersonaID, persona: String,
    messages: [Message], text: String, reasoning: String, fields: [JSONValue.Member], model: String,
    finishReason: String, usage: TokenUsage, costInDollars: Double
  ) {
    self.id = id
    self.recipe = recipe
    self.recipeHash = recipeHash
    self.mode = mode
    self.personaID = personaID
    self.persona = persona
    self.messages = messages
    self.text = text
    self.reasoning = reasoning
    self.fields = fields
    self.model = model
    self.finishReason = finishReason
    self.usage = usage
    self.costInDollars = costInDollars
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id)
      line.member("recipe", recipe)
      line.member("recipeHash", recipeHash)
      line.member("mode", mode)
      line.member("personaID", personaID.description)
      line.member("persona", persona)
      line.key("messages")
      line.value(messages)
      line.member("text", text)
      line.member("reasoning", reasoning)
      line.member("fields", .object(fields))
      line.member("model", model)
      line.member("finishReason", finishReason)
      line.key("usage")
      line.object { line in
        line.member("promptTokens", usage.promptTokens)
        line.member("completionTokens", usage.completionTokens)
      }
      line.member("costUSD", costInDollars)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    guard let personaID = PersonaID(try json.string("personaID")) else {
      throw Problem("field \"personaID\" is not 32 hex digits", consequence: .rejectRow)
    }
    var messages: [Message] = []
    for message in json["messages"]?.arrayValue ?? [] {
      let name = try message.string("role")
      guard let role = Message.Role(rawValue: name) else {
        throw Problem("role \"\(name.cut())\" is none of system, user, assistant", consequence: .rejectRow)
      }
      messages.append(Message(role: role, content: try message.string("content")))
    }
    let usage = json["usage"] ?? .object([])
    self.init(
      id: try json.string("id"), recipe: try json.string("recipe"), recipeHash: try json.string("recipeHash"),
      mode: try json.string("mode"), personaID: personaID, persona: try json.string("persona"), messages: messages,
      text: try json.string("text"), reasoning: try json.string("reasoning"),
      fields: json["fields"]?.objectValue ?? [], model: try json.string("model"),
      finishReason: try json.string("finishReason"),
      usage: TokenUsage(
        promptTokens: try usage.int("promptTokens"), completionTokens: try usage.int("completionTokens")),
      costInDollars: try json.double("costUSD"))
  }
}
