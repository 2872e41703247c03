//! Rolling up: runs to days and weeks, each metric in its own way, on a calendar without gaps.

use super::Calendar;
use crate::{
    metrics::{METRICS, Rollup},
    time, units,
};
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
    let weeks = calendar_frame(calendar)?
        .lazy()
        .group_by([col("week"), col("week_start")])
        .agg([
            len().cast(DataType::Int64).alias("days"),
            col("covered")
                .cast(DataType::Int64)
                .sum()
                .alias("days_covered"),
            col("pain_max")
                .count()
                .cast(DataType::Int64)
                .alias("days_logged"),
            col("pain_max").max(),
            aggregate("other_sport_s", Rollup::Sum),
            col("sleep_s").mean(),
        ]);
    let weeks = weeks.with_column(col("days_covered").eq(lit(7)).alias("full"));
    let nothing_ran = col("days_covered").gt(lit(0)).and(col("runs").eq(lit(0)));
    let joined = joined(weeks, rolled_up(runs, "week"), "week", &nothing_ran);
    let back = ["other_sport_s", "sleep_s", "pain_max", "days_logged"];
    finished(
        joined,
        &["week", "week_start", "days", "days_covered", "full", "runs"],
        &back,
    )
}

fn calendar_frame(calendar: &Calendar) -> Result<DataFrame, PolarsError> {
    let weeks = calendar.days.iter().map(|day| time::iso_week(*day));
    let mondays = calendar.days.iter().map(|day| time::week_start(*day));
    DataFrame::new_infer_height(vec![
        DateChunked::from_naive_date("local_date".into(), calendar.days.iter().copied())
            .into_column(),
        StringChunked::from_iter_values("week".into(), weeks).into_column(),
        DateChunked::from_naive_date("week_start".into(), mondays).into_column(),
        Series::new("covered".into(), calendar.covered.clone()).into_column(),
        Series::new("pain_max".into(), calendar.pain_max.clone()).into_column(),
        Series::new("other_sport_s".into(), calendar.other_sport_s.clone()).into_column(),
        Series::new("sleep_s".into(), calendar.sleep_s.clone()).into_column(),
    ])
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
            let weight = || {
                when(value().is_not_null())
                    .then(col("moving_s"))
                    .otherwise(lit(NULL))
            };
            guarded(
                weight().sum().gt(lit(0.0)),
                (value() * weight()).sum() / weight().sum(),
            )
        }
    }
}

/// The calendar with the rolled-up runs beside it. `nothing_ran` tells where a sum is known to be zero.
fn joined(calendar: LazyFrame, rolled_up: LazyFrame, key: &str, nothing_ran: &Expr) -> LazyFrame {
    let zero = |id: &str| {
        when(nothing_ran.clone())
            .then(lit(0.0))
            .otherwise(col(id))
            .alias(id)
    };
    calendar
        .join(
            rolled_up,
            [col(key)],
            [col(key)],
            JoinArgs::new(JoinType::Left),
        )
        .with_column(col("runs").fill_null(lit(0)))
        .with_columns(sums().map(zero).collect::<Vec<_>>())
        .sort([key], SortMultipleOptions::default())
}

/// Collects with the columns in their order and every number rounded, so that the bytes are the same on every machine.
fn finished(table: LazyFrame, front: &[&str], back: &[&str]) -> Result<DataFrame, PolarsError> {
    let rolled = rolled().flat_map(|(id, _)| {
        if id == "distance_m" {
            vec![id, LONGEST_RUN]
        } else {
            vec![id]
        }
    });
    let order: Vec<Expr> = front
        .iter()
        .copied()
        .chain(rolled)
        .chain(back.iter().copied())
        .map(col)
        .collect();
    let table = table.select(order).collect()?;
    let columns = table
        .columns()
        .iter()
        .map(rounded)
        .collect::<Result<Vec<_>, _>>()?;
    DataFrame::new_infer_height(columns)
}

fn rounded(column: &Column) -> Result<Column, PolarsError> {
    if column.dtype() != &DataType::Float64 {
        return Ok(column.clone());
    }
    let values: Vec<Option<f64>> = column
        .f64()?
        .iter()
        .map(|v| v.map(|v| units::rounded(v, 3)))
        .collect();
    Ok(Series::new(column.name().clone(), values).into_column())
}
