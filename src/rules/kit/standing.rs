//! How each place stands that hurt in the last 14 days, in numbers and not in findings: what no rule has to say must be said too.

use crate::rules::triage;
use crate::{
    pain::{
        Entry, Function, Place,
        episodes::{Episode, episodes},
        hurting, is_about, is_all_clear, rating_at, site_text, site_text_with,
    },
    time::{date_text, days_between, plus_days},
    units::{counted_in_words, number},
};
use chrono::NaiveDate;
use std::{cmp::Ordering, collections::BTreeMap};

/// A rating up to this is what running studies let pass (Silbernagel 2007, Smith 2017); above it a place is said with its number.
pub const ABOVE: f64 = 2.0;

/// A place that was silent for at least so many days is said to hurt for the first time since, days.
const SILENT_DAYS: i64 = 14;

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Where, as the log writes it.
    pub place: Place,
    /// The highest rating of the last 14 days, above 0 up to 10, and the last day with it.
    pub highest: (f64, NaiveDate),
    /// The highest rating of the last rated day, and that day.
    pub latest: (f64, NaiveDate),
    /// First day of the spell that it is in, or was in last.
    pub since: NaiveDate,
    /// Days from the last pain there to `since`. None: none was logged before.
    pub silent_days: Option<i64>,
    /// Days the log had been kept before `since`.
    pub known_days: i64,
}

/// The places that were rated above 0 in the last 14 days, the highest rating first. `entries` are in order of date, as in
/// [`crate::pain::PainLog`].
pub fn standings(entries: &[Entry], as_of: NaiveDate) -> Vec<Standing> {
    let entries = until(entries, as_of);
    let lately = lately(entries, as_of);
    let places = hurting(lately);
    if places.is_empty() {
        return Vec::new();
    }
    let spells = episodes(entries);
    let first = entries.first().map_or(as_of, |entry| entry.date);
    let standings = places.into_iter();
    let standings = standings.filter_map(|place| standing(lately, &spells, first, place));
    let mut found: Vec<Standing> = standings.collect();
    found.sort_by(highest_first);
    found
}

fn highest_first(a: &Standing, b: &Standing) -> Ordering {
    let highest = b.highest.0.total_cmp(&a.highest.0);
    highest.then(a.place.cmp(&b.place))
}

/// Rows of the last 14 days that name a place or signs and rate nothing: how much it hurts there is unknown.
pub fn unrated(entries: &[Entry], as_of: NaiveDate) -> impl Iterator<Item = &Entry> {
    lately(until(entries, as_of), as_of)
        .iter()
        .filter(move |entry| triage::is_current_row(entry, as_of) && entry.pain.is_none())
}

/// Days of the last 14 with at least one rating.
pub fn days_rated(entries: &[Entry], as_of: NaiveDate) -> usize {
    let mut days: Vec<NaiveDate> = lately(until(entries, as_of), as_of)
        .iter()
        .filter(|e| e.pain.is_some())
        .map(|e| e.date)
        .collect();
    days.dedup();
    days.len()
}

/// Why no distance may be named for the next run, as the end of a sentence: a place is above 2, or pain changed the running.
/// None where the log of the last 14 days says neither.
pub fn why_no_distance(entries: &[Entry], as_of: NaiveDate) -> Option<String> {
    let standings = standings(entries, as_of).into_iter();
    let sore = standings.filter(|place| place.latest.0 > ABOVE);
    let sorest = sore.max_by(|a, b| {
        let latest = a.latest.0.total_cmp(&b.latest.0);
        latest.then(b.place.cmp(&a.place))
    });
    sorest
        .map(|place| place.latest_text())
        .or_else(|| changed_running(entries, as_of))
}

/// What the last row that says that pain changed the running of these 14 days says, as a sentence without its end; unless its place
/// was rated 0 on a later day.
pub fn changed_running(entries: &[Entry], as_of: NaiveDate) -> Option<String> {
    let lately = lately(until(entries, as_of), as_of);
    let mut changed = lately.iter().rev().filter(|row| says_changed(row));
    let row = changed.find(|row| !is_over(row, lately))?;
    let what = match row.bears_no_weight() {
        true => Function::CannotBearWeight,
        false => row.effect()?,
    };
    let place = row
        .place()
        .map(|(site, side)| format!(" ({})", site_text(site, side)));
    Some(format!(
        "your log of {} says that pain {}{}",
        date_text(row.date),
        did(what),
        place.unwrap_or_default()
    ))
}

/// Whether the row's place, or everything for a row without one, was rated 0 on a later day.
fn is_over(row: &Entry, lately: &[Entry]) -> bool {
    let mut later = lately.iter().filter(|later| later.date > row.date);
    later.any(|later| is_zero_for(row, later) && !says_changed(later))
}

/// Whether the later row has no pain where the earlier one had it, or nowhere if that one names no place.
fn is_zero_for(row: &Entry, later: &Entry) -> bool {
    match row.place() {
        Some(place) => rating_at(later, place) == Some(0.0),
        None => is_all_clear(later),
    }
}

fn says_changed(row: &Entry) -> bool {
    row.bears_no_weight() || row.effect().is_some_and(|effect| effect != Function::None)
}

/// What pain did, after "pain".
fn did(what: Function) -> &'static str {
    match what {
        Function::CannotBearWeight => "let you put no weight on it",
        other => other.label(),
    }
}

/// `your right shin`, or `a place you did not name`.
fn your((site, side): Place) -> String {
    site_text_with("your", site, side)
}

impl Standing {
    /// The numbers in words: `9 of 10 on 11 Oct 2025, sore since 8 Oct 2025, first pain logged there in six weeks`. `said` says a day.
    pub fn text(&self, said: impl Fn(NaiveDate) -> String) -> String {
        self.ratings(said) + &self.sore_since() + &self.first_pain()
    }

    /// The same beside a finding that says how long it has been sore.
    pub fn text_beside_finding(&self, said: impl Fn(NaiveDate) -> String) -> String {
        self.ratings(said) + &self.first_pain()
    }

    fn ratings(&self, said: impl Fn(NaiveDate) -> String) -> String {
        let of_ten =
            |(pain, day): (f64, NaiveDate)| format!("{} of 10 {}", rating(pain), said(day));
        match self.latest.1 == self.highest.1 {
            true => of_ten(self.highest),
            false => format!("up to {}, {}", of_ten(self.highest), of_ten(self.latest)),
        }
    }

    /// `your right shin was rated 4 of 10 on 11 Oct 2025`.
    fn latest_text(&self) -> String {
        let (pain, day) = self.latest;
        let (place, rating, date) = (your(self.place), rating(pain), date_text(day));
        format!("{place} was rated {rating} of 10 on {date}")
    }

    fn sore_since(&self) -> String {
        match self.since < self.highest.1 && self.since < self.latest.1 {
            true => format!(", sore since {}", date_text(self.since)),
            false => String::new(),
        }
    }

    fn first_pain(&self) -> String {
        let weeks = |days: i64| counted_in_words((days / 7) as f64, "week");
        match self.silent_days {
            Some(days) if days >= SILENT_DAYS => {
                format!(", first pain logged there in {}", weeks(days))
            }
            None if self.known_days >= SILENT_DAYS => {
                format!(
                    ", first pain logged there in the {} of your log",
                    weeks(self.known_days)
                )
            }
            _ => String::new(),
        }
    }
}

/// A rating as the log has it: `9`, `3.5`.
pub fn rating(pain: f64) -> String {
    number(pain, usize::from(pain.fract() != 0.0))
}

fn until(entries: &[Entry], as_of: NaiveDate) -> &[Entry] {
    &entries[..entries.partition_point(|entry| entry.date <= as_of)]
}

fn lately(entries: &[Entry], as_of: NaiveDate) -> &[Entry] {
    let from = plus_days(as_of, -(triage::WINDOW.value as i64));
    &entries[entries.partition_point(|entry| entry.date < from)..]
}

/// None for a place that no row of these days is about.
fn standing(
    lately: &[Entry],
    spells: &[Episode],
    first: NaiveDate,
    place: Place,
) -> Option<Standing> {
    let days = ratings(lately, place);
    let (latest_day, latest) = days.last_key_value()?;
    let rated = days.iter().map(|(day, pain)| (*pain, *day));
    let highest = rated.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    let is_own = |spell: &&Episode| (spell.site, spell.side) == place;
    let mut own = spells.iter().rev().filter(is_own);
    let spell = own.next()?;
    let before = own.next();
    debug_assert!(lately.iter().any(|entry| is_about(entry, place)));
    Some(Standing {
        place,
        highest,
        latest: (*latest, *latest_day),
        since: spell.from,
        silent_days: before.map(|before| days_between(before.to, spell.from)),
        known_days: days_between(first, spell.from),
    })
}

/// The highest rating of the place on each day. A painkiller may hide what is there: a zero under one is unknown.
fn ratings(lately: &[Entry], place: Place) -> BTreeMap<NaiveDate, f64> {
    let is_known = |entry: &&Entry| entry.pain != Some(0.0) || entry.painkiller != Some(true);
    let known = lately.iter().filter(is_known);
    let mut days: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for (date, pain) in known.filter_map(|entry| Some((entry.date, rating_at(entry, place)?))) {
        let highest = days.entry(date).or_insert(pain);
        *highest = highest.max(pain);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pain::Beside;
    use crate::{
        pain::{Side, Site},
        rules::pain_fixture::{clear, day, sore},
    };

    fn shin(n: i64, pain: f64) -> Entry {
        sore(n, Site::Shin, Side::Right, pain)
    }

    /// The standing of the first place on day 60, in words.
    fn check(rows: Vec<Entry>, expected: &[&str]) {
        let said: Vec<String> = standings(&rows, day(60))
            .iter()
            .map(|s| s.text(|date| format!("on day {}", days_between(day(0), date))))
            .collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_place_is_said_with_its_numbers() {
        check(vec![], &[]);
        check((0..60).map(clear).collect(), &[]);
        check(vec![shin(45, 9.0)], &[]);
        check(vec![shin(46, 9.0)], &["9 of 10 on day 46"]);
        let first = (0..59).map(clear).chain([shin(59, 9.0)]);
        check(
            first.collect(),
            &["9 of 10 on day 59, first pain logged there in the eight weeks of your log"],
        );
        // Day 17 to day 59 are six weeks.
        let again = (0..17)
            .map(clear)
            .chain([shin(17, 2.0)])
            .chain((18..59).map(clear))
            .chain([shin(59, 9.0)]);
        check(
            again.collect(),
            &["9 of 10 on day 59, first pain logged there in six weeks"],
        );
        let falling = vec![
            shin(40, 3.0),
            shin(42, 3.0),
            clear(50),
            clear(51),
            shin(56, 7.5),
            shin(58, 4.0),
        ];
        check(
            falling,
            &["up to 7.5 of 10 on day 56, 4 of 10 on day 58, first pain logged there in two weeks"],
        );
        let long = vec![shin(52, 3.0), shin(55, 3.0), shin(58, 6.0)];
        check(long, &["6 of 10 on day 58, sore since 24 Apr 2025"]);
        let settled = vec![shin(57, 5.0), clear(59)];
        check(settled, &["up to 5 of 10 on day 57, 0 of 10 on day 59"]);
        let two = vec![sore(59, Site::Knee, Side::Left, 3.0), shin(60, 5.0)];
        check(two, &["5 of 10 on day 60", "3 of 10 on day 59"]);
        let unnamed = Entry {
            site: None,
            pain: Some(9.0),
            ..clear(60)
        };
        assert_eq!(
            standings(&[unnamed], day(60))[0].place,
            (Site::Unnamed, None)
        );
    }

    #[test]
    fn a_distance_is_withheld_while_a_place_is_above_two_or_running_changed() {
        let cut = |n, pain| Entry {
            function: Some(Function::CutShort),
            ..shin(n, pain)
        };
        let no_weight = Entry {
            signs: [crate::pain::Sign::NoWeight].into(),
            ..shin(60, 1.0)
        };
        let noted = Entry {
            function_in_note: Some(Function::Stopped),
            ..shin(60, 1.0)
        };
        let missed = Entry {
            function: Some(Function::MissedRun),
            ..clear(58)
        };
        for (rows, expected) in [
            (vec![], None),
            (vec![shin(60, 2.0)], None),
            (vec![shin(45, 9.0)], None),
            (
                vec![shin(46, 9.0)],
                Some("your right shin was rated 9 of 10 on 18 Apr 2025"),
            ),
            (vec![shin(58, 9.0), shin(60, 2.0)], None),
            (
                vec![shin(58, 2.0), shin(60, 2.5)],
                Some("your right shin was rated 2.5 of 10 on 2 May 2025"),
            ),
            (
                vec![Entry {
                    site: None,
                    side: None,
                    ..shin(60, 4.0)
                }],
                Some("a place you did not name was rated 4 of 10"),
            ),
            (
                vec![cut(58, 1.0)],
                Some("your log of 30 Apr 2025 says that pain cut the run short (right shin)"),
            ),
            (
                vec![cut(58, 1.0), shin(59, 1.0)],
                Some("your log of 30 Apr 2025 says that pain cut the run short"),
            ),
            (vec![cut(58, 1.0), clear(59)], None),
            (
                vec![no_weight],
                Some("says that pain let you put no weight on it (right shin)"),
            ),
            (
                vec![noted],
                Some("says that pain stopped the run (right shin)"),
            ),
            (
                vec![missed.clone()],
                Some("says that pain made you miss a run"),
            ),
            (vec![missed, clear(59)], None),
            (
                vec![
                    shin(58, 9.0),
                    Entry {
                        painkiller: Some(true),
                        ..clear(60)
                    },
                ],
                Some("was rated 9 of 10 on 30 Apr"),
            ),
            (
                vec![Entry {
                    function: Some(Function::None),
                    ..shin(60, 1.0)
                }],
                None,
            ),
        ] {
            let why = why_no_distance(&rows, day(60));
            let is_right = match (&why, expected) {
                (Some(why), Some(expected)) => why.contains(expected),
                (why, expected) => why.is_none() && expected.is_none(),
            };
            assert!(is_right, "{why:?}, expected {expected:?}");
        }
    }

    #[test]
    fn rated_days_and_unrated_rows_of_these_days_are_told_apart() {
        let blank = |n| Entry {
            pain: None,
            ..shin(n, 0.0)
        };
        let rows = vec![
            blank(40),
            clear(50),
            clear(50),
            shin(51, 1.0),
            blank(52),
            Entry {
                beside: Beside {
                    sleep_h: Some(7.0),
                    ..Beside::default()
                }
                .kept(),
                ..Entry::on(day(53))
            },
        ];
        assert_eq!(
            unrated(&rows, day(60))
                .map(|row| row.date)
                .collect::<Vec<_>>(),
            [day(52)]
        );
        assert_eq!(
            (days_rated(&rows, day(60)), days_rated(&rows, day(70))),
            (2, 0)
        );
    }
}
