//! The report on several runners: `cohort.html`, `cohort.md`, `cohort.json` and one picture. Runners are named as their folders are, and nothing
//! else in it tells who they are: no dates, no places, no files.

use super::{
    COHORT, Maker, Output, charts, html, markdown, page, pictures, rendering,
    study::Study,
    text_file,
    write::{Poured, write_all_and_pour},
};
use crate::{
    associate::cohort::{Cohort, Own, Pooled},
    epidemiology::{self, Flow},
    error::Error,
    keys::Keys,
    units::{Units, rounded},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What several runners come to.
#[derive(Clone, Copy)]
pub struct Together<'t> {
    /// Load and pain.
    pub cohort: &'t Cohort,
    /// Injuries and exposure.
    pub study: &'t epidemiology::Study,
    /// Who took part.
    pub flow: &'t Flow,
}

/// Writes the report and returns the file to open.
///
/// # Errors
/// [`Error::Render`] when the picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(
    together: Together,
    tables: &[Poured],
    units: Units,
    output: &Output,
) -> Result<PathBuf, Error> {
    let Together { cohort, flow, .. } = together;
    let mut charts = charts::of_flow(flow);
    charts.drawn.extend(charts::of_cohort(cohort).drawn);
    let page = page::of_cohort(together, units, &charts);
    let html = html::write(&page, &charts, html::Names::Withheld)
        .map_err(|error| rendering(PAGE, &error))?;
    let json = json(together).map_err(|error| rendering(COHORT, &error))?;
    let texts = [
        text_file(PAGE, html),
        text_file("cohort.md", markdown::write(&page)),
        text_file(COHORT, json),
    ];
    let texts = texts.map(|text| -> Maker { Box::new(move || Ok(text.clone())) });
    let files: Vec<Maker> = pictures(&charts).chain(texts).collect();
    write_all_and_pour(output.path(), &files, tables)?;
    Ok(output.path().join(PAGE))
}

/// The page to open.
const PAGE: &str = "cohort.html";

/// `cohort.json`.
#[derive(Serialize, JsonSchema)]
pub struct CohortDocument {
    schema_version: u32,
    niggle_version: &'static str,
    #[serde(flatten)]
    cohort: Cohort,
    flow: Flow,
    study: Study,
}

impl CohortDocument {
    /// Raised when a name changes its meaning or goes.
    pub const VERSION: u32 = 2;

    /// What its own keys are, before those of [`Cohort::KEYS`].
    pub const KEYS: &'static [Keys] = &[
        Keys::of(
            &["schema_version"],
            "Raised when a name changes its meaning or goes.",
        ),
        Keys::of(&["niggle_version"], "The program's version."),
        Keys::object(
            &["flow"],
            "Who was left out on the way from everybody to those who count, as a flow diagram counts them.",
            Flow::KEYS,
        ),
        Keys::object(
            &["study"],
            "How long runners were watched, injuries by exposure, weeks with trouble, time to the first, and what was flagged before onsets.",
            Study::KEYS,
        ),
    ];
}

fn json(together: Together) -> serde_json::Result<String> {
    let mut cohort = together.cohort.clone();
    cohort.pairs.iter_mut().for_each(round_pair);
    let document = CohortDocument {
        schema_version: CohortDocument::VERSION,
        niggle_version: env!("CARGO_PKG_VERSION"),
        cohort,
        flow: together.flow.clone(),
        study: Study::from(together.study),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn round_pair(pair: &mut Pooled) {
    let interval = [&mut pair.ci_low, &mut pair.ci_high];
    let values = [&mut pair.n_eff, &mut pair.r, &mut pair.p, &mut pair.q];
    values
        .into_iter()
        .chain(interval)
        .for_each(|value| round(value, 4));
    let slope = [
        &mut pair.slope_per_m,
        &mut pair.slope_ci_low,
        &mut pair.slope_ci_high,
    ];
    slope.into_iter().for_each(|value| round(value, 9));
    pair.own.iter_mut().for_each(round_own);
}

fn round_own(own: &mut Own) {
    let interval = [&mut own.ci_low, &mut own.ci_high];
    let reverse = [&mut own.reverse_rho, &mut own.reverse_p];
    let values = [&mut own.n_eff, &mut own.rho].into_iter().chain(reverse);
    values
        .into_iter()
        .chain(interval)
        .for_each(|value| round(value, 4));
}

fn round(value: &mut Option<f64>, decimals: i32) {
    *value = value.map(|value| rounded(value, decimals));
}
