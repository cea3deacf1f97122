/// Lines of a web page that are no part of its text: widgets, embedded posts, captions, requests to the reader.
///
/// They are told by their shape (identifiers joined by hyphens or underscores, a call on a script, no verb and mostly
/// capitals) and by turns of two words that pages say to their visitors.
extension TextScan {
  /// Marks what is left of the page around the text as no words of it.
  mutating func markLeftovers() {
    guard tokens.count >= 30 else { return }
    markScripts()
    markEmbeddedPosts()
    markNotices()
    markReferences()
  }

  /// `_push({ mode: 'thumbnails-c', container: … })`: from the first sign of a script to the bracket that ends it.
  private mutating func markScripts() {
    var depth = 0
    var marks = 0
    var start = 0
    var ranges: [Range<Int>] = []
    for place in bytes.indices {
      switch bytes[place] {
      case 0x7B:
        if depth == 0 { start = place }
        depth += 1
        marks += 1
      case 0x7D where depth > 0:
        depth -= 1
        if depth == 0, place - start < 600 { ranges.append(max(0, start - 60)..<(place + 1)) }
      default: break
      }
    }
    // Source code is all braces, and the text itself.
    guard marks > 0, marks * 60 < tokens.count || marks < 4 else { return }
    for range in ranges where bytes[range].contains(0x3A) && bytes[range].contains(0x27) {
      var first = range.lowerBound
      // Back to the end of the last sentence or line.
      while first < range.upperBound, bytes[first] != 0x0A { first += 1 }
      if first == range.upperBound { first = range.lowerBound }
      for place in tokens.indices where range.contains(Int(tokens[place].start)) && Int(tokens[place].start) >= first {
        tokens[place].isFrame = true
      }
    }
  }

  /// "… — The Daily Beast (@thedailybeast) December 15, 2018": who posted it, and the address of the picture.
  private mutating func markEmbeddedPosts() {
    for place in tokens.indices where tokens[place].hash == Self.pic || tokens[place].hash == Self.retweet {
      let end = Int(tokens[place].end)
      if end < bytes.count, bytes[end] == 0x2E || bytes[end] == 0x20 || bytes[end] == 0x2C {
        tokens[place].isFrame = true
      }
      if place + 1 < tokens.count, tokens[place + 1].hash == Self.twitter { tokens[place + 1].isFrame = true }
    }
  }

  private mutating func markNotices() {
    var first = 0
    while first < tokens.count {
      var last = first
      while last + 1 < tokens.count, tokens[last + 1].sentence == tokens[first].sentence { last += 1 }
      if last - first < 45 {
        for place in first..<max(first, last)
        where Self.notices[WordHash.pair(tokens[place].hash, tokens[place + 1].hash)] {
          // In a long sentence only what is near belongs to it: captions run into the text.
          let range = last - first < 16 ? first...last : max(first, place - 2)...min(last, place + 5)
          for near in range { tokens[near].isFrame = true }
        }
      }
      first = last + 1
    }
  }

  /// An entry of a list of references: initials, a year, pages, and hardly a word that makes a sentence.
  private mutating func markReferences() {
    guard tokens.count > 60 else { return }
    var initials: [Int] = []
    for place in tokens.indices where !tokens[place].isFrame {
      let token = tokens[place]
      if token.end - token.start == 1, token.isCapitalised, Int(token.end) < bytes.count, bytes[Int(token.end)] == 0x2E
      {
        initials.append(place)
      }
    }
    // Six initials within thirty words: a list of people.
    guard initials.count >= 12 else { return }
    for slot in initials.indices.dropLast(5) where initials[slot + 5] - initials[slot] < 30 {
      for place in max(0, initials[slot] - 2)...min(tokens.count - 1, initials[slot + 5] + 2) {
        tokens[place].isFrame = true
      }
    }
  }

  private static let pic = WordHash.of("pic".utf8)
  private static let retweet = WordHash.of("rt".utf8)
  private static let twitter = WordHash.of("twitter".utf8)
  private static let notices: HashTable<Bool> = {
    let turns = """
      read more/hide caption/show caption/story highlights/follow us/share this/click here/view all/needs additional
      additional citations/citation needed/template message/related articles/recommended videos/photos you
      must watch/replay more/watch now/more videos/slideshow photo/read full/use cookies/newsletter sign
      our newsletter/get breaking/rights reserved/privacy policy/related stories/more stories/sponsored content
      story continues/advertisement continue/continue reading/enlarge image/image caption/media caption
      media playback/playback is/photo by/getty images/file photo/image copyright/image source/embed code/share or
      to republish/see related/uploaded date/images format/image title/image dimension/main page/sign in/contact us
      site map/location history/precise location/add location/e-mail to/been disabled/been rented
      """
    var pairs: [UInt64: Bool] = [:]
    for turn in turns.split(whereSeparator: { $0 == "/" || $0 == "\n" }) {
      let words = turn.split(separator: " ")
      pairs[WordHash.pair(WordHash.of(words[0].utf8), WordHash.of(words[1].utf8))] = true
    }
    return HashTable(pairs, empty: false)
  }()
}
