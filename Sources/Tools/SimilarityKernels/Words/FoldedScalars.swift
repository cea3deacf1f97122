import Foundation

/// The code points of a text after NFKC and full case folding, and NFKC again (folding can leave a letter and a mark
/// that have a common code point, as `H` + macron below does).
///
/// Most texts outside ASCII are in NFKC already: a table tells, so that Foundation is asked for odd texts only.
func foldedScalars(of text: String, table: ScalarTable = .shared) -> [UInt32] {
  var scalars = text.unicodeScalars.map(\.value)
  var mayNormalise = scalars.contains { table[$0].mayNormalise }
  if mayNormalise {
    scalars = text.precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
  }
  guard scalars.contains(where: { table[$0].folds }) else { return scalars }

  var folded: [UInt32] = []
  folded.reserveCapacity(scalars.count + 8)
  for point in scalars {
    if table[point].folds {
      folded += table.folding(of: point)
    } else {
      folded.append(point)
    }
  }
  mayNormalise = mayNormalise || folded.contains { table[$0].mayNormalise }
  guard mayNormalise else { return folded }
  var view = String.UnicodeScalarView()
  // Foldings of code points are code points: nothing is lost here.
  view.append(contentsOf: folded.lazy.compactMap(Unicode.Scalar.init))
  return String(view).precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
}
