extension WordLists {
  /// English words for people that do not end like the name of a trade (-er, -or, -ist, -ian, -man, -eer …).
  static let persons = """
    academic accomplice accountant addict adept adolescent adult advocate agent aide alumna alumni alumnus amateur
    ambassador analyst ancestor apprentice architect archbishop aristocrat artisan assistant astronaut athlete attendant
    attorney aunt authority baby bachelor barista bard bassist beggar beginner being bishop boss boy boyfriend bride
    buff bureaucrat butler cadet candidate captain caregiver carer celebrity ceo cfo champion chap chauffeur chef chief
    child children citizen clergy clerk client coach co-founder colleague collective combatant commander commuter
    companion competitor composer comrade connoisseur conscript constable consultant contestant convict cook cop
    coroner correspondent couple courier cousin coworker critic crew cto culprit curator customer cyborg dad daughter
    deacon dean debutante defendant delegate deputy descendant detective diplomat diva dj doc doctor dropout elder emcee
    emigrant emeritus employee enthusiast entrepreneur envoy executive expat expatriate expert explorer fan fanatic fans
    father female fiancé fiancée figure folk folks foodie founder freak freshman friend friends freelance freelancer
    gang geek general genius girl girlfriend godfather godmother gourmand graduate grad grandchild granddaughter
    grandfather grandma grandmother grandpa grandparent grandson grandmaster group guard guardian guest guide guru guy
    half-brother head headmaster heir hero hermit hobbyist homemaker host hostess household housewife human husband
    identity idol imam immigrant individual individuals infant informant inhabitant inmate intern introvert invalid
    islander jock judge junior juror kid kids king knight laborer lad lady landlady landlord lass lawyer layman
    layperson leader legend librarian lifeguard locals lord lover machinist maestro magistrate magnate maid male man
    maniac marine mate maven mayor mechanic medic member mentor mercenary merchant migrant millennial millionaire
    minister minor missionary model mom mother mum musician muslim nanny native neighbor neighbour neighbourhood nemesis
    nephew nerd newbie newcomer niece nomad novice nun nurse occupant offspring official old-timer operative opponent
    optometrist orphan outcast outsider overseer owner parent parents participant partner passenger patient patron
    peasant pediatrician pedestrian peer pensioner people person personality persons pharmacist physician pilgrim pilot
    pioneer playwright poet polyglot pope practitioner president priest prince princess principal prodigy professional
    professor prophet proponent protagonist prosecutor psychic pundit pupil purist pythonista queen rabbi recipient
    recruit refugee regular relative representative resident residents retiree rival rookie roommate royalty saint
    savant scholar scientist scout secretary senator senior serf sergeant servant settler shaman sheriff sibling siblings
    sister skeptic sceptic soldier sommelier son soprano specialist spectator spokesperson spouse squad staff stepfather
    stepmother stan star steward student students stylist sufferer sultan superintendent surgeon survivor suspect
    sympathizer team teammate technician teen teenager tenant tenor toddler tourist trainee traitor trio triplets
    troupe tutor tween twin twins tycoon uncle undergraduate user vet veteran vicar victim vigilante villager virtuoso
    visionary visitor vlogger vip volunteer voter waif warden ward whiz widow widower wife witness wizard woman women
    worker yogi youngster youth zealot family families brother brothers sisters friendless dwarf elf alien peers
    persona personas crowd committee panel board firm company agency organization organisation institution corporation
    startup union club band choir community society council association cooperative collective department ministry
    """

  /// Words for people, in languages other than English, that stand at the start of many descriptions.
  static let personsElsewhere = """
    person mensch frau mann kind lehrerin lehrer studentin schüler personne homme femme enfant étudiant étudiante
    persona hombre mujer niño niña estudiante pessoa homem mulher estudante uomo donna ragazzo ragazza studente osoba
    kobieta mężczyzna человек женщина мужчина студент студентка kişi kadın adam öğrenci mtu mwanamke mwanaume
    """

  /// Nouns of people that also end words of other kinds, taken as people all the same.
  static let plainPersons = """
    buyer seller farmer teacher writer reader player singer dancer driver baker butcher miner lover gamer coder maker
    believer activist major speaker chair fanboy fangirl caretaker homeowner shopkeeper beekeeper goalkeeper
    """

  /// Trades and titles under which people are known to the public; their names are no private data.
  static let publicRoles = """
    actor actress singer songwriter musician rapper composer conductor pianist violinist guitarist drummer band author
    novelist poet writer playwright journalist broadcaster presenter anchor politician president minister senator
    congressman congresswoman mayor governor chancellor king queen prince princess emperor empress pope bishop saint
    philosopher physicist chemist mathematician biologist economist scientist scholar professor researcher inventor
    astronaut general admiral footballer player quarterback striker goalkeeper midfielder coach athlete swimmer runner
    cyclist boxer wrestler gymnast skater skier driver champion olympian director filmmaker producer screenwriter
    comedian artist painter sculptor photographer architect designer model chef ceo cto cfo founder co-founder executive
    chairman chairwoman billionaire entrepreneur investor activist celebrity influencer youtuber vlogger host star
    legend laureate founder historian strategist explorer detective character protagonist hero heroine wizard knight
    theologian commissioner ambassador diplomat judge justice deputy officer psychologist economist nutritionist
    """

  /// Words that end in -er, -or, -ist, -ian and name nobody.
  static let noTrades = """
    after other another over under never ever however together rather either neither number order matter paper water
    power river computer letter chapter weather whether better larger greater higher lower longer shorter older younger
    newer faster slower smaller bigger deeper later former latter earlier further farther sooner closer stronger weaker
    cheaper easier harder wider easter december november october september summer winter fever cancer liver finger
    shoulder corner center centre layer laser meter filter buffer server router printer scanner charger adapter
    container folder header footer pointer register counter timer transformer cluster answer offer danger hunger anger
    border cover dinner supper butter pepper ginger sugar silver copper leather tower theater poster newsletter folder
    sensor factor vector sector motor rotor tractor reactor error mirror color colour flavor flavour behavior behaviour
    door floor indoor outdoor minor major interior exterior prior superior inferior humor humour honor labor favor
    terror horror tumor vapor odor exist list twist mist consist resist persist gist fist assist list checklist
    asian indian italian russian brazilian egyptian iranian canadian australian american african european german
    christian median ratio civilian gender wonder remember consider deliver discover prefer transfer refer enter
    require per super hyper inner outer upper proper clever eager bitter sober tender cyber amber timber lumber rubber
    """
}
