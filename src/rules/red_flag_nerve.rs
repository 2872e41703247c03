//! Red flag: numbness, tingling or weakness.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Seen},
    triage,
};
use crate::pain::{PainType, Sign};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-nerve",
    title: "Numbness, tingling or weakness",
    why: "Muscles ache; they do not tingle. It is mostly harmless, and a clinician can tell in minutes.",
    formula: "Any day with numbness, tingling, weakness or numbness between the legs among the signs or in the note, or with type tingling or numb. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache puts numbness and tingling on the list of reasons to seek advice. No study was checked.",
        sources: &["Popular article S1, seven ways to prevent leg ache after running."],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for numbness or tingling.",
    message: "On 3 May 2025 you logged tingling (left foot). Tingling, numbness or weakness can come from a nerve, often one that was only pressed for a while; a clinician can tell.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::SeeSomeone,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "Tingling, numbness or weakness can come from a nerve, often one that was only pressed for a while; \
                 a clinician can tell."
            .to_string(),
        if_back: "a clinician can tell where it comes from.".to_string(),
    };
    sighting::judge(context, &flag, seen)
}

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let mut seen = day.signs(&[Sign::Numbness, Sign::Tingling, Sign::Weakness, Sign::SaddleNumbness]);
    for (kind, sign) in [(PainType::Tingling, Sign::Tingling), (PainType::Numb, Sign::Numbness)] {
        if !day.has(sign) && day.any(|row| row.types.contains(&kind)) {
            seen.push(Seen::logged(sign.label()));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged, harmless};

    fn foot() -> Entry {
        at(20, Site::Foot, Side::Left)
    }

    #[test]
    fn a_sign_or_a_kind_of_pain_is_enough() {
        for sign in [Sign::Numbness, Sign::Tingling, Sign::Weakness, Sign::SaddleNumbness] {
            check_red_flag(&RULE, vec![Entry { signs: vec![sign], ..foot() }], true);
        }
        for kind in [PainType::Tingling, PainType::Numb] {
            check_red_flag(&RULE, vec![Entry { types: vec![kind], ..foot() }], true);
        }
        check_red_flag(&RULE, vec![Entry { types: vec![PainType::Burning], ..foot() }], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        let rows = vec![Entry { types: vec![PainType::Tingling], signs: vec![Sign::Tingling], ..foot() }];
        assert_eq!(
            flagged(&RULE, 20, rows)[0].text(),
            "On 23 Mar 2025 you logged tingling (left foot). Tingling, numbness or weakness can come from a nerve, \
             often one that was only pressed for a while; a clinician can tell."
        );
    }
}
