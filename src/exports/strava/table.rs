//! The records of a CSV file, however the file ends, and also where a quote that never closes swallows rows.

use super::{dates, numbers::is_digits};
use csv::StringRecord;
use std::ops::Range;

/// Rows are looked for in a record of several lines only where a line begins like one, and so often in one file …
const TRIES: usize = 1000;
/// … each time no further than this, bytes.
const ROW_BYTES: usize = 1 << 16;

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
    pub(super) fn cell(&self, index: usize) -> &str {
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
    /// Rows with a quote that never closes, without which they are whole.
    pub mended: Vec<usize>,
    /// Rows with such a quote that are not whole without it either; they are not among the others.
    pub lost: Vec<usize>,
    /// How many records were read, the header included.
    records: usize,
}

impl Table {
    /// Splits a text into records.
    pub(super) fn read(text: &str, delimiter: u8) -> Table {
        let mut table = Table::default();
        let (mut from, mut tries) = (Some(0), TRIES);
        while let Some(start) = from {
            from = table.read_from(text, start, delimiter, &mut tries);
        }
        table
            .rows
            .retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        table.judge_the_end(text);
        table
    }

    /// Reads records to the end of the text, or to one that swallowed a row: then where that row begins.
    fn read_from(
        &mut self,
        text: &str,
        from: usize,
        delimiter: u8,
        tries: &mut usize,
    ) -> Option<usize> {
        let mut reader = reader(text.get(from..)?, delimiter);
        let mut cells = StringRecord::new();
        while reader.read_record(&mut cells).unwrap_or(false) {
            let begin = cells.position().map_or(0, |position| position.byte());
            let end = from + reader.position().byte() as usize;
            let start = behind_line_ends(text, from + begin as usize..end)?;
            let swallowed = self.swallowed(text, start..end, delimiter, tries);
            let whole = match swallowed {
                None => Some(std::mem::take(&mut cells)),
                Some(next) => self.mended_row(text.get(start..next).unwrap_or_default(), delimiter),
            };
            self.add(whole, start, swallowed.is_some());
            // The reader took the rows behind for a part of this one.
            if swallowed.is_some() {
                return swallowed;
            }
        }
        None
    }

    fn add(&mut self, cells: Option<StringRecord>, start: usize, is_mended: bool) {
        self.records += 1;
        let number = self.records;
        match cells {
            Some(cells) if number == 1 => self.header = cells.iter().map(str::to_string).collect(),
            Some(mut cells) => {
                cells.set_position(Some(position(start)));
                self.rows.push(Row { number, cells });
                self.mended.extend(is_mended.then_some(number));
            }
            None => self.lost.push(number),
        }
    }

    /// Where the first line inside a record begins that is a whole row by itself, with an id and a date.
    fn swallowed(
        &self,
        text: &str,
        range: Range<usize>,
        delimiter: u8,
        tries: &mut usize,
    ) -> Option<usize> {
        let record = text.get(range.clone()).filter(|_| self.records > 0)?;
        let lines = record
            .match_indices('\n')
            .map(|(at, _)| range.start + at + 1)
            .filter(|line| *line < range.end);
        lines
            .filter(|line| begins_with_id(&text[*line..], delimiter))
            .find(|line| {
                *tries = tries.saturating_sub(1);
                *tries > 0 && self.begins_with_row(&text[*line..], delimiter)
            })
    }

    fn begins_with_row(&self, text: &str, delimiter: u8) -> bool {
        let most = text.len().min(ROW_BYTES);
        let head = (most..text.len() + 1)
            .find_map(|end| text.get(..end))
            .unwrap_or_default();
        let first = records(head, delimiter).next();
        // It may have such a quote itself.
        let alone = head.lines().next().unwrap_or_default();
        first.is_some_and(|cells| self.is_row(&cells))
            || self.mended_row(alone, delimiter).is_some()
    }

    /// The one row that these lines are without their last quote.
    fn mended_row(&self, lines: &str, delimiter: u8) -> Option<StringRecord> {
        let without = without_last_quote(lines)?;
        let mut rows = records(&without, delimiter);
        rows.next()
            .filter(|cells| self.is_row(cells) && rows.next().is_none())
    }

    /// Whether cells surely are a row of activities: as many as the header has, a number and a date in front.
    fn is_row(&self, cells: &StringRecord) -> bool {
        let id = cells.get(0).unwrap_or_default().trim();
        is_digits(id)
            && cells.len() == self.header.len()
            && cells.get(1).is_some_and(dates::is_date)
    }

    /// The names of the columns alone.
    pub(super) fn header(text: &str, delimiter: u8) -> Vec<String> {
        let header = records(text, delimiter).next().unwrap_or_default();
        header.iter().map(str::to_string).collect()
    }

    /// Cells of a column, top down.
    pub(super) fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(index))
    }

    /// A last row that is too short was either swallowed by a quote or cut: then its last cell may be half a number.
    fn judge_the_end(&mut self, text: &str) {
        let Some(last) = self
            .rows
            .last_mut()
            .filter(|last| last.cells.len() < self.header.len())
        else {
            return;
        };
        if has_open_quote(text, last) {
            self.open_quote = Some(last.number);
            self.rows.pop();
        } else if !text.ends_with(['\n', '\r']) {
            self.cut = Some(last.number);
            last.cells.truncate(last.cells.len().saturating_sub(1));
        }
    }
}

/// Whether one of the quotes from this row on is without the other.
fn has_open_quote(text: &str, row: &Row) -> bool {
    let position = row.cells.position();
    let start = position.map_or(0, |position| position.byte() as usize);
    let rest = text.get(start..).unwrap_or_default();
    rest.matches('"').count() % 2 == 1
}

fn position(byte: usize) -> csv::Position {
    let mut position = csv::Position::new();
    position.set_byte(byte as u64);
    position
}

/// Where a record begins: the line feed behind a carriage return is still in front of the next one.
fn behind_line_ends(text: &str, record: Range<usize>) -> Option<usize> {
    let line_ends = text
        .get(record.clone())?
        .bytes()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'));
    Some(record.start + line_ends.count())
}

fn without_last_quote(text: &str) -> Option<String> {
    let (before, after) = text.rsplit_once('"')?;
    Some([before, after].concat())
}

/// Digits and then the end of a cell.
fn begins_with_id(line: &str, delimiter: u8) -> bool {
    let line = line
        .trim_start_matches('"')
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let line = line.strip_prefix('"').unwrap_or(line);
    line.as_bytes().first() == Some(&delimiter)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter);
    builder.from_reader(text.as_bytes())
}

/// The reader cannot fail on text that is in memory and valid UTF-8.
fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    reader(text, delimiter).into_records().map_while(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[(usize, &[&str])], open_quote: Option<usize>, cut: Option<usize>) {
        let table = Table::read(text, b',');
        let read: Vec<(usize, Vec<&str>)> = table
            .rows
            .iter()
            .map(|r| (r.number, r.cells.iter().collect()))
            .collect();
        let expected: Vec<(usize, Vec<&str>)> = rows
            .iter()
            .map(|(number, cells)| (*number, cells.to_vec()))
            .collect();
        assert_eq!(
            (read, table.open_quote, table.cut),
            (expected, open_quote, cut),
            "{text:?}"
        );
    }

    #[test]
    fn records_are_counted_as_a_spreadsheet_does() {
        check(
            "a,b\n1,2\n3,4\n",
            &[(2, &["1", "2"]), (3, &["3", "4"])],
            None,
            None,
        );
        check(
            "a,b\r\n1,\"two\r\nlines\"\r\n3,4",
            &[(2, &["1", "two\r\nlines"]), (3, &["3", "4"])],
            None,
            None,
        );
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
        check(
            "a,b,c\n1,2,3\n4,\"5,6\n7,8,9\n",
            &[(2, &["1", "2", "3"])],
            Some(3),
            None,
        );
        check(
            "a,b,c\n1,2,3\n4,5",
            &[(2, &["1", "2", "3"]), (3, &["4"])],
            None,
            Some(3),
        );
        check("a,b,c\n1,2\n", &[(2, &["1", "2"])], None, None);
        check("", &[], None, None);
    }

    /// Rows that are read, mended and lost of a table of four columns.
    fn check_quotes(lines: &[&str], read: &[usize], mended: &[usize], lost: &[usize]) {
        let text = format!("id,date,name,km\n{}\n", lines.join("\n"));
        let table = Table::read(&text, b',');
        let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(
            (
                numbers.as_slice(),
                table.mended.as_slice(),
                table.lost.as_slice()
            ),
            (read, mended, lost),
            "{text}"
        );
        for row in &table.rows {
            assert_eq!(
                (row.cell(0), row.cells.len()),
                ((row.number + 5).to_string().as_str(), 4),
                "{text}"
            );
        }
    }

    #[test]
    fn a_quote_that_never_closes_swallows_no_row() {
        let (first, third) = (
            "7,2026-09-20 14:12:12,x,5",
            "9,\"Sep 22, 2026, 2:12:12 PM\",\"two\nlines\",7",
        );
        // Taken away, the quote leaves a whole row; it would have closed at the quote of the next.
        check_quotes(
            &[first, "8,2026-09-21 14:12:12,\"x,6", third],
            &[2, 3, 4],
            &[3],
            &[],
        );
        check_quotes(&[first, "8,2026-09-21 14:12:12,\"x,6"], &[2], &[], &[]);
        // Here it leaves a cell too many.
        check_quotes(
            &[first, "8,2026-09-21 14:12:12,\"x, y,6", third],
            &[2, 4],
            &[],
            &[3],
        );
        // No row is behind the quote, and lines in a cell that look like rows in part are a cell.
        check_quotes(
            &[
                "7,2026-09-20 14:12:12,\"x\n8,9\n9,yesterday,y,5\n\",5",
                "8,2026-09-21 14:12:12,x,6",
            ],
            &[2, 3],
            &[],
            &[],
        );
        // A quote again and again, each in its row.
        let quoted = [
            "7,2026-09-20 14:12:12,\"x,5",
            "8,2026-09-21 14:12:12,\"x,6",
            "9,2026-09-22 14:12:12,x,7",
        ];
        check_quotes(&quoted, &[2, 3, 4], &[2, 3], &[]);
    }

    #[test]
    fn looking_for_swallowed_rows_is_bounded() {
        for (decoys, open_quote, lost) in [(TRIES - 2, None, vec![2]), (TRIES, Some(2), vec![])] {
            let text = format!(
                "id,date,name,km\n8,x,\"{}9,2026-09-20 14:12:12,x,6\n",
                "7,x\n".repeat(decoys)
            );
            let table = Table::read(&text, b',');
            assert_eq!(
                (table.open_quote, table.lost),
                (open_quote, lost),
                "{decoys}"
            );
        }
    }
}
