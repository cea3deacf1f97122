/// How a window came to its end.
package enum WindowEnd: Sendable, Equatable {
  /// All rows were read and delivered.
  case finished
  /// The signal was set or the task cancelled: what was in flight is delivered, and further rows were not read.
  case stopped
}

/// Works on up to `width` rows at a time and hands the results on in the order of the rows.
///
/// - The next row is read only when a slot is free, so a source of any length takes the memory of `width + buffer` rows.
/// - One slow row does not block the others until `buffer` results wait behind it; then reading pauses.
/// - A set `stop` or a cancelled task stops the reading. Rows in flight run to their end, undisturbed by the cancellation
///   (a reply under way is paid for), and are delivered.
/// - An error of `body` stops the reading too: rows in flight finish, the results before the failed row are delivered,
///   and the error of the first failed row is thrown. Where one bad row should not end the run, `body` returns an outcome.
/// - CPU-bound bodies run on as many cores as there are, up to `width`.
///
/// - Parameters:
///   - width: rows at the same time; at least 1.
///   - buffer: results that may wait for an earlier one, beyond `width`; nil for three times `width`.
///   - next: reads a row; nil at the end. Never called twice at a time. While it waits, finished results wait too.
///   - body: works on one row, in a task of its own.
///   - inOrder: takes the results in order, one at a time, on the caller's task.
/// - Throws: what `next`, `body` and `inOrder` throw, after the rows in flight have come to their end.
package func withWindow<Row: Sendable, Output: Sendable>(
  of width: Int, buffer: Int? = nil, stop: StopSignal = StopSignal(), isolation: isolated (any Actor)? = #isolation,
  next: () async throws -> Row?, body: @escaping @Sendable (Row) async throws -> Output,
  inOrder: (Output) async throws -> Void
) async throws -> WindowEnd {
  let width = max(1, width)
  var order = ReorderBuffer<Output>(width: width, capacity: width + max(0, buffer ?? 3 * width))
  var isExhausted = false
  var firstFailure: (row: Int, error: any Error)?
  try await withThrowingTaskGroup(of: (row: Int, result: Result<Output, any Error>).self) { group in
    while true {
      while !isExhausted, firstFailure == nil, order.canAdmit, !stop.isSet, !Task.isCancelled {
        // The group is left only when its tasks have ended, so an error thrown here waits for the rows in flight.
        guard let row = try await next() else {
          isExhausted = true
          break
        }
        let number = order.admit()
        group.addTask {
          // A task of its own, awaited on this line: cancellation of the group does not reach it.
          (number, await Task { try await body(row) }.result)
        }
      }
      guard let (row, result) = try await group.next() else { break }
      switch result {
      case .success(let output): order.finish(row, with: output)
      case .failure(let error):
        order.finish(row, with: nil)
        if firstFailure.map({ row < $0.row }) ?? true { firstFailure = (row, error) }
      }
      while let output = order.next() { try await inOrder(output) }
    }
  }
  if let firstFailure { throw firstFailure.error }
  return isExhausted ? .finished : .stopped
}

/// The same over a sequence.
package func withWindow<Rows: Sequence, Output: Sendable>(
  of width: Int, over rows: Rows, buffer: Int? = nil, stop: StopSignal = StopSignal(),
  isolation: isolated (any Actor)? = #isolation, body: @escaping @Sendable (Rows.Element) async throws -> Output,
  inOrder: (Output) async throws -> Void
) async throws -> WindowEnd where Rows.Element: Sendable {
  var iterator = rows.makeIterator()
  return try await withWindow(
    of: width, buffer: buffer, stop: stop, isolation: isolation, next: { iterator.next() }, body: body, inOrder: inOrder
  )
}

/// The same over an asynchronous sequence.
package func withWindow<Rows: AsyncSequence, Output: Sendable>(
  of width: Int, over rows: Rows, buffer: Int? = nil, stop: StopSignal = StopSignal(),
  isolation: isolated (any Actor)? = #isolation, body: @escaping @Sendable (Rows.Element) async throws -> Output,
  inOrder: (Output) async throws -> Void
) async throws -> WindowEnd where Rows.Element: Sendable {
  var iterator = rows.makeAsyncIterator()
  return try await withWindow(
    of: width, buffer: buffer, stop: stop, isolation: isolation,
    next: { try await iterator.next(isolation: isolation) }, body: body, inOrder: inOrder)
}
