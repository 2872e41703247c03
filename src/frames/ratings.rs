//! The table `ratings`: the pain log row by row, in codes. Notes are not in it.

use super::fixed::{Cell, Column};
use crate::pain::{Entry, Function, Moment, Side, Site, Word, is_all_clear};

/// Words of a set in one cell, in the order of the vocabulary.
const BETWEEN: &str = ";";

/// Its columns.
pub(super) const COLUMNS: &[Column<Entry>] = &[
    Column {
        id: "local_date",
        unit: "",
        about: "The day on the runner's calendar.",
        cell: Cell::Date(|row| Some(row.date)),
    },
    Column {
        id: "time",
        unit: "",
        about: "The time on the runner's clock, 07:30:00. Empty: the log does not say.",
        cell: Cell::Text(|row| row.time.map(|time| time.format("%H:%M:%S").to_string())),
    },
    Column {
        id: "moment",
        unit: "",
        about: "before, during or after the run, evening, morning, night, rest, or day where the log says no more.",
        cell: Cell::Text(|row| Some(Moment::as_str(row.moment).to_string())),
    },
    Column {
        id: "site",
        unit: "",
        about: "The place: none (pain 0: nothing hurts anywhere), knee, kneecap, shin, calf, achilles, ankle, heel, foot, toe, \
                hamstring, quad, thigh, itb, hip, groin, glute, lower_back, abdomen, side_stitch, other (see own_word), or unnamed \
                for pain without a place. Empty: the row names none and does not say that it hurts.",
        cell: Cell::Text(|row| site(row).map(code)),
    },
    Column {
        id: "side",
        unit: "",
        about: "left, right, both or centre. Empty: the log leaves it open.",
        cell: Cell::Text(|row| row.side.map(side_code)),
    },
    Column {
        id: "own_word",
        unit: "",
        about: "The runner's own word for the place where site is other, folded. Empty: the place has a code, or no word.",
        cell: Cell::Text(|row| row.site.and_then(own_word)),
    },
    Column {
        id: "pain",
        unit: "0–10",
        about: "The rating. Empty: not rated, which is not zero.",
        cell: Cell::Number(|row| row.pain),
    },
    Column {
        id: "approximate",
        unit: "",
        about: "Whether the rating is a word or about a number; such ratings take no part in statistics.",
        cell: Cell::Flag(|row| Some(row.approximate)),
    },
    Column {
        id: "others_clear",
        unit: "",
        about: "Whether the row says that every other place is free of pain.",
        cell: Cell::Flag(|row| Some(row.others_clear)),
    },
    Column {
        id: "types",
        unit: "",
        about: "How it feels, words with a semicolon between them: dull, ache, sore, stiff, tight, heavy, cramp, sharp, stabbing, \
                shooting, burning, throbbing, tingling, numb. Empty: the log does not say.",
        cell: Cell::Text(|row| joined(row.types.iter().map(|word| word.as_str()))),
    },
    Column {
        id: "spread",
        unit: "",
        about: "spot, area or general. Empty: the log does not say.",
        cell: Cell::Text(|row| row.spread.map(|word| word.as_str().to_string())),
    },
    Column {
        id: "onset",
        unit: "",
        about: "How it began: sudden, gradual, during, after or next_day. Empty: the log does not say.",
        cell: Cell::Text(|row| row.onset.map(|word| word.as_str().to_string())),
    },
    Column {
        id: "movement",
        unit: "",
        about: "What movement does to it: better, same or worse. Empty: the log does not say.",
        cell: Cell::Text(|row| row.movement.map(|word| word.as_str().to_string())),
    },
    Column {
        id: "function",
        unit: "",
        about: "What it did to running: none, changed_form, cut_short, stopped, missed_run or cannot_bear_weight. Empty: the log \
                does not say.",
        cell: Cell::Text(|row| row.function.map(function_code)),
    },
    Column {
        id: "signs",
        unit: "",
        about: "Signs of the column of signs, words with a semicolon between them. Empty: none is named.",
        cell: Cell::Text(|row| joined(row.signs.iter().map(|word| word.as_str()))),
    },
    Column {
        id: "painkiller",
        unit: "",
        about: "Whether a painkiller was taken: the rating may be too low. Empty: the log does not say.",
        cell: Cell::Flag(|row| row.painkiller),
    },
    Column {
        id: "signs_in_note",
        unit: "",
        about: "Signs that were found in the note and are not in signs, likewise.",
        cell: Cell::Text(|row| joined(row.signs_in_note.iter().map(|word| word.as_str()))),
    },
    Column {
        id: "function_in_note",
        unit: "",
        about: "What the note says it did to running, as in function. Empty: the note does not say.",
        cell: Cell::Text(|row| row.function_in_note.map(function_code)),
    },
    Column {
        id: "everyday_in_note",
        unit: "",
        about: "Everyday trouble that the note names, words with a semicolon between them: blister, nail, chafing, graze, sunburn, \
                stitch, cramp, click, laces, tick, soreness. Empty: none.",
        cell: Cell::Text(|row| joined(row.everyday_in_note.iter().map(|word| word.as_str()))),
    },
    Column {
        id: "sudden_in_note",
        unit: "",
        about: "Whether the note says that it began suddenly.",
        cell: Cell::Flag(|row| Some(row.sudden_in_note)),
    },
    Column {
        id: "both_legs_in_note",
        unit: "",
        about: "Whether the note says numbness, tingling or weakness of both legs or both feet.",
        cell: Cell::Flag(|row| Some(row.both_legs_in_note)),
    },
    Column {
        id: "sleep_h",
        unit: "h",
        about: "Hours slept the night before. Empty: the log does not say.",
        cell: Cell::Number(Entry::sleep_h),
    },
    Column {
        id: "sleep_quality",
        unit: "1–5",
        about: "How the runner slept, 1 bad to 5 good. Empty: the log does not say.",
        cell: Cell::Number(Entry::sleep_quality),
    },
    Column {
        id: "session_rpe",
        unit: "0–10",
        about: "How hard the session felt (CR-10). Empty: the log does not say.",
        cell: Cell::Number(Entry::rpe),
    },
    Column {
        id: "shoe",
        unit: "",
        about: "The shoe, as the log calls it. Empty: the log does not say.",
        cell: Cell::Text(|row| row.shoe().map(str::to_string)),
    },
    Column {
        id: "comment_on",
        unit: "",
        about: "What the comment in an account is about that the row comes from, with --notes. Empty: a row of the log.",
        cell: Cell::Text(|row| row.comment_on().map(str::to_string)),
    },
    Column {
        id: "line",
        unit: "",
        about: "The row's line in the log, the header being line 1. Empty: not from a file with lines.",
        cell: Cell::Whole(|row| i64::try_from(row.line).ok().filter(|line| *line > 0)),
    },
];

/// The place that the row rates; [`Site::None`] where it says that nothing hurts.
fn site(row: &Entry) -> Option<Site> {
    match row.place() {
        Some((site, _)) => Some(site),
        None => is_all_clear(row).then_some(Site::None).or(row.site),
    }
}

pub(super) fn code(site: Site) -> String {
    site.as_str().to_string()
}

pub(super) fn side_code(side: Side) -> String {
    side.as_str().to_string()
}

/// The runner's own word for a place that niggle has none for.
pub(super) fn own_word(site: Site) -> Option<String> {
    match site {
        Site::Other(word) if word != Word::NONE => Some(word.as_str().to_string()),
        _ => None,
    }
}

fn function_code(function: Function) -> String {
    function.as_str().to_string()
}

/// None without any.
fn joined(words: impl Iterator<Item = &'static str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(BETWEEN))
}
