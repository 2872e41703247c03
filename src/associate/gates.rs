//! What a pair must have before it is tested, and what a result must have before it is flagged.

use super::coverage::LogCoverage;

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
    /// Largest q of a flag.
    pub q_max: f64,
    /// Smallest |rho| of a flag.
    pub rho_min: f64,
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
    rho_min: 0.3,
    n_eff_min: 15.0,
};

/// The first gate that is closed, in words.
pub(super) fn closed_gate(
    pain: &[f64],
    days_covered: usize,
    log: Option<LogCoverage>,
) -> Option<String> {
    let (n, percent) = (pain.len(), GATES.coverage_min * 100.0);
    let with_pain = pain.iter().filter(|pain| **pain >= 1.0).count();
    let zeros = pain.iter().filter(|pain| **pain == 0.0).count();
    let mut distinct = pain.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let thin = log.filter(|log| log.share().is_some_and(|share| share < GATES.coverage_min));
    let days = |count: usize| {
        if count == 1 {
            "1 day".to_string()
        } else {
            format!("{count} days")
        }
    };
    if n < GATES.tested_days_min {
        let logged = if n == 1 { "day" } else { "days" };
        Some(format!(
            "{n} logged {logged} with a known load, {} are needed",
            GATES.tested_days_min
        ))
    } else if let Some(log) = thin {
        let (logged, covered) = (log.days_logged, log.days_covered);
        Some(format!(
            "pain was logged on {logged} of {covered} days at all, {percent:.0} percent are needed"
        ))
    } else if (n as f64) < GATES.coverage_min * days_covered as f64 {
        Some(format!(
            "{n} of {days_covered} days have a score and a known load, {percent:.0} percent are needed"
        ))
    } else if with_pain < GATES.pain_days_min {
        Some(format!(
            "{} with pain of 1 or more, {} are needed",
            days(with_pain),
            GATES.pain_days_min
        ))
    } else if zeros < GATES.zero_days_min {
        Some(format!(
            "{} logged as free of pain, {} are needed",
            days(zeros),
            GATES.zero_days_min
        ))
    } else if distinct.len() < GATES.distinct_min {
        Some(format!(
            "{} different scores, {} are needed",
            distinct.len(),
            GATES.distinct_min
        ))
    } else {
        None
    }
}
