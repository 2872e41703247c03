//! The account exports that niggle reads, as a table over [`EXPORTS`].

use super::block::{Block, Line};
use crate::exports::{Basis, EXPORTS, Export};

/// The table of all exports.
pub(in crate::report) fn table() -> Block {
    Block::table(
        &[
            "service",
            "what to give",
            "what is used of it",
            "built from",
        ],
        EXPORTS.iter().map(row),
    )
}

fn row(export: &Export) -> Vec<Line> {
    let basis = match export.basis {
        Basis::RealFiles => "real exports",
        Basis::Documents => "public documentation only; never seen with a real file",
    };
    vec![
        export.service.into(),
        export.download.into(),
        export.reads.into(),
        basis.into(),
    ]
}
