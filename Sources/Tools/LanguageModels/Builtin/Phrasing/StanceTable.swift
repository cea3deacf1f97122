import PersonaRecords

/// Sentences for opinions. `{x}` is what is asked about, `{r}` and `{q}` are reasons.
enum StanceTable {
  /// A phrase for what is asked about: the whole of a short one, else a word that stands for it.
  static func subject(of text: String) -> String {
    let line = String(text.split(separator: "\n").first ?? "").trimmingWhitespace()
    let words = line.split(separator: " ")
    guard !words.isEmpty, words.count <= 12, !line.contains("?"), !line.contains(".") else { return "this" }
    let first = words[0]
    // "The", "A" and their like lose their capital inside a sentence, names keep it.
    let isPlain = ["The", "A", "An", "New", "Free", "All", "Our", "No", "More", "Less"].contains(String(first))
    return isPlain ? first.lowercased() + line.dropFirst(first.count) : line
  }

  /// In favour, against, both, neither.
  static let openings = [
    [
      "I am [glad|relieved] to hear of {x}.", "at last: {x}.",
      "I would vote for {x} [tomorrow|without thinking twice].",
      "for once here is a plan that I can support: {x}.",
      "when I heard about {x}, my first thought was of {k}, and it was a good one.",
      "to me, {x} would be a step forward.",
    ],
    [
      "I do not like what I read about {x}.", "{x}: I have seen things like it before, and they ended badly.",
      "nobody who deals with {k} every day would have proposed {x}.", "I would [rather do without|say no to] {x}.",
      "when I heard about {x}, I thought of {k} and shook my head.", "my answer to {x} is no.",
    ],
    [
      "I am of two minds about {x}.", "there is something to be said for {x}, and something against it.",
      "I could live with {x}, if {k} [is|are] left out of it.", "{x} is half a good idea.",
      "ask me about {x} on {day1}, and I will say yes; ask me on {day2}, and I may not.",
    ],
    [
      "to be honest, {x} will not change much for me.", "I have heard of {x} and gone back to work.",
      "others may get excited about {x}; I have {k} to think of.", "{x}? It is far away from the {place}.",
    ],
  ]
  static let grounds = [
    [
      "what counts for me is {r}, and there it would help.",
      "it would do something for {r}, which has been neglected since {month}.",
      "at the {place} we talk about {r} every week, and this is an answer.", "{r} and {q}: both would gain from it.",
      "I see every day what it means when nobody thinks of {r}.",
    ],
    [
      "nobody has told us what becomes of {r}.", "in the end it is {r} that suffers.",
      "it costs more than it brings, and {r} [pays|suffers] first.",
      "those who decided it have never had to worry about {r}.", "I miss a single word about {r} or {q}.",
    ],
    [
      "for {r} it looks good, for {q} I am not so sure.", "it all depends on how {r} is handled.",
      "I would like to see what it does to {r} before I say more.", "the aim is right, but {r} needs more thought.",
    ],
    [
      "as long as {r} stays as it is, I do not mind.", "neither {r} nor my days at the {place} will be any different.",
      "if it ever touches {r}, I will read up on it.",
    ],
  ]
  static let details = [
    "with {k} there is enough to do as it is.", "last {month} we had {n} cases at the {place} that show it.",
    "the {helper} I work with see it [in much the same way|differently, I admit].",
    "I have spent {n} years with {k}, so I know what I am talking about.",
    "think of {n} {item} and nobody to look after them.", "my own work is about {k}, and {j} comes with it.",
    "people outside {f} tend to overlook that.",
  ]
  static let closings = [
    ["I hope it comes soon.", "start with a trial, and start this {month}.", "I would help to bring it about."],
    ["they should think again.", "put the money into {k} instead.", "I will say so at the next meeting."],
    [
      "let us try it for {n} months and look at the figures.", "I would want to hear the {helper} first.",
      "ask me again in a year.",
    ],
    ["let the others decide.", "wake me when it is settled.", "I will manage either way."],
  ]
  static let choices = [
    "I choose “{choice}”.", "my answer is “{choice}”.", "“{choice}”, [without much doubt|after some thought].",
    "if I have to decide, then “{choice}”.", "for somebody with {k} on the table it is “{choice}”.",
    "I would say “{choice}”.",
  ]
  static let panelGrounds = [
    "what decides it for me is {r}.", "I look at {r} first, and at {q} after that.",
    "at the {place} it is all about {r}.",
    "{r} matters more to me than anything else in this.", "when I think of {k}, I think of {r}.",
    "people in {f} have learned to watch out for {r}.",
  ]
}
