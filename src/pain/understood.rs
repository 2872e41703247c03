//! What was understood of a log's form, said in sentences and column by column.

use super::{ColumnRead, Options, Scale, first_look::FirstLook, plan::Plan, text::Text};
use crate::words::clipped;

/// Columns told one by one; a table of thousands is no log.
const MAX_COLUMNS_TOLD: usize = 100;

/// The columns by name, and what each was taken for.
pub(super) fn columns_read(plan: &Plan) -> Vec<ColumnRead> {
    let names = plan.names.iter().enumerate();
    names
        .filter(|(_, name)| !name.is_empty())
        .take(MAX_COLUMNS_TOLD)
        .map(|(index, name)| ColumnRead {
            name: clipped(name),
            read_as: plan.read_as(index),
        })
        .collect()
}

/// One sentence each.
pub(super) fn understood(
    text: &Text,
    plan: &Plan,
    look: &FirstLook,
    options: &Options,
) -> Vec<String> {
    let separated = format!(
        "Text is {}, cells are separated by {}.",
        text.encoding,
        plan.delimiter_name()
    );
    let mut sentences = vec![separated, columns_told(plan)];
    sentences.extend(unread_told(plan));
    sentences.extend(plan.understood.iter().cloned());
    sentences.extend(look.told(options.date_order, &options.clock));
    sentences.extend(scale_told(plan));
    let borg = "RPE is on Borg's scale of 6–20 and was put on the scale of 0–10 by its words.";
    sentences.extend(options.borg.then(|| borg.to_string()));
    let future = "Whether dates lie in the future was not checked: a report does that by your last run, or by --as-of.";
    sentences.extend(options.as_of.is_none().then(|| future.to_string()));
    sentences
}

fn columns_told(plan: &Plan) -> String {
    let told: Vec<String> = (0..plan.names.len())
        .filter_map(|index| column_told(plan, index))
        .collect();
    format!("Columns: {}.", told.join(", "))
}

/// What a column was taken for, behind its name where that is another; None when it is not read.
fn column_told(plan: &Plan, index: usize) -> Option<String> {
    let name = plan.names.get(index)?;
    let read_as = plan.read_as(index)?;
    Some(match *name == read_as {
        true => read_as,
        false => format!("{} = {read_as}", clipped(name)),
    })
}

fn unread_told(plan: &Plan) -> Option<String> {
    let names = plan.names.iter().enumerate();
    let unread: Vec<String> = names
        .filter(|(at, name)| !name.is_empty() && plan.read_as(*at).is_none())
        .map(|(_, name)| clipped(name))
        .take(12)
        .collect();
    (!unread.is_empty()).then(|| format!("Columns that are not read: {}.", unread.join(", ")))
}

/// What became of ratings on another scale.
fn scale_told(plan: &Plan) -> Option<String> {
    let scale = plan
        .ratings
        .iter()
        .map(|column| column.scale)
        .find(|scale| *scale != Scale::ZeroToTen)?;
    Some(format!(
        "Ratings are on a scale of {scale} and {}.",
        became(scale)
    ))
}

/// What became of ratings, for a sentence.
fn became(scale: Scale) -> &'static str {
    match scale {
        Scale::ZeroToHundred => "were divided by ten",
        Scale::OneToFour => "were taken by their words: none 0, a niggle 2, poor 5, injured 8",
        _ => "were put on 0–10",
    }
}
