//! Red flag: a throat, tongue or face that swells.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-throat",
    title: "A swelling throat, tongue or face",
    headline: "a swelling throat, tongue or face",
    why: "Stings, foods and painkillers can make a throat swell, and then minutes count.",
    formula: "Any day with throat_swelling, in the signs column or the note; wheezing or vomiting on the same day is told with it. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 40)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for an ambulance when the throat or tongue swells, with or without wheezing, hives or faintness. It is advice for everyone.",
        sources: &[
            "nidirect (Northern Ireland), page on severe allergic reactions, nidirect.gov.uk/conditions/anaphylaxis, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a swelling throat, tongue or face. That can get worse within minutes. Please call your emergency number ({number}) now if it is still there or comes back.",
    check: Check::Data(check),
};

const ADVICE: &str = "That can get worse within minutes. Please call your emergency number ({number}) now if it is still there or \
                      comes back.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_an_emergency(ctx, &RULE, ADVICE);
    sighting::judge_by_date(ctx, &flag, |day| {
        day.signs_in_company(&[Sign::ThroatSwelling], &[Sign::Wheeze, Sign::Vomiting])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_red_flag, check_too_little_data, flagged, harmless, noted,
    };

    #[test]
    fn the_throat_rings_and_a_wheeze_or_a_swollen_ankle_does_not() {
        check_red_flag(&RULE, vec![noted(&[Sign::ThroatSwelling])], true);
        for sign in [Sign::Wheeze, Sign::Swelling, Sign::Vomiting] {
            check_red_flag(&RULE, vec![noted(&[sign])], false);
        }
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![noted(&[Sign::ThroatSwelling, Sign::Wheeze])]
            )[0]
            .text(),
            "Your note of 23 Mar 2025 mentions a swelling throat, tongue or face and wheezing. That can get worse within \
             minutes. Please call your emergency number (112, 911 or 999) now if it is still there or comes back."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
