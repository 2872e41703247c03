//! What was wrong with which rows: trouble of one kind is one problem, however many rows have it.

use crate::problem::{Code, Effect, Problem};
use crate::words::clipped;
use std::collections::BTreeMap;

/// How many rows a problem names.
const ROWS_NAMED: usize = 5;

/// Everything but the rows: the code, what it means, what is wrong, what was done.
type Kind = (Code, Effect, String, String);

/// Collects trouble.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    /// The rows of each kind, in the order of the file, each with the cell as it stands there.
    found: BTreeMap<Kind, Vec<(usize, String)>>,
}

impl Trouble {
    /// Trouble in one row; `cell` is shown as an example, unless it is empty.
    pub(super) fn row(
        &mut self,
        row: usize,
        cell: &str,
        code: Code,
        effect: Effect,
        detail: &str,
        consequence: &str,
    ) {
        let kind = (code, effect, detail.to_string(), consequence.to_string());
        self.found.entry(kind).or_default().push((row, shown(cell)));
    }

    /// Trouble with the file as a whole.
    pub(super) fn file(
        &mut self,
        code: Code,
        effect: Effect,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) {
        self.found
            .entry((code, effect, detail.into(), consequence.into()))
            .or_default();
    }

    /// One problem for each kind: those of the file first, then by the first row.
    pub(super) fn problems(self) -> Vec<Problem> {
        let mut found: Vec<(Kind, Vec<(usize, String)>)> = self.found.into_iter().collect();
        found.sort_by_key(|(_, rows)| rows.first().map_or(0, |(row, _)| *row));
        found
            .into_iter()
            .map(|(kind, rows)| problem(kind, &rows))
            .collect()
    }
}

fn problem((code, effect, detail, consequence): Kind, rows: &[(usize, String)]) -> Problem {
    let example = rows
        .iter()
        .map(|(_, cell)| cell)
        .find(|cell| !cell.is_empty());
    let detail = example.map_or(detail.clone(), |cell| format!("{detail}: “{cell}”"));
    Problem::new(code, effect, place(rows), detail, consequence)
}

/// `row 17`, `rows 17, 18, 20`, `rows 17, 18, 20, 21, 22 and 8 more`.
fn place(rows: &[(usize, String)]) -> String {
    let named: Vec<String> = rows
        .iter()
        .take(ROWS_NAMED)
        .map(|(row, _)| row.to_string())
        .collect();
    match rows.len() {
        0 => String::new(),
        1 => format!("row {}", named.join("")),
        many if many > ROWS_NAMED => {
            format!("rows {} and {} more", named.join(", "), many - ROWS_NAMED)
        }
        _ => format!("rows {}", named.join(", ")),
    }
}

/// A cell inside a message.
fn shown(cell: &str) -> String {
    clipped(&super::text::one_line(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_trouble_is_one_problem() {
        let mut trouble = Trouble::default();
        for row in 3..=9 {
            trouble.row(
                row,
                "x\ny",
                Code::BadValue,
                Effect::Repaired,
                "no number",
                "Left out.",
            );
        }
        trouble.row(
            2,
            "",
            Code::BadValue,
            Effect::Repaired,
            "no id",
            "Left out.",
        );
        trouble.file(Code::BadValue, Effect::Noted, "all of it", "Used.");
        let read: Vec<(String, String)> = trouble
            .problems()
            .into_iter()
            .map(|p| (p.place, p.detail))
            .collect();
        let expected = [
            ("", "all of it"),
            ("row 2", "no id"),
            ("rows 3, 4, 5, 6, 7 and 2 more", "no number: “x y”"),
        ];
        assert_eq!(
            read,
            expected.map(|(place, detail)| (place.to_string(), detail.to_string()))
        );
    }
}
