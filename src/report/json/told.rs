//! One thing that a report says, and what it is known by in another.

use super::{Finding, Keys};
use crate::{
    pain::{Side, Site, site_text},
    rules::{self, Severity},
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one rule said of one place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The id of the loudest such finding. Empty in a file of an earlier niggle.
    #[serde(default)]
    pub id: String,
    /// The rule's id.
    pub rule: String,
    /// The site's word. None for findings that are not about pain.
    pub site: Option<String>,
    /// The side's word. None likewise.
    #[schemars(with = "Option<Side>")]
    pub side: Option<String>,
    /// How loud: [`Severity::as_str`].
    #[schemars(with = "Severity")]
    pub severity: String,
    /// Its place and what it says in a few words. Empty in a file of an earlier niggle.
    #[serde(default)]
    pub headline: String,
}

impl Told {
    /// What its keys are.
    pub const KEYS: &[Keys] = &[Keys::of(
        &["id", "rule", "site", "side", "severity", "headline"],
        "As in `findings`; `id` and `headline` are empty where an earlier niggle did not write them.",
    )];

    /// How loud. None for a word that this niggle does not know.
    pub fn loudness(&self) -> Option<Severity> {
        Severity::of(&self.severity)
    }

    /// What it is known by from report to report: its id without the day, as `pain-high/right-shin`.
    pub fn key(&self) -> String {
        if !self.id.is_empty() {
            return without_day(&self.id);
        }
        let place = [self.side.as_deref(), self.site.as_deref()];
        let place: Vec<&str> = place.into_iter().flatten().collect();
        match place.is_empty() {
            true => self.rule.clone(),
            false => format!("{}/{}", self.rule, place.join("-")),
        }
    }

    /// What its place is known by, `right-shin`; of what has none the rule's id.
    pub fn place_key(&self) -> String {
        let key = self.key();
        key.split_once('/')
            .map_or(key.clone(), |(_, place)| place.to_string())
    }

    /// Its place in words, `right shin`; of what has none what the rule says in a few words.
    pub fn place_words(&self) -> String {
        let Some(site) = self.site.as_deref() else {
            return rules::rule(&self.rule)
                .map_or(self.rule.clone(), |rule| rule.headline.to_string());
        };
        let known = Site::ALL.iter().find(|known| known.as_str() == site);
        let side = Side::ALL
            .iter()
            .find(|known| Some(known.as_str()) == self.side.as_deref());
        match known {
            Some(site) => site_text(*site, side.copied()),
            // A word of the runner's own stands in the id alone.
            None => self.place_key().replace('-', " "),
        }
    }

    /// What it says in a few words; the rule's id where an earlier niggle kept none.
    pub fn words(&self) -> &str {
        if self.headline.is_empty() {
            &self.rule
        } else {
            &self.headline
        }
    }
}

impl From<&Finding> for Told {
    fn from(finding: &Finding) -> Told {
        Told {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            site: finding.site.clone(),
            side: finding.side.clone(),
            severity: finding.severity.clone(),
            headline: finding.headline.clone(),
        }
    }
}

/// An id without its day: what stays of a finding from report to report, as `pain-high/right-shin`.
fn without_day(id: &str) -> String {
    let is_day = |part: &&str| part.parse::<NaiveDate>().is_ok();
    let parts: Vec<&str> = id.split('/').take_while(|part| !is_day(part)).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_and_what_tells_alike_ones_apart_are_no_part_of_the_name() {
        for (id, name) in [
            ("pain-high/right-shin/2025-09-28", "pain-high/right-shin"),
            ("sleep-short/2025-09-29", "sleep-short"),
            ("shoe-distance/2025-09-29/2", "shoe-distance"),
            ("", ""),
        ] {
            assert_eq!(without_day(id), name);
        }
    }

    #[test]
    fn what_an_earlier_niggle_kept_is_known_by_rule_and_place() {
        let told = |site: Option<&str>, side: Option<&str>| Told {
            rule: "pain-high".to_string(),
            site: site.map(str::to_string),
            side: side.map(str::to_string),
            ..Told::default()
        };
        let shin = told(Some("shin"), Some("right"));
        assert_eq!(
            (shin.key().as_str(), shin.words()),
            ("pain-high/right-shin", "pain-high")
        );
        assert_eq!(told(None, None).key(), "pain-high");
    }
}
