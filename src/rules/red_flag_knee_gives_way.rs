//! Red flag: a knee or another joint that gives way or locks.

use super::{Context, Evidence, Outcome, Rule, Severity, Stance, sighting, triage};
use crate::pain::Sign;

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-knee-gives-way",
    title: "A joint that gives way or catches",
    why: "Giving way and catching are about how a joint moves and not how it feels; hands can examine that, a log cannot.",
    formula: "Any day with giving_way or locking, in the signs column or the note. Rows at most 14 days apart are one finding for each site and side.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Common clinical advice, written down from memory. No source was checked, and the popular articles niggle started from do not mention it.",
        sources: &["Common clinical advice, from memory, not re-checked."],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    seed: "None: common clinical advice that the articles do not mention.",
    message: "On 3 May 2025 you logged giving way (left knee). A knee or another joint that gives way or catches is worth an examination.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::SeeSomeone,
        all_sites: false,
        days: 1,
        within_days: 1,
        advice: "A knee or another joint that gives way or catches is worth an examination.".to_string(),
        if_back: "it is worth an examination.".to_string(),
    };
    sighting::judge(context, &flag, |day| day.signs(&[Sign::GivingWay, Sign::Locking]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Side, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged, harmless};

    fn knee(signs: &[Sign]) -> Entry {
        Entry { signs: signs.to_vec(), ..at(20, Site::Knee, Side::Left) }
    }

    #[test]
    fn one_row_is_enough() {
        check_red_flag(&RULE, vec![knee(&[Sign::GivingWay])], true);
        check_red_flag(&RULE, vec![knee(&[Sign::Locking])], true);
        check_red_flag(&RULE, vec![knee(&[Sign::Weakness])], false);
        check_red_flag(&RULE, vec![harmless(20)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![knee(&[Sign::GivingWay, Sign::Locking])])[0].text(),
            "On 23 Mar 2025 you logged giving way and locking (left knee). \
             A knee or another joint that gives way or catches is worth an examination."
        );
    }
}
