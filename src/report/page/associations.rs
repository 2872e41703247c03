//! Load and pain together: what was tested, what came out, and the sentences that must be said.

use super::block::{Block, Line, Section, known};
use crate::{
    analysis::Analysis,
    associate::{self, Association},
    pain::{PainLog, site_text},
    units::{counted, number},
};

/// The section; with no pain log it says so.
pub(super) fn section(analysis: &Analysis) -> Section {
    let mut blocks = pairs(analysis);
    blocks.push(Block::paragraph("What must be said with it:"));
    blocks.extend(Block::list(must_be_said(analysis)));
    Section::new("load-and-pain-together", "Load and pain together", blocks)
}

/// What was tested and what came out, and what could not be tested.
fn pairs(analysis: &Analysis) -> Vec<Block> {
    let (tested, open): (Vec<&Association>, Vec<&Association>) =
        analysis.associations.iter().partition(|a| a.p.is_some());
    let mut blocks = match (open.is_empty(), tested.is_empty()) {
        (true, true) => vec![Block::paragraph(nothing_to_relate(&analysis.pain))],
        (false, true) => vec![Block::paragraph(TOO_FEW_DAYS)],
        (_, false) => came_out(&tested),
    };
    blocks.extend(not_tested(&open, tested.is_empty()));
    blocks
}

const TOO_FEW_DAYS: &str = "There are too few days to say whether load and pain go together; the table shows what is missing.";

/// The sentences, the numbers, and how to read them.
fn came_out(tested: &[&Association]) -> Vec<Block> {
    let sentences = tested.iter().map(|a| Line::from(associate::sentence(a)));
    let table = Block::table(&TESTED, tested.iter().map(|a| tested_row(a)));
    let mut blocks = vec![Block::paragraph(HOW_TO_READ)];
    blocks.extend(Block::list(sentences));
    blocks.extend([table, Block::paragraph(THE_COLUMNS)]);
    blocks
}

/// Why there is no pair at all.
fn nothing_to_relate(pain: &PainLog) -> &'static str {
    let highest = pain
        .entries
        .iter()
        .filter_map(|entry| entry.pain)
        .reduce(f64::max);
    match (&pain.place, highest) {
        (None, _) => "There is no pain log to set beside the load.",
        (_, None) => "The pain log has no rating yet, so there is nothing to set beside the load.",
        (_, Some(0.0)) => {
            "Every rating of the pain log is 0, so there is no pain to set beside the load."
        }
        _ => {
            "No limb and no lower back was rated above 0, so there is no place whose pain could be set beside the load."
        }
    }
}

/// For whom rho and q are new.
const HOW_TO_READ: &str = "How to read it: rho says how closely two things go together, from −1 (one high when the other is low) over \
                           0 (no link) to 1 (always high together). q is the share of false alarms to expect among links that are \
                           at least this clear: the smaller, the less it looks like chance.";

const THE_COLUMNS: &str = "rho is Spearman's rank correlation; the range is its 95 % interval with the effective number of days, which \
                           counts days that resemble their neighbours for less; p is exact, by shifting the load along the calendar \
                           (where the log has gaps, every shift in its own standard errors); q corrects for the number of tests and \
                           is bold where the link is flagged.";

const TESTED: [&str; 6] = [
    "pain at",
    "load before it",
    "days (effective)",
    "rho (95 % range)",
    "p",
    "q",
];

fn tested_row(a: &Association) -> Vec<Line> {
    let p = known(a.p, 3).into();
    pair_cells(a).into_iter().chain([p, q_cell(a)]).collect()
}

fn q_cell(a: &Association) -> Line {
    let q = known(a.q, 3);
    match a.flagged {
        true => Line::new().strong(q),
        false => q.into(),
    }
}

/// Where, which load, on how many days, and how closely.
fn pair_cells(a: &Association) -> [Line; 4] {
    [
        site_text(a.site, a.side),
        load_text(a),
        days_text(a),
        rho_text(a),
    ]
    .map(Line::from)
}

const NOT_TESTED: [&str; 5] = [
    "pain at",
    "load before it",
    "days (effective)",
    "rho (95 % range)",
    "not tested because",
];

/// What was not tested, folded where something else was. None when everything was.
fn not_tested(open: &[&Association], unfolded: bool) -> Option<Block> {
    let table = Block::table(&NOT_TESTED, open.iter().map(|a| untested_row(a)));
    match (open.is_empty(), unfolded) {
        (true, _) => None,
        (false, true) => Some(table),
        (false, false) => Some(Block::fold(untested_title(open.len()), vec![table])),
    }
}

fn untested_title(count: usize) -> String {
    let pairs = counted(count, "pair", "pairs");
    format!("{pairs} of load and pain that could not be tested")
}

fn untested_row(a: &Association) -> Vec<Line> {
    let why = Line::from(associate::why_not(a).unwrap_or_default());
    pair_cells(a).into_iter().chain([why]).collect()
}

fn load_text(a: &Association) -> String {
    let season = if a.detrended && a.rho.is_some() {
        " (season taken out)"
    } else {
        ""
    };
    format!("{}{season}", a.exposure.title())
}

/// `187 (115)`.
fn days_text(a: &Association) -> String {
    a.n_eff.map_or(a.n.to_string(), |effective| {
        format!("{} ({})", a.n, number(effective, 0))
    })
}

/// `0.44 (0.24 to 0.60)`.
fn rho_text(a: &Association) -> String {
    let Some(rho) = a.rho.map(|rho| number(rho, 2)) else {
        return "–".to_string();
    };
    match a.ci_low.zip(a.ci_high) {
        Some((low, high)) => format!("{rho} ({} to {})", number(low, 2), number(high, 2)),
        None => rho,
    }
}

fn must_be_said(analysis: &Analysis) -> Vec<Line> {
    let (logged, covered) = analysis.history.days_logged_of_covered();
    let sentences = associate::must_be_said(logged, covered, analysis.backtest.tests);
    sentences.into_iter().map(Line::from).collect()
}
