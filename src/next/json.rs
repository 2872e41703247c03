//! The answer for scripts, from types of its own.

use super::{Most, Next, Said};
use crate::{
    course::{Bucket, Full, Short},
    keys::Keys,
    report::json::{Back, Rounded},
    rules::{Severity, Stance},
    units::Unit,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// The answer of `niggle next --json`.
#[derive(Serialize, JsonSchema)]
pub struct Document<'a> {
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

#[derive(Serialize, JsonSchema)]
struct Planned {
    date: NaiveDate,
    distance_m: Option<Rounded<0>>,
    ascent_m: Option<Rounded<0>>,
    descent_m: Option<Rounded<0>>,
}

#[derive(Serialize, JsonSchema)]
struct Asked<'a> {
    severity: Severity,
    text: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Rule<'a> {
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    observed: Option<Rounded<4>>,
    limit: Option<Rounded<4>>,
    #[schemars(with = "String")]
    unit: Unit,
    stance: Stance,
    evidence: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Missing<'a> {
    title: &'static str,
    why: &'a str,
}

#[derive(Serialize, JsonSchema)]
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

#[derive(Serialize, JsonSchema)]
struct Day {
    metres: Rounded<0>,
    date: NaiveDate,
}

#[derive(Serialize, JsonSchema)]
struct Room<'a> {
    next_m: Option<Rounded<0>>,
    #[schemars(extend("enum" = ["run", "week", null]))]
    by: Option<&'static str>,
    run_m: Option<Rounded<0>>,
    week_m: Option<Rounded<0>>,
    week_so_far_m: Option<Rounded<0>>,
    missing: Option<&'a str>,
}

impl Document<'_> {
    /// Raised when a name changes its meaning or goes.
    pub const VERSION: u32 = 1;

    /// What its keys are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["niggle_version"], "The program's version."),
        Keys::of(&["as_of"], "The last day that is known."),
        Keys::object(&["plan"], "The run that is asked about.", Planned::KEYS),
        Keys::each(
            &["asked"],
            "What the report of that day asks of the runner already, loudest first, one a place.",
            Asked::KEYS,
        ),
        Keys::of(
            &["withheld"],
            "Why nothing is said of the run, as the end of a sentence; null where nothing keeps a word back.",
        ),
        Keys::each(
            &["said"],
            "What the rules would say of the run and do not say without it, loudest first.",
            Rule::KEYS,
        ),
        Keys::each(
            &["missing"],
            "What rules about such a run miss to weigh it.",
            Missing::KEYS,
        ),
        Keys::object(
            &["facts"],
            "The plain numbers that the run stands beside; null while it is withheld.",
            Facts::KEYS,
        ),
        Keys::object(
            &["room"],
            "How far the run could go before a rule would speak.",
            Room::KEYS,
        ),
        Keys::object(
            &["back"],
            "Running again, as in findings.json; null where nobody came back.",
            Back::KEYS,
        ),
    ];
}

impl Planned {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["date"], "Its day."),
        Keys::of(
            &["distance_m", "ascent_m", "descent_m"],
            "How far it is to go, up and down, m; null where that is not asked.",
        ),
    ];
}

impl Asked<'_> {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["severity"], "How loud, as in findings.json."),
        Keys::of(&["text"], "The sentences."),
    ];
}

impl Rule<'_> {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["rule"], "The rule's id; `niggle rules ID` explains it."),
        Keys::of(&["severity"], "How loud, as in findings.json."),
        Keys::of(&["message"], "What it would say."),
        Keys::of(
            &["observed", "limit", "unit"],
            "The value that was judged, its limit, and the unit of both; null without one.",
        ),
        Keys::of(&["stance"], "How far the literature carries."),
        Keys::of(&["evidence"], "The first sentence of what its sources say."),
    ];
}

impl Missing<'_> {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["title"], "The rule in a few words."),
        Keys::of(&["why"], "What is missing."),
    ];
}

impl Facts {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["last_run", "days_since"],
            "The last recorded run before it, and the days from that one to this; null without one.",
        ),
        Keys::of(
            &["unrecorded_days"],
            "Days between the last known day and the run, of which nothing is recorded.",
        ),
        Keys::object(
            &["longest"],
            "The longest run of the 30 days before; null without one.",
            Day::KEYS,
        ),
        Keys::object(
            &["most_ascent"],
            "The most climbed in one run of those days; null where none is recorded or no climb is asked.",
            Day::KEYS,
        ),
        Keys::object(
            &["most_descent"],
            "The most descended, likewise.",
            Day::KEYS,
        ),
        Keys::of(
            &["seven_days_m"],
            "Metres in the seven days up to the run's, with it; null where it has no distance or that is not known.",
        ),
        Keys::of(
            &["usual_m"],
            "The middle half of the weeks of seven days before those, from and to, m; null with fewer than four.",
        ),
        Keys::of(
            &["rest_days"],
            "Days without a run among the seven before it; null where not all are recorded.",
        ),
    ];
}

impl Day {
    const KEYS: &'static [Keys] = &[
        Keys::of(&["metres"], "Metres, above 0."),
        Keys::of(&["date"], "The day of it."),
    ];
}

impl Room<'_> {
    const KEYS: &'static [Keys] = &[
        Keys::of(
            &["next_m"],
            "The longest run of which no rule would speak, m; null where that cannot be told or is withheld.",
        ),
        Keys::of(
            &["by"],
            "What bounds it: run, by the longest of 30 days, or week, by the weeks before; null with `next_m`.",
        ),
        Keys::of(
            &["run_m"],
            "The bound by the longest run alone, m; null likewise.",
        ),
        Keys::of(
            &["week_m", "week_so_far_m"],
            "The longest week of which no rule would speak, and what is run of it so far, m; null likewise.",
        ),
        Keys::of(
            &["missing"],
            "What is missing to tell it, in words; null where it is told or withheld.",
        ),
    ];
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
            schema_version: Document::VERSION,
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
    fn of(short: &'a Short) -> Self {
        Asked {
            severity: short.severity,
            text: &short.whole,
        }
    }
}

impl<'a> Rule<'a> {
    fn of(said: &'a Said) -> Self {
        Rule {
            rule: said.rule,
            severity: said.severity,
            message: &said.message,
            observed: said.observed.map(Rounded::from),
            limit: said.limit.map(Rounded::from),
            unit: said.unit,
            stance: said.stance,
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
