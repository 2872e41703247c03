//! Every option of a report, once: clap takes its help from here, a `niggle.toml` its keys, and [`Config`](crate::config::Config)
//! what they come to.
//!
//! A value is read by the same function whether it stands on the command line or in a file, so both take the same words.

mod common;
mod file;
mod log;
mod over;
mod reading;
mod report;
mod spelled;
mod values;

pub use common::Common;
pub use log::Log;
pub use reading::Reading;
pub use report::Options;
pub(in crate::cli) use values::today;
pub use values::{Day, Whole};

#[cfg(test)]
mod tests;
