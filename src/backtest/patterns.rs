//! The rules that are backtested, when each can have spoken at the earliest, and the places they bear on.
//!
//! Only rules about load, cadence, climbing, sleep and shoes are here. The rules about pain, the red flags and the
//! association rule are made of pain itself, so of course pain is near them; the rules about holes in the data say nothing
//! about the body.

use crate::{pain::Site, rules::sighting::LEG};

/// One rule that pain may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern {
    /// The rule's id.
    pub rule: &'static str,
    /// The finding's days that must have passed before the rule can have spoken; 1 for what is seen on one day. The flag
    /// goes up on that day of the finding, or on its last day where it is shorter.
    pub complete_days: i64,
    /// What must be known of the days before for silence to mean that nothing stood out.
    pub needs: Needs,
    /// Where it is looked for this week; the backtest looks everywhere.
    pub bears_on: Places,
}

/// What a rule's silence rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Recordings of the 28 days before.
    Recordings,
    /// Sleep of five of the last seven nights.
    Sleep,
}

/// Places a rule bears on by rules.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Load reaches every limb and the lower back.
    Everywhere,
    /// These only.
    Only(&'static [Site]),
}

impl Places {
    /// Whether the site is one of them.
    pub fn hold(self, site: Site) -> bool {
        match self {
            Places::Everywhere => site.is_limb(),
            Places::Only(sites) => sites.contains(&site),
        }
    }
}

const CADENCE: Places = Places::Only(&[Site::Knee, Site::Kneecap, Site::Itb, Site::Shin, Site::Hip]);
const UPHILL: Places = Places::Only(&[Site::Calf, Site::Achilles, Site::Foot]);
const DOWNHILL: Places = Places::Only(&[Site::Knee, Site::Kneecap, Site::Quad, Site::Thigh, Site::Itb]);

const fn load(rule: &'static str, complete_days: i64) -> Pattern {
    Pattern { rule, complete_days, needs: Needs::Recordings, bears_on: Places::Everywhere }
}

const fn form(rule: &'static str, complete_days: i64, bears_on: Places) -> Pattern {
    Pattern { rule, complete_days, needs: Needs::Recordings, bears_on }
}

/// Every backtested rule, in the order of the handbook.
pub const PATTERNS: &[Pattern] = &[
    load("single-run-spike", 1),
    load("weekly-distance-jump", 7),
    load("hard-minutes-jump", 7),
    load("acwr-high", 1),
    load("no-deload", 28),
    load("rest-days-few", 10),
    load("load-monotony", 7),
    load("load-strain", 7),
    load("weekly-volume-high", 7),
    load("return-after-break", 7),
    form("cadence-low-absolute", 7, CADENCE),
    form("cadence-below-own", 7, CADENCE),
    form("ascent-spike", 7, UPHILL),
    form("descent-spike", 7, DOWNHILL),
    form("shoe-distance", 1, Places::Only(LEG)),
    Pattern { rule: "sleep-short", complete_days: 7, needs: Needs::Sleep, bears_on: Places::Everywhere },
];

/// The pattern of this rule. None for rules made of pain and for those about the data.
pub fn pattern(rule: &str) -> Option<&'static Pattern> {
    PATTERNS.iter().find(|pattern| pattern.rule == rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    /// Rules that are not backtested: made of pain, or about the data.
    const LEFT_OUT: &[&str] = &[
        "pain-during-run",
        "pain-next-morning",
        "pain-rising",
        "pain-over-a-week",
        "pain-outside-doms",
        "pain-hotspot",
        "running-through-pain",
        "previous-injury",
        // It asks for pain in the knee, shin or hip.
        "cadence-nudge",
        "settled-week",
        "time-loss",
        "ostrc-substantial",
        "soreness-fits-doms",
        "load-pain-link",
        "log-coverage",
        "activity-gap",
    ];

    #[test]
    fn every_rule_is_backtested_or_left_out_on_purpose() {
        for rule in RULES {
            let left_out = rule.id.starts_with("red-flag-") || LEFT_OUT.contains(&rule.id);
            assert!(pattern(rule.id).is_some() != left_out, "{}: in PATTERNS or in LEFT_OUT?", rule.id);
        }
    }

    #[test]
    fn flags_bear_on_the_places_of_their_rule() {
        for (rule, site, bears) in [
            ("descent-spike", Site::Kneecap, true),
            ("descent-spike", Site::Thigh, true),
            ("descent-spike", Site::Calf, false),
            ("ascent-spike", Site::Achilles, true),
            ("ascent-spike", Site::Quad, false),
            ("single-run-spike", Site::LowerBack, true),
            ("single-run-spike", Site::SideStitch, false),
            ("cadence-below-own", Site::Shin, true),
            ("cadence-low-absolute", Site::Hip, true),
            ("cadence-below-own", Site::Calf, false),
            ("shoe-distance", Site::Foot, true),
            ("shoe-distance", Site::LowerBack, false),
            ("sleep-short", Site::LowerBack, true),
        ] {
            assert_eq!(pattern(rule).map(|pattern| pattern.bears_on.hold(site)), Some(bears), "{rule} {site:?}");
        }
    }
}
