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
    /// Days back to the nearest day of the load.
    pub lag_days: u32,
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
    /// Exact circular-shift p. None where it was not tested.
    #[schemars(range(min = 0, max = 1))]
    pub p: Option<Rounded<4>>,
    /// q over all tests of the report. None where p is.
    #[schemars(range(min = 0, max = 1))]
    pub q: Option<Rounded<4>>,
    /// Whether it stands out.
    pub flagged: bool,
    /// Whether a season's trend was taken out of both.
    pub detrended: bool,
    /// rho of pain with the distance of the three days after. None where there is none.
    #[schemars(range(min = -1, max = 1))]
    pub reverse_rho: Option<Rounded<4>>,
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
            "The load, and days back to its nearest day.",
        ),
        Keys::of(
            &["n", "n_eff"],
            "Logged days with a known load, and how many independent days they are worth.",
        ),
        Keys::of(
            &["from", "to", "days_covered"],
            "First and last of those days, and the covered days between.",
        ),
        Keys::of(
            &["rho", "ci_low", "ci_high"],
            "Spearman's rho and its 95 % interval; null below 14 days.",
        ),
        Keys::of(
            &["p", "q"],
            "Exact circular-shift p, and q over all tests of the report; null where not tested.",
        ),
        Keys::of(&["flagged"], "q ≤ 0.10, |rho| ≥ 0.3 and n_eff ≥ 15."),
        Keys::of(
            &["detrended"],
            "Whether a season's trend was taken out of both.",
        ),
        Keys::of(
            &["reverse_rho"],
            "rho of pain with the distance of the three days after; negative: less running when it hurts.",
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
            p: pair.p.map(Rounded::from),
            q: pair.q.map(Rounded::from),
            flagged: pair.flagged,
            detrended: pair.detrended,
            reverse_rho: pair.reverse_rho.map(Rounded::from),
            gate: pair.gate.clone(),
        }
    }
}
