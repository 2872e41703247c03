//! Clocks that are wrong or were set while they recorded.
//!
//! A recording is cut where its time steps back or leaps on by hours. The longest stretch is believed; the others are held against
//! it in the order of the file: what goes on where another ended is moved there, what repeats another or lies days away goes.

use super::{
    position::haversine_m,
    window::{EARLIEST_UNIX_S, LATEST_UNIX_S, in_window},
};
use crate::{
    model::{Activity, Samples, Span},
    problem::{Code, Effect, Problem},
    units::{counted, duration_text},
};
use std::ops::Range;

/// Steps back by less than this are samples written out of order; more is a clock that was set (src/method/limits.md, Time in a
/// recording).
const SORTABLE_STEP_S: f64 = 5.0;
/// A leap on of more than this is a pause overnight, or a clock, s.
const LEAP_S: f64 = 6.0 * 3600.0;
/// Nobody pauses a run for so long, s.
const LONGEST_PAUSE_S: f64 = 30.0 * DAY_S;
const DAY_S: f64 = 86_400.0;
/// A few records this long after the others are no last look at the watch, s.
const STALE_AFTER_S: f64 = 2.0 * 86_400.0;
/// A stretch with at most one in so many of the records of the main one is small.
const SMALL_SHARE: usize = 20;
/// Recordings broken into more stretches than this are sorted outright.
const MAX_STRETCHES: usize = 256;
/// Of two stretches that repeat each other in part, so much of what both tell is the same.
const SAME_OVERLAP: f64 = 0.9;
/// What goes on elsewhere than this far from where the other ended does not go on from it, m.
const NEAR_M: f64 = 100.0;
/// … or further than a runner comes in a step of a recording that writes seldom, m/s.
const FASTEST_STEP_M_S: f64 = 7.0;
/// Two records of one time no further apart than this were made at one place, m.
const BESIDE_M: f64 = 30.0;
/// So few records are few in a recording that writes seldom as well …
const FEW: usize = 10;
/// … where the main stretch has so many times more.
const TIMES_MORE: usize = 3;
/// Zones and clocks are an hour apart, or several, s.
const HOUR_S: f64 = 3600.0;
/// The furthest that zones can be apart, s.
const FURTHEST_ZONES_S: f64 = 26.0 * HOUR_S;
/// The GPS counts its weeks to 1,024 and begins anew; an old receiver shows a date so much too early, s.
const GPS_ROLLOVER_S: f64 = 1024.0 * 7.0 * 86_400.0;
/// Starts this far apart are told by one clock, s.
const SAME_START_S: f64 = 120.0;

/// Where no time at all can be, moves all of them alike to where they can, and says that the clock was wrong.
pub(super) fn move_into_window(activity: &mut Activity, problems: &mut Vec<Problem>) {
    let mut known = activity.samples.time_s.iter().copied();
    let Some(first_s) = known.find(|time| time.is_finite()) else {
        return;
    };
    let times = &activity.samples.time_s;
    if times.iter().any(|time| in_window(*time)) {
        return;
    }
    let told = activity.start_unix_s.filter(|start| in_window(*start));
    let shift_s = told.map_or_else(|| rollovers_s(first_s), |start| start - first_s);
    let moved = |time: f64| time + shift_s;
    // Years apart in one file: no single shift helps.
    if !times
        .iter()
        .all(|time| time.is_nan() || in_window(moved(*time)))
    {
        return;
    }
    problems.push(clock_was_wrong(first_s, times.len(), told.is_some()));
    activity.clock_is_wrong = told.is_none();
    shift_all(activity, shift_s);
}

/// Whole rounds of the GPS's weeks, so that the hour stays and the date of an old receiver comes right.
fn rollovers_s(first_s: f64) -> f64 {
    let rounds = if first_s < EARLIEST_UNIX_S {
        ((EARLIEST_UNIX_S - first_s) / GPS_ROLLOVER_S).ceil()
    } else {
        -((first_s - LATEST_UNIX_S) / GPS_ROLLOVER_S).floor() - 1.0
    };
    rounds * GPS_ROLLOVER_S
}

fn shift_all(activity: &mut Activity, shift_s: f64) {
    activity
        .samples
        .time_s
        .iter_mut()
        .for_each(|time| *time += shift_s);
    for pause in &mut activity.pauses {
        pause.from_s += shift_s;
        pause.to_s += shift_s;
    }
}

fn clock_was_wrong(first_s: f64, count: usize, is_start_known: bool) -> Problem {
    let records = counted(count, "record is", "records are");
    let year = 1970.0 + (first_s / (365.2425 * 86_400.0)).floor();
    let detail = format!("{records} of the year {year}, where a clock can show 2000 to 2099");
    let (effect, consequence) = if is_start_known {
        (
            Effect::Repaired,
            "They were moved to the start that the file tells.",
        )
    } else {
        (
            Effect::PartLost,
            "Their distances and lengths of time can be used, their day cannot.",
        )
    };
    Problem::new(Code::ClockWrong, effect, "", detail, consequence)
}

/// Puts stretches that another clock timed where they belong, leaves out those that belong nowhere, and sorts.
pub(super) fn put_right(activity: &mut Activity, problems: &mut Vec<Problem>) {
    let time = &activity.samples.time_s;
    let stretches = stretches(time);
    if stretches.len() > 1 && stretches.len() <= MAX_STRETCHES {
        let judged = judged(activity, &stretches);
        problems.extend(told(&judged, &activity.samples.time_s));
        apply(activity, &judged);
    }
    let steps_back = steps_back(&activity.samples.time_s);
    if steps_back > 0 {
        activity.samples.sort_by_time();
        problems.push(ran_backwards(steps_back));
    }
}

/// What becomes of each stretch. Where the file tells how long it all took and the times as they stand come to that, no clock was set.
fn judged(activity: &Activity, stretches: &[Range<usize>]) -> Vec<Stretch> {
    let mut clocks = Clocks::new(&activity.samples, stretches);
    let stands_s = clocks.span_s();
    clocks.judge();
    clocks.choose_clock(activity.start_unix_s);
    let off = |span_s: f64| {
        activity
            .totals
            .elapsed_s
            .map(|told_s| (span_s - told_s).abs())
    };
    let is_told = off(stands_s).zip(off(clocks.span_s()));
    if is_told.is_some_and(|(stands, moved)| stands <= SORTABLE_STEP_S && moved > stands) {
        clocks = Clocks {
            is_moving: false,
            ..Clocks::new(&activity.samples, stretches)
        };
        clocks.judge();
    }
    clocks.judged
}

fn steps_back(time: &[f64]) -> usize {
    time.windows(2).filter(|pair| pair[1] < pair[0]).count()
}

fn ran_backwards(steps_back: usize) -> Problem {
    let times = counted(steps_back, "time", "times");
    let detail = format!("time ran backwards {times}");
    let consequence = "The records were put in order.";
    Problem::new(
        Code::TimeBackwards,
        Effect::Repaired,
        "",
        detail,
        consequence,
    )
}

/// Index ranges between steps back of [`SORTABLE_STEP_S`] or more and leaps of more than [`LEAP_S`].
fn stretches(time: &[f64]) -> Vec<Range<usize>> {
    let is_jump = |i: &usize| {
        let step_s = time[*i] - time[i - 1];
        step_s <= -SORTABLE_STEP_S || step_s > LEAP_S
    };
    let breaks: Vec<usize> = (1..time.len()).filter(is_jump).collect();
    let starts = [0].into_iter().chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([time.len()]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// A stretch of the recording and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
struct Stretch {
    range: Range<usize>,
    /// Its earliest and latest time as recorded.
    low_s: f64,
    high_s: f64,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// By so many seconds; mostly none.
    Moved(f64),
    /// It repeats what is kept, or cannot be put anywhere beside it.
    Twice,
    /// As it is, but for what tells the time of another that is kept.
    Trimmed,
    /// So many seconds away from the others; before them where negative.
    Away(f64),
}

impl Stretch {
    fn of(time: &[f64], range: &Range<usize>) -> Self {
        let times = &time[range.clone()];
        Stretch {
            range: range.clone(),
            low_s: times.iter().copied().fold(f64::INFINITY, f64::min),
            high_s: times.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            fate: Fate::Moved(0.0),
        }
    }

    fn shift_s(&self) -> Option<f64> {
        match self.fate {
            Fate::Moved(shift_s) => Some(shift_s),
            _ => None,
        }
    }

    fn is_in_place(&self) -> bool {
        matches!(self.fate, Fate::Moved(0.0) | Fate::Trimmed)
    }

    /// Where it begins and ends, moved or trimmed.
    fn place(&self) -> (f64, f64) {
        self.ends().unwrap_or((self.low_s, self.high_s))
    }

    /// Its ends where it was moved to. None: it is not kept.
    fn ends(&self) -> Option<(f64, f64)> {
        let shift_s = self.shift_s()?;
        Some((self.low_s + shift_s, self.high_s + shift_s))
    }
}

/// Whether a stretch goes on where another ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    GoesOn,
    Elsewhere,
    NotKnown,
}

/// On which side of the main stretch another lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The stretches of one recording.
struct Clocks<'a> {
    samples: &'a Samples,
    judged: Vec<Stretch>,
    /// Those judged so far and kept.
    kept: Vec<usize>,
    main: usize,
    /// Whether clocks may have been set.
    is_moving: bool,
}

impl<'a> Clocks<'a> {
    fn new(samples: &'a Samples, ranges: &[Range<usize>]) -> Self {
        let time = &samples.time_s;
        let judged: Vec<Stretch> = ranges
            .iter()
            .map(|range| Stretch::of(time, range))
            .collect();
        let possible = judged.iter().filter(|stretch| in_window(stretch.low_s));
        let most_possible = possible.map(|stretch| stretch.range.len()).max();
        // A handful of records that a clock put where it can be do not outweigh all others.
        let is_possible = |stretch: &Stretch| {
            let count = stretch.range.len();
            in_window(stretch.low_s)
                || most_possible.is_some_and(|most| most * SMALL_SHARE <= count)
        };
        let size = |(index, stretch): &(usize, &Stretch)| {
            (
                is_possible(stretch),
                stretch.range.len(),
                usize::MAX - index,
            )
        };
        let main = judged.iter().enumerate().max_by_key(size);
        let main = main.map_or(0, |(index, _)| index);
        Clocks {
            samples,
            judged,
            kept: vec![main],
            main,
            is_moving: true,
        }
    }

    /// From the first to the last time of all that is kept, s.
    fn span_s(&self) -> f64 {
        let ends = || self.judged.iter().filter_map(Stretch::ends);
        let low_s = ends().map(|(low_s, _)| low_s).fold(f64::INFINITY, f64::min);
        let high_s = ends()
            .map(|(_, high_s)| high_s)
            .fold(f64::NEG_INFINITY, f64::max);
        high_s - low_s
    }

    /// From the main stretch to both ends of the file: each is held against its neighbour that is kept.
    fn judge(&mut self) {
        let mut beside = self.main;
        for index in self.main + 1..self.judged.len() {
            beside = self.judge_one(index, beside, Side::After);
        }
        beside = self.main;
        for index in (0..self.main).rev() {
            beside = self.judge_one(index, beside, Side::Before);
        }
    }

    /// Returns the one that the next is held against.
    fn judge_one(&mut self, index: usize, beside: usize, side: Side) -> usize {
        let fate = self.fate(index, beside, side);
        self.judged[index].fate = fate;
        match fate {
            Fate::Moved(_) => {
                self.kept.push(index);
                index
            }
            // What was told twice is trimmed away; the rest goes on from where the other ended.
            Fate::Trimmed if self.reaches_on(index, beside, side) => index,
            _ => beside,
        }
    }

    /// Whether a trimmed stretch leads further than the one it is held against.
    fn reaches_on(&self, index: usize, beside: usize, side: Side) -> bool {
        let (one, (low_s, high_s)) = (&self.judged[index], self.judged[beside].place());
        match side {
            Side::After => one.high_s > high_s,
            Side::Before => one.low_s < low_s,
        }
    }

    fn fate(&self, index: usize, beside: usize, side: Side) -> Fate {
        let gap_s = self.gap_s(index, beside, side);
        if gap_s > 0.0 {
            self.fate_away(index, beside, side, gap_s)
        } else {
            self.fate_back(index, beside, side)
        }
    }

    /// The time between two stretches as their clocks tell it; negative where it ran back.
    fn gap_s(&self, index: usize, beside: usize, side: Side) -> f64 {
        let one = &self.judged[index];
        let (low_s, high_s) = self.judged[beside].place();
        match side {
            Side::After => one.low_s - high_s,
            Side::Before => low_s - one.high_s,
        }
    }

    /// Of a stretch that lies hours or years away in the right direction: a night's rest is left alone.
    fn fate_away(&self, index: usize, beside: usize, side: Side, gap_s: f64) -> Fate {
        let is_fault = gap_s > LONGEST_PAUSE_S
            || self.comes_back(index, beside, side)
            || self.is_false_start(index, side, gap_s);
        let link = self.link(index, beside, side);
        if self.is_stale(index, link, side, gap_s) {
            return Fate::Away(signed(gap_s, side));
        }
        match link {
            _ if !is_fault || !self.is_moving => Fate::Moved(0.0),
            Link::GoesOn => Fate::Moved(self.follow_on_s(index, beside, side)),
            _ => Fate::Away(signed(gap_s, side)),
        }
    }

    /// Whether the clock leapt on and came back: the stretch behind it lies between.
    fn comes_back(&self, index: usize, beside: usize, side: Side) -> bool {
        let next = match side {
            Side::After => index.checked_add(1),
            Side::Before => index.checked_sub(1),
        };
        let is_between = |next: usize| {
            let here = self.gap_s(index, beside, side);
            let there = self.gap_s(next, beside, side);
            here > LEAP_S && there > 0.0 && there < LEAP_S
        };
        next.filter(|next| *next < self.judged.len())
            .is_some_and(is_between)
    }

    /// A few records a day or more before the run: nobody goes on from them days later.
    fn is_false_start(&self, index: usize, side: Side, gap_s: f64) -> bool {
        side == Side::Before && self.is_small(index, gap_s) && gap_s > DAY_S
    }

    /// Whether it has next to nothing of the main stretch: days away from it, a few records of a recording that has not many.
    fn is_small(&self, index: usize, gap_s: f64) -> bool {
        let (one, main) = (&self.judged[index], &self.judged[self.main]);
        let (count, of_main) = (one.range.len(), main.range.len());
        let is_few = count <= FEW && count * TIMES_MORE <= of_main;
        count * SMALL_SHARE <= of_main || is_few && gap_s > DAY_S
    }

    /// A few records of another time, before which or after which nothing happened that belongs to the recording.
    fn is_stale(&self, index: usize, link: Link, side: Side, gap_s: f64) -> bool {
        let least_s = match side {
            Side::Before => LEAP_S,
            Side::After => STALE_AFTER_S,
        };
        self.is_small(index, gap_s)
            && gap_s > least_s
            && (link == Link::Elsewhere || !self.moves(index))
    }

    fn moves(&self, index: usize) -> bool {
        let range = self.judged[index].range.clone();
        let (first, last) = (
            self.place(range.clone(), Side::After),
            self.place(range, Side::Before),
        );
        let metres = first
            .distance_m
            .zip(last.distance_m)
            .map(|(from, to)| to - from);
        let metres = metres.or_else(|| Some(haversine_m(first.position?, last.position?)));
        metres.is_some_and(|metres| metres > 10.0)
    }

    /// Of a stretch whose clock tells what is already told.
    fn fate_back(&self, index: usize, beside: usize, side: Side) -> Fate {
        let link = self.link(index, beside, side);
        let whole_hours_s = self.whole_hours_s(index, beside, side);
        if self.overlaps(index) {
            return match (link, whole_hours_s) {
                _ if self.completes(index) => Fate::Moved(0.0),
                _ if self.repeats_in_part(index) => Fate::Trimmed,
                _ if self.repeats(index) => Fate::Twice,
                _ if !self.is_moving => Fate::Trimmed,
                (Link::GoesOn | Link::NotKnown, Some(shift_s)) => Fate::Moved(shift_s),
                (Link::GoesOn, None) => Fate::Moved(self.follow_on_s(index, beside, side)),
                _ => Fate::Twice,
            };
        }
        // Some exports write the last part first: where that fits as well, it is left so.
        match (link, whole_hours_s) {
            _ if !self.is_moving => Fate::Moved(0.0),
            (Link::GoesOn | Link::NotKnown, Some(shift_s)) => Fate::Moved(shift_s),
            (Link::GoesOn, None) if !self.fits_in_order(index, beside, side) => {
                Fate::Moved(self.follow_on_s(index, beside, side))
            }
            _ => Fate::Moved(0.0),
        }
    }

    fn fits_in_order(&self, index: usize, beside: usize, side: Side) -> bool {
        let opposite = match side {
            Side::After => Side::Before,
            Side::Before => Side::After,
        };
        self.link(index, beside, opposite) == Link::GoesOn
    }

    fn overlaps(&self, index: usize) -> bool {
        let one = &self.judged[index];
        let mut kept = self
            .kept
            .iter()
            .filter_map(|kept| self.judged[*kept].ends());
        kept.any(|(low_s, high_s)| one.low_s <= high_s && one.high_s >= low_s)
    }

    /// Whether it holds other fields than what is kept of the same time, as blocks of records do that were written one sensor
    /// after the other.
    fn completes(&self, index: usize) -> bool {
        let kept = self
            .kept
            .iter()
            .filter(|kept| self.judged[**kept].fate == Fate::Moved(0.0));
        let mut shared = kept
            .filter_map(|kept| self.fields_of_shared_time(index, *kept))
            .peekable();
        shared.peek().is_some() && shared.all(|(here, there)| here & there == 0)
    }

    /// The fields of two stretches in the time that both tell, a bit a field. None: they tell no time together.
    fn fields_of_shared_time(&self, index: usize, kept: usize) -> Option<(u8, u8)> {
        let (one, other) = (&self.judged[index], &self.judged[kept]);
        let (from_s, to_s) = (one.low_s.max(other.low_s), one.high_s.min(other.high_s));
        let fields = |stretch: &Stretch| {
            let is_shared = |i: &usize| (from_s..=to_s).contains(&self.samples.time_s[*i]);
            let those = stretch.range.clone().filter(is_shared);
            those.fold(0, |fields, i| fields | fields_at(self.samples, i))
        };
        (from_s <= to_s).then(|| (fields(one), fields(other)))
    }

    /// Whether most of its records stand in one that is kept, at the same times.
    fn repeats(&self, index: usize) -> bool {
        self.kept
            .iter()
            .filter(|kept| self.judged[**kept].fate == Fate::Moved(0.0))
            .any(|kept| self.share_in(index, *kept, are_alike) > 0.5)
    }

    /// Whether what it tells of the time of one that is kept stands there as well: written twice over, and the rest once.
    fn repeats_in_part(&self, index: usize) -> bool {
        let one = &self.judged[index];
        let changing = changing_fields(self.samples, one.range.clone());
        let mut kept = self
            .kept
            .iter()
            .filter(|kept| self.judged[**kept].fate == Fate::Moved(0.0));
        kept.any(|kept| {
            let other = &self.judged[*kept];
            let is_shared = |time_s: f64| (other.low_s..=other.high_s).contains(&time_s);
            let times = &self.samples.time_s[one.range.clone()];
            let shared = times.iter().filter(|time_s| is_shared(**time_s)).count();
            let share = shared as f64 / times.len().max(1) as f64;
            // Neither records that hold nothing nor values that never change tell anything by being the same.
            let has_same =
                |i, j| changing & fields_at(self.samples, i) & fields_at(self.samples, j) != 0;
            let is_beside = |samples: &Samples, i, j| {
                has_same(i, j) && (are_alike(samples, i, j) || are_beside(samples, i, j))
            };
            let is_part = shared > 1 && shared < times.len();
            is_part && self.share_in(index, *kept, is_beside) > SAME_OVERLAP * share
        })
    }

    fn share_in(
        &self,
        index: usize,
        kept: usize,
        are_same: impl Fn(&Samples, usize, usize) -> bool,
    ) -> f64 {
        let time = &self.samples.time_s;
        let (one, other) = (
            self.judged[index].range.clone(),
            self.judged[kept].range.clone(),
        );
        let at = |time_s: f64| {
            let from = other.start + time[other.clone()].partition_point(|t| *t < time_s);
            (from < other.end && time[from] == time_s).then_some(from)
        };
        let is_same = |i: &usize| at(time[*i]).is_some_and(|j| are_same(self.samples, *i, j));
        let (count, same) = (one.len(), one.filter(is_same).count());
        same as f64 / count.max(1) as f64
    }

    /// The shift by whole hours after which it follows on at once: a zone's change, or a clock that was set by one.
    fn whole_hours_s(&self, index: usize, beside: usize, side: Side) -> Option<f64> {
        let follow_on_s = self.follow_on_s(index, beside, side);
        let hours_s = (follow_on_s / HOUR_S).round() * HOUR_S;
        let tolerance_s = 2.0 + 2.0 * self.step_s(index);
        let is_whole = (follow_on_s - hours_s).abs() <= tolerance_s;
        (is_whole && hours_s != 0.0 && hours_s.abs() <= FURTHEST_ZONES_S).then_some(hours_s)
    }

    /// The shift after which it stands one ordinary step beside the other.
    fn follow_on_s(&self, index: usize, beside: usize, side: Side) -> f64 {
        let step_s = self.step_s(index);
        let gap_s = self.gap_s(index, beside, side);
        signed(step_s - gap_s, side)
    }

    /// The middle one of its steps, s.
    fn step_s(&self, index: usize) -> f64 {
        let times = &self.samples.time_s[self.judged[index].range.clone()];
        let steps = times.windows(2).map(|pair| pair[1] - pair[0]);
        let mut steps: Vec<f64> = steps.filter(|step| *step > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        steps.get(steps.len() / 2).copied().unwrap_or(1.0)
    }

    fn link(&self, index: usize, beside: usize, side: Side) -> Link {
        let (first, second) = match side {
            Side::After => (beside, index),
            Side::Before => (index, beside),
        };
        let end = self.place(self.judged[first].range.clone(), Side::Before);
        let begin = self.place(self.judged[second].range.clone(), Side::After);
        end.link(begin, self.near_m(index))
    }

    /// How far what goes on may lie from where the other ended, m.
    fn near_m(&self, index: usize) -> f64 {
        NEAR_M.max(FASTEST_STEP_M_S * self.step_s(index))
    }

    /// Where a stretch begins (side after) or ends (side before).
    fn place(&self, range: Range<usize>, side: Side) -> Place {
        let samples = self.samples;
        let find = |is_known: &dyn Fn(&usize) -> bool| match side {
            Side::After => range.clone().find(is_known),
            Side::Before => range.clone().rfind(is_known),
        };
        let distance_at = find(&|i| known(&samples.distance_m, *i).is_some());
        let position = |i: usize| {
            let latitude = known(&samples.latitude_deg, i)?;
            Some((latitude, known(&samples.longitude_deg, i)?))
        };
        let position_at = find(&|i| position(*i).is_some());
        Place {
            distance_m: distance_at.and_then(|i| known(&samples.distance_m, i)),
            position: position_at.and_then(position),
        }
    }

    /// Whose clock is right: by hours, that of the beginning where the file tells the same start; by more, the main one's.
    fn choose_clock(&mut self, told: Option<f64>) {
        let Some(first) = self
            .judged
            .iter()
            .find(|stretch| stretch.shift_s().is_some())
        else {
            return;
        };
        let shift_s = first.shift_s().unwrap_or_default();
        let is_told = told.is_none_or(|told| (told - first.low_s).abs() <= SAME_START_S);
        if shift_s == 0.0 || shift_s.abs() > FURTHEST_ZONES_S || !is_told {
            return;
        }
        for stretch in &mut self.judged {
            if let Fate::Moved(by_s) = &mut stretch.fate {
                *by_s -= shift_s;
            }
        }
    }
}

fn signed(seconds: f64, side: Side) -> f64 {
    match side {
        Side::After => seconds,
        Side::Before => -seconds,
    }
}

fn known(column: &[f64], index: usize) -> Option<f64> {
    column.get(index).copied().filter(|value| value.is_finite())
}

/// Which fields a record has, a bit a field.
fn fields_at(samples: &Samples, index: usize) -> u8 {
    let bits = samples.at(index).into_iter().enumerate();
    bits.fold(0, |bits, (bit, value)| {
        bits | u8::from(!value.is_nan()) << bit
    })
}

/// The fields that have more than one value in these records, a bit a field.
fn changing_fields(samples: &Samples, records: Range<usize>) -> u8 {
    let mut first = [f64::NAN; 7];
    records.into_iter().fold(0, |bits, index| {
        let here = samples.at(index);
        let fields = first.iter_mut().zip(here).enumerate();
        fields.fold(bits, |bits, (bit, (first, value))| {
            if first.is_nan() {
                *first = value;
            }
            bits | u8::from((value - *first).abs() > 0.0) << bit
        })
    })
}

/// Whether two records have the same value in every field that both have. At the same place a distance that counts on, because it was
/// added up from steps, says nothing.
fn are_alike(samples: &Samples, index: usize, other: usize) -> bool {
    const DISTANCE: usize = 3;
    let (one, other) = (samples.at(index), samples.at(other));
    let is_placed = !one[0].is_nan() && !other[0].is_nan();
    let pairs = one.iter().zip(&other).enumerate();
    let mut said = pairs.filter(|(field, _)| *field != DISTANCE || !is_placed);
    !said.any(|(_, (one, other))| (*one - *other).abs() > 0.0)
}

/// Whether two records were made at the same place, as far as positions that are held tell.
fn are_beside(samples: &Samples, index: usize, other: usize) -> bool {
    let position = |i: usize| known(&samples.latitude_deg, i).zip(known(&samples.longitude_deg, i));
    let places = position(index).zip(position(other));
    places.is_some_and(|(here, there)| haversine_m(here, there) <= BESIDE_M)
}

/// How far and where the runner was at an end of a stretch.
#[derive(Debug, Clone, Copy)]
struct Place {
    distance_m: Option<f64>,
    position: Option<(f64, f64)>,
}

impl Place {
    fn link(self, next: Place, near_m: f64) -> Link {
        let step_m = self
            .distance_m
            .zip(next.distance_m)
            .map(|(from, to)| to - from);
        let apart_m = self.position.zip(next.position);
        let apart_m = apart_m.map(|(here, there)| haversine_m(here, there));
        let is_on = |metres: f64| (-1.0..=near_m).contains(&metres);
        match (step_m.map(is_on), apart_m.map(is_on)) {
            (Some(false), _) | (_, Some(false)) => Link::Elsewhere,
            (None, None) => Link::NotKnown,
            _ => Link::GoesOn,
        }
    }
}

fn apply(activity: &mut Activity, judged: &[Stretch]) {
    forget_start(activity, judged);
    let time = &mut activity.samples.time_s;
    let mut keep = vec![true; time.len()];
    for stretch in judged {
        match stretch.fate {
            Fate::Moved(0.0) => {}
            Fate::Moved(shift_s) => {
                let times = &mut time[stretch.range.clone()];
                move_pauses(&mut activity.pauses, times, shift_s);
                times.iter_mut().for_each(|time| *time += shift_s);
            }
            Fate::Trimmed => {
                let range = stretch.range.clone();
                range.for_each(|i| keep[i] = !is_told_by_kept(judged, time[i]));
            }
            _ => keep[stretch.range.clone()].fill(false),
        }
    }
    activity.samples.keep(&keep);
}

fn is_told_by_kept(judged: &[Stretch], time_s: f64) -> bool {
    let mut kept = judged.iter().filter_map(Stretch::ends);
    kept.any(|(low_s, high_s)| (low_s..=high_s).contains(&time_s))
}

/// A start that was taken from a stretch that is not there any more says nothing.
fn forget_start(activity: &mut Activity, judged: &[Stretch]) {
    let tells = |stretch: &&Stretch, start_s: f64| {
        (stretch.low_s - 1.0..=stretch.high_s + 1.0).contains(&start_s)
    };
    activity.start_unix_s = activity.start_unix_s.filter(|start_s| {
        let mut telling = judged
            .iter()
            .filter(|stretch| tells(stretch, *start_s))
            .peekable();
        telling.peek().is_none() || telling.any(Stretch::is_in_place)
    });
}

/// Pauses between two times of the stretch go with it.
fn move_pauses(pauses: &mut [Span], times: &[f64], shift_s: f64) {
    let is_in = |pause: &Span| {
        let mut steps = times.windows(2);
        steps.any(|pair| pair[0] <= pause.from_s + 1.0 && pair[1] >= pause.to_s - 1.0)
    };
    for pause in pauses.iter_mut().filter(|pause| is_in(pause)) {
        pause.from_s += shift_s;
        pause.to_s += shift_s;
    }
}

/// What is said: one line for those left out for each reason, one for those moved.
fn told(judged: &[Stretch], time: &[f64]) -> Vec<Problem> {
    let total = time.len();
    // Of a trimmed stretch only what tells the time of another went.
    let trimmed = judged
        .iter()
        .filter(|stretch| stretch.fate == Fate::Trimmed);
    let trimmed = trimmed.flat_map(|stretch| stretch.range.clone());
    let trimmed = trimmed.filter(|index| is_told_by_kept(judged, time[*index]));
    let sum = |is_it: &dyn Fn(&Stretch) -> bool| {
        let those = judged.iter().filter(|stretch| is_it(stretch));
        those.map(|stretch| stretch.range.len()).sum::<usize>()
    };
    let twice = sum(&|stretch| stretch.fate == Fate::Twice) + trimmed.count();
    let moved = sum(&|stretch| stretch.shift_s().is_some_and(|s| s != 0.0));
    let away = sum(&|stretch| matches!(stretch.fate, Fate::Away(_)));
    [
        (twice > 0).then(|| recorded_twice(twice, total)),
        (moved > 0).then(|| clock_was_set(moved, total, largest_shift_s(judged))),
        (away > 0).then(|| lay_away(away, total, judged)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn largest_shift_s(judged: &[Stretch]) -> f64 {
    let shifts = judged.iter().filter_map(Stretch::shift_s);
    shifts.fold(
        0.0,
        |most: f64, s| if s.abs() > most.abs() { s } else { most },
    )
}

fn recorded_twice(count: usize, total: usize) -> Problem {
    let detail = format!("time ran backwards: {count} of {total} records tell times twice over");
    let consequence = "They were left out.";
    Problem::new(
        Code::TimeBackwards,
        Effect::PartLost,
        "",
        detail,
        consequence,
    )
}

/// `6 days`, and less than two as hours.
fn length_text(seconds: f64) -> String {
    let days = seconds.abs() / 86_400.0;
    if days < 2.0 {
        duration_text(seconds.abs())
    } else {
        format!("{days:.0} days")
    }
}

fn clock_was_set(count: usize, total: usize, shift_s: f64) -> Problem {
    let by = length_text(shift_s);
    let way = if shift_s > 0.0 { "behind" } else { "ahead of" };
    let detail = format!("the clock was set: {count} of {total} records are {by} {way} the others");
    let consequence = "They were moved to where they go on.";
    Problem::new(Code::ClockJumped, Effect::Repaired, "", detail, consequence)
}

fn lay_away(count: usize, total: usize, judged: &[Stretch]) -> Problem {
    let furthest = judged.iter().filter_map(|stretch| match stretch.fate {
        Fate::Away(gap_s) => Some(gap_s),
        _ => None,
    });
    let gap_s = furthest.fold(
        0.0,
        |most: f64, s| if s.abs() > most.abs() { s } else { most },
    );
    let way = if gap_s < 0.0 { "before" } else { "after" };
    let length = length_text(gap_s);
    let detail = format!("{count} of {total} records lie {length} {way} the others");
    Problem::new(
        Code::ClockJumped,
        Effect::PartLost,
        "",
        detail,
        "They were left out.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{fixture::steady, time};

    const T0: f64 = 1_740_000_000.0;
    const DAY_S: f64 = 86_400.0;

    /// What comes of a run of a record a second at 3 m/s whose times were changed: seconds after the true start, and codes.
    fn check(change: impl Fn(usize) -> f64, count: usize, expected: &[f64], codes: &[Code]) {
        check_activity(|_| {}, change, count, expected, codes);
    }

    fn check_activity(
        prepare: impl Fn(&mut Activity),
        change: impl Fn(usize) -> f64,
        count: usize,
        expected: &[f64],
        codes: &[Code],
    ) {
        let mut activity = steady(count, 3.0);
        prepare(&mut activity);
        for (index, time) in activity.samples.time_s.iter_mut().enumerate() {
            *time += change(index);
        }
        let mut problems = Vec::new();
        time::repair(&mut activity, &mut problems);
        let found: Vec<f64> = activity
            .samples
            .time_s
            .iter()
            .map(|time| time - T0)
            .collect();
        let found_codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(
            (found.as_slice(), found_codes.as_slice()),
            (expected, codes),
            "{problems:?}"
        );
        let distances = activity.samples.distance_m;
        assert!(
            distances.windows(2).all(|pair| pair[0] <= pair[1]),
            "{distances:?}"
        );
    }

    fn seconds(range: Range<usize>) -> Vec<f64> {
        range.map(|second| second as f64).collect()
    }

    #[test]
    fn a_clock_set_back_an_hour_loses_nothing() {
        // In the middle of ten minutes, and of two hours, where the times overlap.
        for count in [600, 7200] {
            let back = |i: usize| if i < count / 2 { 0.0 } else { -3600.0 };
            check(back, count, &seconds(0..count), &[Code::ClockJumped]);
        }
        // Set by 47 s: the step at that moment is not known, so an ordinary one is taken.
        let synced = |i: usize| if i < 300 { 0.0 } else { -47.0 };
        check(synced, 600, &seconds(0..600), &[Code::ClockJumped]);
        // Two thirds of it by the later clock: the start that the file tells says which is right.
        let early = |i: usize| if i < 200 { 0.0 } else { -3600.0 };
        check(early, 600, &seconds(0..600), &[Code::ClockJumped]);
    }

    #[test]
    fn without_distance_and_position_whole_hours_are_told_by_themselves() {
        let bare = |activity: &mut Activity| activity.samples.distance_m.clear();
        let back = |i: usize| if i < 300 { 0.0 } else { -3600.0 };
        check_activity(bare, back, 600, &seconds(0..600), &[Code::ClockJumped]);
        // Nothing says that the second half follows on: it tells the same minutes again.
        let back = |i: usize| if i < 310 { 0.0 } else { -200.0 };
        check_activity(bare, back, 600, &seconds(0..310), &[Code::TimeBackwards]);
    }

    #[test]
    fn a_length_that_the_file_tells_says_that_no_clock_was_set() {
        // The last 300 begin 59 s before the end of the others, and all of it took 540 s.
        let told = |activity: &mut Activity| activity.totals.elapsed_s = Some(540.0);
        let twice = |i: usize| if i < 300 { 0.0 } else { -59.0 };
        check_activity(told, twice, 600, &seconds(0..541), &[Code::TimeBackwards]);
        let told = |activity: &mut Activity| activity.totals.elapsed_s = Some(599.0);
        check_activity(told, twice, 600, &seconds(0..600), &[Code::ClockJumped]);
    }

    /// A third of the way in comes again before the last half: all of the way is kept, once.
    #[test]
    fn a_stretch_that_repeats_a_part_of_another_costs_nothing_else() {
        let whole = steady(900, 3.0);
        let mut twice = whole.clone();
        let order = (0..450).chain(300..450).chain(450..900);
        twice.samples = order.fold(Samples::default(), |mut samples, i| {
            samples.time_s.push(whole.samples.time_s[i]);
            samples.distance_m.push(whole.samples.distance_m[i]);
            samples
        });
        let mut problems = Vec::new();
        put_right(&mut twice, &mut problems);
        assert_eq!(twice.samples.time_s, whole.samples.time_s);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].detail.contains("150 of 1050"), "{problems:?}");
    }

    #[test]
    fn a_stretch_that_repeats_another_goes() {
        // The first ten seconds once more, as some exports write each segment from the beginning.
        let mut activity = steady(40, 3.0);
        let samples = &mut activity.samples;
        for index in 0..10 {
            samples.time_s[index + 30] = samples.time_s[index];
            samples.distance_m[index + 30] = samples.distance_m[index];
        }
        let mut problems = Vec::new();
        time::repair(&mut activity, &mut problems);
        assert_eq!(activity.samples.len(), 30);
        assert_eq!(problems[0].code, Code::TimeBackwards);
    }

    #[test]
    fn blocks_of_one_sensor_each_are_joined() {
        let mut activity = steady(40, 3.0);
        let samples = &mut activity.samples;
        samples.heart_rate_bpm = vec![f32::NAN; 40];
        for index in 20..40 {
            samples.time_s[index] = samples.time_s[index - 20];
            samples.heart_rate_bpm[index] = 150.0;
            samples.distance_m[index] = f64::NAN;
            samples.speed_m_s[index] = f32::NAN;
        }
        time::repair(&mut activity, &mut Vec::new());
        let samples = &activity.samples;
        assert_eq!((samples.len(), samples.distance_m[19]), (20, 57.0));
        assert_eq!(samples.heart_rate_bpm, [150.0; 20]);
    }

    #[test]
    fn stale_records_go_and_the_main_stretch_wins() {
        let still = |activity: &mut Activity| {
            let metres = activity.samples.distance_m.iter_mut();
            metres
                .enumerate()
                .for_each(|(i, m)| *m = (i.max(5) - 5) as f64 * 3.0);
        };
        let before = |i: usize| if i < 5 { -6.0 * DAY_S } else { 0.0 };
        let expected = seconds(5..605);
        check_activity(still, before, 605, &expected, &[Code::ClockJumped]);
        // The last 5 of 605 lie half a century later and begin anew.
        let anew = |activity: &mut Activity| activity.samples.distance_m[600..].fill(0.0);
        let after = |i: usize| if i < 600 { 0.0 } else { 18_000.0 * DAY_S };
        check_activity(anew, after, 605, &seconds(0..600), &[Code::ClockJumped]);
    }

    /// A point a minute: two of them are 180 m apart.
    fn check_sparse(change: impl Fn(usize) -> f64, codes: &[Code]) {
        let sparse = |activity: &mut Activity| {
            let samples = &mut activity.samples;
            for index in 0..samples.len() {
                samples.time_s[index] = T0 + 60.0 * index as f64;
                samples.distance_m[index] = 180.0 * index as f64;
            }
        };
        let expected: Vec<f64> = (0..60).map(|i| 60.0 * f64::from(i)).collect();
        check_activity(sparse, change, 60, &expected, codes);
    }

    #[test]
    fn a_point_a_minute_goes_on_where_the_last_one_was() {
        let half = |i: usize| if i < 30 { 0.0 } else { -3600.0 };
        check_sparse(half, &[Code::ClockJumped]);
        let stale = |i: usize| if i < 8 { -6.0 * DAY_S } else { 0.0 };
        check_sparse(stale, &[Code::ClockJumped]);
        let synced = |i: usize| if i < 30 { 0.0 } else { -500.0 };
        check_sparse(synced, &[Code::ClockJumped]);
        check_sparse(|_| 0.0, &[]);
    }

    #[test]
    fn what_leapt_years_ahead_and_goes_on_is_put_back() {
        // A tenth in the middle, then the true clock again.
        let there_and_back = |i: usize| {
            if (300..360).contains(&i) {
                18_000.0 * DAY_S
            } else {
                0.0
            }
        };
        check(there_and_back, 600, &seconds(0..600), &[Code::ClockJumped]);
        // Before the first fix the clock showed 1999.
        let no_fix = |i: usize| if i < 30 { -9_500.0 * DAY_S } else { 0.0 };
        check(no_fix, 600, &seconds(0..600), &[Code::ClockJumped]);
    }

    #[test]
    fn a_night_between_two_halves_stays() {
        let slept = |i: usize| if i < 300 { 0.0 } else { 10.0 * 3600.0 };
        let expected: Vec<f64> = (0..600).map(|i| i as f64 + slept(i)).collect();
        check(slept, 600, &expected, &[Code::LongGap]);
    }

    #[test]
    fn a_clock_that_was_wrong_all_the_time_keeps_its_lengths() {
        for year in [-1_000_000_000.0, 5_000_000_000.0, 176_000_000_000.0] {
            let mut activity = steady(600, 3.0);
            activity.start_unix_s = Some(T0 + year);
            activity
                .samples
                .time_s
                .iter_mut()
                .for_each(|time| *time += year);
            let mut problems = Vec::new();
            time::repair(&mut activity, &mut problems);
            let times = &activity.samples.time_s;
            assert!(activity.clock_is_wrong);
            assert!(times.iter().all(|time| in_window(*time)));
            assert_eq!((times.len(), times[599] - times[0]), (600, 599.0));
            assert_eq!((problems[0].code, problems.len()), (Code::ClockWrong, 1));
        }
        // The year is told, and a start that can be is believed.
        let mut activity = steady(3, 3.0);
        activity
            .samples
            .time_s
            .iter_mut()
            .for_each(|time| *time += 176_000_000_000.0);
        let mut problems = Vec::new();
        time::repair(&mut activity, &mut problems);
        assert_eq!(activity.samples.time_s, [T0, T0 + 1.0, T0 + 2.0]);
        assert!(!activity.clock_is_wrong && activity.start_unix_s == Some(T0));
        assert!(
            problems[0].detail.contains("of the year 7602"),
            "{}",
            problems[0].detail
        );
    }

    #[test]
    fn pauses_go_with_their_stretch() {
        let mut activity = steady(600, 3.0);
        let times = &mut activity.samples.time_s;
        times[300..].iter_mut().for_each(|time| *time -= 3600.0);
        times[400..].iter_mut().for_each(|time| *time += 60.0);
        activity.pauses = vec![Span {
            from_s: T0 + 399.0 - 3600.0,
            to_s: T0 + 460.0 - 3600.0,
        }];
        time::repair(&mut activity, &mut Vec::new());
        assert_eq!(
            activity.pauses,
            [Span {
                from_s: T0 + 399.0,
                to_s: T0 + 460.0
            }]
        );
    }
}
