//! Whose rows count: several people in one log are refused unless one is picked.

use super::Desk;
use crate::pain::{HeaderFault, plan::names::Meaning};
use crate::words::clipped;

/// Names that head columns of people, and of weekdays and titles of runs as well.
const ANY_NAME: &[&str] = &[
    "name", "nom", "nombre", "nome", "naam", "code", "no", "nr", "number", "member",
];

impl Desk<'_> {
    /// The column that names people, and the one whose rows count.
    pub(super) fn athlete(&mut self) -> Result<Option<(usize, String)>, HeaderFault> {
        if self.options.id.is_some() {
            return Ok(None);
        }
        let column = self.people_column();
        match (&self.options.athlete, column) {
            (None, None) => Ok(None),
            (None, Some(index)) => Err(self.several_people(index)),
            (Some(wanted), column) => self.picked(column, wanted).map(Some),
        }
    }

    /// The column of several people, by its name or else by its cells.
    fn people_column(&self) -> Option<usize> {
        // A column whose name says nothing counts where its cells give each day a row for each of a few names.
        let by_cells = self.people_by_cells.first().copied();
        self.people_by_name()
            .or(by_cells.filter(|index| !self.is_ignored(*index)))
    }

    fn people_by_name(&self) -> Option<usize> {
        self.all_of(|meaning| matches!(meaning, Meaning::Person | Meaning::RowNumber))
            .into_iter()
            .filter(|index| !self.is_ignored(*index))
            .find(|index| self.tells_people_apart(*index))
    }

    /// Whether a column holds several people: a name that comes back. One number for each row counts rows.
    fn tells_people_apart(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let is_counter = cells.distinct.len() == cells.filled && cells.filled > 2;
        let is_mail = cells.distinct.keys().all(|name| name.contains('@'));
        let is_number = self.meaning(index) == Meaning::RowNumber;
        cells.distinct.len() > 1
            && (self.is_named_as(index, "athlete")
                || (!is_counter && !self.is_title(index))
                || (is_mail && !is_number))
    }

    /// `Name` also heads weekdays and titles of runs: then no day has two of them.
    fn is_title(&self, index: usize) -> bool {
        ANY_NAME.contains(&self.folded(index)) && self.never_shared.contains(&index)
    }

    fn several_people(&self, index: usize) -> HeaderFault {
        let count = self.cells_of(index).distinct.len();
        let more = if count > 3 { ", …" } else { "" };
        HeaderFault::SeveralPeople {
            column: self.name(index),
            count,
            examples: self.people(index, 3) + more,
        }
    }

    /// The first names of a column, in one text.
    fn people(&self, index: usize, count: usize) -> String {
        let names = self.cells_of(index).distinct.keys().take(count);
        let names: Vec<String> = names.map(|name| clipped(name)).collect();
        names.join(", ")
    }

    fn picked(
        &mut self,
        column: Option<usize>,
        wanted: &str,
    ) -> Result<(usize, String), HeaderFault> {
        let column = column.or_else(|| self.first_of(|meaning| meaning == Meaning::Person));
        let name = column.and_then(|index| Some((index, self.person(index, wanted)?)));
        let Some((index, name)) = name else {
            return Err(self.no_such_person(column, wanted));
        };
        self.understood.push(format!(
            "Only the rows of {} in {} are read.",
            clipped(&name),
            self.name(index)
        ));
        Ok((index, name))
    }

    /// A name of a column, by whatever capitals it is asked for.
    fn person(&self, index: usize, wanted: &str) -> Option<String> {
        let wanted = wanted.trim().to_lowercase();
        let names = &self.cells_of(index).distinct;
        names
            .keys()
            .find(|name| name.to_lowercase() == wanted)
            .cloned()
    }

    fn no_such_person(&self, column: Option<usize>, wanted: &str) -> HeaderFault {
        HeaderFault::NoSuchPerson {
            wanted: clipped(wanted),
            column: self.people_there(column),
        }
    }

    fn people_there(&self, column: Option<usize>) -> String {
        match column {
            None => "no column of the log names people".to_string(),
            Some(index) => format!(
                "the column {} holds {}",
                self.name(index),
                self.people(index, 5)
            ),
        }
    }
}
