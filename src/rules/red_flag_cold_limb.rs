//! Red flag: a cold or pale leg or foot.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::{Everyday, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-cold-limb",
    title: "A cold or pale leg",
    headline: "a cold or pale leg",
    why: "Cold toes in winter come back with the warmth. A leg that stays cold and pale and hurts is short of blood.",
    formula: "Any day with cold_limb, in the signs column or the note, that the note does not explain with laces or warmth; numbness, tingling, weakness, swelling, deformity or a knock on the same day is told with it. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 80)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health pages on sprains send a limb that is cold, numb or of another colour to an emergency department the same day, and health services name sudden pain with a cold, pale leg as a reason to go there at once.",
        sources: &[
            "Portsmouth health and care, page on sprains, healthandcare.portsmouth.gov.uk/sprains-and-strains, read November 2026.",
            "HealthInfo New Zealand (2022), page on a leg without blood, www.healthinfo.org.nz/acute-limb-ischaemia.htm, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a cold or pale limb (left foot). If it does not warm up and turn pink again, please go to an emergency department today.",
    check: Check::Data(check),
};

const ADVICE: &str = "If it does not warm up and get its colour back, please go to an emergency department today. In the cold it mostly does.";
const IF_BACK: &str = "please go to an emergency department the same day if it does not warm up.";

/// Told with it.
const COMPANY: &[Sign] = &[
    Sign::Numbness,
    Sign::Tingling,
    Sign::Weakness,
    Sign::Swelling,
    Sign::Deformity,
    Sign::Trauma,
];

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    sighting::judge(ctx, &flag, seen)
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    told_if(
        !day.is_everyday(&[Everyday::Laces]),
        day.signs_in_company(&[Sign::ColdLimb], COMPANY),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, flagged, harmless,
    };

    fn foot(signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..at(20, Site::Foot, Side::Left)
        }
    }

    #[test]
    fn cold_is_for_today_and_numb_alone_is_not() {
        check_red_flag(&RULE, vec![foot(&[Sign::ColdLimb])], true);
        check_red_flag(&RULE, vec![foot(&[Sign::ColdLimb, Sign::Numbness])], true);
        check_red_flag(&RULE, vec![foot(&[Sign::Numbness])], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                site: None,
                side: None,
                ..foot(&[Sign::ColdLimb])
            }],
            true,
        );
        check_red_flag(
            &RULE,
            vec![Entry {
                everyday_in_note: [Everyday::Laces].into(),
                ..foot(&[Sign::ColdLimb])
            }],
            false,
        );
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![foot(&[Sign::ColdLimb, Sign::Numbness])])[0].text(),
            "Your note of 23 Mar 2025 mentions a cold or pale limb and numbness (left foot). If it does not warm up and get \
             its colour back, please go to an emergency department today. In the cold it mostly does."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
