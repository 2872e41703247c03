//! Red flag: a heart that races or flutters out of turn.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen, told_if},
    triage,
};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-palpitations",
    title: "A racing or fluttering heart",
    headline: "a racing or fluttering heart",
    why: "A heart may thump at the start of a race. Out of turn, or with faintness, it is worth a look.",
    formula: "A day with palpitations, in the signs column or the note. With near_faint or faint_after on the same day: urgent. Alone: see someone. With chest pain, breathlessness or coughing blood it is red-flag-chest, with collapse red-flag-collapse.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 110), (Severity::SeeSomeone, 70)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Palpitations are usually harmless, say public health services; they ask for an appointment when they keep coming, for an urgent one when they came with faintness, and for an ambulance with chest pain, breathlessness or fainting that is still there. That they begin in exercise counts against waiting.",
        sources: &[
            "NHS, page on palpitations, nhs.uk/conditions/heart-palpitations, read November 2026 in a mirrored copy (1stchoicepharmacy.co.uk/nhs_conditions_heart-palpitations).",
            "Dublin City University, page on chest pain and the heart, dcu.ie/health/chest-pain-heart-conditions, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions a racing or fluttering heart and nearly fainting. Together they are a reason to be seen today, and not to run until then.",
    check: Check::Data(check),
};

const ADVICE_FAINT: &str =
    "Together they are a reason to be seen today, and not to run until then.";
const ADVICE_ALONE: &str = "That is mostly harmless. If it keeps coming, or comes in runs, please make an appointment this week.";

/// Signs that make it a matter of another, louder red flag.
const LOUDER: &[Sign] = &[
    Sign::ChestPain,
    Sign::Breathless,
    Sign::CoughBlood,
    Sign::Collapse,
];

fn check(ctx: &Context) -> Vec<Outcome> {
    let found = [
        sighting::found_by_date(ctx, &faint(), |day| seen(day, is_faint(day))),
        sighting::found_by_date(ctx, &alone(), |day| seen(day, !is_faint(day))),
    ];
    sighting::conclude(ctx, found)
}

fn faint() -> Flag {
    let if_back = "please be seen the same day.";
    Flag::of_the_body(&RULE, ADVICE_FAINT, if_back)
}

fn alone() -> Flag {
    let if_back = "please make an appointment that week.";
    Flag::of_the_body(&RULE, ADVICE_ALONE, if_back).at(Severity::SeeSomeone)
}

fn is_faint(day: &DayAtSite) -> bool {
    day.has_any(&[Sign::NearFaint, Sign::FaintAfter])
}

fn seen(day: &DayAtSite, is_of_this_level: bool) -> Vec<Seen> {
    told_if(
        is_of_this_level && day.has(Sign::Palpitations) && !day.has_any(LOUDER),
        day.signs(&[Sign::Palpitations, Sign::NearFaint, Sign::FaintAfter]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_level, check_too_little_data, flagged, harmless, noted,
    };

    #[test]
    fn with_faintness_today_and_alone_an_appointment() {
        check_level(
            &RULE,
            vec![noted(&[Sign::Palpitations])],
            Some(Severity::SeeSomeone),
        );
        check_level(
            &RULE,
            vec![noted(&[Sign::Palpitations, Sign::NearFaint])],
            Some(Severity::Urgent),
        );
        check_level(
            &RULE,
            vec![noted(&[Sign::Palpitations]), noted(&[Sign::FaintAfter])],
            Some(Severity::Urgent),
        );
        check_level(&RULE, vec![noted(&[Sign::NearFaint])], None);
        check_level(&RULE, vec![harmless(20)], None);
    }

    #[test]
    fn what_is_louder_is_told_by_another_rule() {
        use crate::rules::{red_flag_chest, red_flag_collapse};
        for (sign, rule) in [
            (Sign::ChestPain, &red_flag_chest::RULE),
            (Sign::Breathless, &red_flag_chest::RULE),
            (Sign::Collapse, &red_flag_collapse::RULE),
        ] {
            check_level(&RULE, vec![noted(&[Sign::Palpitations, sign])], None);
            check_level(
                rule,
                vec![noted(&[Sign::Palpitations, sign])],
                Some(Severity::Emergency),
            );
        }
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![noted(&[Sign::Palpitations, Sign::NearFaint])]
            )[0]
            .text(),
            "Your note of 23 Mar 2025 mentions a racing or fluttering heart and nearly fainting. Together they are a reason \
             to be seen today, and not to run until then."
        );
        assert_eq!(
            flagged(&RULE, 20, vec![noted(&[Sign::Palpitations])])[0].text(),
            "Your note of 23 Mar 2025 mentions a racing or fluttering heart. That is mostly harmless. If it keeps coming, or \
             comes in runs, please make an appointment this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
