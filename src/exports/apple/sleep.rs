//! Sleep: pieces of it from several sources, put together to nights.

use super::{
    super::kit::{Fault, Notes},
    tag::{Tag, moment},
};
use crate::exports::facts::Night;
use chrono::{DateTime, NaiveDate, NaiveTime, Timelike};
use std::collections::BTreeMap;

/// Longest piece of sleep believed, s.
const PIECE_S_MAX: f64 = 86_400.0;
/// Most pieces kept: forty a night for ten years and more.
const PIECES_MAX: usize = 500_000;
/// Being awake for longer than this ends a night, s.
const AWAKE_S_MAX: f64 = 2.0 * 3600.0;
/// Less sleep than this that begins by day is a nap, s.
const NAP_S_MAX: f64 = 3.0 * 3600.0;
/// The hours of the day in which naps begin.
const DAY_HOURS: std::ops::Range<u32> = 9..20;

/// Pieces of sleep by source.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sleep {
    sources: BTreeMap<Vec<u8>, Vec<Piece>>,
    pieces: usize,
}

/// A piece of sleep, on the clock of the wall, seconds as if it were UTC's.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Piece {
    from_s: f64,
    to_s: f64,
    /// Whether it is a stage of sleep: what knows stages measured it.
    is_stage: bool,
}

impl Sleep {
    /// A record of sleep; being in bed or awake is none.
    pub(super) fn add(&mut self, tag: &Tag, notes: &mut Notes, number: usize) {
        let [value, start, end, source] =
            tag.values(["value", "startDate", "endDate", "sourceName"]);
        let Some(stage) = value.strip_prefix(b"HKCategoryValueSleepAnalysisAsleep") else {
            return;
        };
        let Some((start, end)) = moment(start).zip(moment(end)) else {
            return notes.add(Fault::NoDate, number, "");
        };
        let length_s = end.unix_s - start.unix_s;
        if !(0.0..=PIECE_S_MAX).contains(&length_s) {
            return notes.add(Fault::BadValue, number, &format!("{length_s} s asleep"));
        }
        if self.pieces >= PIECES_MAX {
            return notes.add(Fault::TooMany, number, &format!("more than {PIECES_MAX}"));
        }
        self.pieces += 1;
        let to_s = end.unix_s + f64::from(end.offset_s.unwrap_or(0));
        let piece = Piece {
            from_s: to_s - length_s,
            to_s,
            is_stage: !matches!(stage, b"" | b"Unspecified"),
        };
        self.sources.entry(source.to_vec()).or_default().push(piece);
    }

    /// The nights, each from one source: that which knows stages, else that which saw the most sleep. Two that lie over each other are
    /// not added up.
    pub(super) fn nights(self) -> Vec<Night> {
        let mut best: BTreeMap<NaiveDate, (bool, f64)> = BTreeMap::new();
        for (date, has_stages, asleep_s) in self.sources.into_values().flat_map(nights_of) {
            let kept = best.entry(date).or_insert((has_stages, asleep_s));
            if (has_stages, asleep_s) > *kept {
                *kept = (has_stages, asleep_s);
            }
        }
        let nights = best.into_iter();
        Night::of(
            nights
                .map(|(date, (_, asleep_s))| (date, asleep_s))
                .collect(),
        )
    }
}

/// The nights of one source: the day on which each ended, whether it has stages, and the time asleep, s.
fn nights_of(mut pieces: Vec<Piece>) -> Vec<(NaiveDate, bool, f64)> {
    pieces.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    let mut nights = Vec::new();
    let mut from = 0;
    let mut end_s = f64::NEG_INFINITY;
    for at in 0..pieces.len() {
        if pieces[at].from_s - end_s > AWAKE_S_MAX && at > from {
            nights.extend(night(&pieces[from..at]));
            from = at;
        }
        end_s = end_s.max(pieces[at].to_s);
    }
    nights.extend(night(&pieces[from..]));
    nights
}

/// One stretch of sleep as a night. None: it is a nap.
fn night(pieces: &[Piece]) -> Option<(NaiveDate, bool, f64)> {
    let (mut asleep_s, mut end_s) = (0.0, f64::NEG_INFINITY);
    for piece in pieces {
        asleep_s += (piece.to_s - piece.from_s.max(end_s)).max(0.0);
        end_s = end_s.max(piece.to_s);
    }
    let begin = DateTime::from_timestamp(pieces.first()?.from_s as i64, 0)?;
    let is_nap = asleep_s < NAP_S_MAX && DAY_HOURS.contains(&begin.hour());
    let end = DateTime::from_timestamp(end_s as i64, 0)?;
    // A night that is over at midnight ended on the day before.
    let end = if end.time() == NaiveTime::MIN {
        end.date_naive().pred_opt()?
    } else {
        end.date_naive()
    };
    let has_stages = pieces.iter().any(|piece| piece.is_stage);
    (!is_nap && asleep_s > 0.0).then_some((end, has_stages, asleep_s))
}
