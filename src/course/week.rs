//! The last seven days beside the runner's usual, and how far the next run could go before a rule would speak.
//!
//! Seven days up to the day of the report and not the calendar week: on a Tuesday two days beside seven would always look like
//! little (src/method/rules.md, Usual weeks). On a Sunday both are the same.

use super::measure::{Alike, Measure};
use crate::{
    backtest::watch::Watch,
    model::{History, Run},
    rules::{Rule, single_run_spike, weekly_distance_jump},
    stats::describe::quantile,
    time::{date_text, days_between, plus_days, week_start},
    units::Units,
};
use chrono::NaiveDate;

/// The usual is looked for in so many weeks before the last seven days.
pub const USUAL_WEEKS: i64 = 12;

/// Fewer known weeks than this have no usual.
pub const USUAL_WEEKS_MIN: usize = 4;

/// After so many days without a run it is not known whether recordings are complete (src/method/rules.md, Covered days).
const GAP_DAYS: i64 = 10;

/// The last seven days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThisWeek {
    /// The first of them.
    pub from: NaiveDate,
    /// The last: the day of the report.
    pub to: NaiveDate,
    /// The last recorded run up to then, whenever it was. What lies after it is not known to be complete.
    pub last_run: Option<NaiveDate>,
    /// Metres run.
    pub distance_m: Beside,
    /// Runs.
    pub runs: Beside,
    /// The longest run, m.
    pub longest_m: Beside,
    /// Metres climbed.
    pub ascent_m: Beside,
    /// Sleep a night, h.
    pub sleep_h: Beside,
    /// How far the next run could go before a rule would speak.
    pub next: Bucket,
}

/// A number of the last seven days beside the runner's usual.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Beside {
    /// Of the last seven days, as far as they are recorded. None: not known, which is not zero.
    pub now: Option<f64>,
    /// The middle half (quartile to quartile) of the weeks of seven days before. None: fewer than [`USUAL_WEEKS_MIN`] are known.
    pub usual: Option<(f64, f64)>,
    /// How many of those [`USUAL_WEEKS`] are known.
    pub weeks: usize,
}

/// How far the next run could go before a rule would speak: what is left of the nearer of two limits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bucket {
    /// Metres. None: `withheld`, or neither limit is known.
    pub next_m: Option<f64>,
    /// What limits it. None with `next_m`.
    pub by: Option<Full>,
    /// The longest run that would not be flagged, m.
    pub run_m: Option<f64>,
    /// The week that would not be flagged, m: the calendar week of the day after the report.
    pub week_m: Option<f64>,
    /// Run so far in that week, m.
    pub week_so_far_m: Option<f64>,
    /// Why no distance is named, as the end of a sentence: something is to be looked at first, or a place hurts.
    pub withheld: Option<String>,
    /// What is missing to name one, in words, where neither limit is known.
    pub missing: Option<String>,
}

/// Said with every distance that is named.
pub const CAUTION: &str =
    "That is where a rule would speak, not how much is good for you; how you feel comes first.";

/// What is full first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The single run, by the longest of the 30 days before.
    Run,
    /// The week, by the weeks before.
    Week,
}

impl Full {
    /// The rule that would speak.
    pub fn rule(self) -> &'static Rule {
        match self {
            Full::Run => &single_run_spike::RULE,
            Full::Week => &weekly_distance_jump::RULE,
        }
    }

    /// Why a rule would speak, after its distance.
    pub fn because(self) -> &'static str {
        match self {
            Full::Run => "because of the longest run of the last 30 days",
            Full::Week => "because of what the week holds already",
        }
    }
}

impl Bucket {
    /// `This week 4.1 km so far; a rule speaks beyond 33.6 km.` Of the calendar week of the run, which may not have begun on the last
    /// known day. None where its limit is not known.
    pub fn week_text(&self, known: NaiveDate, run: NaiveDate, units: Units) -> Option<String> {
        let week_m = self.week_m.filter(|metres| *metres > 0.0)?;
        let (monday, limit) = (week_start(run), units.distance_text(week_m));
        let so_far = units.distance_text(self.week_so_far_m.unwrap_or(0.0));
        Some(match monday <= known {
            true => format!("This week {so_far} so far; a rule speaks beyond {limit}."),
            false => format!(
                "In the week from {} a rule speaks beyond {limit}.",
                date_text(monday)
            ),
        })
    }
}

/// The last seven days and the next run.
pub fn week(history: &History, watch: &Watch) -> ThisWeek {
    let from = plus_days(history.as_of, -6);
    let alike = Alike::until(history, history.as_of);
    let beside = |measure| beside(history, measure, from, &alike);
    ThisWeek {
        from,
        to: history.as_of,
        last_run: last_run(history),
        distance_m: beside(Measure::Distance),
        runs: beside(Measure::Runs),
        longest_m: beside(Measure::Longest),
        ascent_m: beside(Measure::Ascent),
        sleep_h: beside(Measure::Sleep),
        next: bucket(watch),
    }
}

fn last_run(history: &History) -> Option<NaiveDate> {
    let until = history.runs_between(NaiveDate::MIN, history.as_of);
    until.last().map(Run::local_date)
}

fn beside(history: &History, measure: Measure, from: NaiveDate, alike: &Alike) -> Beside {
    let week = |back: i64| measure.of(history, plus_days(from, -7 * back), alike);
    let known: Vec<f64> = (1..=USUAL_WEEKS).filter_map(week).collect();
    let usual = quantile(&known, 0.25).zip(quantile(&known, 0.75));
    Beside {
        now: now(history, measure, from, alike),
        usual: usual.filter(|_| known.len() >= USUAL_WEEKS_MIN),
        weeks: known.len(),
    }
}

/// What is recorded of the last seven days, though the days after the last run are not known to be complete.
fn now(history: &History, measure: Measure, from: NaiveDate, alike: &Alike) -> Option<f64> {
    if measure == Measure::Sleep {
        return measure.of(history, from, alike);
    }
    if !is_running_still(history) {
        return None;
    }
    measure.of_runs(history.runs_between(from, history.as_of), alike)
}

fn is_running_still(history: &History) -> bool {
    let last = last_run(history);
    last.is_some_and(|last| days_between(last, history.as_of) <= GAP_DAYS)
}

/// What is left of the nearer limit.
pub fn bucket(watch: &Watch) -> Bucket {
    let in_week = watch
        .week_m
        .map(|metres| (metres - watch.week_so_far_m.unwrap_or(0.0)).max(0.0));
    let limits = [
        watch.next_run_m.map(|metres| (metres, Full::Run)),
        in_week.map(|metres| (metres, Full::Week)),
    ];
    let nearer = limits
        .into_iter()
        .flatten()
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let missing = watch
        .next_run_missing
        .as_ref()
        .or(watch.week_missing.as_ref());
    Bucket {
        next_m: nearer.map(|(metres, _)| metres),
        by: nearer.map(|(_, by)| by),
        run_m: watch.next_run_m,
        week_m: watch.week_m,
        week_so_far_m: watch.week_so_far_m,
        withheld: watch.withheld.clone(),
        missing: missing.filter(|_| nearer.is_none()).cloned(),
    }
}
