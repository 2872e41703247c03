//! One runner's columns: whole weeks, the runner's own means taken out.

use super::Dated;
use crate::stats::partial_shift::Question;

/// Loads turn by whole weeks, days.
pub(super) const WEEK: usize = 7;

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Role {
    /// Turns with the load: today's run.
    Run,
    /// Stays with the pain: yesterday's.
    Before,
    Load,
    Pain,
}

impl Role {
    pub(super) fn turns(self) -> bool {
        matches!(self, Role::Run | Role::Load)
    }

    pub(super) fn is_taken_out(self, given: &[Role]) -> bool {
        given.contains(&self)
    }

    pub(super) fn is_end(self) -> bool {
        matches!(self, Role::Load | Role::Pain)
    }
}

/// What is held fixed in each of the three questions.
///
/// Today's run alone is fooled by who runs less when it hurts; yesterday's pain with it by pain that comes on the evening of the run and
/// lasts; yesterday's pain alone by run days that alternate. A link that shows whichever of them is held fixed is none of these.
pub(super) const QUESTIONS: [&[Role]; 3] =
    [&[Role::Run], &[Role::Before], &[Role::Run, Role::Before]];

pub(super) type Daily = Vec<Option<f64>>;

/// A series on the days on which it counts.
pub(super) struct Column {
    pub(super) role: Role,
    pub(super) days: Daily,
}

/// One runner's whole weeks.
pub(super) struct Columns {
    /// Number of the first day.
    pub(super) first: i64,
    /// Days with a known load and all that turns with it.
    pub(super) turned: Vec<bool>,
    /// Days with a known pain.
    pub(super) still: Vec<bool>,
    /// What turns, what stays, the load and the pain.
    pub(super) columns: Vec<Column>,
}

impl Columns {
    /// Each series less its mean over the runner's days. None without a whole week, or where the series differ in length.
    pub(super) fn of(runner: &Dated) -> Option<Self> {
        let runner = whole_weeks(runner)?;
        let mut found = Columns::without_columns(&runner);
        found.columns = columns(&runner, &found);
        Some(found)
    }

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
        Columns {
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
    pub(super) fn dates(&self) -> impl Iterator<Item = i64> {
        let days = self.turned.iter().zip(&self.still);
        let days = (self.first..).zip(days);
        days.filter_map(|(date, (turned, still))| (*turned && *still).then_some(date))
    }

    /// The day of the load that meets each day's pain, where both are known.
    pub(super) fn meetings(&self, shift: usize) -> impl Iterator<Item = (usize, usize)> {
        let days = self.turned.len();
        let pairs = (0..days).map(move |day| ((day + days - shift) % days, day));
        pairs.filter(|(load, pain)| self.turned[*load] && self.still[*pain])
    }
}

impl Column {
    /// Less its mean.
    fn of(role: Role, days: Daily) -> Self {
        let mut column = Column { role, days };
        column.centre();
        column
    }

    /// Takes its mean out.
    pub(super) fn centre(&mut self) {
        let known = self.days.iter().flatten();
        let mean = known.clone().sum::<f64>() / known.count().max(1) as f64;
        self.days
            .iter_mut()
            .flatten()
            .for_each(|value| *value -= mean);
    }
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
        key: runner.key,
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

/// A runner's columns on the days on which they count, each less its mean. Unknown days of what stays take part at its mean, beside a column of their own.
fn columns(runner: &Dated, known: &Columns) -> Vec<Column> {
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
    let on_known = |(role, series): (Role, &Daily)| Column::of(role, known.only(role, series));
    turning.chain(staying).chain(ends).map(on_known).collect()
}

fn unknown(series: &Daily) -> Daily {
    let is_unknown = |value: &Option<f64>| Some(f64::from(u8::from(value.is_none())));
    series.iter().map(is_unknown).collect()
}
