import ArgumentParser
import PersonaHub
import PersonaRecords

/// How an endpoint is called, whatever it is asked for: how often, how patiently, and for how much.
struct CallOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A further endpoint that shares the calls: url=…,model=…,weight=2,key=VARIABLE,rpm=500,tpm=200000.",
      discussion: "May be given several times; when one endpoint is away, the others go on.", valueName: "endpoint"))
  var endpoint: [String] = []

  @Option(help: "Requests in flight at once, at most; fewer are sent when the endpoint has enough.")
  var concurrency = 16

  @Option(help: ArgumentHelp("Requests per minute, at most. [default: no limit of our own]", valueName: "n"))
  var rpm: Int?

  @Option(help: ArgumentHelp("Tokens per minute, at most. [default: no limit of our own]", valueName: "n"))
  var tpm: Int?

  @Option(help: ArgumentHelp("Seconds until a call counts as lost.", valueName: "s"))
  var timeout: Double = 120

  @Option(help: ArgumentHelp("Times a call is tried before its item fails.", valueName: "n"))
  var attempts = 6

  @Option(
    help: ArgumentHelp("Seconds an endpoint that answered before may be away until the run stops.", valueName: "s"))
  var patience: Double = 300

  @Option(
    help: ArgumentHelp("Dollars per million prompt and completion tokens, such as 0.15,0.60.", valueName: "in,out"))
  var price: String?

  @Option(
    help: ArgumentHelp("Prices by model, as YAML. [default: the list that comes with the program]", valueName: "file"))
  var prices: String?

  @Option(help: ArgumentHelp("Dollars that this run may spend in all; then it stops, resumable.", valueName: "dollars"))
  var budget: Double?

  @Option(help: ArgumentHelp("Tokens that this run may use in all, prompts and replies.", valueName: "n"))
  var maxTokensTotal: Int?

  @Option(help: ArgumentHelp("Where replies are kept. [default: the hub's own store]", valueName: "path"))
  var replyStore: String?

  @Flag(help: "Ask again even where a reply is kept; the new one takes its place.")
  var noCache = false

  @Option(help: ArgumentHelp("Write down which prompt went where, as JSON lines.", valueName: "file"))
  var audit: String?

  func validate() throws {
    guard (1...4096).contains(concurrency) else { throw ValidationError("--concurrency goes from 1 to 4096") }
    guard timeout > 0, timeout.isFinite else { throw ValidationError("--timeout should be above 0 seconds") }
    guard patience >= 0, patience.isFinite else { throw ValidationError("--patience should be 0 seconds or more") }
    guard (1...100).contains(attempts) else { throw ValidationError("--attempts goes from 1 to 100") }
    for (name, value) in [
      ("max-tokens-total", maxTokensTotal), ("rpm", rpm), ("tpm", tpm),
    ] {
      if let value, value < 1 { throw ValidationError("--\(name) should be at least 1") }
    }
    if let budget, !(budget > 0 && budget.isFinite) { throw ValidationError("--budget should be above 0 dollars") }
    if let price, TokenPrice(price) == nil {
      throw ValidationError("--price should be two numbers such as 0.15,0.60 and is \"\(price.cut(to: 20))\"")
    }
    for text in endpoint { try Self.usage { () throws(Problem) in _ = try EndpointDescription(text) } }
  }

  private static func usage(_ body: () throws(Problem) -> Void) throws {
    do { try body() } catch { throw ValidationError("\(error.what); \(error.advice)") }
  }

  /// Writes what was typed into the settings.
  /// - Throws: `Problem` when the price list cannot be read.
  func apply(to settings: inout ModelSettings) throws {
    settings.concurrency = concurrency
    settings.requestTimeout = .milliseconds(Int64(min(timeout, 1e9) * 1000))
    settings.maximumAttempts = attempts
    settings.patience = .milliseconds(Int64(min(patience, 1e9) * 1000))
    settings.requestsPerMinute = rpm
    settings.tokensPerMinute = tpm
    settings.furtherEndpoints = try endpoint.map { text throws(Problem) in try EndpointDescription(text) }
    settings.prices = try prices.map { path throws(Problem) in try PriceList(path: path) } ?? PriceList.shipped()
    settings.prices.stated = price.flatMap { TokenPrice($0) }
    settings.budgetInDollars = budget
    settings.maximumTokens = maxTokensTotal
    settings.replyStorePath = replyStore
    settings.auditPath = audit
  }
}
