//! Merging: one activity that came in several files is one run (formats.md 5).

use crate::{
    ingest::{FileOutcome, Ingested},
    model::{DistanceSource, Format, Run},
    problem::{Code, Effect, Problem},
    units,
};
use std::collections::{BTreeMap, BTreeSet};

/// Starts of two copies are at most this far apart, s.
const START_S: i64 = 120;
/// Distances, or without them times, of two copies differ by at most this share.
const SIZE_SHARE: f64 = 0.03;

/// Every run once, by start, and what became of each file.
pub fn one_activity_once(ingested: Ingested) -> (Vec<Run>, Vec<FileOutcome>) {
    let mut files = ingested.files;
    let runs = files.iter_mut().flat_map(|file| std::mem::take(&mut file.runs)).collect();
    let (runs, copies) = merge(runs);
    let kept: BTreeSet<&str> = runs.iter().map(|run| run.source.as_str()).collect();
    let mut copies_of: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    for (source, problem) in copies {
        copies_of.entry(source).or_default().push(problem);
    }
    for file in &mut files {
        file.used = kept.contains(file.name.as_str());
        file.problems.extend(copies_of.remove(&file.name).unwrap_or_default());
    }
    (runs, files)
}

/// Runs with copies taken out, by start, and one problem for each copy, naming what was used instead.
fn merge(mut runs: Vec<Run>) -> (Vec<Run>, Vec<(String, Problem)>) {
    runs.sort_by(|a, b| (a.start_utc, &a.run_id, &a.source).cmp(&(b.start_utc, &b.run_id, &b.source)));
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    let mut copies = Vec::new();
    for run in runs {
        // Only runs that start within the window can be copies, and they lie at the end (a richer copy may start a little later).
        let recent =
            kept.iter().rev().take_while(|other| (run.start_utc - other.start_utc).num_seconds() <= 2 * START_S);
        let near = recent.enumerate().find(|(_, other)| is_copy(other, &run)).map(|(back, _)| kept.len() - 1 - back);
        match near {
            Some(index) => {
                let loser = keep_richer(&mut kept[index], run);
                copies.push((loser.source.clone(), duplicate(&loser, &kept[index])));
            }
            None => kept.push(run),
        }
    }
    kept.sort_by(|a, b| (a.start_utc, &a.run_id).cmp(&(b.start_utc, &b.run_id)));
    copies.sort();
    (kept, copies)
}

/// Same start within two minutes, same size within 3 %, and overlapping in time. A false start and the run after it are
/// different in size, so both are kept.
fn is_copy(a: &Run, b: &Run) -> bool {
    if (a.start_utc - b.start_utc).num_seconds().abs() > START_S {
        return false;
    }
    let alike = |x: Option<f64>, y: Option<f64>| x.zip(y).map(|(x, y)| (x - y).abs() <= SIZE_SHARE * x.max(y));
    let distance = alike(a.distance_m, b.distance_m);
    let time = alike(a.timer_s, b.timer_s).into_iter().chain(alike(a.elapsed_s, b.elapsed_s)).reduce(|x, y| x || y);
    let same_size = match (distance, time) {
        (Some(distance), _) => distance,
        (None, time) => time.unwrap_or(false),
    };
    same_size && overlaps(a, b)
}

fn overlaps(a: &Run, b: &Run) -> bool {
    let end = |run: &Run| run.start_utc.timestamp() as f64 + run.elapsed_s.or(run.timer_s).unwrap_or(0.0);
    (b.start_utc.timestamp() as f64) <= end(a) && (a.start_utc.timestamp() as f64) <= end(b)
}

/// Puts the richer of the two into `kept` and returns the other. The richer may take the local time it lacks from the copy.
fn keep_richer(kept: &mut Run, other: Run) -> Run {
    if richness(&other) > richness(kept) { std::mem::replace(kept, other) } else { other }
}

/// Formats first, then channels, then records; the last part makes the order total.
fn richness(run: &Run) -> (u8, usize, u32, std::cmp::Reverse<String>) {
    let format = match run.format {
        Format::Fit => 2,
        Format::Tcx => 1,
        Format::Gpx => 0,
    };
    let channels = [
        run.cadence_spm.is_some(),
        run.heart_rate_mean_bpm.is_some(),
        run.ascent_m.is_some(),
        run.distance_source == Some(DistanceSource::Device),
        run.records > 0,
    ];
    (format, channels.iter().filter(|c| **c).count(), run.records, std::cmp::Reverse(run.source.clone()))
}

fn duplicate(copy: &Run, kept: &Run) -> Problem {
    let metres = copy.distance_m.map_or("no distance".to_string(), |m| format!("{} m", units::number(m, 0)));
    let detail =
        format!("the same run ({metres}, {}) is in {}", copy.start_local.format("%Y-%m-%d %H:%M"), kept.source);
    Problem::new(Code::Duplicate, Effect::Skipped, &copy.source, detail, "It was counted once.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean, clean::fixture::steady, metrics, time::ZoneSource};

    fn run(source: &str, format: Format, start_s: f64, metres: f64, seconds: f64) -> Run {
        let mut activity = steady(0, 0.0);
        activity.format = format;
        activity.totals.distance_m = Some(metres);
        activity.totals.timer_s = Some(seconds);
        let start_utc = crate::time::utc(1_740_000_000.0 + start_s).unwrap();
        let origin = metrics::Origin {
            run_id: source.to_string(),
            source: source.to_string(),
            start_utc,
            utc_offset_s: 0,
            zone_source: ZoneSource::File,
        };
        metrics::measure(&clean::clean(activity).0, origin).0
    }

    fn check(runs: Vec<Run>, kept: &[&str], dropped: &[&str]) {
        let (runs, copies) = merge(runs);
        assert_eq!(runs.iter().map(|r| r.source.as_str()).collect::<Vec<_>>(), kept);
        assert_eq!(copies.iter().map(|(source, _)| source.as_str()).collect::<Vec<_>>(), dropped);
    }

    #[test]
    fn copies_go_and_neighbours_stay() {
        let fit = || run("a.fit", Format::Fit, 0.0, 10_000.0, 3000.0);
        check(vec![run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), fit()], &["a.fit"], &["a.gpx"]);
        check(vec![fit(), run("b.tcx", Format::Tcx, 120.0, 10_300.0, 3000.0)], &["a.fit"], &["b.tcx"]);
        check(vec![fit(), run("b.fit", Format::Fit, 121.0, 10_000.0, 3000.0)], &["a.fit", "b.fit"], &[]);
        check(vec![fit(), run("b.fit", Format::Fit, 0.0, 10_400.0, 3000.0)], &["a.fit", "b.fit"], &[]);
        // A 60 s false start and the run 111 s later (formats.md 5).
        check(vec![run("f.fit", Format::Fit, -111.0, 150.0, 60.0), fit()], &["f.fit", "a.fit"], &[]);
        // Three copies are one run.
        let third = run("c.tcx", Format::Tcx, 1.0, 10_000.0, 3000.0);
        check(vec![fit(), run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), third], &["a.fit"], &["a.gpx", "c.tcx"]);
    }
}
