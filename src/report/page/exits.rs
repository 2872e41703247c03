//! Exit codes as a table, for the README.

use super::block::{Block, Line};
use crate::exit::Exit;

/// Every code, and when a command ends with it.
pub(in crate::report) fn table() -> Block {
    let rows = Exit::ALL.iter();
    let rows = rows.map(|exit| vec![exit.code().to_string().into(), when(exit.when())]);
    Block::table(&["exit code", "when"], rows)
}

/// With the option in marks.
fn when(text: &str) -> Line {
    match text.split_once(':') {
        Some((option, rest)) if option.starts_with("--") => {
            Line::new().code(option).text(format!(":{rest}"))
        }
        _ => text.into(),
    }
}
