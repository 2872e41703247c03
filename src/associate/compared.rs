//! Which days of a place are compared, and what is taken of pain and runs for them: of all logged days, or of run days alone
//! ([`crate::method::statistics`], Run days and rest days).

use super::{
    Exposure,
    daily::{DailyPain, on_run_days, other_run, whole_other_run},
    logging::Logging,
};
use crate::{
    model::Day,
    stats::season::{without_season, without_season_of},
};
use std::ops::Range;

/// All logged days of a history, or those with a run alone.
#[derive(Clone, Copy)]
pub(super) struct ComparedDays<'a> {
    days: &'a [Day],
    run_days_only: bool,
}

impl<'a> ComparedDays<'a> {
    /// However they were logged.
    pub(super) fn all(days: &'a [Day]) -> Self {
        ComparedDays {
            days,
            run_days_only: false,
        }
    }

    /// As the log of a place asks for.
    pub(super) fn of(days: &'a [Day], logging: Logging) -> Self {
        ComparedDays {
            days,
            run_days_only: logging.run_days_only(),
        }
    }

    /// Whether run days alone are compared.
    pub(super) fn are_run_days(self) -> bool {
        self.run_days_only
    }

    /// The pain that is compared, less its season.
    pub(super) fn level(self, logged: &DailyPain) -> Vec<Option<f64>> {
        match self.run_days_only {
            true => logged.on_run_days(self.days).level,
            false => logged.level.clone(),
        }
    }

    /// A series from this day of the history on, less its season. Where run days alone are compared that is what the run days around have:
    /// only so is what is taken off the pain a mean of the same days as what is taken off the loads.
    pub(super) fn less_season(self, first: usize, series: &[Option<f64>]) -> Vec<Option<f64>> {
        match self.run_days_only {
            true => without_season_of(series, &on_run_days(self.days, first, series)),
            false => without_season(series),
        }
    }

    /// What is held fixed of the runs ([`other_run`]).
    pub(super) fn other_run(
        self,
        calendar: Range<usize>,
        exposure: Exposure,
    ) -> [Vec<Option<f64>>; 2] {
        if !self.run_days_only {
            return other_run(self.days, calendar, exposure);
        }
        let [distance, ran] = whole_other_run(self.days, calendar.clone(), exposure);
        [self.less_season(calendar.start, &distance), ran]
    }

    /// What is held fixed of earlier pain, less its season: yesterday's. Where run days alone are compared and the load is that of days
    /// before, the last run day's, for whether yesterday's is known follows from yesterday's run then.
    pub(super) fn pain_before(
        self,
        whole: &DailyPain,
        calendar: Range<usize>,
        exposure: Exposure,
    ) -> Vec<Option<f64>> {
        match self.asks_last_run(exposure) {
            true => self.of_last_run(&whole.on_run_days(self.days), |pain| &pain.level, calendar),
            false => whole.yesterday(calendar),
        }
    }

    /// The same with its season.
    pub(super) fn whole_pain_before(
        self,
        whole: &DailyPain,
        calendar: Range<usize>,
        exposure: Exposure,
    ) -> Vec<Option<f64>> {
        match self.asks_last_run(exposure) {
            true => self.of_last_run(whole, |pain| &pain.pain, calendar),
            false => whole.whole_yesterday(calendar),
        }
    }

    fn asks_last_run(self, exposure: Exposure) -> bool {
        self.run_days_only && !exposure.is_same_day()
    }

    /// On each day of a calendar what the last day with a run before it has. None before the first.
    fn of_last_run(
        self,
        pain: &DailyPain,
        of: impl Fn(&DailyPain) -> &[Option<f64>],
        calendar: Range<usize>,
    ) -> Vec<Option<f64>> {
        let on = |day: usize| *of(pain).get(day.checked_sub(pain.first)?)?;
        let has_run = |day: usize| self.days.get(day).is_some_and(|day| day.runs > 0);
        let mut last = None;
        let mut before = |day| {
            let before = last;
            if has_run(day) {
                last = on(day);
            }
            before
        };
        calendar.map(&mut before).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::{daily::load_of, logging::Logged, tests::history};

    /// A log of rest days that hurt, and of no others.
    const SORE_REST: Logging = Logging {
        run: Logged {
            days: 100,
            logged: 100,
            zeros: 60,
        },
        rest: Logged {
            days: 80,
            logged: 20,
            zeros: 0,
        },
    };

    /// Run, rest, and twice rest after every third run; the runs are never of equal length.
    fn metres(day: usize) -> f64 {
        match day % 7 {
            1 | 3 | 5 => 5000.0 + 700.0 * (day * day % 11) as f64,
            _ => 0.0,
        }
    }

    #[test]
    fn the_pain_before_is_the_last_run_days() {
        let days = history(&[0.0, 8.0, 0.0, 0.0, 5.0, 6.0, 0.0].map(Some)).days;
        let pain = [None, Some(2.0), None, Some(4.0), None, Some(1.0), Some(0.0)];
        let pain = DailyPain::new(0, pain.to_vec());
        let before = |logging, exposure| {
            ComparedDays::of(&days, logging).whole_pain_before(&pain, 0..7, exposure)
        };
        // A run day that was not logged is unknown, and no older one stands in for it; pain of rest days takes no part.
        assert_eq!(
            before(SORE_REST, Exposure::Distance1),
            [None, None, Some(2.0), Some(2.0), Some(2.0), None, Some(1.0)]
        );
        let yesterday = [None, None, Some(2.0), None, Some(4.0), None, Some(1.0)];
        assert_eq!(before(SORE_REST, Exposure::Distance0), yesterday);
        assert_eq!(before(Logging::default(), Exposure::Distance1), yesterday);
        // A calendar that begins later, on the day of the second run.
        let later = DailyPain::new(4, vec![Some(3.0), None, Some(5.0)]);
        let compared = ComparedDays::of(&days, SORE_REST);
        assert_eq!(
            compared.whole_pain_before(&later, 4..7, Exposure::Distance3),
            [None, Some(3.0), None]
        );
    }

    #[test]
    fn pain_that_is_todays_distance_stays_so_on_run_days() {
        let all: Vec<Option<f64>> = (0..84).map(|day| Some(metres(day))).collect();
        let days = history(&all).days;
        let (first, calendar) = (3, 3..80);
        // A point for each kilometre, and 1 to 3 on rest days that were logged.
        let rated = |day: usize| match metres(day) {
            0.0 => (day % 5 == 2).then_some((1 + day % 3) as f64),
            metres => Some(metres / 1000.0),
        };
        let logged = DailyPain::new(first, calendar.clone().map(rated).collect());
        let compared = ComparedDays::of(&days, SORE_REST);
        let [distance, _] = compared.other_run(calendar.clone(), Exposure::Distance1);
        let level = compared.level(&logged);
        let on_runs = |series: &[Option<f64>]| -> Vec<f64> {
            let days = calendar.clone().zip(series);
            let runs = days.filter(|(day, _)| metres(*day) > 0.0);
            runs.filter_map(|(_, value)| *value).collect()
        };
        let (pain, km) = (on_runs(&level), on_runs(&distance));
        // Of the 33 runs the first has five others around it, which makes six of the seven that a mean needs.
        assert_eq!(pain.len(), 32);
        let is_near = |(pain, metres): (&f64, &f64)| (pain - metres / 1000.0).abs() < 1e-9;
        assert!(pain.iter().zip(&km).all(is_near), "{pain:?} {km:?}");
        // A rest day has what the runs around it leave of nothing: less than any run.
        let rest = |day: usize| distance[day - first].unwrap();
        assert!(
            (10..70)
                .filter(|day| metres(*day) == 0.0)
                .all(|day| rest(day) < -4000.0)
        );
        // Given the distance less the season of all days, something would be left that goes with the level of running.
        let [of_all, _] = ComparedDays::all(&days).other_run(calendar.clone(), Exposure::Distance1);
        let of_all = on_runs(&of_all);
        assert!(!pain.iter().zip(&of_all).any(is_near));
    }

    #[test]
    fn loads_are_less_what_the_run_days_around_have() {
        let all: Vec<Option<f64>> = (0..60).map(|day| Some(metres(day))).collect();
        let days = history(&all).days;
        let yesterday = load_of(&days, 1..60, Exposure::Distance1);
        let compared = ComparedDays::of(&days, SORE_REST);
        // Every run follows a day of rest, so that run days have a mean of 0 and a rest day keeps what was run before it.
        let level = compared.less_season(1, &yesterday);
        assert_eq!(level[20..40], yesterday[20..40]);
        let of_all = ComparedDays::all(&days).less_season(1, &yesterday);
        assert_eq!(of_all, without_season(&yesterday));
    }
}
