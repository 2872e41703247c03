//! A week with far more hard minutes than the weeks before it.

use super::verdicts::{is_past, peaks, settled, unless_past};
use super::weekly_distance_jump::{full_weeks, weeks_before};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::{Run, Week};
use crate::option::HEART_RATE_MAX;
use crate::stats::load::weekly_base;
use crate::time::plus_days;
use crate::units::EPSILON;
use crate::units::{Unit, number, percent};

/// The rule.
pub const RULE: Rule = Rule {
    id: "hard-minutes-jump",
    title: "Far more hard minutes than in recent weeks",
    headline: "far more hard minutes than in recent weeks",
    why: "A week can stay as long as the last one and still be much harder.",
    formula: "Minutes of the local ISO week with a heart rate of 80 % of the maximum or more, divided by the larger of the \
        previous week's and the mean of the four full weeks before, minus 1. Weeks over the limit at most 28 days apart \
        are one finding: the loudest, then the largest jump.",
    needs: "Heart rate for 80 % of the running time of the week and of each of the four full weeks before, hard minutes in \
        those, and a maximum heart rate that is given, stored by the watch or account, or estimated. The current week is judged only \
        once it is over the limit.",
    cap: Severity::Note,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern::of_load(7)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "In a trial of running shoes a higher mean intensity of the sessions went with more running injuries \
            (hazard ratio 1.40, 1.04–1.87; one of several things allowed for, and no part of what was drawn by \
            lot). In the only trial that drew it by lot, 447 runners raised either their intensity or their \
            distance: after 16 weeks 14.0 percentage points fewer of those with intensity were injured (−36.9 to \
            8.9), so no difference could be shown. No study was found that tests a week's jump in hard minutes; \
            the limits carry the 10 % custom over to them.",
        sources: &[
            "Theisen 2014, British Journal of Sports Medicine 48:371, doi 10.1136/bjsports-2013-092613",
            "Ramskov 2018 (Run Clever), BMJ Open Sport & Exercise Medicine 4:e000333, doi 10.1136/bmjsem-2017-000333",
        ],
    },
    limits: &[
        NOTE_PERCENT,
        NOTE_MINUTES,
        HEART_RATE_SHARE,
        WEEKS_BEFORE,
        SEASON_GAP_DAYS,
    ],
    ordered: &[],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, and S3, on knees: the 10 % rule holds for intensity as for distance.",
    message: "70 hard minutes this week (heart rate of 80 % of your maximum or more), up 75 % on your recent weeks (40). \
        More than usual is not too much by itself; an easy day between hard ones helps.",
    check: Check::Data(check),
};

const NOTE_PERCENT: Limit = Limit {
    key: "note_percent",
    value: 10.0,
    change: Change::Within(0.0, 1000.0),
    why: "The customary 10 %, carried over from distance to intensity.",
};
const NOTE_MINUTES: Limit = Limit {
    key: "note_minutes",
    value: 10.0,
    change: Change::Within(0.0, 600.0),
    why: "In an easy week a few minutes on a hill are a large percentage and little else.",
};
const HEART_RATE_SHARE: Limit = Limit {
    key: "heart_rate_share",
    value: 0.8,
    change: Change::Within(0.5, 1.0),
    why: "A week whose heart rate is known for less would look easy for no other reason.",
};
const WEEKS_BEFORE: Limit = Limit {
    key: "weeks_before",
    value: 4.0,
    change: Change::Whole(1.0, 4.0),
    why: "Four weeks even out one easy or one hard week.",
};
const SEASON_GAP_DAYS: Limit = Limit {
    key: "season_gap_days",
    value: 28.0,
    change: Change::Whole(1.0, 366.0),
    why: "As long as the weeks a jump is measured from: within them one finding speaks for all.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let weeks = &ctx.history.weeks;
    let outcomes = (0..weeks.len()).filter_map(|index| judge(ctx, &weeks[..index], &weeks[index]));
    settled(
        peaks(outcomes, ctx.limit(SEASON_GAP_DAYS) as i64),
        "no full week of recordings",
    )
}

/// None for the unfinished week that is not over the limit.
fn judge(ctx: &Context, before: &[Week], week: &Week) -> Option<Outcome> {
    let is_current = ctx.is_unfinished(week);
    match base_and_minutes(ctx, before, week) {
        Err(_) if is_current => None,
        Err(missing) => Some(Outcome::NotJudged(missing)),
        Ok((base, minutes)) => match is_jump(ctx, base, minutes) {
            true => Some(Outcome::Flagged(finding(ctx, week, base, minutes))),
            false => Some(Outcome::Clear).filter(|_| !is_current),
        },
    }
}

/// The hard minutes of the week and what they are compared with, or what is missing to know them.
fn base_and_minutes(ctx: &Context, before: &[Week], week: &Week) -> Result<(f64, f64), String> {
    Ok((base_of(ctx, before)?, minutes_of(ctx, week)?))
}

fn minutes_of(ctx: &Context, week: &Week) -> Result<f64, String> {
    let is_usable = week.full || ctx.is_unfinished(week);
    let minutes = hard_minutes(ctx, week).filter(|_| is_usable);
    minutes.ok_or_else(|| no_heart_rate_of_week(ctx))
}

fn no_heart_rate_of_week(ctx: &Context) -> String {
    let share = percent(ctx.limit(HEART_RATE_SHARE));
    format!("the latest week has no heart rate for {share} % of its running time")
}

/// The hard minutes the week is compared with, or what is missing to know them.
fn base_of(ctx: &Context, before: &[Week]) -> Result<f64, String> {
    if ctx.history.runs.iter().all(|run| run.hard_s.is_none()) {
        return Err(format!(
            "no run has heart rate together with a known maximum heart rate ({HEART_RATE_MAX})"
        ));
    }
    let count = ctx.limit(WEEKS_BEFORE) as usize;
    let prior = full_weeks(before, count)?;
    let known: Option<Vec<f64>> = prior.iter().map(|week| hard_minutes(ctx, week)).collect();
    let known = known.ok_or_else(|| no_heart_rate(ctx, count))?;
    weekly_base(&known).ok_or_else(|| {
        let weeks = weeks_before(count);
        format!("no hard minutes in {weeks} before the latest week to compare with")
    })
}

fn no_heart_rate(ctx: &Context, count: usize) -> String {
    let (share, weeks) = (percent(ctx.limit(HEART_RATE_SHARE)), weeks_before(count));
    match count {
        1 => format!(
            "{weeks} before the latest one has no heart rate for {share} % of its running time"
        ),
        _ => format!(
            "{weeks} before the latest one have no heart rate for {share} % of their running time"
        ),
    }
}

/// The week's hard minutes, 0 without a run. None when too little of its running time has a heart rate.
fn hard_minutes(ctx: &Context, week: &Week) -> Option<f64> {
    let runs = ctx
        .history
        .runs_between(week.start, plus_days(week.start, 6));
    let total_s: f64 = runs.iter().map(running_s).sum::<Option<f64>>()?;
    let known = runs.iter().filter(|run| run.hard_s.is_some());
    let known_s = known.filter_map(|run| Some(running_s(run)? * run.heart_rate_share?));
    let least_s = ctx.limit(HEART_RATE_SHARE) * total_s - EPSILON;
    let hard_s = || runs.iter().filter_map(|run| run.hard_s).sum::<f64>();
    (known_s.sum::<f64>() >= least_s).then(|| hard_s() / 60.0)
}

fn running_s(run: &Run) -> Option<f64> {
    run.timer_s.or(run.moving_s)
}

fn is_jump(ctx: &Context, base: f64, minutes: f64) -> bool {
    minutes / base - 1.0 > ctx.limit(NOTE_PERCENT) / 100.0 + EPSILON
        && minutes - base > ctx.limit(NOTE_MINUTES) + EPSILON
}

/// A note however large the jump: the only trial that drew intensity by lot could show no difference.
fn finding(ctx: &Context, week: &Week, base: f64, minutes: f64) -> Finding {
    let to = ctx.last_day_of(week);
    Finding {
        observed: Some((minutes / base - 1.0) * 100.0),
        limit: Some(ctx.limit(NOTE_PERCENT)),
        unit: Unit::Percent,
        run_ids: ctx.history.run_ids_between(week.start, to),
        message: message(base, minutes, !week.full, is_past(ctx, to)),
        instruction: unless_past(ctx, to, ADVICE),
        tells_days: false,
        ..Finding::on(&RULE, Severity::Note, week.start, to)
    }
}

/// Said only while the next days are to come.
const ADVICE: &str =
    "More than usual is not too much by itself; an easy day between hard ones helps.";

fn message(base: f64, minutes: f64, is_current: bool, is_past: bool) -> String {
    let (hard, jump, before) = (
        number(minutes, 0),
        percent(minutes / base - 1.0),
        number(base, 0),
    );
    let (when, recent) = match (is_past, is_current) {
        (true, _) => ("in one week", "the weeks before it"),
        (false, true) => ("this week so far", "your recent weeks"),
        (false, false) => ("this week", "your recent weeks"),
    };
    format!(
        "{hard} hard minutes {when} (heart rate of 80 % of your maximum or more), up {jump} % on {recent} ({before})."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, day, findings, history, is_not_judged, log, loudest, run,
    };

    /// Three runs of 48 minutes a week, the first with these hard minutes, all with heart rate throughout.
    fn weeks(minutes: &[f64]) -> Vec<Run> {
        let of = |n: i64, minutes: f64| Run {
            hard_s: Some(minutes * 60.0),
            heart_rate_share: Some(1.0),
            ..run(n, 8.0)
        };
        let week = |(week, minutes): (i64, &f64)| {
            [(0, *minutes), (3, 0.0), (6, 0.0)].map(|(n, m)| of(7 * week + n, m))
        };
        (0..).zip(minutes).flat_map(week).collect()
    }

    #[test]
    fn at_the_limits_and_just_over() {
        for (before, minutes, expected) in [
            (200.0, 220.0, None),
            (200.0, 221.0, Some((Severity::Note, 10.0))),
            (40.0, 50.0, None),
            (40.0, 50.5, Some((Severity::Note, 10.0))),
            (40.0, 90.0, Some((Severity::Note, 10.0))),
        ] {
            let found = findings(
                &RULE,
                &history(weeks(&[before, before, before, before, minutes])),
            );
            let found = found.first().map(|f| (f.severity, f.limit.unwrap()));
            assert_eq!(found, expected, "{before} to {minutes}");
        }
    }

    #[test]
    fn the_larger_of_last_week_and_the_mean_is_the_base() {
        // Mean of 60, 60, 60, 20 is 50: 54 is up 8 %, whatever last week was.
        assert_eq!(
            loudest(&RULE, &history(weeks(&[60.0, 60.0, 60.0, 20.0, 54.0]))),
            None
        );
        let found = findings(&RULE, &history(weeks(&[60.0, 60.0, 60.0, 20.0, 65.0])));
        assert!((found[0].observed.unwrap() - 30.0).abs() < 1e-9);
    }

    #[test]
    fn too_little_data() {
        let usual = [40.0, 40.0, 40.0, 40.0, 90.0];
        assert!(
            is_not_judged(&RULE, &history(weeks(&usual[1..]))),
            "three weeks before"
        );
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(
            is_not_judged(&RULE, &history(weeks(&[0.0, 0.0, 0.0, 0.0, 60.0]))),
            "nothing to compare with"
        );
        let unknown = weeks(&usual)
            .into_iter()
            .map(|run| Run {
                hard_s: None,
                ..run
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(unknown)), "no maximum");
        // Of the week's 144 minutes: 0.8 · 144 = 115.2 are two runs and 0.4 of the third.
        for (share, expected) in [(0.4, false), (0.39, true)] {
            let mut runs = weeks(&usual);
            runs[4].heart_rate_share = Some(share);
            assert_eq!(is_not_judged(&RULE, &history(runs)), expected, "{share}");
        }
    }

    #[test]
    fn a_season_is_one_finding_at_its_peak() {
        // Weeks 4 and 8 jump by 50 and 75 %; week 12 is more than 28 days later than a quiet week 13 could be.
        let of = |last: f64| {
            let mut minutes = [40.0; 15];
            (minutes[4], minutes[8], minutes[14]) = (60.0, 80.0, last);
            findings(&RULE, &history(weeks(&minutes)))
                .iter()
                .map(|f| f.from)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(40.0), [day(56)], "28 days after the first");
        assert_eq!(of(90.0), [day(56), day(98)]);
    }

    #[test]
    fn the_message_has_the_numbers() {
        let usual = weeks(&[40.0, 40.0, 40.0, 40.0, 70.0]);
        let found = findings(&RULE, &history(usual.clone()));
        assert_eq!(found[0].text(), RULE.message);
        assert_eq!(found[0].run_ids, ["run-28", "run-31", "run-34"]);
        let old = &findings(&RULE, &calendar(usual, &log(vec![]), day(49)))[0];
        assert_eq!(
            old.text(),
            "70 hard minutes in one week (heart rate of 80 % of your maximum or more), up 75 % on the weeks before it (40)."
        );
        let so_far = history(weeks(&[40.0, 40.0, 40.0, 40.0, 70.0])[..13].to_vec());
        assert!(
            findings(&RULE, &so_far)[0]
                .text()
                .starts_with("70 hard minutes this week so far (heart")
        );
    }
}
