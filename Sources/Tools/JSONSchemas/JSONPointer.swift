/// A place inside a JSON value, as RFC 6901 writes it: `""` is the whole, `/tools/0/name` a key of the first element of `tools`.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  package enum Step: Sendable, Hashable {
    case key(String)
    /// Counted from 0.
    case index(Int)
  }

  package var steps: [Step] = []

  package init(_ steps: [Step] = []) { self.steps = steps }

  package static func / (pointer: JSONPointer, key: String) -> JSONPointer { JSONPointer(pointer.steps + [.key(key)]) }

  package static func / (pointer: JSONPointer, index: Int) -> JSONPointer {
    JSONPointer(pointer.steps + [.index(index)])
  }

  package var description: String {
    steps.map { step in
      switch step {
      case .index(let index): "/\(index)"
      case .key(let key): "/" + key.replacing("~", with: "~0").replacing("/", with: "~1")
      }
    }.joined()
  }
}
