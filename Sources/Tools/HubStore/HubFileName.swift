/// The name of one file of rows: `personas/000000.jsonl.zst`, `dropped/000000-quality-filter.jsonl.zst`.
///
/// Only files whose names have this shape are ever deleted as garbage.
struct HubFileName: Equatable {
  static let ending = ".jsonl.zst"

  let kind: HubManifest.Part.Kind
  let number: Int
  /// The stage of a dropped file; `""` for other kinds.
  let stage: String

  init(_ kind: HubManifest.Part.Kind, number: Int, stage: String = "") {
    self.kind = kind
    self.number = number
    self.stage = stage
  }

  /// Six digits sort by alphabet up to a million files, 10^12 rows.
  var path: String {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    return "\(kind.rawValue)/\(padded)\(stage.isEmpty ? "" : "-\(stage)")\(Self.ending)"
  }

  /// Reads a path below the hub's folder; nil when no hub would make it.
  init?(path: String) {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, let kind = HubManifest.Part.Kind(rawValue: String(names[0])),
      names[1].hasSuffix(Self.ending)
    else { return nil }
    let stem = names[1].dropLast(Self.ending.count)
    let digits = stem.prefix { $0 != "-" }
    let rest = stem.dropFirst(digits.count)
    guard digits.utf8.count >= 6, let number = Int(digits), number >= 0 else { return nil }
    self.init(kind, number: number, stage: String(rest.dropFirst()))
    guard (kind == .dropped) == Self.isStage(stage), self.path == path else { return nil }
  }

  /// Whether a stage's name can stand in a file name: lower-case letters, digits and `-`.
  static func isStage(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64
      && name.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
