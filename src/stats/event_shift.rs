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

/// What a day is to a flag. None in a series: unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// No flag counts for the day.
    Down,
    /// The flag goes up on this day: it counts for what can have come after that.
    Rising,
    /// The flag counts for the whole day.
    Up,
}

/// What was seen of a day. None in a series: no event could have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Whether there was an event.
    pub event: bool,
    /// Whether it, or that there was none, counts for a flag that goes up on this very day.
    pub late: bool,
}

/// Counts without a test. Days that are None on either side take no part, and no more does a day on which a flag goes up and what
/// was seen is not late.
pub fn counts(flags: &[Option<Flag>], events: &[Option<Seen>]) -> Counts {
    let days = flags.iter().zip(events);
    let known = days.filter_map(|(flag, seen)| flag.zip(*seen));
    let mut counts = Counts::default();
    for (flag, Seen { event, late }) in known {
        let (days, events) = match flag {
            Flag::Rising if !late => continue,
            Flag::Rising | Flag::Up => (&mut counts.flagged_days, &mut counts.flagged_events),
            Flag::Down => (&mut counts.other_days, &mut counts.other_events),
        };
        *days += 1;
        *events += u32::from(event);
    }
    counts
}

/// Exact circular-shift test, two-sided, over all n shifts with 0 (Yuan & Shou 2024, PLoS Biol; src/method/statistics.md, Shift
/// test).
///
/// At shift s the events of day t meet the flag of day (t − s) mod n; the days on which events could be seen stay where
/// they are, late or not, and flags turn together with their own unknown days and the days on which they go up, so that at every
/// shift such a day meets late ones only: like is compared with like. The statistic is the events on flagged days less their
/// share of the days, by its binomial standard deviation. A shift at which it does not exist (no event, or no flagged or no
/// other day) counts as one at least as far: the p errs upwards.
///
/// None when the calendars differ or are empty, or the observed statistic does not exist.
pub fn event_shift(flags: &[Option<Flag>], events: &[Option<Seen>]) -> Option<EventShift> {
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
    /// Days on which a flag counts, on which one goes up, and on which it is known, each written twice behind one another.
    flagged: Vec<u64>,
    rising: Vec<u64>,
    known: Vec<u64>,
    /// Days on which an event could be seen, days with one, and days of which what was seen is late.
    seen: Vec<u64>,
    events: Vec<u64>,
    late: Vec<u64>,
}

impl Turning {
    fn new(flags: &[Option<Flag>], events: &[Option<Seen>]) -> Self {
        let twice = || flags.iter().chain(flags);
        let is_flagged = |flag: Flag| flag != Flag::Down;
        Turning {
            days: flags.len(),
            flagged: bits(twice().map(|flag| flag.is_some_and(is_flagged))),
            rising: bits(twice().map(|flag| *flag == Some(Flag::Rising))),
            known: bits(twice().map(Option::is_some)),
            seen: bits(events.iter().map(Option::is_some)),
            events: bits(
                events
                    .iter()
                    .map(|seen| seen.is_some_and(|seen| seen.event)),
            ),
            late: bits(events.iter().map(|seen| seen.is_some_and(|seen| seen.late))),
        }
    }

    fn counts_at(&self, shift: usize) -> Counts {
        let start = (self.days - shift % self.days) % self.days;
        let mut counts = Counts::default();
        let events = self.seen.iter().zip(&self.events).zip(&self.late);
        for (word, ((seen, event), late)) in events.enumerate() {
            let at = start + 64 * word;
            let (flagged, known) = (word_at(&self.flagged, at), word_at(&self.known, at));
            let counted = flagged & (late | !word_at(&self.rising, at));
            counts.flagged_days += (counted & seen).count_ones();
            counts.other_days += (known & !flagged & seen).count_ones();
            counts.flagged_events += (counted & event).count_ones();
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

    /// `1` up, `r` rising, `0` down, `?` unknown.
    fn flags(text: &str) -> Vec<Option<Flag>> {
        let flag = |c| match c {
            '0' => Some(Flag::Down),
            'r' => Some(Flag::Rising),
            '1' => Some(Flag::Up),
            _ => None,
        };
        text.chars().map(flag).collect()
    }

    /// `1` an event, `e` one that is not late, `0` none, `-` none on a day that is not late, `?` unknown.
    fn events(text: &str) -> Vec<Option<Seen>> {
        let seen = |c| {
            "01-e".contains(c).then_some(Seen {
                event: "1e".contains(c),
                late: "01".contains(c),
            })
        };
        text.chars().map(seen).collect()
    }

    #[test]
    fn a_small_case_by_hand() {
        // Two events, two flagged days that meet them: shift 0 has both, shifts 1 and 7 one, the other five none.
        // Expected 2·2/8 = 0.5, so |2 − .5| > |1 − .5| = |0 − .5|: only shift 0 reaches.
        let flags = flags("11000000");
        let test = event_shift(&flags, &events("11000000")).unwrap();
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
        let test = event_shift(&flags, &events("?1000000")).unwrap();
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
        for (up, seen) in [
            ("", ""),
            ("10", "1"),
            ("0000", "0100"),
            ("1111", "0100"),
            ("1000", "0000"),
            ("??", "10"),
            // The only event was there before the only flag.
            ("r000", "e000"),
        ] {
            assert_eq!(event_shift(&flags(up), &events(seen)), None, "{up} {seen}");
        }
    }

    #[test]
    fn a_shift_without_a_statistic_counts_against_the_finding() {
        // Seen on days 1 and 2, event on day 2. The flag of one day meets day 2 at shift 0, day 1 at shift 6 (further from
        // its half, on the other side: a tie), and nothing at the other five, which have no statistic.
        let test = event_shift(&flags("0010000"), &events("?01????")).unwrap();
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

    #[test]
    fn a_day_on_which_the_flag_goes_up_counts_from_then_on() {
        // Up on days 1–3, from late on day 1. Late on day 1 is after it, early on day 1 is on neither side, early on day 2 is after
        // it as well: the flag had gone up the day before.
        let counted = |seen| {
            let counts = counts(&flags("0r110000"), &events(seen));
            let Counts {
                flagged_events,
                flagged_days,
                other_events,
                other_days,
            } = counts;
            (flagged_events, flagged_days, other_events, other_days)
        };
        assert_eq!(counted("01000000"), (1, 3, 0, 5));
        assert_eq!(counted("0e000000"), (0, 2, 0, 5));
        assert_eq!(counted("00e00000"), (1, 3, 0, 5));
        assert_eq!(counted("e0000010"), (0, 3, 2, 5));
        assert_eq!(counted("0?000000"), (0, 2, 0, 5));
        // What is not late counts on every day but that on which the flag goes up.
        assert_eq!(counted("--------"), (0, 2, 0, 5));
    }

    #[test]
    fn the_early_event_meets_the_rising_day_at_one_shift() {
        // One early event on day 2 of six days, the flag up on days 0 and 1, rising on day 0. Shift 0: other. Shift 1 brings day 1
        // to day 2: counted. Shift 2 brings day 0: on neither side, so no statistic, which counts as reaching. 1/6 each elsewhere:
        // |0 − 2/6| / √(2/6·4/6) = 0.707 at shifts 0 and 3 to 5, |1 − 2/6| / √(2/6·4/6) = 1.414 at shift 1.
        let test = event_shift(&flags("r10000"), &events("00e000")).unwrap();
        assert_eq!((test.at_least, test.shifts), (6, 6));
        let test = event_shift(&flags("0r1000"), &events("00e000")).unwrap();
        assert_eq!((test.at_least, test.shifts), (2, 6));
    }

    fn series() -> impl Strategy<Value = (Vec<Option<Flag>>, Vec<Option<Seen>>)> {
        let flag = || prop::sample::select(vec![Flag::Down, Flag::Down, Flag::Rising, Flag::Up]);
        let seen = || {
            let pair = (prop::bool::weighted(0.3), prop::bool::weighted(0.6));
            pair.prop_map(|(event, late)| Seen { event, late })
        };
        let flags = move |n| prop::collection::vec(prop::option::weighted(0.8, flag()), n);
        let events = move |n| prop::collection::vec(prop::option::weighted(0.8, seen()), n);
        (1usize..200).prop_flat_map(move |n| (flags(n), events(n)))
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
