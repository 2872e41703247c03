//! The spell a place is in, and those before it.

use crate::{
    pain::episodes::{Episode, JOIN_DAYS},
    time::days_between,
};
use chrono::NaiveDate;

/// A spell of the same place that is over, or was followed by another.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell {
    /// Its first day with pain.
    pub from: NaiveDate,
    /// Its last day with pain.
    pub to: NaiveDate,
    /// The highest rating, above 0 up to 10.
    pub peak: f64,
    /// Days with a rating above 0.
    pub days_logged: usize,
}

/// The spell that counts now.
pub(super) struct Current {
    pub(super) from: NaiveDate,
    pub(super) has_settled: bool,
}

/// The last spell; of a place that was never rated above 0 the last of its rows, joined as ratings are. None without any.
pub(super) fn current(
    spells: &[Episode],
    days: impl DoubleEndedIterator<Item = NaiveDate>,
) -> Option<Current> {
    if let Some(last) = spells.last() {
        return Some(Current {
            from: last.from,
            has_settled: last.has_settled(),
        });
    }
    let joined = |from: NaiveDate, day: NaiveDate| match days_between(day, from) <= JOIN_DAYS {
        true => day,
        false => from,
    };
    let from = days.rev().reduce(joined)?;
    Some(Current {
        from,
        has_settled: false,
    })
}

/// The spells before that day, the newest first.
pub(super) fn earlier(spells: &[Episode], since: NaiveDate) -> Vec<Spell> {
    let before = spells.iter().rev().filter(|spell| spell.from < since);
    before.map(spell_of).collect()
}

fn spell_of(episode: &Episode) -> Spell {
    Spell {
        from: episode.from,
        to: episode.to,
        peak: episode.peak,
        days_logged: episode.logs,
    }
}
