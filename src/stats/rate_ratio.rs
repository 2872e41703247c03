//! The ratio of two rates from counts of events, with an interval that holds for few events.

use statrs::distribution::{Binomial, Discrete, DiscreteCDF};

/// Events and the days on which one could have happened, on flagged and on other days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Events on flagged days.
    pub flagged_events: u32,
    /// Flagged days.
    pub flagged_days: u32,
    /// Events on the other days.
    pub other_events: u32,
    /// The other days.
    pub other_days: u32,
}

/// A rate ratio with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// Rate on flagged days by rate on the other days. None when no event fell on the other days: it has no upper end.
    pub ratio: Option<f64>,
    /// Lower end; 0 when no event fell on flagged days.
    pub low: f64,
    /// Upper end. None when no event fell on the other days.
    pub high: Option<f64>,
}

/// What each end of a 95 % interval leaves out.
const TAIL: f64 = 0.025;

/// Halvings of 0–1 until neighbouring floating-point numbers are reached.
const HALVINGS: usize = 60;

/// The ratio of two Poisson rates with the mid-P interval of the conditional binomial: given all events, those on
/// flagged days are binomial with share ratio·flagged_days / (ratio·flagged_days + other_days), and half of the observed
/// count's own probability is taken into each tail (Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed., ch. 14;
/// Berry & Armitage 1995, Statistician 44:417). None without events, or without days on either side.
pub fn rate_ratio(counts: Counts) -> Option<RateRatio> {
    let (flagged, other) = (counts.flagged_events, counts.other_events);
    if flagged + other == 0 || counts.flagged_days == 0 || counts.other_days == 0 {
        return None;
    }
    let by_days = f64::from(counts.other_days) / f64::from(counts.flagged_days);
    let end = |level| odds_at(flagged, flagged + other, level).map(|odds| odds * by_days);
    // No event on one side leaves that end open, whatever the level.
    let low = if flagged == 0 { 0.0 } else { end(1.0 - TAIL)? };
    let high = if other == 0 { None } else { Some(end(TAIL)?) };
    let ratio = (other > 0).then(|| f64::from(flagged) / f64::from(other) * by_days);
    Some(RateRatio { ratio, low, high })
}

fn odds_at(events: u32, all: u32, level: f64) -> Option<f64> {
    let share = share_at(events, all, level)?;
    Some(share / (1.0 - share))
}

/// The share at which the mid-P distribution function of `events` of `all` is `level`; it falls as the share grows.
fn share_at(events: u32, all: u32, level: f64) -> Option<f64> {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if mid_p(events, all, middle)? > level {
            low = middle
        } else {
            high = middle
        }
    }
    Some((low + high) / 2.0)
}

/// P(fewer than `events`) and half of P(`events`).
fn mid_p(events: u32, all: u32, share: f64) -> Option<f64> {
    let binomial = Binomial::new(share, u64::from(all)).ok()?;
    let fewer = events
        .checked_sub(1)
        .map_or(0.0, |fewer| binomial.cdf(u64::from(fewer)));
    Some(fewer + binomial.pmf(u64::from(events)) / 2.0)
}

/// How many events it takes to tell a ratio of `ratio` from 1 with 80 % power at two-sided 5 %, when this share of the days
/// is flagged: the normal approximation for the conditional binomial (Fleiss, Levin & Paik 2003, Statistical Methods for
/// Rates and Proportions, ch. 4). None for a share that is not inside 0–1 or a ratio of 1.
pub fn events_needed(flagged_share: f64, ratio: f64) -> Option<f64> {
    const POWER_80: f64 = 0.841_621_233_572_914_4;
    let share_under_ratio = ratio * flagged_share / (ratio * flagged_share + 1.0 - flagged_share);
    let difference = share_under_ratio - flagged_share;
    let spread = |share: f64| (share * (1.0 - share)).sqrt();
    let reach = super::NORMAL_975 * spread(flagged_share) + POWER_80 * spread(share_under_ratio);
    let needed = (reach / difference).powi(2);
    (flagged_share > 0.0 && flagged_share < 1.0 && difference != 0.0 && needed.is_finite())
        .then_some(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(
        flagged_events: u32,
        other_events: u32,
        flagged_days: u32,
        other_days: u32,
    ) -> Counts {
        Counts {
            flagged_events,
            flagged_days,
            other_events,
            other_days,
        }
    }

    #[test]
    fn intervals_agree_with_scipy() {
        // brentq on binom.cdf(k - 1, n, t) + binom.pmf(k, n, t) / 2 = 0.975 and 0.025, share to ratio (scipy).
        for (counts, ratio, low, high) in [
            (
                counts(4, 6, 40, 200),
                Some(10.0 / 3.0),
                0.829_496_174_319_252_7,
                Some(12.174_097_718_180_9),
            ),
            (
                counts(0, 5, 30, 100),
                Some(0.0),
                0.0,
                Some(2.735_214_010_086_932_7),
            ),
            (counts(5, 0, 30, 100), None, 4.062_245_612_275_86, None),
            (
                counts(3, 3, 50, 50),
                Some(1.0),
                0.171_828_492_555_021_44,
                Some(5.819_756_578_960_781),
            ),
            (
                counts(12, 20, 90, 400),
                Some(8.0 / 3.0),
                1.264_424_363_314_101_2,
                Some(5.437_628_753_515_312_5),
            ),
            (
                counts(1, 9, 60, 60),
                Some(1.0 / 9.0),
                0.005_026_615_777_002_954,
                Some(0.676_378_923_690_226_5),
            ),
        ] {
            let found = rate_ratio(counts).expect("events on days");
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
            assert!(close(found.low, low), "{counts:?} {found:?}");
            for (found, expected) in [(found.ratio, ratio), (found.high, high)] {
                assert_eq!(found.is_some(), expected.is_some(), "{counts:?}");
                assert!(
                    close(found.unwrap_or(0.0), expected.unwrap_or(0.0)),
                    "{counts:?} {found:?} {expected:?}"
                );
            }
        }
    }

    #[test]
    fn nothing_to_compare_has_no_ratio() {
        for none in [
            counts(0, 0, 10, 10),
            counts(0, 3, 0, 10),
            counts(3, 0, 10, 0),
        ] {
            assert_eq!(rate_ratio(none), None);
        }
    }

    #[test]
    fn doublings_need_many_events() {
        // Half of the days flagged: π 1/2 against 2/3; ((1.96·.5 + .8416·.4714)/(1/6))² = 68.2.
        let needed = events_needed(0.5, 2.0).expect("a share");
        assert!((needed - 68.2).abs() < 0.1, "{needed}");
        assert!(events_needed(0.2, 2.0).expect("a share") > needed);
        assert_eq!(
            (
                events_needed(0.0, 2.0),
                events_needed(1.0, 2.0),
                events_needed(0.3, 1.0)
            ),
            (None, None, None)
        );
    }
}
