//! Red flag: confusion, no more sweat in the heat, a seizure, a drooping face or a sudden very bad headache.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_head,
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Entry, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-confusion",
    title: "Confusion, a seizure or a sudden very bad headache",
    headline: "confusion, a seizure or a sudden very bad headache",
    why: "A head that does not work as it should, in or after a run, is never a matter of training.",
    formula: "Any day with confusion, no_sweat, seizure, face_speech or sudden_headache, in the signs column or the note; or headache and vomiting on one day, unless a knock on the head was logged in the 14 days before (that is red-flag-head). Whatever the place; rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    group: Group::RedFlags,
    triage: &[(Severity::Emergency, 30)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services ask for an ambulance when someone in the heat is confused, stops sweating or has a seizure, and for a drooping face, slurred speech or a sudden very bad headache. After much drinking in a long run a headache that gets worse, vomiting and confusion are signs that salt in the blood is too low; reviews ask for hospital care. It is advice for everyone, not a study of a diary.",
        sources: &[
            "NHS Black Country, page on heat, blackcountry.icb.nhs.uk/, read November 2026, with the text of nhs.uk/conditions/heat-exhaustion-heatstroke.",
            "Stroke Association, page on symptoms, stroke.org.uk/what-stroke/what-happens-when-you-have-stroke/what-are-symptoms-stroke, read November 2026.",
            "Review of low salt in the blood in marathon runners (2022), Journal of Clinical Medicine 11:6775, doi.org/10.3390/jcm11226775, abstract read November 2026.",
            "Consensus statement on the same (2015), British Journal of Sports Medicine 49:1432, bjsm.bmj.com/content/49/22/1432, abstract read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "Your note of 3 May 2025 mentions confusion or staggering. Such signs in or after a run cannot wait, whatever is behind them. Please call your emergency number ({number}) now if any of it is still there or comes back, and see a doctor today if it has passed.",
    check: Check::Data(check),
};

const ADVICE: &str = "Such signs in or after a run cannot wait, whatever is behind them. Please call your emergency number ({number}) \
                      now if any of it is still there or comes back, and see a doctor today if it has passed.";

/// Signs that ring by themselves.
const OWN: &[Sign] = &[
    Sign::Confusion,
    Sign::NoSweat,
    Sign::Seizure,
    Sign::FaceSpeech,
    Sign::SuddenHeadache,
];

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_an_emergency(ctx, &RULE, ADVICE);
    let rows = triage::rows(ctx);
    sighting::judge_by_date(ctx, &flag, |day| seen(rows, day))
}

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(OWN);
    if !seen.is_empty() || is_of_the_head(rows, day) {
        seen.extend(day.signs(&[Sign::Headache, Sign::Vomiting]));
    }
    seen
}

/// Headache and vomiting on one day; after a knock they are [`super::red_flag_head`]'s.
fn is_of_the_head(rows: &[Entry], day: &DayAtSite) -> bool {
    let head_and_stomach = day.has(Sign::Headache) && day.has(Sign::Vomiting);
    head_and_stomach && !red_flag_head::was_hit(rows, day.date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{
        check_red_flag, check_too_little_data, day, flagged, harmless,
    };

    fn row(n: i64, signs: &[Sign]) -> Entry {
        Entry {
            signs_in_note: signs.into(),
            ..Entry::on(day(n))
        }
    }

    #[test]
    fn each_of_the_signs_is_enough() {
        for sign in OWN {
            check_red_flag(&RULE, vec![row(20, &[*sign])], true);
            check_red_flag(&RULE, vec![row(20, &[*sign, Sign::HeadInjury])], true);
        }
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn a_headache_with_vomiting_is_one_of_them_unless_the_head_was_hit() {
        let both = [Sign::Headache, Sign::Vomiting];
        check_red_flag(&RULE, vec![row(20, &both)], true);
        check_red_flag(&RULE, vec![row(20, &both[..1]), row(20, &both[1..])], true);
        check_red_flag(&RULE, vec![row(19, &both[..1]), row(20, &both[1..])], false);
        check_red_flag(&RULE, vec![row(20, &both[..1])], false);
        check_red_flag(&RULE, vec![row(20, &both[1..])], false);
        check_red_flag(
            &RULE,
            vec![row(6, &[Sign::HeadInjury]), row(20, &both)],
            false,
        );
        check_red_flag(
            &RULE,
            vec![row(5, &[Sign::HeadInjury]), row(20, &both)],
            true,
        );
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![row(20, &[Sign::Confusion, Sign::NoSweat])])[0].text(),
            "Your note of 23 Mar 2025 mentions confusion or staggering and no more sweat in the heat. Such signs in or \
             after a run cannot wait, whatever is behind them. Please call your emergency number (112, 911 or 999) now if \
             any of it is still there or comes back, and see a doctor today if it has passed."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
