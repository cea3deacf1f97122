package import PersonaRecords

/// One thing that was done to a hub: its name, the settings that shaped the result, and what was counted.
///
/// Only what makes the result belongs here: no times, durations, host names, thread counts or absolute paths, so that
/// the same command gives the same `hub.json` anywhere.
///
/// ```swift
/// HubOperation("derive", settings: ["model": "builtin", "verbs": "read, write"], counts: ["documents": 500])
/// ```
package struct HubOperation: Sendable, Equatable {
  /// One named setting, spelled as the user could type it.
  package struct Setting: Sendable, Equatable {
    package var name: String
    package var value: String
  }

  /// One named count.
  package struct Count: Sendable, Equatable {
    package var name: String
    package var count: Int
  }

  package var name: String
  /// In the order in which they are shown.
  package var settings: [Setting]
  /// In the order in which they are shown; the hub adds its own (`added`, `dropped` …) behind those of the caller.
  package var counts: [Count]

  package init(
    _ name: String, settings: KeyValuePairs<String, String> = [:], counts: KeyValuePairs<String, Int> = [:]
  ) {
    self.name = name
    self.settings = settings.map { Setting(name: $0.key, value: $0.value) }
    self.counts = counts.map { Count(name: $0.key, count: $0.value) }
  }

  package mutating func add(setting name: String, _ value: String) {
    settings.append(Setting(name: name, value: value))
  }

  package mutating func add(count name: String, _ count: Int) { counts.append(Count(name: name, count: count)) }

  /// The same name and settings: the same command, whatever it counted.
  func isSameCommand(as other: HubOperation) -> Bool { name == other.name && settings == other.settings }
}

extension HubOperation: JSONLineRecord {
  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("operation", name)
      line.key("settings")
      line.object { line in for setting in settings { line.member(setting.name, setting.value) } }
      line.key("counts")
      line.object { line in for count in counts { line.member(count.name, count.count) } }
    }
  }

  package init(json: JSONValue) throws(Problem) {
    self.init(try json.string("operation"))
    for member in json["settings"]?.objectValue ?? [] {
      guard let value = member.value.stringValue else {
        throw Problem("setting \"\(member.key.cut())\" should be a string and is \(member.value.kindName)")
      }
      add(setting: member.key, value)
    }
    for member in json["counts"]?.objectValue ?? [] {
      guard let count = member.value.intValue else {
        throw Problem("count \"\(member.key.cut())\" should be a whole number and is \(member.value.kindName)")
      }
      add(count: member.key, count)
    }
  }
}
