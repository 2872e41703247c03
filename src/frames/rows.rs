//! Frames to plain rows: what rules and statistics read, so that their tests are tables of literals.

use crate::model::{Day, Week};
use chrono::NaiveDate;
use polars::prelude::{DataFrame, PolarsError};

/// The rows of the `days` frame.
pub(super) fn days(frame: &DataFrame) -> Result<Vec<Day>, PolarsError> {
    let (dates, covered, runs) = (
        dates(frame, "local_date")?,
        flags(frame, "covered")?,
        counts(frame, "runs")?,
    );
    let [
        distance,
        longest,
        timer,
        ascent,
        descent,
        load,
        pain,
        other_sport,
        sleep,
    ] = numbers(frame)?;
    let day = |i: usize| Day {
        date: dates[i],
        covered: covered[i],
        runs: runs[i],
        distance_m: distance[i],
        longest_run_m: longest[i],
        timer_s: timer[i],
        ascent_m: ascent[i],
        descent_m: descent[i],
        load: load[i],
        other_sport_s: other_sport[i],
        sleep_s: sleep[i],
        pain_max: pain[i],
    };
    Ok((0..frame.height()).map(day).collect())
}

/// The rows of the `weeks` frame.
pub(super) fn weeks(frame: &DataFrame) -> Result<Vec<Week>, PolarsError> {
    let starts = dates(frame, "week_start")?;
    let (full, runs) = (flags(frame, "full")?, counts(frame, "runs")?);
    let (days_covered, days_logged) = (
        counts(frame, "days_covered")?,
        counts(frame, "days_logged")?,
    );
    let [
        distance,
        longest,
        timer,
        ascent,
        descent,
        load,
        pain,
        other_sport,
        _,
    ] = numbers(frame)?;
    let week = |i: usize| Week {
        week: crate::time::iso_week(starts[i]),
        start: starts[i],
        days_covered: days_covered[i],
        full: full[i],
        runs: runs[i],
        distance_m: distance[i],
        longest_run_m: longest[i],
        timer_s: timer[i],
        ascent_m: ascent[i],
        descent_m: descent[i],
        load: load[i],
        other_sport_s: other_sport[i],
        pain_max: pain[i],
        days_logged: days_logged[i],
    };
    Ok((0..frame.height()).map(week).collect())
}

type Numbers = Vec<Option<f64>>;

fn numbers(frame: &DataFrame) -> Result<[Numbers; 9], PolarsError> {
    let column =
        |name: &str| Ok::<_, PolarsError>(frame.column(name)?.f64()?.iter().collect::<Numbers>());
    Ok([
        column("distance_m")?,
        column("longest_run_m")?,
        column("timer_s")?,
        column("ascent_m")?,
        column("descent_m")?,
        column("load")?,
        column("pain_max")?,
        column("other_sport_s")?,
        column("sleep_s")?,
    ])
}

fn dates(frame: &DataFrame, name: &str) -> Result<Vec<NaiveDate>, PolarsError> {
    Ok(frame
        .column(name)?
        .date()?
        .as_date_iter()
        .map(Option::unwrap_or_default)
        .collect())
}

fn flags(frame: &DataFrame, name: &str) -> Result<Vec<bool>, PolarsError> {
    Ok(frame
        .column(name)?
        .bool()?
        .iter()
        .map(Option::unwrap_or_default)
        .collect())
}

fn counts(frame: &DataFrame, name: &str) -> Result<Vec<u32>, PolarsError> {
    let count = |value: Option<i64>| {
        value
            .and_then(|v| u32::try_from(v).ok())
            .unwrap_or_default()
    };
    Ok(frame.column(name)?.i64()?.iter().map(count).collect())
}
