import Foundation
import PersonaRecords
import StandInServer
import Testing

/// The server on a real socket.
@Suite struct WireTests {
  private func settings(
    _ faults: String = "", change: (inout StandInSettings) -> Void = { _ in }
  ) throws -> StandInSettings {
    var settings = StandInSettings()
    settings.faults = try FaultMix(faults)
    settings.dripPause = .milliseconds(2)
    change(&settings)
    return settings
  }

  @discardableResult
  private func withServer<Value: Sendable>(
    _ settings: StandInSettings = StandInSettings(), _ body: (Int) async throws -> Value
  ) async throws -> Value {
    try await StandIn.with(settings) { try await body($0.port) }
  }

  private static let chat = "/v1/chat/completions"

  @Test func aCallIsAnsweredAndTheConnectionStays() async throws {
    try await withServer { port in
      let request = Wire.request("POST", Self.chat, body: Array(mathBody().utf8))
      let answer = try await Wire.send(request + request + request, to: port, answers: 3)
      #expect(answer.end == .whole)
      #expect(answer.status == 200)
      #expect(answer.text.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
      let closing = Wire.request("POST", Self.chat, headers: ["connection: close"], body: Array(mathBody().utf8))
      #expect(try await Wire.send(closing, to: port, answers: 9).end == .closed)
    }
  }

  @Test func answersOnOneConnectionKeepTheOrderOfTheRequests() async throws {
    try await withServer(try settings { $0.delay = .zero ... .milliseconds(30) }) { port in
      let people = (0..<20).map { "person number \($0)" }
      let requests = people.flatMap { Wire.request("POST", Self.chat, body: Array(chatBody($0).utf8)) }
      let answer = try await Wire.send(requests, to: port, answers: 20)
      let ids = answer.text.components(separatedBy: "\"id\":\"").dropFirst().map { $0.prefix(25) }
      let alone = people.map { Desk(StandInSettings()).chat(chatBody($0)).json["id"]?.stringValue ?? "" }
      #expect(ids.map(String.init) == alone.map { String($0.prefix(25)) })
    }
  }

  @Test(arguments: Fault.allCases.filter { !$0.isOfTheModel })
  func everyFaultIsOnTheWireAsSaid(fault: Fault) async throws {
    let whole = Desk(StandInSettings()).chat(mathBody()).answer.body.count
    let answer = try await withServer(try settings("\(fault.rawValue)=1")) { port in
      let patience: Duration = fault == .stall ? .milliseconds(300) : .seconds(120)
      return try await Wire.post(Self.chat, mathBody(), to: port, patience: patience)
    }
    switch fault {
    case .tooManyRequests:
      #expect(answer.status == 429 && answer.header("retry-after") == nil)
      #expect(answer.json?["error"]?["code"]?.stringValue == "rate_limit_exceeded")
    case .tooManyRequestsWithPause: #expect(answer.status == 429 && answer.header("retry-after") == "1")
    case .serverError: #expect(answer.status == 500)
    case .unavailable: #expect(answer.status == 503)
    case .reset:
      #expect(answer.end == .reset)
      #expect(answer.bytes.isEmpty)
    case .stall:
      #expect(answer.end == .silence)
      #expect(answer.bytes.isEmpty)
    case .half:
      #expect(answer.end == .closed)
      #expect(answer.status == 200)
      #expect(answer.header("content-length") == String(whole))
      #expect(answer.body.utf8.count == whole / 2)
    case .drip:
      #expect(answer.end == .whole)
      #expect(answer.json != nil && answer.body.utf8.count == whole)
      // 16 bytes every 2 ms.
      #expect(answer.elapsed > .milliseconds(2 * (whole / 16)))
    case .json:
      #expect(answer.end == .whole)
      #expect(answer.status == 200 && answer.body.hasPrefix("{") && answer.json == nil)
      #expect(answer.header("content-length") == String(answer.body.utf8.count))
    case .prose: #expect(answer.status == 200 && answer.json == nil && !answer.body.isEmpty)
    case .html: #expect(answer.header("content-type")?.hasPrefix("text/html") == true)
    case .empty: #expect(answer.status == 200 && answer.header("content-length") == "0")
    default: Issue.record("a fault of the model")
    }
  }

  @Test func manyCallsWaitAtOnce() async throws {
    try await withServer(try settings { $0.delay = .milliseconds(500) ... .milliseconds(500) }) { port in
      let start = ContinuousClock.now
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<400 {
          group.addTask {
            let answer = try await Wire.post(Self.chat, mathBody("person \(number)"), to: port)
            #expect(answer.elapsed >= .milliseconds(490))
            return answer.status
          }
        }
        for try await status in group { #expect(status == 200) }
      }
      // One after the other they would take 200 s.
      #expect(.now - start < .seconds(120))
    }
  }

  @Test func aLongBodyIsReadAndATooLongOneRefused() async throws {
    let long = chatBody(String(repeating: "Word after word. ", count: 620_000))
    #expect(long.utf8.count > 10_000_000)
    try await withServer { port in
      #expect(try await Wire.post(Self.chat, long, to: port).status == 200)
      let asking = try await Wire.post(Self.chat, mathBody(), to: port, headers: ["expect: 100-continue"])
      #expect(asking.text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"))
    }
    try await withServer(try settings { $0.maximumBodyBytes = 1 << 20 }) { port in
      let refused = try await Wire.post(Self.chat, long, to: port)
      #expect(refused.status == 413)
      #expect(refused.json?["error"]?["message"]?.stringValue?.isEmpty == false)
    }
  }

  @Test func whatIsNoHTTPIsRefused() async throws {
    try await withServer { port in
      let answer = try await Wire.send(Array("persona-hub, are you there?\r\n\r\n".utf8), to: port)
      #expect(answer.status == 400)
      #expect(try await Wire.post(Self.chat, "{\"model\":", to: port).status == 400)
      #expect(try await Wire.get("/v2/anything", from: port).status == 404)
    }
  }

  @Test func cannedAnswersComeWithoutReadingTheRequest() async throws {
    try await withServer(try settings { $0.cannedReply = StandInSettings.instantReply }) { port in
      let request = Wire.request("POST", Self.chat, body: Array("anything".utf8))
      let answer = try await Wire.send(request + request, to: port, answers: 2)
      #expect(answer.end == .whole)
      #expect(answer.text.components(separatedBy: "How many crowns").count == 3)
      #expect((900...1600).contains(StandInSettings.instantReply.utf8.count))
      #expect(try await Wire.get("/v1/models", from: port).status == 200)
      #expect(try await Wire.get("/health", from: port).json?["calls"]?.intValue == 2)
    }
  }

  @Test func theServerStopsWithCallsInFlight() async throws {
    let start = ContinuousClock.now
    try await withServer(try settings("stall=1")) { port in
      let answer = try await Wire.post(Self.chat, mathBody(), to: port, patience: .milliseconds(100))
      #expect(answer.end == .silence)
    }
    // A stalled call would hold it for ever; a machine that is busy with other tests is slow, but not that slow.
    #expect(.now - start < .seconds(120))
  }

  @Test func theLogHoldsEveryCallAndNoWordOfIt() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "stand-in-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let logged = try settings("500=0.3") {
      $0.logPath = path
      $0.key = "sk-secret-0123456789"
    }
    try await withServer(logged) { port in
      for number in 0..<30 {
        let headers = ["authorization: Bearer sk-secret-0123456789"]
        _ = try await Wire.post(Self.chat, mathBody("person \(number % 10)"), to: port, headers: headers)
      }
      _ = try await Wire.post(Self.chat, mathBody(), to: port, headers: ["authorization: Bearer sk-other-key"])
      _ = try await Wire.post(Self.chat, "{", to: port, headers: ["authorization: Bearer sk-secret-0123456789"])
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.contains("sk-") && !text.contains("person"))
    let lines = text.split(separator: "\n").compactMap { try? JSONValue(text: String($0)) }
    #expect(lines.compactMap { $0["call"]?.intValue }.sorted() == Array(1...32))
    #expect(Set(lines.prefix(30).compactMap { $0["body"]?.stringValue }).count == 10)
    let outcomes = lines.compactMap { $0["outcome"]?.stringValue }
    #expect(Set(outcomes) == ["answered", "500", "wrong-key", "bad-request"])
    for line in lines { #expect((line["status"]?.intValue == 200) == (line["outcome"]?.stringValue == "answered")) }
  }

  @Test func anAddressInUseIsNamed() async throws {
    try await withServer { port in
      await #expect(throws: Problem.self) {
        try await withServer(try settings { $0.port = port }) { _ in () }
      }
    }
  }
}
