//! From names and cells to a plan: each question a log leaves open is answered from the whole column, or refused.

use super::{
    Fault, Header, Plan, RatingColumn, apps,
    columns::Column,
    names::{Meaning, Name, Own, Rating, Sure, TimeUnit},
    parts::{Above, DateParts},
    people::People,
    rows_below,
    survey::{Cells, Look},
    totals::is_total,
};
use crate::words::clipped;
use crate::{
    option::{COLUMN, PAIN_SCALE},
    pain::{
        HeaderFault, MAX_ROWS, Options, Place, Scale, Site,
        cells::{self, OstrcCoding},
        dates::take_apart,
        ostrc,
        words::{Vocabulary, fold},
    },
    units::counted,
};
use std::sync::LazyLock;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The languages in which notes are searched.
const SEARCHED: &str = "English, German, French, Spanish, Italian, Portuguese and Dutch";

/// So many ratings make a column from which its scale can be told.
const ENOUGH: usize = 14;

/// So many different places tell the language of a log.
const SITE_WORDS: usize = 50;

/// Decides everything about a log whose header is found.
pub(super) fn decide(
    text: &str,
    header: Header,
    words: &Vocabulary,
    options: &Options,
) -> Result<Plan, Fault> {
    let line = Some(header.line);
    let mut desk = Desk::new(header, words, options).map_err(|fault| (line, fault))?;
    desk.look(text)?;
    desk.decide().map_err(|fault| (line, fault))
}

/// Everything a decision looks at.
pub(super) struct Desk<'a> {
    pub(super) header: Header,
    words: &'a Vocabulary,
    options: &'a Options,
    /// What the runner says columns are.
    named: BTreeMap<usize, &'static str>,
    cells: Vec<Cells>,
    /// Different cells of the site column, folded, a few: they tell its language.
    pub(super) site_words: BTreeSet<String>,
    /// Rows whose site says that nothing hurts, by the rating beside it: how many are 1, and how many are not.
    nowhere: (usize, usize),
    is_qualtrics: bool,
    /// The columns of year, month and day, and in how many rows they are a date.
    date_parts: Option<(DateParts, usize)>,
    pub(super) understood: Vec<String>,
    pub(super) remarks: Vec<String>,
    /// Columns that could have been taken for pain and were not, with the reason.
    left: Vec<(usize, String)>,
    /// Columns of places that are ticked where it hurts.
    pub(super) ticks: Vec<(usize, Place)>,
    /// Columns without a meaning that give each day a row for each of a few names.
    people_by_cells: Vec<usize>,
    /// Columns in which no day has two names.
    never_shared: Vec<usize>,
}

impl<'a> Desk<'a> {
    fn new(
        header: Header,
        words: &'a Vocabulary,
        options: &'a Options,
    ) -> Result<Self, HeaderFault> {
        let mut named = BTreeMap::new();
        for column in &options.columns {
            let Some(index) = header.index_of(&column.name) else {
                let (name, found) = (clipped(&column.name), header.found());
                return Err(HeaderFault::NoSuchColumn {
                    role: column.role,
                    name,
                    found,
                });
            };
            named.insert(index, column.role);
        }
        let cells = vec![Cells::default(); header.names.len()];
        let date_parts = DateParts::of(&header.names).map(|parts| (parts, 0));
        Ok(Desk {
            header,
            words,
            options,
            named,
            cells,
            site_words: BTreeSet::new(),
            nowhere: (0, 0),
            is_qualtrics: false,
            date_parts,
            understood: Vec::new(),
            remarks: Vec::new(),
            left: Vec::new(),
            ticks: Vec::new(),
            people_by_cells: Vec::new(),
            never_shared: Vec::new(),
        })
    }

    pub(super) fn name(&self, index: usize) -> String {
        self.header
            .written
            .get(index)
            .map_or_else(String::new, |name| clipped(name))
    }

    /// Whether the runner says what a column is.
    pub(super) fn is_named(&self, index: usize) -> bool {
        self.named.contains_key(&index)
    }

    /// What a column may hold, the runner's word first.
    fn meaning(&self, index: usize) -> Meaning {
        let by_name = self
            .header
            .names
            .get(index)
            .map_or(Meaning::Unknown, |name| name.meaning);
        let Some(role) = self.named.get(&index) else {
            return by_name;
        };
        match *role {
            "pain" => match by_name {
                Meaning::Rating(rating) => Meaning::Rating(Rating {
                    sure: Sure::Own,
                    ..rating
                }),
                _ => Meaning::Rating(Rating {
                    sure: Sure::Own,
                    place: None,
                    moment: None,
                }),
            },
            "athlete" => Meaning::Person,
            "others" => Meaning::Others,
            "any_pain" | "ignore" => Meaning::Unknown,
            role => {
                let column = super::columns::COLUMNS
                    .iter()
                    .find(|(_, name, _)| *name == role);
                column.map_or(Meaning::Unknown, |(column, ..)| {
                    Meaning::Is(*column, Own::Own)
                })
            }
        }
    }

    /// Looks at the cells of every column whose name leaves something open.
    fn look(&mut self, text: &str) -> Result<(), Fault> {
        let looks: Vec<Look> = (0..self.header.names.len())
            .map(|index| self.look_for(index))
            .collect();
        let site = self.first_of(|meaning| matches!(meaning, Meaning::Is(Column::Site, _)));
        let pain =
            self.first_of(|meaning| matches!(meaning, Meaning::Rating(r) if r.place.is_none() && r.moment.is_none()));
        let date = self.first_of(|meaning| matches!(meaning, Meaning::Is(Column::Date, _)));
        let date = date.or(self.first_of(|meaning| meaning == Meaning::Stamp));
        let unknown = self.all_of(|meaning| matches!(meaning, Meaning::Unknown | Meaning::Person));
        let mut above = Above::default();
        let mut people: Vec<(usize, People)> = unknown
            .into_iter()
            .map(|index| (index, People::default()))
            .collect();
        for (at, record) in rows_below(text, self.header.delimiter, self.header.line).enumerate() {
            let record = record.map_err(|open| (Some(open.line), HeaderFault::OpenQuote))?;
            if at >= MAX_ROWS {
                return Err((None, HeaderFault::TooManyRows { limit: MAX_ROWS }));
            }
            let cell = |index: usize| record.fields.get(index).map_or("", |field| field.as_ref());
            // A total is on no scale.
            if date.is_some_and(|date| take_apart(cell(date)).is_err()) && is_total(&record) {
                continue;
            }
            for (index, (cells, look)) in self.cells.iter_mut().zip(&looks).enumerate() {
                cells.add(cell(index), *look, self.words);
            }
            if let Some(site) = site {
                self.look_at_site(cell(site), pain.map(cell));
            }
            let mut day = Cow::Borrowed(date.map_or("", cell));
            if let Some((parts, dated)) = &mut self.date_parts {
                let whole = parts.text(cell, &mut above);
                if take_apart(&whole).is_ok() {
                    *dated += 1;
                    day = Cow::Owned(whole);
                }
            }
            people
                .iter_mut()
                .for_each(|(index, people)| people.add(&day, cell(*index)));
            if record.line <= self.header.line + 3 {
                let first: Vec<&str> = record.fields.iter().take(12).map(AsRef::as_ref).collect();
                self.is_qualtrics |= apps::is_qualtrics(&first);
            }
        }
        self.site_among_ratings();
        self.never_shared = people
            .iter()
            .filter(|(_, people)| !people.shares_days())
            .map(|(index, _)| *index)
            .collect();
        people.retain(|(index, _)| self.meaning(*index) == Meaning::Unknown);
        for (index, people) in people
            .into_iter()
            .filter(|(_, people)| people.tells_apart(self.words))
        {
            self.people_by_cells.push(index);
            if let Some(cells) = self.cells.get_mut(index) {
                cells.distinct = people.names().map(|name| (name.to_string(), 1)).collect();
            }
        }
        Ok(())
    }

    /// The word of a site, and whether one that says "nowhere" stands beside a 1.
    fn look_at_site(&mut self, site: &str, pain: Option<&str>) {
        if self.site_words.len() < SITE_WORDS {
            self.site_words.insert(fold(site));
        }
        if let Some(pain) = pain
            && self.words.sites.get_cell(site) == Some(Site::None)
        {
            match pain.trim() {
                "1" => self.nowhere.0 += 1,
                "" => {}
                _ => self.nowhere.1 += 1,
            }
        }
    }

    fn look_for(&self, index: usize) -> Look {
        match self.meaning(index) {
            Meaning::Is(Column::Date, _) | Meaning::Stamp => Look::Dates,
            Meaning::Person | Meaning::RowNumber | Meaning::Is(Column::Side, _) => Look::Distinct,
            Meaning::Rating(_) | Meaning::LooseOstrc(_) | Meaning::Others => Look::Values,
            Meaning::Is(column, _) if is_number_column(column) => Look::Values,
            _ if self.named.get(&index) == Some(&"any_pain") => Look::Values,
            Meaning::Unknown if self.named.get(&index) != Some(&"ignore") => Look::Unknown,
            _ => Look::Not,
        }
    }

    pub(super) fn first_of(&self, is_so: impl Fn(Meaning) -> bool) -> Option<usize> {
        (0..self.header.names.len()).find(|index| is_so(self.meaning(*index)))
    }

    pub(super) fn all_of(&self, is_so: impl Fn(Meaning) -> bool) -> Vec<usize> {
        (0..self.header.names.len())
            .filter(|index| is_so(self.meaning(*index)))
            .collect()
    }

    pub(super) fn cells_of(&self, index: usize) -> &Cells {
        static NONE: LazyLock<Cells> = LazyLock::new(Cells::default);
        self.cells.get(index).unwrap_or(&NONE)
    }

    /// An export of an app is refused by name, unless the runner says what its columns are.
    fn check_export(&self) -> Result<(), HeaderFault> {
        if !self.options.columns.is_empty() {
            return Ok(());
        }
        if self.is_qualtrics {
            let why = "its questions are called Q1, Q2 … and their texts stand in the rows below the header";
            return Err(HeaderFault::App {
                app: "a Qualtrics export",
                why,
            });
        }
        if self.names_pain() {
            Ok(())
        } else {
            self.header.app().map_or(Ok(()), Err)
        }
    }

    fn decide(mut self) -> Result<Plan, HeaderFault> {
        self.check_export()?;
        let athlete = self.athlete()?;
        let date = self.date()?;
        let mut columns = self.plain_columns()?;
        columns.push((Column::Date, date));
        self.site_by_cells(&mut columns);
        let (ratings, any_pain) = self.ratings()?;
        let places_in = self.places_in(&ratings, &columns);
        let left_letter = self.left_letter(&columns);
        self.tell_of_open_letters(&ratings);
        self.ostrc_columns(&mut columns);
        let has_ostrc = columns
            .iter()
            .any(|(column, _)| ostrc_question(*column).is_some());
        if ratings.is_empty() && !has_ostrc {
            return Err(self.no_ratings(any_pain));
        }
        let sleep = self.sleep(&mut columns);
        columns.sort_unstable();
        self.say_where_the_header_is();
        self.tell_of_unread_numbers(&ratings, &columns);
        let others = self
            .first_of(|meaning| meaning == Meaning::Others)
            .filter(|index| self.is_zero_column(*index));
        let year_first = self.cells_of(date).begins_with_year();
        let year_last = !year_first && self.cells_of(date).ends_with_year();
        let mut plan = Plan {
            line: self.header.line,
            delimiter: self.header.delimiter,
            names: self.header.written,
            columns,
            ratings,
            any_pain,
            ticks: self.ticks,
            date_parts: self.date_parts.map(|(parts, _)| parts),
            places_in,
            left_letter,
            year_first,
            year_last,
            others,
            athlete,
            searched: Vec::new(),
            sleep,
            understood: self.understood,
            remarks: self.remarks,
        };
        plan.searched = searched(&plan, &self.header.names, &self.named);
        let is_searched = plan.index(Column::Notes).is_some() || !plan.searched.is_empty();
        if is_searched && self.header.names.iter().any(Name::is_foreign) {
            plan.remarks
                .push(format!("The notes are in a language that niggle does not search for signs ({SEARCHED} are)."));
        }
        let left = self
            .left
            .iter()
            .filter(|(index, _)| plan.read_as(*index).is_none());
        let left: Vec<String> = left.map(|(_, reason)| reason.clone()).collect();
        plan.understood.extend(left);
        Ok(plan)
    }

    /// Whether a column is certainly about pain.
    fn names_pain(&self) -> bool {
        self.first_of(
            |meaning| matches!(meaning, Meaning::Rating(rating) if rating.sure >= Sure::Question),
        )
        .is_some()
    }

    fn say_where_the_header_is(&mut self) {
        let Header {
            line,
            above,
            is_double,
            ..
        } = self.header;
        if is_double {
            self.understood.push(format!(
                "The header is two rows, the second in line {line}."
            ));
        } else if above > 0 {
            self.understood.push(format!(
                "The header stands in line {line}; what stands above it is not read."
            ));
        }
    }

    /// Whose rows count. Several people in one log are refused unless one is picked.
    fn athlete(&mut self) -> Result<Option<(usize, String)>, HeaderFault> {
        let is_ignored = |index: &usize| self.named.get(index) == Some(&"ignore");
        let people = self.all_of(|meaning| matches!(meaning, Meaning::Person | Meaning::RowNumber));
        let by_name = people
            .into_iter()
            .filter(|index| !is_ignored(index))
            .find(|index| self.tells_people_apart(*index));
        // A column whose name says nothing counts where its cells give each day a row for each of a few names.
        let column = by_name.or(self
            .people_by_cells
            .first()
            .copied()
            .filter(|index| !is_ignored(index)));
        match (&self.options.athlete, column) {
            (None, None) => Ok(None),
            (None, Some(index)) => {
                let distinct = &self.cells_of(index).distinct;
                let examples: Vec<String> =
                    distinct.keys().take(3).map(|name| clipped(name)).collect();
                let more = if distinct.len() > 3 { ", …" } else { "" };
                let (column, examples) = (self.name(index), examples.join(", ") + more);
                Err(HeaderFault::SeveralPeople {
                    column,
                    count: distinct.len(),
                    examples,
                })
            }
            (Some(wanted), column) => {
                let column = column.or_else(|| self.first_of(|meaning| meaning == Meaning::Person));
                let Some(index) = column else {
                    let column = "no column of the log names people".to_string();
                    return Err(HeaderFault::NoSuchPerson {
                        wanted: clipped(wanted),
                        column,
                    });
                };
                let distinct = &self.cells_of(index).distinct;
                let Some(name) = distinct
                    .keys()
                    .find(|name| name.to_lowercase() == wanted.trim().to_lowercase())
                else {
                    let names: Vec<String> =
                        distinct.keys().take(5).map(|name| clipped(name)).collect();
                    let column =
                        format!("the column {} holds {}", self.name(index), names.join(", "));
                    return Err(HeaderFault::NoSuchPerson {
                        wanted: clipped(wanted),
                        column,
                    });
                };
                let name = name.clone();
                self.understood.push(format!(
                    "Only the rows of {} in {} are read.",
                    clipped(&name),
                    self.name(index)
                ));
                Ok(Some((index, name)))
            }
        }
    }

    /// Whether a column holds several people: a name that comes back. One number for each row counts rows.
    fn tells_people_apart(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let is_named = self.named.get(&index) == Some(&"athlete");
        let is_counter = cells.distinct.len() == cells.filled && cells.filled > 2;
        let is_mail = cells.distinct.keys().all(|name| name.contains('@'));
        let is_number = self.meaning(index) == Meaning::RowNumber;
        // `Name` also heads weekdays and titles of runs: then no day has two of them.
        let name = self
            .header
            .names
            .get(index)
            .map_or("", |name| name.folded.as_str());
        let is_any_name = matches!(
            name,
            "name"
                | "nom"
                | "nombre"
                | "nome"
                | "naam"
                | "code"
                | "no"
                | "nr"
                | "number"
                | "member"
        );
        let is_title = is_any_name && self.never_shared.contains(&index);
        cells.distinct.len() > 1
            && (is_named || (!is_counter && !is_title) || (is_mail && !is_number))
    }

    /// The day's column: the day of the pain before the time at which a form was sent in.
    fn date(&mut self) -> Result<usize, HeaderFault> {
        let named = self
            .named
            .iter()
            .find(|(_, role)| **role == "date")
            .map(|(index, _)| *index);
        let has_dates = |index: &usize| self.cells_of(*index).dates > 0;
        let own = self.all_of(|meaning| meaning == Meaning::Is(Column::Date, Own::Own));
        let days = self.all_of(|meaning| meaning == Meaning::Is(Column::Date, Own::Synonym));
        let stamps = self.all_of(|meaning| meaning == Meaning::Stamp);
        if let [first, second, ..] = own.as_slice()
            && named.is_none()
        {
            return Err(self.doubled("date", *first, *second));
        }
        let day = own.iter().chain(&days).copied().find(has_dates);
        // A day in three columns counts where no column holds whole days.
        let parts = self
            .date_parts
            .filter(|(_, dated)| *dated > 0 && day.is_none() && named.is_none());
        let day = day.or(parts.map(|(parts, _)| parts.day));
        let rival = day
            .filter(|day| !own.contains(day) && parts.is_none())
            .and_then(|day| {
                days.iter()
                    .copied()
                    .filter(has_dates)
                    .find(|other| *other != day)
            });
        if let (Some(day), Some(rival), None) = (day, rival, named) {
            return Err(self.doubled("date", day, rival));
        }
        let stamp = stamps.iter().copied().find(has_dates);
        let chosen = named
            .or(day)
            .or(stamp)
            .or(own.first().copied())
            .or(days.first().copied())
            .or(stamps.first().copied());
        let Some(chosen) = chosen else {
            return Err(HeaderFault::no_date(self.header.found(), String::new()));
        };
        self.date_parts = parts;
        if let Some(stamp) = stamp.filter(|stamp| *stamp != chosen) {
            let (day, stamp) = (self.name(chosen), self.name(stamp));
            self.understood.push(format!(
                "The day is {day}; {stamp}, when the row was sent in, is not read."
            ));
        }
        Ok(chosen)
    }

    fn doubled(&self, meaning: &'static str, first: usize, second: usize) -> HeaderFault {
        HeaderFault::DoubledColumn {
            meaning,
            first: self.name(first),
            second: self.name(second),
        }
    }

    /// Columns of niggle's own log by name, left to right, its own names first. A known name twice is ambiguous.
    fn plain_columns(&self) -> Result<Vec<(Column, usize)>, HeaderFault> {
        let mut columns = Vec::new();
        for (column, ..) in super::columns::COLUMNS
            .iter()
            .filter(|(column, ..)| *column != Column::Date)
        {
            let forced = self
                .named
                .iter()
                .find(|(_, role)| **role == column.name())
                .map(|(index, _)| *index);
            let own = self.all_of(|meaning| meaning == Meaning::Is(*column, Own::Own));
            let synonyms = self.all_of(|meaning| meaning == Meaning::Is(*column, Own::Synonym));
            if let ([first, second, ..], None) = (own.as_slice(), forced) {
                return Err(self.doubled(column.name(), *first, *second));
            }
            let first = forced
                .or(own.first().copied())
                .or(synonyms.first().copied());
            columns.extend(first.map(|index| (*column, index)));
        }
        Ok(columns)
    }

    /// The columns that rate pain, and the one that answers yes or no.
    fn ratings(&mut self) -> Result<(Vec<RatingColumn>, Option<usize>), HeaderFault> {
        let mut candidates = Vec::new();
        let mut any_pain = self
            .named
            .iter()
            .find(|(_, role)| **role == "any_pain")
            .map(|(index, _)| *index);
        for index in self.all_of(|meaning| matches!(meaning, Meaning::Rating(_))) {
            let Meaning::Rating(rating) = self.meaning(index) else {
                continue;
            };
            let cells = self.cells_of(index);
            if let (Some(place), true) = (rating.place, self.is_ticked(cells)) {
                self.ticks.push((index, place));
            } else if cells.is_yes_no() || self.is_zero_or_one(index) {
                any_pain = any_pain.or(Some(index));
            } else {
                // A list of injured places says more than how sore all is.
                let is_list = cells.lists > 0 && cells.lists * 2 >= cells.filled;
                let sure = if is_list {
                    rating.sure.max(Sure::Question)
                } else {
                    rating.sure
                };
                candidates.push((index, Rating { sure, ..rating }));
            }
        }
        // What the cells disprove is no rival of the rest.
        candidates.retain(|(index, rating)| {
            let reason = self.disproved(*index, *rating);
            self.is_kept(*index, reason)
        });
        let open = candidates
            .iter()
            .filter(|(_, rating)| rating.place.is_none() && rating.moment.is_none());
        let best = open.map(|(_, rating)| rating.sure).max();
        candidates.retain(|(index, rating)| {
            let reason = self.outdone(*index, *rating, best);
            self.is_kept(*index, reason)
        });
        let (placed, plain): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .partition(|(_, rating)| rating.place.is_some());
        let (moments, plain): (Vec<_>, Vec<_>) = plain
            .into_iter()
            .partition(|(_, rating)| rating.moment.is_some());
        let plain = self.one_of(plain)?;
        self.check_doubles(&placed, &moments)?;
        let general = placed.len() > usize::from(plain.is_some());
        let mut ratings: Vec<(usize, Rating, bool)> = placed
            .into_iter()
            .chain(moments)
            .map(|(i, r)| (i, r, false))
            .collect();
        ratings.extend(plain.map(|(index, rating)| (index, rating, general)));
        ratings.sort_by_key(|(index, ..)| *index);
        self.check_names_of_scales(&ratings)?;
        let scale = self.scale(&ratings)?;
        let column = |(index, rating, general): (usize, Rating, bool)| RatingColumn {
            index,
            place: rating.place,
            moment: rating.moment,
            general,
            scale: self.own_scale(index, rating).unwrap_or(scale),
        };
        let ratings = ratings.into_iter().map(column).collect();
        Ok((ratings, any_pain))
    }

    /// Whether a column about a place is ticked where it hurts: marks, or yes and no.
    fn is_ticked(&self, cells: &Cells) -> bool {
        cells.filled > 0 && cells.numbers == 0 && (cells.ticks == cells.filled || cells.is_yes_no())
    }

    /// Why the cells of a candidate cannot be ratings of pain, or why it is none in this company.
    fn disproved(&self, index: usize, rating: Rating) -> Option<String> {
        let cells = self.cells_of(index);
        match rating.sure {
            _ if self.named.contains_key(&index) => None,
            Sure::Weak => self
                .training()
                .map(|columns| format!("its file also has {columns}")),
            Sure::BareMoment | Sure::BarePlace if cells.above_ten + cells.beyond > 0 => {
                Some("it holds numbers above 10".to_string())
            }
            Sure::BareMoment | Sure::BarePlace
                if cells.filled > 0 && cells.text > cells.numbers + cells.words =>
            {
                Some("its cells are text".to_string())
            }
            Sure::BareMoment if self.bare_moments() < 2 => {
                Some("a moment alone can be anything".to_string())
            }
            Sure::Soreness
                if self
                    .header
                    .names
                    .get(index)
                    .is_some_and(|name| name.high_is_good) =>
            {
                Some(format!(
                    "its high end is the good one; turn it round and say {COLUMN} pain=NAME"
                ))
            }
            Sure::Soreness if self.direction_is_open(index) => {
                let help = format!("say {COLUMN} pain=NAME and {PAIN_SCALE} 1-5");
                Some(format!(
                    "it has no 0, so which end is sore cannot be told ({help})"
                ))
            }
            Sure::Loose if cells.filled > 0 && !cells.has_ratings() => {
                Some("its cells are text".to_string())
            }
            _ => None,
        }
    }

    /// Why a candidate is not taken beside a surer one.
    fn outdone(&self, index: usize, rating: Rating, best: Option<Sure>) -> Option<String> {
        let is_open = rating.place.is_none() && rating.moment.is_none();
        let is_outdone = match rating.sure {
            _ if self.named.contains_key(&index) => false,
            Sure::Weak | Sure::Soreness | Sure::Injury | Sure::Loose => {
                is_open && best > Some(rating.sure)
            }
            Sure::BareMoment => best.is_some(),
            _ => false,
        };
        is_outdone.then(|| "the log has a column for pain".to_string())
    }

    /// Whether a candidate is kept; a reason against it is kept with it.
    fn is_kept(&mut self, index: usize, reason: Option<String>) -> bool {
        let Some(reason) = reason else { return true };
        let sentence = format!(
            "Column {} was not taken for pain: {reason}.",
            self.name(index)
        );
        self.left.push((index, sentence));
        false
    }

    /// Whether soreness runs from 1: then nothing tells whether 1 or the other end is sore.
    fn direction_is_open(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let scale = self
            .options
            .scale
            .or(self.header.names.get(index).and_then(|name| name.scale));
        scale.is_none() && cells.zeros == 0 && cells.numbers > 0
    }

    /// Columns called before, during, after or morning alone: evening and night head columns of many kinds, unless the log has a
    /// column for the place.
    fn bare_moments(&self) -> usize {
        use crate::pain::Moment::{After, Before, During, Evening, Morning};
        let has_site = self
            .first_of(|meaning| matches!(meaning, Meaning::Is(Column::Site, _)))
            .is_some();
        let of_a_run = |rating: Rating| match rating.moment {
            Some(Before | During | After | Morning) => rating.sure == Sure::BareMoment,
            Some(Evening) => rating.sure == Sure::BareMoment && has_site,
            _ => false,
        };
        self.all_of(|meaning| matches!(meaning, Meaning::Rating(rating) if of_a_run(rating)))
            .len()
    }

    /// Names of columns that show a log of training or well-being.
    fn training(&self) -> Option<String> {
        let is_training =
            |meaning| matches!(meaning, Meaning::Training | Meaning::Is(Column::Rpe, _));
        let names: Vec<String> = self
            .all_of(is_training)
            .into_iter()
            .take(2)
            .map(|index| self.name(index))
            .collect();
        (!names.is_empty()).then(|| names.join(" and "))
    }

    /// The one column of those without place and moment: the surest, and of equals the one that asks for the worst.
    fn one_of(&self, plain: Vec<(usize, Rating)>) -> Result<Option<(usize, Rating)>, HeaderFault> {
        let Some(best) = plain.iter().map(|(_, rating)| rating.sure).max() else {
            return Ok(None);
        };
        let mut equals: Vec<(usize, Rating)> = plain
            .into_iter()
            .filter(|(_, rating)| rating.sure == best)
            .collect();
        let asks_for_worst = |index: usize| {
            let name = self
                .header
                .names
                .get(index)
                .map_or("", |name| name.folded.as_str());
            name.split(' ').any(|word| {
                matches!(
                    word,
                    "worst" | "max" | "maximum" | "highest" | "peak" | "maximal" | "pire"
                )
            })
        };
        let has_values = |(index, _): &(usize, Rating)| self.cells_of(*index).has_ratings();
        if equals.len() > 1 && equals.iter().any(has_values) {
            equals.retain(has_values);
        }
        if equals.len() > 1 && equals.iter().any(|(index, _)| asks_for_worst(*index)) {
            equals.retain(|(index, _)| asks_for_worst(*index));
        }
        match equals.as_slice() {
            [(first, _), (second, _), ..] => Err(self.doubled("pain", *first, *second)),
            one => Ok(one.first().copied()),
        }
    }

    fn check_doubles(
        &self,
        placed: &[(usize, Rating)],
        moments: &[(usize, Rating)],
    ) -> Result<(), HeaderFault> {
        for (list, meaning) in [
            (placed, "pain at one place"),
            (moments, "pain at one moment"),
        ] {
            for (at, (index, rating)) in list.iter().enumerate() {
                let same = |(_, other): &&(usize, Rating)| {
                    (other.place, other.moment) == (rating.place, rating.moment)
                };
                if let Some((other, _)) = list.iter().skip(at + 1).find(same) {
                    return Err(self.doubled(meaning, *index, *other));
                }
            }
        }
        Ok(())
    }

    /// The scale that a column has of its own: by its name, or as training platforms rate injuries.
    fn own_scale(&self, index: usize, rating: Rating) -> Option<Scale> {
        let cells = self.cells_of(index);
        let by_name = self.header.names.get(index).and_then(|name| name.scale);
        // "1-10" above zeros is 0-10 said loosely.
        let by_name = by_name.map(|scale| match scale {
            Scale::OneToTen if cells.zeros > 0 || cells.ones * 2 < cells.numbers => {
                Scale::ZeroToTen
            }
            Scale::OneToFive if cells.zeros > 0 => Scale::ZeroToFive,
            scale => scale,
        });
        let is_four_words = rating.sure == Sure::Injury
            && cells.zeros == 0
            && cells.numbers > 0
            && cells.most <= 4.0;
        self.options
            .scale
            .or(by_name)
            .or(is_four_words.then_some(Scale::OneToFour))
    }

    /// A name that says another scale than niggle knows is believed: its numbers are not of 0–10.
    fn check_names_of_scales(&self, ratings: &[(usize, Rating, bool)]) -> Result<(), HeaderFault> {
        let turned = |(index, ..): &&(usize, Rating, bool)| {
            !self.named.contains_key(index)
                && self
                    .header
                    .names
                    .get(*index)
                    .is_some_and(|name| name.high_is_good)
        };
        if let Some((index, ..)) = ratings.iter().find(turned) {
            let name = self.name(*index);
            return Err(HeaderFault::OpenScale {
                found: format!(
                    "the high end of the column {name} is the good one, which is pain turned round"
                ),
                options: "Turn the numbers round (10 minus the number), so that 0 is no pain; then name it with --column pain=NAME.",
            });
        }
        let other = |(index, ..): &(usize, Rating, bool)| {
            let ends = self
                .header
                .names
                .get(*index)
                .and_then(|name| name.other_scale)?;
            (self.options.scale.is_none() && self.cells_of(*index).most <= f64::from(ends.1))
                .then_some((*index, ends))
        };
        let Some((index, (least, most))) = ratings.iter().find_map(other) else {
            return Ok(());
        };
        let name = self.name(index);
        Err(HeaderFault::OpenScale {
            found: format!(
                "the column {name} is on a scale of {least}–{most}, which niggle does not know"
            ),
            options: "Write numbers from 0 to 10, or say the scale that comes closest with --pain-scale 0-5, 1-5, 1-4, 1-10 or 0-100.",
        })
    }

    /// The scale of the columns whose name says none: 0–10, unless the cells of all of them show that it cannot be.
    fn scale(&mut self, ratings: &[(usize, Rating, bool)]) -> Result<Scale, HeaderFault> {
        let open: Vec<&Cells> = ratings
            .iter()
            .filter(|(index, rating, _)| self.own_scale(*index, *rating).is_none())
            .map(|(index, ..)| self.cells_of(*index))
            .collect();
        let sum = |count: fn(&Cells) -> usize| open.iter().map(|cells| count(cells)).sum::<usize>();
        let (numbers, zeros, ones) = (sum(|c| c.numbers), sum(|c| c.zeros), sum(|c| c.ones));
        let (above, upper) = (sum(|c| c.above_ten), sum(|c| c.upper_half));
        let most = open.iter().map(|cells| cells.most).fold(0.0, f64::max);
        let hurting = numbers.saturating_sub(zeros);
        if above >= 2 && above * 10 >= hurting {
            return Err(HeaderFault::OpenScale {
                found: format!(
                    "{} above 10, so the ratings are on no scale of 0–10",
                    counted(above, "rating lies", "ratings lie")
                ),
                options: "Say which scale it is: --pain-scale 0-100 for a line of 100 mm; rows above 10 that are slips of the pen must be corrected.",
            });
        }
        if zeros == 0 && above == 0 && self.nowhere.0 >= 3 && self.nowhere.1 == 0 && numbers > 0 {
            let scale = if upper > 0 {
                Scale::OneToTen
            } else {
                Scale::OneToFive
            };
            let days = counted(
                self.nowhere.0,
                "row that names no place is",
                "rows that name no place are",
            );
            self.understood.push(format!(
                "{days} rated 1, so 1 means nothing: the scale was taken for {}.",
                scale.as_str()
            ));
            return Ok(scale);
        }
        if zeros == 0 && above == 0 && numbers >= ENOUGH && ones * 2 >= numbers {
            return Err(HeaderFault::OpenScale {
                found: format!(
                    "no rating is 0, and {ones} of {numbers} are 1, which may mean no pain"
                ),
                options: "If it does, say --pain-scale 1-5 (or 1-4, 1-10); if 1 is pain, say --pain-scale 0-10.",
            });
        }
        let whole = sum(|c| c.fractions) == 0;
        if whole
            && upper == 0
            && above + sum(|c| c.beyond) == 0
            && numbers >= ENOUGH
            && hurting > 0
            && !ratings.is_empty()
        {
            self.understood.push(format!(
                "No rating is above {} of 10; if your scale ends at 5, say --pain-scale 0-5.",
                crate::units::number(most, 0)
            ));
        }
        Ok(Scale::ZeroToTen)
    }

    /// Whether a column about pain is coded 0 and 1, which its name says: `Pain (0 = no, 1 = yes)`.
    fn is_zero_or_one(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        let name = self
            .header
            .written
            .get(index)
            .map(|name| super::super::words::fold(name))
            .unwrap_or_default();
        let says_so = [
            "0 no", "1 yes", "yes no", "y n", "0 1", "no 0", "yes 1", "ja nein", "oui non", "si no",
        ];
        cells.numbers == cells.zeros + cells.ones
            && says_so
                .iter()
                .any(|words| format!(" {name} ").contains(&format!(" {words} ")))
    }

    /// A column without a meaning is the site where most of its cells are places, if no other is.
    fn site_by_cells(&mut self, columns: &mut Vec<(Column, usize)>) {
        if columns.iter().any(|(column, _)| *column == Column::Site) {
            return;
        }
        let is_site = |cells: &Cells| {
            cells.places >= 2 && cells.places * 5 >= cells.tried * 3 && cells.numbers == 0
        };
        let unknown = self.all_of(|meaning| meaning == Meaning::Unknown);
        let found = unknown
            .into_iter()
            .find(|index| is_site(self.cells_of(*index)));
        if let Some(index) = found {
            self.understood.push(format!(
                "Column {} holds places, so it was taken for the site.",
                self.name(index)
            ));
            columns.push((Column::Site, index));
        }
    }

    /// Numbers that nobody reads, beside columns of places or without a name, may be pain: that is told.
    fn tell_of_unread_numbers(&mut self, ratings: &[RatingColumn], columns: &[(Column, usize)]) {
        let is_wide = ratings
            .iter()
            .filter(|column| column.place.is_some())
            .count()
            > 1;
        let is_free = |index: &usize| !columns.iter().any(|(_, used)| used == index);
        let like_ratings =
            |cells: &Cells| cells.numbers > 2 && cells.above_ten + cells.beyond + cells.text == 0;
        let unknown = self
            .all_of(|meaning| meaning == Meaning::Unknown)
            .into_iter()
            .filter(is_free);
        let unread: Vec<String> = unknown
            .filter(|index| {
                like_ratings(self.cells_of(*index)) && (is_wide || self.name(*index).is_empty())
            })
            .map(|index| match self.name(index) {
                name if name.is_empty() => format!("column {}", index + 1),
                name => name,
            })
            .collect();
        if !unread.is_empty() {
            self.remarks.push(format!(
                "Numbers from 0 to 10 in {} were not read: if they rate pain, give the column a name that says where, or say --column pain=NAME.",
                unread.join(", ")
            ));
        }
    }

    /// What is wrong with a log that rates nothing.
    fn no_ratings(&self, any_pain: Option<usize>) -> HeaderFault {
        if let Some(index) = any_pain {
            return HeaderFault::YesNo {
                column: self.name(index),
            };
        }
        if let Some(fault) = self.header.app() {
            return fault;
        }
        let left: String = self
            .left
            .iter()
            .take(3)
            .map(|(_, sentence)| format!(" {sentence}"))
            .collect();
        HeaderFault::no_pain(self.header.found(), left)
    }

    /// The four questions by names that mean other things elsewhere: taken where their cells are answers.
    fn ostrc_columns(&mut self, columns: &mut Vec<(Column, usize)>) {
        let loose = self.all_of(|meaning| matches!(meaning, Meaning::LooseOstrc(_)));
        let answers: Vec<usize> = loose
            .iter()
            .copied()
            .filter(|index| self.holds_answers(*index))
            .collect();
        let named = columns
            .iter()
            .filter(|(column, _)| ostrc_question(*column).is_some())
            .count();
        let is_questionnaire = answers.len() + named >= 3;
        for index in loose {
            let Meaning::LooseOstrc(question) = self.meaning(index) else {
                continue;
            };
            let Some(column) = Column::ostrc(question) else {
                continue;
            };
            let is_free = !columns.iter().any(|(known, _)| *known == column);
            if is_questionnaire && answers.contains(&index) && is_free {
                columns.push((column, index));
            } else if question == 3
                && self.header.names.get(index).is_some_and(|name| {
                    name.folded.starts_with("sym") || name.folded.starts_with("sin")
                })
            {
                let has_signs = columns.iter().any(|(known, _)| *known == Column::Signs);
                columns.extend((!has_signs).then_some((Column::Signs, index)));
            }
        }
    }

    /// Whether a column's cells can be answers to an OSTRC question: points, or the answers' words.
    fn holds_answers(&self, index: usize) -> bool {
        let column = self.cells_of(index);
        let Meaning::LooseOstrc(question) = self.meaning(index) else {
            return false;
        };
        let answer = cells::ostrc(&column.example, question, OstrcCoding::Points, self.words);
        if column.numbers == 0 {
            return matches!(answer, Ok(Some(_)));
        }
        // `Q1` heads the questions of any form: only points are answers there, small numbers can be anything.
        let is_letter = self
            .header
            .names
            .get(index)
            .is_some_and(|name| name.folded.len() == 2);
        let is_small = column.most <= 4.0 && !is_letter;
        let is_points = column.most == 8.0 || column.most >= 13.0;
        let is_possible =
            column.beyond == 0 && column.most <= f64::from(ostrc::NO_PARTICIPATION_POINTS);
        is_possible && column.fractions == 0 && (is_small || is_points)
    }

    /// The unit of sleep; a column that can only be a quality is left out.
    fn sleep(&mut self, columns: &mut Vec<(Column, usize)>) -> TimeUnit {
        self.sleep_quality(columns);
        let Some(index) = columns
            .iter()
            .find(|(column, _)| *column == Column::SleepHours)
            .map(|(_, index)| *index)
        else {
            return TimeUnit::Hours;
        };
        let cells = self.cells_of(index);
        let unit = self.header.names.get(index).and_then(|name| name.unit);
        if unit.is_some() || self.named.contains_key(&index) {
            return unit.unwrap_or(TimeUnit::Hours);
        }
        let own = self
            .header
            .names
            .get(index)
            .is_some_and(|name| name.meaning == Meaning::Is(Column::SleepHours, Own::Own));
        if cells.fractions == 0 && (100.0..=960.0).contains(&cells.most) {
            return TimeUnit::Minutes;
        }
        let many_long = (cells.upper_half + cells.above_ten) * 2 >= cells.numbers;
        if own || cells.fractions > 0 || cells.clocks > 0 || cells.filled == 0 || many_long {
            return TimeUnit::Hours;
        }
        let name = self.name(index);
        self.remarks.push(format!(
            "Column {name} is never above {} and has no fractions, so it is a quality of sleep and no hours; which end is good cannot be told. It was left out.",
            crate::units::number(cells.most, 0)
        ));
        columns.retain(|(column, _)| *column != Column::SleepHours);
        TimeUnit::Hours
    }

    /// A quality of sleep from 1 to 7 is another scale, and its good end is not known.
    fn sleep_quality(&mut self, columns: &mut Vec<(Column, usize)>) {
        let quality = columns
            .iter()
            .find(|(column, _)| *column == Column::SleepQuality)
            .map(|(_, index)| *index);
        if let Some(index) = quality.filter(|index| self.cells_of(*index).most > 5.0) {
            let name = self.name(index);
            self.remarks.push(format!(
                "Column {name} goes beyond 5, so its scale is not niggle's 1 (bad) to 5 (good). It was left out."
            ));
            columns.retain(|(column, _)| *column != Column::SleepQuality);
        }
    }

    /// Whether "others" holds numbers: `others=0` declares them free.
    fn is_zero_column(&self, index: usize) -> bool {
        let cells = self.cells_of(index);
        cells.filled == 0 || cells.zeros > 0
    }
}

/// Columns without a meaning whose text is searched for signs; not those of people, counters and times of sending.
fn searched(plan: &Plan, names: &[Name], named: &BTreeMap<usize, &'static str>) -> Vec<usize> {
    let is_of_no_use = |index: usize| {
        let meaning = names.get(index).map(|name| name.meaning);
        matches!(
            meaning,
            Some(Meaning::Person | Meaning::RowNumber | Meaning::Stamp)
        )
    };
    let is_ignored = |index: usize| named.get(&index) == Some(&"ignore");
    let all = 0..plan.names.len();
    all.filter(|index| {
        plan.read_as(*index).is_none() && !is_ignored(*index) && !is_of_no_use(*index)
    })
    .collect()
}

fn is_number_column(column: Column) -> bool {
    matches!(column, Column::SleepHours | Column::SleepQuality) || ostrc_question(column).is_some()
}

/// 0 for the first question; None for any other column.
fn ostrc_question(column: Column) -> Option<usize> {
    (0..4).find(|question| Column::ostrc(*question) == Some(column))
}
