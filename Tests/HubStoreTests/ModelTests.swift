import Foundation
import HubStore
import PersonaRecords
import Testing

/// The hub as plain arrays: what every sequence of operations must amount to.
private struct HubModel {
  var rows: [Persona] = []
  var dropped: [DroppedPersona] = []
  var origins: [FurtherOrigin] = []

  mutating func add(_ persona: Persona) -> HubAppend.Outcome {
    let past = dropped.map(\.persona).filter { $0.id == persona.id }
    let present = rows.filter { $0.id == persona.id }
    if past.isEmpty && present.isEmpty {
      rows.append(persona)
      return .added
    }
    let origin = FurtherOrigin(of: persona)
    if !(past + present).map(FurtherOrigin.init(of:)).contains(origin), !origins.contains(origin) {
      origins.append(origin)
    }
    return present.isEmpty ? .droppedBefore : .repeated
  }

  mutating func drop(_ stage: String, _ judge: (Int) -> Bool) {
    for (row, persona) in rows.enumerated() where judge(row) {
      dropped.append(
        DroppedPersona(
          verdict: Verdict(id: persona.id.description, stage: stage, keep: false, reason: "r\(row % 3)"),
          persona: persona))
    }
    rows = rows.enumerated().filter { !judge($0.offset) }.map(\.element)
  }
}

@Suite struct ModelTests {
  /// Plays the operations that a seed stands for on a hub, comparing with the model after each.
  static func play(seed: UInt64, at path: String) throws {
    var random = SeededRandom(seed: seed)
    var model = HubModel()
    _ = try Hub.openOrCreate(at: path)
    for operation in 0..<14 {
      // A new object each time: nothing may live in memory only.
      let hub = try Hub.open(at: path)
      let rowsPerSegment = 1 + random.below(9)
      switch random.below(5) {
      case 0...2:
        let append = try hub.beginAppend(rowsPerSegment: rowsPerSegment)
        for _ in 0..<random.below(25) {
          var persona = Sample.persona(random.below(60), row: random.below(3))
          if let parent = random.pick(model.rows), random.below(3) == 0 {
            persona = Sample.child(random.below(60), of: parent.id, iteration: 1 + random.below(6))
          }
          #expect(try append.add(persona) == model.add(persona), "seed \(seed)")
        }
        try append.commit(HubOperation("append", settings: ["operation": "\(operation)"]))
      case 3:
        let append = try hub.beginAppend(rowsPerSegment: rowsPerSegment)
        for _ in 0..<random.below(25) { try append.add(Sample.persona(100 + random.below(60))) }
        append.abandon()
      default:
        let share = 1 + random.below(6)
        let stage = ["quality-filter", "surface-dedup"][random.below(2)]
        let judge = { (row: Int) in StableHash.mix(UInt64(row) &+ seed) % UInt64(share + 1) == 0 }
        try hub.drop(
          stage: stage, operation: HubOperation("drop", settings: ["operation": "\(operation)"]),
          rowsPerSegment: rowsPerSegment
        ) { persona, row in
          judge(row) ? Verdict(id: "", stage: "", keep: false, reason: "r\(row % 3)") : nil
        }
        model.drop(stage, judge)
      }
      let now = try Hub.open(at: path)
      #expect(try now.allPersonas() == model.rows, "seed \(seed)")
      #expect(try now.allDropped() == model.dropped, "seed \(seed)")
      #expect(try now.allFurtherOrigins() == model.origins, "seed \(seed)")
      #expect(now.manifest.segments.map(\.path) == now.manifest.segments.map(\.path).sorted())
    }
    let check = try Hub.open(at: path).verify()
    #expect(check.isClean && check.garbage.isEmpty, "seed \(seed): \(check.findings)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anyOperationsAmountToTheModelAndToTheSameBytes(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    try Self.play(seed: seed, at: folder.at("one"))
    try Self.play(seed: seed, at: folder.at("other"))
    #expect(try contents(of: folder.at("one")) == contents(of: folder.at("other")), "seed \(seed)")
  }

  @Test func nothingOfTheMachineIsInTheFiles() throws {
    let folder = try TemporaryFolder()
    try Self.play(seed: 5, at: folder.at("hub"))
    let manifest = try String(contentsOfFile: folder.at("hub/hub.json"), encoding: .utf8)
    #expect(!manifest.contains(folder.path) && !manifest.contains(ProcessInfo.processInfo.hostName))
  }
}
