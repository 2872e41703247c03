//! Load and pain together: what was tested, what came out, and the sentences that must be said.

use crate::{
    analysis::Analysis,
    associate::{self, Association},
    pain::{PainLog, site_text},
    report::text::{escaped, table},
    units::{counted, number},
};

/// The section; with no pain log it says so.
pub(super) fn section(analysis: &Analysis) -> String {
    let mut out = String::from("## Load and pain together\n\n");
    if analysis.associations.is_empty() {
        out.push_str(&format!("{}\n\n", nothing_to_relate(&analysis.pain)));
    } else {
        let (tested, open): (Vec<&Association>, Vec<&Association>) =
            analysis.associations.iter().partition(|a| a.p.is_some());
        if tested.is_empty() {
            out.push_str(
                "There are too few days to say whether load and pain go together; the table shows what is missing.\n\n",
            );
        } else {
            out.push_str(&format!("{HOW_TO_READ}\n\n"));
            out.extend(tested.iter().map(|a| format!("- {}\n", escaped(&associate::sentence(a)))));
            out.push_str(&format!("\n{}\n{THE_COLUMNS}\n\n", table(&TESTED, tested.iter().map(|a| tested_row(a)))));
        }
        out.push_str(&not_tested(&open, tested.is_empty()));
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

/// For whom rho and q are new.
const HOW_TO_READ: &str = "How to read it: rho says how closely two things go together, from −1 (one high when the other is low) over \
                           0 (no link) to 1 (always high together). q is the share of false alarms to expect among links that are \
                           at least this clear: the smaller, the less it looks like chance.";

const THE_COLUMNS: &str = "rho is Spearman's rank correlation; the range is its 95 % interval with the effective number of days, which \
                           counts days that resemble their neighbours for less; p is exact, by shifting the load along the calendar \
                           (where the log has gaps, every shift in its own standard errors); q corrects for the number of tests and \
                           is bold where the link is flagged.";

const TESTED: [&str; 6] = ["pain at", "load before it", "days (effective)", "rho (95 % range)", "p", "q"];

fn tested_row(a: &Association) -> Vec<String> {
    let shown = |value: Option<f64>| value.map_or("–".to_string(), |v| number(v, 3));
    let q = if a.flagged { format!("**{}**", shown(a.q)) } else { shown(a.q) };
    vec![site_text(a.site, a.side), load_text(a), days_text(a), rho_text(a), shown(a.p), q]
}

const NOT_TESTED: [&str; 5] =
    ["pain at", "load before it", "days (effective)", "rho (95 % range)", "not tested because"];

/// What was not tested, folded where something else was. Empty when everything was.
fn not_tested(open: &[&Association], unfolded: bool) -> String {
    if open.is_empty() {
        return String::new();
    }
    let row = |a: &&Association| {
        let why = associate::why_not(a).map(escaped).unwrap_or_default();
        vec![site_text(a.site, a.side), load_text(a), days_text(a), rho_text(a), why]
    };
    let table = table(&NOT_TESTED, open.iter().map(row));
    if unfolded {
        return table + "\n";
    }
    let pairs = counted(open.len(), "pair", "pairs");
    format!(
        "<details>\n<summary>{pairs} of load and pain that could not be tested</summary>\n\n{table}\n</details>\n\n"
    )
}

fn load_text(a: &Association) -> String {
    let season = if a.detrended && a.rho.is_some() { " (season taken out)" } else { "" };
    format!("{}{season}", a.exposure.title())
}

/// `187 (115)`.
fn days_text(a: &Association) -> String {
    a.n_eff.map_or(a.n.to_string(), |effective| format!("{} ({})", a.n, number(effective, 0)))
}

/// `0.44 (0.24 to 0.60)`.
fn rho_text(a: &Association) -> String {
    let Some(rho) = a.rho else { return "–".to_string() };
    let range = a.ci_low.zip(a.ci_high);
    let range = range.map(|(low, high)| format!(" ({} to {})", number(low, 2), number(high, 2)));
    number(rho, 2) + &range.unwrap_or_default()
}

fn said(analysis: &Analysis) -> Vec<String> {
    let covered = analysis.history.days.iter().filter(|day| day.covered);
    let logged = covered.clone().filter(|day| day.pain_max.is_some()).count();
    let covered = covered.count();
    associate::must_be_said(logged, covered, analysis.backtest.tests).into_iter().collect()
}
