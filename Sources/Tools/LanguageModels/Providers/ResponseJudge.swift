import NIOHTTP1
import PersonaRecords

/// What one try came to.
enum AttemptOutcome: Sendable, Equatable {
  case reply(ModelReply)
  /// The server does not take this way of asking for structured output.
  case rejectsFormat(Problem)
  /// May pass: worth another try.
  case passing(Passing)
  /// Another try would end the same way.
  case final(Problem)

  struct Passing: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
      /// Nobody answers at that address, or only a gateway that has nobody behind it.
      case unreachable
      /// Too many requests.
      case throttled
      /// The server answers and breaks, or does not come to an end: perhaps because of this one request.
      case faulty
    }

    var kind: Kind
    /// What happened, to follow the server's name: "answered 503".
    var what: String
    var retryAfter: Duration?
  }
}

/// Turns a status, headers and a body into what they mean: no network, no clock.
struct ResponseJudge: Sendable {
  let endpoint: ChatEndpoint

  /// - Parameters:
  ///   - asksForBase64: whether vectors were asked for in base64, which a server may refuse.
  ///   - now: seconds since 1970, for a `Retry-After` date on a reply without a date of its own.
  func judge(
    status: Int, headers: HTTPHeaders, body: [UInt8], request: ModelRequest, asksForBase64: Bool = false,
    now: () -> Int
  ) -> AttemptOutcome {
    guard (200..<300).contains(status) else {
      let error = ServerError(body: body)
      if asksForBase64, [400, 404, 422, 500].contains(status), error.isAboutEncodingFormat {
        return .rejectsFormat(rejected(status, endpoint.redact(error.message).cut()))
      }
      return judge(status: status, headers: headers, error: error, request: request, now: now())
    }
    switch request.embeddings.map({ EmbeddingsReader.read(body, for: request, $0) })
      ?? ChatCompletionReader.read(body, for: request)
    {
    case .reply(let reply):
      if let problem = wrongDimensions(reply, request) { return .final(problem) }
      return .reply(reply)
    case .unreadable(let reason):
      return .passing(.init(kind: .faulty, what: "sent \(endpoint.redact(reason))"))
    case .error(let error):
      let stated = error.status.flatMap { (400..<600).contains($0) ? $0 : nil }
      return judge(status: stated ?? 500, headers: headers, error: error, request: request, now: now())
    }
  }

  private func judge(
    status: Int, headers: HTTPHeaders, error: ServerError, request: ModelRequest, now: Int
  ) -> AttemptOutcome {
    let said = endpoint.redact(error.message).cut()
    if error.isAboutMoney || status == 402 { return .final(emptyPurse(status, said)) }
    switch status {
    case 300..<400:
      let target = endpoint.redact(headers.first(name: "location") ?? "").cut()
      return .final(
        Problem(
          "\(endpoint.displayURL) sends requests on to another address (\(status))\(target.isEmpty ? "" : ": \(target)")",
          advice: "give the final address with \(endpoint.options.url); a key is never sent on to another place"))
    case 401, 403: return .final(refusedKey(status, said))
    case 500 where request.format != nil && error.isAboutResponseFormat:
      // Some servers break on a format they do not know instead of refusing it.
      return .rejectsFormat(rejected(status, said))
    case 408, 409, 425, 429, 500...599:
      return .passing(
        .init(
          kind: status == 429 ? .throttled : status == 502 || status == 503 || status == 504 ? .unreachable : .faulty,
          what: "answered \(status)\(said.isEmpty ? "" : ": \(said)")", retryAfter: pause(headers, now: now)))
    case 400, 404, 422:
      let problem = status == 404 ? notThere(status, said, request) : rejected(status, said)
      if request.format != nil, error.isAboutResponseFormat { return .rejectsFormat(problem) }
      return .final(problem)
    case 413: return .final(rejected(status, said))
    default: return .final(notThere(status, said, request))
    }
  }

  /// A reply of more bytes than are read.
  func tooLong(_ request: ModelRequest) -> Problem {
    Problem(
      "\(endpoint.host) sent a reply of more than \(endpoint.maximumReplyBytes) bytes, and it was not read to its end",
      advice: request.embeddings == nil
        ? "lower --max-tokens, or look at what the model writes" : "ask for fewer --dimensions, or look at the server",
      consequence: .rejectRow)
  }

  /// Vectors of another size than asked for: every further reply would be so, and cost as much.
  private func wrongDimensions(_ reply: ModelReply, _ request: ModelRequest) -> Problem? {
    guard let input = request.embeddings, let wanted = input.dimensions else { return nil }
    let dimensions = PackedVectors.numberCount(in: reply.text) / max(input.texts.count, 1)
    guard dimensions != wanted else { return nil }
    return Problem(
      "\(endpoint.host) sent vectors of \(dimensions) numbers, and \(wanted) were asked for",
      advice: "leave out --dimensions, or name a model that can be cut to so many with \(endpoint.options.model)",
      consequence: .stopRun)
  }

  /// What the reply says of the server's own limits; nil where it says nothing.
  func limits(_ headers: HTTPHeaders) -> ServerLimits? {
    func number(_ name: String) -> Int? { headers.first(name: name).flatMap { Int($0) } }
    let requests = number("x-ratelimit-remaining-requests")
    let tokens = number("x-ratelimit-remaining-tokens")
    guard requests != nil || tokens != nil else { return nil }
    return ServerLimits(
      remainingRequests: requests,
      requestsReset: headers.first(name: "x-ratelimit-reset-requests").flatMap(ServerLimits.duration),
      remainingTokens: tokens,
      tokensReset: headers.first(name: "x-ratelimit-reset-tokens").flatMap(ServerLimits.duration))
  }

  private func pause(_ headers: HTTPHeaders, now: Int) -> Duration? {
    RetryAfter.read(
      headers.first(name: "retry-after"), milliseconds: headers.first(name: "retry-after-ms"),
      date: headers.first(name: "date"), now: now)
  }

  private func rejected(_ status: Int, _ said: String) -> Problem {
    Problem(
      "\(endpoint.host) rejected this request (\(status))", advice: "see what the server says; other items go on",
      consequence: .rejectRow, cause: said)
  }

  private func notThere(_ status: Int, _ said: String, _ request: ModelRequest) -> Problem {
    Problem(
      "\(endpoint.displayURL) does not answer \(request.embeddings == nil ? "chat" : "embedding") requests for model "
        + "\"\(request.model.cut())\" (\(status))",
      advice: "check the address (\(endpoint.options.url), \(ChatEndpoint.urlVariable)) and the model's name "
        + "(\(endpoint.options.model))"
        + (request.embeddings == nil ? "" : "; not every server has the route /embeddings, nor every model vectors"),
      consequence: .stopRun, cause: said)
  }

  private func refusedKey(_ status: Int, _ said: String) -> Problem {
    guard let key = endpoint.key else {
      return Problem(
        "\(endpoint.host) wants a key (\(status))", advice: "set \(ChatEndpoint.keyVariable); \(Self.nothingIsLost)",
        consequence: .stopResumable, cause: said)
    }
    return Problem(
      "\(endpoint.host) refused the key in \(key.variable) (\(status))",
      advice: "check the key, and whether it may use this model; \(Self.nothingIsLost)", consequence: .stopResumable,
      cause: said)
  }

  private func emptyPurse(_ status: Int, _ said: String) -> Problem {
    Problem(
      "\(endpoint.host) says the account has no money or quota left (\(status))",
      advice: "add credit or use another key; \(Self.nothingIsLost)", consequence: .stopResumable, cause: said)
  }

  /// A request has used up all its tries, and others go on.
  func exhausted(_ failure: AttemptOutcome.Passing, tries: Int) -> Problem {
    Problem(
      "\(endpoint.host) gave no usable reply: it \(failure.what) (\(Self.counted(tries)))",
      advice: "this item counts as failed, and the same command asks for it again", consequence: .retry)
  }

  /// The endpoint is given up, and no other is left.
  /// - Parameter tries: of the request that showed it; 0 for one that was not sent.
  func lost(_ failure: AttemptOutcome.Passing, tries: Int) -> Problem {
    let counted = tries == 0 ? "not sent" : Self.counted(tries)
    switch failure.kind {
    case .unreachable:
      return Problem(
        "\(endpoint.displayURL) cannot be reached: it \(failure.what) (\(counted))",
        advice:
          "check that the server runs and that the address is right (\(endpoint.options.url), \(ChatEndpoint.urlVariable)); "
          + Self.nothingIsLost, consequence: .stopResumable)
    case .throttled:
      return Problem(
        "\(endpoint.host) lets no more requests through now: it \(failure.what) (\(counted))",
        advice: "wait, or ask less at a time with --concurrency; \(Self.nothingIsLost)", consequence: .stopResumable)
    case .faulty:
      return Problem(
        "\(endpoint.displayURL) is out of order: it \(failure.what) "
          + "(\(counted), and \(CallScheduler.exhaustedLimit) requests in a row)",
        advice:
          "check the server and the address (\(endpoint.options.url), \(ChatEndpoint.urlVariable)); \(Self.nothingIsLost)",
        consequence: .stopResumable)
    }
  }

  private static func counted(_ tries: Int) -> String { tries == 1 ? "1 try" : "\(tries) tries" }

  private static let nothingIsLost = "nothing is lost, the same command goes on where it stopped"
}
