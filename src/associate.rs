//! Associations: does pain move with the load before it? One runner, few tests fixed in advance ([`crate::method::statistics`]).
//!
//! The unit is a day at one site and side. Pain is known only on days with a rating for that site and side, or an
//! "all clear"; a blank day is unknown. The load is always strictly before the pain. Nothing else is tested.

pub mod cohort;
mod exposure;
pub mod lag_curve;

use crate::words::{sentence_case, signed};
pub use exposure::Exposure;

use crate::{
    model::{Day, History},
    pain::{Entry, Moment, PainLog, Place, Side, Site, hurting, logged_days, rating_at, site_text},
    stats::{
        Interval, both_known,
        circular_shift::circular_shift,
        effective_n::effective_n,
        fdr::benjamini_hochberg,
        spearman::{bonett_wright, spearman},
        trend::{trends, without_trend},
    },
    time::days_between,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

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

/// How much of its own time a pain log says anything about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogCoverage {
    /// The first row of the log.
    pub from: NaiveDate,
    /// Covered days from there to the day of the report with a rating; an all-clear is one.
    pub days_logged: usize,
    /// All covered days from there to the day of the report.
    pub days_covered: usize,
}

impl LogCoverage {
    /// Logged days by covered days, 0–1. None when no day is covered.
    pub fn share(self) -> Option<f64> {
        (self.days_covered > 0).then(|| self.days_logged as f64 / self.days_covered as f64)
    }
}

/// Share of logged days with a morning rating from which the morning alone is the day's pain.
const MORNING_SHARE_MIN: f64 = 0.8;

/// Smallest |rho| of the reverse arrow worth a sentence: Cohen's (1988) small correlation.
const REVERSE_RHO_MIN: f64 = 0.1;

/// Every pair of the family: for each site and side that ever hurt, distance of the day before, distance of the three
/// days before, and descent (knee, kneecap, quad, outer knee) or ascent (calf, Achilles, foot) of the three days before.
///
/// Days after `history.as_of` are not looked at. The calendar of a pair runs from the first to the last logged day of
/// its site and side. When pain or load trends over it, a centred 28-day running median is taken off both. Ordered by
/// site, side and exposure as above. Empty when no limb was ever rated above zero.
pub fn associate(history: &History, pain: &PainLog) -> Vec<Association> {
    let days = history.days_until(history.as_of, usize::MAX);
    let log = log_coverage(history, pain);
    let mut found: Vec<Association> = hurting_places(pain, days)
        .filter_map(|place| Some((place, daily_pain(pain, days, |entry| rating(entry, place))?)))
        .flat_map(|(place, series)| {
            exposures(place.0)
                .filter_map(move |exposure| one_pair(days, place, &series, exposure, log))
        })
        .collect();
    flag(&mut found);
    found
}

/// Gives a pair the q of the whole family it was tested in, and the flag that follows from it.
pub fn set_q(pair: &mut Association, q: Option<f64>) {
    pair.q = q;
    pair.flagged = q.is_some_and(|q| q <= GATES.q_max)
        && pair.rho.is_some_and(|rho| rho.abs() >= GATES.rho_min)
        && pair.n_eff.is_some_and(|n_eff| n_eff >= GATES.n_eff_min);
}

/// The whole log's coverage, from its first row to `history.as_of` (src/method/rules.md, Log coverage). None when no row is that
/// old.
pub fn log_coverage(history: &History, pain: &PainLog) -> Option<LogCoverage> {
    let as_of = history.as_of;
    let from = pain
        .entries
        .iter()
        .map(|entry| entry.date)
        .filter(|date| *date <= as_of)
        .min()?;
    let rated = logged_days(pain);
    let covered = history
        .days
        .iter()
        .filter(|day| day.covered && (from..=as_of).contains(&day.date));
    let (days_logged, days_covered) = covered.fold((0, 0), |(logged, all), day| {
        (logged + usize::from(rated.contains(&day.date)), all + 1)
    });
    Some(LogCoverage {
        from,
        days_logged,
        days_covered,
    })
}

/// Why a pair was not tested, in words that follow "not tested:" ("31 logged days, 42 are needed"). None when it was.
pub fn why_not(association: &Association) -> Option<&str> {
    association.gate.as_deref()
}

/// What the runner reads about one pair: a pattern, no pattern, or why nothing can be said.
pub fn sentence(association: &Association) -> String {
    let exposure = association.exposure;
    let scores = scores_text(association.site, association.side);
    let mut text = match (association.rho, association.q) {
        (Some(rho), Some(_)) if association.flagged => {
            let direction = if rho > 0.0 { "higher" } else { "lower" };
            let (opening, figures) = (exposure.opening(), figures(association));
            format!(
                "{opening} {scores} tended to be {direction} ({figures}). That is a pattern, not a proof of cause."
            )
        }
        (Some(_), Some(q)) => unflagged_text(association, q, &scores, exposure.noun()),
        _ => too_little(association),
    };
    if association.q.is_none() {
        let figures = association.rho.map(|rho| {
            format!(
                " So far rho is {}, which may well be chance",
                signed(rho, 2)
            )
        });
        text.extend(figures.map(|figures| format!("{figures}{}.", season_text(association))));
    }
    if association.rho.is_some() && ran_less_after(association) {
        text.push_str(RAN_LESS_AFTER);
    }
    text
}

/// Why nothing can be said about a pair, without figures that may well be chance.
pub fn too_little(association: &Association) -> String {
    let gate = association
        .gate
        .as_deref()
        .unwrap_or("the two cannot be compared");
    let scores = scores_text(association.site, association.side);
    format!(
        "Too little to say about {scores} and {}: {gate}.",
        association.exposure.noun()
    )
}

/// The pattern of one site and side in words alone: the exposures that were flagged, the stronger first. Empty for none.
pub fn pattern(flagged: &[&Association]) -> String {
    let Some(strongest) = flagged.first() else {
        return String::new();
    };
    let pain = pain_text(strongest.site, strongest.side);
    let [same, other] = [true, false].map(|same| {
        let alike = |pair: &&&Association| (is_rising(pair) == is_rising(strongest)) == same;
        let mut loads: Vec<&str> = Vec::new();
        for pair in flagged.iter().filter(alike) {
            let load = pair.exposure.load();
            if !loads.contains(&load) {
                loads.push(load);
            }
        }
        loads.join(" or ")
    });
    let [direction, opposite] = if is_rising(strongest) {
        ["higher", "lower"]
    } else {
        ["lower", "higher"]
    };
    let mut text = format!("On days after {same} your {pain} tended to be {direction}");
    if !other.is_empty() {
        text.push_str(&format!(", and after {other} it tended to be {opposite}"));
    }
    let season = season_text(
        if let Some(pair) = flagged.iter().find(|pair| pair.detrended) {
            pair
        } else {
            strongest
        },
    );
    text.push_str(&format!(
        ". That is a pattern over {} days{season}, not a proof of cause.",
        strongest.n
    ));
    if flagged.iter().any(|pair| ran_less_after(pair)) {
        text.push_str(RAN_LESS_AFTER);
    }
    text
}

/// The nine things every report says about its figures (src/method/statistics.md, What must be said), with the days that were
/// logged and covered and the tests that were made.
pub fn must_be_said(days_logged: usize, days_covered: usize, tests: usize) -> [String; 9] {
    [
        "A link between load and pain is not a cause. Other things change too: sleep, shoes, the season, painkillers."
            .to_string(),
        format!(
            "Pain was logged on {days_logged} of {days_covered} days with complete recordings. {} made; \
             the more tests, the more of them look striking by chance, and q allows for that.",
            tests_text(tests)
        ),
        "Days without a pain entry are treated as unknown, not as pain-free.".to_string(),
        "Most people log more when it hurts and remember worse later, so entries made days afterwards are weaker."
            .to_string(),
        "Running less when something is sore can hide a link, or turn it round.".to_string(),
        "The limits come from studies of groups, mostly adults who were not injured. They say little about one person."
            .to_string(),
        "\"Not distinguishable from chance\" does not mean that there is no link.".to_string(),
        "Climbing and descending can be off by 5 to 10 percent, and heart rate and cadence from the wrist can be wrong."
            .to_string(),
        "This is no medical advice and no diagnosis. If something worries you, ask a doctor or physiotherapist."
            .to_string(),
    ]
}

const RAN_LESS_AFTER: &str =
    " You also ran less in the days after it hurt, which can hide or flip such a link.";

/// Pain of one place on every day of its calendar; None where nothing is known.
struct DailyPain {
    /// Index of the calendar's first day among the history's days.
    first: usize,
    pain: Vec<Option<f64>>,
}

/// Limbs with a rating above zero on a day of the calendar. A place that only ever got zeros has nothing to relate.
fn hurting_places(pain: &PainLog, days: &[Day]) -> impl Iterator<Item = Place> {
    let places = hurting(
        pain.entries
            .iter()
            .filter(|entry| day_index(days, entry).is_some()),
    );
    places.into_iter().filter(|(site, _)| site.is_limb())
}

fn day_index(days: &[Day], entry: &Entry) -> Option<usize> {
    let index = usize::try_from(days_between(days.first()?.date, entry.date)).ok()?;
    (index < days.len()).then_some(index)
}

/// The rating an entry gives a place ([`rating_at`]). Ratings that came from words take no part.
fn rating(entry: &Entry, place: Place) -> Option<f64> {
    rating_at(entry, place).filter(|_| !entry.approximate)
}

/// The day's pain: the highest of its moments, or the morning alone when at least 80 % of the logged days have one.
fn daily_pain(
    pain: &PainLog,
    days: &[Day],
    rating: impl Fn(&Entry) -> Option<f64>,
) -> Option<DailyPain> {
    let mut highest: BTreeMap<usize, f64> = BTreeMap::new();
    let mut morning: BTreeMap<usize, f64> = BTreeMap::new();
    for entry in &pain.entries {
        let (Some(day), Some(rating)) = (day_index(days, entry), rating(entry)) else {
            continue;
        };
        let raise = |table: &mut BTreeMap<usize, f64>| {
            table
                .entry(day)
                .and_modify(|known| *known = known.max(rating))
                .or_insert(rating);
        };
        raise(&mut highest);
        if entry.moment == Moment::Morning {
            raise(&mut morning);
        }
    }
    let mornings_do = morning.len() as f64 >= MORNING_SHARE_MIN * highest.len() as f64;
    let by_day = if mornings_do { morning } else { highest };
    let (first, last) = (*by_day.first_key_value()?.0, *by_day.last_key_value()?.0);
    Some(DailyPain {
        first,
        pain: (first..=last)
            .map(|day| by_day.get(&day).copied())
            .collect(),
    })
}

/// The sites whose pain is set beside descent.
const DESCENT_SITES: &[Site] = &[Site::Knee, Site::Kneecap, Site::Quad, Site::Itb];

/// The sites whose pain is set beside ascent.
const ASCENT_SITES: &[Site] = &[Site::Calf, Site::Achilles, Site::Foot];

/// The exposures of a site's family, fixed in advance.
fn exposures(site: Site) -> impl Iterator<Item = Exposure> {
    let hills = [
        (DESCENT_SITES, Exposure::Descent3),
        (ASCENT_SITES, Exposure::Ascent3),
    ];
    let hills = hills
        .into_iter()
        .filter(move |(sites, _)| sites.contains(&site))
        .map(|(_, exposure)| exposure);
    [Exposure::Distance1, Exposure::Distance3]
        .into_iter()
        .chain(hills)
}

/// The load before each day of the calendar. None when one of its days is unknown or lies before the first recording.
fn load_before(days: &[Day], series: &DailyPain, exposure: Exposure) -> Vec<Option<f64>> {
    let window = |day: usize| days.get(day.checked_sub(exposure.days())?..day);
    let before = |day: usize| window(day)?.iter().map(|day| exposure.of(day)).sum();
    (series.first..series.first + series.pain.len())
        .map(before)
        .collect()
}

/// Distance over the three days after each day of the calendar.
fn distance_after(days: &[Day], series: &DailyPain) -> Vec<Option<f64>> {
    let after = |day: usize| {
        days.get(day + 1..day + 4)?
            .iter()
            .map(|day| day.distance_m)
            .sum()
    };
    (series.first..series.first + series.pain.len())
        .map(after)
        .collect()
}

/// A load and a pain set side by side: what a pair says before it is tested.
struct Compared {
    /// The load before each day of the pain's calendar, a season trend taken out where there is one.
    load: Vec<Option<f64>>,
    /// The pain, likewise.
    pain: Vec<Option<f64>>,
    detrended: bool,
    /// Days with both.
    n: usize,
    from: NaiveDate,
    to: NaiveDate,
    days_covered: usize,
    n_eff: Option<f64>,
    rho: Option<f64>,
    interval: Option<Interval>,
    reverse_rho: Option<f64>,
    /// Why it is not to be tested.
    gate: Option<String>,
}

/// None only when the series does not lie on the calendar.
fn one_pair(
    days: &[Day],
    place: Place,
    series: &DailyPain,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<Association> {
    let found = compare(days, series, exposure, log)?;
    let is_tested = found.gate.is_none() && found.rho.is_some();
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
        p: if is_tested {
            circular_shift(&found.load, &found.pain).map(|test| test.p)
        } else {
            None
        },
        q: None,
        flagged: false,
        detrended: found.detrended,
        reverse_rho: found.reverse_rho,
        gate: found.gate,
    })
}

/// None only when the series does not lie on the calendar.
fn compare(
    days: &[Day],
    series: &DailyPain,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<Compared> {
    let load = load_before(days, series, exposure);
    let detrended = trends(&load) || trends(&series.pain);
    let level = |series: &[Option<f64>]| {
        if detrended {
            without_trend(series)
        } else {
            series.to_vec()
        }
    };
    let (load, pain) = (level(&load), level(&series.pain));
    let calendar = days.get(series.first..series.first + series.pain.len())?;
    let is_known = |day: &usize| {
        load.get(*day).is_some_and(Option::is_some) && pain.get(*day).is_some_and(Option::is_some)
    };
    let used: Vec<usize> = (0..calendar.len()).filter(is_known).collect();
    let scores: Vec<f64> = used
        .iter()
        .filter_map(|day| series.pain.get(*day).copied().flatten())
        .collect();
    let days_covered = calendar.iter().filter(|day| day.covered).count();
    let mut found = Compared {
        n: scores.len(),
        from: used
            .first()
            .and_then(|day| calendar.get(*day))
            .or(calendar.first())?
            .date,
        to: used
            .last()
            .and_then(|day| calendar.get(*day))
            .or(calendar.last())?
            .date,
        days_covered,
        n_eff: None,
        rho: None,
        interval: None,
        detrended,
        reverse_rho: None,
        gate: closed_gate(&scores, days_covered, log),
        load,
        pain,
    };
    if found.n >= GATES.shown_days_min {
        found.measure();
        let (after, pain) = both_known(&distance_after(days, series), &series.pain);
        found.reverse_rho = if pain.len() >= GATES.shown_days_min {
            spearman(&after, &pain)
        } else {
            None
        };
    }
    Some(found)
}

impl Compared {
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
}

/// The first gate that is closed, in words.
fn closed_gate(pain: &[f64], days_covered: usize, log: Option<LogCoverage>) -> Option<String> {
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

/// q over the associations alone, and the flags that follow.
fn flag(found: &mut [Association]) {
    let p: Vec<f64> = found.iter().filter_map(|pair| pair.p).collect();
    let tested = found.iter_mut().filter(|pair| pair.p.is_some());
    for (pair, q) in tested.zip(benjamini_hochberg(&p)) {
        set_q(pair, Some(q));
    }
}

fn unflagged_text(association: &Association, q: f64, scores: &str, noun: &str) -> String {
    let figures = figures(association);
    let n_eff = association.n_eff.unwrap_or(0.0);
    if q > GATES.q_max {
        format!(
            "Between {noun} and {scores} nothing stands out from chance ({figures}). That does not mean there is no link."
        )
    } else if n_eff < GATES.n_eff_min {
        let needed = GATES.n_eff_min;
        format!(
            "{scores_start} may go with {noun} ({figures}), but neighbouring days are so alike that they count as \
             {n_eff:.0}, and {needed:.0} are needed to say more.",
            scores_start = sentence_case(scores)
        )
    } else {
        format!(
            "{} go with {noun} only slightly ({figures}): too little to make anything of.",
            sentence_case(scores)
        )
    }
}

fn is_rising(association: &Association) -> bool {
    association.rho.is_some_and(|rho| rho > 0.0)
}

fn ran_less_after(association: &Association) -> bool {
    association
        .reverse_rho
        .is_some_and(|rho| rho <= -REVERSE_RHO_MIN)
}

/// What must be said of figures that are not those of the log as it stands (src/method/statistics.md, Season).
fn season_text(association: &Association) -> &'static str {
    if association.detrended {
        ", after taking a season trend out of both"
    } else {
        ""
    }
}

/// `rho 0.41, likely range 0.1 to 0.6, 58 days, q 0.04`, and whether a season was taken out.
fn figures(association: &Association) -> String {
    let mut parts = Vec::new();
    parts.extend(association.rho.map(|rho| format!("rho {}", signed(rho, 2))));
    if let (Some(low), Some(high)) = (association.ci_low, association.ci_high) {
        parts.push(format!(
            "likely range {} to {}",
            signed(low, 1),
            signed(high, 1)
        ));
    }
    parts.push(format!("{} days", association.n));
    parts.extend(association.q.map(|q| {
        if q < 0.005 {
            "q below 0.01".to_string()
        } else {
            format!("q {q:.2}")
        }
    }));
    parts.join(", ") + season_text(association)
}

fn tests_text(tests: usize) -> String {
    match tests {
        0 => "No test was".to_string(),
        1 => "1 test was".to_string(),
        _ => format!("{tests} tests were"),
    }
}

/// `left kneecap pain`, `pain in other places`.
fn pain_text(site: Site, side: Option<Side>) -> String {
    match (site, side) {
        (Site::Other(_), _) => "pain in other places".to_string(),
        (_, Some(Side::Both)) => format!("pain at the {}", site_text(site, side)),
        _ => format!("{} pain", site_text(site, side)),
    }
}

fn scores_text(site: Site, side: Option<Side>) -> String {
    match (site, side) {
        (Site::Other(_), _) => "your scores for other places".to_string(),
        (_, Some(Side::Both)) => format!("your scores for the {}", site_text(site, side)),
        _ => format!("your {} scores", site_text(site, side)),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::pain::Beside;
    use crate::{
        model::LoadUnit,
        time::{dates, plus_days},
    };
    use chrono::NaiveDate;

    fn date(day: usize) -> NaiveDate {
        plus_days("2025-03-03".parse().expect("a literal date"), day as i64)
    }

    /// A calendar with these distances, m; every day covered that has one; no hills.
    pub(crate) fn history(distances: &[Option<f64>]) -> History {
        let days = dates(date(0), date(distances.len() - 1))
            .zip(distances)
            .map(|(date, distance_m)| Day {
                date,
                covered: distance_m.is_some(),
                runs: u32::from(distance_m.is_some_and(|metres| metres > 0.0)),
                distance_m: *distance_m,
                longest_run_m: None,
                timer_s: None,
                ascent_m: None,
                descent_m: None,
                other_sport_s: None,
                sleep_s: None,
                load: None,
                pain_max: None,
            });
        let (runs, weeks, as_of) = (Vec::new(), Vec::new(), date(distances.len() - 1));
        History {
            runs,
            others: Vec::new(),
            days: days.collect(),
            weeks,
            load_unit: LoadUnit::GradeAdjustedKm,
            as_of,
        }
    }

    fn entry(day: usize, site: Site, side: Option<Side>, pain: f64) -> Entry {
        Entry {
            site: Some(site),
            side,
            pain: Some(pain),
            ..Entry::on(date(day))
        }
    }

    fn log(entries: Vec<Entry>) -> PainLog {
        PainLog {
            entries,
            ..PainLog::default()
        }
    }

    /// `days` days of irregular running, and a left knee that follows the distance of the day before.
    pub(crate) fn knee_after_distance(days: usize) -> (History, PainLog) {
        // Multiples of a primitive root of 83: irregular, no period below 82.
        let mut state = 1u32;
        let mut distances = Vec::new();
        for _ in 0..days {
            state = state * 2 % 83;
            distances.push(Some(if state < 40 {
                0.0
            } else {
                f64::from(state) * 200.0
            }));
        }
        let score = |metres: f64| (metres / 5000.0).floor();
        let knee = |day: usize| match distances[day - 1].map_or(0.0, score) {
            0.0 => entry(day, Site::None, None, 0.0),
            pain => entry(day, Site::Knee, Some(Side::Left), pain),
        };
        let entries = (1..days).map(knee).collect();
        (history(&distances), log(entries))
    }

    fn blank(exposure: Exposure) -> Association {
        Association {
            site: Site::Knee,
            side: Some(Side::Left),
            exposure,
            lag_days: 1,
            n: 58,
            from: date(0),
            to: date(69),
            days_covered: 70,
            n_eff: Some(40.0),
            rho: Some(0.41),
            ci_low: Some(0.1),
            ci_high: Some(0.64),
            p: Some(0.02),
            q: Some(0.04),
            flagged: true,
            detrended: false,
            reverse_rho: None,
            gate: None,
        }
    }

    #[test]
    fn a_knee_that_follows_yesterday_is_flagged_and_says_so() {
        let (history, pain) = knee_after_distance(84);
        let found = associate(&history, &pain);
        let ids: Vec<_> = found.iter().map(|pair| pair.exposure.as_str()).collect();
        assert_eq!(ids, ["distance_m_1", "distance_m_3", "descent_m_3"]);
        let yesterday = &found[0];
        assert!(
            yesterday.flagged && yesterday.rho.unwrap() > 0.9,
            "{yesterday:?}"
        );
        assert_eq!((yesterday.n, yesterday.days_covered), (83, 83));
        assert!(yesterday.q.unwrap() >= yesterday.p.unwrap() && yesterday.p.unwrap() >= 1.0 / 83.0);
        assert!(
            sentence(yesterday).starts_with(
                "On days after more running your left knee scores tended to be higher"
            )
        );
        // No altitude on any day: not tested, and not part of the family that q allows for.
        assert_eq!(
            why_not(&found[2]),
            Some("0 logged days with a known load, 42 are needed")
        );
        let tested: Vec<f64> = found.iter().filter_map(|pair| pair.p).collect();
        let q: Vec<f64> = found.iter().filter_map(|pair| pair.q).collect();
        assert_eq!(q, benjamini_hochberg(&tested));
    }

    #[test]
    fn the_amount_of_days_decides_what_is_said() {
        for (days, has_rho, has_p) in [
            (14, false, false),
            (15, true, false),
            (42, true, false),
            (43, true, true),
        ] {
            // The first day has no score: one day less is logged than the calendar has.
            let (history, pain) = knee_after_distance(days);
            let pair = associate(&history, &pain).remove(0);
            assert_eq!(
                (pair.rho.is_some(), pair.p.is_some()),
                (has_rho, has_p),
                "{days} {pair:?}"
            );
            assert_eq!(
                (pair.n_eff.is_some(), pair.gate.is_none()),
                (has_rho, has_p),
                "{days} {pair:?}"
            );
        }
    }

    #[test]
    fn load_is_strictly_before_and_unknown_stays_unknown() {
        let mut distances = vec![Some(0.0); 12];
        distances[5] = Some(9000.0);
        distances[9] = None;
        let days = history(&distances).days;
        let series = DailyPain {
            first: 4,
            pain: vec![Some(1.0); 8],
        };
        let km = |values: Vec<Option<f64>>| {
            values
                .into_iter()
                .map(|v| v.map(|m| m / 1000.0))
                .collect::<Vec<_>>()
        };
        let z = Some(0.0);
        assert_eq!(
            km(load_before(&days, &series, Exposure::Distance1)),
            [z, z, Some(9.0), z, z, z, None, z]
        );
        let nine = Some(9.0);
        assert_eq!(
            km(load_before(&days, &series, Exposure::Distance3)),
            [z, z, nine, nine, nine, z, None, None]
        );
        assert_eq!(
            km(distance_after(&days, &series)),
            [nine, z, None, None, None, None, None, None]
        );
        let early = DailyPain {
            first: 1,
            pain: vec![Some(1.0); 3],
        };
        assert_eq!(
            load_before(&days, &early, Exposure::Distance3),
            [None, None, z]
        );
    }

    #[test]
    fn only_ratings_for_the_place_count() {
        let left = (Site::Calf, Some(Side::Left));
        let mut word = entry(6, Site::Calf, Some(Side::Left), 5.0);
        word.approximate = true;
        let mut unrated = entry(7, Site::Calf, Some(Side::Left), 0.0);
        unrated.pain = None;
        let mut clear = Entry::on(date(8));
        clear.pain = Some(0.0);
        let log = log(vec![
            entry(0, Site::None, None, 0.0),
            entry(1, Site::Calf, Some(Side::Left), 2.0),
            entry(1, Site::Calf, Some(Side::Left), 4.0),
            entry(2, Site::Calf, Some(Side::Right), 3.0),
            entry(3, Site::Calf, Some(Side::Both), 1.0),
            entry(4, Site::Knee, Some(Side::Left), 6.0),
            entry(5, Site::Calf, None, 2.0),
            word,
            unrated,
            clear,
            // Nowhere at the site, whatever the side.
            entry(9, Site::Calf, None, 0.0),
            entry(10, Site::Calf, Some(Side::Both), 0.0),
            entry(11, Site::Calf, Some(Side::Right), 0.0),
            entry(40, Site::Calf, Some(Side::Left), 9.0),
        ]);
        let days = history(&[Some(0.0); 20]).days;
        let series = daily_pain(&log, &days, |entry| rating(entry, left)).unwrap();
        let expected = [
            Some(0.0),
            Some(4.0),
            None,
            Some(1.0),
            None,
            None,
            None,
            None,
            Some(0.0),
            Some(0.0),
            Some(0.0),
        ];
        assert_eq!((series.first, &series.pain[..]), (0, &expected[..]));
    }

    #[test]
    fn mornings_stand_alone_when_most_days_have_one() {
        for (mornings, expected) in [(8, 1.0), (7, 6.0)] {
            let morning = |day| Entry {
                moment: Moment::Morning,
                ..entry(day, Site::Shin, None, 1.0)
            };
            let mut entries: Vec<Entry> = (0..10)
                .map(|day| entry(day, Site::Shin, None, 6.0))
                .collect();
            entries.extend((0..mornings).map(morning));
            let days = history(&[Some(0.0); 10]).days;
            let series = daily_pain(&log(entries), &days, |entry| {
                rating(entry, (Site::Shin, None))
            })
            .unwrap();
            assert_eq!(series.pain.first(), Some(&Some(expected)), "{mornings}");
        }
    }

    #[test]
    fn places_that_never_hurt_and_no_limbs_have_no_pairs() {
        let log = log(vec![
            entry(0, Site::Hip, Some(Side::Left), 0.0),
            entry(1, Site::SideStitch, None, 5.0),
            entry(2, Site::None, None, 0.0),
        ]);
        assert!(associate(&history(&[Some(0.0); 5]), &log).is_empty());
        assert!(associate(&history(&[Some(0.0); 5]), &PainLog::default()).is_empty());
    }

    #[test]
    fn the_family_is_fixed_by_site() {
        for (site, hills) in [
            (Site::Knee, Some("descent_m_3")),
            (Site::Kneecap, Some("descent_m_3")),
            (Site::Quad, Some("descent_m_3")),
            (Site::Itb, Some("descent_m_3")),
            (Site::Calf, Some("ascent_m_3")),
            (Site::Achilles, Some("ascent_m_3")),
            (Site::Foot, Some("ascent_m_3")),
            (Site::Heel, None),
            (Site::Shin, None),
        ] {
            assert_eq!(
                exposures(site).nth(2).map(Exposure::as_str),
                hills,
                "{site:?}"
            );
        }
    }

    #[test]
    fn each_gate_says_what_is_missing() {
        let scores = |zeros: usize, ones: usize, twos: usize| {
            [vec![0.0; zeros], vec![1.0; ones], vec![2.0; twos]].concat()
        };
        for (scores, covered, gate) in [
            (scores(21, 10, 11), 70, None),
            (
                scores(1, 0, 0),
                70,
                Some("1 logged day with a known load, 42 are needed"),
            ),
            (
                scores(20, 10, 1),
                31,
                Some("31 logged days with a known load, 42 are needed"),
            ),
            (
                scores(21, 10, 11),
                71,
                Some("42 of 71 days have a score and a known load, 60 percent are needed"),
            ),
            (
                scores(40, 5, 4),
                49,
                Some("9 days with pain of 1 or more, 10 are needed"),
            ),
            (
                scores(9, 20, 20),
                49,
                Some("9 days logged as free of pain, 10 are needed"),
            ),
            (
                scores(30, 30, 0),
                60,
                Some("2 different scores, 3 are needed"),
            ),
        ] {
            assert_eq!(closed_gate(&scores, covered, None).as_deref(), gate);
        }
        for (days_logged, gate) in [
            (60, None),
            (
                59,
                Some("pain was logged on 59 of 100 days at all, 60 percent are needed"),
            ),
        ] {
            let log = LogCoverage {
                from: date(0),
                days_logged,
                days_covered: 100,
            };
            assert_eq!(
                closed_gate(&scores(21, 10, 11), 70, Some(log)).as_deref(),
                gate
            );
        }
    }

    #[test]
    fn a_thin_log_is_not_tested_however_well_one_place_was_logged() {
        // 83 of the days 1 to 83 have the knee; then nothing but one row about sleep on the last day.
        for (days, is_tested) in [(138, true), (140, false)] {
            let (_, mut pain) = knee_after_distance(84);
            let (history, _) = knee_after_distance(days);
            pain.entries.push(Entry {
                beside: Beside {
                    sleep_h: Some(7.0),
                    ..Beside::default()
                }
                .kept(),
                ..Entry::on(date(days - 1))
            });
            let coverage = log_coverage(&history, &pain).unwrap();
            assert_eq!(
                coverage,
                LogCoverage {
                    from: date(1),
                    days_logged: 83,
                    days_covered: days - 1
                }
            );
            let pair = associate(&history, &pain).remove(0);
            assert_eq!(
                (pair.n, pair.days_covered, pair.p.is_some()),
                (83, 83, is_tested),
                "{pair:?}"
            );
        }
        assert_eq!(
            log_coverage(&history(&[Some(0.0); 3]), &PainLog::default()),
            None
        );
        let uncovered = LogCoverage {
            from: date(0),
            days_logged: 0,
            days_covered: 0,
        };
        assert_eq!(
            log_coverage(
                &history(&[None; 3]),
                &log(vec![entry(0, Site::None, None, 0.0)])
            ),
            Some(uncovered)
        );
        assert_eq!(uncovered.share(), None);
    }

    #[test]
    fn a_season_that_was_taken_out_is_said() {
        let season = ", after taking a season trend out of both";
        let flagged = Association {
            detrended: true,
            ..blank(Exposure::Distance1)
        };
        let untested = Association {
            p: None,
            q: None,
            flagged: false,
            gate: Some("9 days".into()),
            ..flagged.clone()
        };
        let quiet = Association {
            q: Some(0.4),
            flagged: false,
            ..flagged.clone()
        };
        for (pair, text) in [
            (&flagged, format!("q 0.04{season}). That is a pattern")),
            (&quiet, format!("q 0.40{season}). That does not mean")),
            (&untested, format!("which may well be chance{season}.")),
        ] {
            assert!(sentence(pair).contains(&text), "{}", sentence(pair));
            assert!(
                !sentence(&Association {
                    detrended: false,
                    ..pair.clone()
                })
                .contains("season")
            );
        }
        assert!(
            pattern(&[&flagged]).ends_with(&format!("over 58 days{season}, not a proof of cause."))
        );
    }

    #[test]
    fn a_pattern_is_said_without_figures_the_stronger_load_first() {
        let [day, three, descent] =
            [Exposure::Distance1, Exposure::Distance3, Exposure::Descent3].map(blank);
        let start = "your left knee pain tended to be higher";
        let end = "That is a pattern over 58 days, not a proof of cause.";
        let falling = Association {
            rho: Some(-0.41),
            ..descent.clone()
        };
        for (flagged, text) in [
            (
                vec![&day],
                format!("On days after more running {start}. {end}"),
            ),
            (
                vec![&descent, &three, &day],
                format!("On days after more descent or more running {start}. {end}"),
            ),
            (
                vec![&day, &falling],
                format!(
                    "On days after more running {start}, and after more descent it tended to be lower. {end}"
                ),
            ),
            (vec![], String::new()),
        ] {
            assert_eq!(pattern(&flagged), text);
        }
        let less = Association {
            reverse_rho: Some(-0.2),
            side: Some(Side::Both),
            ..day
        };
        let text = pattern(&[&less]);
        assert!(
            text.contains("your pain at the knee on both sides tended")
                && text.ends_with(RAN_LESS_AFTER),
            "{text}"
        );
    }

    #[test]
    fn the_days_used_are_the_days_with_load_and_score() {
        // The load of three days is known from day 3 on; the last score is on day 19, its load known.
        let days = history(&[Some(1000.0); 20]).days;
        let series = DailyPain {
            first: 0,
            pain: vec![Some(1.0); 20],
        };
        let place = (Site::Knee, None);
        let pair = one_pair(&days, place, &series, Exposure::Distance3, None).unwrap();
        assert_eq!((pair.n, pair.from, pair.to), (17, date(3), date(19)));
        let none = one_pair(&days, place, &series, Exposure::Descent3, None).unwrap();
        assert_eq!((none.n, none.from, none.to), (0, date(0), date(19)));
    }

    #[test]
    fn a_pattern_is_said_as_a_pattern() {
        let figures = "(rho 0.41, likely range 0.1 to 0.6, 58 days, q 0.04). That is a pattern, not a proof of cause.";
        let descent = blank(Exposure::Descent3);
        let start = "After three days with more descent your left knee scores tended to be";
        assert_eq!(sentence(&descent), format!("{start} higher {figures}"));
        let lower = Association {
            rho: Some(-0.41),
            ci_low: Some(-0.64),
            ci_high: Some(-0.04),
            ..descent.clone()
        };
        assert!(sentence(&lower).starts_with(&format!(
            "{start} lower (rho −0.41, likely range −0.6 to 0.0,"
        )));
        let both = Association {
            side: Some(Side::Both),
            q: Some(0.001),
            reverse_rho: Some(-0.2),
            ..descent
        };
        let text = sentence(&both);
        assert!(
            text.contains("your scores for the knee on both sides tended")
                && text.contains("q below 0.01"),
            "{text}"
        );
        assert!(text.ends_with(
            "You also ran less in the days after it hurt, which can hide or flip such a link."
        ));
    }

    #[test]
    fn no_pattern_and_no_answer_are_said_too() {
        let quiet = Association {
            flagged: false,
            ..blank(Exposure::Distance1)
        };
        let figures = |q: &str| format!("(rho 0.41, likely range 0.1 to 0.6, 58 days, q {q})");
        for (pair, text) in [
            (
                Association { q: Some(0.4), ..quiet.clone() },
                format!(
                    "Between running the day before and your left knee scores nothing stands out from chance {}. \
                     That does not mean there is no link.",
                    figures("0.40")
                ),
            ),
            (
                Association { n_eff: Some(11.6), ..quiet.clone() },
                format!(
                    "Your left knee scores may go with running the day before {}, but neighbouring days are so alike \
                     that they count as 12, and 15 are needed to say more.",
                    figures("0.04")
                ),
            ),
            (
                Association { p: None, q: None, gate: Some("31 logged days, 42 are needed".into()), ..quiet.clone() },
                "Too little to say about your left knee scores and running the day before: 31 logged days, 42 are \
                 needed. So far rho is 0.41, which may well be chance."
                    .to_string(),
            ),
            (
                Association { rho: None, p: None, q: None, gate: Some("9 logged days, 42 are needed".into()), ..quiet },
                "Too little to say about your left knee scores and running the day before: 9 logged days, 42 are needed."
                    .to_string(),
            ),
        ] {
            assert_eq!(sentence(&pair), text);
        }
    }

    #[test]
    fn a_score_that_never_changes_is_no_variation() {
        let entries = (0..50)
            .map(|day| entry(day, Site::Shin, None, 2.0))
            .collect();
        let distances: Vec<_> = (0..50).map(|day| Some(f64::from(day % 5))).collect();
        let pair = associate(&history(&distances), &log(entries)).remove(0);
        assert_eq!((pair.rho, pair.p, pair.n), (None, None, 49));
        assert_eq!(
            why_not(&pair),
            Some("0 days logged as free of pain, 10 are needed")
        );
    }

    #[test]
    fn the_report_states_its_own_figures() {
        let said = must_be_said(22, 60, 5);
        assert!(said[1].starts_with(
            "Pain was logged on 22 of 60 days with complete recordings. 5 tests were made;"
        ));
        assert!(must_be_said(0, 0, 0)[1].contains("No test was made"));
        for text in said {
            assert!(
                text.ends_with('.') && !text.to_lowercase().contains("safe"),
                "{text}"
            );
        }
    }
}
