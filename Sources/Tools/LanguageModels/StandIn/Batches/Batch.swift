import PersonaRecords

/// One batch and where it stands. Pure: every question comes with its time.
struct Batch: Sendable {
  enum Status: String, Sendable {
    case validating, failed, finalizing, completed, cancelling, cancelled
    case inProgress = "in_progress"
  }

  /// What the work on it gave; nil as long as it goes on.
  enum Result: Sendable {
    case refused(BatchInput.Fault)
    /// In the order in which they are done, which is not that of the input.
    case done([BatchLineOutcome])
  }

  let id: String
  let inputFileID: String
  let endpoint: String
  let window: String
  let metadata: JSONValue
  let createdAt: Moment
  /// From creation to completion.
  let time: Duration

  var result: Result?
  var cancelledAt: Duration?
  /// Set when the files are made, once.
  var outputFileID: String?
  var errorFileID: String?
  /// Lines of the two files, once they are made.
  var finished: (completed: Int, failed: Int)?

  /// The first tenth of the time is spent on checking, the last on writing the files.
  func status(at now: Duration) -> Status {
    let elapsed = now - createdAt.uptime
    if let cancelledAt, !isRefused { return now - cancelledAt < time / 10 ? .cancelling : .cancelled }
    if elapsed < time / 10 { return .validating }
    switch result {
    case nil: return .inProgress
    case .refused: return .failed
    case .done: return elapsed < time * 0.9 ? .inProgress : elapsed < time ? .finalizing : .completed
    }
  }

  private var isRefused: Bool {
    if case .refused = result { true } else { false }
  }

  /// How many of the lines are done at this time, from the front.
  func doneCount(at now: Duration) -> Int {
    guard case .done(let outcomes) = result else { return 0 }
    let until = min(now, cancelledAt ?? now) - createdAt.uptime
    let share = time > .zero ? (until - time / 10) / (time * 0.8) : 1
    return Int(Double(outcomes.count) * min(max(share, 0), 1))
  }

  func write(to line: inout JSONLine, at now: Moment) {
    let status = status(at: now.uptime)
    line.object { line in
      line.member("id", id)
      line.member("object", "batch")
      line.member("endpoint", endpoint)
      line.member("errors", errors(status))
      line.member("input_file_id", inputFileID)
      line.member("completion_window", window)
      line.member("status", status.rawValue)
      line.member("output_file_id", outputFileID.map(JSONValue.string) ?? .null)
      line.member("error_file_id", errorFileID.map(JSONValue.string) ?? .null)
      line.member("created_at", createdAt.unixSeconds)
      line.member("expires_at", createdAt.unixSeconds + 86_400)
      writeTimes(status, to: &line)
      line.key("request_counts")
      writeCounts(at: now.uptime, to: &line)
      line.member("metadata", metadata)
    }
  }

  private func errors(_ status: Status) -> JSONValue {
    guard status == .failed, case .refused(let fault) = result else { return .null }
    let error = JSONValue.object([
      .init("code", .string(fault.code)), .init("message", .string(fault.message)), .init("param", .null),
      .init("line", fault.line.map { .number(String($0)) } ?? .null),
    ])
    return .object([.init("object", .string("list")), .init("data", .array([error]))])
  }

  private func writeTimes(_ status: Status, to line: inout JSONLine) {
    func time(_ name: String, _ after: Duration, _ isReached: Bool) {
      let seconds = createdAt.unixSeconds + after.wholeSeconds
      line.member(name, isReached ? .number(String(seconds)) : .null)
    }
    time("in_progress_at", self.time / 10, ![.validating, .failed].contains(status))
    time("finalizing_at", self.time * 0.9, status == .finalizing || status == .completed)
    time("completed_at", self.time, status == .completed)
    time("failed_at", self.time / 10, status == .failed)
    line.member("expired_at", .null)
    let cancelling = (cancelledAt ?? .zero) - createdAt.uptime
    time("cancelling_at", cancelling, status == .cancelling || status == .cancelled)
    time("cancelled_at", cancelling + self.time / 10, status == .cancelled)
  }

  private func writeCounts(at now: Duration, to line: inout JSONLine) {
    var total = finished.map { $0.completed + $0.failed } ?? 0
    var failed = finished?.failed ?? 0
    var completed = finished?.completed ?? 0
    if case .done(let outcomes) = result {
      total = outcomes.count
      if finished == nil {
        let done = outcomes.prefix(doneCount(at: now))
        failed = done.count { $0.isError }
        completed = done.count - failed
      }
    }
    line.object { line in
      line.member("total", total)
      line.member("completed", completed)
      line.member("failed", failed)
    }
  }
}
