import LanguageModels
import PersonaRecords
import RunLedger

struct DiskIsFull: Error {}

/// What outlives a process: the reply store, a run's ledger, and its three files.
///
/// A write may find the disk full. A commit is there or is not; of what was added to a file since its last sync a power
/// cut keeps any part, or as many zeros.
final class SimulatedDisk {
  struct Ledger {
    var progress: [UInt8]?
    var granted: CallBudget.Amount?
    var waiting: [Int: (identity: UInt64, line: [UInt8])] = [:]
  }

  struct File {
    var bytes: [UInt8] = []
    /// Bytes from the beginning that a power cut leaves alone.
    var synced = 0
  }

  private(set) var store: [ReplyKey: [UInt8]] = [:]
  private(set) var ledger = Ledger()
  var files = [File](repeating: File(), count: 3)
  private var writes = 0
  private let fullWrites: Set<Int>
  var onFull: () -> Void = {}

  init(fullWrites: Set<Int>) { self.fullWrites = fullWrites }

  /// Counts a write.
  /// - Throws: when the disk is full now.
  func write() throws {
    writes += 1
    if fullWrites.contains(writes) {
      onFull()
      throw DiskIsFull()
    }
  }

  /// A transaction of the reply store: a key keeps its first reply.
  func keep(_ replies: [(key: ReplyKey, line: [UInt8])]) throws {
    try write()
    for (key, line) in replies where store[key] == nil { store[key] = line }
  }

  /// A transaction of the ledger.
  func change(_ body: (inout Ledger) -> Void) throws {
    try write()
    body(&ledger)
  }

  func cutPower(_ random: inout SeededRandom) {
    for place in files.indices {
      let unsynced = files[place].bytes.count - files[place].synced
      guard unsynced > 0 else { continue }
      let kept = random.below(unsynced + 1)
      files[place].bytes.removeLast(unsynced - kept)
      if kept > 0, random.below(3) == 0 {
        // The file grew, and what should stand there did not reach the disk.
        let zeros = 1 + random.below(kept)
        files[place].bytes.removeLast(zeros)
        files[place].bytes += [UInt8](repeating: 0, count: zeros)
      }
      files[place].synced = files[place].bytes.count
    }
  }
}

/// `GrowingFile` on the simulated disk, effect by effect.
final class SimulatedFile {
  private let disk: SimulatedDisk
  private let place: Int
  private(set) var length: Int
  private var buffer: [UInt8] = []
  private var isDirty = false
  private var hasFailed = false

  private static let bufferSize = 700

  /// - Returns: nil where the file is shorter than it was said to be.
  init?(_ disk: SimulatedDisk, _ place: Int, validLength: Int) throws {
    self.disk = disk
    self.place = place
    length = validLength
    let end = disk.files[place].bytes.count
    guard end >= validLength else { return nil }
    if end > validLength {
      try disk.write()
      disk.files[place].bytes.removeLast(end - validLength)
      disk.files[place].synced = min(disk.files[place].synced, validLength)
      isDirty = true
    }
  }

  func append(_ bytes: [UInt8]) throws {
    buffer += bytes
    length += bytes.count
    isDirty = true
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func sync() throws {
    if hasFailed { throw DiskIsFull() }
    guard isDirty else { return }
    try flush()
    do {
      try disk.write()
    } catch {
      hasFailed = true
      throw error
    }
    disk.files[place].synced = disk.files[place].bytes.count
    isDirty = false
  }

  private func flush() throws {
    if hasFailed { throw DiskIsFull() }
    guard !buffer.isEmpty else { return }
    do {
      try disk.write()
    } catch {
      // A part of it still found room.
      disk.files[place].bytes += buffer.prefix(buffer.count / 2)
      hasFailed = true
      throw error
    }
    disk.files[place].bytes += buffer
    buffer = []
  }
}
