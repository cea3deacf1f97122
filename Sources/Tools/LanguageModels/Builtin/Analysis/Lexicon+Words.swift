/// The word lists behind `Lexicon`.
extension Lexicon {
  /// Words that end a phrase whatever stands beside them: pronouns, auxiliaries, conjunctions, adverbs.
  static let functionWords = """
    i me my myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us
    our ours ourselves they them their theirs themselves who whom whose which what that this these those there here
    is am are was were be been being have has had having do does did doing done will would shall should can could may
    might must ought cannot gonna wanna gotta ain't let's and or but nor so yet if then else because although though
    while when where why how whether unless until since as than not no yes never ever always often sometimes sometime anytime someday usually
    rarely seldom too very quite rather almost nearly just only also even still already again once twice soon later ago
    now today tomorrow yesterday tonight perhaps maybe however therefore thus hence moreover furthermore meanwhile
    instead otherwise indeed anyway besides especially particularly generally actually really simply probably possibly
    certainly clearly recently finally currently previously mostly mainly partly fully highly well much many more most
    less least few fewer several some any enough each every all both either neither none nothing something anything everything
    nobody somebody anybody everybody someone anyone everyone one ones two three four five six seven eight nine ten
    eleven twelve twenty thirty forty fifty hundred thousand million billion dozen half first second third fourth fifth
    next last another other others such same own etc eg ie via per vs versus whatever whichever whoever whenever
    wherever together apart away back forth off out up down ok okay oh ah hey hi hello hmm please thanks thank lol haha
    afterwards afterward beforehand indoors outdoors overnight upstairs downstairs onwards backwards forwards sideways
    dear nationwide worldwide statewide countrywide citywide wherein whereby whereas whilst thereby albeit nonetheless notwithstanding henceforth amongst hitherto therein
    somewhat roughly approximately nowhere somewhere elsewhere else
    far away early ahead aside behind anyway xd hahaha hahah dude man yeah yep nope yes wow ugh btw im dont doesnt didnt cant wont isnt wasnt ive youre thats theres whats lets gonna
    mr mrs ms dr st jr sr am pm et al de la le el der und que par les des en di del da do los las dans pour avec est
    """

  static let determiners = "a an the this that these those my your his her its our their no any some each every another"

  static let prepositions = """
    of in on at by for with from to into onto over under about against between among amongst through during before after
    without within across along toward towards upon beyond behind beneath above below near inside outside around despite
    except regarding concerning throughout like unlike plus minus amid alongside
    """

  /// Verbs in their base form; the other forms are made by rule.
  static let verbs = """
    shrink overact mull dry clash ponder glue wreck ruin spoil bother sneak creep crawl stare wander
    stumble whisper shout scream giggle chuckle sigh nod shrug blink stutter mumble mutter yawn sniff swallow chew spit
    vomit sob sweat shiver tremble faint bleed itch squeeze pinch poke scratch tickle slap punch shove drag haul hoist
    hog steal smash rip peek brag mock cling spoof
    drag drown hurl rethink downplay exaggerate complicate interrogate steer vanquish blame bash brace dodge
    accept achieve acknowledge acquire act add address admit adopt advise affect afford agree aim allow announce annoy
    answer appear apply appreciate approve argue arise arrange arrive ask assess assign assist associate assume assure
    attach attempt attend attract avoid award base become beg begin behave believe belong bother bring browse build buy
    calculate call carry cause celebrate change characterize chase check choose cite claim collect combine come comment
    commit compare complain complete compose comprise concern conclude conduct confess confirm connect consider consist
    constitute construct contain continue contribute convert convince create cut deal decide declare decline decrease
    define deliver demonstrate deny depend derive describe deserve destroy detect determine develop die differ disappear
    disappoint discover discuss display distinguish divide download draw drink drive drop earn eat eliminate embed
    emerge emphasize employ enable encounter encourage end endorse enhance enjoy ensure enter establish estimate
    evaluate examine exceed exclude execute exhibit exist expand expect explain explore express extend extract face
    facilitate fail fall feature feel fight fill find finish fit fix follow force forget form formulate found fulfill
    gain gather generate get give go grant grow guess handle happen hate hear help highlight hit hold hope identify
    ignore illustrate imagine imply import impose improve include incorporate increase indicate induce influence inform
    initiate insist inspire install integrate intend introduce investigate invite involve join judge keep kick kill
    know lack laugh launch lay lead leap learn leave lend let lie link listen live locate look lose love maintain make
    manage mark match matter mean measure meet mention mind miss modify motivate move name need negotiate note notice
    observe obtain occur offer omit open operate oppose optimize order originate outline outperform overcome owe own
    participate pass pay perform permit pick play point possess post praise predict prefer prepare present preserve
    press prevent proceed process produce promise promote propose protect prove provide publish pull purchase push put
    quit quote raise reach read realize receive recognize recommend record reduce refer reflect refuse regain regard
    regret reject relate release rely remain remember remind remove render repeat replace reply report represent
    request require resemble resist resolve respond result retain return reveal reward rid ride ring rise run satisfy
    save say see seek seem select sell send separate serve set settle shake share shoot show shut sign sing sit sleep
    smell smile solve sort sound speak specify spend split spread stand start state stay steal stick stop strengthen
    struggle study submit succeed suffer suggest suit summarize supply support suppose surprise surround survive
    suspect suspend sustain take talk tell tend thank think threaten throw tie touch track travel treat trigger try
    turn understand update upload urge use utilize vary verify view visit vote wait walk want warn wash waste watch
    wear weigh welcome win wish wonder work worry write yell admire assert accuse admit appoint arrest ban beat bind
    blame block borrow break burn bury capture cast catch charge climb close coach compete confront confuse convey cook
    cost cover crash criticize cross dance defeat defend demand deserve elect escape exploit explode fear flee fly
    leverage boost grab tackle inflame kidnap surrender aid unveil slam vow urge hail target trial adopt enrich
    focus gaze greet hang hide hire hunt hurt hurry impress injure interview invent invest jump kiss lift marry murder
    consume prohibit allocate accommodate accompany accumulate adapt adjust advance advocate alert alter anticipate
    approximate articulate assemble await bargain betray bomb boast breathe capitalize celebrate certify clarify
    cling coincide compensate compile compute confine conform confront congratulate conserve convene cope correspond
    criticise cultivate deem degrade depart depict deploy deprive descend despise deteriorate detain devise devote
    diagnose disagree discard disclose dismiss dispose disrupt dissolve distort distribute dominate donate educate
    elaborate elevate embark embody embrace emit emphasise encode enforce engage enlarge enlist enrol entail entertain
    equip erect erode escort evacuate evade evoke evolve exert expire export expose fascinate filter flourish foster
    fulfil fund glance govern grasp grind guarantee halt hasten hinder host incur infect infer inherit inhibit insert
    inspect instruct interact interfere interpret interrupt invade isolate justify knock label lack lecture locate lure
    magnify manipulate march mature merge migrate minimise minimize mobilize mock monitor multiply narrate navigate
    neglect nominate obscure offend offset originate overlook penetrate persist persuade plead pledge plunge ponder
    portray postpone pray preach precede preclude prescribe prevail proclaim procure prolong prosper provoke pursue
    quantify query quote rally react reassure recall reckon reconcile reconstruct recover recruit redirect refine
    regulate reinforce rejoice relax relieve relocate remark renew renounce rent repair repay replicate reproduce rescue
    resign resort restore restrain restrict resume retain retire retreat retrieve revise revive revolve rotate sacrifice
    sentence shed simplify simulate slide smash snatch soften specialize specialise speculate spoil sponsor stimulate
    strain stress strive submit subsidise substitute summon surpass suppress swallow swap switch tempt terminate thrive
    tolerate torture transmit tumble undermine undertake unify unite unveil uphold utter violate weaken withdraw
    withstand witness yell zoom cruise
    obey obsess occupy paint plan plead preheat pour stir sprinkle whisk drain peel chop slice mix simmer rinse toss
    place garnish serve bake boil heat cool cover combine melt fold beat rob rule sail score search seize sue swear
    swim swing teach tear tease test train translate transform undergo wake wander wipe worship yield
    """

  /// Nouns that are also forms of a verb above: taken as nouns unless a pronoun, a modal or "to" stands before them.
  static let nounsToo = """
    clash clashes punch shout scream sigh nod sweat scratch
    block blocks bomb bombs lecture lectures sentence sentences stress strain sponsor sponsors switch switches query
    queries filter filters host hosts label labels rent repair repairs rescue retreat rally recall march export exports
    escort bargain substitute substitutes fund funds alert alerts witness witnesses guarantee guarantees sacrifice slide
    slides monitor monitors pledge pledges recruit recruits mature query cruise cruises resort resorts engineering
    printing nursing
    act address aim answer attempt award call cause change charge check claim comment concern conduct contact control
    cost coach cook cover crash cross cut dance deal death decline decrease delay demand design display download drink
    drive drop end estimate exhibit face fall fear feature fight fit fix force form gain grant guess hate help hit hold
    hope hunt import increase influence interview jump kick kiss lack laugh launch lead lift link love mark match
    measure mention mind miss move murder name need note notice offer open order paint pass pay plan play point post
    praise present press process produce promise purchase push quote raise rate reach read record regard regret release
    reply report request research result return reward ride ring rise rule run sail sale score search set share shoot
    show sign sleep slice smell smile sort sound split spread stand start state stay stick stop struggle study supply
    support surprise suspect swing swim talk taste tear test tie touch track train travel treat trigger try turn update
    upload use view visit vote wait walk wash waste watch wear welcome win wish wonder work worry yield market
    acts addresses aims answers attempts awards calls causes changes charges checks claims comments concerns costs
    covers crashes cuts dances deals declines demands designs displays drinks drives drops ends estimates exhibits faces
    falls fears features fights fixes forces forms gains grants helps hits hopes hunts imports increases influences
    interviews jumps kicks launches leads links loves marks matches measures minds moves murders names needs notes
    notices offers orders paints passes pays plans plays points posts presents processes produces promises purchases
    quotes raises ranks rates reaches reads records regards regrets releases replies reports requests results returns
    rewards rides rings rises rules runs sails scores searches sets shares shoots shows signs sites slices smiles sorts
    sounds spreads stands starts states stays sticks stops struggles studies supplies supports surprises suspects tests
    ties touches tracks trains travels treats triggers tries turns updates uploads uses views visits votes waits walks
    washes wastes watches wins wishes wonders works worries yields found cast left cooking building meeting feeling
    beginning opening recording reading writing learning training teaching understanding meaning drawing painting
    setting planning marketing testing shopping shooting killing wedding housing funding banking farming fishing mining
    spending clustering processing programming computing modeling modelling scheduling routing monitoring sampling
    ranking rating filtering tracking tagging indexing matching binding coding parsing reasoning clothing parking dining
    swimming running cycling sailing hiking boxing wrestling bombing warming drilling coating welding lighting heating
    cooling loading scattering casting dressing pudding stuffing topping icing gaming networking advertising publishing
    editing streaming hosting sharing hearing ruling bidding mining knitting sewing gardening skating rowing racing
    """

  /// Words that say nothing about the topic when they stand alone or at the edge of a phrase.
  static let genericNouns = """
    author authors developer developers dev devs reviewer reviewers thing things way ways lot lots time times day days week weeks month months year years decade century hour hours
    minute minutes moment people person man men woman women guy guys kid kids child children boy girl friend friends
    part parts number numbers amount amounts case cases example examples kind kinds type types sort form forms set sets
    place places area areas side sides end start beginning top bottom point points fact facts idea ideas issue issues
    problem problems question questions answer answers reason reasons result results effect effects use uses work works
    paper papers study studies article articles section sections chapter figure figures table tables page pages line
    lines word words text texts story stories book method methods approach approaches technique techniques system
    systems model models process processes analysis data information group groups member members level
    levels value values rate rates order role roles life world home house name names review reviews star stars score
    scores rating ratings summary summaries sentence paragraph passage title topic headline highlights details detail
    choice choices option options category categories list lists item items piece pieces bit pair rest half variety
    range series term terms basis purpose purposes view views situation condition conditions state states change
    changes increase decrease difference differences possibility possibilities feature features aspect aspects factor
    factors degree extent majority percent percentage something everyone anything everything product products money
    job thanks morning afternoon evening night weekend monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december spring summer autumn winter date
    a.m p.m today copyright email e-mail website site link links click user users comment comments reply post posts
    file files news report reports statement spokesman spokesperson spokeswoman official officials source sources
    experiment experiments evaluation performance application applications introduction abstract conclusion
    conclusions references keywords appendix contribution contributions knowledge ability success failure attempt course
    success chance interest attention effort efforts need needs help addition respect regard sense matter hand hands
    head face eye eyes foot feet mind voice room door minute mins min sec secs hrs fan fans
    total average size length width height weight distance version edition volume quality quantity
    price couple handful bunch stuff crap shit fuck ass bitch bitches whore whores dick tits boobs slut sluts cunt porn hell damn sir lady ladies gentlemen
    attribute attributes concept concepts context framework solution solutions task tasks function
    functions parameter parameters component components structure structures property properties advantage advantages
    disadvantage limitation limitations implementation overview presence absence existence occurrence manner
    response responses request requests step steps stage stages phase instance instances objects
    label placeofburial alt caption imagesize birthplace deathplace bio dialogue conversation reviewer opinion opinions facts generate summarize dialog
    ingredient ingredients directions instruction instructions mixture mixtures inch inches cup cups tablespoon
    tablespoons teaspoon teaspoons tbsp tsp oz ounce ounces lb lbs pound pounds gram grams kg ml liter litre pinch bowl
    bowls pan pot tray sheet degrees heat feel look looks thought thoughts guess try piece
    mile miles kilometre kilometres kilometer kilometers km metre metres meter meters acre acres hectare
    doesn don didn isn wasn couldn wouldn shouldn hasn haven aren weren won ll ve re
    mistake purchase buyer seller disappointment recommendation dollar dollars
    cent cents euros buck bucks est edt gmt utc images videos picture pictures
    unk eos pad lrb rrb lsb rsb nbsp amp quot http https www com org net html pdf doi vol pp isbn inc ltd llc corp co
    department institute faculty tel fax authors affiliation received accepted
    published proceedings permission permissions copies fee acm ieee springer elsevier
    downloaded correspondence supplementary fig figs tab eq eqs eqn eqns ref refs sec ibid cf
    jan feb mar apr jun jul aug sept oct nov dec concern concerns role roles need desire demand nature manner cell contents acknowledgements acknowledgments preface dedication decades centuries plenty notes nothing anyhow sort hint touch
    anymore key keys lack sake beginning middle possibilit ending endings
    """

  /// Adjectives and participles that add no topic: trimmed from the start of a phrase, and never its end.
  static let genericModifiers = """
    good better best great bad worse worst nice fine big bigger biggest large larger largest small smaller smallest
    little huge tiny long longer short shorter high higher highest low lower lowest old older oldest new newer newest
    young younger early earlier late later latest recent current previous former main major minor important key
    significant certain various different similar particular specific general common typical usual normal special
    additional further extra possible impossible likely unlikely able unable available unavailable necessary useful
    useless easy easier easiest hard harder difficult simple simpler complex true false real actual right wrong sure
    clear obvious whole entire total full empty complete single double multiple numerous overall final initial original
    proposed presented described given following mentioned related based called named known unknown used using
    well-known so-called aforementioned respective corresponding appropriate suitable effective efficient novel
    interesting amazing awesome wonderful excellent fantastic perfect terrible horrible awful beautiful ugly lovely
    pretty cute cool fun boring happy sad glad sorry angry favorite favourite strong stronger weak fast faster
    slow quick quickly cheap expensive worth open closed ready busy alone own dead alive major top senior chief
    lead leading fresh-faced upcoming next-day year-old day-old one-time long-term short-term large-scale
    tight bitter loose sour stale crisp definitional free exciting apparent cooler warmer hotter colder nicer funnier greater greatest fewer finer finest nearer newest oldest lighter darker richer poorer closer heavier thinner thicker cleaner safer
    tougher smarter sweeter convenient compact relevant intermediate missing existing traditional conventional standard alternative underlying inherent potential considerable substantial
    increasing growing emerging rapid widespread extensive comprehensive detailed thorough careful powerful popular
    famous successful unsuccessful wide broad narrow deep shallow thin thick heavy bright
    wet dry soft loud quiet poor honest serious severe crucial essential vital fundamental basic
    practical theoretical empirical experimental preliminary promising remarkable impressive outstanding superior
    inferior optimal sufficient insufficient adequate reasonable desirable undesirable positive negative involved
    required needed obtained observed reported developed introduced demonstrated considered investigated studied
    examined discussed shown made taken seen built said told thought made-up unexpected huge enormous
    massive countless endless constant continuous regular frequent rare daily weekly monthly annual subsequent eventual
    joint mutual separate collective personal so-so stupid silly dumb crazy weird
    strange odd awkward lame cheesy decent solid flawed mediocre overrated underrated absolute pure sheer utter
    black white red green blue yellow pink purple brown grey gray slight mild epic immense unique fabulous ultimate uncompromising unused gorgeous incredible unbelievable stunning superb brilliant dreadful
    ridiculous hilarious hideous tremendous enjoyable forgettable memorable unforgettable pleasant unpleasant compelling
    inevitable unfortunate unlucky lucky decent fascinating delightful charming clever utmost vast modest mere mid late-night prior ex non pre post anti multi semi dear fellow lovable likable 3-d 2-d two-way
    """

  /// Given names, to keep private people out of personas.
  static let givenNames = """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas
    eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis
    jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger
    terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan
    albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene mary patricia jennifer
    linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna
    michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley
    emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn janet maria olivia heather helen
    catherine diane julie victoria joyce lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline
    martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia grace
    denise amber doris marilyn danielle beverly charlotte natalie theresa diana brittany kayla alexis lori marie tom tim
    jim bob bill ben dan mike dave steve chris nick matt greg jeff tony sam alex max luke harry oliver oscar leo hugo
    felix simon martin stuart neil graham ian colin trevor nigel barry darren craig derek glenn gordon kate katie lucy
    lily ella mia chloe zoe jane rose ruby claire eva nora ellen ruth irene vera tina gina nina lena anne annie jenny
    sally wendy molly polly becky vicky debbie cathy pam sue kim mohammed mohamed muhammad ahmed ali omar hassan hussein
    ibrahim yusuf fatima aisha carlos luis jorge miguel pedro pablo diego fernando antonio manuel francisco rafael ana
    carmen lucia elena sofia giovanni marco paolo luca giuseppe francesca giulia pierre jacques michel philippe claude
    jean-pierre hans klaus wolfgang jurgen stefan andreas petra ursula ivan vladimir sergei dmitri boris nikolai
    olga natasha svetlana tatiana anastasia jan piotr andrzej krzysztof tomasz katarzyna agnieszka wei ming
    yuki hiroshi takashi kenji akira haruki raj ravi sanjay amit priya anita deepak vijay arjun kumar lars sven erik
    ingrid astrid gustav nils magnus freya bjorn barack hillary nicolas benoit fred freddie
    josh zach brad chad kurt rick ricky ron ronnie donnie johnny jimmy tommy eddie charlie jake ned ted todd troy
    walt wes dwayne darrell clint clyde curtis dean duane earl edgar edwin ernest floyd francis gene gilbert glen harvey
    herbert herman howard hugh irving jay jerome kirk lance lee leon leonard leroy leslie lester lewis lloyd lou louis
    marcus marvin maurice melvin milton morris murray nathaniel norman otto percy perry preston reggie rex rodney roland
    ross rudy rufus russ seth sherman sidney spencer stan stanley sylvester theodore vernon victor virgil wallace warren
    wilbur zack ada agnes alma annette audrey bernice bertha bessie bonnie celia clara connie crystal daisy dana
    darlene della dolores edith edna eileen elaine eleanor elsie erica erin esther ethel faye felicia gail
    geneva geraldine gertrude ginger gladys gwendolyn harriet hazel henrietta hilda holly ida inez iris jackie
    jill jo josephine juanita kristen kristin laurie leah lillian lois loretta lorraine louise lucille lydia lynn
    mabel marcia marion marjorie marlene mattie maureen maxine meredith mildred minnie miriam monica muriel myrtle naomi
    nellie norma pauline peggy phyllis priscilla regina renee rhonda rita roberta rosa rosemary
    ken kenny josie rosie katy kathy fiona kirsty gemma hayley kelsey kylie leanne lorna maisie nadia niamh
    orla paula phoebe rhys rory ruairi saoirse siobhan stacey tamsin toby zara zoey aidan aiden alfie alistair angus
    archie barney bernard bert bethany brad brendan bridget bruno byron caitlin cameron carla carly cara cary
    casey cassie celeste cedric cody colleen connor conor corey courtney damian damien damon danny darcy darryl
    debby deirdre delia denis desmond donovan doug dustin dwight eamon elaina eliza elliot  
    elton emilia emmett erika eugenie evan ewan fabian farah fergus finn frankie freda gabby gavin
    geoff geoffrey georgina gerard gilles giles gina gwen harvey heidi helena hillary howie  
    iain imogen isabel isabelle isla jacinda jamal jamie jared jasmine javier jeanne jeannie
    jeremiah jermaine jerri joanna joanne jodie joel joey jolene jonah jonas jude juliana juliet justine kai kara
    kari katherine kayleigh keira kendra kerry kieran kim kira kris krista kristy kristina lana lara larissa lena leila
    liam lilian lisa liz lizzie lorenzo lorna lucas luther lyle madeleine maggie malik mandy marc
    marcel marcelo mariah mariam mariana marisa marissa marlon marta mateo mathew matthias meg melanie
    mick mickey mikhail millie mindy mohamad moira mona monique myra nadine nate neal ned    
    nikki nikita nina noel noelle nolan nora octavia ollie owen paige patsy penelope petra
    pete phyllis piers pippa quentin quincy rachael ralf ramon randall randolph raquel reece renata rene rhett
    robbie robyn roderick rodrigo romy rosalind rosanna roxanne ruben rudolf ryder sabrina
    sadie sally salma sasha saul scarlett sebastian selena serena shane shannon shaun
    shawn sheena shelley silvia simone sonia sonya sophie stefanie stella stephan stephen stevie
    susanna susie suzanne tabitha tamika tammy tania tatum teri tessa thea tiffany tobias tommy
    toni tracey tricia trish trisha tristan ty tyrone ulrich ursula vera vicki vince viv vivien wendell wes
    xavier yasmin yasmine yvette zane zelda lyndon woodrow calvin dwight rutherford grover ulysses millard zachary
    sheila sherry stella sylvia tamara tanya tara thelma tracy valerie vanessa velma veronica viola violet vivian wanda
    whitney wilma yolanda yvonne juliette romeo jed carrie dexter homer bart marge moe
    """

  /// Titles and surname prefixes that announce a person's name.
  static let honorifics = """
    mr mrs ms miss dr prof professor sir madam president minister senator sen rep gov governor mayor judge justice
    general gen colonel col captain capt lieutenant lt sergeant sgt major officer detective inspector king queen prince
    princess lord lady saint pope bishop archbishop cardinal father sister rev reverend pastor rabbi imam sheikh
    attorney sheriff deputy coroner correspondent columnist spokesman spokeswoman reporter leader speaker congressman congresswoman councillor commissioner chancellor ambassador secretary chairman ceo coach actor actress singer director author writer
    """

  /// Names of places, peoples and languages as they are written, for texts that are all in lower case.
  static let properNames = """
    Armenian Georgian Azerbaijani Afghan Saudi Yemeni Syrian Lebanese Jordanian Palestinian Kurdish Uzbek Kazakh Mongolian
    Tibetan Taiwanese Cambodian Burmese Singaporean Venezuelan Ecuadorian Bolivian Paraguayan Uruguayan Panamanian
    Jamaican Haitian Dominican Guatemalan Honduran Nicaraguan Cypriot Maltese Macedonian Montenegrin Moldovan Belarusian
    Luxembourgish Flemish Catalan Basque Scandinavian Somali Ugandan Tanzanian Zambian Zimbabwean Angolan Namibian
    Cameroonian Senegalese Malian Congolese Rwandan Sardinian Sicilian Bavarian Hawaiian Californian Texan Tasmanian
    American English British French German Italian Spanish Portuguese Dutch Belgian Swiss Austrian Swedish Norwegian
    Danish Finnish Icelandic Irish Scottish Welsh Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish Russian
    Ukrainian Serbian Croatian Slovenian Bosnian Albanian Estonian Latvian Lithuanian Chinese Japanese Korean Vietnamese
    Thai Indonesian Malaysian Filipino Indian Pakistani Bangladeshi Nepalese Iranian Persian Iraqi Israeli Arab Arabic
    Egyptian Moroccan Algerian Tunisian Libyan Sudanese Ethiopian Kenyan Nigerian Ghanaian African Canadian Mexican
    Brazilian Argentine Chilean Colombian Peruvian Cuban Australian European Asian Latin Hebrew Jewish Christian Muslim
    Catholic Protestant Buddhist Hindu America England Britain France Germany Italy Spain Portugal Netherlands Belgium
    Switzerland Austria Sweden Norway Denmark Finland Iceland Ireland Scotland Wales Poland Hungary Romania Bulgaria
    Greece Turkey Russia Ukraine Serbia Croatia China Japan Korea Vietnam Thailand Indonesia Malaysia Philippines India
    Pakistan Bangladesh Nepal Iran Iraq Israel Palestine Syria Lebanon Egypt Morocco Algeria Tunisia Libya Sudan
    Ethiopia Kenya Nigeria Ghana Africa Canada Mexico Brazil Argentina Chile Colombia Peru Cuba Australia Europe Asia
    London Paris Berlin Rome Madrid Vienna Moscow Tokyo Beijing Shanghai Delhi Mumbai Sydney Melbourne Toronto Chicago
    Boston Washington Texas California Florida Hollywood Oxford Cambridge Harvard Ohio Michigan Virginia Pennsylvania
    Minnesota Wisconsin Oregon Arizona Nevada Colorado Louisiana Alabama Tennessee Kentucky Missouri Kansas Nebraska
    Oklahoma Illinois Indiana Massachusetts Connecticut Maryland Bosnia Hawaii Alaska Java Linux Android Google Facebook
    Twitter Amazon Microsoft Christmas Easter Olympic Olympics NFL NBA MLB NHL FIFA UEFA BBC NASA UN EU UK USA TV DVD CD
    """
}
