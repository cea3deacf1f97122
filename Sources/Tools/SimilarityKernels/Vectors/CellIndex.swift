/// Kept rows as short vectors in panels, by cell: what further rows are compared with.
///
/// Memory: 4 × length + 4 bytes for each row, and on average half a panel for each cell.
@safe final class CellIndex {
  let panels: VectorPanels
  private(set) var rowCount = 0
  private var panelsOfCell: [[Int]]
  private var filled: [Int]

  init(cells: Int, length: Int) {
    panels = VectorPanels(dimension: length)
    panelsOfCell = Array(repeating: [], count: cells)
    filled = Array(repeating: 0, count: cells)
  }

  /// Panels of a cell, rows ascending if they were added so.
  func panels(of cell: Int) -> [Int] { panelsOfCell[cell] }

  func rows(in cell: Int) -> Int { filled[cell] }

  func add(_ vector: UnsafePointer<Float>, row: Int, cell: Int) {
    let column = filled[cell] % VectorPanels.width
    if column == 0 { panelsOfCell[cell].append(panels.add()) }
    // Safe: the caller's vector has the panels' dimension.
    unsafe panels.put(vector, owner: row, panel: panelsOfCell[cell][filled[cell] / VectorPanels.width], column: column)
    filled[cell] += 1
    rowCount += 1
  }
}
