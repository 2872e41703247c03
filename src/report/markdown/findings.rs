//! Findings: red flags first, then the last 14 days, then earlier ones, then good news, then what could not be judged.
//!
//! Those of one place stand together. What is asked of it is said once, by the loudest; the others give their facts as reasons.

use crate::words::sentence_case;
use crate::{
    analysis::Analysis,
    pain::site_text,
    report::{
        text::{escaped, table},
        verdict::{Verdict, rows_lately},
    },
    rules::{self, Finding, Severity, Stance, ladder::Rung, triage},
    time,
    units::{Units, counted},
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeMap};

/// Earlier findings told in full; the others with their days.
const LISTED: usize = 100;

/// Good news told.
const GOOD: usize = 5;

/// What stands behind each finding, said once.
const IN_BRACKETS: &str = "In brackets: what was measured, where the sentence does not say it; the limit from which on niggle speaks; \
                           how strong the evidence for that limit is, or that it is common medical advice; and *why*, which \
                           leads to the rule.";

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
fn is_link(finding: &Finding) -> bool {
    finding.rule == rules::load_pain_link::RULE.id
}

/// The alarms: what is current, calmly; what is history, without alarm; and what was looked at.
pub(super) fn red_flags(analysis: &Analysis, verdict: &Verdict) -> String {
    let as_of = analysis.history.as_of;
    let before: Vec<&Finding> =
        analysis.findings.iter().filter(|f| is_red_flag(f) && !triage::is_current(f, as_of)).collect();
    // With its first day: 14 days back and the day of the report itself are 15 days of a calendar.
    let since = format!("in the last 14 days (since {})", time::date_text(triage::current_from(as_of)));
    let now = by_place(analysis, verdict, is_red_flag);
    let mut out = String::from("## Red flags\n\n");
    out.push_str(&match (now.is_empty(), rows_lately(analysis)) {
        (false, _) => format!("{now}\n{IN_BRACKETS}\n"),
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
pub(super) fn current(analysis: &Analysis, verdict: &Verdict) -> String {
    let found = by_place(analysis, verdict, |finding| !is_red_flag(finding));
    let is_explained = verdict.rungs.iter().flat_map(|rung| &rung.findings).any(|finding| is_red_flag(finding));
    let body = match (found.is_empty(), is_explained) {
        (true, true) => "Beside the red flags nothing was flagged.\n".to_string(),
        (true, false) => "Nothing was flagged.\n".to_string(),
        (false, true) => found,
        (false, false) => format!("{found}\n{IN_BRACKETS}\n"),
    };
    format!("## The last 14 days\n\n{body}")
}

/// Everything before: how often each rule spoke, then the findings one by one.
pub(super) fn earlier(analysis: &Analysis) -> String {
    let as_of = analysis.history.as_of;
    let is_told = |finding: &&Finding| !is_red_flag(finding) && !is_link(finding) && finding.severity != Severity::Good;
    let before = |finding: &&Finding| is_told(finding) && !triage::is_current(finding, as_of);
    let mut findings: Vec<&Finding> = analysis.findings.iter().filter(before).collect();
    if findings.is_empty() {
        return String::new();
    }
    let mut out = format!("## Earlier\n\n{}\n", table(&["pattern", "how often", "last"], overview(&findings)));
    // The loudest are told in full, newest first; they come sorted by loudness.
    let mut rest = findings.split_off(LISTED.min(findings.len()));
    findings.sort_by_key(|finding| Reverse((finding.to, finding.severity)));
    let listed: String = findings.iter().map(|finding| past_item(finding, analysis)).collect();
    let title = if rest.is_empty() {
        "One by one, newest first".to_string()
    } else {
        format!("The {LISTED} that stood out most, newest first")
    };
    out.push_str(&format!("<details>\n<summary>{title}</summary>\n\n{listed}\n</details>\n"));
    if !rest.is_empty() {
        rest.sort_by_key(|finding| Reverse(finding.to));
        let title = format!("The other {}, by their days", rest.len());
        out.push_str(&format!("\n<details>\n<summary>{title}</summary>\n\n{}\n</details>\n", by_days(&rest)));
    }
    out
}

/// A line a rule: on which days it spoke.
fn by_days(findings: &[&Finding]) -> String {
    let mut days: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in findings {
        days.entry(finding.rule).or_default().push(time::period_text(finding.from, finding.to));
    }
    days.into_iter().map(|(rule, days)| format!("- {}: {}\n", titled_link(rule), days.join("; "))).collect()
}

/// What is worth a smile, where nothing alarms at the same place.
pub(super) fn good(analysis: &Analysis) -> String {
    let good = |finding: &&Finding| finding.severity == Severity::Good && !is_alarmed(analysis, finding);
    let items: String =
        analysis.findings.iter().filter(good).take(GOOD).map(|finding| past_item(finding, analysis)).collect();
    if items.is_empty() { items } else { format!("## Good news\n\n{items}") }
}

/// Whether something at the same place, or for good news without one anywhere in the body, asks for care on the same days, or for
/// easier days or more within two weeks of them.
fn is_alarmed(analysis: &Analysis, good: &Finding) -> bool {
    let here = |finding: &&Finding| match good.site {
        Some(_) => finding.site == good.site && crate::pain::sides_meet(finding.side, good.side),
        None => finding.site.is_some() || rules::is_red_flag(finding.rule),
    };
    let within = |finding: &Finding, days: i64| {
        time::days_between(finding.to, good.from) <= days && time::days_between(good.to, finding.from) <= days
    };
    let alarms = |finding: &&Finding| match finding.severity {
        Severity::Good | Severity::Note => false,
        Severity::Watch => within(finding, 0),
        _ => within(finding, triage::WINDOW.value as i64),
    };
    analysis.findings.iter().filter(|finding| !is_link(finding)).filter(here).any(|finding| alarms(&finding))
}

/// Rules that had too little data, the same reason said once.
pub(super) fn not_judged(analysis: &Analysis) -> String {
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

/// The findings of these days that are `wanted`, by place; of one rule at a place the loudest, the others folded below.
fn by_place(analysis: &Analysis, verdict: &Verdict, wanted: fn(&Finding) -> bool) -> String {
    let (mut out, mut folded) = (String::new(), Vec::new());
    for rung in &verdict.rungs {
        let mut shown: Vec<&Finding> = Vec::new();
        for finding in rung.findings.iter().copied().filter(|finding| wanted(finding)) {
            if shown.iter().any(|other| other.rule == finding.rule) {
                folded.push(finding);
            } else {
                shown.push(finding);
            }
        }
        out.push_str(&of_place(analysis, verdict, rung, &shown));
    }
    if folded.is_empty() {
        return out;
    }
    let items: String = folded.iter().map(|finding| format!("- {}\n", fact(finding, analysis))).collect();
    let title = format!("{} more of these patterns, of other days", folded.len());
    format!("{out}\n<details>\n<summary>{title}</summary>\n\n{items}\n</details>\n")
}

/// What is said of one place: what is asked of it once, then the facts.
fn of_place(analysis: &Analysis, verdict: &Verdict, rung: &Rung, shown: &[&Finding]) -> String {
    let label = loudness(rung.severity());
    let [first, ..] = shown else { return String::new() };
    let is_lead = rung.lead().is_some_and(|lead| std::ptr::eq(lead, *first));
    if is_lead && rung.findings.iter().all(|finding| finding.rule == first.rule) {
        let when = when(first);
        let said = match verdict.is_at_top(first) {
            true => as_said(first),
            false => format!("{when}{}", escaped(&rung.text())),
        };
        return format!("- **{label}** — {said} {}\n", brackets(first, analysis));
    }
    let name = match rung.place {
        Some((site, side)) => site_text(site, side),
        None if rung.is_of_the_body() => "the whole body".to_string(),
        None => rules::rule(first.rule).map_or(first.rule, |rule| rule.title).to_string(),
    };
    let name = escaped(&sentence_case(&name));
    let items: String = shown.iter().map(|finding| format!("  - {}\n", reason(finding, analysis, verdict))).collect();
    format!("- **{name}** — {}{}\n{items}", label.to_lowercase(), asked(rung, shown, verdict))
}

/// What is asked of a place, or where it was said.
fn asked(rung: &Rung, shown: &[&Finding], verdict: &Verdict) -> String {
    let Some(lead) = rung.lead() else { return String::new() };
    let is_here = shown.iter().any(|finding| std::ptr::eq(*finding, lead));
    let is_said_before = !is_here && is_red_flag(lead);
    match (verdict.is_at_top(lead), is_said_before) {
        (true, _) => ", as said at the top:".to_string(),
        (false, true) => ", as said above:".to_string(),
        (false, false) if rung.instruction.is_empty() => ":".to_string(),
        (false, false) => format!(". {}", escaped(rung.instruction)),
    }
}

/// A fact of a place that asks for nothing by itself.
fn reason(finding: &Finding, analysis: &Analysis, verdict: &Verdict) -> String {
    match verdict.is_at_top(finding) {
        true => format!("{} {}", as_said(finding), brackets(finding, analysis)),
        false => fact(finding, analysis),
    }
}

/// What stands at the top of the page is not said again.
fn as_said(finding: &Finding) -> String {
    let title = rules::rule(finding.rule).map_or(finding.rule, |rule| rule.title);
    format!("{}, as said at the top.", escaped(title))
}

/// When, what, the numbers, and why it is said.
fn fact(finding: &Finding, analysis: &Analysis) -> String {
    format!("{}{} {}", when(finding), escaped(&finding.message), brackets(finding, analysis))
}

/// Messages about pain name their days themselves.
fn when(finding: &Finding) -> String {
    let when = time::period_text(finding.from, finding.to);
    if finding.message.contains(&when) { String::new() } else { format!("{when}: ") }
}

/// What is put above everything else: an alarm that sends to someone, and whatever is to be done today.
fn is_red_flag(finding: &Finding) -> bool {
    let is_alarm = rules::is_red_flag(finding.rule) || is_common_advice(finding);
    finding.severity >= Severity::Urgent || (finding.severity >= Severity::SeeSomeone && is_alarm)
}

/// One finding of before: when and what, without alarm.
fn past_item(finding: &Finding, analysis: &Analysis) -> String {
    let said = format!("{} {}", escaped(&finding.text()), brackets(finding, analysis));
    format!("- **{}** — {said}\n", time::period_text(finding.from, finding.to))
}

/// `(31 %, limit 10 %; evidence moderate, [why](#single-run-spike))`; of an alarm `(common medical advice, [why](#red-flag-chest))`.
fn brackets(finding: &Finding, analysis: &Analysis) -> String {
    let stance = rules::rule(finding.rule).map_or(String::new(), |rule| rule.evidence.stance.words());
    let (numbers, id) = (numbers(finding, analysis.units), finding.rule);
    let numbers = if numbers.is_empty() { numbers } else { numbers + "; " };
    let changed = if analysis.limits.bear_on(id) { ", limits changed by you" } else { "" };
    format!("({numbers}{stance}{changed}, [why](#{id}))")
}

/// Whether a finding rests on what everyone is told and on no study of runners: an alarm.
fn is_common_advice(finding: &Finding) -> bool {
    rules::rule(finding.rule).is_some_and(|rule| rule.evidence.stance == Stance::CommonAdvice)
}

/// A rule by its title, leading to its section.
fn titled_link(id: &str) -> String {
    let title = rules::rule(id).map_or(id, |rule| rule.title);
    format!("[{}](#{id})", escaped(title))
}

/// `31 %, limit 10 %`; what the sentence says already is left out.
fn numbers(finding: &Finding, units: Units) -> String {
    // A single row raises an alarm: there is no limit to compare with.
    let Some(observed) = finding.observed.filter(|_| !is_common_advice(finding)) else { return String::new() };
    // Sentences say "under" and no sign.
    let limit = finding.limit.map(|limit| format!("limit {}", finding.unit.show(limit.abs(), units)));
    let observed = (!finding.tells_observed).then(|| finding.unit.show(observed, units));
    observed.into_iter().chain(limit).collect::<Vec<_>>().join(", ")
}

/// A row a rule: how often it spoke, and how much of that was for information, which pictures do not mark.
fn overview(findings: &[&Finding]) -> Vec<Vec<String>> {
    let mut by_rule: BTreeMap<&str, (usize, usize, NaiveDate)> = BTreeMap::new();
    for finding in findings {
        let row = by_rule.entry(finding.rule).or_insert((0, 0, finding.to));
        let told = usize::from(finding.severity == Severity::Note);
        *row = (row.0 + 1, row.1 + told, row.2.max(finding.to));
    }
    let mut rows: Vec<_> = by_rule.into_iter().collect();
    rows.sort_by_key(|(id, (_, _, last))| (Reverse(*last), *id));
    let often = |count: usize, told: usize| match told {
        0 => format!("{count} ×"),
        told if told == count => format!("{count} ×, for information"),
        told => format!("{count} ×, {told} of them for information"),
    };
    let row = |(id, (count, told, last)): (&str, (usize, usize, NaiveDate))| {
        vec![titled_link(id), often(count, told), time::date_text(last)]
    };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::{charts::fixtures::regular, verdict},
        rules::fixture::finding,
        units::Unit,
    };

    #[test]
    fn brackets_hold_what_the_sentence_does_not_say() {
        let day = "2025-05-11".parse().expect("a literal date");
        for (rule, tells_observed, (observed, limit, unit), expected) in [
            ("time-loss", true, (9.0, 7.0, Unit::Days), "limit 7 days; evidence strong"),
            ("time-loss", false, (9.0, 7.0, Unit::Days), "9 days, limit 7 days; evidence strong"),
            ("single-run-spike", true, (0.352, 0.3, Unit::Share), "limit 30 %; evidence moderate"),
            ("descent-spike", false, (8.75, 2.0, Unit::Ratio), "8.75 ×, limit 2 ×; evidence weak"),
            ("cadence-below-own", true, (-5.5, -5.0, Unit::Percent), "limit 5.0 %; evidence weak"),
            ("sleep-short", true, (6.98, 7.0, Unit::Hours), "limit 7 h; evidence moderate"),
            ("red-flag-bone-spot", false, (8.0, 1.0, Unit::Days), "common medical advice"),
        ] {
            let values = (Some(observed), Some(limit));
            let bare = finding(rule, day, day);
            let found = Finding { observed: values.0, limit: values.1, unit, tells_observed, ..bare };
            assert_eq!(brackets(&found, &regular(2)), format!("({expected}, [why](#{rule}))"), "{observed}");
        }
    }

    const SHIN: Option<Site> = Some(Site::Shin);

    fn at(analysis: &Analysis, rule: &'static str, severity: Severity, site: Option<Site>) -> Finding {
        let day = analysis.history.as_of;
        let (message, instruction) = (format!("Fact of {rule}."), format!("Do {rule}."));
        Finding { severity, site, message, instruction, ..finding(rule, day, day) }
    }

    /// Both sections of a runner with these findings.
    fn sections(findings: &[(&'static str, Severity, Option<Site>)]) -> (String, String, (usize, usize)) {
        let mut analysis = regular(8);
        let at =
            |(rule, severity, site): &(&'static str, Severity, Option<Site>)| at(&analysis, rule, *severity, *site);
        let findings = findings.iter().map(at).collect();
        analysis.findings = findings;
        let verdict = verdict::of(&analysis);
        let others = super::super::opening::others(&verdict);
        (red_flags(&analysis, &verdict), current(&analysis, &verdict), others)
    }

    #[test]
    fn what_stands_at_the_top_is_not_said_again_and_asked_once() {
        use Severity::*;
        let (flags, rest, _) = sections(&[
            ("red-flag-bone-spot", SeeSomeone, SHIN),
            ("time-loss", SeeSomeone, SHIN),
            ("pain-outside-doms", SeeSomeone, SHIN),
            ("pain-during-run", EaseOff, SHIN),
        ]);
        let lead = "- **Shin** — have it looked at, as said at the top:\n  - One exact spot on a bone, or impact and night, as said at the \
                    top. \
                    (common medical advice, [why](#red-flag-bone-spot))\n";
        assert!(flags.contains(lead), "{flags}");
        let reasons = "- **Shin** — have it looked at, as said at the top:\n  - ";
        assert!(
            rest.contains(reasons) && rest.contains("Fact of time-loss. (evidence strong, [why](#time-loss))"),
            "{rest}"
        );
        assert!(!format!("{flags}{rest}").contains("Do "), "what is asked is said at the top alone: {flags}{rest}");
    }

    #[test]
    fn a_place_below_the_top_is_asked_once_too() {
        let names = [Site::Knee, Site::Calf, Site::Hip, Site::Heel, Site::Foot, Site::Toe].map(Some);
        let loud = names.iter().map(|site| ("pain-over-a-week", Severity::SeeSomeone, *site));
        let quiet = [("pain-during-run", Severity::EaseOff, SHIN), ("pain-hotspot", Severity::Watch, SHIN)];
        let (_, rest, _) = sections(&loud.chain(quiet).collect::<Vec<_>>());
        assert!(rest.contains("- **Shin** — ease off. Do pain-during-run.\n  - "), "{rest}");
        assert_eq!(rest.matches("Do ").count(), 1, "{rest}");
    }

    #[test]
    fn what_is_listed_is_what_the_top_counts() {
        use Severity::*;
        for findings in [
            &[("sleep-short", Watch, None)][..],
            &[
                ("red-flag-bone-spot", SeeSomeone, SHIN),
                ("pain-during-run", EaseOff, SHIN),
                ("pain-during-run", Note, SHIN),
            ],
            &[("pain-during-run", EaseOff, SHIN), ("pain-during-run", Watch, SHIN), ("pain-hotspot", Note, SHIN)],
            &[("sleep-short", Watch, None), ("pain-hotspot", Note, SHIN), ("red-flag-chest", Emergency, None)],
        ] {
            let (flags, rest, (asking, telling)) = sections(findings);
            let listed = |text: &str| text.matches("[why](#").count() - text.matches("as said at the top. (").count();
            assert_eq!(listed(&flags) + listed(&rest), asking + telling, "{flags}{rest}");
        }
        let (_, rest, _) = sections(&[("pain-during-run", EaseOff, SHIN), ("pain-during-run", Watch, SHIN)]);
        assert!(rest.contains("<summary>1 more of these patterns, of other days</summary>"), "{rest}");
        assert!(!rest.contains("findings.json"));
    }

    #[test]
    fn red_flags_are_what_sends_to_someone_and_whatever_is_for_today() {
        use Severity::*;
        for (rule, severity, is_flag) in [
            ("red-flag-nerve", SeeSomeone, true),
            ("red-flag-nerve", Note, false),
            ("pain-over-a-week", SeeSomeone, false),
            ("pain-over-a-week", Urgent, true),
        ] {
            let (flags, rest, _) = sections(&[(rule, severity, SHIN)]);
            assert_eq!((flags.contains("[why]"), rest.contains("[why]")), (is_flag, !is_flag), "{rule} {severity:?}");
        }
    }

    #[test]
    fn good_news_is_silent_beside_an_alarm() {
        let mut analysis = regular(8);
        let good = at(&analysis, "soreness-fits-doms", Severity::Good, SHIN);
        let other = |severity, site, days: i64| {
            let finding = at(&regular(8), "pain-rising", severity, site);
            let day = time::plus_days(finding.to, -days);
            Finding { from: day, to: day, ..finding }
        };
        for (finding, is_told) in [
            (other(Severity::Watch, SHIN, 0), false),
            (other(Severity::Watch, SHIN, 1), true),
            (other(Severity::EaseOff, SHIN, 14), false),
            (other(Severity::EaseOff, SHIN, 15), true),
            (other(Severity::Note, SHIN, 0), true),
            (other(Severity::Urgent, Some(Site::Knee), 0), true),
        ] {
            analysis.findings = vec![finding.clone(), good.clone()];
            assert_eq!(super::good(&analysis).contains("Fact of soreness-fits-doms."), is_told, "{finding:?}");
        }
        let week = Finding { site: None, ..at(&analysis, "settled-week", Severity::Good, None) };
        analysis.findings = vec![other(Severity::Watch, SHIN, 0), week];
        assert_eq!(super::good(&analysis), "");
    }

    #[test]
    fn the_overview_says_what_pictures_do_not_mark() {
        let day = "2025-05-11".parse().expect("a literal date");
        let at = |severity| Finding { severity, ..finding("weekly-distance-jump", day, day) };
        for (severities, expected) in [
            (vec![Severity::Watch; 2], "2 ×"),
            (vec![Severity::Watch, Severity::Note], "2 ×, 1 of them for information"),
            (vec![Severity::Note; 3], "3 ×, for information"),
        ] {
            let found: Vec<Finding> = severities.into_iter().map(at).collect();
            assert_eq!(overview(&found.iter().collect::<Vec<_>>())[0][1], expected);
        }
    }

    #[test]
    fn every_earlier_finding_is_in_the_report() {
        let mut analysis = regular(8);
        let day = |n: usize| time::plus_days(analysis.history.as_of, -100 - n as i64);
        let old = |n: usize| finding("pain-during-run", day(n), day(n));
        analysis.findings = (0..LISTED + 7).map(old).collect();
        let text = earlier(&analysis);
        assert!(
            text.contains("The 100 that stood out most, newest first") && text.contains("The other 7, by their days")
        );
        for finding in &analysis.findings {
            assert!(text.contains(&time::date_text(finding.to)), "{:?}", finding.to);
        }
        analysis.findings.truncate(3);
        assert!(earlier(&analysis).contains("One by one, newest first"));
    }
}
