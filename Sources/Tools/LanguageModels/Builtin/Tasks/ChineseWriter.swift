import PersonaRecords

/// The tasks that also write Chinese, for personas in Chinese; markers and section names stay as the recipe has them.
enum ChineseWriter {
  static func article(_ world: PersonaWorld, _ random: inout SeededRandom, section: String) -> String {
    let weaver = ChineseWorld.weaver(for: world, &random)
    let title = weaver.one(of: ChineseTable.titles, &random)
    var paragraphs: [String] = []
    for part in [ChineseTable.openings, ChineseTable.plans, ChineseTable.mistakes] {
      paragraphs.append(weaver.some(3, of: part, &random).joined())
    }
    paragraphs.append(weaver.one(of: ChineseTable.endings, &random))
    return "Title: \(title)\n\(section): \(paragraphs.joined(separator: "\n\n"))"
  }

  static func puzzle(_ world: PersonaWorld, _ random: inout SeededRandom, isSpatial: Bool) -> String {
    let weaver = ChineseWorld.weaver(for: world, &random)
    let count = 5
    let spots = ["一", "二", "三", "四", "五"].map { "第" + $0 }
    let words = isSpatial ? ChineseTable.shelfWords(spots) : ChineseTable.queueWords(spots)
    let puzzle = OrderPuzzle(count: count, groups: 1, &random) { words.tells($0) }
    let names =
      isSpatial
      ? Weaver.drawn(count, of: ["台灯", "闹钟", "花瓶", "水壶", "相机", "收音机", "地球仪", "工具箱", "茶叶罐", "雨伞"], &random)
      : Weaver.drawn(count, of: ChineseWorld.names, &random)
    var opening = weaver.one(of: isSpatial ? ChineseTable.shelves : ChineseTable.queues, &random)
    opening = opening.replacing("〔全〕", with: names.dropLast().joined(separator: "、") + "和" + (names.last ?? ""))
    let clues = words.sentences(puzzle.clues, names: names, &random)
    let spot = random.below(count)
    let question = isSpatial ? "请问从左边数\(spots[spot])件东西是什么？" : "请问\(spots[spot])个到的是谁？"
    let lines = clues.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
    return "\(opening)已知：\n\(lines)\n\(question)"
  }

  static func labelled(_ world: PersonaWorld, label: String, _ random: inout SeededRandom) -> String {
    let weaver = ChineseWorld.weaver(for: world, &random)
    let rows = ChineseTable.labelled[LabelTable.kind(of: label)] ?? ChineseTable.labelled["neutral"] ?? []
    return weaver.one(of: rows, &random) + weaver.one(of: ChineseTable.tails, &random)
  }

  static func scene(_ world: PersonaWorld, _ random: inout SeededRandom) -> String {
    let weaver = ChineseWorld.weaver(for: world, &random)
    let one = weaver["人"]
    let other = one == "邻居" ? "访客" : "邻居"
    var pairs = [weaver.one(of: ChineseTable.sceneOpenings, &random)]
    pairs += weaver.some(1 + random.below(3), of: ChineseTable.sceneMiddles, &random)
    pairs.append(weaver.one(of: ChineseTable.sceneEndings, &random))
    var lines = ["Scene: " + weaver.one(of: ChineseTable.scenePlaces, &random)]
    for pair in pairs {
      let speech = pair.split(separator: "/").map { String($0).trimmingWhitespace() }
      lines += ["\(other): \(speech[0])", "\(one): \(speech[1])"]
    }
    return lines.joined(separator: "\n")
  }

  static func reaction(_ world: PersonaWorld, kind: Int, _ random: inout SeededRandom) -> String {
    let weaver = ChineseWorld.weaver(for: world, &random)
    return weaver.one(of: ChineseTable.stances[kind], &random) + weaver.one(of: ChineseTable.grounds, &random)
      + weaver.one(of: ChineseTable.tails, &random)
  }
}
