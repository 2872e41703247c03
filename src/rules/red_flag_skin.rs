//! Red flag: a red line from a wound, or a wound that weeps, spreads or runs a fever.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, LOOK_THAT_WEEK, SEE_THAT_DAY, Seen, told_if},
    triage,
};
use crate::pain::{Everyday, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-skin",
    title: "A wound that turns hot, weeps or draws a red line",
    headline: "a wound that turns hot, weeps or draws a red line",
    why: "Blisters and grazes mend by themselves. When one turns hot and red around, or a line creeps up from it, it needs a doctor.",
    formula: "A day with red_streak: urgent. A weeping_wound with warmth, redness, swelling or fever, or a blister, graze or chafed skin in the note with fever or with two of warmth, redness and swelling at the same place: urgent. A weeping_wound alone: see someone. At an artificial joint it is red-flag-hot-joint.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 130), (Severity::SeeSomeone, 140)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask people with hot, painful, swollen skin around a wound to see a doctor, urgently when it spreads fast or comes with feeling unwell. A red line that runs up from it is named by pages of other countries.",
        sources: &[
            "NHS, page on hot swollen skin, beta.nhs.uk/conditions/cellulitis, read November 2026.",
            "Red Flag Symptoms, page on the same, redflagsymptoms.co.uk/cellulitis, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a red line from a wound (right heel). Skin that does that gets worse within hours and is treated easily when it is early. Please have it seen today.",
    check: Check::Data(check),
};

const ADVICE_TODAY: &str = "Skin that does that can get worse within hours and is treated easily when it is early. Please have it seen \
                            today.";
const ADVICE_THIS_WEEK: &str =
    "Please keep it clean and covered, and have it looked at this week if it does not dry up.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let today = Flag::of_a_place(&RULE, ADVICE_TODAY, SEE_THAT_DAY);
    let this_week =
        Flag::of_a_place(&RULE, ADVICE_THIS_WEEK, LOOK_THAT_WEEK).at(Severity::SeeSomeone);
    let found = [
        sighting::found(ctx, &today, spreading),
        sighting::found(ctx, &this_week, weeping),
    ];
    sighting::conclude(ctx, found)
}

/// What a day shows of the urgent part; [`super::red_flag_swelling`] takes the days without.
pub(super) fn spreading(day: &DayAtSite) -> Vec<Seen> {
    let around = day.signs(&[Sign::Warmth, Sign::Redness, Sign::Swelling]);
    match day.has(Sign::RedStreak) || spreads(day, around.len()) {
        true => [
            day.signs(&[Sign::RedStreak, Sign::WeepingWound]),
            around,
            day.signs(&[Sign::Fever]),
        ]
        .concat(),
        false => Vec::new(),
    }
}

/// Whether what is open has so many signs around it, or a fever, that it is no everyday wound.
fn spreads(day: &DayAtSite, signs_around: usize) -> bool {
    let is_broken = day.is_everyday(&[Everyday::Blister, Everyday::Graze, Everyday::Chafing]);
    let fever = day.has(Sign::Fever);
    day.has(Sign::WeepingWound) && (fever || signs_around > 0)
        || is_broken && (fever || signs_around > 1)
}

fn weeping(day: &DayAtSite) -> Vec<Seen> {
    told_if(
        spreading(day).is_empty() && !day.has(Sign::ArtificialJoint),
        day.signs(&[Sign::WeepingWound]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{at, check_level, check_too_little_data, flagged, harmless};
    use Sign::{Fever, RedStreak, Redness, Swelling, Warmth, WeepingWound};

    fn heel(everyday: &[Everyday], signs: &[Sign]) -> Entry {
        Entry {
            everyday_in_note: everyday.into(),
            signs_in_note: signs.into(),
            ..at(20, Site::Heel, Side::Right)
        }
    }

    #[test]
    fn a_line_or_a_wound_that_spreads_is_for_today() {
        check_level(&RULE, vec![heel(&[], &[RedStreak])], Some(Severity::Urgent));
        check_level(
            &RULE,
            vec![heel(&[], &[WeepingWound])],
            Some(Severity::SeeSomeone),
        );
        for sign in [Warmth, Redness, Swelling, Fever] {
            check_level(
                &RULE,
                vec![heel(&[], &[WeepingWound, sign])],
                Some(Severity::Urgent),
            );
            check_level(&RULE, vec![heel(&[], &[sign])], None);
        }
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn a_blister_is_nothing_until_it_turns_hot_and_red() {
        let blister = [Everyday::Blister];
        check_level(&RULE, vec![heel(&blister, &[])], None);
        check_level(&RULE, vec![heel(&blister, &[Redness])], None);
        check_level(
            &RULE,
            vec![heel(&blister, &[Redness, Warmth])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![heel(&blister, &[Fever])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![heel(&[Everyday::Sunburn], &[Redness, Warmth])],
            None,
        );
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![heel(&[Everyday::Blister], &[RedStreak, WeepingWound])]
            )[0]
            .text(),
            "Your note of 23 Mar 2025 mentions a red line from a wound and a hot or weeping wound (right heel). Skin that \
             does that can get worse within hours and is treated easily when it is early. Please have it seen today."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![heel(&[], &[WeepingWound])])[0].text(),
            "Your note of 23 Mar 2025 mentions a hot or weeping wound (right heel). Please keep it clean and covered, and \
             have it looked at this week if it does not dry up."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
