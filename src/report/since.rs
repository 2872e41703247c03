//! What is new since the report that lies in the output folder.
//!
//! A finding is known again by its rule and place, since some rules look at the last days and begin anew with each. The report keeps what
//! it was compared with, so that making it again from the same files gives the same bytes.

use super::{
    REPORT,
    json::{self, Since, Told},
};
use crate::{
    analysis::Analysis,
    pain::site_text,
    rules::{self, Finding, Severity, triage},
    words::sentence_case,
};
use chrono::NaiveDate;
use std::{cmp::Ordering, fs, path::Path};

/// How the findings of this report differ from those of the one before: each a place with a few words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Changes {
    /// What was not said before.
    pub new: Vec<String>,
    /// What is said louder than before.
    pub louder: Vec<String>,
    /// … and more quietly.
    pub quieter: Vec<String>,
    /// How many are no longer said.
    pub gone: usize,
}

/// The report before this one: that of an earlier day in the folder, or what one of the same day was compared with. None without one
/// that this niggle can read.
pub(super) fn read(output: &Path, as_of: NaiveDate) -> Option<Since> {
    let text = fs::read_to_string(output.join(REPORT)).ok()?;
    let document = json::read(&text).ok()?;
    match document.as_of < as_of {
        true => Some(Since {
            as_of: document.as_of,
            told: document.told(),
        }),
        false => document.since.filter(|since| since.as_of < as_of),
    }
}

/// What differs.
pub(super) fn changes(analysis: &Analysis, since: &Since) -> Changes {
    let mut changes = Changes::default();
    let now = asking(analysis);
    for finding in &now {
        let before = since.told.iter().find(|told| is_of(told, finding));
        // A loudness that this niggle does not know is below all.
        match before.map(|told| Some(finding.severity).cmp(&told.loudness())) {
            None => changes.new.push(words(finding)),
            Some(Ordering::Greater) => changes.louder.push(words(finding)),
            Some(Ordering::Less) => changes.quieter.push(words(finding)),
            Some(Ordering::Equal) => {}
        }
    }
    let is_gone = |told: &&Told| !now.iter().any(|finding| is_of(told, finding));
    changes.gone = since.told.iter().filter(is_gone).count();
    changes
}

fn is_of(told: &Told, finding: &Finding) -> bool {
    let site = finding.site.map(|site| site.as_str());
    let side = finding.side.map(|side| side.as_str());
    told.rule == finding.rule && told.site.as_deref() == site && told.side.as_deref() == side
}

/// The current findings that ask for something, of each rule and place the loudest, loudest first.
fn asking(analysis: &Analysis) -> Vec<&Finding> {
    let as_of = analysis.history.as_of;
    let is_asking = |finding: &&Finding| {
        finding.severity >= Severity::Watch && triage::is_current(finding, as_of)
    };
    let mut asking: Vec<&Finding> = Vec::new();
    for finding in analysis.findings.iter().filter(is_asking) {
        let is_there = |other: &&&Finding| {
            (other.rule, other.site, other.side) == (finding.rule, finding.site, finding.side)
        };
        if !asking.iter().any(|other| is_there(&other)) {
            asking.push(finding);
        }
    }
    asking
}

/// `right shin: it hurts even at rest`.
fn words(finding: &Finding) -> String {
    let headline = rules::headline(finding.rule);
    match finding.site {
        Some(site) => {
            let place = sentence_case(&site_text(site, finding.side));
            format!("{place}: {headline}")
        }
        None => sentence_case(headline),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{pain::Site, report::charts::fixtures::regular, rules::fixture::finding};

    fn told(rule: &str, severity: Severity) -> Told {
        Told {
            rule: rule.to_string(),
            site: Some("shin".to_string()),
            side: None,
            severity: severity.as_str().to_string(),
        }
    }

    fn analysis(findings: &[(&'static str, Severity)]) -> Analysis {
        let mut analysis = regular(8);
        let day = analysis.history.as_of;
        let made = findings.iter().map(|(rule, severity)| Finding {
            severity: *severity,
            site: Some(Site::Shin),
            ..finding(rule, day, day)
        });
        analysis.findings = made.collect();
        analysis
    }

    #[test]
    fn what_is_new_louder_quieter_and_gone() {
        let now = analysis(&[
            ("red-flag-rest-pain", Severity::SeeSomeone),
            ("pain-high", Severity::EaseOff),
            ("pain-rising", Severity::Watch),
            ("pain-during-run", Severity::EaseOff),
            ("pain-during-run", Severity::Watch),
            ("everyday", Severity::Note),
        ]);
        let before = Since {
            as_of: crate::time::plus_days(now.history.as_of, -7),
            told: vec![
                told("pain-high", Severity::Watch),
                told("pain-rising", Severity::EaseOff),
                told("pain-during-run", Severity::EaseOff),
                told("time-loss", Severity::SeeSomeone),
            ],
        };
        let expected = Changes {
            new: vec!["Shin: it hurts even at rest".to_string()],
            louder: vec!["Shin: a high number".to_string()],
            quieter: vec!["Shin: worse from week to week".to_string()],
            gone: 1,
        };
        assert_eq!(changes(&now, &before), expected);
    }

    #[test]
    fn a_report_of_the_same_day_hands_on_what_it_was_compared_with() {
        let folder = tempfile::tempdir().unwrap();
        let write = |analysis: &Analysis, since: Option<&Since>| {
            let text = json::document(analysis, since).unwrap();
            fs::write(folder.path().join(REPORT), text).unwrap();
        };
        let (before, mut now) = (
            analysis(&[("pain-high", Severity::Watch)]),
            analysis(&[
                ("pain-high", Severity::Watch),
                ("time-loss", Severity::EaseOff),
            ]),
        );
        assert_eq!(
            read(folder.path(), before.history.as_of),
            None,
            "nothing is there"
        );
        write(&before, None);
        assert_eq!(
            read(folder.path(), before.history.as_of),
            None,
            "it is of this day"
        );
        now.history.as_of = crate::time::plus_days(now.history.as_of, 7);
        let since = read(folder.path(), now.history.as_of).expect("of another day");
        assert_eq!(since.told, [told("pain-high", Severity::Watch)]);
        write(&now, Some(&since));
        assert_eq!(read(folder.path(), now.history.as_of), Some(since));
        assert_eq!(
            read(folder.path(), before.history.as_of),
            None,
            "it is of a later day"
        );
    }
}
