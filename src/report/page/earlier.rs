//! Findings of before the last 14 days: how often each rule spoke and when, then the loudest in full.

use super::{
    block::{Block, Line, Look, Section},
    finding::{is_ordinary, is_red_flag, past},
};
use crate::{
    analysis::Analysis,
    rules::{Finding, Severity, triage},
    time,
};
use chrono::{Datelike, NaiveDate};
use std::{cmp::Reverse, collections::BTreeMap};

/// Earlier findings told in full.
const LISTED: usize = 6;
/// Years whose quarters are told apart; of those before only the year is said.
const BY_QUARTER: usize = 2;
/// Years told one by one.
const BY_YEAR: usize = 6;

/// The section. None without earlier findings.
pub(super) fn section(analysis: &Analysis) -> Option<Section> {
    let (alarms, ordinary) = (
        earlier(analysis, is_red_flag),
        earlier(analysis, is_ordinary),
    );
    let all: Vec<&Finding> = alarms.iter().chain(&ordinary).copied().collect();
    if all.is_empty() {
        return None;
    }
    let mut blocks = overview(&all, analysis.history.as_of);
    blocks.extend(in_full(all, analysis));
    Some(Section::new("earlier", "Earlier", blocks).looking(Look::Fold))
}

/// What was found before the last 14 days.
fn earlier(analysis: &Analysis, is_wanted: fn(&Finding) -> bool) -> Vec<&Finding> {
    let as_of = analysis.history.as_of;
    let findings = analysis.findings.iter();
    findings
        .filter(|finding| is_wanted(finding) && !triage::is_current(finding, as_of))
        .collect()
}

/// The loudest, newest first; they come sorted by loudness. One of a rule and place is enough.
fn in_full(findings: Vec<&Finding>, analysis: &Analysis) -> Option<Block> {
    let mut told: Vec<&Finding> = Vec::new();
    for finding in findings {
        let is_same = |other: &&&Finding| {
            (other.rule, other.site, other.side) == (finding.rule, finding.site, finding.side)
        };
        if told.len() < LISTED && !told.iter().any(|other| is_same(&other)) {
            told.push(finding);
        }
    }
    told.sort_by_key(|finding| Reverse((finding.to, finding.severity)));
    let list = Block::list(told.into_iter().map(|finding| past(finding, analysis)))?;
    let title = "The last of each that stood out most, newest first";
    Some(Block::fold(title, vec![list]))
}

/// When a rule spoke, and how much of that was for information.
#[derive(Debug, Clone, Default)]
struct Spoken {
    days: Vec<NaiveDate>,
    told: usize,
}

/// A row a rule that spoke more than once: how often, how much of that was for information, which pictures do not mark, and when.
/// Those that spoke once share a sentence.
fn overview(findings: &[&Finding], as_of: NaiveDate) -> Vec<Block> {
    let (once, more): (Vec<_>, Vec<_>) = by_rule(findings)
        .into_iter()
        .partition(|(_, spoken)| spoken.days.len() == 1);
    let head = ["pattern", "how often", "when", "last"];
    let rows = more.into_iter().map(|(id, spoken)| spoken.row(id, as_of));
    let table = Block::table(&head, rows);
    let has_rows = matches!(&table, Block::Table(table) if !table.rows.is_empty());
    let once = once.into_iter().map(|(id, spoken)| spoken.once(id));
    let once = Line::joined(once, " · ");
    let once = (!once.is_empty()).then(|| Line::from("Once each: ").line(once).text("."));
    let in_brackets = has_rows.then(|| Line::from("In brackets: how many were for information."));
    let below = Line::joined(in_brackets.into_iter().chain(once), " ");
    let below = Block::Paragraph(below);
    has_rows
        .then_some(table)
        .into_iter()
        .chain([below])
        .collect()
}

/// What each rule said, the last first.
fn by_rule(findings: &[&Finding]) -> Vec<(&'static str, Spoken)> {
    let mut by_rule: BTreeMap<&'static str, Spoken> = BTreeMap::new();
    for finding in findings {
        let spoken = by_rule.entry(finding.rule).or_default();
        spoken.days.push(finding.to);
        spoken.told += usize::from(finding.severity == Severity::Note);
    }
    let mut rows: Vec<(&'static str, Spoken)> = by_rule.into_iter().collect();
    rows.sort_by_key(|(id, spoken)| (Reverse(spoken.last()), *id));
    rows
}

impl Spoken {
    fn last(&self) -> Option<NaiveDate> {
        self.days.iter().copied().max()
    }

    fn row(self, id: &'static str, as_of: NaiveDate) -> Vec<Line> {
        let last = self.last_text(as_of);
        let (often, when) = (self.how_often(), when(&self.days));
        vec![Line::rule(id), often.into(), when.into(), last.into()]
    }

    /// The last of its days, in short.
    fn last_text(&self, as_of: NaiveDate) -> String {
        let last = self.last().map(|day| time::short_date_text(day, as_of));
        last.unwrap_or_default()
    }

    /// `High pain (12 Aug 2025)`; what was for information says so.
    fn once(self, id: &'static str) -> Line {
        let last = self.last().map(time::date_text).unwrap_or_default();
        let told = match self.told {
            0 => "",
            _ => ", for information",
        };
        Line::rule(id).text(format!(" ({last}{told})"))
    }

    fn how_often(&self) -> String {
        let count = self.days.len();
        let told = self.told;
        match told {
            0 => format!("{count} ×"),
            told => format!("{count} × ({told})"),
        }
    }
}

/// `2025 Apr–Jun 3, Jan–Mar 1; 2024 5; before 12`: quarters of the newest years, then years.
fn when(days: &[NaiveDate]) -> String {
    let mut years: BTreeMap<i32, [usize; 4]> = BTreeMap::new();
    for day in days {
        years.entry(day.year()).or_default()[day.month0() as usize / 3] += 1;
    }
    let newest = years.iter().rev().enumerate();
    let told = newest.clone().take(BY_YEAR);
    let mut told: Vec<String> = told
        .map(|(i, (year, quarters))| match i < BY_QUARTER {
            true => by_quarter(*year, quarters),
            false => format!("{year} {}", quarters.iter().sum::<usize>()),
        })
        .collect();
    let before: usize = newest.skip(BY_YEAR).flat_map(|(_, (_, all))| all).sum();
    told.extend((before > 0).then(|| format!("before {before}")));
    told.join("; ")
}

const QUARTERS: [&str; 4] = ["Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec"];

fn by_quarter(year: i32, counts: &[usize; 4]) -> String {
    format!("{year} {}", quarters_text(counts))
}

/// The quarters that have any, the newest first.
fn quarters_text(counts: &[usize; 4]) -> String {
    let told = QUARTERS.iter().zip(counts).rev();
    let told = told.filter(|(_, count)| **count > 0);
    let told: Vec<String> = told.map(quarter_text).collect();
    told.join(", ")
}

/// A quarter and its count.
fn quarter_text((name, count): (&&str, &usize)) -> String {
    format!("{name} {count}")
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
            (vec![Severity::Watch, Severity::Note], "2 × (1)"),
            (vec![Severity::Note; 3], "3 × (3)"),
        ] {
            let found: Vec<Finding> = severities.into_iter().map(at).collect();
            let blocks = overview(&found.iter().collect::<Vec<_>>(), day);
            let [Block::Table(table), Block::Paragraph(_)] = &blocks[..] else {
                panic!("a table, and what its brackets are: {blocks:?}")
            };
            assert_eq!(table.rows[0][1], Line::from(expected));
        }
    }

    #[test]
    fn every_earlier_finding_is_counted_and_the_loudest_of_each_told() {
        let mut analysis = regular(8);
        let day = |n: usize| time::plus_days(analysis.history.as_of, -100 - n as i64);
        let old = |n: usize, rule| Finding {
            severity: Severity::Watch,
            message: format!("The {n}th."),
            ..finding(rule, day(n), day(n))
        };
        analysis.findings = (0..20).map(|n| old(n, "pain-during-run")).collect();
        analysis.findings.push(old(30, "pain-rising"));
        let text = markdown::section(&section(&analysis).expect("there are"), 2);
        assert!(
            text.contains("| 20 × |") && text.contains("Once each: [One site worse week on week]("),
            "{text}"
        );
        assert_eq!(
            (
                text.matches("The 0th.").count(),
                text.matches("th.").count()
            ),
            (1, 2),
            "one of each rule and place: {text}"
        );
    }

    #[test]
    fn quarters_of_the_newest_years_and_then_years() {
        let days = [
            "2025-05-01",
            "2025-06-30",
            "2025-01-01",
            "2024-12-31",
            "2023-02-02",
        ];
        let mut days: Vec<NaiveDate> = days.map(|day| day.parse().unwrap()).to_vec();
        assert_eq!(
            when(&days),
            "2025 Apr–Jun 2, Jan–Mar 1; 2024 Oct–Dec 1; 2023 1"
        );
        days.extend((2010..2023).map(|year| NaiveDate::from_ymd_opt(year, 7, 1).unwrap()));
        assert_eq!(
            when(&days),
            "2025 Apr–Jun 2, Jan–Mar 1; 2024 Oct–Dec 1; 2023 1; 2022 1; 2021 1; 2020 1; before 10"
        );
    }
}
