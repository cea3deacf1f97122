import Foundation
package import LanguageModels
public import PersonaRecords

/// A prompt that comes with the program, or the user's own in its place.
public struct ShippedPrompt: Sendable {
  public let name: String
  /// The file as it was read.
  public let source: String
  package let template: PromptTemplate

  /// Names of the prompts there are; recipes bring their own.
  public static func names() throws(Problem) -> [String] { try ShippedFiles.names(in: "prompts") }

  /// A shipped prompt, to be shown.
  public static func shipped(_ name: String) throws(Problem) -> String { try source(name, replacedBy: nil) }

  /// - Parameters:
  ///   - path: the user's file; nil takes the shipped one.
  ///   - variables: what the step fills in; a prompt that names another is refused here, before any call.
  /// - Throws: `Problem` with file and line.
  public static func read(
    _ name: String, replacedBy path: String? = nil, variables: Set<String>
  ) throws(Problem) -> ShippedPrompt {
    let source = try source(name, replacedBy: path)
    let template = try PromptTemplate(source, file: path ?? "\(name).md", knowing: variables)
    return ShippedPrompt(name: name, source: source, template: template)
  }

  private static func source(_ name: String, replacedBy path: String?) throws(Problem) -> String {
    if let path {
      do {
        return try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Problem(
          "the prompt cannot be read", at: .init(file: path), advice: "check the path given with --prompt",
          cause: error.localizedDescription)
      }
    }
    guard try names().contains(name) else {
      throw Problem(
        "there is no prompt \"\(name.cut(to: 40))\"",
        advice:
          "the prompts are: \(try names().joined(separator: ", ")); those of recipes: persona-hub recipes show NAME",
        consequence: .wrongUsage)
    }
    return try ShippedFiles.text("prompts/\(name).md")
  }
}
