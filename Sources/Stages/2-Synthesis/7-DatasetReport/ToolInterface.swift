package import JSONSchemas

extension JSONSchema {
  /// A tool interface as the paper's prompt asks for it: six keys and no others. The released data has `return` and
  /// `depend` as texts, lists and objects too, so what the paper says of `input_args` is allowed for these as well.
  /// Source: arXiv 2406.20094, Section 4.6.
  package static let toolInterface: JSONSchema = {
    let text = JSONSchema.of([.string], leastLength: 1)
    let parts = JSONSchema.of([.string, .array, .object])
    var interface = Rules(types: [.object])
    interface.properties = [
      ("name", text), ("description", text), ("function_name", text), ("input_args", parts), ("return", parts),
      ("depend", parts),
    ]
    interface.required = interface.properties.map(\.name)
    interface.additional = .nothing
    return .rules(interface)
  }()

  private static func of(_ types: [JSONType], leastLength: Int? = nil) -> JSONSchema {
    var rules = Rules(types: types)
    if let leastLength { rules.limits = [Limit(.minLength, leastLength)] }
    return .rules(rules)
  }
}
