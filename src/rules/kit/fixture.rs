//! Builds a runner's calendar from literals, so that the tests of the rules are short tables.
//!
//! Day 0 is Monday 6 January 2025. A run starts at 07:00 UTC, takes 6 min/km and is full of known values;
//! a test changes the field it is about. The calendar is derived here in plain code and not by the program's own.

use crate::associate::associate;
use crate::model::{AltitudeSource, Day, History, LoadUnit, Run, Week};
use crate::pain::{Entry, PainLog, Site};
use crate::rules::{
    Check, Context, EmergencyNumber, Finding, Judged, Limits, Outcome, RULES, Rule, Severity,
    Stance,
};
use crate::time::{dates, iso_week, plus_days, week_start};
use crate::units::{Unit, Units, in_words, number};
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

/// Seconds per kilometre of every fixture run.
pub const PACE_S_PER_KM: f64 = 360.0;

/// The date `n` days after Monday 6 January 2025.
pub fn day(n: i64) -> NaiveDate {
    plus_days(
        NaiveDate::from_ymd_opt(2025, 1, 6).expect("a literal date"),
        n,
    )
}

/// A run of `km` on day `n`, flat, with cadence on the line 133.6 + 11·speed at 2.78 m/s (164 steps/min).
pub fn run(n: i64, km: f64) -> Run {
    let start_local = day(n).and_time(NaiveTime::from_hms_opt(7, 0, 0).expect("a literal time"));
    let seconds = Some(km * PACE_S_PER_KM);
    Run {
        source: format!("run-{n}.fit"),
        device: Some("garmin fr55".to_string()),
        distance_m: Some(km * 1000.0),
        timer_s: seconds,
        elapsed_s: seconds,
        moving_s: seconds,
        cadence_spm: Some(164.0),
        cadence_flat_spm: Some(164.0),
        speed_flat_m_s: Some(2.78),
        flat_s: seconds,
        ascent_m: Some(0.0),
        descent_m: Some(0.0),
        altitude_source: Some(AltitudeSource::Barometer),
        grade_adjusted_m: Some(km * 1000.0),
        records: 600,
        ..Run::blank(format!("run-{n}"), start_local.and_utc())
    }
}

/// The run, started `minutes` later.
pub fn later(mut run: Run, minutes: i64) -> Run {
    run.start_utc += TimeDelta::minutes(minutes);
    run.start_local += TimeDelta::minutes(minutes);
    run.run_id = format!("{}+{minutes}", run.run_id);
    run
}

/// One run a day from day 0, none where the literal is 0.
pub fn daily_km(km: &[f64]) -> Vec<Run> {
    (0..)
        .zip(km)
        .filter(|(_, km)| **km > 0.0)
        .map(|(n, km)| run(n, *km))
        .collect()
}

/// Three runs a week from week 0, on Monday, Thursday and Sunday, that add up to `km`.
pub fn weekly_km(km: &[f64]) -> Vec<Run> {
    let week = |(week, km): (i64, &f64)| {
        [(0, 0.3), (3, 0.3), (6, 0.4)].map(|(n, share)| run(7 * week + n, km * share))
    };
    (0..).zip(km).flat_map(week).collect()
}

/// The calendar of these runs, without pain, as of the last run.
pub fn history(runs: Vec<Run>) -> History {
    let as_of = runs.iter().map(Run::local_date).max().unwrap_or(day(0));
    calendar(runs, &PainLog::default(), as_of)
}

/// A finding over some days.
pub fn finding(rule: &'static str, from: NaiveDate, to: NaiveDate) -> Finding {
    Finding {
        rule,
        ..Finding::on(RULES[0], Severity::Watch, from, to)
    }
}

/// The calendar of runs and pain log, as of `as_of`. Loads are grade-adjusted kilometres.
pub fn calendar(mut runs: Vec<Run>, pain: &PainLog, as_of: NaiveDate) -> History {
    runs.sort_by_key(|run| run.start_utc);
    let recorded: Vec<NaiveDate> = runs
        .iter()
        .map(Run::local_date)
        .chain(pain.entries.iter().map(|entry| entry.date))
        .collect();
    let days: Vec<Day> = match (recorded.iter().min(), recorded.iter().max()) {
        (Some(first), Some(last)) => dates(*first, *last)
            .map(|date| one_day(date, &runs, pain))
            .collect(),
        _ => Vec::new(),
    };
    let mut mondays: Vec<NaiveDate> = days.iter().map(|day| week_start(day.date)).collect();
    mondays.dedup();
    let weeks = mondays
        .into_iter()
        .map(|monday| one_week(monday, &days, pain, as_of))
        .collect();
    History {
        runs,
        others: Vec::new(),
        days,
        weeks,
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of,
    }
}

/// A row of the pain log: `pain` at `site` on day `n`.
pub fn sore(n: i64, site: Site, pain: f64) -> Entry {
    Entry {
        site: Some(site),
        pain: Some(pain),
        ..Entry::on(day(n))
    }
}

/// A log of these rows.
pub fn log(entries: Vec<Entry>) -> PainLog {
    PainLog {
        rows: entries.len(),
        entries,
        ..PainLog::default()
    }
}

/// What the rule says of this calendar and log, in kilometres.
pub fn judge(rule: &Rule, history: &History, pain: &PainLog) -> Vec<Outcome> {
    ask(rule, &Context::new(history, pain, Units::Km))
}

/// What one rule says, after everything that it listens to.
pub fn ask(rule: &Rule, ctx: &Context) -> Vec<Outcome> {
    match rule.check {
        Check::Data(check) => check(&ctx.of(rule)),
        Check::After(check) => check(&ctx.of(rule), &heard_by(rule, ctx)),
        Check::Links(check) => check(&associate(ctx.history, ctx.pain)),
    }
}

/// What is judged before a rule that listens.
fn heard_by(rule: &Rule, ctx: &Context) -> Judged {
    let mut heard = crate::rules::judge(ctx);
    let before: Vec<&str> = RULES
        .iter()
        .take_while(|other| other.id != rule.id)
        .map(|other| other.id)
        .collect();
    let is_heard = |id: &str| {
        before.contains(&id)
            || crate::rules::rule(id).is_some_and(|other| matches!(other.check, Check::Data(_)))
    };
    heard.findings.retain(|finding| is_heard(finding.rule));
    heard
}

/// The findings of the rule with these `--limit` options, without a pain log.
pub fn findings_under(rule: &Rule, history: &History, options: &[&str]) -> Vec<Finding> {
    let options: Vec<String> = options.iter().map(|option| option.to_string()).collect();
    let limits = Limits::parse(&options).unwrap_or_else(|error| panic!("{error}"));
    let (pain, number) = (PainLog::default(), EmergencyNumber::default());
    let ctx = Context::new(history, &pain, Units::Km).with(&limits, &number);
    ask(rule, &ctx)
        .into_iter()
        .filter_map(found)
        .inspect(assert_may_be_said)
        .collect()
}

fn found(outcome: Outcome) -> Option<Finding> {
    match outcome {
        Outcome::Flagged(finding) | Outcome::Good(finding) => Some(finding),
        Outcome::Clear | Outcome::NotJudged(_) => None,
    }
}

/// The findings of the rule, flagged and good, without a pain log.
pub fn findings(rule: &Rule, history: &History) -> Vec<Finding> {
    findings_with(rule, history, &PainLog::default())
}

/// The findings of the rule, flagged and good.
pub fn findings_with(rule: &Rule, history: &History, pain: &PainLog) -> Vec<Finding> {
    judge(rule, history, pain)
        .into_iter()
        .filter_map(found)
        .inspect(assert_may_be_said)
        .collect()
}

/// Asserts what holds for every finding of every rule: no louder than its cap, in whole sentences and in calm words.
pub fn assert_may_be_said(finding: &Finding) {
    let rule = crate::rules::rule(finding.rule).unwrap_or_else(|| panic!("{finding:?}"));
    assert!(
        finding.severity <= rule.cap,
        "{}: {:?} is over its cap",
        rule.id,
        finding.severity
    );
    assert!(finding.from <= finding.to, "{finding:?}");
    let message = finding.text();
    let forbidden = crate::rules::kit::wording::forbidden(&message);
    assert!(
        message.ends_with('.') && !message.contains("  "),
        "{}: {message}",
        rule.id
    );
    assert_eq!(forbidden, None, "{}: {message}", rule.id);
    if let Some(observed) = finding
        .observed
        .filter(|_| finding.tells_observed && !is_alarm(rule))
    {
        let told = [Units::Km, Units::Mi]
            .iter()
            .any(|units| tells(&message, observed, finding.unit, *units));
        assert!(
            told,
            "{}: {observed} {:?} is not told in {message}",
            rule.id, finding.unit
        );
    }
    let days = crate::time::period_text(finding.from, finding.to);
    assert_eq!(
        finding.message.contains(&days),
        finding.tells_days,
        "{}: {days} in {message}",
        rule.id
    );
}

/// Beside what everyone is told stand no numbers.
fn is_alarm(rule: &Rule) -> bool {
    rule.evidence.stance == Stance::CommonAdvice
}

/// Whether a sentence has this value, in words or with up to two decimals.
fn tells(message: &str, observed: f64, unit: Unit, units: Units) -> bool {
    let amount = match unit {
        Unit::Distance => units.distance(observed),
        Unit::Share => observed * 100.0,
        _ => observed.abs(),
    };
    let ways = (0..=2)
        .map(|decimals| number(amount, decimals))
        .chain([in_words(amount)]);
    let part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == ',';
    let is_whole = |way: &str, at: usize| {
        let behind = message[at + way.len()..].trim_start_matches(['.', ',']);
        !message[..at].ends_with(part) && !behind.starts_with(|c: char| c.is_ascii_digit())
    };
    ways.into_iter().any(|way| {
        message
            .match_indices(way.as_str())
            .any(|(at, _)| is_whole(&way, at))
    })
}

/// The loudest severity the rule reaches; None when it flags nothing.
pub fn loudest(rule: &Rule, history: &History) -> Option<Severity> {
    findings(rule, history)
        .into_iter()
        .map(|finding| finding.severity)
        .max()
}

/// Whether all the rule says is that it cannot judge.
pub fn is_not_judged(rule: &Rule, history: &History) -> bool {
    matches!(
        judge(rule, history, &PainLog::default()).as_slice(),
        [Outcome::NotJudged(_)]
    )
}

/// Between the first and the last run, and not among more than 10 days in a row without one.
fn is_covered(date: NaiveDate, runs: &[Run]) -> bool {
    let before = runs
        .iter()
        .map(Run::local_date)
        .filter(|other| *other <= date)
        .max();
    let after = runs
        .iter()
        .map(Run::local_date)
        .filter(|other| *other >= date)
        .min();
    matches!((before, after), (Some(before), Some(after)) if before == after || (after - before).num_days() - 1 <= 10)
}

/// The sum; None when one value is unknown. `Some(0.0)` for nothing.
fn complete(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.sum()
}

fn largest(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.flatten().reduce(f64::max)
}

fn one_day(date: NaiveDate, runs: &[Run], pain: &PainLog) -> Day {
    let of_day: Vec<&Run> = runs.iter().filter(|run| run.local_date() == date).collect();
    let covered = is_covered(date, runs);
    let when_covered = |value: Option<f64>| value.filter(|_| covered);
    let known_m: Vec<f64> = of_day.iter().filter_map(|run| run.distance_m).collect();
    let has_no_distance = known_m.is_empty() && !of_day.is_empty();
    Day {
        date,
        covered,
        runs: of_day.len() as u32,
        distance_m: when_covered(Some(known_m.iter().sum()).filter(|_| !has_no_distance)),
        longest_run_m: largest(of_day.iter().map(|run| run.distance_m)),
        timer_s: when_covered(complete(of_day.iter().map(|run| run.timer_s))),
        ascent_m: when_covered(complete(of_day.iter().map(|run| run.ascent_m))),
        descent_m: when_covered(complete(of_day.iter().map(|run| run.descent_m))),
        load: when_covered(complete(
            of_day.iter().map(|run| run.load(LoadUnit::GradeAdjustedKm)),
        )),
        other_sport_s: None,
        sleep_s: None,
        pain_max: largest(
            pain.entries
                .iter()
                .filter(|entry| entry.date == date)
                .map(|entry| entry.pain),
        ),
    }
}

fn one_week(monday: NaiveDate, days: &[Day], pain: &PainLog, as_of: NaiveDate) -> Week {
    let sunday = monday + Days::new(6);
    let of_week: Vec<&Day> = days
        .iter()
        .filter(|day| (monday..=sunday).contains(&day.date))
        .collect();
    let covered: Vec<&&Day> = of_week.iter().filter(|day| day.covered).collect();
    let mut logged: Vec<NaiveDate> = pain
        .entries
        .iter()
        .filter(|e| e.pain.is_some())
        .map(|e| e.date)
        .collect();
    logged.sort();
    logged.dedup();
    Week {
        week: iso_week(monday),
        start: monday,
        days_covered: covered.len() as u32,
        full: covered.len() == 7 && sunday <= as_of,
        runs: of_week.iter().map(|day| day.runs).sum(),
        distance_m: complete(covered.iter().map(|day| day.distance_m)),
        longest_run_m: largest(of_week.iter().map(|day| day.longest_run_m)),
        timer_s: complete(covered.iter().map(|day| day.timer_s)),
        ascent_m: complete(covered.iter().map(|day| day.ascent_m)),
        descent_m: complete(covered.iter().map(|day| day.descent_m)),
        load: complete(covered.iter().map(|day| day.load)),
        other_sport_s: None,
        pain_max: largest(of_week.iter().map(|day| day.pain_max)),
        days_logged: logged
            .iter()
            .filter(|date| (monday..=sunday).contains(date))
            .count() as u32,
    }
}

#[test]
fn the_calendar_has_every_day_and_knows_what_is_covered() {
    // Runs on days 0, 2 and 13 (10 days between: still covered) and 25 (11 days between: a gap).
    let history = history([0, 2, 13, 25].map(|n| run(n, 5.0)).to_vec());
    let covered: Vec<i64> = (0..)
        .zip(&history.days)
        .filter(|(_, day)| day.covered)
        .map(|(n, _)| n)
        .collect();
    assert_eq!(history.days.len(), 26);
    assert_eq!(covered, (0..=13).chain([25]).collect::<Vec<i64>>());
    assert_eq!(
        history
            .weeks
            .iter()
            .map(|week| week.full)
            .collect::<Vec<_>>(),
        [true, true, false, false]
    );
    assert_eq!(
        (history.days[1].distance_m, history.days[20].distance_m),
        (Some(0.0), None)
    );
    assert_eq!(history.weeks[0].distance_m, Some(10_000.0));
}
