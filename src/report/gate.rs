//! What a machine looks at that guards a history: what is said now, what a baseline had already, and what could not be used.

use super::{
    json::{self, Changes, Document, Finding, Told},
    since::{self, Named},
};
use crate::{
    analysis::Analysis,
    problem::{Code, Effect, Problem},
    rules::Severity,
};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeSet, path::PathBuf};

/// What `--fail-on` and `--strict` decide by, and annotations are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// The current findings, loudest first.
    pub current: Vec<Finding>,
    /// The report that they are compared with. None without one.
    pub baseline: Option<Baseline>,
    /// What should have been used and was not, by place.
    pub unusable: Unusable,
}

/// A report that was accepted as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// As it was named.
    pub path: PathBuf,
    /// The day it speaks from.
    pub as_of: NaiveDate,
    /// What it said, each rule and place once.
    told: Vec<Told>,
    /// Why it is compared with nothing, so that every finding counts. None where it is compared.
    pub why_not: Option<String>,
}

/// What should have been used and was not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unusable {
    /// Inputs, and activities of which nothing could be had.
    pub inputs: Vec<Problem>,
    /// What is wrong with rows of the pain log.
    pub row_problems: Vec<Problem>,
    /// How many rows of the pain log could not be used.
    pub rows: usize,
}

impl Gate {
    /// What there is to decide by.
    pub(super) fn new(analysis: &Analysis, document: &Document, baseline: Option<&Named>) -> Gate {
        let current = document.findings.iter().filter(|finding| finding.current);
        Gate {
            current: current.cloned().collect(),
            baseline: baseline.map(|before| Baseline::new(before, analysis)),
            unusable: Unusable::of(analysis),
        }
    }

    /// The findings that count from this loudness on, each rule and place once, loudest first; beside a baseline those that are new or
    /// louder.
    pub fn counting(&self, least: Severity) -> Vec<Told> {
        match &self.baseline {
            Some(baseline) => worse(self.since(baseline, least)),
            None => json::told(&self.current, least),
        }
    }

    /// What differs from the baseline, of what is at least so loud before or now.
    fn since(&self, baseline: &Baseline, least: Severity) -> Changes {
        let now = json::told(&self.current, Severity::Good);
        json::changes(&baseline.told, &now, least)
    }
}

/// What is new or louder, loudest first.
fn worse(changes: Changes) -> Vec<Told> {
    let louder = changes.louder.into_iter().map(|moved| moved.now);
    let mut worse: Vec<Told> = changes.new.into_iter().chain(louder).collect();
    worse.sort_by_key(|told| Reverse(told.loudness()));
    worse
}

impl Baseline {
    fn new(named: &Named, analysis: &Analysis) -> Baseline {
        let before = &named.document;
        let why_not = since::of_another_runner(before, &analysis.history);
        let told = match why_not {
            None => before.told(Severity::Good),
            Some(_) => Vec::new(),
        };
        Baseline {
            path: named.path.clone(),
            as_of: before.as_of,
            told,
            why_not,
        }
    }
}

impl Unusable {
    fn of(analysis: &Analysis) -> Unusable {
        let inputs = analysis.problems.iter().filter(|problem| is_lost(problem));
        let rows = analysis.pain.problems.iter();
        let rows = rows.filter(|problem| is_of_a_row(problem.code));
        Unusable {
            inputs: inputs.cloned().collect(),
            row_problems: rows.cloned().collect(),
            rows: analysis.pain.unusable_rows,
        }
    }

    /// Whether all was used.
    pub fn is_nothing(&self) -> bool {
        self.inputs.is_empty() && self.rows == 0
    }

    /// How many inputs are among them, each once.
    pub fn count(&self) -> usize {
        let files = self.inputs.iter().map(Problem::file);
        files.collect::<BTreeSet<_>>().len()
    }
}

/// Whether an input should have been used and was not. What is called like a recording should be one; what niggle understood and
/// left out knowingly is not lost.
fn is_lost(problem: &Problem) -> bool {
    match problem.effect {
        Effect::Failed => true,
        Effect::Skipped => !problem.code.is_left_out_knowingly(),
        Effect::Noted | Effect::Repaired | Effect::PartLost => false,
    }
}

fn is_of_a_row(code: Code) -> bool {
    matches!(code, Code::PainRowUnusable | Code::PainDateFuture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pain::Site,
        report::charts::fixtures::regular,
        rules::{self, fixture::finding},
        time::plus_days,
    };

    fn analysis(findings: &[(&'static str, Severity, i64)]) -> Analysis {
        let mut analysis = regular(8);
        let day = |days: &i64| plus_days(analysis.history.as_of, -days);
        let made = findings.iter().map(|(rule, severity, ago)| rules::Finding {
            severity: *severity,
            site: Some(Site::Shin),
            ..finding(rule, day(ago), day(ago))
        });
        analysis.findings = made.collect();
        analysis
    }

    fn gate(now: &Analysis, baseline: Option<&Analysis>) -> Gate {
        let before = baseline.map(|before| Named {
            path: PathBuf::from("base.json"),
            document: Document::new(before, None),
        });
        Gate::new(now, &Document::new(now, None), before.as_ref())
    }

    fn counting(gate: &Gate, least: Severity) -> Vec<String> {
        let told = gate.counting(least).into_iter();
        told.map(|told| told.rule).collect()
    }

    #[test]
    fn current_findings_count_from_their_loudness_on() {
        use Severity::*;
        let now = analysis(&[
            ("red-flag-rest-pain", SeeSomeone, 14),
            ("time-loss", Urgent, 15),
            ("pain-high", EaseOff, 0),
            ("pain-high", EaseOff, 1),
            ("everyday", Good, 0),
        ]);
        let gate = gate(&now, None);
        for (least, expected) in [
            (Urgent, &[][..]),
            (SeeSomeone, &["red-flag-rest-pain"]),
            (EaseOff, &["red-flag-rest-pain", "pain-high"]),
            (Good, &["red-flag-rest-pain", "pain-high", "everyday"]),
        ] {
            assert_eq!(counting(&gate, least), expected, "{least:?}");
        }
    }

    #[test]
    fn beside_a_baseline_what_is_new_or_louder_counts() {
        use Severity::*;
        let before = analysis(&[
            ("red-flag-rest-pain", SeeSomeone, 0),
            ("pain-high", Note, 3),
            ("pain-rising", SeeSomeone, 0),
        ]);
        let now = analysis(&[
            ("red-flag-rest-pain", SeeSomeone, 0),
            ("pain-high", EaseOff, 0),
            ("pain-rising", Watch, 0),
            ("time-loss", Urgent, 0),
        ]);
        let known = gate(&now, Some(&before));
        assert_eq!(counting(&known, Watch), ["time-loss", "pain-high"]);
        assert_eq!(counting(&known, SeeSomeone), ["time-loss"]);
        assert_eq!(counting(&gate(&now, Some(&now)), Good), [""; 0]);
    }

    #[test]
    fn beside_a_baseline_of_another_runner_everything_counts() {
        let mut before = analysis(&[("pain-high", Severity::EaseOff, 0)]);
        let now = before.clone();
        before.findings[0].run_ids = vec!["20250303-0303-ffffffff".to_string()];
        let gate = gate(&now, Some(&before));
        assert_eq!(counting(&gate, Severity::Watch), ["pain-high"]);
        assert!(gate.baseline.unwrap().why_not.is_some());
    }

    #[test]
    fn what_is_none_of_niggles_business_is_not_lost() {
        let mut now = analysis(&[]);
        let problem =
            |code, effect, file: &str| Problem::new(code, effect, "", "", "").within(file);
        now.problems = vec![
            problem(Code::OtherFile, Effect::Skipped, "README.md"),
            problem(Code::NotAnActivity, Effect::Skipped, "settings.fit"),
            problem(Code::Duplicate, Effect::Skipped, "copy.fit"),
            problem(Code::NoTime, Effect::Skipped, "route.gpx"),
            problem(Code::Truncated, Effect::PartLost, "half.fit"),
        ];
        assert!(Unusable::of(&now).is_nothing());
        now.problems.extend([
            problem(Code::UnknownKind, Effect::Skipped, "garbage.fit"),
            problem(Code::CrcMismatch, Effect::Failed, "broken.fit"),
            problem(Code::HeaderDamaged, Effect::Failed, "broken.fit"),
            problem(Code::ExportUnread, Effect::Skipped, "sessions.json"),
        ]);
        let lost = Unusable::of(&now);
        assert_eq!((lost.count(), lost.inputs.len(), lost.rows), (3, 4, 0));
        now.pain.unusable_rows = 2;
        now.problems.clear();
        let lost = Unusable::of(&now);
        assert!(!lost.is_nothing() && lost.count() == 0);
    }
}
