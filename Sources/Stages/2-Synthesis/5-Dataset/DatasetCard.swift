package import PersonaRecords

/// The `README.md` of a data set on the Hugging Face Hub: front matter that its loader reads, and a text for people.
///
/// Everything it says of the rows was counted in them, but for how they were sampled, which their recipes and runs tell. What
/// nothing tells (whether answers are right) it says that it does not know.
package struct DatasetCard: Sendable {
  /// One file and the part of the data set it holds.
  package struct File: Sendable, Equatable {
    package let split: String
    package let name: String
    package let rows: Int

    package init(split: String, name: String, rows: Int) {
      self.split = split
      self.name = name
      self.rows = rows
    }
  }

  /// What is known of how the rows of one recipe were sampled, in one of the calls that each took.
  package struct SamplingUse: Sendable, Equatable {
    package let recipe: DatasetCounts.RecipeUse
    package let call: String
    /// What the recipe states, in words.
    package let stated: String
    /// What was typed for the run, which beats the recipe.
    package let typed: String

    package init(recipe: DatasetCounts.RecipeUse, call: String, stated: String, typed: String) {
      self.recipe = recipe
      self.call = call
      self.stated = stated
      self.typed = typed
    }

    package var json: JSONValue {
      let members = [
        ("recipe", recipe.name), ("recipeHash", recipe.hash), ("mode", recipe.mode), ("call", call), ("stated", stated),
        ("typed", typed),
      ]
      return .object(members.map { .init($0.0, .string($0.1)) })
    }
  }

  /// Marks cards of ours, which may be written anew; anybody else's text is not replaced.
  package static let mark = "<!-- written by persona-hub export -->"

  package var title: String
  package var format: DatasetFormat
  package var files: [File]
  package var counts: DatasetCounts
  package var sampling: [SamplingUse]
  /// An identifier of the Hub's list of licences.
  package var license: String
  /// What was set for the export, by name.
  package var settings: [(name: String, value: String)]

  package init(
    title: String, format: DatasetFormat, files: [File], counts: DatasetCounts, sampling: [SamplingUse],
    license: String, settings: [(name: String, value: String)]
  ) {
    self.title = title
    self.format = format
    self.files = files
    self.counts = counts
    self.sampling = sampling
    self.license = license
    self.settings = settings
  }

  /// The card, Markdown behind YAML.
  package func markdown() -> String {
    (["---"] + frontMatter + ["---", "", Self.mark, ""] + text).joined(separator: "\n") + "\n"
  }

  // MARK: Front matter

  private var frontMatter: [String] {
    var lines = ["pretty_name: \(quoted(title))", "license: \(plain(license))"]
    if !languageCodes.isEmpty {
      lines.append("language:")
      // Quoted: `no`, Norwegian, would else read as false.
      lines += languageCodes.map { "- \"\($0)\"" }
    }
    lines += ["size_categories:", "- \(Self.sizeCategory(counts.rows))", "task_categories:", "- text-generation"]
    lines += ["tags:", "- synthetic", "- persona-hub", "- personas"]
    lines += ["configs:", "- config_name: default", "  data_files:"]
    for file in files { lines += ["  - split: \(file.split)", "    path: \(quoted(file.name))"] }
    return lines
  }

  /// Languages of at least one row in a hundred, most frequent first.
  private var languageCodes: [String] {
    counts.languages.ranked.filter { !$0.name.isEmpty && $0.count * 100 >= counts.rows }.map(\.name)
  }

  /// The Hub's classes of size.
  static func sizeCategory(_ rows: Int) -> String {
    let steps: [(limit: Int, name: String)] = [
      (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
      (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"),
    ]
    return steps.first { rows < $0.limit }?.name ?? "n>1B"
  }

  private func quoted(_ text: String) -> String { JSONValue.string(text).line }

  private func plain(_ text: String) -> String {
    text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) } ? text : quoted(text)
  }

  // MARK: Text

  private var text: [String] {
    var lines = ["# \(cell(title))", "", lead, "", "## Rows", ""]
    lines += table(["split", "file", "rows"], files.map { [$0.split, "`\($0.name)`", "\($0.rows)"] })
    lines += ["", "Each row is \(format.summary) (format `\(format.rawValue)`).", ""]
    lines += table(["measured", "value"], measures)
    lines += ["", "## How it was made", ""]
    lines += table(
      ["recipe", "mode", "SHA-256 of the recipe", "rows"],
      counts.recipes.map { [$0.recipe.name, $0.recipe.mode, "`\($0.recipe.hash)`", "\($0.rows)"] })
    lines += [
      "",
      "The hash is that of the recipe's file, prompt and checks included: rows with the same hash were asked in the same words.",
      "",
    ]
    lines += table(["model", "rows"], counts.models.ranked.map { [$0.name, "\($0.count)"] })
    lines += ["", "Sampling:", ""]
    lines += table(
      ["recipe", "mode", "call", "the recipe states", "typed for the run"],
      sampling.map { [$0.recipe.name, $0.recipe.mode, $0.call, $0.stated, $0.typed] })
    lines += [
      "",
      "What was typed beats the recipe, and what neither says was left to the server. Rows do not tell it: it was read from the "
        + "recipe with this hash and from `run.json` of the runs in the hub; what was not at hand is not known.",
      "",
    ]
    lines += table(["finish reason", "rows"], counts.finishReasons.ranked.map { [$0.name, "\($0.count)"] })
    lines += ["", "Exported with:", ""]
    lines += table(["setting", "value"], settings.map { [$0.name, $0.value] })
    lines += ["", "## Languages", ""]
    lines += table(
      ["language (guessed)", "rows"],
      counts.languages.ranked.map { [$0.name.isEmpty ? "unclear" : $0.name, "\($0.count)"] })
    if counts.rejected.total > 0 {
      lines += ["", "## Set aside", "", "\(counts.rejected.total) rows of the input are not in the data set.", ""]
      lines += table(["reason", "rows"], counts.rejected.ranked.map { [$0.name, "\($0.count)"] })
    }
    return lines + ["", "## Limits", ""] + limits + ["", "## Licence", "", licenseText]
  }

  private var lead: String {
    "\(counts.rows) rows of synthetic text. A model wrote them, each for one of \(personas) personas: short "
      + "descriptions of people, put into the prompt so that one request has many answers "
      + "([arXiv 2406.20094](https://arxiv.org/abs/2406.20094))."
  }

  private var personas: String {
    counts.hasMorePersonas ? "more than \(counts.personaCount)" : "\(counts.personaCount)"
  }

  private var measures: [[String]] {
    let rows = max(counts.rows, 1)
    var cost = JSONLine()
    cost.value((counts.costInDollars * 1e6).rounded() / 1e6)
    var measures = [
      ["rows", "\(counts.rows)"], ["distinct personas", personas],
      [
        "characters of the synthesized text",
        "\(counts.rows == 0 ? 0 : counts.shortest) to \(counts.longest), mean \(counts.characters / rows)",
      ],
    ]
    if format.hasMessages {
      measures.append(["messages", "\(counts.messages)"])
      measures.append(["rows with a system message", "\(counts.systemMessages)"])
      for (pair, count) in counts.pairs.ranked { measures.append(["pair `\(pair)`", "\(count)"]) }
    }
    return measures + [
      ["prompt tokens", "\(counts.usage.promptTokens)"], ["completion tokens", "\(counts.usage.completionTokens)"],
      ["cost in US dollars, as the rows state it", cost.text],
    ]
  }

  private var limits: [String] {
    var limits = [
      "- **Synthetic.** A model wrote every text; nothing here was checked by a person unless somebody says so.",
      "- **Personas are not people.** They were inferred by a model or taken from a list. They say nothing about how people "
        + "of a group are, and repeat what the model believes of them.",
      "- **What was checked** is what the recipe's checks name (length, refusals, leaks of the prompt, and so on). Facts, "
        + "answers and code were not verified, and near-copies are in it unless a dedup was run: `persona-hub report` says.",
      "- **Languages** are guessed from the text, tokens are the server's count or an estimate.",
    ]
    if counts.models.names.contains("builtin") {
      limits.append(
        "- **`builtin` is not a language model.** It is a text analyser with templates, for demos and tests; its rows are "
          + "not meant to be trained on.")
    }
    return limits
  }

  private var licenseText: String {
    license == "other"
      ? "Not chosen yet. Whoever publishes this data set decides, with an eye to the terms of the model that wrote it and of the "
        + "texts its personas came from."
      : "`\(cell(license))`, as whoever published this data set chose. The terms of the model that wrote it may say more."
  }

  private func table(_ columns: [String], _ rows: [[String]]) -> [String] {
    ["| " + columns.joined(separator: " | ") + " |", "|" + String(repeating: "---|", count: columns.count)]
      + rows.map { "| " + $0.map(cell).joined(separator: " | ") + " |" }
  }

  /// Somebody's text inside a cell or a heading: on one line, and without markup of its own.
  private func cell(_ text: String) -> String {
    text.cut(to: 160).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("|", with: "\\|")
  }
}
