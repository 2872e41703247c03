//! The `runs` frame: one column for each metric, then the load in the history's unit.

use crate::{
    metrics::{METRICS, Metric, Rollup, Value},
    model::{LoadUnit, Run},
    time, units,
};
use chrono::DateTime;
use polars::prelude::{
    Column, DataFrame, DateChunked, IntoColumn, NamedFrom, NewChunkedArray, PolarsError, Series,
    StringChunked,
};

/// One row a run.
pub(super) fn frame(runs: &[Run], unit: LoadUnit) -> Result<DataFrame, PolarsError> {
    let mut columns: Vec<Column> = METRICS.iter().map(|metric| column(metric, runs)).collect();
    columns.push(load(runs, unit));
    columns.push(Series::new("load_unit".into(), vec![unit.as_str(); runs.len()]).into_column());
    DataFrame::new_infer_height(columns)
}

/// What rolls up to days and weeks, and by which of them: nothing else, since of tens of thousands of runs every column counts.
pub(super) fn to_roll_up(runs: &[Run], unit: LoadUnit) -> Result<DataFrame, PolarsError> {
    let rolls_up = |metric: &&&Metric| metric.rollup != Rollup::None || metric.id == "local_date";
    let metrics = METRICS.iter().filter(rolls_up);
    let mut columns: Vec<Column> = metrics.map(|metric| column(metric, runs)).collect();
    columns.push(load(runs, unit));
    let weeks = runs.iter().map(|run| time::iso_week(run.local_date()));
    columns.push(StringChunked::from_iter_values("week".into(), weeks).into_column());
    DataFrame::new_infer_height(columns)
}

fn load(runs: &[Run], unit: LoadUnit) -> Column {
    rounded("load", runs.iter().map(|run| run.load(unit)), 2)
}

/// One metric of every row; without a row, an empty column of its kind.
pub(super) fn column(metric: &Metric, runs: &[Run]) -> Column {
    let name = metric.id.into();
    let values = runs.iter().map(metric.value);
    match kind(metric) {
        Value::Text(_) => {
            let words: Vec<Option<String>> = values.map(text).collect();
            Series::new(name, words).into_column()
        }
        Value::Date(_) => {
            DateChunked::from_naive_date_options(name, values.map(date)).into_column()
        }
        Value::Number(_) => numbers(metric, values.map(number)),
    }
}

/// What kind of value a metric has in any run: a table without a run has the columns of one with runs.
fn kind(metric: &Metric) -> Value {
    (metric.value)(&Run::blank(String::new(), DateTime::UNIX_EPOCH))
}

/// Numbers with the metric's decimals; whole ones where it has none.
fn numbers(metric: &Metric, values: impl Iterator<Item = Option<f64>>) -> Column {
    if metric.decimals > 0 {
        return rounded(metric.id, values, metric.decimals as i32);
    }
    let whole = values.map(|value| value.map(|n| n.round() as i64));
    Series::new(metric.id.into(), whole.collect::<Vec<Option<i64>>>()).into_column()
}

/// Numbers with so many decimals.
pub(super) fn rounded(
    name: &str,
    values: impl Iterator<Item = Option<f64>>,
    decimals: i32,
) -> Column {
    let rounded = values.map(|value| value.map(|n| units::rounded(n, decimals)));
    Series::new(name.into(), rounded.collect::<Vec<_>>()).into_column()
}

fn text(value: Value) -> Option<String> {
    if let Value::Text(words) = value {
        words
    } else {
        None
    }
}

fn date(value: Value) -> Option<chrono::NaiveDate> {
    if let Value::Date(day) = value {
        Some(day)
    } else {
        None
    }
}

/// NaN never leaves a run: what is not finite is absent.
fn number(value: Value) -> Option<f64> {
    if let Value::Number(number) = value {
        number.filter(|n| n.is_finite())
    } else {
        None
    }
}
