//! A row of a table and an entry of JSON, which have the same names for the same values.

use crate::exports::{
    cells::figure,
    kit::{Entry, Notes, Row},
};
use std::ops::RangeInclusive;

/// One line, whatever it is written as.
pub(super) trait Fields {
    /// `row 17`, `entry 5`.
    fn place(&self) -> String;
    /// Which one it is, from 1; rows as a spreadsheet counts them.
    fn number(&self) -> usize;
    /// A text; None when it is empty.
    fn text(&self, key: &str) -> Option<String>;
    /// What a person wrote, of any length; None when it is empty.
    fn written(&self, key: &str) -> Option<String>;
    /// A value. None: absent; or, counted, no number or out of range.
    fn value(&self, notes: &mut Notes, key: &str, range: RangeInclusive<f64>) -> Option<f64>;
    /// Whether it says yes.
    fn is_true(&self, key: &str) -> bool;
    /// What the gear is called.
    fn gear(&self) -> Option<String>;
}

impl Fields for Row<'_> {
    fn place(&self) -> String {
        format!("row {}", self.number)
    }

    fn number(&self) -> usize {
        self.number
    }

    fn text(&self, key: &str) -> Option<String> {
        Row::text(*self, key).map(str::to_string)
    }

    fn written(&self, key: &str) -> Option<String> {
        Fields::text(self, key)
    }

    fn value(&self, notes: &mut Notes, key: &str, range: RangeInclusive<f64>) -> Option<f64> {
        figure(self, notes, &[key], 1.0, range)
    }

    fn is_true(&self, key: &str) -> bool {
        Row::text(*self, key).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    fn gear(&self) -> Option<String> {
        let name = ["gear_name", "gear"]
            .iter()
            .find_map(|key| Fields::text(self, key));
        name.filter(|name| !is_gear_number(name))
    }
}

impl Fields for Entry<'_> {
    fn place(&self) -> String {
        format!("entry {}", self.number)
    }

    fn number(&self) -> usize {
        self.number
    }

    fn text(&self, key: &str) -> Option<String> {
        Entry::text(self, key)
    }

    fn written(&self, key: &str) -> Option<String> {
        Entry::written(self, key)
    }

    fn value(&self, notes: &mut Notes, key: &str, range: RangeInclusive<f64>) -> Option<f64> {
        notes.value(self, key, 1.0, range)
    }

    fn is_true(&self, key: &str) -> bool {
        self.get(key).is_some_and(|it| it.bytes == b"true")
    }

    fn gear(&self) -> Option<String> {
        let name = self.inner("gear").and_then(|gear| gear.text("name"));
        name.or_else(|| Entry::text(self, "gear_name"))
    }
}

/// A number that the account has for a shoe, which says nothing to anyone.
fn is_gear_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['g', 'b']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
