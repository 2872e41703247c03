//! Red flag: chest pain, breathlessness or coughing blood in the log.

use super::{
    Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance,
    sighting::{self, Flag},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-chest",
    title: "Chest pain, breathlessness or coughing blood",
    headline: "chest pain, short of breath or blood when coughing",
    why: "Few things in a running diary cannot wait. These are among them, with or without trouble in the legs.",
    formula: "Any day with chest_pain, breathless or cough_blood, in the signs column or the note. A racing heart or nearly fainting on the same day is told with it. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 10)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask everyone to call an ambulance for chest pain that is sudden and does not go, or that comes with breathlessness, sweat or faintness, and for a swollen leg together with breathlessness. Pain that came and went is for a doctor soon. It is advice for everyone, not a study of runners.",
        sources: &[
            "NHS, page on chest pain, nhs.uk/conditions/chest-pain, read November 2026 in a mirrored copy (chartermedicalcentre.co.uk/chest-pain).",
            "HSE Ireland, page on chest pain, www2.hse.ie/conditions/chest-pain, read November 2026.",
            "NHS, page on a swollen leg, beta.nhs.uk/conditions/deep-vein-thrombosis-dvt, read November 2026.",
            "Asthma + Lung UK, page on signs that cannot wait, asthmaandlung.org.uk/conditions/pulmonary-embolism/what-symptoms, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged chest pain. Please call your emergency number ({number}) now if it is still there or comes back.",
    check: Check::Data(check),
};

const ADVICE: &str =
    "Please call your emergency number ({number}) now if it is still there or comes back.";

/// Signs that ring by themselves.
const OWN: &[Sign] = &[Sign::ChestPain, Sign::Breathless, Sign::CoughBlood];

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_an_emergency(ctx, &RULE, ADVICE);
    sighting::judge_by_date(ctx, &flag, |day| {
        day.signs_in_company(OWN, &[Sign::Palpitations, Sign::NearFaint])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, day, flagged, harmless,
    };

    #[test]
    fn one_row_or_one_note_is_enough() {
        for sign in OWN {
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs: [*sign].into(),
                    ..Entry::on(day(20))
                }],
                true,
            );
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs_in_note: [*sign].into(),
                    ..Entry::on(day(6))
                }],
                true,
            );
        }
        let leg = Entry {
            signs: [Sign::Swelling, Sign::Breathless].into(),
            ..at(20, Site::Calf, Side::Left)
        };
        check_red_flag(&RULE, vec![leg], true);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn a_heart_that_races_or_a_faint_alone_is_for_other_rules() {
        for sign in [
            Sign::Palpitations,
            Sign::NearFaint,
            Sign::FaintAfter,
            Sign::Collapse,
            Sign::Wheeze,
        ] {
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs: [sign].into(),
                    ..Entry::on(day(20))
                }],
                false,
            );
        }
    }

    #[test]
    fn words() {
        let rows = vec![Entry {
            signs: [Sign::Breathless].into(),
            ..Entry::on(day(20))
        }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged breathlessness. \
             Please call your emergency number (112, 911 or 999) now if it is still there or comes back."
        );
    }

    #[test]
    fn what_came_with_it_on_another_row_of_the_day_is_told() {
        let chest = Entry {
            signs_in_note: [Sign::ChestPain].into(),
            ..Entry::on(day(20))
        };
        let faint = Entry {
            signs_in_note: [Sign::NearFaint, Sign::Palpitations].into(),
            ..at(20, Site::Knee, Side::Left)
        };
        let found = flagged(&RULE, 20, vec![chest, faint]);
        let start = "Your note of 23 Mar 2025 mentions chest pain, a racing or fluttering heart and nearly fainting. ";
        assert!(
            found.len() == 1 && found[0].text().starts_with(start),
            "{found:?}"
        );
        assert_eq!((found[0].site, found[0].side), (None, None));
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
