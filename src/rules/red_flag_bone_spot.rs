//! Red flag: pain in one exact spot on a bone, worse with movement, at night or at rest.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{Movement, Site, Spread};

/// The sites whose bones the triage table names.
const SITES: &[Site] = &[Site::Shin, Site::Foot, Site::Hip, Site::Groin, Site::Thigh];

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-bone-spot",
    title: "One exact spot on a bone",
    why: "A spot you can put a finger on, worse with impact or at night, is the one ache that is better not tested by running.",
    formula: "A day with spread spot at shin, foot, hip, groin or thigh and, at the same site and side, movement worse, night_pain, rest_pain, or pain above 0 at moment night or rest.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache sets pinpoint shin pain apart from plain soreness, and secondary pages describe the same pattern for bones that were asked too much. No study was checked.",
        sources: &[
            "Popular article S1, seven ways to prevent leg ache after running.",
            "Secondary pages on the pattern of overloaded bones, not re-checked.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: pinpoint pain at the shin is not plain soreness.",
    message: "On 3 May 2025 you logged pain in one spot and pain that is worse with movement (right shin). Pain in one exact spot on a bone, worse with impact or at night, deserves a check before the next run.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::SeeSomeone,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice:
            "Pain in one exact spot on a bone, worse with impact or at night, deserves a check before the next run."
                .to_string(),
        if_back: "it deserves a check before the next run.".to_string(),
    };
    sighting::judge(context, &flag, seen)
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let is_bone = day.site.is_some_and(|site| SITES.contains(&site));
    let mut company = Vec::new();
    if day.any(|row| row.movement == Some(Movement::Worse)) {
        company.push(Seen::logged("pain that is worse with movement"));
    }
    company.extend(day.pain_at_night_or_rest());
    if !is_bone || company.is_empty() || !day.any(|row| row.spread == Some(Spread::Spot)) {
        return Vec::new();
    }
    company.insert(0, Seen::logged("pain in one spot"));
    company
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Moment, Side, Sign};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, day, flagged};

    fn spot(site: Site) -> Entry {
        Entry { spread: Some(Spread::Spot), ..at(20, site, Side::Right) }
    }

    #[test]
    fn a_spot_and_worse_or_at_night_or_at_rest() {
        let worse = |site| Entry { movement: Some(Movement::Worse), ..spot(site) };
        for site in SITES {
            check_red_flag(&RULE, vec![worse(*site)], true);
        }
        check_red_flag(&RULE, vec![worse(Site::Knee)], false);
        check_red_flag(&RULE, vec![Entry { spread: Some(Spread::Area), ..worse(Site::Shin) }], false);
        check_red_flag(&RULE, vec![Entry { movement: Some(Movement::Better), ..spot(Site::Shin) }], false);
        for sign in [Sign::NightPain, Sign::RestPain] {
            check_red_flag(&RULE, vec![Entry { signs: vec![sign], ..spot(Site::Hip) }], true);
        }
    }

    #[test]
    fn the_moment_counts_when_it_hurt() {
        for moment in [Moment::Night, Moment::Rest] {
            check_red_flag(&RULE, vec![Entry { moment, pain: Some(1.0), ..spot(Site::Foot) }], true);
            check_red_flag(&RULE, vec![Entry { moment, pain: Some(0.0), ..spot(Site::Foot) }], false);
            check_red_flag(&RULE, vec![Entry { moment, ..spot(Site::Foot) }], false);
        }
    }

    #[test]
    fn rows_of_one_day_are_read_together_and_sides_are_not() {
        let night = Entry { signs: vec![Sign::NightPain], ..at(20, Site::Shin, Side::Right) };
        check_red_flag(&RULE, vec![spot(Site::Shin), night.clone()], true);
        check_red_flag(&RULE, vec![spot(Site::Shin), Entry { side: Some(Side::Left), ..night.clone() }], false);
        check_red_flag(&RULE, vec![spot(Site::Shin), Entry { side: None, ..night.clone() }], true);
        check_red_flag(&RULE, vec![spot(Site::Shin), Entry { side: None, site: None, ..night.clone() }], true);
        check_red_flag(&RULE, vec![spot(Site::Shin), Entry { side: None, site: Some(Site::Calf), ..night }], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        let rows = vec![Entry { movement: Some(Movement::Worse), signs: vec![Sign::NightPain], ..spot(Site::Shin) }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged pain in one spot, pain that is worse with movement and pain at night (right shin). \
             Pain in one exact spot on a bone, worse with impact or at night, deserves a check before the next run."
        );
    }

    #[test]
    fn each_part_says_on_how_many_days() {
        let worse = |n| Entry { movement: Some(Movement::Worse), date: day(n), ..spot(Site::Shin) };
        let night = Entry { signs: vec![Sign::NightPain], date: day(18), ..spot(Site::Shin) };
        let found = flagged(&RULE, 20, vec![worse(17), night, worse(19), worse(20)]);
        assert_eq!(
            found[0].text(),
            "20–23 Mar 2025: you logged pain in one spot on 4 days, pain that is worse with movement on 3 \
             and pain at night on 1 (right shin). \
             Pain in one exact spot on a bone, worse with impact or at night, deserves a check before the next run."
        );
    }
}
