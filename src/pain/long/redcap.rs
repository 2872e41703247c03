//! What REDCap writes beside the answers: whose form it is, of which event and which repetition, and whether it is complete.

use crate::text::fold::fold;

/// Columns of every long export, folded.
const OWN: &[&str] = &[
    "redcap event name",
    "redcap repeat instrument",
    "redcap repeat instance",
    "redcap data access group",
    "redcap survey identifier",
];

/// Whether a column is about the row and no answer: it is neither a place nor searched for signs.
pub(super) fn is_its_own(name: &str) -> bool {
    OWN.contains(&fold(name).as_str())
}
