//! The charts, each under what it says, and those that had nothing to show.

use super::block::{Block, Line, Section};
use crate::report::charts::{Chart, Charts};

/// The section.
pub(super) fn section(charts: &Charts) -> Section {
    let drawn =
        charts.drawn.iter().map(|chart| Block::Part(Section::untargeted(chart.title.as_str(), vec![picture(chart)])));
    let left_out = charts.left_out.iter().map(|(title, why)| {
        let why = format!(" is not drawn: {}.", why.trim_end_matches('.'));
        Block::Paragraph(Line::new().emphasis(title).text(why))
    });
    Section::new("pictures", "Pictures", drawn.chain(left_out).collect())
}

/// A chart as a block.
pub(super) fn picture(chart: &Chart) -> Block {
    Block::Picture { file: format!("charts/{}", chart.file_name), alt: chart.alt.clone() }
}
