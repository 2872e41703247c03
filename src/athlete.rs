//! The runner's heart rates: given, stored by the watch, or seen in the history; always said which.

use crate::{
    config::HeartRate,
    metrics::{self, trimp::Basis},
    model::{Athlete, Run, Sex},
    option::{HEART_RATE_MAX, HEART_RATE_REST},
    pain::{Entry, PainLog},
    units::number,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The highest heart rate of fewer runs than this is no maximum.
const RUNS_FOR_OBSERVED_MAXIMUM: usize = 10;

/// Fills in what a run needs from beyond its recording: session RPE and shoe of the pain log, its load, TRIMP and hard time.
/// Returns the sentence that says what TRIMP was computed with. `runs` are by start.
/// `account` is what account exports know; `others` are activities of other sports.
pub fn complete(
    runs: &mut [Run],
    others: &mut [Run],
    pain: &PainLog,
    given: HeartRate,
    account: Athlete,
) -> String {
    let (basis, sentence) = heart_rate_basis(runs, given, account);
    take_rpe(runs, pain);
    take_shoe(runs, pain);
    metrics::shoe::accumulate(runs);
    let known_max_bpm = known_maximum(runs, given, account);
    for row in runs.iter_mut().chain(others) {
        complete_row(row, basis, known_max_bpm);
    }
    sentence
}

/// Where the recording has none.
fn take_rpe(runs: &mut [Run], pain: &PainLog) {
    let logged = of_single_runs(runs, pain, |entry| entry.rpe());
    for run in runs {
        let of_day = logged.get(&run.local_date()).copied();
        run.session_rpe = run.session_rpe.or(of_day);
    }
}

fn take_shoe(runs: &mut [Run], pain: &PainLog) {
    let logged = of_single_runs(runs, pain, |entry| entry.shoe().map(str::to_string));
    for run in runs {
        let of_day = logged.get(&run.local_date()).cloned();
        run.shoe = run.shoe.take().or(of_day);
    }
}

fn complete_row(row: &mut Run, basis: Basis, known_max_bpm: Option<f64>) {
    metrics::complete(row, basis);
    row.hard_s = known_max_bpm.and_then(|max_bpm| metrics::hard_minutes::of(row, max_bpm));
    // Nothing after this needs the histogram, and a long history has many.
    row.heart_rate_seconds = Default::default();
}

/// Time asleep by the day on which the night ended, s: what the runner logged, else what the account knows.
pub fn sleep(pain: &PainLog, mut account_s: BTreeMap<NaiveDate, f64>) -> BTreeMap<NaiveDate, f64> {
    let logged = pain
        .entries
        .iter()
        .filter_map(|entry| Some((entry.date, entry.sleep_h()? * 3600.0)));
    account_s.extend(logged);
    account_s
}

/// What the log says of days with exactly one run: on other days it cannot be told whose it is.
fn of_single_runs<T>(
    runs: &[Run],
    pain: &PainLog,
    of: impl Fn(&Entry) -> Option<T>,
) -> BTreeMap<NaiveDate, T> {
    let runs_on = runs_on(runs);
    let entries = pain.entries.iter();
    let said = entries.filter_map(|entry| Some((entry.date, of(entry)?)));
    said.filter(|(date, _)| runs_on.get(date) == Some(&1))
        .collect()
}

/// How many runs there are on a day.
fn runs_on(runs: &[Run]) -> BTreeMap<NaiveDate, usize> {
    let mut count = BTreeMap::new();
    for run in runs {
        *count.entry(run.local_date()).or_default() += 1;
    }
    count
}

/// A heart rate and where it came from.
type Chosen = Option<(f64, &'static str)>;

/// What TRIMP is computed with, as far as it is known, and the sentence that says so. `runs` are by start.
fn heart_rate_basis(runs: &[Run], given: HeartRate, account: Athlete) -> (Basis, String) {
    let stored = |of| stored(of, runs, account);
    let rest = chosen(given.rest_bpm).or(stored(|athlete| athlete.heart_rate_rest_bpm));
    let max = chosen(given.max_bpm)
        .or(stored(|athlete| athlete.heart_rate_max_bpm))
        .or(observed_maximum(runs).map(|bpm| (bpm, "the highest in the recordings")));
    let sex = sex(runs, given, account);
    (basis(rest, max, sex), basis_text(rest, max, sex))
}

fn sex(runs: &[Run], given: HeartRate, account: Athlete) -> Option<Sex> {
    let by_watch = || latest(runs, |athlete| athlete.sex);
    given.sex.or_else(by_watch).or(account.sex)
}

/// What the watch stored last, else what the account knows.
fn stored(of: fn(&Athlete) -> Option<f64>, runs: &[Run], account: Athlete) -> Chosen {
    let by_watch = latest(runs, of).map(|bpm| (bpm, "stored by the watch"));
    by_watch.or(of(&account).map(|bpm| (bpm, "stored in the account")))
}

fn latest<T>(runs: &[Run], of: impl Fn(&Athlete) -> Option<T>) -> Option<T> {
    runs.iter().rev().find_map(|run| of(&run.athlete))
}

fn basis(rest: Chosen, max: Chosen, sex: Option<Sex>) -> Basis {
    let (rest_bpm, max_bpm) = (rest.map(|(bpm, _)| bpm), max.map(|(bpm, _)| bpm));
    if rest_bpm.zip(max_bpm).is_some_and(|(rest, max)| rest >= max) {
        return by_sex_alone(sex);
    }
    Basis {
        rest_bpm,
        max_bpm,
        sex,
    }
}

/// Where rest and maximum contradict each other one of the two is wrong, and nothing tells which.
fn by_sex_alone(sex: Option<Sex>) -> Basis {
    Basis {
        sex,
        ..Basis::default()
    }
}

/// The maximum given, stored by the watch or stored in the account. Not the one observed: it rises with every harder run, and
/// minutes counted from it would fall.
fn known_maximum(runs: &[Run], given: HeartRate, account: Athlete) -> Option<f64> {
    given
        .max_bpm
        .or_else(|| latest(runs, |athlete| athlete.heart_rate_max_bpm))
        .or(account.heart_rate_max_bpm)
}

fn basis_text(rest: Chosen, max: Chosen, sex: Option<Sex>) -> String {
    let text = |(bpm, from): (f64, &str)| format!("{} ({from})", number(bpm, 0));
    let constants = constants_text(sex);
    match (rest, max) {
        (Some(rest), Some(max)) if rest.0 < max.0 => format!(
            "TRIMP uses a resting heart rate of {}, a maximum of {} and {constants}; Edwards' TRIMP uses the maximum alone.",
            text(rest),
            text(max)
        ),
        (Some(rest), Some(max)) => format!(
            "TRIMP and Edwards' TRIMP were not computed: a resting heart rate of {} is not below a maximum of {}.",
            text(rest),
            text(max)
        ),
        (None, Some(max)) => format!(
            "TRIMP was not computed: the resting heart rate is not known (give it with {HEART_RATE_REST}). Edwards' TRIMP \
             uses a maximum of {}.",
            text(max)
        ),
        (Some(_), None) => format!(
            "TRIMP and Edwards' TRIMP were not computed: the maximum heart rate is not known (give it with {HEART_RATE_MAX})."
        ),
        (None, None) => format!(
            "TRIMP and Edwards' TRIMP were not computed: the resting and the maximum heart rate are not known (give them with \
             {HEART_RATE_REST} and {HEART_RATE_MAX})."
        ),
    }
}

fn constants_text(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Female) => "the women's constants",
        Some(Sex::Male) => "the men's constants",
        None => "the men's constants, since the sex is not known",
    }
}

fn chosen(given: Option<f64>) -> Chosen {
    given.map(|bpm| (bpm, "given"))
}

fn observed_maximum(runs: &[Run]) -> Option<f64> {
    let seen = || runs.iter().filter_map(|run| run.heart_rate_max_bpm);
    (seen().count() >= RUNS_FOR_OBSERVED_MAXIMUM).then(|| seen().fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    /// What ten runs with these stored heart rates and a highest of 181 to 190 come to.
    fn check(
        rest: Option<f64>,
        max: Option<f64>,
        given: HeartRate,
        expected: (Option<f64>, Option<f64>),
        says: &str,
    ) {
        let athlete = Athlete {
            heart_rate_rest_bpm: rest,
            heart_rate_max_bpm: max,
            ..Athlete::default()
        };
        let highest = |n: i64| Some(181.0 + n as f64);
        let runs: Vec<Run> = (0..10)
            .map(|n| Run {
                heart_rate_max_bpm: highest(n),
                athlete,
                ..fixture::run(n, 8.0)
            })
            .collect();
        let (basis, sentence) = heart_rate_basis(&runs, given, Athlete::default());
        assert_eq!((basis.rest_bpm, basis.max_bpm), expected);
        assert!(sentence.contains(says), "{sentence}");
    }

    #[test]
    fn given_goes_before_stored_and_stored_before_seen() {
        let none = HeartRate::default();
        let given = HeartRate {
            rest_bpm: Some(48.0),
            max_bpm: Some(195.0),
            sex: Some(Sex::Female),
        };
        let both = (Some(48.0), Some(195.0));
        check(
            Some(55.0),
            Some(188.0),
            given,
            both,
            "of 48 (given), a maximum of 195 (given) and the women's constants",
        );
        check(
            Some(55.0),
            Some(188.0),
            none,
            (Some(55.0), Some(188.0)),
            "a maximum of 188 (stored by the watch)",
        );
        check(
            Some(55.0),
            None,
            none,
            (Some(55.0), Some(190.0)),
            "a maximum of 190 (the highest in the recordings)",
        );
        check(
            Some(55.0),
            None,
            none,
            (Some(55.0), Some(190.0)),
            "the men's constants, since the sex is not known",
        );
    }

    #[test]
    fn hard_time_needs_a_maximum_that_is_given_or_stored() {
        let row = |stored| Run {
            heart_rate_seconds: [(150, 600.0), (152, 300.0), (160, 60.0)]
                .into_iter()
                .collect(),
            heart_rate_share: Some(1.0),
            heart_rate_max_bpm: Some(190.0),
            athlete: Athlete {
                heart_rate_max_bpm: stored,
                ..Athlete::default()
            },
            ..fixture::run(0, 8.0)
        };
        let given = |max_bpm| HeartRate {
            max_bpm,
            ..HeartRate::default()
        };
        let account = |max_bpm| Athlete {
            heart_rate_max_bpm: max_bpm,
            ..Athlete::default()
        };
        // 80 % of 200, of 190 and of 185 are 160, 152 and 148.
        for (by_hand, by_watch, by_account, expected) in [
            (Some(200.0), Some(190.0), Some(185.0), Some(60.0)),
            (None, Some(190.0), Some(185.0), Some(360.0)),
            (None, None, Some(185.0), Some(960.0)),
            (None, None, None, None),
        ] {
            let mut runs = vec![row(by_watch); 10];
            complete(
                &mut runs,
                &mut [],
                &PainLog::default(),
                given(by_hand),
                account(by_account),
            );
            assert_eq!(runs[0].hard_s, expected);
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let none = HeartRate::default();
        check(
            None,
            None,
            none,
            (None, Some(190.0)),
            "TRIMP was not computed: the resting heart rate is not known",
        );
        check(
            None,
            None,
            none,
            (None, Some(190.0)),
            "Edwards' TRIMP uses a maximum of 190",
        );
        let crossed = "a resting heart rate of 190 (stored by the watch) is not below a maximum of 188 (stored by the watch)";
        check(Some(190.0), Some(188.0), none, (None, None), crossed);
        // Nine runs are no maximum.
        let few: Vec<Run> = (0..9)
            .map(|n| Run {
                heart_rate_max_bpm: Some(190.0),
                ..fixture::run(n, 8.0)
            })
            .collect();
        let (basis, sentence) = heart_rate_basis(&few, none, Athlete::default());
        assert_eq!(basis, Basis::default());
        assert!(
            sentence.contains("the resting and the maximum heart rate are not known"),
            "{sentence}"
        );
        let (basis, sentence) = heart_rate_basis(
            &few,
            HeartRate {
                rest_bpm: Some(48.0),
                ..none
            },
            Athlete::default(),
        );
        assert_eq!((basis.rest_bpm, basis.max_bpm), (Some(48.0), None));
        assert!(
            sentence.contains("not computed: the maximum heart rate is not known"),
            "{sentence}"
        );
    }
}
