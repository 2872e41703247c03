//! The day of a row.

use super::{RowFault, RowReader, unusable};
use crate::pain::dates::{Written, take_apart};
use crate::{problem::Code, time::date_text};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

/// The first year a log may speak of: earlier times are faults of a clock or a slip of the pen.
const FIRST_YEAR: i32 = 2000;

const OPEN: &str = "can be day/month or month/day, and no other row tells; write it as 2025-03-31, or say which with --date-order";

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
                ..of_date(self.too_far_ahead(latest))
            }),
        }
    }

    /// Why a day is not used: no clock tells whether it is a slip of the pen.
    fn too_far_ahead(&self, latest: NaiveDate) -> String {
        match self.options.last_run {
            Some(run) => format!(
                "lies more than a year after your last run, of {}",
                date_text(run)
            ),
            None => format!("lies too far ahead, after {}", date_text(latest)),
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
        if self.reading.order_is_open && written.is_ambiguous() {
            return Err(OPEN.to_string());
        }
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
