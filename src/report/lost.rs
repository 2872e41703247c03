//! What a reader must know before anything else: what of the runs and of the log was left out and why, in whole sentences.

use crate::{
    analysis::Analysis,
    pain::{Entry, Site, logged_days},
    problem::{Code, Effect, Problem},
    rules::standing::rating,
    time,
    units::counted,
    words::{sentence, sentence_case},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A report that speaks from later than this many days after the last run says so, days.
const STALE_DAYS: i64 = 14;
/// So many recordings lost matter whatever their share …
const MANY: usize = 10;
/// … and fewer from one in so many on.
const ONE_IN: usize = 20;
/// Reasons said of lost recordings, and of lost rows; the rest is in the section about files.
const REASONS: usize = 3;
/// Examples of one reason.
const EXAMPLES: usize = 3;

/// The sentences, each a line of its own: what the log's reader says, lost recordings, lost rows, rows without a place, and what
/// makes the days themselves doubtful.
pub(super) fn lines(analysis: &Analysis) -> Vec<String> {
    let mut lines: Vec<String> = analysis.pain.remarks.clone();
    lines.extend(recordings(analysis));
    const UNUSABLE: &str = "Your pain log could not be used.";
    // A log that was found and refused tells so itself.
    let is_told = lines.iter().any(|line| line.starts_with(UNUSABLE));
    let unusable = analysis
        .problems
        .iter()
        .find(|problem| problem.code == Code::PainLogUnusable)
        .filter(|_| !is_told);
    // What is wrong with a whole log names its file and what to do.
    lines.extend(unusable.map(|problem| format!("{UNUSABLE} {}", sentence_end(&problem.detail))));
    lines.extend(rows(analysis));
    lines.extend(placeless(analysis));
    lines.extend(stale(analysis));
    lines.extend(before_the_calendar(analysis));
    lines.extend(no_overlap(analysis));
    lines
}

fn sentence_end(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// Whether the row hurts and names no place.
pub(super) fn is_placeless(entry: &Entry) -> bool {
    entry.place().is_some_and(|(site, _)| site == Site::Unnamed)
}

/// Rows of the log that could not be used and may be of the 14 days before `from` and `as_of`: a row that is beside one of those
/// days in the file, or whose place in the file nobody knows.
pub(super) fn rows_of(analysis: &Analysis, from: NaiveDate, as_of: NaiveDate) -> usize {
    let entries = &analysis.pain.entries;
    let mut by_line: Vec<(u64, NaiveDate)> = entries
        .iter()
        .map(|entry| (entry.line, entry.date))
        .collect();
    by_line.sort_unstable();
    let is_of =
        |at: Option<&(u64, NaiveDate)>| at.is_some_and(|(_, day)| (from..=as_of).contains(day));
    let may_be = |problem: &&Problem| {
        let Some(line) = problem.line else {
            return true;
        };
        let after = by_line.partition_point(|(other, _)| *other < line);
        let (before, after) = (
            after.checked_sub(1).and_then(|at| by_line.get(at)),
            by_line.get(after),
        );
        (before.is_none() && after.is_none()) || is_of(before) || is_of(after)
    };
    unusable_rows(&analysis.pain.problems)
        .into_iter()
        .filter(may_be)
        .map(|problem| problem.count)
        .sum()
}

fn unusable_rows(problems: &[Problem]) -> Vec<&Problem> {
    problems
        .iter()
        .filter(|problem| matches!(problem.code, Code::PainRowUnusable | Code::PainDateFuture))
        .collect()
}

/// Recordings that should have been runs, when they are many: a line, and the reasons.
fn recordings(analysis: &Analysis) -> Option<String> {
    let lost = lost_files(&analysis.problems);
    let of = lost.len() + analysis.history.runs.len();
    if lost.is_empty() || (lost.len() < MANY && lost.len() * ONE_IN < of) {
        return None;
    }
    let mut by_code: BTreeMap<Code, Vec<&Problem>> = BTreeMap::new();
    lost.values()
        .for_each(|problem| by_code.entry(problem.code).or_default().push(problem));
    let mut reasons: Vec<Vec<&Problem>> = by_code.into_values().collect();
    reasons.sort_by_key(|problems| std::cmp::Reverse(problems.len()));
    let more = if reasons.len() > REASONS {
        " The section about files has the other reasons."
    } else {
        ""
    };
    Some(format!(
        "{} of {of} recordings could not be used, so that part of your running is missing here. {}{more}",
        lost.len(),
        told(&reasons, reason)
    ))
}

/// The first reasons, each with its count where there are several.
fn told(reasons: &[Vec<&Problem>], reason: fn(&[&Problem]) -> String) -> String {
    let is_only = reasons.len() == 1;
    let count = |problems: &[&Problem]| {
        if is_only {
            String::new()
        } else {
            format!("{} ×: ", counts(problems))
        }
    };
    let said = reasons
        .iter()
        .take(REASONS)
        .map(|problems| count(problems) + &reason(problems));
    said.collect::<Vec<_>>().join(" ")
}

/// How often something happened: a problem may stand for many rows.
fn counts(problems: &[&Problem]) -> usize {
    problems.iter().map(|problem| problem.count).sum()
}

/// `The run is dated … (a.fit and 34 more). Set the watch's clock; …`
fn reason(problems: &[&Problem]) -> String {
    let Some(first) = problems.first() else {
        return String::new();
    };
    let others = problems.len() - 1;
    let others = if others > 0 {
        format!(" and {others} more")
    } else {
        String::new()
    };
    let detail = sentence(&first.detail);
    let detail = detail.trim_end_matches('.');
    format!(
        "{detail} ({}{others}). {}",
        file_of(&first.place),
        first.code.advice()
    )
}

/// For each file or line of an index that should have been a run and gave none, what says so: a wrong clock before anything else.
fn lost_files(problems: &[Problem]) -> BTreeMap<&str, &Problem> {
    let mut by_file: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    problems.iter().for_each(|problem| {
        by_file
            .entry(file_of(&problem.place))
            .or_default()
            .push(problem)
    });
    let why = |problems: &Vec<&'_ Problem>| -> Option<usize> {
        let clock = problems
            .iter()
            .position(|problem| problem.code == Code::ClockWrong);
        let is_out = problems
            .iter()
            .any(|problem| problem.effect >= Effect::Skipped);
        let is_failed = |problem: &&Problem| {
            problem.effect == Effect::Failed && problem.code != Code::PainLogUnusable
        };
        clock
            .filter(|_| is_out)
            .or_else(|| problems.iter().position(is_failed))
    };
    by_file
        .into_iter()
        .filter_map(|(file, problems)| Some((file, *problems.get(why(&problems)?)?)))
        .collect()
}

/// The place without the byte, line or row in it.
fn file_of(place: &str) -> &str {
    let inside = |rest: &str| {
        ["byte ", "line ", "row "]
            .iter()
            .any(|word| rest.starts_with(word))
    };
    place
        .rsplit_once(", ")
        .filter(|(_, rest)| inside(rest))
        .map_or(place, |(file, _)| file)
}

/// Rows of the log that could not be used: the reasons, each once, with its count, examples and what mends it.
fn rows(analysis: &Analysis) -> Option<String> {
    let (rows, lost) = (analysis.pain.rows, analysis.pain.unusable_rows);
    if lost == 0 {
        return None;
    }
    let mut by_reason: Vec<(String, Vec<&Problem>)> = Vec::new();
    for problem in unusable_rows(&analysis.pain.problems) {
        let words = kind(problem);
        match by_reason.iter_mut().find(|(known, _)| *known == words) {
            Some((_, problems)) => problems.push(problem),
            None => by_reason.push((words, vec![problem])),
        }
    }
    by_reason.sort_by_key(|(_, problems)| std::cmp::Reverse(counts(problems)));
    let more = if by_reason.len() > REASONS {
        " The section about files has the other reasons."
    } else {
        ""
    };
    let reasons: Vec<Vec<&Problem>> = by_reason
        .into_iter()
        .map(|(_, problems)| problems)
        .collect();
    let rows = counted(rows, "row", "rows");
    Some(format!(
        "{lost} of {rows} of your pain log could not be used. {}{more}",
        told(&reasons, row_reason)
    ))
}

/// A reason without what differs from row to row: cells in quotation marks, and numbers.
fn kind(problem: &Problem) -> String {
    let outside: String = problem.detail.split('"').step_by(2).collect();
    format!(
        "{:?} {}",
        problem.code,
        outside
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<String>()
    )
}

/// `The date "x" cannot be read (line 3), … (line 4). Correct the row; …`
fn row_reason(problems: &[&Problem]) -> String {
    let shown: Vec<String> = problems
        .iter()
        .take(EXAMPLES)
        .map(|problem| example(problem))
        .collect();
    let more = problems.len().saturating_sub(EXAMPLES);
    let more = if more > 0 {
        format!("; and {more} more like these")
    } else {
        String::new()
    };
    let advice = problems.first().map_or("", |problem| problem.code.advice());
    format!("{}{more}. {advice}", sentence_case(&shown.join("; ")))
}

fn example(problem: &Problem) -> String {
    let place = problem
        .line
        .map_or(String::new(), |line| format!(" (line {line})"));
    format!("{}{place}", problem.detail.trim_end_matches('.'))
}

/// Rows that rate pain at no place.
fn placeless(analysis: &Analysis) -> Option<String> {
    let rows: Vec<&Entry> = analysis
        .pain
        .entries
        .iter()
        .filter(|entry| is_placeless(entry))
        .collect();
    let highest = rows
        .iter()
        .filter_map(|entry| entry.pain)
        .reduce(f64::max)?;
    let last = rows.iter().map(|entry| entry.date).max()?;
    Some(format!(
        "{} pain up to {} of 10 at a place you did not name, last on {}: name it in the site column.",
        counted(rows.len(), "row rates", "rows rate"),
        rating(highest),
        time::date_text(last)
    ))
}

fn stale(analysis: &Analysis) -> Option<String> {
    let history = &analysis.history;
    let last_run = history.runs.iter().map(|run| run.local_date()).max()?;
    let days = time::days_between(last_run, history.as_of);
    (days > STALE_DAYS).then(|| {
        format!(
            "Your last recorded run lies {days} days before {}, the day this report speaks from.",
            time::date_text(history.as_of)
        )
    })
}

/// Rows of the log older than the calendar, which begins at most a year before the first run.
fn before_the_calendar(analysis: &Analysis) -> Option<String> {
    let (first, _) = analysis.history.period()?;
    let rows = analysis
        .pain
        .entries
        .iter()
        .filter(|entry| entry.date < first)
        .count();
    let counted = counted(
        rows,
        "row of your pain log lies",
        "rows of your pain log lie",
    );
    (rows > 0).then(|| {
        format!(
            "{counted} more than a year before your first recorded run. The rules about pain and the red flags read them; tables and \
             pictures begin on {}.",
            time::date_text(first)
        )
    })
}

/// A log that lies before the first run, after the last one or beside all of them.
fn no_overlap(analysis: &Analysis) -> Option<String> {
    let history = &analysis.history;
    let logged: BTreeSet<NaiveDate> = logged_days(&analysis.pain);
    let is_covered = |day: &NaiveDate| history.day(*day).is_some_and(|day| day.covered);
    let (first, last) = (logged.first()?, logged.last()?);
    let days = history.runs.iter().map(|run| run.local_date());
    let (from, to) = (days.clone().min()?, days.max()?);
    (!logged.iter().any(is_covered)).then(|| {
        format!(
            "Your pain log ({}) and your recorded runs ({}) share no day, so nothing of the one can be set beside the other. \
             Are the years right, and are all runs here?",
            time::period_text(*first, *last),
            time::period_text(from, to)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::PainLog,
        report::charts::fixtures::{pain, regular},
    };

    fn problem(code: Code, effect: Effect, place: &str, detail: &str) -> Problem {
        Problem::new(code, effect, place, detail, "")
    }

    #[test]
    fn recordings_that_are_lost_are_told_when_they_are_many() {
        let clock = |n: usize| {
            let detail = "the run is dated 1989-12-31, more than five years from your other runs";
            problem(
                Code::ClockWrong,
                Effect::Skipped,
                &format!("{n:02}.fit"),
                detail,
            )
        };
        let runs = regular(8).history.runs.len();
        let said = |problems: Vec<Problem>| {
            recordings(&Analysis {
                problems,
                ..regular(8)
            })
        };
        assert_eq!(said(Vec::new()), None);
        assert_eq!(said(vec![clock(1)]), None, "1 of {} is under 5 %", runs + 1);
        let expected = format!(
            "2 of {} recordings could not be used, so that part of your running is missing here. The run is dated \
             1989-12-31, more than five years from your other runs (01.fit and 1 more). Set the watch's clock; the run could not be \
             placed in your calendar.",
            runs + 2
        );
        assert_eq!(
            said(vec![clock(1), clock(2)]).as_deref(),
            Some(expected.as_str())
        );
        // Two problems of a file are one file; a settings file, a copy, and the pain log are no lost run.
        let others = [
            problem(Code::NotAnActivity, Effect::Skipped, "settings.fit", ""),
            problem(Code::Duplicate, Effect::Skipped, "copy.fit", ""),
            problem(Code::PainLogUnusable, Effect::Failed, "pain.csv", ""),
            problem(
                Code::ClockWrong,
                Effect::PartLost,
                "part.fit, byte 12",
                "3 records had a time outside",
            ),
        ];
        assert_eq!(said(others.to_vec()), None);
        let all_gone = |n: usize| {
            let place = format!("{n}.fit, byte 12");
            [
                problem(
                    Code::ClockWrong,
                    Effect::PartLost,
                    &place,
                    "60 of 60 records had a time outside the years 2000 to 2099",
                ),
                problem(
                    Code::NoTime,
                    Effect::Skipped,
                    &format!("{n}.fit"),
                    "no record and no total has a usable time",
                ),
            ]
        };
        let both = (1..=2).flat_map(all_gone).collect();
        assert!(
            said(both)
                .is_some_and(|text| text.starts_with("2 of") && text.contains("here. 60 of 60")),
            "the clock says why"
        );
        let crashed = (0..2)
            .map(|n| {
                problem(
                    Code::Unreadable,
                    Effect::Failed,
                    &format!("{n}.gpx"),
                    "the system says no",
                )
            })
            .collect();
        assert!(
            said(crashed)
                .is_some_and(|text| text.contains("here. The system says no (0.gpx and 1 more)."))
        );
    }

    fn log(
        problems: Vec<Problem>,
        entries: Vec<Entry>,
        rows: usize,
        unusable_rows: usize,
    ) -> Analysis {
        let pain = PainLog {
            place: Some("pain.csv".to_string()),
            problems,
            entries,
            rows,
            unusable_rows,
            ..PainLog::default()
        };
        Analysis { pain, ..regular(8) }
    }

    #[test]
    fn equal_reasons_are_one_line_with_three_examples_and_what_mends_them() {
        let date = |line: u64| {
            let detail = format!("the date \"{line}.13.25\" cannot be read");
            problem(Code::PainRowUnusable, Effect::PartLost, "", &detail)
                .at_line(line)
                .within("pain.csv")
        };
        let analysis = log((2..=64).map(date).collect(), Vec::new(), 70, 63);
        assert_eq!(
            rows(&analysis).as_deref(),
            Some(
                "63 of 70 rows of your pain log could not be used. The date \"2.13.25\" cannot be read (line 2); the date \
                 \"3.13.25\" cannot be read (line 3); the date \"4.13.25\" cannot be read (line 4); and 60 more like these. Correct \
                 the row; `niggle pain check` shows what was understood."
            )
        );
        let detail = "the pain \"11\" is outside 0–10";
        let other = problem(Code::PainRowUnusable, Effect::PartLost, "", detail)
            .at_line(9)
            .within("pain.csv");
        let two = log(vec![other, date(2), date(3)], Vec::new(), 9, 3);
        let said = rows(&two).unwrap();
        assert!(
            said.contains("2 ×: The date")
                && said.contains("1 ×: The pain \"11\" is outside 0–10 (line 9)."),
            "{said}"
        );
        let many = date(2).times(60);
        let said = rows(&log(
            vec![date(3), many, two.pain.problems[0].clone()],
            Vec::new(),
            70,
            62,
        ))
        .unwrap();
        assert!(said.contains("61 ×: The date"), "{said}");
        assert_eq!(rows(&log(Vec::new(), Vec::new(), 9, 0)), None);
    }

    #[test]
    fn a_lost_row_is_of_these_days_when_a_neighbour_is_or_nobody_knows() {
        let day = |n: i64| time::plus_days("2025-05-01".parse().unwrap(), n);
        let entry = |line, n| Entry {
            line,
            ..pain(day(n), Site::Knee, None, 0.0)
        };
        let entries = || vec![entry(2, 0), entry(4, 1), entry(6, 30), entry(8, 31)];
        let lost = |line| Problem {
            line,
            ..problem(Code::PainRowUnusable, Effect::PartLost, "pain.csv", "")
        };
        for (line, entries, expected) in [
            (Some(3), entries(), 0),
            (Some(5), entries(), 1),
            (Some(7), entries(), 1),
            (Some(9), entries(), 1),
            (Some(1), entries(), 0),
            (None, entries(), 1),
            (Some(7), Vec::new(), 1),
        ] {
            let analysis = log(vec![lost(line)], entries, 5, 1);
            assert_eq!(rows_of(&analysis, day(17), day(31)), expected, "{line:?}");
        }
    }

    #[test]
    fn remarks_come_first_and_rows_without_a_place_are_asked_about() {
        let day = "2025-05-01".parse().unwrap();
        let unnamed = |rating| Entry {
            site: None,
            ..pain(day, Site::Knee, None, rating)
        };
        let mut analysis = log(
            Vec::new(),
            vec![unnamed(3.0), unnamed(9.0), unnamed(0.0)],
            3,
            0,
        );
        analysis.pain.remarks = vec!["Your notes were not searched.".to_string()];
        let said = lines(&analysis);
        assert_eq!(said[0], "Your notes were not searched.");
        assert_eq!(
            said[1],
            "2 rows rate pain up to 9 of 10 at a place you did not name, last on 1 May 2025: name it in the site column."
        );
    }
}
