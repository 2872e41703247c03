//! Metrics: each one a column with one home file and one line in [`METRICS`].

use crate::model::Run;

/// A value in a cell of the `runs` table.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(Option<String>),
    /// A number with a fixed number of decimals in files.
    Number(Option<f64>),
}

/// How a run's value becomes a day's and a week's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollup {
    /// It does not.
    None,
    /// Added up over the runs that have it; absent when no run has it.
    Sum,
    /// Added up, but absent when one run lacks it: a partial sum would read as a quiet day.
    SumIfComplete,
    /// The largest.
    Max,
    /// The mean weighted by moving time.
    MeanByMovingTime,
}

/// One column of `runs`.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Column name with unit suffix; stable.
    pub id: &'static str,
    /// A few words for tables and axes.
    pub title: &'static str,
    /// Unit as written, empty for words and counts.
    pub unit: &'static str,
    /// Decimals kept in files.
    pub decimals: usize,
    /// What it is, how it is computed, what empty means.
    pub about: &'static str,
    /// The paper, specification section or formula page it comes from.
    pub source: &'static str,
    /// What it cannot tell.
    pub caveats: &'static str,
    /// How it rolls up to days and weeks.
    pub rollup: Rollup,
    /// The cell.
    pub value: fn(&Run) -> Value,
}

/// Every metric column, in the order of the files.
pub const METRICS: &[&Metric] = &[];
