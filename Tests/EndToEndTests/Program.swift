import Foundation
import Synchronization

/// The built program, run as its users run it.
struct Program {
  struct Result {
    let code: Int32
    let out: String
    let err: String

    /// The JSON object on stdout.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(out.utf8))) as? [String: Any] ?? [:]
    }

    func count(_ key: String) -> Int { (json[key] as? NSNumber)?.intValue ?? -1 }
  }

  /// Folder the program works in.
  let folder: URL
  /// Added to a bare environment: tests must not see the developer's own keys.
  var environment: [String: String] = [:]

  static let executable: URL = {
    // The test bundle and the program lie in the same build folder.
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appending(path: "persona-hub")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: "/nonexistent/persona-hub")
  }()

  /// Root of the package, for its README and Makefile.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  var bareEnvironment: [String: String] {
    let own = ProcessInfo.processInfo.environment
    var bare: [String: String] = [:]
    for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "PERSONA_HUB_DUCKDB"] { bare[name] = own[name] }
    return bare.merging(environment) { $1 }
  }

  /// Runs to the end.
  @discardableResult
  func run(_ arguments: String..., input: Data = Data()) async throws -> Result {
    try await run(arguments, input: input)
  }

  @discardableResult
  func run(_ arguments: [String], input: Data = Data(), launcher: [String] = []) async throws -> Result {
    await (try start(arguments, input: input, launcher: launcher)).end()
  }

  /// Starts the program and returns at once.
  func start(_ arguments: [String], input: Data = Data(), launcher: [String] = []) throws -> Running {
    let process = Process()
    let command = launcher + [Self.executable.path] + arguments
    if launcher.isEmpty {
      process.executableURL = Self.executable
      process.arguments = arguments
    } else {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = command
    }
    process.currentDirectoryURL = folder
    process.environment = bareEnvironment
    let running = try Running(process, input: input)
    return running
  }

  /// A program that runs.
  final class Running: @unchecked Sendable {  // `process` and `files` are set once; `end` alone waits.
    let process: Process
    private let files: [URL]

    init(_ process: Process, input: Data) throws {
      self.process = process
      let folder = FileManager.default.temporaryDirectory.appending(path: "persona-hub-io-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      files = ["in", "out", "err"].map { folder.appending(path: $0) }
      // Files instead of pipes: nothing can fill up and stall, however much is printed.
      try input.write(to: files[0])
      for file in files.dropFirst() { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// What stands on stdout so far.
    var out: String { (try? String(contentsOf: files[1], encoding: .utf8)) ?? "" }

    /// What stands on stderr so far.
    var err: String { (try? String(contentsOf: files[2], encoding: .utf8)) ?? "" }

    /// Waits on a thread of its own: the server that the program talks to needs the ones that tasks run on.
    func end() async -> Result {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: self.wait()) }
      }
    }

    private func wait() -> Result {
      process.waitUntilExit()
      let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
      let texts = files.map { String(decoding: (try? Data(contentsOf: $0)) ?? Data(), as: UTF8.self) }
      try? FileManager.default.removeItem(at: files[0].deletingLastPathComponent())
      return Result(code: code, out: texts[1], err: texts[2])
    }
  }

  // MARK: Files in the folder

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ data: Data) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func read(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

  func lines(_ name: String) throws -> [String] { try read(name).split(separator: "\n").map(String.init) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }

  /// Every file below a folder by its path, SQLite files aside: what must be equal in two runs.
  func contents(of name: String) throws -> [String: Data] {
    let root = folder.appending(path: name)
    var contents: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      var isFolder: ObjCBool = false
      let url = root.appending(path: path)
      // Safe: the pointer is to a local that lives through the call.
      let exists = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      guard exists, !isFolder.boolValue else { continue }
      if path.contains(".sqlite") || path.hasSuffix(".lock") { continue }
      contents[path] = try Data(contentsOf: url)
    }
    return contents
  }
}

/// Tests that run programs do so a few at a time: a hundred processes at once would measure the machine's patience, and
/// each needs files that are open in this process too.
private actor Slots {
  static let shared = Slots()
  private var free = max(4, ProcessInfo.processInfo.activeProcessorCount * 2)
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func giveBack() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

/// Runs a test in a fresh folder that is removed afterwards.
func inFreshFolder<Value>(_ body: (Program) async throws -> Value) async throws -> Value {
  await Slots.shared.take()
  do {
    let value = try await withFolder(body)
    await Slots.shared.giveBack()
    return value
  } catch {
    await Slots.shared.giveBack()
    throw error
  }
}

private func withFolder<Value>(_ body: (Program) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appending(path: "persona-hub-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(Program(folder: folder))
}

/// Small texts of our own, each about something else.
enum SampleTexts {
  static let passages = [
    "The dough for a rye loaf is sour and heavy. Feed the starter the evening before, let it stand warm, and fold the wet flour in three times. A long bake at falling heat gives the crust its colour and keeps the crumb moist for a week.",
    "A superconducting ring keeps its current for years because the electrons move in pairs. The gap in their energy spectrum forbids the small losses that heat an ordinary wire. Above the critical temperature the pairs break and resistance returns at once.",
    "The tenant shall give notice of any leak within two days of finding it. Repairs of the roof, the drains and the outer walls are for the landlord, who may enter the rooms after a written announcement of at least one day.",
    "Caught nothing off the pier until the tide turned. Then three mackerel on feathers within ten minutes, and a bass that broke the trace at the ladder. The old men say the wind must back to the west before the herring come in.",
    "Der Chor probt jeden Dienstag im Gemeindehaus. Für das Konzert im Advent fehlen noch Bässe, und die Noten der Motette liegen beim Hausmeister. Wer den Schlüssel hat, lüfte bitte nach der Probe den kleinen Saal.",
    "小麦播种以后要看土壤的水分。春天雨水少的年份，应当在返青的时候浇第一次水，并且追施少量的氮肥。叶片发黄多半是根部缺氧，这时候不要再浇，先松土。",
    "Le tramway de la ligne trois s'arrête désormais devant l'hôpital. Les correspondances du soir ont été avancées de quatre minutes afin que les infirmières de nuit n'attendent plus sous la pluie au terminus.",
    "A graph is bipartite exactly when it has no cycle of odd length. Colour a vertex, give its neighbours the other colour, and go on outward; a clash closes an odd cycle, and without a clash the two colours are the two sides.",
  ]

  /// The passages as JSON lines.
  static var jsonLines: String {
    passages.enumerated().map { place, text in
      let object = ["id": "text-\(place)", "text": text]
      let data = (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])) ?? Data()
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }
}
