/// Turns texts into vectors of length 1: a model in this process, or one behind an endpoint.
public protocol Embedder: Sendable {
  /// Which model it is, as people call it.
  var name: String { get }

  /// Floats per vector.
  var dimensions: Int { get }

  /// The vectors of the texts, in their order: row-major, `texts.count` × `dimensions`, each row of length 1.
  ///
  /// - Throws: `Problem` when they cannot be had; `CancellationError` when the task was cancelled.
  func embed(_ texts: [String]) async throws -> [Float]
}
