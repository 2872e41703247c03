//! Pain zones, episodes and OSTRC scores against the independent numbers of vectors.json.

use crate::common::vectors;
use chrono::{Days, NaiveDate};
use niggle::pain::{Entry, Side, Site, episodes::episodes, ostrc::score};
use niggle::rules::pain_during_run::zone;
use serde_json::{Value, json};

fn table(name: &str) -> Vec<Value> {
    vectors()[name].as_array().expect("a list of cases").clone()
}

#[test]
fn pain_zones() {
    let cases = table("pain_zone");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let found = zone(case["pain"].as_f64()).map(|severity| severity.as_str());
        assert_eq!(json!(found), case["zone"], "{case}");
    }
}

#[test]
fn episodes_of_the_vectors() {
    let cases = table("episodes");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let found: Vec<Value> = episodes(&log(&case["day_offset_pain"]))
            .iter()
            .map(|e| json!({ "first": e.from, "last": e.to, "days": e.days(), "logs": e.logs, "peak": e.peak }))
            .collect();
        let expected = case["expect"].as_array().expect("a list of episodes");
        assert_eq!(found.len(), expected.len(), "{case}");
        for (found, expected) in found.iter().zip(expected) {
            for key in ["first", "last", "days", "logs"] {
                assert_eq!(found[key], expected[key], "{key} of {case}");
            }
            assert_eq!(found["peak"].as_f64(), expected["peak"].as_f64(), "{case}");
        }
    }
}

#[test]
fn ostrc_scores() {
    let cases = table("ostrc_v2");
    assert_eq!(cases.len(), 7);
    for case in cases {
        let points = |index: usize| case["q"][index].as_u64().map(|points| points as u8);
        let found =
            score([points(0), points(1), points(2), points(3)]).expect("an answered question");
        // The one text among the severities is the gatekeeper convention, which is not adopted: no severity.
        assert_eq!(
            found.severity.map(u64::from),
            case["severity"].as_u64(),
            "{case}"
        );
        assert_eq!(found.problem, case["problem"].as_bool(), "{case}");
        assert_eq!(found.substantial, case["substantial"].as_bool(), "{case}");
    }
}

/// Left-knee rows from pairs of day offset (from 3 March 2025) and pain.
fn log(pairs: &Value) -> Vec<Entry> {
    let start = NaiveDate::from_ymd_opt(2025, 3, 3).expect("a literal date");
    let row = |pair: &Value| Entry {
        site: Some(Site::Knee),
        side: Some(Side::Left),
        pain: pair[1].as_f64(),
        ..Entry::on(start + Days::new(pair[0].as_u64().expect("a day offset")))
    };
    pairs.as_array().expect("pairs").iter().map(row).collect()
}
