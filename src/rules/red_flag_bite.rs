//! Red flag: an animal bite.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-bite",
    title: "An animal bite",
    headline: "an animal bite",
    why: "Dog and cat bites go deep and turn bad within hours; waiting to see is not the way.",
    formula: "Any day with animal_bite, in the signs column or the note. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 140)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for medical help the same day when an animal has broken the skin, without waiting until the wound looks bad.",
        sources: &[
            "The Neaman Practice (NHS), page on animal bites, www.theneamanpractice.nhs.uk/, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions an animal bite. If the skin is broken, please have it cleaned and looked at today, without waiting for it to turn red.",
    check: Check::Data(check),
};

const ADVICE: &str = "If the skin is broken, please have it cleaned and looked at today, without waiting for it to turn red.";
const IF_BACK: &str = "please have it cleaned and looked at the same day.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    sighting::judge_by_date(ctx, &flag, |day| day.signs(&[Sign::AnimalBite]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_one_sign, check_too_little_data, flagged, noted};

    #[test]
    fn one_row_is_enough_wherever_it_stands() {
        check_one_sign(&RULE, Sign::AnimalBite, Sign::TickRash);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::AnimalBite])])[0].text(),
            "Your note of 23 Mar 2025 mentions an animal bite. If the skin is broken, please have it cleaned and looked at today, without waiting for it to turn red."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
