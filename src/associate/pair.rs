//! One pair of a place's pain and a load before it, and what it says.

use super::{
    Exposure,
    coverage::LogCoverage,
    daily::{DailyPain, distance_after, level, load_before},
    gates::{GATES, closed_gate},
};
use crate::{
    model::Day,
    pain::{Place, Side, Site},
    stats::{
        Interval, both_known,
        circular_shift::circular_shift,
        effective_n::effective_n,
        spearman::{bonett_wright, spearman},
        trend::trends,
    },
};
use chrono::NaiveDate;

/// One pair of a site's pain and a load before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// The load.
    pub exposure: Exposure,
    /// Days back to the nearest load day: always 1, today's run is not before today's pain.
    pub lag_days: u32,
    /// Logged days with a known load.
    pub n: usize,
    /// The first of those days; where there is none, the first logged day of this site and side.
    pub from: NaiveDate,
    /// The last of those days; where there is none, the last logged day of this site and side.
    pub to: NaiveDate,
    /// Covered days from the first to the last logged day of this site and side: what `n` is a part of.
    pub days_covered: usize,
    /// Effective number of independent days (Pyper & Peterman 1998). None below 14 days, or when either side is constant.
    pub n_eff: Option<f64>,
    /// Spearman's rho with mid-ranks. None below 14 days, or when either side is constant.
    pub rho: Option<f64>,
    /// Lower end of the 95 % Bonett–Wright interval with n_eff.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// Exact circular-shift p, two-sided. None where a gate was not passed.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report. None where p is.
    pub q: Option<f64>,
    /// q ≤ 0.10, |rho| ≥ 0.3 and n_eff ≥ 15.
    pub flagged: bool,
    /// Whether a season trend was taken out of both series first.
    pub detrended: bool,
    /// The reverse arrow: rho of pain today with distance in the next three days. Negative: less running when it hurts.
    pub reverse_rho: Option<f64>,
    /// Why there is no p, in words that follow "not tested:". None when it was tested.
    pub gate: Option<String>,
}

/// A load and a pain set side by side: what a pair says before it is tested.
pub(super) struct Compared {
    /// The load before each day of the pain's calendar, a season trend taken out where there is one.
    pub(super) load: Vec<Option<f64>>,
    /// The pain, likewise.
    pub(super) pain: Vec<Option<f64>>,
    pub(super) detrended: bool,
    /// Days with both.
    pub(super) n: usize,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) days_covered: usize,
    pub(super) n_eff: Option<f64>,
    pub(super) rho: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) reverse_rho: Option<f64>,
    /// Why it is not to be tested.
    pub(super) gate: Option<String>,
}

/// None only when the series does not lie on the calendar.
pub(super) fn one_pair(
    days: &[Day],
    place: Place,
    series: &DailyPain,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<Association> {
    let found = compare(days, series, exposure, log)?;
    Some(Association {
        site: place.0,
        side: place.1,
        exposure,
        lag_days: 1,
        n: found.n,
        from: found.from,
        to: found.to,
        days_covered: found.days_covered,
        n_eff: found.n_eff,
        rho: found.rho,
        ci_low: found.interval.map(|ends| ends.low),
        ci_high: found.interval.map(|ends| ends.high),
        p: found.p(),
        q: None,
        flagged: false,
        detrended: found.detrended,
        reverse_rho: found.reverse_rho,
        gate: found.gate,
    })
}

/// None only when the series does not lie on the calendar.
pub(super) fn compare(
    days: &[Day],
    series: &DailyPain,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<Compared> {
    let mut found = set_beside(days, series, load_before(days, series, exposure))?;
    found.gate = closed_gate(&found.scores(series), found.days_covered, log);
    if found.n >= GATES.shown_days_min {
        found.measure();
        found.reverse_rho = reverse_rho(days, series);
    }
    Some(found)
}

/// The two series beside one another, a season trend taken out of both where one of them has it.
fn set_beside(days: &[Day], series: &DailyPain, load: Vec<Option<f64>>) -> Option<Compared> {
    let calendar = days.get(series.days())?;
    let detrended = trends(&load) || trends(&series.pain);
    let load = level(load, detrended);
    let pain = level(series.pain.clone(), detrended);
    let used: Vec<&Day> = days_with_both(calendar, &load, &pain).collect();
    Some(Compared {
        n: used.len(),
        from: used.first().copied().or(calendar.first())?.date,
        to: used.last().copied().or(calendar.last())?.date,
        days_covered: calendar.iter().filter(|day| day.covered).count(),
        n_eff: None,
        rho: None,
        interval: None,
        detrended,
        reverse_rho: None,
        gate: None,
        load,
        pain,
    })
}

fn days_with_both<'d>(
    calendar: &'d [Day],
    load: &[Option<f64>],
    pain: &[Option<f64>],
) -> impl Iterator<Item = &'d Day> {
    let days = calendar.iter().zip(load.iter().zip(pain));
    days.filter_map(|(day, (load, pain))| load.and(*pain).map(|_| day))
}

/// Rho of the pain with the distance of the three days after it.
fn reverse_rho(days: &[Day], series: &DailyPain) -> Option<f64> {
    let (after, pain) = both_known(&distance_after(days, series), &series.pain);
    if pain.len() < GATES.shown_days_min {
        return None;
    }
    spearman(&after, &pain)
}

impl Compared {
    /// Rho and its interval; where there is none, the gate says so.
    /// The scores, as they were logged, of the days with both.
    fn scores(&self, series: &DailyPain) -> Vec<f64> {
        let known = self.load.iter().zip(&self.pain);
        let days = series.pain.iter().zip(known);
        days.filter_map(|(score, (load, pain))| load.and(*pain).and(*score))
            .collect()
    }

    /// Rho and its interval; where there is none, the gate says so.
    fn measure(&mut self) {
        let (known_load, known_pain) = both_known(&self.load, &self.pain);
        self.rho = spearman(&known_load, &known_pain);
        let Some(rho) = self.rho else {
            self.gate
                .get_or_insert_with(|| "the load or the scores are the same every day".to_string());
            return;
        };
        self.n_eff = effective_n(&self.load, &self.pain);
        self.interval = self.n_eff.and_then(|n_eff| bonett_wright(rho, n_eff));
    }

    /// None where it is not to be tested.
    fn p(&self) -> Option<f64> {
        if self.gate.is_some() || self.rho.is_none() {
            return None;
        }
        circular_shift(&self.load, &self.pain).map(|test| test.p)
    }
}
