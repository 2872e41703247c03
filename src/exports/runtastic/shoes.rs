//! `Shoes/*.json`: a shoe, and on which sessions it was worn.

use crate::{
    exports::{
        facts::{Facts, Shoe, Worn},
        kit::{DISTANCE_M, Entry, Fault, Notes, entries, word},
    },
    text::{json::Piece, line::title},
};
use chrono::{DateTime, NaiveDate};

/// Reads the shoe, or each of a list.
pub(super) fn read(document: Piece, notes: &mut Notes) -> Facts {
    let mut facts = Facts::default();
    entries(document.entries(), notes, |notes, entry| {
        let Some(shoe) = shoe(notes, entry) else {
            return notes.add(Fault::Unreadable, entry.number, "no id and no name");
        };
        let sessions = entry.list("samples_ids").filter_map(word);
        facts.worn.extend(sessions.map(|activity| Worn {
            activity,
            shoe: shoe.key.clone(),
        }));
        facts.shoes.push(shoe);
    });
    facts
}

fn shoe(notes: &mut Notes, entry: &Entry) -> Option<Shoe> {
    let name = entry.text("name").as_deref().and_then(title);
    let key = entry.text("id").or_else(|| name.clone())?;
    Some(Shoe {
        name: name.unwrap_or_else(|| key.clone()),
        key,
        retired: None,
        since: entry.epoch_ms("created_at").and_then(day),
        until: None,
        limit_m: limit_m(notes, entry),
    })
}

/// The day of a moment in UTC; the shoe's list does not say where the runner was.
fn day(seconds: f64) -> Option<NaiveDate> {
    Some(DateTime::from_timestamp(seconds as i64, 0)?.date_naive())
}

fn limit_m(notes: &mut Notes, entry: &Entry) -> Option<f64> {
    let is_limit = |it: &Entry| it.text("type").as_deref() == Some("retirement_distance");
    let milestone = entry.objects("milestones").find(is_limit)?;
    notes.positive(&milestone, "value", 1.0, DISTANCE_M)
}
