package import PersonaRecords
package import SimilarityKernels

/// What a file of vectors holds: the small JSON object that stands beside it as `NAME.npy.json`.
///
/// ```
/// {"format":1,"model":"all-MiniLM-L6-v2 sha256:9f…","dimensions":384,"dtype":"<f2","rows":1000000,"source":"sha256:4b…"}
/// ```
package struct VectorDescription: Sendable, Equatable, JSONLineRecord {
  /// The format this program writes, and the newest it reads.
  package static let currentFormat = 1

  /// The model, with all that makes its vectors what they are: vectors of two identities are not compared.
  package var model: String
  package var dimension: Int
  package var element: VectorRows.Element
  /// Rows when the file is whole; 0 while it grows.
  package var rows: Int
  /// Names the texts that the rows stand for, in their order; for example a hash of their file.
  package var source: String

  package init(model: String, dimension: Int, element: VectorRows.Element, rows: Int = 0, source: String) {
    self.model = model
    self.dimension = dimension
    self.element = element
    self.rows = rows
    self.source = source
  }

  package func write(to line: inout JSONLine) {
    line.object { line in
      line.member("format", Self.currentFormat)
      line.member("model", model)
      line.member("dimensions", dimension)
      line.member("dtype", element.rawValue)
      line.member("rows", rows)
      line.member("source", source)
    }
  }

  package init(json: JSONValue) throws(Problem) {
    let format = try json.int("format")
    guard format <= Self.currentFormat else {
      throw Problem(
        "these vectors have format \(format), and this program reads formats up to \(Self.currentFormat)",
        advice: "use a newer persona-hub; nothing was changed")
    }
    let type = try json.string("dtype")
    guard let element = VectorRows.Element(rawValue: type) else {
      throw Problem("vectors of type \"\(type.cut(to: 20))\" are not known here", advice: "they are <f2 or <f4")
    }
    self.init(
      model: try json.string("model"), dimension: try json.int("dimensions"), element: element,
      rows: try json.int("rows"), source: try json.string("source"))
  }

  /// Why two descriptions do not go together; nil when they do. Rows are not looked at.
  func difference(from other: VectorDescription) -> String? {
    if model != other.model { return "model \"\(model.cut(to: 80))\", and \"\(other.model.cut(to: 80))\" is asked for" }
    if dimension != other.dimension { return "\(dimension) dimensions, and \(other.dimension) are asked for" }
    if element != other.element {
      return "numbers of type \(element.rawValue), and \(other.element.rawValue) is asked for"
    }
    if source != other.source { return "other texts than those of now" }
    return nil
  }
}
