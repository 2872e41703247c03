//! What was wrong with which rows: trouble of one kind is one problem, however many rows have it.

use crate::problem::{Code, Count, Effect, Problem, Tally};
use crate::text::line::one_line;
use crate::words::clipped;

/// Everything but the rows: the code, what it means, what is wrong, what was done.
type Kind = (Code, Effect, String, String);

/// What is wrong with a row that swallows what follows.
pub(super) const OPEN_QUOTE: &str = "a quote opens here and does not close";

/// Collects trouble.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    tally: Tally<Kind>,
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
        self.tally.add(kind, row, || {
            Some(shown(cell)).filter(|cell| !cell.is_empty())
        });
    }

    /// Damage to one row.
    pub(super) fn damaged(&mut self, row: usize, effect: Effect, detail: &str, consequence: &str) {
        self.row(row, "", Code::ExportDamaged, effect, detail, consequence);
    }

    /// A row whose quote swallowed all that follows.
    pub(super) fn open_quote(&mut self, row: usize) {
        self.damaged(
            row,
            Effect::PartLost,
            OPEN_QUOTE,
            "The rows before it were read; it and what follows were left out.",
        );
    }

    /// Trouble with the file as a whole.
    pub(super) fn file(
        &mut self,
        code: Code,
        effect: Effect,
        detail: impl Into<String>,
        consequence: impl Into<String>,
    ) {
        self.tally
            .note((code, effect, detail.into(), consequence.into()));
    }

    /// One problem for each kind: those of the file first, then by the first row.
    pub(super) fn problems(self) -> Vec<Problem> {
        let mut found: Vec<(&Kind, &Count)> = self.tally.counts().collect();
        found.sort_by_key(|(_, count)| count.first().unwrap_or(0));
        found
            .into_iter()
            .map(|(kind, count)| problem(kind, count))
            .collect()
    }
}

fn problem((code, effect, detail, consequence): &Kind, count: &Count) -> Problem {
    let detail = count
        .example
        .as_ref()
        .map_or(detail.clone(), |cell| format!("{detail}: “{cell}”"));
    Problem::new(*code, *effect, place(count), detail, consequence)
}

/// `row 17`, `rows 17, 18, 20`, `rows 17, 18, 20, 21, 22 and 8 more`.
fn place(count: &Count) -> String {
    let named = count
        .places
        .iter()
        .map(usize::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    match count.times {
        0 => String::new(),
        1 => format!("row {named}"),
        times if times > count.places.len() => {
            format!("rows {named} and {} more", times - count.places.len())
        }
        _ => format!("rows {named}"),
    }
}

/// A cell inside a message.
fn shown(cell: &str) -> String {
    clipped(&one_line(cell))
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
