//! The tables of a study: who takes part, one log of everybody, one daily table of everybody.

use crate::roster::Named;
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// The tables of a study.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Study {
    /// A list of who takes part, as CSV or workbook, a row each: id, folder (or archive, from where the list lies), sex, birth_year, group,
    /// resting_hr, max_hr, zone, from, to, consent. Without, athletes.csv in FOLDER if it is there.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub athletes: Option<PathBuf>,
    /// One pain log of everybody, with a column that says whose a row is; REDCap's long export and Qualtrics' are read too.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub pain: Option<PathBuf>,
    /// The column of the ids in --pain, --daily and --athletes [default: id, athlete, participant, record_id …]. Ids match to the letter.
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// One daily table of everybody, for whoever has no recordings: id, date, distance_km, duration_min, rpe, load, ascent_m, and the columns of
    /// a pain log. A row of zeros is a day without a run.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub daily: Option<PathBuf>,
    /// A table with the columns id and pseudonym, which you keep: the report and its tables have the pseudonyms alone. Whoever is in the
    /// study must be in it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
}

impl Study {
    /// What they name.
    pub fn named(&self) -> Named {
        Named {
            athletes: self.athletes.clone(),
            pain: self.pain.clone(),
            id: self.id.clone(),
            daily: self.daily.clone(),
            key: self.key.clone(),
        }
    }
}
