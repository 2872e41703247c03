//! The run that is asked about, checked once.

use super::length::Length;
use crate::{
    error::Error,
    model::{History, Run},
    option::{CLIMB, DATE, DESCENT, DISTANCE},
    time::{date_text, days_between, plus_days},
    units::Units,
};
use chrono::NaiveDate;

/// A longer run is a slip of the pen, m.
const MOST_M: f64 = 500_000.0;

/// A higher climb likewise, m.
const MOST_CLIMB_M: f64 = 30_000.0;

/// A day further ahead likewise, days.
const MOST_DAYS: i64 = 366;

/// A run as it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Asked {
    /// How long.
    pub distance: Option<Length>,
    /// How far up.
    pub climb: Option<Length>,
    /// How far down.
    pub descent: Option<Length>,
    /// On which day. None: the day after the last one known.
    pub date: Option<NaiveDate>,
}

/// A planned run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Its day.
    pub date: NaiveDate,
    /// Metres. None: not told.
    pub distance_m: Option<f64>,
    /// Metres up. None: not told.
    pub ascent_m: Option<f64>,
    /// Metres down. None: not told.
    pub descent_m: Option<f64>,
}

impl Plan {
    /// Whether anything is told of it but its day.
    pub fn is_a_run(&self) -> bool {
        let told = [self.distance_m, self.ascent_m, self.descent_m];
        told.iter().any(Option::is_some)
    }
}

impl Asked {
    /// The run, after what is recorded.
    ///
    /// # Errors
    /// [`Error::Usage`] for a length or a day that cannot be.
    pub fn plan(&self, history: &History, units: Units) -> Result<Plan, Error> {
        let height_m = match units {
            Units::Km => 1.0,
            Units::Mi => 0.3048,
        };
        Ok(Plan {
            date: self.day(history)?,
            distance_m: self
                .distance
                .map(|length| distance(length.metres(units.distance_unit_m()), units))
                .transpose()?,
            ascent_m: checked_climb(CLIMB, self.climb, height_m, units)?,
            descent_m: checked_climb(DESCENT, self.descent, height_m, units)?,
        })
    }

    fn day(&self, history: &History) -> Result<NaiveDate, Error> {
        let next = plus_days(history.as_of, 1);
        let Some(date) = self.date else {
            return Ok(next);
        };
        let last = history.runs.last().map(Run::local_date);
        if let Some(last) = last.filter(|last| date < *last) {
            return Err(Error::Usage(format!(
                "{DATE} {date}: your last recorded run is of {}, and a planned run comes after it. Give that day or a later one.",
                date_text(last)
            )));
        }
        if days_between(history.as_of, date) > MOST_DAYS {
            return Err(Error::Usage(format!(
                "{DATE} {date}: that is more than a year after {}, the last day known, and nothing can be said of it. Give a day up to {}.",
                date_text(history.as_of),
                plus_days(history.as_of, MOST_DAYS)
            )));
        }
        Ok(date)
    }
}

fn distance(metres: f64, units: Units) -> Result<f64, Error> {
    let most = units.distance_text(MOST_M);
    let given = units.distance_text(metres);
    match metres {
        metres if metres <= 0.0 => Err(Error::Usage(format!(
            "{DISTANCE}: a run of {given} is none. Give a number above 0, as 18, or leave it out to learn from where on a rule would speak."
        ))),
        metres if metres > MOST_M => Err(Error::Usage(format!(
            "{DISTANCE}: {given} is more than {most}, the longest run that is looked at. Check the number and its unit."
        ))),
        metres => Ok(metres),
    }
}

fn checked_climb(
    option: &str,
    length: Option<Length>,
    height_m: f64,
    units: Units,
) -> Result<Option<f64>, Error> {
    let metres = length.map(|length| length.metres(height_m));
    match metres.filter(|metres| !(0.0..=MOST_CLIMB_M).contains(metres)) {
        Some(metres) => Err(Error::Usage(format!(
            "{option}: {} is not from 0 to {}. Check the number and its unit.",
            units.height_text(metres),
            units.height_text(MOST_CLIMB_M)
        ))),
        None => Ok(metres),
    }
}
