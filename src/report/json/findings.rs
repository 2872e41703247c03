//! What the rules said and under which limits, and the ids by which a finding is known again in a later report.

use super::{Keys, Rounded};
use crate::{
    pain::{Side, Site, Word, site_text},
    rules::{self, Severity, triage},
    units::Unit,
    words::sentence_case,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What it is known by in every report: [`ids`].
    pub id: String,
    /// The rule's id.
    pub rule: String,
    /// How loud: [`Severity::as_str`].
    #[schemars(with = "Severity")]
    pub severity: String,
    /// Its place and what it says in a few words. Empty in a file of an earlier niggle.
    #[serde(default)]
    pub headline: String,
    /// First day it is about.
    pub from: NaiveDate,
    /// Last day it is about.
    pub to: NaiveDate,
    /// Whether it reaches into the last 14 days: [`triage::is_current`].
    pub current: bool,
    /// The value that was judged, in `unit`. None for findings without numbers.
    pub observed: Option<Rounded<4>>,
    /// The limit it was judged against, in `unit`. None where there is none.
    pub limit: Option<Rounded<4>>,
    /// Unit of both.
    #[schemars(with = "String")]
    pub unit: Unit,
    /// The site's word. None for findings that are not about pain, and where the log leaves it open.
    pub site: Option<String>,
    /// The side's word. None likewise.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// The runs it is about.
    pub run_ids: Vec<String>,
    /// The facts, and the instruction where there is one.
    pub message: String,
    /// What to do and by when. Empty where nothing is asked.
    pub instruction: String,
}

impl Finding {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[
        Keys::of(
            &["id"],
            "What it is known by in later reports: rule, place and the day it began, whatever its length and loudness; \
             alike ones end in `/2`, `/3` and so on.",
        ),
        Keys::of(&["rule"], "The rule's id; `niggle rules ID` explains it."),
        Keys::of(
            &["severity"],
            "How loud: good, note, watch, ease-off, see-someone, urgent or emergency.",
        ),
        Keys::of(
            &["headline"],
            "Its place and what it says in a few words, as `Right shin: it hurts even at rest`.",
        ),
        Keys::of(&["from", "to"], "First and last day it is about."),
        Keys::of(
            &["current"],
            "Whether `to` lies in the last 14 days; what is older is history.",
        ),
        Keys::of(
            &["observed", "limit", "unit"],
            "The value that was judged, its limit, and the unit of both; null without one.",
        ),
        Keys::of(
            &["site", "side"],
            "The place, for findings about pain; null for others and where the log leaves it open.",
        ),
        Keys::of(&["run_ids"], "The runs it is about: `run_id` in `runs`."),
        Keys::of(
            &["message"],
            "What the runner reads: the facts, and the instruction where there is one.",
        ),
        Keys::of(
            &["instruction"],
            "What to do and by when, the end of `message`; empty where nothing is asked. The report says one a place, \
             the loudest's.",
        ),
    ];

    /// How loud it is. None for a word that this niggle does not know.
    pub fn loudness(&self) -> Option<Severity> {
        Severity::of(&self.severity)
    }

    fn new(id: String, finding: &rules::Finding, as_of: NaiveDate) -> Finding {
        Finding {
            id,
            rule: finding.rule.to_string(),
            severity: finding.severity.as_str().to_string(),
            headline: headline(finding),
            from: finding.from,
            to: finding.to,
            current: triage::is_current(finding, as_of),
            observed: finding.observed.map(Rounded::from),
            limit: finding.limit.map(Rounded::from),
            unit: finding.unit,
            site: finding.site.map(|site| site.as_str().to_string()),
            side: finding.side.map(|side| side.as_str().to_string()),
            run_ids: finding.run_ids.clone(),
            message: finding.text(),
            instruction: finding.instruction.clone(),
        }
    }
}

/// `Right shin: it hurts even at rest`.
fn headline(finding: &rules::Finding) -> String {
    let headline = finding.headline();
    match finding.site {
        Some(site) => {
            let place = sentence_case(&site_text(site, finding.side));
            format!("{place}: {headline}")
        }
        None => sentence_case(headline),
    }
}

/// Every finding with its id, in their order.
pub(super) fn findings(all: &[rules::Finding], as_of: NaiveDate) -> Vec<Finding> {
    all.iter()
        .zip(ids(all))
        .map(|(finding, id)| Finding::new(id, finding, as_of))
        .collect()
}

/// The id of each finding, in their order: rule, place and first day, as in `pain-over-a-week/right-shin/2025-09-21`, or
/// `no-deload/2025-06-30` without a place. It stays while a finding gets longer or louder.
///
/// No two are equal. Of findings of one rule, place and day the first has the plain id and the others end in `/2`, `/3` and so
/// on, by their earliest run and then by what they say: neither moves when one of them gets longer, as the last day, the
/// severity and so their order in the report do. What a rule says of a window that moves with the day of the report, as
/// sleep-short does of the last 14 nights, begins anew with it and has another id on another day.
pub fn ids(findings: &[rules::Finding]) -> Vec<String> {
    let mut ids: Vec<String> = findings.iter().map(plain_id).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, id) in ids.iter().enumerate() {
        alike.entry(id.clone()).or_default().push(at);
    }
    for mut places in alike.into_values() {
        places.sort_by_key(|at| findings.get(*at).map(stable_order));
        tell_apart(&mut ids, &places);
    }
    ids
}

/// What of a finding stays when it gets longer or louder: its earliest run, and what it says.
fn stable_order(finding: &rules::Finding) -> (Option<&String>, &String) {
    (finding.run_ids.iter().min(), &finding.message)
}

/// Adds `/2`, `/3` and so on to the ids at these places, but for the first.
fn tell_apart(ids: &mut [String], places: &[usize]) {
    for (number, at) in (2..).zip(places.iter().skip(1)) {
        if let Some(id) = ids.get_mut(*at) {
            *id += &format!("/{number}");
        }
    }
}

/// The id of a finding that is alone of its rule, place and day.
fn plain_id(finding: &rules::Finding) -> String {
    let side = finding.side.map(|side| side.as_str().to_string());
    let site = finding.site.map(site_id);
    let place: Vec<String> = side.into_iter().chain(site).collect();
    match place.join("-") {
        none if none.is_empty() => format!("{}/{}", finding.rule, finding.from),
        place => format!("{}/{place}/{}", finding.rule, finding.from),
    }
}

/// The site's word, or the runner's own, in letters and digits with `-` between them.
fn site_id(site: Site) -> String {
    let text = match &site {
        Site::Other(word) if *word != Word::NONE => word.as_str(),
        known => known.as_str(),
    };
    hyphened(text)
}

/// The words of a text with hyphens between them.
fn hyphened(text: &str) -> String {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// A rule that had too little data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotJudged {
    /// The rule's id.
    pub rule: String,
    /// What is missing.
    pub why: String,
}

impl NotJudged {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["rule", "why"],
        "The rule's id, and what is missing.",
    )];
}

impl From<&rules::NotJudged> for NotJudged {
    fn from(found: &rules::NotJudged) -> Self {
        NotJudged {
            rule: found.rule.to_string(),
            why: found.why.clone(),
        }
    }
}

/// A limit that has another value than its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// The rule's id.
    pub rule: String,
    /// The limit's key.
    pub limit: String,
    /// What it was, in the limit's unit.
    pub default: Rounded<6>,
    /// What it was in this report.
    pub value: Rounded<6>,
}

impl Changed {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["rule", "limit", "default", "value"],
        "The rule's id, the limit's key, its default and what it was here; `niggle rules ID` has the units.",
    )];
}

impl From<&rules::limits::Changed> for Changed {
    fn from(changed: &rules::limits::Changed) -> Self {
        Changed {
            rule: changed.rule.to_string(),
            limit: changed.limit.to_string(),
            default: changed.default.into(),
            value: changed.value.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{day, finding};

    fn at(site: Site, side: Option<Side>) -> rules::Finding {
        rules::Finding {
            site: Some(site),
            side,
            ..finding("pain-over-a-week", day(3), day(9))
        }
    }

    #[test]
    fn ids_can_be_read() {
        for (finding, id) in [
            (
                at(Site::Shin, Some(Side::Right)),
                "pain-over-a-week/right-shin/2025-01-09",
            ),
            (
                at(Site::LowerBack, None),
                "pain-over-a-week/lower-back/2025-01-09",
            ),
            (
                at(Site::Unnamed, None),
                "pain-over-a-week/unnamed/2025-01-09",
            ),
            (
                at(Site::Other(Word::new("old scar / néck")), Some(Side::Left)),
                "pain-over-a-week/left-old-scar-néck/2025-01-09",
            ),
            (
                at(Site::Other(Word::NONE), None),
                "pain-over-a-week/other/2025-01-09",
            ),
            (
                finding("no-deload", day(0), day(20)),
                "no-deload/2025-01-06",
            ),
        ] {
            assert_eq!(ids(&[finding]), [id]);
        }
    }

    #[test]
    fn an_id_stays_when_the_finding_gets_longer_or_louder() {
        let short = at(Site::Shin, Some(Side::Right));
        let longer = rules::Finding {
            to: day(30),
            severity: Severity::Urgent,
            observed: Some(28.0),
            message: "Longer.".to_string(),
            run_ids: vec!["20250110-0700-00000000".to_string()],
            ..short.clone()
        };
        assert_eq!(ids(&[longer]), ids(&[short]));
    }

    #[test]
    fn alike_findings_are_told_apart_whatever_their_order() {
        let shoe = |name: &str, to: i64| rules::Finding {
            message: format!("Your {name} shoes."),
            ..finding("shoe-distance", day(0), day(to))
        };
        let with_run = rules::Finding {
            run_ids: vec!["20250106-0700-1".to_string()],
            ..shoe("aged", 3)
        };
        let known = |findings: &[rules::Finding]| {
            let named: BTreeMap<String, String> = ids(findings)
                .into_iter()
                .zip(findings.iter().map(|finding| finding.message.clone()))
                .collect();
            named
        };
        let first = known(&[shoe("red", 9), with_run.clone(), shoe("blue", 2)]);
        let expected = [("", "blue"), ("/2", "red"), ("/3", "aged")].map(|(end, name)| {
            (
                format!("shoe-distance/2025-01-06{end}"),
                format!("Your {name} shoes."),
            )
        });
        assert_eq!(first, BTreeMap::from(expected));
        assert_eq!(
            known(&[shoe("blue", 30), shoe("red", 40), with_run]),
            first,
            "longer, and in another order"
        );
    }

    #[test]
    fn fourteen_days_are_current() {
        let found = findings(&[finding("no-deload", day(0), day(20))], day(34));
        assert!(found[0].current && found[0].loudness().is_some());
        assert!(!findings(&[finding("no-deload", day(0), day(20))], day(35))[0].current);
        let unknown = Finding {
            severity: "apocalypse".to_string(),
            ..found[0].clone()
        };
        assert_eq!(unknown.loudness(), None);
    }
}
