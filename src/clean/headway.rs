//! How a track gets on as the crow flies, from one position to that of a while later.
//!
//! Neither the noise of satellites nor positions that are held, nor a few that leapt away, make a way of that: what is left is how
//! fast the runner really got on.

use super::{position::haversine_m, time::Pauses};
use crate::model::Activity;
use std::ops::Range;

/// A leg that lasts longer tells nothing of the time between, s.
const LONGEST_LEG_S: f64 = 300.0;
/// Legs of less than this in all show nothing, s.
const ENOUGH_S: f64 = 300.0;
/// A leg of the median headway, s.
const LEG_S: f64 = 60.0;

/// From one position to another, without a pause between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Leg {
    /// How far apart they are, m.
    pub(crate) metres: f64,
    /// How long after each other, s.
    pub(crate) seconds: f64,
    /// Their samples.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Leg {
    pub(crate) fn m_s(self) -> f64 {
        self.metres / self.seconds
    }
}

/// The legs of at least `least_s` that follow each other among these samples.
pub(crate) fn legs(activity: &Activity, samples: Range<usize>, least_s: f64) -> Vec<Leg> {
    let time_s = &activity.samples.time_s;
    let mut pauses = Pauses::new(&activity.pauses);
    let mut legs = Vec::new();
    let mut from: Option<(usize, (f64, f64))> = None;
    for (i, here) in samples.filter_map(|i| Some((i, position(activity, i)?))) {
        let Some((then, there)) = from else {
            from = Some((i, here));
            continue;
        };
        let then_s = time_s[then];
        let seconds = time_s[i] - then_s;
        if seconds < least_s {
            continue;
        }
        let is_whole = seconds <= LONGEST_LEG_S && pauses.overlap(then_s, time_s[i]) == 0.0;
        let metres = haversine_m(there, here);
        legs.extend(is_whole.then_some(Leg {
            metres,
            seconds,
            from: then,
            to: i,
        }));
        from = Some((i, here));
    }
    legs
}

fn position(activity: &Activity, i: usize) -> Option<(f64, f64)> {
    let samples = &activity.samples;
    let here = (
        *samples.latitude_deg.get(i)?,
        *samples.longitude_deg.get(i)?,
    );
    (!here.0.is_nan() && !here.1.is_nan()).then_some(here)
}

/// The middle one of the speeds over a minute each, m/s. None without positions for some minutes.
pub(crate) fn median_m_s(activity: &Activity) -> Option<f64> {
    let legs = legs(activity, 0..activity.samples.len(), LEG_S);
    let known_s: f64 = legs.iter().map(|leg| leg.seconds).sum();
    let mut speeds: Vec<f64> = legs.into_iter().map(Leg::m_s).collect();
    speeds.sort_by(f64::total_cmp);
    let median = speeds.get(speeds.len() / 2).copied();
    median.filter(|_| known_s >= ENOUGH_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clean::fixture::steady, model::Span};

    /// Along the equator at so many m/s for ten minutes.
    fn along(m_s: f64) -> Activity {
        let mut activity = steady(601, m_s);
        activity.samples.latitude_deg = vec![0.0; 601];
        let east = |i| f64::from(i) * m_s / 111_195.08;
        activity.samples.longitude_deg = (0..601).map(east).collect();
        activity
    }

    fn is_near(activity: &Activity, m_s: f64) -> bool {
        median_m_s(activity).is_some_and(|median| (median - m_s).abs() < 0.05 * m_s)
    }

    #[test]
    fn neither_held_nor_lone_wrong_positions_make_a_way() {
        let mut activity = along(8.0);
        assert!(is_near(&activity, 8.0));
        let east = activity.samples.longitude_deg.clone();
        let held = (0..601).map(|i| east[i / 6 * 6]);
        activity.samples.longitude_deg = held.collect();
        assert!(is_near(&activity, 8.0));
        activity.samples.longitude_deg[120] = 3.0;
        assert!(is_near(&activity, 8.0));
        activity
            .samples
            .longitude_deg
            .iter_mut()
            .for_each(|east| *east = f64::NAN);
        assert_eq!(median_m_s(&activity), None);
    }

    #[test]
    fn a_leg_across_a_pause_is_none() {
        let mut activity = along(3.0);
        let t0 = activity.samples.time_s[0];
        let (from_s, to_s) = (t0 + 70.0, t0 + 75.0);
        activity.pauses = vec![Span { from_s, to_s }];
        assert_eq!(legs(&activity, 0..601, 60.0).len(), 9);
    }
}
