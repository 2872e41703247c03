//! What runners and their programs call sports in the languages of the world, beside the types of services ([`super::words`]): in
//! types of recordings and in titles. Written as [`crate::text::fold::fold`] writes it.

/// A sport and a sub-sport of the FIT profile, and words for them.
type Called = (&'static str, &'static str, &'static [&'static str]);

/// Sport and sub-sport of a folded word or phrase.
pub(super) fn meaning(folded: &str) -> Option<(&'static str, &'static str)> {
    let called = WORDS.iter().find(|(_, _, words)| words.contains(&folded));
    called.map(|(sport, sub_sport, _)| (*sport, *sub_sport))
}

/// Sport and sub-sport of a word that is put together, by its last part: `abendlauf`.
pub(super) fn compound(folded: &str) -> Option<(&'static str, &'static str)> {
    if NO_COMPOUNDS.contains(&folded) {
        return None;
    }
    let is_last_part = |part: &str| folded.ends_with(part) && folded.len() >= part.len() + 3;
    let called = COMPOUNDS
        .iter()
        .find(|(_, _, parts)| parts.iter().any(|part| is_last_part(part)));
    called.map(|(sport, sub_sport, _)| (*sport, *sub_sport))
}

/// What a text in a script without blanks names, in the order of the list.
pub(super) fn written_together(folded: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_ascii = folded.is_ascii();
    let called = SCRIPTS.iter().filter(move |_| !is_ascii);
    let called = called.filter(move |(_, _, words)| words.iter().any(|word| folded.contains(word)));
    called.map(|(sport, sub_sport, _)| (*sport, *sub_sport))
}

/// Words that programs write where no sport was chosen: they say nothing, nor does a number that nobody knows.
pub(super) fn says_nothing(folded: &str) -> bool {
    NOTHING.contains(&folded) || folded.bytes().all(|b| b.is_ascii_digit() || b == b' ')
}

/// Words that are types of a service and mean other things in a title.
pub(super) fn means_more(folded: &str) -> bool {
    AMBIGUOUS.contains(&folded) || says_nothing(folded)
}

#[rustfmt::skip]
const NOTHING: &[&str] = &[
    "activity", "activities", "activitat", "aktivitat", "aktivitet", "aktivnost", "aktivita", "activite", "actividad", "atividade",
    "attivita", "activiteit", "workout", "workouts", "training", "exercise", "session", "sport", "sports", "fitness", "track", "tracks",
    "tracklog", "track log", "trk", "gps", "gpx", "log", "default", "standard", "unknown", "unbekannt", "none", "null", "undefined", "nil",
    "na", "n a", "misc", "miscellaneous", "various", "other", "others", "generic", "general", "autre", "sonstiges", "andere", "otro",
    "otros", "altro", "outro", "overig", "uncategorized", "unspecified", "not specified", "route", "recording", "recorded", "outdoor",
    "indoor", "trip", "tour", "race", "course", "loop", "trail", "path", "giro", "volta", "vuelta", "multisport", "user defined", "custom",
    "entrainement", "entrenamiento", "allenamento", "treino", "trenink", "trening", "traning",
];

#[rustfmt::skip]
const AMBIGUOUS: &[&str] = &[
    "andar", "paseo", "gehen", "gravel", "vela", "voile", "pesi", "pesas", "remo", "basket", "surf", "sail", "roller", "spin",
    "physical therapy", "workout sessie", "cviceni", "motor sports", "fitness equipment", "street running", "corrida",
];

#[rustfmt::skip]
const WORDS: &[Called] = &[
    ("running", "generic", &[
        "runs", "jogs", "parkrun", "marathon", "half marathon", "halfmarathon", "ultramarathon", "ultra marathon", "fartlek",
        "road running", "road run", "outdoor running", "outdoor run", "cross country running", "run walk", "walk run", "run walk run",
        "runwalk", "long run", "race run", "sprinting",
        "joggen", "laufrunde", "lauftraining", "laufeinheit", "lauftreff", "halbmarathon", "laufsport",
        "footing", "course du matin", "course du midi", "course du soir", "course de nuit", "sortie course", "sortie course a pied",
        "semi marathon", "semimarathon", "courir", "marathon de",
        "correr", "trote", "maraton", "media maraton", "medio maraton", "carrera continua", "carrera matutina", "carrera nocturna",
        "correre", "corsetta", "maratona", "mezza maratona", "corsa mattutina", "corsa serale",
        "meia maratona", "corrida matinal", "corrida noturna", "corrida da manha", "corrida da tarde", "corrida de rua",
        "hardlooprondje", "hardlooptraining", "hardlooprit", "ochtendloop", "avondloop", "middagloop", "nachtloop", "duurloop",
        "trimloop", "herstelloop", "tempoloop", "bosloop", "ochtendrun", "avondrun",
        "behani", "behanie", "vybeh", "pulmaraton", "bieg", "bieganie", "przebiezka", "trucht", "polmaraton",
        "lob", "lobetur", "aftenlob", "morgenlob", "motionslob", "halvmarathon",
        "lop", "loping", "lopetur", "joggetur", "kveldslop", "halvmaraton",
        "lopning", "loptur", "loprunda", "loppass", "joggning", "joggingtur", "lopande",
        "juoksu", "juoksulenkki", "juokseminen", "holkka", "maratoni", "puolimaraton",
        "futas", "kocogas", "kosu", "koşu", "бег", "пробежка", "бігати", "біг", "пробіжка", "полумарафон", "марафон",
    ]),
    ("running", "trail", &[
        "trail runs", "skyrunning", "sky running", "mountain running", "fell running", "fell run", "traillopning", "terrenglop",
        "terranglopning", "polkujuoksu", "bieg gorski", "biegi gorskie", "bieganie terenowe", "трейл", "трейлраннинг",
    ]),
    ("running", "treadmill", &[
        "treadmill runs", "running treadmill", "laufband", "laufbandtraining", "tapis roulant", "tapis de course", "loopband",
        "cinta de correr", "esteira", "bieznia", "lobeband", "lopeband", "lopband", "juoksumatto", "беговая дорожка",
    ]),
    ("running", "track", &["running track"]),
    ("running", "indoor_running", &["running indoor", "indoor runs"]),
    ("walking", "generic", &[
        "walks", "stroll", "dog walk", "dog walking", "walk the dog", "nordic walking", "nordicwalking", "power walking", "race walking",
        "treadmill walk", "treadmill walking", "fitness walking", "wheelchair walk", "outdoor walk", "outdoor walking",
        "walken", "spazieren", "spazieren gehen", "gassi", "gassirunde", "gassi gehen", "hunderunde", "abendrunde mit hund",
        "marche a pied", "marche nordique", "balade a pied", "promenade a pied", "caminar", "caminando", "marcha", "marcha nordica",
        "paseo con el perro", "camminare", "nordic walking camminata", "caminhar", "caminhada matinal", "wandelronde", "wandeltocht",
        "rondje wandelen", "prochazka se psem", "chodza", "prechadzka", "spacer", "marsz", "chod", "chodzenie",
        "gatur", "spasertur", "gatur med hund", "promenad", "hundpromenad", "kavely", "kavelylenkki", "sauvakavely",
        "gyaloglas", "yuruyuş", "yuruyus", "ходьба", "прогулка", "пешая прогулка", "скандинавская ходьба", "прогулянка",
    ]),
    ("hiking", "generic", &[
        "hikes", "trek", "trekking", "backpacking", "tramping", "bergwandern", "wandertour", "bergtour", "rando", "marche en montagne",
        "randonnee pedestre", "trekking hiking", "caminhada em trilha", "wedrowka", "wedrowki", "wycieczka piesza", "turystyka piesza",
        "vandring", "vandretur", "fottur", "fjelltur", "fjallvandring", "vaellus", "retkeily", "turazas", "поход", "хайкинг", "треккинг",
    ]),
    ("mountaineering", "generic", &["mountaineering", "alpinism", "alpinisme", "bergsteigen", "alpinismo", "hochtour"]),
    ("cycling", "generic", &[
        "rides", "bicycle", "bicycling", "bike ride", "cycle ride", "road cycling", "road bike", "roadbike", "road ride", "bikes",
        "outdoor cycling", "outdoor ride", "cycling sport", "cycling transport", "cycling transportation", "bike commute",
        "rad", "radtour", "radeln", "radrunde", "radsport", "radweg", "fahrradtour", "fahrradfahren", "fahrradfahrt", "rennrad",
        "rennradtour", "rennradfahren", "biken", "radausflug", "radlrunde", "radltour",
        "a velo", "sortie a velo", "balade a velo", "vuelta en bici", "paseo en bici", "paseo en bicicleta", "ruta en bici", "bici",
        "salida en bici", "bicicletas", "bicicleta de carretera", "bici da corsa", "pedal", "pedalar", "passeio de bike",
        "fietstocht", "fietsronde", "fietstraining", "rondje fietsen", "wielrennen", "racefiets", "racefietsen", "toerfietsen", "fiets",
        "kolo", "cyklistika", "cyklovylet", "vyjizdka", "bicyklovanie", "bicykel", "rower", "kolarstwo", "jazda na rowerze",
        "przejazdzka rowerowa", "wycieczka rowerowa", "kolarstwo szosowe",
        "cykling", "cykeltur", "cykel", "cykle", "sykling", "sykkeltur", "sykkel", "landevejscykling", "landsvagscykling",
        "pyoraily", "pyoralenkki", "maantiepyoraily", "kerekpar", "kerekparozas", "bringazas", "bisiklet",
        "велосипед", "вело", "велопрогулка", "велотренировка", "велозаезд", "велоспорт", "на велосипеде", "велопоездка",
    ]),
    ("cycling", "mountain", &[
        "mountainbike", "mountainbiking", "mtb ride", "mtb tour", "mountainbiketour", "maastopyoraily", "terrangcykling", "btt",
        "bike de montana", "terrengsykling", "kolarstwo gorskie", "горный велосипед",
    ]),
    ("cycling", "indoor_cycling", &[
        "spinning", "indoor bike", "indoor biking", "stationary bike", "stationary cycling", "exercise bike", "ergometer", "heimtrainer",
        "velo d appartement", "spinbike", "spin bike", "cycling indoor",
    ]),
    ("e_biking", "generic", &["ebike", "ebiking", "pedelec", "e fiets", "elcykel", "e mtb"]),
    ("swimming", "generic", &[
        "swims", "nage", "nager", "nadar", "nuotata", "nuotare", "zwemtraining", "plavanie", "plywanie", "svomning", "svommetur",
        "svomming", "simning", "uinti", "uszas", "yuzme", "плавание", "плавання", "schwimmtraining",
    ]),
    ("swimming", "lap_swimming", &["pool swim", "pool swimming", "swimming pool", "bahnenschwimmen"]),
    ("swimming", "open_water", &["open water swim", "openwater swim", "openwater", "freiwasserschwimmen", "sea swim", "lake swim"]),
    ("cross_country_skiing", "generic", &[
        "cross country ski", "xc ski", "xc skiing", "nordic skiing", "skilanglauf", "rollerskiing", "roller skiing", "langrenn", "rulleski",
        "langdskidor", "langdakning", "hiihto", "maastohiihto", "bieganie na nartach", "narciarstwo biegowe", "biegowki", "беговые лыжи",
        "лыжи", "bezecke lyze", "skating ski",
    ]),
    ("alpine_skiing", "generic", &[
        "ski", "skifahren", "downhill skiing", "narty", "narciarstwo", "lyzovani", "skidor", "alpint", "laskettelu", "slalom", "esqui", "sci",
    ]),
    ("alpine_skiing", "backcountry", &["ski touring", "skitouren", "ski mountaineering", "topptur", "skitur", "skimo"]),
    ("snowboarding", "generic", &["snowboarden fahren"]),
    ("snowshoeing", "generic", &["snowshoes", "schneeschuhe", "schneeschuhtour", "truger"]),
    ("inline_skating", "generic", &[
        "inline skate", "inlineskating", "rollerblading", "rollerblade", "rollerblades", "inliner", "inlinern", "inline", "patins",
        "pattinaggio", "rullaluistelu", "rollschuh", "ролики", "skaten", "skeeleren", "roller skating",
    ]),
    ("ice_skating", "generic", &["schlittschuh", "skojter", "skridskor", "luistelu", "коньки", "bruslenie", "lyzwy"]),
    ("rowing", "generic", &["rowing machine", "indoor rowing", "rower machine", "rudergerat", "wioslarstwo", "soutu", "roning", "гребля"]),
    ("kayaking", "generic", &["kayaks", "kajakk", "kajaking", "kajakarstwo", "каяк"]),
    ("canoeing", "generic", &["kanot", "piraguismo", "kanotpaddling"]),
    ("paddling", "generic", &["paddling", "paddle", "paddeln", "padling"]),
    ("stand_up_paddleboarding", "generic", &["sup", "stand up paddle boarding", "paddleboarding"]),
    ("fitness_equipment", "elliptical", &["cross trainer", "elliptical trainer", "orbitrek", "ellipsentrainer", "эллипс"]),
    ("fitness_equipment", "stair_climbing", &["stairs", "stairmaster", "stair climber", "climbing stairs", "treppensteigen"]),
    ("training", "strength_training", &[
        "strength", "weights", "weightlifting", "weight lifting", "gym", "kraftsport", "kraft", "silownia", "styrketraning",
        "styrketrening", "styrketraening", "voimaharjoittelu", "functional strength training", "muskulacja",
    ]),
    ("training", "yoga", &["йога", "jooga"]),
    ("training", "cardio_training", &["cardio", "aerobics", "aerobic", "zumba", "circuit training", "bootcamp"]),
    ("rock_climbing", "generic", &["climbing", "climb outdoor", "rock climb outdoor", "kiipeily", "wspinaczka", "klatring", "klattring"]),
    ("horseback_riding", "generic", &[
        "horseback riding", "horse riding", "riding", "horse ride", "reiten", "ausritt", "equitation", "equitacion", "paardrijden",
        "ratsastus", "ridning", "jazda konna",
    ]),
    ("multisport", "generic", &["triathlon", "duathlon", "triatlon", "duatlon", "aquathlon", "swimrun", "swim bike run", "brick"]),
    ("sailing", "generic", &["segling", "sejlads", "seiling", "zeglarstwo", "purjehdus"]),
    ("motorcycling", "generic", &["motorcycle", "motorbike", "motorcycling", "motorrad", "motorradfahren", "motorradtour", "moto"]),
    ("driving", "generic", &["car", "auto", "autofahren", "autofahrt", "automotive", "road trip", "car ride", "car trip", "coche", "voiture"]),
    ("flying", "generic", &["flight", "flying", "flug", "gleitschirm", "paragliding", "paraglider", "parapente", "hot air balloon"]),
    ("golf", "generic", &["golfing", "golfen"]),
    ("geocaching", "generic", &["geocaching"]),
    ("wheelchair_push_run", "generic", &["wheelchair run", "handbike"]),
    ("other", "generic", &[
        "travel", "travelling", "traveling", "transport", "transportation", "commute by train", "reise", "voyage", "viaje", "viaggio",
        "viagem", "podroz", "resa", "rejse", "matka", "поездка", "train ride", "bus", "bus ride", "boat trip", "ferry", "zugfahrt",
        "busfahrt", "orienteering ski", "skateboard", "skating", "skate", "sledding", "schlitten", "gardening", "gartenarbeit",
        "dog sledding", "kick scooter", "scooter", "roller derby", "frisbee", "floorball", "handball", "skipping rope", "stretching",
    ]),
];

/// Last parts of words that are put together. What ends like running and is none stands in front.
#[rustfmt::skip]
const COMPOUNDS: &[Called] = &[
    ("cross_country_skiing", "generic", &["langlauf", "skilauf"]),
    ("ice_skating", "generic", &["eislauf", "schuhlauf", "kunstlauf", "schnelllauf"]),
    ("running", "generic", &["lauf", "juoksu", "lopning", "parkrun", "laufen"]),
    ("walking", "generic", &["spaziergang", "wandeling", "kavely", "promenad"]),
    ("hiking", "generic", &["wanderung", "vandring", "vaellus"]),
    ("cycling", "generic", &["radtour", "radfahrt", "radrunde", "radfahren", "fietstocht", "fietsrit", "cykeltur", "sykkeltur", "pyoraily"]),
    ("swimming", "generic", &["schwimmen"]),
];

#[rustfmt::skip]
const NO_COMPOUNDS: &[&str] = &[
    "verlauf", "ablauf", "anlauf", "auflauf", "zulauf", "umlauf", "durchlauf", "auslauf", "uberlauf", "kreislauf", "lebenslauf",
    "vorlauf", "nachlauf", "rucklauf", "wasserlauf", "flusslauf", "bachlauf", "tageslauf", "schuhlaufen", "einkaufen", "zeitverlauf",
    "streckenverlauf", "routenverlauf", "wegverlauf", "trackverlauf", "verlaufen", "ablaufen", "anlaufen", "entlanglaufen",
];

/// Chinese, Japanese and Korean: words are not set apart.
#[rustfmt::skip]
const SCRIPTS: &[Called] = &[
    ("running", "generic", &[
        "跑步", "晨跑", "夜跑", "慢跑", "長跑", "长跑", "路跑", "马拉松", "馬拉松", "ランニング", "ジョギング", "マラソン", "朝ラン",
        "夜ラン", "夕ラン", "러닝", "달리기", "조깅", "마라톤",
    ]),
    ("running", "trail", &["越野跑", "トレイルラン", "トレラン", "트레일러닝"]),
    ("cycling", "generic", &["骑行", "騎行", "自行车", "自行車", "单车", "單車", "骑车", "騎車", "サイクリング", "自転車", "ロードバイク", "자전거", "사이클"]),
    ("walking", "generic", &["步行", "散步", "健走", "ウォーキング", "散歩", "걷기", "산책"]),
    ("hiking", "generic", &["徒步", "健行", "登山", "爬山", "ハイキング", "등산", "하이킹"]),
    ("swimming", "generic", &["游泳", "水泳", "スイミング", "수영"]),
    ("driving", "generic", &["开车", "駕車", "驾车", "ドライブ"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sport::words::{self, Writer},
        text::fold::fold,
    };
    use std::collections::BTreeSet;

    /// Whether recordings and services that know the word mean the same sport.
    fn is_agreed(word: &str, sport: &str) -> bool {
        let others = [Writer::Recording, Writer::Strava];
        let others = others.map(|writer| words::meaning(word, writer));
        others
            .into_iter()
            .flatten()
            .all(|(other, _)| other == sport)
    }

    #[test]
    fn every_word_is_folded_and_means_one_thing() {
        for list in [WORDS, COMPOUNDS, SCRIPTS] {
            let mut seen = BTreeSet::new();
            for (sport, _, words) in list {
                for word in *words {
                    assert_eq!(fold(word), *word);
                    assert!(seen.insert(*word), "{word} comes twice");
                    assert!(is_agreed(word, sport) || meaning(word).is_none(), "{word}");
                }
            }
        }
        let silent = NOTHING.iter().chain(AMBIGUOUS).chain(NO_COMPOUNDS);
        silent.for_each(|word| assert_eq!((fold(word).as_str(), meaning(word)), (*word, None)));
    }

    #[test]
    fn words_put_together_are_known_by_their_last_part() {
        for (word, expected) in [
            ("abendlauf", Some("running")),
            ("waldlauf", Some("running")),
            ("skilanglauf", Some("cross_country_skiing")),
            ("schlittschuhlauf", Some("ice_skating")),
            ("verlauf", None),
            ("lauf", None),
            ("boswandeling", Some("walking")),
            ("iltajuoksu", Some("running")),
        ] {
            assert_eq!(compound(word).map(|(sport, _)| sport), expected, "{word}");
        }
    }
}
