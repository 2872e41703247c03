//! The answer for scripts, from types of its own.

use super::{Most, Next, Said};
use crate::{
    course::{Bucket, Full},
    report::json::{Back, Rounded},
    rules::Severity,
    units::Unit,
};
use chrono::NaiveDate;
use serde::Serialize;

/// Raised when a name changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    niggle_version: &'static str,
    as_of: NaiveDate,
    plan: Planned,
    asked: Vec<Asked<'a>>,
    withheld: Option<&'a str>,
    said: Vec<Rule<'a>>,
    missing: Vec<Missing<'a>>,
    facts: Option<Facts>,
    room: Room<'a>,
    back: Option<Back>,
}

#[derive(Serialize)]
struct Planned {
    date: NaiveDate,
    distance_m: Option<Rounded<0>>,
    ascent_m: Option<Rounded<0>>,
    descent_m: Option<Rounded<0>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    severity: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    observed: Option<Rounded<4>>,
    limit: Option<Rounded<4>>,
    unit: Unit,
    stance: &'static str,
    evidence: &'static str,
}

#[derive(Serialize)]
struct Missing<'a> {
    title: &'static str,
    why: &'a str,
}

#[derive(Serialize)]
struct Facts {
    last_run: Option<NaiveDate>,
    days_since: Option<i64>,
    unrecorded_days: i64,
    longest: Option<Day>,
    most_ascent: Option<Day>,
    most_descent: Option<Day>,
    seven_days_m: Option<Rounded<0>>,
    usual_m: Option<[Rounded<0>; 2]>,
    rest_days: Option<usize>,
}

#[derive(Serialize)]
struct Day {
    metres: Rounded<0>,
    date: NaiveDate,
}

#[derive(Serialize)]
struct Room<'a> {
    next_m: Option<Rounded<0>>,
    by: Option<&'static str>,
    run_m: Option<Rounded<0>>,
    week_m: Option<Rounded<0>>,
    week_so_far_m: Option<Rounded<0>>,
    missing: Option<&'a str>,
}

/// The document, ending in a line break.
///
/// # Errors
/// serde_json's, which plain numbers and strings cannot cause.
pub fn json(next: &Next) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&Document::of(next)).map(|text| text + "\n")
}

impl<'a> Document<'a> {
    fn of(next: &'a Next) -> Self {
        let asked = next.asked.iter();
        let missing = next.missing.iter();
        // While it is held back nothing is said of the run, in no form.
        let is_held = next.held.why.is_some();
        Document {
            schema_version: SCHEMA_VERSION,
            niggle_version: env!("CARGO_PKG_VERSION"),
            as_of: next.as_of,
            plan: Planned::of(next),
            asked: asked.map(Asked::of).collect(),
            withheld: next.held.why.as_deref(),
            said: next.said.iter().map(Rule::of).collect(),
            missing: missing.map(|(title, why)| Missing { title, why }).collect(),
            facts: (!is_held).then(|| Facts::of(next)),
            room: Room::of(&next.bucket),
            back: next.back.as_ref().map(Back::from),
        }
    }
}

impl Planned {
    fn of(next: &Next) -> Self {
        let plan = next.plan;
        Planned {
            date: plan.date,
            distance_m: plan.distance_m.map(Rounded::from),
            ascent_m: plan.ascent_m.map(Rounded::from),
            descent_m: plan.descent_m.map(Rounded::from),
        }
    }
}

impl<'a> Asked<'a> {
    fn of((severity, text): &'a (Severity, String)) -> Self {
        Asked {
            severity: severity.as_str(),
            text,
        }
    }
}

impl<'a> Rule<'a> {
    fn of(said: &'a Said) -> Self {
        Rule {
            rule: said.rule,
            severity: said.severity.as_str(),
            message: &said.message,
            observed: said.observed.map(Rounded::from),
            limit: said.limit.map(Rounded::from),
            unit: said.unit,
            stance: said.stance.as_str(),
            evidence: said.evidence,
        }
    }
}

impl Facts {
    fn of(next: &Next) -> Self {
        let facts = &next.facts;
        Facts {
            last_run: facts.last_run,
            days_since: facts.days_since,
            unrecorded_days: facts.unrecorded_days,
            longest: facts.longest.map(Day::of),
            most_ascent: facts.most_ascent.map(Day::of),
            most_descent: facts.most_descent.map(Day::of),
            seven_days_m: facts.seven_days_m.map(Rounded::from),
            usual_m: facts.usual_m.map(|(low, high)| [low.into(), high.into()]),
            rest_days: facts.rest_days,
        }
    }
}

impl Day {
    fn of(most: Most) -> Self {
        Day {
            metres: most.metres.into(),
            date: most.date,
        }
    }
}

impl<'a> Room<'a> {
    fn of(bucket: &'a Bucket) -> Self {
        Room {
            next_m: bucket.next_m.map(Rounded::from),
            by: bucket.by.map(limit),
            run_m: bucket.run_m.map(Rounded::from),
            week_m: bucket.week_m.map(Rounded::from),
            week_so_far_m: bucket.week_so_far_m.map(Rounded::from),
            missing: bucket.missing.as_deref(),
        }
    }
}

fn limit(by: Full) -> &'static str {
    match by {
        Full::Run => "run",
        Full::Week => "week",
    }
}
