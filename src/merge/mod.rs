//! Merging: one activity that came in several files is one row ([`crate::method::formats`], Copies), and what an account export
//! says goes to its activity.

mod alike;
mod channels;
mod clocks;
mod contradictions;
mod copies;
mod corrections;
mod found;
mod index;
mod meant;
mod outings;
mod overlaps;
mod pool;
mod said;
mod strays;
mod undated;
mod walls;

use crate::{
    digest::Digest,
    exports::{Facts, Night, Shoe},
    ingest::{FileOutcome, Ingested},
    model::{Athlete, Merge, Run},
    problem::{Code, Effect, Problem},
};
use chrono::NaiveDate;
use found::Found;
use std::collections::{BTreeMap, BTreeSet};
pub use strays::whole_history;

/// Everything that was read, each activity once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// The runs, on the runner's own calendar, none after the day of the report and none whose clock was wrong by years.
    pub runs: Vec<Run>,
    /// Activities of other sports, likewise.
    pub others: Vec<Run>,
    /// Every recording or index line that was another copy, by what was kept.
    pub merges: Vec<Merge>,
    /// Time asleep, s, by the day on which the night ended.
    pub sleep_s: BTreeMap<NaiveDate, f64>,
    /// What account exports know about the runner.
    pub athlete: Athlete,
    /// The shoes of account exports; [`Run::shoe`] is their name.
    pub shoes: Vec<Shoe>,
    /// What became of each file.
    pub files: Vec<FileOutcome>,
    /// Of everything that was read.
    pub digest: Digest,
}

/// Puts together what the files hold.
pub fn one_activity_once(ingested: Ingested, as_of: Option<NaiveDate>) -> Merged {
    let digest = ingested.digest();
    let Ingested {
        mut files,
        mut rows,
        ..
    } = ingested;
    let told = told(&files, &rows);
    let facts = take_facts(&mut files);
    index::put_on_shoes(&mut rows, &facts);
    let mut found = Found::default();
    // A start that an index tells must be known before copies are looked for; a day that only names tell can wait.
    undated::start_by_lines(&mut rows, &mut found);
    walls::put_at_their_moments(&mut rows, &mut found);
    let (mut runs, mut merges) = copies::merge(rows, &mut found);
    let undated = undated::place(&mut runs, &mut merges, &mut found);
    found.add_of_each(&undated, undated::problem);
    leave_out(&mut runs, as_of, &mut found);
    let others: Vec<Run> = runs.extract_if(.., |row| !row.is_run()).collect();
    place_strays(&mut runs, &mut merges, &mut found);
    runs.sort_by(pool::by_local_start);
    merges.sort_by(pool::by_kept);
    index::zones_assumed(&runs, &mut found);
    overlaps::tell(&runs, &mut found);
    found.give_to(&mut files);
    mark_used(&mut files, &runs, &others, &told);
    Merged {
        runs,
        others,
        merges,
        sleep_s: sleep(&facts, as_of),
        digest,
        athlete: account(&facts),
        shoes: index::shoes(&facts).cloned().collect(),
        files,
    }
}

/// Files of an export that say something, of activities or of the runner.
fn told(files: &[FileOutcome], rows: &[Run]) -> BTreeSet<String> {
    let names = listing(rows).chain(telling(files));
    names.cloned().collect()
}

fn listing(rows: &[Run]) -> impl Iterator<Item = &String> {
    let listed = rows.iter().filter(|row| row.listing.is_some());
    listed.map(|row| &row.source)
}

fn telling(files: &[FileOutcome]) -> impl Iterator<Item = &String> {
    let telling = files.iter().filter(|file| file.facts.is_some());
    telling.map(|file| &file.name)
}

fn take_facts(files: &mut [FileOutcome]) -> Vec<Facts> {
    let facts = files.iter_mut().filter_map(|file| file.facts.take());
    facts.map(|facts| *facts).collect()
}

/// Sums of outings that are there leg by leg, and what lies after the day of the report.
fn leave_out(rows: &mut Vec<Run>, as_of: Option<NaiveDate>, found: &mut Found) {
    found.add_of_each(&outings::take_sums(rows), outings::problem);
    found.add_of_each(&take_later(rows, as_of), after_as_of);
}

/// Takes out the runs after the day of the report.
fn take_later(rows: &mut Vec<Run>, as_of: Option<NaiveDate>) -> Vec<Run> {
    let is_later = |row: &mut Run| as_of.is_some_and(|as_of| row.local_date() > as_of);
    rows.extract_if(.., is_later).collect()
}

/// Strays go where the name of their file says, if that lies among the other runs, and are left out otherwise.
fn place_strays(runs: &mut Vec<Run>, merges: &mut [Merge], found: &mut Found) {
    let strays = strays::take(runs);
    let is_among = strays::is_among(runs);
    for mut stray in strays {
        match undated::by_name(&mut stray.run, &is_among, merges, found) {
            true => runs.push(stray.run),
            false => found.add(&stray.run, strays::problem(&stray)),
        }
    }
}

fn mark_used(files: &mut [FileOutcome], runs: &[Run], others: &[Run], told: &BTreeSet<String>) {
    let rows = runs.iter().chain(others);
    let kept: BTreeSet<&str> = rows.map(|run| run.source.as_str()).collect();
    for file in files {
        file.used = is_kept(&file.name, &kept) || told.contains(&file.name);
    }
}

/// Whether a row is from this file, or from one in this archive.
fn is_kept(file: &str, kept: &BTreeSet<&str>) -> bool {
    kept.contains(file) || has_inside(kept, file)
}

/// Whether a file is an archive in which one of these lies.
fn has_inside(names: &BTreeSet<&str>, file: &str) -> bool {
    let inside = format!("{file}/");
    let first = names.range(inside.as_str()..).next();
    first.is_some_and(|name| name.starts_with(&inside))
}

fn after_as_of(run: &Run) -> Problem {
    let detail = format!(
        "the activity of {} lies after the day of the report",
        run.local_date()
    );
    Problem::new(
        Code::AfterAsOf,
        Effect::Skipped,
        "",
        detail,
        "It was left out.",
    )
}

/// The longer of two accounts of one night: a watch and a phone may both have slept with the runner.
fn sleep(facts: &[Facts], as_of: Option<NaiveDate>) -> BTreeMap<NaiveDate, f64> {
    let nights = facts.iter().flat_map(|facts| &facts.nights);
    let in_time = |night: &&Night| as_of.is_none_or(|as_of| night.date <= as_of);
    let mut sleep_s = BTreeMap::new();
    for night in nights.filter(in_time) {
        let asleep_s: &mut f64 = sleep_s.entry(night.date).or_default();
        *asleep_s = asleep_s.max(night.asleep_s);
    }
    sleep_s
}

fn account(facts: &[Facts]) -> Athlete {
    let all = || facts.iter().map(|facts| facts.athlete);
    Athlete {
        heart_rate_rest_bpm: all().find_map(|athlete| athlete.heart_rate_rest_bpm),
        heart_rate_max_bpm: all().find_map(|athlete| athlete.heart_rate_max_bpm),
        weight_kg: all().find_map(|athlete| athlete.weight_kg),
        sex: all().find_map(|athlete| athlete.sex),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    #[test]
    fn a_wrong_year_does_not_move_the_calendar() {
        let sources = |years: &[f64], as_of: Option<&str>| {
            let days = years.iter().map(|year| (year * 365.25) as i64);
            let rows = days
                .enumerate()
                .map(|(i, n)| Run {
                    source: i.to_string(),
                    ..fixture::run(n, 5.0)
                })
                .collect();
            let merged = one_activity_once(
                Ingested {
                    rows,
                    ..Ingested::default()
                },
                as_of.map(|d| d.parse().unwrap()),
            );
            merged
                .runs
                .into_iter()
                .map(|run| run.source)
                .collect::<Vec<_>>()
        };
        assert_eq!(sources(&[0.0, 0.1, 0.2, 9.0], None), ["0", "1", "2"]);
        assert_eq!(
            sources(&[0.0, 0.1, 0.2, 4.9], None).len(),
            4,
            "a pause of years is a pause"
        );
        assert_eq!(
            sources(&[0.0, 9.0], None).len(),
            2,
            "nobody can tell which of two is wrong"
        );
        let day = fixture::run(0, 5.0).local_date().to_string();
        assert_eq!(sources(&[0.0, 0.1], Some(&day)), ["0"]);
    }

    #[test]
    fn a_night_told_twice_is_one_night() {
        let night = |day: &str, asleep_s| Night {
            date: day.parse().unwrap(),
            asleep_s,
        };
        let facts = |nights| Facts {
            nights,
            ..Facts::default()
        };
        let all = [
            facts(vec![night("2025-03-01", 20_000.0)]),
            facts(vec![night("2025-03-01", 25_000.0)]),
        ];
        assert_eq!(
            sleep(&all, None).into_values().collect::<Vec<_>>(),
            [25_000.0]
        );
        assert!(sleep(&all, Some("2025-02-28".parse().unwrap())).is_empty());
    }
}
