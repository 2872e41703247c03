//! Red flag: dark urine after an effort.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-urine",
    title: "Dark urine",
    headline: "dark urine",
    why: "Urine like tea or cola after a race or a hard session can mean that muscle is going into the blood, which the kidneys do not like. It is rare, and a blood test settles it.",
    formula: "Any day with dark_urine, in the signs column or the note; a rock-hard muscle, swelling, weakness or vomiting on the same day is told with it. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 100)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Occupational health and sports medicine pages name muscle pain beyond the expected, urine like tea or cola and weakness as reasons for medical care at once, since one blood test tells. Two of the three are enough to ask.",
        sources: &[
            "CDC and NIOSH, page on symptoms of muscle breakdown, cdc.gov/niosh/topics/rhabdo/symptoms.html, read November 2026.",
            "Scalco et al. (2016), pubmed.ncbi.nlm.nih.gov/27900193, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions dark urine. Often it is only too little to drink. Please have blood and urine tested today, since that is how to tell.",
    check: Check::Data(check),
};

const ADVICE: &str = "Often it is only too little to drink. Please have blood and urine tested today, since that is how to tell.";
const IF_BACK: &str = "please have blood and urine tested the same day.";

/// Told with it.
const COMPANY: &[Sign] = &[
    Sign::HardMuscle,
    Sign::Swelling,
    Sign::Weakness,
    Sign::Vomiting,
];

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    sighting::judge_by_date(ctx, &flag, |day| {
        day.signs_in_company(&[Sign::DarkUrine], COMPANY)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_one_sign, check_too_little_data, flagged, noted};

    #[test]
    fn one_row_is_enough_wherever_it_stands() {
        check_one_sign(&RULE, Sign::DarkUrine, Sign::HardMuscle);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::DarkUrine, Sign::HardMuscle])])[0].text(),
            "Your note of 23 Mar 2025 mentions dark urine and a muscle that is rock hard. Often it is only too little to drink. Please have blood and urine tested today, since that is how to tell."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
