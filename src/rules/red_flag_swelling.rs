//! Red flag: swelling, redness, warmth or a bruise by itself.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance};
use super::{
    red_flag_one_sided_swelling,
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{Entry, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-swelling",
    title: "Swelling, redness, warmth or a bruise",
    why: "Plain soreness does not swell or bruise. Most of it settles in a day or two; what does not is worth a look.",
    formula: "Any day with swelling, redness, warmth or bruise, in the signs column or the note, that is not already red-flag-one-sided-swelling. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache puts swelling, redness and warmth on the injury side of its table and on its list of reasons to seek advice. No study was checked.",
        sources: &["Popular article S1, seven ways to prevent leg ache after running."],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: swelling, redness and warmth stand on the injury side of its table.",
    message: "On 3 May 2025 you logged swelling (left ankle). Swelling, redness, warmth or a bruise that is not gone in a day or two should be looked at. Most settle by themselves.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::SeeSomeone,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "Swelling, redness, warmth or a bruise that is not gone in a day or two should be looked at. \
                 Most settle by themselves."
            .to_string(),
        if_back: "it should be looked at if it is not gone in a day or two.".to_string(),
    };
    let rows = triage::rows(context);
    sighting::judge(context, &flag, |day| seen(rows, day))
}

fn seen(rows: &[Entry], day: &DayAtSite) -> Vec<Seen> {
    if !red_flag_one_sided_swelling::seen(rows, day).is_empty() {
        return Vec::new();
    }
    day.signs(&[Sign::Swelling, Sign::Redness, Sign::Warmth, Sign::Bruise])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Side, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged, harmless};

    fn with(site: Site, signs: &[Sign]) -> Entry {
        Entry { signs: signs.to_vec(), ..at(20, site, Side::Left) }
    }

    #[test]
    fn each_sign_alone_is_enough() {
        for sign in [Sign::Swelling, Sign::Redness, Sign::Warmth, Sign::Bruise] {
            check_red_flag(&RULE, vec![with(Site::Calf, &[sign])], true);
        }
        check_red_flag(&RULE, vec![with(Site::Calf, &[Sign::Fever])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn what_the_urgent_rule_takes_is_not_said_twice() {
        let signs = [Sign::Swelling, Sign::Warmth];
        check_red_flag(&RULE, vec![with(Site::Calf, &signs)], false);
        check_red_flag(&RULE, vec![with(Site::Ankle, &signs)], true);
        check_red_flag(&RULE, vec![Entry { side: Some(Side::Both), ..with(Site::Calf, &signs) }], true);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        let rows = vec![Entry { signs_in_note: vec![Sign::Swelling], ..at(20, Site::Ankle, Side::Left) }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "Your note of 23 Mar 2025 mentions swelling (left ankle). Swelling, redness, warmth or a bruise \
             that is not gone in a day or two should be looked at. Most settle by themselves."
        );
    }
}
