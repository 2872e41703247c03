//! Seven days of much the same load: Foster's monotony.

use super::acwr_high::unit_text;
use super::series::newest;
use super::verdicts::{is_past, peaks, settled, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::Day;
use crate::stats::load::monotony;
use crate::time::period_text;
use crate::units::EPSILON;
use crate::units::{Unit, number};

/// The rule.
pub const RULE: Rule = Rule {
    id: "load-monotony",
    title: "Days much alike",
    headline: "days much alike",
    why: "When every day is the same there is no easy one to recover on.",
    formula: "Monotony: mean divided by the sample standard deviation of the loads of seven days, rest days being 0, at most \
        10; judged on every day. With five running days or fewer it cannot reach 1.5, so it is a sign of missing rest days \
        and little more. Days over the limit at most 28 days apart are one finding: that of the seven days when it was \
        highest.",
    needs: "Seven covered days with a load on every one in one unit, running on six of them, and not all exactly alike.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In 25 athletes illnesses came after weeks above a limit of strain, which monotony is a part of, and each \
            athlete had another limit. In 25 trail runners, followed for a year, monotony was higher in the week of an \
            injury than in the weeks before it. The limit of 2.0 is custom.",
        sources: &[
            "Foster 1998, Medicine & Science in Sports & Exercise 30:1164, doi 10.1097/00005768-199807000-00023",
            "Matos 2020, International Journal of Environmental Research and Public Health 17:4037, doi 10.3390/ijerph17114037",
        ],
    },
    limits: &[MONOTONY, RUN_DAYS, SEASON_GAP_DAYS],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running: overtraining is running without recovery between sessions.",
    message: "Your last seven days were very alike (monotony 2.3, counted in grade-adjusted kilometres). Mixing easy and \
        harder days, with a rest day, is the usual advice.",
    check: Check::Data(check),
};

const MONOTONY: Limit = Limit {
    key: "monotony",
    value: 2.0,
    change: Change::Within(1.0, 10.0),
    why: "Custom; six equal runs and a day off come to 2.27, five runs to 1.46.",
};
const RUN_DAYS: Limit = Limit {
    key: "run_days",
    value: 6.0,
    change: Change::Whole(1.0, 7.0),
    why: "With two rest days or more the limit cannot be reached.",
};
const SEASON_GAP_DAYS: Limit = Limit {
    key: "season_gap_days",
    value: 28.0,
    change: Change::Whole(1.0, 366.0),
    why: "A habit of weeks is one thing to say, not one for every week.",
};

/// Days of one value (Foster 1998).
const WEEK_DAYS: usize = 7;
fn check(ctx: &Context) -> Vec<Outcome> {
    let days = ctx.history.recorded_days();
    let outcomes = (0..days.len()).map(|index| judge(ctx, &days[..=index]));
    settled(
        peaks(outcomes, ctx.limit(SEASON_GAP_DAYS) as i64),
        "no runs",
    )
}

/// Judges the seven days that end with the last of these.
fn judge(ctx: &Context, days: &[Day]) -> Outcome {
    let Some(week) = newest(days, WEEK_DAYS) else {
        return Outcome::not_judged("fewer than seven days of recordings");
    };
    if week.iter().any(|day| !day.covered) {
        return Outcome::not_judged("the last seven days are not all covered by recordings");
    }
    let run_days = week.iter().filter(|day| day.runs > 0).count();
    match (run_days as f64) < ctx.limit(RUN_DAYS) {
        true => Outcome::Clear,
        false => weigh(ctx, week),
    }
}

fn weigh(ctx: &Context, week: &[Day]) -> Outcome {
    let loads: Option<Vec<f64>> = week.iter().map(|day| day.load).collect();
    let Some(loads) = loads else {
        return Outcome::not_judged(
            "a run of the last seven days has no load in the unit of this history",
        );
    };
    match monotony(&loads) {
        None => Outcome::not_judged(
            "the last seven days all have the same load, so monotony has no value",
        ),
        Some(value) if value >= ctx.limit(MONOTONY) - EPSILON => {
            Outcome::Flagged(finding(ctx, week, value))
        }
        Some(_) => Outcome::Clear,
    }
}

fn finding(ctx: &Context, week: &[Day], value: f64) -> Finding {
    let (from, to) = (week[0].date, week[WEEK_DAYS - 1].date);
    Finding {
        observed: Some(value),
        limit: Some(ctx.limit(MONOTONY)),
        unit: Unit::Ratio,
        run_ids: ctx.history.run_ids_between(from, to),
        message: message(ctx, week, value),
        instruction: unless_past(ctx, to, ADVICE),
        tells_days: to != ctx.history.as_of,
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

/// Said only while the next days are to come.
const ADVICE: &str = "Mixing easy and harder days, with a rest day, is the usual advice.";

fn message(ctx: &Context, week: &[Day], value: f64) -> String {
    let (from, to) = (week[0].date, week[WEEK_DAYS - 1].date);
    let figures = format!(
        "monotony {}, counted in {}",
        number(value, 1),
        unit_text(ctx.history.load_unit, ctx.units)
    );
    if is_past(ctx, to) {
        return format!(
            "The seven days {} were very alike ({figures}), the most so in a while.",
            period_text(from, to)
        );
    }
    let which = if to == ctx.history.as_of {
        "Your last seven days".to_string()
    } else {
        period_text(from, to)
    };
    format!("{which} were very alike ({figures}).")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, daily_km, day, findings, history, is_not_judged, judge, log, run,
    };

    /// Six equal runs and a seventh day of `km`: M = (6a + b)/7 ÷ SD, with SD² = 6(a − b)²/42, so (6a + b)/(√7·|a − b|).
    fn week(km: f64) -> Vec<f64> {
        vec![8.0, 8.0, 8.0, km, 8.0, 8.0, 8.0]
    }

    #[test]
    fn at_the_limit_and_just_below() {
        // Five runs of 8 km, one of b and a rest day: M = (40 + b) / (7·SD). At b = 4 the mean is 44/7 and the squares
        // about it are 336 − 1936/7 = 59.43, so SD = 3.147 and M = 1.997; at b = 4.1 it is 2.010.
        for (b, expected) in [(4.0, 0), (4.1, 1)] {
            let found = findings(
                &RULE,
                &history(daily_km(&[8.0, 8.0, 8.0, 0.0, 8.0, 8.0, b])),
            );
            assert_eq!(found.len(), expected, "{b}");
        }
        // Four runs of 8 km, two of 12 and a rest day: mean 8, squares about it 544 − 448 = 96, SD 4 and M exactly 2.
        let found = findings(
            &RULE,
            &history(daily_km(&[8.0, 8.0, 12.0, 0.0, 8.0, 8.0, 12.0])),
        );
        assert_eq!(
            found.iter().map(|f| f.observed).collect::<Vec<_>>(),
            [Some(2.0)]
        );
    }

    #[test]
    fn six_equal_runs_are_over_and_five_are_not() {
        // vectors.json monotony_max_by_run_days: 2.267787 and 1.463850.
        let found = findings(&RULE, &history(daily_km(&week(0.0))));
        assert!((found[0].observed.unwrap() - 2.267787).abs() < 5e-7);
        assert_eq!(
            (found[0].from, found[0].to, found[0].severity),
            (day(0), day(6), Severity::Note)
        );
        assert!(
            findings(
                &RULE,
                &history(daily_km(&[8.0, 8.0, 8.0, 0.0, 0.0, 8.0, 8.0]))
            )
            .is_empty()
        );
    }

    #[test]
    fn nearly_equal_days_are_ten_at_most() {
        assert_eq!(
            findings(&RULE, &history(daily_km(&week(8.001))))[0].observed,
            Some(10.0)
        );
    }

    #[test]
    fn a_habit_is_one_finding_at_its_peak() {
        let km: Vec<f64> = (0..10)
            .flat_map(|n| week(if n == 4 { 3.0 } else { 0.0 }))
            .collect();
        let found = findings(&RULE, &history(daily_km(&km)));
        // 51/(√7·5) = 3.855 in the seven days around day 31 with its 3 km; the first seven that hold it and no rest speak.
        assert_eq!(found.len(), 1);
        assert!((found[0].observed.unwrap() - 3.855_24).abs() < 5e-5);
        assert_eq!((found[0].from, found[0].to), (day(25), day(31)));
    }

    #[test]
    fn too_little_data() {
        assert!(
            is_not_judged(&RULE, &history(daily_km(&week(0.0)[..6]))),
            "six days"
        );
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(
            is_not_judged(&RULE, &history(daily_km(&[8.0; 7]))),
            "no spread"
        );
        let mut runs = daily_km(&week(0.0));
        runs[2].grade_adjusted_m = None;
        assert!(is_not_judged(&RULE, &history(runs)), "a load is missing");
        // Eleven days without a run, then six: the seventh day back is not covered.
        let gap = [run(0, 8.0)]
            .into_iter()
            .chain((12..18).map(|n| run(n, 8.0)))
            .collect();
        assert!(is_not_judged(&RULE, &history(gap)));
        let five = judge(
            &RULE,
            &history(daily_km(&[8.0, 8.0, 0.0, 8.0, 8.0, 0.0, 8.0])),
            &log(vec![]),
        );
        assert_eq!(five, [Outcome::Clear], "five runs cannot reach it");
    }

    #[test]
    fn the_message_has_the_numbers_and_the_unit() {
        let runs = || daily_km(&week(0.0));
        let message =
            |as_of: i64| findings(&RULE, &calendar(runs(), &log(vec![]), day(as_of)))[0].text();
        assert_eq!(message(6), RULE.message);
        assert!(
            message(7).starts_with("6–12 Jan 2025 were very alike (monotony 2.3"),
            "{}",
            message(7)
        );
        assert!(message(21).ends_with("the most so in a while."));
    }
}
