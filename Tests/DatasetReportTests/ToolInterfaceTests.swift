import DatasetReport
import JSONSchemas
import PersonaRecords
import Testing

struct ToolInterfaceTests {
  @Test func aToolInterfaceHasSixKeysAndNoOthers() throws {
    let good = #"{"name":"n","description":"d","function_name":"f","input_args":"a","return":"r","depend":"p"}"#
    func reason(_ text: String) throws -> String? {
      JSONSchema.toolInterface.fault(in: try JSONValue(text: text))?.reason
    }
    #expect(try reason(good) == nil)
    for arguments in ["[]", #"{"x":"y"}"#, #"["a","b"]"#] {
      #expect(try reason(good.replacing(#""input_args":"a""#, with: "\"input_args\":\(arguments)")) == nil)
    }
    #expect(try reason(good.replacing("function_name", with: "function_names")) == "the value lacks function_name")
    #expect(try reason(good.replacing(#""f""#, with: #"["f"]"#)) == "/function_name should be string and is array")
    #expect(
      try reason(good.replacing(#""a""#, with: "7")) == "/input_args should be string or array or object and is number")
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
