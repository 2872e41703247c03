//! Red flag: numbness, tingling or weakness.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Everyday, Function, PainType, Sign, Site};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-nerve",
    title: "Numbness, tingling or weakness",
    headline: "numbness, tingling or weakness",
    why: "Muscles ache; they do not tingle. It is mostly harmless, and a clinician can tell in minutes.",
    formula: "Any day with numbness, tingling, weakness or numbness between the legs among the signs or in the note, or with type tingling or numb. Numbness and tingling that a note says went with the laces or with warmth do not count. Weakness does not count at the Achilles, nor at calf, heel, hamstring, quad or thigh with a pop, a sudden start, a fall or knock, or a run stopped or missed in the 3 days before: that is a muscle or a tendon (red-flag-achilles-calf, red-flag-hamstring). Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 90)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health services call pain and tingling down one leg common and mostly passing; they ask for an appointment when it does not get better, and for an ambulance only when both legs, bladder or bowel are in it.",
        sources: &[
            "Norfolk and Waveney community health (NHS), page on back pain, norfolkandwaveneycommunityhealth.nhs.uk/msk, read November 2026.",
            "Healthify New Zealand, page on nerve pain of the leg, healthify.nz/health-a-z/s/sciatica, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for numbness or tingling.",
    message: "On 3 May 2025 you logged tingling (left foot). That can come from a nerve, often one that was only pressed for a while. If it is not gone, please let a doctor or physiotherapist have a look this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "That can come from a nerve, often one that was only pressed for a while. If it is not gone, please let a doctor or \
                      physiotherapist have a look this week.";
const IF_BACK: &str = "a doctor or physiotherapist can tell where it comes from.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    let days = sighting::days(ctx);
    sighting::judge(ctx, &flag, |day| seen(&days, day))
}

fn seen(days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    let mut seen = numb_or_tingling(day);
    let weak = day.signs(&[Sign::Weakness]);
    if !weak.is_empty() && !is_of_a_muscle(days, day) {
        seen.extend(weak);
    }
    seen.extend(day.signs(&[Sign::SaddleNumbness]));
    seen
}

/// Kinds of pain that say as much as a sign.
const NUMB: &[(PainType, Sign)] = &[
    (PainType::Tingling, Sign::Tingling),
    (PainType::Numb, Sign::Numbness),
];

fn numb_or_tingling(day: &DayAtSite) -> Vec<Seen> {
    if day.is_everyday(&[Everyday::Laces]) {
        return Vec::new();
    }
    let mut seen = day.signs(&[Sign::Numbness, Sign::Tingling]);
    seen.extend(day.signs_by_type(NUMB));
    seen
}

/// How long a start, a knock or a stopped run counts as the cause of what is weak now.
const CAUSE_DAYS: i64 = 3;

/// Muscles that lose their strength when they let go.
const MUSCLES: &[Site] = &[
    Site::Calf,
    Site::Heel,
    Site::Hamstring,
    Site::Quad,
    Site::Thigh,
];

/// Whether strength is gone because something let go: that is never told as a nerve.
fn is_of_a_muscle(days: &[DayAtSite], day: &DayAtSite) -> bool {
    match day.site {
        Some(Site::Achilles) => true,
        Some(site) => {
            MUSCLES.contains(&site) && let_go(&sighting::around(days, day, CAUSE_DAYS, 0))
        }
        None => false,
    }
}

fn let_go(near: &DayAtSite) -> bool {
    near.has_any(&[Sign::Pop, Sign::Trauma])
        || near.sudden().is_some()
        || near.effect() >= Some(Function::Stopped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Onset, Side};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, day, flagged, harmless,
    };

    fn foot() -> Entry {
        at(20, Site::Foot, Side::Left)
    }

    #[test]
    fn a_sign_or_a_kind_of_pain_is_enough() {
        for sign in [
            Sign::Numbness,
            Sign::Tingling,
            Sign::Weakness,
            Sign::SaddleNumbness,
        ] {
            check_red_flag(
                &RULE,
                vec![Entry {
                    signs: [sign].into(),
                    ..foot()
                }],
                true,
            );
        }
        for kind in [PainType::Tingling, PainType::Numb] {
            check_red_flag(
                &RULE,
                vec![Entry {
                    types: [kind].into(),
                    ..foot()
                }],
                true,
            );
        }
        check_red_flag(
            &RULE,
            vec![Entry {
                types: [PainType::Burning].into(),
                ..foot()
            }],
            false,
        );
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn what_went_with_the_laces_is_none() {
        let laces = |signs: &[Sign]| Entry {
            everyday_in_note: [Everyday::Laces].into(),
            signs_in_note: signs.into(),
            ..foot()
        };
        check_red_flag(&RULE, vec![laces(&[Sign::Numbness, Sign::Tingling])], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                types: [PainType::Numb].into(),
                ..laces(&[])
            }],
            false,
        );
        check_red_flag(&RULE, vec![laces(&[Sign::Weakness])], true);
    }

    #[test]
    fn strength_that_went_with_a_pop_or_a_stop_is_no_nerve() {
        let weak = |site| Entry {
            signs: [Sign::Weakness].into(),
            ..at(20, site, Side::Left)
        };
        check_red_flag(&RULE, vec![weak(Site::Achilles)], false);
        for site in [
            Site::Calf,
            Site::Heel,
            Site::Hamstring,
            Site::Quad,
            Site::Thigh,
        ] {
            check_red_flag(&RULE, vec![weak(site)], true);
            let pop = Entry {
                signs_in_note: [Sign::Pop].into(),
                date: day(17),
                ..at(17, site, Side::Left)
            };
            check_red_flag(&RULE, vec![pop, weak(site)], false);
            check_red_flag(
                &RULE,
                vec![Entry {
                    onset: Some(Onset::Sudden),
                    ..weak(site)
                }],
                false,
            );
            check_red_flag(
                &RULE,
                vec![Entry {
                    function: Some(Function::Stopped),
                    ..weak(site)
                }],
                false,
            );
        }
        check_red_flag(
            &RULE,
            vec![Entry {
                onset: Some(Onset::Sudden),
                ..weak(Site::Foot)
            }],
            true,
        );
    }

    #[test]
    fn words() {
        let rows = vec![Entry {
            types: [PainType::Tingling].into(),
            signs: [Sign::Tingling].into(),
            ..foot()
        }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged tingling (left foot). That can come from a nerve, often one that was only pressed for \
             a while. If it is not gone, please let a doctor or physiotherapist have a look this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
