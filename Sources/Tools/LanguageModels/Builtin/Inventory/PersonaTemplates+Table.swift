/// Sentences for personas: genre, verb, sentence.
///
/// A genre carries `+` or `-` where the tone of a review matters, and `=` where the text says outright whom or what it
/// is about: the title of a film, the profession of a life told.
///
/// `~` marks sentences for texts where nothing is surely the topic: they say of a keyphrase only that it is mentioned.
///
/// `{Pro}` an occupation of the text's domain with its article; `{Res}` one that does research; `{Lay}` somebody the
/// domain touches; `{f}` the domain's name: these four only where the domain is sure. `{k}`, `{j}`, `{l}` keyphrases of
/// the text; `{t}` its title, `{s}` a sentence of it. A sentence that needs more than the text gives is not used, and what a sentence says of a
/// keyphrase has to be true of whatever a text of the genre mentions.
extension PersonaTemplates {
  static let table = """
    research\tread\t{Res} who keeps up with the literature on {k}
    research\tread\tA doctoral student preparing a literature review on {k} and the links to {j}
    research\tread\tA researcher who compares published work on {k} with results of the own group
    research\tread\tA peer reviewer with a keen eye for claims about {k}
    research\tread\tA graduate student in {f} who is reading up on {k} before choosing a thesis topic
    research\tread\tA graduate student who is reading up on {k} before choosing a thesis topic
    research\twrite\t{Res} whose recent work deals with {k} and {j}
    research\twrite\tA senior researcher in {f} who leads a small group working on {k}
    research\twrite\tA postdoctoral researcher whose publications deal with {k} and {j}
    research\twrite\tA research scientist who publishes on {k}
    research\twrite\tA doctoral candidate who presents results on {k} at international conferences
    research\tlike\t{Res} who is enthusiastic about new ideas on {k}
    research\tlike\tA university lecturer who welcomes new work on {k} for an advanced seminar
    research\tlike\tA researcher working on {k} who is glad to see careful work that also covers {j}
    research\tlike\tA research funder in {f} pleased to see solid work on {k}
    research\tlike\tA doctoral student who collects well-written papers on {k}
    research\tdislike\t{Res} who doubts that the reported findings on {k} hold in other settings
    research\tdislike\tA practitioner who finds papers on {k} too far from the problems of daily work
    research\tdislike\tA sceptical peer reviewer who wants stronger evidence before believing claims about {k}
    research\tdislike\tA researcher who prefers other approaches and doubts the argument about {k} and {j}
    textbook\tread\tA secondary school pupil preparing for an exam on {k} and {j}
    textbook\tread\tA school pupil who wants to understand the basics of {k}
    textbook\tread\tA first-year student of {f} who is learning about {k}
    textbook\tread\tA home-schooling parent who needs clear explanations of {k} and {j}
    textbook\twrite\tA textbook author with a background in {f} who explains {k} in plain words
    textbook\twrite\tA science teacher who writes lesson notes on {k} and {j} for beginners
    textbook\twrite\tA tutor who prepares introductory course material about {k}
    textbook\tlike\tA curious teenager who is interested in {k} and collects facts about {j}
    textbook\tlike\tA patient teacher of {f} who values simple explanations of {k}
    textbook\tlike\tA science teacher who likes short, clear passages on {k} and {j} for class
    textbook\tdislike\tA university lecturer who thinks that school texts oversimplify {k}
    textbook\tdislike\tA bored pupil who would rather do experiments than answer questions on {k}
    textbook\tdislike\tA demanding examiner who misses depth in school explanations of {k} and {j}
    news\tread\tA newspaper reader who has been following the reports on {k}
    news\tread\tA regular news reader who wants to know more about {k} and {j}
    news\tread\tA news librarian who files reports on {k} and {j}
    news\tread\tA teacher of current affairs looking for reports on {k} to discuss in class
    news\twrite\tA news reporter who has been covering {k}
    news\twrite\tA news agency correspondent who writes about {k} and {j}
    news\twrite\tA news reporter who writes about {k} for a daily paper
    news\twrite\tA journalist who sums up the news on {k} and {j} for busy readers
    news\tlike\tA well-informed citizen who values careful reporting on {k} and {j}
    news\tlike\tA newspaper reader glad to find the facts about {k} set out plainly
    news\tlike\tA teacher of current affairs who likes to use reports on {k} in class
    news\tlike\tA news editor who likes factual reports, such as those on {k} and {j}
    news\tdislike\tA media critic who finds the coverage of {k} and {j} shallow
    news\tdislike\tA newspaper reader who has seen enough headlines about {k}
    news\tdislike\tA media critic who finds the coverage of {k} shallow and one-sided
    news\tdislike\tA reader who would rather have background than another short report on {k}
    encyclopedia\tread\tA student writing a short assignment who needs reliable facts about {k}
    encyclopedia\tread\tA quiz enthusiast who memorises facts about {k} and {j}
    encyclopedia\tread\tA reader of encyclopaedias who looks up background facts on {k}
    encyclopedia\tread\tA student of {f} who looks up reliable facts about {k}
    encyclopedia\twrite\tA volunteer encyclopaedia editor who looks after an article on {k}
    encyclopedia\twrite\tA writer of reference entries on subjects such as {k} and {j}
    encyclopedia\twrite\tA meticulous amateur researcher in {f} who documents {k} with sources
    encyclopedia\tlike\tA collector of facts who is delighted by an entry on {k}
    encyclopedia\tlike\tA reader of encyclopaedias with an interest in {k} and {j}
    encyclopedia\tlike\tAn enthusiast for {f} who enjoys reading about {k}
    encyclopedia\tdislike\tA strict encyclopaedia editor who finds the entry on {k} badly sourced
    encyclopedia\tdislike\tA demanding reader who finds a brief entry on {k} and {j} too superficial
    encyclopedia\tdislike\tAn expert on {f} who finds a brief entry on {k} too superficial
    biography\tread\tA reader of short biographies who is looking up the life of somebody known for {k}
    biography\tread\tA school pupil preparing a short talk on a life that involved {k} and {j}
    biography\tread\tA quiz enthusiast who reads life stories that mention {k}
    biography\twrite\tAn encyclopaedia contributor who compiles career data, here with {k} and {j}
    biography\twrite\tA biographer who sums up lives in a few lines and has researched {k}
    biography\twrite\tAn archivist who documents careers and has come across {k}
    biography\tlike\tA lover of biographies who enjoys short life stories that touch on {k} and {j}
    biography\tlike\tA reader who finds inspiration in careers like this one, with {k}
    biography\tdislike\tA historian who distrusts short biographical notes on {k} without sources
    biography\tdislike\tA reader of full-length biographies who thinks that a career summary with {k} hides the human side
    biography=\tread\tA reader of short biographies who is looking up the life of {k}
    biography=\tread\tA school pupil preparing a short talk on the life of {k}
    biography=\tread\tA reader of short biographies who has come to the life of {k} and to the sentence {s}
    biography=\tread\tA quiz enthusiast who collects facts about {k} and remembers {j}
    biography=\twrite\tAn encyclopaedia contributor who compiles data on the life of {k}
    biography=\twrite\tA writer of short biographies whose latest is that of {k}
    biography=\twrite\tA writer of short biographies who sums up the life of {k} in sentences such as {s}
    biography=\twrite\tA biographer who sums up the life of {k} and has looked into {j}
    biography=\tlike\tA lover of biographies who enjoys reading about {k}
    biography=\tlike\tA reader who finds inspiration in the life of {k}
    biography=\tlike\tA lover of biographies who tells others of {k} and quotes {s}
    biography=\tdislike\tA historian who distrusts short biographical notes on {k} without sources
    biography=\tdislike\tA reader of full-length biographies who thinks that a few lines on {k} hide the human side
    biography=\tdislike\tA reader who wants more about {k} than sentences such as {s}
    plot\tread\tA film fan who reads plot summaries before choosing what to watch, lately one with {k} and {j}
    plot\tread\tA screenwriting student who takes apart a story in which {k} and {j} matter
    plot\twrite\tA film blogger who retells plots scene by scene, most recently one with {k}
    plot\twrite\tA volunteer editor of film articles who summarises a story about {k} and {j}
    plot\tlike\tA moviegoer who loves stories in which {k} and {j} play a part
    plot\tlike\tA drama student who enjoys a plot with {k} in it
    plot\tdislike\tA viewer who hates spoilers and did not want to know about {k} and {j} beforehand
    plot\tdislike\tA film critic who finds a plot with {k} and {j} contrived
    plot=\tread\tA film fan who reads the plot of “{t}” before deciding whether to watch it
    plot=\tread\tA screenwriting student who takes apart the story of “{t}” and notes the part played by {k}
    plot=\tread\tA screenwriting student who takes apart the story of “{t}” and has underlined {s}
    plot=\tread\tA video shop clerk who wants to know what happens in “{t}” before recommending it
    plot=\tread\tA film club member who goes through the story of “{t}” and stops at the sentence {s}
    plot=\twrite\tA film blogger who retells “{t}” scene by scene, down to {k}
    plot=\twrite\tA film blogger who retells “{t}” scene by scene, in sentences such as {s}
    plot=\twrite\tA volunteer editor of film articles who sums up the plot of “{t}”, with {k}
    plot=\twrite\tA volunteer editor of film articles who sums up the plot of “{t}”
    plot=\twrite\tA contributor to a film guide who tells what happens in “{t}” and writes {s}
    plot=\tlike\tA moviegoer who loved “{t}” and enjoys going through its plot again
    plot=\tlike\tA moviegoer who loved “{t}” and remembers the moment told in the words {s}
    plot=\tlike\tA drama student who admires how the story of “{t}” makes use of {k}
    plot=\tlike\tA fan of “{t}” who is glad to read the sentence {s} again
    plot=\tdislike\tA viewer who hates spoilers and had wanted to see “{t}” without knowing the story
    plot=\tdislike\tA film critic who finds the plot of “{t}” contrived, above all where it says {s}
    plot=\tdislike\tA fan of “{t}” who finds a bare summary of it lifeless
    plot=\tdislike\tA viewer who hates spoilers and had not wanted to read the sentence {s} before seeing “{t}”
    filmReview\tread\tA cinema-goer deciding what to watch who reads a review that mentions {k} and {j}
    filmReview\tread\tA film student who studies how reviews are written, here one that mentions {k}
    filmReview\tread\tA member of a film club who reads reviews before the next film night, here one that mentions {k}
    filmReview+\twrite\tA film lover who writes warm reviews and mentions {k} in the latest
    filmReview+\twrite\tAn online film reviewer who recommends a film and mentions {k} and {j}
    filmReview-\twrite\tA disappointed viewer who warns others online in a review that mentions {k} and {j}
    filmReview-\twrite\tA sharp-tongued amateur critic whose latest harsh review mentions {k}
    filmReview\twrite\tA film critic for a small website whose latest review mentions {k} and {j}
    filmReview\twrite\tAn amateur film reviewer with strong opinions whose latest review mentions {k}
    filmReview+\tlike\tA fan of the film who enjoys seeing it praised in a review that mentions {k}
    filmReview-\tlike\tA viewer who was let down by the film too and enjoys a biting review that mentions {k}
    filmReview\tlike\tA reader of film criticism who appreciates a review that mentions {k} and {j}
    filmReview-\tdislike\tA fan of the film who defends it against a harsh review that mentions {k}
    filmReview+\tdislike\tA viewer who did not care for the film and cannot share the enthusiasm of a review that mentions {k}
    filmReview\tdislike\tA film-goer who disagrees with a review that mentions {k} and {j}
    productReview\tread\tAn online shopper who reads customer reviews before buying, here one that mentions {k}
    productReview\tread\tA shopper comparing customer opinions who has come to one that mentions {k} and {j}
    productReview\tread\tA shop owner who goes through customer reviews, such as one that mentions {k} and {j}
    productReview+\twrite\tA satisfied customer whose review speaks of {k} and {j}
    productReview-\twrite\tA disappointed customer whose review speaks of {k} and {j}
    productReview+\twrite\tA buyer who is happy to recommend a purchase and mentions {k}
    productReview-\twrite\tA critical buyer who warns other shoppers in a review that mentions {k}
    productReview\twrite\tA regular online reviewer whose latest product review speaks of {k}
    productReview+\tlike\tA shopper who made the same purchase and shares the praise in a review that mentions {k}
    productReview+\tlike\tAn online seller pleased with a customer's kind review that mentions {k}
    productReview-\tlike\tA cautious shopper grateful for an honest warning in a review that mentions {k}
    productReview\tlike\tA shopper who values detailed customer reviews, such as one with remarks on {k} and {j}
    productReview-\tdislike\tAn online seller hurt by a customer's complaints in a review that mentions {k}
    productReview-\tdislike\tA contented owner of the same product who finds a harsh review that mentions {k} unfair
    productReview+\tdislike\tA sceptical shopper who distrusts glowing reviews such as one that mentions {k}
    productReview\tdislike\tA buyer with a different experience who disagrees with a review that mentions {k} and {j}
    thanks\tread\tA research student who reads how others thank their helpers before writing the same, here with {k}
    thanks\twrite\tA graduate at the end of a thesis who thanks supervisors, family and friends and mentions {k}
    thanks\tlike\tA proud relative of a new graduate who is moved by words of thanks that mention {k}
    thanks\tdislike\tA hurried reader of theses who skips the pages of thanks, {k} and all
    review\tread\tA careful customer who reads what others rate before deciding, here a review that mentions {k}
    review\tread\tA shopper comparing star ratings who has come to a review that mentions {k} and {j}
    review+\twrite\tA contented customer whose short online review speaks of {k}
    review-\twrite\tA let-down customer whose short online review speaks of {k}
    review\twrite\tA regular online reviewer who gives stars and mentions {k} and {j}
    review\twrite\tA brief online reviewer who has something to say about {k}
    review+\tlike\tA customer with the same good experience who agrees with a review that mentions {k}
    review-\tlike\tA customer with the same bad experience who agrees with a review that mentions {k}
    review\tlike\tA customer who values short honest reviews, such as one that mentions {k}
    review\tdislike\tA customer with a different experience who disagrees with a review that mentions {k}
    review\tdislike\tA demanding reader of reviews who finds remarks on {k} too brief to be of use
    appReview\tread\tA smartphone user comparing apps who reads a review that mentions {k} and {j}
    appReview\tread\tA mobile app developer who reads user feedback, such as a review that mentions {k}
    appReview\tread\tA support agent for a mobile app who collects user reviews, among them one that mentions {k}
    appReview+\twrite\tA contented Android user whose app store review mentions {k}
    appReview-\twrite\tA frustrated phone user who complains in an app store review that mentions {k}
    appReview\twrite\tA practical smartphone owner who writes app store reviews and mentions {k} and {j}
    appReview+\tlike\tAn app developer proud of a user's praise in a review that mentions {k}
    appReview-\tlike\tA phone user with the same complaints, glad that a review that mentions {k} says so
    appReview\tlike\tA phone user who relies on other users' opinions, such as a review that mentions {k}
    appReview-\tdislike\tAn app developer who feels that a critical review that mentions {k} is unfair
    appReview+\tdislike\tA phone user who got less out of the app and distrusts a glowing review that mentions {k}
    appReview\tdislike\tA phone user with a different experience who disagrees with a review that mentions {k}
    placeReview\tread\tA visitor looking for somewhere to go who reads a customer's review that mentions {k} and {j}
    placeReview\tread\tA local business owner who watches what customers write, here on {k} and {j}
    placeReview\tread\tA cautious customer who reads local reviews first, here one that mentions {k}
    placeReview+\twrite\tA contented customer who tells others about a visit and mentions {k} and {j}
    placeReview-\twrite\tAn annoyed customer who complains in an online review and mentions {k} and {j}
    placeReview\twrite\tA frequent local reviewer whose latest review mentions {k} and {j}
    placeReview+\tlike\tA business owner proud to read a customer's praise that mentions {k}
    placeReview-\tlike\tA customer with a similar bad experience who agrees with a review that mentions {k}
    placeReview\tlike\tA local who values candid customer reviews, such as one that mentions {k} and {j}
    placeReview-\tdislike\tA business owner who takes a customer's complaints personally, in a review that mentions {k}
    placeReview+\tdislike\tA customer who had a worse visit and cannot share the praise of a review that mentions {k}
    placeReview\tdislike\tA regular customer who disagrees with a review that mentions {k} and {j}
    dialogue\tread\tA friend who was away and scrolls back through the chat to catch up, past remarks on {k}
    dialogue\tread\tA conversation researcher who studies how people talk about everyday things such as {k}
    dialogue\tread\tA language learner who practises everyday English with conversations that mention {k} and {j}
    dialogue\twrite\tA sociable person who keeps in touch with friends and chats about {k}
    dialogue\twrite\tA scriptwriter of everyday dialogue in which {k} and {j} come up
    dialogue\twrite\tA textbook author who makes up short conversations for language learners, here with {k}
    dialogue\tlike\tAn easy-going friend who enjoys small talk and does not mind a chat about {k}
    dialogue\tlike\tA fiction writer who collects lively everyday dialogue, such as lines about {k} and {j}
    dialogue\tdislike\tA private person who would rather not see talk about {k} written down
    dialogue\tdislike\tA strict English teacher who winces at careless conversation about {k} and {j}
    dialogue\tdislike\tA reader of serious prose who is bored by everyday chatter about {k}
    recipe\tread\tA home cook who follows a recipe step by step, in the middle of it with {k}
    recipe\tread\tA kitchen beginner who looks up what to do next with {k} and {j}
    recipe\twrite\tA food blogger who explains every step of a recipe with {k} and {j}
    recipe\twrite\tA recipe tester who writes down exactly what happens with {k}
    recipe\tlike\tA keen home cook who enjoys recipes that use {k} and {j}
    recipe\tlike\tA food lover who likes to cook with {k}
    recipe\tdislike\tAn impatient cook who finds the steps of a recipe with {k} too many
    recipe\tdislike\tA picky eater who has no taste for dishes with {k}
    recipe=\tread\tA home cook planning dinner who wants to try {k}
    recipe=\tread\tA beginner in the kitchen looking for clear steps for {k}
    recipe=\tread\tA busy parent searching for a new way to make {k}
    recipe=\twrite\tA recipe developer who publishes tested recipes, {k} among them
    recipe=\twrite\tA food blogger who cooks for a family and shares a recipe for {k}
    recipe=\twrite\tA home cook who writes down family recipes, among them {k}
    recipe=\tlike\tA host who would love to surprise guests with {k}
    recipe=\tlike\tA food lover who cannot wait to taste {k}
    recipe=\tlike\tA parent glad of a recipe for {k} that can be made at home
    recipe=\tdislike\tA traditional cook who has no time for dishes like {k}
    recipe=\tdislike\tA picky eater who would never order {k}
    recipe=\tdislike\tAn impatient eater who would rather order a meal than cook {k} from a recipe
    forum\tread\tA visitor of question sites who has run into the same question about {k}
    forum\tread\tA volunteer on a question site who helps others with {k} and {j}
    forum\twrite\tA self-taught enthusiast who asks strangers for help with {k}
    forum\twrite\tA person who posts a detailed question about {k} and {j} online
    forum\twrite\tA learner of {f} stuck on a problem with {k}
    forum\tlike\tA helpful expert who enjoys answering questions about {k}
    forum\tlike\tA person grateful to find an online discussion of {k} and {j}
    forum\tdislike\tA forum moderator who has seen too many questions about {k}
    forum\tdislike\tAn impatient expert who finds an online question about {k} and {j} badly put
    legal\tread\tA lawyer who needs the exact wording on {k}
    legal\tread\tA law student who compares provisions on {k} and {j}
    legal\tread\tA citizen who wants to know what the rules on {k} mean in practice
    legal\twrite\tA legal drafter who weighs every word about {k} and {j}
    legal\twrite\tA lawyer who drafts careful formal texts on {k}
    legal\tlike\tA campaigner who quotes passages on {k} in public debates
    legal\tlike\tA jurist who values precise wording on {k} and {j}
    legal\tdislike\tA plain language advocate who finds formal texts about {k} hard to bear
    legal\tdislike\tA citizen who finds legal texts on {k} and {j} out of touch with daily life
    speech\tread\tA political historian who studies public addresses on {k} and {j}
    speech\tread\tA student of rhetoric who analyses how speakers talk about {k}
    speech\tread\tA history teacher looking for original speeches that deal with {k}
    speech\twrite\tA head of state who speaks to the nation about {k} and {j}
    speech\twrite\tA political speechwriter who works {k} into a solemn address
    speech\tlike\tA patriotic listener moved by solemn words about {k}
    speech\tlike\tA supporter of the government who agrees with what is said on {k} and {j}
    speech\tdislike\tAn opposition politician unconvinced by fine words about {k}
    speech\tdislike\tA journalist weary of solemn speeches about {k} and {j}
    advert\tread\tA customer comparing offers who is interested in {k}
    advert\tread\tA web user who is looking for information about {k} and {j}
    advert\twrite\tA writer of web pages for customers, with a part on {k}
    advert\twrite\tA web writer whose pages present {k} and {j}
    advert\tlike\tA customer impressed by a clear web page about {k}
    advert\tlike\tA loyal customer pleased to read about {k} and {j}
    advert\tdislike\tA consumer advocate who is wary of promotional talk about {k}
    advert\tdislike\tA web user annoyed by promotional pages about {k} and {j}
    instructions\tread\tA beginner looking for step-by-step help with {k}
    instructions\tread\tA careful reader of guides who wants to get {k} right the first time
    instructions\twrite\tA practical person who writes guides to {k} for beginners
    instructions\twrite\tA patient expert who explains {k} and {j} step by step
    instructions\tlike\tA hands-on learner who enjoys clear instructions on {k}
    instructions\tlike\tAn experienced hand who sends newcomers to good guides on {k} and {j}
    instructions\tdislike\tAn impatient user who would rather try {k} than read about it
    instructions\tdislike\tAn experienced hand who thinks that popular guides to {k} cut corners
    code\tread\tA programmer who reviews source code that deals with {k}
    code\twrite\tA programmer who writes small programs around {k} and {j}
    code\tlike\tA programming student who learns best from code about {k}
    code\tdislike\tA strict code reviewer who would write everything about {k} differently
    poem\tread\tA lover of poetry who looks for verses that mention {k} and {j}
    poem\tread\tA teacher who reads short lines about {k} aloud to a class
    poem\twrite\tA poet who writes in short lines about {k} and {j}
    poem\twrite\tAn author who likes short lines and puts {k} into them
    poem\tlike\tA reader who enjoys short lines about {k} and {j}
    poem\tlike\tA grandparent who likes to read lines about {k} aloud
    poem\tdislike\tA sober reader who has no ear for short lines about {k}
    poem\tdislike\tA lover of long prose who has no patience with short lines about {k} and {j}
    patent\tread\tA patent examiner who checks claims about {k} against earlier inventions
    patent\tread\tAn engineer who follows patent filings on {k} and {j}
    patent\twrite\tAn inventor who seeks protection for an idea about {k}
    patent\twrite\tA patent attorney who drafts claims on {k} and {j}
    patent\tlike\tAn investor on the lookout for inventions such as {k}
    patent\tdislike\tAn open-source advocate who objects to patents on {k}
    personal\tread\tA reader of blogs who likes first-person accounts, here one about {k}
    personal\tread\tA loyal blog reader who follows posts about {k} and {j}
    personal\twrite\tA person who writes openly online about {k} and {j}
    personal\twrite\tA blogger who shares everyday thoughts on {k}
    personal\tlike\tA reader who enjoys honest first-person writing about {k}
    personal\tlike\tA friendly reader who recognises the feelings in a first-person account of {k} and {j}
    personal\tdislike\tA matter-of-fact reader who has no use for private musings about {k}
    personal\tdislike\tAn impatient reader who would rather see facts than somebody's thoughts on {k} and {j}
    general\tread\tA reader who keeps cuttings on {k} and {j}
    general\tread\tA general reader who wants to know more about {k} and {j}
    general\tread\tA curious reader who came across {k} and wants to know more
    general\tread\tA reader interested in {f} who keeps informed about {k}
    general\twrite\tA blogger who writes about {k} and knows something about {j}
    general\tlike\tA reader who shares a text about {k} with friends
    general\tdislike\tA sceptical reader who is not convinced by what is said about {k} and {j}
    general\twrite\tA freelance writer who has looked into {k} and {j}
    general\twrite\tA writer for a general audience who explains what there is to say about {k}
    general\tlike\tA reader with an interest in {k} who is pleased to see it discussed
    general\tlike\tAn enthusiast for {f} who likes to read about {k}
    general\tlike\tA curious reader who enjoys texts that deal with {k} and {j}
    general\tdislike\tA critical reader who disagrees with what is said about {k}
    general\tdislike\tA demanding reader who finds a text about {k} and {j} too shallow
    research~\tread\tA researcher who takes notes on a paper that brings up {k}
    research~\tread\tA graduate student working through a research text that mentions {k}
    research~\tread\tA careful proofreader of research texts who has one with {k} on the desk
    research~\twrite\tA researcher whose latest text mentions {k}
    research~\twrite\tA postdoctoral researcher who writes papers and brings up {k} in one of them
    research~\tlike\tA scientific reader who enjoys detailed research texts, such as one that brings up {k}
    research~\tlike\tA university lecturer who recommends a research text that mentions {k}
    research~\tdislike\tA sceptical peer reviewer who is not convinced by a text that brings up {k}
    research~\tdislike\tA busy researcher who finds a paper that mentions {k} hard going
    textbook~\tread\tA pupil who reads a lesson that mentions {k} before a test
    textbook~\tread\tA home-schooling parent who explains a lesson with {k} in it
    textbook~\twrite\tA teacher who writes short lessons and mentions {k} in one of them
    textbook~\twrite\tA writer of school exercises, one of which brings up {k}
    textbook~\tlike\tA curious teenager who enjoys a lesson that mentions {k}
    textbook~\tlike\tA teacher who likes short lessons, such as one that mentions {k}
    textbook~\tdislike\tA bored pupil who struggles with a lesson that brings up {k}
    textbook~\tdislike\tA demanding teacher who misses depth in a lesson that mentions {k}
    news~\tread\tA newspaper reader who has come across a report that mentions {k}
    news~\tread\tA news librarian who files reports by what they mention, here {k}
    news~\tread\tA regular news reader who follows a story that involves {k}
    news~\twrite\tA news reporter whose latest report mentions {k}
    news~\twrite\tA news agency correspondent who brings up {k} in a short report
    news~\tlike\tA news editor who likes plain reports, such as one that mentions {k}
    news~\tlike\tA well-informed citizen who values a report that mentions {k}
    news~\tdislike\tA media critic who finds a report that mentions {k} shallow
    news~\tdislike\tA newspaper reader who has little use for a report that brings up {k}
    encyclopedia~\tread\tA reader of reference works who looks something up and comes across {k}
    encyclopedia~\tread\tA quiz enthusiast who takes notes from an entry that mentions {k}
    encyclopedia~\twrite\tA volunteer encyclopaedia editor who works on an article that mentions {k}
    encyclopedia~\twrite\tA writer of reference entries, one of which brings up {k}
    encyclopedia~\tlike\tA reader of encyclopaedias who enjoys an entry that mentions {k}
    encyclopedia~\tlike\tA collector of facts who is pleased with an article that mentions {k}
    encyclopedia~\tdislike\tA strict encyclopaedia editor who finds an article that mentions {k} badly sourced
    encyclopedia~\tdislike\tA demanding reader who finds an entry that mentions {k} too superficial
    biography~\tread\tA reader of short biographies who has come to one that mentions {k}
    biography~\tread\tA school pupil preparing a short talk on a life that mentions {k}
    biography~\twrite\tA biographer who sums up lives and brings up {k} in one of them
    biography~\twrite\tAn encyclopaedia contributor who compiles life stories, one of them with {k}
    biography~\tlike\tA lover of biographies who enjoys a life story that mentions {k}
    biography~\tdislike\tA historian who distrusts short biographical notes, such as one that mentions {k}
    legal~\tread\tA law student who reads a formal text that mentions {k}
    legal~\tread\tA lawyer who checks the wording of a text that brings up {k}
    legal~\twrite\tA lawyer who drafts formal texts and mentions {k} in one of them
    legal~\twrite\tA legal drafter one of whose texts brings up {k}
    legal~\tlike\tA jurist who values precise wording, as in a text that mentions {k}
    legal~\tdislike\tA plain language advocate who objects to a formal text that brings up {k}
    speech~\tread\tA political historian who studies a public address that mentions {k}
    speech~\tread\tA student of rhetoric who analyses a speech that mentions {k}
    speech~\tread\tA history teacher looking for original speeches, one of which mentions {k}
    speech~\twrite\tA head of state whose address to the nation mentions {k}
    speech~\twrite\tA political speechwriter who brings {k} into a solemn address
    speech~\tlike\tA patriotic listener moved by an address that speaks of {k}
    speech~\tlike\tA supporter of the government who applauds a speech that mentions {k}
    speech~\tdislike\tAn opposition politician unconvinced by a speech that mentions {k}
    speech~\tdislike\tA journalist weary of solemn addresses, such as one that brings up {k}
    forum~\tread\tA visitor of question sites who has found a question that mentions {k}
    forum~\tread\tA volunteer on a question site who tries to answer a post that mentions {k}
    forum~\twrite\tA person who asks strangers for help online and mentions {k}
    forum~\tlike\tA helpful expert who enjoys online questions, such as one that mentions {k}
    forum~\tdislike\tA forum moderator who finds a post that mentions {k} badly put
    instructions~\tread\tA careful reader of guides who follows one that mentions {k}
    instructions~\tread\tA beginner looking for step-by-step help who has found a guide that mentions {k}
    instructions~\twrite\tA practical person who writes guides, one of which mentions {k}
    instructions~\tlike\tA hands-on learner who enjoys a guide that mentions {k}
    instructions~\tdislike\tAn impatient user who would rather try things out than read a guide that mentions {k}
    advert~\tread\tA customer comparing offers who reads a web page that mentions {k}
    advert~\tread\tA web user who has come to a company's page that mentions {k}
    advert~\twrite\tA writer of web pages for customers who mentions {k} in one of them
    advert~\tlike\tA customer impressed by a web page that mentions {k}
    advert~\tdislike\tA consumer advocate who is wary of a promotional page that mentions {k}
    advert~\tdislike\tA web user annoyed by a promotional page that brings up {k}
    personal~\tread\tA reader of blogs who likes first-person accounts, here one that mentions {k}
    personal~\tread\tA loyal blog reader who comes to a post that mentions {k}
    personal~\twrite\tA person who writes openly online and mentions {k}
    personal~\twrite\tA blogger who shares everyday thoughts and brings up {k}
    personal~\tlike\tA reader who enjoys honest first-person writing, such as a text that mentions {k}
    personal~\tdislike\tA matter-of-fact reader who has no use for a private account that mentions {k}
    general~\tread\tA reader who keeps cuttings and has just filed one that mentions {k}
    general~\tread\tA curious reader who has come across a text that mentions {k}
    general~\tread\tA patient reader who takes notes on a text that mentions {k}
    general~\twrite\tA freelance writer one of whose texts mentions {k}
    general~\twrite\tA writer for a general audience who brings up {k}
    general~\tlike\tA reader who enjoys a text that mentions {k}
    general~\tlike\tA reader who shares a text that mentions {k} with friends
    general~\tdislike\tA critical reader who has objections to a text that brings up {k}
    general~\tdislike\tA demanding reader who gets little out of a text that mentions {k}
    """
}
