//! What a pair must have before it is tested, and what a result must have before it is flagged.

use super::coverage::LogCoverage;
use crate::units::counted;

/// What a pair must have before it is tested, and what a result must have before it is flagged. Fixed in advance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gates {
    /// Logged days with a known load before rho is shown at all.
    pub shown_days_min: usize,
    /// Logged days with a known load before a p is computed.
    pub tested_days_min: usize,
    /// Share of the covered days that are logged.
    pub coverage_min: f64,
    /// Days with pain of 1 or more.
    pub pain_days_min: usize,
    /// Different pain values.
    pub distinct_min: usize,
    /// Days with a logged zero.
    pub zero_days_min: usize,
    /// Largest q of a link that may be more than chance.
    pub q_max: f64,
    /// Largest q of a flag. One runner's report is read every week, so there it must have been one four weeks ago at the same bar.
    pub flag_q_max: f64,
    /// The whole 95 % interval of a flag lies above this rho.
    pub ci_low_min: f64,
    /// Smallest effective number of days of a flag.
    pub n_eff_min: f64,
}

/// The gates (src/method/statistics.md, Gates).
pub const GATES: Gates = Gates {
    shown_days_min: 14,
    tested_days_min: 42,
    coverage_min: 0.6,
    pain_days_min: 10,
    distinct_min: 3,
    zero_days_min: 10,
    q_max: 0.10,
    flag_q_max: 0.05,
    ci_low_min: 0.0,
    n_eff_min: 15.0,
};

/// Whether a tested link is sure enough to be flagged: q small, the whole 95 % interval above 0 and enough effective days. How large it
/// is decides nothing, so that a weak link is flagged once there are days enough to be sure of it.
pub(super) fn stands_out(q: f64, ci_low: Option<f64>, n_eff: Option<f64>) -> bool {
    q <= GATES.flag_q_max && is_sure(ci_low, n_eff)
}

/// The same but for q.
pub(super) fn is_sure(ci_low: Option<f64>, n_eff: Option<f64>) -> bool {
    ci_low.is_some_and(|low| low > GATES.ci_low_min)
        && n_eff.is_some_and(|n_eff| n_eff >= GATES.n_eff_min)
}

/// The first gate that is closed, in words. `pain` are the scores that are compared, `logged` how many the log has, which are more where
/// only run days are compared; `of` is what stands beside the pain: `load`.
pub(super) fn closed_gate(
    pain: &[f64],
    logged: usize,
    days_covered: usize,
    log: Option<LogCoverage>,
    of: &str,
) -> Option<String> {
    too_few_days(pain.len(), of)
        .or_else(|| too_thin_log(log?))
        .or_else(|| too_few_of_covered(logged, days_covered, of))
        .or_else(|| too_few_with_pain(pain))
        .or_else(|| too_few_without_pain(pain))
        .or_else(|| too_few_different(pain))
}

/// Of the days themselves.
pub(super) fn too_few_days(n: usize, of: &str) -> Option<String> {
    let logged = if n == 1 { "day" } else { "days" };
    let needed = GATES.tested_days_min;
    (n < needed).then(|| format!("{n} logged {logged} with a known {of}, {needed} are needed"))
}

fn too_thin_log(log: LogCoverage) -> Option<String> {
    let is_thin = log.share().is_some_and(|share| share < GATES.coverage_min);
    is_thin.then(|| {
        format!(
            "pain was logged on {} of {} days at all, {:.0} percent are needed",
            log.days_logged,
            log.days_covered,
            percent_needed()
        )
    })
}

fn too_few_of_covered(n: usize, days_covered: usize, of: &str) -> Option<String> {
    let is_thin = (n as f64) < GATES.coverage_min * days_covered as f64;
    let percent = percent_needed();
    is_thin.then(|| {
        format!(
            "{n} of {days_covered} days have a score and a known {of}, {percent:.0} percent are needed"
        )
    })
}

fn percent_needed() -> f64 {
    GATES.coverage_min * 100.0
}

fn too_few_with_pain(pain: &[f64]) -> Option<String> {
    let days = pain.iter().filter(|pain| **pain >= 1.0).count();
    let (needed, days_text) = (GATES.pain_days_min, counted(days, "day", "days"));
    (days < needed).then(|| format!("{days_text} with pain of 1 or more, {needed} are needed"))
}

fn too_few_without_pain(pain: &[f64]) -> Option<String> {
    let days = pain.iter().filter(|pain| **pain == 0.0).count();
    let (needed, days_text) = (GATES.zero_days_min, counted(days, "day", "days"));
    (days < needed).then(|| format!("{days_text} logged as free of pain, {needed} are needed"))
}

fn too_few_different(pain: &[f64]) -> Option<String> {
    let mut distinct = pain.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let (count, needed) = (distinct.len(), GATES.distinct_min);
    (count < needed).then(|| format!("{count} different scores, {needed} are needed"))
}
