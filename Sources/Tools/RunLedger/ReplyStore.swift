import Foundation
import GRDB
package import LanguageModels
import PersonaRecords
import Synchronization

/// The replies of models at rest, by request: what was answered once is never asked, or paid for, again.
///
/// One SQLite file in WAL mode. A reply is acknowledged when it is committed and synced: `store` returns only then.
/// Several processes may use one file at a time. A key keeps its first reply, so runs that asked the same thing at the
/// same time go on with the same answer.
///
/// Memory: the waiting replies, at most those in flight. Disk: the reply's JSON and about 40 bytes.
package actor ReplyStore {
  private struct Waiting {
    let key: ReplyKey
    let line: [UInt8]
    let isReplacing: Bool
    let then: @Sendable (Result<[UInt8], any Error>) -> Void
  }

  private struct Keeping {
    var commits: GroupCommit
    var waiting: [Waiting] = []
    var commitCount = 0
  }

  private struct Lookup {
    let keys: [ReplyKey]
    let continuation: CheckedContinuation<[[UInt8]?], any Error>
  }

  /// The file's path, as given.
  package nonisolated let path: String
  private let database: ReplyDatabase
  private let clock: any Clock<Duration>
  /// Outside of the actor, so that who has a reply to keep need not wait its turn.
  private let keeping: Mutex<Keeping>
  private var lookups: [Lookup] = []
  private var isLookingUp = false
  /// Transactions written so far.
  package nonisolated var commitCount: Int { keeping.withLock { $0.commitCount } }

  /// Opens the file, or makes it.
  /// - Parameter clock: measures how long replies gather before a commit.
  /// - Throws: `Problem` for a file that is damaged, of a newer version, of something else, or not ours to write.
  package init(
    path: String, limits: GroupCommit.Limits = .init(), clock: any Clock<Duration> = ContinuousClock()
  ) async throws {
    self.path = path
    self.clock = clock
    keeping = Mutex(Keeping(commits: GroupCommit(limits: limits)))
    self.database = try await ReplyDatabase(path: path)
  }

  /// The reply to a request; nil when there is none.
  ///
  /// Look-ups that come in while another runs are answered together.
  package nonisolated func reply(for key: ReplyKey) async throws -> ModelReply? {
    try await replies(for: [key])[0]
  }

  /// The replies to several requests, in their order.
  package nonisolated func replies(for keys: [ReplyKey]) async throws -> [ModelReply?] {
    guard !keys.isEmpty else { return [] }
    return try await lines(for: keys).map { line in try line.map { try read($0) } }
  }

  /// Keeps a reply, and returns at once.
  /// - Parameter then: called once, when the reply is committed or could not be: with the reply that is kept where that is
  ///   another one, nil where it is this one. It should do little: the next commit waits for it.
  package nonisolated func keep(
    _ reply: ModelReply, for key: ReplyKey, isReplacing: Bool = false,
    then: @escaping @Sendable (Result<ModelReply?, any Error>) -> Void
  ) {
    let line = reply.jsonLine
    let waiting = Waiting(key: key, line: line, isReplacing: isReplacing) { kept in
      then(kept.flatMap { kept in kept == line ? .success(nil) : Result { try self.read(kept) } })
    }
    let action = keeping.withLock { keeping in
      keeping.waiting.append(waiting)
      return keeping.commits.arrived()
    }
    perform(action)
  }

  /// Commits what has gathered without waiting for more.
  package nonisolated func hurry() { perform(keeping.withLock { $0.commits.hurry() }) }

  /// Keeps many replies in one commit. Returns when they are committed.
  package nonisolated func store(_ replies: [(key: ReplyKey, reply: ModelReply)]) async throws {
    guard !replies.isEmpty else { return }
    _ = try await database.keep(replies.map { ($0.key, $0.reply.jsonLine, false) })
    keeping.withLock { $0.commitCount += 1 }
  }

  /// Replies in the store.
  package func count() async throws -> Int { try await database.count() }

  /// Closes the file; call it when no call is under way.
  package func close() throws { try database.close() }

  private nonisolated func read(_ line: [UInt8]) throws -> ModelReply {
    do {
      return try ModelReply(json: try JSONValue(utf8: line))
    } catch {
      throw ReplyDatabase.damaged(path, cause: "a reply that cannot be read")
    }
  }

  // MARK: Looking up

  private func lines(for keys: [ReplyKey]) async throws -> [[UInt8]?] {
    try await withCheckedThrowingContinuation { continuation in
      lookups.append(Lookup(keys: keys, continuation: continuation))
      guard !isLookingUp else { return }
      isLookingUp = true
      // Awaited through the continuations it resumes; ends when none is left.
      Task { await lookUpAll() }
    }
  }

  private func lookUpAll() async {
    while !lookups.isEmpty {
      let batch = lookups
      lookups = []
      do {
        var lines = try await database.lines(for: batch.flatMap(\.keys))[...]
        for lookup in batch {
          lookup.continuation.resume(returning: Array(lines.prefix(lookup.keys.count)))
          lines = lines.dropFirst(lookup.keys.count)
        }
      } catch {
        for lookup in batch { lookup.continuation.resume(throwing: error) }
      }
    }
    isLookingUp = false
  }

  // MARK: Storing

  private nonisolated func perform(_ action: GroupCommit.Action) {
    switch action {
    case .none: break
    case .startTimer(let time):
      // Ends with the commit of the replies that wait for it.
      Task {
        try? await clock.sleep(for: time)
        perform(keeping.withLock { $0.commits.timerFired() })
      }
    case .commit(let count):
      let group = keeping.withLock { keeping in
        let group = Array(keeping.waiting.prefix(count))
        keeping.waiting.removeFirst(count)
        return group
      }
      // As above. A task of its own, so that no caller's cancellation breaks off the others' commit.
      Task { await commit(group) }
    }
  }

  private nonisolated func commit(_ group: [Waiting]) async {
    do {
      let kept = try await database.keep(group.map { ($0.key, $0.line, $0.isReplacing) })
      keeping.withLock { $0.commitCount += 1 }
      for (waiting, line) in zip(group, kept) { waiting.then(.success(line)) }
    } catch {
      for waiting in group { waiting.then(.failure(error)) }
    }
    perform(keeping.withLock { $0.commits.committed() })
  }
}
