import Foundation
import NIOCore
import PersonaRecords

/// The body of an upload as a form (RFC 7578), read from its file piece by piece.
struct FileUpload: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  private static let pieceSize = 256 << 10

  let path: String
  let boundary: String
  let byteCount: Int
  private let head: [UInt8]
  private let tail: [UInt8]

  /// - Parameters:
  ///   - name: what the provider calls the file; letters, digits, dots and dashes.
  ///   - boundary: a line that stands nowhere in the file.
  /// - Throws: `Problem` when the file cannot be read.
  init(path: String, name: String, boundary: String) throws(Problem) {
    self.path = path
    self.boundary = boundary
    func part(_ disposition: String, _ rest: String) -> String {
      "--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\(rest)"
    }
    head = Array(
      (part("name=\"purpose\"", "\r\nbatch\r\n")
        + part("name=\"file\"; filename=\"\(name)\"", "Content-Type: application/jsonl\r\n\r\n")).utf8)
    tail = Array("\r\n--\(boundary)--\r\n".utf8)
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    guard let size else {
      throw Problem(
        "the batch's file cannot be read", at: .init(file: path), advice: "run the same command again",
        consequence: .stopResumable)
    }
    byteCount = head.count + size + tail.count
  }

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  func makeAsyncIterator() -> Iterator { Iterator(upload: self) }

  struct Iterator: AsyncIteratorProtocol {
    private enum Place {
      case head
      case file(FileHandle)
      case tail, end
    }

    private let upload: FileUpload
    private var place = Place.head

    init(upload: FileUpload) { self.upload = upload }

    mutating func next() async throws -> ByteBuffer? {
      if case .head = place {
        place = .file(try FileHandle(forReadingFrom: URL(fileURLWithPath: upload.path)))
        return ByteBuffer(bytes: upload.head)
      }
      if case .file(let handle) = place {
        if let piece = try handle.read(upToCount: FileUpload.pieceSize), !piece.isEmpty {
          return ByteBuffer(bytes: piece)
        }
        try handle.close()
        place = .tail
      }
      if case .tail = place {
        place = .end
        return ByteBuffer(bytes: upload.tail)
      }
      return nil
    }
  }
}
