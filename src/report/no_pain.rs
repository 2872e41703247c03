//! Why a pain log tells of no pain: where there is no run either, that is why there is no report.

use super::lost;
use crate::{
    pain::PainLog,
    problem::{Code, Problem},
    units::counted,
};

/// Why the log tells of no pain: what is wrong with the whole of it, or its rows. None where there is no log. `problems` are those
/// of the inputs.
pub fn why_no_pain(pain: &PainLog, problems: &[&Problem]) -> Option<String> {
    let is_unusable = |problem: &&&Problem| problem.code == Code::PainLogUnusable;
    match problems.iter().find(is_unusable) {
        Some(problem) => Some(lost::sentence_end(&problem.detail)),
        None => pain.place.as_ref().map(|log| why_no_row(pain, log)),
    }
}

fn why_no_row(pain: &PainLog, log: &str) -> String {
    let used = pain.rows.saturating_sub(pain.unusable_rows);
    match (pain.rows, used) {
        (0, _) => format!("{log}: your pain log has no row yet; one row is enough for a report."),
        (_, 0) => lost::rows(pain).unwrap_or_default(),
        (_, used) => {
            let rows = counted(used, "row", "rows");
            format!("{log}: of {rows} none says how a place feels. Fill in the site and the pain.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Effect;

    #[test]
    fn a_log_that_tells_of_no_pain_is_told_by_what_it_lacks() {
        let log = |rows, unusable_rows| PainLog {
            place: Some("pain.csv".to_string()),
            rows,
            unusable_rows,
            ..PainLog::default()
        };
        let said = |pain: &PainLog| why_no_pain(pain, &[]).unwrap_or_default();
        assert_eq!(said(&PainLog::default()), "");
        assert!(said(&log(0, 0)).starts_with("pain.csv: your pain log has no row yet"));
        assert!(said(&log(3, 3)).starts_with("3 of 3 rows of your pain log could not be used."));
        assert!(said(&log(3, 1)).starts_with("pain.csv: of 2 rows none says how a place feels."));
        let detail = "pain.csv: no header.";
        let unusable = Problem::new(Code::PainLogUnusable, Effect::Failed, "", detail, "");
        let why = why_no_pain(&PainLog::default(), &[&unusable]);
        assert_eq!(why.as_deref(), Some("pain.csv: no header."));
    }
}
