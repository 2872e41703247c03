//! New spells of pain: on which days one began, and on which days one could have begun.
//!
//! A day is pain-free when it was rated 0 for the place, by its own row or by an all-clear; a blank day is unknown and
//! counts for nothing. A new spell begins on a day with a rating above 0 whose [`FREE_DAYS`] last logged days were all
//! pain-free and lie within the [`WITHIN_DAYS`] days before it: seven free days spread over a month of silence say little.
//!
//! A day is late where what was seen of it can have come after a run of that day: there was one, and no row of the morning or of
//! before the run says that it hurt already.

use crate::{
    model::History,
    pain::{Entry, Moment, PainLog, Place, episodes::daily_ratings, hurting, rating_at},
    stats::event_shift::Seen,
    time::{dates, days_between, plus_days},
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Pain-free logged days before a new spell (src/method/statistics.md, Looking back on the flags).
pub const FREE_DAYS: usize = 7;

/// They must lie within so many days before it: a log of every third day still has them.
pub const WITHIN_DAYS: i64 = 21;

/// One place on every day from its first to its last rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Onsets {
    /// Where.
    pub place: Place,
    /// The calendar's first day.
    pub first: NaiveDate,
    /// One element a day: whether a spell began, and whether the day is late. None: unknown, unlogged or in a spell.
    pub by_day: Vec<Option<Seen>>,
}

impl Onsets {
    /// Each day with what is known of it.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, Option<Seen>)> + '_ {
        self.first.iter_days().zip(self.by_day.iter().copied())
    }

    /// The calendar's last day.
    pub fn last(&self) -> NaiveDate {
        plus_days(self.first, self.by_day.len() as i64 - 1)
    }

    /// The days on which a spell began.
    pub fn dates(&self) -> Vec<NaiveDate> {
        self.days()
            .filter(|(_, seen)| seen.is_some_and(|seen| seen.event))
            .map(|(date, _)| date)
            .collect()
    }
}

/// Limbs and lower back with a rating above 0 up to `as_of`, in the order of the vocabulary.
pub fn places(pain: &PainLog, as_of: NaiveDate) -> Vec<Place> {
    hurting(pain.entries.iter().filter(|entry| entry.date <= as_of))
        .into_iter()
        .filter(|(site, _)| site.is_limb())
        .collect()
}

/// The place day by day up to the day of the report. Ratings from words count here: whether it hurt at all needs no exact score.
/// None when the place was never rated.
pub fn onsets(history: &History, pain: &PainLog, place: Place) -> Option<Onsets> {
    let mut ratings = daily_ratings(&pain.entries, place.0, place.1);
    ratings.retain(|date, _| *date <= history.as_of);
    let (first, last) = (*ratings.first_key_value()?.0, *ratings.last_key_value()?.0);
    let early = sore_early(pain, place);
    let mut free = FreeDays::default();
    let one_day = |date: NaiveDate| {
        let hurts = *ratings.get(&date)? > 0.0;
        let could_begin = free.end_before(date);
        free.go_on(date, hurts);
        let has_run = history.day(date).is_some_and(|day| day.runs > 0);
        could_begin.then_some(Seen {
            event: hurts,
            late: has_run && !early.contains(&date),
        })
    };
    Some(Onsets {
        place,
        first,
        by_day: dates(first, last).map(one_day).collect(),
    })
}

/// The days on which the place hurt in the morning or before the run.
fn sore_early(pain: &PainLog, place: Place) -> BTreeSet<NaiveDate> {
    let is_early = |entry: &&Entry| matches!(entry.moment, Moment::Before | Moment::Morning);
    let hurts = |entry: &&Entry| rating_at(entry, place).is_some_and(|rating| rating > 0.0);
    let rows = pain.entries.iter().filter(is_early).filter(hurts);
    rows.map(|entry| entry.date).collect()
}

/// The pain-free logged days since the last painful one.
#[derive(Default)]
struct FreeDays(Vec<NaiveDate>);

impl FreeDays {
    /// Whether there are enough of them, near enough, for a spell to begin on this day.
    fn end_before(&self, date: NaiveDate) -> bool {
        let start = self.0.iter().rev().nth(FREE_DAYS - 1);
        start.is_some_and(|start| days_between(*start, date) <= WITHIN_DAYS)
    }

    fn go_on(&mut self, date: NaiveDate, hurts: bool) {
        if hurts {
            self.0.clear();
        } else {
            self.0.push(date);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        associate::tests::history,
        pain::{Side, Site},
    };

    fn day(offset: i64) -> NaiveDate {
        plus_days("2025-03-03".parse().expect("a literal date"), offset)
    }

    /// A log of the left knee: a digit rates the day, `.` leaves it blank.
    fn log(days: &str) -> PainLog {
        let knee = |(offset, c): (i64, char)| {
            let pain = c.to_digit(10)?;
            Some(Entry {
                site: Some(if pain == 0 { Site::None } else { Site::Knee }),
                side: (pain > 0).then_some(Side::Left),
                pain: Some(f64::from(pain)),
                ..Entry::on(day(offset))
            })
        };
        PainLog {
            entries: (0..).zip(days.chars()).filter_map(knee).collect(),
            ..PainLog::default()
        }
    }

    fn shown(onsets: &Onsets) -> String {
        let sign = |seen| match seen {
            None => '.',
            Some(Seen { event: false, late }) => {
                if late {
                    '-'
                } else {
                    '_'
                }
            }
            Some(Seen { event: true, late }) => {
                if late {
                    '!'
                } else {
                    'e'
                }
            }
        };
        onsets.by_day.iter().map(|seen| sign(*seen)).collect()
    }

    /// The left knee up to this day, a run every day.
    fn knee(log: &PainLog, last: i64) -> Onsets {
        let history = History {
            as_of: day(last),
            ..history(&[Some(1000.0); 60])
        };
        onsets(&history, log, (Site::Knee, Some(Side::Left))).expect("rated")
    }

    /// `!` a spell began, `-` none did, `.` unknown, unlogged or in a spell.
    fn check(days: &str, expected: &str) {
        assert_eq!(shown(&knee(&log(days), 59)), expected, "{days}");
    }

    #[test]
    fn the_first_moment_that_hurts_says_whether_it_can_be_of_the_run() {
        use Moment::*;
        let at = |moment, pain| Entry {
            moment,
            ..log(&format!("0000000{pain}")).entries.remove(7)
        };
        for (rows, expected) in [
            (vec![at(Morning, 2)], 'e'),
            (vec![at(Before, 2)], 'e'),
            // It was there in the morning, whatever the evening brought.
            (vec![at(Morning, 1), at(Evening, 5)], 'e'),
            (vec![at(Morning, 0), at(Evening, 5)], '!'),
            (vec![at(During, 2)], '!'),
            (vec![at(After, 2)], '!'),
            (vec![at(Night, 2)], '!'),
            (vec![at(Rest, 2)], '!'),
            (vec![at(Day, 2)], '!'),
        ] {
            let mut log = log("0000000");
            log.entries.extend(rows);
            assert_eq!(shown(&knee(&log, 7)), format!(".......{expected}"));
        }
    }

    #[test]
    fn seven_free_days_and_not_six() {
        check("00000003", ".......!");
        check("0000003", ".......");
        check("000000000", ".......--");
    }

    #[test]
    fn blank_days_are_not_free_days_and_break_nothing() {
        check("000.0003", "........");
        check("000.00003", "........!");
        check("0000000.3", "........!");
    }

    #[test]
    fn the_free_days_lie_within_three_weeks() {
        // The first of the seven lies 21 days before the painful day, then 22.
        check(
            &format!("0{}0000003", ".".repeat(14)),
            &format!("{}!", ".".repeat(21)),
        );
        check(&format!("0{}0000003", ".".repeat(15)), &".".repeat(23));
    }

    #[test]
    fn a_spell_is_one_onset_until_seven_free_days() {
        check("0000000320100000001", ".......!..........!");
        check("00000003000000200000002", ".......!..............!");
    }

    #[test]
    fn later_days_other_sides_and_other_places_are_not_looked_at() {
        let mut log = log("00000003");
        assert!(places(&log, day(6)).is_empty());
        assert_eq!(places(&log, day(7)), [(Site::Knee, Some(Side::Left))]);
        let until = knee(&log, 6);
        assert!(until.dates().is_empty() && until.by_day.iter().flatten().next().is_none());
        for (site, side, pain) in [
            (Site::Knee, Side::Right, 5.0),
            (Site::Calf, Side::Left, 5.0),
        ] {
            log.entries.push(Entry {
                site: Some(site),
                side: Some(side),
                pain: Some(pain),
                ..Entry::on(day(3))
            });
        }
        assert_eq!(knee(&log, 9).dates(), [day(7)]);
        let hip = |log: &PainLog| onsets(&history(&[None; 10]), log, (Site::Hip, None));
        let clear = hip(&log).expect("all clear is a rating");
        assert!(clear.dates().is_empty());
        assert_eq!(hip(&PainLog::default()), None);
    }

    #[test]
    fn only_a_day_with_a_run_is_late() {
        let mut distances = [Some(0.0); 12];
        distances[7] = Some(5000.0);
        distances[9] = None;
        let seen = |days| {
            let found = onsets(
                &history(&distances),
                &log(days),
                (Site::Knee, Some(Side::Left)),
            );
            shown(&found.expect("rated"))
        };
        assert_eq!(seen("00000003"), ".......!");
        assert_eq!(seen("000000003"), ".......-e");
        assert_eq!(seen("0000000000"), ".......-__");
        // Day 9 is not covered: whether there was a run is not known.
        assert_eq!(seen("0000000.03"), "........_e");
    }
}
