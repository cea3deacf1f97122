/// Frequent function words and telling letters of languages that share a script with others.
///
/// One language per line: code, script, function words, telling letters (`-` for none), separated by tabs. A telling
/// letter may stand with several languages; it then tells less.
enum LanguageProfiles {
  static let table = """
    en\tlatin\tthe of and to in is that it for was with as be by on not are this but his from they have you at or an were which her all been had we their has will would when there if more who can she out he my your what do about so me than our i said into its also one no up\t-
    fr\tlatin\tle la les de des du et est un une dans que qui pour pas sur au aux avec ce cette ces il elle nous vous sont par plus ne se son sa ses leur mais ou comme été être fait dont lui je en tout toute droit à où c'est l'on d'un d'une qu'il n'est j'ai\tàâçèêëîïôùûœ
    de\tlatin\tder die das und ist in den von zu mit sich des auf für nicht ein eine einer eines einem einen dem als auch es an werden wird aus er hat dass sie nach bei oder wir ich aber sind war um im am zum zur über durch wenn nur noch haben kann wie so ihr uns jeder mensch\täöüß
    es\tlatin\tel la los las de y que en un una por con para del se no es su sus al lo como más pero fue ha este esta son entre cuando muy sin sobre también hasta hay donde quien desde todo toda nos porque ser tiene le yo mi si o a persona derecho\tñáéíóú¿¡
    it\tlatin\til la i gli le di e che un una uno per con non del della dei delle degli in è si da al alla sono nel nella ha come più ma anche su dal dalla questo questa se ogni lo ci o suo sua sono stato essere era cui tra fra dell'uomo individuo diritto ed\tàèìòù
    pt\tlatin\to a os as de e que do da dos das em um uma para com não no na nos nas por mais se ao à é são como mas foi ou seu sua pelo pela entre também ser tem muito está isso ele ela eu já quando até sem nem todo pessoa direito toda seus\tãõçáéíóúâêô
    nl\tlatin\tde het een en van in is dat op te zijn met voor niet aan er om ook als bij door maar dan naar uit over tot wordt deze die ik je we hij ze was worden heeft hebben nog of wat kan geen meer al moet mijn onze ieder een zo werd\të
    pl\tlatin\ti w z na do się nie to że jest o jak za od po przez dla ale co tak ma są oraz lub jego tego być czy już tylko który która które przy jej ich może bardzo gdy tym ze było był będzie oraz każdy człowiek prawo ma\tąćęłńśźż
    cs\tlatin\ta v se na je že to s z do o i jako by pro si ale za jsou po ve k od tak který která které nebo až jeho podle být bylo byl však při není má už také co jen své bude každý právo ze ani\těřůčšžýáíéťďň
    sk\tlatin\ta v sa na je že to s z do o i ako by pre si ale za sú po vo k od tak ktorý ktorá ktoré alebo až jeho podľa byť bolo bol však pri nie má už tiež čo len svoje bude každý právo zo ani\tľĺŕôäčšžýáíéťďň
    sl\tlatin\tin je v na za da se so ki pa z ne po od pri kot tudi bi do ali iz s o jih ga še kar bo med vse ima vsak pravico njegov ni biti lahko zaradi če sem\tčšž
    hr\tlatin\ti u je na se da su za od s o kao iz ne što koji koja koje ili ali bi po do te sve nije biti će uz prema njegov svako svatko ima pravo kako bio samo može ga još pod bez nakon\tčćđšž
    sv\tlatin\toch i att det som en på är av för med den till har de inte om ett han men var sig så från vi kan när år jag under också eller nu sin efter hon skall ska där vid mot ut ha alla varje rätt skulle upp vara mycket mig\tåäö
    da\tlatin\tog i at det som en på er af for med den til har de ikke om et han men var sig så fra vi kan når år jeg under også eller nu sin efter hun skal der ved mod ud alle enhver ret blev være hvor meget mig af havde blevet hvad\tåæø
    nb\tlatin\tog i å det som en på er av for med den til har de ikke om et han men var seg så fra vi kan når år jeg under også eller nå sin etter hun skal der ved mot ut alle enhver rett ble være hvor mye meg hadde blitt hva bare\tåæø
    nn\tlatin\tog i å det som ein på er av for med den til har dei ikkje om eit han men var seg så frå vi kan når år eg under også eller no sin etter ho skal der ved mot ut alle kvar rett vart vere kva mykje meg hadde vorte\tåæø
    is\tlatin\tog að í á er sem til það við um ekki með en eru af fyrir hann var því ég þess hafa skal eða hún frá þá þeir verið nú eftir hver rétt manna\tþðæáéíóúýö
    fi\tlatin\tja on ei se että hän oli ovat mutta kun tai joka myös kuin mitä niin sen jos olla minä nyt ole vain jo kanssa hänen mukaan sekä jonka ne siitä tämä voi ollut kaikki jokaisella oikeus johon hyvin en mikä\täö
    et\tlatin\tja on ei see et ta oli kui või ka mis kes oma ning aga nii siis seda selle igal õigus inimesel välja üle pole olla tema iga mille kuid nagu veel juba ainult väga poolt\tõäöü
    lv\tlatin\tun ir ka no ar uz par bet tas to kas vai nav kā ir viņš es tā pie arī jau tiek lai šī katram cilvēkam tiesības būt savu tikai vēl pēc\tāēīūģķļņčšž
    lt\tlatin\tir yra kad į su iš tai ne bei ar kaip jo už tik buvo o dėl savo bet kiekvienas žmogus turi teisę būti arba kuris apie nuo po jau yra\tąčęėįšųūž
    hu\tlatin\ta az és hogy nem is egy ez van volt meg de ha csak már vagy mint el azt ki ami minden kell még volna lehet mert aki csak úgy ezt azok után között személynek joga nagyon voltak sem\tőűáéíóöúü
    tr\tlatin\tve bir bu da de için ile olarak çok daha olan gibi ne kadar ama en o sonra var değil her ya veya ben hakkı vardır olduğu ki diye şahsın mi göre tarafından ise bütün bana çünkü\tğışçöü
    az\tlatin\tvə bir bu da də üçün ilə olan kimi daha çox hər hüququ vardır ki o edir görə öz malikdir insan olunur\təğışçöü
    uz\tlatin\tva bir bu uchun bilan ham har inson huquqiga ega u yoki deb kerak edi lekin bo'lgan bo'lib o'z qilish mumkin\t-
    ro\tlatin\tși şi de la în a cu pe nu că este un o din să ce care mai pentru se au sau prin fi sunt al ale lui ar fost dar după când orice persoană are dreptul sa îi ei cel\tășțşţâî
    ca\tlatin\tel la els les de i que en un una per amb no és del dels al als es o com més seva seu ha són aquest aquesta però tota persona té dret també ser fins entre hi això sense pels\tàçèéíïòóúü·
    gl\tlatin\to a os as de e que en un unha por con para do da dos das non se é na no nas nos como máis pero foi ao á son toda persoa ten dereito seu súa ou polo pola tamén ser\tñáéíóú
    la\tlatin\tet in est non ad ut cum sed qui quae quod ex si per ab aut etiam esse sunt hoc atque enim nec autem ac eius omnes ius ita\t-
    id\tlatin\tyang dan di dari untuk dengan ini itu pada tidak dalam adalah ke akan juga atau ada oleh sebagai mereka bisa setiap orang berhak telah saya karena sudah dapat lebih kami anda hanya atas seperti ia kita harus bahwa\t-
    ms\tlatin\tyang dan di dari untuk dengan ini itu pada tidak dalam adalah ke akan juga atau ada oleh sebagai mereka boleh setiap orang berhak telah saya kerana sudah dapat lebih kami anda hanya atas seperti ia kita mesti bahawa\t-
    tl\tlatin\tang ng sa na mga at ay para hindi ko siya niya ito kanyang may mo ako ni si o kung nang bawat tao karapatan lahat lang din ba pa kay ka\t-
    vi\tlatin\tvà của là có không được cho một trong người những các với để này khi đã từ cũng như về tôi đến ra còn nhưng phải nhiều nào vì mọi quyền sẽ thì bị rằng việc\tđươăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ
    sw\tlatin\tna ya wa kwa ni katika za la kuwa cha haki mtu kila au hii ana watu yake huo hayo lakini si yao pia sana tu hiyo kama baada ambao wote bila kutoka alisema\t-
    so\tlatin\tiyo waa uu ay ee leh loo aan waxaa wuxuu si qof kasta xaq kale lagu isku mid dadka\t-
    ha\tlatin\tda a na ya ta ba ne ce kuma wani shi ga don su an ko wanda kowane mutum yana hakkin sai wannan cikin yake daga nan\tɓɗƙ
    zu\tlatin\tukuthi futhi noma nge kanye umuntu wonke unelungelo ngoba kodwa uma lokho lapho nokuthi ukuba yonke abantu\t-
    yo\tlatin\tni ti ati si kan o wa ó ní sí àti tí láti ẹni tó ètọ́ wọn kò fún gbogbo nínú\tẹọṣ
    mt\tlatin\tli il ta u ma fil għal minn biex kull dritt bniedem għandu jew tal hu dan din kien jekk mill kif\tħġżċ
    ga\tlatin\tan na agus a i ar is go le do ag bhí sé tá sí mar ó nach ní chun gach duine ceart atá níl leis seo\táéíóú
    cy\tlatin\tyr y a i yn o ar mae ac wedi gan bod ei am hawl gan bawb neu fel ond oedd nid eu hyn cael hefyd\tŵŷ
    eu\tlatin\teta da ez du bat dira izan baina ere ditu den dute zen egin behar edo oro pertsona eskubidea duen horren bere dela ditzake\t-
    sq\tlatin\tdhe të e në i për me një që është nga nuk më ka se si do por kjo ky duke tij apo çdo njeri ka drejtë ose janë\tëç
    af\tlatin\tdie en van is in 'n het nie dat om te op met vir wat aan as was by ek sy word hy ons uit reg elkeen sal kan deur ook maar tot\të
    eo\tlatin\tla de kaj en al estas ne mi ke por pri kun oni sed li ĝi esti estis ĉiu rajton havas aŭ per tiu kiu kiel pli\tĉĝĥĵŝŭ
    ru\tcyrillic\tи в не на что он с как это по но к из у за от то же для так все вы бы о его только когда если или она был было мы они при также которые человек имеет право быть я до очень каждый мне вот\tыэёъ
    uk\tcyrillic\tі в не на що він з як це по але до із у за від то ж для так все ви би о його тільки коли якщо або вона був було ми вони при також які людина має право та є й її кожна дуже про\tїєґі
    be\tcyrillic\tі у не на што ён з як гэта па але да за ад для так усе яго толькі калі або яна быў было мы яны пры таксама якія чалавек мае права ці й\tўіэы
    bg\tcyrillic\tи в не на че той с как това по но към от за се да са е като до със или при които всеки човек има право съм си ще беше много са му той тя които\tъщ
    sr\tcyrillic\tи у је на се да су за од с о као из не што који која које или али би по до те све није бити ће уз према свако има право његов био само може\tђћџљњј
    mk\tcyrillic\tи во е на се да за од со што не како кој која кои или но до сите секој има право тој ова беше при само по\tѓќѕџљњј
    kk\tcyrillic\tжәне мен бұл бір үшін деп да де әр адам құқығы бар болып өз немесе оның ол бойынша емес\tәғқңөұүһі
    ky\tcyrillic\tжана менен бул бир үчүн деп да ар адам укугу бар өз же анын ал эмес болуп\tңөү
    mn\tcyrillic\tба нь юм энэ байна бөгөөд хүн бүр эрх тэр буюу эрхтэй мөн гэж болон байх\tөү
    tg\tcyrillic\tва ба аз дар ки ин ба ҳар инсон ҳуқуқ дорад бо барои ё он аст шуд\tҳқғҷӣӯ
    ar\tarabic\tفي من على أن إلى التي هذا عن مع كل أو ما لا هو ولا كان هذه الذي كما لكل قد بعد بين ذلك فرد الحق شخص هي إن ثم وقد لم\tةأإى
    fa\tarabic\tو در به از که این را با است برای آن یک هر می بر تا های خود شده او کند باید حق دارد یا ها شود ما هم نیز کس\tپچژگکی
    ur\tarabic\tاور کے کی میں کا ہے سے کو نے پر یہ ہیں اس کہ نہیں بھی ہر ایک تھا جو وہ گا شخص حق ہو کر یا گیا\tٹڈڑںےہھ
    ps\tarabic\tد او په چې ته کې له دا سره نه هر څوک حق لري یا وي شي دي يې هغه دی تر\tټډړښڅځږېۍګ
    ckb\tarabic\tو لە بە کە بۆ ئەم لەگەڵ هەموو مافی هەیە یان ئەو بێ هەر ناکرێت\tێۆەڵڕڤ
    ug\tarabic\tۋە بىر بۇ بىلەن ئۈچۈن ھەر ئادەم ھوقۇقىغا ئىگە ياكى\tېۇۆۈۋى
    hi\tdevanagari\tके का की है में और से को ने पर यह हैं इस कि नहीं भी हर एक था जो वह व्यक्ति अधिकार हो कर या गया लिए प्रत्येक किया तो था\t-
    mr\tdevanagari\tआणि च्या आहे या व ते की हे नाही होते करण्यात त्या एक मध्ये अधिकार प्रत्येक आहेत किंवा मी केले असे\tळ
    ne\tdevanagari\tर को मा छ ले हो गर्न पनि एक यो भएको लाई छन् अधिकार प्रत्येक हुनेछ छैन तथा गरेको उनले थियो\t-
    sa\tdevanagari\tच न तत् अपि सर्वे इति एव भवति यत् सः तस्य सह वा हि अस्ति\t-
    """
}
