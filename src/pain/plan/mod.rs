//! The plan of a log, made before any row is read: where the header stands, what separates cells, what each column is by its
//! name **and** its cells, which scale the ratings are on. What is ambiguous is refused in one line, never half read.

mod apps;
pub(super) mod columns;
mod decide;
mod header;
pub(super) mod names;
pub(super) mod parts;
mod people;
mod places;
mod short;
pub(super) mod survey;
pub(super) mod totals;

use super::{
    HeaderError, HeaderFault, Options, Place, Scale,
    records::{OpenQuote, Record, Records},
    words::Vocabulary,
};
pub(super) use apps::is_qualtrics;
use columns::Column;
use header::Header;
use names::{Meaning, Sure, TimeUnit};
use parts::{Above, DateParts};
use std::borrow::Cow;
use survey::six_digits;

/// A fault with the line it is told for.
pub(super) type Fault = (Option<u64>, HeaderFault);

/// Whether a file reads as a pain log, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resembles {
    /// It has a column for the day, and one that is certainly pain.
    Log,
    /// It has a column for the day, and one that may be pain.
    Perhaps,
    /// It has not.
    No,
}

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
        let plan = match apps::no_table(text) {
            Some(fault) => Err((None, fault)),
            None => Header::find(text, words, options)
                .and_then(|header| decide::decide(text, header, words, options)),
        };
        plan.map_err(|(line, fault)| HeaderError {
            place: place.to_string(),
            line,
            fault,
        })
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
        if let Some(parts) = self.date_parts {
            return Cow::Owned(parts.text(|index| record.cell(index), above));
        }
        above.is_whole = true;
        let date = self.index(Column::Date);
        Cow::Borrowed(date.map_or("", |date| record.cell(date)))
    }

    /// A date with the century that its year leaves out, where years come first.
    pub(super) fn with_century<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        let cell = cell.trim();
        if let (Some([first, second, year]), true) = (six_digits(cell), self.year_last) {
            return Cow::Owned(format!("{first:02}/{second:02}/20{year:02}"));
        }
        match self.year_first && begins_with_pair(cell) {
            true => Cow::Owned(format!("20{cell}")),
            false => Cow::Borrowed(cell),
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
        let part = self.date_parts.and_then(|parts| parts.part(index));
        part.map(|part| format!("date ({part})"))
            .or_else(|| self.read_as_one(index))
            .or_else(|| self.read_as_rating(index))
            .or_else(|| self.read_as_tick(index))
            .or_else(|| self.read_as_other(index))
    }

    fn read_as_one(&self, index: usize) -> Option<String> {
        let (column, _) = self.columns.iter().find(|(_, at)| *at == index)?;
        Some(column.name().to_string())
    }

    fn read_as_rating(&self, index: usize) -> Option<String> {
        let rating = self.ratings.iter().find(|rating| rating.index == index);
        rating.map(RatingColumn::text)
    }

    fn read_as_tick(&self, index: usize) -> Option<String> {
        let (_, (site, side)) = self.ticks.iter().find(|(at, _)| *at == index)?;
        Some(format!("ticked ({})", super::site_text(*site, *side)))
    }

    fn read_as_other(&self, index: usize) -> Option<String> {
        let person = self.athlete.as_ref().map(|(at, _)| *at);
        let others = [
            (self.any_pain, "any_pain"),
            (self.others, "others"),
            (person, "athlete"),
        ];
        let found = others.iter().find(|(at, _)| *at == Some(index));
        found.map(|(_, name)| name.to_string())
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
    match header_of_table(text, words).map(|header| header.has(is_certainly_pain)) {
        Some(true) => Resembles::Log,
        Some(false) => Resembles::Perhaps,
        None => Resembles::No,
    }
}

fn header_of_table(text: &str, words: &Vocabulary) -> Option<Header> {
    match apps::no_table(text) {
        Some(_) => None,
        None => Header::find(text, words, &Options::default()).ok(),
    }
}

fn is_certainly_pain(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Rating(rating)
        if rating.sure >= Sure::Question && rating.sure != Sure::General)
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

/// The names of a log's columns as written. Empty where there is no header.
pub(super) fn names_of(text: &str, words: &Vocabulary, options: &Options) -> Vec<String> {
    let header = Header::find(text, words, options);
    header.map_or_else(|_| Vec::new(), |header| header.written)
}

fn rows_below<'a>(
    text: &'a str,
    delimiter: u8,
    line: u64,
) -> impl Iterator<Item = Result<Record<'a>, OpenQuote>> + use<'a> {
    let is_data = move |record: &Record| record.line > line && !record.is_blank();
    Records::new(text, delimiter).filter(move |row| row.as_ref().map_or(true, is_data))
}

/// Whether a date of digits begins with two of them.
fn begins_with_pair(cell: &str) -> bool {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 || six_digits(cell).is_some()
}

impl RatingColumn {
    /// `pain`, `pain before the run`, `pain (left knee)`.
    fn text(&self) -> String {
        let place = self
            .place
            .map(|(site, side)| format!(" ({})", super::site_text(site, side)));
        let moment = self.moment.map(|moment| format!(" {}", moment.label()));
        let general = if self.general { " all over" } else { "" };
        let (place, moment) = (place.unwrap_or_default(), moment.unwrap_or_default());
        format!("pain{general}{moment}{place}")
    }
}
