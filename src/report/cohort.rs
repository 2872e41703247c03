//! The report on several runners: `cohort.html`, `cohort.md`, `cohort.json` and pictures. Runners are named as their folders are, and nothing
//! else in it tells who they are: no dates, no places, no files.

use super::{
    COHORT, Maker, Output, charts, html, markdown, page, pictures,
    study::Study,
    text_file,
    write::{Poured, write_all_and_pour},
};
use crate::{
    associate::cohort::{Beside, Cohort, Own, Pooled},
    digest::Digest,
    epidemiology::{self, Flow, Registered},
    error::Error,
    keys::Keys,
    units::{Units, rounded},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf};

/// Writes the report and returns the file to open.
///
/// # Errors
/// [`Error::Render`] when the picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(told: &ToldOfCohort, tables: &[Poured], output: &Output) -> Result<PathBuf, Error> {
    let mut charts = charts::of_flow(told.flow);
    charts.drawn.extend(charts::of_study(told.study).drawn);
    charts.drawn.extend(charts::of_cohort(told.cohort).drawn);
    let page = page::of_cohort(told, &charts);
    let html = html::write(&page, &charts, html::Names::Withheld)
        .map_err(|error| Error::render(PAGE, &error))?;
    let json = json(told).map_err(|error| Error::render(COHORT, &error))?;
    let dictionary = markdown::write(&page::dictionary_of_cohort()?);
    let texts = [
        text_file(DICTIONARY, dictionary),
        text_file(PAGE, html),
        text_file("cohort.md", markdown::write(&page)),
        text_file(COHORT, json),
    ];
    let texts = texts.map(|text| -> Maker { Box::new(move || Ok(text.clone())) });
    let files: Vec<Maker> = pictures(&charts).chain(texts).collect();
    write_all_and_pour(output, &files, tables)?;
    Ok(output.path().join(PAGE))
}

/// The page to open.
const PAGE: &str = "cohort.html";
/// What the columns of the tables are, beside them.
const DICTIONARY: &str = "tables/data_dictionary.md";

/// All that is told of a cohort.
pub struct ToldOfCohort<'a> {
    /// Load and pain within the runners.
    pub cohort: &'a Cohort,
    /// Injuries, weeks with trouble, what came before onsets.
    pub study: &'a epidemiology::Study,
    /// Who took part.
    pub flow: &'a Flow,
    /// Which tests were planned.
    pub registered: Option<&'a Registered>,
    /// Everything that was read, in one short name.
    pub inputs: Digest,
    /// What was asked for.
    pub settings: &'a Value,
    /// How distances are shown.
    pub units: Units,
}

/// `cohort.json`.
#[derive(Serialize, JsonSchema)]
pub struct CohortDocument {
    schema_version: u32,
    niggle_version: &'static str,
    inputs: String,
    settings: BTreeMap<String, String>,
    registered: Option<Registered>,
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
        Keys::of(
            &["inputs"],
            "Digest of everything that was read: equal ones mean the same recordings and logs, whatever their files are called.",
        ),
        Keys::of(
            &["settings"],
            "What was asked for, as the options of the command; empty for the defaults.",
        ),
        Keys::object(
            &["registered"],
            "Which tests were planned before anybody looked, by the file of --registered; null without one.",
            Registered::KEYS,
        ),
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

fn json(told: &ToldOfCohort) -> serde_json::Result<String> {
    let mut cohort = told.cohort.clone();
    cohort.pairs.iter_mut().for_each(round_pair);
    let document = CohortDocument {
        schema_version: CohortDocument::VERSION,
        niggle_version: env!("CARGO_PKG_VERSION"),
        inputs: told.inputs.to_string(),
        settings: settings(told.settings),
        registered: told.registered.cloned(),
        cohort,
        flow: told.flow.clone(),
        study: Study::from(told.study),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

/// Each option as a text, as it would be written on the command line.
fn settings(asked: &Value) -> BTreeMap<String, String> {
    let options = asked.as_object().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_string);
    options
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
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
    round_beside(&mut pair.beside);
    pair.own.iter_mut().for_each(round_own);
}

fn round_beside(beside: &mut Beside) {
    let rm = [
        &mut beside.rm_r,
        &mut beside.rm_ci_low,
        &mut beside.rm_ci_high,
    ];
    let own = [
        &mut beside.own_mean,
        &mut beside.own_ci_low,
        &mut beside.own_ci_high,
    ];
    let differ = [&mut beside.own_sd, &mut beside.own_i2];
    let all = rm.into_iter().chain(own).chain(differ);
    all.for_each(|value| round(value, 4));
    for under in &mut beside.other_gates {
        let slope = [
            &mut under.slope_per_m,
            &mut under.slope_ci_low,
            &mut under.slope_ci_high,
        ];
        slope.into_iter().for_each(|value| round(value, 9));
        round(&mut under.p, 4);
    }
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
