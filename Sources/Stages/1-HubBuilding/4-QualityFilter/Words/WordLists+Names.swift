extension WordLists {
  /// Given names common in many countries, so that a full name can be told from two capitalised words.
  ///
  /// Names that are mostly other words or places in English (Will, Mark, Rose, Grace, May, Florence, Virginia …) are not here.
  static let givenNames = """
    aaron abdul abdullah abigail adam adele adrian ahmed aisha alan albert alejandro alessandro alex alexander alexandra
    alexei alfred ali alice alicia alison allison amanda amber amelia amina amir amy ana anastasia anders andrea andreas
    andrew andrey andré angela angelina anita anjali ann anna anne annette annie antoine anthony antonio anton aparna
    archie arjun arthur arturo ashley astrid audrey aya ayesha barbara beatrice beatriz ben benjamin bernard beth betty
    bill billy bjorn bob bogdan boris bradley brandon brenda brian bridget bruce bruno camille carl carla carlos carmen
    carol carolina caroline caroline catherine cecilia charles charlotte chloe chris christian christina christine
    christopher clara claire claudia colin connor craig cristina cynthia daniel daniela danielle david deborah
    debra denise dennis derek diana diane diego dimitri dmitri dmitry dominic donald donna doris dorothy douglas dylan
    eduardo edward eileen elaine elena elisabeth elizabeth ella ellen emily emma emmanuel eric erica erik erin ernest
    esther ethan eugene eva evelyn fatima fatma felipe felix fernanda fernando fiona francesca francesco francisco
    françois frank fred frederick friedrich gabriel gabriela gary gemma geoffrey george gerald gina giovanni giulia
    giuseppe gloria gonzalo graham greg gregory guillermo gunther gustav hana hannah hans harold harry hassan hazel
    heather hector heidi heinrich helen helena helga henrik henry hiroshi howard hugo ian ibrahim igor ilya ines ingrid
    irene irina isaac isabel isabella ivan jack jackie jacob jacqueline jacques jaime jakob jakub james jamie jan jane
    janet janice jason javier jean jeff jeffrey jennifer jenny jeremy jerry jessica jim jimmy joan joana joanna joao
    joe joel john johnny jonas jonathan jorge jose joseph joshua josé joão juan juana judith judy julia julian julie
    juliette jun juma jürgen kamal karen karin karl katarina kate katherine kathleen kathy katie katja keith kelly
    kenneth kenji kevin khalid kim kimberly klaus kofi krishna kurt kwame kyle larissa lars laura lauren laurent lawrence
    leah leila leo leon leonardo leslie lena li liam lily lina linda lisa lorenzo louis louise luca lucas lucia lucy luis
    luigi lukas luke lydia magdalena malik marc marcel marco marcus marek margaret maria mariana marie marina mario
    marion marjorie marko marta martha martin mary masha massimo mateo matteo matthew matthias maureen maurice max maya
    megan mehmet mei melanie melissa mia michael michel michelle miguel mikhail mohamed mohammed molly monica monika
    moses muhammad mustafa nadia nancy naomi natalia natalie natasha nathan neil nguyen nicholas nicolas nicole nigel
    nikolai nina noah nora norma oleg olga oliver olivia omar oscar otto pablo pamela paolo pascal patricia patrick paul
    paula paulo pedro peggy peter petra philip philippe phillip phyllis pierre piotr priya rachel rafael rahul raj rajesh
    ralph ramesh raquel raymond rebecca renee ricardo richard rita robert roberto roger rohan roman ronald rosa rosie
    roy ruth ryan sabine sakura salma samantha samuel sana sandra sanjay sara sarah satoshi scott sean sebastian sergei
    sergio shannon sharon sheila shirley simon simone sofia sonia sophia sophie stefan stefano stella stephanie stephen
    steve steven stuart sunita susan susanne suzanne sven svetlana sylvia takashi tamara tania tanya tatiana teresa
    terry theodore theresa thomas tim timothy tina tobias todd tom tomasz tony tracy ursula valentina valeria vanessa
    vera veronica victor victoria vijay vikram vincent viktor vladimir walter wanjiru wei wendy werner wilhelm william
    wolfgang xavier xiaoming yasmin yolanda yuki yuri yusuf yves zainab zoe zoë иван анна мария елена ольга наталья
    татьяна сергей александр алексей дмитрий николай владимир михаил андрей екатерина светлана юлия пётр петр павел
    """
}
