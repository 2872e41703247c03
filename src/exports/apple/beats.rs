//! Heart rates and steps by time, given to the workouts that they were measured in: the second walk through the file.

use super::{
    super::kit::{HEART_RATE_BPM, Notes},
    amount::{COUNTS, RATES, amount},
    kind::{Kind, kind_of},
    scan::Visitor,
    tag::{Tag, moment},
    workout::{Workout, short},
};
use crate::model::Samples;
use std::collections::BTreeMap;

/// Most heart rates kept in all: a thousand hours of one every two seconds.
const BEATS_MAX: usize = 2_000_000;
/// Most names of sources told apart.
const SOURCES_MAX: usize = 1000;
/// Workouts looked at for one moment: nobody does as many at once.
const OVER_MAX: usize = 64;
/// Longest time that one count of steps is believed to stand for, s.
const STEPS_S_MAX: f64 = 3600.0;

/// What was measured in one workout.
#[derive(Debug, Clone, PartialEq, Default)]
struct Measured {
    /// Seconds from the workout's start, tenths of beats/min, and the source's number.
    beats: Vec<(u32, u16, u16)>,
    /// Steps by source.
    steps: BTreeMap<u16, f64>,
}

/// Workouts, and what was measured in each.
pub(super) struct Beats<'n> {
    workouts: Vec<Workout>,
    measured: Vec<Measured>,
    /// Workouts by start, with the latest end of those up to there.
    by_start: Vec<(f64, f64, usize)>,
    sources: BTreeMap<Vec<u8>, u16>,
    kept: usize,
    /// Heart rates that there was no room for.
    pub(super) lost: usize,
    notes: &'n mut Notes,
    records: usize,
}

impl<'n> Beats<'n> {
    pub(super) fn of(workouts: Vec<Workout>, notes: &'n mut Notes) -> Self {
        let starts = workouts.iter().enumerate();
        let mut by_start: Vec<(f64, f64, usize)> = starts
            .map(|(index, workout)| (workout.start_s, workout.end_s, index))
            .collect();
        by_start.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut latest_s = f64::NEG_INFINITY;
        for (_, end_s, _) in &mut by_start {
            latest_s = latest_s.max(*end_s);
            *end_s = latest_s;
        }
        Beats {
            measured: vec![Measured::default(); workouts.len()],
            workouts,
            by_start,
            sources: BTreeMap::new(),
            kept: 0,
            lost: 0,
            notes,
            records: 0,
        }
    }

    /// The workouts that lie over a moment.
    fn over(&self, unix_s: f64) -> impl Iterator<Item = usize> {
        let begun = self
            .by_start
            .partition_point(|(start_s, ..)| *start_s <= unix_s);
        let begun = self.by_start[..begun].iter().rev().take(OVER_MAX);
        let perhaps = begun.take_while(move |(_, latest_s, _)| *latest_s >= unix_s);
        let over = perhaps.filter(move |(.., index)| self.workouts[*index].end_s >= unix_s);
        over.map(|(.., index)| *index)
    }

    fn source(&mut self, name: &[u8]) -> u16 {
        let name = short(name);
        if let Some(number) = self.sources.get(name) {
            return *number;
        }
        let number = self.sources.len().min(SOURCES_MAX) as u16;
        if self.sources.len() < SOURCES_MAX {
            self.sources.insert(name.to_vec(), number);
        }
        number
    }

    fn add_beat(&mut self, tag: &Tag) {
        let [value, unit, start, source] = tag.values(["value", "unit", "startDate", "sourceName"]);
        let Some(at) = moment(start) else {
            return;
        };
        let over: Vec<usize> = self.over(at.unix_s).collect();
        if over.is_empty() {
            return;
        }
        let (value, source) = ((value, unit), self.source(source));
        let Some(bpm) = amount(self.notes, value, RATES, HEART_RATE_BPM, self.records) else {
            return;
        };
        for index in over {
            if self.kept >= BEATS_MAX {
                self.lost += 1;
                continue;
            }
            self.kept += 1;
            let since_s = (at.unix_s - self.workouts[index].start_s) as u32;
            let beat = (since_s, (bpm * 10.0).round() as u16, source);
            self.measured[index].beats.push(beat);
        }
    }

    /// Steps go to the workouts that have no count of their own, as much of them as lies inside.
    fn add_steps(&mut self, tag: &Tag) {
        let [value, unit, start, end, source] =
            tag.values(["value", "unit", "startDate", "endDate", "sourceName"]);
        let Some((start, end)) = moment(start).zip(moment(end)) else {
            return;
        };
        let length_s = end.unix_s - start.unix_s;
        let over: Vec<usize> = self.over((start.unix_s + end.unix_s) / 2.0).collect();
        if over.is_empty() || !(0.0..=STEPS_S_MAX).contains(&length_s) {
            return;
        }
        let (value, source) = ((value, unit), self.source(source));
        let Some(steps) = amount(self.notes, value, COUNTS, 0.0..=1e5, self.records) else {
            return;
        };
        for index in over {
            let workout = &self.workouts[index];
            let inside_s = end.unix_s.min(workout.end_s) - start.unix_s.max(workout.start_s);
            let share = if length_s > 0.0 {
                inside_s / length_s
            } else {
                1.0
            };
            let of_source = self.measured[index].steps.entry(source).or_default();
            *of_source += steps * share.clamp(0.0, 1.0);
        }
    }

    /// The workouts in the order of the file, each with its heart rates.
    pub(super) fn finished(self) -> impl Iterator<Item = (Workout, Samples)> {
        let sources = self.sources;
        let workouts = self.workouts.into_iter().zip(self.measured);
        workouts.map(move |(mut workout, measured)| {
            let own = sources.get(&workout.source).copied();
            workout.steps = workout.steps.or_else(|| measured.of_one_source(own));
            let samples = measured.samples(own, workout.start_s);
            (workout, samples)
        })
    }
}

impl Measured {
    /// The steps of what recorded the workout, else of what counted the most: a phone and a watch count the same steps.
    fn of_one_source(&self, own: Option<u16>) -> Option<f64> {
        own.and_then(|own| self.steps.get(&own).copied())
            .or_else(|| self.steps.values().copied().max_by(f64::total_cmp))
    }

    /// The heart rates of the source that has most of them, that of the workout first among equals, by time and once a second.
    fn samples(mut self, own: Option<u16>, start_s: f64) -> Samples {
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for (.., source) in &self.beats {
            *counts.entry(*source).or_default() += 1;
        }
        let most = counts
            .iter()
            .max_by_key(|(source, count)| (**count, Some(**source) == own));
        let Some((most, _)) = most else {
            return Samples::default();
        };
        self.beats.retain(|(.., source)| source == most);
        self.beats.sort_by_key(|(since_s, ..)| *since_s);
        self.beats.dedup_by_key(|(since_s, ..)| *since_s);
        let beats = self.beats.iter();
        Samples {
            time_s: beats
                .clone()
                .map(|beat| start_s + f64::from(beat.0))
                .collect(),
            heart_rate_bpm: beats.map(|beat| f32::from(beat.1) / 10.0).collect(),
            ..Samples::default()
        }
    }
}

impl Visitor for Beats<'_> {
    fn wants(&mut self, begin: &[u8], _: u64) -> bool {
        matches!(kind_of(begin), Kind::HeartRate | Kind::Steps)
    }

    fn visit(&mut self, tag: &Tag) {
        self.records += 1;
        match kind_of(tag.text()) {
            Kind::HeartRate => self.add_beat(tag),
            Kind::Steps => self.add_steps(tag),
            _ => {}
        }
    }

    fn endless(&mut self, _: u64) {
        // The first walk has counted it.
    }
}
