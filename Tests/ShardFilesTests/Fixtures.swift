import Foundation
import PersonaRecords
import ShardFiles

/// A fresh folder that goes away with the value.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("shards-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// Gzip members with stored (not squeezed) blocks, written by hand so that the reader is not tested against its own library.
enum StoredGzip {
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let piece = rest.prefix(65535)
      rest = rest.dropFirst(65535)
      result.append(rest.isEmpty ? 1 : 0)
      result += littleEndian(UInt32(piece.count)).prefix(2)
      result += littleEndian(~UInt32(piece.count)).prefix(2)
      result += piece
    } while !rest.isEmpty
    return result + littleEndian(crc32(bytes)) + littleEndian(UInt32(bytes.count))
  }

  private static func littleEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// A source that hands out its bytes in pieces of the sizes given, over and over.
final class CrumblingSource: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let sizes: [Int]
  private var turn = 0

  init(_ bytes: [UInt8], sizes: [Int]) {
    self.rest = bytes[...]
    self.sizes = sizes
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let piece = rest.prefix(min(buffer.count, sizes[turn % sizes.count]))
    turn += 1
    unsafe buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

/// Everything a stream has, and the problem it ends with.
func drain(_ stream: ByteStream) -> (bytes: [UInt8], problem: Problem?) {
  var bytes: [UInt8] = []
  do {
    while try stream.fill() {
      bytes += stream.available
      stream.consume(stream.availableCount)
    }
    return (bytes, nil)
  } catch {
    return (bytes, error)
  }
}
