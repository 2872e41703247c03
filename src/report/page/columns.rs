//! The columns of the tables of several runners: what each is, by its name, and the data dictionary that lies beside the tables.

use super::{
    block::{Block, Line, Page, Section},
    dictionary::{CALENDAR_COLUMNS, about, rollup_text, table_of_keys},
};
use crate::{
    associate::cohort::Cohort,
    error::Error,
    frames::{self, STACKED, Stacked},
    metrics::{METRICS, Metric, Rollup},
    report::cohort::CohortDocument,
    words::sentence,
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

/// The data dictionary of a cohort: every column of every table in its order, then every key of `cohort.json`.
///
/// # Errors
/// [`Error::Render`] when polars refuses; that would be a fault in niggle.
pub(in crate::report) fn page() -> Result<Page, Error> {
    let tables = STACKED.iter().map(of_table);
    let mut sections = tables.collect::<Result<Vec<Section>, Error>>()?;
    sections.push(of_json());
    Ok(Page {
        title: "Data dictionary of a cohort".into(),
        opening: vec![Block::Paragraph(Line::prose(OPENING))],
        sections,
        ..Page::default()
    })
}

const OPENING: &str = "Each table lies here as `.csv` and `.parquet`, the rows of everybody one below the other. An empty cell is not measured or not known; it is \
     never zero. Units are SI and stand in the names. In CSV, words that begin with `=`, `+`, `-` or `@` have an apostrophe before them, so that no \
     spreadsheet runs them; Parquet has them as they are, as plain strings. Names of files, titles, shoes, own words and the clock's place in the \
     world are in none. `niggle schema runs` prints the columns of a table for programs.";

fn of_table(table: &Stacked) -> Result<Section, Error> {
    let columns = table.columns()?.into_iter();
    let rows = columns.map(|(id, kind)| {
        let (unit, about) = told(table.name, &id).unwrap_or_default();
        let plain = [kind.word(), unit].map(Line::from);
        let id = [Line::new().code(id)].into_iter();
        id.chain(plain).chain([Line::prose(&about)]).collect()
    });
    let blocks = vec![
        Block::paragraph(sentence(table.title)),
        Block::table(&OF_COLUMNS, rows),
    ];
    Ok(Section::new(table.name, table.name, blocks))
}

/// How tables of columns are headed.
const OF_COLUMNS: [&str; 4] = ["column", "type", "unit", "what it is"];

fn of_json() -> Section {
    let keys = [CohortDocument::KEYS, Cohort::KEYS].concat();
    let intro = Block::Paragraph(Line::prose("`[]` stands for each element of a list."));
    Section::new(
        "cohortjson",
        "cohort.json",
        vec![intro, table_of_keys(&keys)],
    )
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
    fn the_dictionary_has_every_column_once_and_every_key() {
        let text = crate::report::markdown::write(&page().unwrap());
        let sections: Vec<&str> = text.split("\n## ").skip(1).collect();
        for table in &STACKED {
            let section = sections
                .iter()
                .find(|section| section.starts_with(table.name));
            let section = section.expect(table.name);
            for (id, _) in table.columns().unwrap() {
                let row = format!("\n| `{id}` | ");
                assert_eq!(section.matches(&row).count(), 1, "{}.{id}", table.name);
            }
        }
        for key in ["time_to_first", "slope_per_m", "left_out", "sha256"] {
            assert!(text.contains(&format!("`{key}`")), "{key}");
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
