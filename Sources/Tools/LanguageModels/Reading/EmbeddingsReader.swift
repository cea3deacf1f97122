import PersonaRecords

/// Reads the body of a successful reply to a request for vectors, as the servers in use write it.
enum EmbeddingsReader {
  private struct Unreadable: Error { let reason: String }

  /// - Returns: a reply with one row of length 1 for each text, in their order. What is not that is unreadable, with the
  ///   reason in words to follow "sent".
  static func read(
    _ body: [UInt8], for request: ModelRequest, _ input: EmbeddingInput
  ) -> ChatCompletionReader.Outcome {
    guard !body.isEmpty else { return .unreadable("the reply is empty") }
    guard let json = try? JSONValue(utf8: body) else { return .unreadable(whyNotJSON(body)) }
    if let error = json["error"], error != .null { return .error(ServerError(json: json)) }
    do throws(Unreadable) {
      let numbers = try numbers(in: json, count: input.texts.count)
      let prompt = json["usage"]?["prompt_tokens"]?.intValue ?? json["usage"]?["total_tokens"]?.intValue ?? -1
      let usage = ModelReply.Usage(
        promptTokens: prompt >= 0 ? prompt : request.estimatedPromptTokens, completionTokens: 0,
        isEstimated: prompt < 0)
      return .reply(
        ModelReply(
          text: PackedVectors.text(numbers), usage: usage,
          model: json["model"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } ?? request.model))
    } catch {
      return .unreadable(error.reason)
    }
  }

  private static func whyNotJSON(_ body: [UInt8]) -> String {
    if ServerError.looksLikeHTML(body) { return "an HTML page instead of vectors" }
    let start = String(decoding: body.prefix(4096), as: UTF8.self)
    // Python writes what is not a number by name, which is no JSON.
    if start.contains("\"embedding\""), String(decoding: body, as: UTF8.self).firstRange(of: "NaN") != nil {
      return "a vector with something in it that is not a number (NaN)"
    }
    return "a reply that is not JSON, or is cut off: \"\(start.cut(to: 60))\""
  }

  private static func numbers(in json: JSONValue, count: Int) throws(Unreadable) -> [Float] {
    guard let data = json["data"]?.arrayValue else { throw Unreadable(reason: "a reply without \"data\"") }
    guard data.count == count else {
      throw Unreadable(reason: "\(data.count) vectors for \(count) texts")
    }
    var rows: [[Float]?] = Array(repeating: nil, count: count)
    for (place, element) in data.enumerated() {
      // Some servers leave the index out, and answer in order.
      let index = element["index"].map { $0.intValue ?? -1 } ?? place
      guard rows.indices.contains(index), rows[index] == nil else {
        throw Unreadable(reason: "a vector with index \(index), which is another's or none")
      }
      rows[index] = try unit(element["embedding"], index)
    }
    var numbers: [Float] = []
    for row in rows.compactMap(\.self) {
      guard numbers.isEmpty || row.count == rows[0]?.count else {
        throw Unreadable(reason: "vectors of \(rows[0]?.count ?? 0) and of \(row.count) numbers in one reply")
      }
      numbers += row
    }
    return numbers
  }

  /// One vector, brought to length 1; the sum runs in order and in double precision, so that its bits are always the same.
  private static func unit(_ value: JSONValue?, _ index: Int) throws(Unreadable) -> [Float] {
    var row: [Float]
    switch value {
    case .array(let elements):
      row = []
      row.reserveCapacity(elements.count)
      for element in elements {
        guard let number = element.doubleValue else {
          throw Unreadable(reason: "vector \(index) with \(element.kindName) in it instead of a number")
        }
        row.append(Float(number))
      }
    case .string(let text):
      guard let numbers = PackedVectors.numbers(in: text) else {
        throw Unreadable(reason: "vector \(index) as a text that is not base64 of floats")
      }
      row = numbers
    default: throw Unreadable(reason: "a vector \(index) that is no list of numbers")
    }
    guard !row.isEmpty else { throw Unreadable(reason: "vector \(index) without numbers") }
    guard row.allSatisfy(\.isFinite) else {
      throw Unreadable(reason: "vector \(index) with something in it that is not a number")
    }
    let length = row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 1e-12 else { throw Unreadable(reason: "vector \(index) of nothing but zeros") }
    for place in row.indices { row[place] = Float(Double(row[place]) / length) }
    return row
  }
}
