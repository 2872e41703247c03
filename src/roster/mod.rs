//! Who takes part in a study, and what there is of each: the folder of a cohort, `athletes.csv`, one pain log of everybody, a daily table
//! of everybody ([`crate::method::study_tables`]).
//!
//! Ids match to the letter or not at all: whoever has no match is listed, and nothing is guessed.

mod daily;
mod earlier;
mod file;
mod ids;
mod key;
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
    /// Everybody who is to be read, by what they are called.
    pub athletes: Vec<Athlete>,
    /// Who is not, and why, likewise.
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
    /// What stands for the id in all that is written. None: there is no key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<String>,
    /// Folders and archives with their recordings, below the root. Empty: the tables alone tell of them.
    pub recordings: Vec<PathBuf>,
    /// What the list says of them.
    pub profile: Profile,
    /// How much there is to read.
    #[serde(skip)]
    pub weight: Weight,
}

impl Athlete {
    /// What stands in all that is written: the pseudonym, without a key the id.
    pub fn name(&self) -> &str {
        self.pseudonym.as_deref().unwrap_or(&self.id)
    }
}

impl Athlete {
    /// SHA-256 of tables among the recordings of one that tell what was run and what hurt. None: there are none.
    pub fn tables_sha256(&self, root: &Path) -> Option<String> {
        let mut own = self.recordings.iter();
        own.find_map(|below| pmsys::hash(&root.join(below)))
    }
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
/// A folder or a table that cannot be read, a table without the columns it needs; nobody at all; a key that lacks somebody.
pub fn read(asked: &Asked) -> Result<Roster, Error> {
    let named = asked.named.with_list_in(asked.folder);
    let tables = Tables::open(&named, asked.folder, asked.leave_out, asked.options)?;
    let mut people = people::gather(asked, &named, &tables)?;
    people.judge(&tables);
    match people.is_nobody() {
        true => Err(Error::Usage(nobody(asked))),
        false => people.into_roster(tables),
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
mod tests {
    use super::*;
    use crate::{pain::Options, time::Window};
    use std::fs;

    /// A folder with these files, each with its text.
    fn study(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        folder
    }

    /// The roster of a folder, with tables that lie in it.
    fn roster(folder: &Path, pain: Option<&str>, daily: Option<&str>) -> Result<Roster, Error> {
        let at = |name: Option<&str>| name.map(|name| folder.join(name));
        let named = Named {
            pain: at(pain),
            daily: at(daily),
            ..Named::default()
        };
        read(&Asked {
            folder: Some(folder),
            named,
            leave_out: &folder.join("out"),
            options: &Options::default(),
        })
    }

    fn ids(roster: &Roster) -> Vec<&str> {
        roster.athletes.iter().map(|one| one.id.as_str()).collect()
    }

    fn out(roster: &Roster) -> Vec<(&str, Why)> {
        roster
            .left_out
            .iter()
            .map(|out| (out.id.as_str(), out.why))
            .collect()
    }

    fn noted<'r>(roster: &'r Roster, id: &str) -> Vec<&'r str> {
        let noted = roster.noted.iter().filter(|remark| remark.runner == id);
        noted.map(|remark| remark.what.as_str()).collect()
    }

    const RUN: &str = "anything";

    #[test]
    fn a_folder_of_runners_alone() {
        let folder = study(&[("anna/1.fit", RUN), ("ben/1.fit", RUN), ("notes.txt", "x")]);
        let roster = roster(folder.path(), None, None).expect("a roster");
        assert_eq!((ids(&roster), out(&roster)), (vec!["anna", "ben"], vec![]));
        assert_eq!(roster.athletes[0].recordings, [PathBuf::from("anna")]);
        assert_eq!(roster.athletes[1].weight.files, 1);
        assert_eq!(noted(&roster, "the folder itself").len(), 1);
    }

    #[test]
    fn a_list_says_who_takes_part() {
        let folder = study(&[
            ("f1/1.fit", RUN),
            ("f2/1.fit", RUN),
            ("f3/1.fit", RUN),
            ("F6/1.fit", RUN),
            ("stray/1.fit", RUN),
            (
                "Athletes.csv",
                "id,folder,from,to,consent\nA,f1,2025-01-01,2025-06-30,yes\nB,f2,2025-06-30,2025-01-01,yes\nC,f3,,,no\nD,f4,,,yes\nE,,,,\nF6,,,,ja\n",
            ),
        ]);
        let roster = roster(folder.path(), None, None).expect("a roster");
        assert_eq!(
            ids(&roster),
            ["A", "F6"],
            "a folder may be called as the id is"
        );
        assert_eq!(
            out(&roster),
            [
                ("B", Why::NegativeFollowUp),
                ("C", Why::NoConsent),
                ("D", Why::NoRecordings),
                ("E", Why::NoConsent),
                ("stray", Why::NotListed),
            ]
        );
        let window = roster.athletes[0].profile.window;
        assert_eq!(
            window,
            Window {
                from: "2025-01-01".parse().ok(),
                to: "2025-06-30".parse().ok()
            }
        );
        assert_eq!(
            noted(&roster, "D"),
            ["1 folder or archive that the list names is not there"]
        );
        assert_eq!(
            noted(&roster, "the folder itself"),
            Vec::<&str>::new(),
            "the list is read"
        );
    }

    #[test]
    fn a_list_alone_is_enough() {
        let folder = study(&[
            ("data/f1/1.fit", RUN),
            ("data/list.csv", "id,folder\nA,f1\n"),
        ]);
        let list = folder.path().join("data/list.csv");
        let named = Named {
            athletes: Some(list),
            ..Named::default()
        };
        let asked = Asked {
            folder: None,
            named,
            leave_out: Path::new("out"),
            options: &Options::default(),
        };
        assert_eq!(asked.root(), folder.path().join("data"));
        let roster = read(&asked).expect("a roster");
        assert_eq!(roster.athletes[0].recordings, [PathBuf::from("f1")]);
    }

    #[test]
    fn one_id_twice_and_one_folder_twice() {
        let folder = study(&[
            ("f1/1.fit", RUN),
            ("f2/1.fit", RUN),
            ("f2/old/1.fit", RUN),
            ("f3/1.fit", RUN),
            ("f4/1.fit", RUN),
            (
                "athletes.csv",
                "id,folder,sex\nA,f1,f\nA,f1,m\nB,f2,f\nC,f2/old,m\nD,f3,f\nD,f3,f\nE,f4,f\nF,./f4,f\n",
            ),
        ]);
        let roster = roster(folder.path(), None, None).expect("a roster");
        assert_eq!(ids(&roster), ["D"]);
        assert_eq!(
            out(&roster)[..5],
            [
                ("A", Why::Doubled),
                ("B", Why::SameRecordings),
                ("C", Why::SameRecordings),
                ("E", Why::SameRecordings),
                ("F", Why::SameRecordings),
            ]
        );
        assert!(
            roster.left_out[1].what.contains("those of C too"),
            "{:?}",
            roster.left_out
        );
        assert_eq!(
            noted(&roster, "D"),
            ["stands in the list 2 times, alike; counted once"]
        );
    }

    #[test]
    fn ids_of_the_log_match_to_the_letter() {
        let folder = study(&[
            ("R01/1.fit", RUN),
            ("R02/1.fit", RUN),
            ("r 02/1.fit", RUN),
            (
                "long.csv",
                "Athlete ID,Date,Site,Pain\nR01,2025-03-01,left knee,2\nr01,2025-03-01,left knee,3\nR09,2025-03-01,none,0\nR09,2025-03-02,none,0\n,2025-03-01,none,0\n",
            ),
        ]);
        let roster = roster(folder.path(), Some("long.csv"), None).expect("a roster");
        assert_eq!(ids(&roster), ["R01", "R02", "r 02"]);
        assert_eq!(
            out(&roster),
            [("R09", Why::NoRecordings), ("r01", Why::NoRecordings)]
        );
        assert_eq!(
            roster.left_out[0].what,
            "2 rows in the pain log of the study, and no recordings"
        );
        let differs = |other: &str| {
            format!("differs from {other} by capitals or blanks alone; not taken for the same")
        };
        assert_eq!(
            noted(&roster, "r01"),
            [format!("stands in a table and {}", differs("R01"))]
        );
        assert_eq!(
            noted(&roster, "R02"),
            [
                differs("r 02").as_str(),
                "no row in the pain log of the study; a log of their own counts where there is one"
            ]
        );
        assert_eq!(
            noted(&roster, "the tables"),
            ["1 row of the pain log says not whose it is, and was not used"]
        );
        let kept = roster.tables.of(&roster.athletes[0], folder.path());
        assert_eq!(kept.log(&Options::default()).entries.len(), 1);
        assert!(
            kept.has_log()
                && !roster
                    .tables
                    .of(&roster.athletes[1], folder.path())
                    .has_log()
        );
    }

    #[test]
    fn a_daily_table_is_enough_for_whoever_has_no_recordings() {
        let folder = study(&[
            ("A/1.fit", RUN),
            (
                "daily.csv",
                "athlete,date,distance_km,rpe,site,pain\nA,2025-03-01,5,3,none,0\nB,2025-03-01,8,4,left knee,3\nB,2025-03-02,0,,none,0\n",
            ),
        ]);
        let roster = roster(folder.path(), None, Some("daily.csv")).expect("a roster");
        assert_eq!(ids(&roster), ["A", "B"]);
        let kept = roster.tables.of(&roster.athletes[1], folder.path());
        assert_eq!(
            (kept.runs.len(), kept.runs[0].distance_m, kept.rest.len()),
            (1, Some(8000.0), 1)
        );
        assert_eq!(kept.log(&Options::default()).entries.len(), 2);
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said_and_nobody_is_nobody() {
        let folder = study(&[("A/1.fit", RUN), ("long.csv", "date,pain\n2025-03-01,2\n")]);
        let said = roster(folder.path(), Some("long.csv"), None)
            .expect_err("no id")
            .to_string();
        assert!(
            said.contains("no column for the id (found: date, pain)"),
            "{said}"
        );
        assert_eq!(
            roster(folder.path(), Some("nowhere.csv"), None)
                .expect_err("none")
                .exit_code(),
            2
        );
        let empty = study(&[("notes.txt", "x")]);
        assert!(
            roster(empty.path(), None, None)
                .expect_err("nobody")
                .to_string()
                .contains("no folder in it")
        );
    }
}
