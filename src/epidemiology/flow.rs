//! Who was left out on the way from everybody to those who count, as the flow diagram of a study counts them (CONSORT 2010, BMJ 340:c332;
//! STROBE, item 13).

use super::{Out, Why};
use crate::keys::Keys;
use schemars::JsonSchema;
use serde::Serialize;

/// Everybody, step by step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Flow {
    /// Everybody whom the folder or a table speaks of.
    pub assessed: usize,
    /// Who was left out, by reason in the order of the steps; reasons without anybody are not there.
    pub left_out: Vec<FlowBox>,
    /// Who is left: their injuries and their exposure are counted.
    pub watched: usize,
    /// Of those, who takes part in a test of load and pain.
    pub tested: usize,
}

/// Those who were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FlowBox {
    /// Why.
    pub why: Why,
    /// How many.
    pub runners: usize,
}

impl Flow {
    /// What its keys are.
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["assessed"],
            "Everybody whom the folder or a table speaks of.",
        ),
        Keys::each(
            &["left_out"],
            "Who was left out, by reason in the order of the steps.",
            &[
                Keys::of(
                    &["why"],
                    "The reason: not_listed, doubled, no_consent, negative_follow_up, same_recordings, no_recordings, link, \
                 unreadable, no_run, no_log, unusable_log, not_watched (log and recordings share no day of the follow-up) or copy (the same \
                 as another in all that is counted).",
                ),
                Keys::of(&["runners"], "How many runners."),
            ],
        ),
        Keys::of(
            &["watched"],
            "Who is left: their injuries and exposure are counted.",
        ),
        Keys::of(
            &["tested"],
            "Of those, who takes part in a test of load and pain.",
        ),
    ];

    /// Of those who were left out, and how many were watched and tested.
    pub fn of(out: &[Out], watched: usize, tested: usize) -> Flow {
        let boxes = Why::ALL.into_iter().map(|why| FlowBox {
            why,
            runners: out.iter().filter(|out| out.why == why).count(),
        });
        Flow {
            assessed: out.len() + watched,
            left_out: boxes.filter(|one| one.runners > 0).collect(),
            watched,
            tested,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_somewhere() {
        let out = |why| Out::new("x", why, "");
        let all = [out(Why::NoLog), out(Why::NoConsent), out(Why::NoLog)];
        let flow = Flow::of(&all, 5, 4);
        assert_eq!((flow.assessed, flow.watched, flow.tested), (8, 5, 4));
        let boxes: Vec<(Why, usize)> = flow
            .left_out
            .iter()
            .map(|one| (one.why, one.runners))
            .collect();
        assert_eq!(boxes, [(Why::NoConsent, 1), (Why::NoLog, 2)]);
    }
}
