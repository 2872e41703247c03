//! Who took part, and who was left out on the way.

use super::{
    block::{Block, Line, Section},
    pictures,
};
use crate::{epidemiology::Flow, report::charts::Charts, units::counted};

/// The picture of it.
pub(super) const PICTURE: &str = "flow";

/// None where nobody is there.
pub(super) fn section(flow: &Flow, charts: &Charts) -> Option<Section> {
    let picture = charts.drawn.iter().find(|chart| chart.id == PICTURE)?;
    let steps = steps(flow).into_iter().map(Line::from);
    let blocks = Block::list(steps).into_iter();
    let blocks = blocks.chain([pictures::picture(picture)]).collect();
    Some(Section::new("who-took-part", "Who took part", blocks).named("Took part"))
}

/// From everybody to those who count, a line a step.
fn steps(flow: &Flow) -> Vec<String> {
    let all = counted(flow.assessed, "runner is", "runners are");
    let all = format!("{all} in the folder or in a table.");
    let left_out = flow.left_out.iter();
    let left_out = left_out.map(|one| format!("Left out: {}, {}.", one.runners, one.why.title()));
    let watched = format!(
        "{} counted in the study of injuries.",
        counted(flow.watched, "is", "are")
    );
    let tested = format!(
        "Of those {} in a test of load and pain.",
        counted(flow.tested, "takes part", "take part")
    );
    [all]
        .into_iter()
        .chain(left_out)
        .chain([watched, tested])
        .collect()
}
