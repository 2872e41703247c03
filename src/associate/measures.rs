//! What stands before a day's pain beside distance and hills: step rate, step length, hard minutes, load, the longest run, sleep, the
//! shoe and days without a rest. One line to add a measure.

use crate::{
    metrics::step_length,
    model::{Day, History, Run},
    pain::{PainLog, Site},
    rules::{Context, cadence_below_own::own_by_day},
    stats::describe::mean,
    time::plus_days,
    units::Units,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Something that is known of the days before a day.
pub(super) struct Measure {
    /// Name with unit and days; stable.
    pub(super) id: &'static str,
    /// In a table.
    pub(super) title: &'static str,
    /// Places that the measure is foremost about: they come first.
    pub(super) foremost: &'static [Site],
    /// What is missing where no day has a value.
    pub(super) absent: &'static str,
    /// Its value before the day at this index of the calendar. None: not known.
    pub(super) before: fn(&Known, usize) -> Option<f64>,
}

const KNEES: &[Site] = &[Site::Knee, Site::Kneecap];
const UPHILL: &[Site] = super::family::ASCENT_SITES;
const DOWNHILL: &[Site] = super::family::DESCENT_SITES;

/// Fixed in advance (src/method/statistics.md, Beside the main tests).
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        id: "cadence_own_percent_7",
        title: "step rate against your own at that pace, 7 days before",
        foremost: KNEES,
        absent: "no line of your own step rate could be drawn: it needs ten runs with flat, steady running from one device",
        before: |known, day| known.cadence_own(day),
    },
    Measure {
        id: "step_length_m_7",
        title: "step length on the flat, 7 days before",
        foremost: KNEES,
        absent: "no run has a step rate on the flat",
        before: |known, day| known.mean_of_runs(day, step_length::of),
    },
    Measure {
        id: "hard_s_7",
        title: "hard minutes, 7 days before",
        foremost: &[],
        absent: "no day has hard minutes: they need heart rate and its maximum",
        before: |known, day| known.hard_s(day),
    },
    Measure {
        id: "load_3",
        title: "load, 3 days before",
        foremost: &[],
        absent: "no day has a load",
        before: |known, day| known.sum(day, 3, |day| day.load),
    },
    Measure {
        id: "load_7",
        title: "load, 7 days before",
        foremost: &[],
        absent: "no day has a load",
        before: |known, day| known.sum(day, 7, |day| day.load),
    },
    Measure {
        id: "longest_run_m_7",
        title: "longest run of the 7 days before",
        foremost: &[],
        absent: "no run has a distance",
        before: |known, day| known.longest_m(day),
    },
    Measure {
        id: "ascent_m_7",
        title: "climbing, 7 days before",
        foremost: UPHILL,
        absent: "no day has an altitude",
        before: |known, day| known.sum(day, 7, |day| day.ascent_m),
    },
    Measure {
        id: "descent_m_7",
        title: "descending, 7 days before",
        foremost: DOWNHILL,
        absent: "no day has an altitude",
        before: |known, day| known.sum(day, 7, |day| day.descent_m),
    },
    Measure {
        id: "sleep_s_1",
        title: "sleep of the night before",
        foremost: &[],
        absent: "no night has its sleep",
        before: |known, day| known.sleep_s(day),
    },
    Measure {
        id: "shoe_distance_m_1",
        title: "distance on the shoe last worn",
        foremost: &[],
        absent: "no run names its shoe",
        before: |known, day| known.latest(day, |run| run.shoe_distance_m),
    },
    Measure {
        id: "days_since_rest",
        title: "days with a run in a row up to the day before",
        foremost: &[],
        absent: "no day is covered by recordings",
        before: |known, day| known.days_since_rest(day),
    },
];

/// Days a mean of runs looks back.
const WEEK: usize = 7;

/// The recordings up to the day of the report, as measures ask for them.
pub(super) struct Known<'a> {
    history: &'a History,
    /// The calendar up to the day of the report.
    pub(super) days: &'a [Day],
    own: BTreeMap<NaiveDate, f64>,
}

impl<'a> Known<'a> {
    pub(super) fn new(history: &'a History, pain: &'a PainLog) -> Self {
        // Under the rule's own limits, whatever the runner's: what is tested is fixed in advance.
        let context = Context::new(history, pain, Units::Km);
        Known {
            history,
            days: history.days_until(history.as_of, usize::MAX),
            own: own_by_day(&context).into_iter().collect(),
        }
    }

    /// A measure before every day of the calendar.
    pub(super) fn series(&self, before: fn(&Known, usize) -> Option<f64>) -> Vec<Option<f64>> {
        let value = |day| before(self, day).filter(|value| value.is_finite());
        (0..self.days.len()).map(value).collect()
    }

    fn window(&self, day: usize, length: usize) -> Option<&[Day]> {
        self.days.get(day.checked_sub(length)?..day)
    }

    /// The runs of the days before. None where the calendar does not reach so far back.
    fn runs(&self, day: usize, length: usize) -> Option<&[Run]> {
        let window = self.window(day, length)?;
        let (first, last) = (window.first()?.date, window.last()?.date);
        Some(self.history.runs_between(first, last))
    }

    /// None when one of the days is unknown.
    pub(super) fn sum(
        &self,
        day: usize,
        length: usize,
        of: fn(&Day) -> Option<f64>,
    ) -> Option<f64> {
        self.window(day, length)?.iter().map(of).sum()
    }

    /// The mean of the runs that have one.
    pub(super) fn mean_of_runs(&self, day: usize, of: fn(&Run) -> Option<f64>) -> Option<f64> {
        let values: Vec<f64> = self.runs(day, WEEK)?.iter().filter_map(of).collect();
        mean(&values)
    }

    /// Of the latest run of the week before that has one.
    pub(super) fn latest(&self, day: usize, of: fn(&Run) -> Option<f64>) -> Option<f64> {
        self.runs(day, WEEK)?.iter().rev().find_map(of)
    }

    /// None when a day is unknown or a run of the week lacks it.
    fn hard_s(&self, day: usize) -> Option<f64> {
        let is_known = self
            .window(day, WEEK)?
            .iter()
            .all(|day| day.distance_m.is_some());
        let hard: Option<f64> = self.runs(day, WEEK)?.iter().map(|run| run.hard_s).sum();
        hard.filter(|_| is_known)
    }

    /// None when a day is unknown: the longest may be missing.
    fn longest_m(&self, day: usize) -> Option<f64> {
        self.sum(day, WEEK, |day| day.distance_m)?;
        let longest = self.window(day, WEEK)?.iter();
        let longest = longest.filter_map(|day| day.longest_run_m);
        Some(longest.fold(0.0, f64::max))
    }

    /// The night ended on the morning of the day itself.
    pub(super) fn sleep_s(&self, day: usize) -> Option<f64> {
        self.days.get(day)?.sleep_s
    }

    fn cadence_own(&self, day: usize) -> Option<f64> {
        let date = self.days.get(day)?.date;
        self.cadence_own_before(date)
    }

    /// The mean of the days before with a line, a week back.
    pub(super) fn cadence_own_before(&self, date: NaiveDate) -> Option<f64> {
        let week = plus_days(date, -(WEEK as i64))..date;
        let values: Vec<f64> = self.own.range(week).map(|(_, percent)| *percent).collect();
        mean(&values)
    }

    /// None where an uncovered day comes before a day of rest.
    fn days_since_rest(&self, day: usize) -> Option<f64> {
        let before = self.days.get(..day)?.iter().rev();
        let running = before.take_while(|day| day.covered && day.runs > 0).count();
        let rest = self.days.get(day.checked_sub(running + 1)?)?;
        rest.covered.then_some(running as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::associate::tests::history;

    #[test]
    fn a_value_is_of_the_days_before_and_of_nothing_else() {
        let km = |km: f64| Some(km * 1000.0);
        let days = [
            km(5.0),
            km(0.0),
            km(7.0),
            km(9.0),
            km(0.0),
            km(3.0),
            km(4.0),
            km(20.0),
            None,
        ];
        let mut history = history(&days);
        for day in &mut history.days {
            day.load = day.distance_m;
            day.longest_run_m = day.distance_m.filter(|metres| *metres > 0.0);
        }
        history.days[2].sleep_s = Some(21_600.0);
        let pain = PainLog::default();
        let known = Known::new(&history, &pain);
        let of = |id: &str, day: usize| {
            let measure = MEASURES.iter().find(|measure| measure.id == id).unwrap();
            known.series(measure.before)[day]
        };
        assert_eq!(of("load_3", 3), km(12.0));
        assert_eq!((of("load_7", 6), of("load_7", 7)), (None, km(28.0)));
        assert_eq!(of("longest_run_m_7", 7), km(9.0), "not the day's own 20 km");
        assert_eq!(
            (of("sleep_s_1", 2), of("sleep_s_1", 3)),
            (Some(21_600.0), None)
        );
        // Day 1 and 4 are rest; what lies before day 0 is not known.
        let since: Vec<_> = (0..9).map(|day| of("days_since_rest", day)).collect();
        assert_eq!(
            since,
            [
                None,
                None,
                Some(0.0),
                Some(1.0),
                Some(2.0),
                Some(0.0),
                Some(1.0),
                Some(2.0),
                Some(3.0)
            ]
        );
        assert_eq!(of("step_length_m_7", 8), None);
    }
}
