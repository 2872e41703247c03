//! The last four weeks beside what is usual: what the title of a picture of weeks says.

use crate::{analysis::Analysis, model::Week, stats::describe::median, time::plus_days};

/// Weeks called lately.
const LATELY_WEEKS: i64 = 4;

/// What is usual is that of the year before them.
const USUAL_WEEKS: i64 = 52;

/// Fewer weeks than this are no habit.
const FEWEST_WEEKS: usize = 8;

/// As a share: less is called the same.
const SAME: f64 = 0.15;

/// A value of a week, lately and usually.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lately {
    /// The middle one of the year before the last four weeks.
    pub usual: f64,
    /// The mean of the last four weeks. None where fewer than two are known.
    pub now: Option<f64>,
}

/// Takes a value of whole weeks. None without enough of them to call something usual.
pub(super) fn lately(analysis: &Analysis, value: fn(&Week) -> Option<f64>) -> Option<Lately> {
    let last = analysis.history.weeks.iter().rfind(|week| week.full)?.start;
    let (now, before) = (
        plus_days(last, -7 * (LATELY_WEEKS - 1)),
        plus_days(last, -7 * (LATELY_WEEKS + USUAL_WEEKS - 1)),
    );
    let known = |week: &Week| value(week).filter(|_| week.full);
    let weeks = || analysis.history.weeks.iter();
    let of = |from, to| -> Vec<f64> {
        let inside = weeks().filter(move |week| from <= week.start && week.start < to);
        inside.filter_map(known).collect()
    };
    let usual = of(before, now);
    let enough = usual.len() >= FEWEST_WEEKS;
    Some(Lately {
        usual: median(&usual).filter(|usual| enough && *usual > 0.0)?,
        now: mean(&of(now, plus_days(last, 7))),
    })
}

fn mean(values: &[f64]) -> Option<f64> {
    (values.len() >= 2).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

impl Lately {
    /// `about 36 km a week, as usual`, `25 km a week lately, usually 36`. `text` writes a value, `unit` follows it.
    pub(super) fn words(&self, text: impl Fn(f64) -> String, unit: &str) -> String {
        let usual = text(self.usual);
        match self.now {
            None => format!("about {usual} {unit} a week"),
            Some(now) if (now / self.usual - 1.0).abs() <= SAME || text(now) == usual => {
                format!("about {usual} {unit} a week, lately as well")
            }
            Some(now) => format!("{} {unit} a week lately, {usual} usually", text(now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::charts::fixtures::{analysis, date, run},
        units::number,
    };

    /// So many weeks, each with a run on Monday and one on Sunday of together so many km.
    fn weeks(km: &[f64]) -> Analysis {
        let monday = |week: usize| plus_days(date("2024-01-01"), 7 * week as i64);
        let runs = km
            .iter()
            .enumerate()
            .flat_map(|(week, km)| [0, 6].map(|day| run(plus_days(monday(week), day), km / 2.0)));
        analysis(runs.collect(), Vec::new(), Vec::new())
    }

    fn words(km: &[f64]) -> Option<String> {
        let lately = lately(&weeks(km), |week| week.distance_m)?;
        Some(lately.words(|metres| number(metres / 1000.0, 0), "km"))
    }

    #[test]
    fn four_weeks_are_set_beside_the_year_before() {
        let after = |now: [f64; 4]| words(&[&[36.0; 10][..], &now].concat());
        for (now, expected) in [
            ([20.0, 30.0, 25.0, 25.0], "25 km a week lately, 36 usually"),
            (
                [36.0, 40.0, 40.0, 36.0],
                "about 36 km a week, lately as well",
            ),
            ([60.0, 60.0, 60.0, 60.0], "60 km a week lately, 36 usually"),
        ] {
            assert_eq!(after(now).as_deref(), Some(expected));
        }
        assert_eq!(words(&[36.0; 11]), None, "seven weeks before the last four");
    }
}
