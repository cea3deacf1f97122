import PersonaRecords
import StandInServer
import Testing

@Suite struct FaultTests {
  private func settings(_ faults: String, seed: UInt64 = 0) throws -> StandInSettings {
    var settings = StandInSettings()
    settings.faults = try FaultMix(faults)
    settings.seed = seed
    return settings
  }

  private static let storm = "429=0.1,429-after=0.1,500=0.1,reset=0.05,stall=0.05,half=0.05,json=0.05,drip=0.05"

  /// What each of these bodies got, asked three times.
  private func outcomes(_ desk: Desk, _ bodies: [String]) -> [String: [String]] {
    var outcomes: [String: [String]] = [:]
    for _ in 0..<3 {
      for body in bodies {
        let delivery = desk.chat(body)
        outcomes[body, default: []].append("\(delivery.manner) \(delivery.answer.status) \(delivery.answer.body.count)")
      }
    }
    return outcomes
  }

  @Test func theSameSeedGivesTheSameFaultsInWhateverOrderCallsArrive() throws {
    let bodies = (0..<200).map { mathBody("person \($0)") }
    let forward = outcomes(Desk(try settings(Self.storm, seed: 7)), bodies)
    let backward = outcomes(Desk(try settings(Self.storm, seed: 7)), bodies.reversed())
    #expect(forward == backward)
    #expect(forward != outcomes(Desk(try settings(Self.storm, seed: 8)), bodies))
  }

  @Test func faultsStrikeAsOftenAsSaid() throws {
    let mix = try FaultMix("429=0.05,reset=0.02")
    var counts: [Fault: Int] = [:]
    for hash in 0..<20_000 {
      let fault = mix.draw(seed: 1, hash: StableHash.mix(UInt64(hash)), asked: hash % 3)
      if let fault { counts[fault, default: 0] += 1 }
    }
    // Four standard errors: sqrt(20 000 × 0.05 × 0.95) is 31, sqrt(20 000 × 0.02 × 0.98) is 20.
    #expect(abs((counts[.tooManyRequests] ?? 0) - 1000) < 124)
    #expect(abs((counts[.reset] ?? 0) - 400) < 80)
  }

  @Test func aCallThatFailedOftenSucceedsInTheEnd() throws {
    let desk = Desk(try settings("500=0.5", seed: 3))
    for person in 0..<50 {
      let tries = (0..<40).map { _ in desk.chat(mathBody("person \(person)")).answer.status }
      #expect(tries.contains(200))
    }
  }

  @Test(arguments: [
    "429", "wrong=0.1", "429=x", "429=-0.1", "429=2", "429=0.6,500=0.6", "429=0.1,429=0.1", "=0.1", "429=nan",
  ])
  func aMixThatIsNoneIsWrongUsage(text: String) {
    #expect(throws: Problem.self) { try FaultMix(text) }
    do { _ = try FaultMix(text) } catch { #expect(error.consequence == .wrongUsage) }
  }

  @Test func namesWithZeroAndSpacesAreFine() throws {
    #expect(try FaultMix(" 429 = 0.1 , 500=0 ").faults == [.tooManyRequests])
    #expect(try FaultMix("").isEmpty)
    #expect(try FaultMix("429=0.5,500=0.5").faults.count == 2)
  }

  @Test func aPauseIsSaidInBothHeaders() throws {
    var settings = try settings("429-after=1")
    settings.retryAfter = .milliseconds(1500)
    let delivery = Desk(settings).chat(mathBody())
    #expect(delivery.answer.status == 429)
    #expect(delivery.header("retry-after") == "2")
    #expect(delivery.header("retry-after-ms") == "1500")
    let silent = Desk(try self.settings("429=1")).chat(mathBody())
    #expect(silent.answer.status == 429)
    #expect(silent.header("retry-after") == nil)
    #expect(silent.json["error"]?["code"]?.stringValue == "rate_limit_exceeded")
  }

  @Test(arguments: Fault.allCases.filter(\.isOfTheModel))
  func whatTheModelDoesWrongStandsInAWholeAnswer(fault: Fault) throws {
    let whole = Desk(StandInSettings()).chat(mathBody())
    let delivery = Desk(try settings("\(fault.rawValue)=1")).chat(mathBody())
    #expect(delivery.answer.status == 200)
    #expect(delivery.manner == .whole)
    let message = delivery.json["choices"]?.arrayValue?.first?["message"]
    switch fault {
    case .noChoices: #expect(delivery.json["choices"]?.arrayValue?.isEmpty == true)
    case .refusal:
      #expect(message?["content"] == .null)
      #expect(message?["refusal"]?.stringValue?.isEmpty == false)
    case .filter: #expect(delivery.finishReason == "content_filter")
    case .length:
      #expect(delivery.finishReason == "length")
      #expect(whole.content.hasPrefix(delivery.content) && delivery.content.count < whole.content.count)
    case .noUsage: #expect(delivery.json["usage"] == nil)
    case .reasoning:
      #expect(message?["reasoning_content"]?.stringValue?.isEmpty == false)
      #expect(delivery.content == whole.content)
    case .babble: #expect(!delivery.content.contains("Math problem:"))
    default: Issue.record("not a fault of the model")
    }
  }
}
