//! Rows that have more or fewer cells than the header.
//!
//! Spreadsheets and people leave the separators of blank cells at the end of a row away: such cells count as blank. A row that ends before
//! its rating may be half of one, and is told.

use super::{RowFault, RowReader, unusable};
use crate::pain::records::{MAX_FIELDS, Record};
use std::borrow::Cow;

impl RowReader<'_> {
    /// The row, with a note that its own commas took apart put together again where it is the last column.
    ///
    /// Cells beyond the header are fine when blank: some programs end every row with a delimiter.
    pub(super) fn with_whole_note<'r, 't>(
        &self,
        record: &'r Record<'t>,
    ) -> Result<Cow<'r, Record<'t>>, RowFault> {
        let (found, expected) = (record.fields.len(), self.plan.names.len());
        let can_be_joined = (expected..MAX_FIELDS).contains(&found);
        if let Some(notes) = self.plan.notes_at_end().filter(|_| can_be_joined) {
            let joined = self.joined(record, notes);
            return Ok(joined.map_or(Cow::Borrowed(record), Cow::Owned));
        }
        let beyond = record.fields.get(expected..).unwrap_or_default();
        let is_cut = found < expected && !self.is_rated(record);
        if is_cut || beyond.iter().any(|field| is_text(field)) {
            return Err(wrong_length(found, expected));
        }
        Ok(Cow::Borrowed(record))
    }

    /// Whether the cells that are there hold a rating.
    fn is_rated(&self, record: &Record) -> bool {
        let ratings = self.plan.ratings.iter();
        let mut cells = ratings.filter_map(|column| record.fields.get(column.index));
        cells.any(|cell| is_text(cell))
    }

    /// The row without the cells behind its note, which are part of it; None where they are blank.
    fn joined<'t>(&self, record: &Record<'t>, notes: usize) -> Option<Record<'t>> {
        let delimiter = char::from(self.plan.delimiter).to_string();
        let last = record.fields.iter().rposition(|field| is_text(field))?;
        let note = record.fields.get(notes..=last)?;
        if note.len() < 2 {
            return None;
        }
        let mut fields = record.fields.get(..notes)?.to_vec();
        fields.push(Cow::Owned(note.join(&delimiter)));
        Some(Record {
            line: record.line,
            raw: record.raw,
            fields,
        })
    }
}

fn is_text(field: &str) -> bool {
    !field.trim().is_empty()
}

fn wrong_length(found: usize, expected: usize) -> RowFault {
    let cells = if found == 1 { "cell" } else { "cells" };
    let found = format!("has {found} {cells}, the header {expected}");
    unusable("the row", "", found)
}
