//! Running above, pain below: one picture, and how far back it goes is the reader's choice.

use super::{
    block::{Block, Section},
    pictures,
};
use crate::report::charts::{Charts, Drawn, timeline};

/// The section. None where nothing was run and nothing hurt.
pub(super) fn section(charts: &Charts) -> Option<Section> {
    let views = timeline::VIEWS.into_iter();
    let views: Vec<(&str, Vec<Block>)> = views
        .filter_map(|(label, id)| Some((label, view(charts.get(id)?))))
        .collect();
    (!views.is_empty()).then(|| {
        let choice = Block::Choice {
            name: "timeline",
            views,
        };
        Section::new("timeline", "Running above, pain below", vec![choice]).named("Timeline")
    })
}

/// What a view finds, over its picture.
fn view(chart: &Drawn) -> Vec<Block> {
    let found = Block::paragraph(format!("{}.", chart.title));
    vec![found, pictures::picture(chart)]
}
