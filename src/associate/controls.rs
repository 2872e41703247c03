//! Negative controls: what cannot be a link must not look like one. Tomorrow's running has not made today's pain, and where another place
//! goes with the same load as much, something else may move both ([`crate::method::statistics`], Negative controls).

use super::asked::Asked;
use crate::{
    pain::{Side, Site},
    stats::partial_shift::{Question, Ranked},
};

/// What the pair's statistic is where there can be no such link.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Controls {
    /// Of the load of as many days after the pain (of the same day's load: of the day after), given today's run and yesterday's pain.
    /// None where it is not known.
    pub after: Option<f64>,
    /// Of another place's pain beside the same load. None where no place of another site was tested.
    pub elsewhere: Option<Elsewhere>,
}

/// The most logged place of another site that was tested, beside the same load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elsewhere {
    /// The other site.
    pub site: Site,
    /// Its side; None when the log gives none.
    pub side: Option<Side>,
    /// Its partial rank correlation.
    pub rho: f64,
}

/// What keeps a pair that stands out from being flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// The load after the pain goes with it as much.
    After,
    /// The other place goes with the same load as much, and is no link of its own.
    Elsewhere,
}

impl Control {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Control::After => "after",
            Control::Elsewhere => "elsewhere",
        }
    }
}

/// The partial rho of the load after the pain. `question` is what was tested.
pub(super) fn after(asked: &Asked, question: &Question) -> Option<f64> {
    rho(&asked.after(question))
}

/// As observed, without a shift.
pub(super) fn rho(question: &Question) -> Option<f64> {
    Ranked::of(question)?.given()?.rho()
}
