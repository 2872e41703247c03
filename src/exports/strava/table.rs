//! The records of a CSV file, however the file ends.

use csv::StringRecord;

/// One record behind the header.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The row a spreadsheet shows it in; the header is row 1.
    pub number: usize,
    /// Its cells.
    pub cells: StringRecord,
}

impl Row {
    /// The cell's text without the blanks around it; empty when the row has no such cell.
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).unwrap_or_default().trim()
    }
}

/// A file as its header and its rows; blank rows are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The row in which a quote opens that never closes; the row is not among the others.
    pub open_quote: Option<usize>,
    /// The row in which the file breaks off; the cell it breaks off in was taken away.
    pub cut: Option<usize>,
}

impl Table {
    /// Splits a text into records.
    pub fn read(text: &str, delimiter: u8) -> Table {
        let mut records = records(text, delimiter);
        let header = records.next().unwrap_or_default();
        let mut table = Table { header: header.iter().map(str::to_string).collect(), ..Table::default() };
        let rows = records.enumerate().map(|(index, cells)| Row { number: index + 2, cells });
        table.rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect();
        table.judge_the_end(text);
        table
    }

    /// The names of the columns alone.
    pub fn header(text: &str, delimiter: u8) -> Vec<String> {
        let header = records(text, delimiter).next().unwrap_or_default();
        header.iter().map(str::to_string).collect()
    }

    /// Cells of a column, top down.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(index))
    }

    /// A last row that is too short was either swallowed by a quote or cut: then its last cell may be half a number.
    fn judge_the_end(&mut self, text: &str) {
        let Some(last) = self.rows.last_mut().filter(|last| last.cells.len() < self.header.len()) else { return };
        let start = last.cells.position().map_or(0, |position| position.byte() as usize);
        let quotes = text.get(start..).unwrap_or_default().bytes().filter(|byte| *byte == b'"').count();
        if quotes % 2 == 1 {
            self.open_quote = Some(last.number);
            self.rows.pop();
        } else if !text.ends_with(['\n', '\r']) {
            self.cut = Some(last.number);
            last.cells.truncate(last.cells.len().saturating_sub(1));
        }
    }
}

/// The reader cannot fail on text that is in memory and valid UTF-8.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder.from_reader(text.as_bytes()).into_records().map_while(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[(usize, &[&str])], open_quote: Option<usize>, cut: Option<usize>) {
        let table = Table::read(text, b',');
        let read: Vec<(usize, Vec<&str>)> = table.rows.iter().map(|r| (r.number, r.cells.iter().collect())).collect();
        let expected: Vec<(usize, Vec<&str>)> = rows.iter().map(|(number, cells)| (*number, cells.to_vec())).collect();
        assert_eq!((read, table.open_quote, table.cut), (expected, open_quote, cut), "{text:?}");
    }

    #[test]
    fn records_are_counted_as_a_spreadsheet_does() {
        check("a,b\n1,2\n3,4\n", &[(2, &["1", "2"]), (3, &["3", "4"])], None, None);
        check("a,b\r\n1,\"two\r\nlines\"\r\n3,4", &[(2, &["1", "two\r\nlines"]), (3, &["3", "4"])], None, None);
        check("a,b\n,\n3,4\n", &[(3, &["3", "4"])], None, None);
        check(
            "a,b\n1,say \"\"no\"\"\n3,\"\"\"x\"\"\"\n",
            &[(2, &["1", "say \"\"no\"\""]), (3, &["3", "\"x\""])],
            None,
            None,
        );
    }

    #[test]
    fn a_broken_end_costs_its_row_or_its_cell() {
        check("a,b,c\n1,2,3\n4,\"5,6\n7,8,9\n", &[(2, &["1", "2", "3"])], Some(3), None);
        check("a,b,c\n1,2,3\n4,5", &[(2, &["1", "2", "3"]), (3, &["4"])], None, Some(3));
        check("a,b,c\n1,2\n", &[(2, &["1", "2"])], None, None);
        check("", &[], None, None);
    }
}
