import Foundation
import PersonaRecords
import Yams

/// `persona-hub.yaml`: what was not typed is taken from here.
///
/// ```yaml
/// hub: ./hub
/// model: qwen2.5-7b-instruct
/// model-url: http://localhost:8000/v1
/// derive:
///   corpus: [texts/]
///   verbs: [read, write]
/// ```
/// Keys are the long names of options. At the top stand options that several commands share; a section named like a
/// command holds that command's own. Flags beat the file, the file beats the environment and the defaults. Values become
/// arguments before the command line is parsed, so a wrong value is refused in the same words.
struct SettingsFile {
  static let defaultName = "persona-hub.yaml"

  /// Options that may stand at the top, and the commands that take them.
  private static let shared: [String: Set<String>] = {
    let models: Set = ["derive", "expand", "synthesize"]
    let hubs: Set = [
      "derive", "expand", "filter", "dedup", "build", "synthesize", "hub import", "hub stats", "hub sample",
      "hub search",
      "hub show", "hub verify", "embed", "hub export", "hub sql",
    ]
    var shared: [String: Set<String>] = [
      "hub": hubs, "seed": models.union(["build", "demo", "hub sample", "export", "report"]),
    ]
    for name in [
      "model", "model-url", "concurrency", "timeout", "attempts", "temperature", "top-p", "max-tokens", "price",
      "reply-store", "batch", "batch-only", "batch-size", "batch-megabytes", "batch-poll", "batches-at-once",
      "batch-discount",
    ] { shared[name] = models }
    let meanings: Set = ["embed", "dedup", "hub sample", "hub search", "hub show"]
    for name in ["embedding-model", "embedding-name", "embedding-url", "dimensions"] { shared[name] = meanings }
    shared["allow-failures"] = models.union(["filter", "dedup", "hub import", "export", "report"])
    return shared
  }()

  private static let groups: Set = ["hub", "recipes", "prompts"]

  let path: String
  private let root: Node.Mapping

  /// The typed arguments, completed with what the settings file says.
  /// - Throws: `Problem` when the file is not YAML or has a key that no command knows.
  static func completed(_ arguments: [String]) throws(Problem) -> [String] {
    guard let command = commandName(in: arguments) else { return arguments }
    guard let file = try named(in: arguments) else { return arguments }
    return arguments + (try file.arguments(for: command, typed: arguments))
  }

  /// `derive`, `hub stats`, …; nil when no command is typed, or only help is wanted.
  private static func commandName(in arguments: [String]) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-"), !arguments.contains("--help"), !arguments.contains("-h")
    else { return nil }
    guard groups.contains(first) else { return first }
    return arguments.count > 1 && !arguments[1].hasPrefix("-") ? "\(first) \(arguments[1])" : nil
  }

  /// The file named with `--settings`, or the default one if it is there.
  private static func named(in arguments: [String]) throws(Problem) -> SettingsFile? {
    if let place = arguments.firstIndex(of: "--settings"), place + 1 < arguments.count {
      return try SettingsFile(path: arguments[place + 1])
    }
    if let typed = arguments.first(where: { $0.hasPrefix("--settings=") }) {
      return try SettingsFile(path: String(typed.dropFirst("--settings=".count)))
    }
    return FileManager.default.fileExists(atPath: defaultName) ? try SettingsFile(path: defaultName) : nil
  }

  init(path: String) throws(Problem) {
    self.path = path
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Problem(
        "the settings cannot be read", at: .init(file: path), advice: "check the path given with --settings",
        consequence: .wrongUsage, cause: error.localizedDescription)
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        root = Node.Mapping([])
        return
      }
      guard let mapping = node.mapping else {
        throw Problem("settings are keys and values", at: .init(file: path, line: 1), consequence: .wrongUsage)
      }
      root = mapping
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(
        "not YAML: \(error)", at: .init(file: path), advice: "see docs/settings.md", consequence: .wrongUsage)
    }
  }

  /// Whether there is a section for a step of `build`.
  func hasSection(_ name: String) -> Bool { root[name] != nil }

  /// What the file adds to the typed arguments of one command.
  func arguments(for command: String, typed: [String]) throws(Problem) -> [String] {
    var added: [String] = []
    for (keyNode, value) in root {
      let key = keyNode.string ?? ""
      if let commands = Self.shared[key], value.mapping == nil {
        if commands.contains(command) { added += try argument(key, value, typed: typed) }
      } else if value.mapping == nil || !Self.isCommand(key) {
        throw Problem(
          "unknown key \"\(key.cut(to: 40))\"", at: .init(file: path, line: keyNode.mark?.line),
          advice:
            "at the top stand \(Self.shared.keys.sorted().joined(separator: ", ")), and sections named like commands",
          consequence: .wrongUsage)
      }
    }
    for (keyNode, value) in root[command]?.mapping ?? Node.Mapping([]) {
      added += try argument(keyNode.string ?? "", value, typed: typed)
    }
    return added
  }

  private static func isCommand(_ key: String) -> Bool {
    ["derive", "expand", "filter", "dedup", "embed", "build", "synthesize", "serve-model", "demo", "doctor"].contains(
      key)
      || groups.contains { key.hasPrefix($0 + " ") }
  }

  private func argument(_ key: String, _ value: Node, typed: [String]) throws(Problem) -> [String] {
    let values = value.sequence.map { $0.compactMap(\.string) } ?? value.string.map { [$0] } ?? []
    if key == "corpus" || key == "files" {
      // Positional: given here only when nothing was typed in their place.
      let hasTyped = typed.dropFirst().contains { !$0.hasPrefix("-") }
      return hasTyped && typed.first != "build" ? [] : values
    }
    let flag = "--\(key)"
    if typed.contains(where: { $0 == flag || $0.hasPrefix(flag + "=") }) { return [] }
    if key == "output", typed.contains("-o") { return [] }
    switch value.bool {
    case true?: return [flag]
    case false?: return []
    case nil:
      guard !values.isEmpty else {
        throw Problem(
          "\"\(key.cut(to: 40))\" should be a value or a list", at: .init(file: path, line: value.mark?.line),
          consequence: .wrongUsage)
      }
      return ["\(flag)=\(values.joined(separator: ","))"]
    }
  }
}
