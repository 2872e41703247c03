//! The folder that shards are written into: where what lies in it, and what is known of it. Everything of a shard has a name that depends on
//! the shard alone, and its receipt is written last.
//!
//! ```text
//! plan.json
//! runs/shard=00017/part-0.parquet      and so for every table
//! state/shard=00017.bin
//! receipts/00017.json
//! ```

use super::plan::Plan;
use crate::{
    digest::sha256,
    error::Error,
    frames::STACKED,
    report::{self, Access},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::DirEntry,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// A folder with shards.
#[derive(Debug, Clone)]
pub(super) struct Store {
    folder: PathBuf,
    /// Whether other machines go by it, so that what is written must be on the disk.
    is_of_many: bool,
    /// Who may read what is written.
    access: Access,
}

/// What a shard came to: that it was written, by what, and what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// SHA-256 of the plan's text.
    pub plan: String,
    /// The program's version.
    pub niggle_version: String,
    /// Which shard.
    pub shard: u32,
    /// Runners read, whether they take part or not.
    pub athletes: u64,
    /// Those who take part.
    pub taken: u64,
    /// Their runs.
    pub runs: u64,
    /// Inputs that could not be used.
    pub inputs_failed: u64,
    /// Every file of the shard.
    pub files: Vec<Written>,
}

/// A file of a shard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name below the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of them.
    pub sha256: String,
}

impl Store {
    /// That of several workers.
    pub(super) fn at(folder: &Path, access: Access) -> Store {
        Store {
            folder: folder.to_path_buf(),
            is_of_many: true,
            access,
        }
    }

    /// That of one process alone, which makes anew what is not as its receipt says.
    pub(super) fn of_one(folder: &Path, access: Access) -> Store {
        Store {
            is_of_many: false,
            ..Store::at(folder, access)
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(name);
        match self.is_of_many {
            true => report::replace_on_disk(&path, bytes, self.access),
            false => report::replace(&path, bytes, self.access),
        }
    }

    pub(super) fn access(&self) -> Access {
        self.access
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of a shard's runners.
    pub(super) fn state(&self, shard: u32) -> PathBuf {
        self.folder.join(state_name(shard))
    }

    /// Writes the files of a shard, then its receipt.
    ///
    /// # Errors
    /// [`Error::Output`].
    pub(super) fn write(
        &self,
        receipt: Receipt,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Receipt, Error> {
        let mut receipt = receipt;
        for (name, bytes) in files {
            self.put(&name, &bytes)?;
            receipt.files.push(Written {
                bytes: bytes.len() as u64,
                sha256: sha256(&bytes),
                name,
            });
        }
        self.put(&receipt_name(receipt.shard), receipt.text()?.as_bytes())?;
        Ok(receipt)
    }

    /// The receipt of a shard. None: there is none yet.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn receipt(&self, shard: u32) -> Result<Option<Receipt>, Error> {
        let path = self.folder.join(receipt_name(shard));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::Input { path, error }),
        };
        Ok(serde_json::from_str(&text).ok())
    }

    /// What keeps a shard's receipt from being believed, file by file; None: everything is as it says.
    pub(super) fn fault(&self, receipt: &Receipt, plan: &str) -> Option<String> {
        let own = env!("CARGO_PKG_VERSION");
        if receipt.plan != plan {
            return Some("it was made by another plan".to_string());
        }
        if receipt.niggle_version != own {
            return Some(format!(
                "it was made by niggle {}, and this is {own}",
                receipt.niggle_version
            ));
        }
        let names = receipt.files.iter().map(|file| file.name.as_str());
        if !names.eq(names_of(receipt.shard).iter().map(String::as_str)) {
            return Some("its receipt does not name the files of a shard".to_string());
        }
        receipt.files.iter().find_map(|file| self.fault_of(file))
    }

    fn fault_of(&self, file: &Written) -> Option<String> {
        let name = &file.name;
        match std::fs::read(self.folder.join(name)) {
            Err(error) => Some(format!(
                "{name} cannot be read ({})",
                crate::error::words(&error)
            )),
            Ok(bytes) if bytes.len() as u64 != file.bytes || sha256(&bytes) != file.sha256 => {
                Some(format!("{name} is not what its receipt says"))
            }
            Ok(_) => None,
        }
    }

    /// The rows of a table in a shard.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn table(&self, table: &str, shard: u32) -> Result<Vec<u8>, Error> {
        let path = self.folder.join(table_name(table, shard));
        std::fs::read(&path).map_err(Error::input(&path))
    }

    /// Writes the plan that all shards here are by.
    ///
    /// # Errors
    /// [`Error::Plan`] where another plan lies there, [`Error::Output`].
    pub(super) fn keep_plan(&self, plan: &Plan) -> Result<(), Error> {
        let path = self.folder.join(super::PLAN);
        let text = plan.text()?;
        match std::fs::read_to_string(&path) {
            Ok(there) if there == text => Ok(()),
            Ok(_) => Err(Error::Plan(format!(
                "{}: the shards of another plan lie there, and two are never mixed. Nothing was written. Choose another folder, or empty it.",
                self.folder.display()
            ))),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                report::replace_on_disk(&path, text.as_bytes(), self.access)
            }
            Err(error) => Err(Error::Input { path, error }),
        }
    }

    /// The plan that lies there.
    ///
    /// # Errors
    /// Those of [`Plan::open`].
    pub(super) fn plan(&self) -> Result<Plan, Error> {
        Plan::open(&self.folder.join(super::PLAN))
    }

    /// Files that a worker began and did not end: they are nobody's.
    pub(super) fn strays(&self) -> io::Result<usize> {
        let folders = STACKED.iter().map(|table| table.name);
        let folders = folders.chain(["state", "receipts", ""]);
        let mut strays = 0;
        for folder in folders {
            strays += strays_in(&self.folder.join(folder))?;
        }
        Ok(strays)
    }
}

fn strays_in(folder: &Path) -> io::Result<usize> {
    let mut strays = 0;
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    for entry in entries {
        strays += strays_at(&entry?)?;
    }
    Ok(strays)
}

fn strays_at(entry: &DirEntry) -> io::Result<usize> {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    match name.starts_with("shard=") && entry.file_type()?.is_dir() {
        true => strays_in(&entry.path()),
        false => Ok(usize::from(name.starts_with(report::UNFINISHED))),
    }
}

impl Receipt {
    /// Nothing was read yet.
    pub(super) fn new(plan: &str, shard: u32) -> Receipt {
        Receipt {
            plan: plan.to_string(),
            niggle_version: env!("CARGO_PKG_VERSION").to_string(),
            shard,
            athletes: 0,
            taken: 0,
            runs: 0,
            inputs_failed: 0,
            files: Vec::new(),
        }
    }

    /// On one line, as the worker prints it.
    ///
    /// # Errors
    /// [`Error::Render`], which plain values cannot cause.
    pub fn text(&self) -> Result<String, Error> {
        let text = serde_json::to_string(self).map(|text| text + "\n");
        text.map_err(|error| Error::render("a receipt", &error))
    }
}

/// Every file of a shard.
fn names_of(shard: u32) -> Vec<String> {
    let tables = STACKED.iter().map(|table| table_name(table.name, shard));
    tables.chain([state_name(shard)]).collect()
}

pub(super) fn table_name(table: &str, shard: u32) -> String {
    format!("{table}/shard={shard:05}/part-0.parquet")
}

pub(super) fn state_name(shard: u32) -> String {
    format!("state/shard={shard:05}.bin")
}

fn receipt_name(shard: u32) -> String {
    format!("receipts/{shard:05}.json")
}
