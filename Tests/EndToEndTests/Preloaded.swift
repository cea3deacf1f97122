#if os(Linux)
  import Foundation
  import Testing

  /// A library that stands between the program and the system, compiled from its source beside the tests.
  enum Preloaded {
    /// - Parameter name: of the source, without `.c`.
    /// - Returns: the path for `LD_PRELOAD`.
    static func library(_ name: String, in folder: URL) throws -> String {
      let target = folder.appending(path: "\(name).so").path
      let compiler = Process()
      compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let source = Program.package.appending(path: "Tests/EndToEndTests/\(name).c").path
      compiler.arguments = ["clang", "-shared", "-fPIC", "-O1", source, "-o", target, "-ldl"]
      try compiler.run()
      compiler.waitUntilExit()
      #expect(compiler.terminationStatus == 0)
      return target
    }
  }
#endif
