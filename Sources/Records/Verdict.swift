/// What a filter or a dedup says about one row; a later step acts on it.
public struct Verdict: JSONLineRecord, Equatable {
  /// Id of the row judged.
  public var id: String
  /// The step that judged, for example `quality-filter`.
  public var stage: String
  public var keep: Bool
  /// The rule's name when the row is dropped, else `""`.
  public var reason: String
  /// For duplicates: id of the kept row this one repeats.
  public var representative: String
  /// For duplicates: similarity to the representative, of the kind the stage measures.
  public var similarity: Double

  public init(
    id: String, stage: String, keep: Bool, reason: String = "", representative: String = "", similarity: Double = 0
  ) {
    self.id = id
    self.stage = stage
    self.keep = keep
    self.reason = reason
    self.representative = representative
    self.similarity = similarity
  }

  public func write(to line: inout JSONLine) {
    line.object { line in
      line.member("id", id)
      line.member("stage", stage)
      line.member("keep", keep)
      line.member("reason", reason)
      line.member("representative", representative)
      line.member("similarity", similarity)
    }
  }

  public init(json: JSONValue) throws(Problem) {
    self.init(
      id: try json.string("id"), stage: try json.string("stage"), keep: json["keep"]?.boolValue ?? true,
      reason: try json.string("reason"), representative: try json.string("representative"),
      similarity: try json.double("similarity"))
  }
}
