//! Step rate under the runner's own usual for the pace.

use super::verdicts::{is_past, merged, settled};
use super::{
    Backtest, Change, Check, Context, Evidence, Finding, Group, Limit, Mark, Outcome, Pattern,
    Rule, Severity, Stance, cadence_low_absolute,
};
use crate::model::Run;
use crate::stats::describe::{Line, fit_line, mean};
use crate::time::plus_days;
use crate::units::EPSILON;
use crate::units::{Unit, counted_in_words, number, span_of_days};
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence-below-own",
    title: "Step rate under your own usual",
    headline: "step rate under your own usual",
    why: "A step rate that drops at the same pace is a change in you, whatever your usual number is.",
    formula: "Own line: steps a minute = a + b · speed, by least squares over the flat, steady running of the 8 weeks \
        before the last 7 days. Judged is the mean over the runs of the last 7 days of (cadence − line) / line, in %.",
    needs: "Ten runs with two minutes or more of flat, steady running in those 8 weeks, from the same device, over a speed range \
        of 0.4 m/s or more.",
    cap: Severity::Watch,
    group: Group::CadenceAndHills,
    triage: &[],
    is_loud: false,
    recalls: false,
    marks: &[Mark::Cadence],
    backtest: Backtest::Counted(Pattern::of_form(7, cadence_low_absolute::BEARS_ON)),
    evidence: Evidence {
        stance: Stance::Weak,
        says: "The mechanism is solid and the consequence is not: in 45 runners in a laboratory 10 % fewer steps at \
            the same speed raised the energy absorbed at all joints, 5 and 10 % more lowered it at the knee and 10 \
            % more at the hip as well. In 30 other adults 10 % more lowered the peak force on the kneecap, as a \
            model has it, by 14 %. A review of ten such studies agrees on the mechanics. No study was found that \
            follows a drop in a runner's own step rate to trouble later.",
        sources: &[
            "Heiderscheit 2011, Medicine & Science in Sports & Exercise 43:296, doi 10.1249/MSS.0b013e3181ebedf4",
            "Lenhart 2014, Medicine & Science in Sports & Exercise 46:557, doi 10.1249/MSS.0b013e3182a78c3a",
            "Schubert 2014, Sports Health 6:210, doi 10.1177/1941738113508544",
        ],
    },
    limits: &[
        NOTE_PERCENT,
        WATCH_PERCENT,
        MINIMUM_RUNS,
        MINIMUM_RANGE_M_S,
        MINIMUM_FLAT_S,
        BASELINE_DAYS,
    ],
    ordered: &[(WATCH_PERCENT, NOTE_PERCENT)],
    rests_on: &[],
    seed: "S0, hotspots after running, names 165 steps a minute for all; comparing you with yourself is niggle's reading of it.",
    message: "Your step rate is 5.0 % under your own usual for this pace: about 156 steps a minute where 164 would be \
        usual. Tiredness, shoes or a niggle can do that.",
    check: Check::Data(check),
};

const NOTE_PERCENT: Limit = Limit {
    key: "note_percent",
    value: -3.0,
    change: Change::Within(-30.0, -0.5),
    why: "About five steps a minute. The value is a choice; no study sets one, hence only a note.",
};
/// How far under the own line is worth watching, % (negative).
pub const WATCH_PERCENT: Limit = Limit {
    key: "watch_percent",
    value: -5.0,
    change: Change::Within(-30.0, -0.5),
    why: "Heiderscheit 2011 saw the joints respond to changes of step rate in steps of 5 %.",
};
const MINIMUM_RUNS: Limit = Limit {
    key: "minimum_runs",
    value: 10.0,
    change: Change::Whole(3.0, 200.0),
    why: "With fewer runs a single odd one tilts the line.",
};
const MINIMUM_RANGE_M_S: Limit = Limit {
    key: "minimum_range_m_s",
    value: 0.4,
    change: Change::Within(0.1, 3.0),
    why: "Step rate rises with speed; without slower and faster runs the slope is a guess.",
};
const MINIMUM_FLAT_S: Limit = Limit {
    key: "minimum_flat_s",
    value: 120.0,
    change: Change::Within(10.0, 3600.0),
    why: "A few seconds of flat running are chance, and would count like an hour.",
};
const BASELINE_DAYS: Limit = Limit {
    key: "baseline_days",
    value: 56.0,
    change: Change::Whole(14.0, 366.0),
    why: "Eight weeks are long enough for a line and short enough to be now.",
};

/// Days that are compared with the line; the line never sees them.
const RECENT_DAYS: i64 = 7;
fn check(ctx: &Context) -> Vec<Outcome> {
    let runs = long_enough(ctx);
    let mut dates: Vec<NaiveDate> = runs.iter().map(|run| run.local_date()).collect();
    dates.dedup();
    let outcomes = dates.into_iter().map(|date| judge(ctx, &runs, date));
    let merged = merged(outcomes.collect(), RECENT_DAYS);
    settled(merged, "no run with cadence on the flat")
}

/// The line that the latest run is compared with, and the runs that count for it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnLine {
    /// Steps a minute by speed, m/s.
    pub line: Line,
    /// Slowest and fastest of the runs it goes through, m/s.
    pub speeds_m_s: (f64, f64),
    /// Every run up to the latest that could count, with the same device: day, speed in m/s, and steps a minute.
    pub runs: Vec<(NaiveDate, f64, f64)>,
}

/// The own line of the eight weeks before the latest seven days with a run. None where the rule could not judge them.
pub fn own_line(ctx: &Context) -> Option<OwnLine> {
    let ctx = &ctx.of(&RULE);
    let runs = long_enough(ctx);
    let latest = runs.last()?;
    let (before, _) = of_one_device(ctx, &runs, latest.local_date());
    let before = points(&before);
    let (least, range) = (ctx.limit(MINIMUM_RUNS), ctx.limit(MINIMUM_RANGE_M_S));
    let speeds = || before.iter().map(|(speed, _)| *speed);
    let same_device = runs.iter().filter(|run| run.device == latest.device);
    Some(OwnLine {
        line: line_within(&before, least, range)?,
        speeds_m_s: (
            speeds().fold(f64::INFINITY, f64::min),
            speeds().fold(f64::NEG_INFINITY, f64::max),
        ),
        runs: same_device.filter_map(|run| dated(run)).collect(),
    })
}

/// How far the runs of each day lie from the own line as it was on that day, %: of the days whose line could be drawn, by day.
pub fn own_by_day(ctx: &Context) -> Vec<(NaiveDate, f64)> {
    let ctx = &ctx.of(&RULE);
    let runs = long_enough(ctx);
    let mut dates: Vec<NaiveDate> = runs.iter().map(|run| run.local_date()).collect();
    dates.dedup();
    let of_day = |date: NaiveDate| Some((date, own_on(ctx, &runs, date)?));
    dates.into_iter().filter_map(of_day).collect()
}

/// None without a line.
fn own_on(ctx: &Context, runs: &[&Run], date: NaiveDate) -> Option<f64> {
    let (before, recent) = of_one_device(ctx, runs, date);
    let (least, range) = (ctx.limit(MINIMUM_RUNS), ctx.limit(MINIMUM_RANGE_M_S));
    let line = line_within(&points(&before), least, range)?;
    let today = recent.iter().filter(|run| run.local_date() == date);
    let percents = today
        .filter_map(|run| point(run))
        .map(|point| residual_percent(&line, point));
    mean(&percents.collect::<Vec<f64>>())
}

fn dated(run: &Run) -> Option<(NaiveDate, f64, f64)> {
    let (speed, spm) = point(run)?;
    Some((run.local_date(), speed, spm))
}

/// The runs with enough flat, steady running.
fn long_enough<'a>(ctx: &Context<'a>) -> Vec<&'a Run> {
    let least_s = ctx.limit(MINIMUM_FLAT_S) - EPSILON;
    let is_long = |run: &&Run| run.flat_s.is_some_and(|seconds| seconds >= least_s);
    let runs = ctx.history.runs.iter();
    runs.filter(|run| point(run).is_some())
        .filter(is_long)
        .collect()
}

/// Judges the seven days that end on `date`, on which there is a run.
fn judge(ctx: &Context, runs: &[&Run], date: NaiveDate) -> Outcome {
    let (before, recent) = of_one_device(ctx, runs, date);
    let (least, range) = (ctx.limit(MINIMUM_RUNS), ctx.limit(MINIMUM_RANGE_M_S));
    let Some(line) = line_within(&points(&before), least, range) else {
        return Outcome::not_judged(nothing(ctx));
    };
    let residuals = points(&recent).into_iter();
    let residuals: Vec<f64> = residuals
        .map(|point| residual_percent(&line, point))
        .collect();
    match mean(&residuals) {
        Some(percent) if percent <= ctx.limit(NOTE_PERCENT) + EPSILON => {
            Outcome::Flagged(finding(ctx, &recent, date, &line, percent))
        }
        _ => Outcome::Clear,
    }
}

fn nothing(ctx: &Context) -> String {
    format!(
        "fewer than {} with cadence on the flat, from one known device and over a range of paces, in the {} before \
        the latest week",
        counted_in_words(ctx.limit(MINIMUM_RUNS), "run"),
        span_of_days(ctx.limit(BASELINE_DAYS))
    )
}

/// The runs of the device of the last one: those of the baseline, and those of the seven days. None before where the device is
/// not known.
fn of_one_device<'a>(
    ctx: &Context,
    runs: &[&'a Run],
    date: NaiveDate,
) -> (Vec<&'a Run>, Vec<&'a Run>) {
    let recent_after = plus_days(date, -RECENT_DAYS);
    let baseline_after = plus_days(recent_after, -ctx.limit(BASELINE_DAYS) as i64);
    let runs = &runs[after(runs, baseline_after)..after(runs, date)];
    let device = runs.last().and_then(|run| run.device.as_deref());
    let (before, recent) = runs.split_at(after(runs, recent_after));
    let same_device = |runs: &[&'a Run]| {
        let runs = runs.iter().copied();
        runs.filter(|run| run.device.as_deref() == device).collect()
    };
    match device {
        Some(_) => (same_device(before), same_device(recent)),
        None => (Vec::new(), same_device(recent)),
    }
}

/// Where the runs after the day begin.
fn after(runs: &[&Run], date: NaiveDate) -> usize {
    runs.partition_point(|run| run.local_date() <= date)
}

fn points(runs: &[&Run]) -> Vec<(f64, f64)> {
    runs.iter().filter_map(|run| point(run)).collect()
}

fn finding(ctx: &Context, recent: &[&Run], date: NaiveDate, line: &Line, percent: f64) -> Finding {
    let (severity, limit) = match percent <= ctx.limit(WATCH_PERCENT) + EPSILON {
        true => (Severity::Watch, WATCH_PERCENT),
        false => (Severity::Note, NOTE_PERCENT),
    };
    let from = recent.first().map_or(date, |run| run.local_date());
    Finding {
        observed: Some(percent),
        limit: Some(ctx.limit(limit)),
        unit: Unit::Percent,
        run_ids: recent.iter().map(|run| run.run_id.clone()).collect(),
        message: message(ctx, recent, date, line, percent),
        tells_days: false,
        ..Finding::on(&RULE, severity, from, date)
    }
}

/// In the past tense when the seven days it tells of are history, even where lower days after them are not.
fn message(ctx: &Context, recent: &[&Run], date: NaiveDate, line: &Line, percent: f64) -> String {
    let (usual, spm): (Vec<f64>, Vec<f64>) = recent
        .iter()
        .filter_map(|run| point(run))
        .map(|(speed, spm)| (line.at(speed), spm))
        .unzip();
    let text = |values: &[f64]| number(mean(values).unwrap_or(f64::NAN), 0);
    // As the report writes the percentage beside the message.
    let under = number(-percent, if percent <= -10.0 { 0 } else { 1 });
    let (is, would_be) = if is_past(ctx, date) {
        ("was", "would have been")
    } else {
        ("is", "would be")
    };
    format!(
        "Your step rate {is} {under} % under your own usual for this pace: about {} steps a minute where {} {would_be} \
        usual. Tiredness, shoes or a niggle can do that.",
        text(&spm),
        text(&usual)
    )
}

/// Speed and cadence of the run's flat, steady running.
fn point(run: &Run) -> Option<(f64, f64)> {
    run.speed_flat_m_s.zip(run.cadence_flat_spm)
}

fn residual_percent(line: &Line, (speed_m_s, spm): (f64, f64)) -> f64 {
    (spm / line.at(speed_m_s) - 1.0) * 100.0
}

/// The line of cadence on speed, when there are enough points over a wide enough range of speeds and it stays above zero
/// there.
fn line_within(points: &[(f64, f64)], minimum_runs: f64, minimum_range_m_s: f64) -> Option<Line> {
    let (speeds, cadences): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let line = fit_line(&speeds, &cadences)?;
    let slowest = speeds.iter().copied().fold(f64::INFINITY, f64::min);
    let fastest = speeds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let is_enough = points.len() as f64 >= minimum_runs;
    let is_wide = fastest - slowest >= minimum_range_m_s - EPSILON;
    let is_sensible = line.at(slowest) > 0.0 && line.at(fastest) > 0.0;
    Some(line).filter(|_| is_enough && is_wide && is_sensible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::{
        calendar, day, findings, history, is_not_judged, log, loudest, run,
    };

    fn at(n: i64, speed_m_s: f64, spm: f64) -> Run {
        Run {
            speed_flat_m_s: Some(speed_m_s),
            cadence_flat_spm: Some(spm),
            ..run(n, 8.0)
        }
    }

    #[test]
    fn a_day_stands_beside_its_own_line() {
        let history = history(month_then(0.96));
        let pain = crate::pain::PainLog::default();
        let context = Context::new(&history, &pain, crate::units::Units::Km);
        let found = own_by_day(&context);
        let days: Vec<NaiveDate> = found.iter().map(|(date, _)| *date).collect();
        // Before there are ten runs older than a week there is no line.
        assert_eq!(days, [day(42), day(43)]);
        assert!(
            found
                .iter()
                .all(|(_, percent)| (percent + 4.0).abs() < 1e-9),
            "{found:?}"
        );
    }

    /// Twelve runs exactly on the vectors' line, every third day from day 0 to 33, then runs on days 42 and 43 at
    /// `factor` times the line.
    fn month_then(factor: f64) -> Vec<Run> {
        let on_line = |speed: f64| 133.6 + 11.0 * speed;
        let month = (0..12)
            .map(|n| (3 * n, 2.4 + 0.2 * (n % 6) as f64))
            .map(|(n, speed)| at(n, speed, on_line(speed)));
        month
            .chain([42, 43].map(|n| at(n, 2.7, on_line(2.7) * factor)))
            .collect()
    }

    #[test]
    fn the_line_needs_ten_runs_and_a_range_of_speeds() {
        let points = |runs: usize, fastest: f64| -> Vec<(f64, f64)> {
            (0..runs)
                .map(|n| (if n < 5 { 2.6 } else { fastest }, 160.0))
                .collect()
        };
        let has_line = |points: &[(f64, f64)]| {
            line_within(points, MINIMUM_RUNS.value, MINIMUM_RANGE_M_S.value).is_some()
        };
        assert!(has_line(&points(10, 3.0)));
        assert!(!has_line(&points(9, 3.0)), "nine runs");
        assert!(!has_line(&points(10, 2.99)), "0.39 m/s");
        assert!(!has_line(&points(10, 2.6)) && !has_line(&[]));
        // vectors.json cadence_speed_line: 156 at 2.7 m/s, where the line is at 163.3, is 4.4703 % under it.
        let line = Line {
            intercept: 133.6,
            slope: 11.0,
        };
        assert!((residual_percent(&line, (2.7, 156.0)) + 4.4703).abs() < 5e-5);
    }

    #[test]
    fn at_the_limits_and_just_under() {
        for (factor, expected) in [
            (1.0, None),
            (0.971, None),
            (0.97, Some(Severity::Note)),
            (0.951, Some(Severity::Note)),
            (0.95, Some(Severity::Watch)),
            (1.1, None),
        ] {
            assert_eq!(
                loudest(&RULE, &history(month_then(factor))),
                expected,
                "{factor}"
            );
        }
    }

    #[test]
    fn the_own_line_is_that_of_the_weeks_before() {
        let history = history(month_then(0.95));
        let (log, units) = (log(vec![]), crate::units::Units::Km);
        let own = own_line(&Context::new(&history, &log, units)).unwrap();
        // The twelve runs of the month lie on 133.6 + 11 · speed, and the two of the last days do not bend it.
        assert!((own.line.intercept - 133.6).abs() < 1e-6 && (own.line.slope - 11.0).abs() < 1e-6);
        assert!((own.speeds_m_s.0 - 2.4).abs() < 1e-9 && (own.speeds_m_s.1 - 3.4).abs() < 1e-9);
        assert_eq!((own.runs.len(), own.runs[13].0), (14, day(43)));
        let few = month_then(0.95)[..9].to_vec();
        let few = crate::rules::fixture::history(few);
        assert_eq!(own_line(&Context::new(&few, &log, units)), None);
    }

    #[test]
    fn seconds_on_the_flat_do_not_count() {
        let flat_for = |seconds| {
            let mut runs = month_then(0.95);
            runs[12..].iter_mut().for_each(|run| run.flat_s = seconds);
            loudest(&RULE, &history(runs))
        };
        assert_eq!(flat_for(Some(120.0)), Some(Severity::Watch));
        assert_eq!((flat_for(Some(119.0)), flat_for(None)), (None, None));
    }

    #[test]
    fn neighbouring_days_are_one_finding() {
        let found = findings(&RULE, &history(month_then(0.95)));
        assert_eq!(
            found.iter().map(|f| (f.from, f.to)).collect::<Vec<_>>(),
            [(day(42), day(43))]
        );
        assert_eq!(found[0].run_ids, ["run-42", "run-43"]);
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(
            is_not_judged(&RULE, &history(month_then(0.9)[3..].to_vec())),
            "nine runs before"
        );
        let mut other_watch = month_then(0.9);
        other_watch[12].device = Some("polar v800".to_string());
        other_watch[13].device = Some("polar v800".to_string());
        assert!(
            is_not_judged(&RULE, &history(other_watch)),
            "another device"
        );
        let unknown = month_then(0.9)
            .into_iter()
            .map(|run| Run {
                device: None,
                ..run
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(unknown)), "no device");
        let one_pace = month_then(0.9)
            .into_iter()
            .map(|run| Run {
                speed_flat_m_s: Some(2.7),
                ..run
            })
            .collect();
        assert!(is_not_judged(&RULE, &history(one_pace)), "one pace");
    }

    #[test]
    fn the_last_week_is_not_in_the_line() {
        // Ten runs inside seven days and nothing before: no line, however low they are.
        let week = (0..10)
            .map(|n| at(n / 2, 2.4 + 0.1 * n as f64, 150.0))
            .collect();
        assert!(is_not_judged(&RULE, &history(week)));
    }

    #[test]
    fn the_windows_are_seven_days_after_fifty_six() {
        // Nine runs of the month (days 3–33) and one more: on day 62 the base is days 0–55 and the week days 56–62.
        let tenth = |n: i64, last: i64| {
            let month = month_then(1.0)[1..10].to_vec();
            let fillers = (35..last).step_by(9).map(|n| Run {
                cadence_flat_spm: None,
                ..run(n, 5.0)
            });
            let low = at(last, 2.7, 163.3 * 0.9);
            history(
                month
                    .into_iter()
                    .chain(fillers)
                    .chain([at(n, 2.6, 162.2), low])
                    .collect(),
            )
        };
        assert_eq!(
            loudest(&RULE, &tenth(0, 62)),
            Some(Severity::Watch),
            "day 0 is in the base of day 62"
        );
        assert_eq!(
            loudest(&RULE, &tenth(0, 63)),
            None,
            "and not in that of day 63"
        );
        assert_eq!(
            loudest(&RULE, &tenth(50, 57)),
            Some(Severity::Watch),
            "day 50 is before the week of day 57"
        );
        assert_eq!(loudest(&RULE, &tenth(51, 57)), None, "day 51 is in it");
    }

    #[test]
    fn the_message_has_the_numbers() {
        // 163.3 × 0.95 = 155.1; the page's example rounds to 156 and 164 at 2.76 m/s: 163.96 × 0.95 = 155.8.
        let mut runs = month_then(1.0);
        for run in &mut runs[12..] {
            (run.speed_flat_m_s, run.cadence_flat_spm) = (Some(2.76), Some(163.96 * 0.95));
        }
        let message = |as_of: i64| {
            findings(&RULE, &calendar(runs.clone(), &log(vec![]), day(as_of)))[0].text()
        };
        // Both days are as far under; day 42, the first, speaks.
        assert_eq!(message(56), RULE.message);
        assert_eq!(
            message(57),
            "Your step rate was 5.0 % under your own usual for this pace: about 156 steps a minute where 164 would have \
            been usual. Tiredness, shoes or a niggle can do that."
        );
        for (factor, expected) in [(0.945, "is 5.5 % under"), (0.878, "is 12 % under")] {
            let found = findings(&RULE, &history(month_then(factor)));
            assert!(found[0].text().contains(expected), "{}", found[0].text());
        }
    }
}
