//! A daily table of everybody: for studies without recordings a row a day (or a session) with what was run, and perhaps what hurt.

use super::{
    file, ids,
    session::{CLIMB_M_MAX, DISTANCE_M_MAX, LOAD_MAX, Session, TIME_S_MAX},
};
use crate::{
    error::Error,
    pain::{
        self, DateOrder, HeaderFault, Long,
        grid::{Grid, Row},
    },
    sport::recorded,
    units::counted,
};
use std::{collections::BTreeMap, path::Path};

const DATE: &str = "date|day|datum|tag|fecha|data|jour|dag|dia|giorno|session date|training date";
const SPORT: &str = "sport|activity|activity type|sportart|session type|discipline|sport type";
const RPE: &str = "rpe|session rpe|perceived exertion|exertion|cr10|cr 10|borg cr10|effort|anstrengung|rpe 0 10|rpe cr10";
const LOAD: &str = "load|session load|daily load|training load|srpe load|srpe|session rpe load|load au|tl|au|belastung|charge|carga|carico";

/// Names of columns of one quantity, and what one of its units is in SI units.
type Scaled = (&'static str, f64);

const DISTANCE: &[Scaled] = &[
    (
        "distance km|km|total km|kilometres|kilometers|kilometer|distance|running distance|distanz km|distanz|strecke km|strecke|\
         distancia km|distancia|distanza km|distanza|afstand km|afstand|run distance km|distance run km",
        1000.0,
    ),
    (
        "distance m|metres|meters|distance metres|distance meters|distanz m|total distance m",
        1.0,
    ),
    ("distance mi|miles|distance miles|mi|mileage", 1609.344),
];
const TIME: &[Scaled] = &[
    (
        "duration min|minutes|min|duration minutes|time min|training minutes|session minutes|duration|total minutes|dauer min|dauer|\
         minuten|duree min|duree|duracion min|duracion|durata min|durata|duur min|duur|total duration",
        60.0,
    ),
    (
        "duration h|hours|h|time h|training hours|duration hours|dauer h|stunden|heures|horas|ore|uren",
        3600.0,
    ),
    (
        "duration s|seconds|duration seconds|time s|total duration s",
        1.0,
    ),
];
const ASCENT: &[Scaled] = &[(
    "ascent m|ascent|elevation gain|elevation gain m|elevation|climb|climb m|vertical gain|hohenmeter|aufstieg|aufstieg m|denivele|desnivel|\
     dislivello|hoogtemeters",
    1.0,
)];
const DESCENT: &[Scaled] = &[(
    "descent m|descent|elevation loss|elevation loss m|abstieg|abstieg m",
    1.0,
)];

/// What everybody ran, by id, and the log in it.
#[derive(Debug)]
pub(super) struct Daily {
    pub(super) place: String,
    pub(super) people: BTreeMap<String, Vec<Session>>,
    /// What hurt. None: the table does not say, or there is a log of its own.
    pub(super) log: Option<Long>,
    /// What is to be known of the table, a sentence each.
    pub(super) noted: Vec<String>,
}

/// Reads the table; `with_log` tells whether what hurts is read from it too.
///
/// # Errors
/// No such file, no table, no column for the id, the day or anything that was run; days that can be read two ways.
pub(super) fn read(
    path: &Path,
    id: Option<&str>,
    options: &pain::Options,
    with_log: bool,
) -> Result<Daily, Error> {
    let (bytes, place) = file::bytes(path)?;
    let grid = Grid::read(&bytes, &place).map_err(|error| file::not_understood(&error))?;
    let columns = Columns::of(&grid, id)?;
    let mut daily = columns.read(&grid, options.date_order)?;
    let name = grid.names().get(columns.id).cloned().unwrap_or_default();
    drop(grid);
    if with_log {
        daily.log = log_in(&bytes, &place, &name, options)?;
    }
    Ok(daily)
}

/// The log in the table. None: it does not say what hurts.
fn log_in(
    bytes: &[u8],
    place: &str,
    id: &str,
    options: &pain::Options,
) -> Result<Option<Long>, Error> {
    match Long::read(bytes, place, id, options) {
        Ok(log) => Ok(Some(log)),
        Err(error) if matches!(error.fault, HeaderFault::NoColumn { .. }) => Ok(None),
        Err(error) => Err(file::not_understood(&error)),
    }
}

/// Where each thing stands.
struct Columns {
    id: usize,
    date: usize,
    sport: Option<usize>,
    rpe: Option<usize>,
    load: Option<usize>,
    distance: Option<(usize, f64)>,
    time: Option<(usize, f64)>,
    ascent: Option<(usize, f64)>,
    descent: Option<(usize, f64)>,
}

impl Columns {
    fn of(grid: &Grid, id: Option<&str>) -> Result<Columns, Error> {
        let named = id.and_then(|id| grid.called(id));
        let id = named.or_else(|| grid.column(ids::NAMES));
        let id = id.ok_or_else(|| file::no_column(grid, "the id", "Name it with --id COLUMN."))?;
        let date = grid.column(DATE);
        let date = date.ok_or_else(|| file::no_column(grid, "the day", "Call it date."))?;
        let columns = Columns {
            id,
            date,
            sport: grid.column(SPORT),
            rpe: grid.column(RPE),
            load: grid.column(LOAD),
            distance: scaled(grid, DISTANCE),
            time: scaled(grid, TIME),
            ascent: scaled(grid, ASCENT),
            descent: scaled(grid, DESCENT),
        };
        let help = "Columns are called distance_km, duration_min, rpe, load, ascent_m.";
        match columns.tell_of_runs() {
            true => Ok(columns),
            false => Err(file::no_column(grid, "anything that was run", help)),
        }
    }

    /// Whether any of them tells that and how much was run.
    fn tell_of_runs(&self) -> bool {
        self.load.is_some() || self.distance.is_some() || self.time.is_some()
    }

    fn read(&self, grid: &Grid, order: Option<DateOrder>) -> Result<Daily, Error> {
        let order = grid
            .order(&[self.date], order)
            .map_err(|error| file::not_understood(&error))?;
        let mut daily = Daily {
            place: grid.place().to_string(),
            people: BTreeMap::new(),
            log: None,
            noted: Vec::new(),
        };
        let mut counts = Counts::default();
        for row in grid.rows() {
            let id = row.as_written(Some(self.id));
            match self.session(&row, order, &mut counts) {
                _ if id.trim().is_empty() => counts.nobodys += 1,
                None => counts.dayless += 1,
                Some(session) => daily.add(id, session),
            }
        }
        daily.noted = counts.told();
        Ok(daily)
    }

    /// None without a day.
    fn session(&self, row: &Row, order: Option<DateOrder>, counts: &mut Counts) -> Option<Session> {
        let day = row.day(Some(self.date), order)?;
        let mut value =
            |column: Option<(usize, f64)>, most: f64| counts.believed(row, column, most);
        let session = Session {
            day,
            distance_m: value(self.distance, DISTANCE_M_MAX),
            timer_s: value(self.time, TIME_S_MAX),
            ascent_m: value(self.ascent, CLIMB_M_MAX),
            descent_m: value(self.descent, CLIMB_M_MAX),
            rpe: value(self.rpe.map(plain), 10.0),
            load: value(self.load.map(plain), LOAD_MAX),
        };
        Some(match self.is_other_sport(row) {
            // The day is known, and nothing was run in this row.
            true => Session {
                day,
                distance_m: Some(0.0),
                ..Session::default()
            },
            false => session,
        })
    }

    fn is_other_sport(&self, row: &Row) -> bool {
        let word = row.cell(self.sport);
        let (sport, _) = recorded(word).sport();
        !word.is_empty() && !sport.is_open() && !sport.is_running()
    }
}

fn plain(column: usize) -> (usize, f64) {
    (column, 1.0)
}

fn scaled(grid: &Grid, names: &[Scaled]) -> Option<(usize, f64)> {
    names
        .iter()
        .find_map(|(names, scale)| Some((grid.column(names)?, *scale)))
}

impl Daily {
    fn add(&mut self, id: &str, session: Session) {
        match self.people.get_mut(id) {
            Some(sessions) => sessions.push(session),
            None => _ = self.people.insert(id.to_string(), vec![session]),
        }
    }
}

/// Rows and cells that are not used.
#[derive(Default)]
struct Counts {
    nobodys: usize,
    dayless: usize,
    unbelieved: usize,
}

impl Counts {
    /// A cell in SI units. None where it is blank; or, counted, no number, below zero or above `most`.
    fn believed(&mut self, row: &Row, column: Option<(usize, f64)>, most: f64) -> Option<f64> {
        let (column, scale) = column?;
        let column = Some(column);
        let is_clock = row.cell(column).contains(':');
        let value = match is_clock {
            true => row.hours(column).map(|hours| hours * 3600.0),
            false => row.number(column).map(|value| value * scale),
        };
        let believed = value.filter(|value| (0.0..=most).contains(value));
        self.unbelieved += usize::from(believed.is_none() && !row.cell(column).is_empty());
        believed
    }

    fn told(&self) -> Vec<String> {
        let sentences = [
            (self.nobodys, "row", "rows", "without an id"),
            (
                self.dayless,
                "row",
                "rows",
                "without a day that can be read",
            ),
            (
                self.unbelieved,
                "cell",
                "cells",
                "with no number that can be",
            ),
        ];
        let some = sentences.into_iter().filter(|(count, ..)| *count > 0);
        some.map(|(count, one, many, what)| {
            let rows = counted(count, one, many);
            format!("{rows} of the daily table {what}, not used")
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Daily, Error> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("daily.csv");
        std::fs::write(&path, text).expect("written");
        read(&path, None, &pain::Options::default(), true)
    }

    #[test]
    fn units_are_those_of_the_names() {
        for text in [
            "athlete,date,distance_km,duration_min,rpe,ascent_m\nA,2025-03-01,8.5,50,4,120\n",
            "Datum;Athlet;Strecke (km);Dauer (min);RPE;Höhenmeter\n01.03.2025;A;8,5;50;4;120\n",
            "player,date,Distance (m),Duration (s),RPE,elevation gain\nA,2025-03-01,8500,3000,4,120\n",
            "runner,date,km,Duration,RPE,climb\nA,2025-03-01,8.5,0:50,4,120\n",
        ] {
            let daily = table(text).expect(text);
            let expected = Session {
                day: "2025-03-01".parse().expect("a day"),
                distance_m: Some(8500.0),
                timer_s: Some(3000.0),
                ascent_m: Some(120.0),
                rpe: Some(4.0),
                ..Session::default()
            };
            assert_eq!(daily.people["A"], [expected], "{text}");
            assert!(daily.log.is_none() && daily.noted.is_empty());
        }
        let miles = table("athlete,date,miles\nA,2025-03-01,10\n").expect("miles");
        assert_eq!(miles.people["A"][0].distance_m, Some(16_093.44));
    }

    #[test]
    fn what_hurts_is_read_as_a_log_and_other_sports_are_no_runs() {
        let text = "athlete,date,sport,distance_km,load,site,pain\n\
            A,2025-03-01,running,8,320,left knee,2\n\
            A,2025-03-02,cycling,40,200,none,0\n\
            A,2025-03-03,,0,0,,\n\
            B,2025-03-01,running,,150,none,0\n";
        let daily = table(text).expect("a table");
        let runs: Vec<(bool, bool)> = daily.people["A"]
            .iter()
            .map(|one| (one.is_run(), one.is_rest()))
            .collect();
        assert_eq!(runs, [(true, false), (false, true), (false, true)]);
        assert_eq!(daily.people["B"][0].load, Some(150.0));
        let log = daily
            .log
            .expect("a log")
            .log_of("A", &pain::Options::default())
            .expect("rows");
        let ratings: Vec<Option<f64>> = log.entries.iter().map(|entry| entry.pain).collect();
        assert_eq!(ratings[..2], [Some(2.0), Some(0.0)]);
    }

    #[test]
    fn what_cannot_be_is_counted_and_what_is_missing_is_said() {
        let text = "athlete,date,distance_km,rpe\nA,2025-03-01,-3,4\nA,2025-03-02,9000,4\nA,someday,5,4\n,2025-03-03,5,4\nA,2025-03-04,5,14\n";
        let daily = table(text).expect("a table");
        assert_eq!(daily.people["A"].len(), 3);
        assert_eq!(
            daily.noted,
            [
                "1 row of the daily table without an id, not used",
                "1 row of the daily table without a day that can be read, not used",
                "3 cells of the daily table with no number that can be, not used",
            ]
        );
        let said = |text: &str| table(text).expect_err(text).to_string();
        assert!(said("date,km\n2025-03-01,5\n").contains("no column for the id"));
        assert!(said("athlete,km\nA,5\n").contains("no column for the day"));
        assert!(
            said("athlete,date,mood\nA,2025-03-01,5\n")
                .contains("no column for anything that was run")
        );
        assert!(said("athlete,date,km\nA,03/04/2025,5\n").contains("can be"));
    }
}
