//! Red flag: severe pain in a muscle that is rock hard or very tight and goes numb.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    limb::may_be_leg,
    red_flag_severe::{SEVERE, rated},
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Everyday, PainType, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-hard-muscle",
    title: "A rock-hard, very painful and numb muscle",
    headline: "a rock-hard, very painful and numb muscle",
    why: "Muscles lie in tight wrappings. Very rarely, after a knock or a huge effort, they swell in them until blood and nerves are squeezed, and then hours count.",
    formula: "A day with pain of 8 or more of 10 at one place of the leg and there hard_muscle or type tight, and numbness, tingling or weakness (sign or type); not where a note says that the numbness went with the laces. All three are needed: a high number alone never raises it.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 70)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "The NHS text asks to call an ambulance or go to an emergency department for sudden severe pain in a limb that is hard and numb, since the pressure has to be taken off within hours. It is advice for everyone, not a study of runners; the 8 is this table's word for severe.",
        sources: &[
            "NHS, page on pressure in a muscle, nhs.uk/conditions/compartment-syndrome, read November 2026 in a mirrored copy (notinline.org/health-conditions/compartment-syndrome).",
            "Boonstra et al. (2016), Frontiers in Psychology 7:1466, doi.org/10.3389/fpsyg.2016.01466, on what ratings count as severe.",
        ],
    },
    limits: &[SEVERE, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged pain 9 of 10, a muscle that is rock hard and numbness (left shin). All three together cannot wait. Please go to an emergency department now if it is still so, or call your emergency number ({number}).",
    check: Check::Data(check),
};

const ADVICE: &str = "All three together cannot wait. Please go to an emergency department now if it is still so, or call your \
                      emergency number ({number}).";
const IF_BACK: &str =
    "please go to an emergency department, or call your emergency number ({number}).";

fn check(ctx: &Context) -> Vec<Outcome> {
    let (advice, if_back) = (ctx.with_number(ADVICE), ctx.with_number(IF_BACK));
    let flag = Flag::of_a_place(&RULE, advice, &if_back);
    let severe_pain = ctx.limit(SEVERE);
    sighting::judge(ctx, &flag, |day| seen(day, severe_pain))
}

/// All three or nothing: severe pain, a hard muscle, and a nerve that suffers.
fn seen(day: &DayAtSite, severe_pain: f64) -> Vec<Seen> {
    let (severe, hard, nerve) = (severe(day, severe_pain), hard(day), nerve(day));
    let is_all = !severe.is_empty() && !hard.is_empty() && !nerve.is_empty();
    match is_all && may_be_leg(day.site) && !day.is_everyday(&[Everyday::Laces]) {
        true => [severe, hard, nerve].concat(),
        false => Vec::new(),
    }
}

fn severe(day: &DayAtSite, severe_pain: f64) -> Vec<Seen> {
    let severe = day.peak().filter(|pain| *pain >= severe_pain);
    severe.map(rated).into_iter().collect()
}

fn hard(day: &DayAtSite) -> Vec<Seen> {
    first_of(
        day.signs(&[Sign::HardMuscle]),
        day.types(&[PainType::Tight]),
    )
}

fn nerve(day: &DayAtSite) -> Vec<Seen> {
    first_of(
        day.signs(&[Sign::Numbness, Sign::Tingling, Sign::Weakness]),
        day.types(&[PainType::Numb, PainType::Tingling]),
    )
}

fn first_of(signs: Vec<Seen>, types: Vec<Seen>) -> Vec<Seen> {
    if signs.is_empty() { types } else { signs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{check_red_flag, check_too_little_data, flagged, sore};

    fn shin(pain: f64, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..sore(20, Site::Shin, Side::Left, pain)
        }
    }

    #[test]
    fn all_three_are_needed() {
        check_red_flag(
            &RULE,
            vec![shin(8.0, &[Sign::HardMuscle, Sign::Numbness])],
            true,
        );
        let tight = Entry {
            types: [PainType::Tight, PainType::Numb].into(),
            ..shin(9.0, &[])
        };
        check_red_flag(&RULE, vec![tight.clone()], true);
        check_red_flag(
            &RULE,
            vec![Entry {
                everyday_in_note: [Everyday::Laces].into(),
                ..tight
            }],
            false,
        );
        check_red_flag(
            &RULE,
            vec![shin(7.5, &[Sign::HardMuscle, Sign::Numbness])],
            false,
        );
        check_red_flag(&RULE, vec![shin(10.0, &[Sign::HardMuscle])], false);
        check_red_flag(&RULE, vec![shin(10.0, &[Sign::Numbness])], false);
        check_red_flag(&RULE, vec![shin(10.0, &[])], false);
    }

    #[test]
    fn an_arm_is_no_leg_and_a_place_without_a_name_may_be_one() {
        let signs = [Sign::HardMuscle, Sign::Numbness];
        let at = |site| Entry {
            site,
            side: None,
            ..shin(9.0, &signs)
        };
        check_red_flag(&RULE, vec![at(None)], true);
        check_red_flag(
            &RULE,
            vec![at(Some(Site::Other(crate::pain::Word::new("lower leg"))))],
            true,
        );
        check_red_flag(
            &RULE,
            vec![at(Some(Site::Other(crate::pain::Word::new("forearm"))))],
            false,
        );
        check_red_flag(&RULE, vec![at(Some(Site::LowerBack))], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![shin(9.0, &[Sign::HardMuscle, Sign::Numbness])]
            )[0]
            .text(),
            "On 23 Mar 2025 you logged pain 9 of 10, a muscle that is rock hard and numbness (left shin). All three \
             together cannot wait. Please go to an emergency department now if it is still so, or call your emergency \
             number (112, 911 or 999)."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
