package import PersonaRecords

/// Copies a finished file to another place, where it appears whole or not at all.
package enum ShardCopy {
  /// - Throws: `Problem` with the path that cannot be read or written; nothing new stands under `target` then.
  package static func copy(_ source: String, to target: String) throws(Problem) {
    let reader = try LineReader(path: source)
    let writer = try ShardWriter(path: target)
    while let event = try reader.next() {
      switch event {
      case .line(let line): try writer.append(line: line.bytes)
      case .oversize(let line): throw line.problem(file: source)
      }
    }
    _ = try writer.commit()
  }
}
