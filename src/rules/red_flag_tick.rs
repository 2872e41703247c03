//! Red flag: a ring or rash after a tick.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-tick",
    title: "A rash after a tick",
    headline: "a rash after a tick",
    why: "A tick that is out needs nothing more. A ring that grows around the place does, and a course of tablets settles it.",
    formula: "Any day with tick_rash, in the signs column or the note; fever on the same day is told with it. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 160)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask people with a rash that spreads in a ring after a tick bite, or with flu-like days after one, to see a doctor promptly; a bite without either needs nothing more.",
        sources: &[
            "Chapel Street Medical Centre (NHS), page on ticks, chapelstreetmcderby.nhs.uk/practice_news/lyme-disease, read November 2026.",
            "NICSWell (Northern Ireland), page on ticks, www.nicswell.co.uk/, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a ring or rash after a tick. That is treated easily when it is early: please show it to a doctor this week.",
    check: Check::Data(check),
};

const ADVICE: &str =
    "That is treated easily when it is early: please show it to a doctor this week.";
const IF_BACK: &str = "please show it to a doctor that week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    sighting::judge_by_date(ctx, &flag, |day| {
        day.signs_in_company(&[Sign::TickRash], &[Sign::Fever])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_one_sign, check_too_little_data, flagged, noted};

    #[test]
    fn one_row_is_enough_wherever_it_stands() {
        check_one_sign(&RULE, Sign::TickRash, Sign::Redness);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::TickRash])])[0].text(),
            "Your note of 23 Mar 2025 mentions a ring or rash after a tick. That is treated easily when it is early: please show it to a doctor this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
