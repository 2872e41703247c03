//! The statistics beside numbers that scipy, statsmodels, pandas and pingouin worked out (tests/vectors/independent.json, made by the
//! script beside it): to a millionth, and counts of shifts and draws to the last one.

use niggle::stats::{
    Interval,
    effective_n::effective_n_of_ranks,
    event_shift::{Flag, Seen, event_shift},
    fdr::benjamini_hochberg,
    partial_shift::{Question, partial_shift},
    rate_ratio::{Counts, rate_ratio},
    season::without_season,
    share::share_interval,
    spearman::{bonett_wright, detectable_rho},
    within_dates::{Dated, within_dates},
};
use serde_json::Value;

/// How far two ways to work out the same number may be apart.
const CLOSE: f64 = 1e-6;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/independent.json")).expect("JSON")
}

/// The cases of one statistic, of which there are some.
fn cases(name: &str) -> Vec<Value> {
    let found = vectors()[name].as_array().expect("a list").clone();
    assert!(!found.is_empty(), "{name}");
    found
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn count(value: &Value) -> usize {
    value.as_u64().expect("a whole number") as usize
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(number)
        .collect()
}

/// A series with gaps.
fn series(value: &Value) -> Vec<Option<f64>> {
    let days = value.as_array().expect("a list").iter();
    days.map(Value::as_f64).collect()
}

fn all_series(value: &Value) -> Vec<Vec<Option<f64>>> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(series)
        .collect()
}

#[track_caller]
fn close(found: f64, expected: &Value) {
    let expected = number(expected);
    assert!((found - expected).abs() < CLOSE, "{found}, not {expected}");
}

#[track_caller]
fn ends(found: Option<Interval>, expected: &Value) {
    let found = found.expect("an interval");
    close(found.low, &expected[0]);
    close(found.high, &expected[1]);
}

fn question(case: &Value) -> Question {
    Question {
        load: series(&case["load"]),
        turning: all_series(&case["turning"]),
        pain: series(&case["pain"]),
        staying: all_series(&case["staying"]),
    }
}

#[test]
fn the_partial_rank_correlation_its_interval_and_every_shift() {
    for case in cases("partial_shift") {
        let found = partial_shift(&question(&case)).expect("a rho");
        close(found.rho, &case["rho"]);
        if !case["pingouin"].is_null() {
            close(found.rho, &case["pingouin"]);
        }
        close(found.n_eff, &case["n_eff"]);
        assert_eq!(
            [found.n, found.columns, found.at_least, found.shifts],
            ["n", "columns", "at_least", "shifts"].map(|name| count(&case[name]))
        );
        let days_left = found.n_eff - found.columns as f64;
        ends(bonett_wright(found.rho, days_left), &case["interval"]);
    }
}

#[test]
fn the_season_that_is_taken_off() {
    let case = &vectors()["without_season"];
    let (found, expected) = (
        without_season(&series(&case["series"])),
        series(&case["level"]),
    );
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        match (found, expected) {
            (Some(found), Some(expected)) => assert!((found - expected).abs() < CLOSE),
            _ => assert_eq!(found, expected),
        }
    }
    let unknown = |series: &[Option<f64>]| series.iter().filter(|value| value.is_none()).count();
    assert!(
        unknown(&expected) > unknown(&series(&case["series"])),
        "a window too empty"
    );
}

#[test]
fn effective_days_of_ranks_with_gaps() {
    for case in cases("effective_n_of_ranks") {
        let found = effective_n_of_ranks(&series(&case["x"]), &series(&case["y"]));
        close(found.expect("days"), &case["n_eff"]);
    }
}

#[test]
fn what_a_log_could_find() {
    for case in cases("detectable_rho") {
        let found = detectable_rho(number(&case["n_eff"]));
        close(found.expect("a rho"), &case["rho"]);
    }
}

#[test]
fn a_share_of_few() {
    for case in cases("wilson") {
        let [events, all] = ["events", "all"].map(|name| count(&case[name]) as u32);
        ends(share_interval(events, all), &case["interval"]);
    }
}

#[test]
fn q_values() {
    for case in cases("benjamini_hochberg") {
        let expected = case["q"].as_array().expect("a list");
        let found = benjamini_hochberg(&numbers(&case["p"]));
        assert_eq!(found.len(), expected.len());
        found
            .iter()
            .zip(expected)
            .for_each(|(found, q)| close(*found, q));
    }
}

#[test]
fn the_ratio_of_two_rates() {
    for case in cases("rate_ratio") {
        let of = |name: &str| count(&case[name]) as u32;
        let found = rate_ratio(Counts {
            flagged_events: of("flagged_events"),
            flagged_days: of("flagged_days"),
            other_events: of("other_events"),
            other_days: of("other_days"),
        });
        let found = found.expect("a ratio");
        close(found.ratio.expect("events on both sides"), &case["ratio"]);
        close(found.low, &case["low"]);
        // An end of 20 is known as well as one of 2.
        let high = found.high.expect("an end") / number(&case["high"]);
        assert!((high - 1.0).abs() < CLOSE, "{high}");
    }
}

#[test]
fn flags_turned_around_the_calendar() {
    let flag = |value: &Value| match value.as_u64() {
        Some(0) => Some(Flag::Down),
        Some(1) => Some(Flag::Up),
        Some(_) => Some(Flag::Rising),
        None => None,
    };
    let seen = |value: &Value| {
        let of = |place: usize| value[place].as_bool();
        Some(Seen {
            event: of(0)?,
            late: of(1)?,
        })
    };
    for case in cases("event_shift") {
        let list = |name: &str| case[name].as_array().expect("a list").clone();
        let flags: Vec<Option<Flag>> = list("flags").iter().map(flag).collect();
        let events: Vec<Option<Seen>> = list("seen").iter().map(seen).collect();
        let found = event_shift(&flags, &events).expect("a test");
        let counts = &case["counts"];
        assert_eq!(
            [
                found.counts.flagged_events,
                found.counts.flagged_days,
                found.counts.other_events,
                found.counts.other_days
            ],
            [
                "flagged_events",
                "flagged_days",
                "other_events",
                "other_days"
            ]
            .map(|name| count(&counts[name]) as u32)
        );
        assert_eq!(
            [found.at_least, found.shifts],
            ["at_least", "shifts"].map(|name| count(&case[name]))
        );
    }
}

/// The test answers with the weakest of three questions, which its draws decide: the slope must be one of theirs, and is the one of
/// all where nothing is held fixed.
#[test]
fn the_slope_of_several_runners_within_dates() {
    for case in cases("within_dates") {
        let runners = case["runners"].as_array().expect("a list").iter();
        let dated = (0..).zip(runners).map(|(key, runner)| Dated {
            key,
            question: question(runner),
            ..Dated::default()
        });
        let found = within_dates(&dated.collect::<Vec<_>>()).expect("a slope");
        let answers = case["answers"].as_array().expect("a list");
        let is_it = |answer: &&Value| (number(&answer["slope"]) - found.slope).abs() < CLOSE;
        let answer = answers.iter().find(is_it);
        let answer = answer.unwrap_or_else(|| panic!("{found:?} is none of {answers:?}"));
        close(found.r, &answer["r"]);
        if !case["statsmodels_slope"].is_null() {
            close(found.slope, &case["statsmodels_slope"]);
        }
        assert_eq!([found.n, found.days_shared], [count(&case["n"]); 2]);
    }
}
