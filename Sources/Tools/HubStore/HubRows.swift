package import PersonaRecords

/// A record that a hub keeps, and can be read back without working out again what the hub made sure of when it wrote
/// it.
package protocol HubRow: JSONLineRecord {
  /// Reads a row of a hub's own file: ids are taken as they stand. `Hub.verify` compares them with the descriptions.
  init(written json: JSONValue) throws(Problem)
}

extension Persona: HubRow {
  /// Stands for all fields but those that are set; its id is worked out once, not for each row.
  private static let blank = Persona(text: "", origin: Origin(kind: .imported))

  package init(written json: JSONValue) throws(Problem) {
    guard let id = PersonaID(try json.string("id")) else {
      throw Problem("field \"id\" is missing or no id", consequence: .rejectRow)
    }
    self = Self.blank
    self.id = id
    text = try json.string("persona")
    origin = try Origin(json: json["origin"] ?? .object([]))
    iteration = try json.int("iteration")
    model = try json.string("model")
  }
}

/// A row that left the hub, with the verdict that dropped it: one line of `dropped/`.
package struct DroppedPersona: HubRow, Equatable {
  package var verdict: Verdict
  package var persona: Persona

  package init(verdict: Verdict, persona: Persona) {
    self.verdict = verdict
    self.persona = persona
  }

  package func write(to line: inout JSONLine) {
    line.object { line in
      line.key("verdict")
      verdict.write(to: &line)
      line.key("persona")
      persona.write(to: &line)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    guard let verdict = json["verdict"], let persona = json["persona"] else {
      throw Problem("a dropped row has the fields \"verdict\" and \"persona\"", consequence: .rejectRow)
    }
    self.init(verdict: try Verdict(json: verdict), persona: try Persona(json: persona))
  }

  package init(written json: JSONValue) throws(Problem) {
    self.init(
      verdict: try Verdict(json: json["verdict"] ?? .null), persona: try Persona(written: json["persona"] ?? .null))
  }
}

/// How a persona arose once more after its first time: one line of `lineage/`.
///
/// The first origin in input order stands on the persona's own row.
package struct FurtherOrigin: HubRow, Equatable {
  package var id: PersonaID
  package var origin: Persona.Origin
  package var iteration: Int
  package var model: String

  package init(id: PersonaID, origin: Persona.Origin, iteration: Int, model: String) {
    self.id = id
    self.origin = origin
    self.iteration = iteration
    self.model = model
  }

  /// How this persona says that it arose.
  package init(of persona: Persona) {
    self.init(id: persona.id, origin: persona.origin, iteration: persona.iteration, model: persona.model)
  }

  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id.description)
      line.key("origin")
      origin.write(to: &line)
      line.member("iteration", iteration)
      line.member("model", model)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    let digits = try json.string("id")
    guard let id = PersonaID(digits) else {
      throw Problem("\"\(digits.cut())\" is not the id of a persona", consequence: .rejectRow)
    }
    self.init(
      id: id, origin: try Persona.Origin(json: json["origin"] ?? .object([])), iteration: try json.int("iteration"),
      model: try json.string("model"))
  }

  package init(written json: JSONValue) throws(Problem) { try self.init(json: json) }
}
