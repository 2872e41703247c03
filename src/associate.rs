//! Associations: does pain move with the load before it? One runner, few tests fixed in advance (statistics.md F).

use crate::pain::{Side, Site};
use serde::Serialize;

/// One tested pair of a site's pain and a load before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Association {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// The load: `distance_m_1` (yesterday), `distance_m_3`, `ascent_m_3`, `descent_m_3` (sum of the three days before).
    pub exposure: &'static str,
    /// Days back to the nearest load day: always 1, today's run is not before today's pain.
    pub lag_days: u32,
    /// Logged days with a known load.
    pub n: usize,
    /// Effective number of independent days (Pyper & Peterman 1998). None below 14 days.
    pub n_eff: Option<f64>,
    /// Spearman's rho with mid-ranks. None when either side is constant.
    pub rho: Option<f64>,
    /// Lower end of the 95 % Bonett–Wright interval with n_eff.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Exact circular-shift p, two-sided. None between 14 and 41 days: too few to say.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report.
    pub q: Option<f64>,
    /// q ≤ 0.10, |rho| ≥ 0.3 and n_eff ≥ 15.
    pub flagged: bool,
    /// Whether a season trend was taken out of both series first.
    pub detrended: bool,
    /// The reverse arrow: rho of pain today with distance in the next three days. Negative: less running when it hurts.
    pub reverse_rho: Option<f64>,
}
