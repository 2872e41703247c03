//! What the rules had flagged before new spells of pain, and at other times of the same runner: the matched sets of a case-crossover study.
//!
//! The moments that an onset is set beside are the same weekdays of the same four weeks on which a spell could have begun and none did, so that
//! weekday, season and the runner are taken out by design (time-stratified referents; Janes, Sheppard & Lumley 2005, Epidemiology 16:717).

use crate::{
    backtest::{
        flags::{AFTER_DAYS, flags_as_said, on_calendar},
        onsets::{Onsets, onsets, places},
        patterns::in_force,
    },
    model::History,
    pain::{PainLog, Site},
    rules::{self, Finding, Limits},
    stats::{
        crossover::Sets,
        event_shift::{Flag, Seen},
    },
    time::Window,
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::collections::BTreeMap;

/// Days of a stratum: four of each weekday.
const STRATUM: i32 = 28;

/// A rule, and where it hurt; None for all places together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// The rule's id.
    pub rule: &'static str,
    /// The place, of either side.
    pub site: Option<Site>,
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.rule, self.site).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (id, site) = <(String, Option<Site>)>::deserialize(from)?;
        let rule = rules::rule(&id).ok_or_else(|| D::Error::custom("there is no such rule"))?;
        Ok(Pattern {
            rule: rule.id,
            site,
        })
    }
}

/// Matched sets by rule and place.
pub type BeforeOnset = BTreeMap<Pattern, Sets>;

pub(super) fn before_onset(
    history: &History,
    pain: &PainLog,
    findings: &[Finding],
    limits: &Limits,
    window: Window,
) -> BeforeOnset {
    let mut found = BeforeOnset::new();
    let spells = spells(history, pain);
    for counted in in_force(limits) {
        let flags = flags_as_said(&counted, findings, &history.days, AFTER_DAYS);
        for spells in &spells {
            let flags = on_calendar(&flags, &history.days, spells.first, spells.by_day.len());
            let flags = within(window, spells, flags);
            add(&mut found, counted.rule.id, spells, &flags);
        }
    }
    found
}

/// What is known of the days of a window alone.
fn within(window: Window, spells: &Onsets, flags: Vec<Option<Flag>>) -> Vec<Option<Flag>> {
    let days = spells.days().zip(flags);
    days.map(|((date, _), flag)| flag.filter(|_| window.has(date)))
        .collect()
}

fn spells(history: &History, pain: &PainLog) -> Vec<Onsets> {
    let places = places(pain, history.as_of).into_iter();
    let spells = places.filter_map(|place| onsets(history, pain, place));
    spells.collect()
}

/// To the rule at all places together and at this one.
fn add(found: &mut BeforeOnset, rule: &'static str, spells: &Onsets, flags: &[Option<Flag>]) {
    for (is_exposed, others, exposed) in sets(spells, flags) {
        for site in [None, Some(spells.place.0.without_word())] {
            let sets = found.entry(Pattern { rule, site }).or_default();
            sets.add(is_exposed, others, exposed);
        }
    }
}

/// A day on which a spell began or could have, and whether a flag came before it.
struct Moment {
    stratum: (i32, u32),
    event: bool,
    is_exposed: bool,
}

/// Of each onset whether it was exposed, and how many other moments there are and how many of them were. An onset without another moment is
/// none.
fn sets(spells: &Onsets, flags: &[Option<Flag>]) -> Vec<(bool, u32, u32)> {
    let moments = moments(spells, flags);
    let events = moments.iter().filter(|moment| moment.event);
    let sets = events.map(|event| {
        let (all, exposed) = others(&moments, event.stratum);
        (event.is_exposed, all, exposed)
    });
    sets.filter(|(_, all, _)| *all > 0).collect()
}

fn moments(spells: &Onsets, flags: &[Option<Flag>]) -> Vec<Moment> {
    let days = spells.days().zip(flags);
    let known = days.filter_map(|((date, seen), flag)| moment(date, seen?, (*flag)?));
    known.collect()
}

/// Days without an onset, and the exposed among them.
fn others(moments: &[Moment], stratum: (i32, u32)) -> (u32, u32) {
    let alike = moments
        .iter()
        .filter(|other| other.stratum == stratum && !other.event);
    alike.fold((0, 0), |(all, exposed), other| {
        (all + 1, exposed + u32::from(other.is_exposed))
    })
}

/// On the day a flag goes up only what can have come after its run counts; on another kind of that day nothing can be said.
fn moment(date: NaiveDate, seen: Seen, flag: Flag) -> Option<Moment> {
    let is_exposed = match flag {
        Flag::Up => true,
        Flag::Down => false,
        Flag::Rising => seen.late.then_some(true)?,
    };
    Some(Moment {
        stratum: (
            date.num_days_from_ce().div_euclid(STRATUM),
            date.weekday().num_days_from_monday(),
        ),
        event: seen.event,
        is_exposed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{pain::Side, time::plus_days};

    /// From Monday of the first week of a stratum on: `!` a spell begins after that day's run, `e` one was there in the morning, `-` none does,
    /// `.` unknown; below each day `#` after a flag, `^` the day it goes up, `-` neither, `.` unknown.
    fn found(days: &str, flags: &str) -> Vec<(bool, u32, u32)> {
        let seen = |c: char| match c {
            '!' => Some(Seen {
                event: true,
                late: true,
            }),
            'e' => Some(Seen {
                event: true,
                late: false,
            }),
            '-' => Some(Seen {
                event: false,
                late: true,
            }),
            _ => None,
        };
        let flag = |c: char| match c {
            '#' => Some(Flag::Up),
            '^' => Some(Flag::Rising),
            '-' => Some(Flag::Down),
            _ => None,
        };
        let any: NaiveDate = "2025-03-03".parse().expect("a literal date");
        let first = plus_days(any, -i64::from(any.num_days_from_ce().rem_euclid(STRATUM)));
        let spells = Onsets {
            place: (Site::Knee, Some(Side::Left)),
            first,
            by_day: days.chars().map(seen).collect(),
        };
        sets(&spells, &flags.chars().map(flag).collect::<Vec<_>>())
    }

    #[test]
    fn an_onset_is_set_beside_its_own_weekday_of_the_same_four_weeks() {
        let days = "--------!-------------------|-------".replace('|', "");
        // The onset is on the second day of the second week; of the other three of its weekday one is flagged, in the last week.
        let flags = "--------#-------------#-----#######";
        assert_eq!(found(&days, flags), [(true, 3, 1)]);
        // Next stratum's days are not its own.
        let flags = "----------------------------#######";
        assert_eq!(found(&days, flags), [(false, 3, 0)]);
    }

    #[test]
    fn on_the_day_a_flag_goes_up_only_what_can_come_after_the_run_counts() {
        let of = |onset: char, flag: char| {
            let days: String = "-------"
                .chars()
                .chain([onset])
                .chain("-".repeat(20).chars())
                .collect();
            let flags: String = "-------"
                .chars()
                .chain([flag])
                .chain("-".repeat(20).chars())
                .collect();
            found(&days, &flags)
        };
        assert_eq!(of('!', '^'), [(true, 3, 0)]);
        assert_eq!(of('e', '^'), []);
        assert_eq!(of('e', '#'), [(true, 3, 0)]);
        assert_eq!(of('!', '.'), [], "nobody knows whether a flag was up");
    }

    #[test]
    fn an_onset_alone_is_none() {
        assert_eq!(found("-!......", "--------"), []);
    }
}
