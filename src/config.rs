//! Configuration: what the command line asked for, checked once.

use crate::{
    ingest,
    model::Sex,
    pain,
    rules::{EmergencyNumber, Limits},
    units::Units,
};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Everything a report is made from.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Files and folders of recordings.
    pub inputs: Vec<PathBuf>,
    /// The pain log; None: one found inside the inputs, else in `log_folders`.
    pub pain_log: Option<PathBuf>,
    /// Folders beside the inputs that are looked in for the log, in this order. Empty: none, as for one of several runners.
    pub log_folders: Vec<PathBuf>,
    /// How to read it.
    pub pain: pain::Options,
    /// The folder that is written.
    pub output: PathBuf,
    /// Who may read what is written: whoever the system lets, or only whoever ran niggle.
    pub is_shared: bool,
    /// The folder of the cache; None: every file is read anew.
    pub cache: Option<PathBuf>,
    /// How recordings are read.
    pub ingest: ingest::Options,
    /// How they are judged.
    pub judging: Judging,
    /// Who its pages are for.
    pub pages: Pages,
    /// The report that findings are compared with, its file or its folder. None: they are compared with none.
    pub baseline: Option<PathBuf>,
}

/// Who the pages of a report are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pages {
    /// Names of files are shown in the page; without, it can be handed over.
    pub with_names: bool,
    /// Whom to hand a sheet of its own. None: the whole page is what is opened.
    pub audience: Option<Audience>,
}

/// What is printed when a report is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answer {
    /// A summary for people.
    #[default]
    Text,
    /// The text of `findings.json` alone.
    Json,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A doctor or physiotherapist: the sheet to hand over.
    Clinician,
}

/// The options of the pure middle.
#[derive(Debug, Clone, Default)]
pub struct Judging {
    /// The day to report from; None: the last recorded day.
    pub as_of: Option<NaiveDate>,
    /// That day was taken from the clock (`--as-of today`), which the report says.
    pub as_of_today: bool,
    /// How distances are shown.
    pub units: Units,
    /// The runner's heart rates, where given.
    pub heart_rate: HeartRate,
    /// The limits of rules that the runner changed.
    pub limits: Limits,
    /// The number that messages name.
    pub emergency_number: EmergencyNumber,
}

/// What TRIMP needs, where the runner gives it. It goes before what the recordings say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HeartRate {
    /// Resting heart rate, beats/min.
    pub rest_bpm: Option<f64>,
    /// Maximum heart rate, beats/min.
    pub max_bpm: Option<f64>,
    /// Sex, for Banister's constants.
    pub sex: Option<Sex>,
}
