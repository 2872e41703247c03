//! The runner's heart rates: given, stored by the watch, or seen in the history; always said which.

use crate::{
    config::HeartRate,
    metrics::{self, trimp::Basis},
    model::{Athlete, Run, Sex},
    option::{HEART_RATE_MAX, HEART_RATE_REST},
    pain::{Entry, PainLog},
    units::number,
};
use chrono::{Days, NaiveDate};
use std::{cmp::Reverse, collections::BTreeMap};

/// A maximum is estimated from at least so many runs with a heart rate: of fewer, none may have been hard …
const RUNS_FOR_ESTIMATE: usize = 10;
/// … of so many days before the latest run, 24 months …
const DAYS_FOR_ESTIMATE: u64 = 730;
/// … as the highest heart rate that so many of them …
const RUNS_AT_MAXIMUM: usize = 3;
/// … held for so long in all, s; …
const HELD_S: f32 = 10.0;
/// … or one for so long, s, …
const HELD_BY_ONE_S: f32 = 120.0;
/// … at least so far from its own cadence, which loose optical sensors follow, beats/min.
const FROM_CADENCE: f64 = 10.0;
/// What lies above is a sensor's and no estimate, beats/min.
const HIGHEST_ESTIMATE_BPM: u8 = 220;
/// The resting heart rate where none is known, beats/min: between the 50 of the well trained and the 70 of most adults. Ten more or
/// less move an hour's TRIMP by about 6 % (src/method/formulas.md, TRIMP), and all runs' alike.
const USUAL_REST_BPM: f64 = 60.0;

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
    take_logged(runs, pain);
    metrics::shoe::accumulate(runs);
    for row in runs.iter_mut().chain(others) {
        complete_row(row, basis);
    }
    sentence
}

fn take_logged(runs: &mut [Run], pain: &PainLog) {
    take_rpe(runs, pain);
    take_shoe(runs, pain);
}

/// Where the recording has none.
fn take_rpe(runs: &mut [Run], pain: &PainLog) {
    let logged = of_single_runs(runs, pain, Entry::rpe);
    for run in runs {
        run.session_rpe = run.session_rpe.or(logged.get(&run.local_date()).copied());
    }
}

fn take_shoe(runs: &mut [Run], pain: &PainLog) {
    let logged = of_single_runs(runs, pain, shoe_of);
    for run in runs {
        run.shoe = run.shoe.take().or(logged.get(&run.local_date()).cloned());
    }
}

fn shoe_of(entry: &Entry) -> Option<String> {
    entry.shoe().map(str::to_string)
}

fn complete_row(row: &mut Run, basis: Basis) {
    metrics::complete(row, basis);
    row.hard_s = basis
        .max_bpm
        .and_then(|max_bpm| metrics::hard_minutes::of(row, max_bpm));
    // Nothing after this needs the histogram, and a long history has many.
    row.heart_rate_seconds = Default::default();
}

/// Time asleep by the day on which the night ended, s: what the runner logged, else what the account knows.
pub fn sleep(pain: &PainLog, mut account_s: BTreeMap<NaiveDate, f64>) -> BTreeMap<NaiveDate, f64> {
    let night = |entry: &Entry| Some((entry.date, entry.sleep_h()? * 3600.0));
    account_s.extend(pain.entries.iter().filter_map(night));
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
type Sourced = (f64, &'static str);
/// The same, where there is one.
type Chosen = Option<Sourced>;

/// What TRIMP is computed with, as far as it is known, and the sentence that says so. `runs` are by start.
fn heart_rate_basis(runs: &[Run], given: HeartRate, account: Athlete) -> (Basis, String) {
    let stored = |of| stored(of, runs, account);
    let rest = chosen(given.rest_bpm)
        .or(stored(|athlete| athlete.heart_rate_rest_bpm))
        .unwrap_or((USUAL_REST_BPM, USUAL_REST));
    let max = chosen(given.max_bpm)
        .or(stored(|athlete| athlete.heart_rate_max_bpm))
        .or(estimated_maximum(runs).map(|bpm| (bpm, ESTIMATED)));
    let sex = sex(runs, given, account);
    (basis(rest, max, sex), basis_text(rest, max, sex))
}

/// Where an estimated maximum is from.
const ESTIMATED: &str = "estimated: the highest of the last 24 months that three runs held for ten seconds, or one for two minutes";
/// Where the usual resting heart rate is from.
const USUAL_REST: &str = "a usual one, because the resting heart rate is not known";

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

/// Where rest and maximum contradict each other one of the two is wrong, and nothing tells which.
fn basis(rest: Sourced, max: Chosen, sex: Option<Sex>) -> Basis {
    let max_bpm = max.map(|(bpm, _)| bpm);
    let is_possible = max_bpm.is_none_or(|max| rest.0 < max);
    Basis {
        rest_bpm: Some(rest.0).filter(|_| is_possible),
        max_bpm: max_bpm.filter(|_| is_possible),
        sex,
    }
}

fn basis_text(rest: Sourced, max: Chosen, sex: Option<Sex>) -> String {
    let text = |(bpm, from): Sourced| format!("{} ({from})", number(bpm, 0));
    let constants = constants_text(sex);
    let Some(max) = max else {
        return format!(
            "TRIMP and Edwards' TRIMP were not computed, because the maximum heart rate is not known (give it with \
             {HEART_RATE_MAX}); it is estimated from {RUNS_FOR_ESTIMATE} runs with a heart rate."
        );
    };
    if rest.0 >= max.0 {
        return format!(
            "TRIMP and Edwards' TRIMP were not computed: a resting heart rate of {} is not below a maximum of {}.",
            text(rest),
            text(max)
        );
    }
    let advice = match (rest.1 == USUAL_REST, max.1 == ESTIMATED) {
        (false, false) => String::new(),
        (true, false) => format!(" Give your own with {HEART_RATE_REST}."),
        (false, true) => format!(" Give your own with {HEART_RATE_MAX}."),
        (true, true) => format!(" Give your own with {HEART_RATE_REST} and {HEART_RATE_MAX}."),
    };
    format!(
        "TRIMP uses a resting heart rate of {}, a maximum of {} and {constants}; Edwards' TRIMP and hard minutes use the maximum \
         alone.{advice}",
        text(rest),
        text(max)
    )
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

/// The highest heart rate that [`RUNS_AT_MAXIMUM`] runs of the last 24 months held, or one held long; None of too few runs.
fn estimated_maximum(runs: &[Run]) -> Option<f64> {
    let latest = runs.last()?.local_date();
    let from = latest.checked_sub_days(Days::new(DAYS_FOR_ESTIMATE))?;
    let recent = runs.iter().filter(|run| run.local_date() >= from);
    let by_one = recent.clone().filter_map(held_by_one).max();
    let mut held: Vec<u8> = recent.filter_map(|run| held_for(run, HELD_S)).collect();
    held.sort_unstable_by_key(|bpm| Reverse(*bpm));
    let by_three = held.get(RUNS_AT_MAXIMUM - 1).copied();
    let highest = by_three.max(by_one).map(f64::from);
    highest.filter(|_| held.len() >= RUNS_FOR_ESTIMATE)
}

/// The highest that a run held for long enough to count alone. None where it may be its cadence.
fn held_by_one(run: &Run) -> Option<u8> {
    let cadence = run.cadence_spm?;
    let is_own = |bpm: &u8| (f64::from(*bpm) - cadence).abs() >= FROM_CADENCE;
    held_for(run, HELD_BY_ONE_S).filter(is_own)
}

/// The highest heart rate that a run reached or passed for so long in all, sensors' errors left out.
fn held_for(run: &Run, held_s: f32) -> Option<u8> {
    let believed = run.heart_rate_seconds.iter();
    let believed = believed.filter(|(bpm, _)| *bpm <= HIGHEST_ESTIMATE_BPM);
    let mut falling: Vec<(u8, f32)> = believed.collect();
    falling.reverse();
    let mut so_far_s = 0.0;
    let is_held = |(_, seconds): &(u8, f32)| {
        so_far_s += seconds;
        so_far_s >= held_s
    };
    falling.into_iter().find(is_held).map(|(bpm, _)| bpm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture;

    /// Runs that each held one of these heart rates for a minute, and 240 for some seconds.
    fn history(held_bpm: impl IntoIterator<Item = u8>, athlete: Athlete) -> Vec<Run> {
        let run = |(n, bpm): (usize, u8)| Run {
            heart_rate_seconds: [(120, 1200.0), (bpm, 60.0), (240, 30.0)]
                .into_iter()
                .collect(),
            heart_rate_share: Some(1.0),
            athlete,
            ..fixture::run(n as i64, 8.0)
        };
        held_bpm.into_iter().enumerate().map(run).collect()
    }

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
        let runs = history(181..=190, athlete);
        let (basis, sentence) = heart_rate_basis(&runs, given, Athlete::default());
        assert_eq!((basis.rest_bpm, basis.max_bpm), expected);
        assert!(sentence.contains(says), "{sentence}");
    }

    #[test]
    fn given_goes_before_stored_and_stored_before_estimated() {
        let none = HeartRate::default();
        let given = HeartRate {
            rest_bpm: Some(48.0),
            max_bpm: Some(195.0),
            sex: Some(Sex::Female),
        };
        let (stored_rest, stored_max) = (Some(55.0), Some(188.0));
        check(
            stored_rest,
            stored_max,
            given,
            (Some(48.0), Some(195.0)),
            "of 48 (given), a maximum of 195 (given) and the women's constants",
        );
        check(
            stored_rest,
            stored_max,
            none,
            (stored_rest, stored_max),
            "a maximum of 188 (stored by the watch)",
        );
        // The third of 181 to 190 from above.
        for says in [
            "a maximum of 188 (estimated: the highest of the last 24 months that three runs held for ten seconds, or one for two minutes)",
            "the men's constants, since the sex is not known",
            "Give your own with --heart-rate-max.",
        ] {
            check(stored_rest, None, none, (stored_rest, Some(188.0)), says);
        }
        for says in [
            "a resting heart rate of 60 (a usual one, because the resting heart rate is not known)",
            "Give your own with --heart-rate-rest and --heart-rate-max.",
        ] {
            check(None, None, none, (Some(60.0), Some(188.0)), says);
        }
    }

    #[test]
    fn an_estimate_needs_three_runs_of_ten_in_24_months() {
        let of = |runs: &[Run]| estimated_maximum(runs);
        let athlete = Athlete::default();
        let ten = history([150, 150, 150, 150, 185, 150, 191, 150, 183, 150], athlete);
        assert_eq!(
            of(&ten),
            Some(183.0),
            "one higher run is none, nor what a strap writes"
        );
        assert_eq!(of(&ten[..9]), None);
        // The hard runs lie too long ago.
        let mut later = history([150; 20], athlete);
        for run in &mut later[10..] {
            run.start_local += chrono::TimeDelta::days(740);
        }
        later[..10].clone_from_slice(&ten);
        assert_eq!(of(&later), Some(150.0));
        // Held for nine seconds, and for ten in two beats.
        let seconds = |pairs: [(u8, f32); 3]| {
            let run = Run {
                heart_rate_seconds: pairs.into_iter().collect(),
                ..fixture::run(0, 8.0)
            };
            held_for(&run, HELD_S)
        };
        assert_eq!(seconds([(140, 900.0), (180, 4.0), (182, 5.0)]), Some(140));
        assert_eq!(seconds([(140, 900.0), (180, 5.0), (182, 5.0)]), Some(180));
    }

    #[test]
    fn one_run_that_held_it_for_two_minutes_is_enough_unless_it_is_its_cadence() {
        let with = |bpm: u8, seconds: f32, cadence_spm| {
            let mut runs = history([150; 10], Athlete::default());
            runs[4].heart_rate_seconds = [(120, 1200.0), (bpm, seconds)].into_iter().collect();
            runs[4].cadence_spm = cadence_spm;
            estimated_maximum(&runs)
        };
        assert_eq!(with(189, 120.0, Some(168.0)), Some(189.0));
        assert_eq!(with(189, 119.0, Some(168.0)), Some(150.0));
        assert_eq!(with(172, 900.0, Some(168.0)), Some(150.0));
        assert_eq!(with(189, 120.0, None), Some(150.0));
    }

    #[test]
    fn hard_time_needs_a_maximum() {
        let stored = |heart_rate_max_bpm| Athlete {
            heart_rate_max_bpm,
            ..Athlete::default()
        };
        let given = |max_bpm| HeartRate {
            max_bpm,
            ..HeartRate::default()
        };
        let row = |stored| Run {
            heart_rate_seconds: [(150, 600.0), (152, 300.0), (160, 60.0)]
                .into_iter()
                .collect(),
            heart_rate_share: Some(1.0),
            athlete: stored,
            ..fixture::run(0, 8.0)
        };
        // 80 % of 200, of 190, of 185 and of 160 are 160, 152, 148 and 128.
        for (by_hand, by_watch, by_account, expected) in [
            (Some(200.0), Some(190.0), Some(185.0), 60.0),
            (None, Some(190.0), Some(185.0), 360.0),
            (None, None, Some(185.0), 960.0),
            (None, None, None, 960.0),
        ] {
            let mut runs = vec![row(stored(by_watch)); 10];
            let pain = PainLog::default();
            complete(
                &mut runs,
                &mut [],
                &pain,
                given(by_hand),
                stored(by_account),
            );
            assert_eq!(runs[0].hard_s, Some(expected));
        }
        let mut few = vec![row(stored(None)); 9];
        let none = HeartRate::default();
        complete(&mut few, &mut [], &PainLog::default(), none, stored(None));
        assert_eq!((few[0].hard_s, few[0].trimp), (None, None));
    }

    #[test]
    fn what_is_not_known_is_said() {
        let none = HeartRate::default();
        let crossed = "a resting heart rate of 190 (stored by the watch) is not below a maximum of 188 (stored by the watch)";
        check(Some(190.0), Some(188.0), none, (None, None), crossed);
        let few = history([190; 9], Athlete::default());
        let (basis, sentence) = heart_rate_basis(&few, none, Athlete::default());
        assert_eq!((basis.rest_bpm, basis.max_bpm), (Some(60.0), None));
        assert!(
            sentence.contains("not computed, because the maximum heart rate is not known"),
            "{sentence}"
        );
    }
}
