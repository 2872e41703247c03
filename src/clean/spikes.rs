//! Lone spikes of heart rate: up within a beat or two and down again, as a loose strap writes them and no heart beats.

use crate::column;

/// A heart rises and falls by less than this within [`LONGEST_S`], beats/min (src/method/limits.md, Plausible values).
const RISE_BPM: f32 = 30.0;
/// Most values of a spike.
const MOST_VALUES: usize = 5;
/// From the value before a spike to the one after it lie at most so many seconds.
const LONGEST_S: f64 = 15.0;
/// Values that are looked at together.
const BLOCK: usize = 64;

/// Blanks up to [`MOST_VALUES`] values in a row that all lie more than [`RISE_BPM`] above the one before and the one after them.
/// Returns how many.
pub(super) fn blank(time_s: &[f64], bpm: &mut [f32]) -> usize {
    let (mut blanked, mut from) = (0, 1);
    while let Some(here) = next_leap(bpm, from) {
        let is_known = |i: &usize| !bpm[*i].is_nan();
        let before = (0..here).rev().find(is_known);
        let length = before.map_or(0, |before| length(time_s, bpm, before, here));
        let spike_and_after: Vec<usize> = (here..bpm.len())
            .filter(is_known)
            .take(length + 1)
            .collect();
        let (spike, after) = spike_and_after.split_at(length);
        spike.iter().for_each(|i| bpm[*i] = f32::NAN);
        blanked += length;
        from = after.first().unwrap_or(&here) + 1;
    }
    blanked
}

/// The first known value from this index on that may begin a spike: it leaps up, or none is known before it.
///
/// A leap between two records is rare: blocks without one are passed over.
fn next_leap(bpm: &[f32], from: usize) -> Option<usize> {
    let (before, here) = (bpm.get(from - 1..)?, bpm.get(from..)?);
    let may_leap = |(before, here): (&f32, &f32)| {
        let rise_bpm = *here - *before;
        rise_bpm > RISE_BPM || rise_bpm.is_nan()
    };
    let blocks = before.chunks(BLOCK).zip(here.chunks(BLOCK)).enumerate();
    let mut leaps = blocks
        .filter(|(_, (before, here))| column::any(before.iter().zip(*here), may_leap))
        .flat_map(|(block, (before, here))| {
            let known = before.iter().zip(here).enumerate();
            let known = known.filter(|(_, pair)| may_leap(*pair) && !pair.1.is_nan());
            known.map(move |(i, _)| from + block * BLOCK + i)
        });
    leaps.next()
}

/// How many known values from `here` on make a spike behind the one `before`.
fn length(time_s: &[f64], bpm: &[f32], before: usize, here: usize) -> usize {
    let mut lowest = f32::INFINITY;
    let known = (here..bpm.len()).filter(|i| !bpm[*i].is_nan());
    for (count, i) in known.enumerate() {
        let is_over = count > 0 && lowest - bpm[i] > RISE_BPM;
        if is_over && time_s[i] - time_s[before] <= LONGEST_S {
            return count;
        }
        lowest = lowest.min(bpm[i]);
        if lowest - bpm[before] <= RISE_BPM || count == MOST_VALUES {
            return 0;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bpm: &[f32], spikes: &[usize]) {
        let time_s: Vec<f64> = (0..bpm.len()).map(|i| i as f64).collect();
        let mut column = bpm.to_vec();
        assert_eq!(blank(&time_s, &mut column), spikes.len(), "{bpm:?}");
        for (i, (kept, was)) in column.iter().zip(bpm).enumerate() {
            assert_eq!(
                kept.is_nan(),
                was.is_nan() || spikes.contains(&i),
                "{i} of {bpm:?}"
            );
        }
    }

    #[test]
    fn what_leaps_up_and_down_again_is_no_heart_rate() {
        const X: f32 = f32::NAN;
        check(&[140.0, 228.0, 141.0], &[1]);
        check(
            &[140.0, 220.0, X, 228.0, 142.0, 143.0, 190.0, 144.0],
            &[1, 3, 6],
        );
        check(
            &[140.0, 220.0, 221.0, 222.0, 223.0, 224.0, 140.0],
            &[1, 2, 3, 4, 5],
        );
        // Six in a row, a rise that stays, the first and the last, and what a heart can do.
        check(
            &[140.0, 220.0, 221.0, 222.0, 223.0, 224.0, 225.0, 140.0],
            &[],
        );
        check(&[120.0, 160.0, 161.0, 162.0], &[]);
        check(&[200.0, 140.0, 141.0, 200.0], &[]);
        check(&[140.0, 170.0, 141.0], &[]);
        check(&[140.0, 180.0, 165.0, 141.0], &[]);
        check(&[140.0, 200.0, 150.0, 141.0], &[1]);
        check(&[], &[]);
    }

    #[test]
    fn records_far_apart_are_no_spike() {
        let mut column = [120.0, 175.0, 130.0];
        assert_eq!(blank(&[0.0, 30.0, 60.0], &mut column), 0);
        assert_eq!(blank(&[0.0, 6.0, 12.0], &mut column), 1);
    }
}
