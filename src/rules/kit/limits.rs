//! The limits that a runner changed: read from `RULE.NAME=VALUE`, checked once, and looked up through [`crate::rules::Context::limit`].
//!
//! What decides over the triage table stays as it is: a report must not quieten an alarm by configuration. So do the gates
//! of the statistics, which were fixed before anything was tested. How loud a rule may be is no limit and cannot be changed.

use crate::option::LIMIT;
use crate::pain::edit_distance;
use crate::rules::{Change, Limit, RULES, Rule};

/// One limit that has another value than its default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changed {
    /// The rule's id.
    pub rule: &'static str,
    /// The limit's key, [`Limit::key`].
    pub limit: &'static str,
    /// What it was.
    pub default: f64,
    /// What it is in this report.
    pub value: f64,
}

impl Changed {
    fn is_same_limit(&self, other: &Changed) -> bool {
        (self.rule, self.limit) == (other.rule, other.limit)
    }

    /// `single-run-spike.small-jump-percent = 15 (default 10)`.
    pub fn text(&self) -> String {
        format!(
            "{} = {} (default {})",
            name(self.rule, self.limit),
            self.value,
            self.default
        )
    }
}

/// The limits that differ from their defaults, in the order of the handbook whatever the order they were given in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits(Vec<Changed>);

/// No limit changed.
pub static DEFAULTS: Limits = Limits(Vec::new());

impl Limits {
    /// Reads options of the form `RULE.NAME=VALUE`; NAME is the limit's key with `-` or `_`.
    ///
    /// # Errors
    /// One line on the first that makes no sense, with the nearest that would.
    pub fn parse(options: &[String]) -> Result<Limits, String> {
        let mut given: Vec<Changed> = Vec::new();
        for option in options {
            let changed = one(option)?;
            if given.iter().any(|other| other.is_same_limit(&changed)) {
                return Err(format!(
                    "{LIMIT} {option}: that limit is given twice. Give it once."
                ));
            }
            given.push(changed);
        }
        // A limit "changed" to its default is not changed; it was noted so far only to be seen twice.
        given.retain(|changed| changed.value != changed.default);
        given.sort_by_key(place);
        let limits = Limits(given);
        limits.all_in_order()?;
        Ok(limits)
    }

    fn all_in_order(&self) -> Result<(), String> {
        let mut pairs = RULES
            .iter()
            .flat_map(|rule| rule.ordered.iter().map(move |pair| (rule, pair)));
        pairs.try_for_each(|(rule, pair)| self.in_order(rule, pair))
    }

    /// Every changed limit.
    pub fn changed(&self) -> &[Changed] {
        &self.0
    }

    /// The changed limits of one rule.
    pub fn of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Changed> {
        self.0.iter().filter(move |changed| changed.rule == rule)
    }

    /// Whether a finding of the rule rests on a changed limit.
    pub fn bear_on(&self, rule: &str) -> bool {
        let mut changed = self.0.iter();
        changed.any(|changed| changed.rule == rule || rests_on(rule, changed))
    }

    /// The value in force of a limit of the rule.
    pub fn value(&self, rule: &str, limit: Limit) -> f64 {
        self.of(rule)
            .find(|changed| changed.limit == limit.key)
            .map_or(limit.value, |changed| changed.value)
    }

    /// The value in force of the rule's limit with this key. None when there is no such limit.
    pub fn value_of(&self, rule: &str, key: &str) -> Option<f64> {
        let limit = crate::rules::rule(rule)?
            .limits
            .iter()
            .find(|limit| limit.key == key)?;
        Some(self.value(rule, *limit))
    }

    fn in_order(&self, rule: &Rule, (smaller, larger): &(Limit, Limit)) -> Result<(), String> {
        ordered(self.named(rule, *smaller), self.named(rule, *larger))
    }

    fn named(&self, rule: &Rule, limit: Limit) -> (String, f64) {
        (name(rule.id, limit.key), self.value(rule.id, limit))
    }
}

/// Whether the rule counts with what the rule of the changed limit finds.
fn rests_on(rule: &str, changed: &Changed) -> bool {
    let rule = crate::rules::rule(rule);
    rule.is_some_and(|rule| {
        let mut others = rule.rests_on.iter();
        others.any(|other| other.id == changed.rule)
    })
}

fn ordered((smaller, small): (String, f64), (larger, large): (String, f64)) -> Result<(), String> {
    if small <= large {
        return Ok(());
    }
    Err(format!(
        "{LIMIT}: {smaller} ({small}) must not be above {larger} ({large}). Change both, or neither."
    ))
}

/// The name that the option takes: `single-run-spike.small-jump-percent`.
pub fn name(rule: &str, key: &str) -> String {
    format!("{rule}.{}", key.replace('_', "-"))
}

/// How to change the limit, as a sentence: its option and what it may be, or why it is fixed.
pub fn how_to_change(rule: &Rule, limit: &Limit) -> String {
    match limit.change {
        Change::Fixed(why) => format!("Fixed: {why}."),
        change => format!(
            "To change it: `{LIMIT} {}=VALUE`, {}.",
            name(rule.id, limit.key),
            change.words()
        ),
    }
}

/// Where a changed limit stands in the handbook.
fn place(changed: &Changed) -> (Option<usize>, Option<usize>) {
    let rule = RULES.iter().position(|rule| rule.id == changed.rule);
    (
        rule,
        rule.and_then(|at| {
            RULES[at]
                .limits
                .iter()
                .position(|limit| limit.key == changed.limit)
        }),
    )
}

fn one(option: &str) -> Result<Changed, String> {
    let wrong = |why: String| format!("{LIMIT} {option}: {why}");
    let form = || wrong(FORM.to_string());
    let (name, value) = option.split_once('=').ok_or_else(form)?;
    let (rule, key) = name.split_once('.').ok_or_else(form)?;
    let rule = the_rule(rule.trim()).map_err(wrong)?;
    let limit = the_limit(rule, key.trim()).map_err(wrong)?;
    Ok(Changed {
        rule: rule.id,
        limit: limit.key,
        default: limit.value,
        value: the_value(limit, value.trim()).map_err(wrong)?,
    })
}

const FORM: &str =
    "a limit is changed by RULE.NAME=VALUE, as single-run-spike.small-jump-percent=15.";

fn the_value(limit: &Limit, value: &str) -> Result<f64, String> {
    if let Change::Fixed(why) = limit.change {
        return Err(format!("this limit cannot be changed: {why}."));
    }
    let number: Option<f64> = value.parse().ok();
    let allowed = number.filter(|number| limit.change.allows(*number));
    allowed.ok_or_else(|| {
        let (range, default) = (limit.change.words(), limit.value);
        format!("\"{value}\" is not {range}. Its default is {default}.")
    })
}

fn the_rule(id: &str) -> Result<&'static Rule, String> {
    crate::rules::rule(id).ok_or_else(|| no_such_rule(id))
}

/// That there is no such rule, and which ids are nearest to what was written.
pub fn no_such_rule(id: &str) -> String {
    let near = nearest(
        id,
        RULES.iter().map(|rule| rule.id.to_string()).collect(),
        3,
    );
    format!(
        "there is no rule \"{id}\". The nearest are {}; `niggle rules` lists them all.",
        near.join(", ")
    )
}

fn the_limit(rule: &'static Rule, key: &str) -> Result<&'static Limit, String> {
    let wanted = key.replace('-', "_");
    let limit = rule.limits.iter().find(|limit| limit.key == wanted);
    limit.ok_or_else(|| no_such_limit(rule, key, &wanted))
}

/// That the rule has no such limit, and which it has that can be changed, the nearest first.
fn no_such_limit(rule: &Rule, key: &str, wanted: &str) -> String {
    let limits = rule.limits.iter();
    let changeable = limits.filter(|limit| !matches!(limit.change, Change::Fixed(_)));
    let keys = changeable.map(|limit| limit.key.to_string()).collect();
    let near = nearest(wanted, keys, usize::MAX)
        .join(", ")
        .replace('_', "-");
    let id = rule.id;
    match near.is_empty() {
        true => format!("{id} has no limit \"{key}\", and none that can be changed."),
        false => format!("{id} has no limit \"{key}\". It has {near}."),
    }
}

/// The candidates that differ least from what was written, nearest first.
fn nearest(written: &str, mut candidates: Vec<String>, count: usize) -> Vec<String> {
    // Whatever was written, a few letters are enough to compare.
    let written: String = written.chars().take(60).collect();
    let holds = |candidate: &str| candidate.contains(&written) || written.contains(candidate);
    candidates.sort_by_key(|candidate| (!holds(candidate), edit_distance(&written, candidate)));
    candidates.truncate(count);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(options: &[&str]) -> Result<Limits, String> {
        Limits::parse(
            &options
                .iter()
                .map(|option| option.to_string())
                .collect::<Vec<_>>(),
        )
    }

    fn check(options: &[&str], expected: &[(&str, f64)]) {
        let limits = parse(options).unwrap_or_else(|error| panic!("{options:?}: {error}"));
        let found: Vec<_> = limits
            .changed()
            .iter()
            .map(|c| (name(c.rule, c.limit), c.value))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, value)| (name.to_string(), *value))
            .collect();
        assert_eq!(found, expected, "{options:?}");
    }

    #[test]
    fn limits_are_read_in_any_order_and_kept_in_the_handbooks() {
        let [spike, ratio] = [
            "single-run-spike.small-jump-percent",
            "acwr-high.coupled-ratio",
        ];
        check(&[], &[]);
        check(
            &["single-run-spike.small-jump-percent=15"],
            &[(spike, 15.0)],
        );
        check(
            &["single-run-spike.small_jump_percent = 12.5"],
            &[(spike, 12.5)],
        );
        check(
            &[
                "acwr-high.coupled-ratio=1.5",
                "single-run-spike.small-jump-percent=15",
            ],
            &[(spike, 15.0), (ratio, 1.5)],
        );
        check(
            &[
                "single-run-spike.small-jump-percent=15",
                "acwr-high.coupled-ratio=1.5",
            ],
            &[(spike, 15.0), (ratio, 1.5)],
        );
        check(&["single-run-spike.small-jump-percent=10"], &[]);
    }

    #[test]
    fn only_the_rules_own_limit_is_changed() {
        let limits = parse(&["ascent-spike.note-ratio=1.8"]).unwrap();
        let value = |rule| limits.value_of(rule, "note_ratio");
        assert_eq!(
            [value("ascent-spike"), value("descent-spike")],
            [Some(1.8), Some(1.5)]
        );
        assert_eq!(limits.value_of("ascent-spike", "no_such_key"), None);
        assert_eq!(
            ["ascent-spike", "descent-spike"].map(|rule| limits.bear_on(rule)),
            [true, false]
        );
        let low = parse(&["cadence-low-absolute.low-spm=150"]).unwrap();
        let rules = ["cadence-nudge", "cadence-low-absolute", "cadence-below-own"];
        assert_eq!(rules.map(|rule| low.bear_on(rule)), [true, true, false]);
    }

    #[test]
    fn nonsense_is_refused_with_what_would_make_sense() {
        for (option, words) in [
            ("15", "RULE.NAME=VALUE"),
            ("single-run-spike=15", "RULE.NAME=VALUE"),
            (
                "single-run-spikes.small-jump-percent=15",
                "The nearest are single-run-spike,",
            ),
            ("weekly.note-percent=15", "The nearest are weekly-"),
            (
                "single-run-spike.small-jump=15",
                "It has small-jump-percent,",
            ),
            (
                "single-run-spike.small-jump-percent=much",
                "\"much\" is not a number from 0 to 1000. Its default is 10.",
            ),
            (
                "single-run-spike.small-jump-percent=",
                "\"\" is not a number",
            ),
            (
                "single-run-spike.small-jump-percent=-1",
                "\"-1\" is not a number from 0",
            ),
            (
                "single-run-spike.small-jump-percent=NaN",
                "\"NaN\" is not a number",
            ),
            (
                "single-run-spike.small-jump-percent=inf",
                "\"inf\" is not a number",
            ),
            (
                "single-run-spike.minimum-runs=4.5",
                "\"4.5\" is not a whole number from 1 to 100.",
            ),
            (
                "cadence-below-own.note-percent=3",
                "\"3\" is not a number from -30 to -0.5.",
            ),
            (
                "settled-week.largest-rating=5",
                "is not a number from 0 to 2.",
            ),
            (
                "red-flag-severe.severe-pain=9",
                "cannot be changed: the triage table rests on it",
            ),
            (
                "pain-over-a-week.week-days=30",
                "cannot be changed: the triage table rests on it",
            ),
            ("red-flag-severe.severe=9", "none that can be changed"),
            (
                "load-pain-link.maximum-q=0.5",
                "cannot be changed: the statistics were fixed",
            ),
            ("single-run-spike.cap=1", "has no limit \"cap\""),
        ] {
            let error = parse(&[option]).expect_err(option);
            assert!(
                error.starts_with("--limit ") && error.contains(words),
                "{option}: {error}"
            );
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }

    #[test]
    fn limits_keep_their_order_and_are_given_once() {
        let error = parse(&["single-run-spike.small-jump-percent=140"]).expect_err("above 100");
        assert!(error.contains(
            "small-jump-percent (140) must not be above single-run-spike.large-jump-percent (100)"
        ));
        let both = [
            "single-run-spike.small-jump-percent=140",
            "single-run-spike.large-jump-percent=160",
        ];
        assert_eq!(parse(&both).map(|limits| limits.changed().len()), Ok(2));
        assert!(
            parse(&[both[0], both[0]])
                .expect_err("twice")
                .contains("given twice")
        );
        let default = "single-run-spike.small-jump-percent=10";
        assert!(
            parse(&[default, default])
                .expect_err("twice")
                .contains("given twice")
        );
    }

    #[test]
    fn defaults_lie_in_their_ranges_and_in_their_order() {
        for rule in RULES {
            for limit in rule.limits {
                let is_fixed = matches!(limit.change, Change::Fixed(_));
                assert!(
                    is_fixed || limit.change.allows(limit.value),
                    "{}.{}",
                    rule.id,
                    limit.key
                );
            }
        }
        for (rule, (smaller, larger)) in RULES
            .iter()
            .flat_map(|rule| rule.ordered.iter().map(move |pair| (rule, pair)))
        {
            assert!(
                smaller.value <= larger.value,
                "{}: {} {}",
                rule.id,
                smaller.key,
                larger.key
            );
            let own = |limit: &Limit| rule.limits.iter().any(|other| other.key == limit.key);
            assert!(
                own(smaller) && own(larger),
                "{}: {} {}",
                rule.id,
                smaller.key,
                larger.key
            );
        }
    }

    #[test]
    fn nothing_of_the_triage_table_can_be_changed() {
        for (_, id) in crate::rules::triage::table() {
            let rule = crate::rules::rule(id).expect("a rule of the table");
            assert!(
                rule.limits
                    .iter()
                    .all(|limit| matches!(limit.change, Change::Fixed(_))),
                "{id}"
            );
        }
    }
}
