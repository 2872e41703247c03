//! The last weeks of a log for a terminal: a line a place, a letter a day. Heights are digits, so that nothing hangs on colour, and a
//! day about which nothing is known looks unlike a day without pain.

use super::{Entry, PainLog, Place, hurting, is_about, last_believable_day, rating_at, site_text};
use crate::time::{
    date_text, dates, days_between, plus_days, short_date_text, week_start, weekday_date_text,
};
use crate::words::clipped;
use chrono::NaiveDate;
use std::fmt::Write;

/// Columns of the names of places, with the blank behind.
const NAME: usize = 20;
/// Columns of a week: seven days and what parts it from the next.
const WEEK: usize = 8;
/// Notes that are told below.
const NOTES: usize = 3;
/// Places that are drawn; the last ones that hurt come first.
const PLACES: usize = 15;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// Weeks, the last one being that of the log's last day.
    pub weeks: usize,
    /// Columns that a line may have; there are as many weeks as fit, and one at least.
    pub width: usize,
    /// The day on the clock: a row up to then is no slip of the year, however long after the others it lies. None: nobody knows.
    pub today: Option<NaiveDate>,
}

/// The weeks up to the last day of the log that can be believed, as text.
pub fn calendar(log: &PainLog, wanted: Calendar) -> String {
    match last_day(log, wanted.today) {
        None => "There are no rows yet: `niggle pain add` writes the first.\n".to_string(),
        Some(last) => Weeks::of(log, last, wanted).text(),
    }
}

fn last_day(log: &PainLog, today: Option<NaiveDate>) -> Option<NaiveDate> {
    let days = log.entries.iter().map(|entry| entry.date);
    let until_today = today.and_then(|today| days.filter(|day| *day <= today).max());
    until_today.max(last_believable_day(log))
}

/// The weeks of a log.
struct Weeks<'l> {
    log: &'l PainLog,
    from: NaiveDate,
    last: NaiveDate,
    count: usize,
    width: usize,
}

impl<'l> Weeks<'l> {
    fn of(log: &'l PainLog, last: NaiveDate, wanted: Calendar) -> Self {
        let fitting = wanted.width.saturating_sub(NAME) / WEEK;
        let count = wanted.weeks.min(fitting).max(1);
        let before = i64::try_from(count - 1).unwrap_or(0) * 7;
        Weeks {
            log,
            from: plus_days(week_start(last), -before),
            last,
            count,
            width: wanted.width,
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.title());
        let rows = [self.heads(), self.letters()]
            .into_iter()
            .chain(self.lines());
        rows.for_each(|row| {
            text.push_str(row.trim_end());
            text.push('\n');
        });
        text + &self.key() + &self.notes()
    }

    fn title(&self) -> String {
        let weeks = crate::units::counted(self.count, "week", "weeks");
        format!(
            "{weeks} to {}, the last day in your log",
            weekday_date_text(self.last)
        )
    }

    /// The Monday of each week.
    fn heads(&self) -> String {
        let heads = self.mondays().map(|monday| {
            let text = short_date_text(monday, monday);
            format!("{text:<WEEK$}")
        });
        blank_name() + &heads.collect::<String>()
    }

    fn letters(&self) -> String {
        blank_name() + &"MTWTFSS ".repeat(self.count)
    }

    fn mondays(&self) -> impl Iterator<Item = NaiveDate> + use<'_, 'l> {
        let count = i64::try_from(self.count).unwrap_or(1);
        (0..count).map(|week| plus_days(self.from, 7 * week))
    }

    fn entries(&self) -> &'l [Entry] {
        let from = self
            .log
            .entries
            .partition_point(|entry| entry.date < self.from);
        let to = self
            .log
            .entries
            .partition_point(|entry| entry.date <= self.last);
        self.log.entries.get(from..to).unwrap_or_default()
    }

    /// A line a place that hurts in these weeks, the last one first; one for the whole body where none does.
    fn lines(&self) -> Vec<String> {
        let entries = self.entries();
        let mut places: Vec<(Place, NaiveDate)> = hurting(entries)
            .into_iter()
            .map(|place| (place, self.hurt(place)))
            .collect();
        places.extend(self.unrated());
        places.sort_by_key(|(_, day)| std::cmp::Reverse(*day));
        places.dedup_by_key(|(place, _)| *place);
        let left_out = places.len().saturating_sub(PLACES);
        let mut lines: Vec<String> = places
            .iter()
            .take(PLACES)
            .map(|(place, _)| self.line(*place))
            .collect();
        if lines.is_empty() {
            lines.push(name("anywhere") + &self.days(|day| self.anywhere(day)));
        }
        if left_out > 0 {
            lines.push(format!(
                "and {}",
                crate::units::counted(left_out, "place", "places")
            ));
        }
        lines
    }

    /// Places that are named in these weeks and never rated.
    fn unrated(&self) -> Vec<(Place, NaiveDate)> {
        let entries = self.entries().iter().filter(|entry| entry.pain.is_none());
        let named = entries.filter_map(|entry| Some((entry.place()?, entry.date)));
        let rated = hurting(self.entries());
        named.filter(|(place, _)| !rated.contains(place)).collect()
    }

    /// The last day on which a place hurt.
    fn hurt(&self, place: Place) -> NaiveDate {
        let hurt =
            |entry: &&Entry| is_about(entry, place) && entry.pain.is_some_and(|pain| pain > 0.0);
        let days = self.entries().iter().filter(hurt).map(|entry| entry.date);
        days.max().unwrap_or(self.from)
    }

    fn line(&self, place: Place) -> String {
        name(&site_text(place.0, place.1)) + &self.days(|day| self.at(place, day))
    }

    /// A letter a day, a blank behind each week; what lies behind the last day is not drawn.
    fn days(&self, letter: impl Fn(NaiveDate) -> char) -> String {
        let mut line = String::new();
        for day in dates(self.from, self.last) {
            line.push(letter(day));
            if days_between(self.from, day) % 7 == 6 {
                line.push(' ');
            }
        }
        line
    }

    fn of_day(&self, day: NaiveDate) -> impl Iterator<Item = &'l Entry> + use<'l> {
        self.entries().iter().filter(move |entry| entry.date == day)
    }

    fn at(&self, place: Place, day: NaiveDate) -> char {
        let highest = self
            .of_day(day)
            .filter_map(|entry| rating_at(entry, place))
            .reduce(f64::max);
        let is_named = self
            .of_day(day)
            .any(|entry| entry.pain.is_none() && is_about(entry, place));
        letter(highest, is_named)
    }

    fn anywhere(&self, day: NaiveDate) -> char {
        letter(
            self.of_day(day)
                .filter_map(|entry| entry.pain)
                .reduce(f64::max),
            false,
        )
    }

    fn key(&self) -> String {
        "\n0 no pain, 1 to 9 and X (10) the day's highest, ? hurt and not rated, · not logged: unknown\n".to_string()
    }

    /// The last notes of these weeks.
    fn notes(&self) -> String {
        let noted = self
            .entries()
            .iter()
            .rev()
            .filter_map(|entry| Some((entry.date, entry.notes()?)));
        let noted: Vec<(NaiveDate, &str)> = noted.take(NOTES).collect();
        let mut text = String::new();
        for (date, note) in noted.iter().rev() {
            // Writing into a String does not fail.
            let _ = writeln!(text, "{}: {}", date_text(*date), self.fitting(note));
        }
        if text.is_empty() {
            text
        } else {
            format!("\nLast notes\n{text}")
        }
    }

    fn fitting(&self, note: &str) -> String {
        let note = clipped(note);
        note.chars()
            .take(self.width.saturating_sub(14).max(10))
            .collect()
    }
}

/// A day's highest rating as one letter: what hurts is no zero, however little.
fn letter(highest: Option<f64>, is_named: bool) -> char {
    match highest {
        Some(0.0) if is_named => '?',
        Some(0.0) => '0',
        Some(pain) if pain >= 9.5 => 'X',
        Some(pain) => char::from_digit(pain.round().max(1.0) as u32, 10).unwrap_or('?'),
        None if is_named => '?',
        None => '·',
    }
}

fn blank_name() -> String {
    name("")
}

/// A name in its column.
fn name(text: &str) -> String {
    let text: String = match text.chars().count() < NAME {
        true => text.to_string(),
        false => text.chars().take(NAME - 2).chain(['…']).collect(),
    };
    format!("{text:<NAME$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::{Options, read};

    fn drawn(rows: &str, weeks: usize, width: usize) -> Vec<String> {
        let text = format!("date,site,pain,notes\n{rows}");
        let log = read(text.as_bytes(), "pain.csv", &Options::default()).expect("a log");
        let lines = calendar(
            &log,
            Calendar {
                weeks,
                width,
                today: None,
            },
        );
        lines.lines().map(str::to_string).collect()
    }

    #[test]
    fn what_hurts_is_no_zero_and_what_is_not_known_no_number() {
        for (highest, is_named, expected) in [
            (Some(0.0), false, '0'),
            (Some(0.1), false, '1'),
            (Some(2.5), false, '3'),
            (Some(9.4), false, '9'),
            (Some(9.5), false, 'X'),
            (Some(0.0), true, '?'),
            (None, true, '?'),
            (None, false, '·'),
        ] {
            assert_eq!(letter(highest, is_named), expected, "{highest:?}");
        }
    }

    #[test]
    fn as_many_weeks_as_fit_and_one_at_least() {
        let rows = "2025-10-01,left knee,2,\n2025-10-13,none,0,\n";
        assert_eq!(
            drawn(rows, 9, 80)[0],
            "7 weeks to Mon 13 Oct 2025, the last day in your log"
        );
        assert_eq!(drawn(rows, 9, 44)[3].trim(), "MTWTFSS MTWTFSS MTWTFSS");
        assert_eq!(
            drawn(rows, 9, 44)[4],
            "left knee           ··2···· ······· 0"
        );
        assert_eq!(drawn(rows, 9, 10)[4], "anywhere            0");
    }

    #[test]
    fn the_place_that_hurt_last_comes_first_and_too_many_are_counted() {
        let sites = [
            "knee",
            "shin",
            "calf",
            "achilles",
            "ankle",
            "heel",
            "foot",
            "toe",
            "hamstring",
        ];
        let rows =
            sites.map(|site| format!("2025-10-01,left {site},2,\n2025-10-02,right {site},2,\n"));
        let lines = drawn(&rows.concat(), 4, 80);
        assert!(lines[4].starts_with("right "), "{lines:?}");
        assert_eq!(lines[19], "and 3 places");
        let lines = drawn("2025-10-01,left knee,2,\n2025-10-03,right shin,4,\n", 1, 80);
        assert!(
            lines[4].starts_with("right shin") && lines[5].starts_with("left knee"),
            "{lines:?}"
        );
        assert_eq!(
            drawn("", 4, 80),
            ["There are no rows yet: `niggle pain add` writes the first."]
        );
    }
}
