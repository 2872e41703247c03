//! The tables of phrases as lines of cells; `signs.tsv` explains their form. What is here serves the build too, which makes them
//! searchable.

/// Words for pain itself, which a row of a log has in its columns and a comment only in its words.
pub(super) const PAINS: &str = "pains.tsv";

/// The tables as they are in the repository: `signs.tsv` says what phrases mean, `cancels.tsv` what takes the meaning away.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("signs.tsv", include_str!("signs.tsv")),
    ("cancels.tsv", include_str!("cancels.tsv")),
    (PAINS, include_str!("pains.tsv")),
];

/// Words of the tables that are kinds of numbers.
pub(super) const NUMBERS: [&str; 3] = ["#", "#fever", "#year"];

/// A line of a table that is no comment.
pub(super) struct Line {
    /// The table's name and the number of the line.
    pub place: (&'static str, usize),
    cells: Vec<&'static str>,
}

impl Line {
    /// Empty where there is none.
    pub(super) fn cell(&self, index: usize) -> &'static str {
        self.cells.get(index).copied().unwrap_or_default().trim()
    }

    /// What its words mean.
    pub(super) fn says(&self) -> &'static str {
        self.cell(1)
    }

    /// The class that its words belong to, which patterns call `@name`. None for a row.
    pub(super) fn class(&self) -> Option<&'static str> {
        self.says().strip_prefix("class ")
    }
}

/// The lines of all tables, in order.
pub(super) fn lines_of(tables: &[(&'static str, &'static str)]) -> Vec<Line> {
    let is_row = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let tables = tables.iter().flat_map(|(name, text)| {
        let lines = text.lines().enumerate();
        let rows = lines.filter(move |(_, line)| is_row(line));
        rows.map(|(at, line)| Line {
            place: (*name, at + 1),
            cells: line.split('\t').collect(),
        })
    });
    tables.collect()
}

/// A letter of a folded word by its number: a to z, digits and the point of a number.
pub(super) fn letter(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'0'..=b'9' => Some(byte - b'0' + 26),
        b'.' => Some(36),
        _ => None,
    }
}
