//! The top of the page: whose months these are, in one line, and what a report can and cannot be.

use crate::{
    analysis::Analysis,
    report::text::{counted, escaped},
    rules::{Severity, triage},
    time,
    units::number,
};

/// Title, the line of totals, the sentence that is always said, and the headline.
pub fn section(analysis: &Analysis) -> String {
    let mut out = format!("# Your running and your pain\n\n{}\n\n", totals(analysis));
    out.push_str(&format!("> {} This is not medical advice and no diagnosis.\n\n", triage::ALWAYS_SAID));
    out.push_str(&headline(analysis));
    out
}

fn totals(analysis: &Analysis) -> String {
    let history = &analysis.history;
    let period = history.period().map(|(from, to)| time::period_text(from, to)).unwrap_or_default();
    let metres: f64 = history.runs.iter().filter_map(|run| run.distance_m).sum();
    let units = analysis.units;
    let covered = history.days.iter().filter(|day| day.covered).count();
    let logged = history.days.iter().filter(|day| day.pain_max.is_some()).count();
    let pain = match &analysis.pain.place {
        Some(_) => format!("pain logged on {}", counted(logged, "day", "days")),
        None => "no pain log".to_string(),
    };
    format!(
        "**{period}** · {} · {} {} · {covered} days covered · {pain} · seen from {}",
        counted(history.runs.len(), "run", "runs"),
        number(units.distance(metres), 0),
        units.distance_label(),
        time::date_text(history.as_of),
    )
}

/// The one thing to do first, if there is one; how much else there is.
fn headline(analysis: &Analysis) -> String {
    let as_of = analysis.history.as_of;
    let current = |at_least: Severity| {
        let is_now = |f: &&crate::rules::Finding| triage::is_current(f, as_of) && f.severity >= at_least;
        analysis.findings.iter().filter(is_now).count()
    };
    match triage::headline(&analysis.findings, as_of) {
        Some(finding) => {
            let others = current(Severity::Watch).saturating_sub(1);
            let more = if others > 0 { format!(" {} below.", counted(others, "more thing is", "more things are")) } else { String::new() };
            format!(
                "**{}: {}**{more}\n\n",
                super::findings::loudness(finding.severity),
                escaped(&finding.message)
            )
        }
        None if current(Severity::Watch) > 0 => {
            let count = counted(current(Severity::Watch), "thing", "things");
            format!("**{count} to keep an eye on in the last 14 days.**\n\n")
        }
        None => "**Nothing in the last 14 days asks for attention in what was recorded and logged.** Blank days are unknown, not \
                 pain-free.\n\n"
            .to_string(),
    }
}
