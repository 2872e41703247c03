//! SoccerMon, the public data of two football teams: tables with a row a day and a column a player ([`crate::method::study_tables`], SoccerMon).

use super::{file, pmsys::Told, session::Session};
use crate::pain::DateOrder;
use chrono::NaiveDate;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// How the folder of what players reported is called.
const SUBJECTIVE: &str = "subjective";
const LOAD: &str = "training-load/daily_load.csv";
const SESSIONS: &str = "training-load/session.json";
const INJURIES: &str = "injury/injury.csv";
const SLEEP_H: &str = "wellness/sleep_duration.csv";
const SLEEP_QUALITY: &str = "wellness/sleep_quality.csv";

const FILES: [&str; 5] = [LOAD, SESSIONS, INJURIES, SLEEP_H, SLEEP_QUALITY];

/// What is told of every player, by id.
pub(super) type Team = BTreeMap<String, Told>;

/// Where in a folder the team's tables lie. None: it is no such folder.
fn found(folder: &Path) -> Option<PathBuf> {
    let folders = [folder.to_path_buf(), folder.join(SUBJECTIVE)];
    folders
        .into_iter()
        .find(|folder| folder.join(LOAD).is_file())
}

/// The files of a team's folder that are read; none where it is no such folder.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let own = found(folder)
        .into_iter()
        .flat_map(|folder| FILES.map(|name| folder.join(name)));
    own.filter(|file| file.is_file()).collect()
}

/// Reads the tables of a team's folder. None: it is no such folder.
pub(super) fn read(folder: &Path) -> Option<Team> {
    let folder = found(folder)?;
    let mut team = Team::new();
    let load = wide(&folder.join(LOAD));
    for (player, day, load) in &load {
        let told = team.entry(player.clone()).or_default();
        told.sessions.push(Session {
            day: *day,
            load: Some(*load),
            ..Session::default()
        });
    }
    take_sessions(&mut team, &folder.join(SESSIONS));
    take_injuries(&mut team, &folder.join(INJURIES));
    take_nights(&mut team, &folder);
    Some(team)
}

/// The cells of a table with a row a day and a column a player; the first column holds the day, whatever it is called.
fn wide(path: &Path) -> Vec<(String, NaiveDate, f64)> {
    let Ok(grid) = file::grid(path) else {
        return Vec::new();
    };
    let order = grid.order(&[0], None).ok().flatten();
    let mut cells = Vec::new();
    for row in grid.rows() {
        let Some(day) = row.day(Some(0), order) else {
            continue;
        };
        for (at, player) in grid.names().iter().enumerate().skip(1) {
            cells.extend(
                row.number(Some(at))
                    .map(|value| (player.clone(), day, value)),
            );
        }
    }
    cells
}

/// Sessions with their time and rating go before the load of their day, which is their sum.
fn take_sessions(team: &mut Team, path: &Path) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let players: BTreeMap<String, Vec<Value>> = serde_json::from_str(&text).unwrap_or_default();
    for (player, sessions) in players {
        let told = team.entry(player).or_default();
        let sessions: Vec<Session> = sessions.iter().filter_map(session).collect();
        let days: BTreeSet<NaiveDate> = sessions.iter().map(|session| session.day).collect();
        told.sessions.retain(|session| !days.contains(&session.day));
        told.sessions.extend(sessions);
    }
}

fn session(value: &Value) -> Option<Session> {
    let number = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_f64)
            .filter(|number| *number >= 0.0)
    };
    Some(Session {
        day: NaiveDate::parse_from_str(value.get("date")?.as_str()?, "%d.%m.%Y").ok()?,
        timer_s: number("duration").map(|minutes| minutes * 60.0),
        rpe: number("rpe").filter(|rpe| *rpe <= 10.0),
        load: number("srpe"),
        ..Session::default()
    })
}

/// `player_name,type,timestamp`, of which the type is a list of places.
fn take_injuries(team: &mut Team, path: &Path) {
    let Ok(grid) = file::grid(path) else { return };
    let columns = ["player name", "type", "timestamp"].map(|name| grid.column(name));
    for row in grid.rows() {
        let [player, injuries, day] = columns;
        if let Some(day) = row.day(day, Some(DateOrder::DayFirst)) {
            let told = team.entry(row.cell(player).to_string()).or_default();
            told.log.injuries(&day.to_string(), row.cell(injuries));
        }
    }
}

fn take_nights(team: &mut Team, folder: &Path) {
    let mut nights: BTreeMap<(String, NaiveDate), [Option<f64>; 2]> = BTreeMap::new();
    for (at, table) in [SLEEP_H, SLEEP_QUALITY].into_iter().enumerate() {
        for (player, day, value) in wide(&folder.join(table)) {
            if let Some(cell) = nights.entry((player, day)).or_default().get_mut(at) {
                *cell = Some(value);
            }
        }
    }
    for ((player, day), [hours, quality]) in nights {
        team.entry(player)
            .or_default()
            .log
            .night(&day.to_string(), hours, quality);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{self, Site};

    #[test]
    fn players_are_columns() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            (
                LOAD,
                "Date,TeamA-01,TeamA-02\n11.08.2025,420,0\n12.08.2025,0,300\n13.08.2025,90,\n",
            ),
            (
                SESSIONS,
                r#"{"TeamA-01": [{"srpe": 420, "rpe": 6, "duration": 70, "date": "11.08.2025"}]}"#,
            ),
            (
                INJURIES,
                "player_name,type,timestamp\nTeamA-01,\"{\"\"left_hip\"\": \"\"minor\"\"}\",12.08.2025\n",
            ),
            (
                SLEEP_H,
                "Sleep Duration Data,TeamA-01,TeamA-02\n11.08.2025,8,\n",
            ),
            (
                SLEEP_QUALITY,
                "Sleep Quality Data,TeamA-01,TeamA-02\n11.08.2025,4,\n",
            ),
        ] {
            let path = folder.path().join(SUBJECTIVE).join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let team = read(folder.path()).expect("a team");
        let mut sessions = team["TeamA-01"].sessions.clone();
        sessions.sort_by_key(|session| session.day);
        let told: Vec<_> = sessions
            .iter()
            .map(|one| (one.timer_s, one.rpe, one.load, one.is_rest()))
            .collect();
        assert_eq!(
            told,
            [
                (Some(4200.0), Some(6.0), Some(420.0), false),
                (None, None, Some(0.0), true),
                (None, None, Some(90.0), false),
            ]
        );
        assert_eq!(team["TeamA-02"].sessions.len(), 2, "a blank is unknown");
        let log = pain::read(
            team["TeamA-01"].log.text().as_bytes(),
            "team",
            &pain::Options::default(),
        )
        .expect("a log");
        assert_eq!(log.entries.len(), 2);
        assert_eq!(
            (log.entries[0].sleep_h(), log.entries[1].site),
            (Some(8.0), Some(Site::Hip))
        );
        assert!(!team["TeamA-02"].log.has_rows());
        assert!(read(&folder.path().join("nothing")).is_none());
    }
}
