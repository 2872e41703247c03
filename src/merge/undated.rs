//! Runs whose clock was wrong: the day they are of, where the account, the file's name or the files beside it tell, and else none.

use super::{found::Found, said::metres_text};
use crate::{
    model::{Merge, Run},
    problem::{Code, Effect, Problem},
    units,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::BTreeMap;

/// How the content is told from other runs in a `run_id`, characters.
const CONTENT_CHARS: usize = 8;
/// Years that the name of a file can mean.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// Gives recordings whose clock was wrong the start that the account's index says, where a line names them.
pub(super) fn start_by_lines(rows: &mut [Run], found: &mut Found) {
    if rows.iter().all(|row| !row.clock_is_wrong) {
        return;
    }
    let listed = rows.iter().filter_map(|row| {
        let file = row.listing.as_ref()?.file.as_deref()?;
        (!row.clock_is_wrong).then(|| (last_part(file).to_string(), row.start_utc))
    });
    let starts: BTreeMap<String, DateTime<Utc>> = listed.collect();
    for row in rows.iter_mut().filter(|row| is_lost(row)) {
        if let Some(start) = starts.get(last_part(&row.source)) {
            move_by(row, *start - row.start_utc);
            row.clock_is_wrong = false;
            say_day(row, "the account's index", found);
        }
    }
}

/// A recording: a line of an index names no day but its own.
fn is_lost(row: &Run) -> bool {
    row.clock_is_wrong && row.listing.is_none()
}

/// Puts rows whose clock was wrong on the day that their file's name says, or that both files beside it are of, and takes out the
/// others.
pub(super) fn place(rows: &mut Vec<Run>, merges: &mut [Merge], found: &mut Found) -> Vec<Run> {
    if rows.iter().all(|row| !row.clock_is_wrong) {
        return Vec::new();
    }
    let beside = Beside::of(rows);
    let mut moved = Moved::default();
    for row in rows.iter_mut().filter(|row| row.clock_is_wrong) {
        let named = named_day(&row.source).map(|day| (day, "the name of the file"));
        let day = named.or_else(|| Some((beside.day(&row.source)?, "the files beside it")));
        if let Some((day, by)) = day {
            moved.put(row, day);
            say_day(row, by, found);
        }
    }
    moved.tell(merges);
    rows.extract_if(.., |row| row.clock_is_wrong).collect()
}

/// What is said of a row that has no day.
pub(super) fn problem(row: &Run) -> Problem {
    let seconds = row.timer_s.or(row.elapsed_s).unwrap_or(0.0);
    let minutes = units::number(seconds / 60.0, 0);
    let detail = format!(
        "nothing tells on which day this was ({} in {minutes} min): its clock was wrong, and its file's name has no date",
        metres_text(row)
    );
    // Other sports are no part of the running that is missing.
    let effect = if row.is_run() {
        Effect::Skipped
    } else {
        Effect::Noted
    };
    Problem::new(Code::ClockWrong, effect, "", detail, "It was left out.")
}

fn say_day(row: &Run, by: &str, found: &mut Found) {
    found.settle(row, Code::ClockWrong);
    found.add(row, day_assumed(row.local_date(), by));
}

fn day_assumed(day: NaiveDate, by: &str) -> Problem {
    let detail = format!("its clock was wrong; {by} says {day}");
    let consequence = "It was put on that day.";
    Problem::new(Code::DayAssumed, Effect::Repaired, "", detail, consequence)
}

/// Puts a row on the day that its file's name says, if it says one that `is_right` accepts.
pub(super) fn by_name(
    row: &mut Run,
    is_right: impl Fn(NaiveDate) -> bool,
    merges: &mut [Merge],
    found: &mut Found,
) -> bool {
    let Some(day) = named_day(&row.source).filter(|day| is_right(*day)) else {
        return false;
    };
    let mut moved = Moved::default();
    moved.put(row, day);
    moved.tell(merges);
    say_day(row, "the name of the file", found);
    true
}

/// Rows that were moved, by what they were called.
#[derive(Default)]
struct Moved(BTreeMap<String, (String, NaiveDate)>);

impl Moved {
    fn put(&mut self, row: &mut Run, day: NaiveDate) {
        let before = row.run_id.clone();
        move_by(row, day - row.local_date());
        row.clock_is_wrong = false;
        self.0.insert(before, (row.run_id.clone(), day));
    }

    /// Copies are merged into what it is called now.
    fn tell(self, merges: &mut [Merge]) {
        for merge in merges {
            if let Some((run_id, day)) = self.0.get(&merge.run_id) {
                (merge.run_id, merge.local_date) = (run_id.clone(), *day);
            }
        }
    }
}

fn move_by(row: &mut Run, by: TimeDelta) {
    row.start_utc += by;
    row.start_local += by;
    let content = row.run_id.len().saturating_sub(CONTENT_CHARS);
    let content = row.run_id.get(content..).unwrap_or_default();
    row.run_id = format!("{}-{content}", row.start_local.format("%Y%m%d-%H%M"));
}

/// The days of the recordings of each folder, in the order of their names.
struct Beside(BTreeMap<(String, Vec<(String, u64)>), NaiveDate>);

impl Beside {
    fn of(rows: &[Run]) -> Beside {
        let known = rows
            .iter()
            .filter(|row| !row.clock_is_wrong && row.listing.is_none());
        Beside(
            known
                .map(|row| (key(&row.source), row.local_date()))
                .collect(),
        )
    }

    /// The day of which the file before and the file behind both are.
    fn day(&self, source: &str) -> Option<NaiveDate> {
        let key = key(source);
        let before = self.0.range(..&key).next_back()?;
        let behind = self.0.range(&key..).next()?;
        let is_here = before.0.0 == key.0 && behind.0.0 == key.0;
        (is_here && before.1 == behind.1).then_some(*before.1)
    }
}

/// The folder, and the name in which numbers are in their own order: `9.fit` comes before `10.fit`.
fn key(source: &str) -> (String, Vec<(String, u64)>) {
    let name = last_part(source);
    let folder = source.strip_suffix(".gz").unwrap_or(source);
    let folder = folder.strip_suffix(name).unwrap_or(folder).to_string();
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut is_in_number = false;
    for letter in name.chars() {
        let digit = letter.to_digit(10).map(u64::from);
        if digit.is_none() && is_in_number {
            parts.push((String::new(), 0));
        }
        is_in_number = digit.is_some();
        if let Some((text, number)) = parts.last_mut() {
            match digit {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(digit),
                None => text.push(letter),
            }
        }
    }
    (folder, parts)
}

/// The day in a file's name: `2025-03-14_run.gpx`, `20250314T071200.fit`, `run 2025.03.14`. None without a whole date, or with several.
fn named_day(source: &str) -> Option<NaiveDate> {
    let name = last_part(source);
    let starts = name.char_indices().map(|(at, _)| at);
    let mut days: Vec<NaiveDate> = starts.filter_map(|at| day_at(name, at)).collect();
    days.dedup();
    match days[..] {
        [day] => Some(day),
        _ => None,
    }
}

/// The date that begins here, which is no part of a longer number but for a time of day behind it.
fn day_at(name: &str, at: usize) -> Option<NaiveDate> {
    let (before, rest) = name.split_at_checked(at)?;
    if before.ends_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = digits(rest, 4)?;
    let between = rest
        .chars()
        .next()
        .filter(|letter| "-_. ".contains(*letter));
    let (month, rest) = digits(without(rest, between)?, 2)?;
    let (day, rest) = digits(without(rest, between)?, 2)?;
    let more = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let is_whole = matches!((between, more), (_, 0) | (None, 4 | 6));
    let year = i32::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_whole)
}

/// So many digits, and what is behind them.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_number)?, rest))
}

fn without(text: &str, between: Option<char>) -> Option<&str> {
    match between {
        Some(letter) => text.strip_prefix(letter),
        None => Some(text),
    }
}

fn last_part(file: &str) -> &str {
    let file = file.strip_suffix(".gz").unwrap_or(file);
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_in_names() {
        for name in [
            "a/2025-03-14_run.gpx",
            "20250314.fit.gz",
            "Run 2025.03.14 07.12.gpx",
            "20250314T071200Z.tcx",
            "watch_202503140712.fit",
            "x-2025_03_14-1234567.fit",
        ] {
            assert_eq!(named_day(name), Some(day("2025-03-14")), "{name}");
        }
        for name in [
            "120250314.fit",
            "2025031412.fit",
            "2025-03.gpx",
            "2025-03-32.gpx",
            "1999-03-14.gpx",
            "2025-03_14.gpx",
            "2025-03-14 to 2025-03-20.gpx",
            "2025-03-14/run.gpx",
            "läuft.gpx",
            "",
        ] {
            assert_eq!(named_day(name), None, "{name}");
        }
    }

    /// A run of a file, on a day counted from a fixed one; None: its clock was wrong.
    fn run(source: &str, on: Option<i64>) -> Run {
        Run {
            source: source.to_string(),
            run_id: format!("x-{:08x}", crate::source::crc32(source.as_bytes())),
            clock_is_wrong: on.is_none(),
            ..fixture::run(on.unwrap_or(-5000), 5.0)
        }
    }

    /// The day of the run of this file, if it was placed, and the problems told.
    fn placed(rows: Vec<Run>, source: &str) -> (Option<NaiveDate>, Vec<Code>) {
        let (mut rows, mut found) = (rows, Found::default());
        start_by_lines(&mut rows, &mut found);
        let out = place(&mut rows, &mut [], &mut found);
        found.add_of_each(&out, problem);
        let row = rows.iter().find(|row| row.source == source);
        let codes = found
            .problems
            .into_values()
            .flatten()
            .map(|problem| problem.code);
        (row.map(Run::local_date), codes.collect())
    }

    #[test]
    fn a_run_without_a_day_gets_the_one_that_something_tells() {
        let is = |rows: Vec<Run>, source: &str, expected: Option<NaiveDate>| {
            let code = match expected {
                Some(_) => Code::DayAssumed,
                None => Code::ClockWrong,
            };
            assert_eq!(placed(rows, source), (expected, vec![code]), "{source}");
        };
        let first = fixture::run(0, 5.0).local_date();
        let named = "a/2025-03-14.gpx";
        is(vec![run(named, None)], named, Some(day("2025-03-14")));
        // 9 and 11 are of one day, and 10 lies between them, wherever words would put it.
        let beside = |later| {
            vec![
                run("a/9.fit", Some(0)),
                run("a/10.fit", None),
                run("a/11.fit", Some(later)),
            ]
        };
        is(beside(0), "a/10.fit", Some(first));
        is(beside(1), "a/10.fit", None);
        let elsewhere = vec![
            run("a/9.fit", Some(0)),
            run("a/10.fit", None),
            run("b/11.fit", Some(0)),
        ];
        is(elsewhere, "a/10.fit", None);
        // A line that names the file knows the moment.
        let listing = crate::model::Listing {
            place: "row 2".into(),
            id: None,
            file: Some("activities/7.fit.gz".into()),
            clock: crate::time::Clock::Utc,
        };
        let line = Run {
            listing: Some(listing.into()),
            ..run("activities.csv", Some(40))
        };
        let expected = line.local_date();
        is(
            vec![line, run("export/activities/7.fit", None)],
            "export/activities/7.fit",
            Some(expected),
        );
    }

    #[test]
    fn what_is_moved_is_called_by_its_day_and_its_copies_know() {
        let mut rows = vec![run("2025-03-14.gpx", None)];
        let merge = Merge {
            run_id: rows[0].run_id.clone(),
            local_date: rows[0].local_date(),
            kept: String::new(),
            copy: String::new(),
            place: None,
            start_difference_s: 0.0,
            distance_difference_m: None,
            filled: Vec::new(),
            corrected: Vec::new(),
        };
        let mut merges = [merge];
        let content = rows[0].run_id[2..].to_string();
        place(&mut rows, &mut merges, &mut Found::default());
        assert_eq!(rows[0].run_id, format!("20250314-0700-{content}"));
        assert_eq!(
            (&merges[0].run_id, merges[0].local_date),
            (&rows[0].run_id, day("2025-03-14"))
        );
    }
}
