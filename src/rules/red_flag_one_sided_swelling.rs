//! Red flag: one leg swollen and warm or red, or fever with swelling or redness.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{Entry, Side, Sign, Site};

/// Where a swelling on one side with warmth or redness counts: calf, thigh and what else the log calls leg.
const SITES: &[Site] = &[Site::Calf, Site::Shin, Site::Thigh, Site::Hamstring, Site::Quad];

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-one-sided-swelling",
    title: "One leg swollen and warm or red, or swelling with fever",
    why: "It is often nothing serious, and it is one of the few things that should be ruled out the same day.",
    formula: "A day with swelling and (warmth or redness) at one calf, shin, thigh, hamstring or quad, on one side: side both, or the same on the other side that day, does not count; a blank side does, and so does a blank site. Or fever anywhere and swelling or redness on the same day.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::Urgent,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache names swelling with warmth and redness as a reason to seek advice, and public health services ask for a check the same day when it is in one leg. That is common advice, not a study of runners.",
        sources: &[
            "Popular article S1, seven ways to prevent leg ache after running.",
            "NHS-type public advice on a swollen leg, not re-checked.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for swelling with redness or warmth.",
    message: "On 3 May 2025 you logged swelling and warmth (left calf). One-sided swelling with warmth or redness, or swelling with a fever, should be checked the same day. It is often nothing serious, but it needs ruling out.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::Urgent,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "One-sided swelling with warmth or redness, or swelling with a fever, should be checked the same day. \
                 It is often nothing serious, but it needs ruling out."
            .to_string(),
        if_back: "it should be checked the same day, to rule out the few things that matter.".to_string(),
    };
    let rows = triage::rows(context);
    sighting::judge(context, &flag, |day| seen(rows, day))
}

/// What the day shows of it; [`super::red_flag_swelling`] takes the days without.
pub(super) fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    let mut seen = Vec::new();
    if is_one_sided(rows, day) && is_swollen_and_warm(|sign| day.has(sign)) {
        seen.extend(day.signs(&[Sign::Swelling, Sign::Warmth, Sign::Redness]));
    }
    let whole_day = sighting::between(rows, day.date, day.date);
    let fever: Vec<&Entry> = whole_day.iter().filter(|row| row.has_sign(Sign::Fever)).collect();
    if !fever.is_empty() && (day.has(Sign::Swelling) || day.has(Sign::Redness)) {
        if seen.is_empty() {
            seen.extend(day.signs(&[Sign::Swelling, Sign::Redness]));
        }
        seen.extend(DayAtSite { rows: fever, ..day.clone() }.signs(&[Sign::Fever]));
    }
    seen
}

fn is_swollen_and_warm(has: impl Fn(Sign) -> bool) -> bool {
    has(Sign::Swelling) && (has(Sign::Warmth) || has(Sign::Redness))
}

/// One leg, as far as the log says. What it leaves open is counted: asking once too often costs less than missing it.
fn is_one_sided(rows: &[Entry], day: &DayAtSite) -> bool {
    let is_leg = day.site.is_none_or(|site| site == Site::None || SITES.contains(&site));
    let other = match day.side {
        // A row without a side, which stands here too, may be about one of them.
        Some(Side::Both) => {
            let both: Vec<_> = day.rows.iter().filter(|row| row.side.is_some()).collect();
            return is_leg && !is_swollen_and_warm(|sign| both.iter().any(|row| row.has_sign(sign)));
        }
        Some(Side::Left) => Side::Right,
        Some(Side::Right) => Side::Left,
        Some(Side::Centre) | None => return is_leg,
    };
    let whole_day = sighting::between(rows, day.date, day.date);
    let other_side = |row: &&Entry| (row.site, row.side) == (day.site, Some(other));
    is_leg && !is_swollen_and_warm(|sign| whole_day.iter().filter(other_side).any(|row| row.has_sign(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, day, flagged, harmless};
    use Sign::{Fever, Redness, Swelling, Warmth};

    fn with(site: Site, side: Side, signs: &[Sign]) -> Entry {
        Entry { signs: signs.to_vec(), ..at(20, site, side) }
    }

    fn calf(side: Side, signs: &[Sign]) -> Entry {
        with(Site::Calf, side, signs)
    }

    #[test]
    fn swelling_and_warmth_or_redness_on_one_side() {
        check_red_flag(&RULE, vec![calf(Side::Left, &[Swelling, Warmth])], true);
        check_red_flag(&RULE, vec![calf(Side::Right, &[Swelling, Redness])], true);
        check_red_flag(&RULE, vec![calf(Side::Left, &[Swelling]), calf(Side::Left, &[Warmth])], true);
        check_red_flag(&RULE, vec![calf(Side::Left, &[Swelling])], false);
        check_red_flag(&RULE, vec![calf(Side::Left, &[Redness, Warmth])], false);
        check_red_flag(&RULE, vec![with(Site::Ankle, Side::Left, &[Swelling, Warmth])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn both_sides_are_not_one_and_a_blank_is_unknown() {
        let signs = [Swelling, Warmth];
        check_red_flag(&RULE, vec![calf(Side::Both, &signs)], false);
        check_red_flag(&RULE, vec![calf(Side::Left, &signs), calf(Side::Right, &signs)], false);
        check_red_flag(&RULE, vec![calf(Side::Left, &signs), calf(Side::Right, &[Swelling])], true);
        check_red_flag(&RULE, vec![Entry { side: None, ..calf(Side::Left, &signs) }], true);
        check_red_flag(&RULE, vec![Entry { signs_in_note: signs.to_vec(), ..Entry::on(day(20)) }], true);
        let no_side = |signs: &[Sign]| Entry { side: None, ..calf(Side::Left, signs) };
        check_red_flag(&RULE, vec![calf(Side::Left, &[Swelling]), no_side(&[Warmth])], true);
        check_red_flag(&RULE, vec![calf(Side::Both, &[]), no_side(&signs)], true);
        check_red_flag(&RULE, vec![calf(Side::Both, &signs), no_side(&[Warmth])], false);
    }

    #[test]
    fn fever_counts_at_any_site_and_side() {
        check_red_flag(&RULE, vec![with(Site::Knee, Side::Both, &[Swelling, Fever])], true);
        let fever = Entry { signs: vec![Fever], ..Entry::on(day(20)) };
        check_red_flag(&RULE, vec![with(Site::Ankle, Side::Left, &[Redness]), fever.clone()], true);
        check_red_flag(&RULE, vec![with(Site::Ankle, Side::Left, &[Warmth]), fever], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![calf(Side::Left, &[Swelling, Warmth])])[0].text(),
            "On 23 Mar 2025 you logged swelling and warmth (left calf). One-sided swelling with warmth or redness, or \
             swelling with a fever, should be checked the same day. It is often nothing serious, but it needs ruling out."
        );
    }
}
