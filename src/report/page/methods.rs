//! A paragraph on methods that a paper can take over, with what it must name: version, settings, inputs, what was planned.

use super::block::{Block, Section};
use crate::{
    associate::cohort::{Cohort, RUNNERS_MIN},
    epidemiology::{Registered, Watched},
    report::cohort::ToldOfCohort,
    stats::within_dates::DRAWS,
    units::{counted, number},
};

/// To be pasted.
pub(super) fn section(of: &ToldOfCohort) -> Section {
    let paragraphs = [
        runners(&of.study.watched),
        definitions(),
        association(of.cohort),
        software(of),
        planned(of.registered),
    ];
    let blocks = paragraphs.into_iter().map(Block::paragraph);
    Section::new(
        "methods-to-paste",
        "Methods, ready to paste",
        blocks.collect(),
    )
    .named("To paste")
}

fn runners(watched: &Watched) -> String {
    let people = counted(watched.people, "runner was", "runners were");
    let weeks = watched
        .weeks
        .map(|[_, median, _]| format!(" for a median of {} weeks", number(median, 1)));
    format!(
        "{people} followed{}, from the first to the last day that recordings and pain log share: {} runs, {} km and {} hours on {} days, of which pain was logged on {}.",
        weeks.unwrap_or_default(),
        watched.exposure.runs,
        number(watched.exposure.distance_m / 1000.0, 0),
        number(watched.exposure.timer_s / 3600.0, 0),
        watched.days,
        watched.logged,
    )
}

fn definitions() -> String {
    "Injury incidence is given per 1,000 km and per 1,000 hours of running with exact Poisson intervals (Garwood), for time loss (running lost \
     for a week or three sessions), for substantial and any problems (OSTRC-H2), and for pain at one place for more than seven days; weekly \
     prevalence with intervals that respect repeated weeks of the same runner; time to the first injury by Kaplan and Meier. Load patterns \
     before new pain were compared with the same weekdays of the same four weeks of the same runner (time-stratified case-crossover, \
     conditional logistic, mid-P)."
        .to_string()
}

fn association(cohort: &Cohort) -> String {
    let tests = counted(cohort.tests, "test was", "tests were");
    format!(
        "Whether pain went with earlier load was asked within runners: means of runners and of calendar dates and a 28-day running mean were \
         taken out, and the common slope of pain on earlier load estimated given the load of the day itself, given the pain of the day before, \
         and given both, of which the weakest answer is reported. p is by {DRAWS} random turns of each runner's load by whole weeks; the \
         interval is by the same turns. Pairs needed {RUNNERS_MIN} runners. {tests} made; q is by Benjamini and Hochberg over all of them."
    )
}

fn software(of: &ToldOfCohort) -> String {
    let settings = match of.settings.as_object() {
        Some(settings) if !settings.is_empty() => format!("settings {}", of.settings),
        _ => "default settings".to_string(),
    };
    format!(
        "Recordings and logs were read and all figures computed by niggle {} ({settings}; digest of everything that was read {}).",
        env!("CARGO_PKG_VERSION"),
        of.inputs
    )
}

fn planned(registered: Option<&Registered>) -> String {
    match registered {
        None => "No plan of the analysis was given, so that nothing here tells what was planned from what was looked at afterwards.".to_string(),
        Some(registered) => format!(
            "The analysis was planned in a file with SHA-256 {}: {} of load and pain, {}, {}. Everything else was looked at afterwards, is \
             marked so, and has no q.",
            registered.sha256,
            counted(registered.pairs.len(), "pair", "pairs"),
            counted(registered.rules.len(), "rule", "rules"),
            counted(registered.definitions.len(), "definition of an injury", "definitions of an injury"),
        ),
    }
}

/// Behind what a plan does not name.
pub(super) fn mark(planned: Option<bool>) -> &'static str {
    match planned {
        Some(false) => " (looked at afterwards)",
        _ => "",
    }
}
