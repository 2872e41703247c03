//! One cell of a row at a time: what it holds, and what is told where it holds something else.

use super::{LEFT_BLANK, Row, add_note, note_in};
use crate::pain::{
    Function, Moment,
    cells::{self, OstrcCoding},
    dates::time_of_day,
    plan::{columns::Column, names::TimeUnit},
    problems::CellTrouble,
    words::{Words, fold, is_unknown, names_a_painkiller},
};
use crate::words::clipped;
use crate::{
    option::BORG,
    problem::{Code, Effect},
};
use chrono::NaiveTime;

impl Row<'_> {
    pub(super) fn bad_text(
        &mut self,
        what: &str,
        value: &str,
        found: impl Into<String>,
        consequence: &str,
    ) {
        self.bad(what, value, found.into(), consequence, None);
    }

    pub(super) fn bad_cell(&mut self, column: Column, found: &str, consequence: &str) {
        self.bad_text(column.name(), self.cell(column), found, consequence);
    }

    /// A cell with a word that is none of its column's; `accepted` are those that are.
    pub(super) fn bad_word(
        &mut self,
        column: Column,
        found: &str,
        consequence: &str,
        accepted: &str,
    ) {
        let listed = Some((column, accepted.to_string()));
        let (name, value) = (column.name(), self.cell(column));
        self.bad(name, value, found.to_string(), consequence, listed);
    }

    fn bad(
        &mut self,
        what: &str,
        value: &str,
        found: String,
        consequence: &str,
        listed: Option<(Column, String)>,
    ) {
        add_note(&mut self.note, note_in(value));
        let trouble = CellTrouble {
            code: Code::PainValueUnusable,
            effect: Effect::Repaired,
            what: what.to_string(),
            found,
            consequence: consequence.to_string(),
            listed,
        };
        self.problems.add_cell(trouble, self.record.line, value);
    }

    pub(super) fn tell_of_joined_note(&mut self) {
        let trouble = unquoted_note(self.reader.plan.delimiter_name());
        let note = self.cell(Column::Notes);
        self.problems.add_cell(trouble, self.record.line, note);
    }

    /// A cell that holds one word.
    pub(super) fn one<T: Copy>(&mut self, column: Column, words: &Words<T>) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let meaning = words.get_cell(cell);
        if meaning.is_none() && !is_unknown(&fold(cell)) {
            let found = "is not a word niggle knows";
            self.bad_word(column, found, LEFT_BLANK, &words.accepted);
        }
        meaning
    }

    /// A cell that holds a list of words.
    pub(super) fn list<T: Copy + Ord>(&mut self, column: Column, words: &Words<T>) -> Vec<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Vec::new();
        }
        let (meanings, unknown) = words.list(cell);
        if let Some(word) = unknown.first() {
            let found = format!("holds \"{}\", which niggle does not know", clipped(word));
            let done = "The word was left out; the rest of the row is used.";
            self.bad_word(column, &found, done, &words.accepted);
        }
        meanings
    }

    /// The gravest of the words, when there are several.
    pub(super) fn function(&mut self) -> Option<Function> {
        let cell = self.cell(Column::Function);
        if cell.is_empty() {
            return None;
        }
        let words = &self.reader.words.functions;
        let several = || self.list(Column::Function, words).into_iter().max();
        words.get_cell(cell).or_else(several)
    }

    fn number(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<Option<f64>, String>,
    ) -> Option<f64> {
        self.or_blank(column, read(self.cell(column)))
    }

    /// What a cell holds; one that cannot be read counts as blank, and that is told.
    fn or_blank<T>(&mut self, column: Column, read: Result<Option<T>, String>) -> Option<T> {
        read.unwrap_or_else(|found| {
            self.bad_cell(column, &found, LEFT_BLANK);
            None
        })
    }

    pub(super) fn sleep(&mut self) -> Option<f64> {
        let unit = self.reader.plan.sleep;
        self.number(Column::SleepHours, |cell| match unit {
            TimeUnit::Hours => cells::hours(cell),
            TimeUnit::Minutes => Ok(cells::within(cell, 0.0, 960.0)?.map(|minutes| minutes / 60.0)),
            TimeUnit::Seconds => cells::hours_from_seconds(cell),
        })
    }

    pub(super) fn sleep_quality(&mut self) -> Option<f64> {
        self.number(Column::SleepQuality, |cell| cells::within(cell, 1.0, 5.0))
    }

    pub(super) fn ostrc(&mut self, column: Column) -> Option<u8> {
        match self.reader.reading.coding {
            Some(coding) => self.or_blank(column, self.answer(column, coding)),
            None => self.answer_in_words(column),
        }
    }

    fn answer(&self, column: Column, coding: OstrcCoding) -> Result<Option<u8>, String> {
        let question = column as usize - Column::Ostrc1 as usize;
        cells::ostrc(self.cell(column), question, coding, self.reader.words)
    }

    /// Words need no coding. That numbers are left out is told once for all.
    fn answer_in_words(&self, column: Column) -> Option<u8> {
        let answer = self.answer(column, OstrcCoding::Points).ok().flatten();
        answer.filter(|_| cells::number(self.cell(column)).is_none())
    }

    pub(super) fn rpe(&mut self) -> Option<f64> {
        match self.reader.options.borg {
            true => self.number(Column::Rpe, effort_by_borg),
            false => self.number(Column::Rpe, effort),
        }
    }

    pub(super) fn painkiller(&mut self) -> Option<bool> {
        let folded = fold(self.cell(Column::Painkiller));
        if is_unknown(&folded) {
            return None;
        }
        let taken = (is_dose(&folded) || names_a_painkiller(&folded)).then_some(true);
        let answer = self.reader.words.yes_no.get(&folded).or(taken);
        if answer.is_none() {
            self.bad_cell(Column::Painkiller, "is neither yes nor no", LEFT_BLANK);
        }
        answer
    }

    /// The answer to "any pain?".
    pub(super) fn any_pain(&self) -> Option<bool> {
        let cell = self.record.cell(self.reader.plan.any_pain?);
        self.reader.words.yes_no.get(&fold(cell))
    }

    /// The time, or the moment some people write there ("morning").
    pub(super) fn time(&mut self) -> (Option<NaiveTime>, Option<Moment>) {
        let cell = self.cell(Column::Time);
        if cell.is_empty() {
            return (None, None);
        }
        let folded = fold(cell);
        let (time, moment) = (time_of_day(cell), self.reader.words.moments.get(&folded));
        if time.is_none() && moment.is_none() && !is_unknown(&folded) {
            self.bad_cell(Column::Time, "is no time of day (write 07:30)", LEFT_BLANK);
        }
        (time, moment)
    }

    /// A text cell as written, cut at a number of characters. None when blank.
    pub(super) fn text(&mut self, column: Column, max_chars: usize) -> Option<String> {
        let cell = self.cell(column);
        if cell.trim().is_empty() {
            return None;
        }
        let Some((end, _)) = cell.char_indices().nth(max_chars) else {
            return Some(cell.to_string());
        };
        self.tell_of_cut(column, max_chars);
        cell.get(..end).map(str::to_string)
    }

    fn tell_of_cut(&mut self, column: Column, max_chars: usize) {
        let length = self.cell(column).chars().count();
        self.problems.add(
            Code::PainTextCut,
            Effect::Repaired,
            Some(self.record.line),
            format!("{} has {length} characters", column.name()),
            format!("The first {max_chars} were kept."),
        );
    }
}

/// An effort from 6 to 20 as one from 0 to 10.
fn effort_by_borg(cell: &str) -> Result<Option<f64>, String> {
    Ok(cells::within(cell, 6.0, 20.0)?.map(cells::borg_to_cr10))
}

/// An effort from 0 to 10; what is beyond may be Borg's scale.
fn effort(cell: &str) -> Result<Option<f64>, String> {
    cells::within(cell, 0.0, 10.0).map_err(|found| found + &borg_hint(cell))
}

/// A note that its own commas took apart; `delimiters` is what they are called.
fn unquoted_note(delimiters: &str) -> CellTrouble {
    CellTrouble {
        code: Code::PainValueUnusable,
        effect: Effect::Noted,
        what: "notes".to_string(),
        found: format!("holds {delimiters} and no quotes around them"),
        consequence: format!(
            "It was put together again as one note; put quotes around notes with {delimiters}."
        ),
        listed: None,
    }
}

/// What is said of an effort that can only be on Borg's scale.
fn borg_hint(cell: &str) -> String {
    let is_borg = cells::within(cell, 10.5, 20.0).is_ok_and(|value| value.is_some());
    match is_borg {
        true => format!("; for Borg's scale of 6–20 use {BORG}"),
        false => String::new(),
    }
}

/// "400 mg" and "2 tablets" are something taken.
fn is_dose(folded: &str) -> bool {
    folded.starts_with(|c: char| ('1'..='9').contains(&c))
}
