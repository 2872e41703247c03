//! Days and weeks of a simulated runner, with at most one run a day: what the program's frames make of the same runs, in a hundredth of the
//! time. [`crate::files`] compares the two for one runner of every cell.

use niggle::{
    frames::Calendar,
    model::{Day, History, LoadUnit, Run, Week},
    time::{iso_week, week_start},
};
use std::collections::BTreeMap;

/// A history of these runs.
pub fn history(runs: Vec<Run>, calendar: &Calendar, unit: LoadUnit) -> History {
    let by_day: BTreeMap<_, &Run> = runs.iter().map(|run| (run.local_date(), run)).collect();
    let day = |(index, date)| day(calendar, index, by_day.get(date).copied(), unit);
    let days: Vec<Day> = calendar.days.iter().enumerate().map(day).collect();
    let weeks = days.chunk_by(|a, b| week_start(a.date) == week_start(b.date));
    History {
        weeks: weeks.map(week).collect(),
        days,
        others: Vec::new(),
        load_unit: unit,
        as_of: calendar.as_of,
        runs,
    }
}

fn day(calendar: &Calendar, index: usize, run: Option<&Run>, unit: LoadUnit) -> Day {
    let covered = calendar.covered[index];
    // Of a covered day without a run every sum is known: nothing.
    let sum = |of: &dyn Fn(&Run) -> Option<f64>| match run {
        Some(run) => of(run),
        None => covered.then_some(0.0),
    };
    Day {
        date: calendar.days[index],
        covered,
        runs: u32::from(run.is_some()),
        distance_m: sum(&|run| run.distance_m),
        longest_run_m: run.and_then(|run| run.distance_m),
        timer_s: sum(&|run| run.timer_s),
        ascent_m: sum(&|run| run.ascent_m),
        descent_m: sum(&|run| run.descent_m),
        load: sum(&|run| run.load(unit)),
        other_sport_s: None,
        sleep_s: calendar.sleep_s[index],
        pain_max: calendar.pain_max[index],
    }
}

fn week(days: &[Day]) -> Week {
    let days_covered = days.iter().filter(|day| day.covered).count() as u32;
    // Every run of a simulated runner has all of it, so that only a week without a covered day has nothing.
    let sum =
        |of: fn(&Day) -> Option<f64>| (days_covered > 0).then(|| days.iter().filter_map(of).sum());
    let highest = |of: fn(&Day) -> Option<f64>| days.iter().filter_map(of).reduce(f64::max);
    Week {
        week: iso_week(days[0].date),
        start: week_start(days[0].date),
        days_covered,
        full: days_covered == 7,
        runs: days.iter().map(|day| day.runs).sum(),
        distance_m: sum(|day| day.distance_m),
        longest_run_m: highest(|day| day.longest_run_m),
        timer_s: sum(|day| day.timer_s),
        ascent_m: sum(|day| day.ascent_m),
        descent_m: sum(|day| day.descent_m),
        load: sum(|day| day.load),
        other_sport_s: None,
        pain_max: highest(|day| day.pain_max),
        days_logged: days.iter().filter(|day| day.pain_max.is_some()).count() as u32,
    }
}

/// What is not the same in two histories of the same runs; sums of a week may differ in their last digits. None where nothing is.
pub fn difference(a: &History, b: &History) -> Option<String> {
    let days = a.days.iter().zip(&b.days).find(|(a, b)| a != b);
    let weeks = a
        .weeks
        .iter()
        .zip(&b.weeks)
        .find(|(a, b)| !is_same_week(a, b));
    let lengths = |history: &History| (history.days.len(), history.weeks.len(), history.as_of);
    let of_days = days.map(|days| format!("{days:?}"));
    of_days
        .or_else(|| weeks.map(|weeks| format!("{weeks:?}")))
        .or_else(|| (lengths(a) != lengths(b)).then(|| "as long".to_string()))
        .or_else(|| (a.load_unit != b.load_unit).then(|| "the unit of load".to_string()))
}

fn is_same_week(a: &Week, b: &Week) -> bool {
    let close = |(a, b): (Option<f64>, Option<f64>)| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        _ => a == b,
    };
    let sums = |week: &Week| {
        [
            week.distance_m,
            week.timer_s,
            week.ascent_m,
            week.descent_m,
            week.load,
        ]
    };
    let [left, right] = [a, b].map(sums);
    let others = |week: &Week| Week {
        distance_m: None,
        timer_s: None,
        ascent_m: None,
        descent_m: None,
        load: None,
        ..week.clone()
    };
    others(a) == others(b) && left.into_iter().zip(right).all(close)
}
