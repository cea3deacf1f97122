import PersonaRecords

/// The relations of `RelationTable`, by sector.
struct Relations: Sendable {
  struct Relation: Sendable {
    var name: String
    var sentence: String
  }

  static let shared = Relations()

  private let bySector: [String: [Relation]]
  let circumstances: [String]
  /// The same for the young.
  let childhoods: [String]
  let places: [String]
  let traits: [String]
  /// Words of the sentences themselves: they are never the topic of a persona that was made from them.
  let ownWords: Set<UInt64>

  private init() {
    var bySector: [String: [Relation]] = [:]
    var ownWords: Set<UInt64> = []
    for line in RelationTable.table.split(separator: "\n") {
      let fields = line.split(separator: "\t").map { String($0) }
      precondition(fields.count == 3, "a relation has sector, name and sentence: \(line)")
      bySector[fields[0], default: []].append(Relation(name: fields[1], sentence: fields[2]))
      for token in TextScan(fields[2]).tokens { ownWords.insert(token.hash) }
    }
    self.bySector = bySector
    circumstances = Self.list(RelationTable.circumstances)
    childhoods = Self.list(RelationTable.childhoods)
    places = Self.list(RelationTable.places)
    traits = Self.list(RelationTable.traits)
    self.ownWords = ownWords
  }

  func relations(of sector: String) -> [Relation] { bySector[sector] ?? [] }
  var general: [Relation] { bySector["any"] ?? [] }

  private static func list(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == ";" || $0 == "\n" }).map { String($0).collapsingWhitespace() }.filter {
      !$0.isEmpty
    }
  }
}
