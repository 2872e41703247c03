//! The day's column: the day of the pain before the time at which a form was sent in.

use super::Desk;
use crate::pain::{
    HeaderFault,
    plan::{
        columns::Column,
        names::{Meaning, Own},
        parts::DateParts,
    },
};

/// The columns that can be the day's, by how they are called.
struct Candidates {
    named: Option<usize>,
    own: Vec<usize>,
    days: Vec<usize>,
    stamps: Vec<usize>,
}

impl Candidates {
    fn of(desk: &Desk) -> Self {
        let all = |wanted: Meaning| desk.all_of(|meaning| meaning == wanted);
        Candidates {
            named: desk.named_as("date"),
            own: all(Meaning::Is(Column::Date, Own::Own)),
            days: all(Meaning::Is(Column::Date, Own::Synonym)),
            stamps: all(Meaning::Stamp),
        }
    }

    /// The column that is called best, whatever its cells are.
    fn first(&self) -> Option<usize> {
        let mut all = self.own.iter().chain(&self.days).chain(&self.stamps);
        all.next().copied()
    }
}

impl Desk<'_> {
    pub(super) fn date(&mut self) -> Result<usize, HeaderFault> {
        let all = Candidates::of(self);
        if let ([first, second, ..], None) = (all.own.as_slice(), all.named) {
            return Err(self.doubled("date", *first, *second));
        }
        let whole = self.first_dated(all.own.iter().chain(&all.days));
        let parts = self.used_parts(whole.or(all.named));
        let day = whole.or(parts.map(|(parts, _)| parts.day));
        if let (Some(day), None) = (whole, all.named) {
            self.check_rival(day, &all)?;
        }
        let stamp = self.first_dated(all.stamps.iter());
        let chosen = all.named.or(day).or(stamp).or(all.first());
        let Some(chosen) = chosen else {
            return Err(HeaderFault::no_date(self.header.found(), String::new()));
        };
        self.date_parts = parts;
        self.tell_of_stamp(chosen, stamp);
        Ok(chosen)
    }

    fn first_dated<'i>(&self, mut columns: impl Iterator<Item = &'i usize>) -> Option<usize> {
        columns
            .find(|index| self.cells_of(**index).dates > 0)
            .copied()
    }

    /// A day in three columns counts where no column holds whole days.
    fn used_parts(&self, whole: Option<usize>) -> Option<(DateParts, usize)> {
        self.date_parts
            .filter(|(_, dated)| *dated > 0 && whole.is_none())
    }

    /// Two columns of days by names that people use are ambiguous.
    fn check_rival(&self, day: usize, all: &Candidates) -> Result<(), HeaderFault> {
        match self.rival(day, all) {
            Some(rival) => Err(self.doubled("date", day, rival)),
            None => Ok(()),
        }
    }

    /// Another column of days by such a name; a column by niggle's own name has none.
    fn rival(&self, day: usize, all: &Candidates) -> Option<usize> {
        let others = all.days.iter().filter(|other| **other != day);
        self.first_dated(others).filter(|_| !all.own.contains(&day))
    }

    fn tell_of_stamp(&mut self, chosen: usize, stamp: Option<usize>) {
        if let Some(stamp) = stamp.filter(|stamp| *stamp != chosen) {
            let (day, stamp) = (self.name(chosen), self.name(stamp));
            self.understood.push(format!(
                "The day is {day}; {stamp}, when the row was sent in, is not read."
            ));
        }
    }

    pub(super) fn begins_with_year(&self, date: usize) -> bool {
        self.cells_of(date).begins_with_year()
    }

    pub(super) fn ends_with_year(&self, date: usize) -> bool {
        !self.begins_with_year(date) && self.cells_of(date).ends_with_year()
    }
}
