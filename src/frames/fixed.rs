//! Tables whose columns are fixed, each with its kind, so that a table without a row has the same schema as any other.

use super::{failed, runs};
use crate::error::Error;
use chrono::NaiveDate;
use polars::prelude::{Column as Made, DataFrame, DateChunked, IntoColumn, NamedFrom, Series};

/// Decimals kept of a number.
const DECIMALS: i32 = 3;

/// One column of a table with rows of this kind.
pub(super) struct Column<R: 'static> {
    /// Its name; stable.
    pub(super) id: &'static str,
    /// Its unit as written, empty for words and counts.
    pub(super) unit: &'static str,
    /// What it is, and what an empty cell means.
    pub(super) about: &'static str,
    /// Its cell.
    pub(super) cell: Cell<R>,
}

/// What a column holds, and how it is had from a row. None is an empty cell.
pub(super) enum Cell<R: 'static> {
    /// Words.
    Text(fn(&R) -> Option<String>),
    /// A day.
    Date(fn(&R) -> Option<NaiveDate>),
    /// A whole number.
    Whole(fn(&R) -> Option<i64>),
    /// A number.
    Number(fn(&R) -> Option<f64>),
    /// True or false.
    Flag(fn(&R) -> Option<bool>),
}

/// The rows as a table.
///
/// # Errors
/// [`Error::Render`] when polars refuses.
pub(super) fn frame<R>(columns: &[Column<R>], rows: &[R]) -> Result<DataFrame, Error> {
    let columns = columns.iter().map(|column| made(column, rows)).collect();
    DataFrame::new_infer_height(columns).map_err(|error| failed(&error))
}

fn made<R>(column: &Column<R>, rows: &[R]) -> Made {
    let name = column.id;
    match column.cell {
        Cell::Text(cell) => Series::new(name.into(), each(rows, cell)).into_column(),
        Cell::Whole(cell) => Series::new(name.into(), each(rows, cell)).into_column(),
        Cell::Flag(cell) => Series::new(name.into(), each(rows, cell)).into_column(),
        Cell::Number(cell) => runs::rounded(name, rows.iter().map(cell), DECIMALS),
        Cell::Date(cell) => {
            DateChunked::from_naive_date_options(name.into(), rows.iter().map(cell)).into_column()
        }
    }
}

fn each<R, T>(rows: &[R], cell: fn(&R) -> Option<T>) -> Vec<Option<T>> {
    rows.iter().map(cell).collect()
}
