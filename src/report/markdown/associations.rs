//! Load and pain together: what was tested, what came out, and the sentences that must be said.

use crate::{
    analysis::Analysis,
    associate::{self, Association},
    pain::{PainLog, site_text},
    report::text::{escaped, table},
    units::number,
};

/// The section; with no pain log it says so.
pub fn section(analysis: &Analysis) -> String {
    let mut out = String::from("## Load and pain together\n\n");
    if analysis.associations.is_empty() {
        out.push_str(&format!("{}\n\n", nothing_to_relate(&analysis.pain)));
    } else {
        let tested: Vec<&Association> = analysis.associations.iter().filter(|a| a.p.is_some()).collect();
        out.extend(tested.iter().map(|a| format!("- {}\n", escaped(&associate::sentence(a)))));
        if tested.is_empty() {
            out.push_str(
                "There are too few days to say whether load and pain go together; the table shows what is missing.\n",
            );
        }
        out.push('\n');
        out.push_str(&table(&HEADER, analysis.associations.iter().map(row)));
        out.push_str("\nrho is Spearman's rank correlation; the range is its 95 % interval with the effective number of days; p is exact, by \
                      shifting the load along the calendar (where the log has gaps, every shift in its own standard errors); q corrects for \
                      the number of tests.\n\n");
    }
    out.push_str("What must be said with it:\n\n");
    out.extend(said(analysis).into_iter().map(|sentence| format!("- {sentence}\n")));
    out
}

/// Why there is no pair at all.
fn nothing_to_relate(pain: &PainLog) -> &'static str {
    match (&pain.place, pain.entries.iter().filter_map(|entry| entry.pain).reduce(f64::max)) {
        (None, _) => "There is no pain log to set beside the load.",
        (_, None) => "The pain log has no rating yet, so there is nothing to set beside the load.",
        (_, Some(0.0)) => "Every rating of the pain log is 0, so there is no pain to set beside the load.",
        _ => {
            "No limb and no lower back was rated above 0, so there is no place whose pain could be set beside the load."
        }
    }
}

const HEADER: [&str; 9] =
    ["pain at", "load before it", "days", "effective", "rho", "range", "p", "q", "not tested because"];

fn row(a: &Association) -> Vec<String> {
    let shown = |value: Option<f64>, decimals| value.map_or("–".to_string(), |v| number(v, decimals));
    let range = a
        .ci_low
        .zip(a.ci_high)
        .map_or("–".to_string(), |(low, high)| format!("{} to {}", number(low, 2), number(high, 2)));
    let q = if a.flagged { format!("**{}**", shown(a.q, 3)) } else { shown(a.q, 3) };
    vec![
        site_text(a.site, a.side),
        format!(
            "{}{}",
            associate::exposure_text(a.exposure),
            if a.detrended && a.rho.is_some() { " (season taken out)" } else { "" }
        ),
        a.n.to_string(),
        shown(a.n_eff, 0),
        shown(a.rho, 2),
        range,
        shown(a.p, 3),
        q,
        associate::why_not(a).map(escaped).unwrap_or_default(),
    ]
}

fn said(analysis: &Analysis) -> Vec<String> {
    let covered = analysis.history.days.iter().filter(|day| day.covered);
    let logged = covered.clone().filter(|day| day.pain_max.is_some()).count();
    let covered = covered.count();
    associate::must_be_said(logged, covered, analysis.backtest.tests).into_iter().collect()
}
