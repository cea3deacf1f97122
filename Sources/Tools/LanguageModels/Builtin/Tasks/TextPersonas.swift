import Languages
import PersonaRecords

/// Text-to-Persona: `{"personas":[{"persona":"…"}]}`.
enum TextPersonas: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName == "personas"
      || request.schemaName.isEmpty && request.text != nil && request.instruction.contains("this text")
  }

  static func answer(_ request: Request) -> String {
    let drafts = PersonaWriter.drafts(for: request)
    var line = JSONLine()
    line.object { line in
      line.key("personas")
      line.array { line in
        for draft in drafts { line.object { $0.member("persona", draft.persona) } }
      }
    }
    return line.text
  }
}

/// Text-to-Persona in parts: `{"personas":[{"role","field","interests","situation"}]}`.
enum StructuredPersonas: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName == "structured_personas"
      || request.schemaName.isEmpty && request.text != nil && request.instruction.contains("\"situation\"")
  }

  static func answer(_ request: Request) -> String {
    let drafts = PersonaWriter.drafts(for: request)
    var line = JSONLine()
    line.object { line in
      line.key("personas")
      line.array { line in
        for draft in drafts {
          line.object { line in
            line.member("role", draft.role)
            line.member("field", draft.field)
            line.key("interests")
            line.array { line in for interest in draft.interests { line.value(interest) } }
            line.member("situation", draft.persona)
          }
        }
      }
    }
    return line.text
  }
}
