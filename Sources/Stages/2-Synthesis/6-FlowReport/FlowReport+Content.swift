package import PersonaRecords

extension FlowReport {
  /// Everything the page says, as plain values; what is left empty is left out of the page.
  package struct Content: Sendable, Equatable {
    package var title: String
    package var counts: Counts
    /// New personas per round in order; round 0 is Text-to-Persona.
    package var rounds: [Round]
    /// What left the hub, in the order in which it should stand.
    package var drops: [Drop]
    /// What the checks did not let into the data set.
    package var rejectedInstances: [Drop]
    /// Languages of the personas in the hub; `name` is an ISO 639 code or a name, `""` for unknown.
    package var languages: [Tally]
    /// Scripts of the personas in the hub.
    package var scripts: [Tally]
    /// Lengths of the personas in the hub in characters, with how many have that length, in any order.
    package var lengths: [LengthTally]
    package var examples: [Example]
    package var setAside: [SetAside]
    /// How many records were set aside in all, when `setAside` shows only the first.
    package var setAsideTotal: Int
    /// Model name as in the records; `builtin` brings the note that it is not a language model.
    package var model: String
    /// What else was set: seed, thresholds, limits. The model needs no row here.
    package var settings: [Setting]

    package init(
      title: String, counts: Counts, rounds: [Round] = [], drops: [Drop] = [], rejectedInstances: [Drop] = [],
      languages: [Tally] = [], scripts: [Tally] = [], lengths: [LengthTally] = [], examples: [Example] = [],
      setAside: [SetAside] = [], setAsideTotal: Int? = nil, model: String, settings: [Setting] = []
    ) {
      self.title = title
      self.counts = counts
      self.rounds = rounds
      self.drops = drops
      self.rejectedInstances = rejectedInstances
      self.languages = languages
      self.scripts = scripts
      self.lengths = lengths
      self.examples = examples
      self.setAside = setAside
      self.setAsideTotal = max(setAsideTotal ?? setAside.count, setAside.count)
      self.model = model
      self.settings = settings
    }
  }

  /// The headline counts.
  package struct Counts: Sendable, Equatable {
    package var documentsRead: Int
    /// Distinct personas from Text-to-Persona.
    package var personasDerived: Int
    /// Distinct personas after the rounds of Persona-to-Persona, those derived included.
    package var personasAfterExpansion: Int
    package var droppedByFilter: Int
    package var duplicates: Int
    package var keptInHub: Int
    package var instances: Int

    package init(
      documentsRead: Int, personasDerived: Int, personasAfterExpansion: Int, droppedByFilter: Int, duplicates: Int,
      keptInHub: Int, instances: Int
    ) {
      self.documentsRead = documentsRead
      self.personasDerived = personasDerived
      self.personasAfterExpansion = personasAfterExpansion
      self.droppedByFilter = droppedByFilter
      self.duplicates = duplicates
      self.keptInHub = keptInHub
      self.instances = instances
    }
  }

  /// One round of expansion.
  package struct Round: Sendable, Equatable {
    /// 0 for the personas that came from texts.
    package var iteration: Int
    package var newPersonas: Int

    package init(iteration: Int, newPersonas: Int) {
      self.iteration = iteration
      self.newPersonas = newPersonas
    }
  }

  /// One reason for leaving, how often it applied, and one case.
  package struct Drop: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case filter
      case duplicate
      case check
    }

    package var kind: Kind
    /// The verdict's reason, for example `too-short`.
    package var reason: String
    /// What the rule looks for, in one sentence; may be empty.
    package var explanation: String
    package var count: Int
    package var example: Case?

    package init(kind: Kind, reason: String, explanation: String = "", count: Int, example: Case? = nil) {
      self.kind = kind
      self.reason = reason
      self.explanation = explanation
      self.count = count
      self.example = example
    }

    /// A text that was dropped; for duplicates also the kept text it repeats.
    package struct Case: Sendable, Equatable {
      package var text: String
      package var representative: String
      /// In 0…1; shown only beside a representative.
      package var similarity: Double

      package init(text: String, representative: String = "", similarity: Double = 0) {
        self.text = text
        self.representative = representative
        self.similarity = similarity
      }
    }
  }

  /// How many personas share a property.
  package struct Tally: Sendable, Equatable {
    package var name: String
    package var count: Int

    package init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// How many personas have one length.
  package struct LengthTally: Sendable, Equatable {
    package var length: Int
    package var count: Int

    package init(length: Int, count: Int) {
      self.length = length
      self.count = count
    }
  }

  /// One way through the whole flow: a text, its persona, the people around them, and what was written.
  package struct Example: Sendable, Equatable {
    package var text: String
    /// The document's file, as the user named it, and row; 0 when there is no row.
    package var file: String
    package var row: Int
    /// ISO 639 code, `""` when unknown.
    package var language: String
    package var verb: String
    package var persona: String
    /// Round 1 first; up to six are shown.
    package var relations: [Relation]
    package var instances: [Instance]

    package init(
      text: String, file: String, row: Int, language: String = "", verb: String, persona: String,
      relations: [Relation] = [], instances: [Instance] = []
    ) {
      self.text = text
      self.file = file
      self.row = row
      self.language = language
      self.verb = verb
      self.persona = persona
      self.relations = relations
      self.instances = instances
    }
  }

  /// A step from one persona to the next.
  package struct Relation: Sendable, Equatable {
    package var name: String
    package var persona: String

    package init(name: String, persona: String) {
      self.name = name
      self.persona = persona
    }
  }

  /// A text that was synthesized for a persona of an example's chain.
  package struct Instance: Sendable, Equatable {
    package var recipe: String
    package var text: String
    /// The round of the chain's persona it was written for; 0 is the persona of the text.
    package var iteration: Int

    package init(recipe: String, text: String, iteration: Int = 0) {
      self.recipe = recipe
      self.text = text
      self.iteration = iteration
    }
  }

  /// One record of the input that could not be used.
  package struct SetAside: Sendable, Equatable {
    package var file: String
    /// 0 when the whole file was set aside.
    package var row: Int
    package var reason: String

    package init(file: String, row: Int, reason: String) {
      self.file = file
      self.row = row
      self.reason = reason
    }

    package init(_ problem: Problem) {
      self.init(
        file: problem.place.file ?? "", row: problem.place.line ?? 0,
        reason: problem.cause.isEmpty ? problem.what : "\(problem.what) (\(problem.cause))")
    }
  }

  /// One setting by its name and its value as text.
  package struct Setting: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
}
