/// One way in which model servers fail; the raw value is its name on the command line and in the log.
package enum Fault: String, Sendable, CaseIterable {
  // What the connection does.

  /// 429 that does not say how long to wait.
  case tooManyRequests = "429"
  /// 429 with `Retry-After` and `retry-after-ms`.
  case tooManyRequestsWithPause = "429-after"
  case serverError = "500"
  case unavailable = "503"
  /// The connection is reset instead of an answer.
  case reset
  /// Never an answer; the connection stays open until the client gives up.
  case stall
  /// The head and half of the body, then the end of the connection.
  case half
  /// The whole answer, a few bytes at a time.
  case drip
  /// 200 with JSON that breaks off, though the length says that it is whole.
  case json
  /// 200 with a sentence instead of JSON.
  case prose
  /// 200 with a page for browsers.
  case html
  /// 200 without a body.
  case empty

  // What the model does, in an answer that is whole.

  /// An empty list of choices.
  case noChoices = "no-choices"
  /// `refusal` is filled instead of `content`.
  case refusal
  /// `finish_reason` is `content_filter`.
  case filter
  /// Half of the text, with `finish_reason` `length`.
  case length
  /// No `usage`.
  case noUsage = "no-usage"
  /// `reasoning_content` beside the text.
  case reasoning
  /// A sentence about something else, whatever format was asked for.
  case babble

  /// Whether it lies in what the model wrote, and not in how the answer travels.
  package var isOfTheModel: Bool {
    switch self {
    case .noChoices, .refusal, .filter, .length, .noUsage, .reasoning, .babble: true
    default: false
    }
  }

  /// Whether the server does the work that was asked for before it fails, so that the client cannot know.
  var strikesAfterTheWork: Bool {
    switch self {
    case .tooManyRequests, .tooManyRequestsWithPause, .serverError, .unavailable: false
    default: true
    }
  }
}
