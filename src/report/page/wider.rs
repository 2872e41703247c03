//! What is looked at beside the main tests: the clearest of it in a table, what is not known in a sentence.

use super::block::{Block, Line, Target, known};
use crate::{
    associate::{Wider, matrix::Cell},
    pain::site_text,
    report::charts::wider_matrix,
    units::{counted, number},
    words::{list, sentence_case},
};

/// Rows that are shown; the file has all.
const MOST_ROWS: usize = 5;

/// For whoever opens it. None where nothing was tested.
pub(super) fn block(wider: &Wider) -> Option<Block> {
    let cells = wider.secondary.cells.iter().chain(&wider.weekly.cells);
    let mut tested: Vec<&Cell> = cells.filter(|cell| cell.p.is_some()).collect();
    tested.sort_by(|a, b| clear(a).total_cmp(&clear(b)));
    if tested.is_empty() {
        return None;
    }
    let rows = tested.iter().take(MOST_ROWS).map(|cell| row(cell));
    let mut blocks = vec![Block::Paragraph(said(wider)), Block::table(&HEAD, rows)];
    blocks.extend(absent(wider).map(Block::paragraph));
    let title = "Looked at beside the main tests";
    Some(Block::aside(title, blocks, crate::report::matrix::FILE))
}

/// The smallest q first, then the smallest p.
fn clear(cell: &Cell) -> f64 {
    cell.q.unwrap_or(1.0) + cell.p.unwrap_or(1.0) / 1000.0
}

fn said(wider: &Wider) -> Line {
    let tests = |count: usize| counted(count, "test", "tests");
    let text = format!(
        "Beside the main tests stand {} of a day's pain with step rate, intensity, load, hills, sleep, shoe and rest, and {} of a week's \
         pain with what the week adds up to. Each of the two has a q of its own, none of it is a finding, and of so many the clearest, \
         shown here, are often chance. All are in ",
        tests(wider.secondary.tests()),
        tests(wider.weekly.tests())
    );
    Line::from(text)
        .link(
            Target::File(crate::report::matrix::FILE),
            crate::report::matrix::FILE,
        )
        .text(", and ")
        .link(Target::File(wider_matrix::FILE), "drawn")
        .text(".")
}

const HEAD: [&str; 6] = [
    "pain at",
    "beside",
    "rho (95 % range)",
    "q",
    "n (effective)",
    "says",
];

fn row(cell: &Cell) -> Vec<Line> {
    let rho = known(cell.rho, 2);
    let rho = match cell.interval {
        Some(ends) => format!(
            "{rho} ({} to {})",
            number(ends.low, 2),
            number(ends.high, 2)
        ),
        None => rho,
    };
    let days = format!("{} ({})", cell.n, known(cell.n_eff, 0));
    [
        site_text(cell.site, cell.side),
        beside(cell),
        rho,
        known(cell.q, 3),
        days,
        says(cell).to_string(),
    ]
    .map(Line::from)
    .into()
}

/// `load, 7 days before`; of weeks `days with pain: climbing of the week before`.
fn beside(cell: &Cell) -> String {
    let pain = match cell.pain {
        "week_days" => "days with pain",
        "week_highest" => "highest pain",
        _ => return cell.title.to_string(),
    };
    let week = if cell.lag == 0 {
        "same week"
    } else {
        "week before"
    };
    format!("{pain} of a week: {}, {week}", cell.title)
}

fn says(cell: &Cell) -> &'static str {
    match (
        cell.is_sure() && cell.q.is_some_and(|q| q <= 0.05),
        cell.rho,
    ) {
        (true, Some(rho)) if rho > 0.0 => "may go together",
        (true, _) => "may go against each other",
        (false, _) => "nothing that stands out",
    }
}

/// What could not be looked at. None when everything could.
fn absent(wider: &Wider) -> Option<String> {
    let mut why: Vec<String> = Vec::new();
    for one in wider.secondary.absent.iter().chain(&wider.weekly.absent) {
        if !why.iter().any(|known| known == one.why) {
            why.push(one.why.to_string());
        }
    }
    (!why.is_empty())
        .then(|| format!("Not looked at: {}.", list(&why)))
        .map(|text| sentence_case(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::{tests::knee_after_distance, wider},
        report::markdown,
    };

    #[test]
    fn what_was_tested_is_shown_with_what_was_not() {
        let (mut history, pain) = knee_after_distance(84);
        for day in &mut history.days {
            day.load = day.distance_m;
        }
        let found = block(&wider(&history, &pain)).expect("tests");
        let Block::Fold { inside, file, .. } = found else {
            panic!("for whoever opens it: {found:?}")
        };
        assert_eq!(file, Some("associations.csv"));
        let text = markdown::blocks(&inside);
        assert!(
            text.contains("| left knee | load, 3 days before |"),
            "{text}"
        );
        assert!(
            text.contains("no night has its sleep") && text.contains("0 tests of a week's"),
            "{text}"
        );
        assert!(
            !text.contains("NaN") && text.contains("associations.csv"),
            "{text}"
        );
    }

    #[test]
    fn nothing_tested_is_no_block() {
        let (history, pain) = knee_after_distance(40);
        assert_eq!(block(&wider(&history, &pain)), None);
    }
}
