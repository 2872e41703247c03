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
    /// rho of pain with the distance of the three days after. None where there is none.
    #[schemars(range(min = -1, max = 1))]
    pub reverse_rho: Option<Rounded<4>>,
    /// Its circular-shift p. None where reverse_rho is.
    #[schemars(range(min = 0, max = 1))]
    pub reverse_p: Option<Rounded<4>>,
    /// Why it was not tested. None when it was.
    pub gate: Option<String>,
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
            "Whether q ≤ 0.05, the partial rho's interval lies above 0 and partial_n_eff ≥ 15, today and four weeks ago; and since when at \
             every look of the last year, null where it is not flagged.",
        ),
        Keys::of(
            &["reverse_rho", "reverse_p"],
            "rho of pain with the distance of the three days after, negative for less running when it hurts, and its circular-shift p; null \
             below 14 days.",
        ),
        Keys::of(&["gate"], "Why it was not tested; null when it was."),
    ];
}

impl From<&associate::Association> for Association {
    fn from(pair: &associate::Association) -> Self {
        Association {
            site: pair.site.as_str().to_string(),
            side: pair.side.map(|side| side.as_str().to_string()),
            exposure: pair.exposure.as_str().to_string(),
            lag_days: pair.lag_days,
            n: pair.n,
            from: pair.from,
            to: pair.to,
            days_covered: pair.days_covered,
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
            reverse_rho: pair.reverse_rho.map(Rounded::from),
            reverse_p: pair.reverse_p.map(Rounded::from),
            gate: pair.gate.clone(),
        }
    }
}
