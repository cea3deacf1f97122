package import PersonaRecords

/// All a hub knows of one persona, kept or dropped.
package struct HubEntry: Sendable, Equatable {
  /// A persona that is or was in the hub.
  package struct Member: Sendable, Equatable {
    package var persona: Persona
    /// Why it was dropped; nil when it is in the hub.
    package var verdict: Verdict?
  }

  /// Somebody who was derived from this persona.
  package struct Child: Sendable, Equatable {
    package var member: Member
    /// What the child is to this persona.
    package var relation: String
  }

  /// Children listed at most; `childCount` counts them all.
  package static let listedChildren = 100

  package var member: Member
  /// How it arose after its first time.
  package var furtherOrigins: [FurtherOrigin]
  /// Its parent, the parent's parent and so on, by their first origins, back to one that came from a text or an import.
  package var ancestors: [Member]
  /// In the order of the hub, then those that were dropped.
  package var children: [Child]
  package var childCount: Int

  /// The origin at the end of the chain: which text or file all this came from.
  package var root: Persona.Origin { (ancestors.last ?? member).persona.origin }
}

extension HubEntry {
  /// The entry as one JSON object, every key always written.
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.key("persona")
      member.persona.write(to: &line)
      line.key("verdict")
      member.verdictOrKeep.write(to: &line)
      line.key("furtherOrigins")
      line.array { line in for origin in furtherOrigins { origin.write(to: &line) } }
      line.key("ancestors")
      line.array { line in for ancestor in ancestors { ancestor.write(to: &line) } }
      line.key("children")
      line.array { line in
        for child in children {
          line.object { line in
            line.member("relation", child.relation)
            line.key("persona")
            child.member.persona.write(to: &line)
            line.key("verdict")
            child.member.verdictOrKeep.write(to: &line)
          }
        }
      }
      line.member("childCount", childCount)
    }
  }

  /// The JSON text.
  package var json: String {
    var line = JSONLine()
    write(to: &line)
    return line.text
  }
}

extension HubEntry.Member {
  /// One shape for kept and dropped rows: a kept one has a verdict that keeps it.
  fileprivate var verdictOrKeep: Verdict { verdict ?? Verdict(id: persona.id.description, stage: "", keep: true) }

  fileprivate func write(to line: inout JSONLine) {
    line.object { line in
      line.key("persona")
      persona.write(to: &line)
      line.key("verdict")
      verdictOrKeep.write(to: &line)
    }
  }
}
