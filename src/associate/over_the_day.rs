//! The 24 hours around a run: how much a place hurts before it, in it, after it and on the morning after. A description, not tested
//! ([`crate::method::statistics`], The 24 hours around a run).

use super::daily::{day_index, highest, hurting_places, rating};
use crate::{
    model::{Day, History},
    pain::{Moment, PainLog, Place, Side, Site},
    stats::mean_interval::{MeanOf, mean_of},
};

/// A time around a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Time {
    /// Before it.
    Before,
    /// In it.
    During,
    /// Right after it.
    After,
    /// In the evening of its day.
    Evening,
    /// In the night that the log writes down under its day.
    Night,
    /// On the morning of the day after.
    NextMorning,
}

impl Time {
    /// All, in the order of the day.
    const ALL: [Time; 6] = [
        Time::Before,
        Time::During,
        Time::After,
        Time::Evening,
        Time::Night,
        Time::NextMorning,
    ];

    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Time::Before => "before",
            Time::During => "during",
            Time::After => "after",
            Time::Evening => "evening",
            Time::Night => "night",
            Time::NextMorning => "next_morning",
        }
    }

    /// The moment of the rating.
    pub fn moment(self) -> Moment {
        match self {
            Time::Before => Moment::Before,
            Time::During => Moment::During,
            Time::After => Moment::After,
            Time::Evening => Moment::Evening,
            Time::Night => Moment::Night,
            Time::NextMorning => Moment::Morning,
        }
    }

    /// Days from the run to the rating.
    fn days_later(self) -> usize {
        usize::from(self == Time::NextMorning)
    }
}

/// The ratings of one place around its runs.
#[derive(Debug, Clone, PartialEq)]
pub struct OverTheDay {
    /// Where the pain was logged.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// The times with a rating, in the order of the day: of each run day the highest of that time. The interval is cut at 0 and 10.
    pub at: Vec<(Time, MeanOf)>,
}

/// Of every limb that ever hurt, over the whole log; places without a rating around a run are left out. Ratings that came from words
/// take no part.
pub(super) fn over_the_day(history: &History, pain: &PainLog) -> Vec<OverTheDay> {
    let days = history.days_until(history.as_of, usize::MAX);
    let places = hurting_places(pain, days);
    let found = places.map(|place| OverTheDay {
        site: place.0,
        side: place.1,
        at: Time::ALL
            .into_iter()
            .filter_map(|time| Some((time, at(days, pain, place, time)?)))
            .collect(),
    });
    found.filter(|found| !found.at.is_empty()).collect()
}

fn at(days: &[Day], pain: &PainLog, place: Place, time: Time) -> Option<MeanOf> {
    let entries = pain.entries.iter();
    let rated = entries
        .filter(|entry| entry.moment == time.moment())
        .filter_map(|entry| day_index(days, entry).zip(rating(entry, place)));
    let is_of_run = |day: &usize| {
        let run = day.checked_sub(time.days_later());
        run.and_then(|run| days.get(run))
            .is_some_and(|day| day.runs > 0)
    };
    let by_day = highest(rated.filter(|(day, _)| is_of_run(day)));
    let values: Vec<f64> = by_day.into_values().collect();
    let mut found = mean_of(&values)?;
    if let Some(ends) = &mut found.interval {
        (ends.low, ends.high) = (ends.low.max(0.0), ends.high.min(10.0));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::{date, history},
        pain::Entry,
    };

    #[test]
    fn ratings_are_those_of_run_days_and_the_morning_after() {
        // Runs on the days 0, 2 and 3.
        let days = [5000.0, 0.0, 8000.0, 3000.0, 0.0].map(Some);
        let row = |day: usize, moment, pain| Entry {
            site: Some(Site::Calf),
            pain: Some(pain),
            moment,
            ..Entry::on(date(day))
        };
        let pain = PainLog {
            entries: vec![
                row(0, Moment::During, 2.0),
                row(0, Moment::During, 4.0),
                row(1, Moment::Morning, 1.0),
                row(1, Moment::Evening, 9.0),
                row(2, Moment::Morning, 8.0),
                row(2, Moment::During, 1.0),
                row(3, Moment::Morning, 3.0),
                row(4, Moment::Morning, 5.0),
            ],
            ..PainLog::default()
        };
        let found = over_the_day(&history(&days), &pain);
        let [calf] = &found[..] else {
            panic!("{found:?}")
        };
        // The evening of day 1 and the morning of day 2 belong to no run.
        let told: Vec<_> = calf
            .at
            .iter()
            .map(|(time, of)| (*time, of.n, of.mean))
            .collect();
        assert_eq!(told, [(Time::During, 2, 2.5), (Time::NextMorning, 3, 3.0)]);
        assert!(over_the_day(&history(&days), &PainLog::default()).is_empty());
    }
}
