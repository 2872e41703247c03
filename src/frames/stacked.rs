//! The tables of several runners: those of one, with whose rows they are and the day counted from each runner's first, and without what
//! would tell who somebody is.

use super::{
    About, Frames, episodes, failed,
    findings::{self, FindingRow},
    fixed, ostrc_weeks, pain, ratings, runs as rows_of_runs,
};
use crate::{
    error::Error,
    model::{History, LoadUnit},
    pain::PainLog,
    time::days_between,
};
use chrono::NaiveDate;
use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, PolarsError, Series};
use polars_io::{SerReader, parquet::read::ParquetReader};
use std::io::Cursor;

/// What one runner came to, for the tables.
#[derive(Debug, Clone, Copy)]
pub struct OfRunner<'a> {
    /// What the runner is called.
    pub name: &'a str,
    /// The calendar.
    pub history: &'a History,
    /// Its days and weeks.
    pub frames: &'a Frames,
    /// The pain log.
    pub pain: &'a PainLog,
    /// What the rules said.
    pub findings: &'a [FindingRow],
    /// The first and the last day on which the runner was watched. None: nobody watched.
    pub follow_up: Option<(NaiveDate, NaiveDate)>,
    /// Tables that were written before, in the order of [`STACKED`], which are handed on as they are. Empty: everything was read now.
    pub earlier: &'a [DataFrame],
    /// Whether days of the calendar stay in.
    pub with_dates: bool,
}

/// A table of several runners.
#[derive(Debug, Clone, Copy)]
pub struct Stacked {
    /// Its name, as its files are called.
    pub name: &'static str,
    /// What it has a row for.
    pub title: &'static str,
    /// The column that `day` is counted from.
    day_of: &'static str,
    make: fn(&OfRunner) -> Result<DataFrame, Error>,
}

/// Every one, in the order in which they are written.
pub const STACKED: [Stacked; 7] = [
    Stacked {
        name: "runs",
        title: "a row a run",
        day_of: "local_date",
        make: |of| all_runs(of.history),
    },
    Stacked {
        name: "days",
        title: "a row a day of each runner's calendar, no gaps",
        day_of: "local_date",
        make: |of| Ok(of.frames.days.clone()),
    },
    Stacked {
        name: "weeks",
        title: "a row an ISO week, likewise",
        day_of: "week_start",
        make: |of| Ok(of.frames.weeks.clone()),
    },
    Stacked {
        name: "ratings",
        title: "a row for each row of the pain log and place",
        day_of: "local_date",
        make: |of| ratings(of.history, of.pain),
    },
    Stacked {
        name: "episodes",
        title: "a row for each spell of pain at a place",
        day_of: "from",
        make: |of| episodes(of.history, of.pain),
    },
    Stacked {
        name: "ostrc_weeks",
        title: "a row for each week and place with answers to the OSTRC questions",
        day_of: "local_date",
        make: |of| ostrc_weeks(of.history, of.pain),
    },
    Stacked {
        name: "findings",
        title: "a row for each thing that a rule said",
        day_of: "from",
        make: |of| fixed::frame(findings::COLUMNS, of.findings),
    },
];

/// Whose row it is.
pub const ATHLETE: &str = "athlete";
/// The day, counted from the runner's first, which is 0.
pub const DAY: &str = "day";
/// Whether it lies in the time that the runner was watched. Rows of other days stay: loads look back.
pub(super) const IN_FOLLOW_UP: &str = "in_follow_up";

/// Never in a table of several runners: names of files, titles, the runner's own words, where they live.
pub(super) const IDENTIFYING: &[&str] = &[
    "source",
    "name",
    "shoe",
    "own_word",
    "utc_offset_s",
    "zone_source",
    "line",
];

/// Days and times of the calendar: empty unless they were asked for.
const DATES: &[&str] = &[
    "start_utc",
    "local_date",
    "week",
    "week_start",
    "from",
    "to",
];

/// Names of runs, which begin with the day and the time.
const RUN_IDS: &[&str] = &["run_id", "onset_run_id"];

/// What the three columns are that every table of several runners has, and those of the one table that a report on one runner does not have.
pub fn stacked_columns() -> Vec<About> {
    let own = |table: &Stacked| {
        OF_ALL.map(|(id, about)| About {
            table: table.name,
            id,
            unit: "",
            about,
        })
    };
    let findings = pain::about("findings", findings::COLUMNS);
    STACKED.iter().flat_map(own).chain(findings).collect()
}

fn is_of_all(name: &str) -> bool {
    OF_ALL.iter().any(|(own, _)| *own == name)
}

/// The columns of every table, and what they are.
const OF_ALL: [(&str, &str); 3] = [
    (ATHLETE, ABOUT_ATHLETE),
    (DAY, ABOUT_DAY),
    (IN_FOLLOW_UP, ABOUT_FOLLOW_UP),
];

const ABOUT_ATHLETE: &str =
    "The runner: the id, as their folder is called, or the pseudonym of --key.";
const ABOUT_DAY: &str = "The day, counted from the first of the runner's calendar, which is 0; of a week or a spell its first. Below 0: before the calendar begins.";
const ABOUT_FOLLOW_UP: &str = "Whether that day lies in the time that the runner was watched: from the first to the last day that recordings and log share, cut to the \
     list's from and to. The study's figures are those of such rows alone; the others are there because loads look back.";

/// Whether a column holds days or times of the calendar, which are there only where they were asked for.
pub fn is_of_the_calendar(id: &str) -> bool {
    DATES.contains(&id)
}

/// Whether a column holds the names of runs, which have lost the day where dates were not asked for.
pub fn is_of_run_ids(id: &str) -> bool {
    RUN_IDS.contains(&id)
}

fn all_runs(history: &History) -> Result<DataFrame, Error> {
    rows_of_runs::frame(&history.runs, history.load_unit).map_err(|error| failed(&error))
}

impl Stacked {
    /// The column that `day` is counted from.
    pub(super) fn day_of(&self) -> &'static str {
        self.day_of
    }

    /// The rows of one runner.
    ///
    /// # Errors
    /// [`Error::Render`] when polars refuses.
    pub fn rows(&self, of: &OfRunner) -> Result<DataFrame, Error> {
        let mut earlier = STACKED.iter().zip(of.earlier);
        let earlier = earlier.find(|(table, _)| table.name == self.name);
        let table = earlier.map_or_else(|| (self.make)(of), |(_, rows)| Ok(rows.clone()))?;
        let first = of.history.days.first().map(|day| day.date);
        let first = first.unwrap_or(of.history.as_of);
        self.stacked(&table, of, first)
            .map_err(|error| failed(&error))
    }

    /// The table without a row: the same columns, whatever was read.
    ///
    /// # Errors
    /// As [`Stacked::rows`].
    pub fn empty(&self) -> Result<DataFrame, Error> {
        let calendar = super::Calendar::of_log(
            &[NaiveDate::default()].into(),
            &[].into(),
            NaiveDate::default(),
        );
        let (frames, history) =
            super::build_in(Vec::new(), Vec::new(), &calendar, LoadUnit::GradeAdjustedKm)?;
        let rows = self.rows(&OfRunner {
            name: "",
            history: &history,
            frames: &frames,
            pain: &PainLog::default(),
            findings: &[],
            follow_up: None,
            earlier: &[],
            with_dates: false,
        })?;
        Ok(rows.slice(0, 0))
    }

    fn stacked(
        &self,
        table: &DataFrame,
        of: &OfRunner,
        first: NaiveDate,
    ) -> Result<DataFrame, PolarsError> {
        let athlete = Series::new(ATHLETE.into(), vec![of.name; table.height()]).into_column();
        let days = super::rows::naive_dates(table.column(self.day_of)?)?;
        let kept = table.columns().iter();
        let left_out = |name: &str| IDENTIFYING.contains(&name) || is_of_all(name);
        let kept = kept.filter(|column| !left_out(column.name().as_str()));
        let kept = kept.map(|column| undated(column, of.with_dates));
        let own = [
            athlete,
            days_from(&days, first),
            in_follow_up(&days, of.follow_up),
        ];
        let all = own.into_iter().map(Ok).chain(kept);
        DataFrame::new_infer_height(all.collect::<Result<Vec<Column>, PolarsError>>()?)
    }
}

/// Days after the runner's first.
fn days_from(dates: &[Option<NaiveDate>], first: NaiveDate) -> Column {
    let days = dates
        .iter()
        .map(|date| date.map(|date| days_between(first, date)));
    Series::new(DAY.into(), days.collect::<Vec<Option<i64>>>()).into_column()
}

/// Whether somebody was watched on these days.
fn in_follow_up(dates: &[Option<NaiveDate>], follow_up: Option<(NaiveDate, NaiveDate)>) -> Column {
    let is_in = |date: NaiveDate| follow_up.is_some_and(|(from, to)| (from..=to).contains(&date));
    let flags = dates.iter().map(|date| date.map(is_in));
    Series::new(IN_FOLLOW_UP.into(), flags.collect::<Vec<Option<bool>>>()).into_column()
}

/// Without what says which day of the calendar it was.
fn undated(column: &Column, with_dates: bool) -> Result<Column, PolarsError> {
    let name = column.name();
    if with_dates {
        Ok(column.clone())
    } else if DATES.contains(&name.as_str()) {
        Ok(Column::full_null(
            name.clone(),
            column.len(),
            column.dtype(),
        ))
    } else if RUN_IDS.contains(&name.as_str()) {
        let ids = column.str()?.iter().map(|id| id.map(behind_its_day));
        let ids: Vec<Option<&str>> = ids.collect();
        Ok(Series::new(name.clone(), ids).into_column())
    } else {
        Ok(column.clone())
    }
}

/// `4df606fd` of `20250107-1803-4df606fd`.
fn behind_its_day(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(_, content)| content)
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// True or false.
    Flag,
}

impl Stacked {
    /// Its columns by name, in order.
    ///
    /// # Errors
    /// As [`Stacked::rows`].
    pub fn columns(&self) -> Result<Vec<(String, Kind)>, Error> {
        let table = self.empty()?;
        let columns = table.columns().iter();
        let columns = columns.map(|column| (column.name().to_string(), kind(column.dtype())));
        Ok(columns.collect())
    }
}

impl Kind {
    /// As JSON's schemas call it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Date => "date",
            Kind::Whole => "integer",
            Kind::Number => "number",
            Kind::Flag => "boolean",
        }
    }
}

fn kind(of: &DataType) -> Kind {
    match of {
        DataType::Date => Kind::Date,
        DataType::Boolean => Kind::Flag,
        DataType::Float64 => Kind::Number,
        DataType::String => Kind::Text,
        _ => Kind::Whole,
    }
}

/// Rows of a table.
pub type Rows = DataFrame;

/// Rows of several tables of the same columns, one below the other; of none, nothing.
///
/// # Errors
/// [`Error::Render`] when they have not the same columns; that of a table.
pub fn below_one_another(
    tables: impl IntoIterator<Item = Result<Rows, Error>>,
) -> Result<Rows, Error> {
    let mut tables = tables.into_iter();
    let mut all = tables.next().transpose()?.unwrap_or_default();
    for table in tables {
        all.vstack_mut(&table?).map_err(|error| failed(&error))?;
    }
    all.rechunk_mut();
    Ok(all)
}

/// Rows of a row group in a table of several runners.
const GROUP_ROWS: usize = 1 << 16;

/// The same rows in groups of one size, however they come: what is written then does not depend on that. There is one group at least.
pub fn in_groups(
    tables: impl Iterator<Item = Result<Rows, Error>>,
) -> impl Iterator<Item = Result<Rows, Error>> {
    let mut groups = Groups {
        tables,
        waiting: Vec::new(),
        rows: 0,
        given: false,
    };
    std::iter::from_fn(move || groups.next_group().transpose())
}

struct Groups<T> {
    tables: T,
    waiting: Vec<Rows>,
    /// Rows that wait.
    rows: usize,
    /// Whether a group was given.
    given: bool,
}

impl<T: Iterator<Item = Result<Rows, Error>>> Groups<T> {
    fn next_group(&mut self) -> Result<Option<Rows>, Error> {
        while self.rows < GROUP_ROWS {
            let Some(table) = self.tables.next().transpose()? else {
                return self.rest();
            };
            self.rows += table.height();
            self.waiting.push(table);
        }
        let all = below_one_another(self.waiting.drain(..).map(Ok))?;
        let group = all.slice(0, GROUP_ROWS);
        self.rows -= GROUP_ROWS;
        self.waiting.push(all.slice(GROUP_ROWS as i64, self.rows));
        self.given = true;
        Ok(Some(group))
    }

    fn rest(&mut self) -> Result<Option<Rows>, Error> {
        let all = below_one_another(self.waiting.drain(..).map(Ok))?;
        let is_wanted = all.height() > 0 || !self.given;
        (self.rows, self.given) = (0, true);
        Ok((is_wanted && all.width() > 0).then_some(all))
    }
}

/// A table that [`super::parquet()`] wrote.
///
/// # Errors
/// [`Error::Render`] when the bytes are none.
pub fn of_parquet(bytes: &[u8]) -> Result<Rows, Error> {
    let table = ParquetReader::new(Cursor::new(bytes)).finish();
    table.map_err(|error| failed(&error))
}
