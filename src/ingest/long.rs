//! A file of an export that is too long to be held, read through.

use crate::{
    exports::{self, Export, Listed, Said},
    problem::{Code, Effect, Problem},
    source::{self, Source},
};

/// What such a file says, its activities included. Only its `head` is known so far.
///
/// # Errors
/// A [`Problem`] when it cannot be opened.
pub(crate) fn read_long(source: &Source, head: &[u8]) -> Result<(&'static Export, Said), Problem> {
    let mut activities = Vec::new();
    let (export, (mut facts, problems)) =
        read_long_with(source, head, |listed| activities.push(listed))?;
    facts.activities = activities;
    Ok((export, (facts, problems)))
}

/// As [`read_long`], but each activity goes to `take` as soon as it is whole.
///
/// # Errors
/// As [`read_long`].
pub(super) fn read_long_with(
    source: &Source,
    head: &[u8],
    mut take: impl FnMut(Listed),
) -> Result<(&'static Export, Said), Problem> {
    let (export, stream) = exports::streamed(head, &source.name).ok_or_else(changed)?;
    let long = source::long(source)?;
    let said = (stream.read)(&|| long.open(), &mut take);
    Ok((export, said))
}

/// Its head was of an export when it was looked at first.
fn changed() -> Problem {
    let detail = "the file is no longer what it was when niggle began";
    Problem::new(
        Code::Unreadable,
        Effect::Failed,
        "",
        detail,
        "It was left out.",
    )
}
