//! Records of sleep.

use super::{
    super::kit::{Fault, Nights, NoPiece, Notes},
    tag::{Moment, Tag, moment},
};

/// Adds a record of sleep; being in bed or awake is none.
pub(super) fn add(nights: &mut Nights, tag: &Tag, notes: &mut Notes, number: usize) {
    let [value, start, end, source] = tag.values(["value", "startDate", "endDate", "sourceName"]);
    let Some(stage) = value.strip_prefix(b"HKCategoryValueSleepAnalysisAsleep") else {
        return;
    };
    let Some((start, end)) = moment(start).zip(moment(end)) else {
        return notes.add(Fault::NoDate, number, "");
    };
    let is_stage = !matches!(stage, b"" | b"Unspecified");
    let piece = on_the_wall(start, end);
    match nights.add(source, piece, is_stage) {
        Ok(()) => {}
        Err(NoPiece::Impossible) => {
            let length_s = end.unix_s - start.unix_s;
            notes.add(Fault::BadValue, number, &format!("{length_s} s asleep"));
        }
        Err(NoPiece::TooMany) => notes.add(Fault::TooMany, number, ""),
    }
}

/// On the clock that showed the end: the other may have changed in between.
fn on_the_wall(start: Moment, end: Moment) -> (f64, f64) {
    let offset_s = f64::from(end.offset_s.unwrap_or(0));
    (start.unix_s + offset_s, end.unix_s + offset_s)
}
