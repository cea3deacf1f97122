public import PersonaRecords

/// The shape a reply should have: a JSON schema with a name.
public struct ReplyFormat: Sendable, Hashable {
  /// Letters, digits, `_` and `-` only, as servers demand.
  public var name: String
  /// A JSON schema. Servers with strict structured output want `additionalProperties: false` and every key in `required`.
  public var schema: JSONValue

  public init(name: String, schema: JSONValue) {
    self.name = name
    self.schema = schema
  }

  public static func == (one: ReplyFormat, other: ReplyFormat) -> Bool {
    one.name == other.name && one.schema == other.schema
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(schema.line)
  }
}

/// How a reply is drawn; what is nil is left to the server.
public struct Sampling: Sendable, Hashable {
  public var temperature: Double?
  public var topP: Double?
  public var maxTokens: Int?
  public var stop: [String]
  public var seed: UInt64?
  /// Further members of the request's body, for what only some servers know (`top_k`, `chat_template_kwargs` …).
  public var extra: [JSONValue.Member]

  public init(
    temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, stop: [String] = [], seed: UInt64? = nil,
    extra: [JSONValue.Member] = []
  ) {
    self.extra = extra
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.stop = stop
    self.seed = seed
  }

  /// Tokens of a reply that states no limit of its own: enough for a text and some thinking, and a bound on what one call
  /// can cost.
  public static let usualMaxTokens = 4096

  /// These settings, with those that `other` states in their place.
  package func overridden(by other: Sampling) -> Sampling {
    var extra = extra.filter { member in !other.extra.contains { $0.key == member.key } }
    extra += other.extra
    return Sampling(
      temperature: other.temperature ?? temperature, topP: other.topP ?? topP, maxTokens: other.maxTokens ?? maxTokens,
      stop: other.stop.isEmpty ? stop : other.stop, seed: other.seed ?? seed, extra: extra)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(temperature)
    hasher.combine(topP)
    hasher.combine(maxTokens)
    hasher.combine(stop)
    hasher.combine(seed)
    for member in extra {
      hasher.combine(member.key)
      hasher.combine(member.value.line)
    }
  }
}

/// Texts whose vectors are asked for, in one request.
public struct EmbeddingInput: Sendable, Hashable {
  /// Sent as they stand; servers refuse a list without texts, and some an empty text.
  public var texts: [String]
  /// Numbers a vector should have; nil leaves it to the model.
  public var dimensions: Int?

  public init(texts: [String], dimensions: Int? = nil) {
    self.texts = texts
    self.dimensions = dimensions
  }
}

/// All that decides a reply: requests that are equal share one.
public struct ModelRequest: Sendable, Hashable {
  public var model: String
  public var messages: [Message]
  public var sampling: Sampling
  public var format: ReplyFormat?
  /// Which of several replies to the same prompt this is, from 0; so n samples are n replies.
  public var sampleNumber: Int
  /// Asks for the vectors of texts instead of an answer; messages, sampling and format mean nothing then.
  ///
  /// The reply's text is `PackedVectors`: a row of length 1 for each text, in their order.
  public var embeddings: EmbeddingInput?

  public init(
    model: String, messages: [Message], sampling: Sampling = Sampling(), format: ReplyFormat? = nil,
    sampleNumber: Int = 0
  ) {
    self.model = model
    self.messages = messages
    self.sampling = sampling
    self.format = format
    self.sampleNumber = sampleNumber
  }

  /// A request for the vectors of texts.
  public init(model: String, embeddings: EmbeddingInput) {
    self.init(model: model, messages: [])
    self.embeddings = embeddings
  }

  /// Tokens of what is sent, about.
  package var estimatedPromptTokens: Int {
    guard let embeddings else { return TokenEstimate.of(messages) }
    return embeddings.texts.reduce(0) { $0 + TokenEstimate.of($1) }
  }

  /// The request's name in the reply store.
  public var key: ReplyKey { ReplyKey(hashing: canonicalLine) }

  /// Every part of the request as one JSON line, always with the same keys in the same order.
  ///
  /// Retries, time-outs, the endpoint's address and the way structured output is asked for are not in it: they do not
  /// change what is asked. A change of this form makes every stored reply unreachable, so it carries a version.
  var canonicalLine: [UInt8] {
    if let embeddings { return canonicalLine(of: embeddings) }
    var line = JSONLine()
    line.object { line in
      line.member("version", 1)
      line.member("model", model)
      line.key("messages")
      line.value(messages)
      write(sampling, to: &line)
      line.key("format")
      if let format {
        line.object { line in
          line.member("name", format.name)
          line.member("schema", format.schema)
        }
      } else {
        line.value(JSONValue.null)
      }
      line.member("sampleNumber", sampleNumber)
    }
    return line.bytes
  }

  private func canonicalLine(of embeddings: EmbeddingInput) -> [UInt8] {
    var line = JSONLine()
    line.object { line in
      line.member("version", 1)
      line.member("model", model)
      line.key("embeddings")
      line.array { line in for text in embeddings.texts { line.value(text) } }
      line.member("dimensions", embeddings.dimensions.map { .number(String($0)) } ?? .null)
    }
    return line.bytes
  }

  private func write(_ sampling: Sampling, to line: inout JSONLine) {
    line.key("sampling")
    line.object { line in
      line.key("temperature")
      if let temperature = sampling.temperature { line.value(temperature) } else { line.value(JSONValue.null) }
      line.key("topP")
      if let topP = sampling.topP { line.value(topP) } else { line.value(JSONValue.null) }
      line.key("maxTokens")
      if let maxTokens = sampling.maxTokens { line.value(maxTokens) } else { line.value(JSONValue.null) }
      line.key("stop")
      line.array { line in for stop in sampling.stop { line.value(stop) } }
      line.key("seed")
      line.value(sampling.seed.map { JSONValue.number(String($0)) } ?? .null)
      // Written only where there is something, so that replies stored without it keep their keys.
      if !sampling.extra.isEmpty {
        line.key("extra")
        line.object { line in for member in sampling.extra { line.member(member.key, member.value) } }
      }
    }
  }
}
