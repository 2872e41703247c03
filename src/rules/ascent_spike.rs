//! A jump in metres climbed, joined to the calf and the Achilles.

use super::climb::{self, Direction};
use super::{
    Backtest, Check, Context, Evidence, Group, Mark, Outcome, Pattern, Rule, Severity, Stance,
};
use crate::pain::Site;

/// The rule.
pub const RULE: Rule = Rule {
    id: "ascent-spike",
    title: "More climbing than usual",
    headline: "more climbing than usual",
    why: "Hills shift work to the calves and hips, and a sudden lot of them is easy to overlook in kilometres.",
    formula: climb::FORMULA,
    needs: climb::NEEDS,
    cap: Severity::Watch,
    group: Group::CadenceAndHills,
    triage: &[],
    is_loud: true,
    recalls: false,
    marks: &[Mark::Ascent],
    backtest: Backtest::Counted(Pattern::of_form(
        7,
        &[Site::Calf, Site::Achilles, Site::Foot],
    )),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "No study was found that follows a jump in climbing to trouble later. In 20 women, ten minutes at 6 % up \
            or down changed the Achilles tendon no differently from the flat. In 20 runners the load on the shin bone \
            was higher at 10 and 15 % uphill than on the level, and lower downhill. Uphill running raises the power \
            at the hip.",
        sources: &[
            "Neves 2014, Journal of Sports Science & Medicine, PMC4234952",
            "Rice 2024, Journal of Sport and Health Science 13:118, doi 10.1016/j.jshs.2023.03.004, PMC10818105",
            "Telhan 2010, Journal of Athletic Training 45:16, doi 10.4085/1062-6050-45.1.16",
        ],
    },
    limits: climb::LIMITS,
    ordered: climb::ORDERED,
    rests_on: &[],
    seed: "S0, hotspots after running: hill repeats and a sudden rise in climbing overload calves and Achilles.",
    message: "400 m of climbing in seven days, 2.0 times your usual week (200 m). Calves and Achilles often notice first; \
        see how they feel tomorrow.",
    check: Check::Data(check),
};

/// Up.
pub const DIRECTION: Direction = Direction {
    rule: &RULE,
    noun: "climbing",
    of_run: |run| run.ascent_m,
    of_day: |day| day.ascent_m,
    sites: &[Site::Calf, Site::Achilles],
    advice: "Calves and Achilles often notice first; see how they feel tomorrow.",
    past_advice: "Calves and Achilles often notice first.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    climb::check(ctx, &DIRECTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Run;
    use crate::rules::fixture::{day, findings, history, is_not_judged, run};

    /// 200 m in one run a week from day 6 to 41, then runs on days 48 and 49 with `metres` each.
    fn with_last_week(metres: f64) -> Vec<Run> {
        let flat = (0..6).flat_map(|week| [run(7 * week, 8.0), run(7 * week + 3, 8.0)]);
        let hill = |n: i64, ascent_m: f64| Run {
            ascent_m: Some(ascent_m),
            ..run(n, 8.0)
        };
        flat.chain((0..6).map(|week| hill(7 * week + 6, 200.0)))
            .chain([hill(48, metres), hill(49, metres)])
            .collect()
    }

    #[test]
    fn at_the_limit_and_just_under() {
        // 175 + 175 m is 150 m over the usual 200 m and 1.75 times it; each run stays under the 200 m of the others.
        assert_eq!(findings(&RULE, &history(with_last_week(174.9))).len(), 0);
        assert_eq!(
            findings(&RULE, &history(with_last_week(175.0)))[0].severity,
            Severity::Note
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
