//! `report.md`: what matters first, then everything it rests on.

mod associations;
mod backtest;
mod beside;
mod files;
mod findings;
mod method;
mod opening;
mod watch;

pub use findings::loudness;

use super::{charts::Charts, text::escaped, verdict};
use crate::analysis::Analysis;

/// The whole page. The order is the promise: red flags, what to watch this week, findings, good news, charts, associations, the look back, what could not be judged,
/// what is beside running, file problems, method and limits.
pub(super) fn document(analysis: &Analysis, charts: &Charts) -> String {
    let verdict = verdict::of(analysis);
    let sections = [
        opening::section(analysis, &verdict),
        findings::red_flags(analysis, &verdict),
        watch::section(analysis, &verdict),
        findings::current(analysis, &verdict),
        findings::earlier(analysis),
        findings::good(analysis),
        pictures(charts),
        associations::section(analysis),
        backtest::section(analysis),
        findings::not_judged(analysis),
        beside::section(analysis),
        files::section(analysis),
        method::section(analysis),
    ];
    let sections: Vec<&str> = sections.iter().map(|section| section.trim_end()).filter(|s| !s.is_empty()).collect();
    sections.join("\n\n") + "\n"
}

fn pictures(charts: &Charts) -> String {
    let mut out = String::from("## Pictures\n\n");
    for chart in &charts.drawn {
        out.push_str(&format!("### {}\n\n![{}]({})\n\n", escaped(&chart.title), escaped(&chart.alt), chart.path()));
    }
    for (title, why) in &charts.left_out {
        out.push_str(&format!("*{}* is not drawn: {}.\n\n", escaped(title), escaped(why.trim_end_matches('.'))));
    }
    out
}
