//! Who takes part in a study, and what there is of each: the folder of a cohort, `athletes.csv`, one pain log of everybody, a daily table
//! of everybody ([`crate::method::study_tables`]).
//!
//! Ids match to the letter or not at all: whoever has no match is listed, and nothing is guessed.

mod daily;
mod file;
mod ids;
mod manifest;
mod people;
mod pmsys;
mod profile;
mod session;
mod tables;
mod team;

pub use crate::epidemiology::{Out, Why};
pub use profile::Profile;
pub use tables::{Kept, Named, Tables};

use crate::{associate::cohort::Remark, error::Error, pain, source::Weight};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The folder of the cohort. None: the tables name everybody.
    pub folder: Option<&'a Path>,
    /// The tables that are named.
    pub named: Named,
    /// What is no runner's: the folder that is written.
    pub leave_out: &'a Path,
    /// How logs are read.
    pub options: &'a pain::Options,
}

/// Who takes part.
#[derive(Debug)]
pub struct Roster {
    /// Everybody who is to be read, by id.
    pub athletes: Vec<Athlete>,
    /// Who is not, and why, by id.
    pub left_out: Vec<Out>,
    /// What else is to be known of ids and tables.
    pub noted: Vec<Remark>,
    /// The tables of everybody, read as far as they are the same for all.
    pub tables: Tables,
}

/// One who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Athlete {
    /// What they are called, as it is written.
    pub id: String,
    /// Folders and archives with their recordings, below the root. Empty: the tables alone tell of them.
    pub recordings: Vec<PathBuf>,
    /// What the list says of them.
    pub profile: Profile,
    /// How much there is to read.
    #[serde(skip)]
    pub weight: Weight,
}

impl Asked<'_> {
    /// The folder that paths of recordings are below: that of the cohort, else that of the list.
    pub fn root(&self) -> PathBuf {
        let of_file = |file: &PathBuf| file.parent().map(Path::to_path_buf);
        let folder = self.folder.map(Path::to_path_buf);
        let listed = || self.named.athletes.as_ref().and_then(of_file);
        let daily = || self.named.daily.as_ref().and_then(of_file);
        let root = folder.or_else(listed).or_else(daily).unwrap_or_default();
        match root.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => root,
        }
    }
}

/// A path below the root without it; a whole one where it lies elsewhere.
pub fn below(path: &Path, root: &Path) -> PathBuf {
    people::below(path, root)
}

/// Finds out who takes part.
///
/// # Errors
/// A folder or a table that cannot be read, a table without the columns it needs; nobody at all.
pub fn read(asked: &Asked) -> Result<Roster, Error> {
    let named = asked.named.with_list_in(asked.folder);
    let tables = Tables::open(&named, asked.folder, asked.options)?;
    let mut people = people::gather(asked, &named, &tables)?;
    people.judge(&tables);
    match people.is_nobody() {
        true => Err(Error::Usage(nobody(asked))),
        false => Ok(people.into_roster(tables)),
    }
}

fn nobody(asked: &Asked) -> String {
    let advice = "Give each runner a folder of their own in it, with recordings and a pain.csv.";
    match asked.folder {
        Some(folder) => format!(
            "{}: no folder in it. Nothing was written. {advice}",
            folder.display()
        ),
        None => "nobody is named by the tables. Nothing was written. Give a folder with a folder for each runner, or --athletes FILE, or \
                 --daily FILE."
            .to_string(),
    }
}

#[cfg(test)]
mod tests;
