//! The exact circular-shift test for events: do they fall on flagged days more (or less) often than turned flags would have it?
//!
//! The same test as [`super::circular_shift`], for yes and no: flags come in weeks, events keep apart from one another, and
//! turning the flags around the calendar keeps both and breaks only what ties them together.

use super::rate_ratio::Counts;

/// Two statistics closer than this are the same, so that shifts that repeat the observed value count as ties.
const TIE_TOLERANCE: f64 = 1e-12;

/// The outcome of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventShift {
    /// As observed (shift 0).
    pub counts: Counts,
    /// Shifts, 0 included, that are at least as far from what the days would have; at least 1.
    pub at_least: usize,
    /// All shifts: the days of the calendar.
    pub shifts: usize,
    /// `at_least / shifts`, never below 1/`shifts`.
    pub p: f64,
}

/// Counts without a test. `flags`: None unknown, Some(true) a flagged day. `events`: None a day on which no event could have
/// been seen, Some(true) an event. Days that are None on either side take no part.
pub fn counts(flags: &[Option<bool>], events: &[Option<bool>]) -> Counts {
    let days = flags.iter().zip(events);
    let known = days.filter_map(|(flag, event)| flag.zip(*event));
    let mut counts = Counts::default();
    for (flagged, event) in known {
        let (days, seen) = if flagged {
            (&mut counts.flagged_days, &mut counts.flagged_events)
        } else {
            (&mut counts.other_days, &mut counts.other_events)
        };
        *days += 1;
        *seen += u32::from(event);
    }
    counts
}

/// Exact circular-shift test, two-sided, over all n shifts with 0 (Yuan & Shou 2024, PLoS Biol; src/method/statistics.md, Shift
/// test).
///
/// At shift s the events of day t meet the flag of day (t − s) mod n; the days on which events could be seen stay where
/// they are, and flags turn together with their own unknown days. The statistic is the events on flagged days less their
/// share of the days, by its binomial standard deviation. A shift at which it does not exist (no event, or no flagged or no
/// other day) counts as one at least as far: the p errs upwards.
///
/// None when the calendars differ or are empty, or the observed statistic does not exist.
pub fn event_shift(flags: &[Option<bool>], events: &[Option<bool>]) -> Option<EventShift> {
    if flags.is_empty() || flags.len() != events.len() {
        return None;
    }
    let observed = counts(flags, events);
    let reached = distance(observed)? - TIE_TOLERANCE;
    let reaches = |counts| distance(counts).is_none_or(|found| found >= reached);
    let turning = Turning::new(flags, events);
    let shifts = 0..flags.len();
    let at_least = shifts.filter(|shift| reaches(turning.counts_at(*shift)));
    let (at_least, shifts) = (at_least.count(), flags.len());
    Some(EventShift {
        counts: observed,
        at_least,
        shifts,
        p: at_least as f64 / shifts as f64,
    })
}

/// |events on flagged days − their share of all events| by the binomial standard deviation.
fn distance(counts: Counts) -> Option<f64> {
    let events = counts.flagged_events + counts.other_events;
    if events == 0 || counts.flagged_days == 0 || counts.other_days == 0 {
        return None;
    }
    let share = flagged_share(counts);
    let expected = f64::from(events) * share;
    Some((f64::from(counts.flagged_events) - expected).abs() / (expected * (1.0 - share)).sqrt())
}

/// The flagged days by all days.
fn flagged_share(counts: Counts) -> f64 {
    f64::from(counts.flagged_days) / f64::from(counts.flagged_days + counts.other_days)
}

/// Days as bits, so that one shift of ten years is counted in about sixty steps.
struct Turning {
    days: usize,
    /// Flagged days, and days with a known flag, each written twice behind one another.
    flagged: Vec<u64>,
    known: Vec<u64>,
    /// Days on which an event could be seen, and days with one.
    seen: Vec<u64>,
    events: Vec<u64>,
}

impl Turning {
    fn new(flags: &[Option<bool>], events: &[Option<bool>]) -> Self {
        let twice = || flags.iter().chain(flags);
        Turning {
            days: flags.len(),
            flagged: bits(twice().map(|flag| *flag == Some(true))),
            known: bits(twice().map(Option::is_some)),
            seen: bits(events.iter().map(Option::is_some)),
            events: bits(events.iter().map(|event| *event == Some(true))),
        }
    }

    fn counts_at(&self, shift: usize) -> Counts {
        let start = (self.days - shift % self.days) % self.days;
        let mut counts = Counts::default();
        for (word, (seen, event)) in self.seen.iter().zip(&self.events).enumerate() {
            let at = start + 64 * word;
            let (flagged, known) = (word_at(&self.flagged, at), word_at(&self.known, at));
            counts.flagged_days += (flagged & seen).count_ones();
            counts.other_days += (known & !flagged & seen).count_ones();
            counts.flagged_events += (flagged & event).count_ones();
            counts.other_events += (known & !flagged & event).count_ones();
        }
        counts
    }
}

/// One bit a day.
fn bits(days: impl Iterator<Item = bool>) -> Vec<u64> {
    let days: Vec<bool> = days.collect();
    days.chunks(64).map(word).collect()
}

/// Up to 64 days, the first in the lowest bit.
fn word(days: &[bool]) -> u64 {
    let bits = days
        .iter()
        .zip(0..)
        .map(|(set, day)| u64::from(*set) << day);
    bits.sum()
}

/// The 64 days from day `at` on.
fn word_at(words: &[u64], at: usize) -> u64 {
    let word = |index: usize| words.get(index).copied().unwrap_or(0);
    let (index, offset) = (at / 64, at % 64);
    let above = if offset == 0 {
        0
    } else {
        word(index + 1) << (64 - offset)
    };
    word(index) >> offset | above
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> Vec<Option<bool>> {
        text.chars()
            .map(|c| if c == '?' { None } else { Some(c == '1') })
            .collect()
    }

    #[test]
    fn a_small_case_by_hand() {
        // Two events, two flagged days that meet them: shift 0 has both, shifts 1 and 7 one, the other five none.
        // Expected 2·2/8 = 0.5, so |2 − .5| > |1 − .5| = |0 − .5|: only shift 0 reaches.
        let (flags, events) = (days("11000000"), days("11000000"));
        let test = event_shift(&flags, &events).unwrap();
        assert_eq!(
            test.counts,
            Counts {
                flagged_events: 2,
                flagged_days: 2,
                other_events: 0,
                other_days: 6
            }
        );
        assert_eq!((test.at_least, test.shifts, test.p), (1, 8, 0.125));
        // The events' first day unseen: one event left, day 1, met at shifts 0 and 1.
        let test = event_shift(&flags, &days("?1000000")).unwrap();
        assert_eq!(
            test.counts,
            Counts {
                flagged_events: 1,
                flagged_days: 1,
                other_events: 0,
                other_days: 6
            }
        );
        // At shift 1 the second flagged day is seen too: |1 − 2/7| by its deviation is less than |1 − 1/7| by its own.
        assert_eq!(test.at_least, 1);
    }

    #[test]
    fn what_has_no_answer_is_none() {
        for (flags, events) in [
            ("", ""),
            ("10", "1"),
            ("0000", "0100"),
            ("1111", "0100"),
            ("1000", "0000"),
            ("??", "10"),
        ] {
            assert_eq!(
                event_shift(&days(flags), &days(events)),
                None,
                "{flags} {events}"
            );
        }
    }

    #[test]
    fn a_shift_without_a_statistic_counts_against_the_finding() {
        // Seen on days 1 and 2, event on day 2. The flag of one day meets day 2 at shift 0, day 1 at shift 6 (further from
        // its half, on the other side: a tie), and nothing at the other five, which have no statistic.
        let test = event_shift(&days("0010000"), &days("?01????")).unwrap();
        assert_eq!(
            test.counts,
            Counts {
                flagged_events: 1,
                flagged_days: 1,
                other_events: 0,
                other_days: 1
            }
        );
        assert_eq!((test.at_least, test.shifts), (7, 7));
    }

    fn series() -> impl Strategy<Value = (Vec<Option<bool>>, Vec<Option<bool>>)> {
        let one =
            |n| prop::collection::vec(prop::option::weighted(0.8, prop::bool::weighted(0.3)), n);
        (1usize..200).prop_flat_map(move |n| (one(n), one(n)))
    }

    proptest! {
        #[test]
        fn counting_bits_is_the_definition((flags, events) in series()) {
            let turning = Turning::new(&flags, &events);
            for shift in 0..flags.len() {
                let mut turned = flags.clone();
                turned.rotate_right(shift);
                prop_assert_eq!(turning.counts_at(shift), counts(&turned, &events));
            }
        }

        #[test]
        fn p_is_a_share_of_shifts((flags, events) in series()) {
            if let Some(test) = event_shift(&flags, &events) {
                prop_assert!(test.p >= 1.0 / flags.len() as f64 && test.p <= 1.0);
            }
        }
    }
}
