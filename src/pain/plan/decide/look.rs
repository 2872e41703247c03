//! One pass over all rows: the cells of every column whose name leaves something open.

use super::{Desk, is_site};
use crate::pain::{
    HeaderFault, Site,
    dates::take_apart,
    plan::{
        Fault, apps, columns::Column, names::Meaning, parts::Above, people::People, rows_below,
        survey::Look, totals::is_total,
    },
    records::Record,
    words::fold,
};
use std::borrow::Cow;

/// So many different places tell the language of a log.
const SITE_WORDS: usize = 50;

/// What the pass looks at, and what it carries from row to row.
struct Pass {
    looks: Vec<Look>,
    site: Option<usize>,
    pain: Option<usize>,
    date: Option<usize>,
    above: Above,
    people: Vec<(usize, People)>,
}

impl Pass {
    fn of(desk: &Desk) -> Self {
        let columns = 0..desk.header.names.len();
        let date = desk.first_of(|meaning| matches!(meaning, Meaning::Is(Column::Date, _)));
        Pass {
            looks: columns.map(|index| desk.look_for(index)).collect(),
            site: desk.first_of(is_site),
            pain: desk.first_of(|meaning| matches!(meaning, Meaning::Rating(r) if r.is_plain())),
            date: date.or(desk.first_of(|meaning| meaning == Meaning::Stamp)),
            above: Above::default(),
            people: people_of(desk),
        }
    }

    /// A total is on no scale.
    fn passes_over(&self, record: &Record) -> bool {
        self.date
            .is_some_and(|date| take_apart(record.cell(date)).is_err())
            && is_total(record)
    }
}

/// The columns that may tell people apart.
fn people_of(desk: &Desk) -> Vec<(usize, People)> {
    desk.all_of(|meaning| matches!(meaning, Meaning::Unknown | Meaning::Person))
        .into_iter()
        .map(|index| (index, People::default()))
        .collect()
}

impl Desk<'_> {
    pub(super) fn look(&mut self, text: &str) -> Result<(), Fault> {
        let mut pass = Pass::of(self);
        let most = self.options.most_rows();
        for (at, record) in rows_below(text, self.header.delimiter, self.header.line).enumerate() {
            let record = record.map_err(|open| (Some(open.line), HeaderFault::OpenQuote))?;
            if at >= most {
                return Err((None, HeaderFault::TooManyRows { limit: most }));
            }
            if !pass.passes_over(&record) {
                self.look_at_row(&record, &mut pass);
            }
        }
        self.site_among_ratings();
        self.tell_people_apart(pass.people);
        Ok(())
    }

    fn look_at_row(&mut self, record: &Record, pass: &mut Pass) {
        for (index, (cells, look)) in self.cells.iter_mut().zip(&pass.looks).enumerate() {
            cells.add(record.cell(index), *look, self.words);
        }
        if let Some(site) = pass.site {
            self.look_at_site(record.cell(site), pass.pain.map(|pain| record.cell(pain)));
        }
        let day = self.day(record, pass);
        for (index, people) in &mut pass.people {
            people.add(&day, record.cell(*index));
        }
        if record.line <= self.header.line + 3 {
            self.is_qualtrics |= apps::is_qualtrics(record);
        }
    }

    /// The word of a site, and whether one that says "nowhere" stands beside a 1.
    fn look_at_site(&mut self, site: &str, pain: Option<&str>) {
        if self.site_words.len() < SITE_WORDS {
            self.site_words.insert(fold(site));
        }
        if let Some(pain) = pain
            && self.words.sites.get_cell(site) == Some(Site::None)
        {
            match pain.trim() {
                "1" => self.nowhere.0 += 1,
                "" => {}
                _ => self.nowhere.1 += 1,
            }
        }
    }

    /// The day of a row, which may stand in three columns.
    fn day<'r>(&mut self, record: &'r Record, pass: &mut Pass) -> Cow<'r, str> {
        if let Some((parts, dated)) = &mut self.date_parts {
            let whole = parts.text(|index| record.cell(index), &mut pass.above);
            if take_apart(&whole).is_ok() {
                *dated += 1;
                return Cow::Owned(whole);
            }
        }
        Cow::Borrowed(pass.date.map_or("", |date| record.cell(date)))
    }

    /// Keeps which columns cannot hold people, and which do though their name says nothing.
    fn tell_people_apart(&mut self, people: Vec<(usize, People)>) {
        let never_shared = people.iter().filter(|(_, people)| !people.shares_days());
        self.never_shared = never_shared.map(|(index, _)| *index).collect();
        for (index, people) in people {
            if self.meaning(index) == Meaning::Unknown && people.tells_apart(self.words) {
                self.people_by_cells.push(index);
                if let Some(cells) = self.cells.get_mut(index) {
                    cells.distinct = people.names().map(|name| (name.to_string(), 1)).collect();
                }
            }
        }
    }

    fn look_for(&self, index: usize) -> Look {
        match self.meaning(index) {
            Meaning::Is(Column::Date, _) | Meaning::Stamp => Look::Dates,
            Meaning::Person | Meaning::RowNumber | Meaning::Is(Column::Side, _) => Look::Distinct,
            Meaning::Rating(_) | Meaning::LooseOstrc(_) | Meaning::Others => Look::Values,
            Meaning::Is(column, _) if is_number_column(column) => Look::Values,
            _ if self.is_named_as(index, "any_pain") => Look::Values,
            Meaning::Unknown if !self.is_ignored(index) => Look::Unknown,
            _ => Look::Not,
        }
    }
}

fn is_number_column(column: Column) -> bool {
    matches!(column, Column::SleepHours | Column::SleepQuality) || column.is_ostrc()
}
