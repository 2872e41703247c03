//! Strava's activity types in eight languages as sports of the FIT profile.

use super::text::fold;
use crate::model::Sport;

/// What a type means: the sport and its sub-sport. None for a word that is not known.
///
/// English types are Strava's own list. Of the other languages the words for running, riding, walking, swimming and strength
/// training stand in public importers (German, French, Dutch, Czech, Portuguese in part); Spanish and Italian are likely only.
pub(super) fn sport(word: &str) -> Option<(Sport, &'static str)> {
    let folded = fold(word);
    let (sport, sub_sport, _) = TYPES
        .iter()
        .find(|(.., words)| words.contains(&folded.as_str()))?;
    Some((Sport(sport), sub_sport))
}

/// What becomes of a type that is named but not known: certainly no open sport, which might be taken for running by its speed.
pub(super) const NOT_KNOWN: Sport = Sport("other");

/// Sport, sub-sport, and the words as [`fold`] writes them.
#[rustfmt::skip]
const TYPES: &[(&str, &str, &[&str])] = &[
    ("running", "generic", &[
        "run", "lauf", "laufen", "course a pied", "course", "carrera", "carrera a pie", "corsa", "corrida",
        "hardloopsessie", "hardlopen", "hardloop", "loop", "beh",
    ]),
    ("running", "trail", &[
        "trail run", "trailrun", "trail running", "traillauf", "trail lauf", "trailrunning", "gelandelauf", "trail",
        "course de trail", "course sur sentier", "carrera de montana", "carrera de trail", "carrera por montana",
        "corsa su sentiero", "corsa trail", "corsa in montagna", "corrida em trilha", "corrida de trilha",
        "corrida em trilhos", "trailloop", "trailhardloopsessie", "trail hardloopsessie", "terenni beh", "trailovy beh",
        "beh v terenu", "trail beh",
    ]),
    ("running", "virtual_activity", &[
        "virtual run", "virtualrun", "virtueller lauf", "virtuelles laufen", "course a pied virtuelle",
        "course virtuelle", "carrera virtual", "corsa virtuale", "corrida virtual", "virtuele hardloopsessie",
        "virtuele hardloop", "virtuele run", "virtualni beh",
    ]),
    ("running", "treadmill", &["treadmill run", "treadmill"]),
    ("walking", "generic", &[
        "walk", "gehen", "spaziergang", "marche", "caminata", "paseo", "andar", "camminata", "passeggiata", "caminhada",
        "wandeling", "wandelen", "chuze", "prochazka",
    ]),
    ("hiking", "generic", &[
        "hike", "wandern", "wanderung", "randonnee", "senderismo", "excursion", "escursione", "escursionismo", "trilha",
        "hiken", "hike tocht", "turistika", "pesi turistika",
    ]),
    ("cycling", "generic", &[
        "ride", "radfahrt", "radfahren", "fahrrad", "velo", "cyclisme", "sortie velo", "sortie a velo", "bicicleta",
        "ciclismo", "vuelta", "vuelta en bicicleta", "pedalata", "giro", "giro in bici", "bicicletta", "pedalada",
        "volta", "passeio de bicicleta", "fietsrit", "fietsen", "jizda", "jizda na kole", "handcycle", "velomobile",
    ]),
    ("cycling", "virtual_activity", &[
        "virtual ride", "virtualride", "virtuelle radfahrt", "virtuelles radfahren", "velo virtuel",
        "sortie velo virtuelle", "cyclisme virtuel", "vuelta virtual", "bicicleta virtual", "ciclismo virtual",
        "pedalata virtuale", "pedalada virtual", "virtuele fietsrit", "virtualni jizda",
    ]),
    ("cycling", "mountain", &[
        "mountain bike ride", "mountainbikeride", "mountainbike fahrt", "mountainbikefahrt", "mountainbiken",
        "sortie vtt", "vtt", "vuelta en bicicleta de montana", "bicicleta de montana", "mountain bike",
        "pedalada de mountain bike", "mountainbikerit", "mountainbiketocht", "jizda na horskem kole",
    ]),
    ("cycling", "gravel_cycling", &[
        "gravel ride", "gravelride", "gravel fahrt", "gravelfahrt", "gravel", "sortie gravel", "gravelrit",
        "jizda na gravelu",
    ]),
    ("e_biking", "generic", &[
        "e bike ride", "ebikeride", "e mountain bike ride", "emountainbikeride", "e bike fahrt", "e bike fahren",
        "velo electrique", "velo a assistance electrique", "bicicleta electrica", "e bike", "bici elettrica",
        "pedalada de bicicleta eletrica", "bicicleta eletrica", "e bike rit", "e fietsrit", "jizda na elektrokole",
    ]),
    ("swimming", "generic", &[
        "swim", "schwimmen", "natation", "natacion", "nuoto", "natacao", "zwemmen", "zwemsessie", "plavani",
    ]),
    ("training", "strength_training", &[
        "weight training", "weighttraining", "krafttraining", "gewichtstraining", "musculation",
        "entrainement aux poids et halteres", "entrenamiento con pesas", "entrenamiento de fuerza", "pesas",
        "allenamento con i pesi", "allenamento pesi", "pesi", "treinamento com peso", "treinamento com pesos",
        "musculacao", "krachttraining", "posilovani", "silovy trenink",
    ]),
    ("training", "generic", &[
        "workout", "training", "entrainement", "entrenamiento", "allenamento", "treino", "workout sessie", "trenink",
        "cviceni", "physical therapy",
    ]),
    ("training", "yoga", &["yoga", "joga", "ioga"]),
    ("training", "pilates", &["pilates"]),
    ("hiit", "hiit", &["hiit", "high intensity interval training", "highintensityintervaltraining"]),
    ("training", "cardio_training", &["crossfit"]),
    ("fitness_equipment", "elliptical", &["elliptical", "crosstrainer", "elliptique", "eliptica", "ellittica", "elliptico"]),
    ("fitness_equipment", "stair_climbing", &["stair stepper", "stairstepper", "stepper"]),
    ("alpine_skiing", "generic", &[
        "alpine ski", "alpineski", "ski alpin", "esqui alpino", "sci alpino", "alpineskien", "alpine skisessie",
        "sjezdove lyzovani",
    ]),
    ("alpine_skiing", "backcountry", &["backcountry ski", "backcountryski", "skitour", "ski de randonnee", "skialpinismus"]),
    ("cross_country_skiing", "generic", &[
        "nordic ski", "nordicski", "langlauf", "ski nordique", "ski de fond", "esqui nordico", "esqui de fondo",
        "sci nordico", "sci di fondo", "langlaufen", "langlaufsessie", "bezky", "bezecke lyzovani", "roller ski",
        "rollerski",
    ]),
    ("snowboarding", "generic", &["snowboard", "snowboarden", "snowboarding"]),
    ("snowshoeing", "generic", &["snowshoe", "schneeschuhwandern", "raquettes", "raquetas de nieve", "ciaspole"]),
    ("ice_skating", "generic", &["ice skate", "iceskate", "eislaufen", "patinage", "patinaje sobre hielo", "schaatsen"]),
    ("inline_skating", "generic", &["inline skate", "inlineskate", "inline skating", "inlineskaten", "roller", "patinaje"]),
    ("rowing", "generic", &["rowing", "rudern", "aviron", "remo", "canottaggio", "roeien", "veslovani"]),
    ("rowing", "virtual_activity", &["virtual row", "virtualrow"]),
    ("kayaking", "generic", &["kayaking", "kajak", "kajakfahren", "kayak", "caiaque", "kajakken"]),
    ("canoeing", "generic", &["canoeing", "canoe", "kanu", "kanufahren", "canoa", "kanoen", "kanoe"]),
    ("stand_up_paddleboarding", "generic", &["stand up paddling", "standuppaddling", "stand up paddle", "paddleboard"]),
    ("surfing", "generic", &["surfing", "surf", "surfen"]),
    ("windsurfing", "generic", &["windsurf", "windsurfen"]),
    ("kitesurfing", "generic", &["kitesurf", "kitesurfen"]),
    ("sailing", "generic", &["sail", "sailing", "segeln", "voile", "vela", "zeilen"]),
    ("rock_climbing", "generic", &["rock climb", "rock climbing", "rockclimbing", "klettern", "escalade", "escalada", "arrampicata", "klimmen", "lezeni"]),
    ("golf", "generic", &["golf"]),
    ("soccer", "generic", &["soccer", "football soccer", "football", "fussball", "futbol", "calcio", "futebol", "voetbal", "fotbal"]),
    ("tennis", "generic", &["tennis", "tenis"]),
    ("racket", "badminton", &["badminton"]),
    ("racket", "squash", &["squash"]),
    ("racket", "padel", &["padel"]),
    ("racket", "pickleball", &["pickleball"]),
    ("racket", "racquetball", &["racquetball"]),
    ("racket", "table_tennis", &["table tennis", "tabletennis", "tischtennis", "tennis de table", "tafeltennis"]),
    ("basketball", "generic", &["basketball", "basket", "baloncesto", "basquete", "basketbal"]),
    ("volleyball", "generic", &["volleyball", "volley", "voleibol", "pallavolo", "volleybal", "volejbal"]),
    ("cricket", "generic", &["cricket"]),
    ("dance", "generic", &["dance", "tanzen", "danse", "baile", "danza", "danca", "dansen", "tanec"]),
    ("wheelchair_push_walk", "generic", &["wheelchair", "rollstuhl", "fauteuil roulant", "silla de ruedas", "rolstoel"]),
    ("other", "generic", &["skateboard", "skateboarding", "skateboarden"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn types_of_every_language() {
        for (words, expected, sub_sport) in [
            (
                "Run|Lauf|Course à pied|Carrera|Corsa|Corrida|Hardloopsessie|Běh",
                Sport::RUNNING,
                "generic",
            ),
            (
                "Trail Run|Traillauf|Trail|Trailový běh",
                Sport::RUNNING,
                "trail",
            ),
            (
                "Virtual Run|VirtualRun|Virtueller Lauf|Virtuální běh",
                Sport::RUNNING,
                "virtual_activity",
            ),
            (
                "Walk|Spaziergang|Marche|Caminata|Camminata|Caminhada|Wandeling|Chůze",
                Sport("walking"),
                "generic",
            ),
            (
                "Hike|Wandern|Randonnée|Senderismo|Escursione|Hiken",
                Sport("hiking"),
                "generic",
            ),
            (
                "Ride|Radfahrt|Vélo|Bicicleta|Pedalata|Pedalada|Fietsrit|Jízda",
                Sport("cycling"),
                "generic",
            ),
            (
                "Swim|Schwimmen|Natation|Natación|Nuoto|Natação|Zwemmen|Plavání",
                Sport("swimming"),
                "generic",
            ),
            (
                "Weight Training|Krafttraining|Krachttraining|Posilování",
                Sport("training"),
                "strength_training",
            ),
        ] {
            for word in words.split('|') {
                assert_eq!(sport(word), Some((expected, sub_sport)), "{word}");
            }
        }
        assert_eq!(sport("Quidditch"), None);
        assert!(!NOT_KNOWN.is_open() && !NOT_KNOWN.is_running());
    }

    #[test]
    fn every_word_is_folded_and_means_one_sport_that_is_not_open() {
        let mut seen = BTreeSet::new();
        for (name, _, words) in TYPES {
            assert!(!Sport(name).is_open(), "{name}");
            for word in *words {
                assert_eq!(fold(word), *word);
                assert!(seen.insert(*word), "{word} comes twice");
            }
        }
    }
}
