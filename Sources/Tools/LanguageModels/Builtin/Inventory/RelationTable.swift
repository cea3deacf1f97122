/// Who stands beside whom: sector, relation, the other person; tab-separated.
///
/// `{k}` is the topic that the first persona brings along, `{f}` its field. Sector `any` fits everybody. People of low
/// visibility stand here on purpose: the cleaner, the child, the man at the gate.
enum RelationTable {
  static let table = """
    health\tpatient\tpatient who has had to learn about {k} the hard way
    health\tcolleague\tshift colleague in a crowded clinic who shares the cases that involve {k}
    health\tmedical supplier\tmedical supplies salesperson whose order book depends on {k}
    health\tpatient's mother\tmother of a chronically ill child who asks precise questions about {k}
    health\tnight cleaner\tnight cleaner on a hospital corridor who overhears every talk about {k}
    health\ttrainee\tnursing trainee who takes notes on {k} between two shifts
    health\tpharmacist\tvillage pharmacist who is often asked about {k}
    health\tmedical interpreter\tmedical interpreter who explains {k} to newcomers in their own language
    law\tclient\tworried client who needs somebody to explain {k} without jargon
    law\tcourt clerk\tcourt clerk who files every document on {k}
    law\tcellmate\tformer prisoner who learned about {k} behind bars
    law\topposing counsel\topposing lawyer who has lost two cases about {k}
    law\twitness\treluctant witness whose statement touches {k}
    law\tvictim's sister\tsister of a crime victim who now knows more about {k} than she ever wished
    law\tcourt usher\tcourt usher near retirement who has seen every sort of argument about {k}
    government\tconstituent\tconstituent who writes letters about {k} to every office in the capital
    government\tpress aide\tyoung press aide who prepares briefing notes on {k}
    government\tdriver\tofficial driver who hears unguarded remarks about {k} on the back seat
    government\tlobbyist\tlobbyist who arranges dinners to talk about {k}
    government\topponent\tlocal opposition councillor who objects to every plan about {k}
    government\tprotester\tstudent protester with a home-made banner about {k}
    military\tcomrade\tformer comrade who still wakes at night and talks about {k}
    military\tspouse at home\tspouse at a garrison who raises two children alone and follows news of {k}
    military\tmechanic\tdepot mechanic who keeps old vehicles running and knows the practical side of {k}
    military\tchild\tteenage child of a soldier, in the fourth school in six years, who writes essays about {k}
    military\tvillager\tvillager living beside a training ground who is directly affected by {k}
    military\tfield cook\tfield cook who feeds three hundred people and has opinions on {k}
    finance\tclient\tcautious saver who asks for a plain account of {k}
    finance\tintern\tsummer intern who builds spreadsheets about {k}
    finance\tauditor\texternal auditor who double-checks every figure concerning {k}
    finance\tdebtor\tindebted shopkeeper who feels the effects of {k} in the till
    finance\tsecurity guard\tsecurity guard in a bank lobby who invests a little and reads about {k}
    finance\tjournalist\tbusiness journalist who calls every week for a quote on {k}
    business\tcustomer\tlong-standing customer who has firm expectations about {k}
    business\tsupplier\tfamily-run supplier that lives from orders connected with {k}
    business\twarehouse worker\twarehouse worker on the late shift who packs everything to do with {k}
    business\tcompetitor\tlocal competitor who tries to be first with {k}
    business\treceptionist\treceptionist who answers all calls about {k}
    business\tapprentice\tcommercial apprentice whose training project is about {k}
    business\tcourier\tbicycle courier who delivers papers on {k} from door to door
    education\tstudent\tstudent who stays behind after class to ask about {k}
    education\tparent\tsingle parent who helps with homework on {k} in the evening
    education\tcaretaker\tschool caretaker who has picked up a lot about {k} while mending the lights
    education\tlibrarian\tlibrarian who orders every new book on {k}
    education\tformer pupil\tformer pupil, now grown up, who chose a profession because of lessons on {k}
    education\texaminer\texternal examiner who sets tricky questions about {k}
    education\tschool cook\tschool cook who hears the children talk about {k} in the lunch queue
    community\tneighbour\tretired neighbour who passes on news about {k} over the garden fence
    community\tvolunteer\tunpaid volunteer who spends two evenings a week on {k}
    community\tcaseworker\toverworked caseworker with a file full of notes on {k}
    community\tchild\tquiet ten-year-old who draws pictures about {k}
    community\tbeggar\tbeggar outside the market hall who knows everyone concerned with {k}
    community\thome carer\tlive-in home carer from abroad who reads about {k} to an old lady
    community\tcafé owner\tcorner café owner whose guests argue about {k}
    religion\tparishioner\telderly parishioner who asks about {k} after every service
    religion\torganist\tpart-time organist who has set words about {k} to music
    religion\tsexton\tsexton who looks after an old churchyard and thinks a lot about {k}
    religion\tdoubter\tdoubting teenager who wants honest answers about {k}
    religion\tmissionary\treturned missionary with many letters about {k}
    science\tlaboratory technician\tlaboratory technician who prepares the samples needed to study {k}
    science\tresearch student\tdoctoral student who spends the nights measuring data on {k}
    science\tstudy participant\tvolunteer in a research study who became curious about {k}
    science\tinstrument maker\tinstrument maker who builds one-off equipment for work on {k}
    science\treviewer\tstern journal reviewer who asks for another experiment on {k}
    science\tscience journalist\tscience journalist looking for a simple picture of {k}
    science\tlaboratory cleaner\tlaboratory cleaner who is careful with everything that has to do with {k}
    science\tgrant officer\tgrant officer who must decide whether {k} deserves money
    engineering\tsite foreman\tsite foreman who has to make plans about {k} work in the rain
    engineering\tapprentice\tsecond-year apprentice who keeps a notebook on {k}
    engineering\tsafety inspector\tsafety inspector who writes long reports on {k}
    engineering\tparts supplier\tparts supplier who knows every catalogue number connected with {k}
    engineering\tplant neighbour\tneighbour of an industrial plant who worries about {k}
    engineering\tnight operator\tnight-shift operator who watches the dials and learns about {k}
    engineering\tcustomer\tpurchasing manager who negotiates contracts on {k}
    computing\tend user\timpatient end user who depends on {k} without knowing it
    computing\ttester\tpatient tester who finds the rare failures in {k}
    computing\tproduct owner\tproduct owner who has to explain {k} to the board
    computing\topen-source contributor\topen-source contributor on another continent who sends patches about {k}
    computing\tdata centre guard\tnight guard at a data centre who takes online courses on {k}
    computing\tannotator\tdata annotator paid by the piece who labels examples of {k}
    computing\tstudent\tself-taught student who watches every recorded talk on {k}
    computing\tsupport agent\ttelephone support agent who calms people upset about {k}
    nature\tpark ranger\tpark ranger who guides school classes and explains {k}
    nature\tfarmer next door\tneighbouring farmer who sees {k} as a nuisance
    nature\tbirdwatcher\tbirdwatcher with thirty years of diaries that mention {k}
    nature\tseed seller\tmarket seller of seeds and seedlings who gives advice on {k}
    nature\therbalist\tvillage herbalist with a family tradition around {k}
    nature\tpoacher\treformed poacher who now earns a living with {k}
    building\tclient\tfirst-time house builder who lies awake over {k}
    building\tday labourer\tday labourer hired at dawn who has done the heavy work behind {k}
    building\tbuilding inspector\tmunicipal building inspector with strict views on {k}
    building\ttimber merchant\ttimber merchant who gives credit to everyone in {k}
    building\ttenant\tground-floor tenant who lives with the dust and noise of {k}
    building\tcrane driver\tcrane driver who sees {k} from sixty metres above
    transport\tpassenger\tdaily passenger who plans the whole week around {k}
    transport\tmechanic\tdepot mechanic who mends what {k} breaks
    transport\tdispatcher\tnight dispatcher who keeps {k} running on three telephones
    transport\tticket seller\tticket seller behind glass who is blamed for {k}
    transport\tplatform cleaner\tplatform cleaner who starts work before anybody thinks of {k}
    transport\tlorry driver\tlong-distance lorry driver with plenty of time to think about {k}
    sea\tfish auctioneer\tfish auctioneer who can tell the value of {k} at a glance
    sea\tnet mender\tnet mender who sits on the quay and has stories about {k}
    sea\tharbour master\tharbour master who keeps the log of everything to do with {k}
    sea\tspouse\tfisherman's spouse who does the books and worries about {k}
    sea\tcold-store worker\tcold-store worker who handles {k} in three pairs of gloves
    sea\tferry cook\tferry cook who buys straight from the boats and knows about {k}
    sea\tship's agent\tship's agent who does the paperwork for {k}
    sea\tchild\tchild of a fishing village who can name every boat and has questions about {k}
    farming\tseasonal worker\tseasonal worker who comes every summer and knows {k} by hand
    farming\tveterinarian\tcountry veterinarian who drives from farm to farm and discusses {k}
    farming\tmarket buyer\twholesale market buyer who bargains over {k} before sunrise
    farming\tmachinery dealer\tfarm machinery dealer who sells on credit and follows {k}
    farming\tfarmer's mother\tfarmer's widowed mother who remembers how {k} was handled in former times
    farming\tagronomist\tvisiting agronomist with a soil probe and new ideas on {k}
    farming\tmilk tanker driver\tmilk tanker driver who carries news about {k} between the farms
    food\tregular guest\tregular guest who always asks about {k}
    food\tdishwasher\tdishwasher in a back kitchen who dreams of serving {k}
    food\tgreengrocer\tgreengrocer who puts the best crates aside for {k}
    food\thealth inspector\tfood safety inspector who looks closely at {k}
    food\tkitchen apprentice\tkitchen apprentice who practises {k} on days off
    food\tgrandmother\tgrandmother who guards the family's version of {k}
    food\tallergic guest\tguest with a severe allergy who has to ask twice about {k}
    home\tflatmate\tflatmate who shares one shelf and many arguments about {k}
    home\tcleaner\tprivate cleaner with eleven sets of keys who notices {k} in every home
    home\tdelivery man\tfurniture delivery man who carries {k} up five floors
    home\tlandlady\tthrifty landlady with house rules about {k}
    crafts\tcustomer\tloyal customer who saves up for {k}
    crafts\tseamstress\tseamstress in a garment factory who knows what lies behind {k}
    crafts\tapprentice\tapprentice who sweeps the workshop and studies {k}
    crafts\tmarket trader\tmarket trader who sells {k} from a folding table
    crafts\tgrandchild\tgrandchild who has been promised lessons in {k}
    arts\tgallery owner\tgallery owner who must make a living from {k}
    arts\tmodel\tlife model who sits still for hours and thinks about {k}
    arts\tmuseum guard\tmuseum guard who has spent years beside works about {k}
    arts\tpatron\tquiet patron who pays for projects on {k}
    arts\tprinter\tletterpress printer who takes on small editions about {k}
    arts\tstage hand\tstage hand who knows from the wings how {k} is really done
    film\tlighting technician\tlighting technician on a film crew who has worked on scenes about {k}
    film\textra\tfilm extra who waited nine hours in costume for a scene about {k}
    film\tcaterer\tfilm set caterer who feeds eighty people while they argue over {k}
    film\tprojectionist\tlast projectionist of a small cinema who introduces evenings on {k}
    film\tstunt double\tstunt double with a mended collarbone and a liking for {k}
    film\tcritic\tlocal film critic who cannot leave {k} alone
    film\tscript assistant\tscript assistant who checks every detail of {k} for continuity
    music\troadie\troadie who sets up before dawn and has heard everything about {k}
    music\tinstrument maker\tinstrument maker with a workshop full of ideas on {k}
    music\tfan\tdevoted fan who travels by night train for {k}
    music\tneighbour\tlong-suffering neighbour who knows {k} through the wall
    music\tpupil\tshy music pupil who practises because of {k}
    music\tsound engineer\tsound engineer who spends nights polishing {k}
    media\tnewspaper carrier\tnewspaper carrier who reads about {k} at four in the morning
    media\tsource\tanonymous source with first-hand knowledge of {k}
    media\tphotographer\tfreelance press photographer with pictures of {k}
    media\tfact checker\tfact checker who takes nothing about {k} on trust
    media\tlistener\tbedridden listener who calls the studio about {k}
    sport\tgroundskeeper\tgroundskeeper who is first in and last out and has views on {k}
    sport\tathlete's mother\tathlete's mother who has washed every jersey and knows all about {k}
    sport\tphysiotherapist\tteam physiotherapist who sees what {k} does to knees
    sport\tsupporter\tsupporter who travels to every away match and debates {k} on the bus
    sport\tyouth player\tsubstitute in a youth team who watches recordings about {k}
    sport\treferee\tamateur referee who has been shouted at over {k}
    sport\tsnack seller\tstadium snack seller who follows {k} by the noise of the crowd
    travel\tchambermaid\tchambermaid who learns about {k} from what guests leave behind
    travel\tlocal guide\tlocal guide who tells visitors about {k} in three languages
    travel\tguest\treturning guest who books the same room and asks about {k}
    travel\tbus driver\ttour bus driver with a dry commentary on {k}
    travel\tvillage shopkeeper\tvillage shopkeeper who sells maps and gossip about {k}
    travel\tborder guard\tborder guard who has heard every story about {k}
    play\tteammate\tonline teammate from another time zone who shares an interest in {k}
    play\tyounger brother\tyounger brother who wants to join in with {k}
    play\tshop owner\tgame shop owner who runs Friday evenings on {k}
    play\tcollector\tcollector with a cellar full of things about {k}
    history\tarchivist\tarchivist in a damp basement who catalogues papers on {k}
    history\teyewitness\tninety-year-old eyewitness who is asked again and again about {k}
    history\ttour guide\tcostumed guide who brings {k} to life for school classes
    history\tmetal detectorist\tmetal detectorist who once found something connected with {k}
    history\tgreat-granddaughter\tgreat-granddaughter searching old letters for {k}
    any\tspouse\t{Occ} married to somebody in {f} who hears about {k} at breakfast
    any\tdaughter\tdaughter of a family in {f} who became {a-Occ} and still discusses {k} at home
    any\told school friend\t{Occ} who sat beside an expert on {k} at school and never lost touch
    any\tneighbour\t{Occ} living next door to somebody who works in {f}, and by now well informed about {k}
    any\tretired father\tretired {Occ} whose child went into {f} and talks of nothing but {k}
    any\tyounger sister\tyounger sister, {a-Occ}, who proofreads texts about {k}
    any\ttravelling companion\t{Occ} who met a specialist in {k} on a long train journey and kept writing letters
    any\tflatmate\t{Occ} sharing a kitchen with a flatmate from {f} and many talks about {k}
    any\tmentor\t{Occ} near retirement who once gave the best advice on {k}
    any\tfellow volunteer\t{Occ} who volunteers at weekends beside people who care about {k}
    any\tpen friend\t{Occ} abroad who writes long messages about {k}
    any\tteammate\t{Occ} in a mixed amateur choir who discusses {k} in the break
    any\tbabysitter\tteenage babysitter who has started to read about {k}
    any\tgrandson\tsmall boy who keeps asking his grandparents about {k}
    any\tbarber\tneighbourhood barber whose customers talk about {k}
    any\ttaxi driver\ttaxi driver who learned about {k} from a talkative passenger
    any\tcritic\t{Occ} who strongly disagrees with the usual opinions on {k}
    any\tformer employee\t{Occ} who used to work in {f} and misses {k}
    """

  /// Clauses that make two people in the same position two different people.
  static let circumstances = """
    saving for a first home;learning to play the accordion;caring for an ageing aunt;running a half marathon each spring
    growing tomatoes on a balcony;about to move abroad;writing a family chronicle;mending old radios in the evening
    recovering from a broken leg;teaching an evening class;raising twins;new in town;living on a houseboat
    known for dry humour;always short of sleep;keeping bees;training a rescue dog;collecting railway postcards
    taking night classes;sending half the wages home;singing bass in a choir;restoring a wooden boat
    bringing up a grandchild;learning sign language;cycling to work in all weathers;preparing for an exam
    playing chess by post;afraid of flying;fond of crossword puzzles;repainting the kitchen;expecting a first child
    newly widowed;active in the tenants' association;baking for the village fair;without a car by choice
    keeping a weather diary;studying old maps;paying off a small debt;hoping for a quieter job;proud of a rose garden
    looking after three cats;rehearsing with an amateur theatre;fasting once a week;volunteering as a firefighter
    translating poems for pleasure;worried about failing eyesight;building a dry-stone wall;taking up sketching
    organising the street festival;speaking four languages;back after ten years away;living above a bakery
    coaching a girls' football team;learning to swim at fifty;hard of hearing;allergic to small talk
    playing the lottery with colleagues;reading one book a week;repairing bicycles for neighbours;making cheese
    studying for a driving licence;dreaming of a workshop of one's own;known for long letters;walking everywhere
    recently promoted;working two jobs;close to retirement;descended from sailors;fond of thrillers
    """

  static let childhoods = """
    fond of football;always with a book;new at school;growing up with three brothers;raised by grandparents
    learning to play the recorder;hoping for a dog;good at drawing;living above a bakery;bad at getting up
    saving pocket money for a bicycle;in the swimming club;known for endless questions;with a stammer and a sharp mind
    learning two languages at once;proud of a stamp collection;often at the library;keen on chess;missing a front tooth
    recovering from a broken arm;about to change schools;with a large collection of stones;happiest outdoors
    the youngest of five;the only child of a night nurse;helping in the family shop after school;afraid of thunder
    """

  static let places = """
    in a harbour town;in a mining valley;on a windy island;in a capital city;in a border village;in a suburb of high-rises
    in a mountain district;in a river delta;in a university town;near a desert highway;in a spa town;in a market town
    on the edge of a forest;in a former industrial city;on a high plateau;in a wine-growing region;by a large lake
    in a crowded old quarter;in a new housing estate;in a garrison town;on the coast road;in a cathedral city
    in a railway junction town;on a small farm;in a cold northern port;in a holiday resort;in a hill village
    in a city of canals;in a remote settlement;in a fast-growing metropolis
    """

  static let traits = """
    soft-spoken;outspoken;patient;restless;thrifty;cheerful;stubborn;shy;methodical;curious;witty;stern;generous;sceptical
    ambitious;modest;talkative;careful;resourceful;self-taught;well-read;forgetful;punctual;hopeful;tireless;wary;proud
    middle-aged;young;elderly;bilingual;left-handed;practical;observant;reserved;good-humoured;strong-willed;quick-witted
    """
}
