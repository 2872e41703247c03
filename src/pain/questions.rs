//! What the runner is asked once every row is in: rows that contradict each other, pain without a place, a place without
//! a rating, and a last day far behind all others. All of these rows are kept.

use super::{
    Entry, Moment, Set, Sign, Site, cells::rating_text, days::isolated_days, hurting, is_all_clear,
    problems::Problems, rows::signs_text,
};
use crate::{
    problem::{Code, Effect},
    time::days_between,
    units::counted,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Adds the questions. `entries` are in the order of the log; `placeless` are the lines that rate pain above 0 and leave
/// the site blank.
pub(super) fn ask(entries: &[Entry], placeless: &[u64], problems: &mut Problems) {
    ask_about_contradictions(entries, problems);
    problems.add_lines(
        Code::PainNoSite,
        placeless,
        "pain above 0 and no place",
        "It counts as one place of its own.",
    );
    problems.add_lines(
        Code::PainNoRating,
        &unrated_lines(entries),
        "a place and no rating",
        "How much it hurt stays unknown, which is not 0; the rest of the row is used.",
    );
    for (day, before) in isolated_days(entries) {
        ask_about_day(day, before, entries, problems);
    }
}

/// "Nothing hurts" and a rating above 0 at one moment: a slip in one of them, and nothing tells in which.
///
/// Without a moment there is no question: "none" beside a place that hurts says that nothing else does.
fn ask_about_contradictions(entries: &[Entry], problems: &mut Problems) {
    let entries = entries.chunk_by(|a, b| (a.date, a.moment) == (b.date, b.moment));
    let is_told = |rows: &&[Entry]| {
        rows.iter()
            .all(|row| row.moment != Moment::Day || row.time.is_some())
    };
    for moment in entries.filter(is_told) {
        ask_about_moment(moment, problems);
    }
}

/// How "none" was read beside pain of the same day. None where there is no such day.
pub(super) fn clear_beside_pain(entries: &[Entry]) -> Option<String> {
    let moments = entries.chunk_by(|a, b| (a.date, a.moment) == (b.date, b.moment));
    let is_both = |rows: &&[Entry]| {
        let is_of_the_day = rows.iter().any(|row| row.moment == Moment::Day);
        is_of_the_day && rows.iter().any(is_all_clear) && !hurting(*rows).is_empty()
    };
    let days = moments.filter(is_both).count();
    let days_text = counted(days, "day", "days");
    (days > 0).then(|| {
        format!("On {days_text} a place hurts and \"none\" stands beside it: the pain counts, and every other place is 0.")
    })
}

fn ask_about_moment(moment: &[Entry], problems: &mut Problems) {
    for clear in moment.iter().filter(|entry| is_all_clear(entry)) {
        if let Some(sore) = moment.iter().find(|row| contradict(clear, row)) {
            ask_about_contradiction(clear, sore, problems);
        }
    }
}

/// Two times of a day do not contradict each other.
fn contradict(clear: &Entry, row: &Entry) -> bool {
    let meet = clear.time.is_none() || row.time.is_none() || clear.time == row.time;
    meet && row.pain.is_some_and(|pain| pain > 0.0)
}

fn ask_about_contradiction(clear: &Entry, sore: &Entry, problems: &mut Problems) {
    problems.add(
        Code::PainContradiction,
        Effect::Noted,
        Some(clear.line),
        contradiction_text(clear, sore),
        "Both are kept: the pain counts, and every place without pain counts as 0.",
    );
}

fn contradiction_text(clear: &Entry, sore: &Entry) -> String {
    let pain = sore.pain.map_or_else(String::new, rating_text);
    format!(
        "nothing hurts, it says, but line {} rates pain {pain} on the same day and moment ({}, {})",
        sore.line,
        clear.date,
        clear.moment.label()
    )
}

/// Lines about a place whose rating is blank. A row with answers to the weekly questions needs none.
fn unrated_lines(entries: &[Entry]) -> Vec<u64> {
    let unrated = entries.iter().filter(|entry| is_unrated(entry));
    let lines = unrated.map(|entry| entry.line);
    BTreeSet::from_iter(lines).into_iter().collect()
}

fn is_unrated(entry: &Entry) -> bool {
    entry.pain.is_none()
        && entry.site.is_some_and(|site| site != Site::None)
        && entry.ostrc().iter().all(Option::is_none)
}

/// A day far behind all others is mostly a slip of the year: it is kept, but somebody should look.
fn ask_about_day(day: NaiveDate, before: NaiveDate, entries: &[Entry], problems: &mut Problems) {
    let of_day = entries.iter().filter(|entry| entry.date == day);
    let line = of_day.clone().map(|entry| entry.line).min();
    let signs: Set<Sign> = of_day
        .flat_map(|entry| entry.signs.iter().chain(entry.signs_in_note))
        .collect();
    let mentions = match signs.is_empty() {
        true => String::new(),
        false => format!(" It mentions {}.", signs_text(signs)),
    };
    let days = days_between(before, day);
    problems.add(
        Code::PainDateFuture,
        Effect::Noted,
        line,
        format!("{day} lies {days} days after the entry before it"),
        format!(
            "Is the date right? The entry is kept, but does not set the day of the report.{mentions}"
        ),
    );
}

#[cfg(test)]
mod tests {
    use crate::{
        pain::{Options, PainLog, read},
        problem::{Code, Effect},
    };

    fn log_of(text: &str) -> PainLog {
        read(text.as_bytes(), "pain.csv", &Options::default()).expect("a readable header")
    }

    /// Code, place and detail of each problem, all of them remarks that lose nothing.
    fn check(text: &str, expected: &[(Code, &str, &str)]) {
        let log = log_of(text);
        let found: Vec<_> = log
            .problems
            .iter()
            .map(|p| (p.code, p.place.as_str(), p.detail.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
        assert!(
            log.problems
                .iter()
                .all(|problem| problem.effect == Effect::Noted),
            "{text}"
        );
        assert_eq!(
            (log.entries.len(), log.unusable_rows),
            (log.rows, 0),
            "{text}"
        );
    }

    #[test]
    fn nothing_hurts_and_pain_at_one_moment_are_asked_about() {
        let detail = "nothing hurts, it says, but line 2 rates pain 5 on the same day and moment (2025-03-01, in the evening)";
        check(
            "date,moment,site,side,pain\n2025-03-01,evening,calf,left,5\n2025-03-01,evening,none,,0\n",
            &[(Code::PainContradiction, "pain.csv, line 3", detail)],
        );
        for unlike in [
            "2025-03-01,evening,,calf,5\n2025-03-01,morning,,none,0\n",
            "2025-03-01,evening,,calf,5\n2025-03-02,evening,,none,0\n",
            "2025-03-01,day,07:00,none,0\n2025-03-01,day,19:00,calf,5\n",
            "2025-03-01,evening,,calf,0\n2025-03-01,evening,,none,0\n",
        ] {
            check(&format!("date,moment,time,site,pain\n{unlike}"), &[]);
        }
    }

    #[test]
    fn pain_without_a_place_and_a_place_without_pain_are_told_in_one_line_each() {
        check(
            "date,site,pain,signs,ostrc_q1\n2025-03-01,,3,,\n2025-03-02,calf,,swelling,\n2025-03-03,,0,,\n\
             2025-03-04,,1,,\n2025-03-05,knee,,,\n2025-03-06,knee,,,8\n2025-03-07,,,fever,\n",
            &[
                (
                    Code::PainNoSite,
                    "pain.csv",
                    "pain above 0 and no place in lines 2 and 5",
                ),
                (
                    Code::PainNoRating,
                    "pain.csv",
                    "a place and no rating in lines 3 and 6",
                ),
            ],
        );
    }
}
