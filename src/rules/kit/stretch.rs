//! A stretch: days close together on which a red flag was seen, and the sentence that says what was written on them.

use super::day_at_site::{DayAtSite, OpenPlace, Seen};
use super::series::only;
use super::verdicts::in_brackets;
use crate::pain::{Entry, Side, Sign, Site, site_text};
use crate::rules::{Change, Limit};
use crate::time::{date_text, days_between, period_text};
use crate::words::{list, sentence_case};
use chrono::NaiveDate;
use std::{cmp::Reverse, collections::BTreeSet};

/// Rows at most this many days apart are told as one stretch.
pub const STRETCH: Limit = Limit {
    key: "stretch_gap_days",
    value: 14.0,
    change: Change::TRIAGE,
    why: "As long as the triage window: what would still be current joins, what would be history stands apart.",
};

/// Signs of the whole body: said without the place of the row they stand on.
const WHOLE_BODY: &[Sign] = &[
    Sign::ChestPain,
    Sign::Breathless,
    Sign::Collapse,
    Sign::BladderBowel,
];

/// Words whose days are counted one by one; a sentence with more counts is heard by nobody.
const MOST_COUNTED: usize = 3;

/// A day on which the flag was seen.
pub(super) struct Sighting {
    date: NaiveDate,
    site: Option<Site>,
    side: Option<Side>,
    words: Vec<Seen>,
    /// What the comments are about that the day's notes are, where they are comments in an account alone.
    comments_on: Vec<String>,
}

impl Sighting {
    pub(super) fn on(day: &DayAtSite, words: Vec<Seen>) -> Sighting {
        Sighting {
            comments_on: comments_on(&day.rows),
            date: day.date,
            site: day.site,
            side: day.side,
            words,
        }
    }

    /// Where it was seen; nowhere in particular for signs of the whole body.
    fn place(&self) -> OpenPlace {
        match self.words.iter().all(is_of_whole_body) {
            true => (None, None),
            false => (self.site.filter(|site| *site != Site::None), self.side),
        }
    }

    fn place_text(&self) -> Option<String> {
        let (site, side) = self.place();
        site.map(|site| site_text(site, side))
    }

    fn says(&self, word: &str) -> bool {
        self.words.iter().any(|seen| seen.text == word)
    }
}

/// What the comments among these rows are about, each once; nothing where a row of the log itself has a note.
fn comments_on(rows: &[&Entry]) -> Vec<String> {
    if rows.iter().any(|row| row.notes().is_some()) {
        return Vec::new();
    }
    let about: BTreeSet<&str> = rows.iter().filter_map(|row| row.comment_on()).collect();
    about.into_iter().map(str::to_string).collect()
}

fn is_of_whole_body(seen: &Seen) -> bool {
    WHOLE_BODY.iter().any(|sign| sign.label() == seen.text)
}

/// Sightings at most [`STRETCH`] apart, in order of date, at least one.
pub(super) struct Stretch(Vec<Sighting>);

/// The sightings, which are in order of date, in stretches.
pub(super) fn stretches(sightings: Vec<Sighting>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for sighting in sightings {
        match found.last_mut() {
            Some(stretch) if stretch.gap_days(&sighting) <= STRETCH.value as i64 => {
                stretch.0.push(sighting)
            }
            _ => found.push(Stretch(vec![sighting])),
        }
    }
    found
}

impl Stretch {
    fn gap_days(&self, next: &Sighting) -> i64 {
        self.0
            .last()
            .map_or(0, |last| days_between(last.date, next.date))
    }

    pub(super) fn dates(&self) -> BTreeSet<NaiveDate> {
        self.0.iter().map(|sighting| sighting.date).collect()
    }

    /// The place of all sightings; nowhere in particular when there are several.
    pub(super) fn place(&self) -> OpenPlace {
        let places: BTreeSet<_> = self.0.iter().map(Sighting::place).collect();
        only(&places).unwrap_or_default()
    }

    /// Whether the days of one column's words, which the sentence tells, are first and last the same as all.
    pub(super) fn tells_days(&self) -> bool {
        let all = self.dates();
        [false, true].into_iter().any(|in_note| {
            let told = self.dates_of(in_note);
            (told.first(), told.last()) == (all.first(), all.last())
        })
    }

    /// What the runner wrote and when, without the full stop.
    pub(super) fn text(&self) -> String {
        let (place, note) = (self.place_text(), self.note_text());
        let logged = self.texts(false);
        if logged.is_empty() {
            return sentence_case(&note) + &place;
        }
        let start = self.logged_text(&logged) + &place;
        match note.is_empty() {
            true => start,
            false => format!("{start}, and {note}"),
        }
    }

    /// " (right shin)"; nothing for no place in particular.
    fn place_text(&self) -> String {
        let mut places: Vec<String> = Vec::new();
        for text in self.0.iter().filter_map(Sighting::place_text) {
            if !places.contains(&text) {
                places.push(text);
            }
        }
        in_brackets(&places)
    }

    /// "On 2 days, 3–4 May 2025, you logged swelling"; with the days of each word where they are not the same for all, and few.
    fn logged_text(&self, words: &[String]) -> String {
        let all = self.dates_of(false);
        if words.iter().all(|word| self.days_with(word) == all.len()) {
            format!("On {} you logged {}", when(&all), list(words))
        } else if words.len() > MOST_COUNTED {
            let often_first = list(&self.often_first(words));
            format!(
                "On {} you logged {often_first}, not all on each",
                when(&all)
            )
        } else {
            let counted = list(&self.counted(words));
            format!("{}: you logged {counted}", period(&all))
        }
    }

    fn days_with(&self, word: &str) -> usize {
        let said = self.0.iter().filter(|sighting| sighting.says(word));
        let days: BTreeSet<NaiveDate> = said.map(|sighting| sighting.date).collect();
        days.len()
    }

    fn often_first(&self, words: &[String]) -> Vec<String> {
        let mut sorted = words.to_vec();
        sorted.sort_by_key(|word| Reverse(self.days_with(word)));
        sorted
    }

    /// "swelling on 2 days", "redness on 1".
    fn counted(&self, words: &[String]) -> Vec<String> {
        let counted = |(at, word): (usize, &String)| match (at, self.days_with(word)) {
            (0, 1) => format!("{word} on 1 day"),
            (0, days) => format!("{word} on {days} days"),
            (_, days) => format!("{word} on {days}"),
        };
        words.iter().enumerate().map(counted).collect()
    }

    /// "your note of 3 May 2025 mentions swelling"; nothing without such a note.
    fn note_text(&self) -> String {
        let dates = self.dates_of(true);
        let (notes, words) = (self.notes_text(&dates), list(&self.texts(true)));
        match (dates.len(), self.comments_on(&dates).len()) {
            (0, _) => String::new(),
            (1, 0 | 1) => format!("{notes} mentions {words}"),
            _ => format!("{notes} mention {words}"),
        }
    }

    /// `your note of 3 May 2025`, `your comment in the TrainingPeaks workout of 3 May 2025`.
    fn notes_text(&self, dates: &BTreeSet<NaiveDate>) -> String {
        let (days, about) = (period(dates), self.comments_on(dates));
        match (about.as_slice(), dates.len()) {
            ([], 1) => format!("your note of {days}"),
            ([], _) => format!("your notes of {days}"),
            ([about], 1) => format!("your comment in the {about} of {days}"),
            (about, _) => format!("your comments in the {} of {days}", list(about)),
        }
    }

    /// What the comments are about that these days' notes are; nothing where one of the days has a note of the log's.
    fn comments_on(&self, dates: &BTreeSet<NaiveDate>) -> Vec<String> {
        let days = self
            .0
            .iter()
            .filter(|sighting| dates.contains(&sighting.date));
        let about: Vec<&Vec<String>> = days.map(|sighting| &sighting.comments_on).collect();
        if about.iter().any(|about| about.is_empty()) {
            return Vec::new();
        }
        let once: BTreeSet<&String> = about.into_iter().flatten().collect();
        once.into_iter().cloned().collect()
    }

    /// The different words of a stretch, in the order they were first written. Words of a column are not repeated for notes.
    fn texts(&self, in_note: bool) -> Vec<String> {
        let mut told = match in_note {
            true => self.texts(false),
            false => Vec::new(),
        };
        let logged = told.len();
        let words = self.0.iter().flat_map(|sighting| &sighting.words);
        for seen in words.filter(|seen| seen.in_note == in_note) {
            if !told.contains(&seen.text) {
                told.push(seen.text.clone());
            }
        }
        told.split_off(logged)
    }

    /// The days of the words of a column, or of a note.
    fn dates_of(&self, in_note: bool) -> BTreeSet<NaiveDate> {
        let texts = self.texts(in_note);
        let is_told = |seen: &Seen| texts.contains(&seen.text) && (!in_note || seen.in_note);
        let told = self
            .0
            .iter()
            .filter(|sighting| sighting.words.iter().any(is_told));
        told.map(|sighting| sighting.date).collect()
    }
}

/// "2 days, 3–4 May 2025,", or the only day.
fn when(dates: &BTreeSet<NaiveDate>) -> String {
    match dates.len() {
        0 | 1 => period(dates),
        days => format!("{days} days, {},", period(dates)),
    }
}

/// From the first day to the last, or the only day.
fn period(dates: &BTreeSet<NaiveDate>) -> String {
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first != last => period_text(*first, *last),
        (Some(only), _) => date_text(*only),
        _ => String::new(),
    }
}
