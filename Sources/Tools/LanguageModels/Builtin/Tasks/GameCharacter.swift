import PersonaRecords

/// The character that a persona becomes in a game's world, told by the lore it is given.
enum GameCharacter: BuiltinTask {
  static func accepts(_ request: Request) -> Bool {
    request.schemaName.isEmpty
      && (request.blocks["lore"] != nil || request.asks(for: "Name:", "Role:", "Background:", "Interaction:"))
      && request.instruction.contains("Role:")
  }

  static func answer(_ request: Request) -> String {
    var (world, random) = PersonaWorld.of(request, purpose: "npc")
    let lore = Lore(request.block("lore"))
    let role = role(of: lore, for: world, &random)
    let name = name(&random)
    let names = Weaver.drawn(3, of: lore.names, &random)
    let places = Weaver.drawn(2, of: lore.places.isEmpty ? lore.names : lore.places, &random)
    var weaver = world.weaver
    weaver["hero"] = name
    weaver["lorerole"] = role
    weaver["aLorerole"] = Article.with(role)
    weaver["home"] = places.first ?? "the old harbour"
    let second = places.dropFirst().first ?? names.first { $0 != places.first } ?? places.first ?? "the high road"
    weaver["away"] = second
    weaver["lorename"] = names.first { $0 != places.first && $0 != second } ?? second
    let background = [
      weaver.one(of: CharacterTable.origins, &random), weaver.one(of: CharacterTable.callings, &random),
      weaver.one(of: CharacterTable.secrets, &random),
    ]
    let interaction = [
      weaver.one(of: CharacterTable.meetings, &random), weaver.one(of: CharacterTable.quests, &random),
      weaver.one(of: CharacterTable.rewards, &random),
    ]
    return """
      Name: \(name)
      Role: \(role)
      Background: \(background.map(\.capitalised).joined(separator: " "))
      Interaction: \(interaction.map(\.capitalised).joined(separator: " "))
      """
  }

  /// The role of the lore that shares a word with the persona, else one by chance.
  private static func role(of lore: Lore, for world: PersonaWorld, _ random: inout SeededRandom) -> String {
    guard !lore.roles.isEmpty else { return "wanderer" }
    let own = Set(TextScan(world.persona).tokens.map(\.stem))
    let shared = lore.roles.filter { role in
      TextScan(role.replacing("-", with: " ")).tokens.contains { own.contains($0.stem) && $0.classes.isEmpty }
    }
    return random.pick(shared.isEmpty ? lore.roles : shared) ?? "wanderer"
  }

  private static func name(_ random: inout SeededRandom) -> String {
    var name = heads[random.below(heads.count)]
    if random.below(3) == 0 { name += middles[random.below(middles.count)] }
    name += tails[random.below(tails.count)]
    guard random.below(2) == 0 else { return name }
    return name + " " + bynames[random.below(bynames.count)] + bynameEnds[random.below(bynameEnds.count)]
  }

  private static let heads = [
    "Bre", "Cal", "Dor", "El", "Fen", "Gal", "Hes", "Ir", "Jor", "Kel", "Lor", "Mar", "Nim", "Or", "Per", "Quil", "Ros",
    "Sel", "Tam", "Ul", "Ves", "Wyn", "Yar", "Zem", "Ash", "Bor", "Cor", "Del", "Tor", "Vil",
  ]
  private static let middles = ["a", "en", "i", "or", "ia", "el"]
  private static let tails = [
    "dric", "na", "las", "mira", "wen", "gar", "ton", "via", "rith", "sa", "dan", "lo", "mund", "ra", "beth", "kin",
    "ley",
    "vin", "thea", "bar", "nor", "dis",
  ]
  private static let bynames = [
    "Salt", "Iron", "Reed", "Stone", "Ember", "Thorn", "Mist", "Copper", "Oak", "Fair", "Grey",
  ]
  private static let bynameEnds = ["hand", "brook", "well", "mantle", "field", "foot", "wick", "bridge", "song"]
}

/// What a game's background text says of its roles, places and names.
struct Lore {
  let roles: [String]
  let places: [String]
  /// Names that stand in the lore, places first; each at most once.
  let names: [String]

  init(_ text: String) {
    var roles: [String] = []
    var places: [String] = []
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let rest = Self.list(line[line.index(after: colon)...])
      if Self.roleHeads.contains(Self.head(of: line)) { roles += rest }
      if Self.placeHeads.contains(Self.head(of: line)) { places += rest }
    }
    var names = places
    let prose = text.split(separator: "\n").filter { !Self.isList($0) }.joined(separator: "\n")
    for name in Self.capitalised(in: prose) where !names.contains(where: { $0.contains(name) }) { names.append(name) }
    self.roles = roles.isEmpty ? Self.workers(in: text) : roles
    self.places = places
    self.names = names
  }

  private static let roleHeads: Set<String> = ["roles", "classes", "professions", "races", "role", "callings"]
  private static let placeHeads: Set<String> = ["places", "locations", "regions", "towns", "place"]

  /// The last word before the colon, in small letters.
  private static func head(of line: Substring) -> String {
    guard let colon = line.firstIndex(of: ":") else { return "" }
    return line[..<colon].split { !$0.isLetter }.last.map { $0.lowercased() } ?? ""
  }

  private static func isList(_ line: Substring) -> Bool {
    roleHeads.contains(head(of: line)) || placeHeads.contains(head(of: line))
  }

  private static func list(_ text: Substring) -> [String] {
    text.split(whereSeparator: { $0 == "," || $0 == ";" }).compactMap { part in
      var words = String(part).collapsingWhitespace().split(separator: " ").map { String($0) }
      if words.first == "and" { words.removeFirst() }
      var phrase = words.joined(separator: " ")
      if phrase.last == "." { phrase.removeLast() }
      return phrase.isEmpty || phrase.utf8.count > 60 ? nil : phrase
    }
  }

  /// Runs of capitalised words that do not begin a sentence, in the order of their first place.
  private static func capitalised(in text: String) -> [String] {
    var order: [String] = []
    for line in text.split(separator: "\n") {
      var run: [Substring] = []
      var isStart = true
      func close() {
        if !run.isEmpty {
          let name = run.joined(separator: " ")
          if !order.contains(name) { order.append(name) }
        }
        run = []
      }
      for word in line.split(separator: " ") {
        let bare = word.drop { !$0.isLetter }.prefix { $0.isLetter || $0 == "-" || $0 == "'" || $0 == "’" }
        let isName = (bare.first?.isUppercase ?? false) && bare.count > 2 && !isStart
        if isName { run.append(bare) } else { close() }
        let ends = word.last.map { ".!?:".contains($0) } ?? false
        if ends || (word.last.map { ",;".contains($0) } ?? false) { close() }
        isStart = ends
      }
      close()
    }
    return order
  }

  /// Words of the lore that name a person, where it has no list of roles.
  private static func workers(in text: String) -> [String] {
    var found: [String] = []
    for word in text.split(whereSeparator: { !$0.isLetter && $0 != "-" }) {
      let plain = word.lowercased()
      guard plain.count > 4, plain == word else { continue }
      let singular = plain.hasSuffix("s") ? String(plain.dropLast()) : plain
      let entry = TagLexicon.shared.known(Array(singular.utf8)[...], hash: WordHash.of(singular.utf8))
      if entry.kind == .person, entry.level(of: .noun) ?? 7 <= 2, !found.contains(singular) { found.append(singular) }
    }
    return found
  }
}

/// Sentences for characters; `{hero}`, `{lorerole}`, `{home}`, `{away}` and `{lorename}` come from the lore.
enum CharacterTable {
  static let origins = [
    "{hero} grew up in {home} and came to {away} [with nothing but a bundle of notes|after a hard winter|in search of work].",
    "born within sight of {home}, {hero} was taken on as {aLorerole} [when nobody else wanted the post|at the age of sixteen|after three refusals].",
    "people in {home} remember {hero} as the child who asked about {k} before asking for bread.",
    "{hero} has served {home} for {n} years and still gets lost on the way to {away}.",
    "nobody knows how {hero} reached {home}; the papers say {away}, the accent says otherwise.",
    "the family of {hero} has lived between {home} and {away} since the oldest songs were made.",
  ]
  static let callings = [
    "as {aLorerole}, {hero} is trusted with {k}, and takes it more seriously than any oath.",
    "the work of {aLorerole} suits somebody who [thinks like|has the patience of] {aRole}: careful, stubborn and curious about {k}.",
    "{hero} treats {k} as a craft, keeps records of {j} that nobody else can read, and teaches two apprentices.",
    "where others see only duty, {hero} sees {k}, and fills notebook after notebook with it.",
    "among those of the same calling, {hero} is known for knowing more about {k} than is comfortable.",
    "by day {hero} does what {aLorerole} has to do; by night it is all {k} and {j}.",
  ]
  static let secrets = [
    "few know that {hero} once broke a promise made to {lorename}, and means to make it good.",
    "a debt to {lorename} keeps {hero} from leaving.",
    "{hero} is convinced that the answer to the old quarrel over {lorename} lies in {j}.",
    "the one thing {hero} never talks about is the night when {lorename} was spoken of for the last time.",
    "a sealed letter about {lorename} hangs round {hero}'s neck, and it has not been opened.",
    "{hero} fears that {lorename} will be forgotten, and writes down every story about it.",
  ]
  static let meetings = [
    "players meet {hero} at dusk near {home}, bent over {item} and talking under the breath.",
    "at the first meeting {hero} asks each player one question about {k}, and remembers the answer.",
    "{hero} greets strangers warily, and warms up as soon as somebody mentions {k}.",
    "players who help to carry the {container} from {away} are offered a seat by the fire and an hour of talk.",
    "{hero} speaks first to the quietest player of the group, and only then of {k}.",
    "whoever arrives in {home} at night finds {hero} awake, and glad of company.",
  ]
  static let quests = [
    "for those who listen, there is a task: bring {n} {item} from {away} before the moon changes.",
    "{hero} sends them to {away} to find out who has been tampering with the records of {j}.",
    "the players may ask for help with {k}, but {hero} wants the truth about {lorename} in return.",
    "a choice follows: hand over the notes on {k} to the people of {home}, or keep them hidden in {away}.",
    "{hero} offers a bargain: a safe way to {away} for an honest account of what they saw there.",
    "those who fail at first are sent to gather {other}, and may try again after {n} days.",
  ]
  static let rewards = [
    "success earns {n} silver marks, a map in {hero}'s own hand, and the trust of every {lorerole} in {home}.",
    "in return {hero} teaches them to [read the signs of|make use of] {k}, which opens one hidden way to {away}.",
    "if they lie, {hero} notices, and prices in {home} rise for them.",
    "loyal players learn {hero}'s secret in the end, and must decide what to do with it.",
    "afterwards {hero} gives advice on {j} whenever they pass through {home}.",
    "a player who comes back alone hears a different story, and both cannot be true.",
  ]
}
