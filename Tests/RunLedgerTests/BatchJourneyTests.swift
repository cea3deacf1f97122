import LanguageModels
import PersonaRecords
import RunLedger
import Testing

/// A batch is begun once and always fetched, wherever the process dies and whatever the provider does.
@Suite struct BatchJourneyTests {
  /// A provider in memory. Of what it does, the answer may get lost, or it may fail before it does anything.
  private struct Provider {
    var random: SeededRandom
    var files: [String] = []
    var uploads = 0
    var batches: [BatchStatus] = []
    var looks = 0
    /// Creations that were sent by a process that is gone, and have not arrived yet.
    var onTheirWay: [(fileID: String, mark: String)] = []

    /// - Returns: the answer; nil where it got lost on either way.
    mutating func perform<Answer>(_ work: (inout Provider) -> Answer) -> Answer? {
      if random.below(4) == 0 { return nil }
      let answer = work(&self)
      return random.below(4) == 0 ? nil : answer
    }

    /// A creation arrives late: it takes effect if its file is there.
    mutating func settle() {
      guard !onTheirWay.isEmpty, random.below(3) == 0 else { return }
      let (fileID, mark) = onTheirWay.removeFirst()
      guard files.contains(fileID) else { return }
      var status = BatchStatus(id: "batch-\(batches.count)", status: "validating")
      status.mark = mark
      batches.append(status)
    }

    mutating func event(for step: BatchJourney.Step, mark: String) -> BatchJourney.Event {
      let event: BatchJourney.Event? =
        switch step {
        case .write, .end: nil
        case .findFile: perform { .foundFile($0.files.first) }
        case .upload:
          perform { provider in
            provider.uploads += 1
            provider.files.append("file-\(provider.uploads)")
            return .uploaded("file-\(provider.uploads)")
          }
        case .findBatch: perform { .foundBatch($0.batches.first { $0.mark == mark }) }
        case .deleteFile(let id):
          perform { provider in
            provider.files.removeAll { $0 == id }
            return .deletedFile
          }
        case .create:
          perform { provider in
            var status = BatchStatus(id: "batch-\(provider.batches.count)", status: "validating")
            status.mark = mark
            provider.batches.append(status)
            return .created(status)
          }
        case .look:
          perform { provider in
            provider.looks += 1
            var status = provider.batches[0]
            status.status = provider.looks > 3 ? "completed" : "in_progress"
            status.outputFileID = provider.looks > 3 ? "output" : nil
            return .looked(status)
          }
        case .fetch:
          perform { _ in
            var yield = BatchYield()
            yield.answered = 5
            return .fetched(yield)
          }
        }
      return event ?? .broke(isAnswered: false)
    }
  }

  private static let gathered = BatchRecord(
    number: 1, mark: "run/1/abc/1", requests: 5, byteCount: 100, sha256: "abc", endpoint: "http://x/v1",
    worst: .init(dollars: 1, tokens: 100), priceFactor: 0.5)

  @Test(arguments: 0..<300) func aBatchIsBegunOnceAndFetchedWhateverBreaks(seed: Int) throws {
    var provider = Provider(random: SeededRandom(seed: UInt64(seed), purpose: "provider"))
    var chance = SeededRandom(seed: UInt64(seed), purpose: "crash")
    var written = Self.gathered
    var journey = BatchJourney(written, isNew: true)
    var steps = 0
    while true {
      steps += 1
      try #require(steps < 5000, "seed \(seed): it comes to no end")
      // kill -9 before a step: what was written is all that is known.
      if chance.below(6) == 0 { journey = BatchJourney(written, isNew: false) }
      let step = journey.next()
      if step == .end { break }
      if case .write(let record) = step {
        // The process may die before the write, or right after it.
        if chance.below(6) == 0 {
          journey = BatchJourney(written, isNew: false)
        } else {
          written = try BatchRecord(json: JSONValue(utf8: record.jsonLine))
          #expect(written == record, "seed \(seed)")
        }
        continue
      }
      // What leads to the next phase is done only once this one is on the disk.
      #expect(written.phase == journey.record.phase, "seed \(seed): \(step)")
      // The process dies with its request on the way.
      if case .create(let fileID) = step, chance.below(4) == 0 {
        provider.onTheirWay.append((fileID, written.mark))
        journey = BatchJourney(written, isNew: false)
        continue
      }
      provider.settle()
      let event = provider.event(for: step, mark: written.mark)
      // The answer comes, and the process dies before it is written down.
      if chance.below(6) == 0 { journey = BatchJourney(written, isNew: false) } else { journey.handle(event) }
    }
    for _ in 0..<100 { provider.settle() }
    #expect(journey.record.phase == .done, "seed \(seed)")
    #expect(journey.record.answered == 5, "seed \(seed)")
    #expect(provider.batches.count == 1, "seed \(seed): begun \(provider.batches.count) times")
  }

  @Test func aBatchThatIsRefusedComesToNothingAndSaysWhy() throws {
    var journey = BatchJourney(Self.gathered, isNew: true)
    #expect(try Self.written(&journey).phase == .uploading)
    #expect(journey.next() == .upload)
    journey.handle(.uploaded("f"))
    #expect(try Self.written(&journey).phase == .creating)
    #expect(journey.next() == .create(fileID: "f"))
    var status = BatchStatus(id: "b", status: "failed")
    status.reason = "too many lines"
    status.codes = ["token_limit_exceeded"]
    journey.handle(.created(status))
    #expect(journey.next() == .end)
    #expect(journey.record.phase == .failed)
    #expect(journey.record.reason == "too many lines")
    #expect(journey.isAboutWaitingBatches)
  }

  @Test func aBatchThatMayBePaidIsNeverGivenUp() throws {
    var journey = BatchJourney(Self.gathered, isNew: true)
    _ = try Self.written(&journey)
    journey.handle(.uploaded("f"))
    _ = try Self.written(&journey)
    journey.handle(.givenUp("its file is gone"))
    #expect(journey.next() == .create(fileID: "f"))
    var early = BatchJourney(Self.gathered, isNew: true)
    _ = try Self.written(&early)
    early.handle(.givenUp("its file is gone"))
    #expect(early.next() == .end)
    #expect(early.record.phase == .failed)
  }

  @Test func expiredAndCancelledBatchesAreFetchedToo() throws {
    for word in ["expired", "cancelled", "completed"] {
      var record = Self.gathered
      record.phase = .created
      record.batchID = "b"
      var journey = BatchJourney(record, isNew: false)
      #expect(journey.next() == .look(batchID: "b"))
      journey.handle(.looked(BatchStatus(id: "b", status: word, outputFileID: "o", errorFileID: "e")))
      let written = try Self.written(&journey)
      #expect(written.phase == .over)
      #expect(written.outputFileID == "o")
      #expect(written.errorFileID == "e")
      #expect(journey.next() == .fetch)
    }
  }

  private static func written(_ journey: inout BatchJourney) throws -> BatchRecord {
    guard case .write(let record) = journey.next() else { throw Problem("a write was due") }
    return record
  }
}
