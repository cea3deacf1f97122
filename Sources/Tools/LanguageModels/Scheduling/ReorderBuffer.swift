/// Brings results back into the order in which their rows were admitted, and says when the reader must wait.
///
/// Decides only: no task, no clock. Rows that are admitted and not yet delivered never exceed `capacity`; memory is one
/// slot for each.
struct ReorderBuffer<Output> {
  let width: Int
  let capacity: Int
  private(set) var running = 0
  /// Slot `(first + n) % capacity` holds the result of the n-th row that is not yet delivered; nil while it runs.
  private var slots: [Output?]
  private var firstSlot = 0
  /// Number of the first row that is not yet delivered.
  private var firstRow = 0
  private(set) var admitted = 0

  /// - Precondition: 1 ≤ `width` ≤ `capacity`.
  init(width: Int, capacity: Int) {
    precondition(width >= 1 && capacity >= width, "a window of at least 1, and room for it")
    self.width = width
    self.capacity = capacity
    self.slots = Array(repeating: nil, count: capacity)
  }

  /// Whether a slot is free for another row.
  var canAdmit: Bool { running < width && admitted - firstRow < capacity }

  /// Takes in a row; returns its number.
  mutating func admit() -> Int {
    precondition(canAdmit, "no row beyond the window")
    running += 1
    admitted += 1
    return admitted - 1
  }

  /// Row `row` has come to its end; nil as `output` where there is nothing to deliver, which holds back all rows behind it.
  mutating func finish(_ row: Int, with output: Output?) {
    running -= 1
    slots[(firstSlot + row - firstRow) % capacity] = output
  }

  /// The next result in order, once it is there.
  mutating func next() -> Output? {
    guard firstRow < admitted, let output = slots[firstSlot] else { return nil }
    slots[firstSlot] = nil
    firstSlot = (firstSlot + 1) % capacity
    firstRow += 1
    return output
  }
}
