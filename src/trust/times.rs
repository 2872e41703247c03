//! Timer and elapsed time: the device's totals, the laps, and what the records span.

use super::{
    distance::is_beyond_runners,
    evidence::{Times, positive},
    laps,
    witness::{By, Heard, Verdict, Witness, are_near, vote},
};
use crate::{clean::Clean, model::Activity};

/// Longest time a total can be believed to tell, s: ten days, for stage races.
const MAX_TIME_S: f64 = 10.0 * 86_400.0;
/// Room above the span of records that hold the whole distance, as a share of it and s.
const ROOM_SHARE: f64 = 0.02;
const ROOM_S: f64 = 60.0;
/// A timer that ran for less than this share of the time recorded is none.
const RAN_SHARE: f64 = 0.1;
/// An elapsed time may go on behind the last record for so long at least, s: the watch waits to be told to save.
const WAITS_S: f64 = 600.0;
/// An elapsed time and a timer that differ by less are one time told in two ways, s.
const SAME_S: f64 = 1.0;

/// Timer and elapsed time, as far as known.
pub(super) struct Durations {
    pub timer: Verdict,
    pub elapsed: Verdict,
}

/// Hears the witnesses of both; the distance that is believed decides what can be.
pub(super) fn hear(clean: &Clean, times: Times, distance: &Verdict) -> Durations {
    let limits = Limits::of(clean, times, distance);
    let timer = limits.timer();
    let elapsed = limits.elapsed(timer.value());
    Durations { timer, elapsed }
}

/// What times are held to.
struct Limits<'a> {
    activity: &'a Activity,
    times: Times,
    /// The distance that is believed, m.
    distance_m: Option<f64>,
    /// The longest time that can be, s.
    longest_s: f64,
}

impl<'a> Limits<'a> {
    fn of(clean: &'a Clean, times: Times, distance: &Verdict) -> Self {
        let activity = &clean.activity;
        Limits {
            activity,
            times,
            distance_m: distance.value(),
            longest_s: longest_s(activity, times, distance),
        }
    }

    fn timer(&self) -> Verdict {
        let totals = &self.activity.totals;
        let mut witnesses = Vec::with_capacity(4);
        witnesses.extend(said(By::Device, totals.timer_s));
        witnesses.extend(said(By::WholeFile, self.whole_timer_s()));
        witnesses.extend(laps::witnesses(&self.activity.laps, |lap| lap.timer_s));
        witnesses.extend(said(By::Records, self.times.recorded_s));
        for witness in &mut witnesses {
            if !self.is_timer(witness) {
                witness.heard = Heard::Impossible;
            } else if self.is_part(witness) {
                witness.heard = Heard::Part;
            }
        }
        let verdict = vote(witnesses);
        if verdict.value().is_some() {
            return verdict;
        }
        // Entries by hand store a timer of zero and the real time as elapsed time; an index has the time moving.
        let told = positive_of(totals.moving_s).filter(|_| self.activity.samples.is_empty());
        let told = told
            .or(positive_of(totals.elapsed_s))
            .filter(|s| *s <= MAX_TIME_S);
        let mut witnesses = verdict.witnesses;
        witnesses.extend(said(By::Device, told));
        vote(witnesses)
    }

    /// The file's total, where it is a timer: many watches write the elapsed time there, beside a session that tells both.
    fn whole_timer_s(&self) -> Option<f64> {
        let (totals, times) = (&self.activity.totals, &self.times);
        let elapsed = [totals.elapsed_s, times.span_s, times.until_end_s];
        let is_elapsed = |whole_s: f64| {
            let mut elapsed = elapsed.into_iter().flatten();
            elapsed.any(|elapsed_s| (elapsed_s - whole_s).abs() <= SAME_S)
        };
        let has_timer = positive_of(totals.timer_s).is_some();
        totals
            .whole_timer_s
            .filter(|whole_s| !(has_timer && is_elapsed(*whole_s)))
    }

    fn is_timer(&self, witness: &Witness) -> bool {
        let timer_s = witness.value;
        let is_short_enough = timer_s <= self.longest_s;
        is_short_enough && self.is_long_enough(witness) && !self.is_too_fast(timer_s)
    }

    fn is_long_enough(&self, witness: &Witness) -> bool {
        let ran_s = self.times.recorded_s.unwrap_or(0.0);
        witness.by == By::Records || witness.value >= RAN_SHARE * ran_s
    }

    /// Whether no runner can have gone that far in the time.
    fn is_too_fast(&self, seconds: f64) -> bool {
        let is_running = self.activity.sport.is_running();
        let metres = self.distance_m.filter(|_| is_running);
        metres.is_some_and(|metres| is_beyond_runners(metres, seconds))
    }

    /// Whether laps end before the records do, or the records leave out much of what the device tells.
    fn is_part(&self, witness: &Witness) -> bool {
        match witness.by {
            By::Laps | By::LastLap => self.times.laps_are_part,
            By::Records => {
                let told = positive_of(self.activity.totals.timer_s).or(self.times.laps_span_s);
                let is_cut = |told_s: f64| told_s <= self.longest_s && witness.value < 0.5 * told_s;
                told.is_some_and(is_cut)
            }
            _ => false,
        }
    }

    fn elapsed(&self, timer_s: Option<f64>) -> Verdict {
        let mut witnesses = Vec::with_capacity(3);
        witnesses.extend(said(By::Device, self.activity.totals.elapsed_s));
        witnesses.extend(said(By::WholeFile, self.times.until_end_s));
        witnesses.extend(said(By::Records, self.times.span_s));
        // A lap that tells its timer alone leaves out its pauses.
        let laps_s = self.times.laps_span_s.filter(|_| self.laps_tell_pauses());
        witnesses.extend(said(By::Laps, laps_s));
        let shortest_s = timer_s.unwrap_or(0.0) - SAME_S;
        let longest_s = self.elapsed_limit_s();
        // What was written at the end tells when that was.
        let ended_s = self.times.until_end_s.unwrap_or(f64::NAN);
        for witness in &mut witnesses {
            let is_ended = are_near(witness.value, ended_s) && witness.by == By::Device;
            let is_short_enough = witness.value <= longest_s || is_ended;
            if witness.by == By::Laps && self.times.laps_are_part {
                witness.heard = Heard::Part;
            } else if witness.value < shortest_s || !is_short_enough {
                witness.heard = Heard::Impossible;
            }
        }
        let verdict = vote(witnesses);
        match (verdict.value(), timer_s) {
            (None, Some(timer_s)) => at_least(verdict, timer_s),
            _ => verdict,
        }
    }

    fn laps_tell_pauses(&self) -> bool {
        let last = self.activity.laps.last();
        last.is_some_and(|lap| lap.elapsed_s.is_some())
    }

    /// A watch that waits to be told to save counts on behind the last record, and by no more than a lap.
    fn elapsed_limit_s(&self) -> f64 {
        let lap_s = longest_lap_s(self.activity).min(self.longest_s);
        let span_s = self.times.span_s.unwrap_or(MAX_TIME_S);
        (span_s + lap_s).max(self.longest_s).min(MAX_TIME_S)
    }
}

/// A run lasts at least as long as its timer ran.
fn at_least(verdict: Verdict, timer_s: f64) -> Verdict {
    let mut witnesses = verdict.witnesses;
    witnesses.push(Witness {
        heard: Heard::Believed,
        ..Witness::of(By::Device, timer_s)
    });
    Verdict { witnesses }
}

/// What the records span, with a little room; where they leave out a part of the distance, the longest time told.
fn longest_s(activity: &Activity, times: Times, distance: &Verdict) -> f64 {
    let span = times.span_s.filter(|_| !is_cut(distance));
    let told = || times.claimed(activity).reduce(f64::max);
    let longest_s = span.map(with_room_s).or_else(told);
    longest_s.unwrap_or(MAX_TIME_S).min(MAX_TIME_S)
}

fn with_room_s(span_s: f64) -> f64 {
    span_s * (1.0 + ROOM_SHARE) + ROOM_S
}

fn longest_lap_s(activity: &Activity) -> f64 {
    let laps = activity.laps.iter();
    laps.filter_map(|lap| lap.elapsed_s.or(lap.timer_s))
        .fold(WAITS_S, f64::max)
}

/// Whether the records end before the distance that is believed does.
fn is_cut(distance: &Verdict) -> bool {
    let value = distance.value().unwrap_or(0.0);
    let mut witnesses = distance.witnesses.iter();
    witnesses.any(|witness| witness.heard == Heard::Part && is_well_below(witness.value, value))
}

fn is_well_below(part: f64, value: f64) -> bool {
    part < value && !are_near(part, value)
}

fn said(by: By, seconds: Option<f64>) -> Option<Witness> {
    Some(Witness::of(by, positive_of(seconds)?))
}

fn positive_of(seconds: Option<f64>) -> Option<f64> {
    seconds.and_then(positive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clean::{clean, fixture::steady},
        model::{Lap, Totals},
        trust::distance,
    };

    /// Timer and elapsed time of 1,801 records over 1,800 s with these totals and laps, rounded.
    fn heard(totals: Totals, laps: &[f64]) -> (Option<f64>, Option<f64>) {
        let mut activity = steady(1801, 3.0);
        let start_s = activity.samples.time_s[0];
        activity.totals = totals;
        let lap = |(i, timer_s): (usize, &f64)| Lap {
            start_unix_s: Some(start_s + 600.0 * i as f64),
            timer_s: Some(*timer_s),
            ..Lap::default()
        };
        activity.laps = laps.iter().enumerate().map(lap).collect();
        let cleaned = clean(activity).0;
        let times = Times::of(&cleaned);
        let durations = hear(&cleaned, times, &distance::hear(&cleaned, times, false));
        let rounded = |verdict: Verdict| verdict.value().map(f64::round);
        (rounded(durations.timer), rounded(durations.elapsed))
    }

    fn told(timer_s: f64, elapsed_s: f64) -> Totals {
        Totals {
            timer_s: Some(timer_s),
            elapsed_s: Some(elapsed_s),
            ..Totals::default()
        }
    }

    #[test]
    fn a_timer_is_not_longer_than_the_recording_nor_an_elapsed_time_shorter_than_the_timer() {
        assert_eq!(
            heard(told(1790.0, 1810.0), &[]),
            (Some(1790.0), Some(1810.0))
        );
        assert_eq!(
            heard(told(600_000.0, 600_000.0), &[]),
            (Some(1800.0), Some(1800.0))
        );
        assert_eq!(
            heard(told(18_000.0, 1800.0), &[]),
            (Some(1800.0), Some(1800.0))
        );
        assert_eq!(heard(told(1790.0, 1.0), &[]), (Some(1790.0), Some(1800.0)));
        assert_eq!(heard(told(1.8, 1.8), &[]), (Some(1800.0), Some(1800.0)));
        // A watch that waited twenty minutes to be told to save; and one that paused by itself.
        assert_eq!(
            heard(told(1790.0, 2399.0), &[]),
            (Some(1790.0), Some(2399.0))
        );
        assert_eq!(
            heard(told(1200.0, 1800.0), &[]),
            (Some(1200.0), Some(1800.0))
        );
    }

    #[test]
    fn a_whole_time_that_is_the_elapsed_time_contradicts_no_timer() {
        let with = |timer_s, whole_timer_s| Totals {
            whole_timer_s: Some(whole_timer_s),
            ..told(timer_s, 1800.0)
        };
        let mut activity = steady(1801, 3.0);
        let against = |totals: Totals| {
            activity.totals = totals;
            let cleaned = clean(activity.clone()).0;
            let times = Times::of(&cleaned);
            let durations = hear(&cleaned, times, &distance::hear(&cleaned, times, false));
            durations.timer.against().count()
        };
        let mut against = against;
        assert_eq!(against(with(1700.0, 1800.0)), 1, "the records alone");
        assert_eq!(against(with(1700.0, 1500.0)), 2, "another time is one");
    }

    #[test]
    fn laps_are_added_up_or_are_running_totals() {
        let none = Totals::default();
        assert_eq!(
            heard(none, &[600.0, 600.0, 590.0]),
            (Some(1790.0), Some(1800.0))
        );
        assert_eq!(heard(none, &[600.0, 1200.0, 1800.0]).0, Some(1800.0));
    }

    #[test]
    fn laps_that_end_before_the_records_do_know_a_part() {
        // The third lap was never closed.
        let none = Totals::default();
        assert_eq!(heard(none, &[600.0, 600.0]).0, Some(1800.0));
        assert_eq!(heard(told(1790.0, 1800.0), &[600.0]).0, Some(1790.0));
    }

    #[test]
    fn what_was_written_at_the_end_tells_how_long_it_took() {
        let elapsed_s = |written_after_s: f64| {
            let mut activity = steady(1801, 3.0);
            let start_s = activity.samples.time_s[0];
            activity.start_unix_s = Some(start_s);
            activity.end_unix_s = Some(start_s + written_after_s);
            activity.totals = told(1790.0, 86_400.0);
            let cleaned = clean(activity).0;
            let times = Times::of(&cleaned);
            let distance = distance::hear(&cleaned, times, false);
            hear(&cleaned, times, &distance).elapsed.value()
        };
        assert_eq!(
            elapsed_s(86_400.0),
            Some(86_400.0),
            "a watch left on overnight"
        );
        assert_eq!(elapsed_s(1800.0), Some(1800.0));
    }

    #[test]
    fn without_records_the_totals_are_all_there_is() {
        let entry = |totals: Totals| {
            let mut activity = steady(0, 3.0);
            activity.totals = totals;
            let cleaned = clean(activity).0;
            let times = Times::of(&cleaned);
            let durations = hear(&cleaned, times, &distance::hear(&cleaned, times, false));
            (durations.timer.value(), durations.elapsed.value())
        };
        assert_eq!(entry(told(0.0, 1800.0)), (Some(1800.0), Some(1800.0)));
        assert_eq!(entry(told(1700.0, 1800.0)), (Some(1700.0), Some(1800.0)));
        assert_eq!(entry(told(1700.0, 1.0)), (Some(1700.0), Some(1700.0)));
        assert_eq!(entry(told(1e9, 1e9)), (None, None));
    }
}
