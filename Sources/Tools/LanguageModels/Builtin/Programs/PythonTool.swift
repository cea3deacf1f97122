import PersonaRecords

/// Writes one Python function for an interface.
///
/// The service behind the tool is not ours to reach, so it comes in as `client`, anything with a method
/// `records(name)` that returns a list of dictionaries; the function checks its arguments, asks for the records, filters
/// them and shapes the result.
struct PythonTool {
  let interface: ToolSignature

  func source(_ random: inout SeededRandom) -> String {
    let arguments = interface.arguments.filter(\.isRequired) + interface.arguments.filter { !$0.isRequired }
    var lines: [String] = []
    let head = arguments.map { $0.isRequired ? $0.name : "\($0.name)=None" } + ["*", "client"]
    lines.append("def \(interface.function)(\(head.joined(separator: ", "))):")
    lines.append("    \"\"\"\(Self.closed(interface.summary))")
    lines.append("")
    if !arguments.isEmpty {
      lines.append("    Arguments:")
      for argument in arguments {
        lines.append("        \(argument.name): \(argument.text)\(argument.isRequired ? "" : " (optional)")")
      }
    }
    let needs = interface.depend.isEmpty ? "the service" : interface.depend.joined(separator: ", ")
    lines.append("        client: gives access to \(needs); its records(name) returns a list of dicts")
    lines.append("")
    lines.append("    Returns: \(Self.closed(interface.resultText))")
    lines.append("    \"\"\"")
    for argument in arguments { lines += check(argument) }
    lines += body(arguments, &random)
    return lines.joined(separator: "\n")
  }

  /// Text that may end a docstring's line: no quotation mark at its end, a full stop behind it.
  private static func closed(_ text: String) -> String {
    var text = text
    while let last = text.last, "\"\\ ".contains(last) { text.removeLast() }
    return text.hasSuffix(".") || text.isEmpty ? text : text + "."
  }

  private func check(_ argument: ToolSignature.Argument) -> [String] {
    let name = argument.name
    let test: String
    let want: String
    switch argument.type {
    case "string": (test, want) = ("not isinstance(\(name), str) or not \(name).strip()", "a text that is not empty")
    case "integer": (test, want) = ("isinstance(\(name), bool) or not isinstance(\(name), int)", "a whole number")
    case "number": (test, want) = ("isinstance(\(name), bool) or not isinstance(\(name), (int, float))", "a number")
    case "boolean": (test, want) = ("not isinstance(\(name), bool)", "True or False")
    case "array": (test, want) = ("not isinstance(\(name), (list, tuple)) or not \(name)", "a list with entries")
    case "object": (test, want) = ("not isinstance(\(name), dict)", "a dict")
    default:
      return argument.isRequired
        ? ["    if \(name) is None:", "        raise ValueError(\"\(name) is missing\")"] : []
    }
    let guardText = argument.isRequired ? test : "\(name) is not None and (\(test))"
    return ["    if \(guardText):", "        raise ValueError(f\"\(name) should be \(want), not {\(name)!r}\")"]
  }

  private func body(_ arguments: [ToolSignature.Argument], _ random: inout SeededRandom) -> [String] {
    let wanted = Self.free(
      ["wanted", "criteria", "request"][random.below(3)], among: arguments.map(\.name))
    let found = Self.free(["matches", "found", "entries"][random.below(3)], among: arguments.map(\.name))
    var lines = ["    \(wanted) = {"]
    for argument in arguments { lines.append("        \"\(argument.name)\": \(argument.name),") }
    lines.append("    }")
    lines.append(
      "    \(wanted) = {name: value for name, value in \(wanted).items() if value is not None}")
    lines.append("    \(found) = []")
    lines.append("    for record in client.records(\"\(interface.function)\"):")
    if random.below(2) == 0 {
      lines.append("        shared = set(record) & set(\(wanted))")
      lines.append("        if all(record[name] == \(wanted)[name] for name in shared):")
    } else {
      lines.append("        differs = any(")
      lines.append("            name in record and record[name] != value for name, value in \(wanted).items()")
      lines.append("        )")
      lines.append("        if not differs:")
    }
    lines.append("            \(found).append(dict(record))")
    switch interface.resultType {
    case "array": lines.append("    return \(found)")
    case "boolean": lines.append("    return len(\(found)) > 0")
    case "integer": lines.append("    return len(\(found))")
    case "number":
      lines.append("    values = [record[\"value\"] for record in \(found) if \"value\" in record]")
      lines.append("    if not values:")
      lines.append("        raise LookupError(\"no record with a value matches\")")
      lines.append("    return sum(values) / len(values)")
    case "string":
      lines.append("    if not \(found):")
      lines.append("        return \"nothing found\"")
      lines.append("    return \"; \".join(str(record) for record in \(found))")
    default:
      lines.append("    if not \(found):")
      lines.append("        raise LookupError(f\"no record matches {\(wanted)}\")")
      lines.append("    return {\"request\": \(wanted), \"result\": \(found)[0], \"count\": len(\(found))}")
    }
    return lines
  }

  private static func free(_ name: String, among taken: [String]) -> String {
    taken.contains(name) ? "_" + name : name
  }
}
