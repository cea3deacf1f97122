import Foundation
import PersonaRecords
import SimilarityKernels
import Testing
import VectorFiles

@Suite struct VectorFilesTests {
  private let folder: String
  private var path: String { "\(folder)/v.npy" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/vector-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func description(
    _ element: VectorRows.Element = .float16, model: String = "m", dimension: Int = 5, source: String = "s"
  ) -> VectorDescription {
    VectorDescription(model: model, dimension: dimension, element: element, source: source)
  }

  /// Unit vectors, the same for the same rows.
  private func rows(_ range: Range<Int>, dimension: Int = 5) -> [Float] {
    range.flatMap { row -> [Float] in
      var random = SeededRandom(seed: UInt64(row))
      let vector = (0..<dimension).map { _ in Float(random.unit()) - 0.5 }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
  }

  private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  private func store(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  @discardableResult
  private func write(_ description: VectorDescription, count: Int) throws -> [UInt8] {
    let writer = try VectorFileWriter(path: path, description: description)
    try writer.append(rows(0..<count, dimension: description.dimension))
    try writer.finish()
    return try bytes(path)
  }

  private func failure(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no failure"
    } catch { return "\(error)" }
  }

  @Test(arguments: VectorRows.Element.allCases) func whatIsWrittenIsReadAgain(element: VectorRows.Element) throws {
    let stored = try write(description(element), count: 100)
    #expect(stored.count == 128 + 100 * 5 * element.byteCount)
    let header = String(decoding: stored[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (100, 5), }"))
    #expect(header.hasSuffix("\n"))
    let file = try VectorFile.open(path, wanted: description(element), rows: 100)
    let expected = VectorRows(rows(0..<100), dimension: 5, element: element)
    for row in 0..<100 { #expect(file.vectors.vector(row) == expected.vector(row)) }
    #expect(file.description?.rows == 100)
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    #expect(!FileManager.default.fileExists(atPath: path + ".part.json"))
  }

  @Test func aWriterGoesOnWhereTheLastOneCommitted() throws {
    let whole = try write(description(), count: 300)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.removeItem(atPath: path + ".json")
    // Each one ends without a word, at another state of what it had not committed.
    for (committed, lost) in [(0, 0), (40, 0), (40, 7), (111, 30), (111, 0), (299, 1)] {
      let writer = try VectorFileWriter(path: path, description: description())
      if committed > writer.rows { try writer.append(rows(writer.rows..<committed)) }
      try writer.commit()
      if lost > 0 { try writer.append(rows(committed..<committed + lost)) }
    }
    // What a crash leaves behind the acknowledged rows.
    try store(try bytes(path + ".part") + [1, 2, 3], path + ".part")
    // At every commit the growing file is an array that NumPy reads.
    #expect(String(decoding: try bytes(path + ".part")[10..<128], as: UTF8.self).contains("'shape': (299, 5)"))
    let last = try VectorFileWriter(path: path, description: description())
    #expect(last.resumedRows == 299)
    try last.append(rows(299..<300))
    try last.finish()
    #expect(try bytes(path) == whole)
  }

  @Test func aCrashBetweenTheNamesIsMended() throws {
    let whole = try write(description(), count: 20)
    let json = try bytes(path + ".json")
    try FileManager.default.moveItem(atPath: path + ".json", toPath: path + ".part.json")
    let writer = try VectorFileWriter(path: path, description: description())
    #expect(writer.resumedRows == 20)
    try writer.finish()
    #expect(try bytes(path) == whole)
    #expect(try bytes(path + ".json") == json)
  }

  @Test func vectorsThatWereBegunForSomethingElseAreRefused() throws {
    let writer = try VectorFileWriter(path: path, description: description())
    try writer.append(rows(0..<3))
    try writer.commit()
    #expect(failure { _ = try VectorFileWriter(path: path, description: description()) }.contains("another process"))
    _ = consume writer
    for other in [
      description(model: "n"), description(dimension: 6), description(.float32), description(source: "t"),
    ] {
      #expect(failure { _ = try VectorFileWriter(path: path, description: other) }.contains("begun here of"))
    }
    #expect(try VectorFileWriter(path: path, description: description()).resumedRows == 3)
  }

  @Test func rowsThatAreNoUnitVectorsAreNotTaken() throws {
    let writer = try VectorFileWriter(path: path, description: description())
    try writer.append(rows(0..<3))
    for bad in [[0, 0, 0, 0, 0], [2, 0, 0, 0, 0], [.nan, 1, 0, 0, 0], [.infinity, 0, 0, 0, 0], [1e9, 0, 0, 0, 0]]
      as [[Float]]
    {
      let problem = failure { try writer.append(rows(0..<1) + bad) }
      #expect(problem.contains("v.npy:5: "), "\(problem)")
    }
    #expect(writer.rows == 3)
    try writer.finish()
    #expect(try VectorFile.open(path).vectors.count == 3)
  }

  @Test func damagedFilesAreRefusedWithTheirPlace() throws {
    let whole = try write(description(), count: 50)
    func refusal(_ change: (inout [UInt8]) -> Void) throws -> String {
      var changed = whole
      change(&changed)
      try store(changed, path)
      return failure { _ = try VectorFile.open(path) }
    }
    #expect(try refusal { _ in } == "no failure")
    #expect(try refusal { $0.removeLast() }.contains("cut short"))
    #expect(try refusal { $0.removeLast(10) }.contains("50 rows of 5"))
    #expect(try refusal { $0.append(0) }.contains("bytes"))
    #expect(try refusal { $0 = Array($0.prefix(60)) }.contains("header"))
    #expect(try refusal { $0 = [] }.contains("not a NumPy array"))
    #expect(try refusal { $0[1] = 0 }.contains("not a NumPy array"))
    // Row 8, number 3: not a number, and then too long.
    let place = 128 + 7 * 10 + 4
    #expect(try refusal { $0.replaceSubrange(place..<place + 2, with: [0, 0x7E]) }.contains("v.npy:8: number 3"))
    #expect(
      try refusal { $0.replaceSubrange(place..<place + 2, with: [0, 0x40]) }.contains("v.npy:8: this vector has length")
    )
    // No bytes of a header may crash the reader.
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      _ = try refusal { bytes in for _ in 0..<3 { bytes[random.below(128)] = UInt8(random.below(256)) } }
    }
  }

  @Test func otherModelsTextsAndCountsAreRefused() throws {
    try write(description(), count: 4)
    for (other, word) in [
      (description(model: "n"), "model"), (description(dimension: 6), "dimensions"), (description(.float32), "type"),
      (description(source: "t"), "texts"),
    ] {
      #expect(failure { _ = try VectorFile.open(path, wanted: other) }.contains(word))
    }
    #expect(failure { _ = try VectorFile.open(path, rows: 5) }.contains("4 vectors for 5 rows"))
    try store(Array(#"{"format":2}"#.utf8), path + ".json")
    #expect(failure { _ = try VectorFile.open(path) }.contains("newer"))
    try store(Array("{".utf8), path + ".json")
    #expect(failure { _ = try VectorFile.open(path) }.contains("not the description"))
    try FileManager.default.removeItem(atPath: path + ".json")
    #expect(try VectorFile.open(path).description == nil)
    #expect(failure { _ = try VectorFile.open(path, wanted: description()) }.contains("which model"))
    #expect(failure { _ = try VectorFile.open(folder + "/none.npy") }.contains("no such file"))
    #expect(failure { _ = try VectorFile.open(folder) }.contains("not a regular file"))
  }

  /// Headers as NumPy itself writes them: double quotes, other spaces, version 2.
  @Test func headersOfOthersAreRead() throws {
    for text in [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
      "{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(1,2)}",
      "{'shape': (1, 2), 'fortran_order': False, 'descr': '<f4', }",
    ] {
      for version in [1, 2] as [UInt8] {
        let start = version == 1 ? 10 : 12
        let padded =
          Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: 128 - start - 1 - text.utf8.count) + [10]
        let length = [UInt8(padded.count), 0] + (version == 1 ? [] : [0, 0])
        let number: [UInt8] = [0, 0, 0x80, 0x3F]
        try store([0x93] + Array("NUMPY".utf8) + [version, 0] + length + padded + number + [0, 0, 0, 0], path)
        #expect(try VectorFile.open(path).vectors.vector(0) == [1, 0])
      }
    }
    for text in [
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }",
      "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
    ] {
      let padded = Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: 117 - text.utf8.count) + [10]
      try store([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + padded + [0, 0, 0, 0, 0, 0, 0, 0], path)
      #expect(failure { _ = try VectorFile.open(path) }.contains("this NumPy array"))
    }
  }
}
