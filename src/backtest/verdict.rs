//! What a backtest says of a rule at a place, and what is missing where it says nothing.

use crate::{
    stats::rate_ratio::{Counts, RateRatio, events_needed, rate_ratio},
    units::counted,
};

/// What must be there before a rule is tested at a place, and what makes a verdict. Fixed in advance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gates {
    /// Flags of the rule while the place was logged.
    pub flags_min: usize,
    /// New spells at the place.
    pub onsets_min: usize,
    /// Logged days on which a new spell could begin and the rule's flag is known.
    pub days_min: u32,
    /// Largest q of a rule that fits.
    pub q_max: f64,
    /// A rule whose whole interval lies below this does not fit: a doubling can be ruled out.
    pub notable_ratio: f64,
}

/// The gates (src/method/statistics.md, Looking back on the flags), with those of the associations where there is one.
pub const GATES: Gates = Gates {
    flags_min: 5,
    onsets_min: 5,
    days_min: 42,
    q_max: 0.10,
    notable_ratio: 2.0,
};

/// What the runner's own history says of a rule at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// New spells came more often after its flags, q ≤ 0.10 and the interval above 1.
    Fits,
    /// They did not: the whole interval lies below a doubling.
    DoesNotFit,
    /// Too little to say.
    CannotBeJudged,
}

/// What there is to judge by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Flags of the rule while the place was logged.
    pub flags: usize,
    /// New spells at the place.
    pub onsets: usize,
    /// Events and days.
    pub counts: Counts,
}

impl Basis {
    fn days(&self) -> u32 {
        self.counts.flagged_days + self.counts.other_days
    }

    fn events(&self) -> u32 {
        self.counts.flagged_events + self.counts.other_events
    }
}

/// The first gate that is closed, in words that follow "cannot be judged yet:".
pub fn closed_gate(basis: &Basis) -> Option<String> {
    let (onsets, events) = (basis.onsets, basis.events() as usize);
    let has_both = basis.counts.flagged_days > 0 && basis.counts.other_days > 0;
    if basis.flags == 0 {
        Some(needed(
            "no flag while this place was logged",
            GATES.flags_min,
        ))
    } else if basis.flags < GATES.flags_min {
        let flags = counted(basis.flags, "flag", "flags");
        Some(needed(&flags, GATES.flags_min))
    } else if onsets < GATES.onsets_min {
        let spells = counted(onsets, "new spell", "new spells");
        Some(needed(&spells, GATES.onsets_min))
    } else if basis.days() < GATES.days_min {
        let (one, many) = ("logged day to compare", "logged days to compare");
        let days = counted(basis.days() as usize, one, many);
        Some(needed(&days, GATES.days_min as usize))
    } else if events < GATES.onsets_min {
        let spells = counted(events, "new spell", "new spells");
        let known = format!("{spells} on days with complete recordings");
        Some(needed(&known, GATES.onsets_min))
    } else {
        (!has_both).then(|| "no logged days with and without the flag to compare".to_string())
    }
}

fn needed(what: &str, least: usize) -> String {
    format!("{what}, {least} are needed")
}

/// The verdict of a test.
pub fn verdict(q: f64, ratio: &RateRatio) -> Verdict {
    if q <= GATES.q_max && ratio.low > 1.0 {
        Verdict::Fits
    } else if ratio.high.is_some_and(|high| high < GATES.notable_ratio) {
        Verdict::DoesNotFit
    } else {
        Verdict::CannotBeJudged
    }
}

/// The verdict when the spell is left out that speaks most for this one: for a rule that fits a spell after a flag, else one on
/// another day. `q` is that of the test without it.
pub fn without_one(verdict: Verdict, counts: Counts, q: f64) -> Verdict {
    let left = match verdict {
        Verdict::Fits => Counts {
            flagged_events: counts.flagged_events.saturating_sub(1),
            flagged_days: counts.flagged_days.saturating_sub(1),
            ..counts
        },
        _ => Counts {
            other_events: counts.other_events.saturating_sub(1),
            other_days: counts.other_days.saturating_sub(1),
            ..counts
        },
    };
    rate_ratio(left).map_or(Verdict::CannotBeJudged, |ratio| self::verdict(q, &ratio))
}

/// How many more logged days would do: the time until five flags and five spells, or until there are spells enough to tell a
/// doubling from nothing with 80 % power, whichever is longer.
///
/// It assumes that flags, spells and logging go on at the pace of the `logged_days` so far. None where there is no pace yet
/// (no flag or no spell).
pub fn more_days(basis: &Basis, logged_days: usize) -> Option<u32> {
    let until = |seen: usize, needed: f64| days_until(seen, needed, logged_days);
    let flags = until(basis.flags, GATES.flags_min as f64)?;
    let onsets = until(basis.onsets, GATES.onsets_min as f64)?;
    let share = f64::from(basis.counts.flagged_days) / f64::from(basis.days().max(1));
    let needed = events_needed(share, GATES.notable_ratio)?;
    let power = until(basis.events() as usize, needed)?;
    let days = flags.max(onsets).max(power);
    // A century of logging is no estimate.
    (days > 0.0 && days < 36_525.0).then_some(days as u32)
}

/// Days until so many are seen at the pace so far. None without a pace.
fn days_until(seen: usize, needed: f64, logged_days: usize) -> Option<f64> {
    let missing = needed - seen as f64;
    (seen > 0).then(|| (missing.max(0.0) * logged_days as f64 / seen as f64).ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(flags: usize, onsets: usize, events: [u32; 2], days: [u32; 2]) -> Basis {
        let [flagged_events, other_events] = events;
        let [flagged_days, other_days] = days;
        Basis {
            flags,
            onsets,
            counts: Counts {
                flagged_events,
                flagged_days,
                other_events,
                other_days,
            },
        }
    }

    #[test]
    fn each_gate_says_what_is_missing() {
        for (basis, gate) in [
            (basis(5, 5, [3, 2], [12, 30]), None),
            (
                basis(0, 5, [0, 0], [0, 0]),
                Some("no flag while this place was logged, 5 are needed"),
            ),
            (basis(4, 5, [3, 2], [12, 30]), Some("4 flags, 5 are needed")),
            (
                basis(5, 1, [1, 0], [12, 30]),
                Some("1 new spell, 5 are needed"),
            ),
            (
                basis(5, 5, [3, 2], [12, 29]),
                Some("41 logged days to compare, 42 are needed"),
            ),
            (
                basis(5, 5, [2, 2], [12, 30]),
                Some("4 new spells on days with complete recordings, 5 are needed"),
            ),
            (
                basis(5, 5, [0, 5], [0, 42]),
                Some("no logged days with and without the flag to compare"),
            ),
        ] {
            assert_eq!(closed_gate(&basis).as_deref(), gate, "{basis:?}");
        }
    }

    #[test]
    fn verdicts_at_their_limits() {
        let ratio = |low, high| RateRatio {
            ratio: Some(1.5),
            low,
            high,
        };
        for (q, ratio, expected) in [
            (0.10, ratio(1.01, Some(4.0)), Verdict::Fits),
            (0.11, ratio(1.01, Some(4.0)), Verdict::CannotBeJudged),
            (0.01, ratio(1.0, Some(4.0)), Verdict::CannotBeJudged),
            (0.01, ratio(3.0, None), Verdict::Fits),
            (0.80, ratio(0.4, Some(1.99)), Verdict::DoesNotFit),
            (0.80, ratio(0.4, Some(2.0)), Verdict::CannotBeJudged),
            (0.01, ratio(0.1, Some(0.7)), Verdict::DoesNotFit),
        ] {
            assert_eq!(verdict(q, &ratio), expected, "{q} {ratio:?}");
        }
    }

    #[test]
    fn a_verdict_without_its_weightiest_spell() {
        let counts = |events: [u32; 2], days: [u32; 2]| basis(5, 5, events, days).counts;
        // Mid-P lower ends by scipy: 2 of 5 spells on 10 of 310 days 2.38, without one of them (1 of 4 on 9) 0.42; 5 of 6 on 40 of
        // 300 days 4.50, without one (4 of 5 on 39) 3.35.
        let fits = |events, days| without_one(Verdict::Fits, counts(events, days), 0.05);
        assert_eq!(fits([2, 3], [10, 300]), Verdict::CannotBeJudged);
        assert_eq!(fits([5, 1], [40, 260]), Verdict::Fits);
        // q of the test without it counts as well.
        let late = without_one(Verdict::Fits, counts([5, 1], [40, 260]), 0.2);
        assert_eq!(late, Verdict::CannotBeJudged);
        // Mid-P upper ends: 0 of 7 on 100 of 200 days 0.53, without one 0.64: still below 2. 0 of 4 on 100 of 250 days 1.67, without
        // one 2.55.
        let not = |events, days| without_one(Verdict::DoesNotFit, counts(events, days), 0.8);
        assert_eq!(not([0, 7], [100, 100]), Verdict::DoesNotFit);
        assert_eq!(not([0, 4], [100, 150]), Verdict::CannotBeJudged);
    }

    #[test]
    fn the_days_that_would_do_follow_the_pace_so_far() {
        // Half of the days flagged: 68.23 spells are needed. 10 in 200 logged days: (68.23 − 10) · 20 = 1164.7, rounded up.
        assert_eq!(more_days(&basis(20, 10, [5, 5], [50, 50]), 200), Some(1165));
        // One flag in 2000 logged days: four more take 8000, longer than the spells do.
        assert_eq!(
            more_days(&basis(1, 60, [30, 30], [50, 50]), 2000),
            Some(8000)
        );
        assert_eq!(more_days(&basis(0, 10, [5, 5], [50, 50]), 200), None);
        assert_eq!(more_days(&basis(5, 10, [5, 5], [0, 50]), 200), None);
    }
}
