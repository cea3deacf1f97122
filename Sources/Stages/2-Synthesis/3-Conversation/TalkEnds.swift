import PersonaRecords
import SimilarityKernels

/// Signs that a conversation is over.
enum TalkEnds {
  /// Jaccard similarity of words from which on a message is one that was said before.
  private static let same = 0.9

  /// Whether somebody said this before: models that have nothing more to say say the last thing again.
  static func isRepeat(_ text: String, of messages: [Message]) -> Bool {
    let words = Set(orderedWordHashes(of: text))
    for message in messages {
      if message.content == text { return true }
      let other = Set(orderedWordHashes(of: message.content))
      guard !words.isEmpty, !other.isEmpty else { continue }
      let common = words.intersection(other).count
      if Double(common) >= same * Double(words.count + other.count - common) { return true }
    }
    return false
  }

  private static let farewells = [
    "goodbye", "good bye", "bye", "bye for now", "see you", "see you soon", "farewell", "talk to you later",
    "that's all i needed",
    "that is all i needed", "that's everything", "that is everything", "that will be all", "no further questions",
    "have a nice day", "have a good day", "auf wiedersehen", "tschüss", "au revoir", "adiós", "hasta luego",
    "arrivederci", "tchau", "adeus", "до свидания", "再见", "拜拜", "さようなら", "안녕히",
  ].map { Array(orderedWordHashes(of: $0)) }

  /// Whether a short message, or the end of a longer one, takes leave.
  static func isGoodbye(_ text: String) -> Bool {
    guard !text.contains("?"), !text.contains("？") else { return false }
    let words = Array(orderedWordHashes(of: text).suffix(16))
    return farewells.contains { farewell in
      guard !farewell.isEmpty, words.count >= farewell.count else { return false }
      return (0...(words.count - farewell.count)).contains { words[$0..<($0 + farewell.count)].elementsEqual(farewell) }
    }
  }
}
