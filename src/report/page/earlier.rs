//! Findings of before the last 14 days: how often each rule spoke, then one by one.

use super::{
    block::{Block, Line, Section},
    finding::{is_ordinary, past},
};
use crate::{
    analysis::Analysis,
    rules::{Finding, Severity, triage},
    time,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeMap};

/// Earlier findings told in full; the others with their days.
const LISTED: usize = 100;

/// The section. None without earlier findings.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let mut findings = ordinary(analysis);
    if findings.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::table(
        &["pattern", "how often", "last"],
        overview(&findings),
    )];
    // The loudest are told in full, newest first; they come sorted by loudness.
    let rest = findings.split_off(LISTED.min(findings.len()));
    blocks.extend(one_by_one(findings, rest.is_empty(), analysis));
    blocks.extend(by_days(rest));
    Some(Section::new("earlier", "Earlier", blocks))
}

/// What was found before the last 14 days.
fn ordinary(analysis: &Analysis) -> Vec<&Finding> {
    let as_of = analysis.history.as_of;
    let is_earlier = |finding: &&Finding| !triage::is_current(finding, as_of);
    let ordinary = analysis
        .findings
        .iter()
        .filter(|finding| is_ordinary(finding));
    ordinary.filter(is_earlier).collect()
}

fn one_by_one(mut findings: Vec<&Finding>, are_all: bool, analysis: &Analysis) -> Option<Block> {
    findings.sort_by_key(|finding| Reverse((finding.to, finding.severity)));
    let list = Block::list(findings.into_iter().map(|finding| past(finding, analysis)))?;
    let title = match are_all {
        true => "One by one, newest first".to_string(),
        false => format!("The {LISTED} that stood out most, newest first"),
    };
    Some(Block::fold(title, vec![list]))
}

/// A line a rule: on which days it spoke.
fn by_days(findings: Vec<&Finding>) -> Option<Block> {
    let title = format!("The other {}, by their days", findings.len());
    Some(Block::fold(title, vec![days_list(findings)?]))
}

fn days_list(findings: Vec<&Finding>) -> Option<Block> {
    Block::list(days_by_rule(findings).into_iter().map(days_line))
}

fn days_line((rule, days): (&'static str, Vec<String>)) -> Line {
    Line::rule(rule).text(format!(": {}", days.join("; ")))
}

/// The days on which each rule spoke, newest first.
fn days_by_rule(mut findings: Vec<&Finding>) -> BTreeMap<&'static str, Vec<String>> {
    findings.sort_by_key(|finding| Reverse(finding.to));
    let mut days: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let period = time::period_text(finding.from, finding.to);
        days.entry(finding.rule).or_default().push(period);
    }
    days
}

/// How often a rule spoke, how much of that was for information, and when last.
#[derive(Debug, Clone, Copy, Default)]
struct Spoken {
    count: usize,
    told: usize,
    last: Option<NaiveDate>,
}

/// A row a rule: how often it spoke, and how much of that was for information, which pictures do not mark.
fn overview(findings: &[&Finding]) -> Vec<Vec<Line>> {
    let mut by_rule: BTreeMap<&'static str, Spoken> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(finding.rule).or_default().add(finding);
    }
    let mut rows: Vec<(&'static str, Spoken)> = by_rule.into_iter().collect();
    rows.sort_by_key(|(id, spoken)| (Reverse(spoken.last), *id));
    rows.into_iter()
        .map(|(id, spoken)| spoken.row(id))
        .collect()
}

impl Spoken {
    fn add(&mut self, finding: &Finding) {
        self.count += 1;
        self.told += usize::from(finding.severity == Severity::Note);
        self.last = self.last.max(Some(finding.to));
    }

    fn row(self, id: &'static str) -> Vec<Line> {
        let last = self.last.map(time::date_text).unwrap_or_default();
        vec![Line::rule(id), self.how_often().into(), last.into()]
    }

    fn how_often(self) -> String {
        let Spoken { count, told, .. } = self;
        match told {
            0 => format!("{count} ×"),
            told if told == count => format!("{count} ×, for information"),
            told => format!("{count} ×, {told} of them for information"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{charts::fixtures::regular, markdown},
        rules::fixture::finding,
    };

    #[test]
    fn the_overview_says_what_pictures_do_not_mark() {
        let day = "2025-05-11".parse().expect("a literal date");
        let at = |severity| Finding {
            severity,
            ..finding("weekly-distance-jump", day, day)
        };
        for (severities, expected) in [
            (vec![Severity::Watch; 2], "2 ×"),
            (
                vec![Severity::Watch, Severity::Note],
                "2 ×, 1 of them for information",
            ),
            (vec![Severity::Note; 3], "3 ×, for information"),
        ] {
            let found: Vec<Finding> = severities.into_iter().map(at).collect();
            assert_eq!(
                overview(&found.iter().collect::<Vec<_>>())[0][1],
                Line::from(expected)
            );
        }
    }

    #[test]
    fn every_earlier_finding_is_in_the_report() {
        let mut analysis = regular(8);
        let day = |n: usize| time::plus_days(analysis.history.as_of, -100 - n as i64);
        let old = |n: usize| finding("pain-during-run", day(n), day(n));
        analysis.findings = (0..LISTED + 7).map(old).collect();
        let earlier = |analysis: &Analysis| {
            section(analysis)
                .map(|section| markdown::section(&section, 2))
                .unwrap_or_default()
        };
        let text = earlier(&analysis);
        assert!(
            text.contains("The 100 that stood out most, newest first")
                && text.contains("The other 7, by their days")
        );
        for finding in &analysis.findings {
            assert!(
                text.contains(&time::date_text(finding.to)),
                "{:?}",
                finding.to
            );
        }
        analysis.findings.truncate(3);
        assert!(earlier(&analysis).contains("One by one, newest first"));
    }
}
