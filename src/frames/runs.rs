//! The `runs` frame: one column for each metric, then the load in the history's unit.

use crate::{
    metrics::{METRICS, Metric, Rollup, Value},
    model::{LoadUnit, Run},
    time, units,
};
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
    let mut columns: Vec<Column> = METRICS
        .iter()
        .filter(rolls_up)
        .map(|metric| column(metric, runs))
        .collect();
    columns.push(load(runs, unit));
    let weeks = runs.iter().map(|run| time::iso_week(run.local_date()));
    columns.push(StringChunked::from_iter_values("week".into(), weeks).into_column());
    DataFrame::new_infer_height(columns)
}

fn load(runs: &[Run], unit: LoadUnit) -> Column {
    let load: Vec<Option<f64>> = runs
        .iter()
        .map(|run| run.load(unit).map(|load| units::rounded(load, 2)))
        .collect();
    Series::new("load".into(), load).into_column()
}

/// One metric of every row.
pub(super) fn column(metric: &Metric, runs: &[Run]) -> Column {
    let values: Vec<Value> = runs.iter().map(metric.value).collect();
    let name = metric.id.into();
    match values.first() {
        Some(Value::Text(_)) => {
            let words: Vec<Option<String>> = values.into_iter().map(text).collect();
            Series::new(name, words).into_column()
        }
        Some(Value::Date(_)) => {
            DateChunked::from_naive_date_options(name, values.into_iter().map(date)).into_column()
        }
        Some(Value::Number(_)) | None if metric.decimals == 0 => {
            let numbers: Vec<Option<i64>> = values
                .into_iter()
                .map(|v| number(v).map(|n| n.round() as i64))
                .collect();
            Series::new(name, numbers).into_column()
        }
        Some(Value::Number(_)) | None => {
            let decimals = metric.decimals as i32;
            let numbers: Vec<Option<f64>> = values
                .into_iter()
                .map(|v| number(v).map(|n| units::rounded(n, decimals)))
                .collect();
            Series::new(name, numbers).into_column()
        }
    }
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
