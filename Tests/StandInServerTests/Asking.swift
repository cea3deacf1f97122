import PersonaRecords
import StandInServer

/// A chat completions body that asks builtin for a math problem of one person.
func mathBody(_ person: String = "a lock keeper", more: [JSONValue.Member] = []) -> String {
  let prompt = "<persona>\n\(person)\n</persona>\nBegin with the words \"Math problem:\""
  return chatBody(prompt, more: more)
}

func chatBody(_ prompt: String, more: [JSONValue.Member] = []) -> String {
  let message = JSONValue.object([.init("role", .string("user")), .init("content", .string(prompt))])
  return JSONValue.object([.init("model", .string("any")), .init("messages", .array([message]))] + more).line
}

extension Desk {
  /// A desk that works on batches at once, on the caller's thread.
  convenience init(_ settings: StandInSettings) {
    self.init(settings: settings, background: { $0() })
  }

  func post(_ path: String, _ body: String, at uptime: Duration = .zero) -> Delivery {
    var call = IncomingCall(method: "POST", target: path)
    call.body = Array(body.utf8)
    return delivery(for: call, at: Moment(uptime: uptime, unixSeconds: 1_700_000_000))
  }

  func get(_ path: String, at uptime: Duration = .zero) -> Delivery {
    delivery(
      for: IncomingCall(method: "GET", target: path), at: Moment(uptime: uptime, unixSeconds: 1_700_000_000))
  }

  func chat(_ body: String, at uptime: Duration = .zero) -> Delivery { post("/v1/chat/completions", body, at: uptime) }
}

extension Delivery {
  var json: JSONValue { (try? JSONValue(utf8: answer.body)) ?? .null }
  var text: String { String(decoding: answer.body, as: UTF8.self) }
  var content: String { json["choices"]?.arrayValue?.first?["message"]?["content"]?.stringValue ?? "" }
  var finishReason: String { json["choices"]?.arrayValue?.first?["finish_reason"]?.stringValue ?? "" }

  func header(_ name: String) -> String? { answer.headers.first { $0.name == name }?.value }
}
