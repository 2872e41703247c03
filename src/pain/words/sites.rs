//! Names of places of the body in seven languages, common diagnoses as places only, and names of places niggle has no word for.

use crate::pain::{Site, Word};

/// The names of each place: English first, then German, French, Spanish, Italian, Portuguese and Dutch. A phrase is matched
/// as a whole before its words are.
pub(super) const SITES: &[(Site, &str)] = &[
    (
        Site::None,
        "no|no pain|nothing|nowhere|all clear|all good|all fine|all ok|all okay|clear|ok|okay|fine|good|great|\
        pain free|\
         painfree|0|no site|nil|zero|everything fine|everything ok|feeling good|\
         kein|keine|keiner|keinerlei|nichts|nirgends|nirgendwo|schmerzfrei|beschwerdefrei|alles gut|alles ok|\
         alles okay|\
         aucun|aucune|rien|nulle part|ras|r a s|tout va bien|ca va|\
         ninguno|ninguna|nada|en ningun lado|en ningun sitio|ningun lugar|en ninguna parte|todo bien|\
         nessuno|nessuna|nessun posto|niente|nulla|da nessuna parte|tutto bene|tutto ok|\
         nenhum|nenhuma|em lugar nenhum|em nenhum lugar|tudo bem|sem dor|\
         geen|niets|nergens|alles goed|pijnvrij|geen pijn|\
         brak|nigdzie|nic|ingen|inget|ingenting|なし|無し|特になし|없음|无|無",
    ),
    (
        Site::Knee,
        "inner knee|inside knee|back of knee|knee joint|medial knee|meniscus|mcl|lcl|acl|pcl|baker's cyst|bakers cyst|\
         pes anserine|pes anserinus|pes anserine bursa|popliteus|popliteal|hollow of the knee|\
         knie|kniegelenk|kniekehle|kniekehlen|meniskus|innenmeniskus|aussenmeniskus|kreuzband|innenband|\
         genou|genoux|menisque|creux poplite|pes anserinus|rodilla|rodillas|menisco|hueco popliteo|\
         ginocchio|ginocchia|cavo popliteo|joelho|joelhos|knieholte|knieen|knieën|meniscus|\
         kolano|kolana|knä|knæ|kne|膝|ひざ|ヒザ|무릎|膝盖",
    ),
    (
        Site::Kneecap,
        "runner's knee|runners knee|knee cap|knee caps|patella|patellae|chondromalacia|chondromalacia patellae|\
        patellar|patellar tendon|patella tendon|jumper's knee|jumpers knee|\
         under kneecap|behind kneecap|front of knee|front knee|anterior knee|patellofemoral|pfps|pfp|pfs|hoffa|\
         kniescheibe|kniescheiben|patellasehne|patellaspitze|patellaspitzensyndrom|patellaspitzen|läuferknie|\
         laeuferknie|\
         springerknie|rotule|tendon rotulien|rotulien|genou du coureur|genou du sauteur|\
         rótula|tendón rotuliano|rotuliano|rotuliana|rodilla del corredor|rodilla de corredor|rodilla del saltador|\
         rotula|tendine rotuleo|rotuleo|ginocchio del corridore|ginocchio del saltatore|\
         patelar|tendão patelar|joelho de corredor|joelho do corredor|joelho de saltador|\
         knieschijf|lopersknie|springersknie|springknie|kniepees|patellapees|rzepka|膝蓋骨|ひざのお皿",
    ),
    (
        Site::Shin,
        "shin splints|shin splint|shinsplints|shin bone|shinbone|shins|tibia|tibial|mtss|medial tibial stress syndrome|\
         inner shin|outer shin|front of lower leg|tibialis anterior|tib ant|anterior tibial|\
         schienbein|schienbeine|schienbeinkante|schienbeinkantensyndrom|tibialis|\
         périostite|periostite tibiale|périostite tibiale|tibias|devant de la jambe|\
         espinilla|espinillas|periostitis|periostitis tibial|tibia|canillas|canilla|\
         stinco|stinchi|periostite|tibie|canela|canelas|canelite|tíbia|periostitis tibiale|\
         scheenbeen|scheenbenen|scheen|schenen|springscheen|springschenen|\
         piszczel|goleń|smalben|skenben|skinneben|すね|スネ|脛|シンスプリント|정강이",
    ),
    (
        Site::Calf,
        "calves|calfs|calf muscle|soleus|gastrocnemius|gastroc|gastrocs|calve|calf knot|\
         wade|waden|wadenmuskel|wadenmuskulatur|schollenmuskel|zwillingsmuskel|mollet|mollets|soléaire|jumeaux|jumeau|\
         pantorrilla|pantorrillas|gemelo|gemelos|sóleo|polpaccio|polpacci|soleo|panturrilha|panturrilhas|\
         batata da perna|\
         gémeos|gemeos|gêmeos|kuit|kuiten|kuitspier|kuitspieren|łydka|lydka|vad|vader|legg|læg|ふくらはぎ|종아리",
    ),
    (
        Site::Achilles,
        "at|achilles tendon|achillestendon|achilles heel|achillies|tendo achilles|tendocalcaneus|\
         achillodynie|achillodynia|achillessehne|achillessehnen|achillessehnenansatz|achillesferse|tendon d'achille|\
         tendon achille|achille|\
         talon d'achille|aquiles|tendón de aquiles|tendón aquiles|tendon de aquiles|tendine d'achille|tendine achille|\
         tallone d'achille|tendão de aquiles|tendao de aquiles|achillespees|achillespezen|hakpees|\
         ścięgno achillesa|hälsena|hälsenan|アキレス腱|아킬레스건",
    ),
    (
        Site::Ankle,
        "ankle joint|inner ankle|outer ankle|malleolus|peroneal|peroneals|peroneus|peroneal tendon|posterior tibial|\
         posterior tibialis|posterior tibial tendon|tibialis posterior|tib post|post tib|pttp|pttd|ptt|talus|\
         syndesmosis|\
         atfl|knöchel|knoechel|fussknöchel|sprunggelenk|sprunggelenke|oberes sprunggelenk|osg|aussenband am knöchel|\
         innenknöchel|aussenknöchel|peroneussehne|cheville|chevilles|malléole|tobillo|tobillos|maléolo|peroneo|\
         peroneos|\
         caviglia|caviglie|malleolo|tornozelo|tornozelos|enkel|enkels|enkelgewricht|kostka|kostki|fotled|ankel|足首|발목",
    ),
    (
        Site::Heel,
        "heel bone|calcaneus|calcaneal|heel spur|heel spurs|heel pad|haglund|haglunds|\
         ferse|fersen|fersenbein|fersensporn|haglundferse|talon|talons|épine calcanéenne|calcanéum|talón|talones|\
         calcáneo|\
         espolón calcáneo|espolón|fascia del talón|tallone|talloni|calcagno|sperone calcaneare|spina calcaneare|\
         sperone|\
         calcanhar|calcanhares|esporão do calcâneo|esporão|esporao|hiel|hielen|hielspoor|pięta|pieta|häl|hæl|かかと|踵|\
         발뒤꿈치",
    ),
    (
        Site::Foot,
        "feet|plantar|plantar fascia|plantar fasciitis|plantar fascitis|plantar fasciosis|arch|foot arch|midfoot|\
        mid foot|\
         forefoot|sole|instep|metatarsal|metatarsals|met head|ball of foot|top of foot|sesamoid|sesamoids|morton|\
         mortons|\
         morton's neuroma|neuroma|lisfranc|navicular|cuboid|extensor tendon|fhl|\
         fuß|fuss|füße|fuesse|fusssohle|fußsohle|fussgewölbe|fussrücken|vorfuß|mittelfuß|mittelfussknochen|ballen|\
         fußballen|plantarfaszie|plantarfasziitis|spann|sesambein|\
         pied|pieds|voûte plantaire|plante du pied|aponévrose plantaire|aponévrosite plantaire|fasciite plantaire|\
         fascia plantaire|métatarse|métatarsien|avant pied|cou de pied|\
         pie|pies|planta del pie|fascitis plantar|fascia plantar|metatarso|metatarsiano|empeine|arco del pie|\
         piede|piedi|pianta del piede|fascite plantare|fascia plantare|metatarso|avampiede|collo del piede|\
         pé|pés|planta do pé|fascite plantar|fasceíte plantar|fáscia plantar|metatarso|peito do pé|\
         voet|voeten|voetzool|voetboog|wreef|middenvoet|voorvoet|bal van de voet|fasciitis plantaris|hielfascia|\
         middenvoetsbeentje|stopa|stopy|fot|fod|足|足の裏|足底|발",
    ),
    (
        Site::Toe,
        "big toe|great toe|little toe|toenail|toe nail|hallux|bunion|turf toe|\
         zeh|zehe|zehen|grosszehe|großzehe|großer zeh|zehennagel|orteil|orteils|gros orteil|hallux valgus|\
         dedo|dedos|dedo del pie|dedos del pie|dedo gordo|dito del piede|dita del piede|alluce|dedo do pé|dedão|dedao|\
         teen|tenen|grote teen|paluch|stortå|tå|つま先|足指",
    ),
    (
        Site::Hamstring,
        "ham|hams|hammy|hammies|hamstrings|hammie|hammys|hamstring tendon|hamstring origin|back of thigh|\
        posterior thigh|\
         biceps femoris|semitendinosus|semimembranosus|pht|\
         beinbeuger|beinbizeps|hintere oberschenkelmuskulatur|oberschenkelrückseite|ischiocrural|\
         ischios|ischio|ischio jambiers|ischio jambier|arrière de la cuisse|isquios|isquio|isquiotibial|isquiotibiales|\
         ischiocrurali|femorali|bicipite femorale|isquiotibiais|posterior da coxa|posterior de coxa|hamstringpees|\
         ハムストリング|ハムストリングス|ハム|햄스트링",
    ),
    (
        Site::Quad,
        "quadriceps|quads|quad tendon|front of thigh|front thigh|anterior thigh|rectus femoris|vastus lateralis|\
         vastus medialis|vmo|oberschenkelvorderseite|quadrizeps|avant de la cuisse|quadri|cuádriceps|cuadriceps|\
         cuadricep|quadricipite|quadricipiti|quadríceps|大腿四頭筋",
    ),
    (
        Site::Thigh,
        "upper leg|inner thigh|outer thigh|thighs|femur|femoral shaft|\
         oberschenkel|cuisse|cuisses|fémur|muslo|muslos|fémur|coscia|cosce|femore|coxa|coxas|fêmur|\
         bovenbeen|bovenbenen|dijbeen|dij|udo|lår|太もも|もも|허벅지",
    ),
    (
        Site::Itb,
        "it band|itb band|itbs|it band syndrome|itb syndrome|itband|iliotibial band|iliotibial|iliotibial tract|\
        it tract|\
         outer knee|outside knee|outside of knee|lateral knee|\
         tractus|tractus iliotibialis|iliotibialband|ilio tibial band|tfl syndrome|tfl bandelette|\
         bandelette|bandelette ilio tibiale|bandelette iliotibiale|essuie glace|syndrome de l'essuie glace|\
         cintilla|cintilla iliotibial|banda iliotibial|bandelletta|bandelletta ileotibiale|ileotibiale|\
         trato iliotibial|banda iliotibial|bandeleta|腸脛靭帯",
    ),
    (
        Site::Hip,
        "hip joint|hip flexor|hip flexors|outer hip|iliopsoas|psoas|tfl|tensor fasciae latae|greater trochanter|\
        trochanter|hip bone|iliac crest|asis|beckenkamm|crête iliaque|cresta ilíaca|crista ilíaca|bekkenkam|\
         hip bursa|labrum|hips|hüfte|huefte|hüften|hüftgelenk|hüftbeuger|hueftbeuger|\
         hanche|hanches|fléchisseur de hanche|fléchisseurs de hanche|cadera|caderas|flexor de cadera|\
         anca|anche|flessore dell'anca|ileopsoas|quadril|quadris|flexor do quadril|heup|heupen|heupbuiger|\
         biodro|höft|hofte|股関節|고관절",
    ),
    (
        Site::Groin,
        "adductor|adductors|sports hernia|sportsmans hernia|pubic bone|pubis|pubic symphysis|osteitis pubis|pubalgia|\
         leiste|leisten|leistengegend|adduktor|adduktoren|schambein|aine|adducteur|adducteurs|pubalgie|\
         ingle|ingles|aductor|aductores|inguine|adduttore|adduttori|virilha|virilhas|adutor|adutores|\
         lies|liezen|adductoren|pachwina|ljumske|lyske|鼠径部|사타구니",
    ),
    (
        Site::Glute,
        "butt|buttock|buttocks|bum|bottom|gluteus|glutes|gluteal|glute med|gluteus medius|glute max|piriformis|\
         deep gluteal|sit bone|sitting bone|ischial tuberosity|\
         gesäß|gesaess|po|pobacke|hintern|sitzbein|sitzknochen|sitzbeinhöcker|fesse|fesses|fessier|fessiers|pyramidal|\
         glúteo|glúteos|nalga|nalgas|piramidal|gluteo|glutei|natica|natiche|piriforme|nádega|nádegas|\
         bil|billen|bilspier|bilspieren|pośladek|rumpa|sæde|お尻|尻|臀部|엉덩이",
    ),
    (
        Site::LowerBack,
        "back|low back|lower back pain|lumbar|lumbar spine|lower spine|lumbago|si joint|sij|sacroiliac|sacrum|tailbone|\
         coccyx|sciatica|sciatic nerve|\
         rücken|ruecken|unterer rücken|kreuz|lendenwirbelsäule|lendenwirbel|lws|lendenbereich|hexenschuss|\
         iliosakralgelenk|\
         isg|kreuzbein|steißbein|ischias|dos|bas du dos|bas de dos|lombaires|lombaire|sciatique|sacrum|\
         espalda|espalda baja|zona lumbar|lumbares|lumbar|parte baja de la espalda|ciática|ciatico|\
         schiena|lombari|lombare|zona lombare|bassa schiena|parte bassa della schiena|sciatica|nervo sciatico|\
         costas|lombar|parte inferior das costas|fundo das costas|ciático|rug|onderrug|lage rug|heiligbeen|ischias|\
         plecy|krzyż|rygg|ländrygg|ryg|lænd|腰|허리",
    ),
    (
        Site::Abdomen,
        "belly|stomach|gut|guts|tummy|abs|abdominals|bauch|magen|unterbauch|ventre|estomac|abdos|abdominaux|\
         barriga|estómago|abdominales|vientre|pancia|addome|stomaco|addominali|barriga|abdômen|estômago|buik|maag|\
         brzuch|mage|お腹|腹|배",
    ),
    (
        Site::SideStitch,
        "stitch|stitches|side cramp|side stitches|seitenstechen|seitenstiche|point de côté|flato|punto al costado|\
        milza|\
         fitta al fianco|dor de burro|dor no lado|dor de lado|steek|steek in de zij|zijsteken|håll|脇腹痛",
    ),
    (
        Site::Other(Word::NONE),
        "elsewhere|another place|somewhere else|somewhere|other place|andere|andere stelle|woanders|autre|autre part|\
        ailleurs|\
         otro|otra|otro lugar|otra zona|altro|altrove|outro|outra|outro lugar|anders|elders|ergens anders",
    ),
];

/// Places niggle has no word of its own for, by one English word each, so that two languages and two spellings are one place.
pub(super) const OTHERS: &[(&str, &str)] = &[
    (
        "lower leg",
        "lower legs|unterschenkel|bas de la jambe|bas de jambe|pierna baja|gamba bassa|onderbeen|onderbenen",
    ),
    (
        "leg",
        "legs|whole leg|bein|beine|ganzes bein|jambe|jambes|pierna|piernas|gamba|gambe|perna|pernas|been|benen|hele been",
    ),
    ("pf", "p f"),
    (
        "upper back",
        "mid back|middle back|thoracic spine|thoracic|oberer rücken|brustwirbelsäule|bws|haut du dos|espalda alta|\
      parte alta de la espalda|dorsales|dorsal|parte alta della schiena|parte superior das costas|bovenrug",
    ),
    (
        "neck",
        "nacken|hals|genick|hws|halswirbelsäule|cou|nuque|cuello|collo|cervicale|cervicales|pescoço|nek|首|목",
    ),
    (
        "shoulder",
        "shoulders|schulter|schultern|épaule|épaules|hombro|hombros|spalla|spalle|ombro|ombros|schouder|schouders|肩|어깨",
    ),
    (
        "shoulder blade",
        "schulterblatt|omoplate|omóplato|omoplato|scapola|escápula|escapula|schouderblad",
    ),
    (
        "wrist",
        "wrists|handgelenk|handgelenke|poignet|poignets|muñeca|polso|pulso|pols|手首|손목",
    ),
    (
        "elbow",
        "elbows|ellbogen|ellenbogen|coude|coudes|codo|gomito|cotovelo|elleboog|肘",
    ),
    (
        "hand",
        "hands|hände|main|mains|mano|manos|mani|mão|mãos|handen|手",
    ),
    ("finger", "fingers|doigt|doigts|vinger|vingers"),
    (
        "arm",
        "arms|arme|bras|brazo|brazos|braccio|braccia|braço|braços|armen",
    ),
    (
        "forearm",
        "unterarm|avant bras|antebrazo|avambraccio|antebraço|onderarm",
    ),
    (
        "head",
        "kopf|schädel|tête|cabeza|testa|cabeça|hoofd|頭|머리",
    ),
    (
        "chest",
        "brust|brustkorb|brustbein|sternum|poitrine|thorax|pecho|petto|torace|peito|tórax|borst|borstkas|胸|가슴",
    ),
    (
        "ribs",
        "rib|rib cage|rippe|rippen|côte|côtes|costilla|costillas|costola|costole|costela|costelas|ribben",
    ),
    ("jaw", "kiefer|mâchoire|mandíbula|mascella|kaak"),
    (
        "eye",
        "eyes|auge|augen|œil|yeux|ojo|ojos|occhio|occhi|olho|olhos|oog|ogen",
    ),
    (
        "fibula",
        "fibular|fibula head|fibular head|wadenbein|péroné|tête du péroné|peroné|perone|fíbula|kuitbeen",
    ),
    ("skin", "haut|peau|piel|pelle|pele|huid"),
    (
        "everywhere",
        "überall|ueberall|partout|en todas partes|todo el cuerpo|dappertutto|ovunque|em todo lado|todo o corpo|overal|\
      whole body|full body|ganzer körper",
    ),
    (
        "pelvis",
        "becken|bassin|pelvis ósea|bacino|pelvi|pélvis|bekken|骨盤",
    ),
];

/// Words of one letter or two that stand for a side and a place.
pub(super) const SHORT: &[(&str, &str)] = &[
    ("lk", "left knee"),
    ("rk", "right knee"),
    ("lkn", "left knee"),
    ("rkn", "right knee"),
    ("lat", "left achilles"),
    ("rat", "right achilles"),
    ("litb", "left itb"),
    ("ritb", "right itb"),
    ("lpf", "left pf"),
    ("rpf", "right pf"),
];

/// Names that are another word too, or only a part's describing word: they count where no other place stands beside them.
pub(super) const WEAK: &[&str] = &[
    "back",
    "dos",
    "po",
    "bottom",
    "sole",
    "gut",
    "bil",
    "arch",
    "anders",
    "andere",
    "autre",
    "otro",
    "otra",
    "altro",
    "outro",
    "outra",
    "kreuz",
    "tractus",
    "skin",
    "haut",
    "arme",
    "arm",
    "main",
    "somewhere",
    "elsewhere",
    "vader",
    "mage",
    "tibial",
    "plantar",
    "ballen",
    "leg",
    "bein",
    "jambe",
    "pierna",
    "gamba",
    "perna",
    "been",
    "spann",
    "rug",
    "teen",
    "band",
    "peito",
    "collo",
    "hals",
    "head",
    "mani",
];
