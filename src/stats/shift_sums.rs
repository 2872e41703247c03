//! Sums of the products of turned and still columns at every shift: what the covariances of every shift are made of.
//!
//! All shifts come from a few transforms instead of a pass over the calendar for each. Most logs spare even those: where every day is
//! known the sums are the same at every shift, and a column of a few days is turned by hand.

use super::turned_sums::{Ready, Turning};
use std::cell::OnceCell;

/// A column with values on no more days than this is turned by hand, which costs a pass over the calendar for each of them.
const FEW_DAYS: usize = 8;

/// Sums over the days of every shift.
pub(super) struct Sums {
    /// Row after row, a row a shift for each day: of the turned columns, the known days first, with each still one, likewise; of the
    /// products of turned columns; of the products of still ones. All in one place, as they come and go with every question.
    rows: Vec<i64>,
    shifts: usize,
    /// How many columns turn and stay, the known days among them.
    turned: usize,
    still: usize,
}

/// A column that turns or stays, by its place among the values.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Turned(usize),
    Still(usize),
}

/// Columns of one kind, the known days first, and the products of the others two by two ([`place_of_product`]).
pub(super) struct Side<'a> {
    pub(super) columns: &'a [Vec<i64>],
    pub(super) products: &'a [Vec<i64>],
}

impl Sums {
    pub(super) fn new(shifts: usize, turned: &Side, still: &Side) -> Self {
        let (turned_count, still_count) = (turned.columns.len(), still.columns.len());
        let products = turned.products.len() + still.products.len();
        let mut found = Sums {
            rows: Vec::with_capacity((turned_count * still_count + products) * shifts),
            shifts,
            turned: turned_count,
            still: still_count,
        };
        let turning = Turning::new(shifts);
        let [columns, products, still_columns, still_products] = [
            turned.columns,
            turned.products,
            still.columns,
            still.products,
        ]
        .map(|columns| Group::new(&turning, columns));
        for place in 0..still_count {
            found.add(&columns, &still_columns, place);
        }
        found.add(&products, &still_columns, 0);
        let start = found.rows.len();
        found.add(&still_products, &columns, 0);
        // A turn forwards of one series is a turn backwards of the other.
        for row in found.rows[start..].chunks_exact_mut(shifts) {
            row[1..].reverse();
        }
        found
    }

    /// The sums of each of several turned columns with a still one, one after the other.
    fn add(&mut self, several: &Group, others: &Group, place: usize) {
        let start = self.rows.len();
        self.rows
            .resize(start + several.columns.len() * self.shifts, 0);
        let rows = &mut self.rows[start..];
        let still = &others.columns[place];
        match &others.kinds[place] {
            Kind::Ones => each_row(rows, several, |row, turned| row.fill(turned.iter().sum())),
            Kind::Few(days) => each_row(rows, several, |row, turned| {
                days.iter()
                    .for_each(|(day, value)| add_turned(row, turned, *day, *value));
            }),
            Kind::Many => several.fill(rows, still, others.ready_alone(place)),
        }
    }

    fn row(&self, place: usize) -> &[i64] {
        &self.rows[place * self.shifts..][..self.shifts]
    }

    fn across(&self, turned: usize, still: usize) -> &[i64] {
        self.row(still * self.turned + turned)
    }

    /// How many days meet.
    pub(super) fn days(&self) -> &[i64] {
        self.across(0, 0)
    }

    /// Of one column.
    pub(super) fn alone(&self, column: Column) -> &[i64] {
        match column {
            Column::Turned(a) => self.across(a + 1, 0),
            Column::Still(a) => self.across(0, a + 1),
        }
    }

    /// Of the products of two columns.
    pub(super) fn products(&self, a: Column, b: Column) -> &[i64] {
        let (across, turned) = (self.turned * self.still, self.turned - 1);
        match (a, b) {
            (Column::Turned(a), Column::Turned(b)) => self.row(across + place_of_product(a, b)),
            (Column::Still(a), Column::Still(b)) => {
                self.row(across + turned * (turned + 1) / 2 + place_of_product(a, b))
            }
            (Column::Turned(turned), Column::Still(still))
            | (Column::Still(still), Column::Turned(turned)) => self.across(turned + 1, still + 1),
        }
    }

    /// Of two columns.
    pub(super) fn covariance(&self, a: Column, b: Column) -> Covariance<'_> {
        Covariance {
            products: self.products(a, b),
            alone: [self.alone(a), self.alone(b)],
        }
    }
}

/// Where the product of two columns stands: the first with itself, the second with the first and itself, and so on.
pub(super) fn place_of_product(a: usize, b: usize) -> usize {
    let (low, high) = (a.min(b), a.max(b));
    high * (high + 1) / 2 + low
}

/// Of each column its row.
fn each_row(rows: &mut [i64], several: &Group, fill: impl Fn(&mut [i64], &[i64])) {
    let shifts = several.turning.days();
    for (row, column) in rows.chunks_exact_mut(shifts).zip(several.columns) {
        fill(row, column);
    }
}

/// Adds what one day of a still column meets at every shift.
fn add_turned(row: &mut [i64], turned: &[i64], day: usize, value: i64) {
    let (early, late) = row.split_at_mut(day + 1);
    let (first, last) = turned.split_at(day + 1);
    let both = [(early, first), (late, last)];
    for (row, turned) in both {
        let shifts = row.iter_mut().zip(turned.iter().rev());
        shifts.for_each(|(sum, turned)| *sum += value * turned);
    }
}

/// Adds what one day of a turned column meets at every shift.
fn add_still(row: &mut [i64], still: &[i64], day: usize, value: i64) {
    let (first, last) = still.split_at(day);
    let (early, late) = row.split_at_mut(last.len());
    for (row, still) in [(early, last), (late, first)] {
        let shifts = row.iter_mut().zip(still);
        shifts.for_each(|(sum, still)| *sum += value * still);
    }
}

/// Columns that are made ready only where they must be.
struct Group<'a> {
    turning: &'a Turning,
    columns: &'a [Vec<i64>],
    kinds: Vec<Kind>,
    /// The places of those with many values, in order.
    many: Vec<usize>,
    /// Those, two by two.
    ready: OnceCell<Vec<Ready>>,
    /// Each of them, two by two.
    alone: Vec<OnceCell<[Ready; 2]>>,
}

/// What a column is like.
enum Kind {
    /// 1 on every day.
    Ones,
    /// 0 but on these days.
    Few(Vec<(usize, i64)>),
    Many,
}

impl Kind {
    fn of(column: &[i64]) -> Self {
        let days = column.iter().copied().enumerate();
        let few: Vec<(usize, i64)> = days
            .filter(|(_, value)| *value != 0)
            .take(FEW_DAYS + 1)
            .collect();
        if few.len() <= FEW_DAYS {
            Kind::Few(few)
        } else if column.iter().all(|value| *value == 1) {
            Kind::Ones
        } else {
            Kind::Many
        }
    }
}

impl<'a> Group<'a> {
    fn new(turning: &'a Turning, columns: &'a [Vec<i64>]) -> Self {
        let kinds: Vec<Kind> = columns.iter().map(|column| Kind::of(column)).collect();
        let are_many = kinds.iter().zip(0..);
        let many = are_many.filter(|(kind, _)| matches!(kind, Kind::Many));
        Group {
            turning,
            columns,
            alone: columns.chunks(2).map(|_| OnceCell::new()).collect(),
            many: many.map(|(_, place)| place).collect(),
            kinds,
            ready: OnceCell::new(),
        }
    }

    fn ready(&self) -> &[Ready] {
        self.ready.get_or_init(|| {
            let two = |places: &[usize]| {
                let first = self.columns[places[0]].iter().copied();
                let second = places.get(1).map(|place| &self.columns[*place]);
                let second = second.into_iter().flatten().copied();
                self.turning
                    .ready_both(first.zip(second.chain(std::iter::repeat(0))))
            };
            self.many.chunks(2).map(two).collect()
        })
    }

    /// One with many values, by its place among all.
    fn ready_alone(&self, place: usize) -> &Ready {
        let among_many = self.many.partition_point(|many| *many < place);
        let pair = among_many / 2;
        let both = self.alone[pair].get_or_init(|| self.turning.split(&self.ready()[pair]));
        &both[among_many % 2]
    }

    /// The sums of each with a still column.
    fn fill(&self, rows: &mut [i64], still: &[i64], still_ready: &Ready) {
        each_row_with_kind(rows, self, |row, kind| match kind {
            Kind::Ones => row.fill(still.iter().sum()),
            Kind::Few(days) => days
                .iter()
                .for_each(|(day, value)| add_still(row, still, *day, *value)),
            Kind::Many => {}
        });
        let shifts = self.turning.days();
        for (places, both) in self.many.chunks(2).zip(self.ready()) {
            let sums = self.turning.both_sums(both, still_ready);
            for (place, sums) in places.iter().zip(sums) {
                rows[place * shifts..][..shifts].copy_from_slice(&sums);
            }
        }
    }
}

fn each_row_with_kind(rows: &mut [i64], group: &Group, fill: impl Fn(&mut [i64], &Kind)) {
    let rows = rows.chunks_exact_mut(group.turning.days());
    for (row, kind) in rows.zip(&group.kinds) {
        fill(row, kind);
    }
}

/// The sums of two columns that their covariance is made of, at every shift.
pub(super) struct Covariance<'a> {
    products: &'a [i64],
    alone: [&'a [i64]; 2],
}

/// Of so many days, more than a century, n·Σab and Σa·Σb of doubled ranks are at most n⁴, below 2⁶³.
const SMALL_DAYS: usize = 46_000;

impl Covariance<'_> {
    /// n² times the covariance, n·Σab − Σa·Σb, exact up to the last rounding.
    pub(super) fn at(&self, n: i64, shift: usize) -> f64 {
        let (ab, [a, b]) = (self.products[shift], self.alone.map(|sums| sums[shift]));
        if self.products.len() <= SMALL_DAYS {
            (n * ab - a * b) as f64
        } else {
            (i128::from(n) * i128::from(ab) - i128::from(a) * i128::from(b)) as f64
        }
    }
}
