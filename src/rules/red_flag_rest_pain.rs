//! Red flag: pain at rest or at night on more than one day.

use super::{
    Backtest, Change, Check, Context, Evidence, Group, Limit, Outcome, Rule, Severity, Stance,
};
use super::{
    sighting::{self, DayAtSite, Flag, Seen},
    triage,
};
use crate::pain::{Everyday, Sign, Site};

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
    headline: "it hurts even at rest",
    why: "Soreness from running asks for rest and gets better with it. Pain that does not is worth a question.",
    formula: "rest_pain or night_pain, in the signs column or the note, or pain above 0 at moment night or rest, on 2 or more different days within 14, at any site. Pain at rest that is not at night does not count at hamstring, glute, kneecap or Achilles up to 4 of 10 or unrated, nor where a note names sore muscles. One night with impact is red-flag-bone-spot, at hip, groin and thigh red-flag-hip-groin.",
    needs: "Two days are enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 110)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Public health pages on knee and hip ask people with pain at rest or at night to see someone; a pathway for the knee names constant pain and pain that gets worse at night. An ache of the hamstring on hard chairs belongs to its tendon and is no such sign (Goom 2016), nor is a kneecap after a film.",
        sources: &[
            "NHS Greater Glasgow and Clyde, page on the knee, nhsggc.org.uk/your-health/health-services/msk-physiotherapy/knees, read November 2026.",
            "Cora Health, page on the hip, www.corahealth.co.uk/resources/what-is-hip-pain/, read November 2026.",
            "Goom et al. (2016), doi.org/10.2519/jospt.2016.5986, abstract read November 2026.",
        ],
    },
    limits: &[MINIMUM_DAYS, triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: seek advice for pain at rest.",
    message: "On 2 days, 3–4 May 2025, you logged pain at night (left hip). It hurts even at rest, which mostly has a simple reason. Please ask a doctor or physiotherapist this week.",
    check: Check::Data(check),
};

const ADVICE: &str = "It hurts even at rest, which mostly has a simple reason. Please ask a doctor or physiotherapist this week.";
const IF_BACK: &str = "please ask a doctor or physiotherapist.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag {
        days: ctx.limit(MINIMUM_DAYS) as usize,
        within_days: triage::WINDOW.value as i64,
        ..Flag::of_the_body(&RULE, ADVICE, IF_BACK)
    };
    sighting::judge(ctx, &flag, seen)
}

/// Up to here an ache on a chair is the way of tendons and kneecaps.
const SITTING_PAIN: f64 = 4.0;

fn seen(day: &DayAtSite) -> Vec<Seen> {
    let seen = day.pain_at_night_or_rest();
    let at_night = seen.iter().any(|seen| seen.text == Sign::NightPain.label());
    let is_from_sitting = is_sitting_pain(day) && !at_night;
    match is_from_sitting || day.is_everyday(&[Everyday::Soreness]) {
        true => Vec::new(),
        false => seen,
    }
}

fn is_sitting_pain(day: &DayAtSite) -> bool {
    let is_here = matches!(
        day.site,
        Some(Site::Hamstring | Site::Glute | Site::Kneecap | Site::Achilles)
    );
    is_here && day.peak().is_none_or(|pain| pain <= SITTING_PAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Moment, Side};
    use crate::rules::pain_fixture::{at, check_red_flag, check_too_little_data, flagged};

    fn hip(n: i64, sign: Sign) -> Entry {
        Entry {
            signs: [sign].into(),
            ..at(n, Site::Hip, Side::Left)
        }
    }

    #[test]
    fn two_days_and_not_one() {
        check_red_flag(
            &RULE,
            vec![hip(19, Sign::RestPain), hip(20, Sign::NightPain)],
            true,
        );
        check_red_flag(
            &RULE,
            vec![hip(7, Sign::RestPain), hip(20, Sign::RestPain)],
            true,
        );
        check_red_flag(
            &RULE,
            vec![hip(6, Sign::RestPain), hip(20, Sign::RestPain)],
            false,
        );
        check_red_flag(
            &RULE,
            vec![hip(20, Sign::RestPain), hip(20, Sign::NightPain)],
            false,
        );
        check_red_flag(
            &RULE,
            vec![hip(19, Sign::NightCramp), hip(20, Sign::NightCramp)],
            false,
        );
    }

    #[test]
    fn pain_rated_at_night_or_at_rest_counts_like_the_signs() {
        let rated = |n, moment, pain| Entry {
            moment,
            pain,
            ..at(n, Site::Hip, Side::Left)
        };
        let night = |n| rated(n, Moment::Night, Some(3.0));
        check_red_flag(&RULE, vec![night(19), night(20)], true);
        check_red_flag(
            &RULE,
            vec![rated(19, Moment::Rest, Some(0.5)), hip(20, Sign::NightPain)],
            true,
        );
        check_red_flag(&RULE, vec![night(20)], false);
        check_red_flag(
            &RULE,
            vec![rated(19, Moment::Night, Some(0.0)), night(20)],
            false,
        );
        check_red_flag(&RULE, vec![rated(19, Moment::Rest, None), night(20)], false);
        check_red_flag(
            &RULE,
            vec![rated(19, Moment::Morning, Some(3.0)), night(20)],
            false,
        );
    }

    #[test]
    fn an_ache_on_a_chair_is_the_way_of_tendons() {
        let sits = |n, site, pain, sign| Entry {
            pain: Some(pain),
            site: Some(site),
            ..hip(n, sign)
        };
        for site in [Site::Hamstring, Site::Glute, Site::Kneecap] {
            let two = |pain, sign| vec![sits(19, site, pain, sign), sits(20, site, pain, sign)];
            check_red_flag(&RULE, two(3.0, Sign::RestPain), false);
            check_red_flag(&RULE, two(5.0, Sign::RestPain), true);
            check_red_flag(&RULE, two(3.0, Sign::NightPain), true);
        }
        let sore = |n| Entry {
            everyday_in_note: [Everyday::Soreness].into(),
            ..hip(n, Sign::NightPain)
        };
        check_red_flag(&RULE, vec![sore(19), sore(20)], false);
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(
                &RULE,
                20,
                vec![hip(19, Sign::NightPain), hip(20, Sign::NightPain)]
            )[0]
            .text(),
            "On 2 days, 22–23 Mar 2025, you logged pain at night (left hip). It hurts even at rest, which mostly has a \
             simple reason. Please ask a doctor or physiotherapist this week."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
