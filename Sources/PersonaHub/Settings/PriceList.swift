import Foundation
public import PersonaRecords
import Yams

/// What tokens cost.
public struct TokenPrice: Sendable, Equatable {
  public var dollarsPerMillionPromptTokens: Double
  public var dollarsPerMillionCompletionTokens: Double

  public init(prompt: Double, completion: Double) {
    self.dollarsPerMillionPromptTokens = prompt
    self.dollarsPerMillionCompletionTokens = completion
  }

  /// Reads `0.15,0.60`: dollars per million prompt tokens, then completion tokens.
  public init?(_ text: String) {
    let parts = text.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
    guard parts.count == 2, let prompt = parts[0], let completion = parts[1], prompt >= 0, completion >= 0,
      prompt.isFinite, completion.isFinite
    else { return nil }
    self.init(prompt: prompt, completion: completion)
  }

  public func cost(of usage: TokenUsage) -> Double {
    (Double(usage.promptTokens) * dollarsPerMillionPromptTokens
      + Double(usage.completionTokens) * dollarsPerMillionCompletionTokens) / 1_000_000
  }
}

/// Prices by model, from a file that the user can edit.
///
/// ```yaml
/// gpt-4o-mini: {prompt: 0.15, completion: 0.60}   # dollars per million tokens
/// ```
public struct PriceList: Sendable, Equatable {
  /// Stated for this command; beats the list, for every model.
  public var stated: TokenPrice?
  private var prices: [String: TokenPrice]

  public init(stated: TokenPrice? = nil, prices: [String: TokenPrice] = [:]) {
    self.stated = stated
    self.prices = prices
  }

  /// Reads a file.
  /// - Throws: `Problem` with file and line.
  public init(path: String) throws(Problem) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Problem(
        "the price list cannot be read", at: .init(file: path), advice: "check the path given with --prices",
        consequence: .wrongUsage, cause: error.localizedDescription)
    }
    try self.init(yaml: text, file: path)
  }

  /// The list that comes with the program.
  public static func shipped() throws(Problem) -> PriceList {
    try PriceList(yaml: try ShippedFiles.text("prices.yaml"), file: "prices.yaml")
  }

  init(yaml: String, file: String) throws(Problem) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: yaml)
    } catch {
      throw Problem(
        "this is not YAML", at: .init(file: file),
        advice: "write lines such as: MODEL: {prompt: 0.15, completion: 0.60}",
        consequence: .wrongUsage, cause: "\(error)".cut())
    }
    var prices: [String: TokenPrice] = [:]
    for (key, value) in node?.mapping ?? [:] {
      guard let name = key.string, let prompt = value["prompt"]?.float, let completion = value["completion"]?.float,
        prompt >= 0, completion >= 0, prompt.isFinite, completion.isFinite
      else {
        throw Problem(
          "a price should have \"prompt\" and \"completion\", in dollars per million tokens",
          at: .init(file: file, line: key.mark?.line, field: key.string?.cut(to: 60)),
          advice: "write it as: MODEL: {prompt: 0.15, completion: 0.60}", consequence: .wrongUsage)
      }
      prices[name] = TokenPrice(prompt: prompt, completion: completion)
    }
    self.init(prices: prices)
  }

  /// The price of a model; nil for builtin, which costs nothing whatever is stated. A dated name (`gpt-4o-mini-2024-07-18`) costs what the one without the date does.
  public func price(of model: String) -> TokenPrice? {
    if model == "builtin" { return nil }
    if let stated { return stated }
    if let price = prices[model] { return price }
    return Self.undated(model).flatMap { prices[$0] }
  }

  /// The name without `-2024-07-18` or `-20240718` at its end; nil where there is no date.
  private static func undated(_ model: String) -> String? {
    for pattern in ["-dddd-dd-dd", "-dddddddd"] {
      let end = model.utf8.suffix(pattern.utf8.count)
      guard end.count == pattern.utf8.count, model.utf8.count > end.count else { continue }
      let isDate = zip(end, pattern.utf8).allSatisfy { byte, wanted in
        wanted == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == wanted
      }
      if isDate { return String(decoding: model.utf8.dropLast(end.count), as: UTF8.self) }
    }
    return nil
  }

  public func cost(of usage: TokenUsage, model: String) -> Double? { price(of: model)?.cost(of: usage) }
}
