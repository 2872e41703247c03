//! Where the header stands: under which delimiter, in which of the first rows, in one of them or in two.

use super::{
    Fault, apps,
    columns::Column,
    names::{Meaning, Name, Own, Sure},
    parts::DateParts,
    short,
};
use crate::pain::{
    HeaderFault, NamedColumn, Options,
    dates::take_apart,
    records::{OpenQuote, Records, declared_delimiter},
    words::{Vocabulary, fold},
};
use crate::words::clipped;

/// Rows looked at for the header: titles and notes may stand above it.
const HEADER_WITHIN: usize = 10;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A header as found, before its cells were looked at.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) line: u64,
    pub(super) delimiter: u8,
    pub(super) written: Vec<String>,
    pub(super) names: Vec<Name>,
    /// Rows above it that hold something.
    pub(super) above: usize,
    /// It was put together of two rows.
    pub(super) is_double: bool,
}

/// A row with its line.
type Row = (u64, Vec<String>);

/// The first rows under one delimiter, and what they are read with.
struct Top<'a> {
    rows: Vec<Row>,
    delimiter: u8,
    words: &'a Vocabulary,
    options: &'a Options,
}

impl Header {
    /// The first row with a date and a rating by name, under the delimiter under which most columns are known; else such a pair of
    /// rows; else what is wrong with the first row.
    pub(super) fn find(text: &str, words: &Vocabulary, options: &Options) -> Result<Header, Fault> {
        let mut found: Vec<Header> = Vec::new();
        let mut firsts: Vec<Header> = Vec::new();
        let mut open_quote = None;
        for delimiter in delimiters(text) {
            let (rows, open) = first_rows(text, delimiter);
            open_quote = open_quote.or(open);
            let top = Top {
                rows,
                delimiter,
                words,
                options,
            };
            found.extend(top.header());
            firsts.extend(top.rows.first().map(|row| top.read(row)));
        }
        match (best_known(found), best_known(firsts), open_quote) {
            (Some(header), ..) => Ok(header),
            (None, Some(first), _) => Err((Some(first.line), first.fault(options))),
            (None, None, Some(line)) => Err((Some(line), HeaderFault::OpenQuote)),
            (None, None, None) => Err((None, HeaderFault::Empty)),
        }
    }

    fn of(line: u64, delimiter: u8, written: Vec<String>, words: &Vocabulary) -> Header {
        let mut names: Vec<Name> = written.iter().map(|name| Name::of(name, words)).collect();
        if let Some(parts) = DateParts::of(&names) {
            parts.mark(&mut names);
        }
        short::name_short_places(&mut names, words);
        Header {
            line,
            delimiter,
            written,
            names,
            above: 0,
            is_double: false,
        }
    }

    /// The header together with the row below it, where that row only says sides, moments or scales of the names above: the
    /// upper row names a place once for several columns.
    fn with_second_row(&self, (line, below): &Row, words: &Vocabulary) -> Option<Header> {
        let date = self.names.iter().position(|name| is_day(name.meaning))?;
        if !below.get(date)?.is_empty() || !adds_to_names(below, words) {
            return None;
        }
        let upper = repeated(&self.written, below);
        Some(Header {
            above: self.above,
            is_double: true,
            ..Header::of(*line, self.delimiter, joined(&upper, below), words)
        })
    }

    pub(super) fn has(&self, is_so: impl Fn(Meaning) -> bool) -> bool {
        self.count(is_so) > 0
    }

    fn count(&self, is_so: impl Fn(Meaning) -> bool) -> usize {
        self.names.iter().filter(|name| is_so(name.meaning)).count()
    }

    /// Whether there is a column for the date and one for ratings or the weekly questions, by name or because the runner says so.
    fn is_complete(&self, options: &Options) -> bool {
        let named = |role: &str| self.has_role(role, options);
        (self.names_day() || named("date"))
            && (self.names_rating() || named("pain") || named("any_pain"))
    }

    fn has_role(&self, role: &str, options: &Options) -> bool {
        options
            .columns
            .iter()
            .any(|column| column.role == role && self.index_of(&column.name).is_some())
    }

    fn names_day(&self) -> bool {
        self.has(is_day) || DateParts::of(&self.names).is_some()
    }

    /// Whether something is rated. Bare moments and names of the four questions that mean other things elsewhere need company.
    fn names_rating(&self) -> bool {
        let is_moment = |sure| sure == Sure::BareMoment;
        let rated = |meaning| matches!(meaning, Meaning::Rating(r) if !is_moment(r.sure));
        let bare = |meaning| matches!(meaning, Meaning::Rating(r) if is_moment(r.sure));
        let asked = |meaning| matches!(meaning, Meaning::Is(column, _) if column.is_ostrc());
        let loose = |meaning| matches!(meaning, Meaning::LooseOstrc(_));
        self.has(rated) || self.count(bare) > 1 || self.has(asked) || self.count(loose) > 1
    }

    /// The field of a column that the runner names, as written or in other capitals.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        let exact = self.written.iter().position(|written| written == name);
        exact.or_else(|| {
            self.written
                .iter()
                .position(|written| fold(written) == fold(name))
        })
    }

    /// How many columns are known, then how many there are.
    fn known(&self) -> (usize, usize) {
        let known = self.count(|meaning| meaning != Meaning::Unknown);
        (known, self.written.len())
    }

    /// What is wrong with a first row that is no header.
    fn fault(&self, options: &Options) -> HeaderFault {
        self.app()
            .or_else(|| self.transposed())
            .or_else(|| self.missing_column(options))
            .unwrap_or_else(|| self.nothing_to_read())
    }

    /// What to say of the first column that the runner names and the table does not have.
    fn missing_column(&self, options: &Options) -> Option<HeaderFault> {
        let mut columns = options.columns.iter();
        let missing = columns.find(|column| self.index_of(&column.name).is_none());
        missing.map(|column| self.no_such_column(column))
    }

    /// What to say of a table whose days stand side by side.
    fn transposed(&self) -> Option<HeaderFault> {
        let mut days = self.written.iter().filter(|name| take_apart(name).is_ok());
        let example = clipped(days.next()?);
        (days.count() >= 2).then_some(HeaderFault::Transposed { example })
    }

    pub(super) fn no_such_column(&self, column: &NamedColumn) -> HeaderFault {
        HeaderFault::NoSuchColumn {
            role: column.role,
            name: clipped(&column.name),
            found: self.found(),
        }
    }

    fn nothing_to_read(&self) -> HeaderFault {
        let (found, left) = (self.found(), self.people_as_columns());
        match self.has(is_day) {
            true => HeaderFault::no_pain(found, left),
            false => HeaderFault::no_date(found, left),
        }
    }

    /// What to say of a header of a known app's export that is no pain log.
    pub(super) fn app(&self) -> Option<HeaderFault> {
        let folded: Vec<String> = self.names.iter().map(|name| name.folded.clone()).collect();
        apps::app(&folded)
    }

    /// A sentence for a table with a column for each person: a day and names that mean nothing here.
    fn people_as_columns(&self) -> String {
        let people = self.names.iter().filter(|name| can_be_person(name)).count();
        let named = self.names.iter().filter(|name| !name.folded.is_empty());
        if people < 2 || people + 1 < named.count() {
            return String::new();
        }
        " Its columns name no part of the body; a column for each person is not read.".to_string()
    }

    /// The names, as a fault shows them.
    pub(super) fn found(&self) -> String {
        let names: Vec<String> = self
            .written
            .iter()
            .take(12)
            .map(|name| clipped(name))
            .collect();
        let more = if self.written.len() > 12 { ", …" } else { "" };
        names.join(", ") + more
    }
}

impl Top<'_> {
    fn header(&self) -> Option<Header> {
        self.single()
            .or_else(|| self.double())
            .or_else(|| self.with_date_by_cells())
    }

    fn read(&self, (line, cells): &Row) -> Header {
        Header::of(*line, self.delimiter, cells.clone(), self.words)
    }

    fn is_complete(&self, header: &Header) -> bool {
        header.is_complete(self.options)
    }

    /// The first row that is a header, with the row below it where that one only adds to it.
    fn single(&self) -> Option<Header> {
        let header = self.complete()?;
        let both = self
            .rows
            .get(header.above + 1)
            .and_then(|below| header.with_second_row(below, self.words));
        Some(both.unwrap_or(header))
    }

    /// The first row that is a header by itself.
    fn complete(&self) -> Option<Header> {
        let mut headers = self.rows.iter().enumerate().map(|(above, row)| Header {
            above,
            ..self.read(row)
        });
        headers.find(|header| self.is_complete(header))
    }

    /// Two rows that only together are a header.
    fn double(&self) -> Option<Header> {
        let pairs = self.rows.iter().zip(self.rows.iter().skip(1)).enumerate();
        pairs
            .filter(|(_, (upper, lower))| !has_date(upper) && !has_date(lower))
            .map(|(above, (upper, lower))| Header {
                above,
                is_double: true,
                ..self.read(&self.put_together(upper, lower))
            })
            .find(|header| self.is_complete(header))
    }

    fn put_together(&self, (_, upper): &Row, (line, lower): &Row) -> Row {
        (*line, joined(&carried(upper, lower, self.words), lower))
    }

    /// The first row as a header whose date column no name tells: the one below which dates stand.
    fn with_date_by_cells(&self) -> Option<Header> {
        let (first, below) = self.rows.split_first()?;
        let mut columns = 0..first.1.len();
        let index = columns.find(|index| are_mostly_dates(below, *index))?;
        let mut header = self.read(first);
        let name = header
            .names
            .get_mut(index)
            .filter(|name| name.meaning == Meaning::Unknown && !has_date(first))?;
        name.meaning = Meaning::Is(Column::Date, Own::Synonym);
        self.is_complete(&header).then_some(header)
    }
}

/// The delimiters to try: the declared one, or all.
fn delimiters(text: &str) -> impl Iterator<Item = u8> {
    let declared = declared_delimiter(text).map(|(delimiter, _)| delimiter);
    DELIMITERS
        .into_iter()
        .filter(move |delimiter| declared.is_none_or(|only| only == *delimiter))
}

/// The first of those of which most columns are known.
fn best_known(headers: Vec<Header>) -> Option<Header> {
    headers
        .into_iter()
        .reduce(|best, next| match next.known() > best.known() {
            true => next,
            false => best,
        })
}

fn is_day(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Is(Column::Date, _) | Meaning::Stamp)
}

/// Names of people or of their numbers: TeamA-01.
fn can_be_person(name: &Name) -> bool {
    name.meaning == Meaning::Unknown && name.folded.contains(|c: char| c.is_ascii_digit())
}

fn is_date(cell: &str) -> bool {
    take_apart(cell).is_ok()
}

fn has_date((_, cells): &Row) -> bool {
    cells.iter().any(|cell| is_date(cell))
}

fn are_mostly_dates(rows: &[Row], index: usize) -> bool {
    let is_dated = |(_, row): &&Row| row.get(index).is_some_and(|cell| is_date(cell));
    let dates = rows.iter().filter(is_dated).count();
    dates > 1 && dates * 2 >= rows.len()
}

/// Whether a row only says sides and moments, of more than one name.
fn adds_to_names(row: &[String], words: &Vocabulary) -> bool {
    let adds = |cell: &str| names_side_or_moment(&fold(cell), words);
    let filled = || row.iter().filter(|cell| !cell.is_empty());
    filled().count() > 1 && filled().all(|cell| adds(cell))
}

fn names_side_or_moment(folded: &str, words: &Vocabulary) -> bool {
    words.sides.get(folded).is_some() || words.moments.get(folded).is_some()
}

/// The first rows that hold something, with their lines, and the line of a quote that does not close before the first of them.
fn first_rows(text: &str, delimiter: u8) -> (Vec<Row>, Option<u64>) {
    let mut rows = Vec::new();
    for record in Records::new(text, delimiter) {
        match record {
            Ok(record) if record.is_blank() => {}
            Ok(record) => {
                let cells = record.fields.iter().map(|cell| cell.trim().to_string());
                rows.push((record.line, cells.collect()));
            }
            Err(OpenQuote { line }) => return (rows, Some(line)),
        }
        if rows.len() == HEADER_WITHIN {
            break;
        }
    }
    (rows, None)
}

/// The upper row of a header with each name repeated over the columns of which the lower row says more.
fn repeated(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut name = "";
    let repeated = upper.iter().zip(lower).map(|(written, below)| {
        if !written.is_empty() {
            name = written;
        }
        match below.is_empty() {
            true => written.clone(),
            false => name.to_string(),
        }
    });
    repeated.collect()
}

/// The upper row of a header with a side, place or moment carried over the blank cells behind it, as merged cells leave them.
fn carried(upper: &[String], lower: &[String], words: &Vocabulary) -> Vec<String> {
    let mut shared = "";
    let carried = upper.iter().zip(lower).map(|(cell, below)| {
        if !cell.is_empty() {
            shared = if can_be_shared(cell, words) { cell } else { "" };
        }
        match cell.is_empty() && !below.is_empty() {
            true => shared.to_string(),
            false => cell.clone(),
        }
    });
    carried.collect()
}

/// Whether a name can stand above several columns.
fn can_be_shared(cell: &str, words: &Vocabulary) -> bool {
    names_side_or_moment(&fold(cell), words) || words.place(cell).is_known
}

/// Two rows of a header as one: what the upper row says and what the lower one adds.
fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let both = (0..upper.len().max(lower.len())).map(|at| {
        let cell = |row: &[String]| row.get(at).cloned().unwrap_or_default();
        format!("{} {}", cell(upper), cell(lower))
            .trim()
            .to_string()
    });
    both.collect()
}
