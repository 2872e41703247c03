//! A table of other things than pain, by the names of its columns: read as a log is, from text or a workbook, so that its cells, numbers
//! and dates mean here what they mean there.

use super::{
    DateOrder, HeaderError, HeaderFault, cells, dates,
    first_look::order_of,
    limits::{MAX_LONG_BYTES, MAX_WORKBOOK_BYTES},
    records::{Record, Records},
    text::decode,
    words::Vocabulary,
    workbook,
};
use crate::text::fold::fold;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// What can separate cells.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// A table: a header and rows below it, of which none is held but as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    place: String,
    text: String,
    delimiter: u8,
    /// The line of the header.
    line: u64,
    names: Vec<String>,
}

/// A row below the header that holds something.
#[derive(Debug, Clone)]
pub struct Row<'g>(Record<'g>);

impl Grid {
    /// Reads a table; of a workbook the first sheet that holds anything. `place` is how it is called in messages.
    ///
    /// # Errors
    /// Where there is no row, or a quote does not close.
    pub fn read(bytes: &[u8], place: &str) -> Result<Grid, HeaderError> {
        let text = text_of(bytes).map_err(|fault| error(place, None, fault))?;
        Grid::of(text, place)
    }

    fn of(text: String, place: &str) -> Result<Grid, HeaderError> {
        let headers = DELIMITERS.into_iter().filter_map(|delimiter| {
            let first = Records::new(&text, delimiter)
                .find(|row| !row.as_ref().is_ok_and(Record::is_blank))?;
            let header = first.ok()?;
            let names: Vec<String> = header
                .fields
                .iter()
                .map(|name| name.trim().to_string())
                .collect();
            Some((delimiter, header.line, names))
        });
        // Of as many columns the first counts: commas go before pipes.
        let widest = headers.min_by_key(|(_, _, names)| Reverse(names.len()));
        let (delimiter, line, names) =
            widest.ok_or_else(|| error(place, None, HeaderFault::Empty))?;
        let grid = Grid {
            place: place.to_string(),
            delimiter,
            line,
            names,
            text,
        };
        match Records::new(&grid.text, delimiter).find_map(Result::err) {
            Some(open) => Err(error(place, Some(open.line), HeaderFault::OpenQuote)),
            None => Ok(grid),
        }
    }

    /// How the table is called.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The names of its columns as written.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The first column with one of these names, which are folded and separated by `|`; the first name is looked for first.
    pub fn column(&self, names: &str) -> Option<usize> {
        names
            .split('|')
            .find_map(|wanted| self.names.iter().position(|name| fold(name) == wanted))
    }

    /// The column that is called so, as written or in other capitals, blanks and underscores.
    pub fn called(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|written| written == name);
        exact.or_else(|| self.column(&fold(name)))
    }

    /// The rows, top down; blank ones are none.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let line = self.line;
        let records = Records::new(&self.text, self.delimiter).map_while(Result::ok);
        let rows = records.filter(move |row| row.line > line && !row.is_blank());
        rows.map(Row)
    }

    /// In which order days and months stand in these columns, by any cell that tells, else by `option`.
    ///
    /// # Errors
    /// Where no cell tells, or cells contradict each other.
    pub fn order(
        &self,
        columns: &[usize],
        option: Option<DateOrder>,
    ) -> Result<Option<DateOrder>, HeaderError> {
        let rows: Vec<(String, u64)> = self.rows().flat_map(|row| row.several(columns)).collect();
        let cells = rows.iter().map(|(cell, line)| (cell.as_str(), *line));
        order_of(cells, option).map_err(|(line, fault)| error(&self.place, line, fault))
    }
}

impl Row<'_> {
    /// Its line in the file.
    pub fn line(&self) -> u64 {
        self.0.line
    }

    /// A cell without the blanks around it; empty where there is none.
    pub fn cell(&self, column: Option<usize>) -> &str {
        self.as_written(column).trim()
    }

    /// A cell to the letter.
    pub fn as_written(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.0.cell(column))
    }

    /// A cell as a number with a point or a comma. None where it is blank or none.
    pub fn number(&self, column: Option<usize>) -> Option<f64> {
        cells::number(self.cell(column))
    }

    /// A cell as hours, `1:30` or `1.5`. None where it is blank or none.
    pub fn hours(&self, column: Option<usize>) -> Option<f64> {
        cells::hours(self.cell(column)).ok().flatten()
    }

    /// A cell as a day. None where it is blank or none.
    pub fn day(&self, column: Option<usize>, order: Option<DateOrder>) -> Option<NaiveDate> {
        let written = dates::take_apart(self.cell(column)).ok()?;
        written.date(order.unwrap_or(DateOrder::DayFirst))
    }

    /// A cell as yes or no, in the words of a log. None where it is blank or neither.
    pub fn yes_no(&self, column: Option<usize>) -> Option<bool> {
        Vocabulary::shared().yes_no.get(&fold(self.cell(column)))
    }

    fn several(&self, columns: &[usize]) -> Vec<(String, u64)> {
        let cells = columns
            .iter()
            .map(|column| (self.cell(Some(*column)).to_string(), self.line()));
        cells.collect()
    }
}

fn error(place: &str, line: Option<u64>, fault: HeaderFault) -> HeaderError {
    HeaderError {
        place: place.to_string(),
        line,
        fault,
    }
}

fn text_of(bytes: &[u8]) -> Result<String, HeaderFault> {
    let too_large = |limit| HeaderFault::TooLarge {
        bytes: bytes.len(),
        limit,
    };
    match workbook::is_workbook(bytes) {
        false if bytes.len() > MAX_LONG_BYTES => Err(too_large(MAX_LONG_BYTES)),
        false => Ok(decode(bytes).text.into_owned()),
        true if bytes.len() > MAX_WORKBOOK_BYTES => Err(too_large(MAX_WORKBOOK_BYTES)),
        true => first_sheet(bytes),
    }
}

fn first_sheet(bytes: &[u8]) -> Result<String, HeaderFault> {
    let no_table = |what: String| HeaderFault::NoTable {
        what: what.trim_end_matches('.').to_string(),
    };
    let sheets = workbook::sheets(bytes).map_err(|what| no_table(what.to_string()))?;
    let mut texts = sheets.into_iter().map(|sheet| sheet.text);
    texts
        .find(|text| !text.trim().is_empty())
        .ok_or(HeaderFault::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        Grid::read(text.as_bytes(), "athletes.csv").expect("a table")
    }

    #[test]
    fn columns_are_found_by_name_and_rows_by_line() {
        for text in [
            "ID,Heart_Rate Max,Start\n\nA ,190,1.5.2025\n",
            "id;heart rate max;start\n\nA ;190;01.05.2025\n",
            "\u{feff}id\tHEART-RATE-MAX\tstart\r\n\r\nA \t190\t2025-05-01\r\n",
        ] {
            let grid = grid(text);
            let [id, max, start] =
                ["id", "heart rate max|hrmax", "start"].map(|names| grid.column(names));
            let rows: Vec<Row> = grid.rows().collect();
            let row = &rows[0];
            assert_eq!(
                (row.line(), row.as_written(id), row.cell(id)),
                (3, "A ", "A"),
                "{text}"
            );
            assert_eq!(
                (row.number(max), grid.called("Heart rate_max")),
                (Some(190.0), max)
            );
            let order = grid.order(&[start.expect("it")], None).expect("an order");
            assert_eq!(
                row.day(start, order).map(|day| day.to_string()).as_deref(),
                Some("2025-05-01")
            );
            assert_eq!(
                (row.number(id), row.day(max, order), row.cell(None)),
                (None, None, "")
            );
        }
    }

    #[test]
    fn days_that_can_be_read_two_ways_are_refused_unless_one_tells() {
        let grid_of = |last: &str| grid(&format!("id,from,to\nA,03/04/2025,{last}\n"));
        let order = |last: &str, option| {
            grid_of(last)
                .order(&[1, 2], option)
                .map_err(|error| error.fault)
        };
        assert!(matches!(
            order("05/06/2025", None),
            Err(HeaderFault::AmbiguousDates { .. })
        ));
        assert_eq!(order("25/06/2025", None), Ok(Some(DateOrder::DayFirst)));
        assert_eq!(
            order("05/06/2025", Some(DateOrder::MonthFirst)),
            Ok(Some(DateOrder::MonthFirst))
        );
    }

    #[test]
    fn what_is_no_table_is_said() {
        let fault = |text: &str| Grid::read(text.as_bytes(), "x").expect_err("none").fault;
        assert_eq!(fault(" \n"), HeaderFault::Empty);
        assert_eq!(fault("a,b\n1,\"2\n"), HeaderFault::OpenQuote);
    }
}
