//! The test of several runners: does pain go with the earlier load within the runners, whatever a date does to all of them?
//!
//! Runners share weekdays, holidays, weather and training plans, which move load and pain of all of them at once. So the means of the
//! runners and of the dates are taken out of every series, and a runner's load turns by whole weeks. What yesterday's load adds is
//! asked three times, given today's run, given yesterday's pain and given both, and the weakest answer holds
//! (src/method/statistics.md, Several runners).

use super::{
    Interval,
    partial_shift::{Left, Matrix, Question},
    random::Lcg,
};
use std::collections::BTreeMap;

/// Random turns of all runners, drawn beside the observed one (src/method/statistics.md, Several runners): p is at least 1 in
/// 10,000.
pub const DRAWS: usize = 9_999;

/// Where the draws begin. Fixed, so that equal inputs give equal p.
const SEED: u64 = 20_250_314;

/// Two statistics closer than this share of the observed one are the same, so that draws that repeat it count as ties.
const TIE_SHARE: f64 = 1e-9;

/// An interval leaves out 0 where fewer than one draw in so many is as large as the observed one: 5 %.
const ONE_IN: usize = 20;

/// Loads turn by whole weeks, days.
const WEEK: usize = 7;

/// Means of runners and dates are taken out in turn until none is left, but not more often.
const ROUNDS: usize = 500;

/// In standard deviations, a mean that counts as none.
const SETTLED: f64 = 1e-10;

/// In standard deviations, what is left of a series that has nothing of its own: more than the rounding of what was taken out.
const NOTHING: f64 = 1e-8;

/// One runner's series, on a calendar of their own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dated {
    /// Number of the calendar's first day, counted from the same day for all runners.
    pub first: i64,
    /// The series, one element for every day. All runners must have as many of them.
    pub question: Question,
}

/// The outcome of the test: that of the weakest of the three answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithinDates {
    /// Points of pain for one unit of load, common to all runners.
    pub slope: f64,
    /// Its 95 % interval by the same draws: slope ± the 95 % quantile of the draws' statistics in size, times the standard error. It
    /// leaves out 0 just where p ≤ 0.05. None where too few draws have a statistic.
    pub interval: Option<Interval>,
    /// The slope in standard deviations of what is left of load and pain, −1 to 1: the partial correlation within runners and dates.
    pub r: f64,
    /// Its interval likewise.
    pub r_interval: Option<Interval>,
    /// Days with load and pain, of whole weeks.
    pub n: usize,
    /// Those of a date that another runner has as well: only there is anything taken out for the date.
    pub days_shared: usize,
    /// Draws whose statistic is in size at least the observed one.
    pub at_least: usize,
    /// All draws, the observed one not among them.
    pub draws: usize,
    /// `(1 + at_least) / (1 + draws)`.
    pub p: f64,
}

/// Monte Carlo test of the common slope within runners and dates, two-sided, with 9,999 draws from a fixed seed.
///
/// Each runner's calendar is cut to whole weeks; the first days go. The means of the runners and of the dates that several runners have are
/// taken out of every series by least squares. In each draw every runner's load, with what turns with it, is turned around their own
/// calendar by a random number of weeks; pain and what stays with it stay, and a day on which either is unknown is dropped. Within each
/// runner the rest is taken out of load and pain anew, and the slope is Σxy/Σxx of what is left over all runners. The statistic is Σxy over
/// its standard error √Σ(xx·yy/df), so that draws on which fewer days meet are not taken for stronger links. The observed one is made
/// smaller by what date means cost: of m runners on a date they leave (m − 1)/m of both sides, which turned loads no longer share.
///
/// p = (1 + count) / (1 + draws) (Phipson & Smyth 2010, Stat Appl Genet Mol Biol 9:39). A draw without a statistic counts as at least as
/// large.
///
/// None when the runners have different numbers of series, when nobody has a whole week, or when nothing is left of load or pain in one of
/// the three questions.
pub fn within_dates(runners: &[Dated]) -> Option<WithinDates> {
    test(runners, DRAWS, SEED)
}

fn test(runners: &[Dated], draws: usize, seed: u64) -> Option<WithinDates> {
    let runners: Vec<Centred> = centred(runners)?
        .into_iter()
        .filter(Centred::says_something)
        .collect();
    let turns: Vec<Vec<Answers>> = runners.iter().map(Centred::turns).collect();
    let days = Days::of(&runners);
    let drawn = drawn(&turns, draws, seed);
    let answers = QUESTIONS.iter().enumerate().map(|(place, _)| {
        let observed = Sums::all(turns.iter().filter_map(|turns| turns.first()), place);
        outcome(
            &observed,
            drawn.iter().map(|draw| draw[place]).collect(),
            &days,
        )
    });
    weakest(answers.collect::<Option<Vec<_>>>()?)
}

/// The largest p, and of equal ones the smallest statistic.
fn weakest(answers: Vec<(f64, WithinDates)>) -> Option<WithinDates> {
    let weaker = |a: &(f64, WithinDates), b: &(f64, WithinDates)| {
        let by_p = a.1.p.total_cmp(&b.1.p);
        by_p.then(b.0.total_cmp(&a.0))
    };
    answers.into_iter().max_by(weaker).map(|(_, found)| found)
}

/// What one draw says to each of the questions, in standard errors.
type Statistics = [Option<f64>; QUESTIONS.len()];

fn drawn(turns: &[Vec<Answers>], draws: usize, seed: u64) -> Vec<Statistics> {
    let mut random = Lcg(seed);
    let mut draw = || -> Vec<&Answers> {
        let turned = turns
            .iter()
            .filter_map(|turns| turns.get(random.below(turns.len())));
        turned.collect()
    };
    let statistics = |draw: Vec<&Answers>| {
        std::array::from_fn(|place| Sums::all(draw.iter().copied(), place).in_errors())
    };
    (0..draws).map(|_| statistics(draw())).collect()
}

/// The size of the observed statistic, and what comes of it. None where nothing is left of load or pain.
fn outcome(observed: &Sums, drawn: Vec<Option<f64>>, days: &Days) -> Option<(f64, WithinDates)> {
    let left = days.left().sqrt();
    let size = (observed.in_errors()? * left).abs();
    // A draw without a statistic counts as one that is at least as large: the p errs upwards.
    let sizes = drawn
        .into_iter()
        .map(|drawn| drawn.map_or(f64::INFINITY, f64::abs));
    let mut sizes: Vec<f64> = sizes.collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let at_least = sizes.partition_point(|drawn| *drawn >= size * (1.0 - TIE_SHARE));
    let (slope, in_deviations) = (
        observed.xy / observed.xx,
        (observed.xx / observed.yy).sqrt(),
    );
    let reach = reach(&sizes).map(|reach| reach * observed.variance.sqrt() / observed.xx / left);
    let interval = |scale: f64| reach.map(|reach| around(slope * scale, reach * scale));
    let found = WithinDates {
        slope,
        interval: interval(1.0),
        r: (slope * in_deviations).clamp(-1.0, 1.0),
        r_interval: interval(in_deviations).map(within_one),
        n: days.all,
        days_shared: days.shared,
        at_least,
        draws: sizes.len(),
        p: (1 + at_least) as f64 / (1 + sizes.len()) as f64,
    };
    slope.is_finite().then_some((size, found))
}

/// What one draw in twenty reaches. None where that is no number.
fn reach(sizes: &[f64]) -> Option<f64> {
    let place = ((1 + sizes.len()) / ONE_IN).checked_sub(1)?;
    sizes.get(place).copied().filter(|size| size.is_finite())
}

fn around(middle: f64, reach: f64) -> Interval {
    Interval {
        low: middle - reach,
        high: middle + reach,
    }
}

fn within_one(interval: Interval) -> Interval {
    Interval {
        low: interval.low.max(-1.0),
        high: interval.high.min(1.0),
    }
}

/// How many days there are, and how many dates they share.
struct Days {
    all: usize,
    shared: usize,
    /// Dates of more than one runner.
    dates: usize,
}

impl Days {
    fn of(runners: &[Centred]) -> Self {
        let mut by_date: BTreeMap<i64, usize> = BTreeMap::new();
        for date in runners.iter().flat_map(Centred::dates) {
            *by_date.entry(date).or_default() += 1;
        }
        let shared = by_date.values().filter(|runners| **runners > 1);
        Days {
            all: by_date.values().sum(),
            shared: shared.clone().sum(),
            dates: shared.count(),
        }
    }

    /// The share of the variance that date means leave.
    fn left(&self) -> f64 {
        self.all.saturating_sub(self.dates) as f64 / self.all.max(1) as f64
    }
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    /// Turns with the load: today's run.
    Run,
    /// Stays with the pain: yesterday's.
    Before,
    Load,
    Pain,
}

impl Role {
    fn turns(self) -> bool {
        matches!(self, Role::Run | Role::Load)
    }

    fn is_taken_out(self, given: &[Role]) -> bool {
        given.contains(&self)
    }

    fn is_end(self) -> bool {
        matches!(self, Role::Load | Role::Pain)
    }
}

/// What is held fixed in each of the three questions.
///
/// Today's run alone is fooled by who runs less when it hurts; yesterday's pain with it by pain that comes on the evening of the run and
/// lasts; yesterday's pain alone by run days that alternate. A link that shows whichever of them is held fixed is none of these.
const QUESTIONS: [&[Role]; 3] = [&[Role::Run], &[Role::Before], &[Role::Run, Role::Before]];

type Daily = Vec<Option<f64>>;

/// A series less the means of runners and dates, 0 where unknown.
struct Column {
    role: Role,
    values: Vec<f64>,
}

/// One runner's whole weeks.
struct Centred {
    first: i64,
    /// Days with a known load and all that turns with it.
    turned: Vec<bool>,
    /// Days with a known pain.
    still: Vec<bool>,
    /// What turns, what stays, the load and the pain.
    columns: Vec<Column>,
}

/// None when the runners have different numbers of series, or there are none.
fn centred(runners: &[Dated]) -> Option<Vec<Centred>> {
    let runners: Vec<Dated> = runners.iter().filter_map(whole_weeks).collect();
    let mut found: Vec<Centred> = runners.iter().map(Centred::without_columns).collect();
    let columns: Vec<Vec<(Role, Daily)>> = runners.iter().zip(&found).map(columns).collect();
    let width = columns.first()?.len();
    if columns.iter().any(|columns| columns.len() != width) {
        return None;
    }
    let first: Vec<i64> = runners.iter().map(|runner| runner.first).collect();
    for place in 0..width {
        let one = columns.iter().map(|columns| columns[place].1.clone());
        let values = without_means(&first, one.collect());
        for ((found, columns), values) in found.iter_mut().zip(&columns).zip(values) {
            let role = columns[place].0;
            found.columns.push(Column { role, values });
        }
    }
    Some(found)
}

/// Cut to whole weeks, the first days off. None where there is none, or where the series differ in length.
fn whole_weeks(runner: &Dated) -> Option<Dated> {
    let Question {
        load,
        turning,
        pain,
        staying,
    } = &runner.question;
    let mut all = turning.iter().chain(staying).chain([pain]);
    let is_one_calendar = all.all(|series| series.len() == load.len());
    let off = load.len() % WEEK;
    let cut = |series: &Daily| series.iter().skip(off).copied().map(finite).collect();
    (is_one_calendar && load.len() >= WEEK).then(|| Dated {
        first: runner.first + off as i64,
        question: Question {
            load: cut(load),
            turning: turning.iter().map(cut).collect(),
            pain: cut(pain),
            staying: staying.iter().map(cut).collect(),
        },
    })
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// A runner's columns on the days on which they count. Unknown days of what stays take part at its mean, beside a column of their own.
fn columns((runner, known): (&Dated, &Centred)) -> Vec<(Role, Daily)> {
    let Question {
        load,
        turning,
        pain,
        staying,
    } = &runner.question;
    let unknown: Vec<Daily> = staying.iter().map(unknown).collect();
    let turning = turning.iter().map(|series| (Role::Run, series));
    let staying = staying.iter().chain(&unknown);
    let staying = staying.map(|series| (Role::Before, series));
    let ends = [(Role::Load, load), (Role::Pain, pain)];
    let on_known = |(role, series): (Role, &Daily)| (role, known.only(role, series));
    turning.chain(staying).chain(ends).map(on_known).collect()
}

fn unknown(series: &Daily) -> Daily {
    let is_unknown = |value: &Option<f64>| Some(f64::from(u8::from(value.is_none())));
    series.iter().map(is_unknown).collect()
}

/// Each series less the means of runners and of dates that several of them have, 0 where unknown (alternating projections, von Neumann;
/// with every date known one round does).
fn without_means(first: &[i64], mut series: Vec<Daily>) -> Vec<Vec<f64>> {
    take_out_runners(&mut series);
    let deviation = root_mean_square(&series);
    for _ in 0..ROUNDS {
        let dates = take_out_dates(first, &mut series);
        let runners = take_out_runners(&mut series);
        if dates.max(runners) <= SETTLED * deviation {
            break;
        }
    }
    let left = |series: Daily| -> Vec<f64> {
        let is_nothing = series
            .iter()
            .flatten()
            .all(|value| value.abs() <= NOTHING * deviation);
        let days = series.into_iter();
        days.map(|value| value.filter(|_| !is_nothing).unwrap_or(0.0))
            .collect()
    };
    series.into_iter().map(left).collect()
}

fn root_mean_square(series: &[Daily]) -> f64 {
    let known = || series.iter().flatten().flatten();
    let squares: f64 = known().map(|value| value * value).sum();
    (squares / known().count().max(1) as f64).sqrt()
}

/// The size of the largest mean.
fn take_out_runners(series: &mut [Daily]) -> f64 {
    let mut largest = 0.0f64;
    for runner in series {
        let known = runner.iter().flatten();
        let mean = known.clone().sum::<f64>() / known.count().max(1) as f64;
        runner.iter_mut().flatten().for_each(|value| *value -= mean);
        largest = largest.max(mean.abs());
    }
    largest
}

/// Likewise. What only one runner has is nothing common.
fn take_out_dates(first: &[i64], series: &mut [Daily]) -> f64 {
    let mut dates: BTreeMap<i64, (f64, usize)> = BTreeMap::new();
    for (first, runner) in first.iter().zip(series.iter()) {
        for (date, value) in (*first..).zip(runner) {
            if let Some(value) = value {
                let date = dates.entry(date).or_default();
                *date = (date.0 + value, date.1 + 1);
            }
        }
    }
    dates.retain(|_, (_, runners)| *runners > 1);
    let mean = |(sum, runners): &(f64, usize)| sum / *runners as f64;
    for (first, runner) in first.iter().zip(series) {
        for (date, value) in (*first..).zip(runner) {
            if let (Some(value), Some(date)) = (value, dates.get(&date)) {
                *value -= mean(date);
            }
        }
    }
    dates
        .values()
        .map(|date| mean(date).abs())
        .fold(0.0, f64::max)
}

/// Sums of squares and products of what is left of load and pain, and the variance of the products.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    xx: f64,
    xy: f64,
    yy: f64,
    variance: f64,
}

/// To each of the questions.
type Answers = [Sums; QUESTIONS.len()];

impl Sums {
    /// Of one question over all runners.
    fn all<'a>(answers: impl Iterator<Item = &'a Answers>, place: usize) -> Self {
        answers.fold(Sums::default(), |sum, answers| {
            let one = &answers[place];
            Sums {
                xx: sum.xx + one.xx,
                xy: sum.xy + one.xy,
                yy: sum.yy + one.yy,
                variance: sum.variance + one.variance,
            }
        })
    }

    /// None where nothing is left of load or pain.
    fn in_errors(&self) -> Option<f64> {
        (self.variance > 0.0).then(|| self.xy / self.variance.sqrt())
    }

    fn of(left: &Left, days: f64) -> Self {
        let df = days - left.columns as f64 - 2.0;
        if df < 1.0 {
            return Sums::default();
        }
        Sums {
            xx: left.load,
            xy: left.products,
            yy: left.pain,
            variance: left.load * left.pain / df,
        }
    }
}

impl Centred {
    fn without_columns(runner: &Dated) -> Self {
        let Question {
            load,
            turning,
            pain,
            ..
        } = &runner.question;
        let is_known = |day: usize| {
            let mut all = turning.iter().chain([load]);
            all.all(|series| series[day].is_some())
        };
        Centred {
            first: runner.first,
            turned: (0..load.len()).map(is_known).collect(),
            still: pain.iter().map(Option::is_some).collect(),
            columns: Vec::new(),
        }
    }

    /// A series on the days that count for it.
    fn only(&self, role: Role, series: &Daily) -> Daily {
        let known = if role.turns() {
            &self.turned
        } else {
            &self.still
        };
        let days = series.iter().zip(known);
        days.map(|(value, known)| value.filter(|_| *known))
            .collect()
    }

    /// The dates of the days with load and pain.
    fn dates(&self) -> impl Iterator<Item = i64> {
        let days = self.turned.iter().zip(&self.still);
        let days = (self.first..).zip(days);
        days.filter_map(|(date, (turned, still))| (*turned && *still).then_some(date))
    }

    fn says_something(&self) -> bool {
        self.answers(0).iter().all(|sums| sums.variance > 0.0)
    }

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

    /// The day of the load that meets each day's pain, where both are known.
    fn meetings(&self, shift: usize) -> impl Iterator<Item = (usize, usize)> {
        let days = self.turned.len();
        let pairs = (0..days).map(move |day| ((day + days - shift) % days, day));
        pairs.filter(|(load, pain)| self.turned[*load] && self.still[*pain])
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
    fn of(runner: &Centred, shift: usize) -> Self {
        let width = runner.columns.len();
        let mut sums = Moments {
            days: 0.0,
            alone: vec![0.0; width],
            products: vec![0.0; width * (width + 1) / 2],
        };
        let mut row = vec![0.0; width];
        for (load, pain) in runner.meetings(shift) {
            for (cell, column) in row.iter_mut().zip(&runner.columns) {
                *cell = column.values[if column.role.turns() { load } else { pain }];
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
            covariances.map(|((a, b), product)| product - self.alone[a] * self.alone[b] / days),
        );
        matrix.left()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{
        simulated::{daily_load, pain},
        trend::without_mean_season,
    };

    const DAYS: usize = 86;
    const LEAD: usize = 2;

    /// A runner of whom each day's pain is made of its own waves, today's and yesterday's kilometres.
    fn runner(random: &mut Lcg, km: &[f64], hurts: impl Fn(usize, f64, f64, f64) -> f64) -> Dated {
        let waves = pain(random, km.len());
        let pains = (LEAD..km.len()).map(|day| hurts(day, waves[day], km[day], km[day - 1]));
        let pains: Daily = pains.map(Some).collect();
        asked(&km[LEAD..], &km[LEAD - 1..km.len() - 1], pains)
    }

    fn asked(today: &[f64], load: &[f64], pains: Daily) -> Dated {
        let known = |values: &[f64]| {
            without_mean_season(&values.iter().copied().map(Some).collect::<Daily>())
        };
        let ran = today.iter().map(|km| Some(f64::from(u8::from(*km > 0.0))));
        let pain = without_mean_season(&pains);
        let yesterday = [None].into_iter().chain(pain.iter().copied());
        Dated {
            first: 0,
            question: Question {
                load: known(load),
                turning: vec![known(today), ran.collect()],
                staying: vec![yesterday.take(pain.len()).collect()],
                pain,
            },
        }
    }

    /// Shares of p ≤ 0.05, and of intervals that leave out 0, among cohorts of five.
    fn alarms(
        alternates: bool,
        weekday: bool,
        hurts: impl Fn(usize, f64, f64, f64) -> f64 + Copy,
    ) -> [f64; 2] {
        let (mut random, mut alarms) = (Lcg(20_250_314), [0u32; 2]);
        for seed in 0..60 {
            let mut one = || {
                let mut km = daily_load(&mut random, DAYS);
                let turn = random.below(7);
                if !weekday {
                    km.rotate_left(turn);
                }
                let mut ran = false;
                for km in km.iter_mut().filter(|_| alternates) {
                    ran = !ran && random.uniform() > 0.08;
                    *km = if ran { 8.0 + *km / 4.0 } else { 0.0 };
                }
                runner(&mut random, &km, hurts)
            };
            let cohort: Vec<Dated> = (0..5).map(|_| one()).collect();
            let found = test(&cohort, 199, seed).unwrap();
            let leaves_out = found
                .interval
                .is_some_and(|ends| ends.low > 0.0 || ends.high < 0.0);
            assert_eq!(leaves_out, found.p <= 0.05, "{found:?}");
            alarms[0] += u32::from(found.p <= 0.05);
            alarms[1] += u32::from(found.p <= 0.05 && found.slope > 0.0);
        }
        alarms.map(|count| f64::from(count) / 60.0)
    }

    #[test]
    fn what_runners_share_and_what_hurts_the_same_day_rarely_alarm_and_a_link_does() {
        let block = |day: usize| f64::from(u8::from((30..58).contains(&day)));
        let [unrelated, _] = alarms(false, false, |_, waves, _, _| waves);
        let [weekly, _] = alarms(false, true, |day, waves, _, _| {
            waves + if matches!(day % 7, 2 | 4) { 3.0 } else { 0.0 }
        });
        let [shared, _] = alarms(false, false, |day, waves, _, _| waves + 3.0 * block(day));
        let [same_day, _] = alarms(true, false, |_, waves, today, _| waves / 2.0 + today / 4.0);
        let [link, up] = alarms(false, false, |_, waves, _, yesterday| {
            waves + yesterday / 8.0
        });
        println!(
            "unrelated {unrelated}, weekly {weekly}, shared {shared}, same day {same_day}, link {link}"
        );
        // Of a true 5 %, 60 repetitions show more than 13 % once in 200 times.
        assert!(unrelated <= 0.13 && weekly <= 0.13 && shared <= 0.13 && same_day <= 0.13);
        assert!(link > 0.9 && up > 0.9, "{link} {up}");
    }

    /// Pain that is a quarter of the load, a level of the runner and one of each date.
    fn line(first: i64, days: usize, seed: u64) -> Dated {
        let mut random = Lcg(seed);
        let mut any = || -> Vec<f64> { (0..days).map(|_| 10.0 * random.uniform()).collect() };
        let known = |values: Vec<f64>| -> Daily { values.into_iter().map(Some).collect() };
        let (load, turning, staying) = (any(), known(any()), known(any()));
        let days = (first..).zip(&load);
        let pain = days.map(|(date, load)| 0.25 * load + 7.0 * seed as f64 + level(date));
        Dated {
            first,
            question: Question {
                turning: vec![turning],
                staying: vec![staying],
                pain: known(pain.collect()),
                load: known(load),
            },
        }
    }

    fn level(date: i64) -> f64 {
        (date * 31 % 13) as f64 / 4.0
    }

    #[test]
    fn levels_of_runners_and_dates_are_taken_out_and_the_slope_is_left() {
        let mut runners = [line(0, 63, 1), line(0, 63, 2), line(0, 63, 3)];
        let found = within_dates(&runners).unwrap();
        assert!(
            (found.slope - 0.25).abs() < 1e-9 && found.r > 1.0 - 1e-9,
            "{found:?}"
        );
        assert_eq!((found.n, found.days_shared), (189, 189));
        // Of nine weeks each there are 729 turns, and the observed one is among the draws.
        assert!(found.p < 0.01, "{found:?}");
        let ends = found.interval.unwrap();
        assert!(
            0.0 < ends.low && ends.low <= found.slope && found.slope <= ends.high,
            "{found:?}"
        );
        assert_eq!(within_dates(&runners), Some(found), "the same draws");

        // In other units, and with another level on every date.
        for runner in &mut runners {
            let days = runner
                .question
                .load
                .iter_mut()
                .zip(&mut runner.question.pain);
            for (date, (load, pain)) in (0..).zip(days) {
                *load = load.map(|load| 1000.0 * load + 50.0 * level(date + 5));
                *pain = pain.map(|pain| pain + level(3 * date));
            }
        }
        // The date's part of the load had no part in the pain, and is gone.
        let moved = within_dates(&runners).unwrap();
        assert!((moved.slope * 1000.0 - 0.25).abs() < 1e-9, "{moved:?}");
    }

    #[test]
    fn whole_weeks_and_known_days_are_counted() {
        // From the dates 0, 5 (two days off) and 10.
        let mut runners = [line(0, 63, 1), line(3, 65, 2), line(10, 70, 3)];
        runners[1].question.pain[20] = None;
        runners[2].question.load[9] = None;
        let found = within_dates(&runners).unwrap();
        assert_eq!(found.n, 63 + 62 + 69);
        // Five dates of the first and twelve of the last are theirs alone.
        assert_eq!(found.days_shared, found.n - 17);
        assert!(
            (found.slope - 0.25).abs() < 0.05 && found.p < 0.01,
            "{found:?}"
        );
    }

    #[test]
    fn runners_on_dates_of_their_own_are_compared_with_nothing_taken_out_for_the_date() {
        let found = within_dates(&[line(0, 63, 1), line(100, 63, 2), line(200, 63, 3)]).unwrap();
        assert_eq!((found.n, found.days_shared), (189, 0));
        assert!(found.slope.is_finite() && found.p > 0.0, "{found:?}");
    }

    #[test]
    fn what_has_no_answer_is_none() {
        let without = |change: &dyn Fn(&mut Dated)| {
            let mut runners = [line(0, 63, 1), line(0, 63, 2), line(0, 63, 3)];
            runners.iter_mut().for_each(change);
            test(&runners, 19, 1)
        };
        assert!(without(&|_| ()).is_some());
        // The same plan for everybody, the same score, a calendar of six days, different calendars, no number.
        assert_eq!(
            without(&|runner| runner.question.load = line(0, 63, 1).question.load),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.load = vec![Some(8.0); 63]),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.pain = vec![Some(2.0); 63]),
            None
        );
        assert_eq!(
            without(&|runner| runner.question.pain = vec![Some(f64::NAN); 63]),
            None
        );
        assert_eq!(without(&|runner| *runner = line(0, 6, 1)), None);
        assert_eq!(without(&|runner| runner.question.pain.truncate(60)), None);
        assert_eq!(test(&[], 19, 1), None);
        let uneven = [
            line(0, 63, 1),
            Dated {
                question: Question {
                    staying: vec![],
                    ..line(0, 63, 2).question
                },
                first: 0,
            },
        ];
        assert_eq!(test(&uneven, 19, 1), None);
        // One runner alone is their own days.
        assert!(test(&[line(0, 63, 1)], 19, 1).is_some_and(|found| found.days_shared == 0));
        // Whoever has nothing to say takes nothing from the others.
        let constant = Dated {
            question: Question {
                load: vec![Some(8.0); 63],
                ..line(500, 63, 4).question
            },
            first: 500,
        };
        let (two, three) = (
            [line(0, 63, 1), line(0, 63, 2)],
            [line(0, 63, 1), line(0, 63, 2), constant],
        );
        assert_eq!(
            test(&two, 19, 1).map(|found| found.p),
            test(&three, 19, 1).map(|found| found.p)
        );
    }
}
