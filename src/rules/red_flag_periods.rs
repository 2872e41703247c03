//! Red flag: periods that stay away.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-periods",
    title: "Missed periods",
    headline: "missed periods",
    why: "Periods that stay away are often the first sign that training gets more energy than the body has to spare; bones notice later.",
    formula: "Any day with missed_periods, in the signs column or the note. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 170)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "The sports medicine consensus counts three or more missed periods in a row as a primary sign of too little energy for health and training, with or without pain. Pregnancy, stress and the change of life are other causes, and a doctor can tell.",
        sources: &[
            "REDs clinical assessment tool 2 (2023), British Journal of Sports Medicine, doi.org/10.1136/bjsports-2023-106914, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions missed periods. There are many causes, and some of them ask for more food rather than less training. Please make an appointment with a doctor this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "There are many causes, and some of them ask for more food rather than less training. Please make an appointment with a doctor this week.";
const IF_BACK: &str = "please make an appointment with a doctor that week.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    sighting::judge_by_date(ctx, &flag, |day| day.signs(&[Sign::MissedPeriods]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_one_sign, check_too_little_data, flagged, noted};

    #[test]
    fn one_row_is_enough_wherever_it_stands() {
        check_one_sign(&RULE, Sign::MissedPeriods, Sign::PregnancyTrouble);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::MissedPeriods])])[0].text(),
            "Your note of 23 Mar 2025 mentions missed periods. There are many causes, and some of them ask for more food rather than less training. Please make an appointment with a doctor this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
