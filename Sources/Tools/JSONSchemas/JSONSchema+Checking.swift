package import PersonaRecords

/// Where a value breaks a rule of its schema, and what was expected there.
package struct SchemaFault: Sendable, Equatable {
  /// The place in the value. A key that is missing or should not be there is told at its object.
  package let place: JSONPointer
  /// The rule's keyword; `false` where nothing is allowed.
  package let keyword: String
  /// What is said of the place, without what differs from value to value.
  let rule: String
  /// What stands there, where the rule does not say it.
  let found: String
  /// The place with `*` for elements of lists and for keys that the schema has no name for.
  let pattern: String

  /// For one value: `/size should be 10 or more, and is 7`.
  package var description: String {
    (place.steps.isEmpty ? "the value" : "\(place)") + " " + rule + (found.isEmpty ? "" : ", and \(found)")
  }

  /// For many, so that equal ones can be counted together: `/parts/*/size should be 10 or more`.
  package var reason: String { (pattern.isEmpty ? "the value" : pattern) + " " + rule }

  /// Whether it is about which keys the outermost object has.
  package var isAboutKeys: Bool { place.steps.isEmpty && (keyword == "required" || keyword == "additionalProperties") }
}

extension JSONSchema {
  /// The first rule that a value breaks: of the whole before its parts, and of the parts in the schema's order.
  package func fault(in value: JSONValue) -> SchemaFault? { faults(in: value, upTo: 1).first }

  /// What of a value breaks the schema.
  ///
  /// Numbers are equal where their values are, whatever their spelling; objects whatever the order of their keys. Beyond the
  /// standard, a key that stands twice in one object is a fault (`unique-keys`): which of both a reader takes is anybody's guess.
  /// - Parameter limit: faults after which it stops.
  package func faults(in value: JSONValue, upTo limit: Int = .max) -> [SchemaFault] {
    var checker = SchemaChecker(limit: limit)
    checker.check(value, by: self, at: .init())
    return checker.faults
  }
}

private struct SchemaChecker {
  let limit: Int
  var faults: [SchemaFault] = []

  init(limit: Int) { self.limit = limit }

  struct Place {
    var pointer = JSONPointer()
    var pattern = ""

    func property(_ name: String) -> Place {
      let pointer = pointer / name
      return Place(pointer: pointer, pattern: pattern + "\(JSONPointer([.key(name)]))")
    }

    func other(_ name: String) -> Place { Place(pointer: pointer / name, pattern: pattern + "/*") }

    func element(_ index: Int) -> Place { Place(pointer: pointer / index, pattern: pattern + "/*") }
  }

  private var isDone: Bool { faults.count >= limit }

  private mutating func note(_ keyword: String, at place: Place, _ rule: String, found: String = "") {
    guard !isDone else { return }
    faults.append(
      SchemaFault(place: place.pointer, keyword: keyword, rule: rule, found: found, pattern: place.pattern))
  }

  mutating func check(_ value: JSONValue, by schema: JSONSchema, at place: Place) {
    switch schema {
    case .anything: break
    case .nothing: note("false", at: place, "is not allowed")
    case .rules(let rules): check(value, by: rules, at: place)
    }
  }

  private mutating func check(_ value: JSONValue, by rules: JSONSchema.Rules, at place: Place) {
    if let types = rules.types, !types.contains(where: { $0.holds(value) }) {
      let names = types.map(\.rawValue).joined(separator: " or ")
      let isFraction = types == [.integer] && JSONType(of: value) == .number
      note(
        "type", at: place, "should be \(names) and is \(isFraction ? "a fraction" : JSONType(of: value).rawValue)")
    }
    if let constant = rules.constant, !value.isSame(as: constant) {
      note("const", at: place, "should be \(constant.line.cut(to: 40))", found: "is \(value.line.cut(to: 40))")
    }
    if let choices = rules.choices, !choices.contains(where: { value.isSame(as: $0) }) {
      let list = choices.map(\.line).joined(separator: ", ").cut(to: 80)
      note("enum", at: place, "is none of \(list)", found: "is \(value.line.cut(to: 40))")
    }
    for limit in rules.limits where !isDone { check(value, by: limit, at: place) }
    if let members = value.objectValue { check(members, of: value, by: rules, at: place) }
    if case .anything = rules.items {
    } else {
      for (index, element) in (value.arrayValue ?? []).enumerated() where !isDone {
        check(element, by: rules.items, at: place.element(index))
      }
    }
    if !isDone, !rules.anyOf.isEmpty, rules.anyOf.allSatisfy({ $0.fault(in: value) != nil }) {
      note("anyOf", at: place, "fits none of what is allowed there", found: "is \(value.line.cut(to: 40))")
    }
  }

  private mutating func check(
    _ members: [JSONValue.Member], of value: JSONValue, by rules: JSONSchema.Rules, at place: Place
  ) {
    let keys = members.map(\.key)
    let missing = rules.required.filter { !keys.contains($0) }
    if !missing.isEmpty { note("required", at: place, "lacks \(missing.joined(separator: ", ").cut(to: 80))") }
    let known = Set(rules.properties.map(\.name))
    let unknown = keys.filter { !known.contains($0) }
    if case .nothing = rules.additional, !unknown.isEmpty {
      note("additionalProperties", at: place, "has more keys: \(unknown.joined(separator: ", ").cut(to: 80))")
    }
    var seen: Set<String> = []
    for key in keys where !seen.insert(key).inserted {
      note("unique-keys", at: place, "has a key twice: \(key.cut(to: 40))")
    }
    for (name, schema) in rules.properties where !isDone {
      if let part = value[name] { check(part, by: schema, at: place.property(name)) }
    }
    guard case .rules = rules.additional else { return }
    for key in unknown where !isDone {
      if let part = value[key] { check(part, by: rules.additional, at: place.other(key)) }
    }
  }

  private mutating func check(_ value: JSONValue, by limit: JSONSchema.Limit, at place: Place) {
    let counted: (count: Int, unit: String)
    switch (limit.keyword, value) {
    case (.minimum, .number(let spelling)):
      if JSONNumber.isLess(spelling, limit.spelling) {
        note("minimum", at: place, "should be \(limit.spelling) or more", found: "is \(spelling.cut(to: 40))")
      }
      return
    case (.maximum, .number(let spelling)):
      if JSONNumber.isLess(limit.spelling, spelling) {
        note("maximum", at: place, "should be \(limit.spelling) or less", found: "is \(spelling.cut(to: 40))")
      }
      return
    case (.minLength, .string(let text)), (.maxLength, .string(let text)):
      counted = (text.unicodeScalars.count, "characters")
    case (.minItems, .array(let elements)), (.maxItems, .array(let elements)): counted = (elements.count, "items")
    default: return
    }
    let isLeast = limit.keyword == .minLength || limit.keyword == .minItems
    guard isLeast ? Double(counted.count) < limit.value : Double(counted.count) > limit.value else { return }
    note(
      limit.keyword.rawValue, at: place,
      "should have \(limit.spelling) \(counted.unit) or \(isLeast ? "more" : "fewer")", found: "has \(counted.count)")
  }
}

/// Numbers as they are spelled: whole ones are compared exactly, others as 64-bit floating point.
private enum JSONNumber {
  static func isLess(_ one: String, _ other: String) -> Bool {
    if let one = Int(one), let other = Int(other) { return one < other }
    return Double(one) ?? .nan < Double(other) ?? .nan
  }

  static func areEqual(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    if let one = Int(one), let other = Int(other) { return one == other }
    return Double(one) == Double(other)
  }
}

extension JSONValue {
  /// Whether both are one value, in JSON Schema's meaning: `1` is `1.0`, and keys have no order.
  fileprivate func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.number(let one), .number(let other)): return JSONNumber.areEqual(one, other)
    // By scalars: to Swift, texts of other scalars are equal too where they look alike.
    case (.string(let one), .string(let other)): return one.unicodeScalars.elementsEqual(other.unicodeScalars)
    case (.array(let one), .array(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { $0.isSame(as: $1) }
    case (.object(let one), .object(let others)):
      return one.count == others.count
        && one.allSatisfy { member in other[member.key]?.isSame(as: member.value) ?? false }
    default: return self == other
    }
  }
}
