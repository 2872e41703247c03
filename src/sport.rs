//! Sports by their names in the FIT profile.

use serde::{Deserialize, Deserializer, Serialize};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// A sport by its name in the FIT profile (`running`, `cycling`, `cross_country_skiing`), or `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sport(#[serde(deserialize_with = "name")] pub Name);

/// One of the few names that the program itself knows.
pub type Name = &'static str;

/// Reads a name that a cache holds. Each is kept in memory once, as long as the program runs; there are a few dozen.
pub(crate) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
    static NAMES: Mutex<BTreeSet<Name>> = Mutex::new(BTreeSet::new());
    let read = String::deserialize(deserializer)?;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(read.as_str()) {
        return Ok(known);
    }
    let name: Name = read.leak();
    names.insert(name);
    Ok(name)
}

impl Sport {
    /// FIT sport 1.
    pub const RUNNING: Sport = Sport("running");
    /// FIT sport 0: recorded without choosing a sport.
    pub const GENERIC: Sport = Sport("generic");
    /// FIT sport 18: several sports in one outing.
    pub const MULTISPORT: Sport = Sport("multisport");
    /// The file says nothing about the sport.
    pub const UNKNOWN: Sport = Sport("unknown");
    /// A sport that has no name in the FIT profile, or an open one that was no run.
    pub const OTHER: Sport = Sport("other");

    /// Whether the file itself says that this is running.
    pub fn is_running(self) -> bool {
        self == Sport::RUNNING
    }

    /// Whether the file leaves the sport open.
    pub fn is_open(self) -> bool {
        self == Sport::GENERIC || self == Sport::UNKNOWN
    }
}
