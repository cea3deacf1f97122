import DatasetReport
import PersonaRecords
import Testing

struct JSONSchemaTests {
  private func failure(_ schema: String, _ value: String) throws -> String? {
    try JSONSchema(json: JSONValue(utf8: Array(schema.utf8))).failure(of: JSONValue(utf8: Array(value.utf8)))?.reason
  }

  @Test(
    arguments: [
      ("{}", "[1]", nil), ("true", "1", nil), ("false", "1", "the value is not allowed"),
      (#"{"type":"object"}"#, "[]", "the value should be object and is array"),
      (#"{"type":["string","null"]}"#, "null", nil), (#"{"type":"integer"}"#, "2.0", nil),
      (#"{"type":"integer"}"#, "2.5", "the value should be integer and is number"),
      (#"{"type":"number"}"#, "2", nil), (#"{"type":"boolean"}"#, "1", "the value should be boolean and is number"),
      (#"{"required":["a","b"]}"#, #"{"b":1}"#, "the value lacks a"), (#"{"required":["a"]}"#, "7", nil),
      (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":1,"z":2}"#, "a should be string and is number"),
      (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"z":2}"#, "the value has more keys: z"),
      (#"{"additionalProperties":{"type":"number"}}"#, #"{"z":"x"}"#, "* should be number and is string"),
      (#"{"items":{"properties":{"n":{"minimum":3}}}}"#, #"[{"n":3},{"n":2}]"#, "[].n breaks minimum 3"),
      (#"{"enum":["a",1,null]}"#, "null", nil), (#"{"enum":["a"]}"#, #""b""#, #"the value is none of "a""#),
      (#"{"const":{"a":[1]}}"#, #"{"a":[1]}"#, nil), (#"{"minLength":2}"#, #""é""#, "the value breaks minLength 2"),
      (#"{"maxItems":1}"#, "[1,2]", "the value breaks maxItems 1"), (#"{"maximum":1}"#, "\"long\"", nil),
      (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "4", nil),
      (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "2", "the value fits none of anyOf"),
      (#"{"$schema":"x","title":"t","description":"d"}"#, "1", nil),
    ] as [(String, String, String?)])
  func aValueFitsOrTheRuleIsNamed(schema: String, value: String, expected: String?) throws {
    #expect(try failure(schema, value) == expected)
  }

  /// A rule that is passed over would make rows valid that are not.
  @Test(arguments: [
    #"{"patternProperties":{}}"#, #"{"properties":{"a":{"pattern":"x"}}}"#, #"{"type":"text"}"#, #"{"type":[]}"#, "7",
    #"{"required":"a"}"#, #"{"required":[1]}"#, #"{"minimum":"1"}"#, #"{"enum":[]}"#, #"{"anyOf":{}}"#,
    #"{"$ref":"x"}"#,
  ])
  func whatIsNotUnderstoodIsRefused(schema: String) {
    #expect(throws: Problem.self) { try failure(schema, "1") }
  }

  @Test func aToolInterfaceHasSixKeysAndNoOthers() throws {
    let good = #"{"name":"n","description":"d","function_name":"f","input_args":"a","return":"r","depend":"p"}"#
    func reason(_ text: String) throws -> String? {
      JSONSchema.toolInterface.failure(of: try JSONValue(utf8: Array(text.utf8)))?.reason
    }
    #expect(try reason(good) == nil)
    for arguments in ["[]", #"{"x":"y"}"#, #"["a","b"]"#] {
      #expect(try reason(good.replacing(#""input_args":"a""#, with: "\"input_args\":\(arguments)")) == nil)
    }
    #expect(try reason(good.replacing("function_name", with: "function_names")) == "the value lacks function_name")
    #expect(try reason(good.replacing(#""f""#, with: #"["f"]"#)) == "function_name should be string and is array")
    #expect(
      try reason(good.replacing(#""a""#, with: "7")) == "input_args should be string or array or object and is number")
    #expect(try reason(good.dropLast() + #","x":1}"#) == "the value has more keys: x")
    #expect(try reason("[\(good)]") == "the value should be object and is array")
  }

  @Test func jsonIsFoundInsideJSONAndInFences() throws {
    let plain = JSONReading(#" {"a":1}"#)
    #expect(!plain.isEncodedTwice && !plain.isFenced)
    #expect(try plain.value?.get()["a"]?.intValue == 1)
    let twice = JSONReading(#""{\n\"a\":1}""#)
    #expect(twice.isEncodedTwice)
    #expect(try twice.value?.get()["a"]?.intValue == 1)
    #expect(twice.text == "{\n\"a\":1}")
    for fenced in ["```json\n{\"a\":1}\n```", "```\n{\"a\":1}```", " ```json\r\n{\"a\":1}\r\n```\n"] {
      let reading = JSONReading(fenced)
      #expect(reading.isFenced)
      #expect(try reading.value?.get()["a"]?.intValue == 1, "\(fenced)")
    }
    for prose in ["", "A problem {with} braces", "\"quoted\" words", "\"a text\"", "```\nprint(1)\n```", "```"] {
      #expect(JSONReading(prose).value == nil, "\(prose)")
    }
    #expect(throws: JSONSyntaxError.self) { try JSONReading("{'a': 1}").value?.get() }
  }
}
