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
