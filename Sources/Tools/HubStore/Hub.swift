package import PersonaRecords
import ShardFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The hub at rest: a folder of immutable files of personas, and a manifest that says which of them count.
///
/// Readers need no lock. One process writes at a time; every change is one replacement of `hub.json`, so that a crash
/// at any moment leaves the hub as it was before or as it is after, never between. See `docs/hub.md`.
package final class Hub: Sendable {
  /// Rows in one segment at most.
  package static let rowsPerSegment = 1_000_000
  /// The longest line that is taken in.
  package static let maximumLineBytes = 1 << 20

  /// The folder, as the user named it.
  package let path: String
  let onStep: StepObserver
  private let current: Mutex<HubManifest>

  /// What is in the hub, as this object last read or wrote it.
  package var manifest: HubManifest { current.withLock { $0 } }

  private init(path: String, manifest: HubManifest, onStep: @escaping StepObserver) {
    self.path = path
    self.onStep = onStep
    self.current = Mutex(manifest)
  }

  /// Opens a hub that exists.
  /// - Parameter onStep: called before each step that changes the disk; tests crash there.
  /// - Throws: `Problem` when there is none, or its manifest is damaged or of a newer format.
  package static func open(at path: String, onStep: @escaping StepObserver = { _ in }) throws(Problem) -> Hub {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard !isMissing(path) else {
      throw Problem(
        "there is no hub at \(path)", advice: "name one with --hub DIR, or make one with derive or hub import")
    }
    guard !isMissing(manifestPath(in: path)) else {
      throw Problem(
        "\(path) is not a hub: it has no hub.json",
        advice: "name another folder with --hub DIR, or make a hub with derive or hub import")
    }
    return Hub(path: path, manifest: try readManifest(in: path), onStep: onStep)
  }

  /// Opens a hub, or makes an empty one where there is none.
  /// - Throws: `Problem` as `open`, when the folder cannot be made, or when it holds rows whose manifest is gone.
  package static func openOrCreate(
    at path: String, onStep: @escaping StepObserver = { _ in }
  ) throws(Problem) -> Hub {
    if !isMissing(manifestPath(in: path)) { return try open(at: path, onStep: onStep) }
    try makeFolder(path)
    let hub = Hub(path: path, manifest: HubManifest(), onStep: onStep)
    let lock = try hub.lockForWriting()
    defer { lock.release() }
    // Another process may have made it while this one waited for nothing.
    if !isMissing(manifestPath(in: path)) { return try open(at: path, onStep: onStep) }
    for kind in HubManifest.Part.Kind.allCases {
      // The next write would take those files for garbage and remove them.
      guard hub.fileNames(of: kind).allSatisfy({ HubFileName(path: "\(kind.rawValue)/\($0)") == nil }) else {
        throw Problem(
          "\(path) holds rows in \(kind.rawValue)/ and no hub.json that says what they are",
          advice: "restore hub.json from a copy, or name another folder with --hub DIR")
      }
    }
    try hub.commit(HubManifest())
    return hub
  }

  /// Reads the manifest anew: another process may have changed the hub.
  package func reload() throws(Problem) {
    let manifest = try Self.readManifest(in: path)
    current.withLock { $0 = manifest }
  }

  func setManifest(_ manifest: HubManifest) { current.withLock { $0 = manifest } }

  // MARK: Reading

  /// The personas of the hub, in their order.
  package func personas() -> HubReader<Persona> { HubReader(self, manifest.segments) }

  /// The rows that left the hub, in the order in which they left.
  /// - Parameter stage: only what this stage dropped; nil for all.
  package func droppedPersonas(stage: String? = nil) -> HubReader<DroppedPersona> {
    HubReader(self, manifest.dropped.filter { stage == nil || $0.stage == stage })
  }

  /// The further origins of personas that arose more than once, in the order in which they arose.
  package func furtherOrigins() -> HubReader<FurtherOrigin> { HubReader(self, manifest.lineage) }

  /// Runs over all personas with their place, counted from 0.
  package func forEachPersona(_ body: (Persona, _ row: Int) throws -> Void) throws {
    let reader = personas()
    var row = 0
    while let persona = try reader.next() {
      try body(persona, row)
      row += 1
    }
  }

  // MARK: Files

  /// Whether nothing stands there; what may not be looked at is not missing, and opening it says why.
  private static func isMissing(_ path: String) -> Bool {
    // Safe: Swift passes the path as a C string that lives through the call.
    unsafe access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)
  }

  static func manifestPath(in path: String) -> String { path + "/hub.json" }

  /// Where a file of the hub stands.
  package func path(of part: HubManifest.Part) -> String { "\(path)/\(part.path)" }

  static func readManifest(in path: String) throws(Problem) -> HubManifest {
    let file = manifestPath(in: path)
    let stream = try ByteStream(path: file)
    while try stream.fill() {}
    do throws(Problem) {
      return try HubManifest(fileBytes: Array(stream.available))
    } catch {
      throw error.at(file: file)
    }
  }

  /// Says why a file of the manifest could not be opened: most often another process dropped rows meanwhile.
  func explain(_ problem: Problem, reading part: HubManifest.Part) -> Problem {
    guard let now = try? Self.readManifest(in: path), !now.parts.contains(part) else {
      return Problem(
        "a file that hub.json names cannot be read", at: .init(file: path(of: part)),
        advice: "restore it from a copy; hub verify lists all damage", cause: problem.what)
    }
    return Problem(
      "another command changed the hub while it was read", at: .init(file: path(of: part)),
      advice: "run the same command again", consequence: .retry, cause: problem.what)
  }
}
