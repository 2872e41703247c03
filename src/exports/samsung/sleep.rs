//! `com.samsung.health.sleep_stage.….csv`: a row a stage of sleep.

use super::{
    super::kit::{Fault, MOMENTS_S, Nights, NoPiece, Notes, Row},
    table::{self, text, when},
};
use crate::{
    exports::{export::Said, facts::Facts},
    text::stamp::{Stamp, Zone},
};

/// Light, deep and REM sleep; 40001 is being awake.
const STAGES: [&str; 3] = ["40002", "40003", "40004"];

/// Reads the stages. None: the table has not their columns.
pub(super) fn read(bytes: &[u8]) -> Option<Said> {
    let mut notes = Notes::new("row");
    let table = table::read(bytes, &["start_time", "end_time", "stage"], &mut notes)?;
    let mut nights = Nights::default();
    for row in table.rows() {
        add(&mut nights, &mut notes, &row);
    }
    let facts = Facts {
        nights: nights.nights(),
        ..Facts::default()
    };
    Some((facts, notes.problems()))
}

fn add(nights: &mut Nights, notes: &mut Notes, row: &Row) {
    if !text(row, "stage").is_some_and(|stage| STAGES.contains(&stage)) {
        return;
    }
    let (start, end) = (when(notes, row, "start_time"), when(notes, row, "end_time"));
    let Some((from_s, to_s)) = wall_s(start).zip(wall_s(end)) else {
        return notes.add(Fault::NoDate, row.number, "");
    };
    match nights.add(source(row), (from_s, to_s), true) {
        Ok(()) => {}
        Err(NoPiece::Impossible) => {
            let length_s = to_s - from_s;
            notes.add(Fault::BadValue, row.number, &format!("{length_s} s asleep"));
        }
        Err(NoPiece::TooMany) => notes.add(Fault::TooMany, row.number, ""),
    }
}

/// A watch and a ring may both have slept with the runner.
fn source<'t>(row: &Row<'t>) -> &'t [u8] {
    text(row, "deviceuuid").unwrap_or_default().as_bytes()
}

/// What the clock on the wall showed, seconds as if it were UTC's.
fn wall_s(when: Option<(Stamp, Option<i32>)>) -> Option<f64> {
    let (stamp, offset_s) = when?;
    let ahead_s = match stamp.zone {
        Zone::Unknown => 0,
        _ => offset_s.unwrap_or(0),
    };
    Some(stamp.unix_s + f64::from(ahead_s)).filter(|seconds| MOMENTS_S.contains(seconds))
}
