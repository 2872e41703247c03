//! What changed before it began: the four weeks before the first pain beside the eight before those (src/method/rules.md, Before it
//! began). A change is no cause, and its absence is worth telling too.

use super::measure::{Alike, Measure};
use crate::{
    model::History,
    rules::{self, Finding, Group, Severity},
    stats::describe::mean,
    time::plus_days,
    units::EPSILON,
};
use chrono::NaiveDate;

/// Weeks of seven days that end the day before the first pain.
pub const LATELY_WEEKS: i64 = 4;

/// Weeks before those.
pub const BEFORE_WEEKS: i64 = 8;

/// What is known of the weeks before a place began to hurt.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The first day of the eight weeks.
    pub before_from: NaiveDate,
    /// The first day of the four weeks.
    pub from: NaiveDate,
    /// The last day of the four weeks: the day before the first pain.
    pub to: NaiveDate,
    /// The measures that are known in at least half of either stretch's weeks, in the order of [`Measure::ALL`].
    pub changes: Vec<Change>,
    /// The others.
    pub unknown: Vec<Measure>,
    /// What the rules about running, sleep and shoes flagged of the four weeks and the first day, by day.
    pub flags: Vec<Flag>,
}

/// One measure in both stretches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// What.
    pub measure: Measure,
    /// The mean of the known weeks of the eight, in the measure's unit.
    pub before: f64,
    /// The lowest and the highest of those weeks.
    pub before_range: (f64, f64),
    /// The mean of the known weeks of the four.
    pub lately: f64,
    /// How many weeks are known: of the eight, of the four.
    pub known: (usize, usize),
    /// How large the change is.
    pub size: Size,
}

/// How large a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Too small to speak of.
    Same,
    /// A change that the runner's weeks have anyway.
    Some,
    /// It stands out.
    StandsOut,
}

/// What a rule flagged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The rule's id.
    pub rule: &'static str,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day it is about.
    pub to: NaiveDate,
    /// What it said then.
    pub message: String,
}

/// The limits of a measure (src/method/rules.md, Before it began).
struct Limits {
    /// A smaller share of change is the same.
    same: f64,
    /// A change of this share stands out whatever the weeks before were like.
    large: f64,
    /// A smaller change is the same whatever its share, in the measure's unit.
    least: f64,
}

impl Change {
    /// The change as a share: −0.5 is half as much. None where there was nothing before.
    pub fn share(&self) -> Option<f64> {
        (self.before > 0.0).then(|| self.lately / self.before - 1.0)
    }
}

impl Changed {
    /// The changes that stand out.
    pub fn standing_out(&self) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(|change| change.size == Size::StandsOut)
    }
}

/// The weeks before `since`.
pub(super) fn before(history: &History, findings: &[Finding], since: NaiveDate) -> Changed {
    let alike = Alike::until(history, since);
    let change = |measure: &Measure| change(history, *measure, since, &alike);
    let changes: Vec<Change> = Measure::ALL.iter().filter_map(change).collect();
    let is_known = |measure: &Measure| changes.iter().any(|change| change.measure == *measure);
    let unknown = Measure::ALL
        .into_iter()
        .filter(|measure| !is_known(measure));
    let from = plus_days(since, -7 * LATELY_WEEKS);
    Changed {
        before_from: plus_days(from, -7 * BEFORE_WEEKS),
        from,
        to: plus_days(since, -1),
        unknown: unknown.collect(),
        flags: flags(findings, from, since),
        changes,
    }
}

/// None where less than half of the weeks are known.
fn change(history: &History, measure: Measure, since: NaiveDate, alike: &Alike) -> Option<Change> {
    let week = |back: i64| measure.of(history, plus_days(since, -7 * back), alike);
    let lately: Vec<f64> = (1..=LATELY_WEEKS).filter_map(week).collect();
    let before = LATELY_WEEKS + 1..=LATELY_WEEKS + BEFORE_WEEKS;
    let before: Vec<f64> = before.filter_map(week).collect();
    let is_enough = |known: &[f64], weeks: i64| 2 * known.len() as i64 >= weeks;
    let is_known = is_enough(&lately, LATELY_WEEKS) && is_enough(&before, BEFORE_WEEKS);
    is_known.then(|| compared(measure, &before, &lately))?
}

fn compared(measure: Measure, before: &[f64], lately: &[f64]) -> Option<Change> {
    let change = Change {
        measure,
        before: mean(before)?,
        before_range: range(before)?,
        lately: mean(lately)?,
        known: (before.len(), lately.len()),
        size: Size::Same,
    };
    let size = change.sized();
    Some(Change { size, ..change })
}

/// The lowest and the highest.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let values = values.iter().copied();
    Some((values.clone().reduce(f64::min)?, values.reduce(f64::max)?))
}

impl Change {
    fn sized(&self) -> Size {
        let limits = self.measure.limits();
        let by = (self.lately - self.before).abs();
        let share = self.share().map_or(f64::INFINITY, f64::abs);
        if share < limits.same - EPSILON || by < limits.least {
            return Size::Same;
        }
        match self.is_unseen() || share >= limits.large {
            true => Size::StandsOut,
            false => Size::Some,
        }
    }

    /// Whether no week before was like it.
    fn is_unseen(&self) -> bool {
        let (lowest, highest) = self.before_range;
        self.lately < lowest || self.lately > highest
    }
}

impl Measure {
    fn limits(self) -> Limits {
        let (same, large, least) = match self {
            Measure::Distance => (0.1, 0.3, 3000.0),
            Measure::Runs => (0.1, 0.3, 0.5),
            Measure::Longest => (0.1, 0.3, 1000.0),
            Measure::HardMinutes => (0.1, 0.3, 10.0),
            Measure::Ascent | Measure::Descent => (0.1, 0.3, 50.0),
            Measure::Cadence => (0.03, 0.05, 3.0),
            Measure::Sleep => (0.05, 0.1, 0.25),
        };
        Limits { same, large, least }
    }
}

/// What was flagged of running, sleep and shoes and reaches into these days, by its first day.
fn flags(findings: &[Finding], from: NaiveDate, to: NaiveDate) -> Vec<Flag> {
    let is_own = |finding: &&Finding| reaches(finding, from, to) && is_of_running(finding);
    in_order(findings.iter().filter(is_own).map(flag).collect())
}

fn in_order(mut flags: Vec<Flag>) -> Vec<Flag> {
    flags.sort_by_key(|flag| (flag.from, flag.to, flag.rule));
    flags
}

fn reaches(finding: &Finding, from: NaiveDate, to: NaiveDate) -> bool {
    finding.from <= to && from <= finding.to
}

/// Whether it says of the running, not of the pain, that it stood out.
fn is_of_running(finding: &Finding) -> bool {
    let group = rules::rule(finding.rule).map(|rule| rule.group);
    let groups = [Group::Load, Group::CadenceAndHills, Group::BesideRunning];
    finding.severity >= Severity::Note && group.is_some_and(|group| groups.contains(&group))
}

fn flag(finding: &Finding) -> Flag {
    Flag {
        rule: finding.rule,
        from: finding.from,
        to: finding.to,
        message: finding.message.clone(),
    }
}
