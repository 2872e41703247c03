//! Red flag: lower back pain together with numb or weak legs on both sides, or with bladder, bowel or saddle trouble.

use super::{Context, Evidence, Limit, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, LEG, Seen},
    triage,
};
use crate::pain::{Entry, PainType, Side, Sign, Site};
use crate::time::plus_days;

/// How far apart the back pain and the other sign may be.
const TOGETHER: Limit = Limit {
    key: "together_days",
    value: 14.0,
    why: "The triage table asks for both within its 14 days, not on one row.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-back",
    title: "Lower back pain with numbness in both legs, or bladder or bowel trouble",
    why: "Back pain is common and mostly harmless. In this company it is rare, and hours count.",
    formula: "A lower_back row that is not rated 0, and within 14 days of it: numbness, a numb feeling or weakness in the lower back or legs on both sides (side both, or left and right on one day), or bladder or bowel trouble, or numbness between the legs.",
    needs: "One row is enough if it holds both. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    evidence: Evidence {
        stance: Stance::Moderate,
        says: "Public health services list these signs next to back pain as a reason to go to an emergency department at once. That is common advice, not a study of runners, and the popular articles niggle started from do not mention it.",
        sources: &["NHS-type public advice on back pain, not re-checked."],
    },
    limits: &[TOGETHER, triage::WINDOW, sighting::STRETCH],
    message: "On 3 May 2025 you logged numbness (thigh on both sides). Together with the lower back pain you logged, this needs emergency care today: please call 112, 911 or 999, or go to an emergency department.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let numbers = triage::EMERGENCY_NUMBERS;
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Emergency,
        all_sites: true,
        days: 1,
        within_days: 1,
        advice: format!(
            "Together with the lower back pain you logged, this needs emergency care today: \
             please call {numbers}, or go to an emergency department."
        ),
        if_back: format!("and your lower back hurts as well, please call {numbers} at once."),
    };
    let rows = triage::rows(context);
    let together_days = context.limit(TOGETHER) as i64;
    sighting::judge(context, &flag, |day| {
        let mut seen = nerve_signs(rows, day);
        seen.retain(|_| has_back_pain_near(rows, day, together_days));
        seen
    })
}

fn has_back_pain_near(rows: &[Entry], day: &DayAtSite, together_days: i64) -> bool {
    let near = sighting::between(rows, plus_days(day.date, -together_days), plus_days(day.date, together_days));
    near.iter().any(|row| row.site == Some(Site::LowerBack) && row.pain != Some(0.0))
}

fn nerve_signs(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::BladderBowel, Sign::SaddleNumbness]);
    if is_on_both_sides(rows, day) {
        seen.extend(day.signs(&[Sign::Numbness, Sign::Weakness]));
        seen.extend(day.types(&[PainType::Numb]));
    }
    seen
}

/// Side both, or the other leg on the same day. A blank side is unknown and not "both".
fn is_on_both_sides(rows: &[Entry], day: &DayAtSite) -> bool {
    let other = match (day.site, day.side) {
        (Some(site), Some(Side::Both)) => return site == Site::LowerBack || LEG.contains(&site),
        (Some(site), Some(Side::Left)) if LEG.contains(&site) => Side::Right,
        (Some(site), Some(Side::Right)) if LEG.contains(&site) => Side::Left,
        _ => return false,
    };
    sighting::between(rows, day.date, day.date).iter().any(|row| {
        row.side == Some(other)
            && row.site.is_some_and(|site| LEG.contains(&site))
            && (row.has_sign(Sign::Numbness) || row.has_sign(Sign::Weakness) || row.types.contains(&PainType::Numb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, day, flagged, harmless, sore};

    fn numb(n: i64, site: Site, side: Side) -> Entry {
        Entry { signs: vec![Sign::Numbness], ..at(n, site, side) }
    }

    fn back(n: i64) -> Entry {
        sore(n, Site::LowerBack, Side::Centre, 3.0)
    }

    #[test]
    fn both_legs_and_the_back() {
        check_red_flag(&RULE, vec![numb(20, Site::LowerBack, Side::Both)], true);
        check_red_flag(&RULE, vec![back(10), numb(20, Site::Thigh, Side::Both)], true);
        let (left, right) = (numb(20, Site::Foot, Side::Left), numb(20, Site::Calf, Side::Right));
        check_red_flag(&RULE, vec![back(20), left.clone(), right.clone()], true);
        check_red_flag(&RULE, vec![back(20), left.clone()], false);
        check_red_flag(&RULE, vec![back(20), left, Entry { date: day(19), ..right }], false);
        check_red_flag(&RULE, vec![back(20), numb(20, Site::Other, Side::Both)], false);
    }

    #[test]
    fn bladder_bowel_and_saddle_need_a_back_that_hurts_within_14_days() {
        for sign in [Sign::BladderBowel, Sign::SaddleNumbness] {
            let note = Entry { signs_in_note: vec![sign], ..Entry::on(day(20)) };
            check_red_flag(&RULE, vec![back(6), note.clone()], true);
            check_red_flag(&RULE, vec![back(5), note.clone()], false);
            check_red_flag(&RULE, vec![harmless(20), note.clone()], false);
            check_red_flag(&RULE, vec![sore(20, Site::LowerBack, Side::Centre, 0.0), note.clone()], false);
            check_red_flag(&RULE, vec![at(20, Site::LowerBack, Side::Centre), note], true);
        }
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        let rows = vec![back(20), numb(20, Site::Thigh, Side::Both)];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].message,
            "On 23 Mar 2025 you logged numbness (thigh on both sides). Together with the lower back pain you logged, \
             this needs emergency care today: please call 112, 911 or 999, or go to an emergency department."
        );
    }
}
