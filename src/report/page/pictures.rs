//! The charts, each under what it says, and those that had nothing to show.

use super::block::{Block, Line, Look, Picture, Section, Table};
use crate::{
    analysis::Analysis,
    report::charts::{self, Charts, Drawn},
    units::counted,
};

/// Charts that stand in sections of their own, and those whose days and weeks are drawn there already. All are files.
const ELSEWHERE: [&str; 6] = [
    "body",
    "timeline",
    "matrix",
    "wider-matrix",
    "weekly-distance",
    "pain-by-site",
];

/// The section.
pub(super) fn section(analysis: &Analysis, charts: &Charts) -> Section {
    let others = charts.drawn.iter();
    let others = others.filter(|chart| !ELSEWHERE.contains(&chart.id));
    let drawn = others.map(part);
    let blocks = drawn.chain(not_drawn(analysis, charts));
    Section::new("pictures", "Pictures", blocks.collect()).looking(Look::Deep(charts::FOLDER))
}

fn part(chart: &Drawn) -> Block {
    Block::Part(Section::untargeted(
        chart.title.as_str(),
        vec![picture(chart)],
    ))
}

/// What each picture lacked that is not drawn; where no run was read nearly all lack the same.
fn not_drawn(analysis: &Analysis, charts: &Charts) -> Vec<Block> {
    let left_out = &charts.left_out;
    if analysis.is_log_alone() {
        let count = counted(left_out.len(), "picture is", "pictures are");
        let said = format!("{count} not drawn: no run was read, or too little is logged.");
        return vec![Block::paragraph(said)];
    }
    let said = left_out
        .iter()
        .map(|(title, why)| self::left_out(title, why));
    said.collect()
}

fn left_out(title: &str, why: &str) -> Block {
    let why = format!(" is not drawn: {}.", why.trim_end_matches('.'));
    Block::Paragraph(Line::new().emphasis(title).text(why))
}

/// A chart as a block.
pub(super) fn picture(chart: &Drawn) -> Block {
    Block::Picture(of_chart(chart))
}

/// A chart whose numbers stand beside it.
pub(super) fn beside_its_numbers(chart: &Drawn) -> Block {
    Block::Picture(Picture {
        numbers: None,
        ..of_chart(chart)
    })
}

/// The same, to be put into another block.
pub(super) fn of_chart(chart: &Drawn) -> Picture {
    Picture {
        id: chart.id,
        file: chart.has_file.then(|| chart.path()),
        alt: chart.alt.clone(),
        numbers: chart.numbers().map(numbers),
    }
}

fn numbers(numbers: charts::Numbers) -> Table {
    let rows = numbers.rows.into_iter();
    Table {
        head: numbers.head,
        rows: rows
            .map(|cells| cells.into_iter().map(Line::from).collect())
            .collect(),
    }
}

/// The list of charts.
pub(in crate::report) fn table() -> Block {
    let row = |(file, shows, left_out): (String, &'static str, &'static str)| {
        vec![Line::new().code(file), shows.into(), left_out.into()]
    };
    Block::table(
        &["picture", "what it shows", "left out when"],
        charts::list().map(row),
    )
}
