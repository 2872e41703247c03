//! What the readers of JSON and CSV exports share: entries, tables, tracks, and the count of what was wrong.

mod cadence;
mod entry;
mod fault;
mod file;
mod list;
mod nights;
mod notes;
mod range;
mod span;
mod sport;
mod start;
mod table;
mod track;

pub(super) use cadence::of_steps;
pub(super) use entry::{Entry, long_text, numbers, offset_of, word};
pub(super) use fault::Fault;
pub(super) use file::{has_key, has_keys, is_json, note_total_loss, said};
pub(super) use list::entries;
pub(super) use nights::{Nights, NoPiece};
pub(super) use notes::Notes;
pub(super) use range::*;
pub(super) use span::{duration_s, start_of_day_s, us_stamp_s};
pub(super) use sport::{NAMED_OTHER, meant, of_number};
pub(super) use start::{begin, offset_s, on_the_wall, zone_s};
pub(super) use table::{Row, Table};
pub(super) use track::{Channel, Track};
