//! Step rate under the runner's own usual for the pace.

use super::verdicts::{merged, settled};
use super::{Context, Evidence, Finding, Limit, Outcome, Rule, Severity, Stance};
use crate::model::Run;
use crate::time::plus_days;
use crate::units::number;
use chrono::NaiveDate;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cadence-below-own",
    title: "Step rate under your own usual",
    why: "A step rate that drops at the same pace is a change in you, whatever your usual number is.",
    formula: "Own line: steps a minute = a + b · speed, by least squares over the flat, steady running of the 8 weeks \
        before the last 7 days. Judged is the mean over the runs of the last 7 days of (cadence − line) / line, in %.",
    needs: "Ten runs with flat cadence in those 8 weeks, from the same device, over a speed range of 0.4 m/s or more.",
    cap: Severity::Watch,
    evidence: Evidence {
        stance: Stance::Weak,
        says: "The mechanism is solid and the consequence is not: in 45 runners in a laboratory 10 % fewer steps at the \
            same speed raised the energy absorbed at all joints, 5 and 10 % more lowered it at the knee, and 10 % more \
            lowered the force on the kneecap by 14 %. No study was found that follows a drop in a runner's own step \
            rate to trouble later.",
        sources: &[
            "Heiderscheit 2011, Medicine & Science in Sports & Exercise 43:296",
            "Lenhart 2014, Medicine & Science in Sports & Exercise 46:557",
        ],
    },
    limits: &[NOTE_PERCENT, WATCH_PERCENT, MINIMUM_RUNS, MINIMUM_RANGE_M_S, BASELINE_DAYS],
    message: "Your step rate is 5 % under your own usual for this pace: about 156 steps a minute where 164 would be \
        usual. Tiredness, shoes or a niggle can do that.",
    check,
};

const NOTE_PERCENT: Limit = Limit {
    key: "note_percent",
    value: -3.0,
    why: "About five steps a minute. The value is a choice; no study sets one, hence only a note.",
};
const WATCH_PERCENT: Limit = Limit {
    key: "watch_percent",
    value: -5.0,
    why: "Heiderscheit 2011 saw the joints respond to changes of step rate in steps of 5 %.",
};
const MINIMUM_RUNS: Limit =
    Limit { key: "minimum_runs", value: 10.0, why: "With fewer runs a single odd one tilts the line." };
const MINIMUM_RANGE_M_S: Limit = Limit {
    key: "minimum_range_m_s",
    value: 0.4,
    why: "Step rate rises with speed; without slower and faster runs the slope is a guess.",
};
const BASELINE_DAYS: Limit = Limit {
    key: "baseline_days",
    value: 56.0,
    why: "Eight weeks are long enough for a line and short enough to be now.",
};

/// Days that are compared with the line; the line never sees them.
const RECENT_DAYS: i64 = 7;
/// Percentages are compared with this tolerance.
const EPSILON: f64 = 1e-9;

/// A runner's own cadence line: steps a minute at a speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Steps a minute more for each m/s faster.
    pub slope_spm_per_m_s: f64,
    /// Steps a minute where the line meets speed zero; no one runs there.
    pub intercept_spm: f64,
    /// How many runs it was fitted to.
    pub runs: usize,
    /// The slowest of them, m/s.
    pub slowest_m_s: f64,
    /// The fastest of them, m/s.
    pub fastest_m_s: f64,
}

impl Line {
    /// Steps a minute on the line at this speed.
    pub fn at(&self, speed_m_s: f64) -> f64 {
        self.intercept_spm + self.slope_spm_per_m_s * speed_m_s
    }
}

/// The line through the flat, steady running of these runs, for the chart and for this rule with default limits.
/// Runs without flat cadence are passed over. None with fewer than 10 others or a speed range under 0.4 m/s.
pub fn own_line(runs: &[&Run]) -> Option<Line> {
    let points: Vec<(f64, f64)> = runs.iter().filter_map(|run| point(run)).collect();
    line_within(&points, MINIMUM_RUNS.value, MINIMUM_RANGE_M_S.value)
}

fn check(ctx: &Context) -> Vec<Outcome> {
    let runs: Vec<&Run> = ctx.history.runs.iter().filter(|run| point(run).is_some()).collect();
    let mut dates: Vec<NaiveDate> = runs.iter().map(|run| run.local_date()).collect();
    dates.dedup();
    let outcomes = dates.into_iter().map(|date| judge(ctx, &runs, date)).collect();
    settled(merged(outcomes, RECENT_DAYS), "no run with cadence on the flat")
}

/// Judges the seven days that end on `date`, on which there is a run.
fn judge(ctx: &Context, runs: &[&Run], date: NaiveDate) -> Outcome {
    let first_recent = plus_days(date, 1 - RECENT_DAYS);
    let first_baseline = plus_days(first_recent, -ctx.limit(BASELINE_DAYS) as i64);
    let up_to = |date: NaiveDate| runs.partition_point(|run| run.local_date() <= date);
    let [first, recent, end] = [plus_days(first_baseline, -1), plus_days(first_recent, -1), date].map(up_to);
    let device = runs[..end].last().and_then(|run| run.device.as_deref());
    let same_device =
        |from: usize, to: usize| runs[from..to].iter().copied().filter(|run| run.device.as_deref() == device).collect();
    let (before, recent): (Vec<&Run>, Vec<&Run>) = (same_device(first, recent), same_device(recent, end));
    let points: Vec<(f64, f64)> = before.iter().filter_map(|run| point(run)).collect();
    let line = line_within(&points, ctx.limit(MINIMUM_RUNS), ctx.limit(MINIMUM_RANGE_M_S)).filter(|_| device.is_some());
    let missing = "fewer than ten runs with cadence on the flat, from one known device and over a range of paces, in \
        the 8 weeks before the latest week";
    let Some(line) = line else { return Outcome::NotJudged(missing.to_string()) };
    let percent = mean(recent.iter().filter_map(|run| point(run)).map(|point| residual_percent(&line, point)));
    match percent {
        Some(percent) if percent <= ctx.limit(NOTE_PERCENT) + EPSILON => {
            Outcome::Flagged(finding(ctx, &recent, date, &line, percent))
        }
        _ => Outcome::Clear,
    }
}

fn finding(ctx: &Context, recent: &[&Run], date: NaiveDate, line: &Line, percent: f64) -> Finding {
    let is_watch = percent <= ctx.limit(WATCH_PERCENT) + EPSILON;
    let points = || recent.iter().filter_map(|run| point(run));
    let spm = mean(points().map(|(_, spm)| spm)).unwrap_or(f64::NAN);
    let usual = mean(points().map(|(speed, _)| line.at(speed))).unwrap_or(f64::NAN);
    Finding {
        rule: RULE.id,
        severity: if is_watch { Severity::Watch } else { Severity::Note },
        from: recent.first().map_or(date, |run| run.local_date()),
        to: date,
        observed: Some(percent),
        limit: Some(ctx.limit(if is_watch { WATCH_PERCENT } else { NOTE_PERCENT })),
        unit: "%",
        site: None,
        side: None,
        run_ids: recent.iter().map(|run| run.run_id.clone()).collect(),
        message: format!(
            "Your step rate is {} % under your own usual for this pace: about {} steps a minute where {} would be \
            usual. Tiredness, shoes or a niggle can do that.",
            number(-percent, 0),
            number(spm, 0),
            number(usual, 0)
        ),
    }
}

/// Speed and cadence of the run's flat, steady running.
fn point(run: &Run) -> Option<(f64, f64)> {
    run.speed_flat_m_s.zip(run.cadence_flat_spm)
}

fn residual_percent(line: &Line, (speed_m_s, spm): (f64, f64)) -> f64 {
    (spm / line.at(speed_m_s) - 1.0) * 100.0
}

/// The line, when there are enough points over a wide enough range of speeds and it stays above zero there.
fn line_within(points: &[(f64, f64)], minimum_runs: f64, minimum_range_m_s: f64) -> Option<Line> {
    let line = least_squares(points)?;
    let is_wide = line.fastest_m_s - line.slowest_m_s >= minimum_range_m_s - EPSILON;
    let is_sensible = line.at(line.slowest_m_s) > 0.0 && line.at(line.fastest_m_s) > 0.0;
    Some(line).filter(|_| points.len() as f64 >= minimum_runs && is_wide && is_sensible)
}

/// Least squares of cadence on speed; None when all speeds are the same.
fn least_squares(points: &[(f64, f64)]) -> Option<Line> {
    let mean_x = mean(points.iter().map(|(x, _)| *x))?;
    let mean_y = mean(points.iter().map(|(_, y)| *y))?;
    let sxx: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let sxy: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let slope = Some(sxy / sxx).filter(|slope| slope.is_finite())?;
    Some(Line {
        slope_spm_per_m_s: slope,
        intercept_spm: mean_y - slope * mean_x,
        runs: points.len(),
        slowest_m_s: points.iter().map(|(x, _)| *x).fold(f64::INFINITY, f64::min),
        fastest_m_s: points.iter().map(|(x, _)| *x).fold(f64::NEG_INFINITY, f64::max),
    })
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    Some(sum / count).filter(|_| count > 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, findings, history, is_not_judged, loudest, run};
    use super::*;

    /// vectors.json cadence_speed_line.
    const POINTS: [(f64, f64); 6] =
        [(2.4, 160.0), (2.6, 162.0), (2.8, 165.0), (3.0, 166.0), (3.2, 169.0), (3.4, 171.0)];

    fn at(n: i64, speed_m_s: f64, spm: f64) -> Run {
        Run { speed_flat_m_s: Some(speed_m_s), cadence_flat_spm: Some(spm), ..run(n, 8.0) }
    }

    /// Twelve runs exactly on the vectors' line, every third day from day 0 to 33, then runs on days 42 and 43 at
    /// `factor` times the line.
    fn month_then(factor: f64) -> Vec<Run> {
        let on_line = |speed: f64| 133.6 + 11.0 * speed;
        let month = (0..12).map(|n| (3 * n, 2.4 + 0.2 * (n % 6) as f64)).map(|(n, speed)| at(n, speed, on_line(speed)));
        month.chain([42, 43].map(|n| at(n, 2.7, on_line(2.7) * factor))).collect()
    }

    #[test]
    fn the_line_as_in_the_vectors() {
        let line = least_squares(&POINTS).unwrap();
        assert!((line.slope_spm_per_m_s - 11.0).abs() < 1e-9 && (line.intercept_spm - 133.6).abs() < 1e-9);
        assert!((line.at(2.7) - 163.3).abs() < 1e-9);
        assert!((residual_percent(&line, (2.7, 156.0)) + 4.4703).abs() < 5e-5);
        assert_eq!(least_squares(&[(2.7, 160.0), (2.7, 162.0)]), None);
        assert_eq!(least_squares(&[]), None);
    }

    #[test]
    fn the_charts_line_needs_what_the_rule_needs() {
        let runs = month_then(1.0);
        let some: Vec<&Run> = runs.iter().take(10).collect();
        assert_eq!(own_line(&some).map(|line| (line.runs, line.slowest_m_s)), Some((10, 2.4)));
        assert_eq!(own_line(&some[..9]), None, "nine runs");
        let wide: Vec<Run> = (0..10).map(|n| at(n, if n < 5 { 2.6 } else { 3.0 }, 160.0)).collect();
        assert!(own_line(&wide.iter().collect::<Vec<_>>()).is_some(), "0.4 m/s");
        let narrow: Vec<Run> = (0..10).map(|n| at(n, if n < 5 { 2.6 } else { 2.99 }, 160.0)).collect();
        assert_eq!(own_line(&narrow.iter().collect::<Vec<_>>()), None, "0.39 m/s");
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
            assert_eq!(loudest(&RULE, &history(month_then(factor))), expected, "{factor}");
        }
    }

    #[test]
    fn neighbouring_days_are_one_finding() {
        let found = findings(&RULE, &history(month_then(0.95)));
        assert_eq!(found.iter().map(|f| (f.from, f.to)).collect::<Vec<_>>(), [(day(42), day(43))]);
        assert_eq!(found[0].run_ids, ["run-42", "run-43"]);
    }

    #[test]
    fn too_little_data() {
        assert!(is_not_judged(&RULE, &history(vec![])), "no runs");
        assert!(is_not_judged(&RULE, &history(month_then(0.9)[3..].to_vec())), "nine runs before");
        let mut other_watch = month_then(0.9);
        other_watch[12].device = Some("polar v800".to_string());
        other_watch[13].device = Some("polar v800".to_string());
        assert!(is_not_judged(&RULE, &history(other_watch)), "another device");
        let unknown = month_then(0.9).into_iter().map(|run| Run { device: None, ..run }).collect();
        assert!(is_not_judged(&RULE, &history(unknown)), "no device");
        let one_pace = month_then(0.9).into_iter().map(|run| Run { speed_flat_m_s: Some(2.7), ..run }).collect();
        assert!(is_not_judged(&RULE, &history(one_pace)), "one pace");
    }

    #[test]
    fn the_last_week_is_not_in_the_line() {
        // Ten runs inside seven days and nothing before: no line, however low they are.
        let week = (0..10).map(|n| at(n / 2, 2.4 + 0.1 * n as f64, 150.0)).collect();
        assert!(is_not_judged(&RULE, &history(week)));
    }

    #[test]
    fn the_windows_are_seven_days_after_fifty_six() {
        // Nine runs of the month (days 3–33) and one more: on day 62 the base is days 0–55 and the week days 56–62.
        let tenth = |n: i64, last: i64| {
            let month = month_then(1.0)[1..10].to_vec();
            let fillers = (35..last).step_by(9).map(|n| Run { cadence_flat_spm: None, ..run(n, 5.0) });
            let low = at(last, 2.7, 163.3 * 0.9);
            history(month.into_iter().chain(fillers).chain([at(n, 2.6, 162.2), low]).collect())
        };
        assert_eq!(loudest(&RULE, &tenth(0, 62)), Some(Severity::Watch), "day 0 is in the base of day 62");
        assert_eq!(loudest(&RULE, &tenth(0, 63)), None, "and not in that of day 63");
        assert_eq!(loudest(&RULE, &tenth(50, 57)), Some(Severity::Watch), "day 50 is before the week of day 57");
        assert_eq!(loudest(&RULE, &tenth(51, 57)), None, "day 51 is in it");
    }

    #[test]
    fn the_message_has_the_numbers() {
        // 163.3 × 0.95 = 155.1; the page's example rounds to 156 and 164 at 2.76 m/s: 163.96 × 0.95 = 155.8.
        let mut runs = month_then(1.0);
        for run in &mut runs[12..] {
            (run.speed_flat_m_s, run.cadence_flat_spm) = (Some(2.76), Some(163.96 * 0.95));
        }
        assert_eq!(findings(&RULE, &history(runs))[0].message, RULE.message);
    }
}
