import Foundation
import PersonaRecords
import ShardFiles

/// Something a writer is about to do to the disk; paths are below the hub's folder.
package enum HubStep: Sendable, Equatable {
  case beginFile(path: String)
  case writeRow(path: String)
  case finishFile(path: String)
  case replaceManifest
  case removeFile(path: String)
}

/// Looks at each step before it is done; throwing there is a write that fails, copying the folder there is a crash.
package typealias StepObserver = @Sendable (HubStep) throws -> Void

extension Hub {
  /// Where the order of a commit is kept: by now all new files are durable; then the manifest is replaced; then what it
  /// no longer names is removed.
  ///
  /// - Throws: `Problem` when the manifest cannot be written; the one on disk is then the old or the new one, and
  ///   whole, and `manifest` is what stands on disk.
  func commit(_ manifest: HubManifest) throws(Problem) {
    do throws(Problem) {
      try step(.replaceManifest)
      let writer = try ShardWriter(path: Self.manifestPath(in: path), packsWithZstd: false)
      // The writer ends the last line itself.
      try writer.append(line: manifest.fileBytes.dropLast())
      _ = try writer.commit()
    } catch {
      try? reload()
      throw error
    }
    setManifest(manifest)
    removeGarbage()
  }

  /// Takes the writers' lock and clears away what a crash may have left.
  /// - Throws: `Problem` when another process is writing, or the manifest cannot be read.
  func beginWriting() throws(Problem) -> FileLock {
    let lock = try lockForWriting()
    do throws(Problem) {
      try reload()
    } catch {
      lock.release()
      throw error
    }
    removeGarbage()
    return lock
  }

  func lockForWriting() throws(Problem) -> FileLock {
    guard let lock = try FileLock(path: path + "/hub.lock", waits: false) else {
      throw Problem(
        "another command is writing to the hub \(path)",
        advice: "wait until it is done, and run this one again; reading is possible meanwhile")
    }
    return lock
  }

  /// Removes the files that look like the hub's and that the manifest on disk does not name.
  ///
  /// What cannot be removed now is removed by the next write. The caller holds the writers' lock.
  func removeGarbage() {
    // The manifest on disk, not the one in memory: after a failure in the middle of a commit they may differ.
    guard let manifest = try? Self.readManifest(in: path) else { return }
    for file in garbage(beside: manifest) {
      guard (try? step(.removeFile(path: file))) != nil else { continue }
      try? FileManager.default.removeItem(atPath: "\(path)/\(file)")
    }
  }

  /// Files of the shapes that writers make and that this manifest does not name, sorted; paths below the hub's folder.
  ///
  /// Files of any other shape are somebody else's, and never touched.
  func garbage(beside manifest: HubManifest) -> [String] {
    let named = Set(manifest.parts.map(\.path))
    var garbage = entries(of: path).filter { Self.finalName(ofUnfinished: $0) == "hub.json" }
    for kind in HubManifest.Part.Kind.allCases {
      for name in fileNames(of: kind) {
        let file = "\(kind.rawValue)/\(name)"
        if HubFileName(path: Self.finalName(ofUnfinished: file) ?? file) != nil, !named.contains(file) {
          garbage.append(file)
        }
      }
    }
    garbage += HubVectors.garbage(of: self, beside: manifest)
    return garbage.sorted()
  }

  /// The name a half-written file would have got: `ShardWriter` calls it `NAME.PID.writing` until then.
  private static func finalName(ofUnfinished name: String) -> String? {
    guard name.hasSuffix(".writing") else { return nil }
    let stem = name.dropLast(".writing".count)
    guard let dot = stem.lastIndex(of: "."), Int(stem[stem.index(after: dot)...]) != nil else { return nil }
    return String(stem[..<dot])
  }

  func fileNames(of kind: HubManifest.Part.Kind) -> [String] { entries(of: "\(path)/\(kind.rawValue)") }

  private func entries(of folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Tells the observer; what it throws is a write that failed.
  func step(_ step: HubStep) throws(Problem) {
    do {
      try onStep(step)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem("the hub cannot be written to", at: .init(file: path), advice: "see the reason", cause: "\(error)")
    }
  }

  static func makeFolder(_ path: String) throws(Problem) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "the folder cannot be made", at: .init(file: path), advice: "check the path and your permission to write there",
        cause: (error as NSError).localizedDescription)
    }
  }
}
