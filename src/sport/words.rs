//! The words that files have for sports, one line a sport of the FIT profile.

/// Whose words they are: one word may mean two things, and most mean nothing to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// A recording: GPX `<type>`, TCX `Sport`. The numbers are Strava's.
    Recording,
    /// Garmin Connect's kinds of activity. Running and the commonest others are among the words of recordings.
    Garmin,
    /// Strava's types in the eight languages of its accounts. English types are Strava's own list. Of the other languages the words
    /// for running, riding, walking, swimming and strength training stand in public importers (German, French, Dutch, Czech,
    /// Portuguese in part); Spanish and Italian are likely only.
    Strava,
}

use Writer::{Garmin, Recording, Strava};

/// A sport and a sub-sport of the FIT profile, and what they are called, as [`crate::text::fold::fold`] writes it.
type Called = (
    &'static str,
    &'static str,
    &'static [(Writer, &'static [&'static str])],
);

/// Sport and sub-sport that a folded word means to its writer.
pub(super) fn meaning(folded: &str, writer: Writer) -> Option<(&'static str, &'static str)> {
    SPORTS
        .iter()
        .find(|called| is_called(called, folded, writer))
        .map(|(sport, sub_sport, _)| (*sport, *sub_sport))
}

fn is_called((_, _, words): &Called, folded: &str, writer: Writer) -> bool {
    words
        .iter()
        .any(|(by, words)| *by == writer && words.contains(&folded))
}

/// Kinds that Garmin calls by the very names they have in the FIT profile.
pub(super) fn garmin_name(folded: &str) -> Option<&'static str> {
    GARMIN_NAMES
        .iter()
        .copied()
        .find(|name| name.split('_').eq(folded.split(' ')))
}

#[rustfmt::skip]
const SPORTS: &[Called] = &[
    ("running", "generic", &[
        (Recording, &["running", "run", "jog", "jogging", "9"]),
        (Strava, &[
            "run", "lauf", "laufen", "course a pied", "course", "carrera", "carrera a pie", "corsa", "corrida",
            "hardloopsessie", "hardlopen", "hardloop", "loop", "beh",
        ]),
    ]),
    ("running", "trail", &[
        (Recording, &["trail running", "trail run", "trailrun", "trailrunning"]),
        (Strava, &[
            "trail run", "trailrun", "trail running", "traillauf", "trail lauf", "trailrunning", "gelandelauf",
            "trail", "course de trail", "course sur sentier", "carrera de montana", "carrera de trail",
            "carrera por montana", "corsa su sentiero", "corsa trail", "corsa in montagna", "corrida em trilha",
            "corrida de trilha", "corrida em trilhos", "trailloop", "trailhardloopsessie", "trail hardloopsessie",
            "terenni beh", "trailovy beh", "beh v terenu", "trail beh",
        ]),
    ]),
    ("running", "treadmill", &[
        (Recording, &["treadmill", "treadmill running", "treadmill run"]),
        (Strava, &["treadmill run", "treadmill"]),
    ]),
    ("running", "street", &[(Recording, &["street running"])]),
    ("running", "track", &[(Recording, &["track running"])]),
    ("running", "indoor_running", &[(Recording, &["indoor running", "indoor run"])]),
    ("running", "virtual_activity", &[
        (Recording, &["virtual run", "virtual running", "virtualrun"]),
        (Strava, &[
            "virtual run", "virtualrun", "virtueller lauf", "virtuelles laufen", "course a pied virtuelle",
            "course virtuelle", "carrera virtual", "corsa virtuale", "corrida virtual", "virtuele hardloopsessie",
            "virtuele hardloop", "virtuele run", "virtualni beh",
        ]),
    ]),
    ("running", "ultra", &[(Recording, &["ultra run", "ultra running"])]),
    ("running", "obstacle", &[(Recording, &["obstacle run", "obstacle running"])]),
    ("walking", "generic", &[
        (Recording, &["walking", "walk", "10"]),
        (Garmin, &["steps"]),
        (Strava, &[
            "walk", "gehen", "spaziergang", "marche", "caminata", "paseo", "andar", "camminata", "passeggiata",
            "caminhada", "wandeling", "wandelen", "chuze", "prochazka",
        ]),
    ]),
    ("walking", "casual_walking", &[(Garmin, &["casual walking"])]),
    ("walking", "speed_walking", &[(Garmin, &["speed walking"])]),
    ("walking", "indoor_walking", &[(Garmin, &["indoor walking"])]),
    ("hiking", "generic", &[
        (Recording, &["hiking", "hike", "4"]),
        (Strava, &[
            "hike", "wandern", "wanderung", "randonnee", "senderismo", "excursion", "escursione", "escursionismo",
            "trilha", "hiken", "hike tocht", "turistika", "pesi turistika",
        ]),
    ]),
    ("hiking", "rucking", &[(Garmin, &["rucking"])]),
    ("cycling", "generic", &[
        (Recording, &["cycling", "biking", "bike", "ride", "road biking", "1"]),
        (Strava, &[
            "ride", "radfahrt", "radfahren", "fahrrad", "velo", "cyclisme", "sortie velo", "sortie a velo",
            "bicicleta", "ciclismo", "vuelta", "vuelta en bicicleta", "pedalata", "giro", "giro in bici",
            "bicicletta", "pedalada", "volta", "passeio de bicicleta", "fietsrit", "fietsen", "jizda",
            "jizda na kole", "handcycle", "velomobile",
        ]),
    ]),
    ("cycling", "mountain", &[
        (Recording, &["mountain biking", "mtb"]),
        (Strava, &[
            "mountain bike ride", "mountainbikeride", "mountainbike fahrt", "mountainbikefahrt", "mountainbiken",
            "sortie vtt", "vtt", "vuelta en bicicleta de montana", "bicicleta de montana", "mountain bike",
            "pedalada de mountain bike", "mountainbikerit", "mountainbiketocht", "jizda na horskem kole",
        ]),
    ]),
    ("cycling", "indoor_cycling", &[(Recording, &["indoor cycling", "indoor ride"])]),
    ("cycling", "virtual_activity", &[
        (Recording, &["virtual ride", "virtualride"]),
        (Strava, &[
            "virtual ride", "virtualride", "virtuelle radfahrt", "virtuelles radfahren", "velo virtuel",
            "sortie velo virtuelle", "cyclisme virtuel", "vuelta virtual", "bicicleta virtual", "ciclismo virtual",
            "pedalata virtuale", "pedalada virtual", "virtuele fietsrit", "virtualni jizda",
        ]),
    ]),
    ("cycling", "road", &[(Garmin, &["road biking"])]),
    ("cycling", "downhill", &[(Garmin, &["downhill biking"])]),
    ("cycling", "enduro", &[(Garmin, &["enduro mtb"])]),
    ("cycling", "track_cycling", &[(Garmin, &["track cycling"])]),
    ("cycling", "recumbent", &[(Garmin, &["recumbent cycling"])]),
    ("cycling", "cyclocross", &[(Garmin, &["cyclocross"])]),
    ("cycling", "gravel_cycling", &[
        (Garmin, &["gravel cycling"]),
        (Strava, &[
            "gravel ride", "gravelride", "gravel fahrt", "gravelfahrt", "gravel", "sortie gravel", "gravelrit",
            "jizda na gravelu",
        ]),
    ]),
    ("cycling", "bmx", &[(Garmin, &["bmx"])]),
    ("cycling", "hand_cycling", &[(Garmin, &["hand cycling"])]),
    ("cycling", "indoor_hand_cycling", &[(Garmin, &["indoor hand cycling"])]),
    ("e_biking", "generic", &[
        (Recording, &["ebikeride", "e bike ride", "e biking"]),
        (Strava, &[
            "e bike ride", "ebikeride", "e mountain bike ride", "emountainbikeride", "e bike fahrt", "e bike fahren",
            "velo electrique", "velo a assistance electrique", "bicicleta electrica", "e bike", "bici elettrica",
            "pedalada de bicicleta eletrica", "bicicleta eletrica", "e bike rit", "e fietsrit",
            "jizda na elektrokole",
        ]),
    ]),
    ("e_biking", "e_bike_fitness", &[(Garmin, &["e bike fitness"])]),
    ("e_biking", "e_bike_mountain", &[(Garmin, &["e bike mountain"])]),
    ("e_biking", "e_bike_enduro", &[(Garmin, &["e enduro mtb"])]),
    ("swimming", "generic", &[
        (Recording, &["swimming", "swim", "16"]),
        (Strava, &[
            "swim", "schwimmen", "natation", "natacion", "nuoto", "natacao", "zwemmen", "zwemsessie", "plavani",
        ]),
    ]),
    ("swimming", "lap_swimming", &[(Recording, &["lap swimming"])]),
    ("swimming", "open_water", &[(Recording, &["open water swimming"])]),
    ("kayaking", "generic", &[
        (Recording, &["kayaking"]),
        (Strava, &["kayaking", "kajak", "kajakfahren", "kayak", "caiaque", "kajakken"]),
    ]),
    ("rowing", "generic", &[
        (Recording, &["rowing"]),
        (Strava, &["rowing", "rudern", "aviron", "remo", "canottaggio", "roeien", "veslovani"]),
    ]),
    ("rowing", "virtual_activity", &[(Strava, &["virtual row", "virtualrow"])]),
    ("cross_country_skiing", "generic", &[
        (Recording, &["cross country skiing", "nordic ski", "nordicski"]),
        (Strava, &[
            "nordic ski", "nordicski", "langlauf", "ski nordique", "ski de fond", "esqui nordico", "esqui de fondo",
            "sci nordico", "sci di fondo", "langlaufen", "langlaufsessie", "bezky", "bezecke lyzovani", "roller ski",
            "rollerski",
        ]),
    ]),
    ("cross_country_skiing", "skate_skiing", &[(Garmin, &["skate skiing"])]),
    ("alpine_skiing", "generic", &[
        (Recording, &["alpine skiing", "alpine ski", "alpineski", "skiing"]),
        (Strava, &[
            "alpine ski", "alpineski", "ski alpin", "esqui alpino", "sci alpino", "alpineskien", "alpine skisessie",
            "sjezdove lyzovani",
        ]),
    ]),
    ("alpine_skiing", "backcountry", &[
        (Garmin, &["backcountry skiing", "backcountry skiing snowboarding"]),
        (Strava, &["backcountry ski", "backcountryski", "skitour", "ski de randonnee", "skialpinismus"]),
    ]),
    ("alpine_skiing", "resort", &[(Garmin, &["resort skiing", "resort skiing snowboarding"])]),
    ("snowboarding", "generic", &[
        (Recording, &["snowboarding", "snowboard"]),
        (Strava, &["snowboard", "snowboarden", "snowboarding"]),
    ]),
    ("snowboarding", "backcountry", &[(Garmin, &["backcountry snowboarding"])]),
    ("snowboarding", "resort", &[(Garmin, &["resort snowboarding"])]),
    ("snowshoeing", "generic", &[
        (Recording, &["snowshoeing", "snowshoe"]),
        (Garmin, &["snow shoe"]),
        (Strava, &["snowshoe", "schneeschuhwandern", "raquettes", "raquetas de nieve", "ciaspole"]),
    ]),
    ("inline_skating", "generic", &[
        (Recording, &["inline skating", "inlineskate"]),
        (Strava, &["inline skate", "inlineskate", "inline skating", "inlineskaten", "roller", "patinaje"]),
    ]),
    ("stand_up_paddleboarding", "generic", &[
        (Recording, &["stand up paddleboarding"]),
        (Strava, &["stand up paddling", "standuppaddling", "stand up paddle", "paddleboard"]),
    ]),
    ("fitness_equipment", "generic", &[(Recording, &["fitness equipment"])]),
    ("fitness_equipment", "elliptical", &[
        (Garmin, &["elliptical"]),
        (Strava, &["elliptical", "crosstrainer", "elliptique", "eliptica", "ellittica", "elliptico"]),
    ]),
    ("fitness_equipment", "stair_climbing", &[
        (Garmin, &["stair climbing"]),
        (Strava, &["stair stepper", "stairstepper", "stepper"]),
    ]),
    ("fitness_equipment", "indoor_rowing", &[(Garmin, &["indoor rowing"])]),
    ("training", "strength_training", &[
        (Recording, &["strength training", "weighttraining"]),
        (Strava, &[
            "weight training", "weighttraining", "krafttraining", "gewichtstraining", "musculation",
            "entrainement aux poids et halteres", "entrenamiento con pesas", "entrenamiento de fuerza", "pesas",
            "allenamento con i pesi", "allenamento pesi", "pesi", "treinamento com peso", "treinamento com pesos",
            "musculacao", "krachttraining", "posilovani", "silovy trenink",
        ]),
    ]),
    ("training", "generic", &[
        (Strava, &[
            "workout", "training", "entrainement", "entrenamiento", "allenamento", "treino", "workout sessie",
            "trenink", "cviceni", "physical therapy",
        ]),
    ]),
    ("training", "cardio_training", &[(Garmin, &["indoor cardio"]), (Strava, &["crossfit"])]),
    ("training", "yoga", &[(Garmin, &["yoga"]), (Strava, &["yoga", "joga", "ioga"])]),
    ("training", "pilates", &[(Garmin, &["pilates"]), (Strava, &["pilates"])]),
    ("training", "breathing", &[(Garmin, &["breathwork"])]),
    ("driving", "generic", &[(Recording, &["driving", "motor sports"]), (Garmin, &["driving general"])]),
    ("generic", "generic", &[(Recording, &["other", "generic"])]),
    ("multisport", "generic", &[(Garmin, &["multi sport"])]),
    ("transition", "swim_to_bike_transition", &[(Garmin, &["swimtobiketransition"])]),
    ("transition", "bike_to_run_transition", &[(Garmin, &["biketoruntransition"])]),
    ("transition", "run_to_bike_transition", &[(Garmin, &["runtobiketransition"])]),
    ("rock_climbing", "indoor_climbing", &[(Garmin, &["indoor climbing"])]),
    ("rock_climbing", "bouldering", &[(Garmin, &["bouldering"])]),
    ("rock_climbing", "generic", &[
        (Strava, &[
            "rock climb", "rock climbing", "rockclimbing", "klettern", "escalade", "escalada", "arrampicata",
            "klimmen", "lezeni",
        ]),
    ]),
    ("ice_skating", "generic", &[
        (Garmin, &["skating"]),
        (Strava, &["ice skate", "iceskate", "eislaufen", "patinage", "patinaje sobre hielo", "schaatsen"]),
    ]),
    ("winter_sport", "generic", &[(Garmin, &["winter sports"])]),
    ("para_sport", "generic", &[(Garmin, &["para sports"])]),
    ("team_sport", "generic", &[(Garmin, &["team sports", "softball"])]),
    ("team_sport", "ultimate", &[(Garmin, &["ultimate disc"])]),
    ("hockey", "ice", &[(Garmin, &["ice hockey"])]),
    ("hockey", "field", &[(Garmin, &["field hockey"])]),
    ("racket", "generic", &[(Garmin, &["racket sports"])]),
    ("racket", "table_tennis", &[
        (Garmin, &["table tennis"]),
        (Strava, &["table tennis", "tabletennis", "tischtennis", "tennis de table", "tafeltennis"]),
    ]),
    ("racket", "platform", &[(Garmin, &["platform tennis"])]),
    ("racket", "racquetball", &[(Garmin, &["racquetball"]), (Strava, &["racquetball"])]),
    ("racket", "squash", &[(Garmin, &["squash"]), (Strava, &["squash"])]),
    ("racket", "badminton", &[(Garmin, &["badminton"]), (Strava, &["badminton"])]),
    ("racket", "pickleball", &[(Garmin, &["pickleball"]), (Strava, &["pickleball"])]),
    ("racket", "padel", &[(Garmin, &["paddelball"]), (Strava, &["padel"])]),
    ("water_sport", "generic", &[(Garmin, &["water sports"])]),
    ("kitesurfing", "generic", &[(Garmin, &["kiteboarding"]), (Strava, &["kitesurf", "kitesurfen"])]),
    ("windsurfing", "generic", &[(Garmin, &["wind kite surfing"]), (Strava, &["windsurf", "windsurfen"])]),
    ("rafting", "whitewater", &[(Garmin, &["whitewater rafting", "whitewater rafting kayaking"])]),
    ("water_skiing", "generic", &[(Garmin, &["waterskiing"])]),
    ("grinding", "generic", &[(Garmin, &["offshore grinding", "onshore grinding"])]),
    ("diving", "single_gas_diving", &[(Garmin, &["single gas diving"])]),
    ("diving", "multi_gas_diving", &[(Garmin, &["multi gas diving"])]),
    ("diving", "gauge_diving", &[(Garmin, &["gauge diving"])]),
    ("diving", "ccr_diving", &[(Garmin, &["ccr diving"])]),
    ("diving", "apnea_diving", &[(Garmin, &["apnea diving"])]),
    ("diving", "apnea_hunting", &[(Garmin, &["apnea hunting"])]),
    ("motor_sports", "generic", &[(Garmin, &["auto racing"])]),
    ("motorcycling", "motocross", &[(Garmin, &["motocross"])]),
    ("motorcycling", "atv", &[(Garmin, &["atv"])]),
    ("hunting", "generic", &[(Garmin, &["hunting fishing"])]),
    ("sky_diving", "wingsuit", &[(Garmin, &["wingsuit flying"])]),
    ("flying", "rc_drone", &[(Garmin, &["rc drone"])]),
    ("video_gaming", "esport", &[(Garmin, &["e sport"])]),
    ("hiit", "hiit", &[(Strava, &["hiit", "high intensity interval training", "highintensityintervaltraining"])]),
    ("canoeing", "generic", &[(Strava, &["canoeing", "canoe", "kanu", "kanufahren", "canoa", "kanoen", "kanoe"])]),
    ("surfing", "generic", &[(Strava, &["surfing", "surf", "surfen"])]),
    ("sailing", "generic", &[(Strava, &["sail", "sailing", "segeln", "voile", "vela", "zeilen"])]),
    ("golf", "generic", &[(Strava, &["golf"])]),
    ("soccer", "generic", &[
        (Strava, &[
            "soccer", "football soccer", "football", "fussball", "futbol", "calcio", "futebol", "voetbal", "fotbal",
        ]),
    ]),
    ("tennis", "generic", &[(Strava, &["tennis", "tenis"])]),
    ("basketball", "generic", &[(Strava, &["basketball", "basket", "baloncesto", "basquete", "basketbal"])]),
    ("volleyball", "generic", &[
        (Strava, &["volleyball", "volley", "voleibol", "pallavolo", "volleybal", "volejbal"]),
    ]),
    ("cricket", "generic", &[(Strava, &["cricket"])]),
    ("dance", "generic", &[(Strava, &["dance", "tanzen", "danse", "baile", "danza", "danca", "dansen", "tanec"])]),
    ("wheelchair_push_walk", "generic", &[
        (Strava, &["wheelchair", "rollstuhl", "fauteuil roulant", "silla de ruedas", "rolstoel"]),
    ]),
    ("other", "generic", &[(Strava, &["skateboard", "skateboarding", "skateboarden"])]),
];

#[rustfmt::skip]
const GARMIN_NAMES: &[&str] = &[
    "american_football", "archery", "baseball", "basketball", "boating", "boxing", "cricket", "dance", "disc_golf",
    "diving", "fishing", "floor_climbing", "flying", "golf", "hang_gliding", "hiit", "horseback_riding", "hunting",
    "jump_rope", "lacrosse", "meditation", "mixed_martial_arts", "mobility", "motorcycling", "mountaineering",
    "paddling", "pool_apnea", "rock_climbing", "rugby", "sailing", "sky_diving", "snorkeling", "snowmobiling",
    "soccer", "surfing", "tennis", "transition", "volleyball", "wakeboarding", "wakesurfing", "water_tubing",
    "wheelchair_push_run", "wheelchair_push_walk", "windsurfing",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sport::Sport, text::fold::fold};
    use std::collections::BTreeSet;

    #[test]
    fn every_word_is_folded_and_means_one_thing_to_its_writer() {
        let mut seen = BTreeSet::new();
        for (sport, sub_sport, called) in SPORTS {
            for (writer, words) in *called {
                assert!(
                    *writer == Recording || !Sport(sport).is_open(),
                    "{sport} {sub_sport}"
                );
                for word in *words {
                    assert_eq!(fold(word), *word);
                    assert!(
                        seen.insert((format!("{writer:?}"), *word)),
                        "{word} comes twice"
                    );
                    assert_eq!(meaning(word, *writer), Some((*sport, *sub_sport)), "{word}");
                }
            }
        }
        let garmin = GARMIN_NAMES.iter().map(|name| name.replace('_', " "));
        garmin.for_each(|word| {
            assert!(
                meaning(&word, Garmin).is_none() && garmin_name(&word).is_some(),
                "{word}"
            )
        });
    }
}
