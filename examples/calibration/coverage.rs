//! Whether the 95 % intervals of the partial rho hold its true value.

use crate::{
    look::{Pair, each_kept, report, simulated},
    pairs::{Cell, cell},
    scenarios::{Scenario, named},
    table::{Share, table},
};
use niggle::{
    associate::Exposure::{self, Descent3, Distance0, Distance1, Distance3},
    backtest::Backtest,
};

/// Logs of ten years make up the true value.
const LONG_DAYS: usize = 3650;

/// The scenarios, and the exposures whose truth is asked.
const ASKED: [(&str, &[Exposure]); 11] = [
    ("a", &[Distance1, Distance3, Distance0]),
    ("a-waves", &[Distance1, Distance3, Distance0]),
    ("b", &[Distance1, Distance3, Distance0]),
    ("h-weak", &[Distance1, Distance3]),
    ("h-medium", &[Distance1, Distance3]),
    ("h-strong", &[Distance1, Distance3]),
    ("j", &[Distance3]),
    ("k", &[Descent3]),
    ("m", &[Distance1, Distance0]),
    ("m-spells", &[Distance1, Distance0]),
    ("m-free", &[Distance1, Distance0]),
];

/// The table. `long` runners make up each truth.
pub fn section(cells: &[Cell], long: u32) -> String {
    let headings = [
        "scenario", "load", "true rho", "84 days", "168 days", "365 days",
    ];
    let rows = ASKED.iter().flat_map(|(name, exposures)| {
        let truths = truths(&named(name), long);
        let row = move |exposure: &Exposure| {
            let truth = mean(
                truths
                    .iter()
                    .filter(|(of, _)| of == exposure)
                    .map(|(_, rho)| *rho),
            );
            let held = [84, 168, 365].map(|days| held(cells, name, days, *exposure, truth));
            let head = [
                name.to_string(),
                exposure.title().to_string(),
                format!("{truth:+.3}"),
            ];
            head.into_iter().chain(held).collect::<Vec<String>>()
        };
        exposures.iter().map(row).collect::<Vec<_>>()
    });
    table(&headings, rows)
}

/// The partial rhos of runners with ten years.
fn truths(scenario: &Scenario, long: u32) -> Vec<(Exposure, f64)> {
    let of_one = each_kept(long, ("truth", scenario.name), LONG_DAYS, |seed| {
        let (_, files) = simulated(scenario, LONG_DAYS, seed);
        let (found, _) = report(&files, Backtest::default());
        found.iter().map(Pair::of).collect::<Vec<Pair>>()
    });
    let rho = |pair: Pair| Some((pair.exposure, pair.rho?[0]));
    of_one.concat().into_iter().filter_map(rho).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn held(cells: &[Cell], name: &str, days: usize, exposure: Exposure, truth: f64) -> String {
    if !named(name).days.contains(&days) {
        return "–".to_string();
    }
    let shown = cell(cells, name, days).shown.iter();
    let intervals = shown
        .filter(|(of, _)| *of == exposure)
        .map(|(_, ends)| *ends);
    let held = Share::of(intervals, |[_, low, high]| *low <= truth && truth <= *high);
    held.with_error()
}
