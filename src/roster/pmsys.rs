//! PMSys, the athlete monitoring system of the public PMData: `injury.csv`, `srpe.csv` and `wellness.csv` in a participant's folder or in
//! `pmsys/` within it, packed or not ([`crate::method::study_tables`], PMData).

use super::session::Session;
use crate::{
    digest::sha256,
    pain::grid::{Grid, Row},
    source::{self, Source},
};
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// What tables tell of one person: a log in niggle's own words, and what was run.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Told {
    /// A pain log as text; only its header where nothing is told.
    pub(super) log: Lines,
    pub(super) sessions: Vec<Session>,
}

/// A pain log as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines(String);

impl Default for Lines {
    fn default() -> Self {
        Lines("date,site,pain,sleep_h,sleep_quality\n".to_string())
    }
}

impl Lines {
    /// Places that hurt, each with a word for how much; nothing where the answer is no answer. No place says that none hurts.
    pub(super) fn injuries(&mut self, day: &str, cell: &str) {
        let Some(places) = places(cell) else { return };
        if places.is_empty() {
            self.0.push_str(&format!("{day},none,0,,\n"));
        }
        for (place, how) in &places {
            let word = match how.as_str() {
                Some("minor") => "mild",
                Some("major") => "severe",
                _ => "",
            };
            self.0.push_str(&format!(
                "{day},{},{word},,\n",
                place.replace(['_', ',', '"', '\n'], " ")
            ));
        }
    }

    /// A night; zeros are questions that were not answered.
    pub(super) fn night(&mut self, day: &str, hours: Option<f64>, quality: Option<f64>) {
        let cell = |value: Option<f64>| {
            value
                .filter(|value| *value > 0.0)
                .map_or(String::new(), |value| value.to_string())
        };
        let (hours, quality) = (cell(hours), cell(quality));
        if !(hours.is_empty() && quality.is_empty()) {
            self.0.push_str(&format!("{day},,,{hours},{quality}\n"));
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether any row is told.
    pub(super) fn has_rows(&self) -> bool {
        self.0.lines().nth(1).is_some()
    }
}

/// `{'left_knee': 'minor'}` as Python writes it, or JSON.
fn places(cell: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(cell)
        .or_else(|_| serde_json::from_str(&cell.replace('\'', "\"")))
        .ok()
}

/// The files that are read.
const FILES: [&str; 3] = ["injury.csv", "wellness.csv", "srpe.csv"];
/// The folder that they usually lie in.
const OWN_FOLDER: &str = "pmsys";

/// Where they lie.
enum Place {
    Folder(PathBuf),
    /// In an archive.
    Packed(Vec<Source>),
}

impl Place {
    /// In a participant's folder or archive. None: it is none of PMSys'.
    fn of(path: &Path) -> Option<Place> {
        match path.is_file() {
            true => packed(path).map(Place::Packed),
            false => {
                let mut own = [path.join(OWN_FOLDER), path.to_path_buf()].into_iter();
                own.find(|folder| is_own(folder)).map(Place::Folder)
            }
        }
    }

    /// A file's bytes. None where it is not there.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let source = match self {
            Place::Folder(folder) => source::one(&folder.join(name)).ok()?,
            Place::Packed(sources) => sources
                .iter()
                .find(|source| is_called(source, name))?
                .clone(),
        };
        let mut bytes = Vec::new();
        source::read_whole(&source, &mut bytes).ok()?;
        Some(bytes)
    }

    /// A file with these columns.
    fn table<const N: usize>(&self, name: &str, columns: [&str; N]) -> Option<(Grid, [usize; N])> {
        let grid = Grid::read(&self.bytes(name)?, name).ok()?;
        let found = columns.iter().filter_map(|name| grid.column(name));
        let found: Vec<usize> = found.collect();
        Some((grid, found.try_into().ok()?))
    }
}

/// The files in an archive: those of the folder that is nearest to the top.
fn packed(archive: &Path) -> Option<Vec<Source>> {
    let opened = source::open(&source::one(archive).ok()?).ok()?;
    let own = opened
        .sources
        .iter()
        .filter(|source| MARKS.iter().any(|name| is_called(source, name)));
    let nearest = own
        .map(folder_of)
        .min_by_key(|folder| folder.matches('/').count())?;
    let nearest = nearest.to_string();
    let sources = opened.sources.into_iter();
    Some(
        sources
            .filter(|source| folder_of(source) == nearest)
            .collect(),
    )
}

fn folder_of(source: &Source) -> &str {
    source
        .name
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
}

fn is_called(source: &Source, name: &str) -> bool {
    source.name.rsplit('/').next() == Some(name)
}

/// What a participant's folder or archive tells. None: it is none of PMSys'.
pub(super) fn told(path: &Path) -> Option<Told> {
    let place = Place::of(path)?;
    let mut told = Told::default();
    let known = [
        told.injuries(&place),
        told.nights(&place),
        told.sessions(&place),
    ];
    known.iter().any(Option::is_some).then_some(told)
}

/// SHA-256 of what is read of a participant. None: it is none of PMSys'.
pub(super) fn hash(path: &Path) -> Option<String> {
    let place = Place::of(path)?;
    let files = FILES.map(|name| place.bytes(name));
    Some(sha256(format!("{files:?}").as_bytes()))
}

/// Each reads one file. None: there is no such file, or not with its columns.
impl Told {
    fn injuries(&mut self, place: &Place) -> Option<()> {
        let wanted = ["effective time frame", "injuries"];
        let (grid, [date, injuries]) = place.table("injury.csv", wanted)?;
        for row in grid.rows() {
            self.log
                .injuries(row.cell(Some(date)), row.cell(Some(injuries)));
        }
        Some(())
    }

    fn nights(&mut self, place: &Place) -> Option<()> {
        let wanted = ["effective time frame", "sleep duration h", "sleep quality"];
        let (grid, [date, hours, quality]) = place.table("wellness.csv", wanted)?;
        for row in grid.rows() {
            let (hours, quality) = (row.number(Some(hours)), row.number(Some(quality)));
            self.log.night(row.cell(Some(date)), hours, quality);
        }
        Some(())
    }

    fn sessions(&mut self, place: &Place) -> Option<()> {
        let wanted = [
            "end date time",
            "activity names",
            "perceived exertion",
            "duration min",
        ];
        let (grid, columns) = place.table("srpe.csv", wanted)?;
        let sessions = grid.rows().filter_map(|row| session(&row, columns));
        self.sessions = sessions.collect();
        Some(())
    }
}

/// Names that are PMSys' alone.
const MARKS: [&str; 2] = ["srpe.csv", "injury.csv"];

/// Whether a folder holds files that are called as PMSys calls them.
fn is_own(folder: &Path) -> bool {
    MARKS.iter().any(|name| folder.join(name).is_file())
}

/// A session of running on the day on which it ended. None: another sport, or one without a time.
fn session(row: &Row, [end, names, rpe, minutes]: [usize; 4]) -> Option<Session> {
    let is_run = row.cell(Some(names)).to_lowercase().contains("running");
    let day = day(row.cell(Some(end)))?;
    is_run.then(|| Session {
        day,
        timer_s: row.number(Some(minutes)).map(|minutes| minutes * 60.0),
        rpe: row
            .number(Some(rpe))
            .filter(|rpe| (0.0..=10.0).contains(rpe)),
        ..Session::default()
    })
}

fn day(cell: &str) -> Option<NaiveDate> {
    let moment = DateTime::parse_from_rfc3339(cell)
        .ok()
        .map(|moment| moment.date_naive());
    moment.or_else(|| cell.get(..10)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{self, Side, Site};

    #[test]
    fn a_participants_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("pmsys");
        std::fs::create_dir(&own).expect("made");
        for (name, text) in [
            (
                "injury.csv",
                "effective_time_frame,injuries\n2025-08-11T07:05:11.000Z,{}\n2025-08-12T07:05:11.000Z,\"{'left_knee': 'minor', 'right_calf': 'major'}\"\n",
            ),
            (
                "wellness.csv",
                "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,soreness_area,stress\n2025-08-11T07:05:11.000Z,3,3,5,7,4,5,[],3\n2025-08-12T07:05:11.000Z,0,0,0,0,0,1,[],0\n",
            ),
            (
                "srpe.csv",
                "end_date_time,activity_names,perceived_exertion,duration_min\n2025-08-11T18:00:00.000Z,\"['individual', 'running']\",6,45\n2025-08-12T18:00:00.000Z,\"['team', 'soccer']\",7,90\n",
            ),
        ] {
            std::fs::write(own.join(name), text).expect("written");
        }
        let told = told(folder.path()).expect("PMSys");
        let runs: Vec<_> = told
            .sessions
            .iter()
            .map(|one| (one.day.to_string(), one.timer_s, one.rpe))
            .collect();
        assert_eq!(runs, [("2025-08-11".to_string(), Some(2700.0), Some(6.0))]);
        let log = pain::read(
            told.log.text().as_bytes(),
            "pmsys",
            &pain::Options::default(),
        )
        .expect("a log");
        let rows: Vec<_> = log
            .entries
            .iter()
            .map(|entry| {
                (
                    entry.date.to_string(),
                    entry.site,
                    entry.side,
                    entry.pain,
                    entry.approximate,
                )
            })
            .collect();
        let day = |text: &str| text.to_string();
        assert!(
            rows.contains(&(day("2025-08-11"), Some(Site::None), None, Some(0.0), false)),
            "{rows:?}"
        );
        assert!(
            rows.contains(&(
                day("2025-08-12"),
                Some(Site::Knee),
                Some(Side::Left),
                Some(2.0),
                true
            )),
            "{rows:?}"
        );
        assert!(
            rows.contains(&(
                day("2025-08-12"),
                Some(Site::Calf),
                Some(Side::Right),
                Some(8.0),
                true
            )),
            "{rows:?}"
        );
        // Soreness runs the other way round and names no place: it is not read. A night of 0 was not answered.
        assert_eq!(
            (log.entries.len(), log.unusable_rows),
            (4, 0),
            "{:?}",
            log.problems
        );
        let sleep: Vec<f64> = log
            .entries
            .iter()
            .filter_map(crate::pain::Entry::sleep_h)
            .collect();
        assert_eq!(sleep, [7.0]);
    }

    #[test]
    fn other_folders_are_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(told(folder.path()), None);
        std::fs::write(
            folder.path().join("injury.csv"),
            "date,what\n2025-01-01,knee\n",
        )
        .expect("written");
        assert_eq!(told(folder.path()), None);
    }
}
