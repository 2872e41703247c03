//! What is believed of a value, whatever the service.

use std::ops::RangeInclusive;

/// Distances believed, m.
pub(in crate::exports) const DISTANCE_M: RangeInclusive<f64> = 0.0..=1e7;
/// Times believed, s: up to a hundred days.
pub(in crate::exports) const TIME_S: RangeInclusive<f64> = 0.0..=8_640_000.0;
/// Metres climbed that are believed.
pub(in crate::exports) const CLIMB_M: RangeInclusive<f64> = 0.0..=1e5;
/// Heart rates believed, beats/min.
pub(in crate::exports) const HEART_RATE_BPM: RangeInclusive<f64> = 25.0..=250.0;
/// Resting heart rates believed, beats/min.
pub(in crate::exports) const REST_BPM: RangeInclusive<f64> = 25.0..=120.0;
/// Greatest heart rates believed, beats/min.
pub(in crate::exports) const MAX_BPM: RangeInclusive<f64> = 100.0..=250.0;
/// Weights believed, kg.
pub(in crate::exports) const WEIGHT_KG: RangeInclusive<f64> = 20.0..=400.0;
/// Sleep believed, s.
pub(in crate::exports) const ASLEEP_S: RangeInclusive<f64> = 0.0..=86_400.0;
/// Moments believed, Unix seconds: 1990 to 2100.
pub(in crate::exports) const MOMENTS_S: RangeInclusive<f64> = 631_152_000.0..=4_102_444_800.0;
/// Steps of one activity that are believed.
pub(in crate::exports) const STEPS: RangeInclusive<f64> = 0.0..=1e6;
