//! Whether a log with a new row says what it said before, and the row what was asked: the net under everything else here.

use crate::pain::{
    Entry, Function, Moment, Options, PainLog, Place, Sign, Site,
    cells::rating_text,
    gathering::key,
    plan::{Plan, parts::Above},
    problems::Problems,
    records::Record,
    rows::{Keyed, Reading, RowReader},
    site_text,
    words::Vocabulary,
};
use crate::time::weekday_date_text;
use chrono::NaiveDate;

/// What the entries of the row must say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expected {
    pub date: NaiveDate,
    pub moment: Moment,
    /// The row speaks of several moments, each of which is clear.
    pub any_moment: bool,
    /// The places, [`Site::Unnamed`] where the log has no column for it. Empty where nothing hurts.
    pub places: Vec<Place>,
    /// 0–10.
    pub pain: f64,
    pub signs: Vec<Sign>,
    /// What it did to running, where the log has a column for that.
    pub function: Option<Function>,
    pub others_clear: bool,
    /// The cell for the notes; None where there is nothing to note.
    pub note: Option<String>,
    /// The rating as it stands in the log, where its scale is another: `30 on your log's scale of 0-100`.
    pub on_its_scale: Option<String>,
}

impl Expected {
    /// `Left knee 3 of 10, during the run, Sun 5 Oct 2025`.
    pub(super) fn text(&self) -> String {
        let day = weekday_date_text(self.date);
        let moment = match self.moment {
            Moment::Day => String::new(),
            moment => format!(", {}", moment.label()),
        };
        let scale = self.on_its_scale.as_deref();
        let scale = scale.map_or_else(String::new, |text| format!(" ({text})"));
        format!("{}{scale}{moment}, {day}", self.rated())
    }

    fn rated(&self) -> String {
        if self.places.is_empty() {
            return "nothing hurts".to_string();
        }
        let places = self.places.iter();
        let names = places.map(|(site, side)| site_text(*site, *side));
        let names: Vec<String> = names.collect();
        let names = crate::words::list(&names);
        format!("{names} {} of 10", rating_text(self.pain))
    }

    /// Why the entries do not say this; None when they do.
    fn fault(&self, entries: &[&Entry]) -> Option<String> {
        let what = self
            .first_fault(entries)
            .or_else(|| self.fault_beside(entries))?;
        Some(format!("{what} would not be read back as you said it"))
    }

    /// What of the day, the moment, the place and the rating is not read back.
    fn first_fault(&self, entries: &[&Entry]) -> Option<&'static str> {
        let is_at_the_moment = |entry: &&Entry| self.any_moment || entry.moment == self.moment;
        first_wrong([
            (!entries.is_empty(), "the row"),
            (
                entries.iter().all(|entry| entry.date == self.date),
                "the day",
            ),
            (entries.iter().all(is_at_the_moment), "the moment"),
            (self.is_rated_by(entries), "the place and the rating"),
        ])
    }

    /// What of the signs, the effect, the others and the note is not read back.
    fn fault_beside(&self, entries: &[&Entry]) -> Option<&'static str> {
        let any = |is_so: &dyn Fn(&Entry) -> bool| entries.iter().any(|entry| is_so(entry));
        let has_sign = |sign: &Sign| any(&|entry| entry.has_sign(*sign));
        let says_effect = self.function.is_none() || any(&|entry| entry.function == self.function);
        let clears_others = !self.others_clear || any(&|entry| entry.others_clear);
        let note = self.note.as_deref();
        first_wrong([
            (self.signs.iter().all(has_sign), "the signs"),
            (says_effect, "what it did to running"),
            (clears_others, "that nothing else hurts"),
            (
                note.is_none() || any(&|entry| entry.notes() == note),
                "the note",
            ),
        ])
    }

    fn is_rated_by(&self, entries: &[&Entry]) -> bool {
        let is_rated = |entry: &Entry| {
            entry
                .pain
                .is_some_and(|pain| (pain - self.pain).abs() < NEAR)
        };
        let is_asked = |entry: &Entry| match entry.place() {
            Some(place) => self.places.contains(&place),
            None => self.pain == 0.0 && self.places.iter().all(|(site, _)| *site == Site::Unnamed),
        };
        let is_there = |place: &Place| {
            let mut entries = entries.iter();
            place.0 == Site::Unnamed || entries.any(|entry| entry.place() == Some(*place))
        };
        entries
            .iter()
            .all(|entry| is_rated(entry) && is_asked(entry))
            && self.places.iter().all(is_there)
    }
}

fn first_wrong<const N: usize>(read_back: [(bool, &'static str); N]) -> Option<&'static str> {
    let wrong = read_back.into_iter().find(|(is_so, _)| !is_so);
    wrong.map(|(_, what)| what)
}

/// Most that a rating may change on the way through the log's scale.
const NEAR: f64 = 0.051;

/// The entries of the last row, when they say what is expected and nothing about it has to be told.
pub(super) fn of_the_row(
    plan: &Plan,
    reading: Reading,
    rows: &[Record],
    options: &Options,
    expected: &Expected,
) -> Result<Vec<Keyed>, String> {
    let reader = RowReader::new(plan, Vocabulary::shared(), reading, options);
    let row = rows.last().ok_or(NOT_READ)?;
    let (mut above, mut problems) = (Above::default(), Problems::new(""));
    let day = plan.day_cell(row, &mut above);
    if reader.is_example(row) {
        return Err(
            "a note like that marks an example row of niggle's template: change it.".to_string(),
        );
    }
    let keyed = reader.entries(row, &day, None, &mut problems);
    let keyed = keyed
        .map_err(|fault| format!("{} would be read as none: it {}.", fault.what, fault.found))?;
    let entries: Vec<&Entry> = keyed.iter().map(|keyed| &keyed.entry).collect();
    match expected.fault(&entries) {
        Some(fault) => Err(format!("{fault}: {WAY_OUT}")),
        None => Ok(keyed),
    }
}

const NOT_READ: &str = "the new row would not be read.";
const WAY_OUT: &str = "your log keeps it in a form that niggle reads and does not write. Write the row by hand, or begin a log of \
    niggle's own with `niggle pain init`.";

/// Whether every entry that was there before is there and unchanged, but those that the new row is about, and no others are new.
pub(super) fn rest_is_the_same(
    old: &PainLog,
    new: &PainLog,
    keyed: &[Keyed],
) -> Result<(), String> {
    let is_new = |entry: &Entry| keyed.iter().any(|keyed| key(&keyed.entry) == key(entry));
    // Entries of one row about one part of the body may stand in any order.
    let others = |log: &PainLog| {
        let entries = log.entries.iter().filter(|entry| !is_new(entry));
        let mut entries: Vec<Entry> = entries.cloned().collect();
        entries.sort_by_key(|entry| (entry.line, key(entry)));
        entries
    };
    let counts = |log: &PainLog| (log.rows - log.unusable_rows, log.unusable_rows);
    let (used, unused) = counts(old);
    let is_the_same = others(old) == others(new) && counts(new) == (used + 1, unused);
    let keeps_highest = new
        .entries
        .iter()
        .filter(|entry| is_new(entry))
        .all(|entry| {
            let same = |other: &&Entry| key(other) == key(entry);
            let rated = keyed.iter().map(|keyed| &keyed.entry).chain(&old.entries);
            rated.filter(same).all(|other| other.pain <= entry.pain)
        });
    match is_the_same && keeps_highest {
        true => Ok(()),
        false => Err(format!(
            "with this row other rows of the log would be read otherwise: {WAY_OUT}"
        )),
    }
}
