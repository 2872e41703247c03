//! FIT over the corpus: niggle against the facts other readers wrote down (Garmin's SDK, fitdecode), and against fitparser.

use crate::common::{self, Facts};
use niggle::decode::fit::decode;
use niggle::model::{Activity, Decoded};
use niggle::verify::{Difference, fit::compare};
use std::collections::BTreeMap;
use std::path::Path;

/// Where a fact does not hold for niggle, and why niggle is right or the fact is about something else:
/// the end of the file's path, the fact (`*` for all of them), the reason.
pub type Exception = (&'static str, &'static str, &'static str);

const EXCEPTIONS: &[Exception] = &[
    (
        "tests/files/DeveloperData.fit",
        "*",
        "three records without any time: no place in a calendar, skipped with no-time",
    ),
    (
        "testdata/TestEncode.fit",
        "*",
        "one record without any time: skipped with no-time",
    ),
    (
        "fittrackee/tests/files/example.fit",
        "*",
        "a course (file type 6), not an activity; the SDK lists its points as records",
    ),
    (
        "strava-android-app-201.10-b1218918.fit",
        "records",
        "the SDK stops at the damage at byte 7,451; niggle goes on to the end and the last record's distance is the session's 11,274 m",
    ),
    (
        "null_compressed_speed_dist.fit",
        "avg_hr",
        "0 beats/min: no sensor, so absent",
    ),
    (
        "misc/0134902991.fit",
        "avg_hr",
        "0 beats/min: no sensor, so absent",
    ),
    (
        "antfs-dump.63.fit",
        "local_offset_s",
        "681,625,390 s is no offset on Earth: left out with bad-utc-offset",
    ),
    (
        "compressed-speed-distance.fit",
        "local_offset_s",
        "680,848,312 s is no offset on Earth",
    ),
    (
        "null_compressed_speed_dist.fit",
        "local_offset_s",
        "-876,098,089 s is no offset on Earth",
    ),
    (
        "misc/0134902991.fit",
        "local_offset_s",
        "-983,794,606 s is no offset on Earth",
    ),
    (
        "HrmPluginTestActivity.fit",
        "rec_mean_hr",
        "niggle merges the strap's beats (hr messages), the fact leaves them out",
    ),
    (
        "sample_mulitple_header.fit",
        "rec_mean_hr",
        "niggle merges the strap's beats, which stand in a second sequence",
    ),
    (
        "garmin-fr935-cr.fit",
        "rec_mean_hr",
        "niggle merges the strap's beats",
    ),
];

const DEVELOPER: &str =
    "developer fields are not taken for a distance and a speed that the watch does not have";

/// What fitparser gets wrong or cannot say, by what [`compare`] answers: (file, words in the answer, reason).
const FITPARSER_FAULTS: &[Exception] = &[
    (
        "compressed-speed-distance.fit",
        "last record's distance_m",
        "12-bit roll-over added up raw: 93,684 m for 10,248.7 m",
    ),
    ("20170518-191602-1740899583.fit", "*", DEVELOPER),
    (
        "event_timestamp.fit",
        "heart_rate_bpm sum",
        "hr messages are not merged into records",
    ),
    (
        "sample_mulitple_header.fit",
        "heart_rate_bpm sum",
        "hr messages are not merged",
    ),
    (
        "activity_poolswim_with_hr.fit",
        "heart_rate_bpm sum",
        "hr messages are not merged",
    ),
    (
        "HrmPluginTestActivity.fit",
        "heart_rate_bpm sum",
        "hr messages are not merged",
    ),
    (
        "garmin-fr935-cr.fit",
        "heart_rate_bpm sum",
        "hr messages are not merged",
    ),
    (
        "null_compressed_speed_dist.fit",
        "session heart_rate_mean_bpm",
        "a mean of 0 beats/min is no heart rate",
    ),
    (
        "misc/0134902991.fit",
        "session heart_rate_mean_bpm",
        "a mean of 0 beats/min is no heart rate",
    ),
    (
        "activity-activity-filecrc.fit",
        "fitparser stopped",
        "all or nothing: a wrong checksum loses the file",
    ),
    (
        "activity-filecrc.fit",
        "fitparser stopped",
        "all or nothing: a wrong checksum loses the file",
    ),
    (
        "activity-settings-corruptheader.fit",
        "fitparser stopped",
        "all or nothing: bytes after the first sequence",
    ),
    (
        "activity-settings-nodata.fit",
        "fitparser stopped",
        "all or nothing: the second sequence is cut",
    ),
    (
        "activity-unexpected-eof.fit",
        "fitparser stopped",
        "all or nothing: cut",
    ),
    ("files/nick.fit", "fitparser stopped", "all or nothing: cut"),
    (
        "strava-android-app-201.10-b1218918.fit",
        "fitparser stopped",
        "all or nothing: damaged in the middle",
    ),
];

#[test]
fn facts_of_independent_readers() {
    let Some(corpus) = common::corpus("facts_of_independent_readers") else {
        return;
    };
    let mut tally = Tally::default();
    let rows = common::facts(&corpus);
    for row in rows
        .iter()
        .filter(|row| row.get("format").is_some_and(|format| format == "FIT"))
    {
        let bytes =
            std::fs::read(corpus.join(&row["path"])).expect("a file of FACTS.tsv is readable");
        check_row(&mut tally, row, &decode(&bytes));
    }
    tally.finish("fact", EXCEPTIONS);
}

#[test]
fn fitparser_agrees_but_for_its_own_faults() {
    let Some(corpus) = common::corpus("fitparser_agrees_but_for_its_own_faults") else {
        return;
    };
    beside_fitparser(&corpus, |path| !path.starts_with("history"))
        .finish("fitparser, suites", FITPARSER_FAULTS);
}

/// A test of its own, so that both run side by side: fitparser is slow in a debug build.
#[test]
fn fitparser_agrees_on_every_history_file() {
    let Some(corpus) = common::corpus("fitparser_agrees_on_every_history_file") else {
        return;
    };
    let tally = beside_fitparser(&corpus, |path| path.starts_with("history"));
    assert!(
        tally.agreed.values().sum::<u32>() > 500,
        "the history is there"
    );
    tally.finish("fitparser, history", &[]);
}

fn beside_fitparser(corpus: &Path, is_wanted: fn(&str) -> bool) -> Tally {
    let mut tally = Tally::default();
    let rows = common::facts(corpus);
    let is_fit = |row: &&Facts| row.get("format").is_some_and(|format| format == "FIT");
    for row in rows
        .iter()
        .filter(is_fit)
        .filter(|row| is_wanted(&row["path"]))
    {
        let bytes =
            std::fs::read(corpus.join(&row["path"])).expect("a file of FACTS.tsv is readable");
        let decoded = decode(&bytes);
        if !decoded.activities.is_empty() {
            add_opinion(&mut tally, &row["path"], compare(&bytes, &decoded));
        }
    }
    tally
}

fn add_opinion(tally: &mut Tally, path: &str, opinion: Result<Vec<Difference>, String>) {
    match opinion {
        Ok(differences) if differences.is_empty() => tally.agree("whole files"),
        Ok(differences) => differences.iter().for_each(|difference| {
            let words = format!(
                "{}: niggle {}, fitparser {}",
                difference.what, difference.niggle, difference.other
            );
            tally.disagree(path, difference.what, words);
        }),
        Err(reason) => tally.disagree(path, "fitparser stopped", reason),
    }
}

#[test]
fn no_corpus_file_panics_or_passes_in_silence() {
    let Some(corpus) = common::corpus("no_corpus_file_panics_or_passes_in_silence") else {
        return;
    };
    let mut count = 0;
    for folder in ["suites", "history-fit", "bench"] {
        for entry in walkdir::WalkDir::new(corpus.join(folder))
            .into_iter()
            .flatten()
            .filter(|entry| is_fit(entry.path()))
        {
            let decoded = decode(&std::fs::read(entry.path()).expect("a corpus file is readable"));
            assert!(
                !decoded.activities.is_empty() || !decoded.problems.is_empty(),
                "nothing said of a file"
            );
            count += 1;
        }
    }
    println!("{count} FIT files decoded without a panic");
    assert!(count > 600, "only {count} FIT files found");
}

fn is_fit(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("fit"))
}

/// Every fact of one row against niggle. FACTS.tsv adds up the sessions of a file, and takes sports in file order.
fn check_row(tally: &mut Tally, row: &Facts, decoded: &Decoded) {
    let activities = &decoded.activities;
    let first = activities.first();
    let text =
        |of: fn(&Activity) -> &'static str| activities.iter().map(of).collect::<Vec<_>>().join("|");
    let distance_slack = number(row, "total_distance_m").unwrap_or(0.0) * 0.001;
    let records: usize = activities
        .iter()
        .map(|activity| activity.samples.len())
        .sum();
    for (fact, niggle, slack) in [
        ("records", Some(records as f64), 0.0),
        (
            "total_distance_m",
            sum(activities, |a| a.totals.distance_m),
            distance_slack,
        ),
        (
            "total_timer_time_s",
            sum(activities, |a| a.totals.timer_s),
            1.0,
        ),
        (
            "total_elapsed_s",
            sum(activities, |a| a.totals.elapsed_s),
            1.0,
        ),
        ("ascent", sum(activities, |a| a.totals.ascent_m), 0.0),
        ("descent", sum(activities, |a| a.totals.descent_m), 0.0),
        (
            "avg_hr",
            first.and_then(|a| a.totals.heart_rate_mean_bpm),
            0.0,
        ),
        (
            "local_offset_s",
            first.and_then(|a| a.utc_offset_s).map(f64::from),
            0.0,
        ),
        // The fact is the mean of whole revolutions (field 4 alone), zeros left out, to two places.
        (
            "rec_mean_cadence",
            mean(activities, |a| &a.samples.cadence_raw),
            0.005_001,
        ),
        // The mean of the heart rates above zero, to one place.
        (
            "rec_mean_hr",
            mean(activities, |a| &a.samples.heart_rate_bpm),
            0.050_001,
        ),
        ("start_utc", first.and_then(|a| a.start_unix_s), 0.0),
        (
            "avg_cadence_raw",
            first.and_then(|a| a.totals.cadence_mean_raw),
            0.0,
        ),
    ] {
        tally.check(row, fact, expected(row, fact), niggle, slack);
    }
    tally.check_text(row, "sport", &text(|activity| activity.sport.0));
    // A blank sub-sport is absent; niggle calls that `generic`, as the profile does.
    if row
        .get("sub_sport")
        .is_some_and(|names| !names.contains("||"))
    {
        tally.check_text(row, "sub_sport", &text(|activity| activity.sub_sport));
    }
}

fn expected(row: &Facts, fact: &str) -> Option<f64> {
    match fact {
        "start_utc" => {
            let start: chrono::DateTime<chrono::Utc> = row.get(fact)?.parse().expect("a UTC time");
            Some(start.timestamp() as f64)
        }
        // The mean's whole and fractional part stand in two columns.
        "avg_cadence_raw" => {
            Some(number(row, fact)? + number(row, "avg_frac_cadence").unwrap_or(0.0))
        }
        _ => number(row, fact),
    }
}

fn number(row: &Facts, fact: &str) -> Option<f64> {
    row.get(fact)?.parse().ok()
}

fn sum(activities: &[Activity], of: fn(&Activity) -> Option<f64>) -> Option<f64> {
    activities.iter().filter_map(of).reduce(|a, b| a + b)
}

fn mean(activities: &[Activity], of: fn(&Activity) -> &Vec<f32>) -> Option<f64> {
    let values: Vec<f64> = activities
        .iter()
        .flat_map(of)
        .map(|value| f64::from(value.floor()))
        .filter(|value| *value > 0.0)
        .collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// How often niggle and another reader agree, by fact, and where they do not.
#[derive(Default)]
pub struct Tally {
    agreed: BTreeMap<String, u32>,
    disagreements: Vec<(String, String, String)>,
}

impl Tally {
    fn check(
        &mut self,
        row: &Facts,
        fact: &str,
        expected: Option<f64>,
        niggle: Option<f64>,
        slack: f64,
    ) {
        let Some(expected) = expected else { return };
        if niggle.is_some_and(|niggle| (niggle - expected).abs() <= slack) {
            self.agree(fact);
        } else {
            self.disagree(
                &row["path"],
                fact,
                format!("{fact}: expected {expected}, niggle {niggle:?}"),
            );
        }
    }

    fn check_text(&mut self, row: &Facts, fact: &str, niggle: &str) {
        match row.get(fact) {
            Some(expected) if expected == niggle => self.agree(fact),
            Some(expected) => self.disagree(
                &row["path"],
                fact,
                format!("{fact}: expected {expected}, niggle {niggle}"),
            ),
            None => (),
        }
    }

    /// One more agreement.
    pub fn agree(&mut self, fact: &str) {
        *self.agreed.entry(fact.to_string()).or_default() += 1;
    }

    /// One disagreement: the file, what about it, in words.
    pub fn disagree(&mut self, path: &str, fact: &str, words: String) {
        self.disagreements
            .push((path.to_string(), fact.to_string(), words));
    }

    /// Prints the agreement, and fails on a disagreement that no exception explains or an exception nothing needs.
    pub fn finish(self, title: &str, exceptions: &[Exception]) {
        for (fact, count) in &self.agreed {
            println!("{title} {fact}: {count} agree");
        }
        let explains = |exception: &Exception, (path, fact, _): &(String, String, String)| {
            path.ends_with(exception.0) && (exception.1 == "*" || exception.1 == fact)
        };
        for exception in exceptions {
            let used = self
                .disagreements
                .iter()
                .any(|disagreement| explains(exception, disagreement));
            assert!(used, "the exception {exception:?} is not needed");
            println!(
                "{title} exception {} {}: {}",
                exception.0, exception.1, exception.2
            );
        }
        let unexplained: Vec<&str> = self
            .disagreements
            .iter()
            .filter(|disagreement| {
                !exceptions
                    .iter()
                    .any(|exception| explains(exception, disagreement))
            })
            // History file names are nobody's business; their words name only numbers.
            .map(|disagreement| disagreement.2.as_str())
            .collect();
        assert!(
            unexplained.is_empty(),
            "{} unexplained: {unexplained:#?}",
            unexplained.len()
        );
    }
}
