//! Nights put together from pieces of sleep, which several sources may have seen.

use crate::exports::facts::Night;
use chrono::{DateTime, NaiveDate, NaiveTime, Timelike};
use std::collections::BTreeMap;

/// Longest piece of sleep believed, s.
const PIECE_S_MAX: f64 = 86_400.0;
/// Most pieces kept: forty a night for thirty years.
const PIECES_MAX: usize = 500_000;
/// Being awake for longer than this ends a night, s.
const AWAKE_S_MAX: f64 = 2.0 * 3600.0;
/// Less sleep than this that begins by day is a nap, s.
const NAP_S_MAX: f64 = 3.0 * 3600.0;
/// The hours of the day in which naps begin.
const DAY_HOURS: std::ops::Range<u32> = 9..20;

/// Pieces of sleep by source.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::exports) struct Nights {
    sources: BTreeMap<Vec<u8>, Vec<Piece>>,
    pieces: usize,
}

/// A piece of sleep, on the clock of the wall, seconds as if it were UTC's.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    from_s: f64,
    to_s: f64,
    /// Whether it is a stage of sleep: what knows stages measured it.
    is_stage: bool,
}

/// Why a piece of sleep is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exports) enum NoPiece {
    /// It ends before it begins, or lasts for days.
    Impossible,
    /// There are more than are kept.
    TooMany,
}

impl Nights {
    /// A piece of sleep that a source saw, on the clock of the wall, seconds as if it were UTC's.
    ///
    /// # Errors
    /// Why it is none.
    pub(in crate::exports) fn add(
        &mut self,
        source: &[u8],
        (from_s, to_s): (f64, f64),
        is_stage: bool,
    ) -> Result<(), NoPiece> {
        if !(0.0..=PIECE_S_MAX).contains(&(to_s - from_s)) {
            return Err(NoPiece::Impossible);
        }
        if self.pieces >= PIECES_MAX {
            return Err(NoPiece::TooMany);
        }
        self.pieces += 1;
        let pieces = self.sources.entry(source.to_vec()).or_default();
        pieces.push(Piece {
            from_s,
            to_s,
            is_stage,
        });
        Ok(())
    }

    /// The nights, each from one source: that which knows stages, else that which saw the most sleep. Two that lie over each other are
    /// not added up.
    pub(in crate::exports) fn nights(self) -> Vec<Night> {
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
    let (mut from, mut end_s) = (0, f64::NEG_INFINITY);
    for at in 0..pieces.len() {
        if pieces[at].from_s - end_s > AWAKE_S_MAX {
            nights.extend(night(&pieces[from..at]));
            from = at;
        }
        end_s = end_s.max(pieces[at].to_s);
    }
    nights.extend(night(&pieces[from..]));
    nights
}

/// One stretch of sleep as a night. None: there is none, or it is a nap.
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
    let date = match end.time() {
        NaiveTime::MIN => end.date_naive().pred_opt()?,
        _ => end.date_naive(),
    };
    let has_stages = pieces.iter().any(|piece| piece.is_stage);
    (!is_nap && asleep_s > 0.0).then_some((date, has_stages, asleep_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours from the first day of 2025.
    fn nights(pieces: &[(&str, f64, f64, bool)]) -> Vec<(String, f64)> {
        let day_s = 1_735_689_600.0;
        let mut all = Nights::default();
        for (source, from_h, to_h, is_stage) in pieces {
            let piece = (day_s + from_h * 3600.0, day_s + to_h * 3600.0);
            all.add(source.as_bytes(), piece, *is_stage).unwrap();
        }
        let nights = all.nights().into_iter();
        nights
            .map(|night| (night.date.to_string(), night.asleep_s / 3600.0))
            .collect()
    }

    #[test]
    fn a_night_is_the_day_on_which_it_ended() {
        let told = nights(&[("w", 23.0, 25.0, false), ("w", 25.5, 30.0, false)]);
        assert_eq!(told, [("2025-01-02".to_string(), 6.5)]);
        let until_midnight = nights(&[("w", 20.5, 24.0, false)]);
        assert_eq!(until_midnight, [("2025-01-01".to_string(), 3.5)]);
        assert_eq!(nights(&[]), []);
    }

    #[test]
    fn what_lies_over_each_other_counts_once() {
        let twice = [("w", 23.0, 29.0, false), ("w", 24.0, 30.0, false)];
        assert_eq!(nights(&twice), [("2025-01-02".to_string(), 7.0)]);
        // A phone saw more than the watch, but the watch measured it.
        let watch_and_phone = [
            ("phone", 22.0, 31.0, false),
            ("watch", 23.0, 26.0, true),
            ("watch", 26.0, 30.0, true),
        ];
        assert_eq!(nights(&watch_and_phone), [("2025-01-02".to_string(), 7.0)]);
    }

    #[test]
    fn naps_are_no_nights() {
        let with_nap = [("w", 23.0, 30.0, true), ("w", 37.0, 38.5, true)];
        assert_eq!(nights(&with_nap), [("2025-01-02".to_string(), 7.0)]);
        assert_eq!(nights(&[("w", 13.0, 14.0, true)]), []);
        // After a shift at night people sleep by day.
        assert_eq!(
            nights(&[("w", 9.0, 15.0, true)]),
            [("2025-01-01".to_string(), 6.0)]
        );
    }

    #[test]
    fn impossible_pieces_are_none() {
        let mut all = Nights::default();
        assert_eq!(all.add(b"w", (5.0, 4.0), true), Err(NoPiece::Impossible));
        assert_eq!(all.add(b"w", (0.0, 1e6), true), Err(NoPiece::Impossible));
        assert_eq!(
            all.add(b"w", (0.0, f64::NAN), true),
            Err(NoPiece::Impossible)
        );
    }
}
