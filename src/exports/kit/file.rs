//! Files as a whole: what they are told by, and where they end too early.

use super::notes::Notes;
use crate::{
    exports::facts::Facts,
    problem::{Code, Effect, Problem},
    text::json::Piece,
};
use memchr::memmem;

/// The beginning of a JSON text; None: it is none.
pub(in crate::exports) fn is_json(bytes: &[u8]) -> bool {
    let head = Piece::document(bytes.get(..64).unwrap_or(bytes));
    head.is_array() || head.is_object()
}

/// Whether every `"key"` occurs with a colon behind it.
pub(in crate::exports) fn has_keys(head: &[u8], keys: &[&str]) -> bool {
    keys.iter().all(|key| has_key(head, key))
}

/// Whether `"key"` occurs with a colon behind it.
pub(in crate::exports) fn has_key(head: &[u8], key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    memmem::find_iter(head, &quoted).any(|at| {
        head.get(at + quoted.len()..)
            .is_some_and(|rest| rest.trim_ascii_start().first() == Some(&b':'))
    })
}

/// What a JSON file says and what is wrong with it, its end included.
pub(in crate::exports) fn said(
    document: Piece,
    facts: Facts,
    notes: &Notes,
) -> (Facts, Vec<Problem>) {
    let mut problems = notes.problems();
    problems.extend(early_end(document));
    if facts == Facts::default() {
        problems.iter_mut().for_each(note_total_loss);
    }
    (facts, problems)
}

/// That the text ends before its brackets do.
pub(in crate::exports) fn early_end(document: Piece) -> Option<Problem> {
    let at = document.imbalance()?;
    let detail = if at == document.bytes.len() {
        "the file ends too early"
    } else {
        "the file's lists end too early"
    };
    Some(Problem::new(
        Code::ExportDamaged,
        Effect::PartLost,
        format!("byte {at}"),
        detail,
        "What is whole before was used.",
    ))
}

/// Where nothing is left of a file, the loss of a part is that of all.
pub(in crate::exports) fn note_total_loss(problem: &mut Problem) {
    if problem.effect == Effect::PartLost {
        problem.effect = Effect::Failed;
    }
}
