//! Rolling up: runs to days and weeks, each metric in its own way, on a calendar without gaps.

use super::{Calendar, runs};
use crate::{
    metrics::{METRICS, Rollup},
    time,
};
use chrono::NaiveDate;
use polars::prelude::{
    Column, DataFrame, DataType, DateChunked, Expr, IntoColumn, IntoLazy, JoinArgs, JoinType,
    LazyFrame, NULL, NamedFrom, NewChunkedArray, PolarsError, Series, SortMultipleOptions,
    StringChunked, col, len, lit, when,
};

/// Load rolls up like a metric: a week in which one run's load is missing has no load.
const LOAD: (&str, Rollup) = ("load", Rollup::SumIfComplete);

/// The longest single run of a day or week: `distance_m` by its maximum.
const LONGEST_RUN: &str = "longest_run_m";

/// Columns that add up: on a covered stretch without a run they are zero, not unknown.
fn sums() -> impl Iterator<Item = &'static str> {
    rolled()
        .filter(|(_, rollup)| matches!(rollup, Rollup::Sum | Rollup::SumIfComplete))
        .map(|(id, _)| id)
}

fn rolled() -> impl Iterator<Item = (&'static str, Rollup)> {
    METRICS
        .iter()
        .map(|metric| (metric.id, metric.rollup))
        .filter(|(_, rollup)| *rollup != Rollup::None)
        .chain([LOAD])
}

/// One row a day.
pub(super) fn days(runs: &DataFrame, calendar: &Calendar) -> Result<DataFrame, PolarsError> {
    let nothing_ran = col("covered").and(col("runs").eq(lit(0)));
    let days = calendar_frame(calendar)?.lazy();
    let joined = joined(
        days,
        rolled_up(runs, "local_date"),
        "local_date",
        &nothing_ran,
    );
    finished(
        joined,
        &["local_date", "week", "covered", "runs"],
        &["other_sport_s", "sleep_s", "pain_max"],
    )
}

/// One row an ISO week.
pub(super) fn weeks(runs: &DataFrame, calendar: &Calendar) -> Result<DataFrame, PolarsError> {
    let weeks = calendar_weeks(calendar)?;
    let nothing_ran = col("days_covered").gt(lit(0)).and(col("runs").eq(lit(0)));
    let joined = joined(weeks, rolled_up(runs, "week"), "week", &nothing_ran);
    finished(
        joined,
        &["week", "week_start", "days", "days_covered", "full", "runs"],
        &["other_sport_s", "sleep_s", "pain_max", "days_logged"],
    )
}

/// The weeks without their runs.
fn calendar_weeks(calendar: &Calendar) -> Result<LazyFrame, PolarsError> {
    let whole = |number: Expr| number.cast(DataType::Int64);
    let days = calendar_frame(calendar)?.lazy();
    let weeks = days.group_by([col("week"), col("week_start")]).agg([
        whole(len()).alias("days"),
        whole(col("covered")).sum().alias("days_covered"),
        whole(col("pain_max").count()).alias("days_logged"),
        col("pain_max").max(),
        aggregate("other_sport_s", Rollup::Sum),
        col("sleep_s").mean(),
    ]);
    Ok(weeks.with_column(col("days_covered").eq(lit(7)).alias("full")))
}

fn calendar_frame(calendar: &Calendar) -> Result<DataFrame, PolarsError> {
    let days = || calendar.days.iter();
    let weeks = days().map(|day| time::iso_week(*day));
    DataFrame::new_infer_height(vec![
        dates("local_date", days().copied()),
        StringChunked::from_iter_values("week".into(), weeks).into_column(),
        dates("week_start", days().map(|day| time::week_start(*day))),
        Series::new("covered".into(), calendar.covered.clone()).into_column(),
        numbers("pain_max", &calendar.pain_max),
        numbers("other_sport_s", &calendar.other_sport_s),
        numbers("sleep_s", &calendar.sleep_s),
    ])
}

fn dates(name: &str, days: impl Iterator<Item = NaiveDate>) -> Column {
    DateChunked::from_naive_date(name.into(), days).into_column()
}

fn numbers(name: &str, values: &[Option<f64>]) -> Column {
    Series::new(name.into(), values.to_vec()).into_column()
}

/// Runs grouped by day or week.
fn rolled_up(runs: &DataFrame, key: &str) -> LazyFrame {
    let mut aggregates: Vec<Expr> = rolled().map(|(id, rollup)| aggregate(id, rollup)).collect();
    aggregates.push(col("distance_m").max().alias(LONGEST_RUN));
    aggregates.push(len().cast(DataType::Int64).alias("runs"));
    runs.clone().lazy().group_by([col(key)]).agg(aggregates)
}

/// polars' sum over nulls is 0, so every sum is guarded by a count: a day whose runs lack a value has none.
fn aggregate(id: &str, rollup: Rollup) -> Expr {
    let value = || col(id);
    let guarded = |guard: Expr, value: Expr| when(guard).then(value).otherwise(lit(NULL)).alias(id);
    match rollup {
        Rollup::None | Rollup::Max => value().max(),
        Rollup::Sum => guarded(value().count().gt(lit(0)), value().sum()),
        Rollup::SumIfComplete => guarded(value().null_count().eq(lit(0)), value().sum()),
        Rollup::MeanByMovingTime => {
            let total = || moving_time_where(id).sum();
            let weighted = value() * moving_time_where(id);
            guarded(total().gt(lit(0.0)), weighted.sum() / total())
        }
    }
}

/// The moving time of runs that have a value.
fn moving_time_where(id: &str) -> Expr {
    when(col(id).is_not_null())
        .then(col("moving_s"))
        .otherwise(lit(NULL))
}

/// The calendar with the rolled-up runs beside it. `nothing_ran` tells where a sum is known to be zero.
fn joined(calendar: LazyFrame, rolled_up: LazyFrame, key: &str, nothing_ran: &Expr) -> LazyFrame {
    let or_zero = |id| {
        when(nothing_ran.clone())
            .then(lit(0.0))
            .otherwise(col(id))
            .alias(id)
    };
    let beside = JoinArgs::new(JoinType::Left);
    calendar
        .join(rolled_up, [col(key)], [col(key)], beside)
        .with_column(col("runs").fill_null(lit(0)))
        .with_columns(sums().map(or_zero).collect::<Vec<_>>())
        .sort([key], SortMultipleOptions::default())
}

/// Collects with the columns in their order and every number rounded, so that the bytes are the same on every machine.
fn finished(table: LazyFrame, front: &[&str], back: &[&str]) -> Result<DataFrame, PolarsError> {
    let order = front.iter().map(|name| col(*name));
    let order = order.chain(rolled_columns().map(col));
    let order: Vec<Expr> = order.chain(back.iter().map(|name| col(*name))).collect();
    let table = table.select(order).collect()?;
    let columns = table.columns().iter().map(rounded);
    DataFrame::new_infer_height(columns.collect::<Result<Vec<_>, _>>()?)
}

/// What rolls up, with the longest run behind the distance.
fn rolled_columns() -> impl Iterator<Item = &'static str> {
    let longest = |id| (id == "distance_m").then_some(LONGEST_RUN);
    rolled().flat_map(move |(id, _)| [id].into_iter().chain(longest(id)))
}

fn rounded(column: &Column) -> Result<Column, PolarsError> {
    if column.dtype() != &DataType::Float64 {
        return Ok(column.clone());
    }
    Ok(runs::rounded(column.name(), column.f64()?.iter(), 3))
}
