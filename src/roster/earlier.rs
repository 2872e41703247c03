//! Tables that niggle wrote before, as input: `tables/` of a cohort's report for everybody in it, the folder of a report for one.

use super::Athlete;
use crate::{
    error::Error,
    frames::{self, Earlier, OfOne},
    source::{self, COHORT, Member, Members, REPORT, STACKED, TABLES},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::{Path, PathBuf},
};

/// What is to be known of whoever is read from tables.
pub(super) const LACK: &str = "runners are read from the tables of an earlier report, which hold no notes, no own words for places, no shoes and no other \
     sports than the time in them; who they are in sex, age and group is for a list to say";

/// Tables of several runners, in the folder of the cohort or in folders of it.
#[derive(Debug, Default)]
pub(super) struct Sets {
    all: Vec<Earlier>,
    /// By id, in which of them.
    of: BTreeMap<String, usize>,
    /// Ids that two of them have.
    pub(super) doubled: BTreeSet<String>,
    /// Their folders.
    folders: Vec<PathBuf>,
}

/// Reads the tables in a folder; where none lie in it and it holds nothing but reports, those in its folders.
///
/// # Errors
/// [`Error::Usage`] naming tables of another version, or without days; a folder that cannot be read.
pub(super) fn read(folder: &Path, leave_out: &Path) -> Result<Sets, Error> {
    let mut sets = Sets::default();
    match of_several(folder) {
        Some(own) => sets.add(own)?,
        None => {
            // A folder that cannot be looked at is told by whoever looks for runners in it.
            let members = source::members(folder, leave_out).unwrap_or_default();
            let below = only_reports(&members).iter();
            let mut below = below.filter_map(|member| of_several(&folder.join(&member.below)));
            below.try_for_each(|below| sets.add(below))?;
        }
    }
    Ok(sets)
}

/// The reports in a folder that holds nothing else. Beside recordings they are reports of before, and nobody's.
pub(super) fn only_reports(members: &Members) -> &[Member] {
    match members.runners.is_empty() {
        true => &members.reports,
        false => &[],
    }
}

/// The folder of tables of several runners that this one is or has.
fn of_several(folder: &Path) -> Option<PathBuf> {
    let mut folders = [folder.join(STACKED), folder.to_path_buf()].into_iter();
    folders.find(|folder| is_of_several(folder) == Some(true))
}

/// None where no such tables lie in a folder.
fn is_of_several(folder: &Path) -> Option<bool> {
    let first = files(folder).next().filter(|_| are_there(folder))?;
    frames::is_of_several(File::open(first).ok()?)
}

fn are_there(folder: &Path) -> bool {
    files(folder).all(|file| file.is_file())
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    frames::read_again().map(move |name| folder.join(format!("{name}.parquet")))
}

impl Sets {
    fn add(&mut self, folder: PathBuf) -> Result<(), Error> {
        let set = open(&folder)?;
        for athlete in set.athletes() {
            let before = self.of.insert(athlete.to_string(), self.all.len());
            self.doubled.extend(before.map(|_| athlete.to_string()));
        }
        self.all.push(set);
        self.folders.push(folder);
        Ok(())
    }

    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.all.is_empty()
    }

    /// Everybody in them.
    pub(super) fn athletes(&self) -> impl Iterator<Item = &str> {
        self.of.keys().map(String::as_str)
    }

    /// Whether they hold this one.
    pub(super) fn has(&self, id: &str) -> bool {
        self.of.contains_key(id)
    }

    /// Whether they are those of this folder, and not of folders in it.
    pub(super) fn are_of(&self, folder: &Path) -> bool {
        let own = [folder.to_path_buf(), folder.join(STACKED)];
        self.folders.iter().any(|one| own.contains(one))
    }

    /// Whether a folder is one of them or holds one.
    pub(super) fn lie_in(&self, folder: &Path) -> bool {
        self.folders.iter().any(|one| one.starts_with(folder))
    }

    /// Every file that was read.
    pub(super) fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().flat_map(|folder| files(folder))
    }

    /// What they hold of one. None: they do not, or recordings tell of them.
    pub(super) fn one(&self, athlete: &Athlete) -> Option<Result<OfOne, String>> {
        let at = self
            .of
            .get(&athlete.id)
            .filter(|_| athlete.recordings.is_empty())?;
        self.all[*at].one(&athlete.id)
    }
}

/// What the report of one alone holds, where that is all that there is of them.
pub(super) fn report_of(athlete: &Athlete, root: &Path) -> Option<Result<OfOne, String>> {
    let [below] = &athlete.recordings[..] else {
        return None;
    };
    let folder = root.join(below);
    let is_one = is_of_several(&folder) == Some(false) && source::is_without_recordings(&folder);
    is_one.then(|| {
        let set = open(&folder).map_err(|error| error.to_string())?;
        let nobody = || Err("the tables have no row".to_string());
        set.one("").unwrap_or_else(nobody)
    })
}

fn open(folder: &Path) -> Result<Earlier, Error> {
    let told = |fault: String| {
        Error::Usage(format!(
            "{}: {fault}. Nothing was written. Make the tables anew with this version and with --dates, or give the recordings.",
            folder.display()
        ))
    };
    if let Some(version) = other_version(folder) {
        let own = env!("CARGO_PKG_VERSION");
        return Err(told(format!(
            "tables of niggle {version}, and this is {own}"
        )));
    }
    let bytes = files(folder).map(|file| std::fs::read(&file).map_err(Error::input(&file)));
    let bytes: Vec<Vec<u8>> = bytes.collect::<Result<_, _>>()?;
    Earlier::of(&bytes).map_err(told)
}

/// The version that wrote a report, where the report says another than this one.
fn other_version(folder: &Path) -> Option<String> {
    let above = folder.parent().filter(|_| folder.ends_with(STACKED));
    let of_several = above
        .into_iter()
        .chain([folder])
        .map(|folder| folder.join(COHORT));
    let of_one = [REPORT, TABLES].map(|name| folder.join(name));
    let mut versions = of_several.chain(of_one).filter_map(|file| version(&file));
    versions.find(|version| version != env!("CARGO_PKG_VERSION"))
}

fn version(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    value["niggle_version"].as_str().map(str::to_string)
}
