package import PersonaRecords

/// What a run is: what it works on, and all that decides its result.
///
/// `run.json` holds it. No keys, times or absolute paths stand in it, so that the same command writes the same file
/// anywhere.
package struct RunDescription: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The command's name.
  package var command: String
  /// The program's version; another may ask or read otherwise.
  package var version: String
  /// What makes it this run and no other: its input, or its output.
  package var identity: [Entry]
  package var settings: [Entry]
  /// Name and SHA-256 of every prompt.
  package var prompts: [Entry]

  package init(command: String, version: String, identity: [Entry], settings: [Entry], prompts: [Entry]) {
    self.command = command
    self.version = version
    self.identity = identity
    self.settings = settings
    self.prompts = prompts
  }

  /// What the other one has otherwise, in words; empty when the two are the same run.
  package func differences(from other: RunDescription) -> [String] {
    func compare(_ mine: [Entry], _ theirs: [Entry], kind: String) -> [String] {
      var lines: [String] = []
      for entry in mine {
        let old = theirs.first { $0.name == entry.name }?.value ?? ""
        if old != entry.value {
          lines.append("\(kind)\(entry.name) was \(Self.shown(old)), and is \(Self.shown(entry.value)) now")
        }
      }
      for entry in theirs where !mine.contains(where: { $0.name == entry.name }) && !entry.value.isEmpty {
        lines.append("\(kind)\(entry.name) was \(Self.shown(entry.value)), and is not set now")
      }
      return lines
    }
    var lines = compare(settings, other.settings, kind: "")
    lines += compare(prompts, other.prompts, kind: "prompt ")
    if version != other.version { lines.append("the program's version was \(other.version), and is \(version) now") }
    return lines
  }

  private static func shown(_ value: String) -> String { value.isEmpty ? "not set" : "\"\(value.cut(to: 60))\"" }
}

extension RunDescription: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("command", command)
      line.member("version", version)
      for (name, entries) in [("identity", identity), ("settings", settings), ("prompts", prompts)] {
        line.key(name)
        line.object { line in for entry in entries { line.member(entry.name, entry.value) } }
      }
    }
  }

  package init(json: JSONValue) throws(Problem) {
    func entries(_ name: String) -> [Entry] {
      (json[name]?.objectValue ?? []).map { Entry($0.key, $0.value.stringValue ?? $0.value.line) }
    }
    self.init(
      command: try json.string("command"), version: try json.string("version"), identity: entries("identity"),
      settings: entries("settings"), prompts: entries("prompts"))
  }
}
