//! The report on several runners: `cohort.md`, `cohort.json` and one picture. Runners are named as their folders are, and nothing
//! else in it tells who they are: no dates, no places, no files.

use super::{Output, charts, markdown, page, rendering, write::write_all};
use crate::{
    associate::cohort::Cohort,
    error::Error,
    units::{Units, rounded},
};
use serde::Serialize;
use std::path::PathBuf;

/// Raised when a name changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// Writes the report and returns the file to open.
///
/// # Errors
/// [`Error::Render`] when the picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(cohort: &Cohort, units: Units, output: &Output) -> Result<PathBuf, Error> {
    let charts = charts::of_cohort(cohort);
    let json = json(cohort).map_err(|error| rendering("cohort.json", &error))?;
    let pages = [
        (
            "cohort.md".to_string(),
            markdown::write(&page::of_cohort(cohort, units, &charts)).into_bytes(),
        ),
        (super::COHORT.to_string(), json.into_bytes()),
    ];
    write_all(
        output.path(),
        pages.into_iter().map(Ok).chain(super::pictures(charts)),
    )?;
    Ok(output.path().join("cohort.md"))
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    niggle_version: &'static str,
    #[serde(flatten)]
    cohort: Cohort,
}

fn json(cohort: &Cohort) -> serde_json::Result<String> {
    let mut cohort = cohort.clone();
    let round =
        |value: &mut Option<f64>, decimals| *value = value.map(|value| rounded(value, decimals));
    for pair in &mut cohort.pairs {
        round(&mut pair.slope_per_m, 9);
        for value in [
            &mut pair.n_eff,
            &mut pair.r,
            &mut pair.ci_low,
            &mut pair.ci_high,
            &mut pair.p,
            &mut pair.q,
        ] {
            round(value, 4);
        }
        for own in &mut pair.own {
            let values = [
                &mut own.n_eff,
                &mut own.rho,
                &mut own.ci_low,
                &mut own.ci_high,
                &mut own.reverse_rho,
            ];
            values.into_iter().for_each(|value| round(value, 4));
        }
    }
    let document = Document {
        schema_version: SCHEMA_VERSION,
        niggle_version: env!("CARGO_PKG_VERSION"),
        cohort,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
