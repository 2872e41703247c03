//! Jumps in metres climbed or descended: what `ascent-spike` and `descent-spike` share.

use crate::model::{AltitudeSource, Day, Run};
use crate::pain::{Entry, Moment, Site, site_text_with};
use crate::rules::sighting::is_sore;
use crate::rules::verdicts::{is_past, peaks, settled, stretches};
use crate::rules::{Change, Context, Finding, Limit, Outcome, Rule, Severity, triage};
use crate::time::{days_between, plus_days};
use crate::units::EPSILON;
use crate::units::{Unit, in_words, number};
use chrono::{NaiveDate, TimeDelta};

/// Up or down: the fields to read, the sites to join and the words to use.
pub struct Direction {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// What is counted, in words (`climbing`).
    pub noun: &'static str,
    /// Metres of a run.
    pub of_run: fn(&Run) -> Option<f64>,
    /// Metres of a day.
    pub of_day: fn(&Day) -> Option<f64>,
    /// Where it is felt first.
    pub sites: &'static [Site],
    /// What to expect, while nothing hurts.
    pub advice: &'static str,
    /// The same, when that time is over.
    pub past_advice: &'static str,
}

/// Limits of both rules that keep their order.
pub const ORDERED: &[(Limit, Limit)] = &[
    (NOTE_RATIO, WATCH_RATIO),
    (GPS_RATIO, WATCH_RATIO),
    (NOTE_RISE_M, WATCH_RISE_M),
];

/// Every threshold of both rules.
pub const LIMITS: &[Limit] = &[
    NOTE_RATIO,
    NOTE_RISE_M,
    WATCH_RATIO,
    WATCH_RISE_M,
    GPS_RATIO,
    FLOOR_M,
    PAIN_WITHIN_DAYS,
    FACT_RUNS,
];

/// How rule text describes the comparison; the direction is named before it.
pub const FORMULA: &str = "The last 7 days divided by the larger of 50 m and the weekly mean of the 28 days before; and \
    each run divided by the largest of the 30 days before. Both must also be larger by an amount in metres. Judged on \
    every day with a run. Pain logged at the sites that feel it first, within 3 days after, raises a note to watch.";

/// What both need.
pub const NEEDS: &str = "Four covered weeks in which every run has an altitude, from a barometer or the device's own \
    total; where GPS altitude has a part in it, twice the usual amount; not a week of one kind beside weeks of the other. \
    Where the four weeks are not all there, a run at the watch limits beside at least two others is told as a fact (note).";

const NOTE_RATIO: Limit = Limit {
    key: "note_ratio",
    value: 1.5,
    change: Change::Within(1.0, 20.0),
    why: "Half as much again as usual stands out from the scatter of weeks.",
};

const NOTE_RISE_M: Limit = Limit {
    key: "note_rise_m",
    value: 150.0,
    change: Change::Within(0.0, 10000.0),
    why: "Well beyond the 5 to 10 % by which recorded climbing is off.",
};

const WATCH_RATIO: Limit = Limit {
    key: "watch_ratio",
    value: 2.0,
    change: Change::Within(1.0, 20.0),
    why: "A doubling is clear of anything that measurement can explain.",
};

const WATCH_RISE_M: Limit = Limit {
    key: "watch_rise_m",
    value: 300.0,
    change: Change::Within(0.0, 10000.0),
    why: "A real hill more than usual, not a few more bridges.",
};

const GPS_RATIO: Limit = Limit {
    key: "gps_ratio",
    value: 2.0,
    change: Change::Within(1.0, 20.0),
    why: "GPS altitude on the flat adds tens of metres an hour, so smaller ratios can be noise.",
};

const FLOOR_M: Limit = Limit {
    key: "floor_m",
    value: 50.0,
    change: Change::Within(1.0, 5000.0),
    why: "Next to nothing as a base would make every hill a large ratio.",
};

const PAIN_WITHIN_DAYS: Limit = Limit {
    key: "pain_within_days",
    value: 3.0,
    change: Change::Whole(0.0, 14.0),
    why: "Soreness after hills shows within one to three days; later pain is hard to lay at this door.",
};

const FACT_RUNS: Limit = Limit {
    key: "fact_runs",
    value: 2.0,
    change: Change::Whole(1.0, 100.0),
    why: "One run before says nothing; the most of two is a fact, if a thin one, and told without being weighed.",
};

/// Days of the window that is judged, and of the base before it.
const WEEK_DAYS: i64 = 7;
const BASE_DAYS: i64 = 28;
/// A single run is compared with the largest of this many days, as in `single-run-spike`.
const RUN_WINDOW_DAYS: i64 = 30;
/// An amount beside what it is compared with.
struct Jump {
    from: NaiveDate,
    to: NaiveDate,
    metres: f64,
    /// The unfloored base, m.
    base_m: f64,
    is_gps: bool,
    span: &'static str,
    reference: &'static str,
    run_ids: Vec<String>,
}

/// Judges every day with a run: its seven days, and its runs one by one.
///
/// Which jump of a stretch speaks is settled before pain is looked at: one picked because pain followed it would make the
/// backtest find what was put there.
pub fn check(ctx: &Context, direction: &Direction) -> Vec<Outcome> {
    let mut dates: Vec<NaiveDate> = ctx.history.runs.iter().map(Run::local_date).collect();
    dates.dedup();
    let outcomes = dates.into_iter().map(|date| judge(ctx, direction, date));
    let outcomes: Vec<Outcome> = outcomes.collect();
    let jumps = days_of_jumps(&outcomes);
    let told = settled(peaks(outcomes, WEEK_DAYS), "no runs").into_iter();
    let advised = told.map(|outcome| match outcome {
        Outcome::Flagged(finding) => {
            let days = stretch_with(&jumps, finding.to);
            Outcome::Flagged(advised(ctx, direction, days, finding))
        }
        other => other,
    });
    advised.collect()
}

/// The days on which something was flagged, in stretches.
fn days_of_jumps(outcomes: &[Outcome]) -> Vec<Vec<(NaiveDate, ())>> {
    let flagged = outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::Flagged(finding) => Some((finding.to, ())),
        _ => None,
    });
    stretches(flagged.collect(), WEEK_DAYS)
}

fn stretch_with(stretches: &[Vec<(NaiveDate, ())>], day: NaiveDate) -> &[(NaiveDate, ())] {
    let is_own = |stretch: &&Vec<(NaiveDate, ())>| stretch.iter().any(|(date, ())| *date == day);
    stretches.iter().find(is_own).map_or(&[], Vec::as_slice)
}

/// The finding with its advice, and at watch when the sites that feel it first hurt after one of the days of its stretch.
fn advised(
    ctx: &Context,
    direction: &Direction,
    days: &[(NaiveDate, ())],
    finding: Finding,
) -> Finding {
    // What was not weighed is told and no more.
    if finding.observed.is_none() {
        return finding;
    }
    let sore = soreness(ctx, direction, days);
    let (fact, advice) = advice(direction, sore, is_past(ctx, finding.to));
    Finding {
        message: finding.message + &fact,
        instruction: advice.to_string(),
        severity: sore.map_or(finding.severity, |_| Severity::Watch),
        ..finding
    }
}

/// What is added to the facts, and what is asked.
fn advice(direction: &Direction, sore: Option<&Entry>, is_past: bool) -> (String, &'static str) {
    let place = sore.and_then(|entry| Some(site_text_with("your", entry.site?, entry.side)));
    let after = place.map(|place| format!(" You logged pain in {place} soon after."));
    match after {
        Some(after) if is_past => (after, ""),
        Some(after) => (
            after,
            "Flatter and easier running until it settles is a good idea.",
        ),
        None if is_past => (format!(" {}", direction.past_advice), ""),
        None => (String::new(), direction.advice),
    }
}

fn judge(ctx: &Context, direction: &Direction, date: NaiveDate) -> Outcome {
    let runs = ctx.history.runs_between(date, date);
    let of_runs = runs.iter().map(|run| run_jump(ctx, direction, run));
    let of_week = week_jump(ctx, direction, date);
    let jumps: Vec<Result<Jump, &'static str>> = of_runs.chain([of_week]).collect();
    let is_known = jumps.iter().any(Result::is_ok);
    let missing = jumps.iter().find_map(|jump| jump.as_ref().err());
    match missing.filter(|_| !is_known) {
        Some(missing) => farthest_fact(ctx, direction, runs)
            .map_or(Outcome::not_judged(*missing), Outcome::Flagged),
        None => loudest(ctx, direction, jumps).map_or(Outcome::Clear, Outcome::Flagged),
    }
}

fn farthest_fact(ctx: &Context, direction: &Direction, runs: &[Run]) -> Option<Finding> {
    let facts = runs
        .iter()
        .filter_map(|run| plain_fact(ctx, direction, run));
    let farthest = facts.reduce(|a, b| if b.0 > a.0 { b } else { a });
    farthest.map(|(_, fact)| fact)
}

/// The loudest finding of the jumps that are known, then the one farthest out.
fn loudest(
    ctx: &Context,
    direction: &Direction,
    jumps: Vec<Result<Jump, &'static str>>,
) -> Option<Finding> {
    let known = jumps.into_iter().flatten();
    let found = known.filter_map(|jump| finding(ctx, direction, &jump));
    let rank = |finding: &Finding| (finding.severity, finding.observed);
    found.reduce(|a, b| if rank(&b) > rank(&a) { b } else { a })
}

/// The seven days up to `date` beside the four weeks before them.
fn week_jump(ctx: &Context, direction: &Direction, date: NaiveDate) -> Result<Jump, &'static str> {
    let from = plus_days(date, 1 - WEEK_DAYS);
    let base = (plus_days(from, -BASE_DAYS), plus_days(from, -1));
    let base_m = sum(ctx, direction, base)? / (BASE_DAYS / WEEK_DAYS) as f64;
    let metres = sum(ctx, direction, (from, date))?;
    let (before, week) = (runs_between(ctx, base), runs_between(ctx, (from, date)));
    Ok(Jump {
        from,
        to: date,
        metres,
        base_m,
        is_gps: is_gps(&before, &week)?,
        span: "seven days",
        reference: "your usual week",
        run_ids: week.iter().map(|run| run.run_id.clone()).collect(),
    })
}

/// The run beside the largest of the 30 days before its start.
fn run_jump(ctx: &Context, direction: &Direction, run: &Run) -> Result<Jump, &'static str> {
    let date = run.local_date();
    // The weeks before must be known, whatever they come to.
    sum(
        ctx,
        direction,
        (plus_days(date, -BASE_DAYS), plus_days(date, -1)),
    )?;
    let base = window_before(ctx, run);
    Ok(Jump {
        from: date,
        to: date,
        metres: (direction.of_run)(run).ok_or(NO_ALTITUDE)?,
        base_m: direction.most_of(&base),
        is_gps: is_gps(&base, &[run])?,
        span: "one run",
        reference: "the most of any run in the 30 days before",
        run_ids: vec![run.run_id.clone()],
    })
}

/// The runs of the 30 days before the run's start.
fn window_before<'a>(ctx: &Context<'a>, run: &Run) -> Vec<&'a Run> {
    let date = run.local_date();
    let earliest = run.start_utc - TimeDelta::days(RUN_WINDOW_DAYS);
    // A day more on either side: runs lie in the order of local days, the window is one of hours.
    let near = ctx
        .history
        .runs_between(plus_days(date, -RUN_WINDOW_DAYS - 2), plus_days(date, 2));
    let is_in_window = |other: &&Run| (earliest..run.start_utc).contains(&other.start_utc);
    near.iter().filter(is_in_window).collect()
}

impl Direction {
    /// The most of any of the runs, m.
    fn most_of(&self, runs: &[&Run]) -> f64 {
        let metres = runs.iter().filter_map(|run| (self.of_run)(run));
        metres.fold(0.0, f64::max)
    }
}

/// The most of any run in the 30 days before this one, m, and its day. None: none has an altitude.
pub fn most_before(ctx: &Context, direction: &Direction, run: &Run) -> Option<(f64, NaiveDate)> {
    let window = window_before(ctx, run).into_iter();
    let known = window.filter_map(|run| Some(((direction.of_run)(run)?, run.local_date())));
    known.reduce(|a, b| if b.0 >= a.0 { b } else { a })
}

/// A run far above every other of the 30 days before that has an altitude, told where it cannot be weighed; and its metres.
fn plain_fact(ctx: &Context, direction: &Direction, run: &Run) -> Option<(f64, Finding)> {
    let date = run.local_date();
    let mut base = runs_between(
        ctx,
        (plus_days(date, -RUN_WINDOW_DAYS), plus_days(date, -1)),
    );
    base.retain(|other| (direction.of_run)(other).is_some());
    let is_enough = base.len() as f64 >= ctx.limit(FACT_RUNS);
    let metres = (direction.of_run)(run).filter(|_| is_enough)?;
    is_gps(&base, &[run]).ok()?;
    let base_m = direction.most_of(&base);
    let (severity, _) = level(ctx, metres, base_m, false)?;
    let finding = Finding {
        // Not weighed: there is no value beside a limit.
        observed: None,
        unit: Unit::Ratio,
        run_ids: vec![run.run_id.clone()],
        message: plain_message(ctx, direction, (metres, base_m), base.len()),
        tells_days: false,
        ..Finding::on(direction.rule, Severity::Note, date, date)
    };
    (severity == Severity::Watch).then_some((metres, finding))
}

fn plain_message(
    ctx: &Context,
    direction: &Direction,
    (metres, base_m): (f64, f64),
    runs: usize,
) -> String {
    format!(
        "{} of {} in one run; the most of your {} runs with an altitude in the 30 days before was {}. The weeks before \
        are not all recorded with one, so this is not weighed.",
        ctx.units.height_text(metres),
        direction.noun,
        in_words(runs as f64),
        ctx.units.height_text(base_m)
    )
}

const NO_ALTITUDE: &str =
    "four covered weeks with an altitude on every run are needed before the latest run";

/// Metres from `from` to `to`; an error when a day is outside the calendar, not covered or lacks an altitude.
fn sum(
    ctx: &Context,
    direction: &Direction,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<f64, &'static str> {
    let count = days_between(from, to) + 1;
    let metres = |date| {
        let day = ctx.history.day(date).filter(|day| day.covered);
        day.and_then(|day| (direction.of_day)(day))
    };
    let metres = (0..count).map(|n| metres(plus_days(from, n)));
    metres.sum::<Option<f64>>().ok_or(NO_ALTITUDE)
}

/// Whether GPS altitude has a part in it, which asks for the larger ratio. A device's own total counts as measured well
/// even where no barometer is known: its maker has filtered it, and what is noise in raw GPS altitude is not in it.
/// A stray run from a phone among a watch's runs is one thing; an error when most runs before came from one kind and most of those judged from the other, which cannot be compared.
fn is_gps(before: &[&Run], judged: &[&Run]) -> Result<bool, &'static str> {
    let kinds = mostly_gps(before).zip(mostly_gps(judged));
    if kinds.is_some_and(|(before, judged)| before != judged) {
        return Err("the source of the altitude changed in the weeks before the latest run");
    }
    Ok(before.iter().chain(judged).any(|run| is_of_gps(run)))
}

fn is_of_gps(run: &Run) -> bool {
    run.altitude_source == Some(AltitudeSource::Gps)
}

/// Whether most of the runs that measured altitude did so by GPS; None when none measured it.
fn mostly_gps(runs: &[&Run]) -> Option<bool> {
    let (all, gps) = (count(runs, is_measured), count(runs, is_of_gps));
    (all > 0).then_some(2 * gps > all)
}

fn count(runs: &[&Run], is_counted: fn(&Run) -> bool) -> usize {
    runs.iter().filter(|run| is_counted(run)).count()
}

/// Whether the altitude of the run was measured, indoors left out.
fn is_measured(run: &Run) -> bool {
    !matches!(run.altitude_source, None | Some(AltitudeSource::Indoor))
}

fn runs_between<'a>(ctx: &Context<'a>, (from, to): (NaiveDate, NaiveDate)) -> Vec<&'a Run> {
    ctx.history.runs_between(from, to).iter().collect()
}

fn finding(ctx: &Context, direction: &Direction, jump: &Jump) -> Option<Finding> {
    let (severity, limit) = level(ctx, jump.metres, jump.base_m, jump.is_gps)?;
    Some(Finding {
        observed: Some(ratio(ctx, jump.metres, jump.base_m)),
        limit: Some(limit),
        unit: Unit::Ratio,
        // A base close to nothing makes no multiple worth saying.
        tells_observed: jump.base_m >= ctx.limit(FLOOR_M),
        run_ids: jump.run_ids.clone(),
        message: fact(ctx, direction, jump),
        tells_days: false,
        ..Finding::on(direction.rule, severity, jump.from, jump.to)
    })
}

/// How loud, and the ratio that was reached; None under the limits.
fn level(ctx: &Context, metres: f64, base_m: f64, is_gps: bool) -> Option<(Severity, f64)> {
    let ratio = ratio(ctx, metres, base_m);
    let rise_m = metres - base_m.max(ctx.limit(FLOOR_M));
    let note_ratio = if is_gps { GPS_RATIO } else { NOTE_RATIO };
    let reaches = |least_ratio: Limit, least_m: Limit| {
        ratio >= ctx.limit(least_ratio) - EPSILON && rise_m >= ctx.limit(least_m) - EPSILON
    };
    if reaches(WATCH_RATIO, WATCH_RISE_M) {
        return Some((Severity::Watch, ctx.limit(WATCH_RATIO)));
    }
    Some((Severity::Note, ctx.limit(note_ratio))).filter(|_| reaches(note_ratio, NOTE_RISE_M))
}

fn ratio(ctx: &Context, metres: f64, base_m: f64) -> f64 {
    metres / base_m.max(ctx.limit(FLOOR_M))
}

/// The worst pain logged at the direction's sites on one of the days or soon after it, up to the day of the report; a rating
/// from before the day's run is not after it.
fn soreness<'a>(
    ctx: &Context<'a>,
    direction: &Direction,
    days: &[(NaiveDate, ())],
) -> Option<&'a Entry> {
    let within_days = ctx.limit(PAIN_WITHIN_DAYS) as i64;
    let is_soon = |entry: &Entry| {
        days.iter()
            .any(|(day, ())| is_after(entry, *day, within_days))
    };
    let is_here = |entry: &Entry| {
        entry
            .site
            .is_some_and(|site| direction.sites.contains(&site))
    };
    let rows = triage::rows(ctx).iter();
    let after = rows.filter(|entry| is_soon(entry) && is_here(entry) && is_sore(entry));
    after.reduce(|worst, entry| match entry.pain > worst.pain {
        true => entry,
        false => worst,
    })
}

fn is_after(entry: &Entry, day: NaiveDate, within_days: i64) -> bool {
    let is_before_the_run = entry.date == day && entry.moment == Moment::Before;
    (day..=plus_days(day, within_days)).contains(&entry.date) && !is_before_the_run
}

/// What was measured, beside what it is compared with.
fn fact(ctx: &Context, direction: &Direction, jump: &Jump) -> String {
    let metres = ctx.units.height_text(jump.metres);
    let comparison = comparison(ctx, jump);
    let (noun, span) = (direction.noun, jump.span);
    format!("{metres} of {noun} in {span}, {comparison}.")
}

fn comparison(ctx: &Context, jump: &Jump) -> String {
    let (floor_m, reference) = (ctx.limit(FLOOR_M), jump.reference);
    let text = |metres: f64| ctx.units.height_text(metres);
    if jump.base_m < floor_m {
        format!("far above {reference} (less than {})", text(floor_m))
    } else {
        let ratio = number(ratio(ctx, jump.metres, jump.base_m), 1);
        format!("{ratio} times {reference} ({})", text(jump.base_m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::PainLog;
    use crate::rules::fixture::{
        calendar, day, findings, findings_with, history, is_not_judged, log, loudest, run, sore,
    };
    use crate::rules::{ascent_spike, descent_spike};

    /// Five weeks of runs every third day (days 0–33) that climb 60 m each, then `climbs` on the days from 35 on.
    fn after_five_weeks(climbs: &[(i64, f64)]) -> Vec<Run> {
        let climb = |n: i64, metres: f64| Run {
            ascent_m: Some(metres),
            descent_m: Some(metres),
            ..run(n, 8.0)
        };
        let weeks = (0..12).map(|n| climb(3 * n, 60.0));
        weeks
            .chain(climbs.iter().map(|(n, metres)| climb(*n, *metres)))
            .collect()
    }

    #[test]
    fn at_the_limits_and_just_under() {
        let (history, pain) = (history(vec![]), log(vec![]));
        let ctx = Context::new(&history, &pain, crate::units::Units::Km);
        let (note, watch) = (Some(Severity::Note), Some(Severity::Watch));
        for (metres, base_m, is_gps, expected) in [
            (449.0, 300.0, false, None), // 149 m more
            (450.0, 300.0, false, note), // 1.5 times and 150 m more
            (599.0, 400.0, false, None), // 1.4975 times
            (600.0, 400.0, false, note),
            (599.0, 300.0, false, note),  // 299 m more
            (600.0, 300.0, false, watch), // twice and 300 m more
            (598.0, 299.0, false, note),  // twice, 299 m more
            (799.0, 400.0, false, note),  // 1.9975 times
            (199.0, 0.0, false, None),    // 149 m over the floor of 50 m
            (200.0, 0.0, false, note),
            (350.0, 0.0, false, watch),
            (399.0, 200.0, true, None), // GPS: under twice
            (400.0, 200.0, true, note),
            (600.0, 300.0, true, watch),
        ] {
            let level = level(&ctx, metres, base_m, is_gps).map(|(severity, _)| severity);
            assert_eq!(level, expected, "{metres} m after {base_m} m, GPS {is_gps}");
        }
    }

    #[test]
    fn the_windows_are_seven_days_after_twenty_eight_and_a_run_after_thirty() {
        // On day 38 the week is days 32–38 (runs on 33 and 36 and 38: 60 + 200 + 25 m) and the base days 4–31 (nine
        // runs of 60 m: 135 m a week); the 30 days before the run hold the 200 m of day 36.
        let history = history(after_five_weeks(&[(36, 200.0), (38, 25.0)]));
        let none = log(vec![]);
        let ctx = Context::new(&history, &none, crate::units::Units::Km);
        let week = week_jump(&ctx, &ascent_spike::DIRECTION, day(38)).unwrap();
        assert_eq!(
            (week.from, week.to, week.metres, week.base_m),
            (day(32), day(38), 285.0, 135.0)
        );
        let run = run_jump(&ctx, &ascent_spike::DIRECTION, &history.runs[13]).unwrap();
        assert_eq!((run.from, run.metres, run.base_m), (day(38), 25.0, 200.0));
    }

    #[test]
    fn a_run_is_compared_with_thirty_days() {
        for (n, base_m) in [(8, 200.0), (7, 60.0)] {
            let mut runs = after_five_weeks(&[(38, 25.0)]);
            runs.push(Run {
                ascent_m: Some(200.0),
                ..run(n, 8.0)
            });
            let history = history(runs);
            let none = log(vec![]);
            let ctx = Context::new(&history, &none, crate::units::Units::Km);
            let jump = run_jump(&ctx, &ascent_spike::DIRECTION, &history.runs[13]).unwrap();
            assert_eq!(jump.base_m, base_m, "200 m climbed {} days before", 38 - n);
        }
    }

    #[test]
    fn gps_altitude_must_double_and_is_not_set_beside_a_barometer() {
        let of = |metres: f64, sources: [AltitudeSource; 2]| {
            let source = |n: i64| Some(if n < 30 { sources[0] } else { sources[1] });
            let runs = (0..12).map(|n| (3 * n, 200.0)).chain([(36, metres)]);
            history(
                runs.map(|(n, m)| Run {
                    ascent_m: Some(m),
                    altitude_source: source(n),
                    ..run(n, 8.0)
                })
                .collect(),
            )
        };
        let gps = [AltitudeSource::Gps; 2];
        assert_eq!(loudest(&ascent_spike::RULE, &of(399.0, gps)), None);
        assert_eq!(
            loudest(&ascent_spike::RULE, &of(400.0, gps)),
            Some(Severity::Note)
        );
        let mixed = of(900.0, [AltitudeSource::Barometer, AltitudeSource::Gps]);
        assert!(is_not_judged(&ascent_spike::RULE, &mixed));
        // One run from a phone among a watch's: judged, by the limits of GPS.
        let stray = |metres: f64| {
            let source = |n: i64| {
                Some(if n == 6 {
                    AltitudeSource::Gps
                } else {
                    AltitudeSource::Barometer
                })
            };
            let runs = (0..12).map(|n| (3 * n, 200.0)).chain([(36, metres)]);
            history(
                runs.map(|(n, m)| Run {
                    ascent_m: Some(m),
                    altitude_source: source(n),
                    ..run(n, 8.0)
                })
                .collect(),
            )
        };
        assert_eq!(loudest(&ascent_spike::RULE, &stray(399.0)), None);
        assert_eq!(
            loudest(&ascent_spike::RULE, &stray(400.0)),
            Some(Severity::Note)
        );
    }

    #[test]
    fn pain_within_three_days_raises_a_note_to_watch_and_no_further() {
        for (metres, n, site, pain, moment, expected) in [
            (250.0, 38, Site::Calf, 1.0, Moment::Day, Severity::Watch),
            (250.0, 39, Site::Calf, 1.0, Moment::Day, Severity::Note),
            (250.0, 34, Site::Calf, 1.0, Moment::Day, Severity::Note),
            (
                250.0,
                35,
                Site::Achilles,
                1.0,
                Moment::Before,
                Severity::Note,
            ),
            (
                250.0,
                35,
                Site::Achilles,
                1.0,
                Moment::Evening,
                Severity::Watch,
            ),
            (250.0, 36, Site::Quad, 5.0, Moment::Day, Severity::Note),
            (250.0, 36, Site::Calf, 0.0, Moment::Day, Severity::Note),
            (900.0, 36, Site::Calf, 5.0, Moment::Day, Severity::Watch),
        ] {
            let entry = Entry {
                moment,
                ..sore(n, site, pain)
            };
            let history = calendar(after_five_weeks(&[(35, metres)]), &log(vec![]), day(40));
            let found = findings_with(&ascent_spike::RULE, &history, &log(vec![entry]));
            assert_eq!(
                found.iter().map(|f| f.severity).max(),
                Some(expected),
                "{metres} {n} {site:?} {moment:?}"
            );
        }
    }

    #[test]
    fn pain_does_not_pick_the_jump_that_is_told() {
        // Two jumps within a week, 400 m on day 35 and 250 m on day 41; the calf hurts two days after the second, which is
        // more than three days after the first.
        let runs = after_five_weeks(&[(35, 400.0), (41, 250.0)]);
        let pain = log(vec![sore(43, Site::Calf, 2.0)]);
        let of = |pain: &PainLog| {
            let found = findings_with(
                &ascent_spike::RULE,
                &calendar(runs.clone(), &log(vec![]), day(44)),
                pain,
            );
            let told: Vec<_> = found
                .iter()
                .map(|f| (f.severity, f.to, f.observed))
                .collect();
            (
                told,
                found[0].text().contains("You logged pain in your calf"),
            )
        };
        let ((without, no), (with, yes)) = (of(&log(vec![])), of(&pain));
        assert_eq!(
            (&without, no),
            (&with, false),
            "400 m are twice the usual and 300 m more without any pain"
        );
        assert!(
            yes && with.len() == 1 && with[0].0 == Severity::Watch,
            "{with:?}"
        );
        // Both only notes: 200 m twice. The first speaks, and is raised by the pain after the second.
        let runs = after_five_weeks(&[(35, 200.0), (41, 195.0)]);
        let of = |pain: &PainLog| {
            let found = findings_with(
                &ascent_spike::RULE,
                &calendar(runs.clone(), &log(vec![]), day(44)),
                pain,
            );
            found.iter().map(|f| (f.severity, f.to)).collect::<Vec<_>>()
        };
        let ((note, first), (watch, second)) = (of(&log(vec![]))[0], of(&pain)[0]);
        assert_eq!(
            (note, watch, first),
            (Severity::Note, Severity::Watch, second)
        );
    }

    #[test]
    fn pain_after_the_day_of_the_report_is_not_looked_at() {
        let pain = log(vec![sore(36, Site::Calf, 2.0)]);
        for (as_of, expected) in [(35, Severity::Note), (36, Severity::Watch)] {
            let history = calendar(after_five_weeks(&[(35, 250.0)]), &log(vec![]), day(as_of));
            let found = findings_with(&ascent_spike::RULE, &history, &pain);
            assert_eq!(
                found.iter().map(|f| f.severity).collect::<Vec<_>>(),
                [expected],
                "as of day {as_of}"
            );
        }
    }

    #[test]
    fn old_hills_give_no_advice_for_tomorrow() {
        let ending = |rule, pain: &PainLog, as_of: i64| {
            let history = calendar(after_five_weeks(&[(35, 250.0)]), &log(vec![]), day(as_of));
            let message = findings_with(rule, &history, pain)[0].text();
            message
                .split_once("). ")
                .map(|(_, advice)| advice.to_string())
                .expect("a comparison")
        };
        let (none, sore) = (log(vec![]), log(vec![sore(36, Site::Calf, 2.0)]));
        assert_eq!(
            ending(&ascent_spike::RULE, &none, 49),
            ascent_spike::DIRECTION.advice
        );
        assert_eq!(
            ending(&ascent_spike::RULE, &none, 50),
            ascent_spike::DIRECTION.past_advice
        );
        assert_eq!(
            ending(&descent_spike::RULE, &none, 50),
            descent_spike::DIRECTION.past_advice
        );
        assert_eq!(
            ending(&ascent_spike::RULE, &sore, 50),
            "You logged pain in your calf soon after."
        );
    }

    #[test]
    fn a_doubling_is_told_where_it_cannot_be_weighed() {
        // Recordings that begin ten days before, with 200 m in each of two runs.
        let with = |metres: f64| {
            let climb = |n: i64, metres: f64| Run {
                ascent_m: Some(metres),
                ..run(n, 8.0)
            };
            history(vec![climb(0, 200.0), climb(5, 200.0), climb(10, metres)])
        };
        let found = findings(&ascent_spike::RULE, &with(500.0));
        assert_eq!(
            found
                .iter()
                .map(|f| (f.severity, f.observed))
                .collect::<Vec<_>>(),
            [(Severity::Note, None)]
        );
        assert_eq!(
            found[0].text(),
            "500 m of climbing in one run; the most of your two runs with an altitude in the 30 days before was 200 m. The \
            weeks before are not all recorded with one, so this is not weighed."
        );
        assert!(is_not_judged(&ascent_spike::RULE, &with(499.0)));
    }

    #[test]
    fn too_little_data() {
        for rule in [&ascent_spike::RULE, &descent_spike::RULE] {
            assert!(is_not_judged(rule, &history(vec![])), "no runs");
            let weeks = history(
                (0..11)
                    .map(|n| Run {
                        ascent_m: Some(60.0),
                        ..run(3 * n, 8.0)
                    })
                    .collect(),
            );
            assert!(!is_not_judged(rule, &weeks), "30 days");
            let short = history(
                (0..10)
                    .map(|n| Run {
                        ascent_m: Some(60.0),
                        ..run(3 * n, 8.0)
                    })
                    .collect(),
            );
            assert!(is_not_judged(rule, &short), "27 days");
            let four_weeks = |last| history([0, 9, 18, last].map(|n| run(n, 8.0)).to_vec());
            assert!(
                is_not_judged(rule, &four_weeks(27)),
                "27 days before the last run"
            );
            assert!(
                !is_not_judged(rule, &four_weeks(28)),
                "28 days before the last run"
            );
            let mut unknown = after_five_weeks(&[]);
            (unknown[9].ascent_m, unknown[9].descent_m) = (None, None);
            assert!(
                is_not_judged(rule, &history(unknown)),
                "a run without altitude"
            );
        }
    }

    #[test]
    fn the_messages_have_the_numbers() {
        let found = findings(
            &ascent_spike::RULE,
            &history(after_five_weeks(&[(35, 250.0)])),
        );
        assert_eq!(
            found[0].text(),
            "250 m of climbing in one run, 4.2 times the most of any run in the 30 days before (60 m). Calves and \
            Achilles often notice first; see how they feel tomorrow."
        );
        let entries = log(vec![Entry {
            side: Some(crate::pain::Side::Left),
            ..sore(36, Site::Calf, 2.0)
        }]);
        let next_day = calendar(after_five_weeks(&[(35, 250.0)]), &entries, day(36));
        let found = findings_with(&ascent_spike::RULE, &next_day, &entries);
        assert!(
            found[0]
                .text()
                .contains("You logged pain in your left calf soon after")
        );
        let flat = (0..12).map(|n| run(3 * n, 8.0)).chain([Run {
            descent_m: Some(300.0),
            ..run(36, 8.0)
        }]);
        let found = findings(&descent_spike::RULE, &history(flat.collect()));
        assert!(
            found[0].text().starts_with("300 m of downhill in "),
            "{}",
            found[0].text()
        );
        assert!(
            found[0].text().contains("(less than 50 m)"),
            "{}",
            found[0].text()
        );
    }
}
