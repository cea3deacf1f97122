import Foundation
import Synchronization

/// Output: data to stdout, talk to stderr.
enum Talk {
  /// Writes one line of data to stdout; a reader that has gone away ends the program as a success.
  static func data(_ line: String) {
    write(line + "\n", to: 1)
  }

  static func data(_ bytes: [UInt8]) {
    write(bytes, to: 1)
  }

  /// Writes one line for people to stderr.
  static func say(_ line: String) {
    write(line + "\n", to: 2)
  }

  static func write(_ text: String, to descriptor: Int32) {
    write(Array(text.utf8), to: descriptor)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // Safe: offset < count of the buffer, and the length given is what is left of it.
        unsafe Foundation.write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
      }
      if count >= 0 {
        offset += count
      } else if errno == EPIPE && descriptor == 1 {
        exit(0)
      } else if errno != EINTR && errno != EAGAIN {
        if descriptor == 1 {
          write("stdout cannot be written: \(unsafe String(cString: strerror(errno)))\n", to: 2)
          exit(1)
        }
        return
      }
    }
  }

  static var stderrIsTerminal: Bool { isatty(2) == 1 }
}
