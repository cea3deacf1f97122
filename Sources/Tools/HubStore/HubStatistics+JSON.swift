import PersonaRecords

extension HubStatistics {
  /// The statistics as one JSON object, every key always written.
  package var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("rows", rows)
      line.member("segments", segments)
      line.member("bytes", byteCount)
      line.member("furtherOrigins", furtherOrigins)
      line.member("droppedRows", droppedRows)
      line.member("byIteration", byIteration, as: "iteration")
      line.member("byOriginKind", byOriginKind, as: "kind")
      line.member("byModel", byModel, as: "model")
      line.member("byVerb", byVerb, as: "verb")
      line.key("characters")
      line.object { line in
        line.member("shortest", lengths.quantile(0))
        line.member("quarter", lengths.quantile(0.25))
        line.member("median", lengths.quantile(0.5))
        line.member("threeQuarters", lengths.quantile(0.75))
        line.member("longest", lengths.quantile(1))
        line.member("mean", lengths.mean)
      }
      line.key("droppedByReason")
      line.array { line in
        for group in droppedByReason {
          line.object { line in
            line.member("stage", group.stage)
            line.member("reason", group.reason)
            line.member("rows", group.rows)
          }
        }
      }
    }
    return line.text
  }
}

extension HubVerification {
  /// The result as one JSON object, every key always written.
  package var json: String {
    var line = JSONLine()
    line.object { line in
      line.member("isClean", isClean)
      line.member("files", files)
      line.member("rows", rows)
      line.member("droppedRows", droppedRows)
      line.member("furtherOrigins", furtherOrigins)
      line.member("bytes", byteCount)
      line.member("findingCount", findingCount)
      line.key("findings")
      line.array { line in
        for finding in findings {
          line.object { line in
            line.member("file", finding.file)
            line.member("row", finding.row)
            line.member("what", finding.what)
          }
        }
      }
      line.key("garbage")
      line.array { line in for file in garbage { line.value(file) } }
    }
    return line.text
  }
}

extension JSONLine {
  fileprivate mutating func member(_ key: String, _ groups: [HubStatistics.Group], as name: String) {
    self.key(key)
    array { line in
      for group in groups {
        line.object { line in
          line.member(name, group.name)
          line.member("rows", group.rows)
        }
      }
    }
  }
}
