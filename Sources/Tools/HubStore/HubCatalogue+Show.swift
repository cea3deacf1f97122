import Foundation
import GRDB
package import PersonaRecords

extension HubCatalogue {
  /// Digits of an id that are enough when they are unique.
  package static let shortestPrefix = 6

  /// All that is known of one persona, in the hub or dropped from it.
  ///
  /// - Parameter digits: an id, or its beginning: at least 6 hexadecimal digits that only one id begins with.
  /// - Throws: `Problem` when this is no id, no persona has it, or several do (it lists some).
  package func show(_ digits: String) throws(Problem) -> HubEntry {
    let digits = digits.lowercased()
    guard Self.shortestPrefix...32 ~= digits.utf8.count, digits.utf8.allSatisfy(Self.isHexDigit) else {
      throw Problem(
        "\"\(digits.cut())\" is not the id of a persona",
        advice: "give 32 hexadecimal digits, or the first \(Self.shortestPrefix) or more of them",
        consequence: .wrongUsage)
    }
    return try read { database in
      let found = try Self.members(database, in: Self.range(of: digits), limit: 11)
      guard let member = found.first else {
        throw Problem(
          "no persona has an id that begins with \(digits), neither in the hub nor among the dropped",
          advice: "look for it by its words with hub search")
      }
      guard found.count == 1 else {
        let some = found.prefix(10).map { "\($0.persona.id) \($0.persona.text.cut(to: 60))" }.joined(
          separator: "\n    ")
        throw Problem(
          "\(found.count > 10 ? "more than 10" : "\(found.count)") ids begin with \(digits):\n    \(some)",
          advice: "give more digits", consequence: .wrongUsage)
      }
      let children = try Self.children(database, of: member.persona.id)
      return HubEntry(
        member: member,
        furtherOrigins: try String.fetchAll(
          database, sql: "SELECT line FROM lineage WHERE id = ? ORDER BY row", arguments: [member.persona.id.data]
        ).map(Self.record(from:)),
        ancestors: try Self.ancestors(database, of: member), children: children.listed, childCount: children.count)
    }
  }

  /// The smallest and the largest id that begin with these digits.
  private static func range(of digits: String) -> ClosedRange<PersonaID> {
    let missing = 32 - digits.utf8.count
    let low = PersonaID(digits + String(repeating: "0", count: missing)) ?? PersonaID(high: 0, low: 0)
    let high = PersonaID(digits + String(repeating: "f", count: missing)) ?? low
    return low...high
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
  }

  private static func members(
    _ database: Database, in ids: ClosedRange<PersonaID>, limit: Int
  ) throws -> [HubEntry.Member] {
    func lines(_ table: String) throws -> [String] {
      try String.fetchAll(
        database.cachedStatement(sql: "SELECT line FROM \(table) WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"),
        arguments: [ids.lowerBound.data, ids.upperBound.data, limit])
    }
    let kept = try lines("personas").map { HubEntry.Member(persona: try record(from: $0), verdict: nil) }
    return try kept + lines("dropped").map(droppedMember)
  }

  private static func droppedMember(_ line: String) throws -> HubEntry.Member {
    let row: DroppedPersona = try record(from: line)
    return HubEntry.Member(persona: row.persona, verdict: row.verdict)
  }

  private static func ancestors(_ database: Database, of member: HubEntry.Member) throws -> [HubEntry.Member] {
    var ancestors: [HubEntry.Member] = []
    var seen: Set = [member.persona.id]
    var last = member
    // Origins of rows that somebody edited could run in a circle.
    while last.persona.origin.kind == .relation, let parent = PersonaID(last.persona.origin.parent),
      seen.insert(parent).inserted, let next = try members(database, in: parent...parent, limit: 1).first
    {
      ancestors.append(next)
      last = next
    }
    return ancestors
  }

  /// Children by their first origin or by a further one, each once.
  private static func children(
    _ database: Database, of parent: PersonaID
  ) throws -> (listed: [HubEntry.Child], count: Int) {
    let arguments: StatementArguments = ["parent": parent.data]
    let byFurtherOrigin = """
      UNION SELECT $.row FROM lineage JOIN $ ON $.id = lineage.id WHERE lineage.parent = :parent
      """
    var listed: [HubEntry.Child] = []
    var count = 0
    for table in ["personas", "dropped"] {
      let rows = "SELECT row FROM $ WHERE parent = :parent \(byFurtherOrigin)".replacing("$", with: table)
      count += try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(rows))", arguments: arguments) ?? 0
      let lines = try String.fetchAll(
        database,
        sql: """
          SELECT line FROM \(table) WHERE row IN (\(rows)) ORDER BY row LIMIT \(HubEntry.listedChildren - listed.count)
          """, arguments: arguments)
      for line in lines {
        let member =
          table == "dropped"
          ? try droppedMember(line) : HubEntry.Member(persona: try record(from: line), verdict: nil)
        listed.append(
          HubEntry.Child(member: member, relation: try relation(database, of: member.persona, to: parent)))
      }
    }
    return (listed, count)
  }

  private static func relation(_ database: Database, of child: Persona, to parent: PersonaID) throws -> String {
    if child.origin.parent == parent.description { return child.origin.relation }
    let line = try String.fetchOne(
      database, sql: "SELECT line FROM lineage WHERE id = ? AND parent = ? ORDER BY row LIMIT 1",
      arguments: [child.id.data, parent.data])
    guard let line else { return "" }
    return (try record(from: line) as FurtherOrigin).origin.relation
  }
}

extension Hub {
  /// All that is known of one persona; see `HubCatalogue.show`.
  package func show(_ digits: String, progress: @escaping HubCatalogue.Progress = { _, _ in }) throws(Problem)
    -> HubEntry
  {
    try catalogue(progress: progress).show(digits)
  }
}
