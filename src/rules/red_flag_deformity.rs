//! Red flag: a deformity, or a leg that could not be stood on after a sudden start.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{Function, Onset, Sign};

/// The rule. Its level is "urgent": the table allows emergency or urgent, and its sentence asks for "today", which is
/// what urgent means here. Emergency, "now" with a telephone number, is kept for the first two rows, so that a bump
/// that was always there does not ring the loudest bell.
pub const RULE: Rule = Rule {
    id: "red-flag-deformity",
    title: "Out of shape, or suddenly no weight on it",
    why: "A limb that looks wrong, or that suddenly cannot carry you, needs eyes and perhaps a picture, not a test run.",
    formula: "Any day with deformity at a site, or with function cannot_bear_weight and onset sudden at the same site. Rows at most 14 days apart are one finding.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache lists deformity and being unable to bear weight among the reasons to seek advice at once. No study was checked.",
        sources: &["Popular article S1, seven ways to prevent leg ache after running."],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for a deformity or when you cannot put weight on the leg.",
    message: "On 3 May 2025 you logged that you could not put weight on it and that it came suddenly (left ankle). Please get it looked at today, and do not run on it or test it.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Urgent,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "Please get it looked at today, and do not run on it or test it.".to_string(),
        if_back: "please get it looked at the same day, and do not run on it or test it.".to_string(),
    };
    sighting::judge(context, &flag, seen)
}

/// Whether weight could not be put on it after a sudden start; [`super::red_flag_severe`] takes the other starts.
pub(super) fn is_sudden_and_cannot_bear_weight(day: &DayAtSite) -> bool {
    day.any(|row| row.function == Some(Function::CannotBearWeight)) && day.any(|row| row.onset == Some(Onset::Sudden))
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::Deformity]);
    if is_sudden_and_cannot_bear_weight(day) {
        seen.push(Seen::logged("that you could not put weight on it"));
        seen.push(Seen::logged("that it came suddenly"));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged, harmless};

    fn no_weight(onset: Option<Onset>) -> Entry {
        Entry { function: Some(Function::CannotBearWeight), onset, ..at(20, Site::Ankle, Side::Left) }
    }

    #[test]
    fn deformity_or_a_sudden_start() {
        check_red_flag(&RULE, vec![Entry { signs: vec![Sign::Deformity], ..at(6, Site::Toe, Side::Left) }], true);
        check_red_flag(&RULE, vec![no_weight(Some(Onset::Sudden))], true);
        check_red_flag(&RULE, vec![no_weight(Some(Onset::Gradual))], false);
        check_red_flag(&RULE, vec![no_weight(None)], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![no_weight(Some(Onset::Sudden))])[0].text(),
            "On 23 Mar 2025 you logged that you could not put weight on it and that it came suddenly (left ankle). \
             Please get it looked at today, and do not run on it or test it."
        );
    }
}
