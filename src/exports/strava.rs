//! The files of Strava's export.

use super::Facts;
use crate::problem::Problem;

/// See [`super::read`].
pub fn read(_bytes: &[u8], _name: &str) -> Option<(Facts, Vec<Problem>)> {
    None
}

/// See [`super::is_export`].
pub fn is_export(_head: &[u8], _name: &str) -> bool {
    false
}

/// Whether a shoe of the list is the one that an activity names.
pub fn same_shoe(key: &str, worn: &str) -> bool {
    key == worn
}
