//! What the runner says about a log that the file does not.

use super::{
    DateOrder, Scale,
    limits::{MAX_LONG_ROWS, MAX_ROWS},
};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// What the runner says about a log that the file does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The last day that can be believed: dates more than a day after it are refused. In a report it is the day named with
    /// `--as-of`, or a year after the last run. None: the future is not checked.
    pub as_of: Option<NaiveDate>,
    /// The last recorded run, where `as_of` is a year after it. None: it is not, or nobody knows.
    pub last_run: Option<NaiveDate>,
    /// What `03/04/2024` means (`--date-order`). None: the column must tell.
    pub date_order: Option<DateOrder>,
    /// The scale of the ratings (`--pain-scale`). None: the header and the cells tell.
    pub scale: Option<Scale>,
    /// RPE is on Borg's 6–20 scale (`--borg`).
    pub borg: bool,
    /// What columns are (`--column ROLE=NAME`), in the order given.
    pub columns: Vec<NamedColumn>,
    /// Whose rows count in a log of several people (`--athlete`).
    pub athlete: Option<String>,
    /// The column that says whose a row is, in a log of a whole study (`--id`): all of its people are meant, none is picked.
    pub id: Option<String>,
    /// Where the runner's clock stands, for times that are given in UTC.
    pub clock: Clock,
}

impl Options {
    /// Whether the runner says what any column is; that one is to be passed over says it of none.
    pub(super) fn names_columns(&self) -> bool {
        self.columns.iter().any(|column| column.role != "ignore")
    }

    /// Most data rows of a file read so.
    pub(super) fn most_rows(&self) -> usize {
        match self.id {
            Some(_) => MAX_LONG_ROWS,
            None => MAX_ROWS,
        }
    }
}

/// A column and what the runner says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedColumn {
    /// `pain`, `date`, `site` …: one of [`NamedColumn::ROLES`].
    pub role: &'static str,
    /// The column's name, as in the header.
    pub name: String,
}

impl NamedColumn {
    /// Every role: the columns of niggle's own log and what other logs have beside them.
    pub const ROLES: &[&str] = &[
        "date",
        "moment",
        "time",
        "site",
        "side",
        "pain",
        "type",
        "spread",
        "onset",
        "movement",
        "function",
        "signs",
        "ostrc_q1",
        "ostrc_q2",
        "ostrc_q3",
        "ostrc_q4",
        "sleep_h",
        "sleep_quality",
        "rpe",
        "shoe",
        "painkiller",
        "notes",
        "any_pain",
        "others",
        "athlete",
        "ignore",
    ];

    /// Reads `ROLE=NAME`. A role may be written with `-`, `note` means `notes` and `sleep` means `sleep_h`.
    ///
    /// # Errors
    /// The text says what was expected.
    pub fn parse(text: &str) -> Result<NamedColumn, String> {
        let (role, name) = text
            .split_once('=')
            .ok_or("write ROLE=NAME, as pain=\"How bad is it?\"")?;
        let role = role.trim().to_lowercase().replace('-', "_");
        let role = match role.as_str() {
            "note" => "notes",
            "sleep" => "sleep_h",
            "sign" => "signs",
            "place" | "where" => "site",
            "person" | "runner" => "athlete",
            "other_places" => "others",
            role => role,
        };
        let known = NamedColumn::ROLES.iter().find(|known| **known == role);
        let role = known.ok_or_else(|| {
            format!(
                "no column is a \"{role}\"; one of {}",
                NamedColumn::ROLES.join(", ")
            )
        })?;
        if name.trim().is_empty() {
            return Err("the column's name is missing behind the =".to_string());
        }
        Ok(NamedColumn {
            role,
            name: name.trim().to_string(),
        })
    }
}

/// Where the runner's clock stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Clock {
    /// Nobody knows: the day counts as written, which the log says.
    #[default]
    Unknown,
    /// The zone of `--timezone`.
    Zone(Tz),
    /// Offsets of the runner's recordings, seconds east of UTC, by day in order: the nearest one counts.
    Offsets(Vec<(NaiveDate, i32)>),
}

impl Clock {
    /// The runner's local time of an instant in UTC. None when nobody knows.
    pub fn local(&self, utc: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Clock::Unknown => None,
            Clock::Zone(zone) => Some(utc.and_utc().with_timezone(zone).naive_local()),
            Clock::Offsets(days) => {
                let day = utc.date();
                let at = days.partition_point(|(known, _)| *known < day);
                let near = [at.checked_sub(1), Some(at)]
                    .into_iter()
                    .flatten()
                    .filter_map(|at| days.get(at));
                let nearest = near.min_by_key(|(known, _)| (*known - day).num_days().abs())?;
                utc.checked_add_signed(chrono::TimeDelta::seconds(i64::from(nearest.1)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_name() {
        let column = |text| NamedColumn::parse(text).map(|column| (column.role, column.name));
        assert_eq!(
            column("pain=How bad is it?"),
            Ok(("pain", "How bad is it?".to_string()))
        );
        assert_eq!(column("Note = x=y"), Ok(("notes", "x=y".to_string())));
        assert_eq!(
            column("sleep-quality=Q"),
            Ok(("sleep_quality", "Q".to_string()))
        );
        for wrong in ["pain", "mood=x", "pain="] {
            assert!(column(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_instant_falls_on_the_runners_day() {
        let utc: NaiveDateTime = "2025-08-14T01:04:11".parse().expect("a literal");
        let day = |clock: Clock| clock.local(utc).map(|local| local.date().to_string());
        assert_eq!(day(Clock::Unknown), None);
        assert_eq!(
            day(Clock::Zone(chrono_tz::America::Los_Angeles)).as_deref(),
            Some("2025-08-13")
        );
        let days = |offset| vec![("2025-08-01".parse().expect("a literal"), offset)];
        assert_eq!(
            day(Clock::Offsets(days(-7 * 3600))).as_deref(),
            Some("2025-08-13")
        );
        assert_eq!(
            day(Clock::Offsets(days(2 * 3600))).as_deref(),
            Some("2025-08-14")
        );
        assert_eq!(day(Clock::Offsets(Vec::new())), None);
    }
}
