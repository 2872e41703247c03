//! `activities.csv`: one activity a row.

use super::{
    columns::Columns,
    dates::{self, Doubt, Order},
    numbers::{Decimal, number, seconds},
    shoes::gear_key,
    table::{Row, Table},
    trouble::Trouble,
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
        let dates = columns
            .places(Column::Date)
            .iter()
            .flat_map(|place| table.column(*place));
        let (order, doubt) = dates::settle(dates, columns.language);
        let otherwise = match columns.language {
            Some(Language::English) | None => Decimal::Point,
            Some(_) => Decimal::Comma,
        };
        let distances = columns
            .places(Column::Distance)
            .first()
            .into_iter()
            .flat_map(|place| table.column(*place));
        let people = if columns.is_old {
            Decimal::Point
        } else {
            Decimal::settle(distances, otherwise)
        };
        let measures = MEASURES
            .iter()
            .filter_map(|column| columns.places(*column).last());
        let machine = Decimal::settle(
            measures.flat_map(|place| table.column(*place)),
            Decimal::Point,
        );
        let mut reader = Reader {
            columns,
            order,
            unit_m: None,
            people,
            machine,
            trouble: Trouble::default(),
        };
        reader.unit_m = if columns.is_old {
            Some(1.0)
        } else {
            unit_m(&reader, table)
        };
        reader.doubt(doubt);
        reader.the_end(table);
        reader.by_order();
        reader
    }

    fn listed(&mut self, row: &Row) -> Option<Listed> {
        let id = self.text(row, Column::Id);
        let file = self.text(row, Column::File);
        let start_unix_s = self.start(row);
        if id.is_none() && file.is_none() && start_unix_s.is_none() {
            let detail = "the row names no activity, no file and no date";
            self.trouble.row(
                row.number,
                "",
                Code::ExportDamaged,
                Effect::PartLost,
                detail,
                "It was left out.",
            );
            return None;
        }
        let (sport, sub_sport) = self.sport(row);
        let shoe = self
            .text(row, Column::Gear)
            .filter(|_| sport.is_running())
            .map(|gear| gear_key(&gear));
        let title = self
            .text(row, Column::Title)
            .map(|title| title.chars().take(TITLE_CHARS).collect());
        let totals = self.totals(row, sport);
        let activity = Activity {
            sport,
            sub_sport,
            name: title,
            start_unix_s,
            totals,
            ..Activity::empty(Format::Export)
        };
        Some(Listed {
            place: format!("row {}", row.number),
            id,
            file,
            shoe,
            activity,
        })
    }

    /// The first of a column's cells that holds something.
    fn text(&self, row: &Row, column: Column) -> Option<String> {
        let cells = self
            .columns
            .places(column)
            .iter()
            .map(|place| row.cell(*place));
        cells.map(one_line).find(|text| !text.is_empty())
    }

    fn start(&mut self, row: &Row) -> Option<f64> {
        let cell = self.text(row, Column::Date).unwrap_or_default();
        let start = dates::unix_s(&cell, self.order);
        if start.is_none() {
            let detail = match cell.is_empty() {
                true => "no date",
                false if dates::is_date(&cell) => {
                    "a date that can be day/month/year or month/day/year"
                }
                false => "a date that niggle cannot read",
            };
            let consequence =
                "The activity has no time of its own; it counts only with its recording.";
            self.trouble.row(
                row.number,
                &cell,
                Code::ExportDamaged,
                Effect::PartLost,
                detail,
                consequence,
            );
        }
        start
    }

    fn sport(&mut self, row: &Row) -> (Sport, &'static str) {
        let Some(word) = self.text(row, Column::Type) else {
            return (Sport::UNKNOWN, "generic");
        };
        meant(&word, Writer::Strava).unwrap_or_else(|| {
            let detail = "an activity type that niggle does not know";
            let consequence = "It was not taken for running.";
            self.trouble.row(
                row.number,
                &word,
                Code::OtherSport,
                Effect::Noted,
                detail,
                consequence,
            );
            (Sport::OTHER, "generic")
        })
    }

    fn totals(&mut self, row: &Row, sport: Sport) -> Totals {
        let positive = |value: &f64| *value > 0.0;
        Totals {
            distance_m: self.distance_m(row, sport),
            timer_s: self.value(row, Column::Timer).filter(positive),
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
        let machine = self.machine_cell(row, Column::Distance).to_string();
        if let Some(metres) = self.checked(
            row,
            Column::Distance,
            &machine,
            number(&machine, self.machine),
        ) {
            return Some(metres).filter(|metres| *metres > 0.0);
        }
        // Strava shows lengths in a pool in metres or yards, whatever the unit of the others.
        let shown = self
            .columns
            .places(Column::Distance)
            .first()
            .map_or("", |place| row.cell(*place));
        if sport == Sport("swimming") {
            return None;
        }
        let value = self
            .checked(row, Column::Distance, shown, number(shown, self.people))
            .filter(|value| *value > 0.0)?;
        match self.unit_m {
            Some(unit_m) => Some(value * unit_m),
            // Nothing but runs is counted: what other sports cover is not worth a guess.
            None if !sport.is_running() => None,
            None => {
                let detail = "a distance whose unit nothing tells";
                let consequence = "It was taken for kilometres.";
                self.trouble.row(
                    row.number,
                    shown,
                    Code::DistanceMismatch,
                    Effect::Noted,
                    detail,
                    consequence,
                );
                Some(value * 1000.0)
            }
        }
    }

    fn exertion(&mut self, row: &Row) -> Option<f64> {
        let value = self
            .value(row, Column::Exertion)
            .filter(|value| *value > 0.0)?;
        if !EXERTION.contains(&value) {
            let cell = self.text(row, Column::Exertion).unwrap_or_default();
            let detail = "a perceived exertion outside 1 to 10";
            self.trouble.row(
                row.number,
                &cell,
                Code::BadValue,
                Effect::Repaired,
                detail,
                "The value was left out.",
            );
            return None;
        }
        Some(value)
    }

    /// A number of the second column of a name, else of the first.
    fn value(&mut self, row: &Row, column: Column) -> Option<f64> {
        let places = self.columns.places(column);
        let cells = places
            .iter()
            .skip(1)
            .chain(places.first())
            .map(|place| row.cell(*place));
        let cell = cells.into_iter().find(|cell| !cell.is_empty())?;
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
            let consequence = "The value was left out.";
            self.trouble.row(
                row.number,
                cell,
                Code::BadValue,
                Effect::Repaired,
                &detail,
                consequence,
            );
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
        let damaged = (Code::ExportDamaged, Effect::PartLost);
        if let Some(row) = table.open_quote {
            let detail = "a quote opens here and does not close";
            let consequence = "The rows before it were read; it and what follows were left out.";
            self.trouble
                .row(row, "", damaged.0, damaged.1, detail, consequence);
        }
        for row in &table.mended {
            let detail = "a quote opens here and does not close";
            let consequence = "The quote was taken away and the row read.";
            self.trouble
                .row(*row, "", damaged.0, Effect::Repaired, detail, consequence);
        }
        for row in &table.lost {
            let detail = "a quote opens here and does not close";
            let consequence = "This row was left out; those behind it were read.";
            self.trouble
                .row(*row, "", damaged.0, damaged.1, detail, consequence);
        }
        if let Some(row) = table.cut {
            let detail = "the file ends in the middle of this row";
            let consequence = "The whole cells before the end were read.";
            self.trouble
                .row(row, "", damaged.0, damaged.1, detail, consequence);
        }
        let expected = table.header.len();
        for row in table
            .rows
            .iter()
            .filter(|row| row.cells.len() != expected && table.cut != Some(row.number))
        {
            let detail = format!("{} cells where the header has {expected}", row.cells.len());
            let consequence = "The cells were taken in the order of the header.";
            self.trouble.row(
                row.number,
                "",
                damaged.0,
                Effect::Noted,
                &detail,
                consequence,
            );
        }
    }

    fn by_order(&mut self) {
        if self.columns.by_order.is_empty() {
            return;
        }
        let names: Vec<&str> = self
            .columns
            .by_order
            .iter()
            .map(|column| column.name())
            .collect();
        let detail = format!(
            "niggle does not know the names of these columns: {}",
            names.join(", ")
        );
        let consequence = "They were found by their order and what stands in them.";
        self.trouble
            .file(Code::ExportDamaged, Effect::Noted, detail, consequence);
    }
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
    let share =
        |unit: f64| votes.iter().filter(|vote| **vote == unit).count() as f64 / votes.len() as f64;
    UNITS_M.into_iter().find(|unit| share(*unit) >= AGREEING)
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
    let positive = |cell: &str| number(cell, reader.machine).filter(|value| *value > 0.0);
    let column = |column| {
        reader
            .columns
            .places(column)
            .last()
            .map_or("", |place| row.cell(*place))
    };
    let product = || {
        Some(positive(column(Column::Speed))? * seconds(column(Column::Moving), reader.machine)?)
    };
    let metres = positive(reader.machine_cell(row, Column::Distance)).or_else(product)?;
    let ratio = metres / shown(reader, row)?;
    UNITS_M
        .into_iter()
        .find(|unit| (ratio / unit - 1.0).abs() < 0.05)
}

/// Only metres can be told in this way: what would be far too slow as metres may be kilometres or miles.
fn unit_by_time(reader: &Reader, row: &Row) -> Option<f64> {
    let cell = reader
        .columns
        .places(Column::Elapsed)
        .last()
        .map_or("", |place| row.cell(*place));
    let time_s = seconds(cell, reader.machine).filter(|time| *time > 0.0)?;
    Some(1.0)
        .filter(|_| shown(reader, row).is_some_and(|value| SPEEDS_M_S.contains(&(value / time_s))))
}
