//! Many days of running in a row, or weeks with hardly a day off.

use super::series::newest;
use super::verdicts::{peaks, settled, stretches, unless_past};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Outcome, Pattern, Rule,
    Severity, Stance,
};
use crate::model::Day;
use crate::time::{period_text, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, counted, in_words, number};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "rest-days-few",
    title: "Hardly a day off",
    headline: "hardly a day off",
    why: "Days off are when the body catches up with the running, and a streak grows one day at a time.",
    formula: "Streak: days in a row with a run of at least 1 km; those at most 21 days apart are one finding, the longest. \
        Rest days a week: days without such a run among 21 days, divided by 3; told where no streak of these 21 days is, \
        and once for days at most 21 apart, by the latest. A run without a distance does not count as a run.",
    needs: "21 days in a row covered by recordings.",
    cap: Severity::Watch,
    group: Group::Load,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[],
    backtest: Backtest::Counted(Pattern {
        // A streak is seen from its tenth day, three weeks with few rests at their end only: the later of the two.
        windows: &[(NOTE_STREAK, 1.0), (WINDOW_DAYS, 1.0)],
        ..Pattern::of_load(21)
    }),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "Of 446 top-level skiers, swimmers and runners who answered a postal questionnaire, those with fewer \
            than two days a week without any training had 5.2 times the risk of an overuse injury (1.89–14.06). \
            They were asked afterwards, trained far more than most, and the interval is wide; this rule counts \
            days without a run, whatever else was done on them. The lengths of streaks are a choice.",
        sources: &[
            "Ristolainen 2014, Journal of Sports Medicine and Physical Fitness 54:78; it has no DOI that could be found, its abstract is at \
                minervamedica.it, code R40Y2014N01A0078",
        ],
    },
    limits: &[
        NOTE_STREAK,
        WATCH_STREAK,
        REST_PER_WEEK,
        MINIMUM_RUN_M,
        WINDOW_DAYS,
    ],
    ordered: &[(NOTE_STREAK, WATCH_STREAK)],
    rests_on: &[],
    seed: "S1, seven ways to prevent leg ache after running, and S2, post-run recovery: rest days are part of training.",
    message: "10 running days in a row, 6–15 Feb 2025. A day off is training too.",
    check: Check::Data(check),
};

const NOTE_STREAK: Limit = Limit {
    key: "note_streak_days",
    value: 10.0,
    change: Change::Whole(2.0, 366.0),
    why: "More than a week in a row, so that no ordinary week is named; a choice.",
};
const WATCH_STREAK: Limit = Limit {
    key: "watch_streak_days",
    value: 21.0,
    change: Change::Whole(2.0, 366.0),
    why: "Three weeks without a single day off; a choice.",
};
const REST_PER_WEEK: Limit = Limit {
    key: "rest_days_per_week",
    value: 1.0,
    change: Change::Within(0.0, 7.0),
    why: "Half of the two days below which the athletes of Ristolainen 2014 reported more trouble.",
};
const MINIMUM_RUN_M: Limit = Limit {
    key: "minimum_run_m",
    value: 1000.0,
    change: Change::Within(0.0, 50000.0),
    why: "Less than a kilometre is a dash for the bus or a started watch.",
};
const WINDOW_DAYS: Limit = Limit {
    key: "window_days",
    value: 21.0,
    change: Change::Whole(7.0, 366.0),
    why: "Three weeks tell a habit from one busy week.",
};

fn check(ctx: &Context) -> Vec<Outcome> {
    let days = ctx.history.recorded_days();
    let window = ctx.limit(WINDOW_DAYS) as usize;
    let lengths = streak_lengths(ctx, days).into_iter().enumerate();
    let seen: Vec<Seen> = lengths
        .map(|(i, length)| seen(ctx, &days[..=i], length, window))
        .collect();
    let streaks = seen.iter().zip(days);
    let streaks = streaks.map(|(seen, day)| seen.streak(ctx, days, day));
    let mut outcomes = peaks(streaks, window as i64);
    let at = outcomes.len().saturating_sub(1);
    outcomes.splice(at..at, told_rests(ctx, days, &seen));
    let settled = settled(outcomes, "no runs").into_iter();
    settled.map(|outcome| with_runs(ctx, outcome)).collect()
}

/// The latest day of each stretch with few days without a run.
fn told_rests(ctx: &Context, days: &[Day], seen: &[Seen]) -> Vec<Outcome> {
    let few = days.iter().zip(seen);
    let few = few.filter_map(|(day, seen)| Some((day.date, seen.few_rests()?)));
    let stretches = stretches(few.collect(), ctx.limit(WINDOW_DAYS) as i64);
    let latest = stretches.iter().filter_map(|stretch| stretch.last());
    latest
        .map(|(to, rests)| Outcome::Flagged(few_rests(ctx, *to, *rests)))
        .collect()
}

/// Names the runs of what is told; on every day of a long streak that would be a square of it.
fn with_runs(ctx: &Context, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Flagged(finding) => {
            let run_ids = ctx.history.run_ids_between(finding.from, finding.to);
            Outcome::Flagged(Finding { run_ids, ..finding })
        }
        other => other,
    }
}

/// For each day, how many running days in a row it is the last of.
fn streak_lengths(ctx: &Context, days: &[Day]) -> Vec<usize> {
    let mut length = 0;
    days.iter()
        .map(|day| {
            length = if is_running(ctx, day) { length + 1 } else { 0 };
            length
        })
        .collect()
}

/// What a day is the end of.
enum Seen {
    /// Not enough covered days before it.
    Unknown,
    /// So many running days in a row, enough to be told.
    Streak(usize),
    /// So few days without a run in the window.
    FewRests(usize),
    /// Neither.
    Enough,
}

impl Seen {
    fn few_rests(&self) -> Option<usize> {
        match self {
            Seen::FewRests(rests) => Some(*rests),
            _ => None,
        }
    }

    /// What is told of a day by its streak.
    fn streak(&self, ctx: &Context, days: &[Day], day: &Day) -> Outcome {
        let window = ctx.limit(WINDOW_DAYS) as usize;
        match self {
            Seen::Unknown => Outcome::not_judged(format!(
                "fewer than {window} days in a row covered by recordings"
            )),
            Seen::Streak(length) => Outcome::Flagged(streak(ctx, days, day, *length)),
            Seen::FewRests(_) | Seen::Enough => Outcome::Clear,
        }
    }
}

/// What the last of these days is the end of.
fn seen(ctx: &Context, days: &[Day], length: usize, window: usize) -> Seen {
    let is_streak = |length: usize| length as f64 >= ctx.limit(NOTE_STREAK);
    match newest(days, window).filter(|recent| recent.iter().all(|day| day.covered)) {
        None => Seen::Unknown,
        Some(_) if is_streak(length) => Seen::Streak(length),
        Some(recent) if is_streak(longest_streak(ctx, recent)) => Seen::Enough,
        Some(recent) => rests(ctx, recent),
    }
}

fn longest_streak(ctx: &Context, days: &[Day]) -> usize {
    let streaks = days.split(|day| !is_running(ctx, day));
    streaks.map(<[Day]>::len).max().unwrap_or(0)
}

fn rests(ctx: &Context, recent: &[Day]) -> Seen {
    let rests = recent.iter().filter(|day| !is_running(ctx, day)).count();
    match per_week(ctx, rests) < ctx.limit(REST_PER_WEEK) - EPSILON {
        true => Seen::FewRests(rests),
        false => Seen::Enough,
    }
}

fn per_week(ctx: &Context, rests: usize) -> f64 {
    rests as f64 * 7.0 / ctx.limit(WINDOW_DAYS)
}

fn is_running(ctx: &Context, day: &Day) -> bool {
    day.longest_run_m
        .is_some_and(|metres| metres >= ctx.limit(MINIMUM_RUN_M))
}

fn streak(ctx: &Context, days: &[Day], last: &Day, length: usize) -> Finding {
    let to = last.date;
    let end = days.partition_point(|day| day.date <= to);
    let first = days.get(end.saturating_sub(length));
    let from = first.map_or(to, |day| day.date);
    let (severity, limit) = match length as f64 >= ctx.limit(WATCH_STREAK) {
        true => (Severity::Watch, WATCH_STREAK),
        false => (Severity::Note, NOTE_STREAK),
    };
    Finding {
        observed: Some(length as f64),
        limit: Some(ctx.limit(limit)),
        unit: Unit::Days,
        message: format!("{length} running days in a row, {}.", period_text(from, to)),
        instruction: unless_past(ctx, to, ADVICE),
        ..Finding::on(&RULE, severity, from, to)
    }
}

fn few_rests(ctx: &Context, to: NaiveDate, rests: usize) -> Finding {
    let from = plus_days(to, 1 - ctx.limit(WINDOW_DAYS) as i64);
    Finding {
        observed: Some(per_week(ctx, rests)),
        limit: Some(ctx.limit(REST_PER_WEEK)),
        unit: Unit::RestDaysAWeek,
        tells_observed: false,
        message: few_rests_message(ctx, rests, &period_text(from, to)),
        instruction: unless_past(ctx, to, ADVICE),
        ..Finding::on(&RULE, Severity::Note, from, to)
    }
}

fn few_rests_message(ctx: &Context, rests: usize, period: &str) -> String {
    format!(
        "{} without a run in {} days, {period}: less than {} a week.",
        counted(rests, "day", "days"),
        number(ctx.limit(WINDOW_DAYS), 0),
        in_words(ctx.limit(REST_PER_WEEK))
    )
}

const ADVICE: &str = "A day off is training too.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Run;
    use crate::rules::fixture::{calendar, day, findings, history, is_not_judged, log, run};

    /// Runs of 5 km on every other day until day 30, then on each of `days` days from day 31.
    fn streak_of(days: i64) -> Vec<Run> {
        let easy = (0..15).map(|n| run(2 * n, 5.0));
        easy.chain((31..31 + days).map(|n| run(n, 5.0))).collect()
    }

    fn check(runs: Vec<Run>, expected: &[(Severity, f64, i64, i64)]) {
        let found = findings(&RULE, &history(runs));
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.severity, f.observed.unwrap(), f.from, f.to))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(s, o, from, to)| (*s, *o, day(*from), day(*to)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ten_days_are_a_note_and_twenty_one_a_watch() {
        check(streak_of(9), &[]);
        check(streak_of(10), &[(Severity::Note, 10.0, 31, 40)]);
        check(streak_of(20), &[(Severity::Note, 20.0, 31, 50)]);
        check(streak_of(21), &[(Severity::Watch, 21.0, 31, 51)]);
    }

    #[test]
    fn a_run_of_a_kilometre_counts_and_a_shorter_or_unknown_one_does_not() {
        for (km, expected) in [(Some(1.0), 1), (Some(0.999), 0), (None, 0)] {
            let mut runs = streak_of(10);
            runs[20].distance_m = km.map(|km: f64| km * 1000.0);
            assert_eq!(findings(&RULE, &history(runs)).len(), expected, "{km:?}");
        }
    }

    #[test]
    fn less_than_one_rest_day_a_week_is_a_note() {
        // Rest on every 8th day: two of any 21 at most three, and no streak of ten.
        let every = |step: i64, days: i64| {
            (0..days)
                .filter(|n| n % step != step - 1)
                .map(|n| run(n, 5.0))
                .collect()
        };
        // Days 0 to 20 hold the rest days 7 and 15; day 23 is the third from then on every 21 days hold two or three.
        check(every(8, 21), &[(Severity::Note, 2.0 / 3.0, 0, 20)]);
        check(every(7, 60), &[]);
        let runs: Vec<Run> = every(8, 60);
        assert_eq!(
            findings(&RULE, &history(runs)).len(),
            1,
            "one habit is one finding"
        );
    }

    #[test]
    fn streaks_near_each_other_are_one_finding() {
        // A streak of 12 days that ends on day 42, then one of 10 whose tenth day is `gap` days after that.
        for (gap, expected) in [(21, 1), (22, 2)] {
            let second = 42 + gap - 9;
            let between = (43..second - 1).filter(|n| n % 2 == 0).map(|n| run(n, 5.0));
            let runs = streak_of(12)
                .into_iter()
                .chain(between)
                .chain((second..second + 10).map(|n| run(n, 5.0)));
            let found = findings(&RULE, &history(runs.collect()));
            assert_eq!(found.len(), expected, "{gap}");
            assert_eq!(found[0].observed, Some(12.0));
        }
    }

    #[test]
    fn too_little_data() {
        assert!(
            is_not_judged(&RULE, &history((0..20).map(|n| run(n, 5.0)).collect())),
            "20 days"
        );
        check(
            (0..21).map(|n| run(n, 5.0)).collect(),
            &[(Severity::Watch, 21.0, 0, 20)],
        );
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
    }

    #[test]
    fn the_message_has_the_days() {
        // Day 31 is 6 Feb 2025.
        assert_eq!(
            findings(&RULE, &history(streak_of(10)))[0].text(),
            RULE.message
        );
        let old = calendar(streak_of(10), &log(vec![]), day(55));
        assert_eq!(
            findings(&RULE, &old)[0].text(),
            "10 running days in a row, 6–15 Feb 2025."
        );
        let runs = (0..21)
            .filter(|n| n % 8 != 7)
            .map(|n| run(n, 5.0))
            .collect();
        assert_eq!(
            findings(&RULE, &history(runs))[0].text(),
            "2 days without a run in 21 days, 6–26 Jan 2025: less than one a week. A day off is training too."
        );
    }
}
