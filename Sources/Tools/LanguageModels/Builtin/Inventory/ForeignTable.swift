/// Personas in other languages: people by language and walk of life.
///
/// Tab-separated: language; walk of life; words that point to it (beginnings of words, lower case); who reads, who
/// writes, who likes, who dislikes, each with its article. `*` is for texts of no known walk of life.
enum ForeignTable {
  static let people = """
    fr\trights\tdroit liberté humain égalité dignité loi justice tribunal nations\tUne étudiante en droit\tUn juriste spécialiste des droits humains\tUne militante associative\tUn fonctionnaire sceptique
    fr\tweather\tmétéo orage pluie vent neige tempête inondation vigilance température\tUn marin pêcheur\tUne météorologue régionale\tUn maire de commune rurale\tUn campeur déçu
    fr\tpolitics\tprésident ministre élection parti gouvernement député vote politique campagne sénat\tUn électeur attentif\tUne journaliste politique\tUne conseillère municipale\tUn militant de l'opposition
    fr\teconomy\téconomi entreprise crise banque prix emploi revenu euro marché finance croissance\tUne petite commerçante\tUn journaliste économique\tUne professeure d'économie\tUn ouvrier au chômage
    fr\tsport\tmatch équipe championnat joueur victoire course coupe football rugby olympi entraîneur\tUn supporteur de longue date\tUne reporter sportive\tUn entraîneur de club amateur\tUn voisin du stade
    fr\taccident\tincendie accident police mort blessé attentat victime pompier explosion enquête train\tUne habitante du quartier\tUn reporter de faits divers\tUn pompier volontaire\tLa sœur d'une victime
    fr\tcooking\trecette cuisine farine beurre four sucre sel huile cuillère plat\tUn cuisinier débutant\tUne blogueuse culinaire\tUne grand-mère gourmande\tUn diététicien
    fr\thealth\tsanté médecin hôpital maladie patient virus vaccin traitement\tUne infirmière\tUn médecin généraliste\tUne aidante familiale\tUn patient méfiant
    fr\tscience\trecherche science étude chercheur espace énergie nucléaire planète laboratoire donnée\tUne lycéenne curieuse\tUn chercheur universitaire\tUn professeur de physique\tUn ingénieur sceptique
    fr\tculture\tfilm livre musique artiste roman festival chanson acteur musée théâtre cinéma\tUne cinéphile\tUn critique culturel\tUne libraire\tUn spectateur exigeant
    fr\t*\t-\tUne lectrice assidue\tUn rédacteur indépendant\tUn retraité curieux\tUne lectrice critique
    de\trights\trecht freiheit würde gesetz gericht mensch nationen gleich\tEine Jurastudentin\tEin Menschenrechtsanwalt\tEine ehrenamtliche Flüchtlingshelferin\tEin skeptischer Beamter
    de\ttech\tdigital software computer internet daten technologie netz programm app unternehmen\tEine IT-Beraterin\tEin Fachjournalist für Technik\tEin Gründer eines Start-ups\tEine Betriebsrätin
    de\tpolitics\tregierung minister wahl partei präsident bundestag politik kanzler\tEin politisch interessierter Rentner\tEine Hauptstadtkorrespondentin\tEine Kommunalpolitikerin\tEin Anhänger der Opposition
    de\tcooking\trezept mehl butter zucker ofen backen kochen salz\tEin Hobbykoch\tEine Kochbuchautorin\tEine Großmutter mit großer Familie\tEin Ernährungsberater
    de\thealth\tarzt krankheit patient gesundheit klinik impf therapie\tEine Krankenpflegerin\tEin Hausarzt\tEine pflegende Angehörige\tEin misstrauischer Patient
    de\tsport\tspiel mannschaft trainer liga verein tor meister\tEin Dauerkartenbesitzer\tEine Sportreporterin\tEin Jugendtrainer\tEine Anwohnerin des Stadions
    de\tscience\tforsch wissenschaft studie energie universität experiment physik\tEine Abiturientin\tEin Wissenschaftler\tEine Physiklehrerin\tEin skeptischer Ingenieur
    de\t*\t-\tEine aufmerksame Zeitungsleserin\tEin freier Autor\tEine wissbegierige Rentnerin\tEin kritischer Leser
    es\ttech\tcódigo función variable error aplicación archivo lista div div bash rango java python php jquery javascript clase array programa base datos servidor android html método botón consulta\tUn desarrollador principiante\tUna estudiante de informática\tUn profesor de programación\tUn moderador de foros técnicos
    es\trights\tderecho libertad ley humano dignidad justicia persona naciones igualdad\tUna estudiante de Derecho\tUn abogado de derechos humanos\tUna voluntaria de una organización social\tUn funcionario escéptico
    es\tpolitics\tgobierno presidente elección partido ministro votar política congreso\tUn votante indeciso\tUna periodista política\tUna concejala\tUn opositor veterano
    es\tcooking\treceta harina aceite horno azúcar sal cocina cucharada\tUn cocinero aficionado\tUna bloguera gastronómica\tUna abuela golosa\tUn dietista
    es\thealth\tsalud médico hospital enfermedad paciente virus vacuna\tUna enfermera\tUn médico de familia\tUna cuidadora\tUn paciente desconfiado
    es\tsport\tpartido equipo jugador gol liga entrenador campeón\tUn aficionado de toda la vida\tUna reportera deportiva\tUn entrenador juvenil\tUna vecina del estadio
    es\teconomy\teconomía empresa banco precio crisis mercado empleo\tUna pequeña empresaria\tUn periodista económico\tUn profesor de economía\tUn obrero en paro
    es\t*\t-\tUna lectora curiosa\tUn redactor independiente\tUna jubilada con inquietudes\tUn lector crítico
    it\trights\tdiritto libertà legge dignità giustizia individuo nazioni persona\tUna studentessa di giurisprudenza\tUn avvocato per i diritti umani\tUna volontaria\tUn funzionario scettico
    it\ttv\tfilm serie netflix televis cinema attor stagione episodio streaming\tUn abbonato appassionato di serie\tUna giornalista di spettacolo\tUna cinefila\tIl gestore di un piccolo cinema
    it\teconomy\tprezzo sconto acquist negozio mercato aziend crisi banca offert consumator\tUna consumatrice attenta al risparmio\tUn giornalista economico\tUn commerciante\tUn artigiano di quartiere
    it\tcooking\tricetta farina olio forno zucchero sale cucina pasta\tUn cuoco alle prime armi\tUna blogger di cucina\tUna nonna golosa\tUn dietologo
    it\tpolitics\tgoverno ministro elezion partito president parlamento\tUn elettore attento\tUna cronista politica\tUna consigliera comunale\tUn militante dell'opposizione
    it\t*\t-\tUna lettrice attenta\tUn redattore indipendente\tUna pensionata curiosa\tUn lettore critico
    pt\trights\tdireito liberdade lei dignidade justiça nações humano\tUma estudante de Direito\tUm advogado de direitos humanos\tUma voluntária\tUm funcionário cético
    pt\thealth\tsaúde atendimento domiciliar médico hospital paciente enfermeir doença vacina\tUma técnica de enfermagem\tUm repórter de saúde\tUma cuidadora de idosos\tUm paciente cansado de filas
    pt\tculture\tmúsica banda filme teatro artista livro criança show espetáculo\tUma mãe à procura de programas culturais\tUm produtor cultural\tUma professora de música\tUm crítico exigente
    pt\tpolitics\tgoverno presidente eleiç partido ministro prefeit\tUm eleitor atento\tUma jornalista política\tUma vereadora\tUm militante da oposição
    pt\tsport\tjogo time equipe jogador gol campeonato treinador futebol\tUm torcedor fiel\tUma repórter esportiva\tUm treinador juvenil\tUma vizinha do estádio
    pt\tcooking\treceita farinha açúcar forno óleo colher cozinha\tUm cozinheiro iniciante\tUma blogueira de culinária\tUma avó doceira\tUm nutricionista
    pt\t*\t-\tUma leitora curiosa\tUm redator independente\tUma aposentada interessada\tUm leitor crítico
    pl\tenergy\telektr energi sieci napięci zabezpiecze zwarci transformator prąd impedancj linii moc\tInżynier elektroenergetyk\tPracownik naukowy wydziału elektrycznego\tProjektant sieci energetycznych\tPraktyk z zakładu energetycznego
    pl\tscience\tbada pomiar metod spektro mikroskop proces symulac model komputer laborator wynik\tDoktorant nauk technicznych\tPracownica naukowa politechniki\tKierownik laboratorium badawczego\tWymagający recenzent czasopisma
    pl\trights\tpraw wolnoś człowiek ustaw godnoś deklaracj narod\tStudentka prawa\tPrawnik zajmujący się prawami człowieka\tWolontariuszka organizacji społecznej\tSceptyczny urzędnik
    pl\tpolitics\trząd minister wybor partia prezydent sejm\tUważny wyborca\tDziennikarka polityczna\tRadna miejska\tDziałacz opozycji
    pl\tcooking\tprzepis mąk cukier piekarnik masło sól kuchni\tPoczątkujący kucharz\tBlogerka kulinarna\tBabcia znana z wypieków\tDietetyk
    pl\t*\t-\tDociekliwa czytelniczka\tNiezależny autor\tEmerytowany nauczyciel\tKrytyczny czytelnik
    ru\trights\tправ свобод закон человек суд наци достоинств\tСтудентка юридического факультета\tПравозащитник\tВолонтёр благотворительного фонда\tСкептически настроенный чиновник
    ru\ttech\tпрограмм код сервер данн компьютер сайт сеть\tНачинающий программист\tРазработчик с большим опытом\tПреподаватель информатики\tУсталый администратор форума
    ru\tpolitics\tпрезидент министр выбор партия правительств закон\tВнимательный избиратель\tПолитический журналист\tДепутат районного совета\tСторонник оппозиции
    ru\tcooking\tрецепт мук сахар масл духовк соль\tНачинающий кулинар\tАвтор кулинарного блога\tБабушка, которая любит печь\tДиетолог
    ru\thealth\tврач болезн здоров пациент больниц вакцин\tМедсестра районной больницы\tСемейный врач\tЖенщина, ухаживающая за больной матерью\tНедоверчивый пациент
    ru\tsport\tматч команд тренер футбол чемпион игрок\tПреданный болельщик\tСпортивный корреспондент\tДетский тренер\tЖитель дома у стадиона
    ru\t*\t-\tЛюбознательная читательница\tНезависимый автор\tУчитель на пенсии\tКритически настроенный читатель
    ar\trights\tحقوق حرية الحرية القانون الإنسان كرامة العدالة شخص\tطالبة في كلية الحقوق\tمحام مدافع عن حقوق الإنسان\tمتطوعة في جمعية خيرية\tموظف حكومي متشكك
    ar\tpolitics\tالرئيس الحكومة الوزير انتخابات الحزب السياسة\tناخب متابع للأخبار\tصحفية سياسية\tعضوة في مجلس محلي\tناشط معارض
    ar\tcooking\tوصفة طحين سكر زيت ملح الفرن طبخ\tطباخ مبتدئ\tمدونة طعام\tجدة تحب الطبخ\tأخصائي تغذية
    ar\thealth\tالصحة طبيب مستشفى مرض علاج لقاح\tممرضة\tطبيب عام\tأم ترعى طفلا مريضا\tمريض قلق
    ar\t*\t-\tقارئة فضولية\tكاتب مستقل\tمعلم متقاعد\tقارئ ناقد
    hi\trights\tअधिकार स्वतंत्रता कानून मानव न्याय व्यक्ति गरिमा\tकानून की एक छात्रा\tएक मानवाधिकार वकील\tएक सामाजिक कार्यकर्ता\tएक संशयी सरकारी कर्मचारी
    hi\tcooking\tनमक आटा चीनी तेल मसाला पकाएं रसोई\tएक नौसिखिया रसोइया\tएक खाद्य ब्लॉगर\tएक दादी\tएक आहार विशेषज्ञ
    hi\tpolitics\tसरकार मंत्री चुनाव पार्टी प्रधानमंत्री\tएक जागरूक मतदाता\tएक राजनीतिक पत्रकार\tएक पार्षद\tविपक्ष का एक समर्थक
    hi\t*\t-\tएक जिज्ञासु पाठक\tएक स्वतंत्र लेखक\tएक सेवानिवृत्त शिक्षक\tएक आलोचक पाठक
    ja\trights\t権利 自由 人権 法律 平等 宣言 裁判\t法学部の学生\t人権問題に取り組む弁護士\t市民団体のボランティア\t懐疑的な公務員
    ja\tcooking\t小さじ 大さじ 砂糖 醤油 材料 煮 焼 料理 レシピ 鍋 味噌 だし\t料理を始めたばかりの会社員\t料理研究家\t孫に料理を作る祖母\t栄養士
    ja\ttech\tプログラム サーバ データ ソフト コード アプリ 開発 計算 技術\t駆け出しのプログラマー\tソフトウェア開発者\t情報科の教員\t慎重なシステム管理者
    ja\thealth\t病院 患者 医師 治療 健康 看護 薬\t病棟の看護師\t地域の開業医\t家族を介護する主婦\t心配性の患者
    ja\tscience\t研究 実験 科学 物理 宇宙 理論 分析 電子\t理系の大学院生\t大学の研究者\t理科の高校教師\t実務家の技術者
    ja\tnature\t海 魚 釣 山 森 鳥 農 畑 米 花 雨 天気\t地方に暮らす釣り人\t地方紙の記者\t自然観察が好きな小学生\t高齢の農家
    ja\tsports\t試合 選手 監督 チーム 優勝 野球 サッカー\t地元チームのファン\tスポーツ記者\t少年野球の監督\t球場近くの住民
    ja\t*\t-\t好奇心旺盛な読者\tフリーのライター\t定年退職した教師\t批判的な読者
    zh\trights\t权利 自由 人权 法律 平等 宣言 法院 權利 人權 法院 判决 合同\t法学院的学生\t人权律师\t公益组织的志愿者\t持怀疑态度的公务员
    zh\tcooking\t食材 盐 糖 油 锅 炒 煮 菜谱 酱油 火候 面粉 豆腐\t刚开始学做饭的上班族\t美食专栏作者\t喜欢为家人做饭的奶奶\t营养师
    zh\ttech\t程序 代码 服务器 数据 软件 算法 网络 计算 手机 人工智能\t初学编程的学生\t软件工程师\t信息技术教师\t谨慎的系统管理员
    zh\thealth\t医院 患者 医生 治疗 健康 护理 药 疾病 中医\t病房护士\t社区医生\t照顾父母的中年女儿\t多疑的病人
    zh\tscience\t研究 实验 科学 物理 宇宙 理论 分析 电子 材料\t理工科研究生\t大学研究员\t高中物理老师\t讲求实际的工程师
    zh\tbusiness\t公司 市场 经济 企业 投资 价格 银行 产品 客户\t小企业主\t财经记者\t商学院讲师\t保守的投资者
    zh\teducation\t学生 老师 学校 教育 课程 考试 孩子\t关心孩子学习的家长\t中学教师\t师范大学的学生\t对考试感到厌倦的学生
    zh\tsports\t比赛 球员 教练 冠军 足球 篮球\t多年的球迷\t体育记者\t少年队教练\t住在体育场旁的居民
    zh\t*\t-\t好奇的读者\t自由撰稿人\t退休教师\t爱挑毛病的读者
    nl\t*\t-\tEen nieuwsgierige lezeres\tEen zelfstandige schrijver\tEen gepensioneerde leraar\tEen kritische lezer
    sv\t*\t-\tEn nyfiken läsare\tEn frilansande skribent\tEn pensionerad lärare\tEn kritisk läsare
    id\t*\t-\tSeorang pembaca yang ingin tahu\tSeorang penulis lepas\tSeorang pensiunan guru\tSeorang pembaca yang kritis
    tr\t*\t-\tMeraklı bir okur\tBağımsız bir yazar\tEmekli bir öğretmen\tEleştirel bir okur
    uk\t*\t-\tДопитлива читачка\tНезалежний автор\tУчитель на пенсії\tКритичний читач
    ko\t*\t-\t호기심 많은 독자\t프리랜서 작가\t은퇴한 교사\t비판적인 독자
    th\t*\t-\tผู้อ่านที่อยากรู้อยากเห็น\tนักเขียนอิสระ\tครูเกษียณ\tผู้อ่านช่างวิจารณ์
    """

  /// Language; the ends of the sentence for read, write, like, dislike; how two phrases are joined. `{k}` is the phrase.
  static let endings = """
    fr\t qui cherche à mieux comprendre tout ce qui touche à « {k} »| qui s'informe régulièrement sur « {k} »\t qui travaille depuis des années sur des sujets comme « {k} »\t qui suit avec passion tout ce qui touche à « {k} »\t qui en a assez d'entendre parler de « {k} »\t » et « 
    de\t mit großem Wissensdurst rund um das Thema „{k}“| mit besonderem Interesse am Thema „{k}“\t mit langjähriger Erfahrung zum Thema „{k}“\t mit einer Vorliebe für Themen wie „{k}“\t mit wenig Geduld für Texte über „{k}“\t“ und „
    es\t que busca respuestas sobre «{k}»| que quiere entender mejor todo lo relacionado con «{k}»\t que lleva años trabajando en temas como «{k}»| que escribe con frecuencia sobre «{k}»\t que se alegra cada vez que se habla de «{k}»\t que ya no quiere oír hablar de «{k}»\t» y «
    it\t che vuole capire meglio tutto ciò che riguarda «{k}»\t che si occupa da anni di temi come «{k}»\t che segue con piacere tutto ciò che riguarda «{k}»\t che non ne può più di sentir parlare di «{k}»\t» e «
    pt\t que procura entender melhor tudo o que diz respeito a “{k}”\t que escreve há anos sobre assuntos como “{k}”\t que se interessa por tudo o que tem a ver com “{k}”\t que não aguenta mais ouvir falar de “{k}”\t” e “
    pl\t, kogo na co dzień zajmuje temat: „{k}”\t z dorobkiem publikacji na temat: „{k}”\t, kogo szczególnie interesuje temat: „{k}”\t, kogo nie przekonuje to, co pisze się na temat: „{k}”\t” i „
    ru\t, кому важно разобраться в теме «{k}»\t с многолетним опытом работы над темой «{k}»\t с живым интересом к теме «{k}»\t, кому надоели разговоры на тему «{k}»\t» и «
    ar\t: الاهتمام الأول هو «{k}»\t: الخبرة الطويلة في موضوع «{k}»\t: الشغف بكل ما يتعلق بموضوع «{k}»\t: الملل من كثرة الحديث عن «{k}»\t» و«
    hi\t, जिनकी रुचि «{k}» जैसे विषय में है\t, जो वर्षों से «{k}» जैसे विषय पर लिखते आए हैं\t, जिन्हें «{k}» से जुड़ी हर बात पसंद है\t, जो «{k}» की चर्चा से ऊब चुके हैं\t» और «
    ja\t。「{k}」について詳しく知りたいと思っている。| 。「{k}」に関する文章をよく読んでいる。\t。長年「{k}」について書き続けている。\t。「{k}」の話題が何よりも好きである。\t。「{k}」の話題にはうんざりしている。\t」と「
    zh\t，想深入了解“{k}”，经常查阅相关资料\t，多年来一直在写有关“{k}”的文章\t，对“{k}”有关的一切都很感兴趣\t，对“{k}”的话题感到厌烦，认为相关说法不可信\t”和“
    nl\t met een bijzondere belangstelling voor „{k}”\t met jarenlange ervaring met het onderwerp „{k}”\t met een voorliefde voor het onderwerp „{k}”\t met weinig geduld voor teksten over „{k}”\t” en „
    sv\t med särskilt intresse för ämnet ”{k}”\t med lång erfarenhet av ämnet ”{k}”\t med förkärlek för ämnet ”{k}”\t med föga tålamod med texter om ”{k}”\t” och ”
    id\t yang ingin lebih memahami “{k}”\t yang sudah lama menulis tentang “{k}”\t yang senang mengikuti segala hal tentang “{k}”\t yang bosan mendengar tentang “{k}”\t” dan “
    tr\t: ilgi alanı “{k}”\t: uzmanlık alanı “{k}”\t: en sevdiği konu “{k}”\t: bıktığı konu “{k}”\t” ve “
    uk\t, кому важливо розібратися в темі «{k}»\t з багаторічним досвідом роботи над темою «{k}»\t з живим інтересом до теми «{k}»\t, кому набридли розмови на тему «{k}»\t» і «
    ko\t, ‘{k}’에 대해 더 알고 싶어 한다\t, 오랫동안 ‘{k}’에 관한 글을 써 왔다\t, ‘{k}’에 관한 것이라면 무엇이든 좋아한다\t, ‘{k}’ 이야기에 싫증을 느낀다\t’, ‘
    th\t ที่สนใจเรื่อง “{k}”\t ที่เขียนเรื่อง “{k}” มานาน\t ที่ชื่นชอบเรื่อง “{k}”\t ที่เบื่อเรื่อง “{k}”\t” และ “
    """
}

extension ForeignTable {
  /// Words of several languages that are frequent and say nothing, besides the function words.
  static let weakWords: Set<String> = Set(
    """
    article articles artículo artículos articolo articoli artigo artigos artykuł artykule pracy cette selon après depuis
    avoir faire deux ans été aussi avant pendant être autres encore leurs toutes tous après jour jours heures lundi mardi
    mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre octobre novembre
    décembre tiene puede estoy quiero hacer necesito gracias cómo código tengo siguiente otro otra puedo había unos unas
    questa questi ancora molto essere stato fatto ogni tutti anche dopo prima você também fazer sendo pode assim este
    przedstawiono zostały została oraz można niniejsza dotyczy wyniki kann können werden wurde diese dieser wird mehr
    которые который также этого может было были être человек 제 조 모든 사람은 또는 그 이 수 있다 있는 한다
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { String($0) })
}
