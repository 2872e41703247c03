//! The rows of a log as they come in: copies are left out, rows about the same thing are put together, and what could not be
//! used is told.

use super::{
    Entry, Moment, PainLog, Side, Site,
    cells::rating_text,
    dates::take_apart,
    plan::{Plan, parts::Above, totals::is_total},
    problems::{CellTrouble, Problems, lines_text},
    questions::{ask, clear_beside_pain},
    records::Record,
    rows::{Keyed, RowFault, RowReader, signs_mentioned, signs_text},
    same::{Copies, Index},
    text::Text,
};
use crate::{
    digest::Digest,
    problem::{Code, Effect},
    units::counted,
};
use chrono::{NaiveDate, NaiveTime};

/// What makes two rows one: the same day, moment, site and side, and the same clock where the log gives times.
pub(super) type Key = (
    NaiveDate,
    Moment,
    Option<NaiveTime>,
    Option<Site>,
    Option<Side>,
);

pub(super) fn key(entry: &Entry) -> Key {
    (entry.date, entry.moment, entry.time, entry.site, entry.side)
}

/// The day of a row as written.
#[derive(Debug, Clone, Copy)]
struct Day<'d> {
    /// Its text.
    cell: &'d str,
    /// The row says all of it; else its text alone does not make it a copy of another row.
    is_whole: bool,
}

impl Day<'_> {
    fn is_blank(&self) -> bool {
        self.cell.trim().is_empty()
    }
}

/// Rows so far.
pub(super) struct Gathering<'a> {
    entries: Vec<Entry>,
    by_key: Index,
    /// Rows that stand in the file more than once.
    pub copies_of: Copies<'a>,
    copies: Vec<u64>,
    approximate: Vec<u64>,
    /// Lines that rate pain above 0 and leave the site blank.
    placeless: Vec<u64>,
    /// Lines that say that it hurt and not how much.
    unrated: Vec<u64>,
    totals: Vec<u64>,
    examples: usize,
    problems: Problems,
    /// The day of the row above.
    day: Option<NaiveDate>,
    /// Rows without a date belong to it.
    fills_down: bool,
    row_count: usize,
    unusable_rows: usize,
    duplicate_rows: usize,
}

impl<'a> Gathering<'a> {
    /// With room for so many rows.
    pub(super) fn new(place: &str, text: &Text, rows: usize, fills_down: bool) -> Self {
        Gathering {
            entries: Vec::with_capacity(rows),
            by_key: Index::default(),
            copies_of: Copies::default(),
            copies: Vec::new(),
            approximate: Vec::new(),
            placeless: Vec::new(),
            unrated: Vec::new(),
            totals: Vec::new(),
            examples: 0,
            problems: problems_of_text(place, text),
            day: None,
            fills_down,
            row_count: 0,
            unusable_rows: 0,
            duplicate_rows: 0,
        }
    }

    /// Adds every row of a log.
    pub(super) fn rows(&mut self, text: &'a str, plan: &Plan, reader: &RowReader) {
        self.records(plan.data_rows(text).flatten(), plan, reader);
    }

    /// Adds these rows, in the order of the log.
    pub(super) fn records(
        &mut self,
        records: impl Iterator<Item = Record<'a>>,
        plan: &Plan,
        reader: &RowReader,
    ) {
        let mut above = Above::default();
        for record in records {
            let cell = plan.day_cell(&record, &mut above);
            let day = Day {
                cell: &cell,
                is_whole: above.is_whole,
            };
            self.row(reader, &record, day);
        }
    }

    fn row(&mut self, reader: &RowReader, record: &Record<'a>, day: Day) {
        if !reader.is_of_the_athlete(record) {
            return;
        }
        if reader.is_example(record) {
            self.examples += 1;
        } else if take_apart(day.cell).is_err() && is_total(record) {
            self.totals.push(record.line);
        } else {
            self.data_row(reader, record, day);
        }
    }

    fn data_row(&mut self, reader: &RowReader, record: &Record<'a>, day: Day) {
        self.row_count += 1;
        let can_be_a_copy = !day.is_blank() && day.is_whole;
        if can_be_a_copy && self.copies_of.has(record.raw) {
            self.duplicate_rows += 1;
            self.copies.push(record.line);
            return;
        }
        let above = self.day.filter(|_| self.fills_down);
        match reader.entries(record, day.cell, above, &mut self.problems) {
            Ok(entries) => {
                if can_be_a_copy {
                    self.copies_of.add(record.raw);
                }
                self.keep_all(entries);
            }
            Err(fault) => {
                self.unusable_rows += 1;
                // What follows a row whose day is not known has no day either.
                self.day = self.day.filter(|_| day.is_blank());
                self.tell_of_unusable(record, fault);
            }
        }
    }

    fn keep_all(&mut self, entries: Vec<Keyed>) {
        self.day = entries.first().map(|keyed| keyed.entry.date).or(self.day);
        let merged: Vec<bool> = entries.into_iter().map(|entry| self.keep(entry)).collect();
        self.duplicate_rows += usize::from(merged.iter().all(|merged| *merged));
    }

    fn tell_of_unusable(&mut self, record: &Record, fault: RowFault) {
        let signs = signs_mentioned(record);
        let consequence = match signs.is_empty() {
            true => "The row is not used.".to_string(),
            false => format!(
                "This row mentions {}; niggle could not use it.",
                signs_text(signs)
            ),
        };
        let trouble = CellTrouble {
            code: fault.code,
            effect: Effect::PartLost,
            what: fault.what,
            found: fault.found,
            consequence,
            listed: None,
        };
        self.problems.add_cell(trouble, record.line, &fault.value);
    }

    /// Keeps an entry; true when it was merged into one of an earlier row.
    fn keep(&mut self, keyed: Keyed) -> bool {
        self.note(&keyed);
        let entry = keyed.entry;
        let key_at = |at: usize| self.entries.get(at).map(key);
        let earlier = self
            .by_key
            .place_or_add(&key(&entry), self.entries.len(), key_at);
        let Some(earlier) = earlier.and_then(|at| self.entries.get_mut(at)) else {
            self.entries.push(entry);
            return false;
        };
        let (line, first_line) = (entry.line, earlier.line);
        let ratings = (earlier.pain, entry.pain);
        merge(earlier, entry);
        let kept = earlier.pain;
        // One row can name a place twice.
        let is_other_row = line != first_line;
        if is_other_row {
            let detail = format!("{SAME} as line {first_line}{}", ratings_text(ratings));
            self.tell_of_merged(line, detail, kept);
        }
        is_other_row
    }

    /// Notes the line of what is told of all rows together.
    fn note(&mut self, keyed: &Keyed) {
        let entry = &keyed.entry;
        let hurts = entry.pain.is_some_and(|pain| pain > 0.0);
        for (is_so, lines) in [
            (entry.approximate, &mut self.approximate),
            (keyed.names_no_site && hurts, &mut self.placeless),
            (keyed.hurts_unrated, &mut self.unrated),
        ] {
            if is_so && lines.last() != Some(&entry.line) {
                lines.push(entry.line);
            }
        }
    }

    fn tell_of_merged(&mut self, line: u64, detail: String, kept: Option<f64>) {
        let what = format!("{SAME} as an earlier row");
        let in_common = (what.as_str(), "The higher rating was kept.");
        self.problems.add_alike(
            Code::PainDuplicate,
            line,
            detail,
            kept_text(kept),
            in_common,
        );
    }

    /// All of it, in the order of the log.
    pub(super) fn into_log(mut self, place: &str, mut understood: Vec<String>) -> PainLog {
        understood.extend(self.uncounted());
        self.tell_of_lines();
        // Freed first, and sorted in place: a log at the limit is 200,000 entries.
        (self.by_key, self.copies_of) = (Index::default(), Copies::default());
        self.entries.sort_unstable_by_key(order);
        ask(&self.entries, &self.placeless, &mut self.problems);
        PainLog {
            is_refused: false,
            place: Some(place.to_string()),
            path: None,
            taken: None,
            digest: Digest::default(),
            entries: self.entries,
            problems: self.problems.into_list(),
            understood,
            rows: self.row_count,
            unusable_rows: self.unusable_rows,
            duplicate_rows: self.duplicate_rows,
            unrated_rows: self.unrated.len(),
            columns: Vec::new(),
            remarks: Vec::new(),
            unread_comments: 0,
        }
    }

    /// What is to be understood of rows that are not counted.
    fn uncounted(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.examples > 0 {
            let rows = counted(
                self.examples,
                "example row of the template is",
                "example rows of the template are",
            );
            sentences.push(format!("{rows} not counted."));
        }
        sentences.extend(clear_beside_pain(&self.entries));
        if self.row_count == 0 {
            sentences.push("There are no rows yet.".to_string());
        }
        sentences
    }

    fn tell_of_lines(&mut self) {
        self.tell_of_copies();
        self.problems.add_lines(
            Code::PainApproximate,
            &self.approximate,
            "pain is a word or about a number",
            "Words count as 2, 5 or 8, ranges as their higher end; shown, but left out of the statistics.",
        );
        self.problems.add_lines(
            Code::PainRowUnusable,
            &self.totals,
            "totals or averages",
            "They are no days and were left out.",
        );
    }

    fn tell_of_copies(&mut self) {
        if !self.copies.is_empty() {
            self.problems.add(
                Code::PainDuplicate,
                Effect::Noted,
                None,
                format!("exact copies of earlier rows: {}", lines_text(&self.copies)),
                format!("{} left out.", self.copies.len()),
            );
        }
    }
}

/// What is kept of two rows that were put together.
fn kept_text(kept: Option<f64>) -> String {
    match kept {
        Some(pain) => format!("The higher rating, {}, was kept.", rating_text(pain)),
        None => "The two rows were put together.".to_string(),
    }
}

const SAME: &str = "the same day, moment, site and side";

fn problems_of_text(place: &str, text: &Text) -> Problems {
    let mut problems = Problems::new(place);
    if let Some(first) = text.nul_lines.first() {
        problems.add(
            Code::TextEncoding,
            Effect::Repaired,
            Some(*first),
            format!("NUL bytes in {}", lines_text(&text.nul_lines)),
            "They were left out.",
        );
    }
    problems
}

/// `(3 and 6)`; nothing when neither row was rated.
fn ratings_text(ratings: (Option<f64>, Option<f64>)) -> String {
    let text = |pain: Option<f64>| pain.map_or_else(|| "not rated".to_string(), rating_text);
    match ratings {
        (None, None) => String::new(),
        (first, second) => format!(" ({} and {})", text(first), text(second)),
    }
}

/// The order of a log; the line settles what the day leaves open.
pub(super) fn order(entry: &Entry) -> (NaiveDate, usize, Option<NaiveTime>, u64, Option<Site>) {
    let moment = rank(entry.moment);
    (entry.date, moment, entry.time, entry.line, entry.site)
}

/// Moments in the order of a calendar day: the morning of a date comes before its run.
fn rank(moment: Moment) -> usize {
    use Moment::*;
    [Morning, Before, During, After, Evening, Night, Rest, Day]
        .iter()
        .position(|m| *m == moment)
        .unwrap_or(0)
}

/// Puts two rows about the same thing together: the row with the higher rating counts, what it leaves blank comes from
/// the other, and no sign is lost.
fn merge(kept: &mut Entry, mut other: Entry) {
    if other.pain > kept.pain {
        std::mem::swap(kept, &mut other);
    }
    kept.types.extend(other.types);
    kept.signs.extend(other.signs);
    kept.signs_in_note.extend(other.signs_in_note);
    kept.signs_in_note.remove_all(kept.signs);
    kept.both_legs_in_note |= other.both_legs_in_note;
    kept.function_in_note = kept.function_in_note.max(other.function_in_note);
    kept.sudden_in_note |= other.sudden_in_note;
    kept.everyday_in_note.extend(other.everyday_in_note);
    kept.others_clear |= other.others_clear;
    kept.function = kept.function.max(other.function);
    kept.painkiller = kept.painkiller.max(other.painkiller);
    fill(&mut kept.time, other.time);
    fill(&mut kept.spread, other.spread);
    fill(&mut kept.onset, other.onset);
    fill(&mut kept.movement, other.movement);
    kept.beside = match (kept.beside.take(), other.beside) {
        (Some(kept), Some(other)) => kept.or(*other).kept(),
        (kept, other) => kept.or(other),
    };
}

fn fill<T>(kept: &mut Option<T>, other: Option<T>) {
    *kept = kept.take().or(other);
}
