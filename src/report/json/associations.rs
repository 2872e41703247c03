//! Pain beside the load before it.

use super::{Keys, Rounded};
use crate::{associate, pain::Side};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One place's pain and a load before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Association {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// The load's id: `distance_m_1`.
    pub exposure: String,
    /// Days back to the nearest day of the load: 1, or 0 for the same day.
    pub lag_days: usize,
    /// Logged days with a known load.
    pub n: usize,
    /// The first of them.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// Covered days between.
    pub days_covered: usize,
    /// How run days and rest days were logged.
    #[serde(default)]
    pub logging: Logging,
    /// Effective number of independent days. None where there is no rho.
    pub n_eff: Option<Rounded<4>>,
    /// Spearman's rho. None below 14 days, or when either side is constant.
    #[schemars(range(min = -1, max = 1))]
    pub rho: Option<Rounded<4>>,
    /// Lower end of its 95 % interval. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_low: Option<Rounded<4>>,
    /// Upper end. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub ci_high: Option<Rounded<4>>,
    /// Partial rank correlation given the other day's run and yesterday's pain: what is tested. None below 14 days.
    #[schemars(range(min = -1, max = 1))]
    pub partial_rho: Option<Rounded<4>>,
    /// Lower end of its 95 % interval. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub partial_ci_low: Option<Rounded<4>>,
    /// Upper end. None without one.
    #[schemars(range(min = -1, max = 1))]
    pub partial_ci_high: Option<Rounded<4>>,
    /// Effective number of independent days of what the partial rho rests on. None without one.
    pub partial_n_eff: Option<Rounded<4>>,
    /// The smallest partial rho that four of five logs like this one would find. None where there is no partial rho.
    #[schemars(range(min = 0, max = 1))]
    pub detectable_rho: Option<Rounded<4>>,
    /// Circular-shift p of the partial rho. None where it was not tested.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<Rounded<4>>,
    /// q over all tests of the report. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<Rounded<4>>,
    /// Whether it stands out, now and four weeks ago.
    pub flagged: bool,
    /// Since when it has stood out at every look, four weeks apart, of the last year. None where it is not flagged.
    pub first_seen: Option<NaiveDate>,
    /// The same statistic where there can be no such link.
    #[serde(default)]
    pub controls: Controls,
    /// Which of them keeps it from being flagged: `after` or `elsewhere`. None where neither does.
    #[serde(default)]
    pub taken_by: Option<String>,
    /// In how many ways of asking it holds. None where it was not tested.
    #[serde(default)]
    pub ways: Option<Ways>,
    /// The spell without which it would not stand out. None where there is none, or it is not flagged.
    #[serde(default)]
    pub rests_on_spell: Option<Spell>,
    /// rho of pain with the distance of the three days after. None where there is none.
    #[schemars(range(min = -1, max = 1))]
    pub reverse_rho: Option<Rounded<4>>,
    /// Its circular-shift p. None where reverse_rho is.
    #[schemars(range(min = 0, max = 1))]
    pub reverse_p: Option<Rounded<4>>,
    /// Why it was not tested. None when it was.
    pub gate: Option<String>,
}

/// How a place was logged on run days and on rest days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Logging {
    /// Days with a run.
    pub run_days: Logged,
    /// Days without one.
    pub rest_days: Logged,
    /// Whether only run days were compared.
    pub run_days_only: bool,
}

/// Covered days of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Logged {
    /// How many.
    pub covered: usize,
    /// Those with a rating.
    pub logged: usize,
    /// Those rated 0.
    pub zeros: usize,
    /// Logged by covered days. None without a covered day.
    #[schemars(range(min = 0, max = 1))]
    pub logged_share: Option<Rounded<4>>,
    /// Zeros by logged days. None without a logged day.
    #[schemars(range(min = 0, max = 1))]
    pub zero_share: Option<Rounded<4>>,
}

/// The pair's statistic where there can be no such link.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Controls {
    /// Of the load of as many days after the pain. None where it was not tested.
    #[schemars(range(min = -1, max = 1))]
    pub after: Option<Rounded<4>>,
    /// Of another place's pain beside the same load. None without one.
    pub elsewhere: Option<Elsewhere>,
}

/// Another place beside the same load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Elsewhere {
    /// The site's word.
    pub site: String,
    /// The side's word. None where the log leaves it open.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// Its partial rank correlation.
    #[schemars(range(min = -1, max = 1))]
    pub rho: Rounded<4>,
}

/// In how many ways of asking a pair holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ways {
    /// Those with the same sign and an interval on that side of 0.
    pub holds: usize,
    /// All of them.
    pub of: usize,
    /// The smallest rho among them. None where none has one.
    #[schemars(range(min = -1, max = 1))]
    pub rho_low: Option<Rounded<4>>,
    /// The largest.
    #[schemars(range(min = -1, max = 1))]
    pub rho_high: Option<Rounded<4>>,
}

/// A spell of pain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spell {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last.
    pub to: NaiveDate,
}

impl Controls {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["after"],
            "Of the load of as many days after the pain, of the same day's load of the day after, given today's run and yesterday's pain: it \
             cannot have made the pain. Null where the pair was not tested.",
        ),
        Keys::object(
            &["elsewhere"],
            "Of the same load beside the most logged place of another site that was tested; null without one.",
            Elsewhere::KEYS,
        ),
    ];
}

impl Elsewhere {
    const KEYS: &[Keys] = &[Keys::of(
        &["site", "side", "rho"],
        "That place, side null where the log leaves it open, and its partial rank correlation.",
    )];
}

impl Ways {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["holds", "of"],
            "Ways with a rho of the same sign and a 95 % interval on that side of 0, of all: all days or run days; season out or left in; given \
             the rest or alone; with or without the three days of largest load.",
        ),
        Keys::of(
            &["rho_low", "rho_high"],
            "The smallest and the largest rho among them; null where none has one.",
        ),
    ];
}

impl Spell {
    const KEYS: &[Keys] = &[Keys::of(&["from", "to"], "Its first and last day.")];
}

impl Logging {
    const KEYS: &[Keys] = &[
        Keys::object(
            &["run_days"],
            "Covered days with a run, from the first to the last logged day.",
            Logged::KEYS,
        ),
        Keys::object(
            &["rest_days"],
            "Covered days without one, likewise.",
            Logged::KEYS,
        ),
        Keys::of(
            &["run_days_only"],
            "Whether pain of run days alone was compared, as rest days are logged clearly less often and, where they are, seldom as zero.",
        ),
    ];
}

impl Logged {
    const KEYS: &[Keys] = &[
        Keys::of(
            &["covered", "logged", "zeros"],
            "How many there are, how many have a rating, and how many of those 0.",
        ),
        Keys::of(
            &["logged_share", "zero_share"],
            "Logged by covered days and zeros by logged days, 0–1; null without any.",
        ),
    ];
}

impl Association {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["site", "side"],
            "Where the pain was logged; side null where the log leaves it open.",
        ),
        Keys::of(
            &["exposure", "lag_days"],
            "The load, and days back to its nearest day: 1, or 0 for the same day.",
        ),
        Keys::of(
            &["n", "n_eff"],
            "Logged days with a known load and other run, and how many independent days they are worth by the ranks of the two alone.",
        ),
        Keys::of(
            &["from", "to", "days_covered"],
            "First and last of those days, and the covered days between.",
        ),
        Keys::object(
            &["logging"],
            "How the place was logged on run days and on rest days: a log can make a link of its own.",
            Logging::KEYS,
        ),
        Keys::of(
            &["rho", "ci_low", "ci_high"],
            "Spearman's rho of the two alone, their season taken out, and its 95 % interval; not tested; null below 14 days.",
        ),
        Keys::of(
            &[
                "partial_rho",
                "partial_ci_low",
                "partial_ci_high",
                "partial_n_eff",
            ],
            "What is tested: the partial rank correlation given today's run (of the same day's load: yesterday's), whether there was one, and \
             yesterday's pain; its 95 % interval; and the independent days it is worth. Null below 14 days.",
        ),
        Keys::of(
            &["detectable_rho"],
            "The smallest partial rho that four of five logs like this one would find at 5 %; null where there is no partial rho.",
        ),
        Keys::of(
            &["p", "q"],
            "Circular-shift p of the partial rho, and q over all tests of the report; null where not tested.",
        ),
        Keys::of(
            &["flagged", "first_seen"],
            "Whether q ≤ 0.05, the partial rho's interval lies above 0 and partial_n_eff ≥ 15, today and four weeks ago, and no control goes \
             with the pain as much; and since when at every look of the last year, null where it is not flagged.",
        ),
        Keys::object(
            &["controls"],
            "The partial rho where there can be no such link.",
            Controls::KEYS,
        ),
        Keys::of(
            &["taken_by"],
            "The control that goes with the pain as much, so that what stands out is not flagged: after or elsewhere (unless that place is a \
             link of its own); null where neither does.",
        ),
        Keys::object(
            &["ways"],
            "Whether it stays where the same is asked in other ways; null where it was not tested.",
            Ways::KEYS,
        ),
        Keys::object(
            &["rests_on_spell"],
            "The spell of pain without which it would not stand out; null where there is none, or it is not flagged.",
            Spell::KEYS,
        ),
        Keys::of(
            &["reverse_rho", "reverse_p"],
            "rho of pain with the distance of the three days after, negative for less running when it hurts, and its circular-shift p; null \
             below 14 days.",
        ),
        Keys::of(&["gate"], "Why it was not tested; null when it was."),
    ];
}

impl From<associate::Controls> for Controls {
    fn from(controls: associate::Controls) -> Self {
        let elsewhere = controls.elsewhere.map(|other| Elsewhere {
            site: other.site.as_str().to_string(),
            side: other.side.map(|side| side.as_str().to_string()),
            rho: other.rho.into(),
        });
        Controls {
            after: controls.after.map(Rounded::from),
            elsewhere,
        }
    }
}

impl From<associate::Ways> for Ways {
    fn from(ways: associate::Ways) -> Self {
        Ways {
            holds: ways.holds,
            of: ways.of,
            rho_low: ways.rho_low.map(Rounded::from),
            rho_high: ways.rho_high.map(Rounded::from),
        }
    }
}

impl From<associate::Logging> for Logging {
    fn from(logging: associate::Logging) -> Self {
        Logging {
            run_days: logging.run.into(),
            rest_days: logging.rest.into(),
            run_days_only: logging.run_days_only(),
        }
    }
}

impl From<associate::Logged> for Logged {
    fn from(days: associate::Logged) -> Self {
        Logged {
            covered: days.days,
            logged: days.logged,
            zeros: days.zeros,
            logged_share: days.logged_share().map(Rounded::from),
            zero_share: days.zero_share().map(Rounded::from),
        }
    }
}

impl From<&associate::Association> for Association {
    fn from(pair: &associate::Association) -> Self {
        // Words where the program has types of its own: a name inside niggle changes no file.
        Association {
            site: pair.site.as_str().to_string(),
            side: pair.side.map(|side| side.as_str().to_string()),
            exposure: pair.exposure.as_str().to_string(),
            lag_days: pair.lag_days,
            n: pair.n,
            from: pair.from,
            to: pair.to,
            days_covered: pair.days_covered,
            logging: pair.logging.into(),
            n_eff: pair.n_eff.map(Rounded::from),
            rho: pair.rho.map(Rounded::from),
            ci_low: pair.ci_low.map(Rounded::from),
            ci_high: pair.ci_high.map(Rounded::from),
            partial_rho: pair.partial_rho.map(Rounded::from),
            partial_ci_low: pair.partial_ci_low.map(Rounded::from),
            partial_ci_high: pair.partial_ci_high.map(Rounded::from),
            partial_n_eff: pair.partial_n_eff.map(Rounded::from),
            detectable_rho: pair.detectable_rho.map(Rounded::from),
            p: pair.p.map(Rounded::from),
            q: pair.q.map(Rounded::from),
            flagged: pair.flagged,
            first_seen: pair.first_seen,
            controls: pair.controls.into(),
            taken_by: pair.taken_by.map(|control| control.as_str().to_string()),
            ways: pair.ways.map(Ways::from),
            rests_on_spell: pair.rests_on.map(|(from, to)| Spell { from, to }),
            reverse_rho: pair.reverse_rho.map(Rounded::from),
            reverse_p: pair.reverse_p.map(Rounded::from),
            gate: pair.gate.clone(),
        }
    }
}
