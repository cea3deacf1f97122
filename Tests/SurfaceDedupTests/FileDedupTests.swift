import Foundation
import PersonaRecords
import ShardFiles
import SimilarityKernels
import SurfaceDedup
import Testing

@Suite struct FileDedupTests {
  /// Runs `body` in a folder of its own.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "file-dedup-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  private func texts(seed: UInt64, count: Int) -> [String] {
    var random = SeededRandom(seed: seed, purpose: "file")
    var rows: [[Int]] = []
    for _ in 0..<count {
      if let parent = random.pick(rows), random.below(3) > 0 {
        var row = parent
        for _ in 0..<random.below(3) { row[random.below(row.count)] = random.below(4_000) }
        rows.append(row)
      } else {
        rows.append((0..<3 + random.below(20)).map { _ in random.below(4_000) })
      }
    }
    return rows.map { row in row.map { "word\($0)" }.joined(separator: " ") }
  }

  private func write(_ texts: [String], to path: String) throws {
    var lines = ""
    for (row, text) in texts.enumerated() {
      // Half of the rows have an id, some are no rows at all.
      if row % 50 == 49 { lines += "not json\n\n{\"other\":1}\n" }
      lines +=
        row % 2 == 0
        ? "{\"id\":\"r\(row)\",\"persona\":\"\(text)\",\"score\":\(row % 17)}\n" : "{ \"persona\" : \"\(text)\" }\n"
    }
    try lines.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func run(
    _ folder: String, _ name: String, _ settings: SurfaceDedup.Settings, memory: Int?, field: String? = nil,
    onProgress: @escaping @Sendable (FileDedup.Progress) throws -> Void = { _ in }
  ) throws -> FileDedup.Counts {
    try FileDedup(
      input: "\(folder)/in.jsonl", preferredField: field, settings: settings, memory: memory, onProgress: onProgress
    ).run(
      to: FileDedup.Outputs(
        kept: "\(folder)/\(name)", dropped: "\(folder)/\(name).dropped", unreadable: "\(folder)/\(name).unreadable",
        clusters: "\(folder)/\(name).clusters"),
      workPath: "\(folder)/\(name).work")
  }

  private static let outputs = ["", ".dropped", ".unreadable", ".clusters"]

  /// Little enough that some thousand rows need several blocks.
  private static let tiny = 1_500_000

  /// Rows that share most of their words meet in buckets of thousands, and a run that does not fit into memory says so too.
  @Test func aSpilledRunOfMinHashForetellsWhatCandidatesCost() throws {
    final class Heard: @unchecked Sendable {  // The run calls it on one thread.
      var forecasts: [JoinForecast] = []
    }
    try inFolder { folder in
      let shared = (0..<12).map { "word\($0)" }.joined(separator: " ")
      try write((0..<6_000).map { "\(shared) own\($0) more\($0) last\($0)" }, to: "\(folder)/in.jsonl")
      let settings = SurfaceDedup.Settings(threshold: try JaccardThreshold("0.7"), method: .minhash)
      var forecasts: [JoinForecast] = []
      for memory in [nil, Self.tiny] {
        let heard = Heard()
        var dedup = FileDedup(input: "\(folder)/in.jsonl", settings: settings, memory: memory)
        dedup.onForecast = { heard.forecasts.append($0) }
        let counts = try dedup.run(to: FileDedup.Outputs(kept: "\(folder)/kept"), workPath: "\(folder)/work")
        #expect(counts.isSpilled == (memory != nil))
        #expect(heard.forecasts.count == 1)
        forecasts += heard.forecasts
      }
      #expect(forecasts.allSatisfy { $0.isQuadratic && $0.rows == 6_000 })
      #expect(forecasts[0].candidates == forecasts[1].candidates)
    }
  }

  @Test(arguments: [SurfaceDedup.Method.exact, .minhash], ["input-order", "longest", "score"])
  func anyMemoryGivesTheSameBytes(method: SurfaceDedup.Method, prefer: String) throws {
    try inFolder { folder in
      try write(texts(seed: 3, count: 6_000), to: "\(folder)/in.jsonl")
      let settings = SurfaceDedup.Settings(
        threshold: try JaccardThreshold("0.8"), method: method,
        prefer: SurfaceDedup.Preference(rawValue: prefer) ?? .inputOrder)
      let field = prefer == "score" ? prefer : nil
      let whole = try run(folder, "whole", settings, memory: nil, field: field)
      #expect(!whole.isSpilled && whole.read == 6_000 && whole.unreadable == 240 && whole.nearCopies > 100)
      for memory in [Self.tiny, 4 * Self.tiny] {
        var spilled = try run(folder, "spilled", settings, memory: memory, field: field)
        #expect(spilled.isSpilled || memory > Self.tiny)
        spilled.isSpilled = false
        #expect(spilled == whole)
        for output in Self.outputs {
          #expect(try read("\(folder)/spilled\(output)") == read("\(folder)/whole\(output)"), "\(output) \(memory)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/spilled.work"))
      }
    }
  }

  @Test func theOutputOfAFileIsThatOfBruteForce() throws {
    try inFolder { folder in
      let texts = texts(seed: 5, count: 700)
      try write(texts, to: "\(folder)/in.jsonl")
      var sets = WordSets()
      var scanner = ShingleScanner()
      for text in texts {
        scanner.scan(text)
        sets.append(scanner)
      }
      let threshold = try JaccardThreshold("0.85")
      let reference = SurvivorSearch.reference(sets, threshold: threshold)
      _ = try run(folder, "out", SurfaceDedup.Settings(threshold: threshold), memory: nil)
      let kept = try read("\(folder)/out").split(separator: "\n")
      let expected = texts.indices.filter { reference[$0].isKept }.map { texts[$0] }
      #expect(kept.count == expected.count && zip(kept, expected).allSatisfy { $0.contains($1) })
      // Every drop names its representative and the exact similarity.
      let drops = try read("\(folder)/out.dropped").split(separator: "\n").map {
        try JSONValue(utf8: Array($0.utf8)[...])
      }
      #expect(drops.count == texts.count - expected.count)
      for drop in drops {
        let verdict = try Verdict(json: try #require(drop["verdict"]))
        let text = try #require(drop["row"]?["persona"]?.stringValue)
        let row = try #require(texts.indices.first { texts[$0] == text && !reference[$0].isKept })
        let representative = try #require(reference[row].representative)
        #expect(verdict.similarity == reference[row].jaccard)
        #expect(
          verdict.representative
            == (representative % 2 == 0 ? "r\(representative)" : "\(folder)/in.jsonl:\(line(of: representative))"))
      }
    }
  }

  /// Line of a row in the file that `write` makes.
  private func line(of row: Int) -> Int { row + 1 + (row + 1) / 50 * 3 }

  @Test(arguments: 0..<12)
  func stoppingAnywhereAndGoingOnGivesTheSameBytes(place: Int) throws {
    struct Cut: Error {}
    try inFolder { folder in
      try write(texts(seed: 8, count: 6_000), to: "\(folder)/in.jsonl")
      let settings = SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9"))
      _ = try run(folder, "whole", settings, memory: nil)
      let calls = Counter()
      #expect(throws: Cut.self) {
        try run(folder, "cut", settings, memory: Self.tiny) { _ in if calls.next() == 1 + place * 2 { throw Cut() } }
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/cut"))
      let resumed = try run(folder, "cut", settings, memory: Self.tiny)
      // After the first three calls all rows are on the disk, and it is written down that they are.
      #expect(resumed.isResumed == (place > 1))
      for output in Self.outputs {
        #expect(try read("\(folder)/cut\(output)") == read("\(folder)/whole\(output)"), "\(output)")
      }
    }
  }

  @Test(arguments: [nil, tiny]) func collisionsOfHashesChangeNothing(memory: Int?) throws {
    try inFolder { folder in
      // So many that words and rows leave a little memory.
      try write(texts(seed: 9, count: memory == nil ? 2_000 : 6_000), to: "\(folder)/in.jsonl")
      var settings = SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9"))
      _ = try run(folder, "plain", settings, memory: nil)
      // The long words of four thousand collide in 10 bits, and in 18 with the next seed; with 42 they do not.
      settings.hashBits = 10
      let weak = try run(folder, "weak", settings, memory: memory)
      #expect(weak.isSpilled == (memory != nil))
      for output in Self.outputs {
        #expect(try read("\(folder)/weak\(output)") == read("\(folder)/plain\(output)"), "\(output)")
      }
    }
  }

  @Test func escapesAndOtherScriptsAreTexts() throws {
    try inFolder { folder in
      let lines = [
        #"{"persona":"A caf\u00e9 owner in \"Oslo\" who brews\tcoffee"}"#,
        #"{"persona":"a CAFÉ owner in Oslo who brews coffee"}"#,
        #"{"persona":"一位退休的护士住在奥斯陆"}"#, #"{"persona":"\u4e00位退休的护士，住在奥斯陆！"}"#, #"{"persona":"\ud800"}"#,
        #"{"persona":7}"#,
        #"["persona"]"#,
      ]
      try lines.joined(separator: "\n").write(toFile: "\(folder)/in.jsonl", atomically: true, encoding: .utf8)
      let counts = try run(folder, "out", SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9")), memory: nil)
      #expect(counts.read == 4 && counts.kept == 2 && counts.unreadable == 3 && counts.sameWords == 2)
      #expect(try read("\(folder)/out") == lines[0] + "\n" + lines[2] + "\n")
    }
  }

  @Test func tooLittleMemoryIsRefusedWithASentence() throws {
    try inFolder { folder in
      try write(texts(seed: 8, count: 3_000), to: "\(folder)/in.jsonl")
      let problem = #expect(throws: Problem.self) {
        try run(folder, "out", SurfaceDedup.Settings(threshold: try JaccardThreshold("0.9")), memory: 100_000)
      }
      #expect(problem?.consequence == .wrongUsage)
      #expect(problem?.what.contains("--memory") == true)
    }
  }

  @Test func signaturesAreThoseOfTheReference() throws {
    try inFolder { folder in
      try write(texts(seed: 2, count: 1_100), to: "\(folder)/in.jsonl")
      let hasher = MinHasher(length: 128)
      let counts = try SignatureFile(input: "\(folder)/in.jsonl", hasher: hasher).write(to: "\(folder)/s.npy")
      #expect(counts.signed == 1_100 && counts.unreadable == 44)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/s.npy")))
      #expect(bytes.count == 128 + 1_100 * 512)
      #expect(String(decoding: bytes[10..<128], as: UTF8.self).contains("'shape': (1100, 128)"))
      let last = wordHashes(of: texts(seed: 2, count: 1_100)[1_099])
      let signature = bytes.suffix(512)
      for (slot, value) in hasher.reference(last).enumerated() {
        let start = signature.startIndex + slot * 4
        let found = (0..<4).reduce(UInt32(0)) { $0 | UInt32(signature[start + $1]) << UInt32($1 * 8) }
        #expect(found == value)
      }
    }
  }
}

/// Counts calls from one thread.
private final class Counter: @unchecked Sendable {  // The stage calls its progress from one thread.
  private var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}
