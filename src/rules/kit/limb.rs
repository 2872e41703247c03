//! Which places a rule about legs looks at: the sites of a leg, and places by the runner's own word that are no other part.

use crate::pain::{Site, Word};
use crate::rules::sighting::LEG;

/// Whether the place is a leg or may be one: its site is one of a leg, it is not named, or the runner's own word for it does
/// not name another part of the body. What the log leaves open is counted.
pub fn may_be_leg(site: Option<Site>) -> bool {
    match site {
        None | Some(Site::None | Site::Unnamed) => true,
        Some(Site::Other(word)) => {
            names(&word, LEGS) || names(&word, JOINTS) || !names(&word, ELSEWHERE)
        }
        Some(site) => LEG.contains(&site),
    }
}

/// Whether the runner's own word says that the place is one of the leg's muscles, or the leg as a whole.
pub fn is_leg_by_word(site: Option<Site>) -> bool {
    matches!(site, Some(Site::Other(word)) if names(&word, LEGS))
}

/// A short word counts only by itself, as "rear" is no ear; a longer one also inside another, as German puts words together.
const ALONE_UP_TO: usize = 3;

fn names(word: &Word, parts: &[&str]) -> bool {
    let text = word.as_str().to_lowercase();
    parts.iter().any(|part| is_named(part, &text))
}

/// A short part has to stand alone in the text.
fn is_named(part: &str, text: &str) -> bool {
    match part.chars().count() <= ALONE_UP_TO {
        true => stands_alone(part, text),
        false => text.contains(part),
    }
}

fn stands_alone(part: &str, text: &str) -> bool {
    let mut tokens = text.split(|c: char| !c.is_alphanumeric());
    tokens.any(|token| token == part)
}

/// Legs in the seven languages that notes are read in.
const LEGS: &[&str] = &[
    "leg",
    "legs",
    "limb",
    "calf",
    "thigh",
    "shin",
    "femur",
    "femoral",
    "fibula",
    "bein",
    "schenkel",
    "wade",
    "jambe",
    "mollet",
    "cuisse",
    "tibia",
    "femor",
    "pierna",
    "pantorrilla",
    "gemelo",
    "muslo",
    "gamba",
    "polpaccio",
    "coscia",
    "perna",
    "panturrilha",
    "gemeo",
    "gémeo",
    "coxa",
    "been",
    "kuit",
    "dijbe",
];

/// Joints and ends of the leg, which other parts lend their names to ("the head of the metatarsal").
const JOINTS: &[&str] = &[
    "knee",
    "hip",
    "ankle",
    "foot",
    "heel",
    "toe",
    "metatars",
    "knie",
    "hüft",
    "fuß",
    "fuss",
    "ferse",
    "genou",
    "hanche",
    "cheville",
    "pied",
    "talon",
    "rodilla",
    "cadera",
    "tobillo",
    "talón",
    "ginocchio",
    "anca",
    "caviglia",
    "piede",
    "joelho",
    "quadril",
    "tornozelo",
    "voet",
    "hiel",
    "enkel",
];

/// Parts of the body that are no leg, in the same languages. Words that also mean something of a leg (a toe, a side) are not
/// among them.
const ELSEWHERE: &[&str] = &[
    // English.
    "head",
    "neck",
    "shoulder",
    "arm",
    "arms",
    "forearm",
    "elbow",
    "wrist",
    "hand",
    "finger",
    "thumb",
    "chest",
    "rib",
    "ribs",
    "jaw",
    "tooth",
    "teeth",
    "eye",
    "ear",
    "nose",
    "throat",
    "belly",
    "stomach",
    // German and Dutch.
    "kopf",
    "nacken",
    "hals",
    "schulter",
    "oberarm",
    "unterarm",
    "ellbogen",
    "ellenbogen",
    "daumen",
    "brust",
    "rippe",
    "kiefer",
    "zahn",
    "auge",
    "ohr",
    "nase",
    "bauch",
    "magen",
    "hoofd",
    "nek",
    "schouder",
    "bovenarm",
    "onderarm",
    "elleboog",
    "pols",
    "vinger",
    "duim",
    "borst",
    "kaak",
    "tand",
    "oog",
    "oor",
    "neus",
    "buik",
    "maag",
    // French.
    "tete",
    "tête",
    "cou",
    "nuque",
    "epaule",
    "épaule",
    "bras",
    "coude",
    "poignet",
    "doigt",
    "pouce",
    "poitrine",
    "machoire",
    "mâchoire",
    "dent",
    "oeil",
    "œil",
    "oreille",
    "nez",
    "ventre",
    // Spanish, Italian and Portuguese.
    "cabeza",
    "cuello",
    "hombro",
    "brazo",
    "codo",
    "muñeca",
    "muneca",
    "mano",
    "pulgar",
    "pecho",
    "costilla",
    "diente",
    "ojo",
    "oreja",
    "nariz",
    "testa",
    "collo",
    "spalla",
    "braccio",
    "gomito",
    "polso",
    "pollice",
    "petto",
    "costola",
    "dente",
    "occhio",
    "orecchio",
    "naso",
    "pancia",
    "cabeça",
    "cabeca",
    "pescoço",
    "pescoco",
    "ombro",
    "braço",
    "braco",
    "cotovelo",
    "pulso",
    "mão",
    "mao",
    "polegar",
    "peito",
    "costela",
    "olho",
    "orelha",
    "barriga",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Option<Site> {
        Some(Site::Other(Word::new(text)))
    }

    #[test]
    fn legs_and_what_may_be_one() {
        for site in LEG {
            assert!(may_be_leg(Some(*site)), "{site:?}");
        }
        for open in [
            None,
            Some(Site::None),
            Some(Site::Unnamed),
            Some(Site::Other(Word::NONE)),
        ] {
            assert!(may_be_leg(open) && !is_leg_by_word(open), "{open:?}");
        }
        for site in [Site::LowerBack, Site::Abdomen, Site::SideStitch] {
            assert!(!may_be_leg(Some(site)), "{site:?}");
        }
    }

    #[test]
    fn words_of_legs_and_of_other_parts() {
        for text in [
            "lower leg",
            "linker unterschenkel",
            "jambe",
            "femoral neck",
            "back of thigh",
            "onderbeen",
        ] {
            assert!(
                may_be_leg(word(text)) && is_leg_by_word(word(text)),
                "{text}"
            );
        }
        for text in [
            "neck",
            "wrist",
            "left arm",
            "unterarm",
            "épaule",
            "mano",
            "ombro",
            "duim",
            "handgelenk",
        ] {
            assert!(
                !may_be_leg(word(text)) && !is_leg_by_word(word(text)),
                "{text}"
            );
        }
        for text in ["inside bit", "rear", "surface", "metatarsal head", "膝"] {
            assert!(
                may_be_leg(word(text)) && !is_leg_by_word(word(text)),
                "{text}"
            );
        }
    }
}
