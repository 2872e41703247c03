//! The table `associations`: pain of every place beside everything that was set beside it.

use super::{
    fixed::{self, Cell, Column},
    pain::{About, about},
    ratings::{code, own_word, side_code},
};
use crate::{
    error::Error,
    pain::{Side, Site},
};
use polars::prelude::DataFrame;

/// One cell of the matrix of places and measures.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRow {
    /// `main`, `secondary` or `weekly`.
    pub family: &'static str,
    /// The place.
    pub site: Site,
    /// Its side.
    pub side: Option<Side>,
    /// `day`, `week_days` or `week_highest`.
    pub pain: &'static str,
    /// What stands beside it.
    pub measure: &'static str,
    /// Days or weeks back.
    pub lag: usize,
    /// Days or weeks with both.
    pub n: usize,
    /// Independent ones.
    pub n_eff: Option<f64>,
    /// The rank correlation.
    pub rho: Option<f64>,
    /// Lower end of its interval.
    pub ci_low: Option<f64>,
    /// Upper end.
    pub ci_high: Option<f64>,
    /// p.
    pub p: Option<f64>,
    /// q over its family.
    pub q: Option<f64>,
    /// Why there is no p.
    pub gate: Option<String>,
}

const COLUMNS: &[Column<MatrixRow>] = &[
    Column {
        id: "family",
        unit: "",
        about: "main (the report's own tests), secondary (a day's pain beside further measures) or weekly. q allows for the tests of one family.",
        cell: Cell::Text(|row| Some(row.family.to_string())),
    },
    Column {
        id: "site",
        unit: "",
        about: "The place, as in ratings.",
        cell: Cell::Text(|row| Some(code(row.site))),
    },
    Column {
        id: "side",
        unit: "",
        about: "left, right, both or centre. Empty: the log leaves it open.",
        cell: Cell::Text(|row| row.side.map(side_code)),
    },
    Column {
        id: "own_word",
        unit: "",
        about: "The runner's own word for the place, as in ratings.",
        cell: Cell::Text(|row| own_word(row.site)),
    },
    Column {
        id: "pain",
        unit: "",
        about: "day: the day's highest rating; week_days: days with pain of a week, of seven; week_highest: the week's highest rating.",
        cell: Cell::Text(|row| Some(row.pain.to_string())),
    },
    Column {
        id: "measure",
        unit: "",
        about: "What stands beside it, with its unit; of days the number at its end says how many are added up or looked back on.",
        cell: Cell::Text(|row| Some(row.measure.to_string())),
    },
    Column {
        id: "lag",
        unit: "days or weeks",
        about: "Back to the nearest: of days 1, or 0 for the same day; of weeks 0 for the same week and 1 for the week before.",
        cell: Cell::Whole(|row| i64::try_from(row.lag).ok()),
    },
    Column {
        id: "n",
        unit: "days or weeks",
        about: "With both known.",
        cell: Cell::Whole(|row| i64::try_from(row.n).ok()),
    },
    Column {
        id: "n_eff",
        unit: "days or weeks",
        about: "How many independent ones they are worth. Empty: there is no rho.",
        cell: Cell::Number(|row| row.n_eff),
    },
    Column {
        id: "rho",
        unit: "",
        about: "Of days the partial rank correlation given today's run and yesterday's pain, the season taken out; of weeks Spearman's. Empty: \
                too few days or weeks, or one side is constant.",
        cell: Cell::Number(|row| row.rho),
    },
    Column {
        id: "ci_low",
        unit: "",
        about: "Lower end of its 95 % interval. Empty: none.",
        cell: Cell::Number(|row| row.ci_low),
    },
    Column {
        id: "ci_high",
        unit: "",
        about: "Upper end, likewise.",
        cell: Cell::Number(|row| row.ci_high),
    },
    Column {
        id: "p",
        unit: "",
        about: "By turning the calendar, two-sided. Empty: not tested, see gate.",
        cell: Cell::Number(|row| row.p),
    },
    Column {
        id: "q",
        unit: "",
        about: "Benjamini–Hochberg, over the family; of main over all tests of the report. Empty: not tested.",
        cell: Cell::Number(|row| row.q),
    },
    Column {
        id: "gate",
        unit: "",
        about: "What is missing. Empty: it was tested.",
        cell: Cell::Text(|row| row.gate.clone()),
    },
];

/// One row a cell, in this order.
///
/// # Errors
/// [`Error::Render`] when polars refuses.
pub fn associations(rows: &[MatrixRow]) -> Result<DataFrame, Error> {
    fixed::frame(COLUMNS, rows)
}

/// Its columns.
pub fn matrix_columns() -> Vec<About> {
    about("associations", COLUMNS).collect()
}
