//! What the rules said, gathered and in order.

use crate::{
    associate::Association,
    rules::{Check, Finding, NotJudged, Outcome, RULES, Rule},
};
use std::collections::BTreeMap;

/// What the rules said so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// Everything flagged or good.
    pub findings: Vec<Finding>,
    /// Rules that could not judge, and what was missing.
    pub not_judged: Vec<NotJudged>,
}

impl Judged {
    pub(in crate::rules) fn add(&mut self, rule: &Rule, outcomes: Vec<Outcome>) {
        self.make_room(&outcomes);
        for outcome in outcomes {
            match outcome {
                Outcome::Flagged(finding) | Outcome::Good(finding) => self.findings.push(finding),
                Outcome::NotJudged(why) => self.not_judged.push(NotJudged { rule: rule.id, why }),
                Outcome::Clear => {}
            }
        }
    }

    /// For what will be added, and no more: doubling a list of tens of thousands of findings takes room for as many again.
    pub(in crate::rules) fn make_room<'o>(
        &mut self,
        outcomes: impl IntoIterator<Item = &'o Outcome>,
    ) {
        let findings = outcomes.into_iter().filter(|outcome| outcome.is_finding());
        self.findings.reserve_exact(findings.count());
    }

    /// Asks the rules about links between load and pain.
    pub fn hear_links(&mut self, links: &[Association]) {
        for rule in RULES {
            if let Check::Links(check) = rule.check {
                self.add(rule, check(links));
            }
        }
    }

    /// As if every rule had been asked in the order of [`RULES`].
    pub(in crate::rules) fn in_order_of_rules(&mut self) {
        let places = places_of_rules();
        let place = |id: &str| places.get(id).copied();
        // A long log has tens of thousands of findings: they are sorted without a second list of them.
        self.findings
            .sort_by_cached_key(|finding| place(finding.rule));
        self.not_judged
            .sort_by_key(|not_judged| place(not_judged.rule));
    }

    /// Every finding said anew.
    pub(in crate::rules) fn reword(&mut self, reworded: impl Fn(Finding) -> Finding) {
        let findings = std::mem::take(&mut self.findings);
        self.findings = findings.into_iter().map(reworded).collect();
    }

    /// Findings loudest first, then newest first; rules that could not judge in the order they were asked.
    pub fn sorted(mut self) -> (Vec<Finding>, Vec<NotJudged>) {
        self.findings.sort_by_cached_key(|finding| {
            std::cmp::Reverse((finding.severity, finding.to, finding.from))
        });
        (self.findings, self.not_judged)
    }
}

/// Where each rule stands in [`RULES`], by its id.
fn places_of_rules() -> BTreeMap<&'static str, usize> {
    let rules = RULES.iter().enumerate();
    rules.map(|(place, rule)| (rule.id, place)).collect()
}
