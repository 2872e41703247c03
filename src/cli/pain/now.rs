//! What the log alone asks for on a day, in few lines; and where it asks for nothing, what it says.

use super::named::Named;
use crate::{
    pain::{Entry, PainLog, hurting, logged_days, rating_at, site_text},
    rules::{Severity, ladder},
    time::plus_days,
    units::counted,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, path::Path};

/// Lines of what asks for something.
const FEW: usize = 3;
/// Days that are looked back on where nothing is asked.
const DAYS: i64 = 14;

/// What the rules ask for on a day, and on the log's last one where that is later: the loudest first, each place once.
pub(super) fn on(day: NaiveDate, log: &PainLog, by: &Named) -> Vec<(Severity, String)> {
    let last = ladder::last_day(log).filter(|last| *last > day);
    let days = last.into_iter().chain([day]);
    let mut said: Vec<(Severity, String)> = days.flat_map(|day| asked_on(day, log, by)).collect();
    said.sort_by_key(|(severity, _)| Reverse(*severity));
    said.dedup();
    said
}

fn asked_on(day: NaiveDate, log: &PainLog, by: &Named) -> impl Iterator<Item = (Severity, String)> {
    let said = ladder::of_log_on(day, log, &by.limits, &by.emergency_number);
    said.into_iter()
        .filter(|(severity, _)| *severity >= Severity::Watch)
}

/// The first few, and where the others are.
pub(super) fn few(now: &[(Severity, String)], log: &Path) -> Vec<String> {
    let first = now.iter().take(FEW);
    let mut lines: Vec<String> = first
        .map(|(severity, text)| format!("{}: {text}", severity.label()))
        .collect();
    let more = now.len().saturating_sub(FEW);
    if more > 0 {
        let (places, log) = (
            counted(more, "more thing is", "more things are"),
            log.display(),
        );
        lines.push(format!("{places} asked for: niggle pain check {log}"));
    }
    lines
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
