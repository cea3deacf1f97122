import JSONSchemas
import PersonaRecords
import Testing

struct JSONSchemaTests {
  private func failure(_ schema: String, _ value: String) throws -> String? {
    try JSONSchema(JSONValue(text: schema)).fault(in: JSONValue(text: value))?.reason
  }

  @Test(
    arguments: [
      ("{}", "[1]", nil), ("true", "1", nil), ("false", "1", "the value is not allowed"),
      (#"{"type":"object"}"#, "[]", "the value should be object and is array"),
      (#"{"type":["string","null"]}"#, "null", nil), (#"{"type":"integer"}"#, "2.0", nil),
      (#"{"type":"integer"}"#, "2.5", "the value should be integer and is a fraction"),
      (#"{"type":"number"}"#, "2", nil), (#"{"type":"boolean"}"#, "1", "the value should be boolean and is number"),
      (#"{"required":["a","b"]}"#, #"{"b":1}"#, "the value lacks a"), (#"{"required":["a"]}"#, "7", nil),
      (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":1,"z":2}"#, "/a should be string and is number"),
      (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"z":2}"#, "the value has more keys: z"),
      (#"{"additionalProperties":{"type":"number"}}"#, #"{"z":"x"}"#, "/* should be number and is string"),
      (#"{"items":{"properties":{"n":{"minimum":3}}}}"#, #"[{"n":3},{"n":2}]"#, "/*/n should be 3 or more"),
      (#"{"enum":["a",1,null]}"#, "null", nil), (#"{"enum":["a"]}"#, #""b""#, #"the value is none of "a""#),
      (#"{"const":{"a":[1]}}"#, #"{"a":[1]}"#, nil),
      (#"{"minLength":2}"#, #""é""#, "the value should have 2 characters or more"),
      (#"{"maxItems":1}"#, "[1,2]", "the value should have 1 items or fewer"), (#"{"maximum":1}"#, "\"long\"", nil),
      (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "4", nil),
      (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "2", "the value fits none of what is allowed there"),
      (#"{"$schema":"x","title":"t","description":"d"}"#, "1", nil), (#"{"enum":[1]}"#, "1.0", nil),
      (#"{"const":{"a":1,"b":[2]}}"#, #"{"b":[2.0],"a":1}"#, nil), (#"{"const":0}"#, "false", "the value should be 0"),
      (#"{"enum":["a"],"const":"b"}"#, #""b""#, #"the value is none of "a""#),
      (#"{"const":"\u00e9"}"#, #""e\u0301""#, "the value should be \"\u{e9}\""),
      ("{}", #"{"a":1,"a":2}"#, "the value has a key twice: a"),
      (#"{"maximum":9007199254740992}"#, "9007199254740993", "the value should be 9007199254740992 or less"),
    ] as [(String, String, String?)])
  func aValueFitsOrTheRuleIsNamed(schema: String, value: String, expected: String?) throws {
    #expect(try failure(schema, value) == expected)
  }

  /// A rule that is passed over would make rows valid that are not.
  @Test(arguments: [
    #"{"patternProperties":{}}"#, #"{"properties":{"a":{"pattern":"x"}}}"#, #"{"type":"text"}"#, #"{"type":[]}"#, "7",
    #"{"required":"a"}"#, #"{"required":[1]}"#, #"{"minimum":"1"}"#, #"{"enum":[]}"#, #"{"anyOf":{}}"#,
    #"{"$ref":"x"}"#, #"{"items":[{"type":"string"}]}"#, #"{"type":"string","type":"null"}"#, #"{"minLength":-1}"#,
    #"{"minItems":1.5}"#, #"{"properties":{"a":{},"a":{}}}"#, #"{"required":["a","a"]}"#, #"{"format":"email"}"#,
    #"{"exclusiveMinimum":1}"#, #"{"properties":{"a":1}}"#, #"{"anyOf":[7]}"#, #"{"type":["string",1]}"#,
  ])
  func whatIsNotUnderstoodIsRefused(schema: String) {
    #expect(throws: JSONSchema.Mistakes.self) { try failure(schema, "1") }
  }

  @Test func everyMistakeOfASchemaIsNamedWithItsPlace() throws {
    let schema =
      #"{"type":"text","properties":{"a/b":{"pattern":"x","minLength":"1"}},"anyOf":[{},{"items":[]}],"x":1}"#
    do {
      _ = try JSONSchema(JSONValue(text: schema))
      Issue.record("it was read")
    } catch let error as JSONSchema.Mistakes {
      #expect(
        error.all.map(\.place.description) == [
          "/type", "/properties/a~1b/pattern", "/properties/a~1b/minLength", "/anyOf/1/items", "/x",
        ])
      #expect(error.all.allSatisfy { !$0.advice.isEmpty })
    }
  }

  @Test func aFaultSaysWhereAndWhatWasExpected() throws {
    let schema = try JSONSchema(
      JSONValue(
        text: #"""
          {"type":"object","required":["id"],"properties":{"tags":{"items":{"type":"string","maxLength":3}},
          "size":{"type":"integer","minimum":10},"kind":{"enum":["a","b"]}},"additionalProperties":false}
          """#))
    let value = try JSONValue(text: #"{"tags":["ok",7,"long one"],"size":7.5,"kind":"c","z":0}"#)
    #expect(
      schema.faults(in: value).map(\.description) == [
        "the value lacks id", "the value has more keys: z", "/tags/1 should be string and is number",
        "/tags/2 should have 3 characters or fewer, and has 8", "/size should be integer and is a fraction",
        "/size should be 10 or more, and is 7.5", #"/kind is none of "a", "b", and is "c""#,
      ])
    #expect(schema.faults(in: value).map(\.isAboutKeys) == [true, true, false, false, false, false, false])
    #expect(schema.faults(in: value)[3].reason == "/tags/* should have 3 characters or fewer")
  }
}
