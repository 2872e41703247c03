//! Which column of `activities.csv` holds what: by name and occurrence; by order where no name is known and the values agree.

use super::{
    dates,
    numbers::{Decimal, is_digits, number},
    table::{Row, Table},
    words::{Column, Language, meanings},
};
use crate::text::fold::fold;
use std::collections::BTreeMap;

/// The names of the form before July 2019: `id,date,name,type,description,elapsed_time,distance,commute,gear,filename`.
const OLD: &[(&str, Option<Column>)] = &[
    ("id", Some(Column::Id)),
    ("date", Some(Column::Date)),
    ("name", Some(Column::Title)),
    ("type", Some(Column::Type)),
    ("description", Some(Column::Comment)),
    ("elapsed time", Some(Column::Elapsed)),
    ("distance", Some(Column::Distance)),
    ("commute", None),
    ("gear", Some(Column::Gear)),
    ("filename", Some(Column::File)),
];

/// Those of them that the form is told by.
const OLD_NEEDED: &[&str] = &[
    "id",
    "date",
    "name",
    "type",
    "elapsed time",
    "distance",
    "filename",
];

/// Where the columns stand in every known generation (86, 92, 99 and 103 columns): the first 13 are for people, those from 15
/// on for machines. Later generations only added at the end.
const ORDER: &[(Column, &[usize])] = &[
    (Column::Id, &[0]),
    (Column::Date, &[1]),
    (Column::Title, &[2]),
    (Column::Type, &[3]),
    (Column::Gear, &[11]),
    (Column::File, &[FILE]),
    (Column::Elapsed, &[5, 15]),
    (Column::Moving, &[MOVING]),
    (Column::Distance, &[6, METRES]),
    (Column::Speed, &[SPEED]),
    (Column::Ascent, &[20]),
    (Column::Descent, &[21]),
    (Column::HeartRateMax, &[7, 30]),
    (Column::HeartRateMean, &[31]),
    (Column::Cadence, &[29]),
];
/// The last column for people that matters; a file that goes by order has more than this.
pub(super) const FILE: usize = 12;
const MOVING: usize = 16;
const METRES: usize = 17;
const SPEED: usize = 19;

/// Columns that have the same name in every language and generation: time, distance, heart rate, effort.
const TWINS: &[(usize, usize)] = &[(5, 15), (6, METRES), (7, 30), (8, 37)];

/// Share of the rows that must agree before an order is believed.
const AGREEING: f64 = 0.8;

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Columns {
    at: BTreeMap<Column, Vec<usize>>,
    /// The language most names are in; None where none is known.
    pub language: Option<Language>,
    /// Whether this is the form before July 2019, whose only distance is in metres.
    pub is_old: bool,
    /// Columns found by their order, since their names are not known.
    pub by_order: Vec<Column>,
}

impl Columns {
    /// The columns of a header with known names; None when it is not Strava's.
    pub(super) fn named(header: &[String]) -> Option<Columns> {
        let columns = Columns::old(header).unwrap_or_else(|| Columns::current(header));
        let is_index = [Column::Id, Column::Date, Column::Type]
            .iter()
            .all(|column| columns.has(column));
        let has_measure = [Column::File, Column::Elapsed, Column::Distance]
            .iter()
            .any(|column| columns.has(column));
        (is_index && has_measure).then_some(columns)
    }

    fn has(&self, column: &Column) -> bool {
        self.at.contains_key(column)
    }

    /// The columns of a file whose names need not be known, with those that are; None when its values do not look like Strava's either.
    pub(super) fn shaped(table: &Table) -> Option<Columns> {
        if table.header.len() <= FILE || table.rows.is_empty() {
            return None;
        }
        let known = Some(Columns::current(&table.header)).filter(|known| known.keeps_order(table));
        is_index(table).then(|| known.unwrap_or_default())
    }

    /// Adds columns without a known name by their order, if the order holds here.
    pub(super) fn complete(mut self, table: &Table) -> Columns {
        if self.is_old || !self.keeps_order(table) {
            return self;
        }
        let taken: Vec<usize> = self.at.values().flatten().copied().collect();
        let is_free = |place: &usize| !taken.contains(place) && *place < table.header.len();
        let machine = has_twins(&table.header) && speed_explains_distance(table);
        for (column, places) in ORDER {
            let believed = machine || places.iter().all(|place| *place <= FILE);
            if !self.has(column) && places.iter().all(is_free) && believed {
                self.at.insert(*column, places.to_vec());
                self.by_order.push(*column);
            }
        }
        self
    }

    /// Where a column stands, from left to right.
    pub(super) fn places(&self, column: Column) -> &[usize] {
        self.at.get(&column).map_or(&[], Vec::as_slice)
    }

    fn old(header: &[String]) -> Option<Columns> {
        let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
        let find = |word: &str| folded.iter().position(|name| name == word);
        let is_old =
            folded.len() <= OLD.len() + 2 && OLD_NEEDED.iter().all(|word| find(word).is_some());
        let at = OLD
            .iter()
            .filter_map(|(word, column)| Some(((*column)?, vec![find(word)?])))
            .collect();
        is_old.then_some(Columns {
            at,
            language: Some(Language::English),
            is_old: true,
            by_order: Vec::new(),
        })
    }

    fn current(header: &[String]) -> Columns {
        let mut columns = Columns::default();
        let mut votes: BTreeMap<Language, usize> = BTreeMap::new();
        for (index, name) in header.iter().enumerate() {
            // Tables that were read and written again number the second of two equal names: `Distance.1`.
            let name = name.strip_suffix(".1").unwrap_or(name);
            let meanings: Vec<(Language, Column)> = meanings(name).collect();
            meanings
                .iter()
                .for_each(|(language, _)| *votes.entry(*language).or_default() += 1);
            if let Some((_, column)) = meanings.first() {
                columns.at.entry(*column).or_default().push(index);
            }
        }
        columns.language = most_voted(&votes);
        columns
    }

    /// Whether the file is long enough and no known name stands elsewhere than it should.
    fn keeps_order(&self, table: &Table) -> bool {
        let ordered = |(column, places): &(Column, &[usize])| {
            let known = self.places(*column);
            known.is_empty() || known == *places
        };
        table.header.len() > FILE && ORDER.iter().all(ordered)
    }
}

/// The language with the most votes, the first of several.
fn most_voted(votes: &BTreeMap<Language, usize>) -> Option<Language> {
    // Of several equal ones `max_by_key` gives the last.
    let most = votes.iter().rev().max_by_key(|(_, count)| **count)?;
    Some(*most.0)
}

/// Whether ids, dates and files stand where they should.
fn is_index(table: &Table) -> bool {
    let ids = share(table.column(0), is_digits);
    let dates = share(table.column(1), dates::is_date);
    let files = share(table.column(FILE), |cell| cell.is_empty() || is_file(cell));
    [ids, dates, files].iter().all(|share| *share >= AGREEING) && table.column(FILE).any(is_file)
}

/// Whether the names that come twice in every language do so here, where they should.
fn has_twins(header: &[String]) -> bool {
    let is_twin = |(first, second): &(usize, usize)| {
        has_name(header, *first) && header.get(*first) == header.get(*second)
    };
    TWINS.iter().all(is_twin)
}

fn has_name(header: &[String], place: usize) -> bool {
    header
        .get(place)
        .is_some_and(|name| !name.trim().is_empty())
}

/// Whether moving time × average speed is the distance in metres: then these three columns are what their order says.
fn speed_explains_distance(table: &Table) -> bool {
    let agrees: Vec<bool> = table.rows.iter().filter_map(is_explained).collect();
    let agreeing = agrees.iter().filter(|agrees| **agrees).count();
    !agrees.is_empty() && agreeing as f64 >= AGREEING * agrees.len() as f64
}

/// Whether it is so in one row; None when that does not have all three.
fn is_explained(row: &Row) -> Option<bool> {
    let value = |place| number(row.cell(place), Decimal::Point).filter(|value| *value > 0.0);
    let metres = value(METRES)?;
    Some((value(MOVING)? * value(SPEED)? / metres - 1.0).abs() < 0.05)
}

fn is_file(cell: &str) -> bool {
    cell.starts_with("activities/")
}

fn share<'a>(cells: impl Iterator<Item = &'a str>, is: impl Fn(&str) -> bool) -> f64 {
    let (mut all, mut yes) = (0.0, 0.0);
    for cell in cells {
        all += 1.0;
        yes += f64::from(u8::from(is(cell)));
    }
    if all > 0.0 { yes / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_string).collect()
    }

    #[test]
    fn names_and_occurrences() {
        let names =
            "Activity ID,Activity Date,Activity Type,Distance,Filename,Elapsed Time,Distance";
        let columns = Columns::named(&header(names)).unwrap();
        assert_eq!(columns.places(Column::Distance), [3, 6]);
        assert_eq!(columns.places(Column::Elapsed), [5]);
        assert_eq!(
            (columns.language, columns.is_old),
            (Some(Language::English), false)
        );
        let again =
            Columns::named(&header(&names.replace("Time,Distance", "Time,Distance.1"))).unwrap();
        assert_eq!(again.places(Column::Distance), [3, 6]);
    }

    #[test]
    fn the_old_form() {
        let names = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename";
        let columns = Columns::named(&header(names)).unwrap();
        assert!(columns.is_old);
        assert_eq!(
            (columns.places(Column::Gear), columns.places(Column::File)),
            (&[8][..], &[9][..])
        );
    }

    #[test]
    fn other_tables_are_not_stravas() {
        for names in [
            "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Moving Time,Elapsed Time",
            "date,moment,site,side,pain,type,notes",
            "id,date,name,type,pain",
            "Activity Id,Date,Type,Route Name,Distance (km),Duration",
            "Bike Name,Bike Brand,Bike Model,Bike Default Sport Types",
            "a,b,c",
            "",
        ] {
            assert_eq!(Columns::named(&header(names)), None, "{names}");
        }
    }
}
