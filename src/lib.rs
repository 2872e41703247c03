//! niggle reads years of a runner's recordings and a pain log and reports what deserves attention.

pub mod analysis;
pub mod associate;
pub mod clean;
pub mod decode;
pub mod error;
pub mod frames;
pub mod ingest;
pub mod merge;
pub mod metrics;
pub mod model;
pub mod pain;
pub mod problem;
pub mod report;
pub mod rules;
pub mod source;
pub mod stats;
pub mod time;
pub mod units;
pub mod verify;
