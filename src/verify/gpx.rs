//! The gpx crate's opinion of a GPX file.
