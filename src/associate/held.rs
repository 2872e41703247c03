//! Whether what stands out today is told: it must be above its controls, and have stood out four weeks ago; and since when it has, and
//! whether it rests on one spell.
//!
//! A report is read every week, and each reading is one more chance for chance. What is flagged must therefore have stood out four weeks
//! earlier, in the log as it was then ([`crate::method::statistics`], Reading it every week).

use super::{
    Exposure,
    asked::{Asked, Pains},
    controls::{self, Control},
    coverage::LogDays,
    daily::Ratings,
    pair::{Association, stands_out},
    ratings,
    rests_on::rests_on,
};
use crate::{
    model::History,
    pain::{
        PainLog, Place,
        episodes::{Episode, episodes},
    },
    time::{days_between, plus_days},
};
use chrono::NaiveDate;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Between two looks, days.
const STEP_DAYS: i64 = 28;

/// How many looks back from the one four weeks ago: a year.
const LOOKS: usize = 13;

/// Takes the flag from what does not beat its controls or did not stand out four weeks ago, and finds out since when the others have and
/// whether they rest on one spell.
///
/// `bar` is the largest p that has a q of at most 0.05 in the family of today ([`crate::stats::fdr::largest_p`]): an earlier look is
/// held to the same. It sees recordings and ratings of the days up to its own, and nothing of those after. Only flagged pairs are looked
/// at.
pub fn hold(found: &mut [Association], history: &History, pain: &PainLog, bar: Option<f64>) {
    if !found.iter().any(|pair| pair.flagged) {
        return;
    }
    let back = Back::new(found, history, pain, bar);
    back.hold_against_controls(found);
    for pair in found.iter_mut().filter(|pair| pair.flagged) {
        pair.first_seen = back.first_seen(pair);
        pair.flagged = pair.first_seen.is_some();
    }
    if found.iter().any(|pair| pair.flagged) {
        let spells = episodes(&pain.entries);
        let flagged = found.iter_mut().filter(|pair| pair.flagged);
        flagged.for_each(|pair| pair.rests_on = back.rests_on(pair, &spells));
    }
}

struct Back<'a> {
    history: &'a History,
    /// Read once, for every look.
    log: LogDays,
    /// Of the places that are flagged, and of those beside them.
    ratings: BTreeMap<Place, Ratings>,
    bar: Option<f64>,
}

impl<'a> Back<'a> {
    fn new(found: &[Association], history: &'a History, pain: &PainLog, bar: Option<f64>) -> Self {
        let days = history.days_until(history.as_of, usize::MAX);
        let flagged = found.iter().filter(|pair| pair.flagged);
        let places = flagged.flat_map(|pair| {
            let other = pair.controls.elsewhere;
            [
                Some((pair.site, pair.side)),
                other.map(|other| (other.site, other.side)),
            ]
        });
        let places: BTreeSet<Place> = places.flatten().collect();
        Back {
            history,
            log: LogDays::new(history, pain),
            ratings: places
                .into_iter()
                .map(|place| (place, ratings(days, pain, place)))
                .collect(),
            bar,
        }
    }

    /// What goes with a pain no more than a control does is no flag. A place that is a link of its own is no control: both knees may
    /// truly answer to long runs.
    fn hold_against_controls(&self, found: &mut [Association]) {
        let is_link = |pair: &&Association| pair.flagged && pair.beats_after();
        let of_pair = |pair: &Association| (pair.site, pair.side, pair.exposure);
        let links: Vec<_> = found.iter().filter(is_link).map(of_pair).collect();
        for pair in found.iter_mut().filter(|pair| pair.flagged) {
            // A load outside the other place's family was not tested yet: it is now.
            let is_own_link = |(site, side): Place| {
                links.contains(&(site, side, pair.exposure))
                    || self.stood_out((site, side), pair.exposure, self.history.as_of)
                        && self.beats_after((site, side), pair.exposure)
            };
            let other = pair.controls.elsewhere;
            let other = other.map(|other| (other.site, other.side));
            pair.taken_by = if !pair.beats_after() {
                Some(Control::After)
            } else if !pair.beats_elsewhere() && !other.is_some_and(is_own_link) {
                Some(Control::Elsewhere)
            } else {
                None
            };
            pair.flagged = pair.taken_by.is_none();
        }
    }

    /// None when the pair did not stand out four weeks ago.
    fn first_seen(&self, pair: &Association) -> Option<NaiveDate> {
        let weeks_ago = plus_days(self.history.as_of, -STEP_DAYS);
        let place = (pair.site, pair.side);
        let stood_out = |day: &NaiveDate| self.stood_out(place, pair.exposure, *day);
        stood_out(&weeks_ago).then(|| {
            let looks = looks(pair.from, weeks_ago).take_while(stood_out);
            looks.last().unwrap_or(weeks_ago)
        })
    }

    /// Whether the pair would have stood out in the report of a day.
    fn stood_out(&self, place: Place, exposure: Exposure, as_of: NaiveDate) -> bool {
        let days = self.history.days_until(as_of, usize::MAX);
        let stood_out = || {
            let pains = Pains::of(self.ratings.get(&place)?, days.len())?;
            stands_out(days, &pains, exposure, self.log.until(as_of), self.bar?)
        };
        stood_out().unwrap_or(false)
    }

    /// Whether a pair outside the family is above the load after it.
    fn beats_after(&self, place: Place, exposure: Exposure) -> bool {
        self.with_asked(place, exposure, |asked| {
            let question = asked.question();
            let (rho, after) = (
                controls::rho(&question)?,
                controls::after(asked, &question)?,
            );
            Some(rho > after)
        })
        .unwrap_or(true)
    }

    /// First and last day of the spell that the pair rests on.
    fn rests_on(&self, pair: &Association, spells: &[Episode]) -> Option<(NaiveDate, NaiveDate)> {
        let place = (pair.site, pair.side);
        let here = spells
            .iter()
            .filter(|spell| (spell.site, spell.side) == place);
        let here: Vec<&Episode> = here.collect();
        let bar = self.bar?;
        let place = self.with_asked(place, pair.exposure, |asked| {
            let first = self.history.days.get(asked.logged.first)?.date;
            let on_calendar: Vec<Range<usize>> =
                here.iter().map(|spell| days_of(spell, first)).collect();
            rests_on(&asked.question(), &on_calendar, bar)
        })?;
        here.get(place).map(|spell| (spell.from, spell.to))
    }

    /// What is asked of a pair today. None where the place was not rated, or the answer is.
    fn with_asked<T>(
        &self,
        place: Place,
        exposure: Exposure,
        ask: impl Fn(&Asked) -> Option<T>,
    ) -> Option<T> {
        let days = self.history.days_until(self.history.as_of, usize::MAX);
        let pains = Pains::of(self.ratings.get(&place)?, days.len())?;
        ask(&Asked::new(days, &pains, exposure)?)
    }
}

/// The days of a spell on a calendar that begins on that day.
fn days_of(spell: &Episode, first: NaiveDate) -> Range<usize> {
    let index = |day: NaiveDate| usize::try_from(days_between(first, day)).unwrap_or(0);
    index(spell.from)..index(plus_days(spell.to, 1))
}

/// The days of the looks, the latest first: whole steps from the first day of the pair, so that the day a pair was first seen stays the
/// same from one week's report to the next.
fn looks(from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let steps = days_between(from, until) / STEP_DAYS;
    (1..=steps)
        .rev()
        .map(move |step| plus_days(from, step * STEP_DAYS))
        .take(LOOKS)
}
