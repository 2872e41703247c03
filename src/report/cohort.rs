//! The report on several runners: `cohort.md`, `cohort.json` and one picture. Runners are named as their folders are, and nothing
//! else in it tells who they are: no dates, no places, no files.

use super::{
    Output,
    charts::{self, Charts},
    rendering,
    text::{escaped, table},
    write::write_all,
};
use crate::{
    associate::{
        self,
        cohort::{self, Cohort, Own, Pooled, RUNNERS_MIN, Remark},
    },
    error::Error,
    stats::within_shift::DRAWS,
    units::{Units, counted, number, rounded},
};
use serde::Serialize;
use std::path::PathBuf;

/// Raised when a name changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// Distance and height for which the common slope is shown, in shown units.
const SLOPE_DISTANCE: f64 = 10.0;
const SLOPE_HEIGHT: f64 = 100.0;

/// Writes the report and returns the file to open.
///
/// # Errors
/// [`Error::Render`] when the picture cannot be made, [`Error::Output`] when a file cannot be written.
pub fn write(cohort: &Cohort, units: Units, output: &Output) -> Result<PathBuf, Error> {
    let charts = charts::of_cohort(cohort);
    let json = json(cohort).map_err(|error| rendering("cohort.json", &error))?;
    let pages = [
        ("cohort.md".to_string(), markdown(cohort, units, &charts).into_bytes()),
        (super::COHORT.to_string(), json.into_bytes()),
    ];
    write_all(output.path(), pages.into_iter().map(Ok).chain(super::pictures(charts)))?;
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
    let round = |value: &mut Option<f64>, decimals| *value = value.map(|value| rounded(value, decimals));
    for pair in &mut cohort.pairs {
        round(&mut pair.slope_per_m, 9);
        for value in [&mut pair.n_eff, &mut pair.r, &mut pair.ci_low, &mut pair.ci_high, &mut pair.p, &mut pair.q] {
            round(value, 4);
        }
        for own in &mut pair.own {
            let values = [&mut own.n_eff, &mut own.rho, &mut own.ci_low, &mut own.ci_high, &mut own.reverse_rho];
            values.into_iter().for_each(|value| round(value, 4));
        }
    }
    let document = Document { schema_version: SCHEMA_VERSION, niggle_version: env!("CARGO_PKG_VERSION"), cohort };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn markdown(cohort: &Cohort, units: Units, charts: &Charts) -> String {
    let sections = [
        opening(cohort),
        together(cohort, units),
        pictures(charts),
        one_by_one(cohort),
        remarks(cohort),
        said(cohort),
        method(),
    ];
    sections.into_iter().filter(|section| !section.is_empty()).collect::<Vec<_>>().join("\n")
}

fn opening(cohort: &Cohort) -> String {
    let (taking_part, left_out) = (cohort.runners.len(), cohort.left_out.len());
    let mut out = format!(
        "# Load and pain in {}\n\n{}, {} left out. Every runner is compared with their own other days, never with another \
         runner: how much someone runs or hurts in general is taken out. What goes together within the runners as a group says \
         nothing about any one of them.\n",
        counted(taking_part, "runner", "runners"),
        counted(taking_part, "runner takes part", "runners take part"),
        left_out,
    );
    if taking_part < RUNNERS_MIN {
        out.push_str(&format!(
            "\n**Fewer than {RUNNERS_MIN} runners have the days for a test, so none was made.** What is missing is in the tables \
             below.\n"
        ));
    }
    out
}

fn together(cohort: &Cohort, units: Units) -> String {
    let mut out = String::from("## All runners together\n\n");
    out.extend(cohort.pairs.iter().map(|pair| format!("- {}\n", escaped(&cohort::sentence(pair)))));
    out.push('\n');
    let header = ["pain", "load before it", "runners", "days", "effective", "r", "range", "slope", "p", "q"];
    out.push_str(&table(&header, cohort.pairs.iter().map(|pair| pooled_row(pair, units))));
    let (distance, height) = (units.distance_label(), units.height_label());
    out.push_str(&format!(
        "\nr is the repeated-measures correlation (Bakdash & Marusich 2017): one straight line common to all runners, each at their \
         own level. Its range is the usual 95 % interval, which takes days for independent: it is too narrow if days are alike, and \
         the effective number of days says how alike they are. Slope is points of pain for {SLOPE_DISTANCE} {distance} or \
         {SLOPE_HEIGHT} {height} more. p does not take days for independent: it is the share of {DRAWS} random draws, in each of which \
         every runner's load is turned around their own calendar by some number of days while the logged days stay, that give \
         as large an r in size (in the standard errors of the draw); never below 0.0001. q allows for the number of tests.\n"
    ));
    out
}

fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or("–".to_string(), |value| number(value, decimals))
}

fn range(low: Option<f64>, high: Option<f64>) -> String {
    low.zip(high).map_or("–".to_string(), |(low, high)| format!("{} to {}", number(low, 2), number(high, 2)))
}

fn pooled_row(pair: &Pooled, units: Units) -> Vec<String> {
    let metres = if pair.exposure.is_distance() {
        SLOPE_DISTANCE * units.distance_unit_m()
    } else {
        SLOPE_HEIGHT / units.height(1.0)
    };
    let q = shown(pair.q, 4);
    vec![
        cohort::pain_title(pair).to_string(),
        pair.exposure.title().to_string(),
        pair.runners.to_string(),
        pair.n.to_string(),
        shown(pair.n_eff, 0),
        shown(pair.r, 2),
        range(pair.ci_low, pair.ci_high),
        shown(pair.slope_per_m.map(|slope| slope * metres), 2),
        shown(pair.p, 4),
        if pair.flagged { format!("**{q}**") } else { q },
    ]
}

fn pictures(charts: &Charts) -> String {
    let drawn = charts.drawn.iter();
    drawn.map(|chart| format!("![{}]({})\n", escaped(&chart.alt), chart.path())).collect()
}

fn one_by_one(cohort: &Cohort) -> String {
    let mut out = String::from("## Runner by runner\n\n");
    for pair in cohort.pairs.iter().filter(|pair| !pair.own.is_empty()) {
        out.push_str(&format!("{}, {}\n\n", cohort::pain_title(pair), pair.exposure.title()));
        out.push_str(&table(
            &["runner", "days", "effective", "rho", "range", "takes no part because"],
            pair.own.iter().map(own_row),
        ));
        out.push('\n');
    }
    out.push_str(
        "rho is Spearman's rank correlation of the runner's own days, the range its 95 % interval with the effective number of days. \
         No runner is tested alone here; `niggle report` on a runner's folder does that.\n",
    );
    out
}

fn own_row(own: &Own) -> Vec<String> {
    let season = if own.detrended && own.rho.is_some() { " (season taken out)" } else { "" };
    vec![
        escaped(&own.runner),
        own.n.to_string(),
        shown(own.n_eff, 0),
        shown(own.rho, 2) + season,
        range(own.ci_low, own.ci_high),
        own.gate.as_deref().map(escaped).unwrap_or_default(),
    ]
}

fn remarks(cohort: &Cohort) -> String {
    let list = |title: &str, remarks: &[Remark]| {
        let lines: String = remarks
            .iter()
            .map(|remark| format!("- {}: {}\n", escaped(&remark.runner), escaped(&remark.what)))
            .collect();
        if lines.is_empty() { String::new() } else { format!("## {title}\n\n{lines}\n") }
    };
    let text = list("Left out", &cohort.left_out) + &list("To be known", &cohort.noted);
    text.trim_end_matches('\n').to_string() + if text.is_empty() { "" } else { "\n" }
}

fn said(cohort: &Cohort) -> String {
    let mut out = String::from("## What must be said with it\n\n");
    let said = associate::must_be_said(cohort.days_logged, cohort.days_covered, cohort.tests);
    out.extend(said.iter().map(|sentence| format!("- {sentence}\n")));
    out.push_str(
        "- A figure for a group is not one for a runner: some may have no link, or one that points the other way.\n\
         - Differences between runners are taken out, so nothing here says whether people who run more hurt more.\n\
         - The runners are taken for independent of each other. A training plan, weather or weekly routine that they share can make \
         load and pain go together in all of them.\n\
         - These runners are those who logged their pain for long enough; others may differ.\n",
    );
    out
}

fn method() -> String {
    let gates = associate::GATES;
    format!(
        "## How this was made\n\n\
         - Pain is a runner's highest rating of the day over all limbs and the lower back for distance, since runners do not hurt at \
         the same place; over knee, kneecap, quad and outer knee for descent; over calf, Achilles and foot for ascent. Where at \
         least 80 % of a runner's logged days have a morning rating, the mornings alone count. A rating that came from a word does not.\n\
         - The load lies strictly before the pain. These four pairs were fixed in advance; nothing else was tested.\n\
         - A runner takes part in a pair with at least {} logged days with a known load, {:.0} % of the days logged, {} days with \
         pain of 1 or more, {} logged as free of pain and {} different scores; a test needs {RUNNERS_MIN} runners.\n\
         - Where load or pain of a runner trends over their calendar, a centred 28-day running median is taken off both.\n\
         - **Bold** q: at most {}, with r at least {} in size and {:.0} effective days.\n\
         - Runners are told apart by their folders, and each activity of a runner counts once. Whether two folders belong to one \
         person is only noticed when their days are the same to the last.\n",
        gates.tested_days_min,
        gates.coverage_min * 100.0,
        gates.pain_days_min,
        gates.zero_days_min,
        gates.distinct_min,
        number(gates.q_max, 2),
        number(gates.rho_min, 1),
        gates.n_eff_min,
    )
}
