//! The tables of everybody: which are named, and what they keep of one.

use super::{
    Athlete,
    daily::{self, Daily},
    earlier::{self, Sets},
    file, ids, manifest,
    pmsys::{self, Told},
    session::{Session, runs},
    team::{self, Team},
};
use crate::{
    error::Error,
    frames::OfOne,
    model::Run,
    pain::{self, Long, PainLog, grid::Grid},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The tables that are named, as options name them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Named {
    /// The list of who takes part (`--athletes`).
    pub athletes: Option<PathBuf>,
    /// The log of everybody (`--pain`).
    pub pain: Option<PathBuf>,
    /// The column of the ids (`--id`).
    pub id: Option<String>,
    /// The daily table of everybody (`--daily`).
    pub daily: Option<PathBuf>,
    /// Which pseudonym stands for which id (`--key`). A plan has them beside the ids, and not the file.
    #[serde(skip)]
    pub key: Option<PathBuf>,
}

impl Named {
    /// With the list that lies in the folder of the cohort, where none is named.
    pub fn with_list_in(&self, folder: Option<&Path>) -> Named {
        let lying = || list_in(folder?);
        Named {
            athletes: self.athletes.clone().or_else(lying),
            ..self.clone()
        }
    }

    /// The same where paths below a root lie below another: what a plan keeps, and what a worker finds.
    pub fn moved(&self, to: impl Fn(&Path) -> PathBuf) -> Named {
        let moved = |file: &Option<PathBuf>| file.as_deref().map(&to);
        Named {
            athletes: moved(&self.athletes),
            pain: moved(&self.pain),
            id: self.id.clone(),
            daily: moved(&self.daily),
            key: None,
        }
    }

    /// The tables that hold something of everybody, and are read with everybody.
    pub fn of_all(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.pain, &self.daily].into_iter().flatten()
    }

    /// Every file that is named.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.athletes, &self.pain, &self.daily, &self.key]
            .into_iter()
            .flatten()
    }
}

fn list_in(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let called =
        |name: &std::ffi::OsStr| name.to_string_lossy().eq_ignore_ascii_case(manifest::NAME);
    let mut lists = entries.filter(|entry| called(&entry.file_name()) && entry.path().is_file());
    lists.next().map(|entry| entry.path())
}

/// The tables of everybody, read as far as they are the same for all.
#[derive(Debug, Default)]
pub struct Tables {
    pub(super) long: Option<Long>,
    pub(super) daily: Option<Daily>,
    pub(super) team: Option<Team>,
    pub(super) earlier: Sets,
    of_folder: Vec<PathBuf>,
}

impl Tables {
    /// Reads the log and the daily table, and whether the folder is a team's.
    ///
    /// # Errors
    /// A table that cannot be read, or without the columns that it needs.
    pub fn open(
        named: &Named,
        folder: Option<&Path>,
        leave_out: &Path,
        options: &pain::Options,
    ) -> Result<Tables, Error> {
        let id = named.id.as_deref();
        let long = named.pain.as_deref().map(|path| long(path, id, options));
        let daily = named.daily.as_deref();
        let daily = daily.map(|path| daily::read(path, id, options, named.pain.is_none()));
        let earlier = folder.map(|folder| earlier::read(folder, leave_out));
        let earlier = earlier.transpose()?.unwrap_or_default();
        let of_team = folder.into_iter().flat_map(team::files);
        Ok(Tables {
            long: long.transpose()?,
            daily: daily.transpose()?,
            team: folder.and_then(team::read),
            of_folder: of_team.chain(earlier.files()).collect(),
            earlier,
        })
    }

    /// Files that are read with everybody beside those that are named: a team's, and tables of an earlier report.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.of_folder.iter()
    }

    /// What tables of an earlier report hold of one; the fault in words where they cannot be read. None: there are none.
    pub fn earlier(&self, athlete: &Athlete, root: &Path) -> Option<Result<OfOne, String>> {
        let of_several = self.earlier.one(athlete);
        of_several.or_else(|| earlier::report_of(athlete, root))
    }

    /// What they keep of one.
    pub fn of<'t>(&'t self, athlete: &Athlete, root: &Path) -> Kept<'t> {
        let id = athlete.id.as_str();
        let own = || {
            athlete
                .recordings
                .iter()
                .find_map(|below| pmsys::told(&root.join(below)))
        };
        let told = self
            .team
            .as_ref()
            .map_or_else(own, |team| team.get(id).cloned());
        let daily = self.daily.as_ref();
        let of_table =
            daily.and_then(|daily| Some((daily.place.as_str(), daily.people.get(id)?.as_slice())));
        let of_told = || told.as_ref().map(|told| (TOLD, told.sessions.as_slice()));
        let (place, sessions) = of_table.or_else(of_told).unwrap_or_default();
        let kept = Kept {
            id: id.to_string(),
            log: Keeps::Nothing,
            runs: runs(athlete.name(), place, sessions),
            rest: rest(sessions),
        };
        Kept {
            log: self.log_of(id, told),
            ..kept
        }
    }

    /// The log of everybody goes before what tables of other things say.
    fn log_of(&self, id: &str, told: Option<Told>) -> Keeps<'_> {
        let of_daily = || self.daily.as_ref().and_then(|daily| daily.log.as_ref());
        let mut logs = self.long.iter().chain(of_daily());
        let of_log = logs.find(|log| log.has(id)).map(Keeps::Rows);
        let told = told.filter(|told| told.log.has_rows());
        of_log
            .or(told.map(|told| Keeps::Text(told.log.text().to_string())))
            .unwrap_or(Keeps::Nothing)
    }

    /// Whether a table tells what this one ran.
    pub(super) fn has_runs_of(&self, id: &str) -> bool {
        let in_team = self.team.iter().any(|team| team.contains_key(id));
        in_team || self.earlier.has(id) || self.in_daily(id)
    }

    fn in_daily(&self, id: &str) -> bool {
        let mut daily = self.daily.iter();
        daily.any(|daily| daily.people.contains_key(id))
    }
}

/// How tables are called that a study's tool wrote.
const TOLD: &str = "the tables of a monitoring system";

/// Days of rows that say that nothing was run, but for those with a run in another row.
fn rest(sessions: &[Session]) -> BTreeSet<NaiveDate> {
    let days = |is: fn(&Session) -> bool| {
        sessions
            .iter()
            .filter(move |one| is(one))
            .map(|one| one.day)
    };
    let runs: BTreeSet<NaiveDate> = days(Session::is_run).collect();
    days(Session::is_rest)
        .filter(|day| !runs.contains(day))
        .collect()
}

/// What the tables keep of one.
#[derive(Debug)]
pub struct Kept<'t> {
    id: String,
    log: Keeps<'t>,
    /// What was run, by start.
    pub runs: Vec<Run>,
    /// Days on which nothing was.
    pub rest: BTreeSet<NaiveDate>,
}

/// Where the log is kept.
#[derive(Debug)]
enum Keeps<'t> {
    /// Among one's own recordings, or nowhere.
    Nothing,
    /// In a log of everybody.
    Rows(&'t Long),
    /// Put together from tables of other kinds.
    Text(String),
}

impl Kept<'_> {
    /// Whether the log is kept here, and not among one's own recordings.
    pub fn has_log(&self) -> bool {
        !matches!(self.log, Keeps::Nothing)
    }

    /// The log, empty where it is not kept here.
    pub fn log(&self, options: &pain::Options) -> PainLog {
        match &self.log {
            Keeps::Nothing => PainLog::default(),
            Keeps::Rows(long) => long.log_of(&self.id, options).unwrap_or_default(),
            Keeps::Text(text) => pain::read(text.as_bytes(), TOLD, options).unwrap_or_default(),
        }
    }
}

/// The log of everybody; without a name for the column of the ids, the likeliest.
fn long(path: &Path, id: Option<&str>, options: &pain::Options) -> Result<Long, Error> {
    let (bytes, place) = file::bytes(path)?;
    let id = match id {
        Some(id) => id.to_string(),
        None => likeliest(&bytes, &place)?,
    };
    Long::read(&bytes, &place, &id, options).map_err(|error| file::not_understood(&error))
}

fn likeliest(bytes: &[u8], place: &str) -> Result<String, Error> {
    let grid = Grid::read(bytes, place).map_err(|error| file::not_understood(&error))?;
    let column = grid
        .column(ids::NAMES)
        .and_then(|column| grid.names().get(column).cloned());
    column.ok_or_else(|| file::no_column(&grid, "the id", "Name it with --id COLUMN."))
}
