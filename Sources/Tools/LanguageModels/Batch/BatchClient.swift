import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
package import PersonaRecords

/// The files and batches of one OpenAI-compatible server: each call is sent once, and says what it came to.
///
/// What may pass is thrown as `PassingFailure`; after one, the server may have done what was asked, or not. Redirects are
/// not followed, so the key goes to the stated address and nowhere else.
package struct BatchClient: Sendable {
  /// The call may succeed later.
  package struct PassingFailure: Error, Sendable {
    let passing: AttemptOutcome.Passing
    /// Whether the provider itself said something: nothing that was sent is on its way any more.
    package var isAnswered = false
    package var what: String { passing.what }
    package var retryAfter: Duration? { passing.retryAfter }
  }

  package let endpoint: ChatEndpoint
  private let client: HTTPClient
  private let judge: ResponseJudge

  private init(endpoint: ChatEndpoint, client: HTTPClient) {
    self.endpoint = endpoint
    self.client = client
    judge = ResponseJudge(endpoint: endpoint)
  }

  /// Opens a client for the time of `body`.
  package static func withClient<Value>(
    _ endpoint: ChatEndpoint, isolation: isolated (any Actor)? = #isolation, body: (BatchClient) async throws -> Value
  ) async throws -> Value {
    let patience = TimeAmount(endpoint.requestTimeout)
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      // Files may take long; that nothing moves may not.
      timeout: .init(connect: TimeAmount(endpoint.connectTimeout), read: patience, write: patience))
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.tracing.tracer = nil
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
      let value = try await body(BatchClient(endpoint: endpoint, client: client))
      try await client.shutdown()
      return value
    } catch {
      // The first error is the one to report.
      try? await client.shutdown()
      throw error
    }
  }

  // MARK: What can be asked

  /// Uploads a file of requests.
  /// - Returns: its id at the provider.
  /// - Throws: `PassingFailure`, `Problem`, `CancellationError`.
  package func upload(_ path: String, name: String) async throws -> String {
    let form = try FileUpload(
      path: path, name: name, boundary: "persona-hub-\(UUID().uuidString)")
    var call = request(.POST, "/files")
    call.headers.replaceOrAdd(name: "content-type", value: form.contentType)
    call.body = .stream(form, length: .known(Int64(form.byteCount)))
    let json = try await json(call, doing: "upload a file")
    guard let id = json["id"]?.stringValue, !id.isEmpty else { throw unreadable("no file's id") }
    return id
  }

  /// The file of this name and size that was uploaded before; nil when there is none.
  package func findFile(name: String, byteCount: Int) async throws -> String? {
    try await find("/files", query: "purpose=batch&limit=1000") { file in
      let isIt = file["filename"]?.stringValue == name && file["bytes"]?.intValue ?? byteCount == byteCount
      return isIt ? file["id"]?.stringValue : nil
    }
  }

  /// Deletes an uploaded file; one that is not there is deleted.
  package func deleteFile(_ id: String) async throws {
    let response = try await respond(to: request(.DELETE, "/files/\(id)"), doing: "delete a file", allowing: 404)
    _ = try await collect(response)
  }

  /// Begins a batch over an uploaded file.
  /// - Parameter mark: stands in the batch's metadata, and finds it again.
  package func create(fileID: String, mark: String) async throws -> BatchStatus {
    var line = JSONLine()
    line.object { line in
      line.member("input_file_id", fileID)
      line.member("endpoint", BatchLine.route)
      line.member("completion_window", "24h")
      line.key("metadata")
      line.object { line in line.member(BatchStatus.markName, mark) }
    }
    var call = request(.POST, "/batches")
    call.headers.replaceOrAdd(name: "content-type", value: "application/json")
    // For providers that know it: the same creation twice is one.
    call.headers.add(name: "idempotency-key", value: mark)
    call.body = .bytes(line.bytes)
    guard let status = BatchStatus(try await json(call, doing: "begin a batch")) else { throw unreadable("no batch") }
    return status
  }

  /// The batch with this mark; nil when none was begun.
  package func findBatch(mark: String) async throws -> BatchStatus? {
    try await find("/batches", query: "limit=100") { json in
      BatchStatus(json).flatMap { $0.mark == mark ? $0 : nil }
    }
  }

  /// How a batch stands.
  package func batch(_ id: String) async throws -> BatchStatus {
    guard let status = BatchStatus(try await json(request(.GET, "/batches/\(id)"), doing: "look at a batch")) else {
      throw unreadable("no batch")
    }
    return status
  }

  /// Writes a file's content to a path; what stood there is replaced.
  package func download(_ fileID: String, to path: String) async throws {
    let response = try await respond(to: request(.GET, "/files/\(fileID)/content"), doing: "fetch a file")
    do {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      for try await piece in response.body { try handle.write(contentsOf: Data(piece.readableBytesView)) }
    } catch let error as CocoaError {
      throw Problem(
        "what the batch gave cannot be written", at: .init(file: path),
        advice: "make room, and run the same command again",
        consequence: .stopResumable, cause: error.localizedDescription)
    } catch {
      throw failure(of: error)
    }
  }

  // MARK: Words

  /// A reply that is not what was asked for, and may be another time.
  package func unreadable(_ what: String) -> PassingFailure {
    PassingFailure(passing: .init(kind: .faulty, what: "sent \(what)"), isAnswered: true)
  }

  /// The server is given up for now.
  package func lost(_ failure: PassingFailure, tries: Int) -> Problem {
    var problem = judge.lost(failure.passing, tries: tries)
    problem.advice += "; batches that were sent go on at the provider"
    return problem
  }

  // MARK: Sending

  private func request(_ method: HTTPMethod, _ path: String, query: String = "") -> HTTPClientRequest {
    let base = endpoint.chatURL.replacing("/chat/completions", with: path, maxReplacements: 1)
    let separator = base.contains("?") ? "&" : "?"
    var call = HTTPClientRequest(url: query.isEmpty ? base : base + separator + query)
    call.method = method
    call.headers.add(name: "accept", value: "application/json")
    call.headers.add(name: "user-agent", value: "persona-hub")
    if let key = endpoint.key { call.headers.add(name: "authorization", value: key.authorization) }
    return call
  }

  /// Looks through a list page by page.
  private func find<Thing>(_ path: String, query: String, _ match: (JSONValue) -> Thing?) async throws -> Thing? {
    var after = ""
    // What is looked for was made a short while ago; an account has not made this many since.
    for _ in 0..<100 {
      let page = try await json(
        request(.GET, path, query: after.isEmpty ? query : "\(query)&after=\(after)"), doing: "list \(path.dropFirst())"
      )
      guard let things = page["data"]?.arrayValue else { throw unreadable("no list") }
      for thing in things { if let found = match(thing) { return found } }
      guard page["has_more"]?.boolValue == true, let last = things.last?["id"]?.stringValue else { return nil }
      after = last
    }
    return nil
  }

  private func json(_ call: HTTPClientRequest, doing what: String) async throws -> JSONValue {
    let response = try await respond(to: call, doing: what)
    let bytes = try await collect(response)
    if let json = try? JSONValue(utf8: bytes), json.objectValue != nil { return json }
    throw unreadable(ServerError.looksLikeHTML(bytes) ? "an HTML page" : "a reply that is not JSON, or is cut off")
  }

  private func collect(_ response: HTTPClientResponse) async throws -> [UInt8] {
    do {
      return Array(try await response.body.collect(upTo: endpoint.maximumReplyBytes).readableBytesView)
    } catch {
      throw failure(of: error)
    }
  }

  /// - Returns: a response that says that all went well; its body is still to be read.
  private func respond(
    to call: HTTPClientRequest, doing what: String, allowing allowed: Int = 200
  ) async throws -> HTTPClientResponse {
    let response: HTTPClientResponse
    do {
      // That nothing moves is noticed by the time-outs of reading and writing.
      response = try await client.execute(call, deadline: .distantFuture)
    } catch {
      throw failure(of: error)
    }
    let status = Int(response.status.code)
    guard !(200..<300).contains(status), status != allowed else { return response }
    let body = try await collect(response)
    if status == 400 || status == 404 || status == 405 || status == 413 || status == 422 {
      throw refused(status, body, doing: what)
    }
    let outcome = judge.judge(
      status: status, headers: response.headers, body: body, request: ModelRequest(model: "", messages: []),
      now: { Int(Date().timeIntervalSince1970) })
    switch outcome {
    case .passing(let passing):
      // A gateway answers for a server that may still be at work.
      throw PassingFailure(passing: passing, isAnswered: passing.kind != .unreachable)
    case .final(let problem), .rejectsFormat(let problem): throw problem
    case .reply: throw unreadable("a chat reply")
    }
  }

  private func refused(_ status: Int, _ body: [UInt8], doing what: String) -> Problem {
    let said = endpoint.redact(ServerError(body: body).message).cut()
    if status == 404 || status == 405 {
      return Problem(
        "\(endpoint.displayURL) does not know what is needed to \(what) (\(status))",
        advice:
          "if this server has no batches, leave out --batch; if it has, check the address, and that the key is of "
          + "the project that began the batch", consequence: .stopResumable, cause: said)
    }
    return Problem(
      "\(endpoint.host) did not let us \(what) (\(status))",
      advice: "see what the server says, and run the same command again",
      consequence: .stopResumable, cause: said)
  }

  private func failure(of error: any Error) -> any Error {
    if error is Problem || error is PassingFailure { return error }
    if Task.isCancelled || error is CancellationError { return CancellationError() }
    guard case .passing(let passing) = NetworkFailure.outcome(of: error, endpoint: endpoint) else { return error }
    return PassingFailure(passing: passing)
  }
}
