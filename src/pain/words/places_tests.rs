//! Tests of site cells: what people write, and the places it names.

use super::*;
use crate::pain::{site_text, words::Vocabulary};

const L: Option<Side> = Some(Side::Left);
const R: Option<Side> = Some(Side::Right);

fn other(word: &str) -> Site {
    Site::Other(Word::new(word))
}

/// Reads cells and names every one that is read wrong.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn check(&mut self, words: &Vocabulary, cell: &str, expected: &[(Site, Option<Side>)]) {
        let found: Vec<(Site, Option<Side>)> = words
            .places(cell)
            .iter()
            .map(|place| (place.site, place.side))
            .collect();
        if found != expected {
            self.0
                .push(format!("{cell:?} is {found:?}, should be {expected:?}"));
        }
    }
}

impl Drop for Wrong {
    fn drop(&mut self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

/// What a cell is read as (in the words of reports), and the cells.
const ENGLISH: &[(&str, &str)] = &[
    (
        "left knee",
        "L knee|Lknee|LK|(L) knee|knee L|Knee-L|KneeL|left-knee|left_knee|lt knee|left knee pain|\
              sore left knee|my left knee is still a bit sore|inside of left knee|back of left knee",
    ),
    ("right knee", "RK|Knee (R)"),
    (
        "left outer knee",
        "outer left knee|left outer knee|left knee outside|left knee (outside)|L ITB|tight IT band left",
    ),
    ("right kneecap", "front of my right knee"),
    (
        "left kneecap",
        "below left kneecap|left patellar tendonitis",
    ),
    (
        "kneecap",
        "runner's knee|jumper’s knee|patellar tendon|PFPS|knee cap",
    ),
    (
        "knee on both sides",
        "both knees|L/R knee|L+R knee|knee L/R",
    ),
    (
        "shin on both sides",
        "bilateral shin|left and right shin|shin splints both",
    ),
    ("shin", "shin splints|MTSS|front of lower leg"),
    ("right shin", "right shin pain|right MTSS"),
    ("lower leg", "lower leg"),
    ("left lower leg", "left lower leg|lower left leg"),
    ("left shin", "inside of lower left leg"),
    (
        "left calf",
        "back of left lower leg|left calf muscle|tight left calf",
    ),
    ("calf", "tight calves|mid calf"),
    ("right calf", "R calf strain"),
    ("calf on both sides", "both calves"),
    ("right Achilles", "R. Achilles|right Achilles tendonitis"),
    ("Achilles", "achilles tendinopathy|AT"),
    ("left Achilles", "AT left"),
    ("outer knee", "ITB|IT-Band"),
    ("right outer knee", "ITBS R"),
    ("pf", "PF"),
    ("left pf", "PF left"),
    (
        "foot",
        "plantar fasciitis|plantar fasciosis|ball of foot|met head 2|sesamoid|arch",
    ),
    (
        "left foot",
        "plantar fascitis (L)|top of left foot|ball of left foot",
    ),
    ("heel", "heel spur"),
    ("right toe", "big toe R"),
    ("ankle", "peroneal|peroneals|posterior tibial|PTTP"),
    ("hamstring", "hamstring (high)|high hamstring"),
    ("right hamstring", "back of right thigh|R high ham"),
    ("left thigh", "upper left leg"),
    ("left quad", "front of left upper leg"),
    ("quad", "quad tendon"),
    ("hip", "hip flexor|TFL"),
    ("left hip", "left hip flexors"),
    ("groin", "groin strain|adductor|sports hernia"),
    ("right glute", "R glute/piriformis"),
    ("lower back", "back|SI joint|sciatica"),
    ("left lower back", "lower back L|lower left back"),
    ("upper back", "upper back"),
    ("side stitch", "stitch|side stitch"),
    ("neck", "neck|sore neck"),
    ("left neck", "neck pain left"),
    ("left elbow", "left elbow"),
    ("shoulder", "shoulders"),
    ("left pinkie", "left pinkie"),
    ("sum 1", "@SUM(1)"),
    ("stress fracture", "stress fracture"),
    ("everywhere", "everywhere"),
    ("leg", "legs|whole leg"),
    ("left fibula", "left fibula head"),
    ("another place (left)", "left|left side"),
    ("left leg", "left leg"),
];

/// The same in German, French, Spanish, Italian, Portuguese, Dutch and a few words of others.
const OTHER_LANGUAGES: &[(&str, &str)] = &[
    (
        "left knee",
        "linkes Knie|Knie li.|Knie links|li Knie|linksknie|Knie (links)|linkerknie|linker knie|knie links|\
     Schmerzen linkes Knie|Knieschmerzen links|genou gauche|genou G|Genou gche|douleur au genou gauche|rodilla izq.|\
     rodilla izquierda|rodilla izda|dolor de rodilla izquierda|ginocchio sx|ginocchio sinistro|\
     dolore al ginocchio sinistro|joelho esq|joelho esquerdo|dor no joelho esquerdo|lewe kolano|左膝",
    ),
    (
        "right knee",
        "rechtes Knie|Knie re|Kniegelenk rechts|rechterknie|genou D|genou droit|rodilla dcha|rodilla der.|\
     rodilla derecha|ginocchio dx|joelho dir|joelho direito|右膝|prawe kolano",
    ),
    (
        "knee on both sides",
        "beide Knie|Knie bds.|Knie beidseits|les deux genoux|ambas rodillas|entrambe le ginocchia|ambos os joelhos|\
     beide knieën|rodilla izquierda y derecha|両膝|links und rechts Knie",
    ),
    (
        "right shin",
        "Schienbein rechts|Schienbein re|Schienbeinkante rechts|rechte Schienbeinkante|rechterscheenbeen|tibia D|\
     tibia droit|tibia dcha.|espinilla derecha|tibia dx|canela direita|scheenbeen rechts|périostite droite|\
     prawa piszczel|右すね",
    ),
    (
        "shin",
        "Schienbeinschmerzen|springschenen|canelite|periostitis|périostite tibiale|すね",
    ),
    (
        "left calf",
        "linke Wade|Wade li|Wadenmuskel links|linke Wadenmuskulatur|Wadenzerrung links|mollet gauche|\
     contracture mollet gauche|pantorrilla izquierda|gemelo izq|polpaccio sinistro|panturrilha esquerda|kuit links|\
     linkerkuit|kuitspier links",
    ),
    (
        "left Achilles",
        "Achillessehne links|linke Achillessehnenentzündung|tendon d'Achille gauche|tendón de Aquiles izquierdo|\
     tendine d'Achille sinistro|tendão de Aquiles esquerdo|achillespees links",
    ),
    (
        "kneecap",
        "Läuferknie|genou du coureur|rodilla de corredor|ginocchio del corridore|joelho de corredor|springersknie|\
     lopersknie|Patellaspitzensyndrom",
    ),
    (
        "heel",
        "Fersensporn|épine calcanéenne|espolón calcáneo|sperone calcaneare|esporão do calcâneo|hielspoor|Ferse|talón",
    ),
    (
        "foot",
        "Plantarfasziitis|fasciite plantaire|fascitis plantar|fascite plantare|fascite plantar|fasciitis plantaris|\
     aponévrosite plantaire",
    ),
    (
        "right outer knee",
        "Knie außen rechts|rechtes Knie außen|Knieaußenseite rechts|face externe du genou droit|\
     cara externa de la rodilla derecha|ginocchio destro esterno|parte externa do joelho direito|\
     buitenkant rechterknie",
    ),
    (
        "left hamstring",
        "Oberschenkel hinten links|Oberschenkelrückseite links|linker hinterer Oberschenkel|arrière de la cuisse gauche|\
     isquiotibiales izq|parte posterior del muslo izquierdo|achterkant bovenbeen links",
    ),
    (
        "lower back",
        "unterer Rücken|bas du dos|zona lumbar|lage rug|dos|Rückenschmerzen|mal au dos|dolor de espalda|mal di schiena|\
     dor nas costas|LWS",
    ),
    (
        "left lower leg",
        "linker Unterschenkel|jambe gauche bas|bas de la jambe gauche|linkeronderbeen",
    ),
    ("neck", "Nacken|nuque|cuello|collo|pescoço|nek"),
    (
        "right hip",
        "Hüfte rechts|hanche droite|cadera derecha|anca destra|quadril direito|heup rechts|Hüftschmerzen rechts",
    ),
    (
        "left groin",
        "Leiste links|aine gauche|ingle izquierda|inguine sinistro|virilha esquerda|lies links",
    ),
    (
        "left ankle",
        "Knöchel links|cheville gauche|tobillo izquierdo|caviglia sinistra|tornozelo esquerdo|enkel links",
    ),
];

#[test]
fn one_place_in_a_cell() {
    let words = Vocabulary::shared();
    let mut wrong = Vec::new();
    for (expected, cells) in ENGLISH.iter().chain(OTHER_LANGUAGES) {
        for cell in cells.split('|') {
            let found: Vec<String> = words
                .places(cell)
                .iter()
                .map(|place| site_text(place.site, place.side))
                .collect();
            if found != [*expected] {
                wrong.push(format!("{cell:?} is {found:?}, should be {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nowhere() {
    let (words, mut wrong) = (Vocabulary::shared(), Wrong::default());
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
            wrong.check(words, cell, &[(Site::None, None)]);
        }
    }
    for cell in [
        "",
        "-",
        "?",
        "n/a",
        "not sure",
        "don't know",
        "keine Ahnung",
        "no idea",
        "pain",
        "sore",
        "Schmerzen",
    ] {
        wrong.check(words, cell, &[]);
    }
}

#[test]
fn several_places_in_one_cell() {
    let (words, mut wrong) = (Vocabulary::shared(), Wrong::default());
    for (cell, expected) in [
        (
            "left knee, right shin",
            &[(Site::Knee, L), (Site::Shin, R)][..],
        ),
        ("left knee; left hip", &[(Site::Knee, L), (Site::Hip, L)]),
        ("left knee & right hip", &[(Site::Knee, L), (Site::Hip, R)]),
        (
            "left knee and right hip",
            &[(Site::Knee, L), (Site::Hip, R)],
        ),
        (
            "left knee / right shin",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        (
            "left knee + right shin",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        (
            "left knee | right shin",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        ("left knee\nright shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("left knee right shin", &[(Site::Knee, L), (Site::Shin, R)]),
        ("L knee R hip", &[(Site::Knee, L), (Site::Hip, R)]),
        ("knee and shin", &[(Site::Knee, None), (Site::Shin, None)]),
        ("knee and shin (left)", &[(Site::Knee, L), (Site::Shin, L)]),
        ("left knee and shin", &[(Site::Knee, L), (Site::Shin, L)]),
        ("left knee, shin", &[(Site::Knee, L), (Site::Shin, None)]),
        (
            "calf/achilles",
            &[(Site::Calf, None), (Site::Achilles, None)],
        ),
        (
            "neck and wrist",
            &[(other("neck"), None), (other("wrist"), None)],
        ),
        (
            "left knee, wrist",
            &[(Site::Knee, L), (other("wrist"), None)],
        ),
        ("left knee, none elsewhere", &[(Site::Knee, L)]),
        ("left knee, no swelling", &[(Site::Knee, L)]),
        ("left knee, right knee", &[(Site::Knee, L), (Site::Knee, R)]),
        ("knee, knee", &[(Site::Knee, None)]),
        ("sore and tight left calf", &[(Site::Calf, L)]),
        (
            "linkes Knie und rechte Wade",
            &[(Site::Knee, L), (Site::Calf, R)],
        ),
        (
            "genou gauche et tibia droit",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        (
            "rodilla izquierda y tibia derecha",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        (
            "ginocchio sx e tibia dx",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        (
            "joelho esq e canela dir",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        ("joelho E e canela D", &[(Site::Knee, L), (Site::Shin, R)]),
        ("joelho e canela", &[(Site::Knee, None), (Site::Shin, None)]),
        (
            "rodilla I, espinilla D",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        ("ginocchio S", &[(Site::Knee, L)]),
        ("knee s", &[(Site::Knee, None)]),
        (
            "linkerknie en rechterscheenbeen",
            &[(Site::Knee, L), (Site::Shin, R)],
        ),
        ("dolor en la rodilla", &[(Site::Knee, None)]),
        ("左膝、右すね", &[(Site::Knee, L), (Site::Shin, R)]),
    ] {
        wrong.check(words, cell, expected);
    }
    let many = (0..30)
        .map(|number| format!("spot{}", ["a", "b", "c"][number % 3].repeat(number + 1)))
        .collect::<Vec<_>>()
        .join(",");
    assert_eq!(words.places(&many).len(), MAX_PLACES);
}

#[test]
fn what_is_known_and_what_is_asked() {
    let words = Vocabulary::shared();
    for (cell, is_known) in [
        ("left knee", true),
        ("none", true),
        ("elsewhere", true),
        ("neck", false),
        ("PF", false),
        ("blorb", false),
    ] {
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
