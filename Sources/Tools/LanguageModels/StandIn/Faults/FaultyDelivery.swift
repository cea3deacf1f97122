import PersonaRecords

/// What a fault makes of an answer.
enum FaultyDelivery {
  static func of(_ answer: HTTPAnswer, fault: Fault?, settings: StandInSettings) -> Delivery {
    guard let fault else { return Delivery(answer) }
    switch fault {
    case .tooManyRequests: return Delivery(Refusal.rateLimit("requests", wait: nil, headers: []).answer)
    case .tooManyRequestsWithPause:
      return Delivery(Refusal.rateLimit("requests", wait: settings.retryAfter, headers: []).answer)
    case .serverError:
      return Delivery(
        Refusal(status: 500, message: "The server had an error while processing your request", type: "server_error")
          .answer)
    case .unavailable:
      return Delivery(
        Refusal(status: 503, message: "The engine is currently overloaded", type: "service_unavailable").answer)
    case .reset: return Delivery(answer, manner: .reset)
    case .stall: return Delivery(answer, manner: .stall)
    case .half: return Delivery(answer, manner: .half)
    case .drip: return Delivery(answer, manner: .drip(settings.dripPause))
    case .json: return Delivery(replacing(answer, with: Array(answer.body.dropLast(answer.body.count / 3 + 1))))
    case .prose:
      return Delivery(
        replacing(answer, with: Array("The service is doing well today.".utf8), type: "text/plain; charset=utf-8"))
    case .html:
      let page = "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>"
      return Delivery(replacing(answer, with: Array(page.utf8), type: "text/html; charset=utf-8"))
    case .empty: return Delivery(replacing(answer, with: []))
    case .noChoices, .refusal, .filter, .length, .noUsage, .reasoning, .babble: return Delivery(answer)
    }
  }

  private static func replacing(_ answer: HTTPAnswer, with body: [UInt8], type: String? = nil) -> HTTPAnswer {
    var answer = answer
    answer.body = body
    if let type { answer.contentType = type }
    return answer
  }
}

extension Refusal {
  /// 429; with a wait it says how long in `Retry-After`, in whole seconds rounded up, and in `retry-after-ms`.
  static func rateLimit(_ kind: String, wait: Duration?, headers: [(String, String)]) -> Refusal {
    let pause = wait.map { " Please try again in \(DurationText.spelled($0))." } ?? ""
    var refusal = Refusal(
      status: 429, message: "Rate limit reached for \(kind).\(pause)", type: kind, code: "rate_limit_exceeded")
    refusal.headers = headers
    if let wait {
      refusal.headers.append(("retry-after", String(wait.wholeSeconds)))
      refusal.headers.append(("retry-after-ms", String(wait.wholeMilliseconds)))
    }
    return refusal
  }
}
