//! Strays: runs years away from all others have a wrong clock (src/method/limits.md, Clocks wrong by years).

use crate::{
    model::{Format, Run},
    problem::{Code, Effect, Problem},
    time,
};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;

/// Runs further than this from every other are strays, days: five years, longer than any pause of a runner who kept the watch.
const STRAY_DAYS: i64 = 1826;
/// … and no more than this many together.
const STRAY_RUNS: usize = 3;
/// Satellites count weeks to 1023 and begin again: a receiver that does not know how often falls back by so many days.
const ROUND_DAYS: u64 = 1024 * 7;
/// So many rounds there have been.
const ROUNDS: u64 = 2;
/// What fell back belongs among the other runs, or at most this long before or behind them, days.
const BESIDE_DAYS: i64 = 365;
/// The other runs must be at least one in so many of those that fell back: a runner of old who began anew has few.
const ONE_IN: usize = 4;
/// Before this year no watch wrote a FIT file, and few wrote a run of any kind.
const FIRST_YEAR: i32 = 2008;

/// A run that was left out.
pub(super) struct Stray {
    pub run: Run,
    /// The day it would be of, had its clock not fallen back by 1024 weeks; None where that explains nothing.
    would_be: Option<NaiveDate>,
}

/// Takes the strays away: the watch was reset, set to the wrong year, or fell back by 1024 weeks. They would stretch the calendar and
/// turn this week into history. `runs` are by start.
pub(super) fn take(runs: &mut Vec<Run>) -> Vec<Stray> {
    let mut flags = flags(&groups(runs)).into_iter();
    let mut rounds = Vec::new();
    let taken = runs.extract_if(.., |_| {
        let flag = flags.next().flatten();
        rounds.extend(flag);
        flag.is_some()
    });
    let taken: Vec<Run> = taken.collect();
    let strays = taken.into_iter().zip(rounds);
    strays.map(|(run, rounds)| stray(run, rounds)).collect()
}

fn stray(run: Run, rounds: u64) -> Stray {
    let later = |days| run.local_date().checked_add_days(Days::new(days));
    let would_be = later(rounds * ROUND_DAYS).filter(|_| rounds > 0);
    Stray { run, would_be }
}

/// Runs that lie together.
struct Group {
    first: NaiveDate,
    last: NaiveDate,
    runs: usize,
}

fn groups(runs: &[Run]) -> Vec<Group> {
    let is_near =
        |a: &Run, b: &Run| time::days_between(a.local_date(), b.local_date()) <= STRAY_DAYS;
    runs.chunk_by(is_near).filter_map(group).collect()
}

fn group(runs: &[Run]) -> Option<Group> {
    let (first, last) = runs.first().zip(runs.last())?;
    Some(Group {
        first: first.local_date(),
        last: last.local_date(),
        runs: runs.len(),
    })
}

/// Of each run, group by group: None where it stays, else by how many rounds of weeks it fell back; 0 where it is a stray for another
/// reason.
fn flags(groups: &[Group]) -> Vec<Option<u64>> {
    let fallen: Vec<Option<(u64, usize)>> =
        (0..groups.len()).map(|at| fell_back(groups, at)).collect();
    // Those that show where the others belong are no strays, however few.
    let shown: BTreeSet<usize> = fallen.iter().flatten().map(|(_, by)| *by).collect();
    let standing = groups.iter().zip(&fallen).filter(|(_, by)| by.is_none());
    let largest = standing.map(|(group, _)| group.runs).max().unwrap_or(0);
    let is_few = |group: &Group| group.runs <= STRAY_RUNS && group.runs < largest;
    let flag = |at: usize, group: &Group| match fallen.get(at).copied().flatten() {
        Some((rounds, _)) => Some(rounds),
        None => (is_few(group) && !shown.contains(&at)).then_some(0),
    };
    let each = groups.iter().enumerate();
    each.flat_map(|(at, group)| std::iter::repeat_n(flag(at, group), group.runs))
        .collect()
}

/// By how many rounds a group fell back, and the later group that it belongs to; None where it did not.
fn fell_back(groups: &[Group], at: usize) -> Option<(u64, usize)> {
    let early = groups.get(at)?;
    let later = groups.iter().enumerate().skip(at + 1);
    let mut enough = later.filter(|(_, late)| late.runs * ONE_IN >= early.runs);
    enough.find_map(|(by, late)| {
        let rounds = (1..=ROUNDS).find(|rounds| belongs(early, late, *rounds));
        rounds.map(|rounds| (rounds, by))
    })
}

/// Whether so many rounds later a group lies among another or beside it.
fn belongs(early: &Group, late: &Group, rounds: u64) -> bool {
    let later = |day: NaiveDate| day.checked_add_days(Days::new(rounds * ROUND_DAYS));
    let ends = later(early.first).zip(later(early.last));
    ends.is_some_and(|(first, last)| {
        time::days_between(first, late.first) <= BESIDE_DAYS
            && time::days_between(late.last, last) <= BESIDE_DAYS
    })
}

/// What is said where a whole history may have fallen back by 1024 weeks: nothing in it contradicts that, and nothing is moved. `today`
/// is the day of the report, where anything tells it, and `told` the days that the runner wrote down: one among the runs' own settles it.
pub fn whole_history(
    runs: &[Run],
    today: Option<NaiveDate>,
    told: impl Iterator<Item = NaiveDate>,
) -> Option<Problem> {
    let days = || runs.iter().map(Run::local_date);
    let (first, last) = days().min().zip(days().max())?;
    let mut told = told;
    let is_told = told.any(|day| is_beside(first, last, day));
    let later = |day: NaiveDate| day.checked_add_days(Days::new(ROUND_DAYS));
    let (from, to) = later(first).zip(later(last))?;
    let is_today = today.map_or(last.year() < FIRST_YEAR, |today| is_just_before(to, today));
    let is_too_old = runs.iter().any(is_older_than_its_format);
    (!is_told && (is_today || is_too_old))
        .then(|| fallen_back(runs.len(), (first, last), (from, to)))
}

/// Whether a day lies among those of a history, or at most a year beside them.
fn is_beside(first: NaiveDate, last: NaiveDate, day: NaiveDate) -> bool {
    time::days_between(day, first) <= BESIDE_DAYS && time::days_between(last, day) <= BESIDE_DAYS
}

/// Whether a history that ends on this day is one that goes on.
fn is_just_before(last: NaiveDate, today: NaiveDate) -> bool {
    last <= today && time::days_between(last, today) <= BESIDE_DAYS
}

fn is_older_than_its_format(run: &Run) -> bool {
    run.format == Format::Fit && run.local_date().year() < FIRST_YEAR
}

fn fallen_back(
    runs: usize,
    (first, last): (NaiveDate, NaiveDate),
    (from, to): (NaiveDate, NaiveDate),
) -> Problem {
    let detail = format!(
        "the runs ({runs}) lie from {first} to {last}; a clock that fell back by 1024 weeks, after which satellites count their weeks anew, writes these days for {from} to {to}, and nothing says which is right"
    );
    let consequence = "The days of the files are used.";
    Problem::new(Code::WeeksBack, Effect::Noted, "", detail, consequence)
}

/// Tells whether a day lies among these runs or beside them. They are by start.
pub(super) fn is_among(runs: &[Run]) -> impl Fn(NaiveDate) -> bool + use<> {
    let group = group(runs);
    move |day| {
        let group = group.as_ref();
        group.is_some_and(|group| is_beside(group.first, group.last, day))
    }
}

/// What is said of a stray.
pub(super) fn problem(stray: &Stray) -> Problem {
    let day = stray.run.local_date();
    let apart = format!("the run is dated {day}, more than five years from your other runs");
    let detail = match stray.would_be {
        None => apart,
        Some(would_be) => format!(
            "{apart}; 1024 weeks, after which satellites count their weeks anew, would make it {would_be}"
        ),
    };
    let consequence = "It was left out: its clock is taken to be wrong.";
    Problem::new(Code::ClockWrong, Effect::Skipped, "", detail, consequence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    /// Which of runs on these days are taken for strays, and the days they would be of.
    fn check(days: &[i64], expected: &[(i64, Option<i64>)]) {
        let mut runs: Vec<Run> = days.iter().map(|day| fixture::run(*day, 5.0)).collect();
        let date = |day: i64| fixture::run(day, 5.0).local_date();
        let taken: Vec<_> = take(&mut runs)
            .into_iter()
            .map(|stray| (stray.run.local_date(), stray.would_be))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(day, would_be)| (date(*day), would_be.map(date)))
            .collect();
        assert_eq!(taken, expected, "{days:?}");
        assert_eq!(runs.len() + taken.len(), days.len());
    }

    #[test]
    fn weeks_that_began_anew_are_told_with_the_day_they_would_make() {
        let round = 7168;
        let good: Vec<i64> = (0..8).map(|n| round + 30 + 3 * n).collect();
        let fallen = |days: &[i64]| {
            let all = [days, &good].concat();
            let expected: Vec<_> = days.iter().map(|day| (*day, Some(day + round))).collect();
            check(&all, &expected);
        };
        // Before, among and behind the others, and more of them than of the others.
        fallen(&[0, 2, 4, 6, 8]);
        fallen(&[31, 34, 37, 40]);
        fallen(&[200, 203, 206, 300]);
        fallen(&(0..12).collect::<Vec<i64>>());
        // Few are strays anyway, and the cause is told.
        fallen(&[0]);
        // Two rounds.
        let all = [
            &[0, 1, 2, 3, 4][..],
            &[2 * round, 2 * round + 2, 2 * round + 5, 2 * round + 9],
        ]
        .concat();
        let expected: Vec<_> = (0..5).map(|day| (day, Some(day + 2 * round))).collect();
        check(&all, &expected);
        // Three good ones behind five that fell back.
        check(
            &[0, 1, 2, 3, 4, round + 6, round + 7, round + 8],
            &[0, 1, 2, 3, 4].map(|day| (day, Some(day + round))),
        );
    }

    #[test]
    fn a_long_pause_is_a_pause() {
        let round = 7168;
        // Nine years, and twenty that are not a round.
        check(&[0, 2, 4, 6, 3300, 3302, 3304, 3306], &[]);
        check(
            &[
                0,
                2,
                4,
                6,
                round + 900,
                round + 902,
                round + 904,
                round + 906,
            ],
            &[],
        );
        // A whole history of old, and a few runs of today.
        let old: Vec<i64> = (0..40).map(|n| n * 3).collect();
        check(
            &[
                &old[..],
                &[round + 50, round + 52, round + 54, round + 56, round + 58],
            ]
            .concat(),
            &[],
        );
    }

    #[test]
    fn one_run_of_another_year_is_a_stray() {
        check(&[0, 9000, 9002, 9004], &[(0, None)]);
        check(
            &[0, 2, 4, 6, 9000, 9002, 9004],
            &[(9000, None), (9002, None), (9004, None)],
        );
        check(&[0, 9000], &[]);
    }

    #[test]
    fn a_whole_history_that_may_have_fallen_back_is_told_once() {
        let round = ROUND_DAYS as i64;
        let told = |days: &[i64], format: Format, today: Option<i64>, log: &[i64]| {
            let run = |day: &i64| Run {
                format,
                ..fixture::run(*day, 5.0)
            };
            let runs: Vec<Run> = days.iter().map(run).collect();
            let date = |day: i64| fixture::run(day, 5.0).local_date();
            let log = log.iter().map(|day| date(*day));
            whole_history(&runs, today.map(date), log).map(|problem| problem.detail)
        };
        // Five runs, and the day of the report 1024 weeks later.
        let five = [0, 3, 5, 8, 10].map(|day| day - round);
        let (gpx, fit) = (Format::Gpx, Format::Fit);
        let said = told(&five, gpx, Some(20), &[]).expect("it is told");
        let to = fixture::run(10, 5.0).local_date().to_string();
        assert!(said.contains(&to), "{said}");
        assert!(
            told(&five, gpx, None, &[]).is_some(),
            "before 2008, and nothing tells the day"
        );
        assert!(
            told(&five, gpx, Some(20), &[12]).is_some(),
            "a log of today says nothing of then"
        );
        // A log of those days, a report of those days or of another year, and a history of today.
        assert_eq!(told(&five, gpx, Some(20), &[7 - round]), None);
        assert_eq!(told(&five, gpx, Some(12 - round), &[]), None);
        assert_eq!(told(&five, gpx, Some(3000), &[]), None);
        assert_eq!(told(&[0, 3, 5], gpx, None, &[]), None);
        assert_eq!(told(&[0, 3, 5], fit, Some(5), &[]), None);
        // No watch wrote such a file then, whatever the day of the report is.
        assert!(told(&five, fit, Some(3000), &[]).is_some());
    }
}
