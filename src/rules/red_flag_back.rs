//! Red flag: lower back pain together with numb or weak legs on both sides, or with bladder, bowel or saddle trouble.

use super::{Change, Context, Evidence, Limit, Outcome, Rule, Severity, Stance};
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
    change: Change::TRIAGE,
    why: "The triage table asks for both within its 14 days, not on one row.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-back",
    title: "Lower back pain with numbness in both legs, or bladder or bowel trouble",
    why: "Back pain is common and mostly harmless. In this company it is rare, and hours count.",
    formula: "A lower_back row that is not rated 0, and within 14 days of it: numbness, a numb feeling or weakness in the lower back, the legs or no named place, unless it is on one side only (side both, centre or blank counts, as do left and right leg on one day), or bladder or bowel trouble, or numbness between the legs.",
    needs: "One row is enough if it holds both. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Emergency,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Public health services list these signs next to back pain as a reason to go to an emergency department at once. That is common advice, not a study of runners, and the popular articles niggle started from do not mention it.",
        sources: &["NHS-type public advice on back pain, not re-checked."],
    },
    limits: &[TOGETHER, triage::WINDOW, sighting::STRETCH],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged numbness (thigh on both sides). Together with the lower back pain you logged, this needs emergency care today: please call your emergency number (112, 911 or 999), or go to an emergency department.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let numbers = context.emergency_number;
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Emergency,
        all_sites: true,
        days: 1,
        within_days: 1,
        advice: format!(
            "Together with the lower back pain you logged, this needs emergency care today: \
             please call your emergency number ({numbers}), or go to an emergency department."
        ),
        if_back: format!("together with pain in the lower back, please call your emergency number ({numbers})."),
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
    if is_not_one_sided(rows, day) {
        seen.extend(day.signs(&[Sign::Numbness, Sign::Weakness]));
        seen.extend(day.types(&[PainType::Numb]));
    }
    seen
}

/// Whether a numb or weak row of the day is on both sides or leaves the side open. What is open is counted: of all red
/// flags this is the one where hours count. One side only is [`super::red_flag_nerve`]'s.
fn is_not_one_sided(rows: &[Entry], day: &DayAtSite) -> bool {
    let whole_day = sighting::between(rows, day.date, day.date);
    let is_leg = |row: &Entry| row.site.is_some_and(|site| LEG.contains(&site));
    let other_leg = |other| whole_day.iter().any(|row| row.side == Some(other) && is_leg(row) && is_numb_or_weak(row));
    let is_near = |row: &Entry| is_leg(row) || matches!(row.site, None | Some(Site::None | Site::LowerBack));
    day.any(|row| {
        let not_one_sided = match row.side {
            _ if row.both_legs_in_note => true,
            None | Some(Side::Both | Side::Centre) => true,
            Some(Side::Left) => is_leg(row) && other_leg(Side::Right),
            Some(Side::Right) => is_leg(row) && other_leg(Side::Left),
        };
        is_near(row) && is_numb_or_weak(row) && not_one_sided
    })
}

fn is_numb_or_weak(row: &Entry) -> bool {
    row.has_sign(Sign::Numbness) || row.has_sign(Sign::Weakness) || row.types.contains(&PainType::Numb)
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
        check_red_flag(&RULE, vec![back(20), numb(20, Site::Other(crate::pain::Word::NONE), Side::Both)], false);
    }

    #[test]
    fn a_side_left_open_errs_upwards_and_one_side_is_for_the_nerve_rule() {
        let open = |entry: Entry| Entry { side: None, ..entry };
        let on_the_back = |side| Entry { pain: Some(4.0), ..numb(20, Site::LowerBack, side) };
        check_red_flag(&RULE, vec![on_the_back(Side::Centre)], true);
        check_red_flag(&RULE, vec![open(on_the_back(Side::Left))], true);
        check_red_flag(&RULE, vec![open(on_the_back(Side::Left)), sore(20, Site::LowerBack, Side::Left, 1.0)], true);
        check_red_flag(&RULE, vec![back(20), open(numb(20, Site::Foot, Side::Left))], true);
        check_red_flag(&RULE, vec![back(20), Entry { site: None, ..open(numb(20, Site::Foot, Side::Left)) }], true);
        let in_note = Entry { signs_in_note: vec![Sign::Weakness], ..open(back(20)) };
        check_red_flag(&RULE, vec![in_note], true);
        let both_in_note = Entry { both_legs_in_note: true, ..on_the_back(Side::Left) };
        check_red_flag(&RULE, vec![both_in_note], true);
        for side in [Side::Left, Side::Right] {
            check_red_flag(&RULE, vec![on_the_back(side)], false);
            check_red_flag(&RULE, vec![back(20), numb(20, Site::Foot, side)], false);
            assert_eq!(flagged(&crate::rules::red_flag_nerve::RULE, 20, vec![on_the_back(side)]).len(), 1);
        }
        check_red_flag(&RULE, vec![harmless(20), open(numb(20, Site::Foot, Side::Left))], false);
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
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged numbness (thigh on both sides). Together with the lower back pain you logged, \
             this needs emergency care today: please call your emergency number (112, 911 or 999), or go to an \
             emergency department."
        );
    }
}
