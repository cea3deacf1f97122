import Foundation
import GRDB
import LanguageModels
import PersonaRecords
import RunLedger
import TestSupport
import Testing

@Suite struct ReplyStoreTests {
  static func key(_ number: Int) -> ReplyKey {
    ReplyKey(high: StableHash.mix(UInt64(number)), low: UInt64(number))
  }

  static func reply(_ text: String) -> ModelReply {
    ModelReply(text: text, reasoning: "r\u{0}é", usage: .init(promptTokens: 3, completionTokens: 4), model: "m")
  }

  private func problem(opening path: String) async -> Problem? {
    do {
      _ = try await ReplyStore(path: path)
      return nil
    } catch {
      return error as? Problem
    }
  }

  @Test func whatIsStoredIsFoundAndSurvivesClosing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("replies.sqlite")
    do {
      let store = try await ReplyStore(path: path)
      #expect(try await store.reply(for: Self.key(1)) == nil)
      #expect(try await store.store(Self.reply("one"), for: Self.key(1)) == Self.reply("one"))
      #expect(try await store.reply(for: Self.key(1)) == Self.reply("one"))
      try await store.close()
    }
    let store = try await ReplyStore(path: path)
    #expect(try await store.replies(for: [Self.key(2), Self.key(1)]) == [nil, Self.reply("one")])
    #expect(try await store.replies(for: []) == [])
    #expect(try await store.count() == 1)
    try await store.close()
  }

  @Test func theFirstReplyToARequestStandsUnlessItIsReplaced() async throws {
    let folder = try TemporaryFolder()
    let store = try await ReplyStore(path: folder.file("replies.sqlite"))
    _ = try await store.store(Self.reply("first"), for: Self.key(1))
    #expect(try await store.store(Self.reply("second"), for: Self.key(1)) == Self.reply("first"))
    #expect(try await store.reply(for: Self.key(1)) == Self.reply("first"))
    #expect(try await store.store(Self.reply("third"), for: Self.key(1), isReplacing: true) == Self.reply("third"))
    #expect(try await store.reply(for: Self.key(1)) == Self.reply("third"))
    #expect(try await store.count() == 1)
    try await store.close()
  }

  @Test func aReplyIsAcknowledgedOnlyWhenItsGroupIsCommitted() async throws {
    let folder = try TemporaryFolder()
    let clock = ManualClock()
    let store = try await ReplyStore(path: folder.file("replies.sqlite"), clock: clock)
    async let first = store.store(Self.reply("a"), for: Self.key(1))
    async let second = store.store(Self.reply("b"), for: Self.key(2))
    #expect(await eventually { clock.sleeperCount == 1 })
    #expect(try await store.reply(for: Self.key(1)) == nil)
    #expect(clock.waits == [.milliseconds(50)])
    // The second may still be on its way; it then gets a group of its own.
    clock.advance(by: .milliseconds(50))
    #expect(try await first == Self.reply("a"))
    #expect(
      await eventually {
        clock.advance(by: .milliseconds(50))
        return (try? await store.reply(for: Self.key(2))) == Self.reply("b")
      })
    #expect(try await second == Self.reply("b"))
    try await store.close()
  }

  @Test func manyRepliesTakeFewCommits() async throws {
    let folder = try TemporaryFolder()
    let store = try await ReplyStore(path: folder.file("replies.sqlite"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<2000 {
        group.addTask { _ = try await store.store(Self.reply("\(number)"), for: Self.key(number)) }
      }
      try await group.waitForAll()
    }
    #expect(store.commitCount <= 200)
    let replies = try await store.replies(for: (0..<2000).map(Self.key))
    #expect(replies == (0..<2000).map { Self.reply("\($0)") })
    try await store.close()
  }

  @Test func twoWritersOnOneFileAgree() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("replies.sqlite")
    // Opened at the same time, as two processes would.
    async let opening = ReplyStore(path: path)
    let one = try await ReplyStore(path: path)
    let two = try await opening
    let kept = try await withThrowingTaskGroup(of: (Int, ModelReply).self) { group in
      for number in 0..<200 {
        for (name, store) in [("one", one), ("two", two)] {
          group.addTask { (number, try await store.store(Self.reply("\(name) \(number)"), for: Self.key(number))) }
        }
      }
      return try await group.reduce(into: [Int: [ModelReply]]()) { $0[$1.0, default: []].append($1.1) }
    }
    for number in 0..<200 {
      #expect(Set(kept[number]?.map(\.text) ?? []).count == 1)
      #expect(try await two.reply(for: Self.key(number)) == kept[number]?.first)
    }
    try await one.close()
    try await two.close()
  }

  // MARK: Files that are not as they should be

  @Test func aFileThatIsNoDatabaseIsNamedAndStaysAsItIs() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(String(repeating: "this is no database at all. ", count: 300), to: "replies.sqlite")
    let before = try folder.bytes(of: "replies.sqlite")
    let problem = await problem(opening: path)
    #expect(problem?.place.file == path && problem?.consequence == .stopRun)
    #expect(problem?.what.contains("damaged") == true && problem?.advice.contains("move the file away") == true)
    #expect(try folder.bytes(of: "replies.sqlite") == before)
  }

  @Test func aFileOfANewerVersionIsRefusedAndStaysAsItIs() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("replies.sqlite")
    try await ReplyStore(path: path).close()
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA user_version = 2")
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try queue.close()
    let before = try folder.bytes(of: "replies.sqlite")
    let problem = await problem(opening: path)
    #expect(problem?.what == "the reply store was written by a newer version (format 2, this one reads 1)")
    #expect(try folder.bytes(of: "replies.sqlite") == before)
  }

  @Test func aDatabaseOfSomethingElseIsRefused() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("other.sqlite")
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in try db.execute(sql: "CREATE TABLE songs (name TEXT)") }
    try queue.close()
    #expect(await problem(opening: path)?.what.contains("of something else") == true)
  }

  @Test func aFolderThatIsNotThereIsNamed() async throws {
    let folder = try TemporaryFolder()
    let problem = await problem(opening: folder.file("no/such/replies.sqlite"))
    #expect(problem?.what == "the reply store cannot be opened for writing")
    #expect(problem?.advice.isEmpty == false)
  }

  @Test func aTornPageIsAProblemAndNotACrash() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("replies.sqlite")
    do {
      let store = try await ReplyStore(path: path)
      for number in 0..<50 {
        _ = try await store.store(Self.reply(String(repeating: "x", count: 500)), for: Self.key(number))
      }
      try await store.close()
    }
    var bytes = try folder.bytes(of: "replies.sqlite")
    for place in 4096..<bytes.count where place % 4096 < 64 { bytes[place] = 0xFF }
    try folder.write(bytes, to: "replies.sqlite")
    var problem: Problem?
    do {
      let store = try await ReplyStore(path: path)
      _ = try await store.replies(for: (0..<50).map(Self.key))
    } catch {
      problem = error as? Problem
    }
    #expect(problem?.place.file == path)
    #expect(problem?.what.contains("damaged") == true)
  }

  @Test func anEmptyFileBecomesAStore() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "replies.sqlite")
    let store = try await ReplyStore(path: path)
    #expect(try await store.count() == 0)
    try await store.close()
  }
}

extension ReplyStore {
  /// Returns when the reply is committed, with the one that is kept.
  fileprivate nonisolated func store(
    _ reply: ModelReply, for key: ReplyKey, isReplacing: Bool = false
  ) async throws -> ModelReply {
    try await withCheckedThrowingContinuation { continuation in
      keep(reply, for: key, isReplacing: isReplacing) { kept in
        continuation.resume(with: kept.map { $0 ?? reply })
      }
    }
  }
}
