//! The report: the only writer of files.

pub mod charts;
