//! The lists beside the three tables: other sports, what was merged, and every problem.

use super::{csv, failed, runs};
use crate::{
    error::Error,
    metrics::METRICS,
    model::{Merge, Run},
    problem::Problem,
};
use polars::prelude::{Column, DataFrame, DateChunked, IntoColumn, NamedFrom, Series};

/// Rows of the problems' table that are in memory at once.
const PROBLEMS_AT_A_TIME: usize = 2000;
/// Activities of other sports: the columns of `runs` that mean something for any sport.
///
/// # Errors
/// [`Error::Render`] when polars refuses.
pub fn other_sports(others: &[Run]) -> Result<DataFrame, Error> {
    let of_any_sport = METRICS.iter().filter(|metric| metric.any_sport);
    table(
        of_any_sport
            .map(|metric| runs::column(metric, others))
            .collect(),
    )
}

/// One row for each copy that was merged.
///
/// # Errors
/// As [`other_sports`].
pub fn merges(merges: &[Merge]) -> Result<DataFrame, Error> {
    let words =
        |id: &str, of: fn(&Merge) -> Option<String>| column(id, merges.iter().map(of).collect());
    let numbers =
        |id: &str, of: fn(&Merge) -> Option<f64>| runs::rounded(id, merges.iter().map(of), 1);
    let days = merges.iter().map(|merge| merge.local_date);
    table(vec![
        words("run_id", |merge| Some(merge.run_id.clone())),
        DateChunked::from_naive_date("local_date".into(), days).into_column(),
        words("kept", |merge| Some(merge.kept.clone())),
        words("copy", |merge| Some(merge.copy.clone())),
        words("place", |merge| merge.place.clone()),
        numbers("start_difference_s", |merge| Some(merge.start_difference_s)),
        numbers("distance_difference_m", |merge| merge.distance_difference_m),
        words("filled", |merge| joined(&merge.filled, ", ")),
        words("corrected", |merge| joined(&merge.corrected, "; ")),
    ])
}

fn table(columns: Vec<Column>) -> Result<DataFrame, Error> {
    DataFrame::new_infer_height(columns).map_err(|error| failed(&error))
}

/// Words one after the other; None without any.
fn joined<W: std::borrow::Borrow<str>>(words: &[W], between: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.join(between))
}

/// One row for each problem.
///
/// # Errors
/// As [`other_sports`].
pub(super) fn problems(problems: &[Problem]) -> Result<DataFrame, Error> {
    let words = |id: &str, of: fn(&Problem) -> String| {
        column(id, problems.iter().map(|p| Some(of(p))).collect())
    };
    table(vec![
        words("kind", |problem| problem.code.as_str().to_string()),
        words("effect", |problem| problem.effect.as_str().to_string()),
        words("where", |problem| problem.place.clone()),
        words("what", |problem| problem.detail.clone()),
        words("what_niggle_did", |problem| problem.consequence.clone()),
        words("what_you_can_do", |problem| {
            problem.code.advice().to_string()
        }),
    ])
}

/// The problems as CSV. An export has tens of thousands of them, so that only some at a time are a table.
///
/// # Errors
/// [`Error::Render`] when polars refuses.
pub fn problems_csv(list: &[Problem]) -> Result<Vec<u8>, Error> {
    csv(std::iter::once(problems(&[])).chain(list.chunks(PROBLEMS_AT_A_TIME).map(problems)))
}

fn column(id: &str, words: Vec<Option<String>>) -> Column {
    Series::new(id.into(), words).into_column()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Code, Effect};

    #[test]
    fn problems_made_some_at_a_time_are_the_same_table() {
        let of = |n: usize| {
            let what = ["one, two", "", "=1+1", "two\nlines", "a \"b\""][n % 5];
            Problem::new(
                Code::ALL[n % Code::ALL.len()],
                Effect::Noted,
                format!("file {n}"),
                what,
                "It was left out.",
            )
        };
        for count in [
            0,
            1,
            PROBLEMS_AT_A_TIME,
            PROBLEMS_AT_A_TIME + 1,
            2 * PROBLEMS_AT_A_TIME + 500,
        ] {
            let list: Vec<Problem> = (0..count).map(of).collect();
            assert_eq!(
                problems_csv(&list).unwrap(),
                csv([problems(&list)]).unwrap(),
                "{count}"
            );
        }
    }
}
