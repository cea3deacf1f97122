/// Sentences for short stories and explainers. `{name1}` is the main person, `{name2}` and `{name3}` two others.
enum StoryTable {
  static let titles = [
    "The [last|first|third] {day1} of {month}", "What {name1} left in the {place}",
    "{name1} and the [missing|unsigned] list",
    "A [short|long] week with {k}", "The {item} of {name2}", "[Nobody|Only {name2}] asked about {k}",
    "{day1}, [before seven|after closing time]", "The {place} at [night|noon|first light]",
    "How {name1} learned to [wait|ask|count]",
    "{n} pages about {k}", "The letter about {j}", "[Two opinions|A bet] on {k}",
  ]

  static let openings = [
    "{name1} unlocked the {place} a little before seven, as on every {day1}, and found the light already on.",
    "nobody had told {name1} that {k} would [take up|fill] most of {month}.",
    "the note on the door of the {place} said only: “About {k}, please ask {name2}.”",
    "on the {day1} when it began, {name1} was counting {item} and had got as far as {m}.",
    "for {n} years {name1} had kept a small book about {k}, and nobody had ever asked to see it.",
    "it was {month}, the {container} were late again, and {name1} had promised to say a few words about {k}.",
    "when {name2} retired, a single drawer of the {place} was left to {name1}.",
    "{name1} did not care for {k} at first, and said so [openly|to anybody who asked].",
    "the telephone rang {n} times before {name1} put down the {item} and answered.",
    "every {day1} {name1} and {name2} argued about {k}, and every {day2} they [made up|had forgotten it].",
  ]

  static let settings = [
    "the {place} was quiet, apart from {name2}, who was sorting {other} by a system that only {name2} understood.",
    "outside, the {helper} stood in the rain and talked about {j}.",
    "in the corner stood the {container}, stacked higher than anybody had allowed.",
    "{name2}, who had worked there longer than all the others, [nodded|looked up] and said nothing.",
    "there was coffee, there was a list, and there was a gap in the list where {name3} should have been.",
    "from the window one could see as far as the {day1} market, and most mornings that was company enough.",
    "a radio played somewhere, and the talk was of {j}, as it had been all week.",
    "the {helper} had gone home, and the {item} lay where they had left them.",
  ]

  static let troubles = [
    "then it turned out that {n} of the {container} held the wrong {item}.",
    "that morning {name3} brought the news: the whole plan for {k} had been moved up by {n} days.",
    "the trouble was {j}, which nobody had thought of.",
    "by noon it was clear that the numbers did not add up: {m} {item} on paper, and far fewer on the shelf.",
    "“We have until {day2},” said {name3}, “and we have not even agreed on what we mean by {k}.”",
    "a visitor asked one simple question about {k}, and not one of the {helper} could answer it.",
    "then the oldest list was found, in a hand that nobody knew, and it contradicted all the others.",
    "{name3} wanted to stop at once, {name2} wanted to go on as before, and both looked at {name1}.",
  ]

  static let middles = [
    "{name1} [took a sheet of paper|sat down], drew two columns, and began with what was certain.",
    "they carried everything to the other side of the room and counted once more, this time aloud.",
    "“Who saw it last?” asked {name1}, and for a while there was only the sound of the rain.",
    "{name2} remembered another {month}, long ago, when the same thing had happened with {other}.",
    "the younger {helper} thought it was a matter of luck; the older ones [said nothing|smiled].",
    "someone made tea, someone else called {name3}, and slowly the room grew calmer.",
    "it took {n} hours, two pots of tea and one apology.",
    "{name1} asked the question that had been avoided all week: what was it all for, this matter of {k}?",
    "what looked like carelessness turned out to be a kindness that nobody had mentioned.",
    "they found {n} reasons, and each of them had a name that belonged to somebody in the room.",
  ]

  static let advice = [
    "“[Remember|You know] what they taught us,” said {name2}. “{fact}” {name1} had heard it before, but never when it mattered.",
    "{name2} opened an old handbook and read one line aloud: “{fact}” It was [underlined twice|the only line underlined].",
    "on the wall hung a card, yellow with age. “{fact}” {name1} had passed it every day and read it now for the first time.",
    "“{fact}” That was all {name3} said, and it was enough to make {name1} start again from the beginning.",
    "{name1} thought of a teacher long ago who used to say: “{fact}” At the time it had sounded like a rule for other people.",
  ]

  static let turns = [
    "after that, the rest was [work|only work], and work was something they knew.",
    "all the {container} were opened, checked and closed again, one after the other.",
    "{name3} was the first to laugh, and then the others did too.",
    "the list was written anew, shorter than before, with a name behind every line.",
    "{name1} telephoned, explained, listened, and crossed out a line.",
    "by evening even {j} had found a place in the plan.",
    "nobody said that {name1} had been right, but somebody had swept the floor of the {place}.",
    "it was not what they had hoped for, and yet it was better than what they had had.",
  ]

  static let endings = [
    "on {day2} {name1} found a note on the door: “About {k}, please ask {name1}.”",
    "“Next time,” said {name2}, “we begin with the counting.” And next time they did.",
    "{name1} locked up, turned round once more, and for the first time that week did not think of {k} at all.",
    "the book about {k} has another owner now, and {n} new pages.",
    "years later {name3} still tells the story, though in {name3}'s version there is more rain.",
    "and if the {item} are ever short again, at least one person will know where to look.",
    "there are grander stories about {k}, but this one is [true in all the parts that matter|the one they tell at the {place}].",
    "“Well,” said {name1} to the empty room, “that was {day1}.”",
  ]

  static let explainerTitles = [
    "{k}, explained [over one cup of coffee|in five minutes|without jargon]", "What is really behind {k}?",
    "Understanding {k}: [a short guide|the essentials]", "{k} and {j} in plain words", "Five minutes on {k}",
    "The quiet side of {f}: a look at {k}", "Where {k} begin{s} and {j} end{js}", "Before you [talk|decide] about {k}",
  ]

  static let explainerOpenings = [
    "{k}: [everybody has heard of it|people mention it in passing], and few could explain it at the dinner table.",
    "ask three people at the {place} about {k}, and you will get {n} answers.",
    "the words are familiar, the matter less so: {k} rest{s} on a handful of simple ideas.",
    "seen from a distance, {k} look{s} like a question of taste; from close by, it follows a few rules.",
    "those who deal with {j} every day meet {k} sooner or later, often without noticing.",
    "this short text sets out what is known, what is argued about, and what you can try for yourself.",
    "no previous knowledge of {f} is needed here, only a little patience.",
    "the best way into {k} is through an example from the {place}.",
  ]

  static let explanations = [
    "that is why people in {f} put so much weight on small, dull routines.",
    "what seems obvious today was often found out by [mistake|accident] and written down much later.",
    "think of {n} {container} of {item}: whoever knows what is in each of them can answer any question in a minute, and whoever does not must open them all.",
    "much of it is a matter of order: the same steps in another sequence lead somewhere else.",
    "the difference between theory and practice shows most plainly with {j}.",
    "none of this makes the matter of {k} simple, but it makes it [easier to talk about|less mysterious].",
    "a good description of {k} says what it is not, as well.",
    "experts disagree on the details, and hardly at all on this.",
  ]

  static let practice = [
    "you can see this for yourself: take an ordinary {day1}, note the time and what happened, and compare after {n} weeks.",
    "in practice, this means to [look first|ask first] and to act afterwards.",
    "at many a {place}, {helper} have learned this the hard way.",
    "a good test is to explain it to somebody who has never heard of {k}; where you stumble, there is something left to learn.",
    "start with what you can [observe|count], and leave the great questions for later.",
    "if two sources contradict each other, look at their dates before you look at their titles.",
    "it is worth keeping [a note|a record] of what surprised you, because surprises are what one learns from.",
    "people who are good at {k} are rarely faster than others, but they seldom have to do a thing twice.",
  ]

  static let explainerEndings = [
    "so the next time {k} come{s} up, you will have at least one good question to ask.",
    "there is more to say, in particular about {j}, but that is for another evening.",
    "and if you remember only one sentence of this, let it be the one you disagreed with.",
    "whoever wants to go on from here should talk to the {helper} before reaching for another book.",
    "the rest is practice, and practice begins at the {place} on {day1}.",
    "that is less than the whole story of {k}, and more than most people ever ask for.",
  ]
}
