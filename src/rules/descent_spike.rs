//! A jump in metres descended, joined to the thighs and the knee.

use super::climb::{self, Direction};
use super::{
    Backtest, Check, Context, Evidence, Group, Mark, Outcome, Pattern, Rule, Severity, Stance,
};
use crate::pain::Site;

/// The rule.
pub const RULE: Rule = Rule {
    id: "descent-spike",
    title: "More downhill than usual",
    headline: "more downhill than usual",
    why: "Downhill is where sore thighs come from, and loads counted in energy or heart rate underrate it.",
    formula: climb::FORMULA,
    needs: climb::NEEDS,
    cap: Severity::Watch,
    group: Group::CadenceAndHills,
    triage: &[],
    is_loud: true,
    recalls: false,
    marks: &[Mark::Descent],
    backtest: Backtest::Counted(Pattern::of_form(
        7,
        &[
            Site::Knee,
            Site::Kneecap,
            Site::Quad,
            Site::Thigh,
            Site::Itb,
        ],
    )),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Moderate for soreness, weak for anything more: braking downhill works the muscles while they lengthen, \
            and soreness follows for up to two or three days. The peak force is highest downhill, and the knee absorbs \
            more power on a decline. The energy cost of moderate downhill is lower than on the flat, so energy-based \
            loads do not show it.",
        sources: &[
            "Vickers 2001, BMC Musculoskeletal Disorders 2:5, doi 10.1186/1471-2474-2-5",
            "Neves 2014, Journal of Sports Science & Medicine, PMC4234952",
            "Telhan 2010, Journal of Athletic Training 45:16, doi 10.4085/1062-6050-45.1.16",
            "Minetti 2002, Journal of Applied Physiology 93:1039, doi 10.1152/japplphysiol.01177.2001",
        ],
    },
    limits: climb::LIMITS,
    ordered: climb::ORDERED,
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: running downhill brings soreness and aggravates the knee.",
    message: "400 m of downhill in seven days, 2.0 times your usual week (200 m). Sore thighs over the next 1–3 days \
        would be normal; sharp or one-spot pain would not.",
    check: Check::Data(check),
};

/// Down.
pub const DIRECTION: Direction = Direction {
    rule: &RULE,
    noun: "downhill",
    of_run: |run| run.descent_m,
    of_day: |day| day.descent_m,
    sites: &[Site::Quad, Site::Thigh, Site::Knee, Site::Kneecap],
    advice: "Sore thighs over the next 1–3 days would be normal; sharp or one-spot pain would not.",
    past_advice: "Sore thighs for 1–3 days after are normal; sharp or one-spot pain is not.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    climb::check(ctx, &DIRECTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Run;
    use crate::rules::fixture::{
        day, findings, findings_with, history, is_not_judged, log, run, sore,
    };

    /// 200 m down in one run a week from day 6 to 41, then runs on days 48 and 49 with `metres` each.
    fn with_last_week(metres: f64) -> Vec<Run> {
        let flat = (0..6).flat_map(|week| [run(7 * week, 8.0), run(7 * week + 3, 8.0)]);
        let hill = |n: i64, descent_m: f64| Run {
            descent_m: Some(descent_m),
            ..run(n, 8.0)
        };
        flat.chain((0..6).map(|week| hill(7 * week + 6, 200.0)))
            .chain([hill(48, metres), hill(49, metres)])
            .collect()
    }

    #[test]
    fn at_the_limit_and_just_under() {
        assert_eq!(findings(&RULE, &history(with_last_week(174.9))).len(), 0);
        assert_eq!(
            findings(&RULE, &history(with_last_week(175.0)))[0].severity,
            Severity::Note
        );
    }

    #[test]
    fn a_sore_knee_or_thigh_raises_it() {
        for (site, expected) in [
            (Site::Knee, Severity::Watch),
            (Site::Kneecap, Severity::Watch),
            (Site::Quad, Severity::Watch),
            (Site::Thigh, Severity::Watch),
            (Site::Calf, Severity::Note),
        ] {
            let found = findings_with(
                &RULE,
                &history(with_last_week(175.0)),
                &log(vec![sore(49, site, 2.0)]),
            );
            assert_eq!(found[0].severity, expected, "{site:?}");
        }
        let found = findings_with(
            &RULE,
            &history(with_last_week(175.0)),
            &log(vec![sore(49, Site::Thigh, 2.0)]),
        );
        assert!(
            found[0]
                .text()
                .contains("You logged pain in your thigh soon after"),
            "{}",
            found[0].text()
        );
    }

    #[test]
    fn too_little_data() {
        let four_weeks = with_last_week(175.0)
            .into_iter()
            .filter(|run| run.local_date() < day(28))
            .collect();
        assert!(is_not_judged(&RULE, &history(four_weeks)));
    }

    #[test]
    fn the_message_has_the_numbers() {
        assert_eq!(
            findings(&RULE, &history(with_last_week(200.0)))[0].text(),
            RULE.message
        );
    }
}
