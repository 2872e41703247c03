//! What differs between the findings of two reports: the one place that knows when a finding is the same, new, louder, quieter or
//! gone.
//!
//! A finding is known again by its id without the day, since some rules look at the last days and begin anew with each. Of several
//! that are known by the same, the loudest counts.

use super::{
    findings::{Finding, findings},
    told::Told,
};
use crate::{analysis::Analysis, rules::Severity};
use std::cmp::Reverse;

/// How the findings of a report differ from those of one before. Each list is loudest first, then in the order of its report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// What was not said before.
    pub new: Vec<Told>,
    /// What is said louder than before.
    pub louder: Vec<Moved>,
    /// … and more quietly.
    pub quieter: Vec<Moved>,
    /// What is no longer said.
    pub gone: Vec<Told>,
}

/// What is said of one thing in both reports, not equally loud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// As it is said now.
    pub now: Told,
    /// How loud it was: [`Severity::as_str`].
    pub before: String,
}

/// What differs, of what is at least so loud before or now. A loudness that this niggle does not know is below all.
pub fn changes(before: &[Told], now: &[Told], least: Severity) -> Changes {
    let (before, now) = (once_each(before), once_each(now));
    let matters = |told: &Told| told.loudness() >= Some(least);
    let mut changes = Changes::default();
    for told in &now {
        match before.iter().find(|other| other.key() == told.key()) {
            Some(other) if matters(told) || matters(other) => changes.add(told, other),
            None if matters(told) => changes.new.push((*told).clone()),
            _ => {}
        }
    }
    let is_said = |told: &Told| now.iter().any(|other| other.key() == told.key());
    let gone = before
        .into_iter()
        .filter(|told| matters(told) && !is_said(told));
    changes.gone = gone.cloned().collect();
    changes
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    fn add(&mut self, now: &Told, before: &Told) {
        let moved = || Moved {
            now: now.clone(),
            before: before.severity.clone(),
        };
        if now.loudness() > before.loudness() {
            self.louder.push(moved());
        } else if now.loudness() < before.loudness() {
            self.quieter.push(moved());
        }
    }
}

/// Of what is known by the same the loudest, loudest first.
fn once_each(told: &[Told]) -> Vec<&Told> {
    let mut all: Vec<&Told> = told.iter().collect();
    all.sort_by_key(|told| Reverse(told.loudness()));
    let mut once: Vec<&Told> = Vec::new();
    for told in all {
        if !once.iter().any(|other| other.key() == told.key()) {
            once.push(told);
        }
    }
    once
}

/// The current findings from this loudness on, each thing once with its loudest, loudest first.
pub fn told(findings: &[Finding], least: Severity) -> Vec<Told> {
    let is_told = |finding: &&Finding| finding.current && finding.loudness() >= Some(least);
    let all: Vec<Told> = findings.iter().filter(is_told).map(Told::from).collect();
    once_each(&all).into_iter().cloned().collect()
}

/// The same of a report that is not written yet.
pub(in crate::report) fn told_now(analysis: &Analysis, least: Severity) -> Vec<Told> {
    told(&findings(&analysis.findings, analysis.history.as_of), least)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(id: &str, severity: Severity) -> Told {
        Told {
            id: id.to_string(),
            rule: id.split('/').next().unwrap().to_string(),
            severity: severity.as_str().to_string(),
            ..Told::default()
        }
    }

    fn ids(told: &[Told]) -> Vec<&str> {
        told.iter().map(|told| told.id.as_str()).collect()
    }

    #[test]
    fn new_louder_quieter_and_gone_loudest_first() {
        use Severity::*;
        let before = [
            told("pain-high/shin/2025-09-01", Watch),
            told("time-loss/shin/2025-09-01", SeeSomeone),
            told("no-deload/2025-08-01", Watch),
            told("pain-rising/knee/2025-09-01", EaseOff),
            told("sleep-short/2025-08-20", Watch),
            told("everyday/2025-08-20", Note),
        ];
        let now = [
            told("pain-hotspot/shin/2025-09-08", Watch),
            told("red-flag-rest-pain/shin/2025-09-08", SeeSomeone),
            told("pain-high/shin/2025-09-08", EaseOff),
            told("pain-high/shin/2025-09-01", Note),
            told("pain-rising/knee/2025-09-01", Note),
            told("sleep-short/2025-08-27", Watch),
            told("everyday/2025-09-08", Good),
            told("shoe-distance/2025-09-08", Note),
        ];
        let found = changes(&before, &now, Watch);
        assert_eq!(
            ids(&found.new),
            [
                "red-flag-rest-pain/shin/2025-09-08",
                "pain-hotspot/shin/2025-09-08"
            ]
        );
        let moved = |moved: &[Moved]| -> Vec<String> {
            let told = moved.iter();
            told.map(|one| format!("{} {} {}", one.now.rule, one.before, one.now.severity))
                .collect()
        };
        assert_eq!(moved(&found.louder), ["pain-high watch ease-off"]);
        assert_eq!(moved(&found.quieter), ["pain-rising ease-off note"]);
        assert_eq!(
            ids(&found.gone),
            ["time-loss/shin/2025-09-01", "no-deload/2025-08-01"]
        );
        let notes = changes(&before, &now, Note);
        assert_eq!(moved(&notes.quieter).len(), 2, "and good news of a note");
        assert_eq!(notes.new.len(), 3);
        assert!(changes(&now, &now, Good).is_empty());
    }

    #[test]
    fn an_unknown_loudness_is_below_all() {
        let known = [told("pain-high/shin/2025-09-01", Severity::Watch)];
        let unknown = [Told {
            severity: "apocalypse".to_string(),
            ..told("pain-high/shin/2025-09-01", Severity::Good)
        }];
        let found = changes(&unknown, &known, Severity::Watch);
        assert_eq!((found.louder.len(), found.new.len()), (1, 0));
        let found = changes(&known, &unknown, Severity::Watch);
        assert_eq!((found.quieter.len(), found.gone.len()), (1, 0));
    }
}
