extension Double {
  /// The natural logarithm, by a series: the system's differs in the last bit from machine to machine.
  func logarithm() -> Double {
    guard self > 0 else { return -745 }
    var mantissa = significand
    var power = Double(exponent)
    if mantissa > 1.414 {
      mantissa /= 2
      power += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 15, by: 2) {
      sum += term / odd
      term *= square
    }
    return 2 * sum + power * 0.693_147_180_559_945_3
  }
}
