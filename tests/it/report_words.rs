//! Words that the committed report of the sample must not hold: no all-clear, no alarm, no forecast.

use std::{fs, path::PathBuf};

/// What a report never says, in lower case.
const FORBIDDEN: &[&str] = &["safe", "danger", "you will get", "probability of injury"];

#[test]
fn the_report_of_the_sample_neither_clears_nor_forecasts() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reports/sample/report.md");
    let report = fs::read_to_string(&path).unwrap();
    assert!(report.contains("No flag does not mean no problem."), "{} is the report", path.display());
    for (line, text) in report.lines().enumerate() {
        let lower = text.to_lowercase();
        for word in FORBIDDEN {
            assert!(!lower.contains(word), "{}:{}: '{word}' in: {text}", path.display(), line + 1);
        }
    }
}
