//! Red flag: a pop, or a sudden stop with a bruise, at the hamstring or the front of the thigh.

use super::{Backtest, Check, Context, Evidence, Group, Outcome, Rule, Severity, Stance};
use super::{
    sighting::{self, DayAtSite, Flag, LOOK_THAT_WEEK, Seen},
    triage,
};
use crate::pain::{Function, Sign, Site};

/// The rule.
pub const RULE: Rule = Rule {
    id: "red-flag-hamstring",
    title: "A pop or a bruise after a sudden stop at hamstring or quad",
    headline: "a pop or a bruise after a sudden stop",
    why: "Most pulled muscles mend by themselves. One that popped and bruised may have come off at its end, and then the first weeks matter.",
    formula: "Hamstring, quad or glute: a day with pop; or a sudden start and a run stopped or missed, with a bruise on it or in the 7 days around it. Not where everything there is rated 0.",
    needs: "One row is enough. Rows of the last 14 days are current, older ones are history.",
    cap: Severity::SeeSomeone,
    group: Group::RedFlags,
    triage: &[(Severity::SeeSomeone, 40)],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::MADE_OF_PAIN,
    evidence: Evidence {
        stance: Stance::CommonAdvice,
        says: "Surgeons' and sports medicine pages describe a pop, a large bruise, a weak bend and painful sitting as the picture of a hamstring that came off its bone; a picture shows it, and repair is better early. Plain strains need no more than time.",
        sources: &[
            "Orthoempearls, page on the back of the thigh, orthoempearls.com/articles/goodbye-thigh, read November 2026.",
            "Sports-health, pages on the hamstring, www.sports-health.com/, read November 2026.",
        ],
    },
    limits: &[triage::WINDOW, sighting::STRETCH],
    ordered: &[],
    rests_on: &[],
    seed: "None: public health services say it; the articles do not mention it.",
    message: "On 3 May 2025 you logged a pop, a crack or a kick (left hamstring). A muscle that popped or bruised in one move heals best when it is seen early. Please have it looked at this week, and do not run until then.",
    check: Check::Data(check),
};

const ADVICE: &str = "A muscle that popped or bruised in one move heals best when it is seen early. Please have it looked at this \
                      week, and do not run until then.";

fn check(ctx: &Context) -> Vec<Outcome> {
    let flag = Flag::of_a_place(&RULE, ADVICE, LOOK_THAT_WEEK);
    let days = sighting::days(ctx);
    sighting::judge(ctx, &flag, |day| seen(&days, day))
}

/// A bruise comes up within days of the move that made it.
const BRUISE_DAYS: i64 = 7;

fn seen(days: &[DayAtSite], day: &DayAtSite) -> Vec<Seen> {
    if !is_here(day) {
        return Vec::new();
    }
    let near = sighting::around(days, day, BRUISE_DAYS, BRUISE_DAYS);
    match day.has(Sign::Pop) || stopped_suddenly(day) && near.has(Sign::Bruise) {
        true => told(day, near.signs(&[Sign::Bruise])),
        false => Vec::new(),
    }
}

fn is_here(day: &DayAtSite) -> bool {
    let is_muscle = matches!(day.site, Some(Site::Hamstring | Site::Quad | Site::Glute));
    is_muscle && !day.is_free_of_pain()
}

fn stopped_suddenly(day: &DayAtSite) -> bool {
    day.sudden().is_some() && day.effect() >= Some(Function::Stopped)
}

fn told(day: &DayAtSite, bruise: Vec<Seen>) -> Vec<Seen> {
    let mut told = day.signs(&[Sign::Pop]);
    told.extend(day.sudden());
    told.extend(day.effects(Function::Stopped));
    told.extend(bruise);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Entry, Onset, Side};
    use crate::rules::pain_fixture::{check_red_flag, check_too_little_data, flagged, sore};

    fn hamstring(n: i64, signs: &[Sign]) -> Entry {
        Entry {
            signs: signs.into(),
            ..sore(n, Site::Hamstring, Side::Left, 5.0)
        }
    }

    fn stop(n: i64) -> Entry {
        Entry {
            onset: Some(Onset::Sudden),
            function: Some(Function::Stopped),
            ..hamstring(n, &[])
        }
    }

    #[test]
    fn a_pop_or_a_sudden_stop_with_a_bruise() {
        check_red_flag(&RULE, vec![hamstring(20, &[Sign::Pop])], true);
        check_red_flag(&RULE, vec![stop(20)], false);
        check_red_flag(&RULE, vec![stop(13), hamstring(20, &[Sign::Bruise])], true);
        check_red_flag(&RULE, vec![stop(12), hamstring(20, &[Sign::Bruise])], false);
        check_red_flag(&RULE, vec![hamstring(20, &[Sign::Bruise])], false);
    }

    #[test]
    fn other_places_and_painless_clicks_are_none() {
        let at = |site| Entry {
            site: Some(site),
            ..hamstring(20, &[Sign::Pop])
        };
        check_red_flag(&RULE, vec![at(Site::Calf)], false);
        check_red_flag(&RULE, vec![at(Site::Knee)], false);
        check_red_flag(
            &RULE,
            vec![Entry {
                pain: Some(0.0),
                ..hamstring(20, &[Sign::Pop])
            }],
            false,
        );
    }

    #[test]
    fn words() {
        assert_eq!(
            flagged(&RULE, 20, vec![hamstring(20, &[Sign::Pop, Sign::Bruise])])[0].text(),
            "On 23 Mar 2025 you logged a pop, a crack or a kick and a bruise (left hamstring). A muscle that popped or \
             bruised in one move heals best when it is seen early. Please have it looked at this week, and do not run until \
             then."
        );
    }

    #[test]
    fn too_little_data() {
        check_too_little_data(&RULE);
    }
}
