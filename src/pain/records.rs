//! Text to records: RFC 4180 fields with exact line numbers, comment lines, and quotes that never close.
//!
//! The `csv` crate gives the same fields (a property test compares them) but says nothing about a quote that never
//! closes, which swallows rows, and counts a record's line from the blank and comment lines before it.

use std::borrow::Cow;

/// Most fields kept of one record: a line of 16 million commas must not become 16 million fields.
pub(super) const MAX_FIELDS: usize = 256;

/// One record: a line, or several when a quoted field holds line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The line it starts on, the first line of the file being 1.
    pub line: u64,
    /// Its text as it stands in the file, without the line end.
    pub raw: &'a str,
    /// The fields, unquoted.
    pub fields: Vec<Cow<'a, str>>,
}

impl Record<'_> {
    /// Whether every field is blank: spreadsheets write such rows below the data.
    pub(super) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }

    /// A field's text; blank where the record has none.
    pub(super) fn cell(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", |field| field.as_ref())
    }
}

/// A quoted field that does not end before the file does, or that runs over a line end into other text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenQuote {
    /// The line on which the quote opens.
    pub line: u64,
}

/// The records of a text, one by one. Empty lines and comments are passed over, as are a first line `sep=;` and the lines
/// `|---|:--:|` of a Markdown table; after an error nothing follows.
///
/// A comment is a record whose first cell, trimmed, begins with `#`: bare, as people write it (commas in it are text), or as
/// a spreadsheet saves it, with blank cells behind (`#,,,`, `"# text; more",,,`). A note that begins with `#` is none: other
/// cells of its row are filled and it stands in quotes or further right. A header `#,date,…` (a row number) is none either,
/// nor are rows `#1,…` below it.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    delimiter: u8,
    /// The first record begins with a cell `#`, so that rows are numbered.
    is_numbered: bool,
    is_first: bool,
    /// The first record stands between pipes, as rows of a Markdown table do.
    is_table: bool,
}

/// The delimiter that a first line `sep=;` declares, as spreadsheets write and want it, and the text behind that line.
pub(super) fn declared_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = declared(first)?;
    match declared.as_bytes() {
        [delimiter @ (b',' | b';' | b'\t' | b'|')] => Some((*delimiter, rest)),
        _ if declared.eq_ignore_ascii_case("\\t") => Some((b'\t', rest)),
        _ => None,
    }
}

/// What stands behind `sep=`, in quotes or not.
fn declared(line: &str) -> Option<&str> {
    let line = line
        .trim_start_matches('\u{feff}')
        .trim_matches([' ', '"', '\r']);
    let (name, declared) = line.split_at_checked(4)?;
    name.eq_ignore_ascii_case("sep=").then_some(declared)
}

impl<'a> Records<'a> {
    /// Records separated by line ends `\n`, fields separated by an ASCII `delimiter`.
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        let mut records = Records {
            text,
            at: 0,
            line: 1,
            delimiter,
            is_numbered: false,
            is_first: true,
            is_table: false,
        };
        if let Some((_, rest)) = declared_delimiter(text) {
            records.at = text.len() - rest.len();
            records.line = 2;
        }
        records
    }

    /// Goes on at a record whose place and line are known.
    pub(super) fn go_to(&mut self, at: usize, line: u64) {
        self.at = at;
        self.line = line;
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn skip_blank_and_comments(&mut self) {
        loop {
            if self.is_passed_over() {
                self.at = self.find_from(self.at, |b| b == b'\n');
            }
            if self.peek(0) != Some(b'\n') {
                return;
            }
            self.at += 1;
            self.line += 1;
        }
    }

    fn is_passed_over(&self) -> bool {
        self.is_bare_comment() || self.delimiter == b'|' && self.is_table_line()
    }

    /// Whether a line begins with `#` outside quotes and the `#` is no row number.
    fn is_bare_comment(&self) -> bool {
        let first = self.find_from(self.at, |b| b != b' ');
        let mut behind = self.text.as_bytes().get(first..).unwrap_or_default().iter();
        if behind.next() != Some(&b'#') {
            return false;
        }
        let next = behind.find(|b| **b != b' ');
        !next.is_some_and(|b| self.is_behind_number_sign(*b))
    }

    fn is_behind_number_sign(&self, byte: u8) -> bool {
        byte == self.delimiter || self.is_numbered && byte.is_ascii_digit()
    }

    /// The line of a Markdown table that stands below its header.
    fn is_table_line(&self) -> bool {
        let end = self.find_from(self.at, |b| b == b'\n');
        let line = self.text.get(self.at..end).unwrap_or_default();
        let is_of_rule = |b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'+');
        line.contains("--") && line.bytes().all(is_of_rule)
    }

    /// The next position at which `stop` holds, or the end of the text.
    fn find_from(&self, from: usize, stop: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().position(|b| stop(*b)).unwrap_or(rest.len())
    }

    fn field(&mut self) -> Result<Cow<'a, str>, OpenQuote> {
        if self.peek(0) != Some(b'"') {
            return Ok(Cow::Borrowed(self.bare()));
        }
        let opening_line = self.line;
        let inside = self.quoted()?;
        let behind = self.bare();
        // `"my "bad" knee"` on one line is a slip; over several lines it is a quote that swallowed rows.
        if self.line > opening_line && !behind.trim().is_empty() {
            return Err(OpenQuote { line: opening_line });
        }
        Ok(inside + behind)
    }

    /// From here to the end of the field.
    fn bare(&mut self) -> &'a str {
        let delimiter = self.delimiter;
        let end = self.find_from(self.at, |b| b == delimiter || b == b'\n');
        let field = &self.text[self.at..end];
        self.at = end;
        field
    }

    /// From an opening quote to just behind the closing one.
    fn quoted(&mut self) -> Result<Cow<'a, str>, OpenQuote> {
        let opening = OpenQuote { line: self.line };
        let mut inside = Cow::Borrowed("");
        self.at += 1;
        loop {
            inside += self.up_to_quote().ok_or(opening)?;
            if self.peek(0) != Some(b'"') {
                return Ok(inside);
            }
            inside += "\"";
            self.at += 1;
        }
    }

    /// Text up to the next quote, which is passed; None where there is none.
    fn up_to_quote(&mut self) -> Option<&'a str> {
        let close = self.find_from(self.at, |b| b == b'"');
        let part = self.text.get(self.at..close)?;
        if close >= self.text.len() {
            return None;
        }
        self.line += part.bytes().filter(|b| *b == b'\n').count() as u64;
        self.at = close + 1;
        Some(part)
    }

    fn record(&mut self) -> Result<Record<'a>, OpenQuote> {
        let (start, line) = (self.at, self.line);
        let mut fields = self.fields()?;
        let raw = &self.text[start..self.at];
        if self.delimiter == b'|' {
            let line = raw.trim();
            self.is_table |= self.is_first && line.len() > 1 && is_between_pipes(line);
            as_table_row(line, self.is_table, &mut fields);
        }
        Ok(Record { line, raw, fields })
    }

    fn fields(&mut self) -> Result<Vec<Cow<'a, str>>, OpenQuote> {
        let mut fields: Vec<Cow<str>> = Vec::new();
        loop {
            let field = self.field()?;
            match fields.get_mut(MAX_FIELDS - 1) {
                // Beyond the limit a field is not kept, but text in it still shows that the row is too long.
                Some(_) if field.trim().is_empty() => {}
                Some(last) => *last = field,
                None => fields.push(field),
            }
            if self.peek(0) != Some(self.delimiter) {
                return Ok(fields);
            }
            self.at += 1;
        }
    }

    /// Whether a record is a comment that a spreadsheet put into cells.
    fn is_comment_in_cells(&self, record: &Record) -> bool {
        let Some((first, rest)) = record.fields.split_first() else {
            return false;
        };
        first.trim_start().starts_with('#')
            && !self.is_numbered
            && rest.iter().all(|field| field.trim().is_empty())
    }

    /// The first record that holds something shows whether rows are numbered.
    fn learn_from(&mut self, record: &Record) {
        if self.is_first && !record.is_blank() {
            self.is_numbered |= record.cell(0).trim() == "#";
            self.is_first = false;
        }
    }

    /// Behind a record, or at the end of the text after an error.
    fn go_on(&mut self, record: &Result<Record, OpenQuote>) {
        match record {
            Ok(_) if self.peek(0) == Some(b'\n') => {
                self.at += 1;
                self.line += 1;
            }
            Ok(_) => {}
            Err(_) => self.at = self.text.len(),
        }
    }
}

/// Cells between pipes without the blanks around them and, in a table, without what is outside the outer pipes.
fn as_table_row(line: &str, is_table: bool, fields: &mut Vec<Cow<'_, str>>) {
    if is_table && line.len() > 1 && line.ends_with('|') {
        fields.pop();
    }
    if is_table && line.starts_with('|') && !fields.is_empty() {
        fields.remove(0);
    }
    for field in fields {
        *field = trimmed(std::mem::take(field));
    }
}

fn trimmed(field: Cow<'_, str>) -> Cow<'_, str> {
    match field {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_string()),
    }
}

fn is_between_pipes(line: &str) -> bool {
    line.starts_with('|') && line.ends_with('|')
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, OpenQuote>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_blank_and_comments();
            if self.at >= self.text.len() {
                return None;
            }
            let record = self.record();
            self.go_on(&record);
            match &record {
                Ok(record) if self.is_comment_in_cells(record) => continue,
                Ok(record) => self.learn_from(record),
                Err(_) => {}
            }
            return Some(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let records: Vec<_> = Records::new(text, b',')
            .map(|record| record.expect("no open quote"))
            .collect();
        let found: Vec<(u64, Vec<&str>)> = records
            .iter()
            .map(|r| (r.line, r.fields.iter().map(|f| f.as_ref()).collect()))
            .collect();
        let expected: Vec<(u64, Vec<&str>)> = expected
            .iter()
            .map(|(line, f)| (*line, f.to_vec()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn fields_and_their_lines() {
        check("", &[]);
        check("\n\n", &[]);
        check("a,b\n1,2", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("a\n\n\nb\n", &[(1, &["a"]), (4, &["b"])]);
        check("a,\"x\ny\",c\nd", &[(1, &["a", "x\ny", "c"]), (3, &["d"])]);
        check("\"say \"\"hi\"\"\",b", &[(1, &["say \"hi\"", "b"])]);
        check("\"my \"bad\" knee\",b", &[(1, &["my bad\" knee\"", "b"])]);
        check("a,,\n", &[(1, &["a", "", ""])]);
        check("a,5\" wide", &[(1, &["a", "5\" wide"])]);
    }

    #[test]
    fn too_many_fields_are_not_kept_but_noticed() {
        let blank = ",".repeat(1000);
        let fields = |text: &str| {
            let record = Records::new(text, b',')
                .next()
                .expect("a record")
                .expect("no open quote");
            (
                record.fields.len(),
                record.fields.last().map(|field| field.to_string()),
            )
        };
        assert_eq!(fields(&blank), (MAX_FIELDS, Some(String::new())));
        assert_eq!(fields(&(blank + "x")), (MAX_FIELDS, Some("x".to_string())));
    }

    #[test]
    fn comments_are_lines_that_start_with_a_hash() {
        check(
            "# say \"hello, you\na\n#\n#b,c\nd",
            &[(2, &["a"]), (5, &["d"])],
        );
        check(
            "\"# my note\",1\n\"two\n# lines\",2",
            &[(1, &["# my note", "1"]), (2, &["two\n# lines", "2"])],
        );
        check("2025-03-03,# note", &[(1, &["2025-03-03", "# note"])]);
        check("#,date\n1,x", &[(1, &["#", "date"]), (2, &["1", "x"])]);
        check(" # indented\na", &[(2, &["a"])]);
        check("\"two\n# lines\",2", &[(1, &["two\n# lines", "2"])]);
    }

    #[test]
    fn comments_that_a_spreadsheet_put_into_cells() {
        check("#,,,\na,b,c,d", &[(2, &["a", "b", "c", "d"])]);
        check(
            "\"# text; more, and more\",,,\n\" # x\", ,\na,b",
            &[(3, &["a", "b"])],
        );
        check("# text,,,\na", &[(2, &["a"])]);
        check("\"# a\nb\",,\nc", &[(3, &["c"])]);
        check("\"#\",\nc", &[(2, &["c"])]);
        check(
            "\"# sore\",2025-03-03,2",
            &[(1, &["# sore", "2025-03-03", "2"])],
        );
    }

    #[test]
    fn numbered_rows_are_data() {
        check(
            "#,date,pain\n1,x,2\n#2,y,3\n# 3,z,4",
            &[
                (1, &["#", "date", "pain"]),
                (2, &["1", "x", "2"]),
                (3, &["#2", "y", "3"]),
                (4, &["# 3", "z", "4"]),
            ],
        );
        check(
            "#,date,pain\n# a word\n#,,\n",
            &[(1, &["#", "date", "pain"]), (3, &["#", "", ""])],
        );
        check("date,pain\n#2,y", &[(1, &["date", "pain"])]);
    }

    #[test]
    fn a_first_line_that_declares_the_delimiter_is_passed_over() {
        check("sep=,\na,b", &[(2, &["a", "b"])]);
        check("\"sep=,\"\na,b", &[(2, &["a", "b"])]);
        for (text, declared) in [
            ("sep=;\na;b", Some((b';', "a;b"))),
            ("SEP=,\r\na", Some((b',', "a"))),
            ("\u{feff}sep=\t\na", Some((b'\t', "a"))),
            ("sep=|", Some((b'|', ""))),
            ("sep=x\na", None),
            ("september\n", None),
            ("separator,pain\n", None),
            ("", None),
            ("été\n", None),
        ] {
            assert_eq!(declared_delimiter(text), declared, "{text:?}");
        }
    }

    #[test]
    fn markdown_tables() {
        let text = "| Date | Where | Pain |\n|---|:--:|---:|\n| 2025-08-11 | left knee | 2 |\n|2025-08-12|none|0|\n2025-08-13 | | 1\n";
        let records: Vec<_> = Records::new(text, b'|')
            .map(|record| record.expect("no open quote"))
            .collect();
        let found: Vec<(u64, Vec<&str>)> = records
            .iter()
            .map(|r| (r.line, r.fields.iter().map(|f| f.as_ref()).collect()))
            .collect();
        assert_eq!(
            found,
            [
                (1, vec!["Date", "Where", "Pain"]),
                (3, vec!["2025-08-11", "left knee", "2"]),
                (4, vec!["2025-08-12", "none", "0"]),
                (5, vec!["2025-08-13", "", "1"]),
            ]
        );
        let bare: Vec<_> = Records::new("a|b|c\n1||", b'|')
            .map(|r| r.expect("no open quote").fields.len())
            .collect();
        assert_eq!(bare, [3, 3]);
    }

    #[test]
    fn an_open_quote_is_named_by_the_line_it_opens_on() {
        for (text, line) in [
            ("a\nb,\"never\nc", 2),
            ("a\n\"b", 2),
            ("\"", 1),
            ("a\n1,\"never closed\n2,b\n3,\"never closed\n4,b\n", 2),
            ("a\n\"x\ny\",\"z\n", 3),
        ] {
            let last = Records::new(text, b',').last();
            assert_eq!(last, Some(Err(OpenQuote { line })), "{text:?}");
        }
    }

    /// The fields of the csv crate, wherever it has the same idea of what a record is.
    fn assert_same_as_csv(text: &str) {
        let ours: Result<Vec<_>, _> = Records::new(text, b',').collect();
        let Ok(ours) = ours else { return };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let theirs: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("UTF-8")).collect();
        assert_eq!(ours.len(), theirs.len(), "{text:?}");
        for (a, b) in ours.iter().zip(&theirs) {
            assert_eq!(
                a.fields.iter().map(|f| f.as_ref()).collect::<Vec<_>>(),
                b.iter().collect::<Vec<_>>(),
                "{text:?}"
            );
        }
    }

    #[test]
    fn blanks_behind_quotes_are_as_in_the_csv_crate() {
        assert_same_as_csv(" \n\"\" , ");
        assert_same_as_csv("a,\"b\" ,c\n");
    }

    proptest! {
        /// The same fields as the `csv` crate, wherever no quote is open.
        #[test]
        fn fields_equal_those_of_the_csv_crate(text in "[a-c\",;\n ]{0,40}") {
            assert_same_as_csv(&text);
        }
    }
}
