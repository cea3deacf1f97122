import LanguageModels
import PersonaRecords
import Testing

@Suite struct EndpointTests {
  @Test(arguments: [
    ("http://localhost:8000", "http://localhost:8000/v1"), ("http://localhost:8000/", "http://localhost:8000/v1"),
    ("http://localhost:8000/v1", "http://localhost:8000/v1"), ("http://localhost:8000/v1/", "http://localhost:8000/v1"),
    (" https://h.example/api/v1//\n", "https://h.example/api/v1"),
    ("HTTPS://h.example/v1/chat/completions", "https://h.example/v1"),
    ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
  ])
  func addressesAreTakenWithAndWithoutTheirEnds(text: String, expected: String) throws {
    let endpoint = try ChatEndpoint(baseURL: text, key: nil)
    #expect(endpoint.displayURL == expected)
    #expect(endpoint.chatURL == expected + "/chat/completions")
  }

  @Test func aQueryIsKeptAndNotShown() throws {
    let endpoint = try ChatEndpoint(baseURL: "https://h.example/deployments/d?api-version=2024-06-01", key: nil)
    #expect(endpoint.chatURL == "https://h.example/deployments/d/chat/completions?api-version=2024-06-01")
    #expect(endpoint.displayURL == "https://h.example/deployments/d")
  }

  @Test(arguments: [
    "", "localhost:8000", "ftp://h.example", "http://", "http:///v1", "http://a b/v1",
    "http://user:secretword@h.example/v1",
  ])
  func anAddressThatIsNoneIsWrongUsage(text: String) {
    do {
      _ = try ChatEndpoint(baseURL: text, key: nil)
      Issue.record("taken: \(text)")
    } catch {
      #expect(error.consequence == .wrongUsage)
      #expect(!error.description.contains("secretword"))
    }
  }

  @Test func aFlagBeatsTheEnvironmentAndTheEnvironmentTheDefault() throws {
    let environment = ["OPENAI_BASE_URL": "http://one.example/v1", "OPENAI_API_KEY": "sk-0123456789\n"]
    #expect(try ChatEndpoint(environment: environment).displayURL == "http://one.example/v1")
    #expect(try ChatEndpoint(url: "http://two.example", environment: environment).displayURL == "http://two.example/v1")
    #expect(try ChatEndpoint(environment: ["OPENAI_BASE_URL": " "]).displayURL == ChatEndpoint.defaultURL)
    #expect(try ChatEndpoint(environment: environment).key != nil)
    #expect(try ChatEndpoint(environment: [:]).key == nil)
  }

  @Test func aKeyWithALineBreakInsideIsRefusedWithoutBeingShown() {
    let key = APIKey("sk-first\nsecond", variable: "OPENAI_API_KEY")
    #expect {
      _ = try ChatEndpoint(baseURL: "http://h.example", key: key)
    } throws: { error in
      let text = "\(error)"
      return text.contains("OPENAI_API_KEY") && !text.contains("sk-first") && !text.contains("second")
    }
  }

  @Test func aKeyShowsItselfInNoTextForm() throws {
    let key = try #require(APIKey("sk-abcdefghijklmnop", variable: "OPENAI_API_KEY"))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), String(describing: [key]), dumped] {
      #expect(!text.contains("abcd"))
    }
  }

  @Test(arguments: [
    ("key sk-abcdefghijklmnop is wrong", "key [key] is wrong"), ("cut: sk-abcdefghi", "cut: [key]"),
    ("tail: hijklmnop.", "tail: [key]."), ("masked: sk-abc****mnop.", "masked: [key]."),
    ("nothing here", "nothing here"),
    ("Bearer sk-abcdefghijklmnop, sk-abcdefghijklmnop", "Bearer [key], [key]"), ("", ""), ("2 * 3 ** 4", "2 * 3 ** 4"),
  ])
  func whatShowsAPartOfTheKeyIsBlottedOut(text: String, expected: String) throws {
    let key = try #require(APIKey("sk-abcdefghijklmnop", variable: "OPENAI_API_KEY"))
    #expect(key.redact(text) == expected)
  }

  @Test func aShortKeyIsBlottedOutOnlyAsAWord() throws {
    let key = try #require(APIKey("x", variable: "OPENAI_API_KEY"))
    #expect(key.redact("x is an example, (x)") == "[key] is an example, ([key])")
    #expect(APIKey(" \n", variable: "K") == nil)
  }
}
