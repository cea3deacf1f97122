package import LanguageModels

/// Decides which of several equal requests is sent, and who gets its reply: events in, answers out, without task or lock.
///
/// A request is announced before the store is asked for its reply, and begins only later, on a task of its own. An equal
/// one may be sent, answered and kept in between; who was announced gets that reply, and is not sent.
///
/// Memory: an entry for each request that is announced or under way.
package struct RequestsUnderWay<Follower> {
  package enum Part {
    /// This one is sent; report `ended`.
    case leads
    /// An equal one is under way; wait for it with `follow`.
    case follows
    /// An equal one came to its end meanwhile.
    case has(ModelReply)
  }

  private struct Announcement {
    var count = 0
    var reply: ModelReply?
  }

  private var followers: [ReplyKey: [Follower]] = [:]
  private var announced: [ReplyKey: Announcement] = [:]

  package init() {}

  /// The store is about to be asked for these.
  package mutating func announce(_ keys: [ReplyKey]) {
    for key in keys { announced[key, default: Announcement()].count += 1 }
  }

  /// A request that was announced will not begin: its reply was found.
  package mutating func dismiss(_ key: ReplyKey) { _ = takeAnnouncement(key) }

  /// - Parameter isAnnounced: whether `announce` was called for it and nothing has followed from that yet.
  package mutating func begin(_ key: ReplyKey, isAnnounced: Bool) -> Part {
    if isAnnounced, let reply = takeAnnouncement(key) { return .has(reply) }
    if followers[key] != nil { return .follows }
    followers[key] = []
    return .leads
  }

  /// - Returns: whether there is still somebody to wait for.
  package mutating func follow(_ key: ReplyKey, _ follower: Follower) -> Bool {
    followers[key]?.append(follower) != nil
  }

  /// The request under way is over, with a reply that is kept or without one.
  /// - Returns: who waits for it.
  package mutating func ended(_ key: ReplyKey, _ reply: ModelReply?) -> [Follower] {
    if let reply { announced[key]?.reply = reply }
    return followers.removeValue(forKey: key) ?? []
  }

  private mutating func takeAnnouncement(_ key: ReplyKey) -> ModelReply? {
    guard let announcement = announced[key] else { return nil }
    if announcement.count > 1 { announced[key]?.count -= 1 } else { announced[key] = nil }
    return announcement.reply
  }
}
