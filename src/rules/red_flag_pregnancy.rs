//! Red flag: bleeding, fluid or contractions in pregnancy.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-pregnancy",
    title: "Trouble in pregnancy",
    headline: "trouble in pregnancy",
    why: "Most pregnant runners may go on running. These signs are the reason to stop and call.",
    formula: "Any day with pregnancy_trouble, in the signs column or the note. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 120)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Obstetricians list bleeding, loss of fluid, regular painful contractions, chest pain, faintness and a swollen calf as the signs to stop exercise and call; without them exercise goes on.",
        sources: &[
            "ACOG Committee Opinion 804 (2020), Obstetrics & Gynecology, doi.org/10.1097/AOG.0000000000003772, abstract read November 2026.",
            "BabyMed, page with the list of ACOG, www.babymed.com/, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions bleeding, fluid or contractions in pregnancy. Please call your midwife or maternity ward today, and do not run until they have said that you may.",
    check: Check::Data(check),
};

const ADVICE: &str = "Please call your midwife or maternity ward today, and do not run until they have said that you may.";
const IF_BACK: &str = "please call your midwife or maternity ward the same day.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_the_body(&RULE, ADVICE, IF_BACK);
    sighting::judge_by_date(ctx, &flag, |day| day.signs(&[Sign::PregnancyTrouble]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{check_one_sign, check_too_little_data, flagged, noted};

    #[test]
    fn one_row_is_enough_wherever_it_stands() {
        check_one_sign(&RULE, Sign::PregnancyTrouble, Sign::MissedPeriods);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::PregnancyTrouble])])[0].text(),
            "Your note of 23 Mar 2025 mentions bleeding, fluid or contractions in pregnancy. Please call your midwife or maternity ward today, and do not run until they have said that you may."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
