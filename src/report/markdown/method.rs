//! Method and limits: how the numbers are made, and every rule with its evidence.

use crate::{
    analysis::Analysis,
    frames::GAP_DAYS,
    model::LoadUnit,
    report::text::escaped,
    rules::{handbook, limits::Changed},
};

/// The section, then the handbook of rules.
pub(super) fn section(analysis: &Analysis) -> String {
    let load = match analysis.history.load_unit {
        LoadUnit::SessionRpe => {
            "session RPE, how hard a run felt from 0 to 10, times its minutes (Foster 1998), since nine runs in ten have an RPE"
        }
        LoadUnit::Trimp => {
            "Banister's TRIMP (training impulse: minutes, weighted by how high the heart rate was), since nine runs in ten have heart rate"
        }
        LoadUnit::GradeAdjustedKm => {
            "grade-adjusted kilometres (hills count for what they cost on the flat; Minetti 2002), since fewer than nine runs in ten have an RPE, or heart rate together with a known resting and maximum heart rate"
        }
    };
    let mut out = String::from("## How this was made, and its limits\n\n");
    let lines = [
        format!("Load is {load}. One unit for the whole history: units are never mixed in a series."),
        analysis.heart_rate_basis.clone(),
        format!(
            "A day is covered when it lies between your first and last run and not in a gap of more than {GAP_DAYS} days. Only full, \
             covered weeks are compared; weeks start on Monday, days are days on your own calendar."
        ),
        "Cadence is in steps per minute of both legs, from moving samples only. Ascent is the watch's own where it gives one.".to_string(),
        "In the pain log rows with `site=none, pain=0` are zero for every site; a blank is not.".to_string(),
        "Every column of every table and every key of findings.json is explained in [data_dictionary.md](data_dictionary.md).".to_string(),
    ];
    out.extend(lines.iter().filter(|line| !line.is_empty()).map(|line| format!("- {line}\n")));
    if !analysis.limits.changed().is_empty() {
        let changed: Vec<String> = analysis.limits.changed().iter().map(Changed::text).collect();
        out.push_str(&format!("- **Limits changed by you:** {}.\n", changed.join("; ")));
    }
    if !analysis.pain.understood.is_empty() {
        let understood: Vec<String> = analysis.pain.understood.iter().map(|sentence| escaped(sentence)).collect();
        out.push_str(&format!("- How the pain log was read: {}\n", understood.join(" ")));
    }
    out.push_str("\n## The rules\n\n<details>\n<summary>Every rule: what it computes, its limits and what the evidence says</summary>\n\n");
    out.push_str(&handbook::markdown(&analysis.limits, &analysis.emergency_number));
    out.push_str("\n</details>\n");
    out
}
