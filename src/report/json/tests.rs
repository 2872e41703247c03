//! A made-up document with every kind of value, written, read and written again; and the names of the schema.

use super::*;
use crate::{
    associate, backtest as looked, pain, problem,
    report::charts::fixtures::{analysis, date, finding, short},
    rules::{self, Limits, Severity},
    units::Unit,
};
use crate::{
    associate::{
        claims::{Answer, Answered},
        matrix::{Absent, Cell, Family},
    },
    stats::{self, Interval},
};
use associate::Association as Pairing;
use pain::{Side, Site, Word};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn association() -> Pairing {
    Pairing {
        site: Site::Knee,
        side: Some(Side::Left),
        exposure: crate::associate::Exposure::Distance1,
        lag_days: 1,
        n: 58,
        from: date("2025-03-04"),
        to: date("2025-05-20"),
        days_covered: 78,
        logging: associate::Logging {
            run: associate::Logged {
                days: 40,
                logged: 38,
                zeros: 25,
            },
            rest: associate::Logged {
                days: 38,
                logged: 20,
                zeros: 4,
            },
        },
        n_eff: Some(40.123_456),
        rho: Some(-0.0),
        ci_low: Some(-0.333_333_3),
        ci_high: Some(2.0 / 3.0),
        partial_rho: Some(0.4),
        partial_ci_low: Some(0.1),
        partial_ci_high: Some(2.0 / 3.0),
        partial_n_eff: Some(38.5),
        detectable_rho: Some(0.45),
        p: Some(0.000_01),
        q: Some(1.0),
        flagged: true,
        first_seen: Some(date("2025-04-22")),
        controls: associate::Controls {
            after: Some(0.05),
            elsewhere: Some(associate::Elsewhere {
                site: Site::Shin,
                side: None,
                rho: 0.123_456,
            }),
        },
        taken_by: Some(associate::Control::Elsewhere),
        ways: Some(associate::Ways {
            holds: 14,
            of: 16,
            rho_low: Some(0.2),
            rho_high: Some(0.5),
        }),
        rests_on: Some((date("2025-05-03"), date("2025-05-09"))),
        reverse_rho: Some(-0.2),
        reverse_p: Some(0.04),
        gate: Some("9 logged days, 42 are needed".to_string()),
    }
}

fn empty_association() -> Pairing {
    Pairing {
        side: None,
        logging: associate::Logging::default(),
        n_eff: None,
        rho: None,
        ci_low: None,
        ci_high: None,
        partial_rho: None,
        partial_ci_low: None,
        partial_ci_high: None,
        partial_n_eff: None,
        detectable_rho: None,
        p: None,
        q: None,
        first_seen: None,
        controls: associate::Controls::default(),
        taken_by: None,
        ways: None,
        rests_on: None,
        reverse_rho: None,
        reverse_p: None,
        gate: None,
        ..association()
    }
}

fn pair() -> looked::Pair {
    looked::Pair {
        rule: "single-run-spike",
        site: Site::Other(Word::new("neck")),
        side: Some(Side::Centre),
        flags: 6,
        onsets: 5,
        flagged_onsets: 2,
        flagged_days: 30,
        other_onsets: 3,
        other_days: 90,
        rate_ratio: Some(2.000_04),
        ci_low: Some(0.3),
        ci_high: Some(12.5),
        p: Some(0.4),
        q: Some(0.8),
        p_without_one: Some(0.5),
        verdict: looked::verdict::Verdict::Fits,
        rests_on_one: Some(true),
        hits: Some(looked::hits::Hits {
            near: 1,
            spells: 5,
            near_days: 9,
            days: 120,
            by_chance: 0.375,
            interval: crate::stats::Interval {
                low: 0.036_23,
                high: 0.624_47,
            },
        }),
        gate: Some("4 flags, 5 are needed".to_string()),
        more_logged_days: Some(40),
    }
}

fn back() -> looked::Backtest {
    use looked::verdict::Verdict;
    let empty = looked::Pair {
        side: None,
        rate_ratio: None,
        ci_low: None,
        ci_high: None,
        p: None,
        q: None,
        p_without_one: None,
        verdict: Verdict::CannotBeJudged,
        rests_on_one: None,
        hits: None,
        gate: None,
        more_logged_days: None,
        ..pair()
    };
    let standing = looked::before::Standing {
        measure: "distance_m",
        percentile: [Some(52.25), None, Some(100.0)],
    };
    let onset = looked::before::Onset {
        date: date("2025-03-15"),
        own_day: true,
        measures: vec![standing],
    };
    let before = looked::before::Before {
        site: Site::Shin,
        side: Some(Side::Left),
        reference_days: 32,
        reference_run_days: 20,
        onsets: vec![onset],
    };
    let quiet = looked::before::Before {
        side: None,
        onsets: Vec::new(),
        ..before.clone()
    };
    let other = looked::Pair {
        verdict: Verdict::DoesNotFit,
        ..pair()
    };
    looked::Backtest {
        pairs: vec![pair(), empty, other],
        before: vec![before, quiet],
        tests: 7,
    }
}

fn watch() -> looked::watch::Watch {
    use looked::watch::{State, Watch, WatchedPlace};
    let place = WatchedPlace {
        site: Site::Shin,
        side: Some(Side::Left),
        state: State::Sore,
        from: date("2025-03-15"),
        to: date("2025-03-16"),
        flags: vec!["single-run-spike"],
    };
    let open = WatchedPlace {
        side: None,
        state: State::Open,
        flags: Vec::new(),
        ..place.clone()
    };
    let settled = WatchedPlace {
        state: State::Settled,
        ..open.clone()
    };
    Watch {
        places: vec![place, open, settled],
        next_run_m: Some(12_345.678),
        next_run_missing: Some("too few runs".to_string()),
        week_m: Some(40_000.5),
        week_missing: Some("too few weeks".to_string()),
        week_so_far_m: Some(0.2),
        see_first: true,
        withheld: Some("something above asks to be looked at first".to_string()),
    }
}

/// Every key with a value, every list with an element; where a value can be absent, one element without it.
fn since() -> Since {
    Since {
        as_of: "2025-03-01".parse().unwrap(),
        told: vec![Told {
            id: "pain-high/right-shin/2025-02-28".to_string(),
            rule: "pain-high".to_string(),
            site: Some("shin".to_string()),
            side: Some("right".to_string()),
            severity: "watch".to_string(),
            headline: "Right shin: a high number".to_string(),
        }],
        ..Since::default()
    }
}

/// Two weeks back, the second of which says nothing.
fn again() -> crate::course::Back {
    use crate::course::{Back, Cost, Gap, Sound, WeekBack};
    let week = WeekBack {
        from: date("2025-03-03"),
        to: date("2025-03-09"),
        is_over: true,
        distance_m: Some(12_000.4),
        runs: Some(2),
        longest_m: Some(7000.0),
        pain: Some(1.5),
    };
    let unknown = WeekBack {
        distance_m: None,
        runs: None,
        longest_m: None,
        pain: None,
        ..week
    };
    let (from, to) = (date("2025-02-10"), date("2025-03-02"));
    let place = (Site::Shin, Some(Side::Right));
    Back {
        since: date("2025-03-03"),
        gap: Some(Gap { from, to }),
        is_pain_known: true,
        cost: Some(Cost {
            place,
            from,
            to,
            days: 3,
        }),
        sound: Some(Sound {
            from: date("2025-01-13"),
            to: date("2025-02-09"),
            weeks: 4,
            distance_m: 30_000.0,
            runs: 3.25,
            longest_m: Some(12_000.0),
        }),
        weeks: vec![week, unknown],
    }
}

fn wider() -> crate::associate::Wider {
    let cell = Cell {
        site: Site::Knee,
        side: Some(Side::Left),
        pain: "day",
        measure: "load_3",
        title: "load, 3 days before",
        lag: 1,
        n: 58,
        n_eff: Some(40.0),
        rho: Some(0.25),
        interval: Some(Interval {
            low: 0.0,
            high: 0.5,
        }),
        p: Some(0.02),
        q: Some(0.04),
        gate: None,
    };
    let untested = Cell {
        side: None,
        n_eff: None,
        interval: None,
        p: None,
        q: None,
        gate: Some("9 logged days".to_string()),
        ..cell.clone()
    };
    // One without a rho stands in the table alone.
    let unknown = Cell {
        rho: None,
        ..untested.clone()
    };
    let family = Family {
        cells: vec![cell, untested, unknown],
        absent: vec![Absent {
            measure: "sleep_s_1",
            title: "sleep of the night before",
            why: "no night has its sleep",
        }],
    };
    let claim = Answered {
        id: "A31",
        answer: Answer::No,
        counts: (20, 30),
        pain: (Some(1.0), Some(2.0)),
        rho: Some(-0.1),
        interval: Some(Interval {
            low: -0.3,
            high: 0.1,
        }),
        n_eff: Some(40.0),
        p: Some(0.5),
        q: Some(0.6),
        gate: None,
    };
    let unasked = Answered {
        answer: Answer::CannotTell,
        pain: (None, None),
        rho: None,
        interval: None,
        p: None,
        q: None,
        gate: Some("no night has its sleep".to_string()),
        ..claim.clone()
    };
    let around = |n_eff, interval| stats::mean_interval::MeanOf {
        n: 9,
        mean: 2.123_456,
        n_eff,
        interval,
    };
    let ends = Interval {
        low: 1.0,
        high: 3.5,
    };
    crate::associate::Wider {
        over_the_day: vec![associate::OverTheDay {
            site: Site::Knee,
            side: None,
            at: vec![
                (associate::Time::During, around(Some(6.5), Some(ends))),
                (associate::Time::NextMorning, around(None, None)),
            ],
        }],
        secondary: family.clone(),
        weekly: family,
        claims: vec![claim, unasked],
    }
}

fn full() -> Analysis {
    let limits = Limits::parse(&["single-run-spike.small-jump-percent=12.3456789".to_string()]);
    let text = "\"quoted\" \\ | \u{1F3C3} \u{7}\nline";
    let shin = rules::Finding {
        severity: Severity::SeeSomeone,
        observed: Some(1.0 / 3.0),
        limit: Some(0.25),
        unit: Unit::Share,
        site: Some(Site::Shin),
        side: Some(Side::Right),
        run_ids: vec!["20250304-1200-00000000".to_string()],
        message: text.to_string(),
        instruction: "Rest.".to_string(),
        ..finding("pain-over-a-week", date("2025-03-10"), date("2025-03-16"))
    };
    let later = rules::Finding {
        observed: None,
        limit: None,
        message: "Other.".to_string(),
        ..shin.clone()
    };
    let problem = problem::Problem::new(
        problem::Code::Truncated,
        problem::Effect::PartLost,
        "byte 12",
        text,
        "Kept.",
    );
    let short = short();
    Analysis {
        findings: short
            .findings
            .iter()
            .cloned()
            .chain([shin, later])
            .collect(),
        not_judged: vec![rules::NotJudged {
            rule: "load-strain",
            why: "too few weeks".to_string(),
        }],
        associations: vec![association(), empty_association()],
        wider: wider(),
        backtest: back(),
        watch: watch(),
        courses: Vec::new(),
        back: Some(again()),
        week: Default::default(),
        lines: Default::default(),
        problems: vec![problem.within("a.fit").times(3)],
        tally: Tally {
            used: 4,
            used_with_flags: 3,
            skipped: 2,
            failed: 1,
        },
        limits: limits.expect("a limit"),
        ..short
    }
}

/// Written, read and written again.
fn check_round_trip(text: &str) {
    let read = read(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(read.text().unwrap(), text);
}

#[test]
fn what_was_written_is_read_and_written_alike() {
    check_round_trip(&document(&full(), Some(&since())).unwrap());
    check_round_trip(&document(&analysis(Vec::new(), Vec::new(), Vec::new()), None).unwrap());
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/sample/findings.json");
    let sample = std::fs::read_to_string(sample).unwrap();
    check_round_trip(&sample);
    let read = read(&sample).unwrap();
    let ids: BTreeSet<&str> = read
        .findings
        .iter()
        .map(|finding| finding.id.as_str())
        .collect();
    assert_eq!(ids.len(), read.findings.len(), "no two ids are equal");
    assert!(ids.contains("pain-over-a-week/right-shin/2025-09-21"));
    assert!(
        read.findings
            .iter()
            .all(|finding| finding.loudness().is_some())
    );
}

#[test]
fn numbers_are_rounded_by_their_types() {
    let json: Value = serde_json::from_str(&document(&full(), None).unwrap()).unwrap();
    for (pointer, written) in [
        ("/findings/1/observed", "0.3333"),
        ("/associations/0/rho", "0.0"),
        ("/associations/0/p", "0.0"),
        ("/associations/0/ci_high", "0.6667"),
        ("/backtest/pairs/0/rate_ratio", "2.0"),
        (
            "/backtest/before/0/onsets/0/measures/0/percentile/0",
            "52.3",
        ),
        ("/backtest/watch/next_run_m", "12346.0"),
        ("/backtest/pairs/0/hits/ci_low", "0.0362"),
        ("/backtest/pairs/0/hits/by_chance", "0.375"),
        ("/backtest/pairs/0/rests_on_one_spell", "true"),
        ("/limits_changed/0/value", "12.345679"),
    ] {
        assert_eq!(
            json.pointer(pointer).map(Value::to_string).as_deref(),
            Some(written),
            "{pointer}"
        );
    }
}

#[test]
fn alike_findings_have_ids_of_their_own() {
    let ids: Vec<String> = Document::new(&full(), None)
        .findings
        .into_iter()
        .map(|finding| finding.id)
        .collect();
    let shin = "pain-over-a-week/right-shin/2025-03-10";
    assert_eq!(
        ids,
        [
            "weekly-distance-jump/2025-03-10",
            shin,
            &format!("{shin}/2")
        ]
    );
}

#[test]
fn what_is_not_ours_says_so() {
    let text = document(&full(), None).unwrap();
    let unread = |text: &str| read(text).map(drop).unwrap_err().to_string();
    let older = text.replacen("\"schema_version\": 3", "\"schema_version\": 2", 1);
    assert_eq!(
        unread(&older),
        "written with schema_version 2, and this niggle reads 3"
    );
    assert!(
        unread("{\"schema_version\": 4}").contains("schema_version 4"),
        "whatever keys it has"
    );
    for broken in [
        "",
        "[]",
        "{}",
        "{\"schema_version\": 3}",
        &text[..text.len() / 2],
    ] {
        assert!(
            unread(broken).starts_with("not a findings.json of niggle's ("),
            "{broken}"
        );
    }
    for (broken, fault) in [
        ("", "it is empty"),
        (
            &text[..text.len() / 2],
            "it is cut short: it ends in the middle of line ",
        ),
        ("\u{7f}", "line 1 is no JSON"),
        (
            "{\n\"schema_version\": 3}",
            "line 2: missing field `niggle_version`",
        ),
    ] {
        let said = unread(broken);
        assert!(said.contains(fault), "{said}");
        assert!(!said.contains("EOF") && !said.contains("column"), "{said}");
    }
    let newer = text.replacen('{', "{\"later\": [1],", 1);
    assert!(
        read(&newer).is_ok(),
        "keys of a later niggle are passed over"
    );
}

/// Every key of a document with the object it is in, as the dictionary writes it, and the kinds of its values.
fn add_kinds(
    object: &str,
    value: &Value,
    found: &mut BTreeMap<(String, String), BTreeSet<&'static str>>,
) {
    let below = |key: &str| {
        if object.is_empty() {
            key.to_string()
        } else {
            format!("{object}.{key}")
        }
    };
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                found
                    .entry((object.to_string(), key.clone()))
                    .or_default()
                    .insert(kind(value));
                add_kinds(&below(key), value, found);
            }
        }
        Value::Array(list) => list
            .iter()
            .for_each(|value| add_kinds(&format!("{object}[]"), value, found)),
        _ => {}
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "whole",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn kinds() -> BTreeMap<(String, String), BTreeSet<&'static str>> {
    let mut found = BTreeMap::new();
    let empty = analysis(Vec::new(), Vec::new(), Vec::new());
    for (analysis, since) in [(full(), Some(since())), (empty, None)] {
        add_kinds(
            "",
            &serde_json::to_value(Document::new(&analysis, since.as_ref())).unwrap(),
            &mut found,
        );
    }
    found
}

#[test]
fn every_key_is_explained_once_and_no_other_is() {
    let mut told: Vec<(String, String)> = Vec::new();
    for row in rows(Document::KEYS) {
        assert!(row.about.ends_with('.'), "{row:?}");
        told.extend(
            row.names
                .iter()
                .map(|name| (row.object.clone(), name.to_string())),
        );
    }
    told.sort();
    assert_eq!(told, kinds().into_keys().collect::<Vec<_>>());
}

/// A change here is a change of the schema: a new key belongs to the version, a key that goes or changes its kind raises it.
#[test]
fn the_schema_changes_on_purpose_only() {
    let lines = kinds().into_iter().map(|((object, key), kinds)| {
        let dot = if object.is_empty() { "" } else { "." };
        format!(
            "{object}{dot}{key}: {}",
            kinds.into_iter().collect::<Vec<_>>().join(" or ")
        )
    });
    let schema = [format!("schema_version {SCHEMA_VERSION}")]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n");
    insta::assert_snapshot!("findings_json", schema);
}
