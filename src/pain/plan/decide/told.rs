//! What a log is refused for as a whole, and what its reader is told beside what was decided.

use super::Desk;
use crate::pain::{
    HeaderFault,
    plan::{
        Header, Plan, RatingColumn,
        columns::Column,
        names::{Meaning, Name, Sure},
        survey::Cells,
    },
};

/// The languages in which notes are searched.
const SEARCHED: &str = "English, German, French, Spanish, Italian, Portuguese and Dutch";

impl Desk<'_> {
    /// An export of an app is refused by name, unless the runner says what its columns are.
    pub(super) fn check_export(&self) -> Result<(), HeaderFault> {
        match self.export() {
            Some(fault) if !self.options.names_columns() => Err(fault),
            _ => Ok(()),
        }
    }

    /// What to say of an export of an app.
    fn export(&self) -> Option<HeaderFault> {
        if self.is_qualtrics {
            return Some(HeaderFault::App {
                app: "a Qualtrics export",
                why: "its questions are called Q1, Q2 … and their texts stand in the rows below the header",
            });
        }
        self.header.app().filter(|_| !self.names_pain())
    }

    /// Whether a column is certainly about pain.
    fn names_pain(&self) -> bool {
        self.first_of(
            |meaning| matches!(meaning, Meaning::Rating(rating) if rating.sure >= Sure::Question),
        )
        .is_some()
    }

    /// What is wrong with a log that rates nothing.
    pub(super) fn no_ratings(&self, any_pain: Option<usize>) -> HeaderFault {
        if let Some(index) = any_pain {
            return HeaderFault::YesNo {
                column: self.name(index),
            };
        }
        let no_pain = || HeaderFault::no_pain(self.header.found(), self.first_left());
        self.header.app().unwrap_or_else(no_pain)
    }

    fn first_left(&self) -> String {
        let sentences = self.left.iter().take(3).map(|(_, sentence)| sentence);
        sentences.map(|sentence| format!(" {sentence}")).collect()
    }

    pub(super) fn say_where_the_header_is(&mut self) {
        let Header {
            line,
            above,
            is_double,
            ..
        } = self.header;
        if is_double {
            self.understood.push(format!(
                "The header is two rows, the second in line {line}."
            ));
        } else if above > 0 {
            self.understood.push(format!(
                "The header stands in line {line}; what stands above it is not read."
            ));
        }
    }

    /// Numbers that nobody reads, beside columns of places or without a name, may be pain: that is told.
    pub(super) fn tell_of_unread_numbers(
        &mut self,
        ratings: &[RatingColumn],
        columns: &[(Column, usize)],
    ) {
        let placed = ratings.iter().filter(|column| column.place.is_some());
        let is_wide = placed.count() > 1;
        let unread: Vec<String> = self
            .all_of(|meaning| meaning == Meaning::Unknown)
            .into_iter()
            .filter(|index| columns.iter().all(|(_, used)| used != index))
            .filter(|index| are_like_ratings(self.cells_of(*index)))
            .filter(|index| is_wide || self.name(*index).is_empty())
            .map(|index| self.name_or_number(index))
            .collect();
        if !unread.is_empty() {
            self.remarks.push(format!(
                "Numbers from 0 to 10 in {} were not read: if they rate pain, give the column a name that says where, or say --column pain=NAME.",
                unread.join(", ")
            ));
        }
    }

    fn name_or_number(&self, index: usize) -> String {
        match self.name(index) {
            name if name.is_empty() => format!("column {}", index + 1),
            name => name,
        }
    }

    /// Notes in a language that is not searched.
    pub(super) fn foreign_notes(&self, plan: &Plan) -> Option<String> {
        let is_searched = plan.index(Column::Notes).is_some() || !plan.searched.is_empty();
        let is_foreign = is_searched && self.header.names.iter().any(Name::is_foreign);
        is_foreign.then(|| format!("The notes are in a language that niggle does not search for signs ({SEARCHED} are)."))
    }

    /// Why columns were not taken for pain that nothing else took.
    pub(super) fn not_taken(&self, plan: &Plan) -> Vec<String> {
        self.left
            .iter()
            .filter(|(index, _)| plan.read_as(*index).is_none())
            .map(|(_, reason)| reason.clone())
            .collect()
    }
}

fn are_like_ratings(cells: &Cells) -> bool {
    cells.numbers > 2 && cells.above_ten + cells.beyond + cells.text == 0
}
