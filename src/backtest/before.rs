//! The days before each new spell, beside the same runner's pain-free times (a case-crossover view; Maclure 1991, Am J
//! Epidemiol 133:144). A description: no test is made of it.
//!
//! The runner's own pain-free windows are those that end before a logged day on which a spell could have begun and did not.

use super::onsets::Onsets;
use crate::{
    model::{Day, History, Run},
    pain::{Side, Site},
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// Lengths of the windows, days; each ends the day before.
pub const WINDOWS: [i64; 3] = [3, 7, 28];

/// Fewer pain-free windows than this with a known value are no comparison.
pub const REFERENCES_MIN: usize = 14;

/// Every place's new spells.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// Where.
    pub site: Site,
    /// Which side; None when the log gives none.
    pub side: Option<Side>,
    /// Pain-free days that the windows are compared with.
    pub reference_days: usize,
    /// The spells, by day.
    pub onsets: Vec<Onset>,
}

/// One new spell and where the days before it stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Onset {
    /// Its first day.
    pub date: NaiveDate,
    /// In the order of [`MEASURES`].
    pub measures: Vec<Standing>,
}

/// One measure in each of the [`WINDOWS`].
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The measure's id.
    pub measure: &'static str,
    /// 0–100: the share of pain-free windows with a lower value, ties counted half. None: unknown here, or too few windows.
    pub percentile: [Option<f64>; 3],
}

/// Something that is known of the days before.
pub struct Measure {
    /// Name with unit.
    pub id: &'static str,
    /// In a table.
    pub title: &'static str,
    value: fn(&Window) -> Option<f64>,
}

/// Fixed in advance (src/method/statistics.md, Looking back on the flags).
pub const MEASURES: &[Measure] = &[
    Measure {
        id: "distance_m",
        title: "distance",
        value: |window| window.sum(|day| day.distance_m),
    },
    Measure {
        id: "longest_run_m",
        title: "longest run",
        value: longest_run,
    },
    Measure {
        id: "descent_m",
        title: "descent",
        value: |window| window.sum(|day| day.descent_m),
    },
    Measure {
        id: "ascent_m",
        title: "ascent",
        value: |window| window.sum(|day| day.ascent_m),
    },
    Measure {
        id: "cadence_flat_spm",
        title: "cadence",
        value: cadence,
    },
    Measure {
        id: "shoe_distance_m",
        title: "shoe",
        value: shoe,
    },
    Measure {
        id: "sleep_s",
        title: "sleep",
        value: sleep,
    },
];

/// The days before a day, and their runs.
struct Window<'a> {
    days: &'a [Day],
    runs: &'a [Run],
}

impl Window<'_> {
    /// None when one of the days is unknown.
    fn sum(&self, value: fn(&Day) -> Option<f64>) -> Option<f64> {
        self.days.iter().map(value).sum()
    }
}

/// None when a day is unknown: the longest may be missing. 0 without a run.
fn longest_run(window: &Window) -> Option<f64> {
    window.sum(|day| day.distance_m)?;
    let longest = window.days.iter().filter_map(|day| day.longest_run_m);
    Some(longest.fold(0.0, f64::max))
}

/// Mean over the runs that have one.
fn cadence(window: &Window) -> Option<f64> {
    mean(window.runs.iter().filter_map(|run| run.cadence_flat_spm))
}

/// The most worn shoe of the window.
fn shoe(window: &Window) -> Option<f64> {
    window
        .runs
        .iter()
        .filter_map(|run| run.shoe_distance_m)
        .reduce(f64::max)
}

/// Mean over the nights that are known; None when fewer than two in three are.
fn sleep(window: &Window) -> Option<f64> {
    let nights: Vec<f64> = window.days.iter().filter_map(|day| day.sleep_s).collect();
    if 3 * nights.len() < 2 * window.days.len() {
        None
    } else {
        mean(nights.into_iter())
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    crate::stats::describe::mean(&values.collect::<Vec<f64>>())
}

/// The new spells of one place.
pub fn before(history: &History, onsets: &Onsets) -> Before {
    let free = onsets
        .days()
        .filter(|(_, seen)| seen.is_some_and(|seen| !seen.event));
    let reference: Vec<NaiveDate> = free.map(|(date, _)| date).collect();
    let mut found: Vec<Onset> = onsets.dates().into_iter().map(unmeasured).collect();
    for measure in MEASURES {
        stand(history, measure, &reference, &mut found);
    }
    Before {
        site: onsets.place.0,
        side: onsets.place.1,
        reference_days: reference.len(),
        onsets: found,
    }
}

fn unmeasured(date: NaiveDate) -> Onset {
    Onset {
        date,
        measures: Vec::with_capacity(MEASURES.len()),
    }
}

/// Adds where one measure stands before each spell, in each of the [`WINDOWS`].
fn stand(history: &History, measure: &Measure, reference: &[NaiveDate], onsets: &mut [Onset]) {
    let value = |date: NaiveDate, length| (measure.value)(&window(history, date, length)?);
    // Of each window once: a long log has hundreds of pain-free days.
    let known = WINDOWS.map(|length| {
        let values = reference.iter().filter_map(|date| value(*date, length));
        (length, sorted(values))
    });
    for onset in onsets {
        let percentile = known
            .each_ref()
            .map(|(length, known)| percentile(known, value(onset.date, *length)?));
        onset.measures.push(Standing {
            measure: measure.id,
            percentile,
        });
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The `length` days before `date`. None when the calendar does not reach so far back.
fn window(history: &History, date: NaiveDate, length: i64) -> Option<Window<'_>> {
    let first = history.days.first()?.date;
    let end = usize::try_from(days_between(first, date)).ok()?;
    let start = end.checked_sub(length as usize)?;
    Some(Window {
        days: history.days.get(start..end)?,
        runs: runs_between(history, plus_days(date, -length), date),
    })
}

/// The runs from one day until before another.
fn runs_between(history: &History, from: NaiveDate, until: NaiveDate) -> &[Run] {
    let before = |date| history.runs.partition_point(|run| run.local_date() < date);
    history
        .runs
        .get(before(from)..before(until))
        .unwrap_or_default()
}

/// Where `value` stands among the sorted `known`, ties counted half. None when they are too few.
fn percentile(known: &[f64], value: f64) -> Option<f64> {
    let below = known.partition_point(|other| *other < value) as f64;
    let ties = known.partition_point(|other| *other <= value) as f64 - below;
    (known.len() >= REFERENCES_MIN).then(|| 100.0 * (below + ties / 2.0) / known.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{associate::tests::history, stats::event_shift::Seen};

    #[test]
    fn standings_by_hand() {
        let known: Vec<f64> = (0..20).map(f64::from).collect();
        for (value, expected) in [(-1.0, 0.0), (0.0, 2.5), (10.0, 52.5), (19.5, 100.0)] {
            assert_eq!(percentile(&known, value), Some(expected), "{value}");
        }
        assert_eq!(percentile(&known[..13], 5.0), None);
        assert_eq!(percentile(&[2.0; 14], 2.0), Some(50.0));
    }

    /// 40 days: 1 km a day, 9 km the day before the spell of day 30.
    fn knee(distances: &[Option<f64>]) -> Before {
        let history = history(distances);
        let seen = |event| Some(Seen { event, late: true });
        let mut by_day = vec![seen(false); 40];
        by_day[30] = seen(true);
        by_day[31..38].fill(None);
        before(
            &history,
            &Onsets {
                place: (Site::Knee, None),
                first: history.days[0].date,
                by_day,
            },
        )
    }

    #[test]
    fn the_days_before_stand_beside_pain_free_ones() {
        let mut distances = vec![Some(1000.0); 40];
        distances[29] = Some(9000.0);
        let found = knee(&distances);
        assert_eq!((found.reference_days, found.onsets.len()), (32, 1));
        let distance = &found.onsets[0].measures[0];
        // 27 pain-free days have three days before them, 23 have seven, all with less; day 38 and 39 have 28 days with as
        // much and are too few.
        assert_eq!(
            (distance.measure, distance.percentile),
            ("distance_m", [Some(100.0), Some(100.0), None])
        );
        // No altitude, no runs' rows, no sleep: unknown, not low.
        for unknown in &found.onsets[0].measures[2..] {
            assert_eq!(unknown.percentile, [None; 3], "{}", unknown.measure);
        }
    }

    #[test]
    fn an_unknown_day_makes_its_window_unknown() {
        let mut distances = vec![Some(1000.0); 40];
        distances[25] = None;
        assert_eq!(
            knee(&distances).onsets[0].measures[0].percentile,
            [Some(50.0), None, None]
        );
    }
}
