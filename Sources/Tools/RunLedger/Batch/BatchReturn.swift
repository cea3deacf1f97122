package import LanguageModels
import PersonaRecords
import ShardFiles

/// What came back of one batch: lines matched to requests by their names, in whatever order they come.
package struct BatchReturn {
  /// What was asked, with its tokens as estimated; nil where the batch's own file is gone: then every key is taken.
  let requests: [ReplyKey: Int]?
  let model: String
  let endpoint: ChatEndpoint
  let cost: @Sendable (ModelReply.Usage) -> CallBudget.Amount

  package private(set) var yield = BatchYield()
  /// Why requests have no reply, for those of which the provider said so.
  package private(set) var causes: [ReplyKey: String] = [:]
  package private(set) var answered: Set<ReplyKey> = []
  /// Files that were read to their end, by their names at the provider.
  private(set) var read: Set<String> = []

  package init(
    requests: [ReplyKey: Int]?, model: String, endpoint: ChatEndpoint,
    cost: @escaping @Sendable (ModelReply.Usage) -> CallBudget.Amount
  ) {
    self.requests = requests
    self.model = model
    self.endpoint = endpoint
    self.cost = cost
  }

  /// A file that came over the network is not whole.
  package struct Torn: Error {}

  /// Reads a file and hands on its replies by the handful.
  /// - Parameters:
  ///   - name: what the provider calls it.
  ///   - minimum: lines there should be.
  ///   - isStrict: throws `Torn` for a file that is not whole; else takes what can be read.
  package mutating func read(
    _ path: String, named name: String, minimum: Int, isStrict: Bool,
    keep: ([(key: ReplyKey, reply: ModelReply)]) async throws -> Void
  ) async throws {
    let reader = try JSONLinesReader(path: path)
    var lines = 0
    var isTorn = false
    var replies: [(key: ReplyKey, reply: ModelReply)] = []
    while !isTorn, let event = try reader.next() {
      guard case .row(let row) = event else {
        isTorn = isStrict
        continue
      }
      lines += 1
      let requests = requests
      let answer = BatchAnswer(row.value, model: model, endpoint: endpoint) { requests?[$0] ?? 0 }
      guard let answer, requests?[answer.key] != nil || requests == nil, !answered.contains(answer.key) else {
        continue
      }
      switch answer.content {
      case .reply(let reply):
        take(reply, for: answer.key)
        replies.append((answer.key, reply))
      case .failed(let words): causes[answer.key] = words
      case .rejectsFormat(let words):
        causes[answer.key] = words
        yield.rejectsFormat = true
      }
      if replies.count == 256 {
        try await keep(replies)
        replies.removeAll(keepingCapacity: true)
      }
    }
    // What was read before the tear counts as answered from here on, and the next reading passes over it.
    try await keep(replies)
    if isTorn || (isStrict && lines < minimum) { throw Torn() }
    read.insert(name)
  }

  private mutating func take(_ reply: ModelReply, for key: ReplyKey) {
    answered.insert(key)
    causes[key] = nil
    yield.answered += 1
    yield.usage = yield.usage + reply.usage.tokens
    yield.spent = yield.spent + cost(reply.usage)
  }
}
