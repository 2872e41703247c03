//! Qualtrics writes three rows of header: short names (`Q1`), the questions in words, and import ids as JSON. The questions are what
//! says what a column is.

use crate::{
    pain::{
        plan::is_qualtrics,
        records::{Record, Records},
    },
    text::fold::fold,
};

/// The text with one header, its questions, and everything else on its own line. A column that the caller names is called so.
/// None: it is none of Qualtrics.
pub(super) fn plain(text: &str, named: &[&str]) -> Option<String> {
    let mut records = Records::new(text, b',');
    let [short, questions, ids] = [
        records.next()?.ok()?,
        records.next()?.ok()?,
        records.next()?.ok()?,
    ];
    if !is_qualtrics(&ids) {
        return None;
    }
    let end = end_of(text, &ids);
    let lines = text.get(..end)?.matches('\n').count();
    let header = header(&short, &questions, named);
    Some(format!(
        "{header}{}{}",
        "\n".repeat(lines),
        text.get(end..)?
    ))
}

/// Where a record ends.
fn end_of(text: &str, record: &Record) -> usize {
    record.raw.as_ptr().addr() - text.as_ptr().addr() + record.raw.len()
}

fn header(short: &Record, questions: &Record, named: &[&str]) -> String {
    let is_named = |name: &str| named.iter().any(|named| fold(named) == fold(name));
    let names = short.fields.iter().enumerate().map(|(at, name)| {
        let question = questions.cell(at);
        let name = if is_named(name) || question.trim().is_empty() {
            name
        } else {
            question
        };
        // A question of two lines is one name.
        let line: Vec<&str> = name.split_whitespace().collect();
        format!("\"{}\"", line.join(" ").replace('"', "\"\""))
    });
    names.collect::<Vec<_>>().join(",")
}
