//! The files of a study's tables.

use crate::{
    error::Error,
    pain::{HeaderError, grid::Grid},
    problem::Problem,
    source,
};
use std::path::Path;

/// The bytes of a table, and how it is called.
///
/// # Errors
/// [`Error::Input`] when it cannot be opened; [`Error::Usage`] when its bytes cannot be had.
pub(super) fn bytes(path: &Path) -> Result<(Vec<u8>, String), Error> {
    let source = source::one(path)?;
    let mut bytes = Vec::new();
    let failed = |problem: Problem| Error::Usage(problem.within(&source.name).line());
    source::read_whole(&source, &mut bytes).map_err(failed)?;
    Ok((bytes, source.name))
}

/// A table by its columns.
///
/// # Errors
/// As [`bytes`], and for what is no table.
pub(super) fn grid(path: &Path) -> Result<Grid, Error> {
    let (bytes, name) = bytes(path)?;
    Grid::read(&bytes, &name).map_err(|error| not_understood(&error))
}

/// A table that cannot be understood stops the study: it is about everybody.
pub(super) fn not_understood(error: &HeaderError) -> Error {
    Error::PainLog(error.to_string())
}

/// A table without a column that it needs.
pub(super) fn no_column(grid: &Grid, wanted: &str, help: &str) -> Error {
    let names: Vec<String> = grid
        .names()
        .iter()
        .map(|name| crate::words::clipped(name))
        .collect();
    Error::Usage(format!(
        "{}: no column for {wanted} (found: {}). Nothing was written. {help}",
        grid.place(),
        names.join(", ")
    ))
}
