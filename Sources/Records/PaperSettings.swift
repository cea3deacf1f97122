/// The numbers of the paper, each with its section; defaults elsewhere refer to these.
///
/// Source: arXiv 2406.20094.
public enum PaperSettings {
  /// Section 2.1: what a person may do with a text.
  public static let verbs = ["read", "write", "like", "dislike"]

  /// Section 2.2: rounds of Persona-to-Persona, after the six degrees of separation.
  public static let expansionIterations = 6

  /// Section 2.3: MinHash works on single words.
  public static let shingleLength = 1

  /// Section 2.3: values in one MinHash signature.
  public static let signatureLength = 128

  /// Section 2.3: Jaccard similarity of word sets from which on two personas count as the same.
  public static let surfaceThreshold = 0.9

  /// Section 4.1: the fixed words a math problem starts with.
  public static let mathMarker = "Math problem:"

  /// Section 4.1: a problem has at most this many parts.
  public static let maximumSubProblems = 2
}
