import PersonaRecords

/// An article as a question-and-answer site has them: `Title: …`, then `Article: …` in paragraphs.
enum KnowledgeArticle: BuiltinTask {
  static func accepts(_ request: Request) -> Bool { request.asks(for: "Title:", "Article:") }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "knowledge")
    if world.isChinese { return ChineseWriter.article(world, &random, section: "Article") }
    let title = world.weaver.one(of: ArticleTable.titles, &random)
    let facts = Weaver.drawn(3, of: SectorFacts.facts(of: world.sector.name), &random)
    var paragraphs: [String] = []
    let parts = [ArticleTable.openings, ArticleTable.plans, ArticleTable.measures, ArticleTable.mistakes]
    for (place, part) in parts.enumerated() {
      var sentences = world.weaver.some(2, of: part, &random)
      if place > 0, place - 1 < facts.count { sentences.insert(facts[place - 1], at: random.below(3)) }
      paragraphs.append(sentences.map(\.capitalised).joined(separator: " "))
    }
    paragraphs.append(world.weaver.one(of: ArticleTable.endings, &random).capitalised)
    return "Title: \(title.capitalised)\nArticle: \(paragraphs.joined(separator: "\n\n"))"
  }
}

/// Sentences for articles: true whatever the topic is, since they speak of how to go about it.
enum ArticleTable {
  static let titles = [
    "{k}: what {n} years in {f} [taught me|have shown]", "How to get started with {k} without losing sight of {j}",
    "What [most guides leave out|people overlook] about {k}", "{k} and {j}: how the two [hang together|are connected]",
    "A [sober|practical|plain] look at {k} for people in {f}",
    "Why [plans for|efforts around|hopes for] {k} so often disappoint, and what helps",
    "{n} questions to ask before you [rely on|spend money on] {k}", "How do you know that your work on {k} pays off?",
    "{k} in everyday practice: notes from the {place}", "Which mistakes with {k} cost the most time?",
    "Planning for {k} when {j} cannot wait", "What should a newcomer to {f} know about {k}?",
  ]

  static let openings = [
    "questions about {k} come up [again and again|almost every week], and the usual answers are either too general or meant for somebody else.",
    "[in {f}|among people in {f}], {k} {is} a subject on which everybody has an opinion and few have notes.",
    "I came to {k} by way of {j}, which is why I look at it from the practical side.",
    "there is no single right way to handle {k}, but there are [several|a few] wrong ones, and most of them are easy to avoid.",
    "what follows is [a summary|the short version] of what has held up at our {place} over the years.",
    "the first thing to settle is what {k} {is} supposed to be good for, since the answer decides nearly everything else.",
    "whoever [reads up on|asks around about] {k} soon finds two camps; both are right about something.",
    "it helps to [keep {k} and {j} apart|look at {k} and {j} one at a time], although they tend to appear together.",
    "[much|a lot] of what is written on {k} comes from people who do not have to live with the results.",
    "this is written for readers who already know the basics of {f} and want to go one step further with {k}.",
    "the interest in {k} comes and goes, yet the problems behind it stay [remarkably|much] the same.",
    "when somebody at the {place} asks me where to begin with {k}, I answer with a question: what has to be different in three months?",
  ]

  static let plans = [
    "write down in one sentence what you want to achieve with {k}, and show it to somebody who [was not in the room|does not share your enthusiasm].",
    "begin with a small trial that can be undone: one week, one room, one group of {helper}.",
    "a plan for {k} should name who does what, by when, and what will be left out.",
    "leave about a [fifth|quarter] of the time free, because something from {j} will get in the way.",
    "list what you already have (people, tools, {item}) before you list what you would like to buy.",
    "decide early who may say no; work on {k} that everybody can stop is never finished.",
    "divide the work into pieces of [one or two days|half a week], so that a delay shows while it is still small.",
    "ask the {helper} first, for they [see|notice] every day what others only read about.",
    "set a date for the decision to go on or to stop, and keep it even if nobody asks.",
    "settle {j} before you start, since it is [hard|costly] to add later.",
    "if you have to choose, put reliability before [speed|size]: a modest result that lasts is worth more.",
    "keep the first version so simple that it can be explained [on one page|in two minutes].",
  ]

  static let measures = [
    "choose two or three figures that you can collect without extra work, and write them down before anything changes.",
    "without a starting value nobody can say later whether things got better [or worse|at all].",
    "an average hides a great deal; look at the best and the worst [week|case] as well.",
    "count at the same time of day and in the same way, otherwise you measure your counting.",
    "ask people what they do, and then watch; the difference is [often|usually] the most useful result.",
    "a simple table with a date, a number and a remark has outlived every elaborate system that we tried for {k}.",
    "compare yourself with last year rather than with others, whose [conditions|circumstances] you do not know.",
    "keep the notes on what did not work, since they [save the next person|spare your successor] months.",
    "if a figure cannot change any decision about {k}, stop collecting it.",
    "look at costs and at hours: what seems cheap may simply be paid for in time.",
    "let somebody else check the numbers [once a month|now and then], because we all see what we hope to see.",
    "take {j} into account when you read the figures, for it explains many of the outliers.",
  ]

  static let mistakes = [
    "the most common mistake is to start with the solution and to look for the problem later.",
    "another one is to copy what worked elsewhere without asking why it [worked|was done].",
    "people underestimate how long it takes until {helper} have made a new habit their own.",
    "too many changes at once make it impossible to say which of them helped.",
    "advice on {k} that promises a result in a few days deserves [doubt|a second look].",
    "do not hide setbacks; a problem that is [mentioned early|told in time] is a small one.",
    "money is seldom what is missing first; clear responsibility is.",
    "nobody can do justice to {k} and {j} on the same afternoon, so plan them apart.",
    "rules that are known only to one person leave with that person.",
    "if the same trouble with {k} comes back three times, look for its cause and not for a quicker repair.",
    "whoever only talks to people of the same opinion learns [nothing new|little] about {k}.",
    "beware of tools that need more care than the work they are meant to save.",
  ]

  static let endings = [
    "if you take away one thing, let it be this: [start small|begin modestly], write down what happens, and change one thing at a time.",
    "none of this is [spectacular|new], but it is what keeps people going when the first enthusiasm is gone.",
    "I would be glad to read how others in {f} deal with {k}, in particular where their experience differs from mine.",
    "for anything that touches health, law or large sums, ask somebody who is liable for the answer.",
    "in the end {k} {is} less a matter of talent than of [patience|regular work] and honest notes.",
    "try it for [a month|four weeks], then read this again and cross out what did not fit your {place}.",
    "those who have kept at it for a year hardly ever go back, which may be the best argument there is.",
    "and do ask for help: people who know {k} well [like|are usually happy] to explain it.",
  ]
}
