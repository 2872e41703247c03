//! Round two: every runner's loads turned, draw by draw, and what all of them add up to.

use super::{
    DateMeans, Dated,
    columns::{Column, Columns, QUESTIONS, Role, WEEK},
};
use crate::stats::{
    elimination::{Left, Matrix},
    fixed::Fixed,
    random::among,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::AddAssign};

/// Where the draws begin. Fixed, so that equal inputs give equal p.
const SEED: u64 = 20_250_314;

/// What some of the runners came to: they add up to the same bits in any order and grouping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawSums {
    /// Days with load and pain, by number of the day.
    days: BTreeMap<i64, u32>,
    /// The observed turn, and the draws.
    draws: Vec<Answers>,
}

/// To each of the questions.
pub(super) type Answers = [Sums; QUESTIONS.len()];

/// Sums of squares and products of what is left of load and pain, and the variance of the products.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sums {
    pub(super) xx: Fixed,
    pub(super) xy: Fixed,
    pub(super) yy: Fixed,
    pub(super) variance: Fixed,
}

impl DrawSums {
    /// Of nobody yet.
    pub fn new(draws: usize) -> Self {
        DrawSums {
            days: BTreeMap::new(),
            draws: vec![Answers::default(); 1 + draws],
        }
    }

    /// Adds one runner, whose load is turned in each draw by a number of weeks that follows from the draw and the runner alone. Who has
    /// nothing to say adds nothing.
    pub fn add_runner(&mut self, runner: &Dated, means: &DateMeans) {
        self.add_turned(runner, means, SEED);
    }

    pub(super) fn add_turned(&mut self, runner: &Dated, means: &DateMeans, seed: u64) {
        let Some(columns) = means.taken_out(runner) else {
            return;
        };
        let turns = columns.turns();
        let Some(observed) = turns.first().filter(|turn| says_something(turn)) else {
            return;
        };
        for date in columns.dates() {
            *self.days.entry(date).or_default() += 1;
        }
        let mut draws = self.draws.iter_mut();
        draws.next().into_iter().for_each(|sum| add(sum, observed));
        for (sum, draw) in draws.zip(0..) {
            let turn = turns.get(among(seed, runner.key, draw, turns.len()));
            turn.into_iter().for_each(|turn| add(sum, turn));
        }
    }

    /// Adds what other runners came to. Of another number of draws the fewer count.
    pub fn add(&mut self, other: &DrawSums) {
        for (date, runners) in &other.days {
            *self.days.entry(*date).or_default() += runners;
        }
        self.draws.truncate(other.draws.len());
        for (sum, one) in self.draws.iter_mut().zip(&other.draws) {
            add(sum, one);
        }
    }

    /// The observed sums and those of the draws, for one question.
    pub(super) fn of_question(&self, place: usize) -> Option<(Sums, Vec<Sums>)> {
        let (observed, draws) = self.draws.split_first()?;
        Some((
            observed[place],
            draws.iter().map(|draw| draw[place]).collect(),
        ))
    }

    /// How many days there are, and how many dates they share.
    pub(super) fn days(&self) -> Days {
        let shared = self.days.values().filter(|runners| **runners > 1);
        let count = |runners: &u32| *runners as usize;
        Days {
            all: self.days.values().map(count).sum(),
            shared: shared.clone().map(count).sum(),
            dates: shared.count(),
        }
    }
}

fn add(sum: &mut Answers, one: &Answers) {
    for (sum, one) in sum.iter_mut().zip(one) {
        *sum += *one;
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.xx += other.xx;
        self.xy += other.xy;
        self.yy += other.yy;
        self.variance += other.variance;
    }
}

fn says_something(observed: &Answers) -> bool {
    observed.iter().all(|sums| sums.variance > Fixed::default())
}

/// How many days there are, and how many dates they share.
pub(super) struct Days {
    pub(super) all: usize,
    pub(super) shared: usize,
    /// Dates of more than one runner.
    dates: usize,
}

impl Days {
    /// The share of the variance that date means leave.
    pub(super) fn left(&self) -> f64 {
        self.all.saturating_sub(self.dates) as f64 / self.all.max(1) as f64
    }
}

impl Sums {
    fn of(left: &Left, days: f64) -> Self {
        let df = days - left.columns as f64 - 2.0;
        if df < 1.0 {
            return Sums::default();
        }
        Sums {
            xx: Fixed::of(left.load),
            xy: Fixed::of(left.products),
            yy: Fixed::of(left.pain),
            variance: Fixed::of(left.load * left.pain / df),
        }
    }

    /// The products in standard errors. None where nothing is left of load or pain.
    pub(super) fn in_errors(&self) -> Option<f64> {
        let variance = self.variance.value();
        (variance > 0.0).then(|| self.xy.value() / variance.sqrt())
    }
}

impl Columns {
    /// Every turn, the observed one first.
    fn turns(&self) -> Vec<Answers> {
        let weeks = 0..self.turned.len() / WEEK;
        weeks.map(|week| self.answers(week * WEEK)).collect()
    }

    fn answers(&self, shift: usize) -> Answers {
        let moments = Moments::of(self, shift);
        let one = |given: &[Role]| match moments.left(&self.columns, given) {
            Some(left) => Sums::of(&left, moments.days),
            None => Sums::default(),
        };
        QUESTIONS.map(one)
    }
}

/// Sums over the days of one turn.
struct Moments {
    days: f64,
    alone: Vec<f64>,
    /// Products in rows of a matrix of the columns, each row from its own column on.
    products: Vec<f64>,
}

impl Moments {
    fn of(runner: &Columns, shift: usize) -> Self {
        let width = runner.columns.len();
        let mut sums = Moments {
            days: 0.0,
            alone: vec![0.0; width],
            products: vec![0.0; width * (width + 1) / 2],
        };
        let mut row = vec![0.0; width];
        for (load, pain) in runner.meetings(shift) {
            for (cell, column) in row.iter_mut().zip(&runner.columns) {
                let day = if column.role.turns() { load } else { pain };
                *cell = column.days[day].unwrap_or(0.0);
            }
            sums.add(&row);
        }
        sums
    }

    fn add(&mut self, row: &[f64]) {
        self.days += 1.0;
        self.alone
            .iter_mut()
            .zip(row)
            .for_each(|(sum, value)| *sum += value);
        let later = row.iter().enumerate();
        let products = later.flat_map(|(place, a)| row.iter().skip(place).map(move |b| a * b));
        self.products
            .iter_mut()
            .zip(products)
            .for_each(|(sum, product)| *sum += product);
    }

    /// What is left of load and pain when what is given is taken out.
    fn left(&self, columns: &[Column], given: &[Role]) -> Option<Left> {
        let counts = |place: usize| {
            let role = columns[place].role;
            role.is_end() || role.is_taken_out(given)
        };
        let mut matrix = Matrix::new((0..columns.len()).filter(|place| counts(*place)).count());
        let rows = 0..columns.len();
        let pairs = rows.flat_map(|a| (a..columns.len()).map(move |b| (a, b)));
        let covariances = pairs
            .zip(&self.products)
            .filter(|((a, b), _)| counts(*a) && counts(*b));
        let days = self.days.max(1.0);
        matrix.fill(
            covariances.map(|((a, b), product)| [product - self.alone[a] * self.alone[b] / days]),
        );
        let [left] = matrix.left();
        left
    }
}
