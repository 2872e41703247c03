//! Red flag: a deformity, a crack that was heard, or a leg that could not be stood on after a sudden start.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    limb::may_be_leg,
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Sign, Site};

// Its level is "urgent": emergency, "now" with a telephone number, is kept for breath, chest, head and back, so that a bump
// that was always there does not ring the loudest bell.

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-deformity",
    title: "Out of shape, a crack, or suddenly no weight on it",
    headline: "out of shape, a crack, or suddenly no weight on it",
    why: "A limb that looks wrong, that cracked, or that suddenly cannot carry you, needs eyes and perhaps a picture, not a test run.",
    formula: "Any day with deformity at a site; or with no weight on it (function cannot_bear_weight, or no_weight in signs or note) and a sudden start at the same site; or with pop at shin, ankle, foot, toe or a place that is not named and may be of a leg, unless everything there is rated 0. A pop at heel, calf or Achilles is red-flag-achilles-calf, at the hip red-flag-hip-groin, at the knee red-flag-knee, at the hamstring red-flag-hamstring. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    group: Group::RedFlags,
    triage: &[(Severity::Urgent, 10)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health pages on sprains send people to an emergency or minor injuries department the same day when they heard a crack, when the limb changed its shape, or when it cannot be stood on. Clicks without pain are not meant.",
        sources: &[
            "Portsmouth health and care, page on sprains, healthandcare.portsmouth.gov.uk/sprains-and-strains, read November 2026.",
            "NHS, page on sprains, nhs.uk/conditions/sprains-and-strains, read November 2026 in mirrored copies (www.hungerfordmedicalcentre.nhs.uk/self-care/category/musculoskeletal/).",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for a deformity or when you cannot put weight on the leg.",
    message: "On 3 May 2025 you logged that you could not put weight on it and that it came suddenly (left ankle). Please get it looked at today, and do not run on it or test it.",
    check: Check::Data(check),
};

const ADVICE: &str = "Please get it looked at today, and do not run on it or test it.";
const IF_BACK: &str = "please get it looked at the same day, and do not run on it or test it.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, IF_BACK);
    sighting::judge(ctx, &flag, seen)
}

/// Whether weight could not be put on it after a sudden start; [`super::red_flag_severe`] takes the other starts.
pub(super) fn is_sudden_and_cannot_bear_weight(day: &DayAtSite) -> bool {
    day.no_weight().is_some() && day.sudden().is_some()
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::Deformity]);
    if may_be_bone(day.site) && !day.is_free_of_pain() {
        // "Cracked my ankles" on a day without pain is a click.
        seen.extend(day.signs(&[Sign::Pop]));
    }
    if is_sudden_and_cannot_bear_weight(day) {
        seen.extend(day.no_weight());
        seen.extend(day.sudden());
    }
    seen
}

/// Whether a crack at the place is one of the bone.
fn may_be_bone(site: Option<Site>) -> bool {
    match site {
        Some(Site::Shin | Site::Ankle | Site::Foot | Site::Toe) => true,
        None | Some(Site::None | Site::Unnamed | Site::Other(_)) => may_be_leg(site),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Function, Onset, Side, Word};
    use crate::rules::pain_fixture::{
        at, check_red_flag, check_too_little_data, flagged, harmless,
    };

    fn no_weight(onset: Option<Onset>) -> Entry {
        Entry {
            function: Some(Function::CannotBearWeight),
            onset,
            ..at(20, Site::Ankle, Side::Left)
        }
    }

    #[test]
    fn deformity_or_a_sudden_start() {
        check_red_flag(
            &RULE,
            vec![Entry {
                signs: [Sign::Deformity].into(),
                ..at(6, Site::Toe, Side::Left)
            }],
            true,
        );
        check_red_flag(&RULE, vec![no_weight(Some(Onset::Sudden))], true);
        check_red_flag(&RULE, vec![no_weight(Some(Onset::Gradual))], false);
        check_red_flag(&RULE, vec![no_weight(None)], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn a_note_can_say_it_all() {
        let note = Entry {
            signs_in_note: [Sign::NoWeight].into(),
            sudden_in_note: true,
            ..at(20, Site::Ankle, Side::Left)
        };
        check_red_flag(&RULE, vec![note.clone()], true);
        check_red_flag(
            &RULE,
            vec![Entry {
                sudden_in_note: false,
                ..note
            }],
            false,
        );
    }

    #[test]
    fn a_crack_counts_where_bone_lies_open() {
        let crack = |site, pain| Entry {
            site,
            side: None,
            pain,
            signs_in_note: [Sign::Pop].into(),
            ..no_weight(None)
        };
        let crack = |site, pain| Entry {
            function: None,
            ..crack(site, pain)
        };
        for site in [Some(Site::Ankle), Some(Site::Foot), Some(Site::Shin), None] {
            check_red_flag(&RULE, vec![crack(site, Some(4.0))], true);
            check_red_flag(&RULE, vec![crack(site, None)], true);
            check_red_flag(&RULE, vec![crack(site, Some(0.0))], false);
        }
        check_red_flag(
            &RULE,
            vec![crack(Some(Site::Other(Word::new("lower leg"))), Some(4.0))],
            true,
        );
        check_red_flag(
            &RULE,
            vec![crack(Some(Site::Other(Word::new("neck"))), Some(4.0))],
            false,
        );
        for site in [
            Site::Knee,
            Site::Hamstring,
            Site::Achilles,
            Site::Hip,
            Site::LowerBack,
        ] {
            check_red_flag(&RULE, vec![crack(Some(site), Some(4.0))], false);
        }
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![no_weight(Some(Onset::Sudden))])[0].text(),
            "On 23 Mar 2025 you logged that you could not put weight on it and that it came suddenly (left ankle). \
             Please get it looked at today, and do not run on it or test it."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
