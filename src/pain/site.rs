//! Places of the body as words: those niggle knows, and the runner's own.

use super::Side;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::{PoisonError, RwLock},
};

/// Where it hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// Nowhere: "all clear".
    None,
    /// knee
    Knee,
    /// kneecap
    Kneecap,
    /// shin
    Shin,
    /// calf
    Calf,
    /// Achilles
    Achilles,
    /// ankle
    Ankle,
    /// heel
    Heel,
    /// foot
    Foot,
    /// toe
    Toe,
    /// hamstring
    Hamstring,
    /// quad
    Quad,
    /// thigh
    Thigh,
    /// outer knee
    Itb,
    /// hip
    Hip,
    /// groin
    Groin,
    /// glute
    Glute,
    /// lower back
    LowerBack,
    /// abdomen
    Abdomen,
    /// side stitch
    SideStitch,
    /// A place niggle has no word for, by the runner's own word; two words are two places.
    Other(Word),
    /// The place of a rating that names none: one place of its own, about which the report asks.
    Unnamed,
}

impl Site {
    /// Every word of the log, [`Site::Other`] without one of the runner's own. [`Site::Unnamed`] is no word.
    pub const ALL: &[Site] = &[
        Site::None,
        Site::Knee,
        Site::Kneecap,
        Site::Shin,
        Site::Calf,
        Site::Achilles,
        Site::Ankle,
        Site::Heel,
        Site::Foot,
        Site::Toe,
        Site::Hamstring,
        Site::Quad,
        Site::Thigh,
        Site::Itb,
        Site::Hip,
        Site::Groin,
        Site::Glute,
        Site::LowerBack,
        Site::Abdomen,
        Site::SideStitch,
        Site::Other(Word::NONE),
    ];

    /// The word in the log and in output files. A place with a word of the runner's own is `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Site::None => "none",
            Site::Knee => "knee",
            Site::Kneecap => "kneecap",
            Site::Shin => "shin",
            Site::Calf => "calf",
            Site::Achilles => "achilles",
            Site::Ankle => "ankle",
            Site::Heel => "heel",
            Site::Foot => "foot",
            Site::Toe => "toe",
            Site::Hamstring => "hamstring",
            Site::Quad => "quad",
            Site::Thigh => "thigh",
            Site::Itb => "itb",
            Site::Hip => "hip",
            Site::Groin => "groin",
            Site::Glute => "glute",
            Site::LowerBack => "lower_back",
            Site::Abdomen => "abdomen",
            Site::SideStitch => "side_stitch",
            Site::Other(_) => "other",
            Site::Unnamed => "unnamed",
        }
    }

    /// The words the report uses; [`site_text`] has the runner's own word for another place.
    pub fn label(self) -> &'static str {
        match self {
            Site::None => "nowhere",
            Site::Knee => "knee",
            Site::Kneecap => "kneecap",
            Site::Shin => "shin",
            Site::Calf => "calf",
            Site::Achilles => "Achilles",
            Site::Ankle => "ankle",
            Site::Heel => "heel",
            Site::Foot => "foot",
            Site::Toe => "toe",
            Site::Hamstring => "hamstring",
            Site::Quad => "quad",
            Site::Thigh => "thigh",
            Site::Itb => "outer knee",
            Site::Hip => "hip",
            Site::Groin => "groin",
            Site::Glute => "glute",
            Site::LowerBack => "lower back",
            Site::Abdomen => "abdomen",
            Site::SideStitch => "side stitch",
            Site::Other(_) => "another place",
            Site::Unnamed => "a place you did not name",
        }
    }

    /// Without a word of the runner's own: all other places are one.
    #[must_use]
    pub fn without_word(self) -> Site {
        match self {
            Site::Other(_) => Site::Other(Word::NONE),
            known => known,
        }
    }

    /// Whether limb rules look at it: a side stitch and "nowhere" are no limb (src/method/rules.md, Spells of pain).
    pub fn is_limb(self) -> bool {
        !matches!(self, Site::None | Site::SideStitch | Site::Abdomen)
    }
}

impl Serialize for Site {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// From the word of output files; a word of the runner's own is not in them.
impl<'de> Deserialize<'de> for Site {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?;
        let mut all = Site::ALL.iter().copied().chain([Site::Unnamed]);
        all.find(|site| site.as_str() == word)
            .ok_or_else(|| D::Error::custom("there is no such place"))
    }
}

/// The runner's own word for a place, folded, at most [`Word::MAX_BYTES`] bytes. It is a number in a list of all words, so that a
/// [`Site`] stays a plain value and a small one: a log of 200,000 rows is in memory as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u32);

/// All words that were met, each once, in the order they came. They stay until the program ends: people have a handful.
#[derive(Debug)]
struct Words {
    texts: Vec<&'static str>,
    numbers: BTreeMap<&'static str, u32>,
}

static WORDS: RwLock<Words> = RwLock::new(Words {
    texts: Vec::new(),
    numbers: BTreeMap::new(),
});

impl Words {
    fn number(&mut self, text: &str) -> u32 {
        match self.numbers.get(text) {
            Some(number) => *number,
            None => self.add(text),
        }
    }

    /// Keeps a new text for as long as the program runs.
    fn add(&mut self, text: &str) -> u32 {
        let text: &'static str = Box::leak(text.into());
        self.texts.push(text);
        let number = u32::try_from(self.texts.len()).unwrap_or(0);
        self.numbers.insert(text, number);
        number
    }
}

impl Word {
    /// Longest word kept; a longer one is cut where a letter ends.
    pub const MAX_BYTES: usize = 30;
    /// No word.
    pub const NONE: Word = Word(0);

    /// The word, cut to [`Word::MAX_BYTES`].
    pub fn new(text: &str) -> Self {
        match text.get(..text.floor_char_boundary(Word::MAX_BYTES)) {
            None | Some("") => Word::NONE,
            Some(text) => Word(number_of(text)),
        }
    }

    /// The word as text; empty when there is none.
    pub fn as_str(&self) -> &'static str {
        let words = WORDS.read().unwrap_or_else(PoisonError::into_inner);
        let text = (self.0 as usize)
            .checked_sub(1)
            .and_then(|at| words.texts.get(at));
        text.copied().unwrap_or_default()
    }
}

/// The number of a text, the same for every word that reads so.
fn number_of(text: &str) -> u32 {
    let mut words = WORDS.write().unwrap_or_else(PoisonError::into_inner);
    words.number(text)
}

/// By the text: numbers depend on what was read before.
impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            Ordering::Equal
        } else {
            self.as_str().cmp(other.as_str())
        }
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

/// `left calf`, `calf on both sides`, `neck`, `another place (left)`: the singular form reports use, nothing for an unknown side.
pub fn site_text(site: Site, side: Option<Side>) -> String {
    let name = match &site {
        Site::Other(word) if *word != Word::NONE => word.as_str(),
        known => known.label(),
    };
    match side {
        Some(side @ (Side::Left | Side::Right))
            if matches!(site, Site::Other(Word::NONE) | Site::Unnamed) =>
        {
            format!("{name} ({})", side.label())
        }
        Some(side @ (Side::Left | Side::Right)) => format!("{} {name}", side.label()),
        Some(Side::Both) => format!("{name} on both sides"),
        Some(Side::Centre) | None => name.to_string(),
    }
}

/// A place behind a word, `your right shin`, `the neck`; one without a name brings a word of its own: `a place you did not name`.
pub fn site_text_with(word: &str, site: Site, side: Option<Side>) -> String {
    let text = site_text(site, side);
    match site {
        Site::Unnamed | Site::Other(Word::NONE) => text,
        _ => format!("{word} {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_without_a_name_has_its_own_article() {
        for (site, side, text) in [
            (Site::Shin, Some(Side::Right), "your right shin"),
            (Site::Unnamed, None, "a place you did not name"),
            (Site::Other(Word::NONE), None, "another place"),
            (Site::Other(Word::new("neck")), None, "your neck"),
        ] {
            assert_eq!(site_text_with("your", site, side), text);
        }
    }

    #[test]
    fn places_in_words() {
        for (site, side, text) in [
            (Site::Calf, Some(Side::Left), "left calf"),
            (Site::Quad, Some(Side::Both), "quad on both sides"),
            (Site::LowerBack, Some(Side::Centre), "lower back"),
            (Site::Knee, None, "knee"),
            (
                Site::Other(Word::NONE),
                Some(Side::Left),
                "another place (left)",
            ),
            (Site::Other(Word::NONE), None, "another place"),
            (Site::Other(Word::new("neck")), None, "neck"),
            (
                Site::Other(Word::new("wrist")),
                Some(Side::Left),
                "left wrist",
            ),
            (Site::Unnamed, None, "a place you did not name"),
        ] {
            assert_eq!(site_text(site, side), text);
        }
    }

    #[test]
    fn words_are_cut_where_a_letter_ends() {
        for (text, kept) in [
            ("neck", "neck"),
            ("", ""),
            (&"é".repeat(20), &"é".repeat(15)),
            ("膝", "膝"),
        ] {
            assert_eq!(Word::new(text).as_str(), kept);
        }
        assert_eq!(
            Word::new(&format!("{}é", "a".repeat(29))).as_str(),
            "a".repeat(29)
        );
    }

    #[test]
    fn words_are_the_same_and_in_order_by_their_text() {
        let words = ["wrist", "neck", "", "neck"].map(Word::new);
        assert!(words[1] == words[3] && words[0] != words[1] && words[2] == Word::NONE);
        let mut sorted = words;
        sorted.sort();
        assert_eq!(
            sorted.map(|word| word.as_str()),
            ["", "neck", "neck", "wrist"]
        );
    }
}
