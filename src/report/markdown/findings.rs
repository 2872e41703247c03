//! Findings: red flags first, then the last 14 days, then earlier ones, then good news, then what could not be judged.

use super::opening::{first, rows_lately};
use crate::{
    analysis::Analysis,
    pain::{Site, site_text},
    report::text::{escaped, sentence_case, table},
    rules::{self, Finding, Severity, triage},
    time,
    units::{Units, counted, number},
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeMap};

/// Earlier findings listed one by one; the rest is in findings.json.
const LISTED: usize = 30;

/// Findings about one place told in full in each section; more would hide the first.
const SHOWN_AT_A_PLACE: usize = 4;

/// What stands behind each finding, said once.
const IN_BRACKETS: &str = "In brackets: what was measured, where the sentence does not say it; the limit from which on niggle speaks; \
                           how strong the evidence for that limit is; and *why*, which leads to the rule.";

/// How a severity is said.
pub fn loudness(severity: Severity) -> &'static str {
    match severity {
        Severity::Good => "Good",
        Severity::Note => "For information",
        Severity::Watch => "Keep an eye on it",
        Severity::EaseOff => "Ease off",
        Severity::SeeSomeone => "Have it looked at",
        Severity::Urgent => "Today",
        Severity::Emergency => "Now",
    }
}

/// Links between load and pain have a section of their own.
pub fn is_link(finding: &Finding) -> bool {
    finding.rule == rules::load_pain_link::RULE.id
}

/// Table E of the handbook: what is current, calmly; what is history, without alarm; and what was looked at.
pub fn red_flags(analysis: &Analysis) -> String {
    let as_of = analysis.history.as_of;
    let flags: Vec<&Finding> = analysis.findings.iter().filter(|f| is_red_flag(f)).collect();
    let (now, before): (Vec<&Finding>, Vec<&Finding>) = flags.into_iter().partition(|f| triage::is_current(f, as_of));
    // With its first day: 14 days back and the day of the report itself are 15 days of a calendar.
    let since = format!("in the last 14 days (since {})", time::date_text(triage::current_from(as_of)));
    let mut out = String::from("## Red flags\n\n");
    out.push_str(&match (now.is_empty(), rows_lately(analysis)) {
        (false, _) => format!("{}\n{IN_BRACKETS}\n", by_place(&now, analysis)),
        (true, _) if analysis.pain.place.is_none() => {
            "There is no pain log, so nothing can be said about them. `niggle pain init pain.csv` starts one; one row is enough.\n"
                .to_string()
        }
        (true, 0) => format!("Nothing about pain was logged {since}, so nothing can be said about them.\n"),
        (true, rows) => format!("None in the {} logged {since}.\n", counted(rows, "row", "rows")),
    });
    if !before.is_empty() {
        out.push_str("\nEarlier in your log, as history:\n\n");
        out.extend(before.iter().map(|finding| past_item(finding, analysis)));
    }
    out
}

/// What happened in the last 14 days, loudest first.
pub fn current(analysis: &Analysis) -> String {
    let now = |finding: &&Finding| is_ordinary(finding) && triage::is_current(finding, analysis.history.as_of);
    let found: Vec<&Finding> = analysis.findings.iter().filter(now).collect();
    let is_explained =
        analysis.findings.iter().any(|f| is_red_flag(f) && triage::is_current(f, analysis.history.as_of));
    let body = match (found.is_empty(), is_explained) {
        (true, _) => "Nothing was flagged.\n".to_string(),
        (false, true) => by_place(&found, analysis),
        (false, false) => format!("{}\n{IN_BRACKETS}\n", by_place(&found, analysis)),
    };
    format!("## The last 14 days\n\n{body}")
}

/// Everything before: how often each rule spoke, then the findings one by one.
pub fn earlier(analysis: &Analysis) -> String {
    let before = |finding: &&Finding| is_ordinary(finding) && !triage::is_current(finding, analysis.history.as_of);
    let mut findings: Vec<&Finding> = analysis.findings.iter().filter(before).collect();
    if findings.is_empty() {
        return String::new();
    }
    let mut out = format!("## Earlier\n\n{}\n", table(&["pattern", "how often", "last"], overview(&findings)));
    // The loudest are listed, newest first; they come sorted by loudness.
    let total = findings.len();
    findings.truncate(LISTED);
    findings.sort_by_key(|finding| Reverse((finding.to, finding.severity)));
    let listed: String = findings.iter().map(|finding| past_item(finding, analysis)).collect();
    let title = if total > LISTED {
        format!("The {LISTED} that stood out most of {total}, newest first (all are in findings.json)")
    } else {
        "One by one, newest first".to_string()
    };
    out.push_str(&format!("<details>\n<summary>{title}</summary>\n\n{listed}\n</details>\n"));
    out
}

/// What is worth a smile.
pub fn good(analysis: &Analysis) -> String {
    let good: Vec<&Finding> = analysis.findings.iter().filter(|f| f.severity == Severity::Good).collect();
    if good.is_empty() {
        return String::new();
    }
    let items: String = good.iter().take(5).map(|finding| past_item(finding, analysis)).collect();
    format!("## Good news\n\n{items}")
}

/// Rules that had too little data, the same reason said once.
pub fn not_judged(analysis: &Analysis) -> String {
    if analysis.not_judged.is_empty() {
        return String::new();
    }
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in &analysis.not_judged {
        let rules = by_reason.entry(&entry.why).or_default();
        let link = titled_link(entry.rule);
        if !rules.contains(&link) {
            rules.push(link);
        }
    }
    let rows = by_reason.into_iter().map(|(why, rules)| vec![escaped(why), rules.join(" · ")]);
    let intro = "Not judged is not the same as fine: here something was missing.\n\n";
    format!("## What could not be judged\n\n{intro}{}", table(&["what is missing", "so these could not look"], rows))
}

/// Findings as a list, those about one place of the body together under its name, in the order of the loudest of each.
fn by_place(findings: &[&Finding], analysis: &Analysis) -> String {
    let mut groups: Vec<(Option<String>, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let place = finding.site.filter(|site| *site != Site::None).map(|site| site_text(site, finding.side));
        match groups.iter_mut().find(|(known, _)| place.is_some() && *known == place) {
            Some((_, group)) => group.push(finding),
            None => groups.push((place, vec![finding])),
        }
    }
    groups.into_iter().map(|(place, group)| grouped(place.as_deref(), &group, analysis)).collect()
}

fn grouped(place: Option<&str>, group: &[&Finding], analysis: &Analysis) -> String {
    match place {
        Some(place) if group.len() > 1 => {
            let shown = group.iter().take(SHOWN_AT_A_PLACE);
            let items: String = shown.map(|finding| format!("  {}", current_item(finding, analysis))).collect();
            format!("- {}\n{items}{}", sentence_case(place), also(&group[SHOWN_AT_A_PLACE.min(group.len())..]))
        }
        _ => group.iter().map(|finding| current_item(finding, analysis)).collect(),
    }
}

/// The quieter findings of a place in one line.
fn also(rest: &[&Finding]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for finding in rest {
        match counts.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((finding.rule, 1)),
        }
    }
    let words: Vec<String> =
        counts.into_iter().map(|(rule, count)| format!("{} ({count} ×)", titled_link(rule))).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("  - Also, one by one in findings.json: {}.\n", words.join(", "))
    }
}

/// Findings that table E puts above everything else.
fn is_red_flag(finding: &Finding) -> bool {
    finding.rule.starts_with("red-flag-")
}

fn is_ordinary(finding: &&Finding) -> bool {
    !is_red_flag(finding) && !is_link(finding) && finding.severity != Severity::Good
}

/// One finding of these days as a list item: how loud, when, what, the numbers, and why it is said. What stands at the top
/// of the page is not said again.
fn current_item(finding: &Finding, analysis: &Analysis) -> String {
    if first(analysis).is_some_and(|first| std::ptr::eq(first, finding)) {
        let title = rules::rule(finding.rule).map_or(finding.rule, |rule| rule.title);
        let (loudness, title) = (loudness(finding.severity), escaped(title));
        return format!("- **{loudness}** — {title}, as said at the top. {}\n", brackets(finding, analysis));
    }
    // Messages about pain name their days themselves.
    let when = time::period_text(finding.from, finding.to);
    let when = if finding.text().contains(&when) { String::new() } else { format!("{when}: ") };
    format!("- **{}** — {when}{}\n", loudness(finding.severity), said(finding, analysis))
}

/// One finding of before: when and what, without alarm.
fn past_item(finding: &Finding, analysis: &Analysis) -> String {
    format!("- **{}** — {}\n", time::period_text(finding.from, finding.to), said(finding, analysis))
}

fn said(finding: &Finding, analysis: &Analysis) -> String {
    format!("{} {}", escaped(&finding.text()), brackets(finding, analysis))
}

/// `(31 %, limit 10 %; evidence moderate, [why](#single-run-spike))`.
fn brackets(finding: &Finding, analysis: &Analysis) -> String {
    let stance = rules::rule(finding.rule).map_or(String::new(), |rule| rule.evidence.stance.words());
    let (numbers, id) = (numbers(finding, analysis.units), finding.rule);
    let numbers = if numbers.is_empty() { numbers } else { numbers + "; " };
    let changed = if analysis.limits.bear_on(id) { ", limits changed by you" } else { "" };
    format!("({numbers}{stance}{changed}, [why](#{id}))")
}

/// A rule by its title, leading to its section.
fn titled_link(id: &str) -> String {
    let title = rules::rule(id).map_or(id, |rule| rule.title);
    format!("[{}](#{id})", escaped(title))
}

/// `31 %, limit 10 %`; what the sentence says already is left out.
fn numbers(finding: &Finding, units: Units) -> String {
    let Some(observed) = finding.observed else { return String::new() };
    let shown = |value: f64| value_text(value, finding.unit, units);
    // A single row raises a red flag: there is no limit to compare with.
    let limit = finding.limit.filter(|_| !is_red_flag(finding)).map(|limit| format!("limit {}", shown(limit)));
    let observed = (!is_said(&finding.text(), observed, &shown(observed), finding.unit)).then(|| shown(observed));
    observed.into_iter().chain(limit).collect::<Vec<_>>().join(", ")
}

/// Whether a sentence has this value, as it is shown or with more digits, or as `3.4 times` for `3.4 ×`.
fn is_said(message: &str, value: f64, shown: &str, unit: &str) -> bool {
    let ways = [
        shown.trim_start_matches('-').to_string(),
        shown.replace(" ×", " times"),
        format!("{} times", number(value, 1)),
        format!("{} {unit}", number(value, 2)),
    ];
    let whole = |at: usize| !message[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    ways.iter().any(|way| message.match_indices(way.as_str()).any(|(at, _)| whole(at)))
}

/// A value with its unit as people write it.
fn value_text(value: f64, unit: &str, units: Units) -> String {
    let whole = if value.fract() == 0.0 { 0 } else { 1 };
    match unit {
        "share" => format!("{} %", number(value * 100.0, 0)),
        "%" if value.abs() >= 10.0 => format!("{} %", number(value, 0)),
        "%" => format!("{} %", number(value, 1)),
        "ratio" => format!("{} ×", number(value, if value.fract() == 0.0 { 0 } else { 2 })),
        "rho" => format!("rho {}", number(value, 2)),
        "m" if value.abs() >= 1000.0 => units.distance_text(value),
        "m" => units.height_text(value),
        "spm" => format!("{} spm", number(value, 0)),
        other if value == 1.0 => format!("1 {}", other.trim_end_matches('s')),
        other => format!("{} {other}", number(value, whole)),
    }
}

fn overview(findings: &[&Finding]) -> Vec<Vec<String>> {
    let mut by_rule: BTreeMap<&str, (usize, NaiveDate)> = BTreeMap::new();
    for finding in findings {
        let row = by_rule.entry(finding.rule).or_insert((0, finding.to));
        *row = (row.0 + 1, row.1.max(finding.to));
    }
    let mut rows: Vec<_> = by_rule.into_iter().collect();
    rows.sort_by_key(|(id, (_, last))| (Reverse(*last), *id));
    let row = |(id, (count, last)): (&str, (usize, NaiveDate))| {
        vec![titled_link(id), format!("{count} ×"), time::date_text(last)]
    };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::charts::fixtures::regular, rules::fixture::finding};

    #[test]
    fn brackets_hold_what_the_sentence_does_not_say() {
        let day = "2025-05-11".parse().expect("a literal date");
        for (rule, message, (observed, limit, unit), expected) in [
            ("time-loss", "No full run for 9 days.", (9.0, 7.0, "days"), "limit 7 days; evidence strong"),
            ("time-loss", "Pain took runs on 19 days.", (9.0, 7.0, "days"), "9 days, limit 7 days; evidence strong"),
            ("single-run-spike", "35 % longer.", (0.352, 0.3, "share"), "limit 30 %; evidence moderate"),
            ("descent-spike", "8.8 times the most.", (8.75, 2.0, "ratio"), "limit 2 ×; evidence weak"),
            ("cadence-below-own", "5.5 % under.", (-5.5, -5.0, "%"), "limit -5.0 %; evidence weak"),
            ("sleep-short", "You slept 6.98 h.", (6.98, 7.0, "h"), "limit 7 h; evidence moderate"),
            ("red-flag-bone-spot", "Pain in one spot.", (8.0, 1.0, "days"), "8 days; common medical advice"),
            ("red-flag-bone-spot", "Pain on 8 days.", (8.0, 1.0, "days"), "common medical advice"),
        ] {
            let values = (Some(observed), Some(limit));
            let message = message.to_string();
            let found = Finding { message, observed: values.0, limit: values.1, unit, ..finding(rule, day, day) };
            assert_eq!(brackets(&found, &regular(2)), format!("({expected}, [why](#{rule}))"), "{}", found.message);
        }
    }

    #[test]
    fn what_stands_at_the_top_is_not_said_again() {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        let at = |rule, message: &str| Finding {
            message: message.to_string(),
            severity: Severity::SeeSomeone,
            ..finding(rule, day, day)
        };
        analysis.findings = vec![at("red-flag-bone-spot", "One spot."), at("time-loss", "Runs were lost.")];
        let (flags, rest) = (red_flags(&analysis), current(&analysis));
        assert!(
            flags.contains(
                "— One exact spot on a bone, or impact and night, as said at the top. (common medical advice"
            ) && !flags.contains("One spot.")
        );
        assert!(rest.contains("Runs were lost. (evidence strong, [why](#time-loss))"), "{rest}");
    }
}
