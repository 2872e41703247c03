//! What a list says of one who takes part.

use crate::{
    config::{Config, HeartRate},
    epidemiology::Person,
    time::Window,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What a list says of one who takes part; what it leaves blank is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// For the study's first table; the sex for the constants of Banister's TRIMP too.
    #[serde(flatten)]
    pub person: Person,
    /// Resting heart rate, beats/min.
    pub rest_bpm: Option<u8>,
    /// Maximum heart rate, beats/min.
    pub max_bpm: Option<u8>,
    /// The zone of the runner's clock, as the IANA calls it.
    pub zone: Option<String>,
    /// From which day to which they count.
    pub window: Window,
}

impl Profile {
    /// The options for this one: what the list says goes before what was said for all.
    pub fn config(&self, all: &Config) -> Config {
        let mut config = all.clone();
        let zone: Option<Tz> = self.zone.as_ref().and_then(|zone| zone.parse().ok());
        config.ingest.timezone = zone.or(config.ingest.timezone);
        let given = config.judging.heart_rate;
        config.judging.heart_rate = HeartRate {
            rest_bpm: self.rest_bpm.map(f64::from).or(given.rest_bpm),
            max_bpm: self.max_bpm.map(f64::from).or(given.max_bpm),
            sex: self.person.sex.or(given.sex),
        };
        config
    }
}
