//! The table `episodes`: every spell of pain at a place, the run it began with, and what ended it.

use super::{
    fixed::{Cell, Column},
    ratings::{code, own_word, side_code},
};
use crate::{
    model::{History, Run},
    pain::{
        Entry,
        episodes::{Episode, JOIN_DAYS, episodes},
    },
    time::days_between,
};
use chrono::NaiveDate;

/// One spell.
pub(super) struct Spell {
    episode: Episode,
    ended_by: &'static str,
    /// The run it began with, and how many days before it began.
    onset_run: Option<(String, i64)>,
}

/// Its columns.
pub(super) const COLUMNS: &[Column<Spell>] = &[
    Column {
        id: "site",
        unit: "",
        about: "The place, as in ratings.",
        cell: Cell::Text(|spell| Some(code(spell.episode.site))),
    },
    Column {
        id: "side",
        unit: "",
        about: "left, right, both or centre. A rating of both sides counts in the spells of the left, the right and both. Empty: \
                the log leaves it open.",
        cell: Cell::Text(|spell| spell.episode.side.map(side_code)),
    },
    Column {
        id: "own_word",
        unit: "",
        about: "The runner's own word for the place, as in ratings.",
        cell: Cell::Text(|spell| own_word(spell.episode.site)),
    },
    Column {
        id: "from",
        unit: "",
        about: "The onset: the first day with a rating above 0.",
        cell: Cell::Date(|spell| Some(spell.episode.from)),
    },
    Column {
        id: "to",
        unit: "",
        about: "The last day with a rating above 0.",
        cell: Cell::Date(|spell| Some(spell.episode.to)),
    },
    Column {
        id: "days",
        unit: "days",
        about: "From the first to the last of them, both counted.",
        cell: Cell::Whole(|spell| Some(spell.episode.days())),
    },
    Column {
        id: "days_with_pain",
        unit: "days",
        about: "Logged days among them with a rating above 0; days between may be unlogged, up to three in a row apart.",
        cell: Cell::Whole(|spell| i64::try_from(spell.episode.logs).ok()),
    },
    Column {
        id: "peak",
        unit: "0–10",
        about: "The highest rating.",
        cell: Cell::Number(|spell| Some(spell.episode.peak)),
    },
    Column {
        id: "zeros_after",
        unit: "days",
        about: "Days with a logged zero after to and before the place hurts again.",
        cell: Cell::Whole(|spell| i64::try_from(spell.episode.zeros_after).ok()),
    },
    Column {
        id: "ended_by",
        unit: "",
        about: "settled (two days with a logged zero), open (it may go on: not settled, and the last pain lies within the last three \
                days), log-ended (nothing was rated later than three days after the last pain), or not-logged (other days were, this \
                place was not).",
        cell: Cell::Text(|spell| Some(spell.ended_by.to_string())),
    },
    Column {
        id: "onset_run_id",
        unit: "",
        about: "run_id of the last run of the day it began or, without one, of the nearest of the two days before. It came first, \
                which does not make it the cause. Empty: no run on these days.",
        cell: Cell::Text(|spell| spell.onset_run.as_ref().map(|(run, _)| run.clone())),
    },
    Column {
        id: "onset_run_days_before",
        unit: "days",
        about: "Days from that run to the onset: 0, 1 or 2. Empty: no such run.",
        cell: Cell::Whole(|spell| spell.onset_run.as_ref().map(|(_, days)| *days)),
    },
];

/// Every spell of these rows, which lie before or on the day of the report, by onset and place.
pub(super) fn rows(history: &History, entries: &[Entry]) -> Vec<Spell> {
    let last_rated = entries.iter().rfind(|entry| entry.pain.is_some());
    let last_rated = last_rated.map(|entry| entry.date);
    let spell = |episode: Episode| Spell {
        ended_by: ended_by(&episode, history.as_of, last_rated),
        onset_run: onset_run(history, episode.from),
        episode,
    };
    episodes(entries).into_iter().map(spell).collect()
}

fn ended_by(episode: &Episode, as_of: NaiveDate, last_rated: Option<NaiveDate>) -> &'static str {
    let goes_on = |last: NaiveDate| days_between(episode.to, last) > JOIN_DAYS;
    match last_rated {
        _ if episode.has_settled() => "settled",
        _ if episode.is_running(as_of) => "open",
        Some(last) if goes_on(last) => "not-logged",
        _ => "log-ended",
    }
}

fn onset_run(history: &History, from: NaiveDate) -> Option<(String, i64)> {
    let run: &Run = history.runs_before_onset(from).last()?;
    Some((run.run_id.clone(), days_between(run.local_date(), from)))
}
