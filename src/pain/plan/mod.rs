//! The plan of a log, made before any row is read: where the header stands, what separates cells, what each column is by its
//! name **and** its cells, which scale the ratings are on. What is ambiguous is refused in one line, never half read.

mod apps;
pub(super) mod columns;
mod decide;
pub(super) mod names;
pub(super) mod parts;
mod people;
mod places;
mod short;
pub(super) mod survey;
pub(super) mod totals;

use super::{
    HeaderError, HeaderFault, Options, Place, Resembles, Scale,
    dates::take_apart,
    records::{OpenQuote, Record, Records, declared_delimiter},
    words::Vocabulary,
};
use crate::words::clipped;
use columns::Column;
use names::{Meaning, Name, Own, Sure, TimeUnit};
use parts::{Above, DateParts};
use std::borrow::Cow;
use survey::six_digits;

/// Rows looked at for the header: titles and notes may stand above it.
const HEADER_WITHIN: usize = 10;

/// How a log's columns are understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// The line of the header; rows up to it are no data.
    pub line: u64,
    /// `,`, `;`, `|` or tab.
    pub delimiter: u8,
    /// The names as written.
    pub names: Vec<String>,
    /// Which field holds which meaning, in the order of [`Column`]. [`Column::Pain`] is never among them.
    pub columns: Vec<(Column, usize)>,
    /// The columns that rate pain, left to right.
    pub ratings: Vec<RatingColumn>,
    /// Answers yes or no to "any pain?"; "no" beside a blank rating is 0.
    pub any_pain: Option<usize>,
    /// Columns of places that are ticked where it hurts.
    pub ticks: Vec<(usize, Place)>,
    /// The columns of year, month and day, where the day stands in several.
    pub date_parts: Option<DateParts>,
    /// The columns of ratings whose cells say where as well, in a log without a column for the place.
    pub places_in: Vec<usize>,
    /// The letter of the side column that means left, where lone letters of one language stand there.
    pub left_letter: Option<&'static str>,
    /// Dates of three pairs of digits begin with the year.
    pub year_first: bool,
    /// Dates of six digits end with it.
    pub year_last: bool,
    /// 0 declares all places free that the row does not name.
    pub others: Option<usize>,
    /// The column that names people, and whose rows count.
    pub athlete: Option<(usize, String)>,
    /// Columns without a meaning whose text is searched for signs.
    pub searched: Vec<usize>,
    /// The unit of the hours slept.
    pub sleep: TimeUnit,
    /// What was decided, a sentence each.
    pub understood: Vec<String>,
    /// What a reader of the report must know about it, a sentence each.
    pub remarks: Vec<String>,
}

/// A column of ratings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RatingColumn {
    /// Its field.
    pub index: usize,
    /// The place, where the column is about one.
    pub place: Option<Place>,
    /// The moment, where the column is about one.
    pub moment: Option<super::Moment>,
    /// Pain all over, beside columns of places: it counts where it is the highest of its row.
    pub general: bool,
    /// The scale.
    pub scale: Scale,
}

impl Plan {
    /// Finds the header under each delimiter, looks at every cell below it, and decides.
    pub(super) fn of(
        text: &str,
        words: &Vocabulary,
        place: &str,
        options: &Options,
    ) -> Result<Plan, HeaderError> {
        let error = |line, fault| HeaderError {
            place: place.to_string(),
            line,
            fault,
        };
        if let Some(fault) = apps::no_table(text) {
            return Err(error(None, fault));
        }
        let header = match Header::find(text, words, options) {
            Ok(header) => header,
            Err((line, fault)) => return Err(error(line, fault)),
        };
        decide::decide(text, header, words, options).map_err(|(line, fault)| error(line, fault))
    }

    /// The field that holds a meaning.
    pub(super) fn index(&self, column: Column) -> Option<usize> {
        self.columns
            .iter()
            .find(|(known, _)| *known == column)
            .map(|(_, index)| *index)
    }

    /// The field of the notes, when no named column stands behind it.
    pub(super) fn notes_at_end(&self) -> Option<usize> {
        let last = self.names.iter().rposition(|name| !name.is_empty());
        self.index(Column::Notes)
            .filter(|notes| Some(*notes) == last)
    }

    /// The cell of the day; of several columns as one text. `above` is what the rows above say.
    pub(super) fn day_cell<'r>(&self, record: &'r Record, above: &mut Above) -> Cow<'r, str> {
        let cell = |index: usize| record.fields.get(index).map_or("", |field| field.as_ref());
        if let Some(parts) = self.date_parts {
            return Cow::Owned(parts.text(cell, above));
        }
        above.is_whole = true;
        Cow::Borrowed(self.index(Column::Date).map_or("", cell))
    }

    /// A date with the century that its year leaves out, where years come first.
    pub(super) fn with_century<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        let cell = cell.trim();
        if let (Some([first, second, year]), true) = (six_digits(cell), self.year_last) {
            return Cow::Owned(format!("{first:02}/{second:02}/20{year:02}"));
        }
        let is_pair = cell.bytes().take_while(u8::is_ascii_digit).count() == 2;
        if self.year_first && (is_pair || six_digits(cell).is_some()) {
            Cow::Owned(format!("20{cell}"))
        } else {
            Cow::Borrowed(cell)
        }
    }

    /// `commas`, `semicolons`, `pipes` or `tabs`.
    pub(super) fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b';' => "semicolons",
            b'|' => "pipes",
            b'\t' => "tabs",
            _ => "commas",
        }
    }

    /// What a column was taken for, in words; None when it is not read.
    pub(super) fn read_as(&self, index: usize) -> Option<String> {
        if let Some(part) = self.date_parts.and_then(|parts| parts.part(index)) {
            return Some(format!("date ({part})"));
        }
        let plain = self
            .columns
            .iter()
            .find(|(_, at)| *at == index)
            .map(|(column, _)| column.name().to_string());
        let rating = self
            .ratings
            .iter()
            .find(|rating| rating.index == index)
            .map(RatingColumn::text);
        let other = [(self.any_pain, "any_pain"), (self.others, "others")];
        let other = other
            .into_iter()
            .find(|(at, _)| *at == Some(index))
            .map(|(_, name)| name.to_string());
        let person = self
            .athlete
            .as_ref()
            .filter(|(at, _)| *at == index)
            .map(|_| "athlete".to_string());
        let tick = self.ticks.iter().find(|(at, _)| *at == index);
        let tick =
            tick.map(|(_, (site, side))| format!("ticked ({})", super::site_text(*site, *side)));
        plain.or(rating).or(tick).or(other).or(person)
    }

    /// Everything below the header but blank rows.
    pub(super) fn data_rows<'a>(
        &self,
        text: &'a str,
    ) -> impl Iterator<Item = Result<Record<'a>, OpenQuote>> + use<'a> {
        rows_below(text, self.delimiter, self.line)
    }
}

/// Whether a text reads as a pain log by its header.
pub(super) fn resembles(text: &str, words: &Vocabulary) -> Resembles {
    if apps::no_table(text).is_some() {
        return Resembles::No;
    }
    let options = Options::default();
    let Ok(header) = Header::find(text, words, &options) else {
        return Resembles::No;
    };
    let is_pain = |sure: Sure| sure >= Sure::Question && sure != Sure::General;
    let sure =
        header.has(|meaning| matches!(meaning, Meaning::Rating(rating) if is_pain(rating.sure)));
    if sure {
        Resembles::Log
    } else {
        Resembles::Perhaps
    }
}

/// The line and the names of a header, where a text of commas has one.
pub(super) fn header_of(
    text: &str,
    words: &Vocabulary,
    options: &Options,
) -> Option<(u64, Vec<String>)> {
    let header = Header::find(text, words, options).ok()?;
    (header.delimiter == b',').then_some((header.line, header.written))
}

fn rows_below<'a>(
    text: &'a str,
    delimiter: u8,
    line: u64,
) -> impl Iterator<Item = Result<Record<'a>, OpenQuote>> + use<'a> {
    let rows = Records::new(text, delimiter);
    rows.filter(move |row| {
        row.as_ref()
            .map_or(true, |record| record.line > line && !record.is_blank())
    })
}

impl RatingColumn {
    /// `pain`, `pain before the run`, `pain (left knee)`.
    fn text(&self) -> String {
        let place = self.place.map_or_else(String::new, |(site, side)| {
            format!(" ({})", super::site_text(site, side))
        });
        let moment = self
            .moment
            .map_or_else(String::new, |moment| format!(" {}", moment.label()));
        let general = if self.general { " all over" } else { "" };
        format!("pain{general}{moment}{place}")
    }
}

/// A header as found, before its cells were looked at.
#[derive(Debug, Clone)]
struct Header {
    line: u64,
    delimiter: u8,
    written: Vec<String>,
    names: Vec<Name>,
    /// Rows above it that hold something.
    above: usize,
    /// It was put together of two rows.
    is_double: bool,
}

type Fault = (Option<u64>, HeaderFault);

impl Header {
    /// The first row with a date and a rating by name, under the delimiter under which most columns are known; else such a pair of
    /// rows; else what is wrong with the first row.
    fn find(text: &str, words: &Vocabulary, options: &Options) -> Result<Header, Fault> {
        let declared = declared_delimiter(text).map(|(delimiter, _)| delimiter);
        let mut found: Vec<Header> = Vec::new();
        let mut firsts: Vec<Header> = Vec::new();
        let mut open_quote = None;
        for delimiter in DELIMITERS
            .into_iter()
            .filter(|delimiter| declared.is_none_or(|only| only == *delimiter))
        {
            let (rows, open) = first_rows(text, delimiter);
            open_quote = open_quote.or(open);
            found.extend(Header::among(&rows, delimiter, words, options));
            let first = rows
                .first()
                .map(|(line, cells)| Header::of(*line, delimiter, cells.clone(), words));
            firsts.extend(first);
        }
        let best = |headers: Vec<Header>| {
            headers.into_iter().reduce(|best, next| {
                if next.known() > best.known() {
                    next
                } else {
                    best
                }
            })
        };
        if let Some(header) = best(found) {
            return Ok(header);
        }
        let Some(first) = best(firsts) else {
            let fault = if open_quote.is_some() {
                HeaderFault::OpenQuote
            } else {
                HeaderFault::Empty
            };
            return Err((open_quote, fault));
        };
        Err((Some(first.line), first.fault(options)))
    }

    fn among(
        rows: &[(u64, Vec<String>)],
        delimiter: u8,
        words: &Vocabulary,
        options: &Options,
    ) -> Option<Header> {
        let single = rows
            .iter()
            .enumerate()
            .map(|(above, (line, cells))| Header {
                above,
                ..Header::of(*line, delimiter, cells.clone(), words)
            });
        if let Some(header) = single
            .into_iter()
            .find(|header| header.is_complete(options))
        {
            let below = rows.get(header.above + 1);
            return Some(
                below
                    .and_then(|below| header.with_second_row(below, words))
                    .unwrap_or(header),
            );
        }
        let has_date = |cells: &[String]| cells.iter().any(|cell| take_apart(cell).is_ok());
        let pairs = rows.iter().zip(rows.iter().skip(1)).enumerate();
        let pairs =
            pairs.filter(|(_, ((_, upper), (_, lower)))| !has_date(upper) && !has_date(lower));
        let double = pairs.map(|(above, ((_, upper), (line, lower)))| {
            let header = Header::of(
                *line,
                delimiter,
                joined(&carried(upper, lower, words), lower),
                words,
            );
            Header {
                above,
                is_double: true,
                ..header
            }
        });
        let double = double
            .into_iter()
            .find(|header| header.is_complete(options));
        double.or_else(|| Header::with_date_by_cells(rows, delimiter, words, options))
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

    /// The first row as a header whose date column no name tells: the one below which dates stand.
    fn with_date_by_cells(
        rows: &[(u64, Vec<String>)],
        delimiter: u8,
        words: &Vocabulary,
        options: &Options,
    ) -> Option<Header> {
        let ((line, cells), below) = rows.split_first()?;
        let is_date = |cell: &String| take_apart(cell).is_ok();
        let dates = |index: usize| {
            below
                .iter()
                .filter(|(_, row)| row.get(index).is_some_and(is_date))
                .count()
        };
        let index =
            (0..cells.len()).find(|index| dates(*index) > 1 && dates(*index) * 2 >= below.len())?;
        let mut header = Header::of(*line, delimiter, cells.clone(), words);
        let name = header
            .names
            .get_mut(index)
            .filter(|name| name.meaning == Meaning::Unknown && !cells.iter().any(is_date))?;
        name.meaning = Meaning::Is(Column::Date, Own::Synonym);
        header.is_complete(options).then_some(header)
    }

    /// The header together with the row below it, where that row only says sides, moments or scales of the names above: the
    /// upper row names a place once for several columns.
    fn with_second_row(
        &self,
        (line, below): &(u64, Vec<String>),
        words: &Vocabulary,
    ) -> Option<Header> {
        let date = self.names.iter().position(|name| {
            matches!(name.meaning, Meaning::Is(Column::Date, _) | Meaning::Stamp)
        })?;
        let adds = |cell: &&String| {
            let folded = super::words::fold(cell);
            words.sides.get(&folded).is_some() || words.moments.get(&folded).is_some()
        };
        let filled: Vec<&String> = below.iter().filter(|cell| !cell.is_empty()).collect();
        let is_header = below.get(date).is_some_and(String::is_empty)
            && filled.len() > 1
            && filled.iter().all(adds);
        if !is_header {
            return None;
        }
        let mut name = String::new();
        let mut upper = Vec::with_capacity(self.written.len());
        for (written, below) in self.written.iter().zip(below) {
            if !written.is_empty() {
                name.clone_from(written);
            }
            upper.push(if below.is_empty() {
                written.clone()
            } else {
                name.clone()
            });
        }
        let header = Header::of(*line, self.delimiter, joined(&upper, below), words);
        Some(Header {
            above: self.above,
            is_double: true,
            ..header
        })
    }

    fn has(&self, is_so: impl Fn(&Meaning) -> bool) -> bool {
        self.names.iter().any(|name| is_so(&name.meaning))
    }

    /// Whether there is a column for the date and one for ratings or the weekly questions, by name or because the runner says so.
    fn is_complete(&self, options: &Options) -> bool {
        let named = |role: &str| {
            options
                .columns
                .iter()
                .any(|column| column.role == role && self.index_of(&column.name).is_some())
        };
        let date = self
            .has(|meaning| matches!(meaning, Meaning::Is(Column::Date, _) | Meaning::Stamp))
            || DateParts::of(&self.names).is_some();
        let bare = self.names.iter().filter(
            |name| matches!(name.meaning, Meaning::Rating(r) if r.sure == Sure::BareMoment),
        );
        let rated = self
            .has(|meaning| matches!(meaning, Meaning::Rating(r) if r.sure > Sure::BareMoment))
            || bare.count() > 1
            || self.has(|meaning| {
                matches!(
                    meaning,
                    Meaning::Is(
                        Column::Ostrc1 | Column::Ostrc2 | Column::Ostrc3 | Column::Ostrc4,
                        _
                    )
                )
            })
            || self.loose_ostrc() > 1;
        (date || named("date")) && (rated || named("pain") || named("any_pain"))
    }

    /// How many of the four questions have names that mean other things elsewhere.
    fn loose_ostrc(&self) -> usize {
        self.names
            .iter()
            .filter(|name| matches!(name.meaning, Meaning::LooseOstrc(_)))
            .count()
    }

    /// The field of a column that the runner names, as written or in other capitals.
    fn index_of(&self, name: &str) -> Option<usize> {
        let exact = self.written.iter().position(|written| written == name);
        exact.or_else(|| {
            self.written
                .iter()
                .position(|written| super::words::fold(written) == super::words::fold(name))
        })
    }

    /// How many columns are known, then how many there are.
    fn known(&self) -> (usize, usize) {
        let known = self
            .names
            .iter()
            .filter(|name| name.meaning != Meaning::Unknown)
            .count();
        (known, self.written.len())
    }

    /// What is wrong with a first row that is no header.
    fn fault(&self, options: &Options) -> HeaderFault {
        if let Some(fault) = self.app() {
            return fault;
        }
        let days: Vec<&String> = self
            .written
            .iter()
            .filter(|name| take_apart(name).is_ok())
            .collect();
        if let [example, _, _, ..] = days.as_slice() {
            return HeaderFault::Transposed {
                example: clipped(example),
            };
        }
        let found = self.found();
        if let Some(column) = options
            .columns
            .iter()
            .find(|column| self.index_of(&column.name).is_none())
        {
            return HeaderFault::NoSuchColumn {
                role: column.role,
                name: clipped(&column.name),
                found,
            };
        }
        let date =
            self.has(|meaning| matches!(meaning, Meaning::Is(Column::Date, _) | Meaning::Stamp));
        let left = self.people_as_columns();
        if date {
            HeaderFault::no_pain(found, left)
        } else {
            HeaderFault::no_date(found, left)
        }
    }

    /// What to say of a header of a known app's export that is no pain log.
    fn app(&self) -> Option<HeaderFault> {
        let folded: Vec<String> = self.names.iter().map(|name| name.folded.clone()).collect();
        apps::app(&folded)
    }

    /// A sentence for a table with a column for each person: a day and names that mean nothing here.
    fn people_as_columns(&self) -> String {
        // Names of people or of their numbers: TeamA-01.
        let is_unknown = |name: &&Name| {
            name.meaning == Meaning::Unknown && name.folded.contains(|c: char| c.is_ascii_digit())
        };
        let unknown = self.names.iter().filter(is_unknown).count();
        if unknown < 2
            || unknown + 1
                < self
                    .names
                    .iter()
                    .filter(|name| !name.folded.is_empty())
                    .count()
        {
            return String::new();
        }
        " Its columns name no part of the body; a column for each person is not read.".to_string()
    }

    fn found(&self) -> String {
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

/// The first rows that hold something, with their lines, and the line of a quote that does not close before the first of them.
fn first_rows(text: &str, delimiter: u8) -> (Vec<(u64, Vec<String>)>, Option<u64>) {
    let mut rows = Vec::new();
    for record in Records::new(text, delimiter) {
        match record {
            Ok(record) if record.is_blank() => {}
            Ok(record) => rows.push((
                record.line,
                record.fields.iter().map(|f| f.trim().to_string()).collect(),
            )),
            Err(OpenQuote { line }) => return (rows, Some(line)),
        }
        if rows.len() == HEADER_WITHIN {
            break;
        }
    }
    (rows, None)
}

/// The upper row of a header with a side, place or moment carried over the blank cells behind it, as merged cells leave them.
fn carried(upper: &[String], lower: &[String], words: &Vocabulary) -> Vec<String> {
    let mut above = String::new();
    let carried = upper.iter().zip(lower).map(|(cell, below)| {
        if !cell.is_empty() {
            let folded = super::words::fold(cell);
            let is_shared = words.sides.get(&folded).is_some()
                || words.moments.get(&folded).is_some()
                || words.place(cell).is_known;
            above = if is_shared {
                cell.clone()
            } else {
                String::new()
            };
        }
        if cell.is_empty() && !below.is_empty() {
            above.clone()
        } else {
            cell.clone()
        }
    });
    carried.collect()
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

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
