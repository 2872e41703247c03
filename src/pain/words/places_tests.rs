use super::*;
use crate::pain::words::Vocabulary;

const L: Option<Side> = Some(Side::Left);
const R: Option<Side> = Some(Side::Right);
const B: Option<Side> = Some(Side::Both);

fn other(word: &str) -> Site {
    Site::Other(Word::new(word))
}

/// Reads cells and names every one that is read wrong.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn check(&mut self, words: &Vocabulary, cell: &str, expected: &[(Site, Option<Side>)]) {
        let found: Vec<(Site, Option<Side>)> =
            words.places(cell).iter().map(|place| (place.site, place.side)).collect();
        if found != expected {
            self.0.push(format!("{cell:?} is {found:?}, should be {expected:?}"));
        }
    }
}

impl Drop for Wrong {
    fn drop(&mut self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

#[test]
fn one_place_in_english() {
    let (words, mut wrong) = (Vocabulary::new(), Wrong::default());
    for (cell, site, side) in [
        ("L knee", Site::Knee, L),
        ("Lknee", Site::Knee, L),
        ("LK", Site::Knee, L),
        ("RK", Site::Knee, R),
        ("(L) knee", Site::Knee, L),
        ("knee L", Site::Knee, L),
        ("Knee-L", Site::Knee, L),
        ("KneeL", Site::Knee, L),
        ("left-knee", Site::Knee, L),
        ("left_knee", Site::Knee, L),
        ("lt knee", Site::Knee, L),
        ("Knee (R)", Site::Knee, R),
        ("left knee pain", Site::Knee, L),
        ("sore left knee", Site::Knee, L),
        ("my left knee is still a bit sore", Site::Knee, L),
        ("inside of left knee", Site::Knee, L),
        ("back of left knee", Site::Knee, L),
        ("outer left knee", Site::Itb, L),
        ("left outer knee", Site::Itb, L),
        ("left knee outside", Site::Itb, L),
        ("left knee (outside)", Site::Itb, L),
        ("front of my right knee", Site::Kneecap, R),
        ("below left kneecap", Site::Kneecap, L),
        ("runner's knee", Site::Kneecap, None),
        ("jumper’s knee", Site::Kneecap, None),
        ("patellar tendon", Site::Kneecap, None),
        ("left patellar tendonitis", Site::Kneecap, L),
        ("PFPS", Site::Kneecap, None),
        ("knee cap", Site::Kneecap, None),
        ("both knees", Site::Knee, B),
        ("bilateral shin", Site::Shin, B),
        ("L/R knee", Site::Knee, B),
        ("L+R knee", Site::Knee, B),
        ("knee L/R", Site::Knee, B),
        ("left and right shin", Site::Shin, B),
        ("shin splints both", Site::Shin, B),
        ("shin splints", Site::Shin, None),
        ("right shin pain", Site::Shin, R),
        ("right MTSS", Site::Shin, R),
        ("MTSS", Site::Shin, None),
        ("lower leg", other("lower leg"), None),
        ("left lower leg", other("lower leg"), L),
        ("lower left leg", other("lower leg"), L),
        ("inside of lower left leg", Site::Shin, L),
        ("front of lower leg", Site::Shin, None),
        ("back of left lower leg", Site::Calf, L),
        ("left calf muscle", Site::Calf, L),
        ("tight left calf", Site::Calf, L),
        ("tight calves", Site::Calf, None),
        ("R calf strain", Site::Calf, R),
        ("both calves", Site::Calf, B),
        ("mid calf", Site::Calf, None),
        ("R. Achilles", Site::Achilles, R),
        ("right Achilles tendonitis", Site::Achilles, R),
        ("achilles tendinopathy", Site::Achilles, None),
        ("AT", Site::Achilles, None),
        ("AT left", Site::Achilles, L),
        ("ITB", Site::Itb, None),
        ("L ITB", Site::Itb, L),
        ("ITBS R", Site::Itb, R),
        ("IT-Band", Site::Itb, None),
        ("tight IT band left", Site::Itb, L),
        ("PF", other("pf"), None),
        ("PF left", other("pf"), L),
        ("plantar fasciitis", Site::Foot, None),
        ("plantar fascitis (L)", Site::Foot, L),
        ("plantar fasciosis", Site::Foot, None),
        ("heel spur", Site::Heel, None),
        ("top of left foot", Site::Foot, L),
        ("ball of foot", Site::Foot, None),
        ("ball of left foot", Site::Foot, L),
        ("met head 2", Site::Foot, None),
        ("sesamoid", Site::Foot, None),
        ("arch", Site::Foot, None),
        ("big toe R", Site::Toe, R),
        ("peroneal", Site::Ankle, None),
        ("peroneals", Site::Ankle, None),
        ("posterior tibial", Site::Ankle, None),
        ("PTTP", Site::Ankle, None),
        ("hamstring (high)", Site::Hamstring, None),
        ("high hamstring", Site::Hamstring, None),
        ("back of right thigh", Site::Hamstring, R),
        ("upper left leg", Site::Thigh, L),
        ("front of left upper leg", Site::Quad, L),
        ("quad tendon", Site::Quad, None),
        ("hip flexor", Site::Hip, None),
        ("left hip flexors", Site::Hip, L),
        ("TFL", Site::Hip, None),
        ("groin strain", Site::Groin, None),
        ("adductor", Site::Groin, None),
        ("sports hernia", Site::Groin, None),
        ("R glute/piriformis", Site::Glute, R),
        ("back", Site::LowerBack, None),
        ("lower back L", Site::LowerBack, L),
        ("lower left back", Site::LowerBack, L),
        ("SI joint", Site::LowerBack, None),
        ("sciatica", Site::LowerBack, None),
        ("upper back", other("upper back"), None),
        ("stitch", Site::SideStitch, None),
        ("side stitch", Site::SideStitch, None),
        ("neck", other("neck"), None),
        ("sore neck", other("neck"), None),
        ("neck pain left", other("neck"), L),
        ("left elbow", other("elbow"), L),
        ("shoulders", other("shoulder"), None),
        ("left pinkie", other("pinkie"), L),
        ("@SUM(1)", other("sum 1"), None),
        ("stress fracture", other("stress fracture"), None),
        ("everywhere", other("everywhere"), None),
        ("legs", other("leg"), None),
        ("whole leg", other("leg"), None),
        ("R high ham", Site::Hamstring, R),
        ("left fibula head", other("fibula"), L),
        ("left", Site::Other(Word::NONE), L),
        ("left side", Site::Other(Word::NONE), L),
        ("left leg", other("leg"), L),
    ] {
        wrong.check(&words, cell, &[(site, side)]);
    }
}

#[test]
fn one_place_in_other_languages() {
    let (words, mut wrong) = (Vocabulary::new(), Wrong::default());
    for (cells, site, side) in [
        (
            "linkes Knie|Knie li.|Knie links|li Knie|linksknie|Knie (links)|linkerknie|linker knie|knie links|\
            Schmerzen linkes Knie|\
          Knieschmerzen links|genou gauche|genou G|Genou gche|douleur au genou gauche|rodilla izq.|rodilla izquierda|\
          rodilla izda|\
          dolor de rodilla izquierda|ginocchio sx|ginocchio sinistro|dolore al ginocchio sinistro|joelho esq|\
          joelho esquerdo|\
          dor no joelho esquerdo|lewe kolano|左膝",
            Site::Knee,
            L,
        ),
        (
            "rechtes Knie|Knie re|Kniegelenk rechts|rechterknie|genou D|genou droit|rodilla dcha|rodilla der.|\
            rodilla derecha|\
          ginocchio dx|joelho dir|joelho direito|右膝|prawe kolano",
            Site::Knee,
            R,
        ),
        (
            "beide Knie|Knie bds.|Knie beidseits|les deux genoux|ambas rodillas|entrambe le ginocchia|\
            ambos os joelhos|beide knieën|\
          rodilla izquierda y derecha|両膝|links und rechts Knie",
            Site::Knee,
            B,
        ),
        (
            "Schienbein rechts|Schienbein re|Schienbeinkante rechts|rechte Schienbeinkante|rechterscheenbeen|tibia D|\
            tibia droit|\
          tibia dcha.|espinilla derecha|tibia dx|canela direita|scheenbeen rechts|périostite droite|prawa piszczel|右すね",
            Site::Shin,
            R,
        ),
        ("Schienbeinschmerzen|springschenen|canelite|periostitis|périostite tibiale|すね", Site::Shin, None),
        (
            "linke Wade|Wade li|Wadenmuskel links|linke Wadenmuskulatur|Wadenzerrung links|mollet gauche|\
            contracture mollet gauche|\
          pantorrilla izquierda|gemelo izq|polpaccio sinistro|panturrilha esquerda|kuit links|linkerkuit|\
          kuitspier links",
            Site::Calf,
            L,
        ),
        (
            "Achillessehne links|linke Achillessehnenentzündung|tendon d'Achille gauche|tendón de Aquiles izquierdo|\
          tendine d'Achille sinistro|tendão de Aquiles esquerdo|achillespees links",
            Site::Achilles,
            L,
        ),
        (
            "Läuferknie|genou du coureur|rodilla de corredor|ginocchio del corridore|joelho de corredor|springersknie|\
            lopersknie|\
          Patellaspitzensyndrom",
            Site::Kneecap,
            None,
        ),
        (
            "Fersensporn|épine calcanéenne|espolón calcáneo|sperone calcaneare|esporão do calcâneo|hielspoor|Ferse|talón",
            Site::Heel,
            None,
        ),
        (
            "Plantarfasziitis|fasciite plantaire|fascitis plantar|fascite plantare|fascite plantar|fasciitis plantaris|aponévrosite plantaire",
            Site::Foot,
            None,
        ),
        (
            "Knie außen rechts|rechtes Knie außen|Knieaußenseite rechts|face externe du genou droit|\
            cara externa de la rodilla derecha|\
          ginocchio destro esterno|parte externa do joelho direito|buitenkant rechterknie",
            Site::Itb,
            R,
        ),
        (
            "Oberschenkel hinten links|Oberschenkelrückseite links|linker hinterer Oberschenkel|\
            arrière de la cuisse gauche|\
          isquiotibiales izq|parte posterior del muslo izquierdo|achterkant bovenbeen links",
            Site::Hamstring,
            L,
        ),
        (
            "unterer Rücken|bas du dos|zona lumbar|lage rug|dos|Rückenschmerzen|mal au dos|dolor de espalda|\
            mal di schiena|\
          dor nas costas|LWS",
            Site::LowerBack,
            None,
        ),
        ("linker Unterschenkel|jambe gauche bas|bas de la jambe gauche|linkeronderbeen", other("lower leg"), L),
        ("Nacken|nuque|cuello|collo|pescoço|nek", other("neck"), None),
        (
            "Hüfte rechts|hanche droite|cadera derecha|anca destra|quadril direito|heup rechts|Hüftschmerzen rechts",
            Site::Hip,
            R,
        ),
        ("Leiste links|aine gauche|ingle izquierda|inguine sinistro|virilha esquerda|lies links", Site::Groin, L),
        (
            "Knöchel links|cheville gauche|tobillo izquierdo|caviglia sinistra|tornozelo esquerdo|enkel links",
            Site::Ankle,
            L,
        ),
    ] {
        for cell in cells.split('|') {
            wrong.check(&words, cell, &[(site, side)]);
        }
    }
}

#[test]
fn nowhere() {
    let (words, mut wrong) = (Vocabulary::new(), Wrong::default());
    for cells in [
        "none|None|no|nowhere|No pain|no pain at all|all gone|nothing today|no issues|no niggles|none really|nothing!|all ok|All good|all clear|fine|0|nil|pain free",
        "keine|nichts|nirgends|nirgendwo|keine Beschwerden|keine Schmerzen|alles gut|schmerzfrei|nichts zu melden",
        "RAS|aucune|rien|nulle part|pas de douleur|rien de spécial|RAS aujourd'hui|tout va bien",
        "ninguna|nada|sin dolor|ningún dolor|nada hoy|en ningún sitio|todo bien",
        "niente|nessuno|nessun dolore|da nessuna parte|tutto bene",
        "nenhum|nada|sem dor|em lugar nenhum|tudo bem",
        "geen|niets|nergens|geen pijn|geen klachten|alles goed",
        "brak|なし",
    ] {
        for cell in cells.split('|') {
            wrong.check(&words, cell, &[(Site::None, None)]);
        }
    }
    for cell in ["", "-", "?", "n/a", "not sure", "don't know", "keine Ahnung", "no idea", "pain", "sore", "Schmerzen"]
    {
        wrong.check(&words, cell, &[]);
    }
}

#[test]
fn several_places_in_one_cell() {
    let (words, mut wrong) = (Vocabulary::new(), Wrong::default());
    for (cell, expected) in [
        ("left knee, right shin", &[(Site::Knee, L), (Site::Shin, R)][..]),
        ("left knee; left hip", &[(Site::Knee, L), (Site::Hip, L)]),
        ("left knee & right hip", &[(Site::Knee, L), (Site::Hip, R)]),
        ("left knee and right hip", &[(Site::Knee, L), (Site::Hip, R)]),
        ("left knee / right shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("left knee + right shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("left knee | right shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("left knee\nright shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("left knee right shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("L knee R hip", &[(Site::Knee, L), (Site::Hip, R)]),
        ("knee and shin", &[(Site::Knee, None), (Site::Shin, None)]),
        ("knee and shin (left)", &[(Site::Knee, L), (Site::Shin, L)]),
        ("left knee and shin", &[(Site::Knee, L), (Site::Shin, L)]),
        ("left knee, shin", &[(Site::Knee, L), (Site::Shin, None)]),
        ("calf/achilles", &[(Site::Calf, None), (Site::Achilles, None)]),
        ("neck and wrist", &[(other("neck"), None), (other("wrist"), None)]),
        ("left knee, wrist", &[(Site::Knee, L), (other("wrist"), None)]),
        ("left knee, none elsewhere", &[(Site::Knee, L)]),
        ("left knee, no swelling", &[(Site::Knee, L)]),
        ("left knee, right knee", &[(Site::Knee, L), (Site::Knee, R)]),
        ("knee, knee", &[(Site::Knee, None)]),
        ("sore and tight left calf", &[(Site::Calf, L)]),
        ("linkes Knie und rechte Wade", &[(Site::Knee, L), (Site::Calf, R)]),
        ("genou gauche et tibia droit", &[(Site::Knee, L), (Site::Shin, R)]),
        ("rodilla izquierda y tibia derecha", &[(Site::Knee, L), (Site::Shin, R)]),
        ("ginocchio sx e tibia dx", &[(Site::Knee, L), (Site::Shin, R)]),
        ("joelho esq e canela dir", &[(Site::Knee, L), (Site::Shin, R)]),
        ("linkerknie en rechterscheenbeen", &[(Site::Knee, L), (Site::Shin, R)]),
        ("dolor en la rodilla", &[(Site::Knee, None)]),
        ("左膝、右すね", &[(Site::Knee, L), (Site::Shin, R)]),
    ] {
        wrong.check(&words, cell, expected);
    }
    let many = (0..30)
        .map(|number| format!("spot{}", ["a", "b", "c"][number % 3].repeat(number + 1)))
        .collect::<Vec<_>>()
        .join(",");
    assert_eq!(words.places(&many).len(), MAX_PLACES);
}

#[test]
fn what_is_known_and_what_is_asked() {
    let words = Vocabulary::new();
    for (cell, is_known) in
        [("left knee", true), ("none", true), ("elsewhere", true), ("neck", false), ("PF", false), ("blorb", false)]
    {
        assert_eq!(words.place(cell).is_known, is_known, "{cell}");
    }
}

#[test]
fn slips_of_the_pen() {
    for (cell, likely) in [
        ("kne", Some("knee")),
        ("Left knnee", Some("knee")),
        ("ankel", Some("ankle")),
        ("acheles", Some("achilles")),
        ("lowr back", Some("lower back")),
        ("tight calfv", Some("calf")),
        ("tight elbow", None),
        ("elbow", None),
        ("jaw", None),
        ("neck", None),
        ("wrist", None),
        ("chest", None),
        ("shoulder", None),
        ("hand", None),
    ] {
        assert_eq!(likely_site(&fold(cell)).as_deref(), likely, "{cell}");
    }
}
