/// Words that hint at a genre.
enum Cues {
  enum Kind: Int, CaseIterable {
    case recipe, film, product, app, venue, opinion, firstPerson, thirdPerson, news, said, research, legal, speech,
      forum
    case instructions, advert, encyclopedia, biography, plot, textbook, patent
  }

  static func counts(in scan: TextScan) -> [Int] {
    var counts = [Int](repeating: 0, count: Kind.allCases.count)
    for token in scan.tokens where !token.isFrame {
      var marks = table[token.hash]
      while marks != 0 {
        counts[marks.trailingZeroBitCount] += 1
        marks &= marks - 1
      }
    }
    return counts
  }

  private static let table: HashTable<UInt32> = {
    var marks: [UInt64: UInt32] = [:]
    for line in words.split(separator: "\n") {
      let fields = line.split(separator: "\t")
      guard fields.count == 2, let kind = Kind.allCases.first(where: { "\($0)" == fields[0] }) else {
        preconditionFailure("a line of cues names its kind: \(line)")
      }
      for word in fields[1].split(separator: " ") {
        marks[WordHash.of(word.utf8), default: 0] |= 1 << UInt32(kind.rawValue)
      }
    }
    return HashTable(marks, empty: 0)
  }()

  private static let words = """
    recipe\tcup cups tablespoon tablespoons teaspoon teaspoons tbsp tsp oven preheat simmer stir minced chopped diced ounce ounces oz whisk bake skillet saucepan garlic drain boil marinate drizzle garnish peeled sliced sprinkle clove flour sugar salt pepper butter dough pan bowl sauce baking cream cooked bake whisk pour spread oil egg eggs refrigerate medium-high
    film\tfilm movie films movies actor actors actress acting director cinema cast scenes scene screenplay script hollywood starring sequel flick cinematography plot character characters performance performances audience comedy thriller
    product\tproduct bought purchased amazon ordered item arrived shipping refund returned packaging money quality cheap sturdy battery warranty customer cd dvd album book author read listen pages fits size color gift recommend
    app\tapp apps phone update updated install installed uninstall widget crashes crash android version login wifi screen ads download feature features working stars notification notifications fix
    venue\tfood service restaurant place waitress waiter staff menu delicious ordered server table hotel room drinks pizza lunch dinner atmosphere prices parking location store visit salon appointment manager friendly
    opinion\tgreat good bad best worst love loved hate hated terrible awful excellent amazing awesome boring disappointed disappointing wonderful horrible perfect recommend worth waste fun enjoyed enjoy nice liked favorite poor unfortunately funny dull brilliant annoying entertaining pretty really definitely
    firstPerson\ti my me i'm i've i'd we our us mine myself
    thirdPerson\the she his her him they them their himself herself
    news\tpolice government minister president officials reuters ap afp yesterday monday tuesday wednesday thursday friday saturday sunday spokesman spokeswoman percent cnn bbc arrested election announced reported reportedly according earlier week told killed reporters
    said\tsaid says told added
    research\tabstract propose proposed paper results experiments experimental algorithm method approach approaches et al fig figure table dataset evaluation analysis performance significant study hypothesis novel framework empirical demonstrate sect previously literature respectively investigate studied obtained
    legal\tshall article hereby pursuant herein court plaintiff defendant rights statute thereof party parties agreement provision provisions entitled clause jurisdiction appellant law act section license
    speech\tcitizens fellow americans nation congress liberty duty peace freedom constitution bless countrymen america union prosperity republic president's senate
    forum\tquestion tried trying error help anyone problem code thanks how why does edit solution possible wondering advice please
    instructions\tclick step steps select press install open follow instructions guide tips first then next make sure using choose
    advert\tour we your contact services offer quality customers professional call best buy free online company today shop shipping price products order experience team solutions provide
    encyclopedia\tlocated species genus album released founded village population district county known headquartered historic episode town river museum municipality peninsula province census situated administrative
    biography\tborn died educated married career elected professor graduated retired awarded served birth death played politician footballer appointed nationality alma
    plot\tkills discovers murder falls escapes reveals decides wife husband killed finds daughter returns tells friend leaves house meets love gang attempts arrives father dies marries police
    textbook\tcalled cells energy organisms plants animals example water types molecules occurs known humans atoms process earth temperature blood substances form located contains light chemical
    patent\tinvention embodiment embodiments claim claims apparatus disclosed disclosure
    """
}
