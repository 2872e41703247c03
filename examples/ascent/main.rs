//! Holds rules of ascent against device totals and against simulated ground: `NIGGLE_CORPUS=FOLDER cargo run --example ascent`.
//!
//! Prints the tables of `src/method/formulas.md`, Elevation gain: for each class of recordings the median of ascent over total, and
//! between which ratios eight in ten lie. Without a folder only the simulated ground.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example may fail loudly and print"
)]

mod ground;
mod rules;

use niggle::{clean, decode, model::Activity};
use rules::{RULES, Recording};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Fewer altitudes are the change between two sports.
const LEAST_ALTITUDES: usize = 100;
/// Totals below this are rounding more than climbing, m.
const LEAST_TOTAL_M: f64 = 20.0;

fn main() {
    if let Some(corpus) = std::env::var_os("NIGGLE_CORPUS") {
        print_ratios(&of_corpus(Path::new(&corpus)));
    }
    ground::print();
}

/// Recordings with their totals, by class.
fn of_corpus(folder: &Path) -> BTreeMap<&'static str, Vec<(Recording, f64)>> {
    let mut classes: BTreeMap<&str, Vec<(Recording, f64)>> = BTreeMap::new();
    for path in files(folder) {
        let bytes = std::fs::read(&path).unwrap();
        for activity in decode::fit::decode(&bytes).activities {
            let Some((class, recording, total_m)) = with_total(activity) else {
                continue;
            };
            let known = classes.entry(class).or_default();
            // The same activity lies in several folders.
            if !known.iter().any(|(other, _)| *other == recording) {
                known.push((recording, total_m));
            }
        }
    }
    classes
}

fn with_total(activity: Activity) -> Option<(&'static str, Recording, f64)> {
    let total_m = activity.totals.ascent_m?;
    let indoor = ["treadmill", "indoor_cycling", "virtual_activity"];
    let on_foot_or_wheels = ["running", "walking", "hiking", "cycling"];
    let is_outside =
        on_foot_or_wheels.contains(&activity.sport.0) && !indoor.contains(&activity.sub_sport);
    let class = match activity.altitude_is_barometric {
        Some(true) => "barometer",
        _ => "not said",
    };
    let recording = Recording::of(&clean::clean(activity).0);
    let first = recording.altitude_m.first().copied();
    let changes = recording
        .altitude_m
        .iter()
        .any(|metres| Some(*metres) != first);
    let is_long = recording.altitude_m.len() >= LEAST_ALTITUDES;
    let is_useful = total_m >= LEAST_TOTAL_M && is_long && is_outside && changes;
    is_useful.then_some((class, recording, total_m))
}

fn print_ratios(classes: &BTreeMap<&'static str, Vec<(Recording, f64)>>) {
    for (class, recordings) in classes {
        println!("{class}: {} recordings", recordings.len());
        for (name, rule) in RULES {
            let ratios = recordings
                .iter()
                .map(|(recording, total_m)| rule(recording) / total_m);
            let mut ratios: Vec<f64> = ratios.collect();
            ratios.sort_by(f64::total_cmp);
            let at = |share: f64| ratios[((ratios.len() - 1) as f64 * share).round() as usize];
            println!("  {name:24} {:.2} ({:.2}–{:.2})", at(0.5), at(0.1), at(0.9));
        }
    }
}

/// The FIT files under a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    for path in entries {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "fit") {
            files.push(path);
        }
    }
    files.sort();
    files
}
