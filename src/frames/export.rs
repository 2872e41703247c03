//! Tables to bytes: CSV that a spreadsheet opens without running anything, and Parquet.

use crate::error::Error;
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, PolarsError, Series};
use polars_io::{
    SerWriter,
    csv::write::CsvWriter,
    parquet::write::{ParquetCompression, ParquetWriter},
};
use std::io::Write;

/// A table as CSV, given in slices; empty cells are unknown.
///
/// # Errors
/// [`Error::Render`] when polars refuses; what a slice could not be made for.
pub fn csv(slices: impl IntoIterator<Item = Result<DataFrame, Error>>) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    csv_into(&mut bytes, slices)?;
    Ok(bytes)
}

/// The same, written as it is made.
///
/// # Errors
/// As [`csv()`]; a writer that refuses.
pub fn csv_into(
    mut to: impl Write,
    slices: impl IntoIterator<Item = Result<DataFrame, Error>>,
) -> Result<(), Error> {
    for (i, slice) in slices.into_iter().enumerate() {
        let writer = CsvWriter::new(&mut to).include_header(i == 0);
        let written = harmless(&slice?).and_then(|mut slice| { writer }.finish(&mut slice));
        written.map_err(|error| failed("a CSV table", &error))?;
    }
    Ok(())
}

/// A table as Parquet, given in slices, each a row group; without any slice, nothing. Words are plain UTF-8 strings and days plain
/// days: the file has the types of Parquet alone and no Arrow schema beside them, in which polars would ask readers for its own
/// `string_view`, which PySpark refuses.
///
/// # Errors
/// As [`csv()`].
pub fn parquet(
    slices: impl IntoIterator<Item = Result<DataFrame, Error>>,
) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    parquet_into(&mut bytes, slices)?;
    Ok(bytes)
}

/// The same, written as it is made.
///
/// # Errors
/// As [`csv_into`].
pub fn parquet_into(
    to: impl Write,
    slices: impl IntoIterator<Item = Result<DataFrame, Error>>,
) -> Result<(), Error> {
    let mut slices = slices.into_iter();
    match slices.next().transpose()? {
        Some(first) => write_row_groups(to, first, slices),
        None => Ok(()),
    }
}

fn write_row_groups(
    bytes: impl Write,
    first: DataFrame,
    slices: impl Iterator<Item = Result<DataFrame, Error>>,
) -> Result<(), Error> {
    let refused = |error: PolarsError| failed("a Parquet table", &error);
    let writer = ParquetWriter::new(bytes)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false);
    let mut writer = writer.batched(first.schema()).map_err(refused)?;
    for slice in std::iter::once(Ok(first)).chain(slices) {
        writer.write_batch(&slice?).map_err(refused)?;
    }
    let mut file = writer.get_writer().lock();
    let file = file.as_mut().map_err(|_| poisoned())?;
    file.end(Some(Vec::new())).map_err(refused)?;
    Ok(())
}

/// Nobody else holds the file, so that this would be a fault in polars.
fn poisoned() -> Error {
    Error::render("a Parquet table", &"its writer stopped")
}

/// Words that a spreadsheet would run as a formula get an apostrophe before them (OWASP ASVS 1.2.10).
fn harmless(table: &DataFrame) -> Result<DataFrame, PolarsError> {
    let columns = table.columns().iter().map(harmless_column);
    DataFrame::new_infer_height(columns.collect::<Result<Vec<_>, PolarsError>>()?)
}

fn harmless_column(column: &Column) -> Result<Column, PolarsError> {
    if column.dtype() != &DataType::String {
        return Ok(column.clone());
    }
    let words = column.str()?;
    if !words.iter().flatten().any(would_run) {
        return Ok(column.clone());
    }
    let words = words.iter().map(|word| word.map(harmless_word));
    let words: Vec<Option<String>> = words.collect();
    Ok(Series::new(column.name().clone(), words).into_column())
}

fn would_run(word: &str) -> bool {
    word.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn harmless_word(word: &str) -> String {
    if would_run(word) {
        format!("'{word}")
    } else {
        word.to_string()
    }
}

fn failed(what: &str, error: &PolarsError) -> Error {
    Error::render(what, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_words() {
        let table = DataFrame::new_infer_height(vec![
            Series::new("name".into(), ["=1+1", "a,b", "plain"]).into_column(),
            Series::new("x".into(), [Some(-1.5), None, Some(2.0)]).into_column(),
        ])
        .unwrap();
        assert_eq!(
            String::from_utf8(csv([Ok(table.clone())]).unwrap()).unwrap(),
            "name,x\n'=1+1,-1.5\n\"a,b\",\nplain,2.0\n"
        );
        assert!(parquet([Ok(table)]).unwrap().starts_with(b"PAR1"));
    }
}
