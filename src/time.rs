//! Time: UTC inside a recording, the runner's local calendar from `Run` upwards.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// Where a run's UTC offset came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneSource {
    /// The recording holds it (FIT `activity.local_timestamp`, a zone in a TCX or GPX time).
    File,
    /// The account's index holds it.
    Index,
    /// The zone of the recording's first position.
    Position,
    /// The `--timezone` option.
    Option,
    /// Nothing said so: UTC was taken, and a problem names the file.
    AssumedUtc,
}

impl ZoneSource {
    /// Where the offset is from, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            ZoneSource::File => "the offset in the file",
            ZoneSource::Index => "the account's own word",
            ZoneSource::Position => "the zone of the first position",
            ZoneSource::Option => "from --timezone",
            ZoneSource::AssumedUtc => "assumed, since nothing says it",
        }
    }

    /// The same in a line of an account's index.
    pub(crate) fn of_index(self) -> Self {
        match self {
            ZoneSource::File => ZoneSource::Index,
            other => other,
        }
    }

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            ZoneSource::File => "file",
            ZoneSource::Index => "index",
            ZoneSource::Position => "position",
            ZoneSource::Option => "option",
            ZoneSource::AssumedUtc => "assumed-utc",
        }
    }
}

/// What a start is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// A moment in UTC.
    #[default]
    Utc,
    /// The runner's wall clock, whose zone is not told; written as if it were UTC's.
    Wall,
    /// The runner's day alone; written as its noon, as if that were UTC's.
    Day,
}

/// UTC offsets on Earth lie in ±14 h and are multiples of 15 minutes (−576,963 s was seen in a real file; src/method/formats.md,
/// Local time).
pub fn is_plausible_utc_offset(seconds: i64) -> bool {
    seconds.abs() <= 14 * 3600 && seconds % 900 == 0
}

/// An offset that was taken from two times, of which one may be some seconds old: the nearest quarter hour within two minutes.
pub fn whole_utc_offset(seconds: i64) -> i64 {
    let quarters = (seconds + seconds.signum() * 450) / 900 * 900;
    if (seconds - quarters).abs() <= 120 {
        quarters
    } else {
        seconds
    }
}

/// UTC from Unix seconds; None outside what chrono can hold.
pub fn utc(unix_s: f64) -> Option<DateTime<Utc>> {
    if !unix_s.is_finite() {
        return None;
    }
    DateTime::from_timestamp_millis((unix_s * 1000.0).round() as i64)
}

/// Local wall-clock time of an instant.
pub fn local(instant: DateTime<Utc>, utc_offset_s: i32) -> NaiveDateTime {
    (instant + TimeDelta::seconds(i64::from(utc_offset_s))).naive_utc()
}

/// The ISO week a date lies in, as `2025-W14`.
pub fn iso_week(date: NaiveDate) -> String {
    let week = date.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// The Monday of the date's ISO week.
pub fn week_start(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).first_day()
}

/// Whole days from `from` to `to` (negative when `to` is earlier).
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days()
}

/// The date `days` later (or earlier, when negative).
pub fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    date + TimeDelta::days(days)
}

/// A span of days of which either end may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Window {
    /// The first day. None: from the beginning.
    pub from: Option<NaiveDate>,
    /// The last day. None: to the end.
    pub to: Option<NaiveDate>,
}

impl Window {
    /// Whether a day lies in it, its ends included.
    pub fn has(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it ends before it begins.
    pub fn is_negative(self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| to < from)
    }

    /// Whether both ends are open.
    pub fn is_open(self) -> bool {
        self == Window::default()
    }
}

/// Every date from `from` to `to`, both included.
pub fn dates(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |date| *date <= to)
}

/// `3 May 2025`, the way the report says dates.
pub fn date_text(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// `3 May`, and `3 May 2024` where that is another year than the day the report speaks from.
pub fn short_date_text(date: NaiveDate, as_of: NaiveDate) -> String {
    match date.year() == as_of.year() {
        true => date.format("%-d %b").to_string(),
        false => date_text(date),
    }
}

/// `Sat 3 May 2025`.
pub fn weekday_date_text(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// `3 May 2025` or `3–9 May 2025` or `28 Apr – 3 May 2025`.
pub fn period_text(from: NaiveDate, to: NaiveDate) -> String {
    let last = date_text(to);
    if from == to {
        last
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{last}", from.day())
    } else if from.year() == to.year() {
        format!("{} – {last}", from.format("%-d %b"))
    } else {
        format!("{} – {last}", date_text(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a literal date")
    }

    #[test]
    fn weeks_are_local_iso_weeks() {
        // src/method/formulas.md, Local time: 2025-03-30T22:30Z in Berlin is already Monday of W14, in UTC still W13.
        let instant: DateTime<Utc> = "2025-03-30T22:30:00Z".parse().unwrap();
        assert_eq!(iso_week(local(instant, 7200).date()), "2025-W14");
        assert_eq!(iso_week(local(instant, 0).date()), "2025-W13");
        assert_eq!(week_start(date("2025-03-31")), date("2025-03-31"));
        assert_eq!(iso_week(date("2024-12-30")), "2025-W01");
    }

    #[test]
    fn offsets_seen_in_real_files() {
        for (seconds, plausible) in [
            (3600, true),
            (-25_200, true),
            (20_700, true),
            (-576_963, false),
            (681_625_390, false),
            (3601, false),
            (50_400, true),
            (-50_400, true),
            (51_300, false),
        ] {
            assert_eq!(is_plausible_utc_offset(seconds), plausible, "{seconds}");
        }
    }

    #[test]
    fn a_day_of_the_week_is_said_in_english() {
        assert_eq!(weekday_date_text(date("2025-10-12")), "Sun 12 Oct 2025");
    }

    #[test]
    fn periods_are_said_briefly() {
        for (from, to, text) in [
            ("2025-05-03", "2025-05-03", "3 May 2025"),
            ("2025-05-03", "2025-05-09", "3–9 May 2025"),
            ("2025-04-28", "2025-05-03", "28 Apr – 3 May 2025"),
            ("2024-12-30", "2025-01-05", "30 Dec 2024 – 5 Jan 2025"),
        ] {
            assert_eq!(period_text(date(from), date(to)), text);
        }
    }
}
