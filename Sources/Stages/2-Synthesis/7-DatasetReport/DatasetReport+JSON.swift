import PersonaRecords

extension DatasetReport {
  /// Everything the page says, and more of the lists, as one JSON object with stable keys; what was not measured is left out.
  package func json() -> String {
    let measures = content.measures
    var line = JSONLine()
    line.object { line in
      line.member("step", "report")
      line.member("title", content.title)
      line.member("key", content.key)
      line.member("rows", measures.rows)
      line.member("unreadable", content.unreadable.total)
      line.counts("unreadableReasons", content.unreadable.ranked)
      line.member("empty", measures.empty)
      line.member("refusals", measures.refusals)
      line.numbers("refusalRows", measures.firstRefusals)
      line.member("exactRepeats", measures.repeats)
      line.numbers("exactRepeatRows", measures.firstRepeats)
      if let copies = content.nearCopies { write(copies, in: &line) }
      line.spread("characters", Spread(measures.characters))
      line.spread("words", Spread(measures.words))
      line.counts("languages", measures.languages.ranked)
      line.counts("openings", measures.openings.top(50).map { ($0.key, $0.entry.count) })
      line.counts("phrases", content.phrases.map { ($0.text, $0.rows) })
      line.member("countsTooLowBy", max(measures.openings.error, measures.phrases.error))
      writeJSONCounts(in: &line)
      if let adherence = content.adherence { write(adherence, in: &line) }
      if !content.adherenceNote.isEmpty { line.member("adherenceNote", content.adherenceNote) }
    }
    return line.text
  }

  private func write(_ copies: NearCopies, in line: inout JSONLine) {
    line.key("nearCopies")
    line.object { line in
      line.member("threshold", copies.threshold)
      line.member("count", copies.count)
      line.member("share", rounded(Double(copies.count) / Double(max(content.measures.rows, 1))))
      line.key("first")
      line.array { line in
        for copy in copies.first {
          line.object { line in
            line.member("row", copy.row)
            line.member("of", copy.of)
            line.member("similarity", rounded(copy.similarity))
          }
        }
      }
    }
  }

  private func writeJSONCounts(in line: inout JSONLine) {
    let json = content.measures.json
    line.key("json")
    line.object { line in
      line.member("begun", json.begun)
      line.member("valid", json.valid)
      line.member("encodedTwice", json.encodedTwice)
      line.member("fenced", json.fenced)
      if content.measures.schema != nil {
        line.member("schema", content.schemaName)
        line.member("keysMatch", json.keysMatch)
        line.member("fitting", json.fitting)
        if let copies = content.nearCopies { line.member("fittingNearCopies", copies.fitting) }
      }
      line.key("failures")
      line.array { line in
        for (reason, entry) in json.failures.top(1_000, least: 1) {
          line.object { line in
            line.member("reason", reason)
            line.member("rows", entry.count)
            line.member("exampleRow", entry.first)
            if let detail = json.details[reason], !detail.isEmpty { line.member("detail", detail) }
          }
        }
      }
    }
  }

  private func write(_ adherence: Adherence, in line: inout JSONLine) {
    line.key("adherence")
    line.object { line in
      line.member("model", adherence.model)
      line.member("measured", adherence.measured)
      line.member("nearerToOwn", adherence.nearer)
      line.member("share", rounded(adherence.share))
      let (low, high) = adherence.interval
      line.member("low95", rounded(low))
      line.member("high95", rounded(high))
      line.member("medianOwn", rounded(adherence.medianOwn))
      line.member("medianOther", rounded(adherence.medianOther))
      line.key("worst")
      line.array { line in
        for row in adherence.worst {
          line.object { line in
            line.member("row", row.row)
            line.member("own", rounded(row.own))
            line.member("other", rounded(row.other))
            line.member("persona", row.persona)
          }
        }
      }
    }
  }

  /// To six decimals: the seventh of a cosine says nothing.
  private func rounded(_ number: Double) -> Double { (number * 1e6).rounded() / 1e6 }
}

extension JSONLine {
  fileprivate mutating func counts(_ key: String, _ counts: [(name: String, count: Int)]) {
    self.key(key)
    object { line in for (name, count) in counts { line.member(name, count) } }
  }

  fileprivate mutating func numbers(_ key: String, _ numbers: [Int]) {
    self.key(key)
    array { line in for number in numbers { line.value(number) } }
  }

  fileprivate mutating func spread(_ key: String, _ spread: Spread?) {
    guard let spread else { return }
    self.key(key)
    object { line in
      line.member("smallest", spread.smallest)
      line.member("quarter", spread.low)
      line.member("median", spread.median)
      line.member("threeQuarters", spread.high)
      line.member("largest", spread.largest)
      line.member("mean", (spread.mean * 1e3).rounded() / 1e3)
    }
  }
}
