//! The entries of a list, one by one.

use super::{entry::Entry, fault::Fault, notes::Notes};
use crate::text::json::Piece;

/// Most entries read of one list.
const ENTRIES_MAX: usize = 100_000;

/// Every object of a document's lists, numbered through; what is none is counted. The last, if the file ends in it, is left out without
/// a word: [`super::file::early_end`] tells of it.
pub(in crate::exports) fn entries<'t>(
    list: impl Iterator<Item = Piece<'t>>,
    notes: &mut Notes,
    mut take: impl FnMut(&mut Notes, &Entry<'t>),
) {
    for (index, piece) in list.enumerate() {
        let number = index + 1;
        if number > ENTRIES_MAX {
            return notes.add(Fault::TooMany, number, &format!("more than {ENTRIES_MAX}"));
        }
        match Entry::of(piece, number).filter(|_| !piece.is_cut) {
            Some(entry) => take(notes, &entry),
            None if piece.is_cut || piece.bytes == b"{}" => {}
            None => notes.add(Fault::Unreadable, number, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::number::Number;

    #[test]
    fn broken_entries_cost_themselves() {
        let mut notes = Notes::new("entry");
        let mut seen = Vec::new();
        let text = br#"[{"a": 1}, 5, {}, {"a": }, {"a": 2}, {"a": 3"#;
        entries(Piece::document(text).items(), &mut notes, |_, entry| {
            seen.push((entry.number, entry.number("a")))
        });
        assert_eq!(
            seen,
            [
                (1, Number::Value(1.0)),
                (4, Number::Missing),
                (5, Number::Value(2.0))
            ]
        );
        let problems = notes.problems();
        assert_eq!((problems.len(), problems[0].place.as_str()), (1, "entry 2"));
    }
}
