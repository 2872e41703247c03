//! The days before each new spell, beside the same runner's pain-free times (a case-crossover view; Maclure 1991, Am J
//! Epidemiol 133:144). A description: no test is made of it.
//!
//! The runner's own pain-free windows are those of logged days on which a spell could have begun and did not.
//!
//! A spell may have begun with the run of its own day, unless a row of the morning or of before the run says that it hurt already
//! ([`Seen::late`], as the flags are judged). Its windows then end with that day, and stand beside those that end with a pain-free day
//! that had a run as well: a window with a run on its last day holds more than one without, whether or not anything hurts.

use super::onsets::Onsets;
use crate::{
    model::{Day, History, Run},
    pain::{Side, Site},
    stats::event_shift::Seen,
    time::{days_between, plus_days},
};
use chrono::NaiveDate;

/// Lengths of the windows, days, whichever day they end on.
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
    /// Pain-free days; windows that end the day before are compared with those before them.
    pub reference_days: usize,
    /// Those of them that had a run; windows that end with their own day are compared with those that end with them.
    pub reference_run_days: usize,
    /// The spells, by day.
    pub onsets: Vec<Onset>,
}

/// One new spell and where the days before it stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Onset {
    /// Its first day.
    pub date: NaiveDate,
    /// Whether it may have begun with that day's run: the windows end with the day itself, else the day before.
    pub own_day: bool,
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

/// Days in a row, and their runs.
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
    let reference = Reference::of(onsets);
    let begun = onsets.days().filter_map(|(date, seen)| {
        let own_day = seen.filter(|seen| seen.event)?.late;
        Some(unmeasured(date, own_day))
    });
    let mut found: Vec<Onset> = begun.collect();
    for measure in MEASURES {
        stand(history, measure, &reference, &mut found);
    }
    Before {
        site: onsets.place.0,
        side: onsets.place.1,
        reference_days: reference.all.len(),
        reference_run_days: reference.with_run.len(),
        onsets: found,
    }
}

fn unmeasured(date: NaiveDate, own_day: bool) -> Onset {
    Onset {
        date,
        own_day,
        measures: Vec::with_capacity(MEASURES.len()),
    }
}

/// The pain-free days.
struct Reference {
    all: Vec<NaiveDate>,
    /// Those on which a spell could have begun with the run.
    with_run: Vec<NaiveDate>,
}

impl Reference {
    fn of(onsets: &Onsets) -> Self {
        let free = |is_meant: fn(&Seen) -> bool| {
            let days = onsets.days();
            let free =
                days.filter(|(_, seen)| seen.is_some_and(|seen| !seen.event && is_meant(&seen)));
            free.map(|(date, _)| date).collect()
        };
        Reference {
            all: free(|_| true),
            with_run: free(|seen| seen.late),
        }
    }
}

/// Adds where one measure stands before each spell, in each of the [`WINDOWS`].
fn stand(history: &History, measure: &Measure, reference: &Reference, onsets: &mut [Onset]) {
    let value = |end: NaiveDate, length| (measure.value)(&window(history, end, length)?);
    // Of each window once: a long log has hundreds of pain-free days.
    let known = |days: &[NaiveDate], own_day: bool| {
        let ends = || days.iter().map(move |day| end_of(*day, own_day));
        WINDOWS.map(|length| sorted(ends().filter_map(|end| value(end, length))))
    };
    let (before, with_run) = (
        known(&reference.all, false),
        known(&reference.with_run, true),
    );
    for onset in onsets {
        let end = end_of(onset.date, onset.own_day);
        let known = if onset.own_day { &with_run } else { &before };
        let percentile = std::array::from_fn(|place| {
            let value = value(end, WINDOWS[place])?;
            percentile(&known[place], value)
        });
        onset.measures.push(Standing {
            measure: measure.id,
            percentile,
        });
    }
}

/// The first day after a window that ends with the day itself or the day before.
fn end_of(day: NaiveDate, own_day: bool) -> NaiveDate {
    plus_days(day, i64::from(own_day))
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The `length` days before `end`. None when the calendar does not reach so far back.
fn window(history: &History, end: NaiveDate, length: i64) -> Option<Window<'_>> {
    let first = history.days.first()?.date;
    let index = usize::try_from(days_between(first, end)).ok()?;
    let start = index.checked_sub(length as usize)?;
    Some(Window {
        days: history.days.get(start..index)?,
        runs: runs_between(history, plus_days(end, -length), end),
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
    use crate::associate::tests::history;

    #[test]
    fn standings_by_hand() {
        let known: Vec<f64> = (0..20).map(f64::from).collect();
        for (value, expected) in [(-1.0, 0.0), (0.0, 2.5), (10.0, 52.5), (19.5, 100.0)] {
            assert_eq!(percentile(&known, value), Some(expected), "{value}");
        }
        assert_eq!(percentile(&known[..13], 5.0), None);
        assert_eq!(percentile(&[2.0; 14], 2.0), Some(50.0));
    }

    /// 40 days with a spell on day 30, which can have come of that day's run or was there in the morning.
    fn knee(distances: &[Option<f64>], late: bool) -> Before {
        let history = history(distances);
        let seen = |event| {
            Some(Seen {
                event,
                late: late || !event,
            })
        };
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
        let found = knee(&distances, false);
        assert_eq!((found.reference_days, found.onsets.len()), (32, 1));
        assert!(!found.onsets[0].own_day);
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
    fn a_spell_of_the_day_s_run_has_that_run_in_its_windows() {
        // 1 km a day, 9 km on the day itself: only windows that end with it hold them.
        let mut distances = vec![Some(1000.0); 40];
        distances[30] = Some(9000.0);
        let standing = |late| knee(&distances, late).onsets[0].measures[0].percentile;
        assert_eq!(standing(true), [Some(100.0), Some(100.0), None]);
        // There in the morning, the long run came after it: the days before are as all others.
        assert_eq!(standing(false), [Some(50.0), Some(50.0), None]);
        // Three days long, whichever day they end on: 9 km four days before the end are in none of them.
        distances[30] = Some(1000.0);
        distances[27] = Some(9000.0);
        let own_day = knee(&distances, true).onsets[0].measures[0].percentile[0];
        let before = knee(&distances, false).onsets[0].measures[0].percentile[0];
        assert!(
            own_day < Some(50.0) && before > Some(90.0),
            "{own_day:?} {before:?}"
        );
    }

    #[test]
    fn days_with_a_run_stand_beside_days_with_a_run() {
        // A run every other day, the spell on one of them: with rest days beside it, every run would look like much.
        let distances: Vec<_> = (0..40)
            .map(|day| Some(if day % 2 == 0 { 5000.0 } else { 0.0 }))
            .collect();
        let history = history(&distances);
        let late = |day: usize| day.is_multiple_of(2);
        let seen = |day: usize| {
            Some(Seen {
                event: day == 36,
                late: late(day),
            })
        };
        let by_day: Vec<_> = (0..40).map(seen).collect();
        let found = before(
            &history,
            &Onsets {
                place: (Site::Knee, None),
                first: history.days[0].date,
                by_day,
            },
        );
        assert_eq!((found.reference_days, found.reference_run_days), (39, 19));
        assert!(found.onsets[0].own_day);
        assert_eq!(
            found.onsets[0].measures[0].percentile[..2],
            [Some(50.0), Some(50.0)]
        );
    }

    #[test]
    fn an_unknown_day_makes_its_window_unknown() {
        let mut distances = vec![Some(1000.0); 40];
        distances[25] = None;
        assert_eq!(
            knee(&distances, false).onsets[0].measures[0].percentile,
            [Some(50.0), None, None]
        );
    }
}
