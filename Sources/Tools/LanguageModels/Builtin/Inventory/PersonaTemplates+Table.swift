/// Sentences for personas: genre (with `+` or `-` where the tone of a review matters), verb, sentence.
///
/// `{Pro}` an occupation of the text's domain with its article; `{Res}` one that does research; `{Lay}` somebody the
/// domain touches; `{f}` the domain's name; `{k}`, `{j}`, `{l}` keyphrases of the text. A sentence that needs more
/// keyphrases than the text gives is not used.
extension PersonaTemplates {
  static let table = """
    research\tread\t{Res} who keeps up with the literature on {k} and compares it with current practice in {f}
    research\tread\tA doctoral student in {f} preparing a chapter on {k} and its links to {j}
    research\tread\t{Res} looking for methods that deal with {k} in everyday projects
    research\tread\tA peer reviewer for a journal of {f} with a keen eye for claims about {k}
    research\tread\tA graduate student in {f} who is reading everything written on {k} before choosing a thesis topic
    research\twrite\t{Res} whose recent work connects {k} with {j}
    research\twrite\tA senior researcher in {f} who leads a small group working on {k}
    research\twrite\tA postdoctoral researcher in {f} who has spent three years on {k} and {j}
    research\twrite\t{Res} with a background in {f} who publishes on {k}
    research\twrite\tA doctoral candidate in {f} who presents results on {k} at international conferences
    research\tlike\t{Res} who is enthusiastic about new ideas on {k}, above all where they touch {j}
    research\tlike\tA lecturer in {f} who welcomes any fresh treatment of {k} for an advanced seminar
    research\tlike\tA technology scout in {f} who hopes that progress on {k} will soon be ready for use
    research\tlike\tA research funder in {f} pleased to see solid work on {k}
    research\tdislike\t{Res} who doubts that the reported findings on {k} hold outside the laboratory
    research\tdislike\tA practitioner in {f} who finds papers on {k} too far from the problems of daily work
    research\tdislike\tA sceptical reviewer in {f} who wants stronger evidence before believing claims about {k}
    research\tdislike\t{Res} who favours older approaches and has little patience with the fashion for {k}
    textbook\tread\tA secondary school pupil preparing for an exam on {k} and {j}
    textbook\tread\t{Lay} who wants to understand the basics of {k}
    textbook\tread\tA first-year student of {f} who is learning how {k} and {j} belong together
    textbook\tread\tA home-schooling parent who needs clear explanations of {k}
    textbook\twrite\tA textbook author with a background in {f} who explains {k} in plain words
    textbook\twrite\tA science teacher who writes lesson notes on {k} and {j} for beginners
    textbook\twrite\tA tutor in {f} who prepares introductory course material about {k}
    textbook\tlike\tA curious teenager who is fascinated by {k} and collects facts about {j}
    textbook\tlike\tA patient teacher of {f} who values simple explanations of {k}
    textbook\tlike\t{Lay} who enjoys finding out about {k}
    textbook\tdislike\t{Res} who thinks that school texts oversimplify {k}
    textbook\tdislike\tA bored pupil who would rather do experiments than memorise definitions of {k}
    textbook\tdislike\tA demanding university examiner in {f} who misses depth in the treatment of {k}
    news\tread\t{Pro} who follows news about {k} closely because it bears on the daily work
    news\tread\tA regular newspaper reader with an interest in {f} who has been following the reports on {k}
    news\tread\t{Lay} who pays attention to any report about {k}
    news\tread\tA policy researcher in {f} who collects coverage of {k} and {j}
    news\twrite\tA news reporter on the {f} beat who has been covering {k}
    news\twrite\tA news agency correspondent who writes about {k} and {j}
    news\twrite\tAn experienced journalist specialising in {f} who follows the story of {k}
    news\twrite\tA regional reporter with good contacts in {f} and an eye for what {k} means to ordinary people
    news\tlike\t{Pro} who is glad to see {k} receive public attention
    news\tlike\tA well-informed citizen who values careful reporting on {k} and {j}
    news\tlike\t{Lay} who is keen on news about {k} and shares it with friends
    news\tlike\tA teacher who uses current reports on {k} to bring {f} into the classroom
    news\tdislike\t{Pro} who is tired of what the papers make of {k}
    news\tdislike\tA media critic watching {f} who finds the coverage of {k} shallow and one-sided
    news\tdislike\t{Lay} who feels that reports on {k} leave out the people concerned
    news\tdislike\tA weary spokesperson who has to answer for bad headlines about {k}
    encyclopedia\tread\t{Pro} who looks up background facts on {k}
    encyclopedia\tread\tA student writing a short assignment in {f} who needs reliable facts about {k}
    encyclopedia\tread\t{Lay} who likes to know the story behind {k}
    encyclopedia\tread\tA quiz enthusiast with a soft spot for {f} who memorises facts about {k} and {j}
    encyclopedia\twrite\tA volunteer encyclopaedia editor who looks after articles on {k}
    encyclopedia\twrite\t{Pro} who writes reference entries on {k} and {j}
    encyclopedia\twrite\tA meticulous amateur researcher in {f} who documents {k} with sources
    encyclopedia\tlike\t{Lay} with a lasting interest in {k}
    encyclopedia\tlike\tA collector of facts about {f} who is delighted by entries on {k}
    encyclopedia\tlike\t{Pro} who has a personal fondness for {k}
    encyclopedia\tdislike\t{Pro} who spots every gap in general articles about {k}
    encyclopedia\tdislike\tA strict encyclopaedia editor who doubts that {k} deserves so much space
    encyclopedia\tdislike\tAn expert on {f} who finds brief entries on {k} too superficial
    biography\tread\t{Lay} who reads up on people known for {k}
    biography\tread\t{Pro} who traces careers connected with {k} and {j}
    biography\tread\tA school pupil preparing a short talk on a figure from {f} linked with {k}
    biography\tread\tA family historian following traces of {k}
    biography\twrite\tA biographer with a special interest in {f} who researches {k}
    biography\twrite\tAn encyclopaedia contributor who compiles career data on {k} and {j}
    biography\twrite\tAn archivist who documents lives in {f}, with {k} as a special subject
    biography\tlike\tAn admirer of achievements in {f} who knows all about {k}
    biography\tlike\t{Lay} who finds inspiration in life stories around {k}
    biography\tlike\t{Pro} who grew up with stories about {k}
    biography\tdislike\t{Pro} who thinks that career summaries around {k} hide the human side
    biography\tdislike\tA historian who distrusts short biographical notes on {k} without sources
    biography\tdislike\tA lifelong rival of those who made a name with {k} in {f}
    plot\tread\tA film fan who reads plot summaries before choosing what to watch, lately stories about {k}
    plot\tread\tA screenwriting student who takes apart stories built around {k} and {j}
    plot\tread\tA video shop clerk who wants to recommend films about {k}
    plot\twrite\tA film blogger who retells plots scene by scene and has a weakness for stories about {k}
    plot\twrite\tA volunteer editor of film articles who summarises stories about {k} and {j}
    plot\twrite\tA novelist or screenwriter drawn to stories about {k}
    plot\tlike\tA moviegoer who loves dramatic stories in which {k} and {j} play a part
    plot\tlike\tA reader of popular fiction who cannot resist tales about {k}
    plot\tlike\tA drama student looking for strong scenes, such as those around {k}
    plot\tdislike\tA viewer who hates spoilers and has heard enough stories about {k}
    plot\tdislike\tA film critic who finds plots about {k} contrived
    plot\tdislike\tA worried parent who thinks stories about {k} unsuitable for children
    filmReview\tread\tA cinema-goer deciding what to watch who cares about {k} and {j}
    filmReview\tread\t{Pro} who checks what ordinary viewers say about {k}
    filmReview\tread\tA film student who studies how reviewers write about {k}
    filmReview\tread\tA member of a film club who wants to know whether {k} can carry an evening
    filmReview+\twrite\tA film lover who writes warm reviews and was taken by {k}
    filmReview+\twrite\tAn online film reviewer who praises {k} and pays attention to {j}
    filmReview-\twrite\tA disappointed viewer who warns others online about {k} and {j}
    filmReview-\twrite\tA sharp-tongued amateur critic with little patience for {k}
    filmReview\twrite\tA film critic for a small website who weighs {k} against {j}
    filmReview\twrite\tAn amateur film reviewer with strong opinions about {k}
    filmReview+\tlike\tA fan of films known for {k} who enjoys seeing a favourite praised
    filmReview-\tlike\tA viewer who was let down by {k} as well and enjoys a biting review
    filmReview\tlike\tA reader of film criticism who appreciates plain words about {k} and {j}
    filmReview-\tdislike\tA devoted fan of the film who defends {k} against harsh critics
    filmReview+\tdislike\tA jaded film critic who cannot understand the enthusiasm about {k}
    filmReview\tdislike\t{Pro} who feels misunderstood by reviews that dwell on {k}
    productReview\tread\tAn online shopper comparing products who wants to know about {k} before buying
    productReview\tread\tA product manager in {f} who reads customer reviews for remarks on {k}
    productReview\tread\tA shopper interested in {f} who has {k} and {j} in mind and wants honest opinions
    productReview+\twrite\tA satisfied customer who recommends a purchase because of {k}
    productReview-\twrite\tA disappointed customer who regrets a purchase because of {k}
    productReview+\twrite\tA buyer with an interest in {f} who is happy to tell others about {k} and {j}
    productReview-\twrite\tA critical buyer with an interest in {f} who complains about {k} and {j}
    productReview\twrite\tA regular online reviewer who tests what is promised about {k}
    productReview+\tlike\tA shopper keen on {f} who made the same purchase and shares the praise for {k}
    productReview+\tlike\tA seller pleased that customers notice {k}
    productReview-\tlike\tA cautious shopper grateful for honest warnings about {k}
    productReview-\tlike\tA competitor in {f} who is pleased to see complaints about {k}
    productReview-\tdislike\tA small online seller hurt by complaints about {k}
    productReview-\tdislike\tA loyal fan of the brand who finds complaints about {k} unfair
    productReview+\tdislike\tA sceptical shopper who suspects that praise for {k} was paid for
    productReview+\tdislike\tA buyer who had bad luck with {k} and cannot share the enthusiasm
    appReview\tread\tA smartphone user comparing apps who wants to know about {k} and {j}
    appReview\tread\tA mobile app developer who reads user feedback on {k} before the next release
    appReview\tread\tA support agent for a mobile app who collects remarks about {k}
    appReview+\twrite\tAn Android user who gives five stars and is especially fond of {k}
    appReview-\twrite\tA frustrated phone user who reports trouble with {k} in an app store review
    appReview\twrite\tA practical smartphone owner who uses the app daily and has suggestions about {k}
    appReview+\tlike\tAn app developer proud that users enjoy {k}
    appReview-\tlike\tA phone user who has the same trouble with {k} and is glad somebody said it
    appReview\tlike\tA phone user who relies on detailed opinions about {k}
    appReview-\tdislike\tAn independent app developer who feels that complaints about {k} are unfair
    appReview+\tdislike\tA privacy-minded phone user who distrusts glowing reviews of {k}
    appReview\tdislike\tA designer of a competing app who sees nothing special in {k}
    placeReview\tread\tA visitor new to the area who is looking for somewhere to go and cares about {k}
    placeReview\tread\tA local business owner who watches what guests write about {k} and {j}
    placeReview\tread\tA traveller who checks reviews for {k} before making a booking
    placeReview+\twrite\tA contented customer who tells everyone about {k} and {j}
    placeReview-\twrite\tAn annoyed customer who will not come back because of {k}
    placeReview\twrite\tA frequent local reviewer who pays attention to {k} and {j}
    placeReview+\tlike\t{Pro} who is proud to read praise for {k}
    placeReview-\tlike\tA guest with a similar bad experience who agrees about {k}
    placeReview\tlike\tA regular in the neighbourhood who loves to compare notes on {k}
    placeReview-\tdislike\t{Pro} who takes public complaints about {k} personally
    placeReview+\tdislike\tA customer who had to wait too long and cannot understand the praise for {k}
    placeReview\tdislike\tAn old regular who thinks that reviews of {k} bring in too many strangers
    dialogue\tread\tA busy friend who was away and scrolls back through the chat to catch up on {k}
    dialogue\tread\tA conversation researcher who studies how friends chat about {k} and {j}
    dialogue\tread\tA language learner who practises everyday English with chats about {k}
    dialogue\twrite\tA young adult who keeps in touch by text message and is busy with {k}
    dialogue\twrite\tA sociable person who sorts out {k} and {j} with friends over chat
    dialogue\twrite\tA friend who types faster than thinking and wants to talk about {k}
    dialogue\tlike\tAn easy-going friend who enjoys small talk about {k}
    dialogue\tlike\tA fiction writer who collects lively everyday dialogue about {k} and {j}
    dialogue\tlike\tA close friend who likes to be asked for advice on {k}
    dialogue\tdislike\tA private person who would rather talk about {k} face to face than in a chat
    dialogue\tdislike\tA strict grammar teacher who winces at hasty messages about {k}
    dialogue\tdislike\tA colleague who is tired of endless chat messages about {k}
    recipe\tread\tA home cook planning dinner who wants to try {k}
    recipe\tread\tA beginner in the kitchen looking for clear steps for {k}
    recipe\tread\t{Lay} who is searching for a new way to make {k}
    recipe\twrite\t{Pro} who publishes tested recipes, {k} among them
    recipe\twrite\tA food blogger who cooks for a family and is known for {k}
    recipe\twrite\tA recipe developer who likes to pair {j} with simple ingredients, as in {k}
    recipe\tlike\tA host who loves to surprise guests with {k}
    recipe\tlike\tA food lover with a weakness for {j} who cannot wait to taste {k}
    recipe\tlike\tA parent glad of family dishes such as {k}
    recipe\tdislike\tA traditional cook who has no time for dishes like {k}
    recipe\tdislike\tA picky eater who avoids {j} and would never order {k}
    recipe\tdislike\tA dietitian who worries about how often people eat {k}
    forum\tread\t{Pro} who browses question sites for answers about {k}
    forum\tread\t{Lay} who has run into the same trouble with {k}
    forum\tread\tA volunteer on a question site who helps beginners with {k} and {j}
    forum\twrite\tA self-taught enthusiast in {f} who asks strangers for help with {k}
    forum\twrite\tA beginner in {f} stuck on a problem with {k} and {j}
    forum\twrite\t{Pro} who posts a detailed question about {k} after hours of trying
    forum\tlike\t{Pro} who enjoys solving puzzles about {k}
    forum\tlike\t{Lay} grateful to find a thread on {k}
    forum\tlike\tA teacher of {f} who collects real questions about {k} for class
    forum\tdislike\tA forum moderator in {f} who has seen too many questions about {k}
    forum\tdislike\t{Pro} who has answered the same questions about {k} too often
    legal\tread\t{Pro} who needs the exact wording on {k}
    legal\tread\tA law student who compares provisions on {k} and {j}
    legal\tread\t{Lay} who wants to know what the rules on {k} mean in practice
    legal\twrite\t{Pro} who drafts careful formal texts on {k}
    legal\twrite\tA legal drafter with experience in {f} who weighs every word about {k} and {j}
    legal\tlike\tA campaigner who quotes passages on {k} in public debates
    legal\tlike\t{Pro} who is convinced of the value of {k}
    legal\tdislike\tA plain language advocate who finds formal texts about {k} hard to bear
    legal\tdislike\tAn official who sees rules on {k} as a burden
    speech\tread\tA political historian who studies public addresses on {k} and {j}
    speech\tread\tA student of rhetoric who analyses how speakers argue for {k}
    speech\tread\tA history teacher looking for original sources on {k}
    speech\twrite\tA head of state who speaks to the nation about {k} and {j}
    speech\twrite\tA speechwriter with a sense of history who places {k} at the heart of an address
    speech\tlike\tA patriotic listener moved by words about {k}
    speech\tlike\tA supporter of the government who agrees on {k} and {j}
    speech\tdislike\tAn opposition politician unconvinced by fine words about {k}
    speech\tdislike\tA journalist weary of solemn speeches about {k} and {j}
    advert\tread\tA customer comparing offers who is looking for {k}
    advert\tread\t{Lay} who has been searching the web for {k}
    advert\tread\t{Pro} who keeps an eye on what competitors promise about {k}
    advert\twrite\tA small business owner in {f} who writes the company's own web pages on {k}
    advert\twrite\tA marketing copywriter for a firm that offers {k} and {j}
    advert\tlike\tA loyal customer delighted by offers on {k}
    advert\tlike\t{Pro} impressed by a clear offer on {k}
    advert\tdislike\tA consumer advocate who is wary of sales talk about {k}
    advert\tdislike\tA web user annoyed by advertising for {k} and {j}
    instructions\tread\t{Lay} looking for step-by-step help with {k}
    instructions\tread\tA beginner in {f} who wants to get {k} right the first time
    instructions\twrite\t{Pro} who writes practical guides to {k} for beginners
    instructions\twrite\tA patient expert in {f} who explains {k} and {j} step by step
    instructions\tlike\tA hands-on learner who enjoys clear instructions on {k}
    instructions\tlike\t{Pro} who sends newcomers to good guides on {k}
    instructions\tdislike\tAn impatient user who would rather try {k} than read about it
    instructions\tdislike\t{Pro} who thinks that popular guides to {k} cut corners
    code\tread\t{Pro} who reviews source code that deals with {k}
    code\twrite\tA programmer who writes small, tidy programs around {k} and {j}
    code\tlike\tA programming student who learns best from code about {k}
    code\tdislike\tA strict code reviewer who would write everything about {k} differently
    poem\tread\tA nursery teacher who reads verses about {k} to small children
    poem\tread\tA lover of poetry who looks for verses about {k} and {j}
    poem\twrite\tA poet who writes short verses about {k} and {j}
    poem\twrite\tA children's author who plays with rhyme and words such as {k}
    poem\tlike\tA grandparent who knows rhymes about {k} by heart
    poem\tlike\tA small child who asks again and again for the verses about {k}
    poem\tdislike\tA sober reader who has no ear for verses about {k}
    poem\tdislike\tA teenager made to learn verses about {k} by heart
    patent\tread\tA patent examiner who checks claims about {k} against earlier inventions
    patent\tread\t{Res} who follows patent filings on {k} and {j}
    patent\twrite\tAn inventor in {f} who seeks protection for an idea about {k}
    patent\twrite\tA patent attorney who drafts claims on {k} and {j}
    patent\tlike\tAn investor on the lookout for inventions in {f} such as {k}
    patent\tdislike\tAn open-source advocate who objects to patents on {k}
    personal\tread\t{Lay} who feels understood by personal stories about {k}
    personal\tread\tA loyal blog reader who follows posts about {k} and {j}
    personal\twrite\tA blogger who writes openly about {k} and {j}
    personal\twrite\t{Lay} who shares everyday thoughts on {k} online
    personal\twrite\t{Pro} who keeps a personal diary about {k}
    personal\tlike\tA reader who enjoys honest first-person writing about {k}
    personal\tlike\t{Lay} who recognises the feelings about {k}
    personal\tdislike\tA matter-of-fact reader who has no use for private musings about {k}
    personal\tdislike\t{Pro} who would rather see facts about {k} than feelings
    general\tread\t{Pro} who keeps informed about {k} and {j}
    general\tread\t{Lay} with an interest in {k}
    general\tread\tA reader curious about {f} who came across {k} and wants to know more
    general\twrite\t{Pro} who writes about {k} for a general audience
    general\twrite\tA freelance writer on {f} who has looked into {k} and {j}
    general\tlike\t{Lay} who is fond of anything to do with {k}
    general\tlike\t{Pro} who is pleased to see {k} discussed
    general\tdislike\t{Pro} who disagrees with much that is said about {k}
    general\tdislike\t{Lay} who is tired of hearing about {k}
    """
}
