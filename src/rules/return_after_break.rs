//! Back near the old distance in the first week after a break.

use super::verdicts::{is_past, settled, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::Run;
use crate::time::{days_between, period_text, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, percent};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "return-after-break",
    title: "A full week right after a break",
    headline: "a full week right after a break",
    why: "Breath comes back sooner than tendons and bones do, so the first week back feels easier than it is.",
    formula: "A break is 14 days or more without a run. Distance of the 7 days from the first run after it, divided by the \
        weekly mean of the 28 days up to the last run before it.",
    needs: "28 days before the break covered by recordings, a distance for each of their runs and 10 km a week on average. \
        The 7 days need not be over, or have every distance, once they are over the limit. Where those 28 days are not all \
        recorded, a first week of more than half of what they hold is told as a fact (note) and not weighed.",
    cap: Severity::Watch,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "A review lists starting again after a break among what goes with running injuries, more in men than \
            in women and from few studies. No study was found that sets how much the first week should hold; half \
            is custom.",
        sources: &["van der Worp 2015, PLoS ONE 10:e0114937, PMC4338213"],
    },
    limits: &[BREAK_DAYS, SHARE, MINIMUM_MEAN_M],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, and S3, on knees, ask for gradual progress; breaks are not named.",
    message: "Welcome back. After 20 days without a recorded run your first week held 32.0 km, 80 % of your weekly 40.0 km \
        before. If you ran without recording in between, this is not about you. Half of that is a kinder start.",
    check: Check::Data(check),
};

const BREAK_DAYS: Limit = Limit {
    key: "break_days",
    value: 14.0,
    change: Change::Whole(7.0, 366.0),
    why: "Two weeks off; a few days less are a rest between two weeks.",
};
const SHARE: Limit = Limit {
    key: "share",
    value: 0.5,
    change: Change::Within(0.05, 5.0),
    why: "Half of what was usual: custom, no study sets it.",
};
const MINIMUM_MEAN_M: Limit = Limit {
    key: "minimum_mean_m",
    value: 10_000.0,
    change: Change::Within(1000.0, 200000.0),
    why: "Under 10 km a week any first run is more than half of a week.",
};

/// The days before the break that say what was usual.
const DAYS_BEFORE: usize = 28;
/// The first days back.
const DAYS_AFTER: i64 = 7;

/// So many days without a run, or more, are a break.
pub fn break_days(ctx: &Context) -> i64 {
    ctx.of(&RULE).limit(BREAK_DAYS) as i64
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let dates: Vec<NaiveDate> = ctx.history.runs.iter().map(Run::local_date).collect();
    if dates.is_empty() {
        return vec![Outcome::not_judged("no runs")];
    }
    let longest = ctx.limit(BREAK_DAYS) as i64;
    let breaks = dates.windows(2);
    let breaks = breaks.filter(|pair| days_between(pair[0], pair[1]) > longest);
    let outcomes: Vec<Outcome> = breaks.map(|pair| judge(ctx, pair[0], pair[1])).collect();
    match outcomes.is_empty() {
        true => vec![Outcome::Clear],
        false => settled(outcomes, ""),
    }
}

/// Judges a break between the last run before and the first after it.
fn judge(ctx: &Context, last: NaiveDate, first: NaiveDate) -> Outcome {
    match weekly_mean_m(ctx, last) {
        None => without_mean(ctx, last, first),
        Some(mean_m) => compare(ctx, last, first, mean_m),
    }
}

fn compare(ctx: &Context, last: NaiveDate, first: NaiveDate, mean_m: f64) -> Outcome {
    if mean_m < ctx.limit(MINIMUM_MEAN_M) - EPSILON {
        return Outcome::not_judged(
            "the four weeks before the latest break are too short to compare with",
        );
    }
    weigh(ctx, last, first, mean_m)
}

/// Nothing to compare with leaves the plain fact, if that is worth telling.
fn without_mean(ctx: &Context, last: NaiveDate, first: NaiveDate) -> Outcome {
    plain_fact(ctx, last, first).map_or(
        Outcome::not_judged("the four weeks before the latest break are not all covered by recordings with a distance"),
        Outcome::Flagged,
    )
}

fn weigh(ctx: &Context, last: NaiveDate, first: NaiveDate, mean_m: f64) -> Outcome {
    let week = first_week(ctx, first);
    let metres: f64 = week.iter().filter_map(|run| run.distance_m).sum();
    if metres > ctx.limit(SHARE) * mean_m + EPSILON {
        Outcome::Flagged(finding(ctx, last, first, metres, mean_m))
    } else if week.iter().any(|run| run.distance_m.is_none()) {
        Outcome::not_judged("a run of the first week after the latest break has no distance")
    } else {
        Outcome::Clear
    }
}

fn first_week<'a>(ctx: &Context<'a>, first: NaiveDate) -> &'a [Run] {
    ctx.history
        .runs_between(first, plus_days(first, DAYS_AFTER - 1))
}

fn four_weeks<'a>(ctx: &Context<'a>, last: NaiveDate) -> &'a [Run] {
    ctx.history
        .runs_between(plus_days(last, 1 - DAYS_BEFORE as i64), last)
}

/// A first week that holds more than half of what four weeks before the break hold, told where it cannot be weighed.
fn plain_fact(ctx: &Context, last: NaiveDate, first: NaiveDate) -> Option<Finding> {
    let sum = |runs: &[Run]| runs.iter().filter_map(|run| run.distance_m).sum::<f64>();
    let (before_m, metres) = (sum(four_weeks(ctx, last)), sum(first_week(ctx, first)));
    let is_much = metres > before_m / 2.0 && metres >= ctx.limit(MINIMUM_MEAN_M);
    (before_m > 0.0 && is_much).then(|| Finding {
        severity: Severity::Note,
        // Not weighed: there is no value beside a limit.
        observed: None,
        limit: None,
        message: plain_message(ctx, days_between(last, first) - 1, metres, before_m),
        instruction: String::new(),
        tells_days: false,
        ..finding(ctx, last, first, metres, before_m)
    })
}

fn plain_message(ctx: &Context, days: i64, metres: f64, before_m: f64) -> String {
    format!(
        "After {days} days without a recorded run the first week held {}; all that is recorded of the four weeks before is \
        {}. They are not all recorded, so this is not weighed.",
        ctx.units.distance_text(metres),
        ctx.units.distance_text(before_m)
    )
}

/// Metres a week in the four weeks up to `last`. None when a day is not covered or a run has no distance.
fn weekly_mean_m(ctx: &Context, last: NaiveDate) -> Option<f64> {
    let metres = metres_before(ctx, last).filter(|_| is_covered_before(ctx, last));
    metres.map(|metres| metres / (DAYS_BEFORE as f64 / 7.0))
}

/// The distance of the four weeks, if every run of them has one.
fn metres_before(ctx: &Context, last: NaiveDate) -> Option<f64> {
    let runs = four_weeks(ctx, last).iter();
    runs.map(|run| run.distance_m).sum()
}

fn is_covered_before(ctx: &Context, last: NaiveDate) -> bool {
    let days = ctx.history.days_until(last, DAYS_BEFORE);
    days.len() == DAYS_BEFORE && days.iter().all(|day| day.covered)
}

fn finding(ctx: &Context, last: NaiveDate, first: NaiveDate, metres: f64, mean_m: f64) -> Finding {
    let to = plus_days(first, DAYS_AFTER - 1).min(ctx.history.as_of);
    Finding {
        observed: Some(metres / mean_m * 100.0),
        limit: Some(ctx.limit(SHARE) * 100.0),
        unit: Unit::Percent,
        run_ids: ctx.history.run_ids_between(first, to),
        message: message(ctx, (last, first), to, metres, mean_m),
        instruction: unless_past(ctx, to, &kinder(ctx.limit(SHARE))),
        tells_days: is_past(ctx, to),
        ..Finding::on(&RULE, Severity::Watch, first, to)
    }
}

/// The share of what was usual that is no more than the limit, as advice.
fn kinder(share: f64) -> String {
    let part = if share == SHARE.value {
        "Half".to_string()
    } else {
        format!("{} %", percent(share))
    };
    format!("{part} of that is a kinder start.")
}

fn message(
    ctx: &Context,
    (last, first): (NaiveDate, NaiveDate),
    to: NaiveDate,
    metres: f64,
    mean_m: f64,
) -> String {
    let (distance, usual) = (
        ctx.units.distance_text(metres),
        ctx.units.distance_text(mean_m),
    );
    let (days, share) = (days_between(last, first) - 1, percent(metres / mean_m));
    let aside = "If you ran without recording in between, this is not about you.";
    if is_past(ctx, to) {
        let period = period_text(first, to);
        return format!(
            "After {days} days without a recorded run the first week back ({period}) held {distance}, {share} % of the \
            weekly {usual} before. {aside}"
        );
    }
    let so_far = if days_between(first, ctx.history.as_of) < DAYS_AFTER - 1 {
        " so far"
    } else {
        ""
    };
    format!(
        "Welcome back. After {days} days without a recorded run your first week held {distance}{so_far}, {share} % of your \
        weekly {usual} before. {aside}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::History;
    use crate::rules::fixture::{
        calendar, day, findings, history, is_not_judged, judge, log, run, weekly_km,
    };

    /// Four weeks of 40 km up to day 27, then `days` days off, then two runs of half of `km` each.
    fn back(days: i64, km: f64) -> Vec<Run> {
        let first = 28 + days;
        weekly_km(&[40.0; 4])
            .into_iter()
            .chain([run(first, km / 2.0), run(first + 6, km / 2.0)])
            .collect()
    }

    fn observed(history: &History) -> Option<f64> {
        findings(&RULE, history).first().and_then(|f| f.observed)
    }

    #[test]
    fn at_the_limits_and_just_over() {
        for (days, km, expected) in [
            (20, 19.0, None),
            (20, 20.0, None),
            (20, 20.4, Some(51.0)),
            (14, 20.4, Some(51.0)),
            (13, 20.4, None),
        ] {
            let found = observed(&history(back(days, km)));
            assert_eq!(
                found.map(|percent| (percent * 1e6).round() / 1e6),
                expected,
                "{days} days, {km} km"
            );
        }
    }

    #[test]
    fn only_the_first_seven_days_count() {
        let mut runs = back(20, 20.0);
        runs.push(run(55, 30.0)); // the eighth day
        assert_eq!(observed(&history(runs)), None);
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        let first_on = |n: i64| {
            let mut runs = back(20, 40.0);
            runs[0] = run(n, 12.0);
            is_not_judged(&RULE, &history(runs))
        };
        assert!(first_on(1), "27 covered days");
        assert!(!first_on(0), "28 covered days");
        let mut runs = back(20, 40.0);
        runs[3].distance_m = None;
        assert!(
            is_not_judged(&RULE, &history(runs)),
            "a distance before is missing"
        );
        let mut runs = back(20, 20.0);
        runs[12].distance_m = None;
        assert!(
            is_not_judged(&RULE, &history(runs)),
            "a distance after is missing"
        );
        let short = |km: f64| {
            let runs = weekly_km(&[km; 4]).into_iter().chain([run(50, 30.0)]);
            is_not_judged(&RULE, &history(runs.collect()))
        };
        assert!(short(9.9) && !short(10.0));
        assert_eq!(
            judge(&RULE, &history(weekly_km(&[40.0; 4])), &log(vec![])),
            [Outcome::Clear],
            "no break"
        );
    }

    #[test]
    fn a_full_week_is_told_where_it_cannot_be_weighed() {
        // Two runs of 10 km in recordings that begin 10 days before the break, and two of `km / 2` after 20 days.
        let with = |km: f64| {
            let runs = vec![
                run(0, 10.0),
                run(10, 10.0),
                run(31, km / 2.0),
                run(34, km / 2.0),
            ];
            findings(&RULE, &history(runs))
        };
        let found = with(12.0);
        assert_eq!(
            found
                .iter()
                .map(|f| (f.severity, f.observed))
                .collect::<Vec<_>>(),
            [(Severity::Note, None)]
        );
        assert_eq!(
            found[0].text(),
            "After 20 days without a recorded run the first week held 12.0 km; all that is recorded of the four weeks before \
            is 20.0 km. They are not all recorded, so this is not weighed."
        );
        assert!(with(10.0).is_empty(), "half");
    }

    #[test]
    fn the_message_has_the_numbers() {
        assert_eq!(
            findings(&RULE, &history(back(20, 32.0)))[0].text(),
            RULE.message
        );
        let so_far = weekly_km(&[40.0; 4])
            .into_iter()
            .chain([run(48, 32.0)])
            .collect();
        assert!(
            findings(&RULE, &history(so_far))[0]
                .text()
                .contains("held 32.0 km so far, 80 %")
        );
        // Day 48 is 23 Feb 2025.
        let old = calendar(back(20, 32.0), &log(vec![]), day(80));
        assert_eq!(
            findings(&RULE, &old)[0].text(),
            "After 20 days without a recorded run the first week back (23 Feb – 1 Mar 2025) held 32.0 km, 80 % of the \
            weekly 40.0 km before. If you ran without recording in between, this is not about you."
        );
    }
}
