import PersonaRecords

/// The one door to models: a request in, a reply out.
///
/// A model of your own conforms to this and is passed wherever the shipped ones are. It may be asked from many tasks at
/// once.
///
/// What a call throws decides what happens to the run: a `Problem` whose `consequence` is `.rejectRow` sets this item
/// aside, `.retry` counts it as a call that never succeeded (the model has already retried as often as it may),
/// `.stopResumable` and `.stopRun` end the run.
public protocol LanguageModel: Sendable {
  /// The name that requests carry and records show, for example `gpt-4o-mini` or `builtin`.
  var name: String { get }

  /// Where the model is, in the words a message to the user needs; never with a key in it.
  var endpointDescription: String { get }

  /// Whether a reply is worth a place in the reply store: false where computing it again is cheaper than remembering it.
  var repliesAreWorthKeeping: Bool { get }

  /// Where tasks that make calls cost least, to be used in turn; empty where it makes no difference.
  var callExecutors: [any TaskExecutor] { get }

  /// Answers one request.
  /// - Throws: `Problem`, or `CancellationError` when the task was cancelled.
  func reply(to request: ModelRequest) async throws -> ModelReply
}

extension LanguageModel {
  public var repliesAreWorthKeeping: Bool { true }
  public var callExecutors: [any TaskExecutor] { [] }
}
