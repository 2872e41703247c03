//! Runs against the corpus' facts: what ends up in the tables, after cleaning and measuring, not only what was decoded.

use crate::common::{Facts, corpus, facts};
use niggle::{
    ingest::{self, Silent},
    model::{CadenceUnit, Run},
    source::{self, Discovered},
};
use std::path::Path;

/// How one fact is compared.
struct Check {
    fact: &'static str,
    value: fn(&Run) -> Option<f64>,
    tolerance: fn(f64) -> f64,
    agree: usize,
    /// Path, niggle's value, the fact.
    off: Vec<(String, f64, f64)>,
}

/// Runs whose mean heart rate differs for a reason: path and reason.
const HEART_RATE_EXCEPTIONS: &[(&str, &str)] = &[(
    "suites/dtcooper+python-fitparse/tests/files/garmin-fenix-5-run.fit",
    "a hundred seconds recorded at uneven steps: the fact is a mean over records, niggle's over time",
)];

fn number(facts: &Facts, name: &str) -> Option<f64> {
    facts.get(name)?.parse().ok()
}

/// Whether the facts speak of one whole run: a FIT file that parses, one running session.
fn is_one_run(facts: &Facts) -> bool {
    let is = |name: &str, value: &str| facts.get(name).is_some_and(|v| v == value);
    is("format", "FIT") && is("parses", "yes") && is("sport", "running") && is("num_sessions", "1")
}

/// The only run of a file; None when there is another number of them.
fn run_of(corpus: &Path, facts: &Facts) -> Option<Run> {
    let source = source::one(&corpus.join(&facts["path"])).ok()?;
    let found = Discovered {
        sources: vec![source],
        ..Discovered::default()
    };
    let ingested = ingest::read_all(&found, &ingest::Options::default(), &Silent).ok()?;
    let mut runs = ingested.rows.into_iter().filter(Run::is_run);
    runs.next().filter(|_| runs.next().is_none())
}

#[test]
fn runs_agree_with_independent_facts() {
    let Some(corpus) = corpus("run_corpus") else {
        return;
    };
    let mut checks = [
        Check::new(
            "total_distance_m",
            |run| run.distance_m,
            |fact| 0.001 * fact,
        ),
        Check::new("total_timer_time_s", |run| run.timer_s, |_| 1.0),
        Check::new("total_elapsed_s", |run| run.elapsed_s, |_| 1.0),
        Check::new("records", |run| Some(f64::from(run.records)), |_| 0.0),
        Check::new(
            "ascent",
            |run| {
                run.ascent_m
                    .filter(|_| run.altitude_source.is_some_and(|s| s.as_str() == "device"))
            },
            |_| 0.5,
        ),
        Check::new("rec_mean_hr", |run| run.heart_rate_mean_bpm, |_| 2.0),
        Check::new("rec_mean_cadence", stored_cadence, |_| 0.5),
    ];
    let mut runs = 0;
    for facts in facts(&corpus).iter().filter(|facts| is_one_run(facts)) {
        let Some(run) = run_of(&corpus, facts) else {
            continue;
        };
        runs += 1;
        checks
            .iter_mut()
            .for_each(|check| check.compare(facts, &run));
    }
    for check in &checks {
        println!(
            "{}: {} of {runs} runs agree, {} do not",
            check.fact,
            check.agree,
            check.off.len()
        );
    }
    let [
        distance,
        timer,
        elapsed,
        records,
        ascent,
        heart_rate,
        cadence,
    ] = &checks;
    for check in [distance, timer, elapsed, records, ascent] {
        assert!(
            check.agree > 400 && check.off.is_empty(),
            "{}: {:?}",
            check.fact,
            check.off
        );
    }
    let paths: Vec<&str> = heart_rate
        .off
        .iter()
        .map(|(path, _, _)| path.as_str())
        .collect();
    assert_eq!(
        paths,
        HEART_RATE_EXCEPTIONS
            .iter()
            .map(|(path, _)| *path)
            .collect::<Vec<_>>()
    );
    only_walking_differs(cadence);
}

/// The fact is a mean over all records with cadence. niggle counts running only (at least 1.8 m/s and 120 steps/min), so in
/// runs with walking breaks its mean lies above, never below.
fn only_walking_differs(cadence: &Check) {
    let all = (cadence.agree + cadence.off.len()) as f64;
    assert!(
        cadence.agree as f64 >= 0.95 * all,
        "{} of {all} agree",
        cadence.agree
    );
    for (path, value, fact) in &cadence.off {
        assert!(value > fact, "{path}: {value} against {fact}");
    }
}

/// Mean cadence as stored: half of the steps where the file counts strides.
fn stored_cadence(run: &Run) -> Option<f64> {
    let factor = if run.cadence_unit? == CadenceUnit::Strides {
        2.0
    } else {
        1.0
    };
    Some(run.cadence_spm? / factor)
}

impl Check {
    fn new(fact: &'static str, value: fn(&Run) -> Option<f64>, tolerance: fn(f64) -> f64) -> Check {
        Check {
            fact,
            value,
            tolerance,
            agree: 0,
            off: Vec::new(),
        }
    }

    fn compare(&mut self, facts: &Facts, run: &Run) {
        let Some((fact, value)) = number(facts, self.fact)
            .filter(|f| *f > 0.0)
            .zip((self.value)(run))
        else {
            return;
        };
        if (value - fact).abs() <= (self.tolerance)(fact) {
            self.agree += 1;
        } else {
            self.off.push((facts["path"].clone(), value, fact));
        }
    }
}
