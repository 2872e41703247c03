//! Frames to plain rows: what rules and statistics read, so that their tests are tables of literals.

use crate::model::{Day, Week};
use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, PolarsError};

/// The rows of the `days` frame.
pub(super) fn days(frame: &DataFrame) -> Result<Vec<Day>, PolarsError> {
    let dates = dates(frame, "local_date")?;
    let (covered, runs) = (flags(frame, "covered")?, counts(frame, "runs")?);
    let numbers = Numbers::of(frame)?;
    let day = |i: usize| Day {
        date: dates[i],
        covered: covered[i],
        runs: runs[i],
        distance_m: numbers.distance_m[i],
        longest_run_m: numbers.longest_run_m[i],
        timer_s: numbers.timer_s[i],
        ascent_m: numbers.ascent_m[i],
        descent_m: numbers.descent_m[i],
        load: numbers.load[i],
        other_sport_s: numbers.other_sport_s[i],
        sleep_s: numbers.sleep_s[i],
        pain_max: numbers.pain_max[i],
    };
    Ok((0..frame.height()).map(day).collect())
}

/// The rows of the `weeks` frame.
pub(super) fn weeks(frame: &DataFrame) -> Result<Vec<Week>, PolarsError> {
    let starts = dates(frame, "week_start")?;
    let (full, runs) = (flags(frame, "full")?, counts(frame, "runs")?);
    let days_covered = counts(frame, "days_covered")?;
    let days_logged = counts(frame, "days_logged")?;
    let numbers = Numbers::of(frame)?;
    let week = |i: usize| Week {
        week: crate::time::iso_week(starts[i]),
        start: starts[i],
        days_covered: days_covered[i],
        full: full[i],
        runs: runs[i],
        distance_m: numbers.distance_m[i],
        longest_run_m: numbers.longest_run_m[i],
        timer_s: numbers.timer_s[i],
        ascent_m: numbers.ascent_m[i],
        descent_m: numbers.descent_m[i],
        load: numbers.load[i],
        other_sport_s: numbers.other_sport_s[i],
        pain_max: numbers.pain_max[i],
        days_logged: days_logged[i],
    };
    Ok((0..frame.height()).map(week).collect())
}

/// The numbers that days and weeks have in common.
struct Numbers {
    distance_m: Vec<Option<f64>>,
    longest_run_m: Vec<Option<f64>>,
    timer_s: Vec<Option<f64>>,
    ascent_m: Vec<Option<f64>>,
    descent_m: Vec<Option<f64>>,
    load: Vec<Option<f64>>,
    pain_max: Vec<Option<f64>>,
    other_sport_s: Vec<Option<f64>>,
    sleep_s: Vec<Option<f64>>,
}

impl Numbers {
    fn of(frame: &DataFrame) -> Result<Self, PolarsError> {
        Ok(Numbers {
            distance_m: numbers(frame, "distance_m")?,
            longest_run_m: numbers(frame, "longest_run_m")?,
            timer_s: numbers(frame, "timer_s")?,
            ascent_m: numbers(frame, "ascent_m")?,
            descent_m: numbers(frame, "descent_m")?,
            load: numbers(frame, "load")?,
            pain_max: numbers(frame, "pain_max")?,
            other_sport_s: numbers(frame, "other_sport_s")?,
            sleep_s: numbers(frame, "sleep_s")?,
        })
    }
}

fn numbers(frame: &DataFrame, name: &str) -> Result<Vec<Option<f64>>, PolarsError> {
    Ok(frame.column(name)?.f64()?.iter().collect())
}

fn dates(frame: &DataFrame, name: &str) -> Result<Vec<NaiveDate>, PolarsError> {
    let days = naive_dates(frame.column(name)?)?;
    Ok(days.into_iter().map(Option::unwrap_or_default).collect())
}

/// Its days; None where there is none.
pub(super) fn naive_dates(column: &Column) -> Result<Vec<Option<NaiveDate>>, PolarsError> {
    Ok(column.date()?.as_date_iter().collect())
}

fn flags(frame: &DataFrame, name: &str) -> Result<Vec<bool>, PolarsError> {
    let flags = frame.column(name)?.bool()?.iter();
    Ok(flags.map(Option::unwrap_or_default).collect())
}

fn counts(frame: &DataFrame, name: &str) -> Result<Vec<u32>, PolarsError> {
    let whole = |value: Option<i64>| u32::try_from(value?).ok();
    let values = frame.column(name)?.i64()?.iter();
    Ok(values
        .map(|value| whole(value).unwrap_or_default())
        .collect())
}
