//! How a rule is looked back upon: whether pain that follows its findings is counted, from when on it can have spoken, and the
//! places it bears on.

use crate::pain::Site;
use crate::rules::{Limit, Limits, Rule};

/// Whether the backtest counts pain after a rule's findings.
#[derive(Debug, Clone, Copy)]
pub enum Backtest {
    /// It does: the rule is about load, cadence, climbing, sleep or shoes.
    Counted(Pattern),
    /// It does not, and why.
    Apart(&'static str),
}

impl Backtest {
    /// For red flags and rules about pain: of course pain is near them.
    pub const MADE_OF_PAIN: Backtest =
        Backtest::Apart("It is made of pain, so of course pain is near it.");
    /// For rules about holes in the data.
    pub const ABOUT_DATA: Backtest = Backtest::Apart("It says nothing about the body.");
}

/// A rule that pain may follow.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The finding's days that must have passed before the rule can have spoken; 1 for what is seen on one day. The flag
    /// goes up on that day of the finding, or on its last day where it is shorter: a rule that looks back over a window
    /// can speak at the end of it only, and a flag that was up before would know what was yet to come.
    pub complete_days: i64,
    /// Limits of the rule that set its window, with the days of one of their units: a longer window makes the rule speak
    /// later, and its flag goes up no earlier.
    pub windows: &'static [(Limit, f64)],
    /// What must be known of the days before for silence to mean that nothing stood out.
    pub needs: Needs,
    /// Where it is looked for this week; the backtest looks everywhere.
    pub bears_on: Places,
}

impl Pattern {
    /// Of a rule about load, which reaches every place.
    pub const fn of_load(complete_days: i64) -> Pattern {
        Pattern {
            complete_days,
            windows: &[],
            needs: Needs::Recordings,
            bears_on: Places::Everywhere,
        }
    }

    /// Of a rule about how or on what someone runs, which reaches these places.
    pub const fn of_form(complete_days: i64, sites: &'static [Site]) -> Pattern {
        Pattern {
            bears_on: Places::Only(sites),
            ..Pattern::of_load(complete_days)
        }
    }

    /// The same under these limits.
    pub fn under(self, limits: &Limits, rule: &Rule) -> Pattern {
        let days = self
            .windows
            .iter()
            .map(|(limit, days)| (limits.value(rule.id, *limit) * days) as i64);
        Pattern {
            complete_days: days.fold(self.complete_days, i64::max),
            ..self
        }
    }
}

/// What a rule's silence rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Recordings of the 28 days before.
    Recordings,
    /// Sleep of five of the last seven nights.
    Sleep,
}

/// Places a rule bears on.
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
