import Foundation
import SimilarityKernels
import Testing

@Suite struct WordBreakTests {
  /// Reads a line like `÷ 0061 × 0308 ÷`: code points, and the boundaries after them.
  private func check(_ line: Substring) {
    var scalars: [UInt32] = []
    var ends: [Int] = []
    for field in line.split(separator: " ").dropFirst() {
      if field == "÷" {
        ends.append(scalars.count)
      } else if field != "×" {
        scalars.append(UInt32(field, radix: 16) ?? 0)
      }
    }
    #expect(WordBreaks.ends(in: scalars) == ends, "\(line)")
  }

  @Test func theRulesGiveTheBoundariesOfTheUnicodeTestCases() {
    for line in wordBreakCases.split(separator: "\n") { check(line) }
  }

  private static let wholeFile = "/usr/share/unicode/auxiliary/WordBreakTest.txt"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: wholeFile), "needs Debian's package unicode-data"))
  func theRulesGiveTheBoundariesOfTheWholeUnicodeTestFile() throws {
    let text = try String(contentsOfFile: Self.wholeFile, encoding: .utf8)
    var count = 0
    for line in text.split(separator: "\n") where line.hasPrefix("÷") {
      check(line.prefix { $0 != "#" && $0 != "\t" })
      count += 1
    }
    #expect(count > 1_800)
  }

  @Test func noTextHasNoSegments() {
    #expect(WordBreaks.ends(in: [UInt32]()).isEmpty)
  }
}
