//! `activities.csv`: one activity a row.

use super::{
    columns::Columns,
    dates::{self, Doubt, Order},
    numbers::{Decimal, number, seconds},
    shoes::gear_key,
    table::{Row, Table},
    trouble::{OPEN_QUOTE, Trouble},
    words::{Column, Language},
};
use crate::{
    exports::facts::Listed,
    model::{Activity, Format, Sport, Totals},
    problem::{Code, Effect, Problem},
    sport::{Writer, meant},
    text::line::one_line,
};

/// Longest title kept, characters.
const TITLE_CHARS: usize = 256;
/// Share of the rows that must agree on the unit of a distance.
const AGREEING: f64 = 0.8;
/// Speeds over the elapsed time that running can have, m/s: what tells metres from kilometres where nothing else does.
const SPEEDS_M_S: std::ops::RangeInclusive<f64> = 0.3..=8.0;
/// Metre, kilometre, international mile, m.
const UNITS_M: [f64; 3] = [1.0, 1000.0, 1609.344];
/// Columns for machines whose values have fractions.
const MEASURES: &[Column] = &[
    Column::Speed,
    Column::Moving,
    Column::Ascent,
    Column::Descent,
    Column::HeartRateMean,
];
/// Values of a session RPE, CR-10.
const EXERTION: std::ops::RangeInclusive<f64> = 1.0..=10.0;

/// Every row as an activity without samples.
pub(super) fn read(table: &Table, columns: &Columns) -> (Vec<Listed>, Vec<Problem>) {
    let mut reader = Reader::new(table, columns);
    let listed = table
        .rows
        .iter()
        .filter_map(|row| reader.listed(row))
        .collect();
    (listed, reader.trouble.problems())
}

/// How the cells of one file are read.
struct Reader<'a> {
    columns: &'a Columns,
    order: Order,
    /// Metres in one unit of the distance for people; None when it is not known.
    unit_m: Option<f64>,
    /// How the distance for people is written.
    people: Decimal,
    /// How the columns for machines are written: with a point, unless a spreadsheet saved them anew.
    machine: Decimal,
    trouble: Trouble,
}

impl<'a> Reader<'a> {
    fn new(table: &Table, columns: &'a Columns) -> Self {
        let dates = columns.places(Column::Date).iter();
        let dates = dates.flat_map(|place| table.column(*place));
        let (order, doubt) = dates::settle(dates, columns.language);
        let mut reader = Reader {
            columns,
            order,
            unit_m: columns.is_old.then_some(1.0),
            people: decimal_for_people(table, columns),
            machine: decimal_for_machines(table, columns),
            trouble: Trouble::default(),
        };
        if !columns.is_old {
            reader.unit_m = unit_m(&reader, table);
        }
        reader.doubt(doubt);
        reader.the_end(table);
        reader.uneven(table);
        reader.by_order();
        reader
    }

    fn listed(&mut self, row: &Row) -> Option<Listed> {
        let id = self.text(row, Column::Id);
        let file = self.text(row, Column::File);
        let start_unix_s = self.start(row);
        if id.is_none() && file.is_none() && start_unix_s.is_none() {
            let detail = "the row names no activity, no file and no date";
            self.trouble
                .damaged(row.number, Effect::PartLost, detail, "It was left out.");
            return None;
        }
        let activity = self.activity(row, start_unix_s);
        Some(Listed {
            place: format!("row {}", row.number),
            id,
            file,
            shoe: self.shoe(row, activity.sport),
            activity,
        })
    }

    fn activity(&mut self, row: &Row, start_unix_s: Option<f64>) -> Activity {
        let (sport, sub_sport) = self.sport(row);
        let title = self.text(row, Column::Title);
        Activity {
            sport,
            sub_sport,
            name: title.map(|title| title.chars().take(TITLE_CHARS).collect()),
            comment: self.comment(row),
            start_unix_s,
            totals: self.totals(row, sport),
            ..Activity::empty(Format::Export)
        }
    }

    /// The description and the private note, as they were written.
    fn comment(&self, row: &Row) -> Option<Box<str>> {
        let places = self.columns.places(Column::Comment).iter();
        let cells = places.map(|place| row.cell(*place));
        let written: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        (!written.is_empty()).then(|| written.join("\n").into_boxed_str())
    }

    fn shoe(&self, row: &Row, sport: Sport) -> Option<String> {
        let gear = self.text(row, Column::Gear)?;
        sport.is_running().then(|| gear_key(&gear))
    }

    /// The first of a column's cells that holds something.
    fn text(&self, row: &Row, column: Column) -> Option<String> {
        let places = self.columns.places(column).iter();
        let cells = places.map(|place| row.cell(*place));
        cells.map(one_line).find(|text| !text.is_empty())
    }

    fn start(&mut self, row: &Row) -> Option<f64> {
        let cell = self.text(row, Column::Date).unwrap_or_default();
        let start = dates::unix_s(&cell, self.order);
        if start.is_none() {
            self.note_no_start(row, &cell);
        }
        start
    }

    fn note_no_start(&mut self, row: &Row, cell: &str) {
        self.trouble.row(
            row.number,
            cell,
            Code::ExportDamaged,
            Effect::PartLost,
            no_start(cell),
            "The activity has no time of its own; it counts only with its recording.",
        );
    }

    fn sport(&mut self, row: &Row) -> (Sport, &'static str) {
        let Some(word) = self.text(row, Column::Type) else {
            return (Sport::UNKNOWN, "generic");
        };
        meant(&word, Writer::Strava).unwrap_or_else(|| {
            self.note_unknown_type(row, &word);
            (Sport::OTHER, "generic")
        })
    }

    fn note_unknown_type(&mut self, row: &Row, word: &str) {
        let detail = "an activity type that niggle does not know";
        self.trouble.row(
            row.number,
            word,
            Code::OtherSport,
            Effect::Noted,
            detail,
            "It was not taken for running.",
        );
    }

    fn totals(&mut self, row: &Row, sport: Sport) -> Totals {
        let positive = |value: &f64| *value > 0.0;
        Totals {
            distance_m: self.distance_m(row, sport),
            timer_s: self.value(row, Column::Timer).filter(positive),
            whole_timer_s: None,
            elapsed_s: self.value(row, Column::Elapsed).filter(positive),
            moving_s: self.value(row, Column::Moving).filter(positive),
            ascent_m: self.value(row, Column::Ascent),
            descent_m: self.value(row, Column::Descent),
            heart_rate_mean_bpm: self.value(row, Column::HeartRateMean).filter(positive),
            heart_rate_max_bpm: self.value(row, Column::HeartRateMax).filter(positive),
            cadence_mean_raw: self.value(row, Column::Cadence).filter(positive),
            session_rpe: self.exertion(row),
            feel: None,
        }
    }

    /// The machine's distance, else the one for people in its unit.
    fn distance_m(&mut self, row: &Row, sport: Sport) -> Option<f64> {
        let cell = self.machine_cell(row, Column::Distance);
        match self.checked(row, Column::Distance, cell, number(cell, self.machine)) {
            Some(metres) => Some(metres).filter(|metres| *metres > 0.0),
            // Strava shows lengths in a pool in metres or yards, whatever the unit of the others.
            None if sport == Sport("swimming") => None,
            None => self.distance_for_people_m(row, sport),
        }
    }

    fn distance_for_people_m(&mut self, row: &Row, sport: Sport) -> Option<f64> {
        let places = self.columns.places(Column::Distance);
        let shown = places.first().map_or("", |place| row.cell(*place));
        let value = self
            .checked(row, Column::Distance, shown, number(shown, self.people))
            .filter(|value| *value > 0.0)?;
        match self.unit_m {
            Some(unit_m) => Some(value * unit_m),
            // Nothing but runs is counted: what other sports cover is not worth a guess.
            None if !sport.is_running() => None,
            None => {
                self.note_no_unit(row, shown);
                Some(value * 1000.0)
            }
        }
    }

    fn note_no_unit(&mut self, row: &Row, shown: &str) {
        let detail = "a distance whose unit nothing tells";
        self.trouble.row(
            row.number,
            shown,
            Code::DistanceMismatch,
            Effect::Noted,
            detail,
            "It was taken for kilometres.",
        );
    }

    fn exertion(&mut self, row: &Row) -> Option<f64> {
        let value = self
            .value(row, Column::Exertion)
            .filter(|value| *value > 0.0)?;
        if EXERTION.contains(&value) {
            return Some(value);
        }
        self.note_bad_exertion(row);
        None
    }

    fn note_bad_exertion(&mut self, row: &Row) {
        let cell = self.text(row, Column::Exertion).unwrap_or_default();
        self.note_bad_value(row, &cell, "a perceived exertion outside 1 to 10");
    }

    fn note_bad_value(&mut self, row: &Row, cell: &str, detail: &str) {
        self.trouble.row(
            row.number,
            cell,
            Code::BadValue,
            Effect::Repaired,
            detail,
            "The value was left out.",
        );
    }

    /// A number of the second column of a name, else of the first.
    fn value(&mut self, row: &Row, column: Column) -> Option<f64> {
        let places = self.columns.places(column);
        let places = places.iter().skip(1).chain(places.first());
        let mut cells = places.map(|place| row.cell(*place));
        let cell = cells.find(|cell| !cell.is_empty())?;
        let value = match column {
            Column::Elapsed | Column::Moving | Column::Timer => seconds(cell, self.machine),
            _ => number(cell, self.machine),
        };
        self.checked(row, column, cell, value)
    }

    /// The value, if it is one and not negative; a cell that holds anything else is named.
    fn checked(
        &mut self,
        row: &Row,
        column: Column,
        cell: &str,
        value: Option<f64>,
    ) -> Option<f64> {
        let usable = value.filter(|value| *value >= 0.0);
        if usable.is_none() && !cell.is_empty() {
            let detail = match value {
                Some(_) => format!("a negative {}", column.name()),
                None => format!("no number in the column of the {}", column.name()),
            };
            self.note_bad_value(row, cell, &detail);
        }
        usable
    }

    /// The cell in SI units; empty when the column comes only once.
    fn machine_cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns
            .places(column)
            .get(1)
            .map_or("", |place| row.cell(*place))
    }

    fn positive(&self, cell: &str) -> Option<f64> {
        number(cell, self.machine).filter(|value| *value > 0.0)
    }

    /// The cell of the last column of a name, which is for machines where there are two.
    fn last_cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.columns
            .places(column)
            .last()
            .map_or("", |place| row.cell(*place))
    }

    fn doubt(&mut self, doubt: Doubt) {
        let (detail, consequence) = match (doubt, self.order) {
            (Doubt::None, _) => return,
            (Doubt::Assumed, Order::MonthFirst) => (
                "nothing tells whether the dates are month/day/year or day/month/year",
                "Month/day/year was taken.",
            ),
            (Doubt::Assumed, _) => (
                "nothing tells whether the dates are month/day/year or day/month/year",
                "Day/month/year was taken.",
            ),
            (Doubt::Contradiction, _) => (
                "some dates can only be day/month/year and others only month/day/year",
                "Dates that can be both were not read.",
            ),
        };
        self.trouble
            .file(Code::ExportDamaged, Effect::Noted, detail, consequence);
    }

    fn the_end(&mut self, table: &Table) {
        self.note_quotes(table);
        if let Some(row) = table.cut {
            self.note_cut(row);
        }
    }

    fn note_quotes(&mut self, table: &Table) {
        if let Some(row) = table.open_quote {
            self.trouble.open_quote(row);
        }
        self.note_mended(&table.mended);
        self.note_lost(&table.lost);
    }

    fn note_mended(&mut self, rows: &[usize]) {
        let consequence = "The quote was taken away and the row read.";
        for row in rows {
            let trouble = &mut self.trouble;
            trouble.damaged(*row, Effect::Repaired, OPEN_QUOTE, consequence);
        }
    }

    fn note_lost(&mut self, rows: &[usize]) {
        let consequence = "This row was left out; those behind it were read.";
        for row in rows {
            let trouble = &mut self.trouble;
            trouble.damaged(*row, Effect::PartLost, OPEN_QUOTE, consequence);
        }
    }

    fn note_cut(&mut self, row: usize) {
        self.trouble.damaged(
            row,
            Effect::PartLost,
            "the file ends in the middle of this row",
            "The whole cells before the end were read.",
        );
    }

    /// Rows that are longer or shorter than the header, but for the one the file ends in.
    fn uneven(&mut self, table: &Table) {
        let expected = table.header.len();
        let rows = table.rows.iter();
        for row in rows.filter(|row| table.cut != Some(row.number)) {
            if row.cells.len() != expected {
                self.note_uneven(row, expected);
            }
        }
    }

    fn note_uneven(&mut self, row: &Row, expected: usize) {
        let found = row.cells.len();
        let detail = format!("{found} cells where the header has {expected}");
        self.trouble.damaged(
            row.number,
            Effect::Noted,
            &detail,
            "The cells were taken in the order of the header.",
        );
    }

    fn by_order(&mut self) {
        if self.columns.by_order.is_empty() {
            return;
        }
        let detail = self.unknown_names();
        self.trouble.file(
            Code::ExportDamaged,
            Effect::Noted,
            detail,
            "They were found by their order and what stands in them.",
        );
    }

    fn unknown_names(&self) -> String {
        let columns = self.columns.by_order.iter();
        let names: Vec<&str> = columns.map(|column| column.name()).collect();
        format!(
            "niggle does not know the names of these columns: {}",
            names.join(", ")
        )
    }
}

/// What keeps a cell from being the start of an activity.
fn no_start(cell: &str) -> &'static str {
    match cell.is_empty() {
        true => "no date",
        false if dates::is_date(cell) => "a date that can be day/month/year or month/day/year",
        false => "a date that niggle cannot read",
    }
}

/// The old form's only distance is one for machines.
fn decimal_for_people(table: &Table, columns: &Columns) -> Decimal {
    let otherwise = match columns.language {
        _ if columns.is_old => return Decimal::Point,
        Some(Language::English) | None => Decimal::Point,
        Some(_) => Decimal::Comma,
    };
    let distance = columns.places(Column::Distance).first().into_iter();
    Decimal::settle(distance.flat_map(|place| table.column(*place)), otherwise)
}

fn decimal_for_machines(table: &Table, columns: &Columns) -> Decimal {
    let measures = MEASURES.iter();
    let places = measures.filter_map(|column| columns.places(*column).last());
    Decimal::settle(
        places.flat_map(|place| table.column(*place)),
        Decimal::Point,
    )
}

/// Metres in one unit of the first distance column: kilometres or miles against the machine's metres, else against speed × time,
/// else metres or kilometres by what running can be. Only runs vote: swimming is shown in a unit of its own.
fn unit_m(reader: &Reader, table: &Table) -> Option<f64> {
    let runs = || table.rows.iter().filter(|row| is_running(reader, row));
    agreed(runs().filter_map(|row| unit_by_metres(reader, row)))
        .or_else(|| agreed(runs().filter_map(|row| unit_by_time(reader, row))))
}

/// The unit most votes are for; None without votes or without agreement.
fn agreed(votes: impl Iterator<Item = f64>) -> Option<f64> {
    let votes: Vec<f64> = votes.collect();
    UNITS_M
        .into_iter()
        .find(|unit| share(&votes, *unit) >= AGREEING)
}

fn share(votes: &[f64], unit: f64) -> f64 {
    let agreeing = votes.iter().filter(|vote| **vote == unit).count();
    agreeing as f64 / votes.len() as f64
}

fn is_running(reader: &Reader, row: &Row) -> bool {
    reader
        .text(row, Column::Type)
        .and_then(|word| meant(&word, Writer::Strava))
        .is_some_and(|(sport, _)| sport.is_running())
}

/// A distance as shown; short ones are too coarse to tell by.
fn shown(reader: &Reader, row: &Row) -> Option<f64> {
    let place = reader.columns.places(Column::Distance).first()?;
    number(row.cell(*place), reader.people).filter(|value| *value >= 0.5)
}

fn unit_by_metres(reader: &Reader, row: &Row) -> Option<f64> {
    let ratio = metres(reader, row)? / shown(reader, row)?;
    UNITS_M
        .into_iter()
        .find(|unit| (ratio / unit - 1.0).abs() < 0.05)
}

/// The machine's metres, else its speed × time.
fn metres(reader: &Reader, row: &Row) -> Option<f64> {
    reader
        .positive(reader.machine_cell(row, Column::Distance))
        .or_else(|| metres_by_speed(reader, row))
}

fn metres_by_speed(reader: &Reader, row: &Row) -> Option<f64> {
    let speed_m_s = reader.positive(reader.last_cell(row, Column::Speed))?;
    Some(speed_m_s * seconds(reader.last_cell(row, Column::Moving), reader.machine)?)
}

/// Only metres can be told in this way: what would be far too slow as metres may be kilometres or miles.
fn unit_by_time(reader: &Reader, row: &Row) -> Option<f64> {
    let cell = reader.last_cell(row, Column::Elapsed);
    let time_s = seconds(cell, reader.machine).filter(|time| *time > 0.0)?;
    let speed_m_s = shown(reader, row)? / time_s;
    SPEEDS_M_S.contains(&speed_m_s).then_some(1.0)
}
