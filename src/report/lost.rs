//! What a reader must know before anything else: what of the runs and of the log was left out and why, in whole sentences.

pub(super) use super::missing::{Naming, Recordings};

use super::{doubts, no_run};
use crate::{
    analysis::{Analysis, DayFrom},
    option::{AS_OF, NOTES},
    pain::{Entry, PainLog, Site, logged_days},
    problem::{Code, Effect, Problem},
    rules::standing::rating,
    time,
    units::counted,
    words::{sentence, sentence_case},
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

const UNUSABLE: &str = "Your pain log could not be used.";

/// A report that speaks from later than this many days after the last run says so, days.
const STALE_DAYS: i64 = 14;
/// So many recordings lost matter whatever their share …
const MANY: usize = 10;
/// … and fewer from one in so many on.
const ONE_IN: usize = 20;
/// From one in so many on, what is left is no picture of the running any more: it is said before anything else, and nothing is calm.
const LOUD_ONE_IN: usize = 5;
/// Reasons said of lost recordings, and of lost rows; the rest is in the section about files.
const REASONS: usize = 3;
/// Examples of one reason.
const EXAMPLES: usize = 3;

/// The sentences for the terminal, where what to do next names the command that shows the rows.
pub(super) fn lines_before_next(analysis: &Analysis) -> Vec<String> {
    let check = "; `niggle pain check` shows what was understood.";
    let lines = lines(analysis, Naming::Examples).into_iter();
    lines.map(|line| line.replace(check, ".")).collect()
}

/// Inputs that could not be read, a line each, the first few: `Not read: cut.zip: …`. Empty where they are so many that the first lines
/// tell of them.
pub(super) fn not_read(analysis: &Analysis) -> Vec<String> {
    if recordings(analysis, Naming::Examples).is_some() {
        return Vec::new();
    }
    let lost = lost_files(&analysis.problems).into_iter();
    let failed: Vec<_> = lost
        .filter(|(_, problem)| problem.effect == Effect::Failed)
        .collect();
    let more = failed.len().saturating_sub(REASONS);
    let more = (more > 0)
        .then(|| format!("and {more} more, which the report lists in its section about files."));
    let named = failed.iter().take(REASONS).map(|(file, problem)| {
        let detail = problem.detail.trim_end_matches('.');
        format!("Not read: {file}: {detail}. {}", problem.code.advice())
    });
    named.chain(more).collect()
}

/// The sentences, each a line of its own: that no run was read, what the log's reader says, lost recordings, lost rows, runs that rest on a doubtful value, rows
/// without a place, and what makes the days themselves doubtful.
pub(super) fn lines(analysis: &Analysis, naming: Naming) -> Vec<String> {
    lines_with(analysis, naming, rows(&analysis.pain))
}

/// The same with the rows in one sentence, for where something else comes first.
pub(super) fn in_short(analysis: &Analysis, naming: Naming) -> Vec<String> {
    lines_with(analysis, naming, rows_lost(&analysis.pain))
}

fn lines_with(analysis: &Analysis, naming: Naming, rows: Option<String>) -> Vec<String> {
    let recordings = recordings(analysis, naming).map(Recordings::text);
    let remarks = analysis.pain.remarks.iter().cloned();
    let read: Vec<String> = match is_loud(analysis) {
        true => recordings.into_iter().chain(remarks).collect(),
        false => remarks.chain(recordings).collect(),
    };
    let no_run = no_run(analysis, naming).map(Recordings::text);
    let mut lines: Vec<String> = no_run.into_iter().chain(read).collect();
    lines.extend(unusable_log(analysis, naming));
    lines.extend(rows);
    for said in [
        doubts::said,
        placeless,
        stale,
        beyond,
        before_the_calendar,
        no_overlap,
    ] {
        lines.extend(said(analysis));
    }
    lines
}

/// That no run was read. None where one was.
pub(super) fn no_run(analysis: &Analysis, naming: Naming) -> Option<Recordings> {
    let is_why_told = recordings(analysis, naming).is_some();
    analysis
        .is_log_alone()
        .then(|| no_run::said(analysis, is_why_told, naming))
}

/// That the accounts hold more than was read, which is nobody's business unasked. None where they hold nothing.
pub(super) fn unread_comments(analysis: &Analysis) -> Option<String> {
    let unread = analysis.pain.unread_comments;
    (unread > 0).then(|| comments_text(unread))
}

/// How many comments the accounts hold, and what reads them.
fn comments_text(unread: usize) -> String {
    let comments = counted(unread, "comment of yours", "comments of yours");
    let them = if unread == 1 { "it" } else { "them" };
    format!("Your accounts hold {comments}; {NOTES} reads {them} for pain.")
}

/// That the whole log could not be used: what is wrong names its file and what to do.
fn unusable_log(analysis: &Analysis, naming: Naming) -> Option<String> {
    // A log that was found and refused tells so itself.
    if analysis.pain.is_refused {
        return None;
    }
    let why = why_unusable(analysis)?;
    Some(match naming {
        Naming::Examples => format!("{UNUSABLE} {}", sentence_end(&why.detail)),
        Naming::NoFiles => format!("{UNUSABLE} {}", why.code.advice()),
    })
}

fn why_unusable(analysis: &Analysis) -> Option<&Problem> {
    let mut problems = analysis.problems.iter();
    problems.find(|problem| problem.code == Code::PainLogUnusable)
}

pub(super) fn sentence_end(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// Whether the row hurts and names no place.
pub(super) fn is_placeless(entry: &Entry) -> bool {
    entry.place().is_some_and(|(site, _)| site == Site::Unnamed)
}

/// Rows of the log that could not be used and may be of the 14 days before `from` and `as_of`: a row that is beside one of those
/// days in the file, or whose place in the file nobody knows.
pub(super) fn rows_of(analysis: &Analysis, from: NaiveDate, as_of: NaiveDate) -> usize {
    let by_line = days_by_line(&analysis.pain.entries);
    let mut lost = unusable_rows(&analysis.pain.problems);
    lost.retain(|problem| {
        problem
            .line
            .is_none_or(|line| is_beside(&by_line, line, from, as_of))
    });
    counts(&lost)
}

/// The lines of a log with their days.
fn days_by_line(entries: &[Entry]) -> Vec<(u64, NaiveDate)> {
    let of_the_log = entries.iter().filter(|entry| entry.comment_on().is_none());
    let mut by_line: Vec<_> = of_the_log.map(|entry| (entry.line, entry.date)).collect();
    by_line.sort_unstable();
    by_line
}

/// Whether a line of the log has a row of these days before or behind it, or no row at all.
fn is_beside(by_line: &[(u64, NaiveDate)], line: u64, from: NaiveDate, as_of: NaiveDate) -> bool {
    let after = by_line.partition_point(|(other, _)| *other < line);
    let before = after.checked_sub(1).and_then(|at| by_line.get(at));
    let mut beside = before.into_iter().chain(by_line.get(after)).peekable();
    beside.peek().is_none() || beside.any(|(_, day)| (from..=as_of).contains(day))
}

fn unusable_rows(problems: &[Problem]) -> Vec<&Problem> {
    problems
        .iter()
        .filter(|problem| matches!(problem.code, Code::PainRowUnusable | Code::PainDateFuture))
        .collect()
}

/// Recordings that should have been runs and gave none. None where they are few.
pub(super) fn recordings(analysis: &Analysis, naming: Naming) -> Option<Recordings> {
    let lost = lost_files(&analysis.problems);
    let (count, of) = (lost.len(), lost.len() + analysis.history.runs.len());
    is_many(count, of).then(|| Recordings {
        said: how_many(count, of),
        reasons: told(&by_code(lost.into_values()), |problems| {
            reason(problems, naming)
        }),
    })
}

fn how_many(count: usize, of: usize) -> String {
    if count == of {
        let recordings = counted(count, "recording", "recordings");
        return format!("{recordings} could not be used, so that your running is missing here.");
    }
    let part = if 2 * count > of { "most" } else { "part" };
    format!(
        "{count} of {of} recordings could not be used, so that {part} of your running is missing here."
    )
}

/// Whether so many recordings are lost that nothing can be said of the running as a whole.
pub(super) fn is_loud(analysis: &Analysis) -> bool {
    let lost = lost_files(&analysis.problems).len();
    lost > 0 && lost * LOUD_ONE_IN >= lost + analysis.history.runs.len()
}

fn is_many(lost: usize, of: usize) -> bool {
    lost > 0 && (lost >= MANY || lost * ONE_IN >= of)
}

/// Problems of each kind together, the most first.
fn by_code<'a>(problems: impl Iterator<Item = &'a Problem>) -> Vec<Vec<&'a Problem>> {
    let mut by_code: BTreeMap<Code, Vec<&Problem>> = BTreeMap::new();
    problems.for_each(|problem| by_code.entry(problem.code).or_default().push(problem));
    let mut groups: Vec<Vec<&Problem>> = by_code.into_values().collect();
    groups.sort_by_key(|problems| std::cmp::Reverse(problems.len()));
    groups
}

/// The first reasons, each with its count where there are several, and where the others are.
fn told(reasons: &[Vec<&Problem>], reason: impl Fn(&[&Problem]) -> String) -> String {
    let counted =
        |problems: &Vec<&Problem>| format!("{} ×: {}", counts(problems), reason(problems));
    match reasons {
        [only] => reason(only),
        several => {
            let said: Vec<String> = several.iter().take(REASONS).map(counted).collect();
            said.join(" ") + where_others(several.len())
        }
    }
}

/// Where the reasons are that are not told here.
fn where_others(count: usize) -> &'static str {
    match count > REASONS {
        true => " The section about files has the other reasons.",
        false => "",
    }
}

/// How often something happened: a problem may stand for many rows.
fn counts(problems: &[&Problem]) -> usize {
    problems.iter().map(|problem| problem.count).sum()
}

/// `The run is dated … (a.fit and 34 more). Set the watch's clock; …`
fn reason(problems: &[&Problem], naming: Naming) -> String {
    let Some((first, others)) = problems.split_first() else {
        return String::new();
    };
    let others = match others.len() {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    let (detail, advice) = (sentence(&first.detail), first.code.advice());
    let detail = detail.trim_end_matches('.');
    match naming {
        Naming::Examples => format!("{detail} ({}{others}). {advice}", first.file()),
        Naming::NoFiles => format!("{detail}. {advice}"),
    }
}

/// For each file or line of an index that should have been a run and gave none, what says so: a wrong clock before anything else.
fn lost_files(problems: &[Problem]) -> BTreeMap<&str, &Problem> {
    let files = problems_by_file(problems).into_iter();
    files
        .filter_map(|(file, problems)| Some((file, why_lost(&problems)?)))
        .collect()
}

/// The problems of each file.
fn problems_by_file(problems: &[Problem]) -> BTreeMap<&str, Vec<&Problem>> {
    let mut by_file: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        by_file.entry(problem.file()).or_default().push(problem);
    }
    by_file
}

/// The problem for which a file gave no run. None where it gave one, or should not have.
fn why_lost<'a>(problems: &[&'a Problem]) -> Option<&'a Problem> {
    let is_out = problems
        .iter()
        .any(|problem| problem.effect >= Effect::Skipped);
    let clock = problems
        .iter()
        .find(|problem| problem.code == Code::ClockWrong);
    let failed = problems.iter().find(|problem| is_failed_run(problem));
    clock.filter(|_| is_out).or(failed).copied()
}

fn is_failed_run(problem: &Problem) -> bool {
    problem.effect == Effect::Failed && problem.code != Code::PainLogUnusable
}

/// Rows of the log that could not be used: the reasons, each once, with its count, examples and what mends it.
pub(super) fn rows(pain: &PainLog) -> Option<String> {
    rows_lost(pain).map(|lost| format!("{lost} {}", row_reasons(pain)))
}

/// How many rows could not be used. None where all were.
fn rows_lost(pain: &PainLog) -> Option<String> {
    let lost = pain.unusable_rows;
    (lost > 0).then(|| {
        let rows = counted(pain.rows, "row", "rows");
        format!("{lost} of {rows} of your pain log could not be used.")
    })
}

/// Why rows of the pain log could not be used.
fn row_reasons(pain: &PainLog) -> String {
    told(&by_kind(unusable_rows(&pain.problems)), row_reason)
}

/// Problems of each reason together, the most rows first.
fn by_kind(problems: Vec<&Problem>) -> Vec<Vec<&Problem>> {
    let mut by_kind: Vec<(String, Vec<&Problem>)> = Vec::new();
    for problem in problems {
        let kind = kind(problem);
        match by_kind.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, problems)) => problems.push(problem),
            None => by_kind.push((kind, vec![problem])),
        }
    }
    by_kind.sort_by_key(|(_, problems)| std::cmp::Reverse(counts(problems)));
    by_kind.into_iter().map(|(_, problems)| problems).collect()
}

/// A reason without what differs from row to row: cells in quotation marks, and numbers.
fn kind(problem: &Problem) -> String {
    let outside = problem.detail.split('"').step_by(2);
    let letters = outside
        .flat_map(str::chars)
        .filter(|letter| !letter.is_ascii_digit());
    format!("{:?} {}", problem.code, letters.collect::<String>())
}

/// `The date "x" cannot be read (line 3), … (line 4). Correct the row; …`
fn row_reason(problems: &[&Problem]) -> String {
    let shown = problems.iter().take(EXAMPLES);
    let examples: Vec<String> = shown.map(|problem| example(problem)).collect();
    let more = match problems.len().saturating_sub(EXAMPLES) {
        0 => String::new(),
        more => format!("; and {more} more like these"),
    };
    let advice = problems.first().map_or("", |problem| problem.code.advice());
    format!("{}{more}. {advice}", sentence_case(&examples.join("; ")))
}

fn example(problem: &Problem) -> String {
    let place = problem
        .line
        .map_or(String::new(), |line| format!(" (line {line})"));
    format!("{}{place}", problem.detail.trim_end_matches('.'))
}

/// Rows that rate pain at no place.
fn placeless(analysis: &Analysis) -> Option<String> {
    let rows = || {
        let entries = analysis.pain.entries.iter();
        entries.filter(|entry| is_placeless(entry) && entry.pain.is_some())
    };
    let highest = rows().filter_map(|entry| entry.pain).reduce(f64::max)?;
    let last = rows().map(|entry| entry.date).max()?;
    let rate = counted(rows().count(), "row rates", "rows rate");
    let (highest, last) = (rating(highest), time::date_text(last));
    Some(format!(
        "{rate} pain up to {highest} of 10 at a place you did not name, last on {last}: name it in the site column."
    ))
}

fn stale(analysis: &Analysis) -> Option<String> {
    let as_of = analysis.history.as_of;
    let (_, last_run) = run_days(analysis)?;
    let days = time::days_between(last_run, as_of);
    (days > STALE_DAYS).then(|| {
        let as_of = time::date_text(as_of);
        format!("Your last recorded run lies {days} days before {as_of}, the day this report speaks from.")
    })
}

/// Rows of the log behind the day that the report speaks from, where nobody gave that day: they are not judged.
fn beyond(analysis: &Analysis) -> Option<String> {
    let as_of = analysis.history.as_of;
    let entries = analysis.pain.entries.iter();
    let own = entries.filter(|entry| entry.comment_on().is_none());
    let last = own.map(|entry| entry.date).max()?;
    let is_beyond = last > as_of && analysis.day_from == DayFrom::LastRecord;
    let last = time::date_text(last);
    is_beyond.then(|| match run_days(analysis) {
        Some((_, run)) => format!(
            "Your runs end on {}, your log on {last}: fetch a new export of your runs, or make the report with {AS_OF} today. Until \
             then it speaks from {}.",
            time::date_text(run),
            time::date_text(as_of)
        ),
        None => format!(
            "Your log goes on up to {last}, long after the row before; this report speaks from {}. If the day is right, make it with \
             {AS_OF} today.",
            time::date_text(as_of)
        ),
    })
}

/// The days of the first and the last run.
fn run_days(analysis: &Analysis) -> Option<(NaiveDate, NaiveDate)> {
    let days = || analysis.history.runs.iter().map(|run| run.local_date());
    days().min().zip(days().max())
}

/// Rows of the log older than the calendar, which begins at most a year before the first run, and without runs behind a silence of
/// more than a year.
fn before_the_calendar(analysis: &Analysis) -> Option<String> {
    let (first, _) = analysis.history.period()?;
    let older = analysis
        .pain
        .entries
        .iter()
        .filter(|entry| entry.date < first && entry.comment_on().is_none());
    let rows = older.count();
    (rows > 0).then(|| {
        let (one, many) = ("row of your pain log lies", "rows of your pain log lie");
        let (rows, first) = (counted(rows, one, many), time::date_text(first));
        let next = match analysis.is_log_alone() {
            true => "the row after",
            false => "your first recorded run",
        };
        format!(
            "{rows} more than a year before {next}. The rules about pain and the red flags read them; tables and \
             pictures begin on {first}."
        )
    })
}

/// A log that lies before the first run, after the last one or beside all of them.
fn no_overlap(analysis: &Analysis) -> Option<String> {
    let logged = logged_days(&analysis.pain);
    let log = first_and_last(&logged)?;
    let runs = run_days(analysis)?;
    (!is_any_covered(&logged, analysis)).then(|| no_overlap_text(log, runs))
}

fn first_and_last(days: &BTreeSet<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    days.first().copied().zip(days.last().copied())
}

fn is_any_covered(days: &BTreeSet<NaiveDate>, analysis: &Analysis) -> bool {
    let mut known = days.iter().filter_map(|day| analysis.history.day(*day));
    known.any(|day| day.covered)
}

fn no_overlap_text(log: (NaiveDate, NaiveDate), runs: (NaiveDate, NaiveDate)) -> String {
    let [log, runs] = [log, runs].map(|(from, to)| time::period_text(from, to));
    format!(
        "Your pain log ({log}) and your recorded runs ({runs}) share no day, so nothing of the one can be set beside the other. \
         Are the years right, and are all runs here?"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::PainLog,
        report::charts::fixtures::{pain, regular},
    };

    fn problem(code: Code, effect: Effect, place: &str, detail: &str) -> Problem {
        let (file, inside) = place.rsplit_once(", ").unwrap_or((place, ""));
        Problem::new(code, effect, inside, detail, "").within(file)
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
            let lost = recordings(
                &Analysis {
                    problems,
                    ..regular(8)
                },
                Naming::Examples,
            )?;
            Some([lost.said, lost.reasons].join(" "))
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

    #[test]
    fn a_loss_is_as_loud_as_its_share() {
        let failed = |count: usize| Analysis {
            problems: (0..count)
                .map(|n| problem(Code::Unreadable, Effect::Failed, &format!("{n}.gpx"), ""))
                .collect(),
            ..regular(8)
        };
        let runs = regular(8).history.runs.len();
        // Lost, whether it is told and whether it is loud, and how much it is.
        for (lost, told, loud) in [
            (1, None, false),
            (runs / 19 + 1, Some("part of"), false),
            (runs / 4 - 1, Some("part of"), false),
            (runs / 4 + 1, Some("part of"), true),
            (runs, Some("part of"), true),
            (runs + 1, Some("most of"), true),
        ] {
            let analysis = failed(lost);
            let said = recordings(&analysis, Naming::Examples).map(|lost| lost.said);
            assert_eq!(said.is_some(), told.is_some(), "{lost} of {runs}");
            assert_eq!(is_loud(&analysis), loud, "{lost} of {runs}");
            assert!(told.is_none_or(|told| said.is_some_and(|said| said.contains(told))));
            let first = &lines(&analysis, Naming::Examples)
                .first()
                .cloned()
                .unwrap_or_default();
            assert_eq!(first.starts_with(&format!("{lost} of")), told.is_some());
        }
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
            rows(&analysis.pain).as_deref(),
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
        let said = rows(&two.pain).unwrap();
        assert!(
            said.contains("2 ×: The date")
                && said.contains("1 ×: The pain \"11\" is outside 0–10 (line 9)."),
            "{said}"
        );
        let many = date(2).times(60);
        let problems = vec![date(3), many, two.pain.problems[0].clone()];
        let said = rows(&log(problems, Vec::new(), 70, 62).pain).unwrap();
        assert!(said.contains("61 ×: The date"), "{said}");
        assert_eq!(rows(&log(Vec::new(), Vec::new(), 9, 0).pain), None);
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
        let said = lines(&analysis, Naming::Examples);
        assert_eq!(said[0], "Your notes were not searched.");
        assert_eq!(
            said[1],
            "2 rows rate pain up to 9 of 10 at a place you did not name, last on 1 May 2025: name it in the site column."
        );
    }
}
