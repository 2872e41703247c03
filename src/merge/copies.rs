//! Copies: which rows are one activity, which of them is kept, and what the others give to it.

use super::{Found, index};
use crate::{
    metrics::{HandOver, METRICS},
    model::{DistanceSource, Format, Merge, Run},
    problem::{Code, Effect, Problem},
    units,
};
use chrono::{DateTime, Utc};
use std::{cmp::Ordering, collections::BTreeMap};

/// Starts of two copies are at most this far apart, s.
pub const START_S: i64 = 120;
/// Two recordings that share this much of the longer one's time are one activity.
const SAME_MINUTES_SHARE: f64 = 0.9;
/// Distances, or without them times, of two copies differ by at most this share.
pub const SIZE_SHARE: f64 = 0.03;
/// A copy whose clock was read in the wrong zone is off by a whole number of these, s …
const QUARTER_HOUR_S: i64 = 900;
/// … by less than this, s …
const LARGEST_SHIFT_S: i64 = 14 * 3600;
/// … and otherwise equal to within this, s and share: two commutes of a day are alike, but not to the second.
const SHIFT_SLACK_S: f64 = 2.0;
const SHIFT_SIZE_SHARE: f64 = 0.01;

/// Every activity once, by local start, and the copies, by what was kept.
pub fn merge(mut rows: Vec<Run>, found: &mut Found) -> (Vec<Run>, Vec<Merge>) {
    let listed = rows.extract_if(.., |run| run.listing.is_some()).collect();
    let mut pool = Pool::default();
    pool.add_all(rows, found);
    let without = index::give_to_recordings(listed, &mut pool, found);
    pool.add_all(without, found);
    pool.merge_shifted(found);
    let Pool { mut kept, mut merges, .. } = pool;
    // From here on the order is that of the runner's own calendar, which a flight can make differ from UTC's.
    kept.sort_unstable_by(|a, b| (a.start_local, a.start_utc, &a.run_id).cmp(&(b.start_local, b.start_utc, &b.run_id)));
    merges.sort_by(|a, b| (&a.run_id, &a.copy, &a.place).cmp(&(&b.run_id, &b.copy, &b.place)));
    (kept, merges)
}

/// What is kept so far, by start.
#[derive(Default)]
pub struct Pool {
    pub kept: Vec<Run>,
    merges: Vec<Merge>,
    /// Files of copies that are gone, and the start of what was kept instead; by [`last_part`].
    gone: BTreeMap<String, Vec<(String, DateTime<Utc>)>>,
    /// Which of the merges are into the row of a `run_id`.
    into: BTreeMap<String, Vec<usize>>,
}

impl Pool {
    /// Adds rows, each a copy of one that is there or a row of its own.
    fn add_all(&mut self, mut rows: Vec<Run>, found: &mut Found) {
        if rows.is_empty() {
            return;
        }
        rows.append(&mut self.kept);
        rows.sort_unstable_by(by_start);
        self.kept = Vec::with_capacity(rows.len());
        for run in rows {
            // Only rows that start within the window can be copies, and they lie at the end (a richer copy may start a little later).
            let since = |other: &Run| (run.start_utc - other.start_utc).num_seconds();
            let recent = self.kept.iter().rev().take_while(|other| since(other) <= 2 * START_S);
            match recent.enumerate().find(|(_, other)| is_copy(other, &run)).map(|(back, _)| self.kept.len() - 1 - back)
            {
                Some(index) => self.join(index, run, found),
                None => self.kept.push(run),
            }
        }
        self.kept.sort_unstable_by(by_start);
    }

    /// Merges a copy into the row at `index`; whichever is richer is kept.
    pub fn join(&mut self, index: usize, run: Run, found: &mut Found) {
        let kept = &mut self.kept[index];
        let is_richer = richness(&run) > richness(kept);
        let copy = if is_richer { std::mem::replace(kept, run) } else { run };
        let filled = fill(kept, &copy);
        if is_richer {
            self.turn_over(index, &copy);
        }
        let kept = &self.kept[index];
        for (what, code) in [("local time", Code::NoTimeZone), ("sport", Code::SportAssumed)] {
            if filled.contains(&what) {
                found.settle(kept, code);
            }
        }
        match copy.listing {
            Some(_) => index::contradictions(kept, &copy).into_iter().for_each(|problem| found.add(&copy, problem)),
            None => found.add(&copy, duplicate(&copy, kept, &filled)),
        }
        if copy.listing.is_none() {
            let same_name = self.gone.entry(last_part(&copy.source).to_string()).or_default();
            same_name.push((copy.source.clone(), kept.start_utc));
        }
        self.into.entry(kept.run_id.clone()).or_default().push(self.merges.len());
        self.merges.push(Merge {
            run_id: kept.run_id.clone(),
            local_date: kept.local_date(),
            kept: kept.source.clone(),
            place: copy.listing.as_ref().map(|listing| listing.place.clone()),
            start_difference_s: (copy.start_utc - kept.start_utc).num_milliseconds() as f64 / 1000.0,
            distance_difference_m: copy.distance_m.zip(kept.distance_m).map(|(copy, kept)| copy - kept),
            copy: copy.source,
            filled,
        });
    }

    /// What was merged into `before` is merged into the row at `index` now, which took its place.
    fn turn_over(&mut self, index: usize, before: &Run) {
        let kept = &self.kept[index];
        let earlier = self.into.remove(&before.run_id).unwrap_or_default();
        let shift_s = (before.start_utc - kept.start_utc).num_milliseconds() as f64 / 1000.0;
        let shift_m = before.distance_m.zip(kept.distance_m).map(|(before, kept)| before - kept);
        for at in &earlier {
            let merge = &mut self.merges[*at];
            (merge.run_id, merge.local_date, merge.kept) =
                (kept.run_id.clone(), kept.local_date(), kept.source.clone());
            merge.start_difference_s += shift_s;
            merge.distance_difference_m = merge.distance_difference_m.zip(shift_m).map(|(from, shift)| from + shift);
            for (source, start) in self.gone.get_mut(last_part(&merge.copy)).into_iter().flatten() {
                if *source == merge.copy && *start == before.start_utc {
                    *start = kept.start_utc;
                }
            }
        }
        self.into.entry(kept.run_id.clone()).or_default().extend(earlier);
    }

    /// The row nearest in start to `run` among those that `is_it` accepts and that start within `within_s`.
    pub fn nearest(&self, run: &Run, within_s: i64, is_it: impl Fn(&Run) -> bool) -> Option<usize> {
        let distance = |other: &Run| (other.start_utc - run.start_utc).num_seconds().abs();
        let from = self.kept.partition_point(|other| (run.start_utc - other.start_utc).num_seconds() > within_s);
        let near = self.kept[from..]
            .iter()
            .enumerate()
            .take_while(|(_, other)| (other.start_utc - run.start_utc).num_seconds() <= within_s);
        let mine = near.filter(|(_, other)| is_it(other));
        mine.min_by_key(|(index, other)| (distance(other), *index)).map(|(index, _)| from + index)
    }

    /// Starts of what was kept instead of copies from files that are called as `file` and that `is_it` accepts.
    pub fn kept_instead(&self, file: &str, is_it: impl Fn(&str) -> bool) -> Vec<DateTime<Utc>> {
        let same_name = self.gone.get(last_part(file)).map_or(&[][..], Vec::as_slice);
        same_name.iter().filter(|(source, _)| is_it(source)).map(|(_, start)| *start).collect()
    }

    /// A file that wrote local time for UTC is a copy whose start is off by whole quarter hours (src/method/limits.md, Clocks in
    /// the wrong zone).
    fn merge_shifted(&mut self, found: &mut Found) {
        let rows = std::mem::take(&mut self.kept);
        self.kept = Vec::with_capacity(rows.len());
        for run in rows {
            match self.nearest(&run, LARGEST_SHIFT_S, |other| is_shifted_copy(other, &run)) {
                Some(index) => {
                    self.join(index, run, found);
                    // The kept row may have a later start now; the order matters to `nearest`.
                    self.kept[index..].sort_by(by_start);
                }
                None => self.kept.push(run),
            }
        }
    }
}

fn by_start(a: &Run, b: &Run) -> Ordering {
    (a.start_utc, &a.run_id, &a.source).cmp(&(b.start_utc, &b.run_id, &b.source))
}

/// Same start within two minutes, overlapping in time, and either the same size within 3 % or nearly the same minutes: nobody runs
/// twice at once, however the lengths of a foot pod and of a GPS track differ. A false start and the run after it are different in
/// size and do not overlap, so both are kept. An index may call by another sport what the watch recorded; then minutes and distance
/// must both be the same, or an hour of yoga entered by hand would swallow the run of that hour.
pub fn is_copy(a: &Run, b: &Run) -> bool {
    if (a.start_utc - b.start_utc).num_seconds().abs() > START_S {
        return false;
    }
    let distance = alike(a.distance_m, b.distance_m, SIZE_SHARE);
    let is_same_time = overlap_share(a, b) >= SAME_MINUTES_SHARE;
    if !is_one_kind(a, b) {
        return a.listing.is_some() != b.listing.is_some() && is_same_time && distance == Some(true);
    }
    if is_same_time {
        return true;
    }
    let time = alike(a.timer_s, b.timer_s, SIZE_SHARE).into_iter().chain(alike(a.elapsed_s, b.elapsed_s, SIZE_SHARE));
    let same_size = distance.unwrap_or_else(|| time.reduce(|x, y| x || y).unwrap_or(false));
    same_size && overlap_share(a, b) > 0.0
}

/// A file's own name without folders and `.gz`: archives may have been unpacked, and gzip with them.
fn last_part(file: &str) -> &str {
    let file = file.strip_suffix(".gz").unwrap_or(file);
    file.rsplit('/').next().unwrap_or(file)
}

/// A run is no copy of a ride; what was taken for one or the other by its speed alone may be a copy of either.
fn is_one_kind(a: &Run, b: &Run) -> bool {
    a.is_run() == b.is_run() || a.has_vague_sport() || b.has_vague_sport()
}

/// Two recordings of one activity, of which one has the wrong time by whole quarter hours: equal length to the second, nearly equal
/// distance, from different formats or devices.
fn is_shifted_copy(a: &Run, b: &Run) -> bool {
    let shift_s = (a.start_utc - b.start_utc).num_milliseconds() as f64 / 1000.0;
    let quarters = (shift_s / QUARTER_HOUR_S as f64).round();
    let is_whole = quarters != 0.0 && (shift_s - quarters * QUARTER_HOUR_S as f64).abs() <= SHIFT_SLACK_S;
    let is_other_recording = a.format != b.format || a.device != b.device;
    let lengths = a.elapsed_s.zip(b.elapsed_s);
    let is_same_length = lengths.is_some_and(|(a, b)| a > 0.0 && (a - b).abs() <= SHIFT_SLACK_S);
    is_whole
        && is_other_recording
        && is_same_length
        && a.is_run() == b.is_run()
        && a.listing.is_none()
        && b.listing.is_none()
        && alike(a.distance_m, b.distance_m, SHIFT_SIZE_SHARE) == Some(true)
}

/// Whether two values differ by at most this share of the larger; None when one is missing.
pub fn alike(a: Option<f64>, b: Option<f64>, share: f64) -> Option<bool> {
    a.zip(b).map(|(a, b)| (a - b).abs() <= share * a.max(b))
}

/// Time that both cover, as a share of the longer.
fn overlap_share(a: &Run, b: &Run) -> f64 {
    let start = |run: &Run| run.start_utc.timestamp_millis() as f64 / 1000.0;
    let length = |run: &Run| run.elapsed_s.or(run.timer_s).unwrap_or(0.0).max(1.0);
    let shared = (start(a) + length(a)).min(start(b) + length(b)) - start(a).max(start(b));
    shared.max(0.0) / length(a).max(length(b))
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

/// Gives what the kept row lacks and the copy has, whole channels at a time, and names them.
fn fill(kept: &mut Run, copy: &Run) -> Vec<&'static str> {
    let mut filled = Vec::new();
    for metric in METRICS {
        if let HandOver::Gives(gift) = metric.hand_over
            && !(gift.has)(kept)
            && (gift.has)(copy)
        {
            (gift.give)(kept, copy);
            filled.push(gift.what);
        }
    }
    filled
}

fn duplicate(copy: &Run, kept: &Run, filled: &[&str]) -> Problem {
    let metres = copy.distance_m.map_or("no distance".to_string(), |m| format!("{} m", units::number(m, 0)));
    let detail =
        format!("the same activity ({metres}, {}) is in {}", copy.start_local.format("%Y-%m-%d %H:%M"), kept.source);
    let consequence = match filled {
        [] => "It was counted once.".to_string(),
        filled => format!("It was counted once, with this copy's {}.", filled.join(", ")),
    };
    Problem::new(Code::Duplicate, Effect::Skipped, "", detail, consequence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean,
        clean::fixture::steady,
        metrics,
        model::{Listing, Sport},
        time::ZoneSource,
    };

    /// A run with these totals that starts so many seconds after a fixed moment.
    fn run(source: &str, format: Format, start_s: f64, metres: f64, seconds: f64) -> Run {
        let mut activity = steady(0, 0.0);
        activity.format = format;
        activity.totals.distance_m = Some(metres);
        activity.totals.timer_s = Some(seconds);
        activity.totals.elapsed_s = Some(seconds);
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

    /// A line of an index.
    fn line(file: Option<&str>, start_s: f64, metres: f64, seconds: f64) -> Run {
        let listing = Listing { place: "row 2".into(), id: Some("7".into()), file: file.map(str::to_string) };
        Run { listing: Some(listing.into()), ..run("activities.csv", Format::Export, start_s, metres, seconds) }
    }

    fn fit() -> Run {
        run("a.fit", Format::Fit, 0.0, 10_000.0, 3000.0)
    }

    fn merged(rows: Vec<Run>) -> (Vec<Run>, Vec<Merge>, Vec<Code>) {
        let mut found = Found::default();
        let (rows, merges) = merge(rows, &mut found);
        let codes = found.problems.into_values().flatten().map(|problem| problem.code).collect();
        (rows, merges, codes)
    }

    fn check(rows: Vec<Run>, kept: &[&str], dropped: &[&str]) {
        let (rows, merges, _) = merged(rows);
        assert_eq!(rows.iter().map(|r| r.source.as_str()).collect::<Vec<_>>(), kept);
        assert_eq!(merges.iter().map(|merge| merge.copy.as_str()).collect::<Vec<_>>(), dropped);
    }

    #[test]
    fn copies_go_and_neighbours_stay() {
        check(vec![run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), fit()], &["a.fit"], &["a.gpx"]);
        check(vec![fit(), run("b.tcx", Format::Tcx, 120.0, 10_300.0, 3000.0)], &["a.fit"], &["b.tcx"]);
        check(vec![fit(), run("b.fit", Format::Fit, 121.0, 10_000.0, 3000.0)], &["a.fit", "b.fit"], &[]);
        // A foot pod and a GPS track of the same minutes differ in length; half an hour inside them is another recording.
        check(vec![fit(), run("b.gpx", Format::Gpx, 2.0, 10_400.0, 3000.0)], &["a.fit"], &["b.gpx"]);
        check(vec![fit(), run("b.gpx", Format::Gpx, 2.0, 5_000.0, 1500.0)], &["a.fit", "b.gpx"], &[]);
        // A 60 s false start and the run 111 s later (src/method/formats.md, Copies).
        check(vec![run("f.fit", Format::Fit, -111.0, 150.0, 60.0), fit()], &["f.fit", "a.fit"], &[]);
        // Three copies are one run, and so are two files of the same bytes.
        let third = run("c.tcx", Format::Tcx, 1.0, 10_000.0, 3000.0);
        check(vec![fit(), run("a.gpx", Format::Gpx, 2.0, 9_900.0, 3010.0), third], &["a.fit"], &["a.gpx", "c.tcx"]);
        check(vec![run("z.fit", Format::Fit, 0.0, 10_000.0, 3000.0), fit()], &["a.fit"], &["z.fit"]);
        // Two sessions of a day, to the metre alike.
        check(vec![fit(), run("b.fit", Format::Fit, 36_000.0, 10_000.0, 3000.0)], &["a.fit", "b.fit"], &[]);
        // A ride at the time of a run is no copy of it.
        let ride = Run { sport: Sport("cycling"), ..run("b.fit", Format::Fit, 0.0, 10_000.0, 3000.0) };
        check(vec![fit(), ride], &["a.fit", "b.fit"], &[]);
    }

    #[test]
    fn a_copy_that_names_the_sport_decides_what_speed_had_guessed() {
        let of = |sport: Sport, run: Run| Run { sport, ..run };
        let gpx = |sport| of(sport, run("a.gpx", Format::Gpx, 2.0, 10_000.0, 3000.0));
        let (ride, slow) = (Sport("cycling"), Sport::OTHER);
        for (guessed, named, counts) in [(Sport::UNKNOWN, ride, false), (slow, Sport::RUNNING, true)] {
            let of_watch = of(named, fit());
            check(vec![gpx(guessed), of_watch.clone()], &["a.fit"], &["a.gpx"]);
            // The index names the sport of a recording that is kept.
            let listed = of(named, line(Some("a.gpx"), 0.0, 10_000.0, 3000.0));
            let (rows, _, codes) = merged(vec![gpx(guessed), listed]);
            assert_eq!((rows.len(), rows[0].sport, rows[0].is_run(), codes), (1, named, counts, vec![]));
        }
    }

    #[test]
    fn what_was_done_at_the_time_of_a_run_does_not_swallow_it() {
        let yoga = |row: Run| Run { sport: Sport("training"), distance_m: None, ..row };
        // Two entries by hand, and an entry by hand beside a recording.
        let by_hand = || yoga(line(None, 0.0, 0.0, 3000.0));
        assert_eq!(merged(vec![by_hand(), line(None, 0.0, 10_000.0, 3000.0)]).0.len(), 2);
        assert_eq!(merged(vec![by_hand(), fit()]).0.len(), 2);
        // The same activity under another name is the same activity.
        let walk = Run { sport: Sport("walking"), ..line(None, 1.0, 10_000.0, 3000.0) };
        assert_eq!(merged(vec![walk, fit()]).0.len(), 1);
    }

    #[test]
    fn a_copy_in_the_wrong_zone_is_off_by_whole_quarter_hours() {
        let gpx = |start_s: f64, seconds: f64| run("a.gpx", Format::Gpx, start_s, 9_950.0, seconds);
        check(vec![fit(), gpx(7200.0, 3001.0)], &["a.fit"], &["a.gpx"]);
        check(vec![gpx(-34_200.0, 3000.0), fit()], &["a.fit"], &["a.gpx"]);
        check(vec![fit(), gpx(7205.0, 3000.0)], &["a.fit", "a.gpx"], &[]);
        check(vec![fit(), gpx(7200.0, 3010.0)], &["a.fit", "a.gpx"], &[]);
        check(vec![fit(), gpx(16.0 * 3600.0, 3000.0)], &["a.fit", "a.gpx"], &[]);
        // The same watch twice a day is two runs, whatever its clock says.
        check(vec![fit(), run("b.fit", Format::Fit, 36_000.0, 10_000.0, 3000.0)], &["a.fit", "b.fit"], &[]);
    }

    #[test]
    fn what_is_kept_takes_what_it_lacks() {
        let vague = Run { zone_source: ZoneSource::AssumedUtc, ..fit() };
        let gpx = Run {
            utc_offset_s: 13 * 3600,
            session_rpe: Some(4.0),
            cadence_spm: Some(171.0),
            heart_rate_mean_bpm: Some(150.0),
            ascent_m: Some(80.0),
            ..run("a.gpx", Format::Gpx, 2.0, 10_000.0, 3000.0)
        };
        let (rows, merges, codes) = merged(vec![gpx, vague]);
        assert_eq!((rows.len(), rows[0].source.as_str(), codes), (1, "a.fit", vec![Code::Duplicate]));
        assert_eq!((rows[0].utc_offset_s, rows[0].zone_source), (13 * 3600, ZoneSource::File));
        assert_eq!(rows[0].start_local, crate::time::local(rows[0].start_utc, 13 * 3600));
        let taken = (rows[0].session_rpe, rows[0].cadence_spm, rows[0].heart_rate_mean_bpm, rows[0].ascent_m);
        assert_eq!(taken, (Some(4.0), Some(171.0), Some(150.0), Some(80.0)));
        assert_eq!(merges[0].filled, ["local time", "cadence", "climb", "heart rate", "RPE"]);
        assert_eq!((merges[0].start_difference_s, merges[0].distance_difference_m), (2.0, Some(0.0)));
    }

    /// GPX, then TCX, then FIT, by start: each is richer than the one before, and all copies are listed under the one that stays.
    #[test]
    fn what_was_kept_for_a_while_is_not_named_as_kept() {
        let rows = vec![
            run("a.gpx", Format::Gpx, 0.0, 9_900.0, 3000.0),
            run("b.tcx", Format::Tcx, 2.0, 10_100.0, 3000.0),
            run("c.fit", Format::Fit, 5.0, 10_000.0, 3000.0),
        ];
        let (kept, merges, _) = merged(rows.clone());
        assert_eq!(kept.iter().map(|run| run.source.as_str()).collect::<Vec<_>>(), ["c.fit"]);
        let listed: Vec<_> = merges
            .iter()
            .map(|merge| {
                (merge.copy.as_str(), merge.kept.as_str(), merge.start_difference_s, merge.distance_difference_m)
            })
            .collect();
        assert_eq!(listed, [("a.gpx", "c.fit", -5.0, Some(-100.0)), ("b.tcx", "c.fit", -3.0, Some(100.0))]);
        assert!(merges.iter().all(|merge| merge.run_id == kept[0].run_id));
        // A line with a clock in another zone still finds it by the file that was merged first.
        let line = line(Some("a.gpx"), 7200.0, 10_000.0, 3000.0);
        assert_eq!(merged(rows.into_iter().chain([line]).collect()).0.len(), 1);
    }

    #[test]
    fn what_is_kept_loses_nothing_it_has() {
        let own = Run { cadence_spm: Some(168.0), session_rpe: Some(7.0), ..fit() };
        let tcx = Run {
            cadence_spm: Some(171.0),
            session_rpe: Some(4.0),
            ..run("b.tcx", Format::Tcx, 0.0, 10_000.0, 3000.0)
        };
        let (rows, merges, _) = merged(vec![own, tcx]);
        assert_eq!((rows[0].cadence_spm, rows[0].session_rpe), (Some(168.0), Some(7.0)));
        assert!(merges[0].filled.is_empty());
    }

    #[test]
    fn lines_of_an_index_go_to_their_recordings() {
        let titled =
            Run { name: Some("Hills".into()), shoe: Some("Blue".into()), ..line(None, 30.0, 10_100.0, 3000.0) };
        let (rows, merges, codes) = merged(vec![titled, fit()]);
        assert_eq!((rows.len(), rows[0].name.as_deref(), rows[0].shoe.as_deref()), (1, Some("Hills"), Some("Blue")));
        assert_eq!((merges[0].place.as_deref(), codes), (Some("row 2"), vec![]));
        // Without a recording a line is a run of its own; two services' lines of it are one.
        let (rows, _, _) =
            merged(vec![line(None, 9000.0, 5_000.0, 1500.0), line(None, 9010.0, 5_020.0, 1500.0), fit()]);
        assert_eq!(rows.iter().map(|run| run.format).collect::<Vec<_>>(), [Format::Fit, Format::Export]);
    }

    #[test]
    fn a_line_finds_the_file_it_names_whatever_its_clock() {
        let strava = Run { source: "export.zip/activities/12.fit.gz".into(), ..fit() };
        let named = |file: &str| line(Some(file), 7200.0, 10_000.0, 3000.0);
        assert_eq!(merged(vec![named("activities/12.fit.gz"), strava.clone()]).0.len(), 1);
        assert_eq!(
            merged(vec![named("activities/2.fit.gz"), strava.clone()]).0.len(),
            2,
            "not the end of another name"
        );
        let unpacked = Run { source: "activities/12.fit".into(), ..strava.clone() };
        assert_eq!(merged(vec![named("activities/12.fit.gz"), unpacked]).0.len(), 1);
        // The file it names was a poorer copy of one from the watch.
        let watch = Run { source: "watch.fit".into(), ..fit() };
        let poorer = Run { format: Format::Gpx, source: "activities/12.gpx.gz".into(), ..fit() };
        assert_eq!(merged(vec![named("activities/12.gpx.gz"), poorer, watch]).0.len(), 1);
    }

    #[test]
    fn contradictions_are_listed_and_the_recording_is_believed() {
        let file = "a.fit";
        let (rows, _, codes) = merged(vec![line(Some(file), 0.0, 12_000.0, 3000.0), fit()]);
        assert_eq!((rows[0].distance_m, codes), (Some(10_000.0), vec![Code::TotalsDiffer]));
        assert_eq!(merged(vec![line(Some(file), 0.0, 10_000.0, 4000.0), fit()]).2, [Code::TotalsDiffer]);
        assert_eq!(merged(vec![line(Some(file), 0.0, 10_190.0, 3050.0), fit()]).2, []);
        let ride = Run { sport: Sport("cycling"), ..line(Some(file), 0.0, 10_000.0, 3000.0) };
        let (rows, _, codes) = merged(vec![ride, fit()]);
        assert!(rows[0].is_run());
        assert_eq!(codes, [Code::TotalsDiffer]);
    }

    #[test]
    fn an_index_in_metres_is_found_out() {
        let start = |n: usize| n as f64 * 90_000.0;
        let climbed = |run: Run, metres: f64| Run { ascent_m: Some(metres), ..run };
        let mut rows: Vec<Run> = Vec::new();
        for n in 0..3 {
            rows.push(climbed(run(&format!("{n}.fit"), Format::Fit, start(n), 10_000.0, 3000.0), 100.0));
            rows.push(climbed(line(None, start(n), 10_000.0, 3000.0), 1.0));
        }
        rows.push(climbed(line(None, start(9), 10_000.0, 3000.0), 2.0));
        let (rows, _, codes) = merged(rows);
        assert_eq!((rows[3].ascent_m, codes), (Some(200.0), vec![Code::TotalsDiffer]));
    }
}
