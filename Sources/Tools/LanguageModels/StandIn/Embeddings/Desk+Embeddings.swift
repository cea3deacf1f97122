import Foundation
import PersonaRecords
import Synchronization

extension Desk {
  /// Vectors for the texts of a request, with the faults, limits and delays of chat completions.
  func embeddings(_ call: IncomingCall, at now: Moment) -> Delivery {
    chatCalls.add(1, ordering: .relaxed)
    let hash = StableHash.of(call.body)
    do throws(Refusal) {
      let request = try EmbeddingsCall(body: call.body)
      let headers = try admit(tokens: request.promptTokens, at: now.uptime)
      let asked = countAsking(hash, isNeeded: drawsFromAskings || log != nil)
      let fault = settings.faults.draw(seed: settings.seed, hash: hash, asked: asked)
      let isWorkSeen = fault.map { $0.strikesAfterTheWork && $0 != .reset && $0 != .stall } ?? true
      let answer = isWorkSeen ? Self.answer(to: request, fault: fault) : HTTPAnswer(200, [])
      var delivery = FaultyDelivery.of(answer, fault: fault, settings: settings)
      delivery.answer = delivery.answer.adding(headers)
      delivery.delay = settings.delay(hash: hash, asked: asked)
      note(call, hash: hash, asked: asked, outcome: fault?.rawValue ?? "answered", status: delivery.sentStatus)
      return delivery
    } catch {
      note(call, hash: hash, outcome: error.status == 429 ? "rate-limit" : "bad-request", status: error.status)
      return Delivery(error.answer)
    }
  }

  private static func answer(to request: EmbeddingsCall, fault: Fault?) -> HTTPAnswer {
    var texts = request.texts[...]
    if fault == .noChoices { texts = [] }
    if fault == .length { texts = texts.dropLast() }
    return .json { line in
      line.member("object", "list")
      line.key("data")
      line.array { line in
        for (index, text) in texts.enumerated() {
          line.object { line in
            line.member("object", "embedding")
            line.member("index", index)
            line.key("embedding")
            let vector = WordVectors.vector(of: text, dimensions: request.dimensions)
            write(vector, isBase64: request.isBase64, isBroken: fault == .babble, to: &line)
          }
        }
      }
      line.member("model", request.model)
      guard fault != .noUsage else { return }
      line.key("usage")
      line.object { line in
        line.member("prompt_tokens", request.promptTokens)
        line.member("total_tokens", request.promptTokens)
      }
    }
  }

  private static func write(_ vector: [Float], isBase64: Bool, isBroken: Bool, to line: inout JSONLine) {
    guard isBase64, !isBroken else {
      line.array { line in
        // What is no number is null, as some servers write it.
        if isBroken { line.value(JSONValue.null) }
        for number in vector.dropFirst(isBroken ? 1 : 0) { line.value(Double(number)) }
      }
      return
    }
    var bytes = Data(capacity: vector.count * 4)
    for number in vector {
      let bits = number.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    line.value(bytes.base64EncodedString())
  }
}
