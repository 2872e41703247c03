//! How long a run had each heart rate.

use serde::{Deserialize, Serialize};

/// How long a run had each whole heart rate, s. From the lowest to the highest nearly every one occurs, so that the seconds alone are
/// kept: tens of thousands of runs wait with them until the runner's own heart rates are known.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HeartRateSeconds {
    lowest_bpm: u8,
    seconds: Vec<f32>,
}

impl HeartRateSeconds {
    /// From the seconds at 0, 1, 2 … beats/min.
    pub fn of(histogram: &[f32; 256]) -> Self {
        let occurs = |seconds: &f32| *seconds > 0.0;
        let Some(lowest) = histogram.iter().position(occurs) else {
            return Self::default();
        };
        let highest = histogram.iter().rposition(occurs).unwrap_or(lowest);
        HeartRateSeconds {
            lowest_bpm: lowest as u8,
            seconds: histogram[lowest..=highest].to_vec(),
        }
    }

    /// Beats/min and seconds, ascending, where there are any.
    pub fn iter(&self) -> impl Iterator<Item = (u8, f32)> {
        (self.lowest_bpm..=u8::MAX)
            .zip(self.seconds.iter().copied())
            .filter(|(_, seconds)| *seconds > 0.0)
    }

    /// Whether no heart rate was recorded.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }
}

impl FromIterator<(u8, f32)> for HeartRateSeconds {
    fn from_iter<T: IntoIterator<Item = (u8, f32)>>(pairs: T) -> Self {
        let mut histogram = [0.0; 256];
        pairs
            .into_iter()
            .for_each(|(bpm, seconds)| histogram[usize::from(bpm)] += seconds);
        HeartRateSeconds::of(&histogram)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_at_heart_rates_come_back_as_they_were() {
        let pairs = [(60, 1.5), (61, 2.0), (140, 600.0), (255, 0.5)];
        let seconds: HeartRateSeconds = pairs.into_iter().collect();
        assert_eq!(seconds.iter().collect::<Vec<_>>(), pairs);
        assert_eq!(
            [(0, 3.0)]
                .into_iter()
                .collect::<HeartRateSeconds>()
                .iter()
                .collect::<Vec<_>>(),
            [(0, 3.0)]
        );
        let none: HeartRateSeconds = [].into_iter().collect();
        assert!(none.is_empty() && !seconds.is_empty() && none == HeartRateSeconds::default());
        assert_eq!(none.iter().count(), 0);
    }
}
