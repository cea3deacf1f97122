import PersonaRecords

/// Packed bytes on their way into an unpacker: a piece of them at a time, and how far it was taken.
struct PackedInput {
  private let source: any ByteSource
  /// Of which `start..<end` is still to be taken.
  var bytes: [UInt8]
  var start = 0
  private(set) var end = 0
  private var endOfEarlier = 0

  /// - Parameter capacity: bytes of a piece.
  init(_ source: any ByteSource, capacity: Int) {
    self.source = source
    bytes = [UInt8](repeating: 0, count: capacity)
  }

  /// All of the piece was taken.
  var isTaken: Bool { start == end }

  /// Where in the packed bytes the next one stands that is not taken, from 0.
  var position: Int { endOfEarlier + start }

  /// Reads the next piece over one that was taken; an empty one is the end.
  /// - Throws: what the source throws; the piece is empty then.
  mutating func refill() throws(Problem) {
    endOfEarlier += end
    start = 0
    end = 0
    let source = source
    var failure: Problem?
    end = unsafe bytes.withUnsafeMutableBytes { room in
      do throws(Problem) { return unsafe try source.read(into: room) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
  }

  /// What is said of packed bytes that break off or are broken here.
  func torn(_ kind: String, _ how: String, unpacked: Int, name: String) -> Problem {
    Problem(
      "the \(kind) data \(how) at byte \(position), after \(unpacked) unpacked bytes",
      at: .init(file: name), advice: "all before that place was read; fetch the file again to have the rest")
  }
}
