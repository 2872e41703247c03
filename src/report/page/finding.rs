//! One finding as it is told: when, what, the numbers that the sentence leaves out, and why it is said.

use super::block::{Item, Line, Target};
use crate::{
    analysis::Analysis,
    rules::{self, Finding, Severity, Stance, load_pain_link},
    time,
    units::Units,
};

/// When, what, the numbers, and why it is said.
pub(super) fn fact(finding: &Finding, analysis: &Analysis) -> Line {
    Line::from(when(finding))
        .text(format!("{} ", finding.message))
        .line(brackets(finding, analysis))
}

/// One finding of before: when and what, without alarm.
pub(super) fn past(finding: &Finding, analysis: &Analysis) -> Item {
    let when = time::period_text(finding.from, finding.to);
    Line::new()
        .strong(when)
        .text(format!(" — {} ", finding.text()))
        .line(brackets(finding, analysis))
        .into()
}

/// What stands at the top of the page is not said again.
pub(super) fn as_said(finding: &Finding) -> String {
    format!("{}, as said at the top.", title(finding))
}

/// What its rule looks for.
pub(super) fn title(finding: &Finding) -> &'static str {
    rules::rule(finding.rule).map_or(finding.rule, |rule| rule.title)
}

/// Its days, where its words do not tell them.
pub(super) fn when(finding: &Finding) -> String {
    match finding.tells_days {
        true => String::new(),
        false => format!("{}: ", time::period_text(finding.from, finding.to)),
    }
}

/// Links between load and pain have a section of their own.
pub(super) fn is_link(finding: &Finding) -> bool {
    finding.rule == load_pain_link::RULE.id
}

/// What is put above everything else: an alarm that sends to someone, and whatever is to be done today.
pub(super) fn is_red_flag(finding: &Finding) -> bool {
    let is_alarm = rules::is_red_flag(finding.rule) || is_common_advice(finding);
    finding.severity >= Severity::Urgent || (finding.severity >= Severity::SeeSomeone && is_alarm)
}

/// What is told of it at all in a list of findings: no link, no good news, no red flag.
pub(super) fn is_ordinary(finding: &Finding) -> bool {
    !is_red_flag(finding) && !is_link(finding) && finding.severity != Severity::Good
}

/// `(31 %, limit 10 %; evidence moderate, why)`; of an alarm `(common medical advice, why)`.
pub(super) fn brackets(finding: &Finding, analysis: &Analysis) -> Line {
    Line::from(what_it_rests_on(finding, analysis))
        .link(Target::Rule(finding.rule), "why")
        .text(")")
}

fn what_it_rests_on(finding: &Finding, analysis: &Analysis) -> String {
    let changed = changed_limits(finding, analysis);
    let (numbers, stance) = (numbers(finding, analysis.units), stance(finding));
    format!("({numbers}{stance}{changed}, ")
}

fn changed_limits(finding: &Finding, analysis: &Analysis) -> &'static str {
    match analysis.limits.bear_on(finding.rule) {
        true => ", limits changed by you",
        false => "",
    }
}

/// How strong the evidence for its rule is.
fn stance(finding: &Finding) -> String {
    let rule = rules::rule(finding.rule);
    rule.map(|rule| rule.evidence.stance.words())
        .unwrap_or_default()
}

/// Whether a finding rests on what everyone is told and on no study of runners: an alarm.
fn is_common_advice(finding: &Finding) -> bool {
    rules::rule(finding.rule).is_some_and(|rule| rule.evidence.stance == Stance::CommonAdvice)
}

/// `31 %, limit 10 %; `; what the sentence says already is left out.
fn numbers(finding: &Finding, units: Units) -> String {
    // A single row raises an alarm: there is no limit to compare with.
    let Some(observed) = finding.observed.filter(|_| !is_common_advice(finding)) else {
        return String::new();
    };
    let observed = (!finding.tells_observed).then(|| finding.unit.show(observed, units));
    let both: Vec<String> = observed.into_iter().chain(limit(finding, units)).collect();
    match both.is_empty() {
        true => String::new(),
        false => both.join(", ") + "; ",
    }
}

fn limit(finding: &Finding, units: Units) -> Option<String> {
    // Sentences say "under" and no sign.
    let limit = finding.limit?.abs();
    Some(format!("limit {}", finding.unit.show(limit, units)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{charts::fixtures::regular, markdown},
        rules::fixture::finding,
        units::Unit,
    };

    #[test]
    fn brackets_hold_what_the_sentence_does_not_say() {
        let day = "2025-05-11".parse().expect("a literal date");
        for (rule, tells_observed, (observed, limit, unit), expected) in [
            (
                "time-loss",
                true,
                (9.0, 7.0, Unit::Days),
                "limit 7 days; evidence strong",
            ),
            (
                "time-loss",
                false,
                (9.0, 7.0, Unit::Days),
                "9 days, limit 7 days; evidence strong",
            ),
            (
                "single-run-spike",
                true,
                (0.352, 0.3, Unit::Share),
                "limit 30 %; evidence moderate",
            ),
            (
                "descent-spike",
                false,
                (8.75, 2.0, Unit::Ratio),
                "8.75 ×, limit 2 ×; evidence weak",
            ),
            (
                "cadence-below-own",
                true,
                (-5.5, -5.0, Unit::Percent),
                "limit 5.0 %; evidence weak",
            ),
            (
                "sleep-short",
                true,
                (6.98, 7.0, Unit::Hours),
                "limit 7 h; evidence moderate",
            ),
            (
                "red-flag-bone-spot",
                false,
                (8.0, 1.0, Unit::Days),
                "common medical advice",
            ),
        ] {
            let values = (Some(observed), Some(limit));
            let bare = finding(rule, day, day);
            let found = Finding {
                observed: values.0,
                limit: values.1,
                unit,
                tells_observed,
                ..bare
            };
            let said = markdown::line(&brackets(&found, &regular(2)));
            assert_eq!(
                said,
                format!("({expected}, [why](rules.md#{rule}))"),
                "{observed}"
            );
        }
    }
}
