//! What a cache keeps of a file, and what decides it.

use super::{
    cache::{Cache, Key},
    options::Options,
    outcome::FileOutcome,
};
use crate::{
    exports::Facts,
    model::{Format, Run},
    problem::{Code, Effect, Problem},
    text::named::named,
};
use chrono::DateTime;

/// What a cache must be made with: everything but the files that decides a row, the names of its fields among them, so that a row
/// of another shape is never read back.
pub fn cache_options(options: &Options) -> String {
    let zone = options.timezone.map(|zone| zone.name());
    let blank = Run::blank(String::new(), DateTime::UNIX_EPOCH);
    let shape = serde_json::to_string(&blank).unwrap_or_default();
    format!(
        "{zone:?} {:?} {} {} {shape}",
        options.open_sport,
        options.notes,
        cfg!(feature = "tz-lookup")
    )
}

/// What of a name decides anything: of recordings that they are called so, and the moment that it tells, which may say on which clock
/// their times are; of other files the name without its folders.
pub(super) fn named_kind(name: &str) -> Vec<u8> {
    if Format::is_recording_name(name) {
        let moment = named(name).map(|stamp| format!(" {} {:?}", stamp.unix_s, stamp.zone));
        [b" recording", moment.unwrap_or_default().as_bytes()].concat()
    } else {
        name.rsplit('/').next().unwrap_or(name).into()
    }
}

/// A problem as a cache keeps it: code, effect, place, detail, consequence.
type KeptProblem = (Code, Effect, String, String, String);

impl FileOutcome {
    /// What a cache knows of a file, its name put in again; places get it where they always do.
    pub(super) fn kept(cache: &Cache, key: Key, name: &str) -> Option<FileOutcome> {
        let (mut runs, mut others, facts, problems): (Vec<Run>, Vec<Run>, Facts, Vec<KeptProblem>) =
            cache.get(key)?;
        runs.iter_mut()
            .chain(&mut others)
            .for_each(|row| row.source = name.to_string());
        let problem = |(code, effect, place, detail, consequence)| {
            Problem::new(code, effect, place, detail, consequence)
        };
        Some(FileOutcome {
            runs,
            others,
            facts: if_any(facts),
            problems: problems.into_iter().map(problem).collect(),
            ..FileOutcome::default()
        })
    }

    /// Gives the outcome to a cache, before the file's name is in it.
    pub(super) fn keep(&self, cache: &Cache, key: Key) {
        let problems: Vec<KeptProblem> = self.problems.iter().map(kept_problem).collect();
        let nothing = Facts::default();
        let facts = self.facts.as_deref().unwrap_or(&nothing);
        cache.put(key, &(&self.runs, &self.others, facts, problems));
    }
}

fn kept_problem(problem: &Problem) -> KeptProblem {
    let Problem {
        code,
        place,
        detail,
        consequence,
        effect,
        ..
    } = problem.clone();
    (code, effect, place, detail, consequence)
}

/// What a file of an export says, if that is anything.
pub(super) fn if_any(facts: Facts) -> Option<Box<Facts>> {
    (facts != Facts::default()).then(|| Box::new(facts))
}
