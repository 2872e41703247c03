//! The top of the page: whose months these are, in one line, what comes first, and what a report can and cannot be.

use crate::{
    analysis::Analysis,
    model::Run,
    pain::{Entry, PainLog, logged_days},
    problem::Code,
    report::text::escaped,
    rules::{Finding, Severity, triage},
    time,
    units::{counted, number},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A report that speaks from later than this many days after the last run says so, days.
const STALE_DAYS: i64 = 14;

/// Title, the line of totals, the sentence that is always said, and the headline.
pub fn section(analysis: &Analysis) -> String {
    let mut out = format!("# Your running and your pain\n\n{}\n\n", totals(analysis));
    out.push_str(&format!("> {} This is not medical advice and no diagnosis.\n\n", triage::ALWAYS_SAID));
    out.push_str(&headline(analysis));
    out.extend(caveats(analysis).into_iter().map(|line| format!("{line}\n\n")));
    out
}

/// Rows of the pain log that the triage table looked at as current; one about sleep or shoes alone says nothing of pain.
pub fn rows_lately(analysis: &Analysis) -> usize {
    let as_of = analysis.history.as_of;
    analysis.pain.entries.iter().filter(|entry| triage::is_current_row(entry, as_of)).count()
}

fn totals(analysis: &Analysis) -> String {
    let history = &analysis.history;
    let period = history.period().map(|(from, to)| time::period_text(from, to)).unwrap_or_default();
    let metres: f64 = history.runs.iter().filter_map(|run| run.distance_m).sum();
    let units = analysis.units;
    let logged = history.days.iter().filter(|day| day.pain_max.is_some()).count();
    let pain = match &analysis.pain.place {
        Some(_) => format!("pain logged on {} of {}", logged, counted(history.days.len(), "day", "days")),
        None => "no pain log".to_string(),
    };
    format!(
        "**{period}** · {} · {} {} · {pain}",
        counted(history.runs.len(), "run", "runs"),
        number(units.distance(metres), 0),
        units.distance_label(),
    )
}

/// What asks for something in the last 14 days, loudest first.
fn asks(analysis: &Analysis) -> impl Iterator<Item = &Finding> {
    let as_of = analysis.history.as_of;
    analysis
        .findings
        .iter()
        .filter(move |f| triage::is_current(f, as_of) && f.severity >= Severity::Watch && !super::findings::is_link(f))
}

/// The finding that is said in full at the top. None when nothing asks for anything.
pub fn first(analysis: &Analysis) -> Option<&Finding> {
    triage::headline(&analysis.findings, analysis.history.as_of).or(asks(analysis).next())
}

/// The one thing to do first, in its own words; how much else there is.
fn headline(analysis: &Analysis) -> String {
    match first(analysis) {
        Some(finding) => {
            let others = asks(analysis).filter(|other| !std::ptr::eq(*other, finding)).count();
            let more = if others > 0 {
                format!("\n\n{} in the last 14 days: see below.", counted(others, "more finding", "more findings"))
            } else {
                String::new()
            };
            let label = super::findings::loudness(finding.severity);
            format!("**{label}:** {}{more}\n\n", escaped(&finding.text()))
        }
        None => {
            let (pain, unseen) = (pain_lately(analysis), not_looked_for(analysis));
            format!("**In the last 14 days** your running shows nothing to ask about, {pain}{unseen}\n\n")
        }
    }
}

/// How many rules had too little data to look: that nothing was found says nothing of what they look for.
fn not_looked_for(analysis: &Analysis) -> String {
    let rules: BTreeSet<&str> = analysis.not_judged.iter().map(|entry| entry.rule).collect();
    if rules.is_empty() {
        return String::new();
    }
    let patterns = counted(rules.len(), "pattern", "patterns");
    format!(
        " For {patterns} there was too little to look at: see [What could not be judged](#what-could-not-be-judged)."
    )
}

/// Absence of entries is never reassurance (rules.md E).
fn pain_lately(analysis: &Analysis) -> String {
    match (&analysis.pain.place, rows_lately(analysis)) {
        (None, _) => "and about pain nothing is known: there is no pain log.".to_string(),
        (_, 0) => "and about pain nothing is known: there is no entry.".to_string(),
        (_, rows) => {
            let rows = match rows {
                1 => "neither does the 1 row".to_string(),
                rows => format!("neither do the {rows} rows"),
            };
            format!("and {rows} of your pain log. Days without an entry are unknown.")
        }
    }
}

/// What makes everything below less certain, said before it.
fn caveats(analysis: &Analysis) -> Vec<String> {
    let history = &analysis.history;
    let mut lines = Vec::new();
    let last_run = history.runs.iter().map(|run| run.local_date()).max();
    if let Some(days) = last_run.map(|day| time::days_between(day, history.as_of)).filter(|days| *days > STALE_DAYS) {
        lines.push(format!(
            "Your last recorded run lies {days} days before {}, the day this report speaks from.",
            time::date_text(history.as_of)
        ));
    }
    if analysis.problems.iter().any(|problem| problem.code == Code::PainLogUnusable) {
        lines.push("Your pain log could not be used: see [Files](#files).".to_string());
    }
    lines.extend(before_the_calendar(analysis));
    lines.extend(no_overlap(analysis));
    let of_log = |rows: usize| counted(rows, "row of your pain log", "rows of your pain log");
    let told = [
        (analysis.pain.unusable_rows, "could not be used"),
        (placeless(&analysis.pain).count(), "hurt and named no place, which counts for the day only"),
    ];
    let told = told.into_iter().filter(|(rows, _)| *rows > 0);
    lines.extend(told.map(|(rows, what)| format!("{} {what}: see [Files](#files).", of_log(rows))));
    lines
}

/// Rows that rate pain above 0 and name no place.
pub fn placeless(pain: &PainLog) -> impl Iterator<Item = &Entry> {
    pain.entries.iter().filter(|entry| entry.site.is_none() && entry.pain.is_some_and(|pain| pain > 0.0))
}

/// Rows of the log older than the calendar, which begins at most a year before the first run.
fn before_the_calendar(analysis: &Analysis) -> Option<String> {
    let (first, _) = analysis.history.period()?;
    let rows = analysis.pain.entries.iter().filter(|entry| entry.date < first).count();
    let counted = counted(rows, "row of your pain log lies", "rows of your pain log lie");
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
    let logged = logged_days(&analysis.pain);
    let is_covered = |day: &NaiveDate| history.day(*day).is_some_and(|day| day.covered);
    let (first, last) = (logged.first()?, logged.last()?);
    let days = history.runs.iter().map(Run::local_date);
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
    use crate::{report::charts::fixtures::regular, rules::fixture::finding};

    #[test]
    fn the_headline_is_not_one_of_the_others() {
        let (spike, spell) = (("single-run-spike", Severity::Watch), ("pain-over-a-week", Severity::SeeSomeone));
        let soreness = ("soreness-fits-doms", Severity::Good);
        for (findings, others) in [
            (vec![spell], None),
            (vec![spell, spike], Some("1 more finding in")),
            (vec![spike, spike], Some("1 more finding in")),
            // Soreness is in the triage table, and what asks for more is below it.
            (vec![spike, soreness], Some("1 more finding in")),
            (vec![soreness], None),
        ] {
            let mut analysis = regular(8);
            let as_of = analysis.history.as_of;
            let at = |(rule, severity)| Finding { severity, ..finding(rule, as_of, as_of) };
            analysis.findings = findings.into_iter().map(at).collect();
            let text = headline(&analysis);
            assert_eq!(text.contains("more finding"), others.is_some(), "{text}");
            assert!(others.is_none_or(|others| text.contains(others)), "{text}");
        }
    }
}
