//! What is looked at beside the main tests, and what articles say.

use super::{Keys, Rounded};
use crate::{
    associate::{self, claims, matrix},
    pain::Side,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The two families beside the main one, and the claims.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Wider {
    /// Pain of a day.
    pub secondary: Family,
    /// Pain of a week.
    pub weekly: Family,
    /// What articles say.
    pub claims: Vec<Claim>,
    /// Each place's 24 hours around a run.
    #[serde(default)]
    pub over_the_day: Vec<OverTheDay>,
}

/// One place's 24 hours around a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OverTheDay {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// The times with a rating, in the order of the day.
    pub at: Vec<AtTime>,
}

/// The ratings of one time around a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtTime {
    /// `before`, `during`, `after`, `evening`, `night` or `next_morning`.
    pub time: String,
    /// Run days with such a rating.
    pub n: usize,
    /// What they are worth in independent ones. None where that is not known.
    pub n_eff: Option<Rounded<4>>,
    /// Mean of 10.
    #[schemars(range(min = 0, max = 10))]
    pub mean: Rounded<4>,
    /// Lower end of its 95 % interval. None without one.
    #[schemars(range(min = 0, max = 10))]
    pub ci_low: Option<Rounded<4>>,
    /// Upper end. None without one.
    #[schemars(range(min = 0, max = 10))]
    pub ci_high: Option<Rounded<4>>,
}

/// One family.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Family {
    /// How many tests were made.
    pub tests: usize,
    /// What has a rho.
    pub cells: Vec<Cell>,
    /// Measures that no day or week has.
    pub absent: Vec<Absent>,
}

/// One place beside one measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// `day`, `week_days` or `week_highest`.
    pub pain: String,
    /// The measure's id.
    pub measure: String,
    /// Days or weeks back.
    pub lag: usize,
    /// Days or weeks with both.
    pub n: usize,
    /// What they are worth in independent ones. None where that is not known.
    pub n_eff: Option<Rounded<4>>,
    /// The rank correlation.
    #[schemars(range(min = -1, max = 1))]
    pub rho: Option<Rounded<4>>,
    /// Lower end of its 95 % interval. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_low: Option<Rounded<4>>,
    /// Upper end. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_high: Option<Rounded<4>>,
    /// p by turning the calendar. None where it was not tested.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<Rounded<4>>,
    /// q over the family. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<Rounded<4>>,
    /// Why it was not tested. None when it was.
    pub gate: Option<String>,
}

/// A measure without any value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Absent {
    /// Its id.
    pub measure: String,
    /// What is missing.
    pub why: String,
}

/// A claim and what the log says to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Its number.
    pub id: String,
    /// What articles say.
    pub says: String,
    /// `yes`, `no` or `cannot tell`.
    #[schemars(extend("enum" = ["yes", "no", "cannot tell"]))]
    pub answer: String,
    /// Days or weeks that it is about.
    pub n_claimed: usize,
    /// The others.
    pub n_others: usize,
    /// Mean pain there. None without any.
    pub pain_claimed: Option<Rounded<4>>,
    /// Mean pain on the others. None without any.
    pub pain_others: Option<Rounded<4>>,
    /// The rank correlation, above 0 as the claim says. None where too little is known.
    #[schemars(range(min = -1, max = 1))]
    pub rho: Option<Rounded<4>>,
    /// Lower end of its 95 % interval. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_low: Option<Rounded<4>>,
    /// Upper end. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_high: Option<Rounded<4>>,
    /// p by turning the calendar. None where it was not tested.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<Rounded<4>>,
    /// q over the claims. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<Rounded<4>>,
    /// What is missing. None when it was tested.
    pub gate: Option<String>,
}

impl Wider {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::object(
            &["secondary"],
            "Pain of a day beside step rate, step length, hard minutes, load, longest run, hills, sleep, shoe and days since rest.",
            Family::KEYS,
        ),
        Keys::object(
            &["weekly"],
            "Pain of a week beside what the same week and the one before add up to.",
            Family::KEYS,
        ),
        Keys::each(
            &["claims"],
            "What articles say, checked against this log; empty without pain.",
            Claim::KEYS,
        ),
        Keys::each(
            &["over_the_day"],
            "The 24 hours around a run of each place that ever hurt, over the whole log; a description, not tested.",
            OverTheDay::KEYS,
        ),
    ];
}

impl OverTheDay {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["site", "side"],
            "Where the pain was logged; side null where the log leaves it open.",
        ),
        Keys::each(
            &["at"],
            "The times with a rating, in the order of the day.",
            AtTime::KEYS,
        ),
    ];
}

impl AtTime {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["time"],
            "before, during, after, evening and night of a day with a run, or next_morning, the morning of the day after.",
        ),
        Keys::of(
            &["n", "n_eff"],
            "Days with such a rating, the highest of each, and how many independent ones they are worth; n_eff null where that is not known.",
        ),
        Keys::of(
            &["mean", "ci_low", "ci_high"],
            "Their mean, 0–10, and its 95 % interval by Student's t with n_eff; ends null without one.",
        ),
    ];
}

impl Family {
    const KEYS: &[Keys] = &[
        Keys::of(&["tests"], "How many tests were made; q allows for these."),
        Keys::each(
            &["cells"],
            "Each place and measure with a rho; `associations.csv` has those without one too.",
            Cell::KEYS,
        ),
        Keys::each(
            &["absent"],
            "Measures that no day or week has, and why.",
            Absent::KEYS,
        ),
    ];
}

impl Cell {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["site", "side"],
            "Where the pain was logged; side null where the log leaves it open.",
        ),
        Keys::of(
            &["pain", "measure", "lag"],
            "day, week_days (days with pain of seven) or week_highest; the measure with its unit and days; days or weeks back.",
        ),
        Keys::of(
            &["n", "n_eff"],
            "Days or weeks with both known, and how many independent ones they are worth; n_eff null where that is not known.",
        ),
        Keys::of(
            &["rho", "ci_low", "ci_high"],
            "Of days the partial rank correlation given today's run and yesterday's pain, of weeks Spearman's, and its 95 % interval; ends \
             null without one.",
        ),
        Keys::of(
            &["p", "q"],
            "p by turning the calendar, and q over this family alone; null where not tested.",
        ),
        Keys::of(&["gate"], "Why it was not tested; null when it was."),
    ];
}

impl Absent {
    const KEYS: &[Keys] = &[Keys::of(
        &["measure", "why"],
        "The measure, and what is missing.",
    )];
}

impl Claim {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["id", "says", "answer"],
            "Its number, the claim, and yes, no or cannot tell for this runner.",
        ),
        Keys::of(
            &["n_claimed", "n_others"],
            "Days or weeks that the claim is about, and the others.",
        ),
        Keys::of(
            &["pain_claimed", "pain_others"],
            "Mean pain on each: 0–10 of days, days of seven of weeks; null without any.",
        ),
        Keys::of(
            &["rho", "ci_low", "ci_high"],
            "The rank correlation with the pain, above 0 as the claim says, and its 95 % interval; null where too little is known.",
        ),
        Keys::of(
            &["p", "q"],
            "p by turning the calendar, and q over the claims; null where not tested.",
        ),
        Keys::of(&["gate"], "What is missing; null when it was tested."),
    ];
}

impl From<&associate::Wider> for Wider {
    fn from(wider: &associate::Wider) -> Self {
        Wider {
            secondary: Family::from(&wider.secondary),
            weekly: Family::from(&wider.weekly),
            claims: wider.claims.iter().map(Claim::from).collect(),
            over_the_day: wider.over_the_day.iter().map(OverTheDay::from).collect(),
        }
    }
}

impl From<&associate::OverTheDay> for OverTheDay {
    fn from(place: &associate::OverTheDay) -> Self {
        let at = place.at.iter().map(|(time, of)| AtTime {
            time: time.as_str().to_string(),
            n: of.n,
            n_eff: of.n_eff.map(Rounded::from),
            mean: of.mean.into(),
            ci_low: of.interval.map(|ends| ends.low.into()),
            ci_high: of.interval.map(|ends| ends.high.into()),
        });
        OverTheDay {
            site: place.site.as_str().to_string(),
            side: place.side.map(|side| side.as_str().to_string()),
            at: at.collect(),
        }
    }
}

impl From<&matrix::Family> for Family {
    fn from(family: &matrix::Family) -> Self {
        let with_rho = family.cells.iter().filter(|cell| cell.rho.is_some());
        let absent = family.absent.iter().map(|absent| Absent {
            measure: absent.measure.to_string(),
            why: absent.why.to_string(),
        });
        Family {
            tests: family.tests(),
            cells: with_rho.map(Cell::from).collect(),
            absent: absent.collect(),
        }
    }
}

impl From<&matrix::Cell> for Cell {
    fn from(cell: &matrix::Cell) -> Self {
        Cell {
            site: cell.site.as_str().to_string(),
            side: cell.side.map(|side| side.as_str().to_string()),
            pain: cell.pain.to_string(),
            measure: cell.measure.to_string(),
            lag: cell.lag,
            n: cell.n,
            n_eff: cell.n_eff.map(Rounded::from),
            rho: cell.rho.map(Rounded::from),
            ci_low: cell.interval.map(|ends| ends.low.into()),
            ci_high: cell.interval.map(|ends| ends.high.into()),
            p: cell.p.map(Rounded::from),
            q: cell.q.map(Rounded::from),
            gate: cell.gate.clone(),
        }
    }
}

impl From<&claims::Answered> for Claim {
    fn from(one: &claims::Answered) -> Self {
        let says = one.claim().map_or("", |claim| claim.says);
        Claim {
            id: one.id.to_string(),
            says: says.to_string(),
            answer: one.answer.as_str().to_string(),
            n_claimed: one.counts.0,
            n_others: one.counts.1,
            pain_claimed: one.pain.0.map(Rounded::from),
            pain_others: one.pain.1.map(Rounded::from),
            rho: one.rho.map(Rounded::from),
            ci_low: one.interval.map(|ends| ends.low.into()),
            ci_high: one.interval.map(|ends| ends.high.into()),
            p: one.p.map(Rounded::from),
            q: one.q.map(Rounded::from),
            gate: one.gate.clone(),
        }
    }
}
