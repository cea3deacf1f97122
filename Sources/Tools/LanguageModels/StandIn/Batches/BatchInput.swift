import PersonaRecords

/// The input file of a batch: one request per line.
struct BatchInput: Sendable {
  struct Request: Sendable {
    let customID: String
    let body: JSONValue
  }

  /// Why a batch fails before it starts.
  struct Fault: Sendable, Equatable, Error {
    let code: String
    let message: String
    /// Counted from 1.
    let line: Int?
  }

  let requests: [Request]

  /// - Throws: `Fault` for the first line that a provider would not take.
  init(_ bytes: [UInt8], endpoint: String, maximumLines: Int) throws(Fault) {
    var requests: [Request] = []
    var names: Set<String> = []
    var model: JSONValue?
    for (place, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let row = row.last == 0x0D ? row.dropLast() : row
      if row.isEmpty { continue }
      let number = place + 1
      let request = try Self.request(row, number: number, endpoint: endpoint)
      guard names.insert(request.customID).inserted else {
        throw Fault(
          code: "duplicate_custom_id", message: "The custom_id '\(request.customID.prefix(64))' stands twice.",
          line: number)
      }
      if let model, model != request.body["model"] {
        throw Fault(code: "mismatched_model", message: "All requests of a batch must name one model.", line: number)
      }
      model = request.body["model"] ?? .null
      requests.append(request)
      if requests.count > maximumLines {
        throw Fault(
          code: "too_many_tasks", message: "The batch holds more than \(maximumLines) requests.", line: nil)
      }
    }
    guard !requests.isEmpty else { throw Fault(code: "empty_file", message: "The input file is empty.", line: nil) }
    self.requests = requests
  }

  private static func request(_ row: ArraySlice<UInt8>, number: Int, endpoint: String) throws(Fault) -> Request {
    guard let json = try? JSONValue(utf8: row), json.objectValue != nil else {
      throw Fault(code: "invalid_json_line", message: "This line is not a JSON object.", line: number)
    }
    guard let name = json["custom_id"]?.stringValue, !name.isEmpty else {
      throw Fault(code: "missing_required_parameter", message: "Missing 'custom_id'.", line: number)
    }
    guard json["method"]?.stringValue == "POST" else {
      throw Fault(code: "invalid_method", message: "'method' should be POST.", line: number)
    }
    guard json["url"]?.stringValue == endpoint else {
      throw Fault(
        code: "mismatched_url", message: "'url' should be the batch's endpoint, \(endpoint).", line: number)
    }
    guard let body = json["body"], body.objectValue != nil else {
      throw Fault(code: "missing_required_parameter", message: "'body' should be an object.", line: number)
    }
    return Request(customID: name, body: body)
  }
}

/// What became of one line of a batch.
struct BatchLineOutcome: Sendable {
  /// One line of the output or error file, without its line end; nil where the line got lost.
  let line: [UInt8]?
  let isError: Bool

  /// A line with a response: of the output file for 200, else of the error file.
  init(customID: String, requestID: String, status: Int, body: JSONLine) {
    var text = Array("{\"id\":\"batch_\(requestID)\",\"custom_id\":".utf8)
    text += Array(JSONValue.string(customID).line.utf8)
    text += Array(",\"response\":{\"status_code\":\(status),\"request_id\":\"\(requestID)\",\"body\":".utf8)
    text += body.bytes
    text += Array("},\"error\":null}".utf8)
    line = text
    isError = status != 200
  }

  /// A line that never got a response.
  init(customID: String, requestID: String, code: String, message: String) {
    var text = JSONLine()
    text.object { line in
      line.member("id", "batch_\(requestID)")
      line.member("custom_id", customID)
      line.member("response", .null)
      line.key("error")
      line.object { line in
        line.member("code", code)
        line.member("message", message)
      }
    }
    line = text.bytes
    isError = true
  }

  /// A line that stands in neither file.
  private init() {
    line = nil
    isError = true
  }

  static let lost = BatchLineOutcome()
}
