import Foundation
import GRDB
package import LanguageModels
import PersonaRecords

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
    let continuation: CheckedContinuation<[UInt8], any Error>
  }

  private struct Lookup {
    let keys: [ReplyKey]
    let continuation: CheckedContinuation<[[UInt8]?], any Error>
  }

  /// The file's path, as given.
  package nonisolated let path: String
  private let database: ReplyDatabase
  private let clock: any Clock<Duration>
  private var commits: GroupCommit
  private var waiting: [Waiting] = []
  private var lookups: [Lookup] = []
  private var isLookingUp = false
  /// Transactions written so far.
  package private(set) var commitCount = 0

  /// Opens the file, or makes it.
  /// - Parameter clock: measures how long replies gather before a commit.
  /// - Throws: `Problem` for a file that is damaged, of a newer version, of something else, or not ours to write.
  package init(
    path: String, limits: GroupCommit.Limits = .init(), clock: any Clock<Duration> = ContinuousClock()
  ) async throws {
    self.path = path
    self.clock = clock
    self.commits = GroupCommit(limits: limits)
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

  /// Keeps a reply. Returns when it is committed.
  /// - Parameter isReplacing: puts it in the place of one that is there.
  /// - Returns: the reply that is kept: the first one to this request, unless it was replaced.
  package nonisolated func store(
    _ reply: ModelReply, for key: ReplyKey, isReplacing: Bool = false
  ) async throws -> ModelReply {
    let line = reply.jsonLine
    let kept = try await keep(line, for: key, isReplacing: isReplacing)
    return kept == line ? reply : try read(kept)
  }

  /// Keeps many replies in one commit. Returns when they are committed.
  package func store(_ replies: [(key: ReplyKey, reply: ModelReply)]) async throws {
    guard !replies.isEmpty else { return }
    _ = try await database.keep(replies.map { ($0.key, $0.reply.jsonLine, false) })
    commitCount += 1
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

  private func keep(_ line: [UInt8], for key: ReplyKey, isReplacing: Bool) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      waiting.append(Waiting(key: key, line: line, isReplacing: isReplacing, continuation: continuation))
      perform(commits.arrived())
    }
  }

  private func perform(_ action: GroupCommit.Action) {
    switch action {
    case .none: break
    case .startTimer(let time):
      // Awaited through the continuations of the replies it commits.
      Task {
        try? await clock.sleep(for: time)
        perform(commits.timerFired())
      }
    case .commit(let count):
      let group = Array(waiting.prefix(count))
      waiting.removeFirst(count)
      // As above. A task of its own, so that no caller's cancellation breaks off the others' commit.
      Task { await commit(group) }
    }
  }

  private func commit(_ group: [Waiting]) async {
    do {
      let kept = try await database.keep(group.map { ($0.key, $0.line, $0.isReplacing) })
      commitCount += 1
      for (waiting, line) in zip(group, kept) { waiting.continuation.resume(returning: line) }
    } catch {
      for waiting in group { waiting.continuation.resume(throwing: error) }
    }
    perform(commits.committed())
  }
}
