//! Merging: one activity that came in several files is one run (formats.md 5).

use crate::{
    ingest::{FileOutcome, Ingested},
    model::{DistanceSource, Format, Run},
    problem::{Code, Effect, Problem},
    time::{self, ZoneSource},
    units,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Starts of two copies are at most this far apart, s.
const START_S: i64 = 120;
/// Runs further than this from every other are strays, days: five years, longer than any pause of a runner who kept the watch.
const STRAY_DAYS: i64 = 1826;
/// … and no more than this many together.
const STRAY_RUNS: usize = 3;
/// Two recordings that share this much of the longer one's time are one run.
const SAME_MINUTES_SHARE: f64 = 0.9;
/// Distances, or without them times, of two copies differ by at most this share.
const SIZE_SHARE: f64 = 0.03;

/// Every run once, on the runner's own calendar, none after `as_of` and none whose clock was wrong by years; and what became of
/// each file.
pub fn one_activity_once(ingested: Ingested, as_of: Option<NaiveDate>) -> (Vec<Run>, Vec<FileOutcome>) {
    let mut files = ingested.files;
    let runs = files.iter_mut().flat_map(|file| std::mem::take(&mut file.runs)).collect();
    let (runs, copies) = merge(runs);
    let in_time = |run: &Run| as_of.is_none_or(|as_of| run.local_date() <= as_of);
    let (runs, later): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(in_time);
    let (runs, strays) = without_strays(runs);
    let mut left_out: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    let found = copies.into_iter().chain(later.iter().map(after_as_of)).chain(strays.iter().map(stray));
    for (source, problem) in found {
        left_out.entry(source).or_default().push(problem);
    }
    let kept: BTreeSet<&str> = runs.iter().map(|run| run.source.as_str()).collect();
    for file in &mut files {
        file.used = kept.contains(file.name.as_str());
        file.problems.extend(left_out.remove(&file.name).unwrap_or_default());
    }
    (runs, files)
}

/// A few runs years away from all others have a wrong clock: the watch was reset, or set to the wrong year. They would stretch the
/// calendar and turn this week into history.
fn without_strays(runs: Vec<Run>) -> (Vec<Run>, Vec<Run>) {
    let days_before = |i: usize| time::days_between(runs[i - 1].local_date(), runs[i].local_date());
    let starts = (0..runs.len()).filter(|i| *i == 0 || days_before(*i) > STRAY_DAYS);
    let bounds: Vec<usize> = starts.chain([runs.len()]).collect();
    let sizes = || bounds.windows(2).map(|pair| pair[1] - pair[0]);
    let largest = sizes().max().unwrap_or(0);
    let is_stray: Vec<bool> =
        sizes().flat_map(|size| std::iter::repeat_n(size <= STRAY_RUNS && size < largest, size)).collect();
    let mut flags = is_stray.into_iter();
    runs.into_iter().partition(|_| !flags.next().unwrap_or(false))
}

fn after_as_of(run: &Run) -> (String, Problem) {
    let detail = format!("the run of {} lies after the day of the report", run.local_date());
    (run.source.clone(), Problem::new(Code::AfterAsOf, Effect::Skipped, &run.source, detail, "It was left out."))
}

fn stray(run: &Run) -> (String, Problem) {
    let detail = format!("the run is dated {}, more than five years from your other runs", run.local_date());
    let consequence = "It was left out: its clock is taken to be wrong.";
    (run.source.clone(), Problem::new(Code::ClockWrong, Effect::Skipped, &run.source, detail, consequence))
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
    // From here on the order is that of the runner's own calendar, which a flight can make differ from UTC's.
    kept.sort_by(|a, b| (a.start_local, a.start_utc, &a.run_id).cmp(&(b.start_local, b.start_utc, &b.run_id)));
    copies.sort();
    (kept, copies)
}

/// Same start within two minutes, overlapping in time, and either the same size within 3 % or nearly the same minutes: nobody runs
/// twice at once, however the lengths of a foot pod and of a GPS track differ. A false start and the run after it are different in
/// size and do not overlap, so both are kept.
fn is_copy(a: &Run, b: &Run) -> bool {
    if (a.start_utc - b.start_utc).num_seconds().abs() > START_S {
        return false;
    }
    if overlap_share(a, b) >= SAME_MINUTES_SHARE {
        return true;
    }
    let alike = |x: Option<f64>, y: Option<f64>| x.zip(y).map(|(x, y)| (x - y).abs() <= SIZE_SHARE * x.max(y));
    let distance = alike(a.distance_m, b.distance_m);
    let time = alike(a.timer_s, b.timer_s).into_iter().chain(alike(a.elapsed_s, b.elapsed_s)).reduce(|x, y| x || y);
    let same_size = match (distance, time) {
        (Some(distance), _) => distance,
        (None, time) => time.unwrap_or(false),
    };
    same_size && overlap_share(a, b) > 0.0
}

/// Time that both cover, as a share of the longer.
fn overlap_share(a: &Run, b: &Run) -> f64 {
    let start = |run: &Run| run.start_utc.timestamp_millis() as f64 / 1000.0;
    let length = |run: &Run| run.elapsed_s.or(run.timer_s).unwrap_or(0.0).max(1.0);
    let shared = (start(a) + length(a)).min(start(b) + length(b)) - start(a).max(start(b));
    shared.max(0.0) / length(a).max(length(b))
}

/// Puts the richer of the two into `kept` and returns the other. The local time and the RPE that the richer lacks come from the copy.
fn keep_richer(kept: &mut Run, other: Run) -> Run {
    let copy = if richness(&other) > richness(kept) { std::mem::replace(kept, other) } else { other };
    if kept.zone_source == ZoneSource::AssumedUtc && copy.zone_source != ZoneSource::AssumedUtc {
        (kept.utc_offset_s, kept.zone_source) = (copy.utc_offset_s, copy.zone_source);
        kept.start_local = time::local(kept.start_utc, kept.utc_offset_s);
    }
    kept.session_rpe = kept.session_rpe.or(copy.session_rpe);
    copy
}

/// Formats first, then channels, then records; the last part makes the order total.
fn richness(run: &Run) -> (u8, usize, u32, std::cmp::Reverse<String>) {
    let format = match run.format {
        Format::Fit => 3,
        Format::Tcx => 2,
        Format::Gpx => 1,
        Format::Export => 0,
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
    use crate::{clean, clean::fixture::steady, metrics};

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
    fn a_wrong_year_does_not_move_the_calendar() {
        const YEAR_S: f64 = 365.25 * 86_400.0;
        let at = |name: &str, years: f64| run(name, Format::Fit, years * YEAR_S, 5000.0, 1800.0);
        let sources = |years: &[f64], as_of: Option<&str>| {
            let runs = years.iter().enumerate().map(|(i, y)| at(&i.to_string(), *y)).collect();
            let ingested = Ingested { files: vec![FileOutcome { runs, ..FileOutcome::default() }] };
            let (runs, _) = one_activity_once(ingested, as_of.map(|day| day.parse().unwrap()));
            runs.into_iter().map(|run| run.source).collect::<Vec<_>>()
        };
        assert_eq!(sources(&[0.0, 0.1, 0.2, 9.0], None), ["0", "1", "2"]);
        assert_eq!(sources(&[0.0, 0.1, 0.2, 4.9], None).len(), 4, "a pause of years is a pause");
        assert_eq!(sources(&[0.0, 9.0], None).len(), 2, "nobody can tell which of two is wrong");
        assert_eq!(sources(&[0.0, 0.1], Some("2025-02-20")), ["0"]);
    }

    #[test]
    fn the_kept_run_takes_the_local_time_of_its_copy() {
        let mut fit = run("a.fit", Format::Fit, 0.0, 10_000.0, 3000.0);
        fit.zone_source = ZoneSource::AssumedUtc;
        let mut gpx = run("a.gpx", Format::Gpx, 2.0, 10_000.0, 3000.0);
        (gpx.utc_offset_s, gpx.session_rpe) = (13 * 3600, Some(4.0));
        let (runs, _) = merge(vec![gpx, fit]);
        assert_eq!((runs.len(), runs[0].source.as_str()), (1, "a.fit"));
        assert_eq!((runs[0].utc_offset_s, runs[0].zone_source), (13 * 3600, ZoneSource::File));
        assert_eq!(runs[0].start_local, crate::time::local(runs[0].start_utc, 13 * 3600));
        assert_eq!(runs[0].session_rpe, Some(4.0));
    }

    #[test]
    fn copies_go_and_neighbours_stay() {
        let fit = || run("a.fit", Format::Fit, 0.0, 10_000.0, 3000.0);
        check(vec![run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), fit()], &["a.fit"], &["a.gpx"]);
        check(vec![fit(), run("b.tcx", Format::Tcx, 120.0, 10_300.0, 3000.0)], &["a.fit"], &["b.tcx"]);
        check(vec![fit(), run("b.fit", Format::Fit, 121.0, 10_000.0, 3000.0)], &["a.fit", "b.fit"], &[]);
        // A foot pod and a GPS track of the same minutes differ in length; half an hour inside them is another recording.
        check(vec![fit(), run("b.gpx", Format::Gpx, 2.0, 10_400.0, 3000.0)], &["a.fit"], &["b.gpx"]);
        check(vec![fit(), run("b.gpx", Format::Gpx, 2.0, 5_000.0, 1500.0)], &["a.fit", "b.gpx"], &[]);
        // A 60 s false start and the run 111 s later (formats.md 5).
        check(vec![run("f.fit", Format::Fit, -111.0, 150.0, 60.0), fit()], &["f.fit", "a.fit"], &[]);
        // Three copies are one run.
        let third = run("c.tcx", Format::Tcx, 1.0, 10_000.0, 3000.0);
        check(vec![fit(), run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), third], &["a.fit"], &["a.gpx", "c.tcx"]);
    }
}
