//! The pain log: what the runner wrote, row by row, with every word mapped to one vocabulary.
//!
//! A blank is unknown, never zero. `pain=0, site=none` is "all clear today": zero for every site.

pub mod append;
mod beside;
mod calendar;
mod cells;
mod check;
mod comments;
mod dates;
mod days;
pub mod episodes;
mod fault;
mod first_look;
mod gathering;
pub mod grid;
mod limits;
mod log;
mod long;
mod notes;
mod options;
pub mod ostrc;
mod places;
mod plan;
mod problems;
mod questions;
mod records;
mod rows;
mod same;
mod set;
mod site;
mod template;
mod text;
mod understood;
mod words;
mod workbook;

pub use crate::words::edit_distance;
pub use beside::Beside;
pub use calendar::{Calendar, calendar};
pub use cells::Scale;
pub use check::{Check, Now, check_json, check_text};
pub use comments::{Written, hear};
pub use dates::DateOrder;
pub use days::{GAP_DAYS, ISOLATED_DAYS, daily_max, last_believable_day, logged_days};
pub use fault::{HeaderError, HeaderFault};
pub use limits::{MAX_BYTES, MAX_LONG_BYTES, MAX_LONG_ROWS, MAX_ROWS, MAX_WORKBOOK_BYTES};
pub use log::{is_workbook, read, resembles};
pub use long::Long;
pub use options::{Clock, NamedColumn, Options};
pub use places::{Place, hurting, is_about, is_all_clear, places_meet, rating_at, sides_meet};
pub use plan::Resembles;
pub use rows::MAX_NOTE_CHARS;
pub use set::{Iter, Member, Set};
pub use site::{Site, Word, site_text, site_text_with};
pub use template::{Template, help};

use crate::{digest::Digest, problem::Problem, time::Window};
use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// A whole log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PainLog {
    /// The file it was read from; None when there is no log.
    pub place: Option<String>,
    /// Where it lies, from the current folder, for commands that name it; None in an archive.
    pub path: Option<PathBuf>,
    /// That it was found beside the inputs and taken for the log, a sentence; None where it was named or is among the inputs.
    pub taken: Option<String>,
    /// Of the file's bytes, unpacked.
    pub digest: Digest,
    /// Usable rows by date, time of day and line.
    pub entries: Vec<Entry>,
    /// The file was found by itself and could not be used; the first remark says why.
    pub is_refused: bool,
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
    /// Used rows that say that it hurt and not how much.
    pub unrated_rows: usize,
    /// The columns of the file, left to right, and what each was taken for.
    pub columns: Vec<ColumnRead>,
    /// What a reader of the report must know about the log first, one sentence each.
    pub remarks: Vec<String>,
    /// Comments of the runner's in accounts that were not read, because nobody asked for that.
    pub unread_comments: usize,
}

impl PainLog {
    /// The log with the entries of a span of days alone.
    pub fn within(&self, window: Window) -> PainLog {
        let entries = self.entries.iter();
        let inside = entries.filter(|entry| window.has(entry.date));
        PainLog {
            entries: inside.cloned().collect(),
            ..self.clone()
        }
    }
}

/// A column of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColumnRead {
    /// Its name as written, shortened.
    pub name: String,
    /// What it was taken for: a column of niggle's own log, or `pain (left knee)`. None: it is not read.
    pub read_as: Option<String>,
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
    /// How it feels.
    pub types: Set<PainType>,
    /// How far it spreads.
    pub spread: Option<Spread>,
    /// How it began.
    pub onset: Option<Onset>,
    /// What movement does to it.
    pub movement: Option<Movement>,
    /// What it did to running.
    pub function: Option<Function>,
    /// Signs from the `signs` column.
    pub signs: Set<Sign>,
    /// Signs found in the free-text note, none of those already in `signs`.
    pub signs_in_note: Set<Sign>,
    /// The note says numbness, tingling or weakness of both legs or both feet, whatever the side column says.
    pub both_legs_in_note: bool,
    /// What the note says it did to running, at most [`Function::Stopped`]; [`Sign::NoWeight`] says the rest.
    pub function_in_note: Option<Function>,
    /// The note says that it began suddenly.
    pub sudden_in_note: bool,
    /// Everyday trouble that the note names: a blister, a nail, one cramp.
    pub everyday_in_note: Set<Everyday>,
    /// Every place that the row does not name is free of pain: a cell `others=0` beside a sore place says so.
    pub others_clear: bool,
    /// A painkiller was taken: the rating may be too low.
    pub painkiller: Option<bool>,
    /// The night, the effort, the shoe, the week's answers and the note. None where the row says none of it.
    pub beside: Option<Box<Beside>>,
}

/// A log has up to [`MAX_ROWS`] of them in memory, so that one more field of 8 bytes is 1.6 MB more.
const _: () = assert!(
    size_of::<Entry>() <= 88,
    "an entry has grown: see benches/README.md, Pain log"
);

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
            types: Set::default(),
            spread: None,
            onset: None,
            movement: None,
            function: None,
            signs: Set::default(),
            signs_in_note: Set::default(),
            both_legs_in_note: false,
            function_in_note: None,
            sudden_in_note: false,
            everyday_in_note: Set::default(),
            others_clear: false,
            painkiller: None,
            beside: None,
        }
    }

    /// Whether the sign is in the column or in the note.
    pub fn has_sign(&self, sign: Sign) -> bool {
        self.signs.contains(&sign) || self.signs_in_note.contains(&sign)
    }

    /// Whether it will not carry the runner, by the function column, a sign or the note.
    pub fn bears_no_weight(&self) -> bool {
        self.function == Some(Function::CannotBearWeight) || self.has_sign(Sign::NoWeight)
    }

    /// Whether it began suddenly, by the column or the note.
    pub fn began_suddenly(&self) -> bool {
        self.onset == Some(Onset::Sudden) || self.sudden_in_note
    }

    /// The gravest of what the column and the note say it did to running.
    pub fn effect(&self) -> Option<Function> {
        self.function.max(self.function_in_note)
    }

    /// The place the row is about. A rating above 0 without a place has one of its own ([`Site::Unnamed`]); None where
    /// nothing hurts or nothing is said.
    pub fn place(&self) -> Option<Place> {
        match self.site {
            Some(Site::None) => None,
            Some(site) => Some((site, self.side)),
            None => self
                .pain
                .filter(|pain| *pain > 0.0)
                .map(|_| (Site::Unnamed, self.side)),
        }
    }
}

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $id:literal $label:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = $label] $variant),* }

        impl $name {
            /// Every word, in the order of the vocabulary (src/method/pain_log.md, Words).
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
        RapidSwelling "rapid_swelling" "swelling within hours",
        BoneSpot "bone_spot" "one sore spot on the bone",
        ImpactPain "impact_pain" "pain on hopping or landing",
        Limp "limp" "a limp",
        NoWeight "no_weight" "no weight on it",
        Pop "pop" "a pop, a crack or a kick",
        Trauma "trauma" "a fall, a twist or a knock",
        CannotBend "cannot_bend" "a joint that does not bend",
        HardMuscle "hard_muscle" "a muscle that is rock hard",
        ColdLimb "cold_limb" "a cold or pale limb",
        FaintAfter "faint_after" "fainting after the finish",
        NearFaint "near_faint" "nearly fainting",
        Palpitations "palpitations" "a racing or fluttering heart",
        Confusion "confusion" "confusion or staggering",
        NoSweat "no_sweat" "no more sweat in the heat",
        Seizure "seizure" "a seizure",
        FaceSpeech "face_speech" "a drooping face or slurred speech",
        SuddenHeadache "sudden_headache" "a sudden very bad headache",
        Headache "headache" "a headache that gets worse",
        HeadInjury "head_injury" "a knock on the head",
        MemoryGap "memory_gap" "a gap in the memory",
        Vomiting "vomiting" "vomiting",
        ThroatSwelling "throat_swelling" "a swelling throat, tongue or face",
        Wheeze "wheeze" "wheezing",
        InhalerFails "inhaler_fails" "an inhaler that does not help",
        CoughBlood "cough_blood" "coughing blood",
        DarkUrine "dark_urine" "dark urine",
        RedStreak "red_streak" "a red line from a wound",
        WeepingWound "weeping_wound" "a hot or weeping wound",
        AnimalBite "animal_bite" "an animal bite",
        TickRash "tick_rash" "a ring or rash after a tick",
        PregnancyTrouble "pregnancy_trouble" "bleeding, fluid or contractions in pregnancy",
        MissedPeriods "missed_periods" "missed periods",
        WeightLoss "weight_loss" "losing weight without trying",
        NightSweats "night_sweats" "night sweats",
        ArtificialJoint "artificial_joint" "an artificial joint",
    }
    /// Everyday trouble that a note explains: a number beside it is no alarm by itself.
    Everyday {
        Blister "blister" "a blister",
        Nail "nail" "a toenail",
        Chafing "chafing" "chafed skin",
        Graze "graze" "a graze",
        Sunburn "sunburn" "sunburn",
        Stitch "stitch" "a side stitch",
        Cramp "cramp" "a cramp",
        Click "click" "a click without pain",
        Laces "laces" "numbness that went with the laces or with warmth",
        Tick "tick" "a tick that is out",
        Soreness "soreness" "sore muscles after an effort",
    }
}
