//! The day of a row.

use super::{RowFault, RowReader, unusable};
use crate::pain::dates::{Written, take_apart};
use crate::{problem::Code, time::date_text};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// The first year a log may speak of: earlier times are faults of a clock or a slip of the pen.
const FIRST_YEAR: i32 = 2000;

impl RowReader<'_> {
    pub(super) fn date(&self, cell: &str) -> Result<(NaiveDate, Option<NaiveTime>), RowFault> {
        if cell.is_empty() {
            return Err(unusable("the row", "", "has no date"));
        }
        let of_date = |found: String| unusable("the date", cell, found);
        let (date, time) = self.written_day(cell).map_err(of_date)?;
        if date.year() < FIRST_YEAR {
            return Err(of_date(format!("lies before {FIRST_YEAR}")));
        }
        match self.latest().filter(|latest| date > *latest) {
            None => Ok((date, time)),
            Some(latest) => Err(RowFault {
                code: Code::PainDateFuture,
                ..of_date(format!("lies too far ahead, after {}", date_text(latest)))
            }),
        }
    }

    /// The day and the time as written, on the runner's clock where it is known.
    fn written_day(&self, cell: &str) -> Result<(NaiveDate, Option<NaiveTime>), String> {
        let whole = self.plan.with_century(cell);
        let written =
            take_apart(&whole).map_err(|found| format!("{found}; write it as 2025-03-31"))?;
        let date = written
            .date(self.reading.order)
            .ok_or("is no day of the calendar")?;
        Ok(match self.local_time(&written, date) {
            Some(local) => (local.date(), Some(local.time())),
            None => (date, written.time),
        })
    }

    /// The runner's own time where UTC is written.
    fn local_time(&self, written: &Written, date: NaiveDate) -> Option<NaiveDateTime> {
        let utc = date.and_time(written.time.unwrap_or_default());
        match written.is_utc() {
            true => self.options.clock.local(utc),
            false => None,
        }
    }

    /// The last day that a row can have.
    fn latest(&self) -> Option<NaiveDate> {
        let as_of = self.options.as_of?;
        Some(as_of.succ_opt().unwrap_or(as_of))
    }
}
