//! The nouns: what a decoder hands over (`Activity`), what is left of it (`Run`), and the runner's calendar (`History`).
//!
//! Samples are columns, and a missing sample is NaN there and nowhere else. From [`Run`] upwards a value that was
//! not measured is absent (`Option`), zero means zero, and NaN never appears.

mod activity;
mod format;
mod heart_rate;
mod history;
mod run;

pub use crate::sport::{Name, Sport};
pub use activity::{Activity, Athlete, Decoded, Lap, Samples, Sex, Span, Totals};
pub use format::Format;
pub use heart_rate::HeartRateSeconds;
pub use history::{Day, History, Week};
pub use run::{
    AltitudeSource, CadenceReason, CadenceUnit, DistanceSource, Doubts, Listing, LoadUnit, Merge,
    Run, SportSource, TimeSource,
};
