//! What the log alone asks for on a day, in few lines; and where it asks for nothing, what it says.

use super::named::Named;
use crate::{
    course::{Short, short},
    pain::{
        Entry, PainLog, Place, append::Appended, hurting, logged_days, places_meet, rating_at,
        site_text,
    },
    rules::{self, Severity, ladder, standing::rating},
    time::{plus_days, short_date_text},
    units::counted,
    words::sentence_case,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeSet, path::Path};

/// Lines of what asks for something.
const FEW: usize = 3;
/// Days that are looked back on where nothing is asked.
const DAYS: i64 = 14;

/// What a log asks for once a row is written into it: each place once, the loudest first.
pub(super) struct Now {
    /// What it asked for before in the same way.
    pub(super) still: Vec<Short>,
    /// What the row brought about.
    pub(super) new: Vec<Short>,
}

/// What the rules ask for on the row's day, and on the log's last one where that is later.
pub(super) fn after(day: NaiveDate, written: &Appended, by: &Named) -> Now {
    let before = asked(day, &without(&written.log, &rows(written)), by);
    let is_known = |short: &Short| before.iter().any(|known| is_same(known, short));
    let (still, new) = asked(day, &written.log, by).into_iter().partition(is_known);
    Now { still, new }
}

fn is_same(a: &Short, b: &Short) -> bool {
    (a.place, a.rule, a.severity) == (b.place, b.rule, b.severity)
}

/// The entries of the row that was written, the last of the file. Empty where it stood there already.
fn rows(written: &Appended) -> Vec<&Entry> {
    let entries = &written.log.entries;
    let last = entries.iter().map(|entry| entry.line).max();
    let last = last.filter(|_| !written.tail.is_empty());
    let rows = entries.iter().filter(|entry| Some(entry.line) == last);
    rows.collect()
}

fn without(log: &PainLog, rows: &[&Entry]) -> PainLog {
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    let others = log.entries.iter();
    let others = others.filter(|entry| !lines.contains(&entry.line));
    PainLog {
        entries: others.cloned().collect(),
        ..log.clone()
    }
}

/// Each place once, with the loudest of both days.
fn asked(day: NaiveDate, log: &PainLog, by: &Named) -> Vec<Short> {
    let last = ladder::last_day(log).filter(|last| *last > day);
    let days = last.into_iter().chain([day]);
    let said = days.flat_map(|day| short::of_log_on(day, log, &by.limits, &by.emergency_number));
    let mut said: Vec<Short> = said
        .filter(|short| short.severity >= Severity::Watch)
        .collect();
    said.sort_by_key(|short| Reverse(short.severity));
    let mut once: Vec<Short> = Vec::new();
    for short in said {
        if !once.iter().any(|told| is_of_the_same(told, &short)) {
            once.push(short);
        }
    }
    once
}

/// Of the same place; of what has none, of the same rule.
fn is_of_the_same(a: &Short, b: &Short) -> bool {
    match (a.place, b.place) {
        (Some(a), Some(b)) => places_meet(a, b),
        (None, None) => a.rule == b.rule,
        _ => false,
    }
}

/// `Still: right shin, have it looked at before the next run (since 27 Sep).`
pub(super) fn still_text(short: &Short, day: NaiveDate) -> String {
    let what = match short.place {
        Some((site, side)) => site_text(site, side),
        None => rules::headline(short.rule).to_string(),
    };
    let asked = short.severity.label().to_lowercase();
    // No distance is named before such a place was seen, whichever rule asks for it.
    let by = match short.severity {
        Severity::SeeSomeone => " before the next run",
        _ => "",
    };
    let since = short_date_text(short.since, day);
    format!("Still: {what}, {asked}{by} (since {since}).")
}

/// The first few of what can wait, and where the others are.
pub(super) fn few(lines: Vec<String>, log: &Path) -> Vec<String> {
    let more = lines.len().saturating_sub(FEW);
    let more = (more > 0).then(|| {
        let (things, log) = (
            counted(more, "more thing is", "more things are"),
            log.display(),
        );
        format!("{things} asked for: niggle pain check {log}")
    });
    lines.into_iter().take(FEW).chain(more).collect()
}

/// A line on each place of the row of which nothing was said for the first time:
/// `Left knee: 3 of 10; rated above 0 on 2 of the last 14 days, at most 4 of 10. By the log alone no rule asks for anything there.`
pub(super) fn of_the_row(written: &Appended, now: &Now, day: NaiveDate) -> Vec<String> {
    let rows = rows(written);
    let mut lines = Vec::new();
    for place in hurting(rows.iter().copied()) {
        let is_here = |short: &&Short| short.place.is_some_and(|own| places_meet(own, place));
        if now.new.iter().any(|short| is_here(&short)) {
            continue;
        }
        let silent = match now.still.iter().any(|short| is_here(&short)) {
            true => "",
            false => " By the log alone no rule asks for anything there.",
        };
        lines.push(of_place(&written.log, &rows, place, day) + silent);
    }
    lines
}

fn of_place(log: &PainLog, rows: &[&Entry], place: Place, day: NaiveDate) -> String {
    let rated = |entry: &Entry| rating_at(entry, place).filter(|rating| *rating > 0.0);
    let from = plus_days(day, 1 - DAYS);
    let recent = log.entries.iter();
    let recent = recent.filter(|entry| (from..=day).contains(&entry.date));
    let (mut days, mut most) = (BTreeSet::new(), 0.0_f64);
    for entry in recent {
        if let Some(rated) = rated(entry) {
            days.insert(entry.date);
            most = most.max(rated);
        }
    }
    let now = rows.iter().filter_map(|row| rated(row)).fold(0.0, f64::max);
    format!(
        "{}: {} of 10; rated above 0 on {} of the last {DAYS} days, at most {} of 10.",
        sentence_case(&site_text(place.0, place.1)),
        rating(now),
        days.len(),
        rating(most)
    )
}

/// What the last days say where no rule asks for anything: figures, and no verdict.
pub(super) fn facts(log: &PainLog, day: NaiveDate) -> String {
    let from = plus_days(day, 1 - DAYS);
    let recent = log
        .entries
        .iter()
        .filter(|entry| (from..=day).contains(&entry.date));
    let recent: Vec<&Entry> = recent.collect();
    let logged = logged_days(log).range(from..=day).count();
    format!(
        "By the log alone no rule asks for anything: of the last {DAYS} days {} logged, {}.",
        counted(logged, "is", "are"),
        highest(&recent)
    )
}

fn highest(recent: &[&Entry]) -> String {
    let places = hurting(recent.iter().copied()).into_iter();
    let highest = places.map(|place| {
        let ratings = recent.iter().filter_map(|entry| rating_at(entry, place));
        (ratings.fold(0.0, f64::max), place)
    });
    let highest = highest.max_by(|(a, _), (b, _)| a.total_cmp(b));
    match highest {
        None => "none of them with pain".to_string(),
        Some((pain, (site, side))) => {
            let pain = (pain * 10.0).round() / 10.0;
            format!(
                "the highest rating is {pain} of 10 ({})",
                site_text(site, side)
            )
        }
    }
}
