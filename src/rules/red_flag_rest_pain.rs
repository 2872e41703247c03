//! Red flag: pain at rest or at night on more than one day.

use super::{Change, Context, Evidence, Limit, Outcome, Rule, Severity, Stance, sighting, triage};

/// How many days it takes.
const MINIMUM_DAYS: Limit = Limit {
    key: "minimum_days",
    value: 2.0,
    change: Change::TRIAGE,
    why: "The triage table's value: one bad night is no pattern.",
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-rest-pain",
    title: "It hurts even at rest",
    why: "Soreness from running asks for rest and gets better with it. Pain that does not is worth a question.",
    formula: "rest_pain or night_pain, in the signs column or the note, or pain above 0 at moment night or rest, on 2 or more different days within 14, at any site.",
    needs: "Two days are enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A popular article on leg ache lists pain at rest among the reasons to seek advice. No study was checked.",
        sources: &["Popular article S1, seven ways to prevent leg ache after running."],
    },
    limits: &[MINIMUM_DAYS, triage::WINDOW, sighting::STRETCH],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for pain at rest.",
    message: "On 2 days, 3–4 May 2025, you logged pain at night (left hip). It hurts even at rest. That is a good reason to ask a doctor or physiotherapist.",
    check,
};

fn check(context: &Context) -> Vec<Outcome> {
    let flag = sighting::Flag {
        rule: RULE.id,
        severity: Severity::SeeSomeone,
        all_sites: true,
        days: context.limit(MINIMUM_DAYS) as usize,
        within_days: triage::WINDOW.value as i64,
        advice: "It hurts even at rest. That is a good reason to ask a doctor or physiotherapist.".to_string(),
        if_back: "that is a good reason to ask a doctor or physiotherapist.".to_string(),
    };
    sighting::judge(context, &flag, |day| day.pain_at_night_or_rest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Moment, Side, Sign, Site};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged};

    fn hip(n: i64, sign: Sign) -> Entry {
        Entry { signs: vec![sign], ..at(n, Site::Hip, Side::Left) }
    }

    #[test]
    fn two_days_and_not_one() {
        check_red_flag(&RULE, vec![hip(19, Sign::RestPain), hip(20, Sign::NightPain)], true);
        check_red_flag(&RULE, vec![hip(7, Sign::RestPain), hip(20, Sign::RestPain)], true);
        check_red_flag(&RULE, vec![hip(6, Sign::RestPain), hip(20, Sign::RestPain)], false);
        check_red_flag(&RULE, vec![hip(20, Sign::RestPain), hip(20, Sign::NightPain)], false);
        check_red_flag(&RULE, vec![hip(19, Sign::NightCramp), hip(20, Sign::NightCramp)], false);
    }

    #[test]
    fn pain_rated_at_night_or_at_rest_counts_like_the_signs() {
        let rated = |n, moment, pain| Entry { moment, pain, ..at(n, Site::Hip, Side::Left) };
        let night = |n| rated(n, Moment::Night, Some(3.0));
        check_red_flag(&RULE, vec![night(19), night(20)], true);
        check_red_flag(&RULE, vec![rated(19, Moment::Rest, Some(0.5)), hip(20, Sign::NightPain)], true);
        check_red_flag(&RULE, vec![night(20)], false);
        check_red_flag(&RULE, vec![rated(19, Moment::Night, Some(0.0)), night(20)], false);
        check_red_flag(&RULE, vec![rated(19, Moment::Rest, None), night(20)], false);
        check_red_flag(&RULE, vec![rated(19, Moment::Morning, Some(3.0)), night(20)], false);
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![hip(19, Sign::NightPain), hip(20, Sign::NightPain)])[0].text(),
            "On 2 days, 22–23 Mar 2025, you logged pain at night (left hip). \
             It hurts even at rest. That is a good reason to ask a doctor or physiotherapist."
        );
    }
}
