//! CSV files by the names of their columns.

use super::{fault::Fault, notes::Notes};
use crate::text::{
    encoding,
    number::{self, Number},
};
use csv::StringRecord;
use std::ops::RangeInclusive;

/// What separates cells: a comma as downloaded, the others after a spreadsheet saved the file.
const DELIMITERS: [u8; 3] = *b",;\t";
/// What is looked at of a file to find its header, bytes.
const HEADER_BYTES: usize = 8 << 10;
/// Most rows read.
const ROWS_MAX: usize = 200_000;

/// A file as its header and its rows.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::exports) struct Table {
    header: Vec<String>,
    rows: Vec<(usize, StringRecord)>,
    has_decimal_comma: bool,
    /// How many records were read, the header included.
    records: usize,
}

/// One row behind the header.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::exports) struct Row<'t> {
    table: &'t Table,
    /// The row a spreadsheet shows it in; the header is row 1.
    pub(in crate::exports) number: usize,
    cells: &'t StringRecord,
}

impl Table {
    /// Whether the first line has all these columns.
    pub(in crate::exports) fn has_columns(head: &[u8], names: &[&str]) -> bool {
        if is_no_text(head) {
            return false;
        }
        let head = head.get(..HEADER_BYTES).unwrap_or(head);
        let (text, _) = encoding::decode(encoding::whole_characters(head));
        delimiter(&text, names).is_some()
    }

    /// A file whose first line has all these columns; None: it has not. Rows that are not whole are counted.
    pub(in crate::exports) fn read(
        bytes: &[u8],
        names: &[&str],
        notes: &mut Notes,
    ) -> Option<Table> {
        if is_no_text(bytes) {
            return None;
        }
        let (text, _) = encoding::decode(bytes);
        let delimiter = delimiter(&text, names)?;
        let mut records = records(&text, delimiter, true);
        let header = names_of(&records.next()?);
        let mut table = Table {
            header,
            rows: Vec::new(),
            has_decimal_comma: delimiter != b',',
            records: 1,
        };
        records.for_each(|cells| table.add(cells, delimiter, notes));
        Some(table)
    }

    /// A row; where a quote that never closes swallowed others, those too, and without the one it stands in.
    fn add(&mut self, cells: StringRecord, delimiter: u8, notes: &mut Notes) {
        self.records += 1;
        let swallowed = cells.iter().find(|cell| cell.contains('\n'));
        if cells.len() >= self.header.len() || swallowed.is_none() {
            return self.push(cells, notes);
        }
        notes.add(
            Fault::Unreadable,
            self.records,
            "a quote opens here and does not close",
        );
        let rest = swallowed.unwrap_or_default();
        let lines = rest.split_once('\n').map_or("", |(_, rest)| rest);
        for cells in records(lines, delimiter, false) {
            self.records += 1;
            self.push(cells, notes);
        }
    }

    fn push(&mut self, cells: StringRecord, notes: &mut Notes) {
        let number = self.records;
        let is_blank = cells.iter().all(|cell| cell.trim().is_empty());
        match self.rows.len() {
            _ if is_blank => {}
            ROWS_MAX.. => notes.add(Fault::TooMany, number, &format!("more than {ROWS_MAX}")),
            _ => self.rows.push((number, cells)),
        }
    }

    /// The rows, top down; blank ones are none.
    pub(in crate::exports) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(number, cells)| Row {
            table: self,
            number: *number,
            cells,
        })
    }

    /// Where a column stands, by its name as [`folded`] writes it.
    fn column(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        self.header.iter().position(|column| *column == name)
    }
}

impl<'t> Row<'t> {
    /// The cell's text without the blanks around it; None when it is empty or the table has no such column.
    pub(in crate::exports) fn text(self, column: &str) -> Option<&'t str> {
        let cell = self.cells.get(self.table.column(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The cell as a number.
    pub(in crate::exports) fn number(self, column: &str) -> Number {
        match self.text(column) {
            None | Some("null" | "NaN" | "nan" | "--" | "-") => Number::Missing,
            Some(cell) if self.table.has_decimal_comma => number::number(&cell.replace(',', ".")),
            Some(cell) => number::number(cell),
        }
    }

    /// The cell's value times `factor`. None: absent; or, counted, no number or out of `range`.
    pub(in crate::exports) fn value(
        self,
        notes: &mut Notes,
        column: &str,
        factor: f64,
        range: RangeInclusive<f64>,
    ) -> Option<f64> {
        let found = || format!("{column} {}", self.text(column).unwrap_or_default());
        notes.believed(self.number(column), factor, range, self.number, found)
    }
}

/// Whether a NUL or the beginning of XML or JSON says that this is no table.
fn is_no_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..256).unwrap_or(bytes);
    let is_utf16 = matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let first = head.trim_ascii_start().first();
    !is_utf16 && (head.contains(&0) || matches!(first, None | Some(b'<' | b'{' | b'[')))
}

/// What separates the cells of the first line, which must have all these columns.
fn delimiter(text: &str, names: &[&str]) -> Option<u8> {
    let wanted: Vec<String> = names.iter().map(|name| folded(name)).collect();
    // A reader of CSV takes a millisecond to make, and an archive has thousands of files that are none of ours.
    let first = folded(first_record(text));
    if !wanted.iter().all(|name| first.contains(name)) {
        return None;
    }
    DELIMITERS.into_iter().find(|delimiter| {
        let header = records(text, *delimiter, true).next().unwrap_or_default();
        let header = names_of(&header);
        wanted.iter().all(|name| header.contains(name))
    })
}

/// What holds the first record: the first line that is not blank, or all where a quote is open at its end.
fn first_record(text: &str) -> &str {
    let line = text.lines().find(|line| !line.trim().is_empty());
    let line = line.unwrap_or_default();
    match line.matches('"').count() % 2 {
        0 => line,
        _ => text,
    }
}

fn names_of(header: &StringRecord) -> Vec<String> {
    header.iter().map(folded).collect()
}

/// Lower case, without blanks.
fn folded(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').to_lowercase();
    name.split_whitespace().collect()
}

/// The reader cannot fail on text that is in memory and valid UTF-8.
fn records(text: &str, delimiter: u8, quoting: bool) -> impl Iterator<Item = StringRecord> {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(delimiter);
    let reader = builder.from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_however_a_spreadsheet_saved_them() {
        for text in [
            "\u{feff}type,Distance (km),x\n1,5.5,\n",
            "TYPE;distance(km);x\r\n1;5,5;\r\n\r\n",
            "type\tDistance  (km)\tx\n1\t5.5\t",
        ] {
            let mut notes = Notes::new("row");
            let table = Table::read(text.as_bytes(), &["Type", "Distance (km)"], &mut notes);
            let table = table.expect(text);
            let rows: Vec<Row> = table.rows().collect();
            assert_eq!((rows.len(), rows[0].number), (1, 2), "{text}");
            assert_eq!(
                rows[0].number("distance (km)"),
                Number::Value(5.5),
                "{text}"
            );
            assert_eq!((rows[0].text("x"), rows[0].text("y")), (None, None));
            assert_eq!(notes.problems(), []);
        }
        let quoted = "\"Distance\n(km)\",\"type\"\n1,2\n";
        assert!(Table::has_columns(
            quoted.as_bytes(),
            &["type", "Distance (km)"]
        ));
        for text in ["type,x\n1,2\n", "{\"type\": 1}", "", "\0type,Distance (km)"] {
            assert!(
                !Table::has_columns(text.as_bytes(), &["type", "Distance (km)"]),
                "{text}"
            );
        }
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_row() {
        let mut notes = Notes::new("row");
        let text = "a,b,c\n1,2,3\n4,\"five,6\n7,8,9\n10,11,12\n";
        let table = Table::read(text.as_bytes(), &["a", "c"], &mut notes).expect("a table");
        let rows: Vec<(usize, f64)> = table
            .rows()
            .filter_map(|row| Some((row.number, row.text("a")?.parse().ok()?)))
            .collect();
        assert_eq!(rows, [(2, 1.0), (4, 7.0), (5, 10.0)]);
        assert_eq!(notes.problems()[0].place, "row 3");
    }

    #[test]
    fn numbers_out_of_range_are_counted() {
        let mut notes = Notes::new("row");
        let table = Table::read(b"a,b\n5,900\n0,x\n", &["a"], &mut notes).expect("a table");
        let rows: Vec<Row> = table.rows().collect();
        assert_eq!(rows[0].value(&mut notes, "a", 2.0, 1.0..=20.0), Some(10.0));
        assert_eq!(rows[0].value(&mut notes, "b", 1.0, 25.0..=250.0), None);
        assert_eq!(rows[1].value(&mut notes, "a", 1.0, 25.0..=250.0), None);
        assert_eq!(rows[1].value(&mut notes, "b", 1.0, 25.0..=250.0), None);
        let problems = notes.problems();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].detail, "a value cannot be: b 900 (and 1 more)");
    }
}
