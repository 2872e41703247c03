//! Running above, pain below: one picture, and how far back it goes is the reader's choice.

use super::{
    block::{Block, Line, Picture, Section},
    pictures,
};
use crate::report::charts::{Charts, Drawn, timeline};

/// The section, under what its shown view finds. None where nothing was run and nothing hurt.
pub(super) fn section(charts: &Charts) -> Option<Section> {
    let shown = timeline::VIEWS.into_iter();
    let shown: Vec<(&str, &Drawn)> = shown
        .filter_map(|(label, id)| Some((label, charts.get(id)?)))
        .collect();
    let first = *shown.first()?;
    let is_headed = |chart: &Drawn| chart.title == first.1.title;
    let mut views: Vec<(&str, Vec<Block>)> = shown
        .iter()
        .map(|(label, chart)| (*label, view(charts, (label, chart), is_headed(chart))))
        .collect();
    let title = match shown.iter().all(|(_, chart)| is_headed(chart)) {
        true => first.1.title.clone(),
        false => format!("{} ({})", first.1.title, first.0),
    };
    let blocks = match views.as_mut_slice() {
        [(_, only)] => std::mem::take(only),
        _ => vec![Block::Choice {
            name: "timeline",
            views,
        }],
    };
    Some(Section::new("timeline", title, blocks).named("Timeline"))
}

/// A picture, below what it finds where the heading says something else.
fn view(charts: &Charts, (label, chart): (&str, &Drawn), is_headed: bool) -> Vec<Block> {
    let found = Line::new().strong(format!("{label}:"));
    let found = found.text(format!(" {}.", chart.title));
    let found = (!is_headed).then_some(Block::Paragraph(found));
    let picture = Block::Picture(picture(charts, chart));
    found.into_iter().chain([picture]).collect()
}

/// Its picture; the one that is a chart of its own too has that one's file.
fn picture(charts: &Charts, chart: &Drawn) -> Picture {
    let is_same = |other: &&Drawn| (&other.title, &other.alt) == (&chart.title, &chart.alt);
    let file = charts.get(timeline::ID).filter(is_same);
    Picture {
        file: file.map(Drawn::path),
        ..pictures::of_chart(chart)
    }
}
