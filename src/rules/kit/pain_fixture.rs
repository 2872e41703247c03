//! Rows of a pain log and a plain calendar for the tests of the pain rules. Day 0 is Monday 3 March 2025.

use crate::model::{Day, History, LoadUnit, Run};
use crate::pain::{Entry, PainLog, Side, Sign, Site};
use crate::rules::{Context, Finding, Outcome, Rule, Severity, fixture::assert_may_be_said};
use crate::time::{date_text, plus_days};
use crate::units::Units;
use chrono::{NaiveDate, NaiveTime};

/// The date `n` days after Monday 3 March 2025.
pub fn day(n: i64) -> NaiveDate {
    plus_days(
        NaiveDate::from_ymd_opt(2025, 3, 3).expect("a literal date"),
        n,
    )
}

/// A row about a site on day `n`, not rated.
pub fn at(n: i64, site: Site, side: Side) -> Entry {
    Entry {
        site: Some(site),
        side: Some(side),
        ..Entry::on(day(n))
    }
}

/// A rated row.
pub fn sore(n: i64, site: Site, side: Side, pain: f64) -> Entry {
    Entry {
        pain: Some(pain),
        ..at(n, site, side)
    }
}

/// "All clear today."
pub fn clear(n: i64) -> Entry {
    Entry {
        site: Some(Site::None),
        pain: Some(0.0),
        ..Entry::on(day(n))
    }
}

/// A row without anything a red flag could be about: dull thighs, rated 1.
pub fn harmless(n: i64) -> Entry {
    sore(n, Site::Quad, Side::Both, 1.0)
}

/// What `check` says on day `as_of` of a log of these rows, with one run (`run-<n>`) on every day since day 0.
pub fn outcomes(
    as_of: i64,
    mut rows: Vec<Entry>,
    check: impl Fn(&Context) -> Vec<Outcome>,
) -> Vec<Outcome> {
    rows.sort_by_key(|row| row.date);
    let pain = PainLog {
        rows: rows.len(),
        entries: rows,
        ..PainLog::default()
    };
    let history = calendar(as_of);
    check(&Context::new(&history, &pain, Units::Km))
}

/// What the rule says.
pub fn judge(rule: &Rule, as_of: i64, rows: Vec<Entry>) -> Vec<Outcome> {
    outcomes(as_of, rows, |ctx| crate::rules::fixture::ask(rule, ctx))
}

/// What `check` flags or finds good.
pub fn flagged_by(
    as_of: i64,
    rows: Vec<Entry>,
    check: impl Fn(&Context) -> Vec<Outcome>,
) -> Vec<Finding> {
    let found = |outcome| match outcome {
        Outcome::Flagged(finding) | Outcome::Good(finding) => Some(finding),
        Outcome::Clear | Outcome::NotJudged(_) => None,
    };
    outcomes(as_of, rows, check)
        .into_iter()
        .filter_map(found)
        .collect()
}

/// What the rule flags or finds good.
pub fn flagged(rule: &Rule, as_of: i64, rows: Vec<Entry>) -> Vec<Finding> {
    flagged_by(as_of, rows, |ctx| crate::rules::fixture::ask(rule, ctx))
        .into_iter()
        .inspect(assert_may_be_said)
        .collect()
}

/// Asserts that a red flag is raised on day 20 at its loudest exactly when `expected`, and not at all otherwise.
pub fn check_red_flag(rule: &Rule, rows: Vec<Entry>, expected: bool) {
    check_level(rule, rows, expected.then_some(rule.cap));
}

/// A row of day 20 without a place, whose note holds signs.
pub fn noted(signs: &[Sign]) -> Entry {
    Entry {
        signs_in_note: signs.into(),
        ..Entry::on(day(20))
    }
}

/// Asserts that one row with a sign raises a red flag, in a note as in the column of a sore calf two weeks ago, and that
/// another sign or a harmless row does not.
pub fn check_one_sign(rule: &Rule, sign: Sign, other: Sign) {
    check_red_flag(rule, vec![noted(&[sign])], true);
    check_red_flag(
        rule,
        vec![Entry {
            signs: [sign].into(),
            ..at(6, Site::Calf, Side::Left)
        }],
        true,
    );
    check_red_flag(rule, vec![noted(&[other])], false);
    check_red_flag(rule, vec![harmless(20)], false);
}

/// Asserts how loud a red flag is on day 20, None for silence, and that an old one has the calm form.
pub fn check_level(rule: &Rule, rows: Vec<Entry>, expected: Option<Severity>) {
    let current = flagged(rule, 20, rows.clone());
    let loudest = current.iter().map(|finding| finding.severity).max();
    assert_eq!(loudest, expected, "{}: {rows:?}", rule.id);
    for finding in &current {
        assert_eq!(finding.rule, rule.id);
        assert!(
            !finding.text().contains("hould it come back") && finding.text().ends_with('.'),
            "{}",
            finding.text()
        );
    }
    for finding in flagged(rule, 60, rows) {
        assert!(
            finding
                .text()
                .contains(". That was more than two weeks ago. Should it come back, "),
            "{}",
            finding.text()
        );
        assert!(finding.text().contains(&date_text(finding.to)) && finding.text().ends_with('.'));
    }
}

/// Asserts that the rule says so when there is no log and when the log has gone quiet.
pub fn check_too_little_data(rule: &Rule) {
    let not_judged = |text: &str| [Outcome::NotJudged(text.to_string())];
    assert_eq!(
        judge(rule, 20, Vec::new()),
        not_judged("no pain log was given")
    );
    assert!(matches!(
        judge(rule, 60, vec![harmless(0)]).as_slice(),
        [Outcome::NotJudged(_)]
    ));
}

fn calendar(as_of: i64) -> History {
    let days = (0..=as_of).map(|n| Day {
        date: day(n),
        covered: true,
        runs: 1,
        distance_m: None,
        longest_run_m: None,
        timer_s: None,
        ascent_m: None,
        descent_m: None,
        load: None,
        other_sport_s: None,
        sleep_s: None,
        pain_max: None,
    });
    History {
        others: Vec::new(),
        runs: (0..=as_of).map(run).collect(),
        days: days.collect(),
        weeks: Vec::new(),
        load_unit: LoadUnit::GradeAdjustedKm,
        as_of: day(as_of),
    }
}

fn run(n: i64) -> Run {
    let start_local = day(n).and_time(NaiveTime::MIN);
    Run {
        source: format!("run-{n}.fit"),
        ..Run::blank(format!("run-{n}"), start_local.and_utc())
    }
}
