import Foundation
import PersonaRecords
import StandInServer
import Testing

@Suite struct EmbeddingsTests {
  private func body(_ texts: [String], _ more: String = "") -> String {
    "{\"model\":\"any\",\"input\":\(JSONValue.array(texts.map { .string($0) }).line)\(more)}"
  }

  private func post(_ body: String, _ settings: StandInSettings = StandInSettings(), at uptime: Duration = .zero)
    -> Delivery
  {
    Desk(settings).post("/v1/embeddings", body, at: uptime)
  }

  private func vectors(_ delivery: Delivery) -> [[Double]] {
    (delivery.json["data"]?.arrayValue ?? []).map { row in
      (row["embedding"]?.arrayValue ?? []).compactMap(\.doubleValue)
    }
  }

  private func product(_ one: [Double], _ other: [Double]) -> Double { zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } }

  @Test func vectorsAreUnitRepeatableAndNearWhereWordsAreShared() {
    let texts = [
      "A nurse who keeps bees in Oslo", "a nurse, who keeps bees in Bergen!", "Tax law for shipping firms", "!!",
    ]
    let delivery = post(body(texts))
    let rows = vectors(delivery)
    #expect(rows.count == 4 && rows.allSatisfy { $0.count == 384 && abs(product($0, $0) - 1) < 1e-5 })
    #expect(product(rows[0], rows[1]) > 0.7)
    #expect(abs(product(rows[0], rows[2])) < 0.3)
    #expect(post(body(texts)).answer == delivery.answer)
    // A text's vector does not depend on its company.
    #expect(vectors(post(body([texts[2]])))[0] == rows[2])
    #expect(delivery.json["usage"]?["prompt_tokens"]?.intValue == 25)
  }

  @Test func fewerDimensionsAreTheStartOfMoreAndBase64IsTheSame() throws {
    let whole = vectors(post(body(["rye bread"])))[0]
    let part = vectors(post(body(["rye bread"], ",\"dimensions\":64")))[0]
    let length = product(Array(whole.prefix(64)), Array(whole.prefix(64))).squareRoot()
    #expect(part.count == 64 && zip(part, whole).allSatisfy { abs($0 - $1 / length) < 1e-6 })
    let packed = post(body(["rye bread"], ",\"dimensions\":64,\"encoding_format\":\"base64\""))
    let text = try #require(packed.json["data"]?.arrayValue?.first?["embedding"]?.stringValue)
    let bytes = [UInt8](try #require(Data(base64Encoded: text)))
    let numbers = stride(from: 0, to: bytes.count, by: 4).map { place in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) })
    }
    #expect(numbers == part.map { Float($0) })
  }

  @Test(arguments: [
    "{\"model\":\"m\"}", "{\"input\":[\"a\"]}", "{\"model\":\"m\",\"input\":[]}",
    "{\"model\":\"m\",\"input\":[\"a\",\"\"]}",
    "{\"model\":\"m\",\"input\":[1,2]}", "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}",
    "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"hex\"}", "nonsense", "[]",
  ])
  func whatIsNoRequestGets400(body: String) {
    let delivery = post(body)
    #expect(delivery.answer.status == 400)
    #expect(delivery.json["error"]?["message"]?.stringValue?.isEmpty == false)
  }

  @Test(arguments: [
    ("length", 2), ("no-choices", 0), ("no-usage", 3), ("drip", 3), ("babble", 3),
  ])
  func faultsOfTheModelSpoilTheVectors(fault: String, count: Int) throws {
    var settings = StandInSettings()
    settings.faults = try FaultMix("\(fault)=1")
    let delivery = post(body(["a", "b", "c"]), settings)
    #expect(delivery.answer.status == 200)
    #expect(delivery.json["data"]?.arrayValue?.count == count)
    #expect((delivery.json["usage"] == nil) == (fault == "no-usage"))
    let first = delivery.json["data"]?.arrayValue?.first?["embedding"]?.arrayValue?.first
    #expect((first == .null) == (fault == "babble"))
  }

  @Test func faultsAndLimitsOfTheConnectionAreThoseOfChat() throws {
    var settings = StandInSettings()
    settings.faults = try FaultMix("429=1")
    #expect(post(body(["a"]), settings).answer.status == 429)
    settings.faults = try FaultMix("reset=1")
    #expect(post(body(["a"]), settings).manner == .reset)
    settings.faults = FaultMix()
    settings.tokensPerMinute = 60
    let desk = Desk(settings)
    let long = body([String(repeating: "word ", count: 40)])
    #expect(desk.post("/v1/embeddings", long).answer.status == 200)
    let refused = desk.post("/v1/embeddings", long)
    #expect(refused.answer.status == 429 && refused.header("retry-after") != nil)
    #expect(desk.get("/health").json["calls"]?.intValue == 2)
  }
}
