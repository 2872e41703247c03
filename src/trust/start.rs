//! The start: what session and lap tell, held against the first record.

use super::witness::Heard;
use crate::{clean::window::in_window, model::Activity};
use serde::{Deserialize, Serialize};

/// Who tells the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartBy {
    /// The session, or the activity's own start.
    Session,
    /// The first lap.
    Lap,
    /// The first record.
    Record,
}

impl StartBy {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            StartBy::Session => "the recording's own start",
            StartBy::Lap => "the first lap's start",
            StartBy::Record => "the first record",
        }
    }
}

/// A start may lie this far before the first record, s: a watch looks for satellites (src/method/limits.md, Trust).
const BEFORE_S: f64 = 300.0;
/// … and this far behind it: clocks of watch and satellites are set.
const BEHIND_S: f64 = 60.0;
/// Where start and elapsed time end at the last record, the first records were lost, s.
const END_S: f64 = 120.0;

/// What the witnesses of the start come to.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Start {
    /// Who says when, Unix seconds, and what became of it.
    pub witnesses: Vec<(StartBy, f64, Heard)>,
}

impl Start {
    /// Unix seconds. None: nobody knows.
    pub fn unix_s(&self) -> Option<f64> {
        self.believed().map(|(_, unix_s)| unix_s)
    }

    /// Who is believed, and when that is.
    pub fn believed(&self) -> Option<(StartBy, f64)> {
        let mut witnesses = self.witnesses.iter();
        let believed = witnesses.find(|(_, _, heard)| *heard == Heard::Believed);
        believed.map(|(by, unix_s, _)| (*by, *unix_s))
    }

    /// The first that tells another start.
    pub fn against(&self) -> Option<(StartBy, f64)> {
        let mut witnesses = self.witnesses.iter();
        let against = witnesses.find(|(_, _, heard)| *heard == Heard::Differs);
        against.map(|(by, unix_s, _)| (*by, *unix_s))
    }
}

/// Hears all who tell the start; the first that the records do not deny is believed.
pub(super) fn hear(activity: &Activity) -> Start {
    let lap_s = activity.laps.first().and_then(|lap| lap.start_unix_s);
    let ends = activity
        .samples
        .time_s
        .first()
        .zip(activity.samples.time_s.last());
    let told = [
        (StartBy::Session, activity.start_unix_s),
        (StartBy::Lap, lap_s),
        (StartBy::Record, ends.map(|(first, _)| *first)),
    ];
    let told = told
        .into_iter()
        .filter_map(|(by, unix_s)| Some((by, unix_s?)));
    // A clock of another century tells nothing.
    let told: Vec<(StartBy, f64)> = told.filter(|(_, unix_s)| in_window(*unix_s)).collect();
    let fits = |unix_s: f64| {
        ends.is_none_or(|(first, last)| is_start(unix_s, *first, *last, activity.totals.elapsed_s))
    };
    let believed = told.iter().position(|(_, unix_s)| fits(*unix_s));
    let heard = |(place, (by, unix_s)): (usize, &(StartBy, f64))| {
        let heard = match fits(*unix_s) {
            _ if believed == Some(place) => Heard::Believed,
            true => Heard::Agrees,
            false => Heard::Differs,
        };
        (*by, *unix_s, heard)
    };
    Start {
        witnesses: told.iter().enumerate().map(heard).collect(),
    }
}

/// Whether a recording with these first and last records can have started then.
fn is_start(unix_s: f64, first_s: f64, last_s: f64, elapsed_s: Option<f64>) -> bool {
    let is_near = (-BEHIND_S..=BEFORE_S).contains(&(first_s - unix_s));
    let ends_there = elapsed_s.is_some_and(|s| (unix_s + s - last_s).abs() <= END_S);
    is_near || ends_there && unix_s <= first_s
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::fixture::steady;

    /// Who is believed of a session and a lap that start so long before the first of 600 records, s.
    fn check(session_s: Option<f64>, lap_s: Option<f64>, elapsed_s: f64, expected: StartBy) {
        let mut activity = steady(600, 3.0);
        let first_s = activity.samples.time_s[0];
        activity.start_unix_s = session_s.map(|s| first_s - s);
        activity.totals.elapsed_s = Some(elapsed_s);
        activity.laps = lap_s
            .map(|s| crate::model::Lap {
                start_unix_s: Some(first_s - s),
                ..crate::model::Lap::default()
            })
            .into_iter()
            .collect();
        let start = hear(&activity);
        assert_eq!(
            start.believed().map(|(by, _)| by),
            Some(expected),
            "{start:?}"
        );
    }

    #[test]
    fn a_start_that_the_records_deny_is_not_believed() {
        check(Some(0.0), Some(0.0), 600.0, StartBy::Session);
        check(Some(120.0), None, 720.0, StartBy::Session);
        check(Some(86_400.0), Some(0.0), 600.0, StartBy::Lap);
        check(Some(-86_400.0), Some(7200.0), 600.0, StartBy::Record);
        check(None, None, 600.0, StartBy::Record);
        // 1989, before any watch.
        check(
            Some(1_740_000_000.0 - 600_000_000.0),
            None,
            600.0,
            StartBy::Record,
        );
        // The first hour of records was lost.
        check(Some(3600.0), None, 4200.0, StartBy::Session);
    }

    #[test]
    fn without_records_what_is_told_is_all_there_is() {
        let mut activity = steady(0, 3.0);
        activity.samples.time_s.clear();
        activity.start_unix_s = Some(1_740_000_000.0);
        assert_eq!(hear(&activity).unix_s(), Some(1_740_000_000.0));
        activity.start_unix_s = None;
        assert_eq!(hear(&activity).unix_s(), None);
    }
}
