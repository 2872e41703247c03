//! What is known of each place that hurts now, and of this week: facts for whoever looks at it, runner or clinician.
//!
//! No verdict is made here and no advice: what is asked is the rules' ([`crate::rules::ladder`]), which also say in which order the
//! places stand. A file a fact. A change before pain began is no cause, and its absence is worth telling as much
//! (src/method/rules.md, Before it began).

pub mod back;
pub mod back_said;
mod by_moment;
pub mod changed;
mod cost;
pub mod lines;
mod measure;
mod onset_run;
mod places;
mod rows;
mod scores;
mod shoes;
pub mod short;
mod spells;
pub mod week;

pub use back::{Back, Gap, Sound, WeekBack};
pub use by_moment::AtMoment;
pub use changed::{Change, Changed, Flag, Size};
pub use cost::Cost;
pub use lines::{Flagged, Lines, ShoeLine, WeekLine};
pub use measure::Measure;
pub use onset_run::OnsetRun;
pub use rows::Row;
pub use scores::WeekScore;
pub use shoes::WornShoe;
pub use short::Short;
pub use spells::Spell;
pub use week::{Beside, Bucket, Full, ThisWeek};

use crate::{
    model::History,
    pain::{Function, Moment, PainLog, Place, Sign},
    rules::Finding,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One place that hurts now: how it went, and what came before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Where, as the log writes it.
    pub place: Place,
    /// First day of the spell that it is in, or was in last; of a place without a rating the first of its rows without a longer
    /// break ([`crate::pain::episodes`]).
    pub since: NaiveDate,
    /// The day the report speaks from.
    pub as_of: NaiveDate,
    /// Every row about the place from `since` to `as_of`, in the order of the log. Never empty.
    pub rows: Vec<Row>,
    /// Days from `since` to `as_of` on which the place was rated 0 by rows about everything and by none about itself.
    pub clear_days: Vec<NaiveDate>,
    /// The highest rating of the spell, above 0 up to 10, and the last day with it. None: it was never rated above 0.
    pub highest: Option<(f64, NaiveDate)>,
    /// The highest rating of the last rated day, 0 to 10, and that day. None: it was never rated.
    pub latest: Option<(f64, NaiveDate)>,
    /// Two zeros were logged since the last pain ([`crate::pain::episodes::ZEROS_TO_END`]).
    pub has_settled: bool,
    /// The pattern of the day: moments with a rating, in the order run, after it, evening, night, morning, rest.
    pub by_moment: Vec<AtMoment>,
    /// The weekly questions about this place, by day.
    pub scores: Vec<WeekScore>,
    /// Spells of the same place before, the newest first.
    pub earlier: Vec<Spell>,
    /// Shoes of the runs of late, the most worn first. Empty where no run says its shoe.
    pub shoes: Vec<WornShoe>,
    /// The run of the day it began, or the last of the two days before. None: no run was recorded then.
    pub onset_run: Option<OnsetRun>,
    /// What changed before it began.
    pub changed: Changed,
}

/// The course of every place that is asked about or was rated above 2 of 10 in the last 14 days: the most urgent first, then the
/// highest rating.
pub fn courses(history: &History, pain: &PainLog, findings: &[Finding]) -> Vec<Course> {
    let course = |place| course(history, pain, findings, place);
    let places = places::current(pain, findings, history.as_of);
    places.into_iter().filter_map(course).collect()
}

/// None for a place that no row up to the day of the report is about.
fn course(history: &History, pain: &PainLog, findings: &[Finding], place: Place) -> Option<Course> {
    let told = rows::Told::of(history, pain, place);
    let spell = told.spell()?;
    let (rows, clear_days) = told.since(spell.from);
    let (highest, latest) = rows::extremes(&rows, &clear_days);
    Some(Course {
        place,
        since: spell.from,
        as_of: history.as_of,
        highest,
        latest,
        has_settled: spell.has_settled,
        by_moment: by_moment::of(&rows),
        scores: scores::of(&rows),
        earlier: told.earlier(spell.from),
        shoes: shoes::of(history),
        onset_run: onset_run::of(history, spell.from),
        changed: changed::before(history, findings, spell.from),
        rows,
        clear_days,
    })
}

impl Course {
    /// Days from the first to the day of the report, both counted.
    pub fn days(&self) -> i64 {
        crate::time::days_between(self.since, self.as_of) + 1
    }

    /// Days on which pain did at least this to running.
    pub fn days_with(&self, least: Function) -> BTreeSet<NaiveDate> {
        self.days_of(|row| row.entry.effect().is_some_and(|effect| effect >= least))
    }

    /// Days on which pain did this to running and nothing graver.
    pub fn days_of_exactly(&self, effect: Function) -> BTreeSet<NaiveDate> {
        let graver = |day: &NaiveDate| {
            let rows = self.rows.iter().filter(|row| row.entry.date == *day);
            rows.filter_map(|row| row.entry.effect()).max() > Some(effect)
        };
        let mut days = self.days_of(|row| row.entry.effect() == Some(effect));
        days.retain(|day| !graver(day));
        days
    }

    /// Days on which a run was cut short, stopped or missed, or the place bore no weight.
    pub fn days_of_less_running(&self) -> BTreeSet<NaiveDate> {
        self.days_with(Function::CutShort)
    }

    /// Days on which it hurt at night.
    pub fn days_of_night_pain(&self) -> BTreeSet<NaiveDate> {
        self.days_of(|row| {
            let hurts = row.entry.moment == Moment::Night && row.entry.pain > Some(0.0);
            hurts || row.entry.has_sign(Sign::NightPain)
        })
    }

    /// Days on which a painkiller was taken.
    pub fn days_of_painkillers(&self) -> BTreeSet<NaiveDate> {
        self.days_of(|row| row.entry.painkiller == Some(true))
    }

    /// Signs that rows or their notes tell of, in the order of the vocabulary, each with its days.
    pub fn signs(&self) -> Vec<(Sign, BTreeSet<NaiveDate>)> {
        let all = Sign::ALL
            .iter()
            .map(|sign| (*sign, self.days_signed(*sign)));
        all.filter(|(_, days)| !days.is_empty()).collect()
    }

    fn days_signed(&self, sign: Sign) -> BTreeSet<NaiveDate> {
        self.days_of(|row| row.entry.has_sign(sign))
    }

    fn days_of(&self, is_so: impl Fn(&Row) -> bool) -> BTreeSet<NaiveDate> {
        let rows = self.rows.iter().filter(|row| is_so(row));
        rows.map(|row| row.entry.date).collect()
    }
}

#[cfg(test)]
mod tests;
