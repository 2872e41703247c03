//! One pair of a place's pain and a load beside it, and what it says.

use super::{
    Exposure,
    asked::{Asked, Pains, days_of_both},
    controls::{self, Control, Controls},
    coverage::LogCoverage,
    daily::{DailyPain, load_after},
    gates::{GATES, closed_gate, is_sure, too_few_days},
    logging::Logging,
    ways::{Ways, ways},
};
use crate::{
    model::Day,
    pain::{Place, Side, Site},
    stats::{
        Interval, both_known,
        circular_shift::circular_shift,
        effective_n::effective_n_of_ranks,
        partial_shift::{PartialShift, Question, Ranked, partial_shift},
        season::without_season,
        spearman::{bonett_wright, detectable_rho, spearman},
    },
};
use chrono::NaiveDate;

/// Largest p of the reverse arrow that is worth a sentence: a caveat beside a pair, not one of the report's tests.
const REVERSE_P_MAX: f64 = 0.05;

/// One pair of a site's pain and a load beside it, the season taken out of both.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// The load.
    pub exposure: Exposure,
    /// Days back to the nearest load day: 1, and 0 for the load of the same day, which only ratings made during the run, after it or in
    /// the evening are set beside.
    pub lag_days: usize,
    /// Logged days with a known load and a known other run.
    pub n: usize,
    /// The first of those days; where there is none, the first logged day of this site and side.
    pub from: NaiveDate,
    /// The last of those days; where there is none, the last logged day of this site and side.
    pub to: NaiveDate,
    /// Covered days from the first to the last logged day of this site and side: what `n` is a part of.
    pub days_covered: usize,
    /// How run days and rest days were logged. Where [`Logging::run_days_only`], pain of run days alone is compared.
    pub logging: Logging,
    /// Effective number of independent days of the two alone, by the memory of their ranks (Pyper & Peterman 1998). None below 14 days,
    /// or when either side is constant.
    pub n_eff: Option<f64>,
    /// Spearman's rho of the two alone, with mid-ranks; not tested. None below 14 days, or when either side is constant.
    pub rho: Option<f64>,
    /// Lower end of its 95 % Bonett–Wright interval with n_eff.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// What is tested: the partial rank correlation given the other day's run (its distance, and whether there was one) and yesterday's
    /// pain. None below 14 days, or where those leave nothing of either side.
    pub partial_rho: Option<f64>,
    /// Lower end of its 95 % interval, as wide as links vary ([`crate::method::statistics`], Effect). Whether it lies above 0 follows from
    /// `partial_n_eff` less the columns taken out.
    pub partial_ci_low: Option<f64>,
    /// Upper end.
    pub partial_ci_high: Option<f64>,
    /// Effective number of independent days of what is left of both.
    pub partial_n_eff: Option<f64>,
    /// The smallest partial rho that four of five logs like this one would find at 5 %. None where there is no partial rho.
    pub detectable_rho: Option<f64>,
    /// Circular-shift p of the partial rho, two-sided. None where a gate was not passed.
    pub p: Option<f64>,
    /// Benjamini–Hochberg q over all tests of the report. None where p is.
    pub q: Option<f64>,
    /// q ≤ 0.05, the partial rho's interval above 0 and 15 effective days; and once [`super::hold`] has looked, above its controls and
    /// four weeks ago as well.
    pub flagged: bool,
    /// The earliest day of the last year, in steps of four weeks, since when it has stood out at every step. None unless it is flagged
    /// and [`super::hold`] has looked.
    pub first_seen: Option<NaiveDate>,
    /// The same statistic where there can be no such link. Without any where it was not tested.
    pub controls: Controls,
    /// Which of them goes with the pain as much, so that what stands out is not flagged. None: neither, or nothing stood out, or
    /// [`super::hold`] has not looked.
    pub taken_by: Option<Control>,
    /// In how many ways of asking it holds. None where it was not tested.
    pub ways: Option<Ways>,
    /// First and last day of the spell of pain without which it would not stand out. None: there is no such spell, or it is not flagged,
    /// or [`super::hold`] has not looked.
    pub rests_on: Option<(NaiveDate, NaiveDate)>,
    /// The reverse arrow: rho of pain today with distance in the next three days. Negative: less running when it hurts. Of the site and
    /// side, whatever the load. None below 14 days.
    pub reverse_rho: Option<f64>,
    /// Its circular-shift p, two-sided; not one of the report's tests.
    pub reverse_p: Option<f64>,
    /// Why there is no p, in words that follow "not tested:". None when it was tested.
    pub gate: Option<String>,
}

impl Association {
    /// Whether it is above what the load after the pain has.
    pub(super) fn beats_after(&self) -> bool {
        let both = self.partial_rho.zip(self.controls.after);
        both.is_none_or(|(rho, after)| rho > after)
    }

    /// Whether it is above what the other place has beside the same load.
    pub(super) fn beats_elsewhere(&self) -> bool {
        let both = self.partial_rho.zip(self.controls.elsewhere);
        both.is_none_or(|(rho, elsewhere)| rho > elsewhere.rho)
    }

    /// Whether the runner ran less in the days after it hurt, more clearly than the shifts of the calendar make by chance.
    pub fn ran_less_after(&self) -> bool {
        Reverse::is_less(self.reverse_rho, self.reverse_p)
    }
}

/// Rho of pain with the distance of the three days after it, and its p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reverse {
    pub(super) rho: f64,
    pub(super) p: f64,
}

impl Reverse {
    /// Whether rho is below 0, more clearly than chance.
    pub(super) fn is_less(rho: Option<f64>, p: Option<f64>) -> bool {
        rho.is_some_and(|rho| rho < 0.0) && p.is_some_and(|p| p <= REVERSE_P_MAX)
    }
}

/// A load and a pain set side by side: what a pair says before it is tested.
pub(super) struct Compared {
    /// The two, the season taken out, with what is held fixed.
    pub(super) question: Question,
    /// Days with all of it.
    pub(super) n: usize,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) days_covered: usize,
    pub(super) n_eff: Option<f64>,
    pub(super) rho: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) partial: Option<PartialShift>,
    /// Why it is not to be tested.
    pub(super) gate: Option<String>,
}

fn asked_and_found<'a>(
    days: &'a [Day],
    pains: &'a Pains,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<(Asked<'a>, Compared)> {
    let asked = Asked::new(days, pains, exposure)?;
    let found = compare(days, &asked, log)?;
    Some((asked, found))
}

/// The same with its controls and the other ways of asking, where it was tested.
pub(super) fn whole_pair(
    days: &[Day],
    place: Place,
    pains: &Pains,
    exposure: Exposure,
    log: Option<LogCoverage>,
) -> Option<Association> {
    let (asked, found) = asked_and_found(days, pains, exposure, log)?;
    let tested = found.partial.filter(|_| found.gate.is_none());
    let after = tested.and_then(|_| controls::after(&asked, &found.question));
    let ways = tested.map(|tested| ways(&asked, &found.question, tested.rho));
    Some(Association {
        controls: Controls {
            after,
            elsewhere: None,
        },
        ways,
        ..association(place, exposure, asked.logging, found)
    })
}

/// What was compared, of that place and load.
fn association(place: Place, exposure: Exposure, logging: Logging, found: Compared) -> Association {
    let (interval, partial) = (found.interval, found.partial);
    let of_partial = found.partial_interval();
    // Flag, q and what follows from them come with the whole family.
    Association {
        site: place.0,
        side: place.1,
        exposure,
        lag_days: exposure.lag_days(),
        n: found.n,
        from: found.from,
        to: found.to,
        days_covered: found.days_covered,
        logging,
        n_eff: found.n_eff,
        rho: found.rho,
        ci_low: interval.map(|ends| ends.low),
        ci_high: interval.map(|ends| ends.high),
        partial_rho: partial.map(|partial| partial.rho),
        partial_ci_low: of_partial.map(|ends| ends.low),
        partial_ci_high: of_partial.map(|ends| ends.high),
        partial_n_eff: partial.map(|partial| partial.n_eff),
        detectable_rho: partial.and_then(|partial| detectable_rho(days_left(&partial))),
        p: found.p(),
        q: None,
        flagged: false,
        first_seen: None,
        controls: Controls::default(),
        taken_by: None,
        ways: None,
        rests_on: None,
        reverse_rho: None,
        reverse_p: None,
        gate: found.gate,
    }
}

/// None only when the pain does not lie on the calendar.
pub(super) fn compare(days: &[Day], asked: &Asked, log: Option<LogCoverage>) -> Option<Compared> {
    let mut found = answer(days, asked.logged, asked.question(), log, "load")?;
    // The days themselves first: the season that is taken out leaves fewer, which would not be understood of a short log.
    let few = too_few_days(asked.days_of_both(), "load");
    found.gate = few.or(found.gate);
    Some(found)
}

/// Whether a pair stands out: tested, sure, and with a p of at most `bar`. What is cheapest is asked first. None where it says nothing.
pub(super) fn stands_out(
    days: &[Day],
    pains: &Pains,
    exposure: Exposure,
    log: Option<LogCoverage>,
    bar: f64,
) -> Option<bool> {
    let asked = Asked::new(days, pains, exposure)?;
    let found = beside(days, asked.logged, asked.question(), log, "load")?;
    let is_tested = found.gate.is_none() && too_few_days(asked.days_of_both(), "load").is_none();
    Some(is_tested && is_surely_within(&Ranked::of(&found.question)?, bar))
}

/// Whether what is asked is sure, and its p at most `bar`.
pub(super) fn is_surely_within(ranked: &Ranked, bar: f64) -> bool {
    let is_sure = ranked.given().is_some_and(|left| {
        let low = left.interval().map(|ends| ends.low);
        is_sure(low, left.n_eff())
    });
    is_sure && ranked.p().is_some_and(|p| p <= bar)
}

/// What a question about a pain says. `series` is the pain as it was logged, of which the question may ask run days alone; `of` is what
/// stands beside the pain, in a word. None only when the pain does not lie on the calendar.
pub(super) fn answer(
    days: &[Day],
    series: &DailyPain,
    question: Question,
    log: Option<LogCoverage>,
    of: &'static str,
) -> Option<Compared> {
    let mut found = beside(days, series, question, log, of)?;
    if found.n >= GATES.shown_days_min {
        found.measure(of);
    }
    Some(found)
}

/// The two beside one another with the gate that the log closes, nothing of it measured.
fn beside(
    days: &[Day],
    series: &DailyPain,
    question: Question,
    log: Option<LogCoverage>,
    of: &'static str,
) -> Option<Compared> {
    let mut found = set_beside(days, series, question)?;
    let scores = found.scores(series);
    let logged = days_of_both(&found.question.load, &series.level);
    found.gate = closed_gate(&scores, logged, found.days_covered, log, of);
    Some(found)
}

/// The two series beside one another, their seasons taken out, on the days whose other run is known as well.
fn set_beside(days: &[Day], series: &DailyPain, question: Question) -> Option<Compared> {
    let calendar = days.get(series.days())?;
    let used: Vec<&Day> = days_with_both(calendar, &question).collect();
    Some(Compared {
        n: used.len(),
        from: used.first().copied().or(calendar.first())?.date,
        to: used.last().copied().or(calendar.last())?.date,
        days_covered: calendar.iter().filter(|day| day.covered).count(),
        n_eff: None,
        rho: None,
        interval: None,
        partial: None,
        gate: None,
        question,
    })
}

fn days_with_both<'d>(calendar: &'d [Day], question: &Question) -> impl Iterator<Item = &'d Day> {
    let days = calendar
        .iter()
        .zip(question.load.iter().zip(&question.pain));
    days.filter_map(|(day, (load, pain))| load.and(*pain).map(|_| day))
}

/// Rho of the pain with the distance of the three days after it, the season taken out of both. None below 14 days, or when either is
/// constant.
pub(super) fn reverse(days: &[Day], series: &DailyPain) -> Option<Reverse> {
    let after = without_season(&load_after(days, series.days(), Exposure::Distance3));
    let (known_after, known_pain) = both_known(&after, &series.level);
    if known_pain.len() < GATES.shown_days_min {
        return None;
    }
    let rho = spearman(&known_after, &known_pain)?;
    let p = circular_shift(&after, &series.level)?.p;
    Some(Reverse { rho, p })
}

/// Effective days less the columns taken out, as for an interval.
fn days_left(partial: &PartialShift) -> f64 {
    partial.n_eff - partial.columns as f64
}

impl Compared {
    /// The scores, as they were logged, of the days with both.
    pub(super) fn scores(&self, series: &DailyPain) -> Vec<f64> {
        let known = self.question.load.iter().zip(&self.question.pain);
        let days = series.pain.iter().zip(known);
        days.filter_map(|(score, (load, pain))| load.and(*pain).and(*score))
            .collect()
    }

    /// Rho and its interval, alone and given the rest; where there is none, the gate says so.
    fn measure(&mut self, of: &str) {
        let Question { load, pain, .. } = &self.question;
        let (known_load, known_pain) = both_known(load, pain);
        self.rho = spearman(&known_load, &known_pain);
        let Some(rho) = self.rho else {
            self.close(&format!("the {of} or the scores are the same every day"));
            return;
        };
        self.n_eff = effective_n_of_ranks(load, pain);
        self.interval = self.n_eff.and_then(|n_eff| bonett_wright(rho, n_eff));
        self.partial = partial_shift(&self.question);
        if self.partial.is_none() {
            self.close("the other day's run or yesterday's pain say all that there is to say");
        }
    }

    fn close(&mut self, gate: &str) {
        self.gate.get_or_insert_with(|| gate.to_string());
    }

    /// Of the partial rho.
    pub(super) fn partial_interval(&self) -> Option<Interval> {
        self.partial?.interval()
    }

    /// None where it is not to be tested.
    pub(super) fn p(&self) -> Option<f64> {
        let partial = self.partial.filter(|_| self.gate.is_none());
        partial.map(|partial| partial.p)
    }
}
