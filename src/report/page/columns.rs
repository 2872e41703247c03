//! The columns of the tables of several runners, found by name: what the data dictionary says of them, and what is missing from them.

use super::dictionary::{CALENDAR_COLUMNS, about, rollup_text};
use crate::{
    frames,
    metrics::{METRICS, Metric, Rollup},
};

/// Tables that have the metrics as columns: as they are, and rolled up.
const OF_RUNS: &str = "runs";
const ROLLED_UP: [&str; 2] = ["days", "weeks"];

/// Unit of a column, and what it is. None: no such column is known.
pub(in crate::report) fn told(table: &str, id: &str) -> Option<(&'static str, String)> {
    let listed = listed(table, id).or_else(|| of_calendar(table, id));
    let (unit, about) = listed.or_else(|| of_metric(table, id))?;
    Some((unit, format!("{about}{}", left_out(id))))
}

fn listed(table: &str, id: &str) -> Option<(&'static str, String)> {
    let columns = frames::stacked_columns().into_iter();
    let mut columns = columns.chain(frames::pain_columns());
    let column = columns.find(|column| column.table == table && column.id == id)?;
    Some((column.unit, column.about.to_string()))
}

fn of_calendar(table: &str, id: &str) -> Option<(&'static str, String)> {
    let mut columns = CALENDAR_COLUMNS.iter();
    let is_it = |tables: &str, name| name == id && tables.split(", ").any(|one| one == table);
    let (_, _, unit, about) = columns.find(|(tables, name, ..)| is_it(tables, *name))?;
    Some((unit, about.to_string()))
}

fn of_metric(table: &str, id: &str) -> Option<(&'static str, String)> {
    let metric = METRICS.iter().find(|metric| metric.id == id)?;
    if table == OF_RUNS {
        return Some((metric.unit, about(metric)));
    }
    let is_rolled_up = metric.rollup != Rollup::None && ROLLED_UP.contains(&table);
    is_rolled_up.then(|| (metric.unit, rolled_up(metric)))
}

/// Of a day or week there is no empty run, so that only what it is and how it comes about is told.
fn rolled_up(metric: &Metric) -> String {
    let rollup = rollup_text(metric.rollup);
    format!("{} Of the day's or week's runs: {rollup}.", metric.about)
}

/// What a cohort leaves out unless dates were asked for.
fn left_out(id: &str) -> &'static str {
    if frames::is_of_the_calendar(id) {
        " Empty without --dates."
    } else if frames::is_of_run_ids(id) {
        " Without --dates only its last part, which does not hold the day."
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::STACKED;

    #[test]
    fn every_column_of_every_table_is_told() {
        for table in &STACKED {
            for (id, _) in table.columns().unwrap() {
                let told = told(table.name, &id);
                let about = told.map(|(_, about)| about).unwrap_or_default();
                assert!(about.len() > 10, "{}.{id}: {about:?}", table.name);
            }
        }
    }

    #[test]
    fn a_name_means_what_it_means_in_its_table() {
        let about = |table, id| told(table, id).map(|(_, about)| about).unwrap_or_default();
        assert!(about("days", "distance_m").ends_with("runs: sum of the runs that have it."));
        assert_ne!(
            about("runs", "session_rpe"),
            about("ratings", "session_rpe")
        );
        assert_ne!(about("days", "runs"), about("findings", "runs"));
        assert!(about("episodes", "onset_run_id").ends_with("does not hold the day."));
        assert_eq!(told("days", "run_id"), None);
        assert_eq!(told("runs", "nothing"), None);
    }
}
