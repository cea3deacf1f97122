public import PersonaRecords
import ShardFiles

/// Where lines go: a file, written beside and renamed at the end, or a function, for stdout.
public final class LineSink {
  private let file: ShardWriter?
  private let onLine: (ArraySlice<UInt8>) -> Void

  /// - Parameters:
  ///   - path: nil hands each line to `onLine`.
  /// - Throws: `Problem` when the file's folder cannot be written to.
  public init(path: String?, onLine: @escaping (ArraySlice<UInt8>) -> Void) throws(Problem) {
    file = try path.map { path throws(Problem) in try ShardWriter(path: path) }
    self.onLine = onLine
  }

  public func write(_ line: ArraySlice<UInt8>) throws(Problem) {
    if let file { try file.append(line: line) } else { onLine(line) }
  }

  /// Gives the file its name; without this it leaves nothing behind.
  public func finish() throws(Problem) {
    _ = try file?.commit()
  }
}
