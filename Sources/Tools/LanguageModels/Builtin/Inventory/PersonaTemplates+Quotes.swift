/// Sentences for texts that are quoted, since no phrase of theirs is surely the topic: genre, verb, sentence.
///
/// `{q}` is `headed “…”` where the text has a title, else `with the words “…”`. The person is one whom any text of the
/// genre may have.
extension PersonaTemplates {
  static let quoting = """
    research?\tread\tA graduate student who takes notes on a research text {q}
    research?\tread\tA researcher who has put a paper {q} on the reading list
    research?\tread\tA graduate student of {f} who works through a research text {q}
    research?\twrite\tA researcher who is at work on a paper {q}
    research?\twrite\tA doctoral candidate who drafts a research text {q}
    research?\tlike\tA scientific reader who recommends a research text {q} to colleagues
    research?\tlike\tA university lecturer who hands a research text {q} to students
    research?\tdislike\tA sceptical peer reviewer who is not convinced by a research text {q}
    research?\tdislike\tA busy researcher who finds a paper {q} hard going
    textbook?\tread\tA school pupil who reads a lesson {q} before a test
    textbook?\tread\tA home-schooling parent who goes through a lesson {q} with a child
    textbook?\twrite\tA teacher who writes short lessons, one of them {q}
    textbook?\twrite\tA writer of school exercises, the latest of them {q}
    textbook?\tlike\tA curious teenager who enjoys a lesson {q}
    textbook?\tlike\tA teacher who likes to use a short lesson {q} in class
    textbook?\tdislike\tA bored pupil who struggles with a lesson {q}
    textbook?\tdislike\tA demanding teacher who misses depth in a lesson {q}
    news?\tread\tA newspaper reader who has come across a report {q}
    news?\tread\tA news librarian who files a report {q}
    news?\tread\tA regular news reader who follows a story {q}
    news?\twrite\tA news reporter who has just filed a report {q}
    news?\twrite\tA news agency correspondent who has just sent off a report {q}
    news?\tlike\tA news editor who likes plain reports, such as one {q}
    news?\tlike\tA well-informed citizen who passes on a report {q}
    news?\tdislike\tA media critic who finds fault with a report {q}
    news?\tdislike\tA newspaper reader who has little use for a report {q}
    encyclopedia?\tread\tA reader of reference works who has come to an entry {q}
    encyclopedia?\tread\tA quiz enthusiast who takes notes from an entry {q}
    encyclopedia?\twrite\tA volunteer encyclopaedia editor who works on an entry {q}
    encyclopedia?\twrite\tA writer of reference entries, one of them {q}
    encyclopedia?\tlike\tA reader of encyclopaedias who enjoys an entry {q}
    encyclopedia?\tlike\tA collector of facts who is pleased with an entry {q}
    encyclopedia?\tdislike\tA strict encyclopaedia editor who finds an entry {q} badly sourced
    encyclopedia?\tdislike\tA demanding reader who finds an entry {q} too superficial
    biography?\tread\tA reader of short biographies who has come to one {q}
    biography?\tread\tA school pupil preparing a short talk from a life story {q}
    biography?\twrite\tA biographer who sums up a life in a text {q}
    biography?\twrite\tAn encyclopaedia contributor at work on a life story {q}
    biography?\tlike\tA lover of biographies who enjoys a life story {q}
    biography?\tlike\tA reader with a taste for life stories, most recently for one {q}
    biography?\tdislike\tA historian who distrusts short biographical notes, such as one {q}
    biography?\tdislike\tA demanding reader who gets little out of a life story {q}
    plot?\tread\tA film fan who reads a plot {q}
    plot?\tread\tA cinema-goer who looks up stories before choosing a film, here one {q}
    plot?\twrite\tA contributor to a film guide who retells a story {q}
    plot?\twrite\tA film enthusiast who sums up plots, one of them {q}
    plot?\tlike\tA film fan who enjoys a story {q}
    plot?\tlike\tA lover of eventful films drawn to a story {q}
    plot?\tdislike\tA film critic who finds a plot {q} contrived
    plot?\tdislike\tA cinema-goer who has no wish to see the film after reading a plot {q}
    filmReview?\tread\tA cinema-goer who reads a review {q} before choosing a film
    filmReview?\tread\tA film fan who compares opinions and has come to a review {q}
    filmReview?\twrite\tAn amateur film reviewer whose latest review is the one {q}
    filmReview?\twrite\tA film fan who posts opinions online, such as a review {q}
    filmReview?\tlike\tA film fan who agrees with a review {q}
    filmReview?\tlike\tA reader of film criticism who appreciates a review {q}
    filmReview?\tdislike\tA film fan who disagrees with a review {q}
    filmReview?\tdislike\tA cinema-goer with another opinion who is annoyed by a review {q}
    productReview?\tread\tA careful shopper who reads a review {q} before buying
    productReview?\tread\tAn online seller who looks through customers' reviews and stops at one {q}
    productReview?\twrite\tA customer who has posted a review {q}
    productReview?\twrite\tAn online shopper who shares opinions, the latest in a review {q}
    productReview?\tlike\tA shopper who finds a review {q} helpful
    productReview?\tlike\tA customer who agrees with a review {q}
    productReview?\tdislike\tA buyer with a different experience who disagrees with a review {q}
    productReview?\tdislike\tA shopper who finds a review {q} of little help
    appReview?\tread\tA phone user who reads a review {q} before installing an app
    appReview?\tread\tAn app developer who goes through users' reviews and stops at one {q}
    appReview?\twrite\tA phone user who has posted a review {q} in an app store
    appReview?\twrite\tA user of many apps who rates them briefly, here in a review {q}
    appReview?\tlike\tA phone user who agrees with a review {q}
    appReview?\tlike\tA user of the same app who finds a review {q} helpful
    appReview?\tdislike\tAn app developer unhappy with a review {q}
    appReview?\tdislike\tA user of the same app who disagrees with a review {q}
    placeReview?\tread\tA visitor looking for somewhere to go who reads a review {q}
    placeReview?\tread\tA business owner who goes through customers' reviews and stops at one {q}
    placeReview?\twrite\tA customer who has posted a review {q} about a visit
    placeReview?\twrite\tA local reviewer who rates places, here in a review {q}
    placeReview?\tlike\tA customer who agrees with a review {q}
    placeReview?\tlike\tA visitor who finds a review {q} helpful
    placeReview?\tdislike\tA regular customer who disagrees with a review {q}
    placeReview?\tdislike\tA business owner unhappy with a review {q}
    review?\tread\tA careful customer who reads what others rate, here a review {q}
    review?\tread\tA shopper comparing star ratings who has come to a review {q}
    review?\twrite\tA regular online reviewer who gives stars, here in a review {q}
    review?\twrite\tA customer who has posted a short review {q}
    review?\tlike\tA customer who agrees with a review {q}
    review?\tlike\tA reader of reviews who finds one {q} helpful
    review?\tdislike\tA customer with a different experience who disagrees with a review {q}
    review?\tdislike\tA demanding reader of reviews who finds one {q} of little use
    recipe?\tread\tA home cook who follows a recipe {q}
    recipe?\tread\tAn amateur cook who tries out a recipe {q}
    recipe?\twrite\tA food writer who notes down a recipe {q}
    recipe?\twrite\tA cook who writes recipes for beginners, one of them {q}
    recipe?\tlike\tA home cook who has saved a recipe {q}
    recipe?\tlike\tAn amateur cook who likes clear steps, as in a recipe {q}
    recipe?\tdislike\tAn impatient eater with no time for a recipe {q}
    recipe?\tdislike\tAn experienced cook who finds fault with a recipe {q}
    dialogue?\tread\tA language learner who practises everyday English with a conversation {q}
    dialogue?\tread\tA language teacher who looks through everyday conversations, here one {q}
    dialogue?\twrite\tA writer of dialogues for language courses, one of them {q}
    dialogue?\twrite\tA person who chats with friends every day, as in a conversation {q}
    dialogue?\tlike\tA language learner who enjoys an everyday conversation {q}
    dialogue?\tlike\tA language teacher who likes natural talk, such as a conversation {q}
    dialogue?\tdislike\tA lover of literature bored by everyday talk, such as a conversation {q}
    dialogue?\tdislike\tA language teacher who finds a conversation {q} too casual for class
    speech?\tread\tA student of rhetoric who analyses an address {q}
    speech?\tread\tA history teacher looking for original speeches, here one {q}
    speech?\twrite\tA political speechwriter who works on an address {q}
    speech?\twrite\tA public speaker preparing an address {q}
    speech?\tlike\tA listener moved by an address {q}
    speech?\tlike\tA supporter who applauds a speech {q}
    speech?\tdislike\tAn opponent unconvinced by a speech {q}
    speech?\tdislike\tA journalist weary of solemn addresses, such as one {q}
    legal?\tread\tA law student who reads a formal text {q}
    legal?\twrite\tA lawyer who drafts a formal text {q}
    legal?\tlike\tA jurist who values precise wording, as in a text {q}
    legal?\tdislike\tA plain language advocate who objects to a formal text {q}
    forum?\tread\tA visitor of question sites who has found a post {q}
    forum?\twrite\tA person who asks strangers for help online in a post {q}
    forum?\tlike\tA helpful expert who enjoys online questions, such as a post {q}
    forum?\tdislike\tA forum moderator who finds a post {q} badly put
    instructions?\tread\tA beginner looking for help who has found a guide {q}
    instructions?\twrite\tA practical person who writes guides, one of them {q}
    instructions?\tlike\tA hands-on learner who enjoys a guide {q}
    instructions?\tdislike\tAn impatient user who would rather try things out than read a guide {q}
    advert?\tread\tA customer comparing offers who reads a web page {q}
    advert?\twrite\tA writer of web pages for customers, one of them {q}
    advert?\tlike\tA customer impressed by a web page {q}
    advert?\tdislike\tA consumer advocate who is wary of a web page {q}
    personal?\tread\tA reader of blogs who likes first-person accounts, here one {q}
    personal?\twrite\tA person who writes openly about everyday life, here in a text {q}
    personal?\tlike\tA reader who enjoys honest first-person writing, such as a text {q}
    personal?\tdislike\tA matter-of-fact reader who has no use for a private account {q}
    poem?\tread\tA lover of short lines who reads some {q}
    poem?\twrite\tAn author who writes in short lines, such as some {q}
    poem?\tlike\tA reader who enjoys short lines, such as some {q}
    poem?\tdislike\tA lover of long prose who has no patience with short lines, such as some {q}
    thanks?\tread\tA research student who reads how others thank their helpers, here on a page {q}
    thanks?\twrite\tA graduate at the end of a thesis who thanks supervisors, family and friends on a page {q}
    thanks?\tlike\tA proud relative of a new graduate who is moved by a page of thanks {q}
    thanks?\tdislike\tA hurried reader of theses who skips pages of thanks, such as one {q}
    patent?\tread\tA patent examiner who checks a filing {q}
    patent?\twrite\tA patent attorney who drafts a filing {q}
    patent?\tlike\tAn investor on the lookout for inventions who keeps a filing {q}
    patent?\tdislike\tAn open-source advocate who objects to a filing {q}
    general?\tread\tA reader who keeps cuttings and has just filed one {q}
    general?\tread\tA curious reader who has come across a text {q}
    general?\tread\tA patient reader who takes notes on a text {q}
    general?\tread\tA reader interested in {f} who has come to a text {q}
    general?\twrite\tA freelance writer who has just sent off a text {q}
    general?\twrite\tA writer for a general audience who is at work on a text {q}
    general?\twrite\tAn author who has just finished a text {q}
    general?\tlike\tA reader who enjoys a text {q}
    general?\tlike\tA reader who shares a text {q} with friends
    general?\tlike\tA reader interested in {f} who recommends a text {q}
    general?\tdislike\tA critical reader who has objections to a text {q}
    general?\tdislike\tA demanding reader who gets little out of a text {q}
    general?\tdislike\tA sceptical reader who doubts what stands in a text {q}
    """
}
