//! A share of many looks at few people: looks at one person are alike, and the interval knows.

use super::share::share_interval;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Looks and those that found something, each person's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looks {
    /// How often this person was looked at.
    pub all: u32,
    /// How often something was found.
    pub found: u32,
}

/// A share and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredShare {
    /// Found by all looks, 0–1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Looks.
    pub looks: u64,
    /// People with a look.
    pub people: u64,
}

/// The share over all looks. Its interval lets looks at one person be as alike as they are: the variance between people of what each adds
/// beyond the share (Liang & Zeger 1986, Biometrika 73:13, working independence), times m/(m − 1) for m people, on the scale of the log odds with
/// Student's t of m − 1. Of nothing found, or nothing else, Wilson's interval with people in place of looks.
///
/// None without a look; without an interval to speak of, that is below two people, None too.
pub fn clustered_share(people: &[Looks]) -> Option<ClusteredShare> {
    let seen = || people.iter().filter(|one| one.all > 0);
    let (mut looks, mut found, mut count) = (0u64, 0u64, 0u32);
    for one in seen() {
        looks += u64::from(one.all);
        found += u64::from(one.found);
        count += 1;
    }
    if count < 2 {
        return None;
    }
    let share = found as f64 / looks as f64;
    let beyond = |one: &Looks| f64::from(one.found) - share * f64::from(one.all);
    let squares: f64 = seen().map(|one| beyond(one).powi(2)).sum();
    let people = f64::from(count);
    let error = (squares * people / (people - 1.0)).sqrt() / looks as f64;
    let (low, high) = match found {
        0 => around_none(count)?,
        _ if found == looks => {
            let (low, high) = around_none(count)?;
            (1.0 - high, 1.0 - low)
        }
        _ => on_log_odds(share, error, people - 1.0)?,
    };
    Some(ClusteredShare {
        share,
        low,
        high,
        looks,
        people: u64::from(count),
    })
}

fn around_none(people: u32) -> Option<(f64, f64)> {
    share_interval(0, people).map(|ends| (ends.low, ends.high))
}

fn on_log_odds(share: f64, error: f64, df: f64) -> Option<(f64, f64)> {
    let t = StudentsT::new(0.0, 1.0, df).ok()?.inverse_cdf(0.975);
    let log_odds = (share / (1.0 - share)).ln();
    let reach = t * error / (share * (1.0 - share));
    let end = |odds: f64| 1.0 / (1.0 + (-odds).exp());
    Some((end(log_odds - reach), end(log_odds + reach)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(all: &[(u32, u32)]) -> Vec<Looks> {
        let one = |(found, all): &(u32, u32)| Looks {
            all: *all,
            found: *found,
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn the_interval_agrees_with_statsmodels() {
        // statsmodels 0.15.0, GEE(Binomial, Independence): intercept and robust standard error, the latter times sqrt(8/7), with
        // scipy's t.ppf(0.975, 7).
        let people = looks(&[
            (3, 10),
            (0, 12),
            (7, 7),
            (2, 30),
            (5, 9),
            (0, 4),
            (1, 25),
            (12, 40),
        ]);
        let found = clustered_share(&people).expect("a share");
        let expected = (
            0.218_978_102_189_781_03,
            0.087_543_415_600_157_37,
            0.450_349_852_762_577_1,
        );
        assert!((found.share - expected.0).abs() < 1e-12, "{found:?}");
        assert!(
            (found.low - expected.1).abs() < 1e-7 && (found.high - expected.2).abs() < 1e-7,
            "{found:?}"
        );
        assert_eq!((found.looks, found.people), (137, 8));
    }

    #[test]
    fn nothing_found_is_no_certainty_and_one_person_is_no_sample() {
        let none = clustered_share(&looks(&[(0, 52), (0, 40), (0, 0)])).expect("a share");
        assert_eq!((none.share, none.low, none.people), (0.0, 0.0, 2));
        assert!(none.high > 0.5, "two people say little: {none:?}");
        let every = clustered_share(&looks(&[(52, 52), (40, 40)])).expect("a share");
        assert!((every.low - (1.0 - none.high)).abs() < 1e-12 && every.high == 1.0);
        assert_eq!(clustered_share(&looks(&[(3, 10)])), None);
        assert_eq!(clustered_share(&[]), None);
    }
}
