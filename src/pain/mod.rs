//! The pain log: what the runner wrote, row by row, with every word mapped to one vocabulary.
//!
//! A blank is unknown, never zero. `pain=0, site=none` is "all clear today": zero for every site.

mod cells;
mod check;
mod dates;
mod days;
pub mod episodes;
mod header;
mod log;
mod notes;
pub mod ostrc;
mod places;
mod problems;
mod questions;
mod records;
mod rows;
mod template;
mod text;
mod words;

pub use check::check_text;
pub use dates::DateOrder;
pub use days::{GAP_DAYS, ISOLATED_DAYS, daily_max, last_believable_day, logged_days};
pub use header::{HeaderError, HeaderFault};
pub use log::{MAX_BYTES, MAX_ROWS, read};
pub use places::{Place, hurting, is_about, is_all_clear, rating_at};
pub use rows::MAX_NOTE_CHARS;
pub use template::template;
pub use words::edit_distance;

use crate::problem::Problem;
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

/// What the runner says about a log that the file does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The last day that can be believed: dates more than a day after it are refused. In a report it is the day named with
    /// `--as-of`, or a year after the last run. None: the future is not checked.
    pub as_of: Option<NaiveDate>,
    /// What `03/04/2024` means (`--date-order`). None: the column must tell.
    pub date_order: Option<DateOrder>,
    /// Ratings are 0–100 (`--pain-scale 100`).
    pub pain_scale_100: bool,
    /// RPE is on Borg's 6–20 scale (`--borg`).
    pub borg: bool,
}

/// A whole log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PainLog {
    /// The file it was read from; None when there is no log.
    pub place: Option<String>,
    /// Usable rows by date, time of day and line.
    pub entries: Vec<Entry>,
    /// Rows and cells that could not be used, by line.
    pub problems: Vec<Problem>,
    /// What was understood of the file's form, one sentence each (delimiter, date order, columns).
    pub understood: Vec<String>,
    /// Data rows in the file, usable or not. Blank rows and comments are none.
    pub rows: usize,
    /// Rows that could not be used. `rows - unusable_rows` were used.
    pub unusable_rows: usize,
    /// Used rows that say the same day, moment, site and side as another and were put together with it.
    pub duplicate_rows: usize,
}

/// One row: one moment at one site.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Line in the file, the header being line 1.
    pub line: u64,
    /// The local day.
    pub date: NaiveDate,
    /// The moment of the day.
    pub moment: Moment,
    /// Local time, where given.
    pub time: Option<NaiveTime>,
    /// Where it hurts; [`Site::None`] says that nothing does. None when the row names no site.
    pub site: Option<Site>,
    /// Which side.
    pub side: Option<Side>,
    /// 0–10 numeric rating. None: not rated, which is not zero.
    pub pain: Option<f64>,
    /// The rating came from a word (mild, moderate, severe) and takes no part in statistics.
    pub approximate: bool,
    /// How it feels, in the order of the vocabulary, no doubles.
    pub types: Vec<PainType>,
    /// How far it spreads.
    pub spread: Option<Spread>,
    /// How it began.
    pub onset: Option<Onset>,
    /// What movement does to it.
    pub movement: Option<Movement>,
    /// What it did to running.
    pub function: Option<Function>,
    /// Signs from the `signs` column, in the order of the vocabulary, no doubles.
    pub signs: Vec<Sign>,
    /// Signs found in the free-text note, none of those already in `signs`.
    pub signs_in_note: Vec<Sign>,
    /// The note says numbness, tingling or weakness of both legs or both feet, whatever the side column says.
    pub both_legs_in_note: bool,
    /// Answers to the four weekly OSTRC questions, each 0, 8, 17 or 25; questions 2 and 3 may be 6, 13 or 19 ([`ostrc`]).
    pub ostrc: [Option<u8>; 4],
    /// Hours slept the night before.
    pub sleep_h: Option<f64>,
    /// 1 (bad) to 5 (good).
    pub sleep_quality: Option<f64>,
    /// Session RPE, CR-10.
    pub rpe: Option<f64>,
    /// The shoe's name.
    pub shoe: Option<String>,
    /// A painkiller was taken: the rating may be too low.
    pub painkiller: Option<bool>,
    /// Free text, at most 2,000 characters.
    pub notes: Option<String>,
}

impl Entry {
    /// An entry with nothing known but its day, for tests and the reader.
    pub fn on(date: NaiveDate) -> Self {
        Entry {
            line: 0,
            date,
            moment: Moment::Day,
            time: None,
            site: None,
            side: None,
            pain: None,
            approximate: false,
            types: Vec::new(),
            spread: None,
            onset: None,
            movement: None,
            function: None,
            signs: Vec::new(),
            signs_in_note: Vec::new(),
            both_legs_in_note: false,
            ostrc: [None; 4],
            sleep_h: None,
            sleep_quality: None,
            rpe: None,
            shoe: None,
            painkiller: None,
            notes: None,
        }
    }

    /// Whether the sign is in the column or in the note.
    pub fn has_sign(&self, sign: Sign) -> bool {
        self.signs.contains(&sign) || self.signs_in_note.contains(&sign)
    }
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $id:literal $label:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = $label] $variant),* }

        impl $name {
            /// Every word, in the order of pain-log.md.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word in the log and in output files.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $id),* }
            }

            /// The words the report uses.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),* }
            }
        }
    )*};
}

vocabulary! {
    /// The moment a row is about, in the order of a running day.
    Moment {
        Before "before" "before the run",
        During "during" "during the run",
        After "after" "after the run",
        Evening "evening" "in the evening",
        Morning "morning" "in the morning",
        Night "night" "at night",
        Rest "rest" "at rest",
        Day "day" "that day",
    }
    /// Where it hurts.
    Site {
        None "none" "nowhere",
        Knee "knee" "knee",
        Kneecap "kneecap" "kneecap",
        Shin "shin" "shin",
        Calf "calf" "calf",
        Achilles "achilles" "Achilles",
        Ankle "ankle" "ankle",
        Heel "heel" "heel",
        Foot "foot" "foot",
        Toe "toe" "toe",
        Hamstring "hamstring" "hamstring",
        Quad "quad" "quad",
        Thigh "thigh" "thigh",
        Itb "itb" "outer knee",
        Hip "hip" "hip",
        Groin "groin" "groin",
        Glute "glute" "glute",
        LowerBack "lower_back" "lower back",
        Abdomen "abdomen" "abdomen",
        SideStitch "side_stitch" "side stitch",
        Other "other" "another place",
    }
    /// Which side.
    Side {
        Left "left" "left",
        Right "right" "right",
        Both "both" "both",
        Centre "centre" "centre",
    }
    /// How it feels.
    PainType {
        Dull "dull" "dull",
        Ache "ache" "aching",
        Sore "sore" "sore",
        Stiff "stiff" "stiff",
        Tight "tight" "tight",
        Heavy "heavy" "heavy",
        Cramp "cramp" "cramping",
        Sharp "sharp" "sharp",
        Stabbing "stabbing" "stabbing",
        Shooting "shooting" "shooting",
        Burning "burning" "burning",
        Throbbing "throbbing" "throbbing",
        Tingling "tingling" "tingling",
        Numb "numb" "numb",
    }
    /// How far it spreads.
    Spread {
        Spot "spot" "in one spot",
        Area "area" "over an area",
        General "general" "all over",
    }
    /// How it began.
    Onset {
        Sudden "sudden" "suddenly",
        Gradual "gradual" "gradually",
        During "during" "during the run",
        After "after" "after the run",
        NextDay "next_day" "the next day",
    }
    /// What movement does to it.
    Movement {
        Better "better" "better with movement",
        Same "same" "the same with movement",
        Worse "worse" "worse with movement",
    }
    /// What it did to running, mildest first.
    Function {
        None "none" "nothing",
        ChangedForm "changed_form" "changed how you ran",
        CutShort "cut_short" "cut the run short",
        Stopped "stopped" "stopped the run",
        MissedRun "missed_run" "made you miss a run",
        CannotBearWeight "cannot_bear_weight" "could not put weight on it",
    }
    /// Signs that matter for triage.
    Sign {
        Swelling "swelling" "swelling",
        Redness "redness" "redness",
        Warmth "warmth" "warmth",
        Numbness "numbness" "numbness",
        Tingling "tingling" "tingling",
        Weakness "weakness" "weakness",
        Deformity "deformity" "deformity",
        Bruise "bruise" "a bruise",
        RestPain "rest_pain" "pain at rest",
        NightPain "night_pain" "pain at night",
        NightCramp "night_cramp" "cramps at night",
        HeavyLegs "heavy_legs" "heavy legs",
        GivingWay "giving_way" "giving way",
        Locking "locking" "locking",
        Fever "fever" "fever",
        Breathless "breathless" "breathlessness",
        ChestPain "chest_pain" "chest pain",
        Collapse "collapse" "collapse",
        BladderBowel "bladder_bowel" "bladder or bowel trouble",
        SaddleNumbness "saddle_numbness" "numbness between the legs",
    }
}

impl Site {
    /// Whether limb rules look at it: a side stitch and "nowhere" are no limb (rules.md A37).
    pub fn is_limb(self) -> bool {
        !matches!(self, Site::None | Site::SideStitch | Site::Abdomen)
    }
}

/// `left calf`, `calf on both sides`, `another place (left)`: the singular form reports use, nothing for an unknown side.
pub fn site_text(site: Site, side: Option<Side>) -> String {
    match side {
        Some(side @ (Side::Left | Side::Right)) if site == Site::Other => {
            format!("{} ({})", site.label(), side.label())
        }
        Some(side @ (Side::Left | Side::Right)) => format!("{} {}", side.label(), site.label()),
        Some(Side::Both) => format!("{} on both sides", site.label()),
        Some(Side::Centre) | None => site.label().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_words() {
        for (site, side, text) in [
            (Site::Calf, Some(Side::Left), "left calf"),
            (Site::Quad, Some(Side::Both), "quad on both sides"),
            (Site::LowerBack, Some(Side::Centre), "lower back"),
            (Site::Knee, None, "knee"),
            (Site::Other, Some(Side::Left), "another place (left)"),
            (Site::Other, None, "another place"),
        ] {
            assert_eq!(site_text(site, side), text);
        }
    }
}
