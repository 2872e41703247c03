//! Running again after a gap or a spell that cost runs.

use super::{Keys, Rounded};
use crate::{course, pain::Side};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Running again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Back {
    /// The day of the first run after it.
    pub since: NaiveDate,
    /// The days without a run. None: runs went on.
    pub gap: Option<Gap>,
    /// The spell that cost runs. None without one.
    pub cost: Option<Cost>,
    /// The last sound weeks before. None: too few are known.
    pub sound: Option<Sound>,
    /// Each week since.
    pub weeks: Vec<WeekBack>,
}

/// Days without a recorded run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// How many.
    pub days: i64,
}

/// A spell of pain that cost runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cost {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log gives none.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// Its first day.
    pub from: NaiveDate,
    /// The last day that cost a run.
    pub to: NaiveDate,
    /// Days that cost a run.
    pub days: usize,
}

/// The last sound weeks before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sound {
    /// The first day of the first.
    pub from: NaiveDate,
    /// The last day of the last.
    pub to: NaiveDate,
    /// How many.
    pub weeks: usize,
    /// Metres a week, on average.
    pub distance_m: Rounded<0>,
    /// Runs a week, on average.
    pub runs: Rounded<2>,
    /// The longest run, m. None: none.
    pub longest_m: Option<Rounded<0>>,
}

/// A week since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeekBack {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Whether its days are past.
    pub is_over: bool,
    /// Metres. None: not known.
    pub distance_m: Option<Rounded<0>>,
    /// Runs. None: not known.
    pub runs: Option<usize>,
    /// The longest run, m. None: none, or not known.
    pub longest_m: Option<Rounded<0>>,
    /// The highest rating. None: nothing known.
    pub pain: Option<Rounded<1>>,
}

impl Back {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(&["since"], "The day of the first run after it."),
        Keys::object(
            &["gap"],
            "The days without a recorded run before that; null where runs went on.",
            &[Keys::of(
                &["from", "to", "days"],
                "First and last day, and how many.",
            )],
        ),
        Keys::object(
            &["cost"],
            "The spell of pain that cost runs (cut short, stopped or missed) before that; null where none is logged.",
            &[Keys::of(
                &["site", "side", "from", "to", "days"],
                "The place; the spell's first day; the last day that cost a run, and how many did.",
            )],
        ),
        Keys::object(
            &["sound"],
            "The last weeks before, four at most, that are recorded whole and in which pain cost no run; null with fewer than two.",
            Sound::KEYS,
        ),
        Keys::each(
            &["weeks"],
            "Each seven days since, the first first; the last need not be over.",
            WeekBack::KEYS,
        ),
    ];
}

impl Sound {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["from", "to", "weeks"],
            "The first day of the first, the last day of the last, and how many.",
        ),
        Keys::of(
            &["distance_m", "runs"],
            "Metres and runs a week, on average.",
        ),
        Keys::of(
            &["longest_m"],
            "The longest run of them all, m; null without one.",
        ),
    ];
}

impl WeekBack {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["from", "to", "is_over"],
            "Its days, and whether all are past.",
        ),
        Keys::of(
            &["distance_m", "runs", "longest_m"],
            "Metres, runs and the longest run, m, as recorded; null where that is not known.",
        ),
        Keys::of(
            &["pain"],
            "The highest rating, 0–10, of the place in `cost`, else of any; null where nothing is known.",
        ),
    ];
}

impl From<&course::Back> for Back {
    fn from(back: &course::Back) -> Self {
        Back {
            since: back.since,
            gap: back.gap.as_ref().map(Gap::from),
            cost: back.cost.as_ref().map(Cost::from),
            sound: back.sound.as_ref().map(Sound::from),
            weeks: back.weeks.iter().map(WeekBack::from).collect(),
        }
    }
}

impl From<&course::Gap> for Gap {
    fn from(gap: &course::Gap) -> Self {
        Gap {
            from: gap.from,
            to: gap.to,
            days: gap.days(),
        }
    }
}

impl From<&course::Cost> for Cost {
    fn from(cost: &course::Cost) -> Self {
        let (site, side) = cost.place;
        Cost {
            site: site.as_str().to_string(),
            side: side.map(|side| side.as_str().to_string()),
            from: cost.from,
            to: cost.to,
            days: cost.days,
        }
    }
}

impl From<&course::Sound> for Sound {
    fn from(sound: &course::Sound) -> Self {
        Sound {
            from: sound.from,
            to: sound.to,
            weeks: sound.weeks,
            distance_m: sound.distance_m.into(),
            runs: sound.runs.into(),
            longest_m: sound.longest_m.map(Rounded::from),
        }
    }
}

impl From<&course::WeekBack> for WeekBack {
    fn from(week: &course::WeekBack) -> Self {
        WeekBack {
            from: week.from,
            to: week.to,
            is_over: week.is_over,
            distance_m: week.distance_m.map(Rounded::from),
            runs: week.runs,
            longest_m: week.longest_m.map(Rounded::from),
            pain: week.pain.map(Rounded::from),
        }
    }
}
