import Foundation
import HubStore
import PersonaRecords
import Synchronization
import Testing

@Suite struct CatalogueTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.at("hub")
  }

  func hub(_ texts: [String]) throws -> Hub {
    let hub = try Hub.openOrCreate(at: path)
    try hub.append(texts.map { Persona(text: $0, origin: .init(kind: .imported, file: "p.jsonl")) })
    return hub
  }

  static let texts = [
    "A paediatric nurse on a night shift in Accra", "一位在上海工作的护士，喜欢园艺", "夜勤の看護師で、週末は登山をする人",
    "พยาบาลเด็กที่ทำงานกะกลางคืน", "Eine Café-Besitzerin aus Köln", "ممرضة أطفال تعمل ليلا", "बच्चों की नर्स जो रात में काम करती है",
    "서울에서 일하는 간호사", "A C++ programmer who says \"NOT now\" AND means it", "медсестра, которая работает по ночам",
    "A marine biologist who studies kelp",
  ]

  @Test(arguments: [
    ("nurse", [0]), ("NURSES", [0]), ("night nurse", [0]), ("护士", [1]), ("上海", [1]), ("海", [1]), ("看護師", [2]),
    ("登山", [2]),
    ("พยาบาล", [3]), ("กลางคืน", [3]), ("cafe", [4]), ("köln", [4]), ("Koln", [4]), ("ممرضة", [5]), ("नर्स", [6]),
    ("간호사", [7]), ("서울", [7]), ("c++ programmer", [8]), ("медсестра", [9]), ("kelp biologists", [10]),
    ("biolog", [10]), ("ｎｕｒｓｅ", [0]),
  ])
  func aWordIsFoundInEveryScript(_ query: String, _ expected: [Int]) throws {
    let hits = try hub(Self.texts).search(query)
    #expect(hits.map(\.row) == expected)
    #expect(hits.map(\.persona.text) == expected.map { Self.texts[$0] })
  }

  @Test(arguments: [
    "\"", "NOT", "AND", "nurse AND", "NEAR(nurse, 3)", "text:nurse", "nurse*", "^nurse", "(nurse", "nurse\0x",
    "{a b} : c", "-nurse",
    "' OR 1=1 --", "%", "\u{301}", "a\"b\"", "+", "\u{200F}nurse", "護\u{E0100}",
  ])
  func nothingAUserTypesIsAnOperator(_ query: String) throws {
    _ = try hub(Self.texts).search(query)
  }

  @Test func aQueryWithoutWordsFindsNothing() throws {
    let hub = try hub(Self.texts)
    for query in ["", "   ", "!?", "\"\""] { #expect(try hub.search(query).isEmpty) }
    #expect(try hub.search("nurse", limit: 0).isEmpty)
  }

  @Test func whatHoldsTheWordsOftenerStandsFirstAndTheLimitHolds() throws {
    let hub = try hub([
      "A baker who bakes bread for a baker", "A baker", "A tram driver with a baker for a neighbour", "A judge",
    ])
    let hits = try hub.search("baker")
    #expect(hits.map(\.row).sorted() == [0, 1, 2])
    #expect(hits.map(\.rank) == hits.map(\.rank).sorted())
    #expect(try hub.search("baker", limit: 1) == [hits[0]])
    #expect(try hub.search("someone like a judge").map(\.row).first == 3)
  }

  @Test func theCatalogueFollowsTheHub() throws {
    let hub = try Hub.openOrCreate(at: path)
    #expect(try hub.search("beekeeper").isEmpty)
    try hub.append((0..<30).map { Sample.persona($0) }, rowsPerSegment: 7)
    let calls = Mutex<[Int]>([])
    _ = try hub.catalogue { done, total in calls.withLock { $0 += [done, total] } }
    #expect(calls.withLock { $0 } == [0, 30, 30, 30])
    #expect(try hub.search("notebook 12").map(\.row) == [12])

    // Only the new rows are read after an append.
    try hub.append((30..<40).map { Sample.persona($0) })
    calls.withLock { $0 = [] }
    _ = try hub.catalogue { done, total in calls.withLock { $0 += [done, total] } }
    #expect(calls.withLock { $0 } == [0, 10, 10, 10])
    #expect(try hub.search("notebook 35").map(\.row) == [35])
    #expect(try hub.search("notebook 12").map(\.row) == [12])

    try hub.drop(stage: "f", operation: HubOperation("f")) { _, row in
      row == 12 ? Verdict(id: "", stage: "", keep: false, reason: "r") : nil
    }
    #expect(try hub.search("notebook 35").map(\.row) == [34])
    #expect(try hub.search("notebook 12").allSatisfy { $0.persona != Sample.persona(12) })
    #expect(try hub.show(Sample.persona(12).id.description).member.verdict?.reason == "r")
  }

  @Test(arguments: ["", "this is no database", "SQLite format 3\0 and then nothing"])
  func aDamagedCatalogueIsMadeAnew(_ bytes: String) throws {
    let hub = try hub(Self.texts)
    #expect(try hub.search("kelp").count == 1)
    try Data(bytes.utf8).write(to: URL(fileURLWithPath: path + "/index.sqlite"))
    #expect(try hub.search("kelp").count == 1)
    try FileManager.default.removeItem(atPath: path + "/index.sqlite")
    try Data("left over".utf8).write(to: URL(fileURLWithPath: path + "/index.sqlite.building"))
    #expect(try Hub.open(at: path).search("kelp").count == 1)
  }

  @Test func anOpenCatalogueGoesOnReadingWhatItOpened() throws {
    let hub = try hub(Self.texts)
    let catalogue = try hub.catalogue()
    try hub.append([Sample.persona(1)])
    #expect(try hub.search("surveyor").count == 1)
    #expect(try catalogue.search("surveyor").isEmpty)
    #expect(try catalogue.search("kelp").count == 1)
  }

  @Test func showTellsTheWholeStoryOfAPersona() throws {
    let hub = try Hub.openOrCreate(at: path)
    let root = Sample.persona(0)
    let child = Sample.child(1, of: root.id)
    let grandchild = Sample.child(2, of: child.id, iteration: 2)
    let other = Sample.persona(3)
    var otherAgain = other
    otherAgain.origin = .init(kind: .relation, parent: child.id.description, relation: "patient")
    try hub.append([root, child, grandchild, other, otherAgain])

    let entry = try hub.show(child.id.description)
    #expect(entry.member.persona == child && entry.member.verdict == nil)
    #expect(entry.ancestors.map(\.persona) == [root])
    #expect(entry.children.map(\.member.persona) == [grandchild, other])
    #expect(entry.children.map(\.relation) == ["colleague", "patient"])
    #expect(entry.childCount == 2)
    #expect(try hub.show(grandchild.id.description).root == root.origin)
    #expect(try hub.show(other.id.description).furtherOrigins == [FurtherOrigin(of: otherAgain)])

    try hub.drop(stage: "quality-filter", operation: HubOperation("filter")) { persona, _ in
      persona == child || persona == grandchild ? Verdict(id: "", stage: "", keep: false, reason: "too-short") : nil
    }
    let dropped = try hub.show(String(child.id.description.uppercased().prefix(12)))
    #expect(dropped.member.verdict?.reason == "too-short")
    #expect(dropped.ancestors.map(\.persona) == [root])
    // Those in the hub first, then the dropped.
    #expect(dropped.children.map(\.member.persona) == [other, grandchild])
    #expect(try hub.show(grandchild.id.description).ancestors.map { $0.verdict?.reason } == ["too-short", nil])

    let json = try JSONValue(text: dropped.json)
    #expect(json["verdict"]?["reason"]?.stringValue == "too-short")
    #expect(json["ancestors"]?.arrayValue?.count == 1)
    #expect(json["childCount"]?.intValue == 2)
  }

  @Test func anIdCanBeCutShortUntilItIsAmbiguous() throws {
    let hub = try Hub.openOrCreate(at: path)
    let personas = (0..<3000).map { Sample.persona($0) }
    try hub.append(personas)
    let catalogue = try hub.catalogue()
    for persona in personas.prefix(40) {
      #expect(try catalogue.show(String(persona.id.description.prefix(11))).member.persona == persona)
    }
    for wrong in ["", "abc", "12345", "zzzzzzz", String(repeating: "0", count: 33), "12 456"] {
      #expect { try catalogue.show(wrong) } throws: { "\($0)".contains("is not the id of a persona") }
    }
    #expect { try catalogue.show("0123456789abcdef") } throws: {
      "\($0)".contains("neither in the hub nor among the dropped")
    }
  }

  @Test func anAmbiguousIdListsWhomItMayMean() throws {
    // Two descriptions whose ids share 6 digits, found by trying.
    var seen: [String: Int] = [:]
    var pair: (Int, Int)?
    for number in 0... {
      if let earlier = seen.updateValue(number, forKey: String(Sample.persona(number).id.description.prefix(6))) {
        pair = (earlier, number)
        break
      }
    }
    let (one, other) = try #require(pair)
    let hub = try Hub.openOrCreate(at: path)
    try hub.append([Sample.persona(one), Sample.persona(other)])
    #expect { try hub.show(String(Sample.persona(one).id.description.prefix(6))) } throws: {
      let text = "\($0)"
      return text.contains("2 ids begin with") && text.contains(Sample.persona(one).id.description)
        && text.contains(Sample.persona(other).id.description) && text.contains("give more digits")
    }
  }
}
