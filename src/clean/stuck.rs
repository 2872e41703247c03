//! Heart rates that never change: a strap that lost its contact, whose last value the watch goes on writing.

/// No heart beats at the very same rate for so long while it is measured, s (src/method/limits.md, Plausible values).
const STUCK_S: f64 = 300.0;
/// … in at least so many records, none of them long after the one before.
const FEWEST: usize = 60;
/// A channel that changes from one record to the next less often, all in all, is one number throughout: nothing shows that it once
/// was a heart's.
const FEWEST_CHANGES: usize = 20;
/// A value that comes more seldom may be the same by chance, s.
const LONGEST_STEP_S: f64 = 20.0;

/// Blanks every stretch of [`STUCK_S`] and more in which all known values are one. Returns how many values.
pub(super) fn blank(time_s: &[f64], bpm: &mut [f32]) -> usize {
    let changes = |pair: &&[f32]| (pair[0] - pair[1]).abs() > 0.0;
    if bpm.windows(2).filter(changes).count() < FEWEST_CHANGES {
        return 0;
    }
    let mut blanked = 0;
    let mut stretch = Stretch::default();
    for i in 0..bpm.len() {
        if bpm[i].is_nan() {
            continue;
        }
        let goes_on = stretch.count > 0
            && bpm[stretch.last] == bpm[i]
            && time_s[i] - time_s[stretch.last] <= LONGEST_STEP_S;
        if goes_on {
            (stretch.last, stretch.count) = (i, stretch.count + 1);
        } else {
            blanked += stretch.blank(time_s, bpm);
            stretch = Stretch::from(i);
        }
    }
    blanked + stretch.blank(time_s, bpm)
}

/// Samples in a row whose known values are all the same.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    first: usize,
    last: usize,
    count: usize,
}

impl Stretch {
    fn from(i: usize) -> Self {
        Stretch {
            first: i,
            last: i,
            count: 1,
        }
    }

    fn blank(self, time_s: &[f64], bpm: &mut [f32]) -> usize {
        let is_stuck = self.count >= FEWEST && time_s[self.last] - time_s[self.first] >= STUCK_S;
        if !is_stuck {
            return 0;
        }
        bpm[self.first..=self.last].fill(f32::NAN);
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of a value a second are blanked that is the same for so many.
    fn blanked(same: usize) -> usize {
        let mut bpm: Vec<f32> = (0..100).map(|i| 140.0 + (i % 3) as f32).collect();
        bpm.extend(vec![151.0; same]);
        bpm.extend([149.0, 150.0]);
        let time_s: Vec<f64> = (0..bpm.len()).map(|i| i as f64).collect();
        let count = blank(&time_s, &mut bpm);
        assert_eq!(bpm.iter().filter(|bpm| bpm.is_nan()).count(), count);
        count
    }

    #[test]
    fn a_heart_rate_that_never_changes_is_none() {
        assert_eq!(blanked(120), 0);
        assert_eq!(blanked(300), 0);
        assert_eq!(blanked(301), 301);
        assert_eq!(blanked(900), 900);
        // The same throughout.
        let time_s: Vec<f64> = (0..900).map(f64::from).collect();
        assert_eq!(blank(&time_s, &mut vec![150.0; 900]), 0);
        // One value in two minutes, and then the same: nothing to tell by.
        let time_s: Vec<f64> = (0..80).map(|i| 120.0 * f64::from(i)).collect();
        assert_eq!(blank(&time_s, &mut vec![140.0; 80]), 0);
        assert_eq!(blank(&[], &mut []), 0);
    }
}
