//! Runs that matter and rest on a doubtful value: the longest of thirty days, this week's, and those that a finding stands on.

use crate::{
    analysis::Analysis,
    model::{Doubts, Run},
    time,
    units::number,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Days in which the longest run matters.
const LONGEST_OF_DAYS: i64 = 30;
/// Days of which every run matters.
const WEEK_DAYS: i64 = 7;
/// So many are named; of the others only their number is said.
const NAMED: usize = 3;

/// One sentence for each; None where all that matters can be trusted.
pub(super) fn said(analysis: &Analysis) -> Option<String> {
    let doubtful = doubtful(analysis);
    let (last, others) = (
        doubtful.len().min(NAMED),
        doubtful.len().saturating_sub(NAMED),
    );
    let mut sentences: Vec<String> = doubtful[..last]
        .iter()
        .map(|run| sentence(run, analysis))
        .collect();
    if others > 0 {
        sentences.push(format!("So it is with {others} more."));
    }
    let told_where = "`niggle inspect` shows who says what.";
    (!sentences.is_empty()).then(|| format!("{} {told_where}", sentences.join(" ")))
}

/// The runs that matter and are doubtful, the latest first.
fn doubtful(analysis: &Analysis) -> Vec<&Run> {
    let history = &analysis.history;
    let since = |days: i64| time::plus_days(history.as_of, 1 - days);
    let stood_on: BTreeSet<&str> = analysis
        .findings
        .iter()
        .flat_map(|finding| finding.run_ids.iter().map(String::as_str))
        .collect();
    let longest = longest(&history.runs, since(LONGEST_OF_DAYS));
    let matters = |run: &&Run| {
        run.local_date() >= since(WEEK_DAYS)
            || longest == Some(run.run_id.as_str())
            || stood_on.contains(run.run_id.as_str())
    };
    let runs = history.runs.iter().rev();
    runs.filter(|run| run.doubts.of_size())
        .filter(matters)
        .collect()
}

fn longest(runs: &[Run], since: NaiveDate) -> Option<&str> {
    let late = runs.iter().filter(|run| run.local_date() >= since);
    let metres = |run: &&Run| run.distance_m.unwrap_or(0.0);
    let longest = late.max_by(|a, b| metres(a).total_cmp(&metres(b)));
    longest.map(|run| run.run_id.as_str())
}

/// `The distance of your run of Sat 3 May 2025 (45.7 km) is doubtful: …`
fn sentence(run: &Run, analysis: &Analysis) -> String {
    let of_size = Doubts {
        climb: false,
        ..run.doubts
    };
    let what = of_size.in_words().replace(", ", " and ");
    let day = time::weekday_date_text(run.local_date());
    let units = analysis.units;
    let distance = run.distance_m.map(|metres| {
        format!(
            " ({} {})",
            number(units.distance(metres), 1),
            units.distance_label()
        )
    });
    let (is, why) = match run.distance_m.is_none() && run.doubts.distance {
        true => (
            "not known",
            "nothing in the recording says what a runner can do",
        ),
        false => ("doubtful", "the recording contradicts itself"),
    };
    let distance = distance.unwrap_or_default();
    format!("The {what} of your run of {day}{distance} is {is}: {why}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::fixtures::regular;

    #[test]
    fn only_runs_that_matter_are_named() {
        let mut analysis = regular(8);
        assert_eq!(said(&analysis), None);
        let doubt = Doubts {
            distance: true,
            ..Doubts::default()
        };
        let count = analysis.history.runs.len();
        analysis.history.runs[0].doubts = doubt;
        assert_eq!(said(&analysis), None, "long ago");
        analysis.history.runs[count - 1].doubts = doubt;
        let text = said(&analysis).unwrap();
        assert!(text.starts_with("The distance of your run of "), "{text}");
        assert!(
            text.contains("is doubtful: the recording contradicts itself."),
            "{text}"
        );
        assert_eq!(text.matches("your run of").count(), 1, "{text}");
    }
}
