import PersonaRecords

/// The things of a persona's world that a problem counts, by sector.
struct MathSetting {
  /// "A paediatric nurse"
  let who: String
  /// "paediatric nurse", for "the paediatric nurse".
  let role: String
  let topic: String
  let item: String
  let other: String
  let container: String
  let place: String
  let helper: String

  init(persona: String, random: inout SeededRandom) {
    self.init(persona: persona, reading: PersonaReading(persona), random: &random)
  }

  /// - Parameter reading: that of the same persona, where it is at hand.
  init(persona: String, reading: PersonaReading, random: inout SeededRandom) {
    let role =
      reading.isForeign
      ? Self.anybody[Int(WordHash.of(text: Array(persona.utf8), seed: 1) % UInt64(Self.anybody.count))]
      : Self.role(of: persona) ?? reading.domain.occupations.first ?? "shop owner"
    self.role = role
    who = Article.starting(role)
    topic = reading.topic
    let rows = Self.rows[reading.domain.id] ?? Self.rows[reading.domain.sector] ?? Self.rows["business"] ?? []
    let row = rows.isEmpty ? Self.spare : rows[random.below(rows.count)]
    item = row[0]
    other = row[1]
    container = row[2]
    place = row[3]
    helper = row[4]
  }

  /// The words of a persona that say who it is: "A retired nurse who …" gives "retired nurse".
  static func role(of persona: String) -> String? {
    var words: [Substring] = []
    let all = PersonaReading.withoutCircumstances(persona).split(separator: " ")
    guard let first = all.first, ["a", "an", "the"].contains(first.lowercased()) else { return nil }
    for word in all.dropFirst() {
      let plain = word.lowercased()
      if stops.contains(plain) || plain.hasSuffix("ing") && !words.isEmpty && !plain.hasPrefix("ring") { break }
      let ends = word.hasSuffix(",") || word.hasSuffix(".") || word.hasSuffix(";")
      words.append(ends ? word.dropLast() : word)
      if ends { break }
      if words.count == 7 { return nil }
    }
    let role = words.joined(separator: " ")
    // "A lover of puzzles" is said of what they love.
    if ["lover", "member", "enthusiast", "collector", "fan"].contains(role) { return nil }
    let letters = role.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || " -'.".unicodeScalars.contains($0) }
    guard !words.isEmpty, role.utf8.count <= 50, letters else { return nil }
    return role
  }

  private static let stops: Set<String> = [
    "who", "that", "with", "in", "on", "for", "from", "at", "of", "whose", "and", "is", "to", "near", "by", "without",
    "about",
    "has", "named", "responsible", "interested", "deeply", "currently", "which", "or", "as", "known", "committed",
    "eager", "moved", "pleased", "glad", "tired", "hurt", "annoyed", "impressed", "grateful", "unconvinced", "weary",
  ]

  /// Who somebody may be of whom only a topic is known.
  private static let anybody = [
    "volunteer", "club secretary", "community organiser", "evening class student", "shop owner",
  ]

  private static let spare = ["parcels", "letters", "boxes", "shop", "assistants"]

  private static let rows: [String: [[String]]] = {
    var rows: [String: [[String]]] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "\t").map { String($0) }
      precondition(fields.count == 6, "a setting has six fields: \(line)")
      rows[fields[0], default: []].append(Array(fields.dropFirst()))
    }
    return rows
  }()

  /// Sector or domain, two countable things, what they come in, where, and who helps.
  private static let table = """
    health\tdressings\tsyringes\tboxes\tclinic\tnurses
    health\tvaccine doses\tblood samples\tcool boxes\thealth centre\tassistants
    health\ttablets\tleaflets\tpackets\tdispensary\tpharmacists
    vet\tpet treats\tcollars\tbags\tanimal shelter\tkeepers
    beauty\tsoap bars\tcombs\tbaskets\tsalon\tstylists
    law\tcase files\twitness statements\tfolders\tlaw office\tclerks
    law\tpages of evidence\tstamped forms\tbinders\tcourthouse\tparalegals
    government\tleaflets\tballot papers\tbundles\ttown hall\tvolunteers
    government\tletters from citizens\tpetitions\ttrays\tministry\tclerks
    military\tration packs\twater bottles\tcrates\tdepot\tsoldiers
    military\tspare parts\tblankets\tpallets\tcamp\tquartermasters
    finance\tinvoices\treceipts\tfolders\tbank branch\taccountants
    finance\tshare certificates\tcontracts\tenvelopes\ttrading office\tanalysts
    business\tparcels\torder forms\tcartons\twarehouse\tpackers
    business\tbrochures\tsamples\tboxes\tshowroom\tsales assistants
    education\texercise books\tpencils\tboxes\tschool\tteachers
    education\tworksheets\tlibrary books\tstacks\tclassroom\tpupils
    childhood\ttoy blocks\tpicture books\tbaskets\tnursery school\tchildren
    community\tfood parcels\tblankets\tcrates\tcommunity centre\tvolunteers
    community\tinvitations\tpaper lanterns\tbundles\tneighbourhood hall\tneighbours
    religion\tcandles\thymn books\tboxes\tparish hall\tchoir members
    science\tsamples\ttest tubes\tracks\tlaboratory\ttechnicians
    science\tmicroscope slides\tmeasurements\ttrays\tresearch station\tstudents
    mathematics\texercise sheets\tproof sketches\tfolders\tmathematics department\tstudents
    astronomy\tsky photographs\tstar charts\tfolders\tobservatory\tobservers
    engineering\tsteel bolts\tgaskets\tcrates\tworkshop\tfitters
    engineering\tsensors\tcables\tcartons\ttest hall\tengineers
    computing\ttest cases\tbug reports\tbatches\tsoftware office\ttesters
    computing\tservers\tdata sets\tracks\tdata centre\tprogrammers
    nature\tseedlings\tnest boxes\ttrays\tnature reserve\trangers
    nature\ttree saplings\tseed packets\tcrates\tbotanical garden\tgardeners
    building\tbricks\troof tiles\tpallets\tbuilding site\tbricklayers
    building\tplanks\tpaving stones\tbundles\ttimber yard\tcarpenters
    transport\ttickets\tparcels\tbundles\tstation\tdrivers
    transport\tspare tyres\toil cans\tpallets\tdepot\tmechanics
    sea\tcod\tcrabs\tfish crates\tharbour\tdeckhands
    sea\tlobster pots\tropes\tpallets\tquay\tfishermen
    farming\tapples\tcabbages\tcrates\tfarm\tpickers
    farming\tegg boxes\tjars of honey\ttrays\tfarm shop\tfarmhands
    food\tbread rolls\tpastries\ttrays\tkitchen\tcooks
    food\tdumplings\tspring rolls\tsteamers\trestaurant\tkitchen assistants
    wine\tbottles of red wine\tbottles of white wine\tcases\twine cellar\tgrape pickers
    home\tcushions\tlampshades\tboxes\tfurniture shop\tfitters
    crafts\tbuttons\tglass beads\tjars\tworkshop\tseamstresses
    crafts\tpatchwork squares\tyarn balls\tbaskets\tstudio\tapprentices
    arts\tprints\tpicture frames\tcrates\tgallery\tassistants
    arts\ttickets\tprogrammes\tbundles\ttheatre\tstage hands
    film\tcinema tickets\tposters\tbundles\tcinema\tushers
    film\tcostumes\tprops\ttrunks\tfilm set\tcrew members
    music\trecords\tconcert tickets\tboxes\tconcert hall\troadies
    music\tsheets of music\tmusic stands\tcases\trehearsal room\tmusicians
    media\tnewspapers\tmagazines\tbundles\tnewsroom\teditors
    sport\tjerseys\ttraining balls\tbags\tclubhouse\tplayers
    sport\tmatch tickets\twater bottles\tboxes\tstadium\tstewards
    travel\ttowels\tkey cards\ttrolleys\thotel\tchambermaids
    travel\ttour maps\tday passes\tboxes\ttourist office\tguides
    play\tgame cards\tdice\tboxes\tgame shop\tplayers
    history\tcoins\tpottery fragments\tdrawers\tmuseum\tguides
    history\told letters\tphotographs\tarchive boxes\tarchive\tarchivists
    """
}
