//! From names and cells to a plan: each question a log leaves open is answered from the whole column, or refused.

mod answers;
mod athlete;
mod date;
mod look;
mod ratings;
mod scale;
mod sleep;
mod told;

use super::{
    Fault, Header, Plan,
    columns::{COLUMNS, Column},
    names::{Meaning, Name, Own, Rating, Sure},
    parts::DateParts,
    survey::Cells,
};
use crate::pain::{HeaderFault, Options, Place, words::Vocabulary};
use crate::words::clipped;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem::take,
    sync::LazyLock,
};

/// Decides everything about a log whose header is found.
pub(super) fn decide(
    text: &str,
    header: Header,
    words: &Vocabulary,
    options: &Options,
) -> Result<Plan, Fault> {
    let line = Some(header.line);
    let mut desk = Desk::new(header, words, options).map_err(|fault| (line, fault))?;
    desk.look(text)?;
    desk.decide().map_err(|fault| (line, fault))
}

/// Everything a decision looks at.
pub(super) struct Desk<'a> {
    pub(super) header: Header,
    words: &'a Vocabulary,
    options: &'a Options,
    /// What the runner says columns are.
    named: BTreeMap<usize, &'static str>,
    cells: Vec<Cells>,
    /// Different cells of the site column, folded, a few: they tell its language.
    pub(super) site_words: BTreeSet<String>,
    /// Rows whose site says that nothing hurts, by the rating beside it: how many are 1, and how many are not.
    nowhere: (usize, usize),
    is_qualtrics: bool,
    /// The columns of year, month and day, and in how many rows they are a date.
    date_parts: Option<(DateParts, usize)>,
    pub(super) understood: Vec<String>,
    pub(super) remarks: Vec<String>,
    /// Columns that could have been taken for pain and were not, with the reason.
    left: Vec<(usize, String)>,
    /// Columns of places that are ticked where it hurts.
    pub(super) ticks: Vec<(usize, Place)>,
    /// Columns without a meaning that give each day a row for each of a few names.
    people_by_cells: Vec<usize>,
    /// Columns in which no day has two names.
    never_shared: Vec<usize>,
}

impl<'a> Desk<'a> {
    fn new(
        header: Header,
        words: &'a Vocabulary,
        options: &'a Options,
    ) -> Result<Self, HeaderFault> {
        let named = named_columns(&header, options)?;
        let cells = vec![Cells::default(); header.names.len()];
        let date_parts = DateParts::of(&header.names).map(|parts| (parts, 0));
        Ok(Desk {
            header,
            words,
            options,
            named,
            cells,
            site_words: BTreeSet::new(),
            nowhere: (0, 0),
            is_qualtrics: false,
            date_parts,
            understood: Vec::new(),
            remarks: Vec::new(),
            left: Vec::new(),
            ticks: Vec::new(),
            people_by_cells: Vec::new(),
            never_shared: Vec::new(),
        })
    }

    fn decide(mut self) -> Result<Plan, HeaderFault> {
        self.check_export()?;
        let athlete = self.athlete()?;
        let date = self.date()?;
        let mut columns = self.columns(date)?;
        let (ratings, any_pain) = self.ratings()?;
        // What is told, is told in the order in which it was decided.
        let places_in = self.places_in(&ratings, &columns);
        let left_letter = self.left_letter(&columns);
        self.tell_of_open_letters(&ratings);
        self.ostrc_columns(&mut columns);
        if ratings.is_empty() && !asks_ostrc(&columns) {
            return Err(self.no_ratings(any_pain));
        }
        let sleep = self.sleep(&mut columns);
        columns.sort_unstable();
        self.say_where_the_header_is();
        self.tell_of_unread_numbers(&ratings, &columns);
        let mut plan = Plan {
            line: self.header.line,
            delimiter: self.header.delimiter,
            columns,
            ratings,
            any_pain,
            date_parts: self.date_parts.map(|(parts, _)| parts),
            places_in,
            left_letter,
            year_first: self.begins_with_year(date),
            year_last: self.ends_with_year(date),
            others: self.others(),
            athlete,
            searched: Vec::new(),
            sleep,
            names: take(&mut self.header.written),
            ticks: take(&mut self.ticks),
            understood: take(&mut self.understood),
            remarks: take(&mut self.remarks),
        };
        self.tell_of_the_rest(&mut plan);
        Ok(plan)
    }

    /// What nothing has taken is known only when all is decided.
    fn tell_of_the_rest(&self, plan: &mut Plan) {
        plan.searched = self.searched(plan);
        plan.remarks.extend(self.foreign_notes(plan));
        plan.understood.extend(self.not_taken(plan));
    }

    pub(super) fn name(&self, index: usize) -> String {
        self.header
            .written
            .get(index)
            .map_or_else(String::new, |name| clipped(name))
    }

    /// The names of columns, one after the other.
    pub(super) fn names(&self, indices: impl Iterator<Item = usize>) -> Vec<String> {
        indices.map(|index| self.name(index)).collect()
    }

    fn read_name(&self, index: usize) -> Option<&Name> {
        self.header.names.get(index)
    }

    fn folded(&self, index: usize) -> &str {
        self.read_name(index)
            .map_or("", |name| name.folded.as_str())
    }

    /// Whether the runner says what a column is.
    pub(super) fn is_named(&self, index: usize) -> bool {
        self.named.contains_key(&index)
    }

    fn is_named_as(&self, index: usize, role: &str) -> bool {
        self.named.get(&index).is_some_and(|known| *known == role)
    }

    fn is_ignored(&self, index: usize) -> bool {
        self.is_named_as(index, "ignore")
    }

    /// The column of which the runner says that it is this.
    fn named_as(&self, role: &str) -> Option<usize> {
        self.named
            .iter()
            .find(|(_, known)| **known == role)
            .map(|(index, _)| *index)
    }

    /// What a column may hold, the runner's word first.
    fn meaning(&self, index: usize) -> Meaning {
        let by_name = self
            .read_name(index)
            .map_or(Meaning::Unknown, |name| name.meaning);
        match self.named.get(&index) {
            None => by_name,
            Some(role) => meaning_of_role(role, by_name),
        }
    }

    pub(super) fn first_of(&self, is_so: impl Fn(Meaning) -> bool) -> Option<usize> {
        (0..self.header.names.len()).find(|index| is_so(self.meaning(*index)))
    }

    pub(super) fn all_of(&self, is_so: impl Fn(Meaning) -> bool) -> Vec<usize> {
        (0..self.header.names.len())
            .filter(|index| is_so(self.meaning(*index)))
            .collect()
    }

    pub(super) fn has_site(&self) -> bool {
        self.first_of(is_site).is_some()
    }

    pub(super) fn cells_of(&self, index: usize) -> &Cells {
        static NONE: LazyLock<Cells> = LazyLock::new(Cells::default);
        self.cells.get(index).unwrap_or(&NONE)
    }

    fn doubled(&self, meaning: &'static str, first: usize, second: usize) -> HeaderFault {
        HeaderFault::DoubledColumn {
            meaning,
            first: self.name(first),
            second: self.name(second),
        }
    }

    fn columns(&mut self, date: usize) -> Result<Vec<(Column, usize)>, HeaderFault> {
        let mut columns = self.plain_columns()?;
        columns.push((Column::Date, date));
        self.site_by_cells(&mut columns);
        Ok(columns)
    }

    /// Columns of niggle's own log by name, left to right, its own names first.
    fn plain_columns(&self) -> Result<Vec<(Column, usize)>, HeaderFault> {
        let mut columns = Vec::new();
        for (column, ..) in COLUMNS
            .iter()
            .filter(|(column, ..)| *column != Column::Date)
        {
            let index = self.plain_column(*column)?;
            columns.extend(index.map(|index| (*column, index)));
        }
        Ok(columns)
    }

    /// The one field of a column. A known name twice is ambiguous.
    fn plain_column(&self, column: Column) -> Result<Option<usize>, HeaderFault> {
        let named = self.named_as(column.name());
        let own = self.all_of(|meaning| meaning == Meaning::Is(column, Own::Own));
        if let ([first, second, ..], None) = (own.as_slice(), named) {
            return Err(self.doubled(column.name(), *first, *second));
        }
        let synonym = self.first_of(|meaning| meaning == Meaning::Is(column, Own::Synonym));
        Ok(named.or(own.first().copied()).or(synonym))
    }

    /// A column without a meaning is the site where most of its cells are places, if no other is.
    fn site_by_cells(&mut self, columns: &mut Vec<(Column, usize)>) {
        if columns.iter().any(|(column, _)| *column == Column::Site) {
            return;
        }
        let is_site = |index: usize| {
            let cells = self.cells_of(index);
            cells.are_mostly_places() && cells.places >= 2 && cells.numbers == 0
        };
        let unknown = self.all_of(|meaning| meaning == Meaning::Unknown);
        if let Some(index) = unknown.into_iter().find(|index| is_site(*index)) {
            self.tell_of_site(index);
            columns.push((Column::Site, index));
        }
    }

    pub(super) fn tell_of_site(&mut self, index: usize) {
        self.understood.push(format!(
            "Column {} holds places, so it was taken for the site.",
            self.name(index)
        ));
    }

    /// The column of all other places, where it holds numbers: `others=0` declares them free.
    fn others(&self) -> Option<usize> {
        let index = self.first_of(|meaning| meaning == Meaning::Others)?;
        let cells = self.cells_of(index);
        (cells.filled == 0 || cells.zeros > 0).then_some(index)
    }

    /// Columns without a meaning whose text is searched for signs; not those of people, counters and times of sending.
    fn searched(&self, plan: &Plan) -> Vec<usize> {
        let can_be_searched =
            |index: &usize| !self.is_ignored(*index) && !self.is_of_no_use(*index);
        (0..plan.names.len())
            .filter(|index| plan.read_as(*index).is_none() && can_be_searched(index))
            .collect()
    }

    fn is_of_no_use(&self, index: usize) -> bool {
        matches!(
            self.read_name(index).map(|name| name.meaning),
            Some(Meaning::Person | Meaning::RowNumber | Meaning::Stamp)
        )
    }
}

/// The columns that the runner names, each with its role.
fn named_columns(
    header: &Header,
    options: &Options,
) -> Result<BTreeMap<usize, &'static str>, HeaderFault> {
    let mut named = BTreeMap::new();
    for column in &options.columns {
        let index = header
            .index_of(&column.name)
            .ok_or_else(|| header.no_such_column(column))?;
        named.insert(index, column.role);
    }
    Ok(named)
}

/// What a role makes of a column; a rating keeps the place and moment of its name.
fn meaning_of_role(role: &str, by_name: Meaning) -> Meaning {
    match role {
        "pain" => own_rating(by_name),
        "athlete" => Meaning::Person,
        "others" => Meaning::Others,
        "any_pain" | "ignore" => Meaning::Unknown,
        role => own_column(role),
    }
}

/// The column of niggle's own log that is called so.
fn own_column(name: &str) -> Meaning {
    match COLUMNS.iter().find(|(_, own, _)| *own == name) {
        Some((column, ..)) => Meaning::Is(*column, Own::Own),
        None => Meaning::Unknown,
    }
}

fn own_rating(by_name: Meaning) -> Meaning {
    let (place, moment) = match by_name {
        Meaning::Rating(rating) => (rating.place, rating.moment),
        _ => (None, None),
    };
    Meaning::Rating(Rating {
        sure: Sure::Own,
        place,
        moment,
    })
}

fn is_site(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Is(Column::Site, _))
}

fn asks_ostrc(columns: &[(Column, usize)]) -> bool {
    columns.iter().any(|(column, _)| column.is_ostrc())
}
