import Languages
import Testing

struct LanguageGuessTests {
  private static let sentences: [(String, String)] = [
    ("en", "The ferry was late again, and the children had eaten all of their sandwiches by noon."),
    ("fr", "Le bateau était en retard et les enfants avaient déjà mangé tous leurs sandwichs avant midi."),
    ("de", "Die Fähre hatte wieder Verspätung, und die Kinder haben ihre Brote schon vor dem Mittag gegessen."),
    ("es", "El barco llegó tarde otra vez y los niños ya se habían comido todos sus bocadillos."),
    ("it", "Il traghetto era di nuovo in ritardo e i bambini avevano già mangiato tutti i loro panini."),
    ("pt", "O barco estava atrasado de novo e as crianças já tinham comido todos os seus sanduíches."),
    ("nl", "De veerboot was weer te laat en de kinderen hadden al hun boterhammen voor de middag opgegeten."),
    ("pl", "Prom znowu się spóźnił, a dzieci zjadły już wszystkie kanapki, które były na drogę."),
    ("cs", "Trajekt měl zase zpoždění a děti už snědly všechny chleby, které měly na cestu."),
    ("sv", "Färjan var sen igen och barnen hade redan ätit upp alla smörgåsar som de hade med sig."),
    ("da", "Færgen var forsinket igen, og børnene havde allerede spist alle de madder, som de havde med."),
    ("nb", "Fergen var forsinket igjen, og barna hadde allerede spist opp all maten som de hadde med etter frokost."),
    ("fi", "Lautta oli taas myöhässä, ja lapset olivat jo syöneet kaikki eväät, jotka heillä oli mukana."),
    ("hu", "A komp megint késett, és a gyerekek már az összes szendvicset megették, amit magukkal hoztak."),
    ("tr", "Vapur yine geç kaldı ve çocuklar öğleden önce bütün ekmekleri bitirmişti, ama kimse için sorun değil."),
    ("ro", "Feribotul a întârziat din nou, iar copiii au mâncat deja toate sandvișurile care erau pentru drum."),
    ("hr", "Trajekt je opet kasnio, a djeca su već pojela sve sendviče koje su imala za put."),
    ("id", "Kapal itu terlambat lagi dan anak-anak sudah makan semua roti karena mereka tidak bisa menahan lapar."),
    ("vi", "Chuyến phà lại đến muộn và các con đã ăn hết bánh mì mang theo cho chuyến đi."),
    ("sw", "Kivuko kilichelewa tena na watoto walikuwa wamekula mkate wao wote kabla ya saa sita kwa sababu ya njaa."),
    ("ru", "Паром снова опоздал, и дети уже съели все бутерброды, которые они взяли с собой."),
    ("uk", "Пором знову запізнився, і діти вже з'їли всі бутерброди, які вони взяли з собою."),
    ("bg", "Фериботът отново закъсня и децата вече бяха изяли всички сандвичи, които са взели със себе си."),
    ("sr", "Трајект је опет каснио, а деца су већ појела све сендвиче које су понела за пут."),
    ("ar", "تأخرت العبارة مرة أخرى وكان الأطفال قد أكلوا كل الشطائر التي معهم قبل الظهر من شدة الجوع."),
    ("fa", "کشتی باز هم دیر رسید و بچه‌ها تمام ساندویچ‌های خود را که برای راه آورده بودند خورده بودند."),
    ("ur", "کشتی پھر دیر سے آئی اور بچوں نے دوپہر سے پہلے ہی سب روٹیاں کھا لیں جو ان کے پاس تھیں۔"),
    ("hi", "नाव फिर से देर से आई और बच्चों ने दोपहर से पहले ही सारी रोटियाँ खा ली थीं।"),
    ("el", "Το πλοίο άργησε πάλι και τα παιδιά είχαν φάει όλα τα σάντουιτς."),
    ("he", "המעבורת איחרה שוב והילדים כבר אכלו את כל הכריכים."),
    ("th", "เรือข้ามฟากมาช้าอีกแล้ว และเด็ก ๆ กินแซนด์วิชหมดก่อนเที่ยง"),
    ("ko", "배가 또 늦었고 아이들은 정오 전에 샌드위치를 다 먹었다."),
    ("ja", "フェリーはまた遅れて、子どもたちは昼前にお弁当を全部食べてしまった。"),
    ("zh", "渡船又晚点了，孩子们中午之前就把带来的面包全吃光了。"),
    ("ka", "ბორანმა ისევ დაიგვიანა და ბავშვებმა უკვე შეჭამეს ყველა სენდვიჩი."),
    ("hy", "Լաստանավը կրկին ուշացավ, և երեխաներն արդեն կերել էին ամբողջ հացը։"),
    ("ta", "படகு மீண்டும் தாமதமாக வந்தது, குழந்தைகள் எல்லா உணவையும் சாப்பிட்டுவிட்டார்கள்."),
    ("bn", "ফেরি আবার দেরি করল, আর বাচ্চারা দুপুরের আগেই সব খাবার খেয়ে ফেলল।"),
    ("am", "ጀልባው እንደገና ዘገየ፣ ልጆቹም ምግባቸውን ሁሉ በልተው ጨረሱ።"),
  ]

  @Test(arguments: sentences) func oneSentenceTellsItsLanguage(code: String, sentence: String) {
    #expect(LanguageGuess.language(of: sentence) == code)
  }

  @Test(arguments: ["", "   ", "42 + 17 = 59", "🙂🙂🙂", "Xqzt Brrl", "\u{0}\u{1}\u{FFFD}"])
  func whatIsNoLanguageGivesNone(text: String) {
    #expect(LanguageGuess.language(of: text).isEmpty)
  }

  @Test func theScriptIsThatOfMostLetters() {
    #expect(LanguageGuess.script(of: "Plan A: поехали все вместе") == .cyrillic)
    #expect(LanguageGuess.script(of: "東京へ行く") == .kana)
    #expect(LanguageGuess.script(of: "北京大学 (PKU)") == .han)
    #expect(LanguageGuess.script(of: "1, 2, 3!") == .other)
    #expect(LanguageGuess.script(of: "Straße") == .latin)
  }

  @Test func capitalsAndLengthDoNotMatter() {
    let sentence = "The ferry was late again, and the children had eaten all of their sandwiches. "
    #expect(LanguageGuess.language(of: sentence.uppercased()) == "en")
    #expect(LanguageGuess.language(of: String(repeating: sentence, count: 5_000)) == "en")
  }
}
