//! Tables that niggle wrote before, read again: the calendar, the runs and the log that they hold, as far as they hold them. What a column
//! does not have stays unknown.

use super::{
    ATHLETE, Frames, STACKED, Stacked,
    rows::{days, naive_dates, weeks},
    stacked::{DAY, IDENTIFYING, IN_FOLLOW_UP},
};
use crate::{
    digest::Digest,
    model::{AltitudeSource, Day, Doubts, History, LoadUnit, Run},
    pain::{
        Beside, Entry, Everyday, Function, Moment, Movement, Onset, PainLog, PainType, Set, Side,
        Sign, Site, Spread, Word,
    },
    time::plus_days,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use polars::prelude::{Column, DataFrame, DataType, PolarsError};
use polars_io::{SerReader, parquet::read::ParquetReader};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    ops::Range,
};

/// Those that are read again; what rules said is judged anew.
const READ: usize = 6;

/// Every name of a table that is read again, as its file is called without the ending.
pub fn read_again() -> impl Iterator<Item = &'static str> {
    STACKED.iter().take(READ).map(|table| table.name)
}

/// Whether a Parquet file says whose each row is. None: it is none that can be read.
pub fn is_of_several(file: File) -> Option<bool> {
    let schema = ParquetReader::new(file).schema().ok()?;
    Some(schema.contains(ATHLETE))
}

/// The tables of a folder: of several runners, or of one whose name they do not say.
#[derive(Debug)]
pub struct Earlier {
    /// In the order of [`STACKED`].
    tables: Vec<DataFrame>,
    /// By name, where the rows of each runner stand in each table.
    rows: BTreeMap<String, Vec<Range<usize>>>,
}

/// What the tables hold of one runner.
#[derive(Debug)]
pub struct OfOne {
    /// Those that are handed on as they are, in the order of [`STACKED`].
    tables: Vec<DataFrame>,
    /// The calendar and the runs. Activities of other sports are in the sums of days alone.
    pub history: History,
    /// Its days and weeks.
    pub frames: Frames,
    /// The log, but for its notes.
    pub pain: PainLog,
    /// The days that were told to be in the follow-up. None: nothing says so.
    pub follow_up: Option<(NaiveDate, NaiveDate)>,
    /// Of everything that was read.
    pub digest: Digest,
}

impl Earlier {
    /// From the bytes of the Parquet files, in the order of [`read_again`].
    ///
    /// # Errors
    /// In words that follow the name of a folder: a file that is no table, columns of another version, no days of the calendar.
    pub fn of(files: &[Vec<u8>]) -> Result<Earlier, String> {
        let tables = STACKED.iter().zip(files);
        let tables = tables.map(|(table, bytes)| checked(table, bytes));
        let tables: Vec<DataFrame> = tables.collect::<Result<_, _>>()?;
        let mut rows = BTreeMap::new();
        for (at, frame) in tables.iter().enumerate() {
            let stretches = of_athletes(frame).map_err(|error| error.to_string())?;
            stretches
                .into_iter()
                .try_for_each(|(athlete, range)| join(&mut rows, athlete, at, range))?;
        }
        Ok(Earlier { tables, rows })
    }

    /// Everybody who has a row.
    pub fn athletes(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// What is held of one by this name; of one alone the name is empty. None: no row is theirs.
    ///
    /// # Errors
    /// In words that follow a name: rows that no report has.
    pub fn one(&self, athlete: &str) -> Option<Result<OfOne, String>> {
        let ranges = self.rows.get(athlete)?;
        let tables = self.tables.iter().zip(ranges);
        let tables = tables.map(|(table, range)| table.slice(range.start as i64, range.len()));
        Some(OfOne::of(tables.collect()))
    }
}

/// Adds where the rows of a runner stand in a table.
fn join(
    rows: &mut BTreeMap<String, Vec<Range<usize>>>,
    athlete: String,
    at: usize,
    range: Range<usize>,
) -> Result<(), String> {
    let all = rows.entry(athlete).or_insert_with(|| vec![0..0; READ]);
    match all.get_mut(at) {
        Some(place) if place.start == place.end => *place = range,
        _ => return Err("the rows of one runner are not together".to_string()),
    }
    Ok(())
}

/// A table of this version's columns, and days in it.
fn checked(table: &Stacked, bytes: &[u8]) -> Result<DataFrame, String> {
    let name = table.name;
    let frame = super::of_parquet(bytes).map_err(|_| format!("{name}.parquet is no table"))?;
    let wanted = table.empty().map_err(|error| error.to_string())?;
    match fault(&frame, &wanted) {
        Some(fault) => Err(not_of_this_version(name, &fault)),
        None => with_days(table, frame),
    }
}

fn not_of_this_version(name: &str, fault: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("the columns of {name}.parquet are not those of niggle {version} ({fault})")
}

fn with_days(table: &Stacked, frame: DataFrame) -> Result<DataFrame, String> {
    let dates = frame.column(table.day_of()).and_then(naive_dates);
    let dates = dates.map_err(|error| error.to_string())?;
    let name = table.name;
    match dates.iter().any(Option::is_none) {
        true => Err(format!(
            "{name}.parquet has no days of the calendar: it was made without --dates"
        )),
        false => Ok(frame),
    }
}

/// The columns that every row of several runners has and one's alone has not.
const OF_SEVERAL: [&str; 3] = [ATHLETE, DAY, IN_FOLLOW_UP];

/// The first column that is missing, of another kind, or too many.
fn fault(frame: &DataFrame, wanted: &DataFrame) -> Option<String> {
    let is_one = frame.column(ATHLETE).is_err();
    let needed = wanted.columns().iter();
    let mut needed = needed.filter(|column| !is_one || !is_of_several_alone(column.name()));
    needed
        .find_map(|column| missing(frame, column))
        .or_else(|| unknown(frame, wanted))
}

fn is_of_several_alone(name: &str) -> bool {
    OF_SEVERAL.contains(&name)
}

/// What is wrong with a column that is needed.
fn missing(frame: &DataFrame, wanted: &Column) -> Option<String> {
    let name = wanted.name();
    match frame.column(name) {
        Err(_) => Some(format!("no {name}")),
        Ok(there) if there.dtype() != wanted.dtype() => Some(format!("{name} is of another type")),
        Ok(_) => None,
    }
}

/// The first column that no table of this version has.
fn unknown(frame: &DataFrame, wanted: &DataFrame) -> Option<String> {
    let mut names = frame.columns().iter().map(|column| column.name().as_str());
    let is_unknown = |name: &&str| wanted.column(name).is_err() && !IDENTIFYING.contains(name);
    let name = names.find(is_unknown)?;
    Some(format!("{name} is unknown"))
}

/// Stretches of rows of one runner each, by name; all are of one where the table says no name.
fn of_athletes(frame: &DataFrame) -> Result<Vec<(String, Range<usize>)>, PolarsError> {
    let Ok(names) = frame.column(ATHLETE) else {
        return Ok(vec![(String::new(), 0..frame.height())]);
    };
    let mut all: Vec<(String, Range<usize>)> = Vec::new();
    for (at, name) in names.str()?.iter().enumerate() {
        let name = name.unwrap_or_default();
        match all.last_mut() {
            Some((last, range)) if last == name => range.end = at + 1,
            _ => all.push((name.to_string(), at..at + 1)),
        }
    }
    Ok(all)
}

impl OfOne {
    fn of(tables: Vec<DataFrame>) -> Result<OfOne, String> {
        let one = read(tables).map_err(|error| error.to_string())?;
        match one.history.days.windows(2).all(are_neighbours) {
            true => Ok(one),
            false => Err("days are missing or not in order".to_string()),
        }
    }

    /// The tables as they were, in the order of [`STACKED`].
    pub fn tables(&self) -> &[DataFrame] {
        &self.tables
    }
}

fn are_neighbours(two: &[Day]) -> bool {
    plus_days(two[0].date, 1) == two[1].date
}

fn read(tables: Vec<DataFrame>) -> Result<OfOne, PolarsError> {
    let [of_runs, of_days, of_weeks, of_ratings, _, of_answers] = &tables[..] else {
        return Err(PolarsError::NoData("tables are missing".into()));
    };
    let (days, weeks, runs) = (days(of_days)?, weeks(of_weeks)?, runs(of_runs)?);
    let entries = entries(of_ratings, of_answers)?;
    let history = History {
        as_of: days.last().map(|day| day.date).unwrap_or_default(),
        load_unit: load_unit(of_runs)?,
        runs,
        others: Vec::new(),
        days,
        weeks,
    };
    let digest = Digest::of_bytes(format!("{:?} {entries:?}", history.days).as_bytes());
    Ok(OfOne {
        digest: digest.with(history.runs.iter().map(Digest::of).collect()),
        follow_up: follow_up(of_days)?,
        frames: Frames {
            days: of_days.clone(),
            weeks: of_weeks.clone(),
        },
        pain: PainLog {
            place: (!entries.is_empty()).then(|| "ratings.parquet".to_string()),
            digest,
            rows: entries.len(),
            entries,
            ..PainLog::default()
        },
        history,
        tables,
    })
}

/// The first and the last day that are told to be in it.
fn follow_up(days: &DataFrame) -> Result<Option<(NaiveDate, NaiveDate)>, PolarsError> {
    let Ok(flags) = days.column(IN_FOLLOW_UP) else {
        return Ok(None);
    };
    let dates = naive_dates(days.column("local_date")?)?;
    let in_it = dates.into_iter().zip(flags.bool()?.iter());
    let in_it: BTreeSet<NaiveDate> = in_it
        .filter_map(|(date, flag)| date.filter(|_| flag == Some(true)))
        .collect();
    Ok(in_it.first().copied().zip(in_it.last().copied()))
}

fn load_unit(runs: &DataFrame) -> Result<LoadUnit, PolarsError> {
    let word = runs.column("load_unit")?.str()?.get(0);
    Ok(word.map_or(LoadUnit::GradeAdjustedKm, unit))
}

fn unit(word: &str) -> LoadUnit {
    let units = [LoadUnit::SessionRpe, LoadUnit::Trimp];
    let mut units = units.into_iter().filter(|unit| unit.as_str() == word);
    units.next().unwrap_or(LoadUnit::GradeAdjustedKm)
}

/// Cells of a table by column and row; a column that is not there is blank.
struct Cells<'f>(&'f DataFrame);

impl Cells<'_> {
    fn number(&self, column: &str, row: usize) -> Option<f64> {
        let column = self.0.column(column).ok()?;
        match column.dtype() {
            DataType::Int64 => column.i64().ok()?.get(row).map(|whole| whole as f64),
            _ => column.f64().ok()?.get(row),
        }
    }

    fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.0.column(column).ok()?.str().ok()?.get(row)
    }

    fn flag(&self, column: &str, row: usize) -> Option<bool> {
        self.0.column(column).ok()?.bool().ok()?.get(row)
    }

    /// A word of a vocabulary.
    fn word<T: Copy>(
        &self,
        column: &str,
        row: usize,
        words: (&[T], fn(T) -> &'static str),
    ) -> Option<T> {
        let text = self.text(column, row)?;
        let (all, as_str) = words;
        all.iter().copied().find(|word| as_str(*word) == text)
    }

    /// Words of a vocabulary with a semicolon between them.
    fn words<T: crate::pain::Member>(
        &self,
        column: &str,
        row: usize,
        as_str: fn(T) -> &'static str,
    ) -> Set<T> {
        let texts = self.text(column, row).unwrap_or_default().split(';');
        let known = |text: &str| T::ALL.iter().copied().find(|word| as_str(*word) == text);
        texts.filter_map(known).collect()
    }

    fn site(&self, row: usize) -> Option<Site> {
        let own = || Word::new(self.text("own_word", row).unwrap_or_default());
        match self.word("site", row, (Site::ALL, Site::as_str))? {
            Site::Other(_) => Some(Site::Other(own())),
            site => Some(site),
        }
    }

    fn side(&self, row: usize) -> Option<Side> {
        self.word("side", row, (Side::ALL, Side::as_str))
    }
}

fn runs(frame: &DataFrame) -> Result<Vec<Run>, PolarsError> {
    let dates = naive_dates(frame.column("local_date")?)?;
    let cells = Cells(frame);
    let dates = dates.into_iter().enumerate();
    Ok(dates
        .filter_map(|(row, date)| Some(run(&cells, row, date?)))
        .collect())
}

fn run(cells: &Cells, row: usize, date: NaiveDate) -> Run {
    let number = |column| cells.number(column, row);
    let run_id = cells.text("run_id", row).unwrap_or_default().to_string();
    let start_utc = start_utc(cells, row, date);
    // What a table does not have stays as in a run of which nothing is known.
    Run {
        start_local: start_local(&run_id, date, start_utc),
        device: cells.text("device", row).map(str::to_string),
        distance_m: number("distance_m"),
        timer_s: number("timer_s"),
        elapsed_s: number("elapsed_s"),
        moving_s: number("moving_s"),
        longest_stop_s: number("longest_stop_s"),
        start_faster_percent: number("start_faster_percent"),
        cadence_spm: number("cadence_spm"),
        cadence_flat_spm: number("cadence_flat_spm"),
        speed_flat_m_s: number("speed_flat_m_s"),
        flat_s: number("flat_s"),
        ascent_m: number("ascent_m"),
        descent_m: number("descent_m"),
        // Where altitudes are from decides what climbs are believed; of other sources only a table tells.
        altitude_source: cells.word("altitude_source", row, (&ALTITUDES, AltitudeSource::as_str)),
        heart_rate_mean_bpm: number("heart_rate_mean_bpm"),
        heart_rate_max_bpm: number("heart_rate_max_bpm"),
        heart_rate_share: number("heart_rate_share"),
        trimp: number("trimp"),
        edwards_trimp: number("edwards_trimp"),
        hard_s: number("hard_s"),
        session_rpe: number("session_rpe"),
        session_rpe_load: number("session_rpe_load"),
        grade_adjusted_m: number("grade_adjusted_m"),
        records: number("records").map_or(0, |records| records as u32),
        shoe: cells.text("shoe", row).map(str::to_string),
        shoe_distance_m: number("shoe_distance_m"),
        doubts: doubts(cells.text("doubtful", row).unwrap_or_default()),
        ..Run::blank(run_id, start_utc)
    }
}

const ALTITUDES: [AltitudeSource; 6] = [
    AltitudeSource::Device,
    AltitudeSource::Index,
    AltitudeSource::Barometer,
    AltitudeSource::Smooth,
    AltitudeSource::Gps,
    AltitudeSource::Indoor,
];

fn doubts(words: &str) -> Doubts {
    let has = |wanted| words.split(", ").any(|word| word == wanted);
    Doubts {
        distance: has("distance"),
        time: has("time"),
        climb: has("climb"),
    }
}

fn start_utc(cells: &Cells, row: usize, date: NaiveDate) -> DateTime<Utc> {
    let start = cells.text("start_utc", row).and_then(moment);
    start.unwrap_or_else(|| date.and_time(NaiveTime::MIN).and_utc())
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    Some(moment.to_utc())
}

/// The name of a run begins with the minute on the runner's clock.
fn start_local(run_id: &str, date: NaiveDate, start_utc: DateTime<Utc>) -> NaiveDateTime {
    let minute = run_id.get(..13).unwrap_or_default();
    let named = NaiveDateTime::parse_from_str(&format!("{minute}00"), "%Y%m%d-%H%M%S");
    let named = named.ok().filter(|start| start.date() == date);
    named.unwrap_or_else(|| date.and_time(start_utc.time()))
}

/// The rows of the log, with the weekly answers beside the row that they stood in.
fn entries(ratings: &DataFrame, answers: &DataFrame) -> Result<Vec<Entry>, PolarsError> {
    let dates = naive_dates(ratings.column("local_date")?)?;
    let cells = Cells(ratings);
    let rows = dates.into_iter().enumerate();
    let mut entries: Vec<Entry> = rows
        .filter_map(|(row, date)| Some(entry(&cells, row, date?)))
        .collect();
    let dates = naive_dates(answers.column("local_date")?)?;
    let cells = Cells(answers);
    for (row, date) in dates.into_iter().enumerate() {
        let Some(date) = date else { continue };
        answer(&mut entries, &cells, row, date);
    }
    entries.sort_by_key(|entry| entry.date);
    Ok(entries)
}

/// Answers join the row of their day and place; without one they are a row that rates nothing.
fn answer(entries: &mut Vec<Entry>, cells: &Cells, row: usize, date: NaiveDate) {
    let points = |question| cells.number(question, row).map(|points| points as u8);
    let ostrc = [
        "participation",
        "modified_training",
        "performance",
        "symptoms",
    ]
    .map(points);
    let (site, side) = (cells.site(row), cells.side(row));
    let of_day = entries.iter_mut().filter(|entry| entry.date == date);
    match of_day.into_iter().find(|entry| is_of(entry, site, side)) {
        Some(entry) => entry.beside.get_or_insert_default().ostrc = ostrc,
        None => entries.push(Entry {
            site,
            side,
            beside: Beside {
                ostrc,
                ..Beside::default()
            }
            .kept(),
            ..Entry::on(date)
        }),
    }
}

/// Whether a row is about a place, and has no answers yet.
fn is_of(entry: &Entry, site: Option<Site>, side: Option<Side>) -> bool {
    let is_place = site.is_none() || entry.site == site;
    is_place && entry.side == side && entry.ostrc() == [None; 4]
}

fn entry(cells: &Cells, row: usize, date: NaiveDate) -> Entry {
    let flag = |column| cells.flag(column, row).unwrap_or(false);
    let function = |column| cells.word(column, row, (Function::ALL, Function::as_str));
    let time = cells.text("time", row);
    Entry {
        line: cells.number("line", row).map_or(0, |line| line as u64),
        moment: cells
            .word("moment", row, (Moment::ALL, Moment::as_str))
            .unwrap_or(Moment::Day),
        time: time.and_then(|time| NaiveTime::parse_from_str(time, "%H:%M:%S").ok()),
        site: cells.site(row),
        side: cells.side(row),
        pain: cells.number("pain", row),
        approximate: flag("approximate"),
        types: cells.words("types", row, PainType::as_str),
        spread: cells.word("spread", row, (Spread::ALL, Spread::as_str)),
        onset: cells.word("onset", row, (Onset::ALL, Onset::as_str)),
        movement: cells.word("movement", row, (Movement::ALL, Movement::as_str)),
        function: function("function"),
        signs: cells.words("signs", row, Sign::as_str),
        signs_in_note: cells.words("signs_in_note", row, Sign::as_str),
        both_legs_in_note: flag("both_legs_in_note"),
        function_in_note: function("function_in_note"),
        sudden_in_note: flag("sudden_in_note"),
        everyday_in_note: cells.words("everyday_in_note", row, Everyday::as_str),
        others_clear: flag("others_clear"),
        painkiller: cells.flag("painkiller", row),
        // Weekly answers are in a table of their own and join later.
        beside: beside(cells, row).kept(),
        ..Entry::on(date)
    }
}

fn beside(cells: &Cells, row: usize) -> Beside {
    Beside {
        sleep_h: cells.number("sleep_h", row),
        sleep_quality: cells.number("sleep_quality", row),
        rpe: cells.number("session_rpe", row),
        shoe: cells.text("shoe", row).map(Into::into),
        comment_on: cells.text("comment_on", row).map(Into::into),
        ..Beside::default()
    }
}
