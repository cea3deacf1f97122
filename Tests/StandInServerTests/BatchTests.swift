import PersonaRecords
import StandInServer
import Testing

/// Batches at the desk: time is what the test says.
@Suite struct BatchTests {
  private func settings(_ faults: String = "") throws -> StandInSettings {
    var settings = StandInSettings()
    settings.batchTime = .seconds(100)
    settings.faults = try FaultMix(faults)
    return settings
  }

  private func lines(_ count: Int) -> String {
    (0..<count).map { number in
      "{\"custom_id\":\"item-\(number)\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
        + mathBody("person \(number)") + "}\n"
    }.joined()
  }

  private func upload(_ text: String, _ desk: Desk, purpose: String = "batch") -> Delivery {
    var call = IncomingCall(method: "POST", target: "/v1/files")
    call.contentType = "multipart/form-data; boundary=\"xyz\""
    call.body = Array(
      ("--xyz\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n\(purpose)\r\n"
        + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
        + "Content-Type: application/octet-stream\r\n\r\n\(text)\r\n--xyz--\r\n").utf8)
    return desk.delivery(for: call, at: Moment(uptime: .zero, unixSeconds: 1_700_000_000))
  }

  private func create(_ file: String, _ desk: Desk, at uptime: Duration = .zero) -> Delivery {
    desk.post(
      "/v1/batches",
      "{\"input_file_id\":\"\(file)\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\","
        + "\"metadata\":{\"run\":\"r1\"}}", at: uptime)
  }

  private func start(_ text: String, _ desk: Desk) -> String {
    create(upload(text, desk).json["id"]?.stringValue ?? "", desk).json["id"]?.stringValue ?? ""
  }

  private func status(_ id: String, _ desk: Desk, at seconds: Int) -> String {
    desk.get("/v1/batches/\(id)", at: .seconds(seconds)).json["status"]?.stringValue ?? ""
  }

  private func file(_ key: String, of id: String, _ desk: Desk, at uptime: Duration = .seconds(100)) -> [JSONValue] {
    let name = desk.get("/v1/batches/\(id)", at: uptime).json[key]?.stringValue ?? ""
    return desk.get("/v1/files/\(name)/content").text.split(separator: "\n")
      .compactMap { try? JSONValue(text: String($0)) }
  }

  @Test func aBatchGoesThroughItsStatesAndAnswersEveryLine() throws {
    let desk = Desk(try settings())
    let id = start(lines(50), desk)
    let states = [0, 10, 50, 89, 90, 100].map { status(id, desk, at: $0) }
    #expect(states == ["validating", "in_progress", "in_progress", "in_progress", "finalizing", "completed"])
    let batch = desk.get("/v1/batches/\(id)", at: .seconds(100)).json
    #expect(batch["request_counts"]?["completed"]?.intValue == 50)
    #expect(batch["error_file_id"] == .null)
    #expect(batch["metadata"]?["run"]?.stringValue == "r1")
    let output = file("output_file_id", of: id, desk)
    let names = output.compactMap { $0["custom_id"]?.stringValue }
    #expect(Set(names).count == 50)
    // No provider promises the order of the input.
    #expect(names != (0..<50).map { "item-\($0)" })
    for line in output {
      let number = line["custom_id"]?.stringValue?.dropFirst(5) ?? ""
      let alone = Desk(StandInSettings()).chat(mathBody("person \(number)")).content
      let message = line["response"]?["body"]?["choices"]?.arrayValue?.first?["message"]
      #expect(message?["content"]?.stringValue == alone)
    }
  }

  @Test func linesFailBySeedAndLandInTheErrorFile() throws {
    let faults = "500=0.1,429=0.1,reset=0.1,stall=0.1,refusal=0.1"
    let desk = Desk(try settings(faults))
    let id = start(lines(300), desk)
    let output = file("output_file_id", of: id, desk)
    let errors = file("error_file_id", of: id, desk)
    let counts = desk.get("/v1/batches/\(id)", at: .seconds(100)).json["request_counts"]
    #expect(counts?["completed"]?.intValue == output.count)
    let statuses = Set(errors.map { $0["response"]?["status_code"]?.intValue ?? 0 })
    #expect(statuses == [0, 429, 500])
    // What stalls is in neither file.
    #expect((200..<300).contains(output.count + errors.count))
    let again = Desk(try settings(faults))
    let second = start(lines(300), again)
    let names = Set(file("output_file_id", of: second, again).compactMap { $0["custom_id"]?.stringValue })
    #expect(names == Set(output.compactMap { $0["custom_id"]?.stringValue }))
  }

  @Test(arguments: [
    ("", "empty_file"), ("{\n", "invalid_json_line"), ("{}\n", "missing_required_parameter"),
    ("{\"custom_id\":\"a\",\"method\":\"GET\",\"url\":\"/v1/chat/completions\",\"body\":{}}\n", "invalid_method"),
    ("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":{}}\n", "mismatched_url"),
  ])
  func aBrokenInputFailsTheBatch(text: String, code: String) throws {
    let desk = Desk(try settings())
    let id = start(text, desk)
    let batch = desk.get("/v1/batches/\(id)", at: .seconds(20)).json
    #expect(batch["status"]?.stringValue == "failed")
    #expect(batch["errors"]?["data"]?.arrayValue?.first?["code"]?.stringValue == code)
  }

  @Test func namesThatStandTwiceAndTooManyLinesAreRefused() throws {
    var settings = try settings()
    settings.maximumBatchLines = 10
    let desk = Desk(settings)
    for (text, code) in [(lines(1) + lines(1), "duplicate_custom_id"), (lines(11), "too_many_tasks")] {
      let batch = desk.get("/v1/batches/\(start(text, desk))", at: .seconds(20)).json
      #expect(batch["errors"]?["data"]?.arrayValue?.first?["code"]?.stringValue == code)
    }
    #expect(status(start(lines(10), desk), desk, at: 100) == "completed")
  }

  @Test func aCancelledBatchKeepsWhatWasDone() throws {
    let desk = Desk(try settings())
    let id = start(lines(80), desk)
    let cancelled = desk.post("/v1/batches/\(id)/cancel", "", at: .seconds(50))
    #expect(cancelled.json["status"]?.stringValue == "cancelling")
    #expect(status(id, desk, at: 60) == "cancelled")
    #expect(file("output_file_id", of: id, desk, at: .seconds(60)).count == 40)
    #expect(desk.post("/v1/batches/\(id)/cancel", "", at: .seconds(70)).answer.status == 409)
  }

  @Test func filesAndBatchesAreListedShownAndDeleted() throws {
    let desk = Desk(try settings())
    let ids = (1...3).map { start(lines($0), desk) }
    let list = desk.get("/v1/batches?limit=2").json
    #expect(list["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == [ids[2], ids[1]])
    #expect(list["has_more"]?.boolValue == true)
    let rest = desk.get("/v1/batches?limit=2&after=\(ids[1])").json
    #expect(rest["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == [ids[0]])
    #expect(rest["has_more"]?.boolValue == false)
    let file = desk.get("/v1/files").json["data"]?.arrayValue?.first?["id"]?.stringValue ?? ""
    #expect(desk.get("/v1/files/\(file)").json["purpose"]?.stringValue == "batch")
    #expect(desk.get("/v1/files/\(file)/content").text == lines(1))
    let delete = IncomingCall(method: "DELETE", target: "/v1/files/\(file)")
    #expect(desk.delivery(for: delete, at: Moment(uptime: .zero, unixSeconds: 0)).json["deleted"]?.boolValue == true)
    #expect(desk.get("/v1/files/\(file)").answer.status == 404)
    #expect(desk.get("/v1/batches/nonsense").answer.status == 404)
  }

  @Test func wrongRequestsAreRefused() throws {
    let desk = Desk(try settings())
    #expect(create("file-none", desk).answer.status == 404)
    let other = upload(lines(1), desk, purpose: "fine-tune").json["id"]?.stringValue ?? ""
    #expect(create(other, desk).answer.status == 400)
    #expect(desk.post("/v1/batches", "{").answer.status == 400)
    #expect(desk.post("/v1/files", "no form").answer.status == 400)
  }

  @Test func aFaultOfTheRouteMayStrikeAfterTheBatchWasMade() throws {
    var settings = try settings()
    let file = "{\"input_file_id\":\"x\"}"
    settings.batchFaults = try FaultMix("503=1")
    #expect(Desk(settings).post("/v1/batches", file).answer.status == 503)
    settings.batchFaults = try FaultMix("reset=1")
    let desk = Desk(settings)
    let sent = upload(lines(2), desk)
    #expect(sent.manner == .reset)
    // The upload was done, though its answer got lost.
    #expect(desk.get("/v1/files").json["data"]?.arrayValue?.count == 1)
  }

  @Test func formsAreReadByteForByte() throws {
    let bytes =
      Array("--B\r\nContent-Disposition: form-data; name=file; filename=\"a b.bin\"\r\n\r\n".utf8)
      + [0, 13, 10, 45, 45, 66, 120, 255] + Array("\r\n--B--".utf8)
    // A boundary counts at a line's start only where the line goes on as one; "--Bx" does not.
    #expect(MultipartForm(body: bytes, contentType: "multipart/form-data; boundary=B") == nil)
    let plain =
      Array("--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n".utf8)
      + [0, 13, 10, 45, 255] + Array("\r\n--B--\r\n".utf8)
    let form = try #require(MultipartForm(body: plain, contentType: "Multipart/Form-Data; charset=utf-8; boundary=B"))
    #expect(form["file"]?.bytes == [0, 13, 10, 45, 255])
    #expect(form["file"]?.fileName == "a.bin")
    for count in plain.indices {
      _ = MultipartForm(body: Array(plain[..<count]), contentType: "multipart/form-data; boundary=B")
    }
    #expect(MultipartForm(body: plain, contentType: "application/json") == nil)
  }
}
