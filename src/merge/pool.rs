//! What is kept so far, which copy of two stays, and what the other gives to it.

use super::{
    alike::{
        LARGEST_SHIFT_S, LATE_S, SIZE_SHARE, alike, is_channel, is_copy, is_late, is_shifted_copy,
    },
    contradictions::contradictions,
    corrections::{self, Correction},
    found::Found,
    said::{Said, metres_text},
};
use crate::{
    metrics::{Gift, HandOver, METRICS},
    model::{DistanceSource, Merge, Run},
    problem::{Code, Effect, Problem},
};
use chrono::{DateTime, Utc};
use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

/// The gift of [`crate::metrics::climb::ASCENT_M`].
const CLIMB: &str = "climb";

/// What is kept so far, by start.
#[derive(Default)]
pub(super) struct Pool {
    /// The rows, by start.
    pub kept: Vec<Run>,
    /// The copies, by what was kept.
    pub merges: Vec<Merge>,
    /// Files of copies that are gone, and the start of what was kept instead; by [`last_part`].
    gone: BTreeMap<String, Vec<(String, DateTime<Utc>)>>,
    /// Which of the merges are into the row of a `run_id`.
    into: BTreeMap<String, Vec<usize>>,
    /// What recordings said that are gone or were corrected, by the `run_id` of what is kept.
    said: BTreeMap<String, Vec<Said>>,
    /// When what was cropped begins, by its `run_id`.
    begins: BTreeMap<String, DateTime<Utc>>,
}

impl Pool {
    /// Adds rows, each a copy of one that is there or a row of its own.
    pub(super) fn add_all(&mut self, mut rows: Vec<Run>, found: &mut Found) {
        if rows.is_empty() {
            return;
        }
        rows.append(&mut self.kept);
        rows.sort_unstable_by(by_start);
        self.kept = rows;
        // What is kept moves to the front of the list that all are in: a second one of tens of thousands of rows is no small room.
        let mut kept = 0;
        for at in 0..self.kept.len() {
            match recent_copy(&self.kept[..kept], &self.kept[at]) {
                Some(index) => self.join(index, self.kept[at].clone(), found),
                None => {
                    self.kept.swap(kept, at);
                    kept += 1;
                }
            }
        }
        self.kept.truncate(kept);
        self.kept.sort_unstable_by(by_start);
    }

    /// Adds rows, each of its own.
    pub(super) fn keep_all(&mut self, rows: Vec<Run>) {
        self.kept.extend(rows);
        self.kept.sort_unstable_by(by_start);
    }

    /// Merges a copy into the row at `index`; whichever is the better one is kept.
    pub(super) fn join(&mut self, index: usize, run: Run, found: &mut Found) {
        let kept = &mut self.kept[index];
        let is_better = is_better(&run, kept);
        let copy = if is_better {
            std::mem::replace(kept, run)
        } else {
            run
        };
        let gifts = fill(kept, &copy);
        if is_better {
            self.turn_over(index, &copy);
        }
        let kept = &self.kept[index];
        tell(kept, &[Said::of(kept)], &copy, &gifts, found);
        let merge = merge(kept, &copy, &gifts, Vec::new());
        self.note(index, &copy, merge);
    }

    /// Gives the row at `index` its line of an account's index, and what the runner corrected there.
    pub(super) fn join_line(
        &mut self,
        index: usize,
        line: &Run,
        is_unit_doubted: bool,
        found: &mut Found,
    ) {
        let said = corrections::meant(self.said_of(index), line);
        let kept = &self.kept[index];
        let made = corrections::of(kept, &said, line, is_unit_doubted);
        let words: Vec<String> = made.iter().map(|made| made.words(kept, line)).collect();
        let merge = merge(kept, line, &[], words);
        self.apply(index, line, &made);
        let kept = &mut self.kept[index];
        let gifts = fill(kept, line);
        let filled = names(&gifts);
        tell(kept, &said, line, &gifts, found);
        if !merge.corrected.is_empty() {
            found.add(line, corrections::problem(&merge.corrected));
        }
        self.note(index, line, Merge { filled, ..merge });
    }

    /// Writes corrections on the row at `index`, and keeps what it said before.
    fn apply(&mut self, index: usize, line: &Run, made: &[Correction]) {
        let kept = &mut self.kept[index];
        if made.is_empty() {
            return;
        }
        let said = self.said.entry(kept.run_id.clone()).or_default();
        said.push(Said::of(kept));
        if made.contains(&Correction::Crop) {
            let begins = corrections::begins(kept, line);
            self.begins
                .extend(begins.map(|start| (kept.run_id.clone(), start)));
        }
        made.iter().for_each(|made| made.apply(kept, line));
    }

    /// What all recordings of the row at `index` say.
    pub(super) fn said_of(&self, index: usize) -> Vec<Said> {
        let kept = &self.kept[index];
        let gone = self.said.get(&kept.run_id).into_iter().flatten();
        std::iter::once(Said::of(kept))
            .chain(gone.cloned())
            .collect()
    }

    /// Lets what was cropped begin when its runner says. It waits until all lines have found their recordings, which they do by the
    /// starts of these.
    pub(super) fn begin_cropped(&mut self) {
        let begins = std::mem::take(&mut self.begins);
        for kept in &mut self.kept {
            if let Some(start) = begins.get(&kept.run_id) {
                kept.start_utc = *start;
                kept.start_local = crate::time::local(*start, kept.utc_offset_s);
            }
        }
        self.kept.sort_by(by_start);
    }

    /// Writes down that a copy went into the row at `index`.
    fn note(&mut self, index: usize, copy: &Run, merge: Merge) {
        let kept = &self.kept[index];
        if copy.listing.is_none() {
            let same_name = self.gone.entry(last_part(&copy.source).to_string());
            let gone = (copy.source.clone(), kept.start_utc);
            same_name.or_default().push(gone);
            let said = self.said.entry(kept.run_id.clone()).or_default();
            said.push(Said::of(copy));
        }
        let into = self.into.entry(kept.run_id.clone()).or_default();
        into.push(self.merges.len());
        self.merges.push(merge);
    }

    /// What was merged into `before` is merged into the row at `index` now, which took its place.
    fn turn_over(&mut self, index: usize, before: &Run) {
        let kept = &self.kept[index];
        let earlier = self.into.remove(&before.run_id).unwrap_or_default();
        for at in &earlier {
            let merge = &mut self.merges[*at];
            turn_to(merge, before, kept);
            let same_name = self.gone.get_mut(last_part(&merge.copy));
            for (source, start) in same_name.into_iter().flatten() {
                if *source == merge.copy && *start == before.start_utc {
                    *start = kept.start_utc;
                }
            }
        }
        let into = self.into.entry(kept.run_id.clone()).or_default();
        into.extend(earlier);
        let said = self.said.remove(&before.run_id).unwrap_or_default();
        let of_kept = self.said.entry(kept.run_id.clone()).or_default();
        of_kept.extend(said);
    }

    /// The row nearest in start to `run` among those that `is_it` accepts and that start within `within_s`.
    pub(super) fn nearest(
        &self,
        run: &Run,
        within_s: i64,
        is_it: impl Fn(&Run) -> bool,
    ) -> Option<usize> {
        let mine = self.near(run, within_s).filter(|(_, other)| is_it(other));
        mine.min_by_key(|(index, other)| (later_s(other, run).abs(), *index))
            .map(|(index, _)| index)
    }

    /// The row least far by `how_far` among those that `is_it` accepts and that start within `within_s`.
    pub(super) fn best(
        &self,
        run: &Run,
        within_s: i64,
        is_it: impl Fn(&Run) -> bool,
        how_far: impl Fn(&Run) -> f64,
    ) -> Option<usize> {
        let mine = self.near(run, within_s).filter(|(_, other)| is_it(other));
        mine.min_by(|(_, a), (_, b)| how_far(a).total_cmp(&how_far(b)))
            .map(|(index, _)| index)
    }

    /// The rows that start within `within_s` of this one, and where they stand.
    fn near(&self, run: &Run, within_s: i64) -> impl Iterator<Item = (usize, &Run)> {
        let later_s = move |other: &Run| later_s(other, run);
        let is_before = |other: &Run| -later_s(other) > within_s;
        let from = self.kept.partition_point(is_before);
        let near = self.kept.iter().enumerate().skip(from);
        near.take_while(move |(_, other)| later_s(other) <= within_s)
    }

    /// Starts of what was kept instead of copies from files that are called as `file` and that `is_it` accepts.
    pub(super) fn kept_instead(
        &self,
        file: &str,
        is_it: impl Fn(&str) -> bool,
    ) -> Vec<DateTime<Utc>> {
        let same_name = self.gone.get(last_part(file)).into_iter().flatten();
        let those = same_name.filter(|(source, _)| is_it(source));
        those.map(|(_, start)| *start).collect()
    }

    /// Whether any row is a shifted copy of an earlier one.
    fn has_shifted(&self) -> bool {
        self.kept.iter().enumerate().any(|(at, run)| {
            self.near(run, LARGEST_SHIFT_S)
                .any(|(earlier, other)| earlier < at && is_shifted_copy(other, run))
        })
    }

    /// A file that wrote local time for UTC is a copy whose start is off by whole quarter hours (src/method/limits.md, Clocks in
    /// the wrong zone).
    pub(super) fn merge_shifted(&mut self, found: &mut Found) {
        if !self.has_shifted() {
            return;
        }
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

/// Only rows that start within the window can be copies, and they lie at the end (a better copy may start a little later).
fn recent_copy(kept: &[Run], run: &Run) -> Option<usize> {
    let since = |other: &Run| (run.start_utc - other.start_utc).num_seconds();
    let rows = kept.iter().enumerate().rev();
    let mut recent = rows.take_while(|(_, other)| since(other) <= 2 * LATE_S);
    recent
        .find(|(_, other)| is_copy(other, run))
        .map(|(index, _)| index)
}

fn later_s(other: &Run, run: &Run) -> i64 {
    (other.start_utc - run.start_utc).num_seconds()
}

/// Whether a copy is to be kept rather than what is there. Of two that began minutes apart the one that went further has the whole run;
/// all others are the same run, and the richer one says more of it.
fn is_better(copy: &Run, kept: &Run) -> bool {
    let distances = copy.distance_m.zip(kept.distance_m);
    match distances.filter(|_| is_part(copy, kept)) {
        Some((copy_m, kept_m)) => copy_m > kept_m,
        None => richness(copy) > richness(kept),
    }
}

/// Whether one of the two has only part of the run.
fn is_part(a: &Run, b: &Run) -> bool {
    is_late(a, b) && alike(a.distance_m, b.distance_m, SIZE_SHARE) == Some(false)
}

/// Formats first, then channels, then records; the last part makes the order total.
fn richness(run: &Run) -> (u8, usize, u32, Reverse<String>) {
    let source = Reverse(run.source.clone());
    (run.format.richness(), channels(run), run.records, source)
}

/// How many channels a recording has.
fn channels(run: &Run) -> usize {
    let channels = [
        run.cadence_spm.is_some(),
        run.heart_rate_mean_bpm.is_some(),
        run.ascent_m.is_some(),
        matches!(
            run.distance_source,
            Some(DistanceSource::Device | DistanceSource::Index)
        ),
        run.records > 0,
    ];
    channels.iter().filter(|c| **c).count()
}

/// Gives what the kept row lacks and the copy has, whole channels at a time; what was given. What a part of the run climbed is not what
/// the run did, and a heart rate of a part covers that part.
fn fill(kept: &mut Run, copy: &Run) -> Vec<Gift> {
    let mut given = Vec::new();
    let is_part = copy.listing.is_none() && is_part(copy, kept);
    let had_heart_rate = kept.heart_rate_share.is_some();
    for gift in gifts().filter(|gift| !(is_part && gift.what == CLIMB)) {
        if !(gift.has)(kept) && (gift.has)(copy) {
            (gift.give)(kept, copy);
            given.push(gift);
        }
    }
    if is_part && !had_heart_rate {
        let share = copy
            .timer_s
            .zip(kept.timer_s)
            .map(|(copy, kept)| copy / kept);
        let covered = kept.heart_rate_share.zip(share);
        kept.heart_rate_share = covered.map(|(of_copy, share)| (of_copy * share).min(1.0));
    }
    given
}

/// Everything that a copy may give.
fn gifts() -> impl Iterator<Item = Gift> {
    METRICS.iter().filter_map(|metric| match metric.hand_over {
        HandOver::Gives(gift) => Some(gift),
        HandOver::Keeps | HandOver::Follows(_) => None,
    })
}

/// What is said of the two: what a copy settled, and where it contradicts or that it was there twice.
fn tell(kept: &Run, said: &[Said], copy: &Run, gifts: &[Gift], found: &mut Found) {
    for code in gifts.iter().filter_map(|gift| gift.settles) {
        found.settle(kept, code);
    }
    match copy.listing {
        // What has records tells of a channel and not of the whole.
        Some(_) if is_channel(copy) => {}
        Some(_) => contradictions(kept, said, copy)
            .into_iter()
            .for_each(|problem| found.add(copy, problem)),
        None => found.add(copy, duplicate(copy, kept, &names(gifts))),
    }
}

fn names(gifts: &[Gift]) -> Vec<&'static str> {
    gifts.iter().map(|gift| gift.what).collect()
}

fn merge(kept: &Run, copy: &Run, gifts: &[Gift], corrected: Vec<String>) -> Merge {
    Merge {
        run_id: kept.run_id.clone(),
        local_date: kept.local_date(),
        kept: kept.source.clone(),
        place: copy.listing.as_ref().map(|listing| listing.place.clone()),
        start_difference_s: start_difference_s(copy, kept),
        distance_difference_m: distance_difference_m(copy, kept),
        copy: copy.source.clone(),
        filled: names(gifts),
        corrected,
    }
}

/// What was merged into `before` is merged into `kept`.
fn turn_to(merge: &mut Merge, before: &Run, kept: &Run) {
    merge.run_id = kept.run_id.clone();
    merge.local_date = kept.local_date();
    merge.kept = kept.source.clone();
    merge.start_difference_s += start_difference_s(before, kept);
    let to_before = merge.distance_difference_m;
    let shift = distance_difference_m(before, kept);
    merge.distance_difference_m = to_before.zip(shift).map(|(to, shift)| to + shift);
}

fn start_difference_s(run: &Run, kept: &Run) -> f64 {
    (as_written(run) - as_written(kept)).num_milliseconds() as f64 / 1000.0
}

/// The start as the file has it: what a wall clock showed, as if it were UTC's.
fn as_written(run: &Run) -> DateTime<Utc> {
    match run.listing {
        None if run.is_on_the_wall => run.start_local.and_utc(),
        _ => run.start_utc,
    }
}

fn distance_difference_m(run: &Run, kept: &Run) -> Option<f64> {
    Some(run.distance_m? - kept.distance_m?)
}

fn duplicate(copy: &Run, kept: &Run, filled: &[&str]) -> Problem {
    let (metres, start) = (metres_text(copy), start_text(copy));
    let kept = &kept.source;
    Problem::new(
        Code::Duplicate,
        Effect::Skipped,
        "",
        format!("the same activity ({metres}, {start}) is in {kept}"),
        counted_once(filled),
    )
}

pub(super) fn start_text(run: &Run) -> String {
    run.start_local.format("%Y-%m-%d %H:%M").to_string()
}

fn counted_once(filled: &[&str]) -> String {
    match filled {
        [] => "It was counted once.".to_string(),
        filled => format!(
            "It was counted once, with this copy's {}.",
            filled.join(", ")
        ),
    }
}

pub(super) fn by_start(a: &Run, b: &Run) -> Ordering {
    (a.start_utc, &a.run_id, &a.source).cmp(&(b.start_utc, &b.run_id, &b.source))
}

pub(super) fn by_local_start(a: &Run, b: &Run) -> Ordering {
    (a.start_local, a.start_utc, &a.run_id).cmp(&(b.start_local, b.start_utc, &b.run_id))
}

pub(super) fn by_kept(a: &Merge, b: &Merge) -> Ordering {
    (&a.run_id, &a.copy, &a.place).cmp(&(&b.run_id, &b.copy, &b.place))
}

/// A file's own name without folders and `.gz`: archives may have been unpacked, and gzip with them.
fn last_part(file: &str) -> &str {
    let file = file.strip_suffix(".gz").unwrap_or(file);
    file.rsplit('/').next().unwrap_or(file)
}
